"""Worlds that say all that another one says and more, and the pairs of both."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.strategies.wishing import Wishes, programs, wishes
from tests.strategies.worlds import Building, Pair, things_in

from guiju.norms import Program, Thing, World


def copied(world: World) -> tuple[World, dict[int, Thing]]:
    """The same world over again, and which thing became which."""
    twins = {
        id(one): Thing(one.kind, one.id, dict(one.label), one.anonymous, dict(one.given), closed=set(one.closed))
        for one in things_in(world)
    }
    for one in things_in(world):
        twin = twins[id(one)]
        twin.links = {name: twins[id(other)] for name, other in one.links.items()}
        twin.rows = {name: [twins[id(row)] for row in rows] for name, rows in one.rows.items()}
    things = [twins[id(one)] for one in world.things]
    return World(world.vocabulary, twins[id(world.root)], things, set(world.absent)), twins


class Learning(Building):
    """Says more of a world."""

    def more(self, world: World) -> tuple[World, dict[int, list[Thing]]]:
        self.world, twins = copied(world)
        same = {key: [twin] for key, twin in twins.items()}
        for thing in things_in(self.world):
            self.learn(thing)
        self._forget_product(same)
        for owner in list(self.world.things):
            for relation in self.vocabulary.relations(owner.kind):
                if relation.many and relation.name in ("purposes", "parties", "declared_standards", "member_categories"):
                    self._list(owner, relation.name, relation.to, same)
        if "earlier" not in self.world.root.links and self.chance(3):
            self.earlier(self.world.root)
        for decision in self.world.of_kind("decision"):
            people = self.world.of_kind("person")
            if people and "person_concerned" not in decision.links:
                self._maybe(decision, "person_concerned", people[0])
        return self.world, same

    def _list(self, owner: Thing, relation: str, kind: str, same: dict[int, list[Thing]]) -> None:
        """Perhaps more rows, perhaps the word that these are all; a stand-in gives way to the rows that are named."""
        if relation in owner.closed:
            return
        rows = owner.rows.get(relation, [])
        count = len(rows)
        added = [self.row(owner, relation, count + n) for n in range(self.draw(st.integers(0, 2)))]
        stand_in = next((one for one in self.world.of_kind(kind) if one.anonymous), None)
        if self.chance(5):
            owner.closed.add(relation)
        if stand_in is not None and kind in ("purpose", "party") and (added or relation in owner.closed):
            self._replace(stand_in, added, same)

    def _replace(self, stand_in: Thing, added: list[Thing], same: dict[int, list[Thing]]) -> None:
        for thing in added:
            thing.given = {**thing.given, **stand_in.given}
        self.world.things = [one for one in self.world.things if one is not stand_in]
        if not added:
            self.world.absent.add(stand_in.kind)
        for key, twins in same.items():
            if twins and twins[0] is stand_in:
                same[key] = added

    def _forget_product(self, same: dict[int, list[Thing]]) -> None:
        """A dossier that said nothing of an activity may say that there is none."""
        activity = next(iter(self.world.of_kind("activity")), None)
        if activity is not None and not activity.given and self.chance(2):
            self.world.things.remove(activity)
            self.world.absent.add("activity")
            for key, twins in same.items():
                if twins == [activity]:
                    same[key] = []


# -- strategies --------------------------------------------------------------------------------------------------------------


@st.composite
def narrowed(
    draw: st.DrawFn, program: Program, world: World, wished: Wishes | None = None
) -> tuple[World, dict[int, list[Thing]]]:
    """A world that says all that one says and more, and what became of each of its things."""
    return Learning(draw, program, wished if wished is not None else draw(wishes(program))).in_a_mood().more(world)


@st.composite
def pairs(draw: st.DrawFn, among: tuple[str, ...] = (), program: Program | None = None) -> Pair:
    """A program, a world and a world that says more."""
    chosen = program or draw(programs)
    wished = draw(wishes(chosen, among))
    held = frozenset(draw(st.lists(st.sampled_from(sorted(wished)), max_size=2))) if wished else frozenset()
    less = Building(draw, chosen, wished, held=held).in_a_mood().build()
    more, same = Learning(draw, chosen, wished, held=held).in_a_mood().more(less)
    return Pair(chosen, less, more, same)
