"""The corpus as plain JSON data: keys as the rule files have them, conditions in their canonical print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from guiju.calendars import Period
from guiju.logic import And, Call, Compared, In, Literal, Members, Name, Not, Or, Product, Quantified, Sum, negation, show
from guiju.lookup.facts import Days, Facts, Link
from guiju.norms import Declared, Event, Instrument, Norm, Scheme
from guiju.norms.model import Bearer, Targets
from guiju.wording import Where

_EXPRESSIONS: Final = (And, Call, Compared, In, Literal, Members, Name, Not, Or, Product, Quantified, Sum)
_KEYS: Final = {"start": "from", "outcome": "is", "low": "min", "high": "max", "targets": "norms"}
_LEFT_TO_CALLER: Final = frozenset({"require", "meaning", "type"})


def plain(value: Any) -> Any:
    """A value of the corpus as JSON data."""
    if isinstance(value, bool | str | int) or value is None:
        return value
    if isinstance(value, _EXPRESSIONS):
        return show(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 2**53 else str(value)
    if isinstance(value, Bearer):
        otherwise = {"otherwise": list(value.otherwise)} if value.otherwise else {}
        return {value.how: list(value.terms), **otherwise}
    if isinstance(value, Targets):
        return {"norms": list(value.ids), "except": list(value.excepted)} if value.excepted else list(value.ids)
    if isinstance(value, date | Period | Where):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        pairs = (
            (one.name, getattr(value, one.name))
            for one in fields(value)
            if one.name not in _LEFT_TO_CALLER or one.name == "require"
        )
        return {_KEYS.get(name, name): plain(inner) for name, inner in pairs}
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    return [plain(inner) for inner in value]


def days_json(days: Days) -> dict[str, Any]:
    """When a norm applies, and what set and moved it."""
    return {
        "status": days.status,
        "from": str(days.starts[0]) if len(days.starts) == 1 else None,
        "by_class": [{"for": show(one.when), "on": str(one.on)} for one in days.classes],
        "about": days.about,
        "until": plain(days.until),
        "set_by": days.set_by.id if days.set_by else None,
        "known": plain(days.set_by.known) if days.set_by else None,
        "moved": [{"event": one.id, "known": str(one.known), "was": plain(one.dates)} for one in days.moved],
    }


def link_json(link: Link) -> dict[str, Any]:
    """One typed relation."""
    return {
        "relation": link.relation,
        "to": link.other,
        "when": show(link.when),
        **{name: plain(value) for name, value in link.detail.items()},
    }


def norm_brief(facts: Facts, norm: Norm) -> dict[str, Any]:
    """A norm in a list."""
    return {
        "id": norm.id,
        "instrument": norm.instrument,
        "kind": norm.kind,
        "modality": norm.modality if norm.kind == "duty" else None,
        "about": norm.about,
        "pinpoint": plain(norm.pinpoint),
        "summary": plain(norm.summary),
        "force": facts.force(norm),
        "encoded": norm.encoded,
        "checked": plain(norm.checked),
        "reviewed": norm.reviewed,
        "from_memory": not norm.active,
        "dates": days_json(facts.days(norm)),
        "meaning": norm.meaning,
    }


def norm_json(facts: Facts, norm: Norm) -> dict[str, Any]:
    """A norm with all that a page about it shows."""
    data = plain(norm)
    if norm.modality == "prohibition":
        data["forbid"] = show(negation(norm.require))
        del data["require"]
    elif norm.modality == "permission":
        data["permits"] = data.pop("require")
    links_in = [{**link_json(one), "from": one.other} for one in facts.links_in(norm)]
    for one in links_in:
        del one["to"]
    return {
        **data,
        "meaning": norm.meaning,
        "from_memory": not norm.active,
        "force": facts.force(norm),
        "may_bind_by": [{"norm": source.id, "basis": bind.basis} for source, bind in facts.binders(norm)],
        "dates": days_json(facts.days(norm)),
        "links": [link_json(one) for one in facts.links_out(norm)],
        "linked_from": links_in,
        "versions": [{"since": one.since, "meaning": one.meaning} for one in facts.corpus.norms[norm.id]],
    }


def instrument_brief(facts: Facts, instrument: Instrument) -> dict[str, Any]:
    """An instrument in a list."""
    norms = facts.of_instrument(instrument.id)
    kind = facts.corpus.kinds[f"{instrument.id.split('/')[0]}/{instrument.kind}"]
    return {
        "id": instrument.id,
        "title": plain(instrument.title),
        "short": plain(instrument.short),
        "kind": instrument.kind,
        "kind_label": plain(kind.label),
        "kind_note": plain(kind.note),
        "force": "hard" if kind.hard else "soft",
        "starts": [str(day) for day in facts.starts_of(instrument)],
        "status": instrument_status(facts, instrument),
        "norms": sum(norm.active for norm in norms),
        "partly": sum(norm.active and norm.encoded == "partly" for norm in norms),
        "from_memory": sum(not norm.active for norm in norms),
        "checked": counts(norm.checked.against for norm in norms),
    }


def instrument_status(facts: Facts, instrument: Instrument) -> str:
    """upcoming, in-steps, applies, ended or unknown."""
    starts = facts.starts_of(instrument)
    if not starts:
        return "unknown"
    if facts.has_ended(instrument):
        return "ended"
    if facts.on < starts[0]:
        return "upcoming"
    return "applies" if starts[-1] <= facts.on else "in-steps"


def instrument_json(facts: Facts, instrument: Instrument) -> dict[str, Any]:
    """An instrument with its time line and norms."""
    return {
        **plain(instrument),
        **instrument_brief(facts, instrument),
        "checked": plain(instrument.checked),
        "checked_norms": counts(norm.checked.against for norm in facts.of_instrument(instrument.id)),
        "events": [event_json(event) for event in facts.events_of(instrument)],
        "norms": [norm_brief(facts, norm) for norm in facts.of_instrument(instrument.id)],
    }


def event_json(event: Event) -> dict[str, Any]:
    """A legal event."""
    return {
        **plain(event),
        "dates": [{"for": show(one.when), "on": str(one.on)} for one in event.dates],
        "targets": plain(event.targets),
    }


def name_json(facts: Facts, one: Declared) -> dict[str, Any]:
    """A name of the vocabulary with the norms that use and make it."""
    data = {key: value for key, value in plain(one).items() if key != "type_text"}
    return {
        **data,
        "type": one.type_text,
        "made_by": [norm.id for norm in facts.makers(one.name)],
        "ended_by": [norm.id for norm in facts.enders(one.name)],
        "used_by": [{"norm": norm, "in": role} for norm, role in facts.uses.get(one.name, ())],
    }


def scheme_json(scheme: Scheme) -> dict[str, Any]:
    """A scheme of grades."""
    folds = {
        key: None if fold is None else {"over": fold.over, "when": {grade: show(expr) for grade, expr in fold.when}}
        for key, fold in (("rows", scheme.rows), ("object", scheme.object))
    }
    return {**plain(scheme), **folds}


def counts(items: Any) -> dict[str, int]:
    """How many of each, most first."""
    found: dict[str, int] = {}
    for item in items:
        found[item] = found.get(item, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
