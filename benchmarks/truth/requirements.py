"""Requirements of a register, each with a profile of cells, compared with the cells that our norms reach.

A cell is one value of every axis that concerns its type: role, risk group, open source and so on. A few systems and models,
given as facts in requirements.yaml, stand for it. A requirement applies in a cell if a norm it names reaches one of these, or
may; what the axes leave open stays open, so "may" is enough. An empty list in a profile means any value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from guiju.logic import Truth
from guiju.norms import STANDING, Item, Map, Norm, Thing, plain
from guiju.subjects import dossier_from

from .engine import Asked, Engine
from .grounds import Grounds, of_duties
from .parts import as_map, put_together, read_map
from .scores import Disagreement, Figure, SetScore, Share
from .sets import Raw, json_lines

NAME = "requirements"
FILE = "nl-requirement-applicability.jsonl"
MAPPING = Path(__file__).resolve().parent / "requirements.yaml"
AI_ACT = "aia"
SYSTEM_AXES = ("type", "role", "risk_group", "conformity_assessment_body", "open_source", "transparency_obligations")
MODEL_AXES = ("type", "role", "open_source", "systemic_risk")
KINDS = ("duty", "right", "power")

Cell = tuple[tuple[str, str], ...]
"""Axis and value, in the order of the axes."""


@dataclass(frozen=True)
class Register:
    """requirements.yaml as data: norms by words, values of the register, samples of the cells and their parts."""

    words: Sequence[Mapping[str, list[str]]]
    values: Mapping[str, Mapping[str, str]]
    samples: Mapping[str, list[str]]
    stands_for: Mapping[str, Mapping[str, Mapping[str, str]]]
    parts: Map

    @classmethod
    def read(cls, path: Path) -> Register:
        top = read_map(path)
        said: dict[str, Any] = {key: plain(one) for key, one in top.items.items() if key != "parts"}
        return cls(said["words"], said["values"], said["samples"], said["stands_for"], as_map(top.items["parts"]))


def score_requirements(data: Path, engine: Engine, mapping: Path = MAPPING) -> SetScore:
    """Cells and whole requirements that agree; requirements of other laws, or without norms here, are counted apart."""
    found = SetScore(NAME)
    if not (data / FILE).is_file():
        found.state = "absent"
        return found
    lines, found.notes = json_lines(data / FILE)
    found.rows = len(lines)
    known = Register.read(mapping)
    profiles = [one for _, raw in lines if (one := _profile(raw, known, engine, found)) is not None]
    if not profiles:
        found.state = "empty"
        return found
    cells = Cells(known, engine, _roles(profiles))
    right = of = whole = 0
    for profile in profiles:
        wrong = list(cells.differing(profile))
        of += len(cells.all)
        right += len(cells.all) - len(wrong)
        whole += not wrong
        found.disagreements += _disagreements(profile, wrong, cells)
    found.notes += cells.notes
    found.figures = [Figure("cells", Share(right, of)), Figure("requirements, all cells", Share(whole, len(profiles)))]
    found.extra["cells"] = f"{len(cells.all)} for each of {len(profiles)} requirements"
    return found


# -- what the register says --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Profile:
    """A requirement of the Act: for which values of each axis it is meant, and the norms it stands for."""

    id: str
    name: str
    guards: tuple[Mapping[str, frozenset[str]], ...]
    norms: tuple[Norm, ...]

    def meant(self, cell: Cell) -> bool:
        """Whether any of its guards lets the cell in; an axis that a guard names and the cell does not have keeps it out."""
        said = dict(cell)
        return any(all(said.get(axis) in values for axis, values in guard.items()) for guard in self.guards)


def _profile(raw: Raw, known: Register, engine: Engine, found: SetScore) -> Profile | None:
    identifier = str(raw.get("id", "")).rpartition(":")[2]
    if identifier.partition("-")[0] != AI_ACT:
        key = "not of this corpus (another law)"
        found.extra[key] = sorted([*found.extra.get(key, []), identifier])
        return None
    provisions = _by_words(raw, known)
    if not provisions:
        found.notes.append(f"{identifier}: its words name no provision that is known here; not compared")
        return None
    norms = tuple({norm.id: norm for one in provisions for norm in engine.below(one, KINDS)}.values())
    if not norms:
        found.notes.append(f"{identifier}: no duty, right or power of the corpus stands at {', '.join(provisions)}; not compared")
        return None
    about = sorted({norm.about for norm in norms})
    norms = tuple(norm for norm in norms if norm.about in STANDING)
    if not norms:
        key = "not compared (the norms speak of what no cell holds)"
        found.extra[key] = sorted([*found.extra.get(key, []), f"{identifier}: {', '.join(about)}"])
        return None
    guards = raw.get("ai_act_profile")
    if not isinstance(guards, list) or not all(_is_guard(one) for one in guards):
        found.notes.append(f"{identifier}: no profile; not compared")
        return None
    found.extra.setdefault("taken by their words as", []).append(f"{identifier}: {', '.join(provisions)}")
    read = tuple(_guard(identifier, one, known, found.notes) for one in guards)
    return Profile(identifier, str(raw.get("name", "")), read, norms)


def _is_guard(raw: object) -> bool:
    """Whether it gives lists of words by axis."""
    return isinstance(raw, dict) and all(
        not values or (isinstance(values, list) and all(isinstance(one, str) for one in values)) for values in raw.values()
    )


def _guard(identifier: str, raw: Raw, known: Register, notes: list[str]) -> Mapping[str, frozenset[str]]:
    """Axis -> values; an axis without values is not in it. A value that is not known is told and lets nothing in."""
    found = {}
    for axis, values in raw.items():
        if not values:
            continue
        words = known.values.get(axis, {})
        notes += [f"{identifier}: the value “{one}” of {axis} is not known here" for one in values if one not in words]
        found[axis] = frozenset(words[one] for one in values if one in words)
    return found


def _by_words(raw: Raw, known: Register) -> list[str]:
    """The provisions of the first line all of whose words stand in the name, else in name and description."""
    name, more = str(raw.get("name", "")).lower(), str(raw.get("description", "")).lower()
    for text in (name, f"{name} {more}"):
        for line in known.words:
            if all(word.lower() in text for word in line["all"]):
                return list(line["norms"])
    return []


def _roles(profiles: Sequence[Profile]) -> tuple[str, ...]:
    """Providers and deployers, and the other roles that any profile names."""
    named = {role for profile in profiles for guard in profile.guards for role in guard.get("role", ())}
    return tuple(dict.fromkeys(["provider", "deployer", *sorted(named)]))


# -- what our norms reach ----------------------------------------------------------------------------------------------------


class Cells:
    """Every cell with the worlds that stand for it."""

    def __init__(self, known: Register, engine: Engine, roles: Sequence[str]) -> None:
        self.known = known
        self.engine = engine
        self.notes: list[str] = []
        self.all: list[Cell] = [*self._systems(roles), *self._models(roles)]
        self.worlds: dict[Cell, list[Asked]] = {
            cell: [self._asked(one, cell) for one in self._samples(cell)] for cell in self.all
        }

    def _systems(self, roles: Sequence[str]) -> Iterator[Cell]:
        risks = [("prohibited", ""), ("high-risk", "own-assessment"), ("high-risk", "third-party"), ("not-high-risk", "")]
        types = ("system", "general-purpose-system")
        for kind, role, (risk, body), licence, told in product(
            types, roles, risks, ("open", "closed"), ("transparent", "not-transparent")
        ):
            values = zip(SYSTEM_AXES, (kind, role, risk, body, licence, told), strict=True)
            yield tuple((axis, value) for axis, value in values if value)

    def _models(self, roles: Sequence[str]) -> Iterator[Cell]:
        for values in product(("model",), roles, ("open", "closed"), ("systemic", "not-systemic")):
            yield tuple(zip(MODEL_AXES, values, strict=True))

    def _samples(self, cell: Cell) -> list[list[str]]:
        """The lists of parts that stand for a cell."""
        said = dict(cell)
        kind, role = said["type"], said["role"]
        party = f"{kind}/{role}" if f"{kind}/{role}" in self.known.parts.items else role
        rest = [value for axis, value in cell if axis in ("open_source", "systemic_risk", "transparency_obligations")]
        if kind == "model":
            return [[kind, party, *rest]]
        risk, body = said["risk_group"], said.get("conformity_assessment_body")
        samples = self.known.samples[f"{risk}/{body}" if body else risk]
        return [[kind, party, *rest, sample] for sample in samples]

    def _asked(self, parts: list[str], cell: Cell) -> Asked:
        item: Item = put_together(self.known.parts, parts)
        asked = self.engine.asked(dossier_from(item, " ".join(parts), self.engine.corpus.vocabulary))
        for value in dict(cell).values():
            for kind, terms in self.known.stands_for.get(value, {}).items():
                if value in ("open", "closed") and dict(cell)["type"] != "model":
                    continue
                self._stand(asked, value, kind, terms)
        return asked

    def _stand(self, asked: Asked, value: str, kind: str, terms: Mapping[str, str]) -> None:
        for thing, (name, wanted) in product(asked.things(kind), terms.items()):
            got = asked.term(name, thing).value
            if got != wanted:
                note = f"the facts that stand for “{value}” do not give {name} = {wanted}, but {got}"
                self.notes += [note] if note not in self.notes else []

    def differing(self, profile: Profile) -> Iterator[tuple[Cell, bool, str]]:
        """The cells in which the register and our norms differ: whether ours apply, and by which norm."""
        for cell in self.all:
            reached = self.reaching(profile.norms, cell)
            if bool(reached) is not profile.meant(cell):
                yield cell, bool(reached), reached

    def reaching(self, norms: Sequence[Norm], cell: Cell) -> str:
        """The first norm that reaches, or may reach, something that stands for a cell; empty where none does."""
        return next((norm.id for norm in norms for asked in self.worlds[cell] if _reaches(asked, norm)), "")

    def why(self, norms: Sequence[Norm], cell: Cell, reached: bool) -> Grounds:
        """Our grounds in the first sample of a cell that any of the norms reaches, or in which none does."""
        asked = next(one for one in self.worlds[cell] if any(_reaches(one, norm) for norm in norms) is reached)
        return of_duties(asked.evaluation, norms, _party(asked), norms[0].id)


def _party(asked: Asked) -> Thing:
    """The one party of a sample."""
    (party,) = (one for one in asked.things("party") if not one.anonymous)
    return party


def _reaches(asked: Asked, norm: Norm) -> bool:
    """Whether a norm reaches, or may reach, anything of a sample."""
    party = _party(asked)
    things = [party] if norm.about == "party" else asked.things(norm.about)
    return any(asked.evaluation.in_scope(norm, thing, party) is not Truth.FALSE for thing in things)


# -- disagreements -----------------------------------------------------------------------------------------------------------


def _disagreements(profile: Profile, wrong: Sequence[tuple[Cell, bool, str]], all_cells: Cells) -> Iterator[Disagreement]:
    """One for each way in which a requirement differs, with its cells in short and our grounds in the first."""
    for ours in (True, False):
        cells = [cell for cell, reached, _ in wrong if reached is ours]
        if not cells:
            continue
        clauses = sorted({clause for _, reached, clause in wrong if reached is ours and clause})
        grounds = "; ".join(all_cells.why(profile.norms, cells[0], ours).reasons)
        expected, got = ("does not apply", "applies") if ours else ("applies", "does not apply")
        yield Disagreement(
            NAME,
            f"{profile.id}/{'only-ours' if ours else 'only-theirs'}",
            "cells",
            expected,
            got,
            f"{len(cells)} of {len(all_cells.all)} cells: {_in_short(cells)} ({profile.name}); in the first: {grounds}",
            ", ".join(clauses or [norm.id for norm in profile.norms]),
            profile.id,
        )


def _in_short(cells: Sequence[Cell]) -> str:
    """The values that the cells have on each axis."""
    axes = list(dict.fromkeys(axis for cell in cells for axis, _ in cell))
    values = {axis: sorted({dict(cell)[axis] for cell in cells if axis in dict(cell)}) for axis in axes}
    return "; ".join(f"{axis} {'/'.join(several)}" for axis, several in values.items())
