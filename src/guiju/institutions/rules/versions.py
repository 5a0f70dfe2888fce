"""The versions of a norm: what the text was, what it is, and what the change took away and added, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from guiju.institutions.hall.pages import sayer
from guiju.institutions.rules.addresses import rule_address
from guiju.lookup import NormWords, Words
from guiju.norms import Norm
from guiju.norms.sentences import BETWEEN
from guiju.wording import in_language

_COMPARED: Final = frozenset(
    {
        "kind",
        "bearer",
        "permitted",
        "holder",
        "empowered",
        "against",
        "owed-to",
        "authority",
        "when",
        "unless",
        "require",
        "forbid",
        "permit",
    }
    | {"makes", "ends", "cases", "gives", "upon", "procedure", "expires", "clock", "sanction", "if-met", "if-broken", "links-out"}
)
"""Rows in which one version may differ from another; what both share by their days or their origin is left out."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs: what the earlier version said and no longer stands, what the later one says anew."""

    label: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version: since when, its sentence, what it changed, and the address of its page on a day on which it was law."""

    since: str
    place: str
    summary: str
    current: bool
    changes: tuple[Change, ...]
    href: str
    left_out: str


def versions_of(words: Words, norm: Norm) -> list[VersionView]:
    """Every version of a norm, oldest first; empty where there is only one."""
    versions = words.corpus.norms[norm.id]
    if len(versions) < 2:
        return []
    says = NormWords(words)
    found = []
    for at, one in enumerate(versions):
        changes = tuple(_changes(says, versions[at - 1], one)) if at else ()
        on = _last_day(words, versions[at + 1]) if at + 1 < len(versions) else None
        address = rule_address(words.lang, norm.id)
        found.append(
            VersionView(
                since=_since(words, one),
                place=in_language(one.pinpoint, words.lang),
                summary=in_language(one.summary, words.lang),
                current=one is norm and norm.id in words.facts.program.norms,
                changes=changes,
                href=f"{address}?on={on}" if on else address,
                left_out=in_language(one.left_out, words.lang) if one.encoded == "partly" else "",
            )
        )
    return found


def _since(words: Words, norm: Norm) -> str:
    """Since when a version stands, and by what."""
    if norm.since is None:
        return words.say("version-first")
    event = words.corpus.events[norm.since]
    what = in_language(event.summary, words.lang).rstrip("。.") or words.one_of("event", event.kind)
    return sayer(words.lang)("pages.version-since", day=words.when_of(event), what=what)


def _last_day(words: Words, later: Norm) -> date | None:
    """The last day before a later version became law."""
    event = words.corpus.events[later.since] if later.since else None
    return (event.on or event.takes_effect) - timedelta(days=1) if event else None


def _changes(says: NormWords, before: Norm, after: Norm) -> Iterator[Change]:
    was, now = _rows(says, before), _rows(says, after)
    say = sayer(says.lang)
    for key in dict.fromkeys((*was, *now)):
        old, new = was.get(key, ()), now.get(key, ())
        gone = tuple(one for one in old if one not in new)
        added = tuple(one for one in new if one not in old)
        if gone or added:
            yield Change(says.say(f"label.{key}"), gone, added)
    pairs = [(in_language(one.pinpoint, says.lang), in_language(one.summary, says.lang)) for one in (before, after)]
    if was == now and pairs[0] != pairs[1]:
        yield Change(say("pages.version-words"), (pairs[0][1],), (pairs[1][1],))


def _rows(says: NormWords, norm: Norm) -> dict[str, tuple[str, ...]]:
    """Row -> its pieces, without headings."""
    parts = (says.what, says.scope, says.content, says.clocks, says.effects, says.links)
    found: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for row in part(norm):
            if row.key in _COMPARED and row.lines:
                pieces = (piece for _, line in row.lines for piece in _pieces(line, says.lang))
                found[row.key] = tuple(dict.fromkeys(one for one in pieces if one and one[-1] not in ":："))
    return found


def _pieces(line: str, lang: str) -> list[str]:
    """A line, or the items of its list, each behind what stands before the list (a question and the answer that counts)."""
    first, *others = line.split(BETWEEN[lang])
    colon = {"zh": "：", "en": ": "}[lang]
    stem, found, item = first.rpartition(colon)
    return [first, *(f"{stem}{found}{one}" for one in others)] if item else [line]
