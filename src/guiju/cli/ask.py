"""``guiju ask``: what is still missing in a dossier, one question at a time."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from guiju.assess import Interview
from guiju.assess.interview_json import to_json
from guiju.calendars import today
from guiju.cli._ask_screen import Screen
from guiju.cli._ask_session import Session, Sitting
from guiju.cli._asked import day_of, subject_options, write_file
from guiju.lookup import corpus_of
from guiju.norms import Thing, Vocabulary
from guiju.subjects import Dossier, form_csv, form_of, read_subject
from guiju.wording import GuijuError, Where, fill, in_language, language

ANSWERED = ".answered.yaml"
INTERRUPTED = 130


class AskError(GuijuError):
    """An interview that cannot begin like this."""


@click.command("ask", help=fill("ask.command", language(), "message", {}))
@click.argument("dossier")
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help=fill("ask.out", language(), "message", {"ending": ANSWERED})
)
@subject_options
@click.option("--by", metavar="NAME", help=fill("ask.option-by", language(), "message", {}))
@click.option("--for", "who", metavar="NAME", help=fill("ask.option-for", language(), "message", {}))
@click.option("--form", metavar="FILE", type=click.Path(path_type=Path), help=fill("ask.option-form", language(), "message", {}))
@click.option(
    "--max", "most", metavar="NUMBER", type=click.IntRange(1, 10000), help=fill("ask.option-max", language(), "message", {})
)
@click.option("--again", is_flag=True, help=fill("ask.option-again", language(), "message", {}))
@click.option("--json", "as_json", is_flag=True, help=fill("cli.json", language(), "message", {}))
def ask(  # noqa: PLR0913, PLR0917  # one argument per option
    dossier: str,
    out: Path | None,
    on_text: str | None,
    known_text: str | None,
    party: str | None,
    by: str | None,
    who: str | None,
    form: Path | None,
    most: int | None,
    again: bool,
    lang: str | None,
    folder: Path | None,
    edition: str | None,
    memory: bool,
    as_json: bool,
) -> int:
    """Ask until nothing is left, or until the person stops; every answer is saved as it is given."""
    corpus = corpus_of(folder, edition)
    now = today("UTC")
    path = out_path(dossier, out)
    found, going_on = _subject(dossier, path, corpus.vocabulary)
    sitting = Sitting(corpus, day_of(on_text) or now, day_of(known_text) or now, now, path, party, memory, again, by, who, most)
    if as_json:
        _print(sitting, found)
        return 0
    screen = Screen(language(lang))
    if form is not None:
        return _form(sitting, found, form, screen)
    if going_on:
        screen.say("going-on", out=path)
    return _sit(sitting, found, screen)


def out_path(dossier: str, out: Path | None) -> Path:
    """Where answers are saved: where it was asked for, else beside the dossier; a saved interview is saved where it was.

    :raises AskError: where the file that was read would be overwritten.
    """
    source = Path(dossier)
    saved = source.name.endswith(ANSWERED)
    if out is None:
        return source if saved else source.with_name(source.stem + ANSWERED)
    if out.exists() and source.exists() and out.samefile(source) and not saved:
        raise AskError("ask.would-overwrite", Where(dossier), got=dossier)
    return out


def _subject(dossier: str, path: Path, vocabulary: Vocabulary) -> tuple[Dossier, bool]:
    """The dossier, as it was saved by an interview before, if there was one."""
    found = read_subject(dossier, vocabulary)
    if not path.exists() or path.samefile(dossier):
        return found, path.exists()
    saved = read_subject(str(path), vocabulary)
    if _called(saved.subject) != _called(found.subject):
        raise AskError("ask.other-subject", Where(str(path)), got=str(path), found=saved.subject.id, expected=found.subject.id)
    return saved, True


def _called(thing: Thing) -> tuple[str, str]:
    return thing.kind, "" if thing.anonymous else thing.id


def _interview(sitting: Sitting, dossier: Dossier) -> Interview:
    return Interview(dossier, sitting.corpus, sitting.on, sitting.known, sitting.party, sitting.memory, sitting.again)


def _print(sitting: Sitting, dossier: Dossier) -> None:
    """The next questions as one JSON object; nothing is asked and nothing is saved."""
    interview = _interview(sitting, dossier)
    row = interview.questions() if sitting.who is None else interview.for_person(sitting.who)
    found = to_json(interview, row[: sitting.most or 1], dossier)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def _sit(sitting: Sitting, dossier: Dossier, screen: Screen) -> int:
    subject = dossier.subject
    name = in_language(subject.label, screen.lang) if subject.label else subject.id
    screen.say("begin", name=name, out=sitting.out)
    session = Session(sitting, screen, dossier)
    try:
        session.run()
    except (KeyboardInterrupt, click.Abort):
        screen.blank()
        screen.say("stopped", command=f"guiju ask {sitting.out}")
        return INTERRUPTED
    return 0


def _form(sitting: Sitting, dossier: Dossier, form: Path, screen: Screen) -> int:
    """One person's questions as a spreadsheet to send."""
    if sitting.who is None:
        raise AskError("ask.form-without-person")
    interview = _interview(sitting, dossier)
    questions = interview.for_person(sitting.who)
    if not questions:
        known = sorted({one.who for one in dossier.asked if one.who})
        raise AskError("ask.nothing-for", who=sitting.who, known=known or ["-"])
    addresses, vocabulary = [one.address for one in questions], sitting.corpus.vocabulary
    if form.suffix.lower() == ".csv":
        content = form_csv(addresses, screen.lang, vocabulary)
    else:
        content = form_of(addresses, screen.lang, sitting.who, vocabulary)
    write_file(form, content)
    screen.say("form-written", count=len(addresses), who=sitting.who, out=form)
    return 0
