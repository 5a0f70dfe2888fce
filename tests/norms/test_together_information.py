"""The law of information and symmetry, on a book of rights, joint bearers, presumptions and questions about other norms."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.norms import small
from tests.norms.laws import row_stays

from guiju.calendars import NEVER, DateRange
from guiju.norms import Evaluation, Program, answer

SETTINGS = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}
NAMES = """
  asked: {kind: event, object: system}
  told: {kind: event, object: party}
  supplies: {kind: fact, object: party, type: bool}
  xx.supplier: {kind: term, object: party, type: bool}
"""
NORMS = """
- {id: xx/act/2, kind: status, about: party, makes: [xx.supplier], when: supplies}
- {id: xx/act/3, bearer: {jointly: [xx.maker, xx.supplier]}, when: a, require: done_this,
   clock: {kind: deadline, from: opened, within: 10 days}}
- {id: xx/act/4, bearer: {one_of: [xx.maker, xx.supplier]}, require: done_this || done_that, unless: [{at: xx/act/4, when: c}]}
- {id: xx/act/5, bearer: {by_agreement: [xx.maker], otherwise: [xx.supplier]}, require: done_that}
- {id: xx/act/6, kind: right, holder: xx.maker, against: xx.supplier, when: b, upon: asked,
   gives: {id: 'xx/act/6#x', require: done_this, clock: {kind: deadline, from: asked, within: 5 days}}}
- {id: xx/act/7, kind: right, holder: xx.maker, against: xx.supplier, upon: told, gives: {id: 'xx/act/7#x', require: done_that}}
- {id: xx/act/8, bearer: {each: [xx.maker, xx.supplier]}, when: 'breached("xx/act/3") || breached("xx/act/6")',
   require: done_that}
- {id: xx/act/9, kind: status, makes: [xx.grave], when: 'breached("xx/act/5") && !fulfilled("xx/act/4")'}
- {id: xx/act/10, bearer: {jointly: [xx.supplier]}, when: xx.grave, forbid: done_this}
- {id: xx/guide/1, bearer: {each: [xx.maker]}, require: done_that, presumes: [{norms: [xx/act/3]}], demonstrates: [xx/act/4],
   binds: [{to: xx/guide/2}]}
- {id: xx/guide/2, bearer: {each: [xx.maker]}, require: done_this}
"""
LISTED = "  - {event: xx/act#list, kind: list, known: 2026-03-01, on: 2026-04-01, targets: [xx/guide]}\n"
BOOKS = {events: small.corpus(NORMS, events=events, names=NAMES) for events in ("", LISTED)}
DAY = date(2026, 6, 1)

FACTS = st.sampled_from([None, None, True, False])
EVENTS = st.sampled_from([
    None, DateRange.on(date(2026, 5, 25)), DateRange.on(date(2026, 5, 4)), DateRange.on(date(2026, 6, 20)),
    DateRange(date(2026, 5, 1), date(2026, 6, 30)), DateRange(date(2026, 6, 2), NEVER),
])  # fmt: skip
SYSTEM = {"a": FACTS, "b": FACTS, "c": FACTS, "opened": EVENTS, "asked": EVENTS}
PARTY = {"makes_it": FACTS, "supplies": FACTS, "done_this": FACTS, "done_that": FACTS, "told": EVENTS}


def things(kinds):
    return st.fixed_dictionaries(kinds).map(lambda facts: {name: value for name, value in facts.items() if value is not None})


WORLDS = st.fixed_dictionaries({
    "system": things(SYSTEM), "parties": st.lists(things(PARTY), min_size=1, max_size=3),
    "closed": st.sampled_from([(), ("parties",), ("parties", "purposes")]),
})  # fmt: skip


def said_more(draw, facts, kinds):
    """The same with more said: what was known stays, what was not may become known."""
    return draw(things({name: st.just(facts[name]) if name in facts else values for name, values in kinds.items()}))


def answered(facts, events=LISTED):
    rules = Program(BOOKS[events], DAY)
    return answer(rules, small.world(rules.corpus, **facts))


def by_place(found):
    return {(row.norm.id, row.thing.id, row.party.id if row.party else None): row for row in found.rows}


@settings(max_examples=300, **SETTINGS)
@given(st.data())
def test_what_is_settled_stays_settled(data):
    less = data.draw(WORLDS)
    parties = [said_more(data.draw, one, PARTY) for one in less["parties"]]
    if "parties" not in less["closed"]:
        parties += data.draw(st.lists(things(PARTY), max_size=2))
    closed = tuple({*less["closed"], *data.draw(st.sampled_from([(), ("parties",)]))})
    more = {"system": said_more(data.draw, less["system"], SYSTEM), "parties": parties, "closed": closed}
    before, after = answered(less), answered(more)
    twins = by_place(after)
    for place, row in by_place(before).items():
        row_stays(row, twins[place])
    for term in ("xx.grave",):
        values = [found.evaluation.term(found.program.vocabulary.declared[term], found.world.root) for found in (before, after)]
        assert not values[0].settled or values[0] is values[1]


@settings(max_examples=150, **SETTINGS)
@given(WORLDS, st.randoms(use_true_random=False))
def test_no_party_is_more_than_another(facts, dice):
    """Parties in another order get the same answers: who bears it together is not a matter of who is named first."""
    order = list(range(len(facts["parties"])))
    dice.shuffle(order)
    moved = facts | {"parties": [facts["parties"][index] for index in order]}
    here, there = by_place(answered(facts)), by_place(answered(moved))
    names = {f"parties-{old}": f"parties-{new}" for new, old in enumerate(order)}
    for (norm, thing, party), row in here.items():
        twin = there[norm, thing, names.get(party, party)]
        assert (row.in_scope, row.met and row.met.met) == (twin.in_scope, twin.met and twin.met.met)
        assert sorted(names[one] for one in row.shared_with) == twin.shared_with
        done = row.met.basis.performed_by if row.met and row.met.basis else ()
        assert sorted(names[one] for one in done) == list(twin.met.basis.performed_by if twin.met and twin.met.basis else ())


@settings(max_examples=150, **SETTINGS)
@given(WORLDS)
def test_a_presumption_changes_no_answer_and_no_force(facts):
    """With the listing and without it every scope, every "met" and every force is the same."""
    listed, unlisted = by_place(answered(facts)), by_place(answered(facts, ""))
    for place, row in listed.items():
        other = unlisted[place]
        assert (row.in_scope, row.met, row.force.force) == (other.in_scope, other.met, other.force.force)
        if row.presumed is not None:
            assert not row.met.met.settled
            assert not row.met.fulfilled.settled


@settings(max_examples=150, **SETTINGS)
@given(WORLDS)
def test_what_stands_ready_is_out_of_scope_for_that_reason_alone(facts):
    """Each awaited row is settled to be out of scope; with everything claimed none is left that waits for a right."""
    found = answered(facts)
    for one in found.awaited:
        assert one.row.in_scope.value == "no"
    claimed = facts | {
        "system": facts["system"] | {"asked": DateRange.on(date(2026, 5, 4))},
        "parties": [one | {"told": DateRange.on(date(2026, 5, 4))} for one in facts["parties"]],
    }
    assert not [one for one in answered(claimed).awaited if one.kind == "right"]


def test_the_worlds_drawn_reach_what_is_tested():
    seen = {"shared": 0, "by others": 0, "presumed": 0, "awaited": 0, "arisen": 0}

    @settings(max_examples=200, database=None, **SETTINGS)
    @given(WORLDS)
    def look(facts):
        found = answered(facts)
        assert isinstance(found.evaluation, Evaluation)
        seen["shared"] += sum(bool(row.shared_with) for row in found.rows)
        seen["by others"] += sum(bool(row.met and row.met.basis and row.met.basis.performed_by) for row in found.rows)
        seen["presumed"] += sum(row.presumed is not None for row in found.rows)
        seen["awaited"] += len(found.awaited)
        seen["arisen"] += sum(bool(row.norm.of_right) and row.in_scope.value == "yes" for row in found.rows)

    look()
    assert all(count >= 10 for count in seen.values()), seen
