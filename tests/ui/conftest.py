from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from fixtures import gallery as files
from fixtures import sweep as data
from fixtures.pages import PATIENCE_MS, watching
from fixtures.servers import clean_environment, epochal_server

# As patient as the pages' own actions: other tests may keep the machine busy.
expect.set_options(timeout=PATIENCE_MS)
ROOT = Path(__file__).parent.parent.parent
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP mlops.example.com 127.0.0.1",  # a server under another name
)


def pytest_collection_modifyitems(items):
    """Keep these tests in one worker: the demo's data, its server and the browser are shared."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("ui"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The address of our server on the store that the demo, on fewer flights, has filled."""
    assert (ROOT / "src/epochal/static/index.html").exists(), "The UI is not built; run: make ui"
    folder = tmp_path_factory.mktemp("demo")
    command = [
        sys.executable,
        str(ROOT / "examples/flights.py"),
        "--train",
        "800",
        "--valid",
        "400",
    ]
    subprocess.run(command, cwd=folder, env=clean_environment(), check=True, capture_output=True)
    with epochal_server(folder, arguments=()) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium.

    It is closed after each module: while it is open, Playwright's event loop keeps other
    tests of the same worker from starting their own.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is missing; `make test` installs it where it may"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(params=["light", "dark"])
def watched(browser, demo, request):
    """The page of the demo in light and in dark."""
    with watching(browser, demo, request.param) as found:
        yield found


@pytest.fixture(scope="session")
def sweep(tmp_path_factory):
    """A server with runs of a sweep, and one that several ranks logged into."""
    with epochal_server(tmp_path_factory.mktemp("sweep")) as address:
        yield data.fill(address)


@pytest.fixture
def watched_sweep(browser, sweep):
    """A page of the server with the sweep."""
    with watching(browser, sweep.address) as found:
        yield found


@pytest.fixture(scope="session")
def gallery(tmp_path_factory):
    """A server with two runs that kept files of every kind, and a dataset in two versions."""
    folder = tmp_path_factory.mktemp("gallery")
    with epochal_server(folder) as address:
        yield files.fill(address, folder)


@pytest.fixture
def watched_gallery(browser, gallery):
    """A page of the server with the gallery."""
    with watching(browser, gallery.address) as found:
        yield found


@pytest.fixture
def elsewhere(browser, tmp_path):
    """The page of an empty store behind another name and below a prefix, and its address here."""
    names = ("--allowed-hosts", "mlops.example.com", "--artifacts-destination", "files")
    with epochal_server(tmp_path, arguments=names, prefix="/tracking") as address:
        public = address.replace("127.0.0.1", "mlops.example.com")
        with watching(browser, f"{public}/") as found:
            yield found, address
