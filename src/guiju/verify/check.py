"""Norms held against the text they were written from."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.norms import Event, Norm
from guiju.norms.statutes import UNION, Place, fingerprint, names_another_act
from guiju.verify.beginning import wrong_days
from guiju.verify.check_numbers import check_numbers
from guiju.verify.check_wording import check_wording, unsaid
from guiju.verify.findings import Finding, TextOf
from guiju.verify.pinpoints import same_numbers
from guiju.verify.places import id_elsewhere


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
        places = self.places(norm)
        written = str(norm.pinpoint.get(self.language.code, ""))
        missing = [place for place in places if not self.statute.units(place)]
        if not places or missing:
            named = "、".join(place.words() for place in missing) or written
            yield Finding("place", norm.id, named, named, f"{self.statute.articles[0]}–{self.statute.articles[-1]}")
            return
        if self.outline and id_elsewhere(norm, self.outline):
            yield self.finding("id", norm, written, norm.id)
        if self.statute.numbering == UNION and not same_numbers(norm.pinpoint):
            yield self.finding("pinpoint-zh", norm, norm.pinpoint.get("zh", ""), written)
        yield from self._stale(norm, places)
        if self.statute.numbering != UNION or not names_another_act(written):
            yield from check_numbers(norm, self.words(places), self.corpus.vocabulary, self.language)
        yield from check_wording(self, norm, places)
        yield from self._alike(norm, places)

    def _stale(self, norm: Norm, places: tuple[Place, ...]) -> Iterator[Finding]:
        for unit in dict.fromkeys(unit for place in places for unit in self.statute.units(place)):
            noted = self.outline.provisions.get(unit) if self.outline else None
            now = fingerprint(self.statute.texts[unit])
            if self.outline and noted != now:
                yield Finding("stale", norm.id, unit.words(), str(noted), now)

    def _alike(self, norm: Norm, places: tuple[Place, ...]) -> Iterator[Finding]:
        summary = str(norm.summary.get(self.language.code, ""))
        if not summary or norm.of_right is not None:
            return
        scores = self.likeness.to(summary)
        own = max((scores[unit] for unit in self._at_or_above(places)), default=0.0)
        best = max(scores, key=lambda unit: scores[unit])
        if own < self.language.like_enough(len(self.language.tokens(summary))) * scores[best]:
            yield self.finding("likeness", norm, f"{own:.2f}", f"{best.words()} {scores[best]:.2f}")

    def _at_or_above(self, places: tuple[Place, ...]) -> set[Place]:
        """The provisions that places name, and those whose opening words they hang on."""
        units = {unit for place in places for unit in self.statute.units(place)}
        return units | {one for unit in units for one in unit.above() if one in self.statute.texts}

    def of_event(self, event: Event) -> Iterator[Finding]:
        """The days on which an instrument begins stand in it, in the text that was published by then."""
        if event.kind != "commence" or event.checked.against not in ("full-text", "excerpt") or not self._of_this_text(event):
            return
        for day, days in wrong_days(event, self.statute, self.language, self.corpus):
            yield Finding("date", event.id, event.day or "", str(day), ", ".join(map(str, sorted(days))))

    def _of_this_text(self, event: Event) -> bool:
        """An event that was known before the text was amended follows the earlier text."""
        whole = self.corpus.outlines.get(self.instrument)
        if whole is None or whole.earlier is None:
            return True
        return (self.outline is whole.earlier) == (str(event.known.year) <= whole.earlier.year)
