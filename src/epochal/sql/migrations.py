"""The versions of the schema and the way from one to the next.

`schema/NNNN_title.sql` holds what version NNNN adds, `schema/NNNN_title.sqlite.sql` what it
changes on this database only. A new store gets all of them in one
transaction; an older one is changed only when its owner says so (`epochal db upgrade`).
"""

from __future__ import annotations

import re
import time
from importlib import resources
from typing import TYPE_CHECKING

from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from epochal.sql.database import Connection, Driver
    from epochal.sql.dialect import DialectName

_FILE = re.compile(r"(\d{4})_\w+(?:\.(sqlite|postgresql))?\.sql")
_ADVISORY_LOCK = 7_003_291_846  # any number, as long as every process takes the same


def load_migrations(dialect: DialectName) -> dict[int, str]:
    """The template of each version, oldest first; empty where it changes nothing here."""
    found: dict[int, str] = {}
    for entry in resources.files("epochal.sql").joinpath("schema").iterdir():
        match = _FILE.fullmatch(entry.name)
        if match:
            is_ours = match[2] in {None, dialect}
            found[int(match[1])] = entry.read_text("utf-8") if is_ours else ""
    return dict(sorted(found.items()))


def prepare(driver: Driver, migrations: Mapping[int, str] | None = None) -> None:
    """Make a new store complete; check that an existing one is of this code's version.

    Processes that do so at once wait for each other, and all succeed.

    Raises:
        InvalidParameterError: the store is older, newer, or not ours.

    """
    steps = load_migrations(driver.dialect.name) if migrations is None else migrations
    newest = max(steps)
    session = driver.connect("owner")
    try:
        if _is_current(session, newest):
            return
        session.begin()
        _lock(session)
        version = find_version(session)
        if version is None:
            _refuse_foreign_tables(session)
            _apply(session, steps, after=0)
        elif version < newest:
            raise InvalidParameterError(
                f"The store is of schema version {version}, this Epochal needs {newest}; "
                "back the store up, then run `epochal db upgrade`"
            )
        elif version > newest:
            raise InvalidParameterError(
                f"The store is of schema version {version}, which a newer Epochal made; this one "
                f"knows versions up to {newest}. Upgrade with `pip install --upgrade epochal`"
            )
        session.commit()
    finally:
        session.rollback()
        session.close()


def upgrade(driver: Driver, migrations: Mapping[int, str] | None = None) -> tuple[int, int]:
    """Bring a store to the newest version, all or nothing; answers the versions before and after.

    Raises:
        InvalidParameterError: there is no store of ours.

    """
    steps = load_migrations(driver.dialect.name) if migrations is None else migrations
    session = driver.connect("owner")
    try:
        session.begin()
        _lock(session)
        version = find_version(session)
        if version is None:
            raise InvalidParameterError("There is no Epochal store here to upgrade")
        _apply(session, steps, after=version)
        session.commit()
        return version, max(version, *steps)
    finally:
        session.rollback()
        session.close()


def find_version(connection: Connection) -> int | None:
    """The schema version of a store, or None if there is no store yet."""
    if "schema_versions" not in _tables(connection):
        return None
    row = connection.execute("SELECT max(version) FROM schema_versions").first()
    return int(row[0]) if row and row[0] is not None else None


def _is_current(connection: Connection, newest: int) -> bool:
    return find_version(connection) == newest


def _lock(connection: Connection) -> None:
    # On SQLite the owner's BEGIN EXCLUSIVE is the lock.
    if connection.dialect.name == "postgresql":
        connection.execute("SELECT pg_advisory_xact_lock(?)", (_ADVISORY_LOCK,))


def _tables(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    else:
        rows = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
    return {row[0] for row in rows}


def _refuse_foreign_tables(connection: Connection) -> None:
    tables = _tables(connection)
    if "experiments" in tables or "runs" in tables:
        owner = "MLflow" if "alembic_version" in tables else "another program"
        raise InvalidParameterError(
            f"The database holds tables of {owner}, not of Epochal; give another file or database"
        )


def _apply(connection: Connection, steps: Mapping[int, str], after: int) -> None:
    types = connection.dialect.types
    now_ms = time.time_ns() // 1_000_000
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS schema_versions (version {types['bigint']} PRIMARY KEY, "
        f"applied_ms {types['bigint']} NOT NULL)"
    )
    for version, template in steps.items():
        if version > after:
            for statement in split_statements(template):
                connection.execute(statement.format(**types, now_ms=now_ms))
            connection.execute(
                "INSERT INTO schema_versions (version, applied_ms) VALUES (?, ?)",
                (version, now_ms),
            )


def split_statements(template: str) -> list[str]:
    """The statements of a schema file; each ends with a semicolon at the end of a line."""
    lines = [line for line in template.splitlines() if not line.lstrip().startswith("--")]
    statements = "\n".join(lines).split(";\n")
    return [statement.strip().rstrip(";") for statement in statements if statement.strip()]
