"""What the findings of one card come to: settled where they agree, narrowed or open where two of them contradict each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from guiju.subjects.card_finding import AtLeast, Doubt, Finding, Value
from guiju.subjects.card_licence import UNLISTED
from guiju.subjects.card_numbers import value_size

_LISTS: Final = frozenset({"model_input_modalities", "model_output_modalities", "licence_allows"})


MAX_CONTESTED: Final = 4
"""More different statements than this are no contradiction but a list, of sizes or of licences of others."""


@dataclass(slots=True)
class Reading:
    """What may be proposed: one finding for each settled name; findings that contradict each other; doubts."""

    settled: dict[str, Finding] = field(default_factory=dict)
    contested: dict[str, list[Finding]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


def weigh(found: Iterable[Finding | Doubt]) -> Reading:
    """The findings of a card, name by name."""
    reading = Reading()
    by_name: dict[str, list[Finding]] = {}
    for one in found:
        if isinstance(one, Doubt):
            reading.doubts.append(one)
        else:
            by_name.setdefault(one.name, []).append(one)
    denied = {one.name for one in reading.doubts if one.code == "card.says-no"}
    for name, findings in by_name.items():
        _settle(reading, name, _merged(name, findings))
    for name in denied & set(reading.settled):
        reading.contested[name] = [reading.settled.pop(name)]
    if "licence_name" in reading.contested:
        reading.settled.pop("licence_allows", None)
    reading.doubts = _once(reading)
    return reading


def _settle(reading: Reading, name: str, findings: list[Finding]) -> None:
    if len(findings) == 1:
        reading.settled[name] = findings[0]
    elif len(findings) > MAX_CONTESTED:
        reading.doubts.append(Doubt("card.several-figures", findings[0].line, name))
    elif findings:
        reading.contested[name] = findings


def _merged(name: str, findings: list[Finding]) -> list[Finding]:
    """One finding for each different thing said, with all lines that say it."""
    if name in _LISTS:
        return _lists(findings)
    same: dict[Value, Finding] = {}
    for one in findings:
        key = value_size(one.value) if isinstance(one.value, AtLeast | Decimal) else one.value
        same[key] = _both(same[key], one) if key in same else replace(one, lines=(one.line,))
    if name == "licence_name" and len(same) == 2 and "other_licence" in same and not UNLISTED.isdisjoint(map(str, same)):
        same.pop("other_licence")
    return list(same.values())


def _both(first: Finding, second: Finding) -> Finding:
    """Two findings of one value: the surer stands, else the earlier; every line is kept. Of a number, the exact one stands."""
    exact = isinstance(first.value, AtLeast) and not isinstance(second.value, AtLeast)
    surer = (first.confidence, second.confidence) == ("inferred", "stated") and not first.rule.endswith("-label")
    chosen = second if exact or surer else first
    return replace(chosen, lines=tuple(sorted({*first.lines, second.line})))


def _lists(findings: list[Finding]) -> list[Finding]:
    """Lists add up, since each is open; but what is said to be all that there is contradicts a list that says more."""
    members = tuple(dict.fromkeys(member for one in findings for member in one.value))  # type: ignore[union-attr]
    whole = [one for one in findings if one.only]
    for one in whole:
        more = [other for other in findings if set(other.value) - set(one.value)]  # type: ignore[arg-type]
        if more:
            return [replace(one, lines=(one.line,)), replace(more[0], lines=(more[0].line,))]
    most = max(findings, key=lambda one: (len(one.value), one.confidence == "stated"))  # type: ignore[arg-type]
    return [replace(most, value=members, lines=tuple(sorted({one.line for one in findings})))]


def _once(reading: Reading) -> list[Doubt]:
    """Doubts that still matter: one of a kind for a name; none of a figure that is settled after all."""
    kept: dict[tuple[str, str], Doubt] = {}
    for one in reading.doubts:
        settled = one.name in reading.settled and one.code in (
            "card.several-figures",
            "card.several-sizes",
            "card.several-licences",
        )
        if not settled:
            kept.setdefault((one.code, one.name), one)
    return list(kept.values())
