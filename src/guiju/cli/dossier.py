"""``guiju dossier``: dossiers compared, merged, filled from tables and forms, and shown."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from guiju.cli._asked import write_file
from guiju.cli._screen import screen_width, wrapped
from guiju.lookup import corpus_of
from guiju.norms import Vocabulary
from guiju.subjects import (
    Dossier,
    Notice,
    change_words,
    conflict_words,
    diff,
    dossier_data,
    dumps,
    fill_in,
    merge,
    read_form,
    read_mapping,
    read_subject,
    read_table,
    write_dossier,
)
from guiju.wording import LANGUAGES, GuijuError, Where, fill, language, text

F = TypeVar("F", bound=Callable[..., Any])


class OutError(GuijuError):
    """A place where nothing can be written."""


def _help(code: str) -> str:
    return fill(code, language(), "message", {})


def _common(command: F) -> F:
    """The options of every word here."""
    options = [
        click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang")),
        click.option("--corpus", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help=_help("rules.help.corpus")),
        click.option("--json", "as_json", is_flag=True, help=_help("cli.json")),
    ]
    for option in reversed(options):
        command = option(command)
    return command


_out = click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help=_help("cli.dossier-out"))


@click.group("dossier", help=_help("cli.dossier"))
def dossier() -> None:
    """The words about dossiers."""


# -- compare and merge ---------------------------------------------------------------------------------------------------------


@dossier.command("diff", help=_help("cli.dossier-diff"))
@click.argument("a")
@click.argument("b")
@_common
def diff_command(a: str, b: str, lang: str | None, folder: Path | None, as_json: bool) -> None:
    """What is different."""
    names = corpus_of(folder).vocabulary
    first, second = read_subject(a, names), read_subject(b, names)
    changes = diff(first, second)
    if as_json:
        listed = [{**one.to_json(), "text": _texts(change_words, one, names)} for one in changes]
        _json("guiju.dossier.diff/1", {"a": first.digest, "b": second.digest, "changes": listed})
        return
    shown = [change_words(one, names, language(lang)) for one in changes if not one.follows]
    head = text("cli.dossier-changes", language(lang), count=len(shown)) if shown else text("cli.dossier-same", language(lang))
    _page([head], shown)


def _texts(tell: Callable[[Any, Vocabulary, str], str], one: Any, names: Vocabulary) -> dict[str, str]:
    return {lang: tell(one, names, lang) for lang in LANGUAGES}


@dossier.command("merge", help=_help("cli.dossier-merge"))
@click.argument("a")
@click.argument("b")
@click.option("--base", metavar="DOSSIER", help=_help("cli.dossier-base"))
@_out
@_common
def merge_command(
    a: str, b: str, base: str | None, out: Path | None, lang: str | None, folder: Path | None, as_json: bool
) -> None:
    """Two in one."""
    names = corpus_of(folder).vocabulary
    start = read_subject(base, names) if base is not None else None
    found = merge(read_subject(a, names), read_subject(b, names), start)
    if out is not None:
        _write(out, write_dossier(found.dossier))
    if as_json:
        listed = [{**one.to_json(), "text": _texts(conflict_words, one, names)} for one in found.conflicts]
        _json("guiju.dossier.merge/1", {**_whole(found.dossier), "conflicts": listed})
        return
    spoken = language(lang)
    if found.conflicts:
        lines = [conflict_words(one, names, spoken) for one in found.conflicts]
        head = [text("cli.dossier-conflicts", spoken, count=len(lines)), text("cli.dossier-open", spoken)]
    else:
        lines, head = [], [text("cli.dossier-agreed", spoken)]
    _result([found.dossier], out, head, lines, spoken)


# -- tables and forms ----------------------------------------------------------------------------------------------------------


@dossier.command("from", help=_help("cli.dossier-from"))
@click.argument("table")
@click.option("--mapping", metavar="FILE", required=True, help=_help("cli.dossier-mapping"))
@_out
@_common
def from_command(table: str, mapping: str, out: Path | None, lang: str | None, folder: Path | None, as_json: bool) -> None:
    """Dossiers from a table."""
    names = corpus_of(folder).vocabulary
    found = read_table(table, read_mapping(mapping, names), names)
    if out is not None:
        _write_all(out, found.dossiers)
    if as_json:
        _json(
            "guiju.dossier.from/1",
            {"dossiers": [_whole(one) for one in found.dossiers], "notices": _notices_json(found.notices)},
        )
        return
    spoken = language(lang)
    proposals = sum(len(one.proposals) for one in found.dossiers)
    facts = sum(len(thing.given) for one in found.dossiers for thing in one.world.things)
    head = [text("cli.dossier-read", spoken, dossiers=len(found.dossiers), proposals=proposals, facts=facts)]
    _result(found.dossiers, out, head + _notices_head(found.notices, spoken), _notice_lines(found.notices, spoken), spoken)


@dossier.command("fill", help=_help("cli.dossier-fill"))
@click.argument("dossier_file", metavar="DOSSIER")
@click.argument("form")
@_out
@_common
def fill_command(dossier_file: str, form: str, out: Path | None, lang: str | None, folder: Path | None, as_json: bool) -> None:
    """A filled form read back in."""
    names = corpus_of(folder).vocabulary
    answers = read_form(form, names)
    found = fill_in(read_subject(dossier_file, names), answers, names)
    if out is not None:
        _write(out, write_dossier(found.dossier))
    if as_json:
        counts = {"taken": found.taken, "asked": len(answers.asked), "notices": _notices_json(found.notices)}
        _json("guiju.dossier.fill/1", {**_whole(found.dossier), **counts})
        return
    spoken = language(lang)
    head = [text("cli.dossier-filled", spoken, answers=found.taken, asked=len(answers.asked))]
    head += _notices_head(found.notices, spoken)
    _result([found.dossier], out, head, _notice_lines(found.notices, spoken), spoken)


@dossier.command("show", help=_help("cli.dossier-show"))
@click.argument("dossier_file", metavar="DOSSIER")
@_common
def show_command(dossier_file: str, lang: str | None, folder: Path | None, as_json: bool) -> None:
    """The dossier tidily written."""
    subject = read_subject(dossier_file, corpus_of(folder).vocabulary)
    if as_json:
        _json("guiju.dossier.show/1", {**_whole(subject), "notices": _notices_json(subject.warnings)})
        return
    sys.stdout.write(write_dossier(subject))
    _page_to(sys.stderr, [], _notice_lines(subject.warnings, language(lang)))


# -- out -------------------------------------------------------------------------------------------------------------------------


def _whole(one: Dossier) -> dict[str, Any]:
    return {"digest": one.digest, "dossier": dossier_data(one)}


def _json(schema: str, data: dict[str, Any]) -> None:
    sys.stdout.write(dumps({"schema": schema, **data}) + "\n")


def _result(dossiers: Sequence[Dossier], out: Path | None, head: list[str], lines: list[str], lang: str) -> None:
    """What was made: told on the page where it was written to a file, else shown, with the page on the other stream."""
    if out is not None:
        _page([*head, text("cli.dossier-written", lang, file=str(out))], lines)
        return
    sys.stdout.write("---\n".join(write_dossier(one) for one in dossiers))
    _page_to(sys.stderr, head, lines)


def _page(head: Iterable[str], lines: Iterable[str]) -> None:
    _page_to(sys.stdout, head, lines)


def _page_to(stream: Any, head: Iterable[str], lines: Iterable[str]) -> None:
    width = screen_width()
    for line in head:
        for part in wrapped(line, width):
            click.echo(part, file=stream)
    for line in lines:
        for index, part in enumerate(wrapped(line, width - 4)):
            click.echo(("  - " if index == 0 else "    ") + part, file=stream)


def _notices_head(notices: Sequence[Notice], lang: str) -> list[str]:
    return [text("cli.dossier-notices", lang, count=len(notices))] if notices else []


def _notice_lines(notices: Iterable[Notice], lang: str) -> list[str]:
    return [f"{one.where}: {one.message(lang)}" if one.where else one.message(lang) for one in notices]


def _notices_json(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "where": str(one.where) if one.where else None,
            "text": {lang: one.message(lang) for lang in LANGUAGES},
        }
        for one in notices
    ]


def _write_all(out: Path, dossiers: Sequence[Dossier]) -> None:
    """One dossier to a file, several into a folder, each called by its id."""
    if len(dossiers) == 1 and not out.is_dir():
        _write(out, write_dossier(dossiers[0]))
        return
    if out.is_file():
        raise OutError("cli.dossier-folder", Where(str(out)), got=str(out))
    taken: set[str] = set()
    for one in dossiers:
        stem = re.sub(r"[^\w-]+", "-", one.subject.id).strip("-")[:80] or one.subject.kind
        name, number = stem, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.lower())
        _write(out / f"{name}.yaml", write_dossier(one))


def _write(path: Path, words: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutError("cli.cannot-write", Where(str(path)), reason=problem.strerror or "") from None
    write_file(path, words.encode("utf-8"))
