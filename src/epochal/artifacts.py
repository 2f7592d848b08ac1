"""Reading and removing files of runs, by run or by URI."""

from epochal.fluent.downloads import (
    delete_artifacts,
    download_artifacts,
    list_artifacts,
    load_dict,
    load_image,
    load_text,
)

__all__ = [
    "delete_artifacts",
    "download_artifacts",
    "list_artifacts",
    "load_dict",
    "load_image",
    "load_text",
]
