"""``guiju rules``: the rules themselves, listed, shown, searched and counted."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from guiju.calendars import today
from guiju.cli._asked import day_of
from guiju.cli._rules_diff import Editions, diff_json, diff_lines, editions_json, editions_lines
from guiju.cli._rules_lists import show_hits, show_instruments, show_norms, show_stats
from guiju.cli._rules_show import Show
from guiju.cli._screen import Page
from guiju.lookup import (
    Facts,
    Search,
    corpus_of,
    event_json,
    instrument_brief,
    instrument_json,
    name_json,
    norm_brief,
    norm_json,
    plain,
    scheme_json,
    statistics,
    tidy,
)
from guiju.norms import Norm, instrument_of, natural_key, packaged
from guiju.norms.provisions import within
from guiju.norms.sentences import provision_words
from guiju.wording import LANGUAGES, GuijuError, fill, join_words, language, nearest

MOST_HITS = 15

_EXAMPLE = {"zh": "guiju rules search 暂行办法 17", "en": "guiju rules search 'Art 50(2)'"}

F = TypeVar("F", bound=Callable[..., Any])


class RulesError(GuijuError):
    """A question about the rules that cannot be answered as it was asked."""


@dataclass(frozen=True)
class Asked:
    """What every word of ``guiju rules`` is asked with."""

    facts: Facts
    lang: str
    as_json: bool

    def answer(self, schema: str, data: Mapping[str, Any]) -> None:
        """One JSON object on stdout."""
        facts = self.facts
        head = {
            "schema": f"guiju.rules.{schema}/1",
            "edition": facts.corpus.edition,
            "on": str(facts.on),
            "known": str(facts.known),
        }
        sys.stdout.write(json.dumps({**head, **data}, ensure_ascii=False, indent=1) + "\n")


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
    if instrument is not None:
        chosen = _instrument(facts, instrument)
        norms = facts.of_instrument(chosen)
        if asked.as_json:
            asked.answer("list", {"instrument": chosen, "norms": [norm_brief(facts, norm) for norm in norms]})
        else:
            show_norms(facts, asked.lang, facts.corpus.instruments[chosen], norms)
    elif asked.as_json:
        instruments = sorted(facts.corpus.instruments.values(), key=lambda one: one.id)
        asked.answer("list", {"instruments": [instrument_brief(facts, one) for one in instruments]})
    else:
        show_instruments(facts, asked.lang)


def _instrument(facts: Facts, typed: str) -> str:
    wanted = _as_id(typed)
    if wanted in facts.corpus.instruments:
        return wanted
    named = Search(facts).titled(typed)
    if len(named) == 1:
        return named[0]
    known = sorted(facts.corpus.instruments)
    raise RulesError("rules.unknown-instrument", got=typed, near=_either(named or nearest(wanted, known) or known))


def _either(words: Sequence[str]) -> dict[str, str]:
    """Near matches as a choice, in both languages."""
    return {lang: join_words(words, lang, "or") for lang in LANGUAGES}


def _as_id(typed: str) -> str:
    return tidy(typed).replace("\\", "/").replace(" ", "").strip("/\"'“”")


@rules.command("show", help=_help("rules.help.show"))
@click.argument("identifier", metavar="ID", nargs=-1, required=True)
@_options
def show_rule(identifier: tuple[str, ...], **options: Any) -> None:
    """One thing in full, whatever the id names."""
    asked = _asked(**options)
    typed = " ".join(identifier)
    show = _Showing(asked)
    if show.by_id(_as_id(typed)) or show.by_title(typed) or show.by_number(typed):
        return
    raise show.unknown(typed)


class _Showing:
    """Finds what an id names, and shows it."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.facts = asked.facts
        self.page = Show(asked.facts, asked.lang)

    def by_id(self, wanted: str) -> bool:
        """An instrument, an event, a scheme, a name, or the norms at a provision."""
        corpus = self.facts.corpus
        names = {name.casefold(): entry for name, entry in corpus.vocabulary.declared.items()}
        if wanted in corpus.instruments:
            one = corpus.instruments[wanted]
            self._one("instrument", instrument_json(self.facts, one), lambda: self.page.instrument(one))
        elif wanted in corpus.events and not self.facts.at(wanted):
            event = corpus.events[wanted]
            self._one("event", event_json(event), lambda: self.page.event(event))
        elif wanted in corpus.schemes:
            scheme = corpus.schemes[wanted]
            self._one("scheme", scheme_json(scheme), lambda: self.page.scheme(scheme))
        elif wanted in names:
            declared = names[wanted]
            self._one("name", name_json(self.facts, declared), lambda: self.page.declared(declared))
        else:
            return self._norms(wanted, self.facts.at(wanted) if "/" in wanted else ())
        return True

    def _one(self, kind: str, data: dict[str, Any], page: Callable[[], None]) -> None:
        if self.asked.as_json:
            self.asked.answer("show", {"kind": kind, kind: data})
        else:
            page()

    def _norms(self, wanted: str, norms: Sequence[Norm]) -> bool:
        if not norms:
            return False
        if self.asked.as_json:
            self.asked.answer(
                "show", {"kind": "norms", "provision": wanted, "norms": [norm_json(self.facts, norm) for norm in norms]}
            )
        else:
            self.page.provision(wanted, norms)
        return True

    def by_title(self, typed: str) -> bool:
        """An instrument by its title or number."""
        named = Search(self.facts).titled(typed)
        return len(named) == 1 and self.by_id(named[0])

    def by_number(self, typed: str) -> bool:
        """``暂行办法 17`` where it names one article of one instrument."""
        query, hits = Search(self.facts).find(typed)
        found = [self.facts.norms[hit.id] for hit in hits if hit.kind == "norm" and hit.placed]
        if len(query.places) != 1 or len({norm.instrument for norm in found}) != 1:
            return False
        provision = f"{found[0].instrument}/{'.'.join(query.places[0])}"
        return self._norms(provision, self.facts.at(provision) or found)

    def unknown(self, typed: str) -> RulesError:
        """The error with what was probably meant."""
        corpus = self.facts.corpus
        wanted = _as_id(typed)
        home = corpus.instruments.get(instrument_of(wanted))
        if home is not None:
            near = self._beside(wanted)
            place = {lang: provision_words(corpus, wanted, lang) for lang in LANGUAGES}
            return RulesError("rules.no-norm-here" if near else "rules.no-norms", place=place, near=_either(near), id=home.id)
        known = [*corpus.norms, *corpus.instruments, *corpus.vocabulary.declared, *corpus.schemes, *corpus.events]
        near = nearest(wanted, known, limit=5) or [hit.id for hit in Search(self.facts).find(typed)[1][:5]]
        return RulesError("rules.unknown-id" if near else "rules.unknown-id-far", got=typed, near=_either(near), command=_EXAMPLE)

    def _beside(self, wanted: str) -> list[str]:
        """The norms of the same article, else of the nearest articles of the instrument."""
        norms = [norm.id for norm in self.facts.of_instrument(instrument_of(wanted))]
        article = wanted.partition("#")[0].partition(".")[0]
        same = [one for one in norms if within(one, article)]
        if same:
            return same[:5]
        ordered = sorted([*norms, wanted], key=natural_key)
        at = ordered.index(wanted)
        return [*ordered[max(0, at - 1) : at], *ordered[at + 1 : at + 2]]


@rules.command("search", help=_help("rules.help.search"))
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=MOST_HITS, show_default=True, help=_help("rules.help.limit"))
@_options
def search_rules(words: tuple[str, ...], limit: int, **options: Any) -> None:
    """By number or by words."""
    asked = _asked(**options)
    typed = " ".join(words)
    if not tidy(typed):
        raise RulesError("rules.nothing-to-search", command=_EXAMPLE)
    query, hits = Search(asked.facts).find(typed)
    if asked.as_json:
        found = [
            {
                "kind": hit.kind,
                "id": hit.id,
                "exact": hit.exact,
                "score": round(hit.score, 2),
                **_hit(asked.facts, hit.kind, hit.id),
            }
            for hit in hits[:limit]
        ]
        understood = {"numbers": [".".join(place) for place in query.places], "words": list(query.words)}
        asked.answer("search", {"query": typed, "understood": understood, "total": len(hits), "hits": found})
    else:
        show_hits(asked.facts, asked.lang, typed, query, hits, limit)


def _hit(facts: Facts, kind: str, identifier: str) -> dict[str, Any]:
    if kind == "norm":
        norm = facts.norms[identifier]
        return {"instrument": norm.instrument, "pinpoint": plain(norm.pinpoint), "text": plain(norm.summary)}
    if kind == "instrument":
        return {"text": plain(facts.corpus.instruments[identifier].title)}
    declared = facts.corpus.vocabulary.declared[identifier]
    return {"name_kind": declared.kind, "text": plain(declared.label or declared.ask)}


@rules.command("stats", help=_help("rules.help.stats"))
@_options
def count_rules(**options: Any) -> None:
    """What there is, counted."""
    asked = _asked(**options)
    if asked.as_json:
        asked.answer("stats", statistics(asked.facts))
    else:
        show_stats(asked.facts, asked.lang)


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
    editions = Editions(corpus_of(edition=before), corpus_of(edition=after), *days)
    answers = None if dossier is None else editions.answers(dossier)
    if as_json:
        sys.stdout.write(json.dumps(diff_json(editions, answers), ensure_ascii=False, indent=1) + "\n")
    else:
        _show_lines(diff_lines(editions, answers, language(lang)), language(lang))


@rules.command("editions", help=_help("rules.help.editions"))
@click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang"))
@click.option("--json", "as_json", is_flag=True, help=_help("cli.json"))
def list_editions(lang: str | None, as_json: bool) -> None:
    """The editions that can be asked for."""
    current, kept = corpus_of(), packaged().editions()
    if as_json:
        sys.stdout.write(json.dumps(editions_json(current, kept), ensure_ascii=False, indent=1) + "\n")
    else:
        _show_lines(editions_lines(current, kept, language(lang)), language(lang))


def _show_lines(lines: Iterable[tuple[int, str]], lang: str) -> None:
    page = Page(lang)
    for indent, line in lines:
        page.text(line, indent)
