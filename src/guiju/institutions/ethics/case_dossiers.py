"""The dossier from which an application was made, joined to what the record says of the case.

The dossier says what the system and the activity are; of the review itself the record alone is heard. So the bodies and meetings
of a dossier are left out, and so is whatever it says of the activity under a name that the record answers, or could answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from guiju.calendars import words
from guiju.institutions.ethics.meanings import Meaning
from guiju.institutions.ethics.models import Case
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import sayer
from guiju.institutions.register.versions import dossier_of_version
from guiju.norms import Thing
from guiju.norms.sentences import name_words
from guiju.procedure import day_of
from guiju.subjects import Dossier, written
from guiju.subjects.given import SECTION_OF, SECTIONS
from guiju.wording import GuijuError

KEPT: Final = ("system", "model", "service", "product", "purpose", "party", "activity")
"""Objects of a dossier that say what is reviewed; its bodies, meetings and the rest say what somebody did about it."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A world with one case in it, what its activity is called there, and names of which the dossier is not heard."""

    said: dict[str, Any]
    activity: str
    left_aside: tuple[str, ...]


def dossier_of(case: Case) -> Dossier | None:
    """The dossier that the application was made from; None where there is none, or the rules of today cannot read it."""
    if case.version is None:
        return None
    try:
        return dossier_of_version(case.version)
    except GuijuError:
        return None


def joined(case: Case, dossier: Dossier, told: Mapping[str, Any], meaning: Meaning, lang: str) -> Joined:
    """A case as its record tells it, in the world of its dossier; each fact of the dossier says that it is from there."""
    assert case.version is not None
    day = day_of(rules_of(case.committee), case.version.at)
    source = sayer(lang)("ethics.from-dossier", day=words(day, lang))
    activity, data = _activity(dossier), dossier.content
    own = {**told, "id": activity.id if activity is not None and not activity.anonymous else told["id"]}
    given = {} if activity is None else activity.given
    for name in given if activity is not None and activity.anonymous else ():
        del data[_section(name)][name]
    data["objects"] = [
        one for one in data["objects"] if one["kind"] in KEPT and (one["kind"], one["id"]) != ("activity", own["id"])
    ]
    _pruned(data, {one.id for one in dossier.world.things if one.kind not in KEPT})
    _sourced(data, source)
    aside = []
    for name, one in given.items():
        section, said = _section(name), _around(written(one))
        recorded = own.get(section, {}).get(name)
        if recorded is None and name not in meaning.review:
            own[section] = {**own.get(section, {}), name: said | {"source": source}}
        elif recorded is None or recorded["value"] != said["value"]:
            aside.append(name_words(site_corpus().vocabulary.declared[name], lang))
    data["objects"].append(own)
    return Joined(data, own["id"], tuple(aside))


def _activity(dossier: Dossier) -> Thing | None:
    """The activity of a dossier; of several nobody has said which one is reviewed."""
    found = dossier.world.of_kind("activity")
    return found[0] if len(found) == 1 else None


def _section(name: str) -> str:
    return SECTION_OF[site_corpus().vocabulary.declared[name].kind]


def _around(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) and "value" in value else {"value": value}


def _holders(data: Any) -> Iterator[dict[str, Any]]:
    """Everything in the data of a dossier of which something may be said: the whole, its objects, their rows."""
    if isinstance(data, list):
        for one in data:
            yield from _holders(one)
    elif isinstance(data, dict):
        yield data
        for key, one in data.items():
            if key not in SECTIONS and key not in ("of", "name"):
                yield from _holders(one)


def _pruned(data: dict[str, Any], gone: set[str]) -> None:
    """Take away what leads to objects that are not there."""
    for one in _holders(data):
        if "of" in one:
            one["of"] = {relation: other for relation, other in one["of"].items() if other not in gone}


def _sourced(data: dict[str, Any], source: str) -> None:
    for one in _holders(data):
        for section in SECTIONS:
            if section in one:
                one[section] = {name: _around(value) | {"source": source} for name, value in one[section].items()}
