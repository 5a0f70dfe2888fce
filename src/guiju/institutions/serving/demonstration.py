"""A demonstration: the example world in a site's database, put there by ``serve --demo`` and removed by one command."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

from guiju.calendars import now, words
from guiju.institutions.serving.problem import ServeError
from guiju.institutions.serving.site import open_site, place_of_database, tables
from guiju.wording import text


def check_host(host: str) -> None:
    """Whether a demonstration may listen there: on this machine alone, since it is open to whoever reaches it.

    :raises ServeError: if not.
    """
    if not _is_loopback(host):
        raise ServeError("demo.not-this-machine", got=host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


def remove(database: str, home: Path, lang: str, say: Callable[[str], None]) -> int:
    """Remove the example world from a site's database, running or not, and say what went; 0.

    :raises ServeError: if there is no such database, or it cannot be reached.
    """
    open_site(database, home)
    from guiju.institutions.demo.seeding import is_here, remove_world

    place = place_of_database()
    if "demo_examplecheck" not in tables() or not is_here():
        say(text("demo.nothing", lang, place=place))
        return 0
    done = remove_world()
    moment = now()
    say(text("demo.removed", lang, place=place, day=words(moment.date(), lang), time=f"{moment:%H:%M}"))
    for code, count in done.items():
        say("  " + text(code, lang, count=count))
    say(text("demo.kept", lang))
    return 0
