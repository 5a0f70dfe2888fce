"""The home folder of a site, and what its processes are told through the environment. Settings are not read yet here."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import dj_database_url

from guiju.institutions.serving.ports import names_of_machine, shown
from guiju.institutions.serving.problem import ServeError
from guiju.wording import Where

KEY: Final = "secret-key"
RECORD_KEY: Final = "record-key"
RUNNING: Final = "running.lock"
_OURS: Final = ("static", "cache", "guiju.sqlite3", "preparing.lock", RECORD_KEY, RUNNING)
_SCHEMES: Final = ("postgres", "postgresql", "sqlite")


def default_home() -> Path:
    """GUIJU_HOME, else ``guiju`` in the person's own data folder."""
    chosen = os.environ.get("GUIJU_HOME", "")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_DATA_HOME", "")
    try:
        return (Path(base) if base else Path.home() / ".local" / "share") / "guiju"
    except RuntimeError:  # nobody's home
        return Path("guiju-data")


def prepare_home(home: Path) -> Path:
    """The folder, made if it is not there and closed to others, with its key; its absolute path.

    :raises ServeError: if it is no folder, holds other things, or cannot be written.
    """
    home = home.expanduser().absolute()
    try:
        if home.exists() and not home.is_dir():
            raise ServeError("serve.home-no-folder", Where(str(home)))
        if home.is_dir() and not _is_ours(home):
            raise ServeError("serve.home-of-others", Where(str(home)))
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.chmod(0o700)
        _prepare_key(home / KEY)
        (home / "static").mkdir(exist_ok=True)
    except OSError as problem:
        raise ServeError("serve.home-not-writable", Where(str(home)), reason=problem.strerror or "") from None
    return home


def _is_ours(home: Path) -> bool:
    """Whether it is empty or looks like a home of Guiju: never close or fill somebody's other folder."""
    return (home / KEY).is_file() or all(one.name.startswith(_OURS) for one in home.iterdir())


def _prepare_key(path: Path) -> None:
    """A key of its own for each site, readable by its owner only; written whole or not at all."""
    if path.is_file() and path.stat().st_size:
        path.chmod(0o600)
        return
    draft = path.with_name(f"{KEY}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(50) + "\n")
        if path.exists():  # empty: somebody's disk was full
            path.unlink()
        with suppress(FileExistsError):  # another process was first
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def running(home: Path, *, alone: bool = False) -> Iterator[None]:
    """The site of a home runs; or, ``alone``, something is done with it that no running site would survive.

    :raises ServeError: where the other is the case. Where the system has no such locks, nothing is held.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with (home / RUNNING).open("w") as held:
        try:
            fcntl.flock(held, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServeError("backup.site-runs" if alone else "backup.restore-runs", Where(str(home))) from None
        yield


def check_database(url: str) -> None:
    """Whether this can be the address of a database. Nothing of it is shown but its scheme: it may hold a password.

    :raises ServeError: if not.
    """
    if not url:
        return
    scheme = url.split(":", 1)[0] if ":" in url else ""
    try:
        parts = urlsplit(url)
        named = bool(parts.path.strip("/")) and (scheme == "sqlite" or bool(parts.hostname or parts.query))
        if scheme in _SCHEMES and named and dj_database_url.parse(url)["NAME"] not in {"", ":memory:"}:
            return
    except (ValueError, KeyError):
        pass
    raise ServeError("serve.database-url", got=scheme or "…", known=["postgres://", "sqlite://"])


def set_environment(home: Path, database: str, host: str, demo: bool = False) -> None:
    """What the settings of this process and of its children are made from."""
    os.environ["GUIJU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "guiju.institutions.settings"
    os.environ["GUIJU_DEMO"] = "1" if demo else ""
    if database:
        os.environ["GUIJU_DATABASE_URL"] = database
    if not os.environ.get("GUIJU_HOSTS"):
        os.environ["GUIJU_HOSTS"] = ",".join(_names(host))


def _names(host: str) -> list[str]:
    """Names under which the site answers where nobody chose them: this machine's own."""
    found = ["localhost", "127.0.0.1", "[::1]"]
    found += names_of_machine() if host in {"0.0.0.0", "::"} else [shown(host)]  # noqa: S104  # compared, not bound
    return list(dict.fromkeys(found))
