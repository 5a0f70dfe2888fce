"""``guiju rules``: the rules themselves, listed, shown, searched and counted."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from guiju.calendars import today
from guiju.cli._asked import day_of
from guiju.cli._rules_between import between_lines, same_instrument
from guiju.cli._rules_diff import Editions, diff_json, diff_lines, editions_lines
from guiju.cli._rules_lists import show_hits, show_instruments, show_norms, show_stats
from guiju.cli._rules_show import Show
from guiju.cli._rules_verify import VerifyPage
from guiju.cli._screen import Page
from guiju.lookup import (
    MOST_HITS,
    Facts,
    Search,
    between,
    between_json,
    corpus_of,
    editions_json,
    instrument_named,
    list_json,
    look_up,
    search_json,
    searched,
    show_json,
    stats_json,
)
from guiju.norms import Declared, Event, Instrument, Scheme, packaged
from guiju.norms.statutes import outline_of, read_text_of, written_outline
from guiju.verify import (
    VerifyError,
    coverage,
    coverage_json,
    places_checked,
    places_json,
    queue_json,
    signoff_entry,
    signoff_queue,
    verification,
    verification_json,
)
from guiju.wording import fill, language

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Asked:
    """What every word of ``guiju rules`` is asked with."""

    facts: Facts
    lang: str
    as_json: bool


def _write(document: Mapping[str, Any]) -> None:
    """One JSON object on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _help(key: str) -> str:
    return fill(key, language(), "message", {})


def _options(command: F) -> F:
    """The options that every word has."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help=_help("cli.json")),
        click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang")),
        click.option("--known", "known_text", metavar="DATE", help=_help("cli.known")),
        click.option("--on", "on_text", metavar="DATE", help=_help("cli.on")),
        click.option("--corpus", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help=_help("rules.help.corpus")),
        click.option("--edition", metavar="EDITION", help=_help("rules.help.edition")),
    ):
        command = option(command)
    return command


def _asked(
    folder: Path | None, edition: str | None, on_text: str | None, known_text: str | None, lang: str | None, as_json: bool
) -> Asked:
    now = today("UTC")
    facts = Facts(corpus_of(folder, edition), day_of(on_text) or now, day_of(known_text) or now)
    return Asked(facts, language(lang), as_json)


@click.group("rules", help=_help("rules.help.rules"))
def rules() -> None:
    """The rules themselves."""


@rules.command("list", help=_help("rules.help.list"))
@click.option("--instrument", metavar="ID", help=_help("rules.help.instrument"))
@_options
def list_rules(instrument: str | None, **options: Any) -> None:
    """Instruments by place, or the norms of one instrument."""
    asked = _asked(**options)
    facts = asked.facts
    if asked.as_json:
        _write(list_json(facts, instrument))
    elif instrument is not None:
        chosen = instrument_named(facts, instrument)
        show_norms(facts, asked.lang, facts.corpus.instruments[chosen], facts.of_instrument(chosen))
    else:
        show_instruments(facts, asked.lang)


@rules.command("show", help=_help("rules.help.show"))
@click.argument("identifier", metavar="ID", nargs=-1, required=True)
@_options
def show_rule(identifier: tuple[str, ...], **options: Any) -> None:
    """One thing in full, whatever the id names."""
    asked = _asked(**options)
    typed = " ".join(identifier)
    if asked.as_json:
        _write(show_json(asked.facts, typed))
        return
    found = look_up(asked.facts, typed)
    page = Show(asked.facts, asked.lang)
    match found.thing:
        case Instrument():
            page.instrument(found.thing)
        case Event():
            page.event(found.thing)
        case Scheme():
            page.scheme(found.thing)
        case Declared():
            page.declared(found.thing)
        case None:
            page.provision(found.id, found.norms)


@rules.command("search", help=_help("rules.help.search"))
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=MOST_HITS, show_default=True, help=_help("rules.help.limit"))
@_options
def search_rules(words: tuple[str, ...], limit: int, **options: Any) -> None:
    """By number or by words."""
    asked = _asked(**options)
    typed = " ".join(words)
    search = Search(asked.facts)
    if asked.as_json:
        _write(search_json(search, typed, limit))
    else:
        show_hits(asked.facts, asked.lang, typed, *searched(search, typed), limit)


@rules.command("stats", help=_help("rules.help.stats"))
@_options
def count_rules(**options: Any) -> None:
    """What there is, counted."""
    asked = _asked(**options)
    if asked.as_json:
        _write(stats_json(asked.facts))
    else:
        show_stats(asked.facts, asked.lang)


@rules.command("coverage", help=_help("verify.help.coverage"))
@click.option("--instrument", metavar="ID", help=_help("verify.help.instrument"))
@_options
def cover_rules(instrument: str | None, **options: Any) -> int:
    """What became of every paragraph."""
    asked = _asked(**options)
    corpus = asked.facts.corpus
    chosen = None if instrument is None else instrument_named(asked.facts, instrument)
    accounts = coverage(corpus)
    found = [one for one in accounts if chosen in (None, one.instrument)]
    if chosen is not None and not found:
        raise VerifyError("verify.no-coverage", got=chosen, known=[one.instrument for one in accounts])
    if asked.as_json:
        _write(coverage_json(corpus, found, units=chosen is not None))
    elif chosen is not None:
        VerifyPage(corpus, asked.lang).units(found[0])
    else:
        VerifyPage(corpus, asked.lang).coverage(found)
    return int(any(one.unaccounted for one in found))


@rules.command("verify", help=_help("verify.help.verify"))
@click.option("--texts", "folder_of_texts", metavar="DIR", type=click.Path(path_type=Path), help=_help("verify.help.texts"))
@_options
def verify_rules(folder_of_texts: Path | None, **options: Any) -> int:
    """Norms held against the words of their provisions."""
    asked = _asked(**options)
    corpus = asked.facts.corpus
    unaccounted = sum(len(one.unaccounted) for one in coverage(corpus))
    if folder_of_texts is None:
        places = list(places_checked(corpus))
        if asked.as_json:
            _write(places_json(corpus, places))
        else:
            VerifyPage(corpus, asked.lang).places_only(places, unaccounted)
        return int(bool(places or unaccounted))
    found = verification(corpus, folder_of_texts)
    if asked.as_json:
        _write(verification_json(corpus, found))
    else:
        VerifyPage(corpus, asked.lang).verification(found, unaccounted)
    return int(bool(found.open or unaccounted))


@rules.command("queue", help=_help("verify.help.queue"))
@click.option("--instrument", metavar="ID", help=_help("verify.help.queue-instrument"))
@click.option("--limit", type=click.IntRange(1, 10_000), default=MOST_HITS, show_default=True, help=_help("rules.help.limit"))
@_options
def queue_rules(instrument: str | None, limit: int, **options: Any) -> None:
    """What waits for a named reader."""
    asked = _asked(**options)
    corpus = asked.facts.corpus
    chosen = None if instrument is None else instrument_named(asked.facts, instrument)
    waiting = signoff_queue(corpus, chosen)
    if asked.as_json:
        _write(queue_json(corpus, waiting[:limit], len(waiting)))
    else:
        VerifyPage(corpus, asked.lang).queue(waiting, limit)


@rules.command("sign", help=_help("verify.help.sign"))
@click.argument("identifier", metavar="ID")
@click.option("--by", "name", metavar="NAME", required=True, help=_help("verify.help.by"))
@_options
def sign_rule(identifier: str, name: str, **options: Any) -> None:
    """The entry of one who has read a norm against its text."""
    asked = _asked(**options)
    norm = asked.facts.norms.get(identifier)
    if norm is None or not norm.active:
        raise VerifyError("verify.no-norm", got=identifier)
    entry = signoff_entry(norm, asked.facts.corpus, name, asked.facts.on)
    if asked.as_json:
        _write(entry.as_json())
    else:
        VerifyPage(asked.facts.corpus, asked.lang).entry(norm, entry)


@rules.command("outline", help=_help("verify.help.outline"))
@click.argument("instrument", metavar="ID")
@click.argument("text", metavar="TEXT", type=click.Path(path_type=Path))
@click.option("--earlier", metavar="TEXT", type=click.Path(path_type=Path), help=_help("verify.help.earlier"))
@click.option("--year", metavar="YEAR", help=_help("verify.help.year"))
def outline_rules(instrument: str, text: Path, earlier: Path | None, year: str | None) -> None:
    """The outline of a text: places and fingerprints, as a rule file."""
    if (earlier is None) != (year is None):
        raise VerifyError("verify.earlier-year")
    before = outline_of(read_text_of(earlier), instrument, year=year or "") if earlier else None
    sys.stdout.write(written_outline(outline_of(read_text_of(text), instrument, before)))


@rules.command("diff", help=_help("rules.help.diff"))
@click.argument("before", metavar="EDITION")
@click.argument("after", metavar="EDITION")
@click.option("--dossier", metavar="DOSSIER", help=_help("rules.help.dossier"))
@click.option("--known", "known_text", metavar="DATE", help=_help("cli.known"))
@click.option("--on", "on_text", metavar="DATE", help=_help("cli.on"))
@click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang"))
@click.option("--json", "as_json", is_flag=True, help=_help("cli.json"))
def diff_rules(
    before: str, after: str, dossier: str | None, known_text: str | None, on_text: str | None, lang: str | None, as_json: bool
) -> None:
    """What changed between two editions."""
    now = today("UTC")
    days = day_of(on_text) or now, day_of(known_text) or now
    of_one = same_instrument(before, after)
    if of_one is not None:
        corpus = corpus_of()
        found = between(corpus, *of_one)
        if as_json:
            _write(between_json(found))
        else:
            _show_lines(between_lines(corpus, found, language(lang)), language(lang))
        return
    editions = Editions(corpus_of(edition=before), corpus_of(edition=after), *days)
    answers = None if dossier is None else editions.answers(dossier)
    if as_json:
        _write(diff_json(editions, answers))
    else:
        _show_lines(diff_lines(editions, answers, language(lang)), language(lang))


@rules.command("editions", help=_help("rules.help.editions"))
@click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang"))
@click.option("--json", "as_json", is_flag=True, help=_help("cli.json"))
def list_editions(lang: str | None, as_json: bool) -> None:
    """The editions that can be asked for."""
    current, kept = corpus_of(), packaged().editions()
    if as_json:
        _write(editions_json(current, kept))
    else:
        _show_lines(editions_lines(current, kept, language(lang)), language(lang))


def _show_lines(lines: Iterable[tuple[int, str]], lang: str) -> None:
    page = Page(lang)
    for indent, line in lines:
        page.text(line, indent)
