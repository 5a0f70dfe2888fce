"""What a dossier says, in one order whatever order it was written in: for its digest, and to write it out again."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from secrets import token_hex
from typing import Any

from guiju.calendars import NEVER, DateRange, Duration
from guiju.logic import Given, Interval, OneOf, SetOf, Truth, Value
from guiju.norms.meaning import digest
from guiju.norms.vocabulary import Declared, Vocabulary
from guiju.norms.world import Listing, Thing, World
from guiju.subjects.given import SECTION_OF
from guiju.subjects.graph import SCHEMA
from guiju.subjects.values import number_text


def content_of(world: World) -> dict[str, Any]:
    """The dossier as plain data in the long form; reading it again gives the same content. Numbers are exact decimals."""
    holders = [thing for thing in _all(world) if thing.kind == "system" or not thing.anonymous]
    inline = {id(row) for thing in holders for rows in thing.rows.values() for row in rows}
    data: dict[str, Any] = {"schema": SCHEMA}
    objects = [thing for thing in world.things if not thing.anonymous and id(thing) not in inline]
    data["objects"] = sorted((_object(thing, world.vocabulary) for thing in objects), key=lambda one: (one["kind"], one["id"]))
    for thing in world.things:
        if thing.anonymous:
            _top_level(data, thing, world)
    for kind in sorted(world.absent - {"purpose", "party"}):
        data[kind] = {"exactly": []}
    systems = [thing for thing in objects if thing.kind == "system"]
    if world.root.kind != "system" or len(systems) > 1:
        data["root"] = world.root.kind if world.root.anonymous else world.root.id
    if len(systems) > 1:
        main = next(thing for thing in world.things if thing.kind == "system")
        data["objects"] = [one for one in data["objects"] if one["id"] != main.id or one["kind"] != "system"]
        data["system"] = {key: value for key, value in _object(main, world.vocabulary).items() if key != "kind"}
    return data


def digest_of(world: World) -> str:
    """``sha256:...`` of the content."""
    return digest(_exact(content_of(world)))


def dumps(data: Any) -> str:
    """JSON text with decimals written out exactly."""
    mark = token_hex(16)  # no text that somebody wrote can hold it
    held = False

    def exact(one: object) -> str:
        nonlocal held
        if not isinstance(one, Decimal):
            raise TypeError(f"{type(one).__name__} has no place in JSON")
        held = True
        return mark + number_text(one)

    text = json.dumps(data, ensure_ascii=False, default=exact)
    return re.sub(f'"{mark}([^"]*)"', r"\1", text) if held else text


def _all(world: World) -> list[Thing]:
    """The things of a world and those reached only as an earlier state."""
    found = list(world.things)
    for thing in found:
        earlier = thing.links.get("earlier")
        if earlier is not None and earlier not in found:
            found += [earlier, *(row for rows in earlier.rows.values() for row in rows)]
    return found


def _object(thing: Thing, vocabulary: Vocabulary) -> dict[str, Any]:
    return {"kind": thing.kind, "id": thing.id, **_said(thing, vocabulary)}


def _row(thing: Thing, vocabulary: Vocabulary, inverse: str | None) -> dict[str, Any]:
    key = "org" if thing.kind == "party" else "id"
    return {key: thing.id, **_said(thing, vocabulary, inverse)}


def _said(thing: Thing, vocabulary: Vocabulary, inverse: str | None = None) -> dict[str, Any]:
    """Everything about a thing but its kind and id."""
    data: dict[str, Any] = {}
    if thing.label:
        data["name"] = dict(thing.label) if "und" not in thing.label else thing.label["und"]
    links = {name: other.id for name, other in sorted(thing.links.items()) if _written(name, other, inverse)}
    if links:
        data["of"] = links
    earlier = thing.links.get("earlier")
    if earlier is not None:
        data["earlier"] = {"id": earlier.id, **_said(earlier, vocabulary)}
    for relation in vocabulary.relations(thing.kind):
        _add_rows(data, thing, relation, vocabulary)
    _add_sections(data, thing, vocabulary)
    return data


def _written(name: str, other: Thing, inverse: str | None) -> bool:
    return not other.anonymous and name not in ("earlier", inverse)


def _add_rows(data: dict[str, Any], thing: Thing, relation: Declared, vocabulary: Vocabulary) -> None:
    rows = thing.rows.get(relation.name, [])
    closed = relation.name in thing.closed
    if relation.many and (rows or closed):
        listed = [_row(row, vocabulary, relation.inverse) for row in sorted(rows, key=lambda row: row.id)]
        stated = listing_data(thing.listed.get(relation.name))
        said = {"exactly": listed} if closed else listed
        data[relation.name] = {"value": said, **stated} if stated else said


def listing_data(listing: Listing | None) -> dict[str, str]:
    """Who says which rows a list has, as a dossier writes it; empty where nobody is named."""
    if listing is None:
        return {}
    around = {"by": listing.by, "on": listing.on, "source": listing.source}
    return {key: value for key, value in around.items() if value is not None}


def _add_sections(data: dict[str, Any], thing: Thing, vocabulary: Vocabulary) -> None:
    for name, given in sorted(thing.given.items()):
        section = SECTION_OF[vocabulary.declared[name].kind]
        data.setdefault(section, {})[name] = written(given)


def _top_level(data: dict[str, Any], thing: Thing, world: World) -> None:
    """What is said of an anonymous object stands at the top level."""
    if thing.kind == "system":
        data.update(_said(thing, world.vocabulary))
    else:
        _add_sections(data, thing, world.vocabulary)


# -- one value ---------------------------------------------------------------------------------------------------------------


def written(given: Given) -> Any:
    """A value as a dossier writes it, with who says so."""
    around = {
        "source": given.source, "by": given.by, "on": given.on, "evidence": given.evidence, "document": given.document,
        "reasons": given.reasons, "done": None if given.done is None else str(given.done),
    }  # fmt: skip
    stated = {key: value for key, value in around.items() if value is not None}
    plain = written_value(given.value)
    return {"value": plain, **stated} if stated else plain


def written_value(value: Value) -> Any:
    """A value as a dossier writes it."""
    if isinstance(value, Truth):
        return value is Truth.TRUE
    if isinstance(value, OneOf):
        members = sorted(value.members)
        return members[0] if len(members) == 1 else {"one_of": members}
    if isinstance(value, SetOf):
        return _set(value)
    if isinstance(value, Interval):
        return value.low if value.settled else _bounds(value.low, value.high)
    return str(value) if isinstance(value, Duration) else _date(value)


def _set(value: SetOf) -> Any:
    if value.closed:
        return {"exactly": sorted(value.has)}
    return {"has": sorted(value.has), "lacks": sorted(value.lacks)} if value.lacks else sorted(value.has)


def _bounds(low: object, high: object) -> dict[str, object]:
    return {key: end for key, end in (("min", low), ("max", high)) if end is not None}


def _date(value: DateRange) -> Any:
    short = str(value)
    if value.earliest is NEVER:
        return {"not_until": str(date.max)}
    if ".." not in short:
        return short
    last = None if value.latest is NEVER else str(value.latest)
    first = None if value.earliest == date.min and last else str(value.earliest)
    return _bounds(first, last)


# -- numbers -----------------------------------------------------------------------------------------------------------------


def _exact(data: Any) -> Any:
    """The same data with every number as the one text it has."""
    if isinstance(data, dict):
        return {key: _exact(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_exact(value) for value in data]
    return number_text(data) if isinstance(data, Decimal) else data
