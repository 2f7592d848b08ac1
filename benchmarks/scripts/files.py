"""Log files with an SDK and fetch them again; print files and MB a second as JSON.

usage: files.py mlflow|epochal URI FOLDER FILES [LARGE_FILE]

A row ends when everything is on the server, whatever the SDK does in the background.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main() -> None:
    """Measure and print."""
    name, uri, folder, count, *large = sys.argv[1:]
    sdk = importlib.import_module(name)
    sdk.set_tracking_uri(uri)
    sdk.set_experiment("files")
    few = Path(folder) / f"{name}-few"
    few.mkdir()
    for number in range(int(count)):
        (few / f"{number}.bin").write_bytes(os.urandom(4096))
    taken = small(sdk, few)
    if large:
        taken |= big(sdk, Path(large[0]))
    print(json.dumps(taken))


def small(sdk: Any, few: Path) -> dict[str, float]:
    """Files a second, up and down."""
    files = len(list(few.iterdir()))
    with sdk.start_run() as run:
        sdk.log_text("warm", "warm/up.txt")
        done(sdk)
        began = time.perf_counter()
        sdk.log_artifacts(str(few), "few")
        done(sdk)
        up = files / (time.perf_counter() - began)
    with tempfile.TemporaryDirectory(dir=few.parent) as target:
        began = time.perf_counter()
        found = sdk.artifacts.download_artifacts(
            run_id=run.info.run_id, artifact_path="few", dst_path=target
        )
        down = files / (time.perf_counter() - began)
        assert len(list(Path(found).iterdir())) == files
    return {"sdk_up": up, "sdk_down": down}


def big(sdk: Any, file: Path) -> dict[str, float]:
    """MB a second up and down, and what the second time costs."""
    size = file.stat().st_size / 1e6
    seconds = []
    for _ in range(2):
        with sdk.start_run() as run:
            began = time.perf_counter()
            sdk.log_artifact(str(file))
            done(sdk)
            seconds.append(time.perf_counter() - began)
    with tempfile.TemporaryDirectory(dir=file.parent) as target:
        began = time.perf_counter()
        sdk.artifacts.download_artifacts(
            run_id=run.info.run_id, artifact_path=file.name, dst_path=target
        )
        down = size / (time.perf_counter() - began)
    return {
        "sdk_big_up": size / seconds[0],
        "sdk_big_down": down,
        "sdk_again": seconds[1] / seconds[0],
    }


def done(sdk: Any) -> None:
    """Wait for what goes on in the background, where it does."""
    wait = getattr(sdk, "flush_artifact_async_logging", None)
    if wait is not None:
        wait()


if __name__ == "__main__":
    main()
