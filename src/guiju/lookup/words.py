"""Parts of a norm in words: who owes, by when, with what consequence, from which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from guiju.calendars import period_words, words
from guiju.logic import TRUE, Expr
from guiju.lookup.facts import Days, Facts, Link
from guiju.lookup.sources import source_words
from guiju.norms import Event, Instrument, Norm
from guiju.norms.model import Bearer, Clock, Extension, Fine, Share, Tier
from guiju.norms.sentences import BETWEEN, Lines, clause_words, condition_lines, name_words, number_words, provision_words
from guiju.wording import codes, fill, in_language, join_words


class Words:
    """Says parts of norms of one corpus in one language."""

    def __init__(self, facts: Facts, lang: str) -> None:
        self.facts = facts
        self.corpus = facts.corpus
        self.lang = lang

    def say(self, code: str, **fields: object) -> str:
        """A text of the catalogue of rules."""
        return fill(f"rules.{code}", self.lang, "message", fields)

    def one_of(self, family: str, word: str) -> str:
        """A word of an open list in the reader's language, or as it stands."""
        code = f"rules.{family}.{word}"
        return fill(code, self.lang, "message", {}) if code in codes(self.lang) else word

    def day(self, day: date) -> str:
        """A day in words."""
        return words(day, self.lang)

    def listed(self, items: Iterable[str], last: str = "and") -> str:
        """Items as one phrase."""
        return join_words(list(items), self.lang, last)

    def clause(self, identifier: str, home: str | None = None) -> str:
        """A provision in words."""
        return provision_words(self.corpus, identifier, self.lang, home)

    def titled(self, norm: Norm) -> str:
        """The short title and the pinpoint of this version of a norm."""
        place = in_language(norm.pinpoint, self.lang)
        return clause_words(self.corpus.instruments[norm.instrument], place, self.lang) if place else self.clause(norm.id)

    def name(self, name: str) -> str:
        """A declared name in words."""
        declared = self.corpus.vocabulary.declared.get(name)
        if declared:
            return name_words(declared, self.lang)
        code = f"rules.body.{name.casefold().replace('.', '-')}"
        return fill(code, self.lang, "message", {}) if code in codes(self.lang) else name

    def condition(self, expr: Expr, kind: str) -> Lines:
        """A condition as lines, each with its depth."""
        return condition_lines(self.corpus, expr, kind, self.lang)

    def inline(self, expr: Expr, kind: str) -> str:
        """A condition in one line."""
        lines = self.condition(expr, kind)
        if len(lines) == 1:
            return lines[0][1]
        return lines[0][1] + BETWEEN[self.lang].join(line for _, line in lines[1:])

    # -- what a norm is ----------------------------------------------------------------------------

    def kind(self, norm: Norm) -> str:
        """Duty (must), right, definition ..."""
        if norm.kind == "duty":
            return self.one_of("modality", norm.modality)
        if norm.kind == "application" and norm.how:
            return self.say("kind-how", kind=self.one_of("kind", norm.kind), how=self.one_of("way", norm.how))
        return self.one_of("kind", norm.kind)

    def days(self, norm: Norm) -> str:
        """From which day, in one phrase."""
        days = self.facts.days(norm)
        return self.days_phrase(days)

    def days_phrase(self, days: Days) -> str:
        """When, in a phrase."""
        starts = self.listed((self.day(day) for day in days.starts), "or")
        if days.status == "ended" and days.until:
            return self.say("days.ended", until=self.day(days.until))
        if not starts:
            return self.say("days.unknown")
        by_class = len(days.classes) > 1 or any(one.when != TRUE for one in days.classes)
        if days.status == "no-law-yet":
            return self.say("days.no-law-yet", starts=starts)
        return self.say("days.by-class" if by_class else "days.from", starts=starts)

    def status(self, instrument: Instrument) -> str:
        """The status of an instrument on the day, in one phrase."""
        starts = self.facts.starts_of(instrument)
        if not starts:
            return self.say("status.unknown")
        if self.facts.has_ended(instrument):
            return self.say("status.ended")
        first, last = starts[0], starts[-1]
        if self.facts.on < first:
            return self.say("status.upcoming", day=self.day(first))
        if last <= self.facts.on:
            return self.say("status.whole" if first == last else "status.steps-done", first=self.day(first), last=self.day(last))
        following = next(day for day in starts if day > self.facts.on)
        return self.say("status.steps", first=self.day(first), next=self.day(following))

    # -- who ---------------------------------------------------------------------------------------

    def bearer(self, norm: Norm) -> str:
        """Who bears a norm."""
        if norm.bearer is None:
            return self.say("bearer.from", clause=self.clause(norm.bearer_from, norm.instrument)) if norm.bearer_from else ""
        return self._bearer(norm.bearer)

    def _bearer(self, bearer: Bearer) -> str:
        terms = self.listed(map(self.name, bearer.terms), "or" if bearer.how == "one_of" else "and")
        if bearer.how == "each" and len(bearer.terms) == 1:
            return terms
        others = self.listed(map(self.name, bearer.otherwise))
        otherwise = self.say("bearer.otherwise", terms=others) if others else ""
        return self.say(f"bearer.{bearer.how}", terms=terms, otherwise=otherwise)

    # -- by when -----------------------------------------------------------------------------------

    def clock(self, clock: Clock, about: str) -> Lines:
        """A time limit, its cases, and what may move it."""
        if clock.day:
            again = self.say("clock.again", period=period_words(clock.every, self.lang)) if clock.every else ""
            return [(0, self.say("clock.fixed", day=self.day(clock.day)) + again), *((0, one) for one in self._apart(clock))]
        period = period_words(clock.within, self.lang) if clock.within else self.say("clock.no-period")
        asked = self.listed(map(self.name, clock.start), "or")
        start = self.say("clock.earliest" if len(clock.start) > 1 else "clock.start", events=asked) if clock.start else ""
        lines: Lines = [(0, self.say(f"clock.{clock.kind}", period=period, on=self._month_day(clock.on)) + start)]
        for case in clock.cases:
            lines += self._case(period_words(case.within, self.lang), self.condition(case.when, about))
        return lines + [(0, one) for one in self._apart(clock)]

    def _case(self, period: str, condition: Lines) -> Lines:
        """Another period and its condition: in one line, or as a tree below it."""
        if len(condition) == 1:
            return [(0, self.say("clock.case", period=period, when=condition[0][1]))]
        return [(0, self.say("clock.case-head", period=period)), *((depth + 1, line) for depth, line in condition)]

    def _apart(self, clock: Clock) -> list[str]:
        """What else a time limit says: at once after, usual only, by which calendar, to whom, extended, stopped."""
        lines = []
        if clock.also:
            lines.append(self.say("clock.also", event=self.name(clock.also)))
        if clock.general:
            lines.append(self.say("clock.general"))
        if clock.calendar and clock.within and clock.within.unit == "working-day":
            lines.append(self.say("clock.calendar", calendar=self.one_of("place", clock.calendar.lower())))
        if clock.to:
            lines.append(self.say("clock.to", body=self.name(clock.to)))
        if clock.extension:
            lines.append(self._extension(clock.extension))
        if clock.stops_while:
            lines.append(self.say("clock.stops", events=self.listed(self.name(stop.start) for stop in clock.stops_while)))
        if clock.first:
            lines.append(self.say("clock.first"))
        return lines

    def _extension(self, extension: Extension) -> str:
        """By how much it may be extended, by whom, stating what; parts that the norm does not have are left out."""
        by, state = (in_language(one, self.lang) if one else "" for one in (extension.granted_by, extension.must_state))
        longest = period_words(extension.longest, self.lang) if extension.longest else ""
        parts = {"max": longest, "by": by, "state": state}
        said = {key: self.say(f"clock.extension-{key}", **{key: one}) if one else "" for key, one in parts.items()}
        return self.say("clock.extension", **said)

    def _month_day(self, on: str | None) -> str:
        if not on:
            return ""
        month, _, day = on.partition("-")
        return self.say(f"clock.month-{int(month)}", day=int(day)) if month.isdigit() and day.isdigit() else on

    # -- consequences ------------------------------------------------------------------------------

    def sanction(self, norm: Norm) -> Lines:
        """The steps of a sanction, each with its condition, its measures and its range."""
        sanction = norm.sanction
        assert sanction is not None
        lines: Lines = []
        for tier in sanction.tiers:
            lines += self._tier(tier, norm)
        for variant in sanction.variants:
            clause = self.clause(variant.at, norm.instrument)
            lines.append(
                (0, self.say(f"fine.variant-{variant.combine}", clause=clause, who=self.inline(variant.when, norm.about)))
            )
        if sanction.no_own_fine:
            lines.append((0, self.say("fine.no-own")))
        if sanction.cure:
            lines.append((0, self.say("fine.cure", cure=in_language(sanction.cure, self.lang))))
        if sanction.route == "after_order":
            lines.append((0, self.say("fine.after-order")))
        if sanction.factors:
            factors = self.listed(in_language(one, self.lang) for one in sanction.factors)
            lines.append((0, self.say("fine.factors", factors=factors)))
        lines.append((0, self.say(f"fine.on-{sanction.on}")))
        lines.append((0, self.say("fine.discretion")))
        return lines

    def _tier(self, tier: Tier, norm: Norm) -> Lines:
        body = []
        if tier.measures:
            body.append(self.listed(self.one_of("measure", one) for one in tier.measures))
        if tier.fine:
            body.append(self.say("fine.of", range=self._fine(tier.fine, norm)))
        if tier.person_fine:
            body.append(self.say("fine.person", range=self._fine(tier.person_fine, norm)))
        if tier.when == TRUE:
            return [(0, one) for one in body]
        condition = self.condition(tier.when, norm.about)
        if len(condition) == 1:
            return [(0, self.say("head", head=condition[0][1])), *((1, one) for one in body)]
        return [*condition, (0, self.say("head", head=self.say("fine.then"))), *((1, one) for one in body)]

    def _fine(self, fine: Fine, norm: Norm) -> str:
        low = number_words(fine.low, fine.currency, self.lang) if fine.low is not None else ""
        high = number_words(fine.high, fine.currency, self.lang) if fine.high is not None else ""
        said = self.say("fine.range", low=low, high=high) if low and high else self.say("fine.up-to", high=high) if high else ""
        if fine.share:
            share = self._share(fine.share, norm)
            said = self.say(f"fine.{fine.combine}", fixed=said, share=share) if said else self.say("fine.up-to", high=share)
        return self.say("fine.per", fine=said, per=self.one_of("per", fine.per)) if fine.per else said

    def _share(self, share: Share, norm: Norm) -> str:
        figure = self.name(share.of).rstrip("?？")
        said = self.say(
            "fine.share",
            percent=number_words(share.percent / 100, "share", self.lang),
            of=self.one_of("figure", share.of),
            asked=figure,
        )
        return said if share.when == TRUE else self.say("fine.share-only", share=said, who=self.inline(share.when, norm.about))

    # -- links -------------------------------------------------------------------------------------

    def link(self, link: Link, norm: Norm, inward: bool) -> str:
        """One link as a sentence seen from the norm."""
        detail = {
            "clause": self.clause(link.other, norm.instrument) if "/" in link.other else self.name(link.other),
            "role": self.one_of("role", str(link.detail.get("role", ""))),
            "basis": self.one_of("basis", str(link.detail.get("basis", ""))),
            "by": self.name(str(link.detail["by"])) if link.detail.get("by") else self.say("someone"),
            "source": source_words(str(link.detail.get("source", "")), self.lang),
            "until": self._until(link),
            "way": self.one_of("way", str(link.detail.get("how", ""))),
            "question": self.one_of("question", str(link.detail.get("question", ""))),
        }
        said = self.say(f"link.{'in' if inward else 'out'}.{link.relation}", **detail)
        excepted = link.detail.get("except", ())
        if excepted and not inward:
            assert isinstance(excepted, tuple)
            said += self.say("link.except", clauses=self.listed(self.clause(one, norm.instrument) for one in excepted))
        if link.when != TRUE and not inward:
            said += self.say("link.when", condition=self.inline(link.when, norm.about))
        return said

    def _until(self, link: Link) -> str:
        days, events = link.detail.get("days", ()), link.detail.get("events", ())
        assert isinstance(days, tuple)
        assert isinstance(events, tuple)
        shown = [self.say("until-event", event=self.name(one).rstrip("?？")) for one in events]
        return self.listed([*map(self.day, days), *shown], "or")

    # -- events ------------------------------------------------------------------------------------

    def event(self, event: Event) -> Iterator[str]:
        """An event of a time line: what, the days by class, when it was published."""
        summary = in_language(event.summary, self.lang)
        kind = self.one_of("event", event.kind)
        yield self._event_line(kind, summary)
        for one in event.dates:
            if one.when != TRUE:
                yield self.say("event-class", day=self.day(one.on), what=self.inline(one.when, event.about or "system"))
        if event.until:
            yield self.say("event-until", day=self.day(event.until))
        if event.pending:
            yield self.say("event-pending", stage=self.one_of("pending", event.pending))

    def force_line(self, force: str, kind: str, note: str) -> str:
        """How binding an instrument is by its kind, and what is to be said of that."""
        return self.say("force-line" if note else "force-line-bare", force=force, kind=kind, note=note)

    def _event_line(self, kind: str, summary: str) -> str:
        """What happened, and the event's own sentence where it says more; the kind is left out where the sentence names it."""
        said = summary.strip("。. ").casefold()
        if said in ("", kind.casefold()):
            return kind
        return summary if said.startswith(kind.casefold()) else self.say("event", kind=kind, summary=summary)

    def when_of(self, event: Event) -> str:
        """The days of an event."""
        if event.dates:
            return self.listed((self.day(day) for day in sorted({one.on for one in event.dates})), "or")
        return self.day(event.effect or event.known)
