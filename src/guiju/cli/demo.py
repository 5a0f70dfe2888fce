"""``guiju demo``: the example world in a site's database."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.wording import fill, language


def _help(code: str) -> str:
    return fill(code, language(), "message", {})


@click.group("demo", help=_help("demo.what"))
def demo() -> None:
    """The example world."""


@demo.command("remove", help=_help("demo.what-remove"))
@click.option("--database-url", default="", envvar="GUIJU_DATABASE_URL", metavar="URL", help=_help("serve.help-database"))
@click.option("--home", metavar="FOLDER", type=click.Path(path_type=Path), help=_help("serve.help-home"))
@click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang"))
def remove(database_url: str, home: Path | None, lang: str | None) -> int:
    """Remove it and say what went."""
    from guiju.institutions.serving import demonstration
    from guiju.institutions.serving.home import default_home

    def say(line: str) -> None:
        print(line, flush=True)

    return demonstration.remove(database_url, home or default_home(), language(lang), say)
