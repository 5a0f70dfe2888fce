"""A world that knows what was read of it: after an answer only what hung on that answer is worked out again.

Every look at a fact of a watched world leaves a bit; whatever is worked out keeps the bits of all it looked at, also of what
it took from memory. Nothing here knows what a rule is: it stays right whatever the rules ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from guiju.logic import Given
from guiju.norms import Evaluation, Program, Thing, World
from guiju.norms.terms import TEXT, Mode, Terms
from guiju.norms.world import StillWorld

K = TypeVar("K")
V = TypeVar("V")

EVERYTHING = "*"
"""Stands for all names of a thing, where they are gone through one by one."""


class Watch:
    """Which facts were read since a work began; works may lie within each other."""

    def __init__(self) -> None:
        self._bits: dict[tuple[int, str], int] = {}
        self._reading = [0]
        self._kept: dict[int, tuple[dict[Any, Any], dict[Any, int]]] = {}

    def bit(self, thing: int, name: str) -> int:
        """The bit of one name of a thing."""
        return self._bits.setdefault((thing, name), 1 << len(self._bits))

    def note(self, bits: int) -> None:
        """Something was read."""
        self._reading[-1] |= bits

    def during(self, work: Callable[[], V]) -> tuple[V, int]:
        """What ``work`` gives, and the bits of all it read."""
        self._reading.append(0)
        try:
            found = work()
        finally:
            read = self._reading.pop()
        self._reading[-1] |= read
        return found, read

    def memory(self, values: dict[K, V]) -> dict[K, int]:
        """The bits that belong to a memory of finished works."""
        found = self._kept.get(id(values))
        if found is None:
            found = self._kept[id(values)] = (values, {})
        return found[1]

    def forget(self, bits: int) -> None:
        """Drop every remembered work that read any of these."""
        for values, read in self._kept.values():
            for key in [key for key, mask in read.items() if mask & bits]:
                del read[key], values[key]


class _Facts(dict[str, Given]):
    """What is known of a thing, leaving a bit for each look."""

    def __init__(self, watch: Watch, thing: int, known: dict[str, Given]) -> None:
        super().__init__(known)
        self._watch, self._thing = watch, thing

    def _look(self, name: object) -> None:
        self._watch.note(self._watch.bit(self._thing, str(name)))

    def get(self, name: str, default: Any = None) -> Any:
        self._look(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Given:
        self._look(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._look(name)
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self._look(EVERYTHING)
        return super().__iter__()

    def items(self) -> Any:
        self._look(EVERYTHING)
        return super().items()

    def values(self) -> Any:
        self._look(EVERYTHING)
        return super().values()


class _Rows(dict[str, list[Thing]]):
    """The rows of a thing, leaving a bit for each look."""

    def __init__(self, watch: Watch, thing: int, rows: dict[str, list[Thing]]) -> None:
        super().__init__(rows)
        self._watch, self._thing = watch, thing

    def get(self, name: str, default: Any = None) -> Any:
        self._watch.note(self._watch.bit(self._thing, rows_of(name)))
        return super().get(name, default)

    def __getitem__(self, name: str) -> list[Thing]:
        self._watch.note(self._watch.bit(self._thing, rows_of(name)))
        return super().__getitem__(name)


class _Closed(set[str]):
    """The closed lists of a thing, leaving a bit for each look."""

    def __init__(self, watch: Watch, thing: int, closed: set[str]) -> None:
        super().__init__(closed)
        self._watch, self._thing = watch, thing

    def __contains__(self, name: object) -> bool:
        self._watch.note(self._watch.bit(self._thing, rows_of(str(name))))
        return super().__contains__(name)


def rows_of(relation: str) -> str:
    """What stands for the list of a relation among the names of a thing: its rows, and whether that is all."""
    return f"{relation}[]"


def watched(world: World, watch: Watch) -> World:
    """A copy of a world whose facts and lists are watched and may be changed."""
    twins: dict[int, Thing] = {}
    order = list(world.things)
    for thing in order:
        if id(thing) not in twins:
            twins[id(thing)] = Thing(thing.kind, thing.id, dict(thing.label), thing.anonymous)
            order += [*thing.links.values(), *(row for rows in thing.rows.values() for row in rows)]
    for thing in {id(one): one for one in order}.values():
        twin = twins[id(thing)]
        twin.given = _Facts(watch, id(twin), dict(thing.given))
        twin.links = {name: twins[id(other)] for name, other in thing.links.items()}
        rows = {name: [twins[id(row)] for row in listed] for name, listed in thing.rows.items()}
        twin.rows, twin.closed = _Rows(watch, id(twin), rows), _Closed(watch, id(twin), thing.closed)
    things = [twins[id(thing)] for thing in world.things]
    return StillWorld(world.vocabulary, twins[id(world.root)], things, set(world.absent))


class WatchedEvaluation(Evaluation):
    """An evaluation that notes what each remembered answer was read from."""

    def __init__(
        self, program: Program, world: World, mode: Mode = TEXT, text: Terms | None = None, watch: Watch | None = None
    ) -> None:
        super().__init__(program, world, mode, text)
        if watch is None:
            watch = text.watch if isinstance(text, WatchedEvaluation) else Watch()
        self.watch: Watch = watch

    def once(self, memory: dict[K, V], key: K, work: Callable[[], V]) -> V:
        """What ``work`` gives, from memory if nothing that it read has changed."""
        read = self.watch.memory(memory)
        if key in memory:
            self.watch.note(read[key])
            return memory[key]
        memory[key], read[key] = self.watch.during(work)
        return memory[key]
