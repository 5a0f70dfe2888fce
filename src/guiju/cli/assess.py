"""``guiju assess``: the main job."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from guiju.assess import assess as assess_dossier
from guiju.assess import page_lines, to_json
from guiju.assess.page import Line
from guiju.calendars import today
from guiju.cli._asked import corpus_of, day_of
from guiju.cli._screen import screen_width, wrapped
from guiju.subjects import read_subject
from guiju.wording import GuijuError, fill, language

FAILED = 1


class PartyError(GuijuError):
    """A party that the dossier does not name."""


@click.command("assess", help=fill("cli.assess", language(), "message", {}))
@click.argument("dossier")
@click.option("--on", "on_text", metavar="DATE", help=fill("cli.on", language(), "message", {}))
@click.option("--known", "known_text", metavar="DATE", help=fill("cli.known", language(), "message", {}))
@click.option("--party", metavar="ORG", help=fill("cli.party", language(), "message", {}))
@click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=fill("cli.lang", language(), "message", {}))
@click.option(
    "--corpus",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help=fill("rules.help.corpus", language(), "message", {}),
)
@click.option("--all", "everything", is_flag=True, help=fill("cli.all", language(), "message", {}))
@click.option("--memory", is_flag=True, help=fill("cli.memory", language(), "message", {}))
@click.option("--fail-on", type=click.Choice(["hard-unmet", "hard-unknown"]), help=fill("cli.fail-on", language(), "message", {}))
@click.option("--json", "as_json", is_flag=True, help=fill("cli.json", language(), "message", {}))
def assess(  # noqa: PLR0913, PLR0917  # one argument per option
    dossier: str,
    on_text: str | None,
    known_text: str | None,
    party: str | None,
    lang: str | None,
    folder: Path | None,
    everything: bool,
    memory: bool,
    fail_on: str | None,
    as_json: bool,
) -> int:
    """Read, answer, show; exit 1 if a check asked for with ``--fail-on`` does not hold."""
    corpus = corpus_of(folder)
    subject = read_subject(dossier, corpus.vocabulary)
    now = today("UTC")
    on = day_of(on_text) or now
    known = day_of(known_text) or now
    found = assess_dossier(subject, corpus, on, known, party, memory)
    if party is not None:
        _check_party(party, [one.id for one in found.results.world.of_kind("party") if not one.anonymous])
    if as_json:
        sys.stdout.write(json.dumps(to_json(found, everything), ensure_ascii=False, indent=1) + "\n")
    else:
        show(page_lines(found, language(lang), everything))
    if fail_on is None:
        return 0
    return FAILED if found.unmet(also_unknown=fail_on == "hard-unknown") else 0


def _check_party(party: str, known: list[str]) -> None:
    if party not in known:
        raise PartyError("cli.unknown-party", got=party, known=known or ["-"])


def show(lines: Iterable[Line]) -> None:
    """The page on the terminal: wrapped to its width, headings bold where there is colour."""
    width = screen_width()
    for line in lines:
        if line.role in ("title", "heading"):
            click.echo()
        for text in wrapped(line.text, width - line.indent):
            click.echo(
                click.style(
                    " " * line.indent + text, bold=line.role in ("title", "heading"), dim=line.role in ("note", "because")
                )
            )
