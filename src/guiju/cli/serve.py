"""``guiju serve``: the web system with everything it needs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guiju.wording import fill, language


def _help(code: str) -> str:
    return fill(code, language(), "message", {})


def note(line: str) -> None:
    """What happens on the way: on standard error, at once."""
    print(line, file=sys.stderr, flush=True)


@click.command("serve", help=_help("serve.what"))
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help=_help("serve.help-host"))
@click.option("--port", default=8317, type=click.IntRange(1, 65535), metavar="NUMBER", help=_help("serve.help-port"))
@click.option("--database-url", default="", envvar="GUIJU_DATABASE_URL", metavar="URL", help=_help("serve.help-database"))
@click.option("--home", metavar="FOLDER", type=click.Path(path_type=Path), help=_help("serve.help-home"))
@click.option("--demo", is_flag=True, help=_help("demo.help-demo"))
@click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang"))
def serve(host: str, port: int, database_url: str, home: Path | None, demo: bool, lang: str | None) -> int:
    """Serve until told to end."""
    from guiju.institutions import serving
    from guiju.institutions.serving.home import default_home

    def say(line: str) -> None:
        print(line, flush=True)

    return serving.serve(host, port, database_url, home or default_home(), language(lang), say, note, demo)
