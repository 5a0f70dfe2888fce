"""``guiju worker``: the worker alone, beside a site on the same database."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.serve import note
from guiju.wording import fill, language


def _help(code: str) -> str:
    return fill(code, language(), "message", {})


@click.command("worker", help=_help("serve.what-worker"))
@click.option("--database-url", default="", envvar="GUIJU_DATABASE_URL", metavar="URL", help=_help("serve.help-database"))
@click.option("--home", metavar="FOLDER", type=click.Path(path_type=Path), help=_help("serve.help-home"))
@click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang"))
def worker(database_url: str, home: Path | None, lang: str | None) -> int:
    """Work until told to end."""
    from guiju.institutions import serving
    from guiju.institutions.serving.home import default_home

    return serving.work(database_url, home or default_home(), language(lang), note)
