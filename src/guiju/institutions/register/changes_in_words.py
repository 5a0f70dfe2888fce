"""What changes for a system between two days, and what changed in the rules since a result was made: in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from guiju.assess import AnswerChange, compare
from guiju.calendars import parse_day, words
from guiju.norms import Corpus
from guiju.norms.sentences import BETWEEN, clause_words
from guiju.wording import fill, in_language

MOST_NAMED: Final = 6
"""Clauses that a sentence names; the rest are counted."""

INNER: Final = str.maketrans("“”", "‘’")
"""Quotation marks inside a quotation."""

SORTS: Final = ("begins", "ends", "settles", "enters", "leaves", "open", "met", "force", "day")
"""What may happen to a rule, in the order in which it is told; only the first that fits is."""

NOW: Final = ("applies", "unknown")
SAME: Final = "same"

Document = Mapping[str, Any]


def changes_in_words(corpus: Corpus, before: Document, after: Document, lang: str) -> list[str]:
    """Sentences on what differs between two results of one system, the earlier first; never empty."""
    teller = _Teller(corpus, lang, before, after)
    told = [*teller.rules(), *teller.grades()]
    if told:
        return told
    days = [words(parse_day(one["on"]), lang) for one in (before, after)]
    code = "result.moved-same" if days[0] == days[1] else "result.moved-nothing"
    return [fill(code, lang, "message", {"before": days[0], "after": days[1]})]


def stale_in_words(corpus: Corpus, document: Document, lang: str) -> list[str]:
    """Sentences on which rules of an older result read differently in the rules of today, or are gone; never empty."""
    rows = {row["norm"]: row for row in document["duties"] if row["in_scope"] != "no"}
    gone = [row for norm, row in rows.items() if norm not in corpus.norms]
    other = [row for norm, row in rows.items() if norm in corpus.norms and not _same(corpus, row)]
    told = [
        _sentence(f"result.stale-{sort}", found, corpus, lang) for sort, found in (("meaning", other), ("gone", gone)) if found
    ]
    return told or [fill("result.stale-nothing", lang, "message", {})]


def _same(corpus: Corpus, row: Document) -> bool:
    """Whether some version of the rule means what it meant."""
    return any(one.meaning == row["version"] for one in corpus.norms[row["norm"]])


def turns(document: Document) -> tuple[date, ...]:
    """Days after that of a result on which a rule or a grade begins or ends, as far as it knows."""
    rows = [row for row in document["duties"] if row["in_scope"] == "yes"]
    found = {parse_day(one[key]) for one in (*rows, *document["grades"]) for key in ("from", "until") if one.get(key)}
    return tuple(sorted(day for day in found if day > parse_day(document["on"])))


class _Teller:
    def __init__(self, corpus: Corpus, lang: str, before: Document, after: Document) -> None:
        self.corpus, self.lang = corpus, lang
        self.before, self.after = before, after
        both = (*before["duties"], *after["duties"])
        self.rows = {(row["norm"], row["object"], row["party"]): row for row in both if row["kind"] != "application"}
        self.changes = compare(before, after)

    def rules(self) -> Iterable[str]:
        """A sentence for each sort of change."""
        found: dict[str, list[Document]] = {}
        for change in self.changes:
            row = self.rows.get((change.id, change.object, change.party))
            sort = _sort(change) if change.kind == "duty" else None
            if row is not None and sort is not None:
                found.setdefault(sort, []).append(row)
        return [_sentence(f"result.moved-{sort}", found[sort], self.corpus, self.lang) for sort in SORTS if sort in found]

    def grades(self) -> Iterable[str]:
        """A sentence for each grade that is another."""
        for change in self.changes:
            if change.kind == "grade":
                old, new = (self._grade(one, change) for one in (self.before, self.after))
                now = ("status", "applies") in ((name, after) for name, _, after in change.parts)
                same = "result.moved-grade-begins" if now else "result.moved-grade-day"
                code = "result.moved-grade" if old != new else same
                scheme = self.corpus.schemes[change.id]
                label = in_language(scheme.label, self.lang) or scheme.id
                fields = {"scheme": label, "before": old.translate(INNER), "after": new.translate(INNER)}
                yield fill(code, self.lang, "message", fields)

    def _grade(self, document: Document, change: AnswerChange) -> str:
        """A grade in words, or that there is none."""
        same = [one for one in document["grades"] if one["scheme"] == change.id]
        place = int(change.object or "1") - 1
        if place >= len(same):
            return fill("result.grade-none", self.lang, "message", {})
        scheme, one = self.corpus.schemes[change.id], same[place]
        low, high = (in_language(scheme.labels.get(one[key]), self.lang) or one[key] for key in ("at_least", "at_most"))
        if one["at_least"] == one["at_most"]:
            return low
        code = "result.grade-open" if one["at_least"] == scheme.order[0] else "result.grade-between"
        return fill(code, self.lang, "message", {"low": low, "high": high})


def _sort(change: AnswerChange) -> str | None:
    """The first thing that happened to a rule."""
    parts = {name: (old, new) for name, old, new in change.parts}
    scope, status = parts.get("in_scope", (SAME, SAME)), parts.get("status", (SAME, SAME))
    tests: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("begins", lambda: status[0] not in (None, *NOW) and status[1] == "applies" and scope[1] not in ("no", "unknown")),
        ("ends", lambda: status[0] in NOW and status[1] not in (None, *NOW)),
        ("settles", lambda: scope == ("unknown", "yes")),
        ("open", lambda: scope[1] == "unknown"),
        ("enters", lambda: "in_scope" in parts and scope[0] in (None, "no") and scope[1] == "yes"),
        ("leaves", lambda: "in_scope" in parts and scope[1] in (None, "no")),
        ("met", lambda: "met" in parts),
        ("force", lambda: "force" in parts),
        ("day", lambda: bool({"from", "until", "due", "status"} & set(parts))),
    )
    return next((sort for sort, holds in tests if holds()), None)


def _sentence(code: str, rows: list[Document], corpus: Corpus, lang: str) -> str:
    """How many rules, and the first of them by their clauses."""
    clauses = list(dict.fromkeys(_clause(row, corpus, lang) for row in rows))
    named = BETWEEN[lang].join(clauses[:MOST_NAMED])
    if len(clauses) > MOST_NAMED:
        named += fill("result.and-more", lang, "message", {"count": len(clauses) - MOST_NAMED})
    number = "one" if len(rows) == 1 else "many"
    return fill(f"{code}-{number}", lang, "message", {"count": len(rows), "clauses": named})


def _clause(row: Document, corpus: Corpus, lang: str) -> str:
    place = in_language(row["pinpoint"], lang) or row["norm"]
    instrument = corpus.instruments.get(row["instrument"])
    if instrument is None:
        return f"{in_language(row['instrument_title'], lang)} {place}"
    return clause_words(instrument, place, lang)
