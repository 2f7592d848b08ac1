"""One looks through the files of runs, and adds some."""

from __future__ import annotations

import zipfile

import pytest
from playwright.sync_api import expect

from fixtures.gallery import CSV_ROWS, MANY


@pytest.fixture
def show(watched_gallery, gallery):
    """Open one of the files of a run."""

    def opened(path="", run=0):
        watched_gallery.page.goto(gallery.files(path, run))
        expect(watched_gallery.page.get_by_test_id("artifacts")).to_be_visible()
        return watched_gallery.page

    return opened


def test_a_file_goes_up_is_shown_and_comes_back(show, tmp_path):
    """What is uploaded is previewed, downloaded as it was, and deleted after a question."""
    page = show("src")
    content = "alpha,beta\n1,2\n"
    page.get_by_test_id("upload-input").set_input_files(
        {"name": "sent.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    expect(page.get_by_text("Uploaded sent.csv.")).to_be_visible()
    page.get_by_role("treeitem").get_by_text("sent.csv").click()
    expect(page.get_by_test_id("table-preview")).to_contain_text("beta")
    with page.expect_download() as caught:
        page.get_by_test_id("download").click()
    caught.value.save_as(tmp_path / "back.csv")
    assert (tmp_path / "back.csv").read_text() == content
    page.get_by_test_id("delete-artifact").click()
    page.get_by_role("button", name="Keep").click()
    page.get_by_test_id("delete-artifact").click()
    page.get_by_role("button", name="Delete file").click()
    expect(page.get_by_text("Deleted src/sent.csv.")).to_be_visible()
    expect(page.get_by_role("treeitem").get_by_text("sent.csv")).to_have_count(0)


def test_a_folder_goes_up_with_its_folders(show, tmp_path):
    """Files keep their path from the chosen folder on."""
    deep = tmp_path / "sent" / "deep"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("a")
    (tmp_path / "sent" / "b.txt").write_text("b")
    page = show()
    page.get_by_test_id("upload-folder-input").set_input_files(tmp_path / "sent")
    expect(page.get_by_text("Uploaded 2 files.")).to_be_visible()
    tree = page.get_by_role("tree")
    tree.get_by_text("sent").click()
    tree.get_by_text("deep").click()
    tree.get_by_text("a.txt").click()
    expect(page.get_by_test_id("text-preview")).to_contain_text("a")


def test_a_drop_is_an_upload(show):
    """Files that are dropped onto the page go into the folder that is shown."""
    page = show("src")
    page.evaluate(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["dropped"], "dropped.txt"));
            const target = document.querySelector('[data-testid="artifacts"]');
            for (const kind of ["dragover", "drop"]) {
                target.dispatchEvent(new DragEvent(kind, {
                    dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
        }"""
    )
    expect(page.get_by_text("Uploaded dropped.txt.")).to_be_visible()
    expect(page.get_by_role("treeitem").get_by_text("dropped.txt")).to_be_visible()


def test_a_folder_comes_as_one_zip(show, tmp_path):
    """With all below it."""
    page = show("model")
    with page.expect_download() as caught:
        page.get_by_test_id("download").click()
    caught.value.save_as(tmp_path / "model.zip")
    with zipfile.ZipFile(tmp_path / "model.zip") as archive:
        assert sorted(archive.namelist()) == ["MLmodel", "conda.yaml"]


def test_ten_thousand_files_are_one_folder(show):
    """Only what is on the screen is drawn; the keyboard reaches the last."""
    page = show("many")
    expect(page.get_by_text(f"{MANY:,} entries")).to_be_visible()
    tree = page.get_by_role("tree")
    expect(tree.get_by_text("part-00003.txt")).to_be_visible()
    assert page.get_by_role("treeitem").count() < 100
    tree.focus()
    page.keyboard.press("End")
    page.keyboard.press("w")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("no-preview")).to_contain_text("weights.bin")
    tree.focus()
    page.keyboard.press("Home")
    page.keyboard.press("m")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("text-preview")).to_contain_text("x")
    assert page.url.endswith("part-00000.txt")


def test_a_slider_goes_through_the_steps_of_images(show):
    """The newest step shows first; the arrow keys go back step by step."""
    page = show("images")
    image = page.get_by_test_id("series-image")
    expect(image).to_have_attribute("alt", "val/attention, step 40")
    page.get_by_test_id("step-slider").focus()
    page.keyboard.press("ArrowLeft")
    expect(image).to_have_attribute("alt", "val/attention, step 30")
    page.keyboard.press("Home")
    expect(image).to_have_attribute("alt", "val/attention, step 0")
    assert image.evaluate("each => each.decode().then(() => each.naturalWidth)") == 96


def test_images_of_runs_stand_side_by_side(watched_gallery, gallery):
    """One slider moves all; a run without the step shows the last one before it."""
    page = watched_gallery.page
    page.goto(f"{gallery.address}/#/compare?runs={','.join(gallery.runs)}")
    series = page.get_by_role("region", name="val/attention")
    expect(series.get_by_test_id("series-image")).to_have_count(2)
    series.get_by_test_id("step-slider").focus()
    page.keyboard.press("ArrowLeft")
    alts = series.get_by_test_id("series-image").evaluate_all("all => all.map(each => each.alt)")
    assert alts == ["val/attention, step 30", "val/attention, step 20"]


def test_a_picture_is_zoomed(show):
    """By buttons, and back to fit."""
    page = show("fit.png")
    image = page.get_by_test_id("image-preview")
    expect(image).to_be_visible()
    page.get_by_role("button", name="100 %").click()
    page.get_by_role("button", name="Zoom in").click()
    expect(page.get_by_test_id("zoom")).to_have_text("150 %")
    assert image.bounding_box()["width"] == 960
    page.get_by_role("button", name="Fit", exact=True).click()
    assert image.bounding_box()["width"] <= 640


def test_a_csv_file_is_a_table_that_sorts(show):
    """By numbers where a column holds numbers."""
    page = show("rows.csv")
    table = page.get_by_test_id("table-preview")
    expect(table).to_contain_text(f"{CSV_ROWS} rows, 3 columns")
    first = table.locator("tbody tr").nth(1).locator("td").nth(1)
    table.get_by_role("button", name="score").click()
    expect(first).to_have_text("0")
    table.get_by_role("button", name="score").click()
    expect(first).to_have_text("100")


@pytest.mark.parametrize("name", ["frame", "frame-zstd", "frame-gzip"])
def test_a_parquet_file_is_a_table_however_it_is_packed(show, name):
    """Its end is reached, and it sorts."""
    page = show(f"{name}.parquet")
    table = page.get_by_test_id("table-preview")
    expect(table).to_contain_text("3,000 rows, 3 columns")
    expect(table).to_contain_text("int64")
    table.locator(".TablePreview-scroll").evaluate("each => each.scrollTo(0, 1e9)")
    expect(table.get_by_text("1499.5", exact=True)).to_be_visible()
    table.get_by_role("button", name="half").click()
    table.get_by_role("button", name="half").click()
    table.locator(".TablePreview-scroll").evaluate("each => each.scrollTo(0, 0)")
    expect(table.locator("tbody tr").nth(1).locator("td").nth(0)).to_have_text("2999")


def test_values_fold_and_keep_their_digits(show):
    """JSON and YAML are trees; a number is shown as it stands in the file."""
    page = show("summary.json")
    tree = page.get_by_test_id("value-tree")
    expect(tree).to_contain_text("12345678901234567890")
    page.get_by_role("button", name="best").click()
    expect(tree.get_by_text("rmse")).to_have_count(0)
    page = show("config.yaml")
    expect(page.get_by_test_id("value-tree")).to_contain_text("layers")
    page = show("broken.json")
    expect(page.get_by_test_id("unreadable")).to_contain_text("This is not JSON")
    expect(page.get_by_test_id("text-preview")).to_contain_text("{not json")


def test_code_is_coloured(show):
    """As Python is."""
    page = show("src/train.py")
    expect(page.locator(".hljs-keyword", has_text="import")).to_be_visible()


def test_a_map_needs_no_tiles(show):
    """Features are drawn here and tell what is known of them."""
    page = show("route.geojson")
    chart = page.get_by_test_id("map")
    expect(chart.locator("svg .MapShape")).to_have_count(3)
    chart.get_by_role("button", name="New York").click()
    expect(chart).to_contain_text("111279")


def test_a_model_tells_what_goes_in_and_how_to_predict(show, gallery):
    """Its folder is the summary of the model."""
    page = show("model")
    summary = page.get_by_test_id("model-summary")
    expect(summary).to_contain_text("python_function, sklearn")
    expect(summary.get_by_role("table", name="Signature")).to_contain_text("distance")
    expect(summary).to_contain_text(f'load_model("runs:/{gallery.runs[0]}/model")')
    expect(summary).to_contain_text("spark_udf(spark")


def test_sound_and_papers_open(show):
    """In the browser's own players."""
    page = show("tone.wav")
    sound = page.get_by_test_id("audio-preview")
    expect(sound).to_be_visible()
    sound.evaluate("each => each.readyState || new Promise(r => each.onloadedmetadata = r)")
    assert sound.evaluate("each => each.duration") == 0.5
    page = show("paper.pdf")
    frame = page.get_by_test_id("pdf-preview").element_handle().content_frame()
    frame.wait_for_load_state()
    assert frame.evaluate("document.contentType") == "application/pdf"


def test_what_is_not_shown_says_what_it_is(show):
    """Size, type and digest, and a download."""
    page = show("weights.bin")
    card = page.get_by_test_id("no-preview")
    expect(card).to_contain_text("10.2 kB")
    expect(card).to_contain_text("e96760a8776871")


def test_what_is_gone_says_so(show):
    """With a way back to the folder."""
    page = show("src/nothing.txt")
    expect(page.get_by_test_id("empty-state")).to_contain_text("There is no such file")
    page.get_by_role("link", name="Show the folder").click()
    expect(page.get_by_test_id("folder-table")).to_contain_text("train.py")
