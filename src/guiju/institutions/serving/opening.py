"""A site's database, opened by a command beside the site, running or not."""

from __future__ import annotations

from pathlib import Path

from guiju.institutions.serving.home import check_database, set_environment
from guiju.institutions.serving.problem import ServeError
from guiju.wording import Where


def open_site(database: str, home: Path) -> None:
    """Set Django up for a site that is there, its tables as this version has them.

    :raises ServeError: if there is no such database, it cannot be reached, or it refuses.
    """
    check_database(database)
    home = home.expanduser().absolute()
    if not database and not (home / "guiju.sqlite3").is_file():
        raise ServeError("demo.no-site", Where(str(home)))
    set_environment(home, database, "127.0.0.1")
    import django

    django.setup()
    from guiju.institutions.serving.site import bring_up_tables

    bring_up_tables()
