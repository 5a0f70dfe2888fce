"""What every command is asked with: a day, a language, a party, and which rules are answered by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from guiju.calendars import parse_day
from guiju.lookup import FolderError, tidy
from guiju.wording import Where, fill, language

F = TypeVar("F", bound=Callable[..., Any])


def subject_options(command: F) -> F:
    """The options of every command about one subject: the days, the party, the language, the rules."""
    for option in reversed((
        click.option("--on", "on_text", metavar="DATE", help=_help("cli.on")),
        click.option("--known", "known_text", metavar="DATE", help=_help("cli.known")),
        click.option("--party", metavar="ORG", help=_help("cli.party")),
        click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang")),
        click.option("--corpus", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help=_help("rules.help.corpus")),
        click.option("--edition", metavar="EDITION", help=_help("rules.help.edition")),
        click.option("--memory", is_flag=True, help=_help("cli.memory")),
    )):  # fmt: skip
        command = option(command)
    return command


def _help(code: str) -> str:
    return fill(code, language(), "message", {})


def day_of(text: str | None) -> date | None:
    """A day given on the command line, its digits and dashes full-width or not."""
    return None if text is None else parse_day(tidy(text))


def write_file(path: Path, content: bytes) -> None:
    """Write what was asked for.

    :raises FolderError: if it cannot be written there.
    """
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise FolderError("cli.cannot-write", Where(str(path)), reason=problem.strerror or "") from None
