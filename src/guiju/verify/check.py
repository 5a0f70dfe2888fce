"""Norms held against the text they were written from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from guiju.norms import Event, Norm
from guiju.norms.provisions import pinpointed
from guiju.norms.statutes import Place, fingerprint, uniform
from guiju.verify.check_numbers import check_numbers
from guiju.verify.check_wording import check_wording, unsaid
from guiju.verify.findings import Finding, TextOf, finding
from guiju.verify.places import id_elsewhere
from guiju.verify.quantities import numbers_of

_LIKE_ENOUGH: Final = 0.75
"""Another provision may be more like a summary than its own, but not by more than a quarter."""

_AT_ONCE: Final = tuple(f"自{word}之日起施行" for word in ("公布", "印发", "发布"))


class TextCheck(TextOf):
    """One instrument's norms against one text."""

    def findings(self) -> list[Finding]:
        """All findings: norm by norm, then modal words of the text that no norm has, then legal events."""
        found = [one for norm in self.norms if self.held(norm) for one in self.of_norm(norm)]
        found.extend(unsaid(self))
        for event in self.corpus.events.values():
            if event.instrument == self.instrument:
                found.extend(self.of_event(event))
        return found

    def of_norm(self, norm: Norm) -> Iterator[Finding]:
        """The findings of one norm."""
        places = pinpointed(norm)
        missing = [place for place in places if not self.statute.units(place)]
        if not places or missing:
            named = "、".join(place.words() for place in missing) or str(norm.pinpoint.get("zh", ""))
            yield Finding("place", norm.id, named, named, f"{self.statute.articles[0]}–{self.statute.articles[-1]}")
            return
        if self.outline and id_elsewhere(norm, self.outline):
            yield finding("id", norm, norm.pinpoint.get("zh", ""), norm.id)
        yield from self._stale(norm, places)
        yield from check_numbers(norm, self.words(places), self.corpus.vocabulary)
        yield from check_wording(self, norm, places)
        yield from self._alike(norm, places)

    def _stale(self, norm: Norm, places: tuple[Place, ...]) -> Iterator[Finding]:
        for unit in dict.fromkeys(unit for place in places for unit in self.statute.units(place)):
            noted = self.outline.provisions.get(unit) if self.outline else None
            now = fingerprint(self.statute.texts[unit])
            if self.outline and noted != now:
                yield Finding("stale", norm.id, unit.words(), str(noted), now)

    def _alike(self, norm: Norm, places: tuple[Place, ...]) -> Iterator[Finding]:
        summary = str(norm.summary.get("zh", ""))
        if not summary or norm.of_right is not None:
            return
        scores = self.likeness.to(summary)
        own = max(score for unit, score in scores.items() if any(place.holds(unit) or unit.holds(place) for place in places))
        best = max(scores, key=lambda unit: scores[unit])
        if own < _LIKE_ENOUGH * scores[best]:
            yield finding("likeness", norm, f"{own:.2f}", f"{best.words()} {scores[best]:.2f}")

    def of_event(self, event: Event) -> Iterator[Finding]:
        """The day on which an instrument begins stands in it, unless it begins on being made public."""
        if event.kind != "commence" or event.checked.against not in ("full-text", "excerpt"):
            return
        texts = [*self.statute.head, *self.statute.texts.values()]
        days = {day for text in texts if "施行" in text for day in numbers_of(text).dates}
        if any(words in uniform(text) for text in texts for words in _AT_ONCE):
            return
        for one in event.dates:
            if one.on not in days:
                yield Finding("date", event.id, event.day or "", str(one.on), ", ".join(map(str, sorted(days))))
