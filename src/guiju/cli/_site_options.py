"""The options of every word that works on the database of a site, running or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from guiju.wording import fill, language

F = TypeVar("F", bound=Callable[..., Any])


def help_of(code: str) -> str:
    """A help text in the reader's language."""
    return fill(code, language(), "message", {})


def of_site(command: F) -> F:
    """Which site it is, and how it is told: ``--database-url``, ``--home``, ``--json``, ``--lang``."""
    options = (
        click.option(
            "--database-url", default="", envvar="GUIJU_DATABASE_URL", metavar="URL", help=help_of("serve.help-database")
        ),
        click.option("--home", metavar="FOLDER", type=click.Path(path_type=Path), help=help_of("serve.help-home")),
        click.option("--json", "as_json", is_flag=True, help=help_of("cli.json")),
        click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=help_of("cli.lang")),
    )
    for one in reversed(options):
        command = one(command)
    return command
