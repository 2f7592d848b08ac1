"""What the server says about itself."""

from __future__ import annotations

import msgspec

from epochal.wire.encoding import decode_response, encode

SPOKEN_VERSION = "3.17.2"
"""The version of MLflow whose protocol this is; clients gate features by it."""

PRODUCT = "epochal"
CLIENT_HEADER = "x-epochal-client"
"""A request that carries it comes from our own client, which understands "Infinity"."""


class About(msgspec.Struct):
    """How our client recognises our server, and what it may send it."""

    product: str
    version: str
    speaks: str
    max_log_bytes: int


def encode_about(version: str, max_log_bytes: int) -> bytes:
    """The answer to `about`."""
    return encode(About(PRODUCT, version, SPOKEN_VERSION, max_log_bytes))


def decode_about(body: bytes) -> About:
    """Read the answer to `about`. Raises EpochalError when another server answered."""
    return decode_response(About, body)


def encode_server_info(*, uploads: bool = False, downloads: bool = False) -> bytes:
    """The answer to `server-info`: only what is truly there, or clients break on it.

    Args:
        uploads: files can be sent past the server, in parts.
        downloads: files can be fetched past the server, by signed URLs.

    """
    return encode(
        {
            "store_type": "SqlStore",
            "workspaces_enabled": False,
            "trace_archival_enabled": False,
            "multipart_uploads_enabled": uploads,
            "multipart_downloads_enabled": downloads,
            "presigned_upload_run_id_supported": False,
            "presigned_upload_model_id_supported": False,
            "features_enabled": {"gateway": False},
        }
    )
