"""``guiju questionnaire``: official questionnaires that give points: listed, shown, and answers to them scored."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from guiju.cli._asked import write_file
from guiju.cli._questionnaire_page import list_page, score_page, show_page
from guiju.lookup import corpus_of
from guiju.norms import Corpus
from guiju.questionnaires import Asking, QuestionnaireError, Score, read_answers, score, score_json, shelf_of
from guiju.questionnaires.report import edition_json, question_json
from guiju.subjects import Answer, read_subject, with_answers, write_dossier
from guiju.wording import fill, language, text

F = TypeVar("F", bound=Callable[..., Any])


def _help(code: str) -> str:
    return fill(code, language(), "message", {})


def _common(command: F) -> F:
    for option in reversed((
        click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang")),
        click.option("--corpus", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help=_help("rules.help.corpus")),
        click.option("--json", "as_json", is_flag=True, help=_help("cli.json")),
    )):  # fmt: skip
        command = option(command)
    return command


@click.group("questionnaire", help=_help("questionnaire.help"))
def questionnaire() -> None:
    """The words about questionnaires."""


@questionnaire.command("list", help=_help("questionnaire.help-list"))
@_common
def list_command(lang: str | None, folder: Path | None, as_json: bool) -> None:
    """What there is."""
    shelf = shelf_of(corpus_of(folder))
    editions = [shelf.get(one, version) for one in (shelf.first, *shelf.ids[1:]) for version in shelf.versions(one)]
    if as_json:
        _json({"schema": "guiju.questionnaire.list/1", "questionnaires": [edition_json(one) for one in editions]})
        return
    list_page(editions, language(lang))


@questionnaire.command("show", help=_help("questionnaire.help-show"))
@click.argument("version", required=False)
@_common
def show_command(version: str | None, lang: str | None, folder: Path | None, as_json: bool) -> None:
    """The questions of one version, the newest where none is named."""
    shelf = shelf_of(corpus_of(folder))
    edition = shelf.newest(shelf.first) if version is None else shelf.get(shelf.first, version)
    if as_json:
        questions = [question_json(edition, one) for one in edition.questions.values()]
        _json({"schema": "guiju.questionnaire.show/1", "questionnaire": edition_json(edition), "questions": questions})
        return
    show_page(edition, language(lang))


@questionnaire.command("score", help=_help("questionnaire.help-score"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--version", metavar="VERSION", help=_help("questionnaire.help-version"))
@click.option("--as-recorded", "recorded", is_flag=True, help=_help("questionnaire.help-recorded"))
@click.option("--into", metavar="DOSSIER", type=click.Path(path_type=Path), help=_help("questionnaire.help-into"))
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help=_help("cli.dossier-out"))
@click.option("--all", "everything", is_flag=True, help=_help("questionnaire.help-all"))
@_common
def score_command(  # noqa: PLR0913, PLR0917  # one argument per option
    file: Path,
    version: str | None,
    recorded: bool,
    into: Path | None,
    out: Path | None,
    everything: bool,
    lang: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Read, score, say."""
    corpus = corpus_of(folder)
    answers = read_answers(file)
    edition = shelf_of(corpus).edition_of(answers, version)
    found = score(edition, answers, Asking.RECORDED if recorded else Asking.COMPLETED)
    if out is not None and into is None:
        raise QuestionnaireError("score.out-alone", got=str(out))
    written = _into(corpus, found, into, out) if into is not None else None
    if as_json:
        _json(score_json(found) | ({} if written is None else {"dossier": written}))
        return
    spoken = language(lang)
    score_page(found, spoken, everything)
    if written is not None:
        click.echo(text("score.written", spoken, file=written["file"], names=sorted(written["facts"])))


FIRST: Final = 5
"""Open questions that a refusal names; the page names all of them with ``--all``."""


def _into(corpus: Corpus, found: Score, path: Path, out: Path | None) -> dict[str, Any]:
    """The result as facts of the dossier's system; refused while a question that counts is open: no answer is not nought."""
    if found.open:
        raise QuestionnaireError("score.open-into", count=len(found.open), names=list(found.open[:FIRST]))
    dossier = read_subject(str(path), corpus.vocabulary)
    subject = dossier.subject
    systems = [subject] if subject.kind == "system" else [one for one in dossier.world.things if one.kind == "system"]
    system = systems[0].id if systems else "system"
    facts = found.facts()
    source = f"{found.questionnaire.id} {found.questionnaire.version}, {found.answers.digest}"
    said = [Answer("system", system, name, value, source=source) for name, value in facts.items()]
    changed = with_answers(dossier, said, corpus.vocabulary)
    target = out or path
    write_file(target, write_dossier(changed).encode("utf-8"))
    return {"file": str(target), "facts": {name: str(value) for name, value in facts.items()}, "source": source}


def _json(data: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
