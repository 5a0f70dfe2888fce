"""Lists of ``guiju rules``: instruments, norms of one instrument, what a search found, counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiju.cli._rules_show import Show
from guiju.cli._screen import Page
from guiju.lookup import Facts, Hit, Query, Words, counts, place_of, statistics
from guiju.norms import Instrument, Norm
from guiju.norms.sentences import BETWEEN, kind_words, name_words, title_words
from guiju.wording import in_language

DOT = " · "


def show_instruments(facts: Facts, lang: str) -> None:
    """Instruments grouped by place; what rests on memory apart."""
    page, words = Page(lang), Words(facts, lang)
    instruments = sorted(facts.corpus.instruments.values(), key=lambda one: one.id)
    active = [norm for norm in facts.norms.values() if norm.active]
    page.title(words.say("list-title", instruments=len(instruments), norms=len(active)))
    page.note(
        words.say("as-of" if facts.known == facts.on else "as-of-known", on=words.day(facts.on), known=words.day(facts.known))
    )
    for place in dict.fromkeys(place_of(one.id) for one in instruments):
        page.heading(words.one_of("place", place))
        for one in instruments:
            if place_of(one.id) == place:
                _instrument(page, words, one)
    _memory(page, words, [norm for norm in facts.norms.values() if not norm.active], None)
    page.blank()
    page.note(words.say("edition", edition=facts.corpus.edition))


def _instrument(page: Page, words: Words, one: Instrument) -> None:
    kind = words.corpus.kinds[f"{place_of(one.id)}/{one.kind}"]
    norms = words.facts.of_instrument(one.id)
    active = [norm for norm in norms if norm.active]
    page.title(title_words(one, words.lang, full=True), one.id, 2)
    force = words.one_of("force", "hard" if kind.hard else "soft")
    page.text(DOT.join((in_language(kind.label, words.lang), force, words.status(one))), 4)
    parts = [words.say("norm-count", count=len(active)) if norms else words.say("covered-none")]
    partly = sum(norm.encoded == "partly" for norm in active)
    if partly:
        parts.append(words.say("partly-count", count=partly))
    if len(active) < len(norms):
        parts.append(words.say("memory-count", count=len(norms) - len(active)))
    if active:
        found = counts(norm.checked.against for norm in active)
        checked = [words.say("counted", what=words.one_of("checked", against), count=count) for against, count in found.items()]
        parts.append(words.say("checked-count", classes=BETWEEN[words.lang].join(checked)))
    page.note(DOT.join(parts), 4)


def _memory(page: Page, words: Words, norms: Sequence[Norm], home: str | None) -> None:
    if not norms:
        return
    page.heading(words.say("memory-heading", count=len(norms)))
    page.note(words.say("memory-note"), 2)
    for norm in norms:
        page.title(words.clause(norm.id, home), norm.id, 2)
        page.text(in_language(norm.summary, words.lang), 4)


def show_norms(facts: Facts, lang: str, instrument: Instrument, norms: Sequence[Norm]) -> None:
    """The norms of one instrument."""
    show = Show(facts, lang)
    page, words = show.page, show.words
    page.title(title_words(instrument, lang, full=True), instrument.id)
    active = [norm for norm in norms if norm.active]
    page.text(DOT.join((words.status(instrument), words.say("norm-count", count=len(active)))))
    if not norms:
        page.text(words.say("covered-none"))
    for norm in active:
        page.blank()
        show.listed(norm)
    _memory(page, words, [norm for norm in norms if not norm.active], instrument.id)
    show.foot(instrument.id)


def show_hits(facts: Facts, lang: str, typed: str, query: Query, hits: Sequence[Hit], limit: int) -> None:
    """What a search found, best first; if nothing, what was searched and what to try."""
    page, words = Page(lang), Words(facts, lang)
    if not hits:
        page.title(words.say("found-nothing", query=typed))
        if query.places:
            page.text(words.say("searched-number", places=words.listed(".".join(place) for place in query.places)))
        page.text(words.say("searched"))
        page.text(words.say("search-try"))
        return
    shown = hits[:limit]
    page.title(words.say("found" if len(shown) == len(hits) else "found-more", query=typed, total=len(hits), shown=len(shown)))
    for slip, near in query.corrected:
        page.text(words.say("corrected", typed=slip, near=near))
    for hit in shown:
        page.blank()
        _hit(page, words, hit)


def _hit(page: Page, words: Words, hit: Hit) -> None:
    lang = words.lang
    if hit.kind == "norm":
        norm = words.facts.norms[hit.id]
        page.title(words.clause(norm.id), norm.id)
        page.text(in_language(norm.summary, lang), 2)
        memory = (words.say("memory-short"),) if not norm.active else ()
        page.note(DOT.join((words.kind(norm), words.days(norm), *memory)), 2)
    elif hit.kind == "instrument":
        one = words.corpus.instruments[hit.id]
        kind = words.corpus.kinds[f"{place_of(one.id)}/{one.kind}"]
        page.title(title_words(one, lang, full=True), one.id)
        page.note(DOT.join((in_language(kind.label, lang), words.status(one))), 2)
    else:
        declared = words.corpus.vocabulary.declared[hit.id]
        page.title(name_words(declared, lang), declared.name)
        page.note(
            words.say("name-line", kind=words.one_of("name-kind", declared.kind), about=kind_words(declared.object, lang)), 2
        )


# -- counts ----------------------------------------------------------------------------------------


def show_stats(facts: Facts, lang: str) -> None:
    """The counts as a page."""
    page, words = Page(lang), Words(facts, lang)
    data = statistics(facts)
    norms = data["norms"]
    page.title(words.say("list-title", instruments=len(facts.corpus.instruments), norms=norms["total"]))
    page.note(
        words.say("as-of" if facts.known == facts.on else "as-of-known", on=words.day(facts.on), known=words.day(facts.known))
    )
    for heading, family, found in (
        ("instruments", "place", data["instruments"]),
        ("by_place", "place", norms["by_place"]),
        ("by_kind", "kind", norms["by_kind"]),
        ("by_modality", "modality", norms["by_modality"]),
        ("by_force", "force", norms["by_force"]),
        ("by_status", "status-word", norms["by_status"]),
        ("by_checked", "checked", norms["by_checked"]),
        ("by_coverage", "encoded", norms["by_coverage"]),
        ("names", "name-kind", {kind: count for kind, count in data["names"].items() if count}),
    ):
        _counts(page, words, heading, family, found)
    page.heading(words.say("stats.other"))
    page.columns(
        [(words.say(f"stats.{key}"), str(norms[key])) for key in ("from_memory", "reviewed", "versions")]
        + [(words.say(f"stats.{key}"), str(data[key])) for key in ("events", "schemes")],
        right=frozenset({1}),
    )
    page.heading(words.say("stats.books"))
    for book in facts.corpus.books:
        signed = words.say("signed", by=book.signed_by) if book.signed_by else words.say("unsigned")
        page.text(words.say("book", name=book.name, files=len(book.files), signed=signed), 2)
        page.note(book.digest, 4)
    page.blank()
    page.note(words.say("edition", edition=facts.corpus.edition))


def _counts(page: Page, words: Words, heading: str, family: str, found: Mapping[str, int]) -> None:
    if found:
        page.heading(words.say(f"stats.{heading}"))
        page.columns([(words.one_of(family, word), str(count)) for word, count in found.items()], right=frozenset({1}))
