"""From an artifact URI to its files, where no tracking store is needed to reach them."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from epochal.blobs.credentials import S3_SCHEMES, find_s3_login, is_object_store, parse_address
from epochal.client.local_files import LocalFiles, StoredFiles, local_folder
from epochal.errors import NotSupportedError

if TYPE_CHECKING:
    from epochal.blobs.credentials import S3Login
    from epochal.client.transport import Files

OBJECT_EXAMPLES = "s3://, gs://, abfss:// and wasbs://"


def find_files(uri: str) -> Files | None:
    """The files below a URI: in a folder of this machine or in an object store.

    None for a scheme that leads through a server, or nowhere. Object stores are opened with
    what this process's environment says.

    Raises:
        InvalidParameterError: the address names no container.
        NotSupportedError: the library for object stores is not installed.

    """
    folder = local_folder(uri)
    if folder is not None:
        return LocalFiles(folder)
    if is_object_store(uri):
        is_s3 = urlsplit(uri).scheme.lower() in S3_SCHEMES
        return _open_bucket(uri, find_s3_login() if is_s3 else None)
    return None


@lru_cache(maxsize=64)
def _open_bucket(uri: str, login: S3Login | None) -> StoredFiles:
    try:
        from epochal.blobs.bucket import Bucket
        from epochal.blobs.plain import PlainBlobs

        bucket = Bucket(parse_address(uri), login)
    except ImportError:
        raise NotSupportedError(
            f"Artifacts in object stores ({OBJECT_EXAMPLES}) need obstore: pip install obstore"
        ) from None
    return StoredFiles(PlainBlobs(bucket), is_near=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_open_bucket.cache_clear)
