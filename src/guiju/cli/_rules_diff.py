"""``guiju rules diff`` and ``rules editions``: what changed between two editions, and what that changes for one subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from guiju.assess import AnswerChange, assess, compare, to_json
from guiju.calendars import parse_day, words
from guiju.norms import Change, Corpus, Edition, FieldChange, changes
from guiju.subjects import read_subject
from guiju.wording import LANGUAGES, codes, fill, in_language

HOWS: Final = ("added", "removed", "changed", "reworded")
MOST_SHOWN: Final = 160
"""Signs of one value that a page shows; ``--json`` gives all of it."""


class Editions:
    """Two editions side by side."""

    def __init__(self, before: Corpus, after: Corpus, on: date, known: date) -> None:
        self.before, self.after, self.on, self.known = before, after, on, known
        self.changes = changes(before, after)

    def answers(self, dossier: str) -> list[AnswerChange]:
        """What the change of rules changes for one dossier, on the day asked for."""
        found = []
        for corpus in (self.before, self.after):
            subject = read_subject(dossier, corpus.vocabulary)
            found.append(to_json(assess(subject, corpus, self.on, self.known), everything=True))
        return compare(found[0], found[1])


def diff_json(editions: Editions, answers: Sequence[AnswerChange] | None) -> dict[str, Any]:
    """One object: both editions, every change, and for a dossier every answer that differs."""
    found: dict[str, Any] = {
        "schema": "guiju.rules.diff/1",
        "before": editions.before.edition,
        "after": editions.after.edition,
        "on": str(editions.on),
        "known": str(editions.known),
        "changes": [
            {
                "what": one.what,
                "how": one.how,
                "id": one.id,
                "version": one.version,
                "fields": [{"field": part.field, "before": part.before, "after": part.after} for part in one.fields],
            }
            for one in editions.changes
        ],
    }
    if answers is not None:
        found["answers"] = [
            {
                "kind": one.kind,
                "id": one.id,
                "object": one.object or None,
                "party": one.party,
                "parts": [{"part": name, "before": before, "after": after} for name, before, after in one.parts],
            }
            for one in answers
        ]
    return found


def diff_lines(editions: Editions, answers: Sequence[AnswerChange] | None, lang: str) -> Iterator[tuple[int, str]]:
    """The same for a person: (indent, line)."""
    yield from _Page(editions, lang).lines(answers)


class _Page:
    def __init__(self, editions: Editions, lang: str) -> None:
        self.editions = editions
        self.lang = lang
        self.titles: Mapping[str, str] = {
            norm.id: in_language(norm.summary, lang)
            for corpus in (editions.before, editions.after)
            for norm in corpus.all_norms()
            if norm.summary
        } | {
            one.id: in_language(one.title, lang)
            for corpus in (editions.before, editions.after)
            for one in corpus.instruments.values()
        }

    def say(self, code: str, **fields: object) -> str:
        return fill(f"rules.diff.{code}", self.lang, "message", fields)

    def lines(self, answers: Sequence[AnswerChange] | None) -> Iterator[tuple[int, str]]:
        before, after = self.editions.before.edition[:19], self.editions.after.edition[:19]
        yield 0, self.say("title", before=before, after=after)
        if not self.editions.changes:
            yield 0, self.say("same")
        for how in HOWS:
            found = [one for one in self.editions.changes if one.how == how]
            if found:
                yield 0, ""
                yield 0, self.say(how, count=len(found))
                for one in found:
                    yield from self._change(one)
        if answers is not None:
            yield 0, ""
            yield 0, self.say("answers" if answers else "no-answers", count=len(answers), on=words(self.editions.on, self.lang))
            for answer in answers:
                yield from self._answer(answer)

    def _change(self, one: Change) -> Iterator[tuple[int, str]]:
        since = self.say("since", event=one.version) if one.version else ""
        yield 2, self.say("entry", what=self.say(f"what-{one.what}"), id=one.id, since=since)
        if one.id in self.titles:
            yield 4, self.titles[one.id]
        if one.how == "changed":
            for part in one.fields:
                yield from self._field(part)

    def _field(self, part: FieldChange) -> Iterator[tuple[int, str]]:
        code = f"rules.diff.field-{part.field}"
        name = fill(code, self.lang, "message", {}) if code in codes(self.lang) else part.field
        yield 4, self.say("part", part=name, before=self._shown(part.before), after=self._shown(part.after))

    def _shown(self, value: Any) -> str:
        if value in (None, {}, [], ""):
            return self.say("nothing")
        text = _flat(value, self.lang).rstrip("。.")
        return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"

    def _answer(self, one: AnswerChange) -> Iterator[tuple[int, str]]:
        of = self.say("of", object=one.object, party=one.party or "") if one.party else ""
        yield 2, self.say("answer", id=one.id, of=of)
        if one.id in self.titles:
            yield 4, self.titles[one.id]
        for name, before, after in one.parts:
            shown = [self._value(value) for value in (before, after)]
            yield 4, self.say("part", part=self.say(f"part-{name}"), before=shown[0], after=shown[1])

    def _value(self, value: Any) -> str:
        if value is None:
            return self.say("nothing")
        if isinstance(value, str) and value[:4].isdigit():
            return words(parse_day(value), self.lang)
        return fill(f"rules.diff.value-{value}", self.lang, "message", {}) if value in _VALUES else str(value)


_VALUES: Final = frozenset({
    "yes", "no", "unknown", "applies", "upcoming", "transitional", "suspended", "ended", "hard", "hardened", "expected", "soft",
})  # fmt: skip


def _flat(value: Any, lang: str) -> str:
    """A value on one line; a text in the reader's language alone."""
    if isinstance(value, Mapping):
        if set(value) <= {*LANGUAGES, "und"} and all(isinstance(one, str) for one in value.values()):
            return in_language(value, lang)
        return ", ".join(f"{key}: {_flat(one, lang)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return ("；" if lang == "zh" else "; ").join(_flat(one, lang) for one in value)
    return str(value)


def editions_lines(current: Corpus, kept: Sequence[Edition], lang: str) -> Iterator[tuple[int, str]]:
    """The same for a person."""
    yield 0, fill("rules.editions.title", lang, "message", {})
    yield 2, fill("rules.editions.current", lang, "message", {"edition": current.edition})
    for one in kept:
        day = words(one.released, lang) if one.released else ""
        title = in_language(one.title, lang)
        yield 2, fill("rules.editions.kept", lang, "message", {"edition": one.digest, "day": day, "title": title})
