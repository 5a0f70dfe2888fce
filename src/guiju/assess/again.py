"""A result that can be made again: what it was worked out from stands in its JSON as ``inputs``.

``inputs_of(assessment)`` writes it, ``read_result(path)`` knows such a file, ``dossier_again`` gives its dossier. The same
inputs under the same edition, as of the same two days, give the same JSON, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from guiju.calendars import CalendarError, parse_day
from guiju.norms import Thing, Vocabulary, World
from guiju.subjects import Dossier, Notice, Proposal, dossier_from, dumps
from guiju.subjects.writing import asked_data, proposal_data, version_data
from guiju.wording import GuijuError, Where

if TYPE_CHECKING:
    from guiju.assess.document import Assessment

SCHEMA: Final = "guiju.assessment/"
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the largest result that is read."""


class ResultError(GuijuError):
    """A file that says it is a result and cannot be taken as one."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier result was worked out from."""

    file: str
    edition: str
    on: date
    known: date
    party: str | None
    memory: bool
    inputs: dict[str, Any]
    reading: tuple[str, ...] = ()


# -- writing -------------------------------------------------------------------------------------------------------------------


def inputs_of(assessment: Assessment) -> dict[str, Any]:
    """The dossier and the choices, as plain data; texts in both languages stand in the result, so none is chosen."""
    dossier = assessment.dossier
    content = _ordered(dossier.content, dossier.world)
    if dossier.proposals:
        content["proposals"] = [proposal_data(one) for one in dossier.proposals]
    if dossier.asked:
        content["asked"] = [asked_data(one) for one in dossier.asked]
    if dossier.example:
        content["example"] = True
    if dossier.version:
        content["version"] = version_data(dossier.version)
    found: dict[str, Any] = {
        "dossier": _plain(content),
        "party": assessment.party,
        "memory": assessment.program.memory,
        "lang": None,
    }
    assumed = [{"value": one.value, "line": one.line} for one in dossier.proposals if one.assumed]
    if assessment.corpus.read_by:
        found["reading"] = list(assessment.corpus.read_by)
    if assumed:  # a model card: its statements are taken as so until somebody decides
        found["assumed"] = assumed
    if dossier.warnings:
        found["notices"] = [_notice(one) for one in dossier.warnings]
    return found


def _notice(one: Notice) -> dict[str, Any]:
    return {"code": one.code, "where": None if one.where is None else str(one.where), "fields": _plain(one.fields)}


def _plain(data: Any) -> Any:
    """The same as JSON; a number that JSON's readers would round stands as its digits."""
    match data:
        case dict():
            return {key: _plain(value) for key, value in data.items()}
        case list() | tuple():
            return [_plain(value) for value in data]
        case Decimal():
            if data == data.to_integral_value() and abs(data) < 2**53:
                return int(data)
            near = float(data)
            return near if Decimal(repr(near)) == data else {"decimal": str(data)}
        case _:
            return data


def _ordered(content: dict[str, Any], world: World) -> dict[str, Any]:
    """The content with its objects and rows in the order of the dossier; the digest does not depend on it."""
    place = {(thing.kind, thing.id): index for index, thing in enumerate(world.things)}
    known = {(thing.kind, thing.id): thing for thing in reversed(world.things)}
    listed = sorted(content.get("objects", ()), key=lambda one: place.get((one["kind"], one["id"]), len(place)))
    objects = [_in_order(one, known.get((one["kind"], one["id"]))) for one in listed]
    unnamed = next((thing for thing in world.things if thing.kind == "system" and thing.anonymous), None)
    return {**_in_order(content, unnamed), "objects": objects}


def _in_order(said: dict[str, Any], thing: Thing | None) -> dict[str, Any]:
    if thing is None:
        return said
    found = dict(said)
    for relation, rows in thing.rows.items():
        if relation in found and relation != "objects":
            found[relation] = _rows_in_order(found[relation], rows)
    if "earlier" in found and isinstance(found["earlier"], dict):
        found["earlier"] = _in_order(found["earlier"], thing.links.get("earlier"))
    return found


def _rows_in_order(written: Any, rows: Sequence[Thing]) -> Any:
    if isinstance(written, dict):
        return {key: _rows_in_order(value, rows) for key, value in written.items()}
    place = {row.id: index for index, row in enumerate(rows)}
    by_id = {row.id: row for row in rows}
    listed = sorted(written, key=lambda one: place.get(_id(one), len(place)))
    return [_in_order(one, by_id.get(_id(one))) for one in listed]


def _id(row: dict[str, Any]) -> str:
    return str(row.get("org", row.get("id")))


# -- reading -------------------------------------------------------------------------------------------------------------------


def read_result(path: Path | str) -> Earlier | None:
    """The result that a ``.json`` file holds; None for every other file (a dossier, say).

    :raises ResultError: for a result without what is needed to make it again.
    """
    file = Path(path)
    if file.suffix.lower() != ".json" or not file.is_file() or file.stat().st_size > LARGEST:
        return None
    return result_in(file.read_bytes(), str(path))


def result_in(content: bytes, name: str) -> Earlier | None:
    """The result that bytes hold; None for everything else. ``name``: what errors call them.

    :raises ResultError: for a result without what is needed to make it again.
    """
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not str(data.get("schema", "")).startswith(SCHEMA):
        return None
    try:
        return _earlier(data, name)
    except (KeyError, TypeError, CalendarError):
        raise ResultError("cli.not-a-result", Where(name)) from None


def _earlier(data: dict[str, Any], file: str) -> Earlier:
    inputs = data["inputs"]
    if not isinstance(inputs["dossier"], dict) or not isinstance(data["edition"], str) or not isinstance(inputs["memory"], bool):
        raise TypeError
    party = inputs["party"]
    if party is not None and not isinstance(party, str):
        raise TypeError
    reading = inputs.get("reading", [])
    if not isinstance(reading, list) or not all(isinstance(one, str) for one in reading):
        raise TypeError
    days = parse_day(data["on"]), parse_day(data["known"])
    return Earlier(file, data["edition"], *days, party, inputs["memory"], inputs, tuple(reading))


def dossier_again(earlier: Earlier, vocabulary: Vocabulary) -> Dossier:
    """The dossier of an earlier result, with what was proposed in it and noticed about it."""
    dossier = dossier_from(dumps(_exact(earlier.inputs["dossier"])), earlier.file, vocabulary)
    try:
        proposals = _assumed(dossier.proposals, earlier.inputs.get("assumed") or [])
        notices = tuple(_noticed(one) for one in earlier.inputs.get("notices") or [])
    except (KeyError, TypeError, AttributeError):
        raise ResultError("cli.not-a-result", Where(earlier.file)) from None
    return replace(dossier, proposals=proposals, warnings=notices)


def _assumed(proposals: Sequence[Proposal], assumed: Sequence[dict[str, Any]]) -> tuple[Proposal, ...]:
    """Proposals as the card had them: taken as so, with the value as the card was read."""
    if not assumed:
        return tuple(proposals)
    pairs = zip(proposals, assumed, strict=False)
    return tuple(replace(one, assumed=True, value=str(was["value"]), line=int(was["line"])) for one, was in pairs)


def _noticed(data: dict[str, Any]) -> Notice:
    where = None if data["where"] is None else Where(str(data["where"]))
    return Notice(str(data["code"]), where, dict(data["fields"]))


def _exact(data: Any) -> Any:
    """JSON numbers as exact decimals again."""
    if isinstance(data, dict):
        return Decimal(data["decimal"]) if set(data) == {"decimal"} else {key: _exact(value) for key, value in data.items()}
    return [_exact(value) for value in data] if isinstance(data, list) else data
