"""Pages of ``guiju rules coverage`` and ``guiju rules verify``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from guiju.cli._screen import Page
from guiju.norms import Corpus, Norm
from guiju.norms.sentences import title_words
from guiju.norms.statutes import Place
from guiju.verify import (
    COLUMNS,
    ENCODED,
    NOT_OPERATIVE,
    Covered,
    Entry,
    Figures,
    Finding,
    Verification,
    Waiting,
    figures,
    share,
)
from guiju.wording import fill, in_language


class VerifyPage:
    """One page in one language."""

    def __init__(self, corpus: Corpus, lang: str) -> None:
        self.corpus = corpus
        self.lang = lang
        self.page = Page(lang)

    def say(self, code: str, **fields: object) -> str:
        """A text of the catalogue."""
        return fill(f"verify.{code}", self.lang, "message", fields)

    def title_of(self, instrument: str) -> str:
        """An instrument by its short title."""
        return title_words(self.corpus.instruments[instrument], self.lang)

    def coverage(self, found: Sequence[Covered]) -> None:
        """The table of all instruments that are accounted for paragraph by paragraph, and the figures of their places."""
        self.page.title(self.say("coverage-title", count=len(found)))
        self.page.text(self.say("coverage-what"))
        self.page.blank()
        self._table(found)
        self.page.note(self.say("coverage-columns"), 2)
        for one in found:
            if one.unaccounted:
                self.page.text(self.say("unaccounted", instrument=self.title_of(one.instrument), places=self._places(one)), 2)
        for place in dict.fromkeys(one.instrument.split("/")[0] for one in found):
            self._figures(figures(self.corpus, place))
        self.page.blank()
        self.page.note(self.say("edition", edition=self.corpus.edition))

    def _table(self, found: Sequence[Covered]) -> None:
        heads = ("units", "operative", "whole", "partly", "carried", "state", "left", "share", "other")
        rows = [("", *(self.say(f"column-{head}") for head in heads))]
        rows.extend(_row(self.title_of(one.instrument), [one]) for one in found)
        rows.append(_row(self.say("total"), found))
        self.page.columns(rows, right=frozenset(range(1, len(heads) + 1)))

    def _places(self, one: Covered) -> str:
        joint = "、" if self.lang == "zh" else "; "
        return joint.join(self._place(place) for place in one.unaccounted)

    def _place(self, place: Place) -> str:
        """As the law itself has it; for Chinese readers in Chinese."""
        return place.words("zh" if self.lang == "zh" else "")

    def _figures(self, found: Figures) -> None:
        self.page.heading(self.say("figures", place=fill(f"rules.place.{found.place}", self.lang, "message", {})))
        total = sum(found.checked.values())
        rows = [
            (fill(f"rules.checked.{against}", self.lang, "message", {}), str(count), share(count, total))
            for against, count in found.checked.most_common()
        ]
        rows.append((self.say("reviewed"), str(found.reviewed), share(found.reviewed, found.norms)))
        for code, part, whole in (
            ("shared", found.measures_shared, found.measures),
            ("scope-only", found.scope_only, found.conditions),
            ("by-judgement", found.by_judgement, found.conditions),
        ):
            rows.append((self.say(code), f"{part}/{whole}", share(part, whole)))
        self.page.columns(rows, right=frozenset({1, 2}))

    def units(self, one: Covered) -> None:
        """One instrument, paragraph by paragraph."""
        self.page.title(self.title_of(one.instrument), one.instrument)
        self.page.text(
            self.say("units-line", units=len(one.units), operative=one.operative, share=share(one.encoded, one.operative))
        )
        self.page.blank()
        for unit in one.units:
            state = self.say(f"state-{unit.state}")
            by = " · ".join(unit.by)
            self.page.text(
                f"{self._place(unit.place)}　{state}", 2, "" if unit.state in ENCODED or unit.state in NOT_OPERATIVE else "bold"
            )
            if by:
                self.page.note(by, 4)

    def verification(self, found: Verification, unaccounted: int) -> None:
        """What differs between rules and texts; then what was not checked."""
        self.page.title(self.say("verify-title", checked=found.checked, instruments=len(found.instruments)))
        explained = sum(len(one.explained) for one in found.instruments)
        self.page.text(
            self.say("verify-line", open=found.open, explained=explained, share=share(found.explained_norms, found.checked, 1))
        )
        for one in found.instruments:
            self.page.heading(self.title_of(one.instrument))
            self.page.note(self.say("verify-text", text=one.text, checked=one.checked), 2)
            if one.not_held:
                self.page.note(self.say("not-held", count=len(one.not_held)), 2)
            self.findings(one.open)
            for finding, entry in one.explained:
                reason = self.say(f"reason-{entry.reason}")
                signed = self.say("signed", by=entry.by, second=entry.second)
                self.page.text(
                    self.say("explained", norm=finding.norm, what=self.say(f"finding-{finding.kind}"), reason=reason), 2
                )
                self.page.note(self.say("range", at=entry.at.words(), start=entry.start, end=entry.end, signed=signed), 4)
        self.page.blank()
        if unaccounted:
            self.page.text(self.say("unaccounted-count", count=unaccounted))
        if found.without_text:
            self.page.text(self.say("without-text", instruments=", ".join(found.without_text)))
        self.page.note(self.say("verify-limits"))
        self.page.note(self.say("edition", edition=self.corpus.edition))

    def findings(self, several: Sequence[Finding]) -> None:
        """Differences, each with what the norm has and what the text has."""
        for one in several:
            self.page.text(self.say(f"finding-{one.kind}"), 2, "bold")
            self.page.text(f"{one.place}　{one.norm}", 4)
            self.page.text(self.say("difference", got=one.got or "—", expected=one.expected or "—"), 4)

    def queue(self, waiting: Sequence[Waiting], limit: int) -> None:
        """What waits for a named reader, the most pressing first."""
        self.page.title(self.say("queue-title", count=len(waiting)))
        self.page.text(self.say("queue-what"))
        for one in waiting[:limit]:
            self.page.blank()
            pinpoint = in_language(one.norm.pinpoint, self.lang)
            self.page.title(f"{self.title_of(one.norm.instrument)} {pinpoint}", one.norm.id, 2)
            if one.last is None:
                self.page.note(self.say("queue-never"), 4)
            else:
                self.page.note(self.say(f"queue-{one.why}", by=one.last.by, on=str(one.last.on)), 4)
        if len(waiting) > limit:
            self.page.blank()
            self.page.note(self.say("queue-more", shown=limit, count=len(waiting)))

    def entry(self, norm: Norm, entry: Entry) -> None:
        """What to add to the rule file, after what is being signed."""
        self.page.title(f"{self.title_of(norm.instrument)} {in_language(norm.pinpoint, self.lang)}", norm.id)
        self.page.text(in_language(norm.summary, self.lang), 2)
        self.page.blank()
        self.page.text(self.say("sign-what", by=entry.signoff.by))
        self.page.text(self.say("sign-where", file=norm.where.file, line=norm.where.line or 0))
        self.page.blank()
        sys.stdout.write(f"  {entry.as_yaml()}\n")

    def places_only(self, several: Sequence[Finding], unaccounted: int) -> None:
        """What can be said without texts."""
        self.page.title(self.say("places-title", count=len(several)))
        self.page.text(self.say("places-only"))
        self.findings(several)
        if unaccounted:
            self.page.text(self.say("unaccounted-count", count=unaccounted))


def _row(title: str, several: Sequence[Covered]) -> tuple[str, ...]:
    """The numbers of one instrument, or of all together."""
    counts = sum((one.counts for one in several), Counter[str]())
    units, operative, encoded, aside = (
        sum(getattr(one, name) for one in several) for name in ("total", "operative", "encoded", "aside")
    )
    numbers = (units, operative, *(counts[state] for state in COLUMNS))
    return (title, *map(str, numbers), share(encoded, operative), str(aside))
