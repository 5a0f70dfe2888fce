"""Questions about the rules and their answers: what an id names, and the documents that programs get.

The command line (``guiju rules ... --json``) and the API give the same documents, made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from guiju.lookup.as_json import (
    event_json,
    instrument_brief,
    instrument_json,
    name_json,
    norm_brief,
    norm_json,
    plain,
    scheme_json,
)
from guiju.lookup.facts import Facts
from guiju.lookup.search import Hit, Query, Search, tidy
from guiju.lookup.statistics import statistics
from guiju.norms import Corpus, Declared, Edition, Event, Instrument, Norm, Scheme, instrument_of, natural_key
from guiju.norms.provisions import within
from guiju.norms.sentences import provision_words
from guiju.wording import LANGUAGES, GuijuError, join_words, nearest

MOST_HITS: Final = 15
"""How many hits are given where nobody says how many."""

EXAMPLE: Final = {"zh": "guiju rules search 暂行办法 17", "en": "guiju rules search 'Art 50(2)'"}

Document = dict[str, Any]


class RulesError(GuijuError):
    """A question about the rules that cannot be answered as it was asked."""


class NotThereError(RulesError):
    """An id that names nothing; the message has what was probably meant."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an id names: one thing, or the norms at a provision (``kind`` is then ``norms``)."""

    kind: str
    id: str
    thing: Instrument | Event | Scheme | Declared | None = None
    norms: tuple[Norm, ...] = ()


# -- documents ---------------------------------------------------------------------------------------------------------------


def document(facts: Facts, schema: str, data: Mapping[str, Any]) -> Document:
    """An answer with its head: what it is, by which rules, as of which days."""
    head = {"schema": f"guiju.rules.{schema}/1", "edition": facts.corpus.edition, "on": str(facts.on), "known": str(facts.known)}
    return {**head, **data}


def list_json(facts: Facts, instrument: str | None = None) -> Document:
    """All instruments, or the norms of the one that is named by id, title or number.

    :raises NotThereError: where nothing is called so.
    """
    if instrument is None:
        instruments = sorted(facts.corpus.instruments.values(), key=lambda one: one.id)
        return document(facts, "list", {"instruments": [instrument_brief(facts, one) for one in instruments]})
    chosen = instrument_named(facts, instrument)
    norms = [norm_brief(facts, norm) for norm in facts.of_instrument(chosen)]
    return document(facts, "list", {"instrument": chosen, "norms": norms})


def show_json(facts: Facts, typed: str) -> Document:
    """One thing in full, whatever the id names.

    :raises NotThereError: where it names nothing.
    """
    found = look_up(facts, typed)
    if found.kind == "norms":
        norms = [norm_json(facts, norm) for norm in found.norms]
        return document(facts, "show", {"kind": "norms", "provision": found.id, "norms": norms})
    return document(facts, "show", {"kind": found.kind, found.kind: _thing_json(facts, found.thing)})


def _thing_json(facts: Facts, thing: Instrument | Event | Scheme | Declared | None) -> Document:
    match thing:
        case Instrument():
            return instrument_json(facts, thing)
        case Event():
            return event_json(thing)
        case Scheme():
            return scheme_json(thing)
        case Declared():
            return name_json(facts, thing)
        case None:
            return {}


def search_json(search: Search, typed: str, limit: int = MOST_HITS) -> Document:
    """What was found by number or by words, best first.

    :raises RulesError: where there is nothing to search for.
    """
    query, hits = searched(search, typed)
    facts = search.facts
    found = [
        {"kind": hit.kind, "id": hit.id, "exact": hit.exact, "score": round(hit.score, 2), **_hit(facts, hit.kind, hit.id)}
        for hit in hits[:limit]
    ]
    corrected = [{"typed": word, "near": near} for word, near in query.corrected]
    numbers = [".".join(place) for place in query.places]
    understood = {"numbers": numbers, "words": list(query.words), "corrected": corrected}
    return document(facts, "search", {"query": typed, "understood": understood, "total": len(hits), "hits": found})


def searched(search: Search, typed: str) -> tuple[Query, list[Hit]]:
    """What was understood and found.

    :raises RulesError: where there is nothing to search for.
    """
    if not tidy(typed):
        raise RulesError("rules.nothing-to-search", command=EXAMPLE)
    return search.find(typed)


def _hit(facts: Facts, kind: str, identifier: str) -> Document:
    if kind == "norm":
        norm = facts.norms[identifier]
        return {"instrument": norm.instrument, "pinpoint": plain(norm.pinpoint), "text": plain(norm.summary)}
    if kind == "instrument":
        return {"text": plain(facts.corpus.instruments[identifier].title)}
    declared = facts.corpus.vocabulary.declared[identifier]
    return {"name_kind": declared.kind, "text": plain(declared.label or declared.ask)}


def stats_json(facts: Facts) -> Document:
    """What there is, counted."""
    return document(facts, "stats", statistics(facts))


def editions_json(current: Corpus, kept: Sequence[Edition]) -> Document:
    """The editions that can be asked for."""
    return {
        "schema": "guiju.rules.editions/1",
        "current": current.edition,
        "editions": [
            {"edition": one.digest, "released": str(one.released) if one.released else None, "title": dict(one.title)}
            for one in kept
        ],
    }


# -- finding -----------------------------------------------------------------------------------------------------------------


def instrument_named(facts: Facts, typed: str) -> str:
    """The id of the instrument that is called so: by id, title or number.

    :raises NotThereError: where none is, or several are.
    """
    wanted = _as_id(typed)
    if wanted in facts.corpus.instruments:
        return wanted
    named = Search(facts).titled(typed)
    if len(named) == 1:
        return named[0]
    known = sorted(facts.corpus.instruments)
    raise NotThereError("rules.unknown-instrument", got=typed, near=either(named or nearest(wanted, known) or known))


def look_up(facts: Facts, typed: str) -> Found:
    """What is named by an id, by a title, or by a title and a number.

    :raises NotThereError: where nothing is.
    """
    found = _by_id(facts, _as_id(typed)) or _by_title(facts, typed) or _by_number(facts, typed)
    if found is None:
        raise _unknown(facts, typed)
    return found


def _by_id(facts: Facts, wanted: str) -> Found | None:
    """An instrument, an event, a scheme, a name, or the norms at a provision."""
    corpus = facts.corpus
    names = {name.casefold(): entry for name, entry in corpus.vocabulary.declared.items()}
    if wanted in corpus.instruments:
        return Found("instrument", wanted, corpus.instruments[wanted])
    if wanted in corpus.events and not facts.at(wanted):
        return Found("event", wanted, corpus.events[wanted])
    if wanted in corpus.schemes:
        return Found("scheme", wanted, corpus.schemes[wanted])
    if wanted in names:
        return Found("name", wanted, names[wanted])
    return _norms(wanted, facts.at(wanted) if "/" in wanted else ())


def _norms(wanted: str, norms: Sequence[Norm]) -> Found | None:
    return Found("norms", wanted, norms=tuple(norms)) if norms else None


def _by_title(facts: Facts, typed: str) -> Found | None:
    """An instrument by its title or number."""
    named = Search(facts).titled(typed)
    return _by_id(facts, named[0]) if len(named) == 1 else None


def _by_number(facts: Facts, typed: str) -> Found | None:
    """``暂行办法 17`` where it names one article of one instrument."""
    query, hits = Search(facts).find(typed)
    found = [facts.norms[hit.id] for hit in hits if hit.kind == "norm" and hit.placed]
    if len(query.places) != 1 or len({norm.instrument for norm in found}) != 1:
        return None
    provision = f"{found[0].instrument}/{'.'.join(query.places[0])}"
    return _norms(provision, facts.at(provision) or found)


def _unknown(facts: Facts, typed: str) -> NotThereError:
    """The error with what was probably meant."""
    corpus = facts.corpus
    wanted = _as_id(typed)
    home = corpus.instruments.get(instrument_of(wanted))
    if home is not None:
        near = _beside(facts, wanted)
        place = {lang: provision_words(corpus, wanted, lang) for lang in LANGUAGES}
        return NotThereError("rules.no-norm-here" if near else "rules.no-norms", place=place, near=either(near), id=home.id)
    known = [*corpus.norms, *corpus.instruments, *corpus.vocabulary.declared, *corpus.schemes, *corpus.events]
    near = nearest(wanted, known, limit=5) or [hit.id for hit in Search(facts).find(typed)[1][:5]]
    return NotThereError("rules.unknown-id" if near else "rules.unknown-id-far", got=typed, near=either(near), command=EXAMPLE)


def _beside(facts: Facts, wanted: str) -> list[str]:
    """The norms of the same article, else of the nearest articles of the instrument."""
    norms = [norm.id for norm in facts.of_instrument(instrument_of(wanted))]
    article = wanted.partition("#")[0].partition(".")[0]
    same = [one for one in norms if within(one, article)]
    if same:
        return same[:5]
    ordered = sorted([*norms, wanted], key=natural_key)
    at = ordered.index(wanted)
    return [*ordered[max(0, at - 1) : at], *ordered[at + 1 : at + 2]]


def either(words: Sequence[str]) -> dict[str, str]:
    """Near matches as a choice, in both languages."""
    return {lang: join_words(words, lang, "or") for lang in LANGUAGES}


def _as_id(typed: str) -> str:
    return tidy(typed).replace("\\", "/").replace(" ", "").strip("/\"'“”")
