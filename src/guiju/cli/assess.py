"""``guiju assess``: the main job."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from guiju.assess import Assessment, page_lines, to_json
from guiju.assess import assess as assess_dossier
from guiju.assess.again import dossier_again, read_result
from guiju.assess.page import Line
from guiju.calendars import today
from guiju.cli._asked import day_of, subject_options, write_file
from guiju.cli._screen import screen_width, wrapped
from guiju.lookup import corpus_for, corpus_of
from guiju.norms import read_by
from guiju.subjects import read_subject
from guiju.wording import GuijuError, fill, language

FAILED = 1


class PartyError(GuijuError):
    """A party that the dossier does not name."""


@click.command("assess", help=fill("cli.assess", language(), "message", {}))
@click.argument("dossier")
@subject_options
@click.option("--reading", metavar="BY", help=fill("cli.reading", language(), "message", {}))
@click.option("--all", "everything", is_flag=True, help=fill("cli.all", language(), "message", {}))
@click.option("--fail-on", type=click.Choice(["hard-unmet", "hard-unknown"]), help=fill("cli.fail-on", language(), "message", {}))
@click.option("--json", "as_json", is_flag=True, help=fill("cli.json", language(), "message", {}))
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help=fill("cli.html", language(), "message", {}))
@click.option("--xlsx", metavar="FILE", type=click.Path(path_type=Path), help=fill("cli.xlsx", language(), "message", {}))
def assess(  # noqa: PLR0913, PLR0917  # one argument per option
    dossier: str,
    on_text: str | None,
    known_text: str | None,
    party: str | None,
    lang: str | None,
    folder: Path | None,
    edition: str | None,
    everything: bool,
    memory: bool,
    reading: str | None,
    fail_on: str | None,
    as_json: bool,
    html: Path | None,
    xlsx: Path | None,
) -> int:
    """Read, answer, show; exit 1 if a check asked for with ``--fail-on`` does not hold."""
    found = answered(dossier, day_of(on_text), day_of(known_text), party, folder, edition, memory, reading)
    if html is not None or xlsx is not None:
        _write(found, language(lang), everything, html, xlsx)
    if as_json:
        sys.stdout.write(json.dumps(to_json(found, everything), ensure_ascii=False, indent=1) + "\n")
    elif html is None and xlsx is None:
        show(page_lines(found, language(lang), everything))
    if fail_on is None:
        return 0
    return FAILED if found.unmet(also_unknown=fail_on == "hard-unknown") else 0


def answered(  # what is asked with
    path: str,
    on: date | None,
    known: date | None,
    party: str | None,
    folder: Path | None,
    edition: str | None,
    memory: bool,
    reading: str | None = None,
) -> Assessment:
    """A dossier, a card or an earlier result answered; an earlier result brings its own days, party and edition along."""
    earlier = read_result(path)
    if earlier is None:
        corpus = corpus_of(folder, edition)
        subject = read_subject(path, corpus.vocabulary)
    else:
        corpus = corpus_of(folder, edition) if folder or edition else corpus_for(earlier.edition)
        subject = dossier_again(earlier, corpus.vocabulary)
        on, known, party = on or earlier.on, known or earlier.known, party or earlier.party
        memory = memory or earlier.memory
    for by in (reading,) if reading is not None else earlier.reading if earlier else ():
        corpus = read_by(corpus, by)
    now = today("UTC")
    found = assess_dossier(subject, corpus, on or now, known or now, party, memory)
    found.was_edition = earlier.edition if earlier else None
    if party is not None:
        _check_party(party, [one.id for one in found.results.world.of_kind("party") if not one.anonymous])
    return found


def _write(found: Assessment, lang: str, everything: bool, html: Path | None, xlsx: Path | None) -> None:
    """The report as files."""
    from guiju.assess.html import html_page
    from guiju.assess.report import report_of
    from guiju.assess.spreadsheet import workbook

    report = report_of(found, lang, everything)
    for path, content in ((html, html_page), (xlsx, workbook)):
        if path is not None:
            made = content(report)
            write_file(path, made if isinstance(made, bytes) else made.encode("utf-8"))
            if sys.stderr.isatty():
                click.echo(fill("cli.wrote", lang, "message", {"file": str(path)}), err=True)


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
