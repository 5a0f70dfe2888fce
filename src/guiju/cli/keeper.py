"""``guiju keeper``: who keeps a site in order; said on the machine that it runs on, since nobody else can say it first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from guiju.calendars import words
from guiju.cli._site_options import help_of, of_site
from guiju.wording import language, text


def _opened(database_url: str, home: Path | None) -> None:
    from guiju.institutions.serving.home import default_home
    from guiju.institutions.serving.site import bring_up_tables, open_site

    open_site(database_url, home or default_home())
    bring_up_tables()


@click.group("keeper", help=help_of("keeper.what"))
def keeper() -> None:
    """The keepers of a site."""


@keeper.command("appoint", help=help_of("keeper.what-appoint"))
@click.argument("email")
@of_site
def appoint(email: str, database_url: str, home: Path | None, as_json: bool, lang: str | None) -> int:
    """Make somebody one, and say under which number it was entered."""
    _opened(database_url, home)
    from guiju.institutions.people import keepers

    receipt = keepers.appoint(email)
    return _said("appointed", email, receipt, as_json, language(lang), "keeper.second-factor")


@keeper.command("withdraw", help=help_of("keeper.what-withdraw"))
@click.argument("email")
@of_site
def withdraw(email: str, database_url: str, home: Path | None, as_json: bool, lang: str | None) -> int:
    """End it, and say under which number it was entered."""
    _opened(database_url, home)
    from guiju.institutions.people import keepers

    return _said("withdrawn", email, keepers.withdraw(email), as_json, language(lang))


@keeper.command("remove-second-factor", help=help_of("keeper.what-remove"))
@click.argument("email")
@of_site
def remove_second_factor(email: str, database_url: str, home: Path | None, as_json: bool, lang: str | None) -> int:
    """For somebody who has lost it; all their sessions end, and they are told by letter."""
    _opened(database_url, home)
    from guiju.institutions.people import keepers

    return _said("removed", email, keepers.remove_second_factor(email), as_json, language(lang))


def _said(what: str, email: str, receipt: Any, as_json: bool, lang: str, more: str = "") -> int:
    if as_json:
        print(json.dumps({"schema": "guiju.keeper/1", "email": email, "state": what, "receipt": receipt.number}))
        return 0
    print(text(f"keeper.{what}", lang, email=email, number=receipt.number))
    if more:
        print(text(more, lang))
    return 0


@keeper.command("list", help=help_of("keeper.what-list"))
@of_site
def listed(database_url: str, home: Path | None, as_json: bool, lang: str | None) -> int:
    """All of them."""
    _opened(database_url, home)
    from guiju.institutions.people import keepers

    found, chosen = keepers.listed(), language(lang)
    if as_json:
        rows = [{"email": one.person.email, "name": one.person.name, "since": one.since.isoformat()} for one in found]
        print(json.dumps({"schema": "guiju.keepers/1", "keepers": rows}, ensure_ascii=False))
        return 0
    for one in found:
        day = words(one.since.date(), chosen)
        print(text("keeper.line", chosen, email=one.person.email, name=one.person.name, day=day))
    if not found:
        print(text("keeper.nobody", chosen))
    return 0
