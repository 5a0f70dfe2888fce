"""One file with all that a site keeps, as it stood at one moment: for the same database, or for the other one.

A backup is a ZIP: ``manifest.json`` with the digest of every part, and ``tables/NAME.jsonl`` with the rows of each table
(:mod:`.portable`). It is read in one transaction that sees one state, while the site goes on writing. Whoever has it has what
the site keeps, sealed items and their keys too; it is written for its owner alone.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from guiju import __version__
from guiju.calendars import now
from guiju.institutions.serving.home import KEY, RECORD_KEY
from guiju.institutions.serving.problem import ServeError
from guiju.institutions.serving.site import open_site
from guiju.wording import Where

SCHEMA: Final = "guiju.backup/1"
MANIFEST: Final = "manifest.json"
KEYS: Final = (RECORD_KEY, KEY)
"""Files of the home folder that go in where they are asked for."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds."""

    manifest: dict[str, Any]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(one["rows"] for one in self.manifest["tables"])


def backup(path: Path, database: str, home: Path, *, with_keys: bool = False) -> Made:
    """Write a backup of a site, running or not.

    :raises ServeError: where there is no such site, its database is of another version, or the file cannot be written.
    """
    if path.exists():
        raise ServeError("backup.exists", Where(str(path)))
    open_site(database, home)
    home = home.expanduser().absolute()
    from guiju.institutions.notary.log import one_moment

    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
            with one_moment(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                made = _written(archive, home, with_keys)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    except OSError as problem:
        raise ServeError("backup.not-writable", Where(str(path)), reason=problem.strerror or "") from None
    finally:
        draft.unlink(missing_ok=True)
    return made


def _written(archive: zipfile.ZipFile, home: Path, with_keys: bool) -> Made:
    from django.db import connection

    from guiju.institutions.serving.portable import tables

    migrations, models = _state()
    found = [_table(archive, table) for table in tables(models).values()]
    manifest: dict[str, Any] = {
        "schema": SCHEMA,
        "engine": __version__,
        "made": now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": migrations,
        "tables": found,
        "keys": [_key(archive, home / name) for name in KEYS if (home / name).is_file()] if with_keys else [],
    }
    archive.writestr(_member(MANIFEST), json.dumps(manifest, indent=1) + "\n")
    return Made(manifest)


def _state() -> tuple[list[list[str]], Any]:
    """The migrations that the database has had, and the models as they were then.

    :raises ServeError: where it had none, or some that this version does not know.
    """
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    done = sorted(loader.applied_migrations or ())
    if not done:
        raise ServeError("backup.no-tables")
    if unknown := [one for one in done if one not in loader.graph.nodes]:
        raise ServeError("backup.newer-database", names=[f"{app}.{name}" for app, name in unknown[:5]])
    return [list(one) for one in done], loader.project_state(done).apps


def _table(archive: zipfile.ZipFile, table: Any) -> dict[str, Any]:
    from guiju.institutions.serving.portable import line_of

    digest, rows = sha256(), 0
    with archive.open(_member(f"tables/{table.name}.jsonl"), "w", force_zip64=True) as out:
        for row in table.rows():
            line = line_of(row)
            digest.update(line)
            out.write(line)
            rows += 1
    return {"name": table.name, "columns": list(table.columns), "rows": rows, "sha256": digest.hexdigest()}


def _key(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    content = path.read_bytes()
    archive.writestr(_member(f"keys/{path.name}"), content)
    return {"name": path.name, "sha256": sha256(content).hexdigest()}


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, now().timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


# -- reading -------------------------------------------------------------------------------------------------------------------


class Backup:
    """A backup that was held against its manifest, byte for byte, before anything is done with it."""

    def __init__(self, path: Path) -> None:
        """Open and check it.

        :raises ServeError: where it is no backup, is damaged, or of a later form.
        """
        self.path = path
        try:
            self.archive = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self.archive.read(MANIFEST))
            schema = self.manifest["schema"]
        except FileNotFoundError:
            raise ServeError("file.missing", Where(str(path))) from None
        except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, OSError, NotImplementedError):
            raise ServeError("backup.none", Where(str(path))) from None
        if schema != SCHEMA:
            raise ServeError("backup.other-form", Where(str(path)), got=str(schema), known=SCHEMA)
        self._check()

    def close(self) -> None:
        """Close the file."""
        self.archive.close()

    def lines(self, table: str) -> Iterator[bytes]:
        """The lines of a table's rows."""
        with self.archive.open(f"tables/{table}.jsonl") as found:
            yield from found

    def key(self, name: str) -> bytes | None:
        """A key file that went in; None where it did not."""
        return self.archive.read(f"keys/{name}") if any(one["name"] == name for one in self.manifest["keys"]) else None

    def _check(self) -> None:
        try:
            wanted = {f"tables/{one['name']}.jsonl": one for one in self.manifest["tables"]}
            wanted |= {f"keys/{one['name']}": one for one in self.manifest["keys"]}
            there = set(self.archive.namelist()) - {MANIFEST}
            for name in sorted(wanted.keys() ^ there):
                raise ServeError("backup.damaged", Where(str(self.path)), part=name)
            for name, one in wanted.items():
                self._check_part(name, one)
        except (KeyError, TypeError, AttributeError):
            raise ServeError("backup.damaged", Where(str(self.path)), part=MANIFEST) from None

    def _check_part(self, name: str, one: dict[str, Any]) -> None:
        digest, rows = sha256(), 0
        try:
            with self.archive.open(name) as found:
                for line in found:
                    digest.update(line)
                    rows += 1
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
            raise ServeError("backup.damaged", Where(str(self.path)), part=name) from None
        if digest.hexdigest() != one["sha256"] or rows != one.get("rows", rows):
            raise ServeError("backup.damaged", Where(str(self.path)), part=name)
