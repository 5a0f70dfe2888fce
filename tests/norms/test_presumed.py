"""A presumption stands beside the answer: it settles nothing, hardens nothing, and what is known goes before it."""

from datetime import date

import pytest
from tests.norms import small
from tests.norms.small import row

from guiju.logic import Truth
from guiju.norms import Evaluation, Program, answer

STANDARD = """
- id: xx/guide/5
  bearer: {each: [xx.maker]}
  when: b
  require: done_that
  presumes: [{norms: [xx/act/2], to_the_extent: {zh: 仅限质量, en: quality only}}]
  checked: {against: full-text}
- {id: xx/guide/6, bearer: {each: [xx.maker]}, require: kept >= months(6), demonstrates: [xx/act/3]}
"""
NORMS = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: a, require: done_this, checked: {against: full-text}}
- {id: xx/act/3, bearer: {each: [xx.maker]}, when: a, require: done_this, checked: {against: full-text}}
- {id: xx/act/4, bearer: {each: [xx.maker]}, when: 'fulfilled("xx/act/2")', require: done_that, checked: {against: full-text}}
- {id: xx/act/5, bearer: {each: [xx.maker]}, when: 'breached("xx/act/2")', require: done_that, checked: {against: full-text}}
"""
LISTED = "  - {event: xx/act#list, kind: list, known: 2026-03-01, on: 2026-04-01, targets: [xx/guide]}\n"
DELISTED = "  - {event: xx/act#delist, kind: delist, known: 2026-06-01, on: 2026-07-01, targets: [xx/guide/5]}\n"
AGAIN = "  - {event: xx/act#again, kind: list, known: 2026-08-01, on: 2026-09-01, targets: [xx/guide/5]}\n"
CONFORMING = {"makes_it": True, "done_that": True}


def answered(party=CONFORMING, system=None, events=LISTED, on="2026-05-01", known=None, closed=("parties",)):
    rules = Program(small.corpus(NORMS + STANDARD, events=events), date.fromisoformat(on), date.fromisoformat(known or on))
    return answer(
        rules, small.world(rules.corpus, system={"a": True, "b": True} | (system or {}), parties=[party], closed=closed)
    )


def presumed(norm="xx/act/2", **facts):
    found = row(answered(**facts), norm).presumed
    return None if found is None else (found.how, found.norm.id)


def test_conformity_with_a_listed_text_presumes_what_it_covers():
    found = row(answered(), "xx/act/2")
    assert (found.met.met, found.presumed.how, found.presumed.norm.id) == (Truth.UNKNOWN, "presumed", "xx/guide/5")
    assert found.presumed.extent["en"] == "quality only"
    assert found.presumed.basis.kind == "declared"
    assert {one.name for one in found.missing} == {"done_this"}
    assert presumed("xx/act/3") is None


@pytest.mark.parametrize(
    ("events", "on", "known", "expected"),
    [
        ("", "2026-05-01", None, False),
        (LISTED, "2026-03-31", None, False),
        (LISTED, "2026-04-01", None, True),
        (LISTED, "2026-05-01", "2026-02-28", False),
        (LISTED + DELISTED, "2026-06-30", None, True),
        (LISTED + DELISTED, "2026-07-01", None, False),
        (LISTED + DELISTED, "2026-07-01", "2026-05-31", True),
        (LISTED + DELISTED + AGAIN, "2026-08-31", None, False),
        (LISTED + DELISTED + AGAIN, "2026-09-01", None, True),
        (LISTED.replace("kind: list", "kind: list, pending: proposed"), "2026-05-01", None, False),
    ],
)
def test_only_a_listing_in_effect_counts(events, on, known, expected):
    assert (presumed(events=events, on=on, known=known) is not None) is expected


@pytest.mark.parametrize(
    ("party", "system", "expected"),
    [
        ({"makes_it": True, "done_that": False}, {}, None),
        ({"makes_it": True}, {}, None),
        (CONFORMING | {"done_this": False}, {}, None),  # rebutted
        (CONFORMING | {"done_this": True}, {}, None),  # needs no presumption
        (CONFORMING, {"b": False}, None),  # the text is not meant for this system
        ({"done_that": True}, {}, ("presumed", "xx/guide/5")),  # done anyhow, whoever it falls to
        ({"makes_it": False, "done_that": True}, {}, None),  # nothing owed
    ],
)
def test_conformity_has_to_be_settled_and_the_norm_open(party, system, expected):
    assert presumed(party=party, system=system) == expected


def test_a_demonstration_needs_no_listing():
    kept = CONFORMING | {"kept": "6 months"}
    assert presumed("xx/act/3", party=kept, events="") == ("demonstrated", "xx/guide/6")
    assert presumed("xx/act/3", party=kept | {"done_this": False}, events="") is None


@pytest.mark.parametrize("done", [None, True, False])
def test_it_settles_nothing_and_hardens_nothing(done):
    """Every settled answer and every force is the same with the listing and without it."""
    party = CONFORMING | ({} if done is None else {"done_this": done})
    for on in ("2026-03-15", "2026-05-01"):
        with_it, without = answered(party=party, on=on), answered(party=party, events="", on=on)
        for one, other in zip(with_it.rows, without.rows, strict=True):
            assert one.norm.id == other.norm.id
            assert (one.in_scope, one.met, one.force.force) == (other.in_scope, other.met, other.force.force)
    assert {one.force.force for one in with_it.rows if one.norm.instrument == "xx/guide"} == {"soft"}


@pytest.mark.parametrize(("question", "norm"), [("fulfilled", "xx/act/4"), ("breached", "xx/act/5")])
def test_conditions_that_ask_do_not_see_it(question, norm):
    found = answered()
    world = found.world
    evaluation = Evaluation(found.program, world)
    assert evaluation.asked(question, "xx/act/2", world.root, world.of_kind("party")[0]) is Truth.UNKNOWN
    assert row(found, norm).in_scope is Truth.UNKNOWN
