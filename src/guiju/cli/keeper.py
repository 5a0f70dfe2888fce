"""``guiju keeper``: who keeps a site in order; said on the machine that it runs on, since nobody else can say it first."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from guiju.calendars import words
from guiju.wording import fill, language, text


def _help(code: str) -> str:
    return fill(code, language(), "message", {})


def _of_site(command: Callable[..., int]) -> Callable[..., int]:
    """The options of every word."""
    options = (
        click.option("--database-url", default="", envvar="GUIJU_DATABASE_URL", metavar="URL", help=_help("serve.help-database")),
        click.option("--home", metavar="FOLDER", type=click.Path(path_type=Path), help=_help("serve.help-home")),
        click.option("--json", "as_json", is_flag=True, help=_help("cli.json")),
        click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang")),
    )
    for one in reversed(options):
        command = one(command)
    return command


def _opened(database_url: str, home: Path | None) -> None:
    from guiju.institutions.serving.home import default_home
    from guiju.institutions.serving.opening import open_site

    open_site(database_url, home or default_home())


@click.group("keeper", help=_help("keeper.what"))
def keeper() -> None:
    """The keepers of a site."""


@keeper.command("appoint", help=_help("keeper.what-appoint"))
@click.argument("email")
@_of_site
def appoint(email: str, database_url: str, home: Path | None, as_json: bool, lang: str | None) -> int:
    """Make somebody one, and say under which number it was entered."""
    _opened(database_url, home)
    from guiju.institutions.people import keepers

    receipt = keepers.appoint(email)
    return _said("appointed", email, receipt, as_json, language(lang), "keeper.second-factor")


@keeper.command("withdraw", help=_help("keeper.what-withdraw"))
@click.argument("email")
@_of_site
def withdraw(email: str, database_url: str, home: Path | None, as_json: bool, lang: str | None) -> int:
    """End it, and say under which number it was entered."""
    _opened(database_url, home)
    from guiju.institutions.people import keepers

    return _said("withdrawn", email, keepers.withdraw(email), as_json, language(lang))


@keeper.command("remove-second-factor", help=_help("keeper.what-remove"))
@click.argument("email")
@_of_site
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


@keeper.command("list", help=_help("keeper.what-list"))
@_of_site
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
