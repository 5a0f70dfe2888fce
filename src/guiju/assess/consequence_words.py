"""Time limits and sanctions of one row as sentences of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from guiju.assess.parts import happened
from guiju.assess.plain import clause_of, money
from guiju.calendars import period_words, words
from guiju.logic import Truth, names
from guiju.norms import FineRange, Program, Row, SanctionResult, TierResult
from guiju.norms.model import Clock
from guiju.norms.sentences import BETWEEN
from guiju.wording import Text, fill, in_language, join_words

Naming = Callable[[list[str]], str]
"""Names of facts as words for a reader."""


def say(code: str, lang: str, **fields: object) -> str:
    """A text of the page."""
    return fill(f"assess.{code}", lang, "message", fields)


# -- sanctions -----------------------------------------------------------------------------------------------------------------


def sanction_lines(program: Program, result: SanctionResult, lang: str, naming: Naming) -> Iterator[str]:
    """What may follow, tier by tier; what comes before it, what goes first, and whether it is enforced.

    What weighs in is not told here: it is the same for every breach of a kind (``factor_lines``).
    """
    clause, sanction = clause_of(program, result.norm.id, lang), result.norm.sanction
    assert sanction is not None
    for code, tiers in (("sanction", result.tiers), ("after-order", result.after_order)):
        parts = [part for tier in tiers for part in _tier(tier, _open_order(result), lang, naming)]
        if parts:
            yield say(code, lang, fines=join_words(list(dict.fromkeys(parts)), lang, "or"), clause=clause)
    if not (result.tiers or result.after_order):
        return
    if sanction.cure:
        yield say("cure", lang, text=in_language(sanction.cure, lang))
    for one in result.yields:
        if one.holds is not Truth.FALSE:
            law = in_language(one.clause.law, lang) if one.clause.law else _clauses(program, one.clause.targets.ids, lang)
            yield say("yields-holds" if one.holds is Truth.TRUE else "yields-open", lang, law=law, clause=clause)
    if result.standing is not None and not result.standing.enforced:
        day = result.standing.enforced_from
        until = {"day": words(day, lang)} if day else {}
        yield say("not-enforced-until" if day else "not-enforced", lang, clause=clause, **until)


def factor_lines(program: Program, results: Iterable[SanctionResult], lang: str) -> list[tuple[str, str]]:
    """What weighs in when an authority decides, with the clause of the sanction; each list once, with all its clauses."""
    alike: dict[str, list[str]] = {}
    for result in results:
        sanction = result.norm.sanction
        if sanction is not None and sanction.factors and (result.tiers or result.after_order):
            text = BETWEEN[lang].join(in_language(one, lang) for one in sanction.factors)
            alike.setdefault(text, []).append(clause_of(program, result.norm.id, lang))
    return [(BETWEEN[lang].join(dict.fromkeys(clauses)), text) for text, clauses in alike.items()]


def _clauses(program: Program, ids: tuple[str, ...], lang: str) -> str:
    return BETWEEN[lang].join(clause_of(program, one, lang) for one in ids)


def _open_order(result: SanctionResult) -> list[str]:
    """The names on which it hangs whether an order was given and not obeyed."""
    order = result.order
    if order is None or order.defied.settled:
        return []
    return [name for name, truth in ((order.order.given, order.given), (order.order.obeyed, order.obeyed)) if not truth.settled]


def _tier(tier: TierResult, before: list[str], lang: str, naming: Naming) -> list[str]:
    """The measures and fines of a tier; one that hangs on something says on what."""
    parts = [say(f"measure-{measure}", lang) for measure in tier.measures]
    hangs_on = [*before, *sorted(names(tier.tier.when))] if tier.holds is Truth.UNKNOWN else []
    only_if = say("only-if", lang, names=naming(hangs_on)) if hangs_on else ""
    if tier.fine is not None:
        parts.append(_fine(tier.fine, lang) + only_if)
    if tier.person_fine is not None:
        parts.append(say("person-fine", lang, fine=_fine(tier.person_fine, lang)) + only_if)
    return parts


def _fine(fine: FineRange, lang: str) -> str:
    amount = money(fine.low, fine.amount, fine.currency, lang)
    said = say("fine-range" if fine.low is not None else f"fine-{fine.bound}", lang, amount=amount)
    if fine.per is None:
        return said
    code = fine.per if fine.per in ("day", "violation") else "other"
    return say(f"per-{code}", lang, fine=said, per=fine.per)


# -- time limits ---------------------------------------------------------------------------------------------------------------


def clock_words(row: Row, lang: str, naming: Naming) -> str:
    """Where a clock stands, and the parts of it that a reader has to know."""
    reading, clock = row.met.clock if row.met else None, row.norm.clock
    if reading is None:
        return ""
    due = reading.due_day
    shown = words(due, lang) if due else say("no-day", lang)
    parts = [say(f"clock-{reading.state}", lang, due=shown, calendar=reading.calendar or "")]
    if clock is not None:
        parts += _parts(row, clock, lang, naming)
    return say("joiner", lang).join(parts)


def _parts(row: Row, clock: Clock, lang: str, naming: Naming) -> Iterator[str]:
    reading = row.met.clock if row.met else None
    counted = reading.counted if reading else None
    if counted is not None and clock.stops_while:
        least, most = counted.stopped
        view = row.evaluation.view(row.thing, row.party)
        begun = [happened(row, view.value(stop.start)) for stop in clock.stops_while]
        if most is None and Truth.TRUE in begun:
            yield say("clock-stands-still", lang)
        elif least:
            yield say("clock-stopped" if least == most else "clock-stopped-at-least", lang, days=least)
    if clock.also:
        yield say("clock-at-once", lang, event=naming([clock.also]))
    if clock.first:
        yield say("clock-first", lang)
    if clock.extension is not None:
        if counted is not None and counted.extended is Truth.TRUE:
            yield say("clock-extended", lang)
        else:
            yield _extension(clock, lang)


def _extension(clock: Clock, lang: str) -> str:
    """By how much it may be extended, by whom, stating what."""
    extension = clock.extension
    assert extension is not None
    longest = say("clock-may-extend-max", lang, max=period_words(extension.longest, lang)) if extension.longest else ""
    by = _tail("by", extension.granted_by, lang)
    state = _tail("state", extension.must_state, lang)
    return say("clock-may-extend", lang, max=longest, by=by, state=state)


def _tail(part: str, text: Text, lang: str) -> str:
    return say(f"clock-may-extend-{part}", lang, **{part: in_language(text, lang)}) if text else ""
