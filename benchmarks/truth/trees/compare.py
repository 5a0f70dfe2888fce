"""Differences between a tree's answer and ours, by part, and who was judged to be right about each kind of difference.

A difference is adjudicated by what it is (part, what they say, what we say, and what both know of the case), never by the
case it stands in: an entry of ``adjudicated.yaml`` names some of these things, and holds for every difference that has them.

    - {tree: NAME, part: PART, KEY: VALUE or [VALUES], side: ours | theirs | open, clause: PROVISION, reason: TEXT}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.norms import plain, read_file
from truth.grounds import Grounds
from truth.scores import ABSTAINED, Adjudication, Disagreement, Figure, SetScore, Share, confusion

from .engine import Seen
from .mapping import MappingError, numbers

Group = tuple[str, ...]
"""Terms of which any one suffices."""

SIDES = ("ours", "theirs", "open")
AGREED, UNJUDGED = "agree", "not yet adjudicated"
TOGETHER = {
    "all parts": (AGREED,),
    "all parts, right where the text is with us": (AGREED, "ours"),
    "all parts, but where the text is with them": (AGREED, "ours", "open"),
}
"""Figures of whole paths, and the verdicts on a path that count as right in each."""

JUDGED = {"tree", "side", "clause", "reason"}
"""Keys of an entry that say how it was judged; all others say which differences it is about."""


@dataclass(frozen=True)
class Difference:
    """One part answered otherwise, with our grounds; ``known`` is what an adjudication may speak of."""

    part: str
    expected: str
    ours: str
    known: dict[str, Any]
    grounds: Grounds = field(default_factory=Grounds)


def turning_on(groups: Mapping[str, Sequence[Group]], expected: str, ours: str, seen: Seen) -> list[Group]:
    """The groups of terms that two answers turn on; where ours is open, those of theirs that are, or else whatever is open."""
    if ours != ABSTAINED:
        return [*groups[expected], *groups[ours]]
    theirs = [group for group in groups[expected] if not seen.any_is(group).settled]
    several = [group for one in groups.values() for group in one if not seen.any_is(group).settled]
    return theirs or [*groups[expected], *several]


@dataclass(frozen=True)
class Compared:
    """One path of a tree: for each part that the tree answers, what it says and what we say; and the differences."""

    id: str
    parts: dict[str, tuple[str, str]]
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        return not self.differences


@dataclass(frozen=True, eq=False)
class Entry:
    """An adjudication: of which differences, who is right, by which provision and why."""

    tree: str
    about: dict[str, list[str]]
    side: str
    clause: str
    reason: str

    @property
    def name(self) -> str:
        return "; ".join(f"{key} {'/'.join(values)}" for key, values in self.about.items())

    def covers(self, difference: Difference) -> bool:
        of = {"part": difference.part, "expected": difference.expected, "ours": difference.ours, **difference.known}
        return all(str(of.get(key)) in values for key, values in self.about.items())


def read_entries(path: Path) -> list[Entry]:
    """The adjudications of a file; refused where one says nothing of who is right or why."""
    found = []
    for number, raw in enumerate(numbers(plain(read_file(path, path.name))), 1):
        if raw.get("side") not in SIDES or not raw.get("reason") or not raw.get("tree") or not raw.keys() - JUDGED:
            raise MappingError(f"{path.name}: entry {number} needs tree, side ({', '.join(SIDES)}), reason, and what it is about")
        about = {key: [str(one) for one in (value if isinstance(value, list) else [value])] for key, value in raw.items()}
        about = {key: values for key, values in about.items() if key not in JUDGED}
        found.append(Entry(raw["tree"], about, raw["side"], str(raw.get("clause", "")), raw["reason"]))
    return found


def verdict(entries: Sequence[Entry | None]) -> str:
    """The verdict on a path by those on its differences: the one that is worst for us."""
    if not entries:
        return AGREED
    sides = {entry.side if entry is not None else UNJUDGED for entry in entries}
    return next(side for side in (UNJUDGED, "theirs", "open", "ours") if side in sides)


@dataclass
class Judged:
    """All comparisons of one tree with the adjudications that were found for their differences."""

    tree: str
    rows: Sequence[Compared]
    entries: Sequence[Entry]
    counts: Counter[Entry | None] = field(default_factory=Counter)

    def entry(self, difference: Difference) -> Entry | None:
        return next((one for one in self.entries if one.tree == self.tree and one.covers(difference)), None)

    def score(self, parts: Sequence[str], extra: dict[str, Any]) -> SetScore:
        """The figures of each part, of all parts together as answered, and with what was judged to our side counted as right."""
        score = SetScore(self.tree, rows=len(self.rows))
        for part in parts:
            answered = [row for row in self.rows if part in row.parts]
            pairs = [row.parts[part] for row in answered]
            same = sum(part not in {one.part for one in row.differences} for row in answered)
            left = sum(ours == ABSTAINED for _, ours in pairs)
            table = confusion(pairs) if part != "articles" else {}
            score.figures.append(Figure(part, Share(same, len(pairs)), abstained=left, confusion=table))
        if "articles" in parts:
            besides = sum(all(one.part == "articles" for one in row.differences) for row in self.rows)
            score.figures.append(Figure("all parts but articles", Share(besides, len(self.rows))))
        paths: Counter[str] = Counter()
        for row in self.rows:
            judged = [(one, self.entry(one)) for one in row.differences]
            paths[verdict([entry for _, entry in judged])] += 1
            score.disagreements += [self._disagreement(row, one, entry) for one, entry in judged]
        for name, verdicts in TOGETHER.items():
            score.figures.append(Figure(name, Share(sum(paths[one] for one in verdicts), len(self.rows))))
        score.extra = {**extra, "paths": dict(paths), "patterns": self.patterns()}
        return score

    def _disagreement(self, row: Compared, one: Difference, entry: Entry | None) -> Disagreement:
        self.counts[entry] += 1
        adjudication = Adjudication(entry.side, entry.reason, entry.clause) if entry else None
        pattern = entry.name if entry else f"part {one.part}; expected {one.expected}; ours {one.ours}"
        return Disagreement(
            self.tree,
            row.id,
            one.part,
            one.expected,
            one.ours,
            "; ".join(one.grounds.reasons),
            ", ".join(one.grounds.clauses),
            pattern=pattern,
            source_id=row.id,
            adjudication=adjudication,
        )

    def patterns(self) -> list[dict[str, Any]]:
        """Every adjudication of this tree with how many differences it covers, the most frequent first."""
        own = sorted((one for one in self.entries if one.tree == self.tree), key=lambda one: -self.counts[one])
        return [
            {"pattern": one.name, "side": one.side, "count": self.counts[one], "clause": one.clause, "reason": one.reason}
            for one in own
        ]
