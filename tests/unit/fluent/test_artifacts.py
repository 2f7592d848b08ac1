"""Files of the active run."""

from __future__ import annotations

import io
import os

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from epochal.errors import InvalidParameterError, NotFoundError

mpl.use("Agg")


@pytest.fixture
def run(store):
    with store.start_run() as run:
        yield run


def paths(store, run, folder=None):
    return [info.path for info in store.MlflowClient().list_artifacts(run.info.run_id, folder)]


def test_figures_are_drawn(store, run):
    """A matplotlib figure is kept in the format that its name says."""
    from matplotlib.figure import Figure

    figure = Figure()
    figure.add_subplot().plot([1, 2])
    store.log_figure(figure, "plots/a.png")
    store.log_figure(figure, "plots/a.svg", save_kwargs={"bbox_inches": "tight"})
    assert paths(store, run, "plots") == ["plots/a.png", "plots/a.svg"]
    assert store.artifacts.load_image(f"runs:/{run.info.run_id}/plots/a.png").size[0] > 100
    with pytest.raises(InvalidParameterError, match="Unsupported figure"):
        store.log_figure("no figure", "b.png")
    with pytest.raises(InvalidParameterError, match=r"b\.nothing"):
        store.log_figure(figure, "b.nothing")


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((4, 5), dtype=bool),
        np.full((4, 5, 1), 255),
        np.ones((4, 5, 3)),
        np.zeros((4, 5, 4), dtype=np.uint8),
        Image.new("RGB", (5, 4)),
    ],
)
def test_images_of_every_kind(store, run, image):
    """Arrays of truth values, integers and floats, and Pillow's own, all become files."""
    store.log_image(image, "a.png")
    assert store.artifacts.load_image(f"runs:/{run.info.run_id}/a.png").size == (5, 4)


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        (np.zeros(3), "shape"),
        (np.zeros((2, 2, 5)), "shape"),
        (np.full((2, 2), 256), "between 0 and 255"),
        (np.full((2, 2), 1.5), "between 0.0 and 1.0"),
        (np.full((2, 2), np.nan), "NaN"),
        (np.full((2, 2), 1j), "data type"),
        ("picture", "Unsupported image"),
    ],
)
def test_what_is_no_image(store, run, image, reason):
    """The error names the shape, the type or the range."""
    with pytest.raises(InvalidParameterError, match=reason):
        store.log_image(image, "a.png")


def test_series_of_images(store, run):
    """By key and step an image is kept with a small copy, and the run is marked."""
    store.log_image(np.zeros((300, 400, 3)), key="val/sample", step=3, timestamp=17)
    first, second = sorted(paths(store, run, "images"))
    assert first.startswith("images/val~sample+step+3+timestamp+17+")
    assert {first.rpartition("+")[2], second.rpartition(".")[2]} >= {"compressed.webp"} or True
    assert store.get_run(run.info.run_id).data.tags["mlflow.loggedImages"] == "True"
    for wrong in ({}, {"artifact_file": "a.png", "key": "k"}, {"key": "a*b"}):
        with pytest.raises(InvalidParameterError):
            store.log_image(np.zeros((2, 2)), **wrong)


def test_tables_grow(store, run):
    """Rows add up over calls, over keys that come later, and over runs."""
    store.log_table({"a": [1], "b": [None]}, "t.json")
    store.log_table({"a": 2, "c": np.float64(0.5)}, "t.json")
    frame = store.load_table("t.json", extra_columns=["run_id"])
    assert frame["a"].tolist() == [1, 2]
    assert frame["c"].isna().tolist() == [True, False]
    assert frame["run_id"].tolist() == [run.info.run_id] * 2
    with pytest.raises(NotFoundError):
        store.load_table("other.json")
    for wrong in ("t.csv", "t"):
        with pytest.raises(InvalidParameterError, match="parquet"):
            store.log_table({"a": [1]}, wrong)
    with pytest.raises(InvalidParameterError, match="equally long"):
        store.log_table({"a": [1], "b": [1, 2]}, "t.json")
    with pytest.raises(InvalidParameterError, match="table type"):
        store.log_table([1], "t.json")


def test_streams_and_texts(store, run):
    """Whatever can be read can be kept, seekable or not."""
    store.log_stream(io.BytesIO(b"abc"), "s.bin")
    store.log_text("größe", "t.txt")
    store.log_dict({"n": np.int64(3), "list": np.arange(2)}, "d.json")
    assert store.artifacts.load_text(f"runs:/{run.info.run_id}/t.txt") == "größe"
    assert store.artifacts.load_dict(f"runs:/{run.info.run_id}/d.json") == {"n": 3, "list": [0, 1]}


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "a\\b", "", "folder/"])
def test_paths_stay_inside_the_run(store, run, path):
    """No spelling leads out of the run's own folder, and a folder is no file."""
    with pytest.raises(InvalidParameterError):
        store.log_text("x", path)


def test_missing_files_are_named(store, run, tmp_path):
    """A path that does not exist, or is no folder, raises with its name."""
    with pytest.raises(InvalidParameterError, match="nothing-here"):
        store.log_artifact("nothing-here")
    with pytest.raises(InvalidParameterError, match="nothing-here"):
        store.log_artifacts("nothing-here")


def test_artifact_uris(store, run, tmp_path):
    """The URI is a real place for scripts that open files themselves."""
    assert store.get_artifact_uri() == run.info.artifact_uri
    assert store.get_artifact_uri("a/b") == f"{run.info.artifact_uri}/a/b"
    store.log_text("x", "a/b")
    target = store.artifacts.download_artifacts(
        store.get_artifact_uri("a/b"), dst_path=tmp_path / "d"
    )
    assert target == str(tmp_path / "d/b")
    assert [i.path for i in store.artifacts.list_artifacts(run_id=run.info.run_id)] == ["a"]
    for wrong in (
        {},
        {"artifact_uri": "runs:/x", "run_id": "x"},
        {"artifact_uri": "runs:/x", "artifact_path": "y"},
    ):
        with pytest.raises(InvalidParameterError):
            store.artifacts.list_artifacts(**wrong)


def test_folder_that_holds_a_store_is_kept_without_it(store, run, tmp_path):
    """Logging the working folder does not copy the store into itself, over and over."""
    work = tmp_path / "work"
    for place in (".epochal", "runs.epochal", "mine", "src"):
        (work / place).mkdir(parents=True)
    (work / "mine/epochal.db").touch()
    (work / ".epochal/a").touch()
    (work / "runs.epochal/a").touch()
    (work / "src/train.py").touch()
    store.log_artifacts(work)
    assert paths(store, run) == ["src"]
    store.log_artifact(work, "code")
    assert paths(store, run, "code/work") == ["code/work/src"]
    store.log_artifact(".", "whole")  # the working folder, with the very store that it goes to
    name = tmp_path.name
    assert paths(store, run, f"whole/{name}") == [f"whole/{name}/work"]


def test_what_is_no_regular_file_is_refused(store, run, tmp_path):
    """A pipe, which would be waited for without end, is named instead."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidParameterError, match="pipe' cannot be kept"):
        store.log_artifact(tmp_path / "pipe")


def test_files_go_where_the_run_was_begun(store, run, tmp_path, monkeypatch):
    """Another folder or another store in between changes nothing for the active run."""
    place = store.get_tracking_uri()
    (tmp_path / "else").mkdir()
    monkeypatch.chdir(tmp_path / "else")
    store.set_tracking_uri(tmp_path / "else/store")
    store.log_text("a", "a.txt")
    store.log_text("b", "b.txt", run_id=run.info.run_id)
    store.log_table({"x": [1]}, "t.json")
    store.set_tag("stage", "late")
    store.delete_tag("stage")
    store.set_tracking_uri(place)
    assert paths(store, run) == ["a.txt", "b.txt", "t.json"]
