"""Which object store a URI means, and how to log in there, from what MLflow's users set.

A server takes all of this from its own environment, never from a client.
"""

from __future__ import annotations

import configparser
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

S3_SCHEMES = ("s3", "s3a")
GCS_SCHEMES = ("gs",)
AZURE_SCHEMES = ("wasb", "wasbs", "abfs", "abfss")
SCHEMES = (*S3_SCHEMES, *GCS_SCHEMES, *AZURE_SCHEMES)
DEFAULT_REGION = "us-east-1"
_FALSE = ("", "0", "false", "no", "off")


@dataclass(frozen=True, slots=True)
class S3Login:
    """How to reach a bucket. Without keys the library asks the machine that it runs on."""

    region: str
    endpoint: str | None = None
    access_key: str | None = None
    secret_key: str | None = None
    session_token: str | None = None
    is_virtual_hosted: bool = False
    accepts_any_certificate: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """A place in an object store: a container and a path in it, both as the store knows them."""

    scheme: str
    container: str
    prefix: str
    account: str | None = None  # of Azure

    @property
    def uri(self) -> str:
        """The place as users write it, without a slash at the end."""
        authority = self.container
        if self.account:
            domain = "dfs" if self.scheme.startswith("abfs") else "blob"
            authority = f"{self.container}@{self.account}.{domain}.core.windows.net"
        return f"{self.scheme}://{authority}/{self.prefix}".rstrip("/")


def is_object_store(uri: str) -> bool:
    """Whether a URI names a place in S3, Google Cloud Storage or Azure."""
    return urlsplit(uri).scheme.lower() in SCHEMES


def parse_address(uri: str) -> Address:
    """The place that a URI names.

    Raises:
        InvalidParameterError: it names no container, or holds what has no meaning there.

    """
    try:
        parts = urlsplit(uri)
        user, host = parts.username, parts.hostname
    except ValueError as fault:
        raise InvalidParameterError(f"Invalid artifact location {uri!r}: {fault}") from None
    scheme, prefix = parts.scheme.lower(), unquote(parts.path).strip("/")
    if scheme not in SCHEMES or not host or parts.password or parts.query or parts.fragment:
        raise InvalidParameterError(
            f"Invalid artifact location {uri!r}: it must be s3://bucket/path, gs://bucket/path, "
            "or wasbs://container@account.blob.core.windows.net/path"
        )
    if ".." in prefix.split("/"):
        raise InvalidParameterError(f"Invalid artifact location {uri!r}: '..' is refused")
    if scheme in AZURE_SCHEMES:
        if not user:
            raise InvalidParameterError(
                f"Invalid artifact location {uri!r}: Azure's need both a container and an "
                "account, as in wasbs://container@account.blob.core.windows.net/path"
            )
        return Address(scheme, user, prefix, host.partition(".")[0])
    return Address(scheme, parts.netloc, prefix)


def find_s3_login(environ: Mapping[str, str] | None = None) -> S3Login:
    """The login for S3: variables first, then the profile in the user's files."""
    env = os.environ if environ is None else environ
    profile = _read_profile(env)
    keys = env if env.get("AWS_ACCESS_KEY_ID") else profile
    style = env.get("MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE", "auto").lower()
    endpoint = _first(env, "MLFLOW_S3_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
    return S3Login(
        region=_first(env, "AWS_REGION", "AWS_DEFAULT_REGION")
        or profile.get("region")
        or DEFAULT_REGION,
        endpoint=endpoint.rstrip("/") if endpoint else None,
        access_key=_of(keys, "AWS_ACCESS_KEY_ID"),
        secret_key=_of(keys, "AWS_SECRET_ACCESS_KEY"),
        session_token=_of(keys, "AWS_SESSION_TOKEN"),
        is_virtual_hosted=style == "virtual" or (style == "auto" and not endpoint),
        accepts_any_certificate=env.get("MLFLOW_S3_IGNORE_TLS", "").lower() not in _FALSE,
    )


def find_azure_login(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The login for Azure in the library's words, from the variables that MLflow reads."""
    env = os.environ if environ is None else environ
    found: dict[str, str] = {}
    if env.get("AZURE_STORAGE_ACCESS_KEY"):
        found["account_key"] = env["AZURE_STORAGE_ACCESS_KEY"]
    names = {
        "AccountKey": "account_key",
        "SharedAccessSignature": "sas_key",
        "BlobEndpoint": "endpoint",
    }
    for item in env.get("AZURE_STORAGE_CONNECTION_STRING", "").split(";"):
        name, _, value = item.partition("=")
        if name.strip() in names and value:
            found[names[name.strip()]] = value.strip()
    return found


def _first(env: Mapping[str, str], *names: str) -> str | None:
    return next((env[name] for name in names if env.get(name)), None)


def _of(keys: Mapping[str, str], name: str) -> str | None:
    return keys.get(name) or keys.get(name.lower())


def _read_profile(env: Mapping[str, str]) -> Mapping[str, str]:
    """What `~/.aws` says of the chosen profile; nothing where there is no such file."""
    home = Path(env.get("HOME") or Path.home())
    name = env.get("AWS_PROFILE") or "default"
    files = (
        env.get("AWS_CONFIG_FILE") or home / ".aws/config",
        env.get("AWS_SHARED_CREDENTIALS_FILE") or home / ".aws/credentials",
    )
    parser = configparser.RawConfigParser()
    try:
        parser.read(files, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return {}
    found: dict[str, str] = {}
    for section in (f"profile {name}", name):
        if parser.has_section(section):
            found |= dict(parser.items(section))
    return found
