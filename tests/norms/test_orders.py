"""Sanctions that wait for an order, yield to other law, or are not enforced for a while."""

import pytest
from tests.norms import small

from guiju.assess.parts import sanction_json
from guiju.calendars import DateRange, parse_partial
from guiju.logic import Truth

NAMES = """
  ordered: {kind: event, object: party}
  obeyed: {kind: measure, object: party, type: bool}
  warned: {kind: fact, object: party, type: bool}
  xx.other_law_provides: {kind: judgement, object: party, type: bool}
"""
DUTY = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}
"""
AFTER_ORDER = (
    DUTY
    + """
- id: xx/act/40
  kind: sanction
  breach_of: xx/act/2
  route: after_order
  order: {given: ordered, obeyed: obeyed}
  cure: {zh: 三十日内, en: within thirty days}
  factors: [{zh: 过错, en: fault}, {zh: 后果, en: harm}]
  tiers: [{measures: [publicise], fine: {max: 30, currency: EUR, per: day}}]
"""
)
DIRECT = (
    DUTY
    + """
- id: xx/act/40
  kind: sanction
  breach_of: xx/act/2
  yields_to: [{norms: [xx/guide], law: {zh: 其他法律, en: other law}, when: xx.other_law_provides}]
  tiers:
    - {measures: [warn]}
    - {when: warned, fine: {min: 10, max: 100, currency: CNY}, person_fine: {max: 20, currency: CNY}}
"""
)
BROKEN = {"makes_it": True, "done_this": False}


def sanction(norms, party, events="", on="2026-06-01"):
    rules = small.program(norms, on, events=events, names=NAMES)
    [found] = small.row(small.results(rules, parties=[party], closed=("parties",)), "xx/act/2").sanctions
    return found


def not_until(day):
    return DateRange(parse_partial(day).earliest, parse_partial("9999-12-31").latest)


@pytest.mark.parametrize(
    ("party", "open_", "tiers", "later"),
    [
        ({"ordered": "2026-05-01", "obeyed": False}, "yes", ["yes"], 0),
        ({"ordered": "2026-05-01", "obeyed": True}, "no", [], 1),
        ({"ordered": "2026-05-01"}, "unknown", ["unknown"], 0),
        ({"ordered": not_until("2026-06-02")}, "no", [], 1),
        ({"obeyed": False}, "unknown", ["unknown"], 0),
        ({}, "unknown", ["unknown"], 0),
        ({"ordered": "2026-06-02", "obeyed": False}, "no", [], 1),
    ],
)
def test_only_an_order_that_is_not_obeyed_opens_a_tier(party, open_, tiers, later):
    found = sanction_json(sanction(AFTER_ORDER, {**BROKEN, **party}))
    assert (found["open"], [one["holds"] for one in found["tiers"]], len(found["after_order"])) == (open_, tiers, later)


def test_what_stands_beside_the_tiers_is_told():
    found = sanction_json(sanction(AFTER_ORDER, {**BROKEN, "ordered": "2026-05-01", "obeyed": False}))
    assert found["cure"]["en"] == "within thirty days"
    assert [one["en"] for one in found["factors"]] == ["fault", "harm"]
    assert found["tiers"][0]["fine"] == {"bound": "up-to", "amount": 30, "currency": "EUR", "per": "day"}
    assert found["order"] == {"given": {"name": "ordered", "is": "yes"}, "obeyed": {"name": "obeyed", "is": "no"}}


def test_an_open_order_is_asked_for():
    found = sanction(AFTER_ORDER, BROKEN)
    assert [one.name for one in found.missing] == ["ordered", "obeyed"]
    assert sanction(AFTER_ORDER, {**BROKEN, "ordered": not_until("2026-07-01")}).missing == ()


@pytest.mark.parametrize(("done", "open_"), [(False, "yes"), (True, "no"), (None, "unknown")])
def test_only_a_breach_opens_a_sanction(done, open_):
    party = {"makes_it": True, "warned": False, "xx.other_law_provides": False}
    assert sanction(DIRECT, party if done is None else {**party, "done_this": done}).open is Truth(open_)


@pytest.mark.parametrize(("other", "open_", "holds"), [(True, "no", "yes"), (False, "yes", "no"), (None, "unknown", "unknown")])
def test_other_law_goes_first(other, open_, holds):
    party = {**BROKEN, "warned": True, **({} if other is None else {"xx.other_law_provides": other})}
    found = sanction_json(sanction(DIRECT, party))
    assert found["open"] == open_
    [clause] = found["yields_to"]
    assert clause == {
        "norms": ["xx/guide"],
        "law": {"zh": "其他法律", "en": "other law"},
        "when": "xx.other_law_provides",
        "holds": holds,
    }


def test_measures_and_both_fines_by_tier():
    first, second = sanction_json(sanction(DIRECT, {**BROKEN, "warned": True}))["tiers"]
    assert (first["measures"], "fine" in first) == (["warn"], False)
    assert second["fine"] == {"bound": "up-to", "amount": 100, "currency": "CNY", "from": 10}
    assert second["person_fine"] == {"bound": "up-to", "amount": 20, "currency": "CNY"}
    assert len(sanction(DIRECT, {**BROKEN, "warned": False}).tiers) == 1


MORATORIUM = (
    "  - {{event: xx/act#later, kind: moratorium, known: 2026-01-01, on: 2026-01-01, until: {until}, targets: [{target}]}}\n"
)


@pytest.mark.parametrize("target", ["xx/act/2", "xx/act/40"])
def test_a_moratorium_leaves_the_law_and_stops_enforcement(target):
    party = {**BROKEN, "xx.other_law_provides": False}
    events = MORATORIUM.format(until="2027-01-22", target=target)
    found = sanction_json(sanction(DIRECT, party, events))
    assert (found["open"], found["status"], found["enforced"], found["enforced_from"]) == ("yes", "applies", False, "2027-01-22")
    over = sanction_json(sanction(DIRECT, party, events, on="2027-01-22"))
    assert (over["enforced"], over["enforced_from"]) == (True, None)


def test_one_moratorium_after_another():
    events = MORATORIUM.format(until="2027-01-22", target="xx/act/40")
    events += (
        events.replace("#later", "#longer")
        .replace("until: 2027-01-22", "until: 2027-06-01")
        .replace("on: 2026-01-01", "on: 2027-01-22")
    )
    assert sanction_json(sanction(DIRECT, BROKEN, events))["enforced_from"] == "2027-06-01"
    endless = events.replace(", until: 2027-06-01", "")
    assert sanction_json(sanction(DIRECT, BROKEN, endless))["enforced_from"] is None
