"""Fines as functions from circumstances to a range (language, section 9; provisions 12 and 26 of the work list)."""

from decimal import Decimal

import pytest
from tests.norms.small import law_on, program, results, row

from guiju.logic import Truth

SME = {"is_undertaking": True, "staff": 40, "balance_sheet_total": 10_000_000}
MIDCAP = {"is_undertaking": True, "staff": 600, "balance_sheet_total": 100_000_000}
LARGE = {"is_undertaking": True, "staff": 9000, "balance_sheet_total": 900_000_000}
PROHIBITED, DEPLOYERS = "eu/ai-act/5.1.f", "eu/ai-act/26.1"


def threatened(norm, party, on="2026-11-21"):
    """The fine for a breach, as the law reads on the day."""
    found = row(results(law_on(on), parties=[party], purposes=[{}]), norm)
    (sanction,) = [one for one in found.sanctions if one.norm.id.startswith("eu/ai-act/99")]  # 100 is for the Union's own bodies
    (tier,) = sanction.tiers
    return tier.fine


@pytest.mark.parametrize(
    ("norm", "party", "bound", "amount"),
    [
        (DEPLOYERS, MIDCAP | {"worldwide_turnover": 200_000_000}, "up-to", 6_000_000),
        (PROHIBITED, MIDCAP | {"worldwide_turnover": 200_000_000}, "up-to", 35_000_000),
        (PROHIBITED, SME | {"worldwide_turnover": 40_000_000}, "up-to", 2_800_000),
        (PROHIBITED, LARGE | {"worldwide_turnover": 1_000_000_000}, "up-to", 70_000_000),
        (PROHIBITED, LARGE, "at-least", 35_000_000),
        (PROHIBITED, SME, "at-most", 35_000_000),
        (PROHIBITED, LARGE | {"worldwide_turnover": (600_000_000, 900_000_000)}, "at-least", 42_000_000),
        (PROHIBITED, {"is_undertaking": False}, "up-to", 35_000_000),
        (PROHIBITED, {}, "at-most", 35_000_000),
    ],
    ids=["A", "B", "C", "D", "E large", "E sme", "turnover between", "no undertaking", "nothing known"],
)
def test_the_amounts_of_article_99(norm, party, bound, amount):
    fine = threatened(norm, party)
    if party:
        assert (fine.bound, fine.amount, fine.currency) == (bound, Decimal(amount), "EUR")
    else:
        assert (fine.up_to, fine.at_most) == (0, None)


def test_small_midcaps_are_spared_only_since_2026():
    party = MIDCAP | {"worldwide_turnover": 200_000_000}
    assert threatened(DEPLOYERS, party, "2026-07-26").amount == 15_000_000
    assert threatened(DEPLOYERS, party, "2026-07-27").amount == 6_000_000


def test_a_range_of_turnover_gives_a_range_of_maxima():
    fine = threatened(PROHIBITED, LARGE | {"worldwide_turnover": (600_000_000, 900_000_000)})
    assert (fine.up_to, fine.at_most) == (42_000_000, 63_000_000)


TIERS = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}
- id: xx/act/9
  kind: sanction
  breach_of: [xx/act/2]
  tiers:
    - {measures: [warn]}
    - {when: a, measures: [suspend], fine: {min: 10, max: 100, currency: EUR}, person_fine: {max: 7, currency: EUR}}
    - {when: b, fine: {max: 5, currency: EUR, per: day}}
"""


def tiers(system, rules=TIERS):
    (sanction,) = row(results(program(rules), system=system, parties=[{"makes_it": True}]), "xx/act/2").sanctions
    return sanction.tiers


def test_tiers_that_are_settled_not_to_hold_are_left_out():
    assert [(one.holds.value, one.measures) for one in tiers({"a": True, "b": False})] == [
        ("yes", ("warn",)),
        ("yes", ("suspend",)),
    ]
    assert [one.holds for one in tiers({"b": True})] == [Truth.TRUE, Truth.UNKNOWN, Truth.TRUE]
    assert [one.holds for one in tiers({"a": False, "b": False})] == [Truth.TRUE]


def test_organisation_and_person_are_fined_apart():
    suspended = tiers({"a": True, "b": False})[1]
    assert (suspended.fine.low, suspended.fine.up_to, suspended.fine.bound) == (10, 100, "up-to")
    assert (suspended.person_fine.low, suspended.person_fine.up_to) == (None, 7)
    assert tiers({"a": False, "b": True})[1].fine.per == "day"


def test_no_fine_of_its_own():
    rules = TIERS.replace("kind: sanction", "kind: sanction\n  no_own_fine: true")
    assert [one.fine for one in tiers({"a": True, "b": True}, rules)] == [None, None, None]


@pytest.mark.parametrize("modality", ["encouragement", "best_efforts"])
def test_what_cannot_be_breached_is_not_sanctioned(modality):
    rules = TIERS.replace("bearer:", f"modality: {modality}, bearer:")
    assert row(results(program(rules), parties=[{"makes_it": True}]), "xx/act/2").sanctions == []


@pytest.mark.parametrize(
    ("party", "service", "held"),
    [
        ({}, {"refused_to_correct": False, "cn.serious_circumstances": False}, 1),
        ({}, {"refused_to_correct": True}, 2),
    ],
)
def test_first_finding_and_refusal(party, service, held):
    """Provision 26, A and B: a warning and an order; after a refusal CNY 10,000 to 100,000."""
    rules = law_on("2026-11-21")
    facts = {"service": {}, "party": {}}
    for name, plain in service.items():
        facts["service" if rules.vocabulary.declared[name].object == "service" else "party"][name] = plain
    found = row(results(rules, service=facts["service"], parties=[party | facts["party"]]), "cn/algorithm-provisions/24.1")
    (sanction,) = [one for one in found.sanctions if one.norm.id == "cn/algorithm-provisions/31"]
    certain = [tier for tier in sanction.tiers if tier.holds is Truth.TRUE]
    assert len(certain) == held
    if held == 2:
        assert (certain[1].fine.low, certain[1].fine.amount, certain[1].fine.currency) == (10_000, 100_000, "CNY")
