"""The record that a committee hands out, read by a program that knows nothing of the house: every decision is valid."""

import hashlib
import json
from datetime import datetime

import pytest
from django.db import connection
from django.urls import reverse
from tests.institutions.ethics.house import House, accepted, by, by_applicant, carried, decided, house, stands
from tests.institutions.people import client_of
from tests.procedure.checker import approvals, faults

from guiju.institutions.ethics.casework import Said, move
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.people.bodies import end_seat
from guiju.procedure import Act, replay

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    """A committee in whose name much was decided: at meetings, by reviewers, after re-review, and once in vain."""
    found = house()
    decided(found)
    decided(found, "refuse")
    carried(found, accepted(found), present=("chair", "he", "zheng", "yi"))  # four: void
    case = accepted(found, route="simplified", not_above_minimal_risk=True)
    by(found, "chair", case, "name_panel", {"panel": [found.seat("zheng"), found.seat("su")]})
    for name in ("zheng", "su"):
        by(found, name, case, "opine", {"opinion": "agree"})
    said = {"outcome": "approve", "reasons_given": True, "departs": False, "digest": stands(case).digest}
    by(found, "chair", case, "decide_simplified", said)
    listed = accepted(found, listed=True)
    carried(found, listed)
    approve = {"outcome": "approve", "reasons_given": True, "departs": False, "field_expert_took_part": True}
    by(found, "chair", listed, "pass_initially", approve)
    org = found.authority.organisation.org
    by_applicant(found, listed, "ask_rereview", {"parties": {"authority": [org]}})
    experts = ["a", "b", "c", "d", "e"]
    answer = {"group": experts, "group_for": experts[:4], "rereview_agrees": True, "centre_reviewed_it": False}
    move(listed, found.authority.approver, "answer_rereview", Said(answer), org)
    by(found, "chair", listed, "decide_rereviewed", {**approve, "conditions_open": 0})
    end_seat(found.seats["tang"], found.unit.admin)
    return found


def record(home: House) -> list[dict[str, object]]:
    """The record, as a member gets it."""
    there = reverse("committee-record", args=("en", home.body.public_id))
    told = json.loads(client_of(home.people["zheng"]).get(there).content)
    assert told["rules"] == "cn-ethics"
    return told["acts"]  # type: ignore[no-any-return]


def test_a_stranger_adds_the_chain_up_from_what_is_handed_out(home: House) -> None:
    there = reverse("committee-record", args=("zh", home.body.public_id))
    told = json.loads(client_of(home.people["zheng"]).get(there).content)
    before = digest({"committee": told["committee"], "rules": told["rules"]})
    for act in told["acts"]:
        before = digest({name: value for name, value in act.items() if name != "chain"} | {"before": before})
        assert act["chain"] == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf FROM record_entry")
        leaves = [bytes(leaf) for (leaf,) in cursor.fetchall()]
    chains = [act["chain"].encode() for act in told["acts"]]
    assert not [leaf for leaf in leaves if any(one in leaf for one in chains)]  # whoever knows who may guess what they said by it


def digest(plain: dict[str, object]) -> str:
    """As docs/ethics.md says it is made."""
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def a_stranger_finds_every_decision_valid(home: House) -> None:
    acts = record(home)
    found = faults(acts)
    assert [step for step, _ in found] == ["decide", "decide", "decide_simplified", "pass_initially", "decide_rereviewed"]
    assert [wrong for _, wrong in found if wrong] == []
    assert sorted(approvals(acts).values()) == ["decided", "decided", "decided"]


def a_decision_slipped_in_is_found(home: House) -> None:
    """The acts of a void meeting, with a decision behind them that the site would not have taken."""
    acts = record(home)
    void = next(one["gives"]["case"] for one in acts if one["step"] == "put" and votes_on(acts, one) == 4)  # type: ignore[index]
    last = next(one for one in reversed(acts) if one["step"] == "decide")
    slipped = {**last, "about": void, "gives": {**last["gives"], "outcome": "approve"}}  # type: ignore[dict-item]
    assert faults([*acts, slipped])[-1][1] != []


def votes_on(acts: list[dict[str, object]], put: dict[str, object]) -> int:
    held = [one for one in acts if one["about"] == put["about"]]
    return sum(one["step"] == "vote" for one in held)


def who_plays_it_again_stands_where_the_site_stands(home: House) -> None:

    acts = [
        Act(one["step"], datetime.fromisoformat(one["at"]), one["by"], one["about"], one["gives"], one["behalf"])  # type: ignore[arg-type]
        for one in record(home)
    ]
    again = replay(rules_of(home.committee), acts)
    now = standing_of(home.committee)
    assert again.cases == now.cases
    assert again.sittings == now.sittings
    assert set(again.seats) == set(now.seats)  # whoever left since stands in the next act
    assert now.seats[home.seat("tang")].ended is not None


def nobody_without_a_seat_gets_it(home: House) -> None:
    there = reverse("committee-record", args=("en", home.body.public_id))
    for who in (home.unit.admin, home.unit.approver, home.applicant.editor, home.people["tang"]):
        assert client_of(who).get(there).status_code == 403


def test_the_record_of_a_committee_is_checked_by_a_stranger_and_played_again(home: House) -> None:
    """One committee for all of it: there is much in its record."""
    a_stranger_finds_every_decision_valid(home)
    a_decision_slipped_in_is_found(home)
    who_plays_it_again_stands_where_the_site_stands(home)
    nobody_without_a_seat_gets_it(home)
