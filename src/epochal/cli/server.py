"""`epochal server` and `epochal ui`: MLflow's options with MLflow's meanings."""

from __future__ import annotations

import ipaddress
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from epochal.errors import EpochalError, InvalidParameterError
from epochal.rules.locations import place_of

if TYPE_CHECKING:
    import socket

    from epochal.services import Services
    from epochal.settings import StoreLocation

PROXIED = "mlflow-artifacts"


def _option(*names: str, env: str | None = None, **settings: Any) -> Any:
    """A click option that also reads `EPOCHAL_<env>` and `MLFLOW_<env>`."""
    if env is not None:
        settings["envvar"] = [f"EPOCHAL_{env}", f"MLFLOW_{env}"]
    return click.option(*names, **settings)


@click.command("server")
@_option(
    "--backend-store-uri",
    env="BACKEND_STORE_URI",
    metavar="URI",
    help="Where runs are kept: a folder, sqlite:///file.db or postgresql://user@host/database. "
    "Default: the nearest .epochal folder from here upward, else a new one here.",
)
@_option(
    "--default-artifact-root",
    env="DEFAULT_ARTIFACT_ROOT",
    metavar="URI",
    help="Where new experiments keep artifacts. Default: mlflow-artifacts:/, that is through "
    "this server. A folder makes clients open it themselves.",
)
@_option(
    "--serve-artifacts/--no-serve-artifacts",
    env="SERVE_ARTIFACTS",
    default=True,
    help="Pass artifacts through this server, or leave clients to open them where they lie.",
)
@_option(
    "--artifacts-destination",
    env="ARTIFACTS_DESTINATION",
    metavar="URI",
    help="Where artifacts go that pass through this server: a folder, s3://bucket/path, "
    "gs://bucket/path or wasbs://container@account.blob.core.windows.net/path. Default: a folder "
    "inside the store.",
)
@_option(
    "--artifact-root",
    env="ARTIFACT_ROOT",
    multiple=True,
    metavar="URI",
    help="A further place below which an experiment may choose its own location; may be given "
    "several times. Everything else is neither read nor written.",
)
@_option(
    "--direct-transfers/--no-direct-transfers",
    env="DIRECT_TRANSFERS",
    default=True,
    help="Give clients signed URLs for large files in an object store, or pass all files through "
    "this server, for instance because clients do not reach the store.",
)
@_option("-h", "--host", env="HOST", default="127.0.0.1", show_default=True, help="Address.")
@_option(
    "-p",
    "--port",
    env="PORT",
    type=click.IntRange(0, 65_535),
    default=5000,
    show_default=True,
    help="Port; 0 takes a free one.",
)
@_option(
    "-w",
    "--workers",
    env="WORKERS",
    type=click.IntRange(1),
    default=1,
    help="Accepted for MLflow's sake; one process serves a store.",
)
@_option(
    "--static-prefix",
    env="STATIC_PREFIX",
    default="",
    metavar="/PREFIX",
    help="Put this in front of every path, for a proxy that shares the host.",
)
@_option(
    "--allowed-hosts",
    env="SERVER_ALLOWED_HOSTS",
    default="",
    metavar="NAMES",
    help="Further names that clients may call this server by, comma-separated; '*' for any.",
)
@_option(
    "--cors-allowed-origins",
    env="SERVER_CORS_ALLOWED_ORIGINS",
    default="",
    metavar="ORIGINS",
    help="Pages elsewhere that may use this server, comma-separated: https://host:port.",
)
def server(**given: Any) -> None:
    """Serve a store, its web pages and MLflow's REST API."""
    choices = Choices(**given)
    if choices.workers > 1:
        click.echo(
            f"Warning: --workers {choices.workers} is ignored; one process serves a store "
            "and needs no more",
            err=True,
        )
    try:
        _serve(choices)
    except OSError as fault:
        place = f" {str(fault.filename)!r}" if fault.filename else ""
        raise click.ClickException(f"Cannot open the store:{place} {fault.strerror}") from None
    except EpochalError as error:
        raise click.ClickException(error.message) from None


COMMAND = server


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of the command, as given."""

    backend_store_uri: str | None
    default_artifact_root: str | None
    serve_artifacts: bool
    artifacts_destination: str | None
    artifact_root: tuple[str, ...]
    direct_transfers: bool
    host: str
    port: int
    workers: int
    static_prefix: str
    allowed_hosts: str
    cors_allowed_origins: str


def _serve(choices: Choices) -> None:
    from epochal.server.app import App, Options
    from epochal.server.listener import bind, listen
    from epochal.server.security import build_gate
    from epochal.settings import locate_store

    options = Options(
        gate=build_gate(
            choices.host,
            choices.allowed_hosts.split(","),
            choices.cors_allowed_origins.split(","),
        ),
        static_prefix=check_prefix(choices.static_prefix),
        serve_artifacts=choices.serve_artifacts,
    )
    location = locate_store(choices.backend_store_uri)
    places = choose_places(choices)
    bound = bind(choices.host, choices.port)
    with bound:
        services = _open(location, places, is_direct=choices.direct_transfers)
        take_in_orphans(location, services)
        app = App(services, options)
        listen(app, bound, lambda: _announce(choices, bound, location))


def take_in_orphans(location: StoreLocation, services: Services) -> threading.Thread:
    """Deliver, beside serving, what processes on this machine that died left of their journals."""

    def work() -> None:
        from epochal.client.embedded import EmbeddedTransport
        from epochal.client.sync import take_in_orphans as take_in

        try:
            count = take_in(str(location.journal_folder), EmbeddedTransport(services))
        except (EpochalError, OSError) as fault:
            click.echo(f"Journals of ended processes could not be taken in: {fault}", err=True)
            return
        if count:
            click.echo(f"Took in {count} journals that ended processes left undelivered")

    thread = threading.Thread(target=work, name="epochal-orphans", daemon=True)
    thread.start()
    return thread


@dataclass(frozen=True, slots=True)
class Places:
    """Where a server keeps artifacts, as absolute folders and URIs.

    `artifacts` is None for a folder inside the store.
    """

    artifacts: str | None
    is_proxied: bool
    further: tuple[str, ...] = ()


def choose_places(choices: Choices) -> Places:
    """What the options about artifacts come to.

    Raises:
        InvalidParameterError: a place that is neither a folder nor in an object store.

    """
    destination = choices.artifacts_destination
    place = _place(destination, "--artifacts-destination") if destination else None
    further = tuple(_place(root, "--artifact-root") for root in choices.artifact_root)
    root = choices.default_artifact_root
    if not root or urlsplit(root).scheme == PROXIED:
        return Places(place, is_proxied=choices.serve_artifacts, further=further)
    return Places(
        _place(root, "--default-artifact-root"),
        is_proxied=False,
        further=(*((place,) if place else ()), *further),
    )


def check_prefix(prefix: str) -> str:
    """The static prefix. Raises InvalidParameterError unless it looks like /prefix."""
    if prefix and (not prefix.startswith("/") or prefix.endswith("/")):
        raise InvalidParameterError(
            f"Invalid --static-prefix {prefix!r}: it must start with '/' and not end with it, "
            "such as '/tracking'"
        )
    return prefix


def _place(text: str, option: str) -> str:
    scheme = urlsplit(text).scheme
    is_path = "://" not in text and len(scheme) <= 1  # a single letter is a drive
    found = place_of(str(Path(text).expanduser().absolute()) if is_path else text)
    if not found:
        raise InvalidParameterError(
            f"{option} {text!r} is no place for artifacts; give a folder, file:///folder, "
            "s3://bucket/path, gs://bucket/path or "
            "wasbs://container@account.blob.core.windows.net/path"
        )
    return found


def _open(location: StoreLocation, places: Places, *, is_direct: bool) -> Services:
    try:
        from epochal.wiring import open_served

        return open_served(
            location,
            places.artifacts,
            proxied=places.is_proxied,
            further_roots=places.further,
            is_direct=is_direct,
        )
    except ModuleNotFoundError as fault:
        if fault.name != "obstore":
            raise
        raise InvalidParameterError(
            "Artifacts in object stores need one more package: pip install 'epochal[s3]'"
        ) from None


def _announce(choices: Choices, bound: socket.socket, location: StoreLocation) -> None:
    port = bound.getsockname()[1]
    host = f"[{choices.host}]" if ":" in choices.host else choices.host
    if not _is_loopback(choices.host):
        click.echo(
            f"Warning: anybody who reaches {host}:{port} can read and change everything here; "
            "there are no log-ins. Put it behind something that has them",
            err=True,
        )
    click.echo(f"Store: {_without_password(location.database_url)}")
    click.echo(f"Listening at http://{host}:{port}{choices.static_prefix}/  (Ctrl+C to stop)")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":…@", 1)).geturl()
