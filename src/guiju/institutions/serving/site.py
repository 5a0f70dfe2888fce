"""The site made ready before its processes start: tables, static files, rules. Django is set up here, not before."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guiju import __version__
from guiju.institutions.serving.home import check_database, set_environment
from guiju.institutions.serving.problem import ServeError
from guiju.wording import Where


def prepare_site(home: Path, demo: bool = False, *, record: bool = True) -> None:
    """Bring tables and static files up to this version, and read the rules once so that the processes find them read.

    ``demo``: put the example world into the database too, where it is not there yet. ``record``: see that the record can be
    carried on from here; a worker on another machine has no key for it.

    :raises ServeError: if the database cannot be reached or used.
    :raises LogError: if the record's key is lacking or another's.
    """
    import django

    django.setup()
    from django.conf import settings

    from guiju.institutions.demo.seeding import seed_world
    from guiju.institutions.hall.edition import site_corpus
    from guiju.institutions.hall.post import server_from
    from guiju.institutions.hall.proxies import networks
    from guiju.institutions.notary import log, witnesses
    from guiju.institutions.people.accounts.oidc import places_from

    networks(settings.PROXIES)  # said here rather than by each process
    server_from(settings.MAIL)
    places_from(settings.OIDC)
    with _alone(home):
        bring_up_tables()
        if record:
            log.begin(settings.ORIGIN)
            witnesses.own()
        collect_static()
        site_corpus()
        if demo:
            seed_world()
        _close()


def open_site(database: str, home: Path) -> None:
    """Reach the database of a site, running or not, and set Django up for it; nothing is made or changed.

    :raises ServeError: where there is none, or it does not answer.
    """
    check_database(database)
    home = home.expanduser().absolute()
    if not database and not (home / "guiju.sqlite3").is_file():
        raise ServeError("demo.no-site", Where(str(home)))
    set_environment(home, database, "127.0.0.1")
    import django

    django.setup()
    connect()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process at a time prepares a home; where the system has no such locks, nobody waits."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with (home / "preparing.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def bring_up_tables() -> None:
    """Run the migrations that this database has not had yet.

    :raises ServeError: if it cannot be reached or refuses.
    """
    from django.core.management import call_command
    from django.db import connection

    connect()
    try:
        with on_refusal("serve.database-refused"):
            call_command("migrate", interactive=False, verbosity=0)
            if connection.vendor == "sqlite":
                os.chmod(connection.settings_dict["NAME"], 0o600)  # noqa: PTH101  # a name, not always a path
    finally:
        connection.close()


@contextmanager
def on_refusal(code: str) -> Iterator[None]:
    """What the database does not take is told by this code, with its own first line.

    :raises ServeError: so told.
    """
    from django.db import DatabaseError

    try:
        yield
    except (DatabaseError, OSError) as problem:
        place, reason = _of_database(problem)
        raise ServeError(code, got=place, reason=reason) from None


def connect() -> None:
    """Reach the database.

    :raises ServeError: if it does not answer.
    """
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except (DatabaseError, ValueError) as problem:
        place, reason = _of_database(problem)
        raise ServeError("serve.database-unreachable", got=place, reason=reason) from None


def tables() -> list[str]:
    """The tables of the database."""
    from django.db import connection

    return connection.introspection.table_names()


def _close() -> None:
    from django.db import connection

    connection.close()


def place_of_database() -> str:
    """Which database it is, without user and password."""
    from django.db import connection

    held = connection.settings_dict
    return f"{held['HOST']}:{held['PORT'] or 5432}/{held['NAME']}" if held["HOST"] else str(held["NAME"])


def _of_database(problem: Exception) -> tuple[str, str]:
    """Which database, without user and password, and the first line of what it says."""
    from django.db import connection

    held, place = connection.settings_dict, place_of_database()
    lines = str(problem).strip().splitlines()
    said = lines[0] if lines else type(problem).__name__
    password = str(held.get("PASSWORD") or "")
    return place, said.replace(password, "***") if password else said


def collect_static() -> bool:
    """Collect the static files where this version or one of the files differs from the last time; whether it was done.

    :raises ServeError: if they cannot be written.
    """
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp = root / ".stamp"
    wanted = static_digest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return False
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted, encoding="ascii")
    except OSError as problem:
        raise ServeError("serve.home-not-writable", Where(str(root)), reason=problem.strerror or "") from None
    return True


def static_digest() -> str:
    """A digest of the version and of every static file as it lies there now (name, size, time of its last change)."""
    from django.contrib.staticfiles.finders import get_finders

    found = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            found.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return found.hexdigest()
