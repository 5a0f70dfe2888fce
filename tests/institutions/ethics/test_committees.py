"""Committees at the desk: set up in two steps, chartered, described, registered; pages in both languages, refusals told."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.institutions.ethics.house import House, house
from tests.institutions.page_words import faults
from tests.institutions.people import body_of, client_of, person, seated
from tests.institutions.systems import house as organisation_of

from guiju.calendars import today
from guiju.institutions.ethics import committees
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.ethics.views.charter_fields import typed_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.people.access import AccessError
from guiju.institutions.people.models import Person
from guiju.procedure import rules_named

pytestmark = pytest.mark.django_db

PAGES = ("", "charter", "members", "registration", "duties", "import")


def at(home: House, page: str = "", lang: str = "en") -> str:
    return f"/{lang}/desk/ethics/committees/{home.body.public_id}/{page}"


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def sent(client: Client, path: str, status: int = 303, typed: Mapping[str, str] | None = None, **more: Any) -> str:
    response = client.post(path, {**(typed or {}), **more})
    assert response.status_code == status, (path, response.status_code, response.content.decode()[:3000])
    return response.headers["Location"] if status == 303 else response.content.decode()


def charter_of(home: House, **other: str) -> dict[str, str]:
    return typed_of(rules_of(home.committee), standing_of(home.committee).charter) | other


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_answers_in_both_languages_and_is_written_as_they_are(lang: str) -> None:
    home = house()
    Person.objects.update(name="某人" if lang == "zh" else "Somebody")
    secretary, year = client_of(home.people["ye"]), today("Asia/Shanghai").year
    pages = [at(home, page, lang) for page in (*PAGES, f"report/{year}")]
    pages.append(at(home, f"members/{home.seat('he')}", lang))
    for path in pages:
        page = text(secretary, path)
        assert page.count("<h1") == 1, path
        assert not faults(page, lang), (path, faults(page, lang))


# -- set up --------------------------------------------------------------------------------------------------------------------


def test_it_is_set_up_in_two_steps_and_the_second_shows_what_each_choice_rests_on() -> None:
    unit = organisation_of("uni")
    body, admin = body_of(unit.organisation, unit.admin), client_of(unit.admin)
    path = f"/en/desk/ethics/committees/{body.public_id}/set-up"
    assert "Rules of procedure" in text(admin, path)
    second = sent(admin, path, rules="cn-ethics", founded="2026-10-08")
    assert second == f"{path}?rules=cn-ethics&founded=2026-10-08"
    page = text(admin, second)
    assert 'href="/en/rules/cn/ethics-review-2023/14/quorum"' in page
    assert "our practice, which no law asks for" in page
    assert "(the clause itself was not read here)" in page
    assert "The other reading:" in page
    assert "At least 5." in page
    rules = rules_named("cn-ethics", site_corpus())
    defaults = typed_of(rules, {name: one.default for name, one in rules.parameters.items()})
    assert sent(admin, second, typed={**defaults, "quorum": "6"}) == f"/en/desk/ethics/committees/{body.public_id}/"
    made = Committee.objects.get(body=body)
    assert standing_of(made).charter["quorum"] == 6
    assert str(made.founded) == "2026-10-08"
    assert admin.get(path).headers["Location"].endswith("/charter")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"rules": "cn-ethics", "founded": "2026-02-30"}, "is no day"),
        ({"rules": "cn-ethics", "founded": ""}, "is no day"),
        ({"rules": "cn-ethics", "founded": "2999-01-01"}, "cannot have been set up on 2999-01-01"),
        ({"rules": "cn-ethics", "founded": "1900-01-01"}, "cannot have been set up on 1900-01-01"),
        ({"rules": "of-nowhere", "founded": "2026-10-08"}, "no such rules"),
        ({"founded": "2026-10-08"}, "no such rules"),
    ],
)
def test_a_wrong_day_or_rules_that_there_are_not_are_told_and_what_was_typed_stays(typed: dict[str, str], said: str) -> None:
    unit = organisation_of("uni")
    body = body_of(unit.organisation, unit.admin)
    path = f"/en/desk/ethics/committees/{body.public_id}/set-up"
    page = sent(client_of(unit.admin), path, status=400, typed=typed)
    assert said in page
    assert not Committee.objects.exists()


def test_only_an_administrator_sets_a_committee_up() -> None:
    unit = organisation_of("uni")
    body = body_of(unit.organisation, unit.admin)
    seated(body, "chair", "chair")
    for who in (unit.editor, person("chair"), person("stranger")):
        assert client_of(who).get(f"/en/desk/ethics/committees/{body.public_id}/set-up").status_code == 403
    assert client_of(None).get(f"/en/desk/ethics/committees/{body.public_id}/set-up").status_code == 302
    assert client_of(unit.admin).get("/en/desk/ethics/committees/0000/set-up").status_code == 404


# -- the charter ---------------------------------------------------------------------------------------------------------------


def test_the_charter_is_changed_by_administrators_and_the_change_is_kept_in_its_history() -> None:
    home = house()
    admin = client_of(home.unit.admin)
    sent(admin, at(home, "charter"), typed=charter_of(home, quorum="6", video_allowed="yes"))
    assert standing_of(home.committee).charter["quorum"] == 6
    page = text(admin, at(home, "charter"))
    assert re.search(r"Members who must be present: 6", page)
    assert "Uniadmin" in page
    member = text(client_of(home.people["he"]), at(home, "charter"))
    assert 'name="quorum"' not in member
    assert client_of(home.people["he"]).post(at(home, "charter"), charter_of(home)).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quorum": "4"}, "It must be at least 5."),
        ({"quorum": "five"}, "is no whole number"),
        ({"quorum": "5.5"}, "is no whole number"),
        ({"quorum": "٥"}, "is no whole number"),
        ({"quorum": "-7"}, "is no whole number"),
        ({"quorum": ""}, "is no whole number"),
        ({"decide_days": "31"}, "It can be at most 30."),
        ({"video_allowed": "perhaps"}, "Nothing that can be chosen"),
        ({"quorum_categories": "none"}, "Nothing that can be chosen"),
        ({}, "Nothing was changed."),
    ],
)
def test_a_choice_that_the_rules_do_not_allow_is_refused_beside_its_field(wrong: dict[str, str], said: str) -> None:
    home = house()
    before = dict(standing_of(home.committee).charter)
    page = sent(client_of(home.unit.admin), at(home, "charter"), status=400 if wrong else 409, typed=charter_of(home, **wrong))
    assert said in page
    for name in wrong:
        assert f'href="#{name}"' in page
    assert dict(standing_of(home.committee).charter) == before


# -- members -------------------------------------------------------------------------------------------------------------------


def test_the_page_of_members_tells_what_the_composition_lacks_and_who_can_mend_it() -> None:
    home = house()
    page = text(client_of(home.people["ye"]), at(home, "members"))
    assert "nothing that the rules ask for is missing" in page
    seat = home.seats["deputy"]
    seat.ends = seat.begins
    seat.save()
    for name in ("su", "tang"):
        committees.describe(home.committee, home.unit.admin, home.seats[name], ["law"], None)
    home.seats["deputy"].left = home.committee.made
    home.seats["deputy"].save()
    page = text(client_of(home.unit.admin), at(home, "members"))
    assert "there is no deputy chair" in page
    assert "a category of members is not there" in page
    assert "the unit that set up the committee" in page
    assert f"/en/desk/bodies/{home.body.public_id}/seat" in page
    assert f"/en/desk/bodies/{home.body.public_id}/seat" not in text(client_of(home.people["he"]), at(home, "members"))


def test_a_member_is_described_and_training_that_lapsed_is_told() -> None:
    home = house()
    secretary, path = client_of(home.people["ye"]), at(home, f"members/{home.seat('he')}")
    assert sent(secretary, path, categories=["law", "ethics"], trained="2026-01-31") == at(home, "members")
    seat = standing_of(home.committee).seats[home.seat("he")]
    assert seat.categories == {"law", "ethics"}
    assert "training lapsed on 31 January 2026" in text(secretary, at(home, "members"))
    sent(secretary, path, categories=["law"], trained="")
    assert str(standing_of(home.committee).seats[home.seat("he")].trained_until) == "2026-01-31"


def test_a_kind_of_member_that_there_is_not_and_a_day_that_is_none_are_refused() -> None:
    home = house()
    secretary, path = client_of(home.people["ye"]), at(home, f"members/{home.seat('he')}")
    assert "no such kind of member: wizard" in sent(secretary, path, status=400, categories=["wizard"], trained="")
    assert "is no day" in sent(secretary, path, status=400, categories=["law"], trained="soon")
    assert client_of(home.people["he"]).post(path, {"categories": ["law"]}).status_code == 403
    other = house("other")
    assert secretary.get(at(home, f"members/{other.seat('he')}")).status_code == 404
    assert secretary.get(at(home, "members/nobody")).status_code == 404


# -- registration --------------------------------------------------------------------------------------------------------------


def test_its_registration_is_noted_and_the_day_by_which_comes_from_the_norm() -> None:
    home = house()
    secretary = client_of(home.people["ye"])
    page = text(secretary, at(home, "registration"))
    assert "not noted" in page
    assert 'href="/en/rules/cn/ethics-review-2023/43"' in page
    day = today("Asia/Shanghai")
    sent(secretary, at(home, "registration"), do="enter", on=str(day), number="CN-2026-0007")
    home.committee.refresh_from_db()
    assert (home.committee.registered, home.committee.registration) == (day, "CN-2026-0007")
    assert "registered in time" in text(secretary, at(home, "registration"))


def test_a_day_before_it_was_set_up_or_to_come_is_refused_and_what_was_typed_stays() -> None:
    home = house()
    secretary, day = client_of(home.people["ye"]), today("Asia/Shanghai")
    for wrong in (home.committee.founded - timedelta(days=1), day + timedelta(days=1), "tomorrow", ""):
        page = sent(secretary, at(home, "registration"), status=400, do="enter", on=str(wrong), number="X-1")
        assert 'value="X-1"' in page
    assert sent(secretary, at(home, "registration"), status=400, do="else")
    home.committee.refresh_from_db()
    assert home.committee.registered is None


def test_who_may_use_and_see_it_is_the_administrators_to_say() -> None:
    home = house()
    sent(client_of(home.unit.admin), at(home, "registration"), do="open", open=["public"])
    home.committee.refresh_from_db()
    assert (home.committee.outside, home.committee.public) == (False, True)
    assert client_of(home.people["ye"]).post(at(home, "registration"), {"do": "open", "open": ["outside"]}).status_code == 403
    home.committee.refresh_from_db()
    assert home.committee.outside is False
    assert 'name="open"' not in text(client_of(home.people["ye"]), at(home, "registration"))


# -- who may -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_strangers_and_plain_colleagues_read_nothing_of_a_committee(page: str) -> None:
    home = house()
    for who in (person("stranger"), home.unit.editor, home.applicant.admin):
        assert client_of(who).get(at(home, page)).status_code == 403, (page, who)
    assert client_of(None).get(at(home, page)).status_code == 302


def test_by_the_library_too_only_who_may_does_it() -> None:
    home = house()
    other: Person = home.people["he"]
    for done in (
        lambda: committees.change_charter(home.committee, other, {"quorum": 6}),
        lambda: committees.enter(home.committee, other, home.committee.founded, ""),
        lambda: committees.open_to(home.committee, other, outside=True, public=True),
    ):
        with pytest.raises(AccessError):
            done()
    with pytest.raises(EthicsError):
        committees.enter(home.committee, home.unit.admin, home.committee.founded, "x" * 121)
