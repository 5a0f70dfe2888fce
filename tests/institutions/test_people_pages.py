"""Pages of the desk: acts give a receipt and lead on; what is wrong is said beside the field and what was typed is kept."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from tests.institutions.people import (
    USCC,
    body_of,
    client_of,
    invited,
    keeper,
    organisation,
    person,
    seated,
    token_to,
    with_role,
)

from guiju.calendars import now
from guiju.institutions.hall.edition import site_today
from guiju.institutions.hall.models import Letter
from guiju.institutions.people import members, merging, organisations
from guiju.institutions.people.models import Invitation, Organisation, Person

pytestmark = pytest.mark.django_db

FOUND = {"name-zh": "言伴", "name-en": "Yanban", "handle": "yanban", "place": "shanghai"}


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_the_desk_answers_in_both_languages(lang: str) -> None:
    lu, kim = person("lu", lang), keeper("kim")
    org = organisation("yanban", lu)
    body = body_of(org, lu)
    seat = seated(body, "lu", "chair", 30)
    organisations.declare(org, lu, "uscc", USCC)
    invitation, token = invited(org, lu, "lu@example.org", "editor")
    mine, keeping = client_of(lu), client_of(kim, second_factor=True)
    home, at = f"/{lang}/desk/", f"/{lang}/desk/organisations/yanban/"
    pages = [home, *(home + one for one in ("me", "me/data.json", "me/delete", "calendar", "organisation")), at]
    pages += [at + one for one in ("edit", "identifiers", "invite", f"invitations/{invitation.pk}", "give-role", "end-role")]
    pages += [at + one for one in ("leave", "body")] + [f"{home}bodies/{body.public_id}/{one}" for one in ("", "seat")]
    pages += [f"{home}seats/{seat.public_id}/{one}" for one in ("end", "leave")] + [f"/{lang}/invitation/{token}"]
    for path in pages:
        response = mine.get(path)
        assert response.status_code == 200, path
        assert "no-store" in response.headers["Cache-Control"], path
    for path in ("", f"identifiers/{org.identifiers.get().pk}", "merge"):
        text(keeping, f"{home}keeping/{path}")


def test_entering_an_organisation_leads_to_it_with_a_receipt_shown_once() -> None:
    client = client_of(person("lu"))
    answer = client.post("/en/desk/organisation", FOUND)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/desk/organisations/yanban/")
    assert re.search(r"GJ-\w{4}-", text(client, "/en/desk/organisations/yanban/"))
    assert not re.search(r"GJ-\w{4}-", text(client, "/en/desk/organisations/yanban/"))


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept() -> None:
    client = client_of(person("lu"))
    answer = client.post("/zh/desk/organisation", FOUND | {"handle": "言伴", "place": "tokyo"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="handle-error"' in page
    assert 'value="Yanban"' in page
    assert '<option value="tokyo" selected>' in page
    assert not Organisation.objects.exists()


def test_an_organisation_of_others_is_not_shown_and_names_nobody() -> None:
    lu = person("lu")
    organisation("yanban", lu)
    stranger = client_of(person("stranger"))
    answer = stranger.get("/en/desk/organisations/yanban/")
    assert answer.status_code == 403
    assert "Lu" not in answer.content.decode().replace("lu@", "")
    assert stranger.get("/en/desk/organisations/nowhere/").status_code == 404


def test_a_step_that_cannot_be_taken_is_shown_with_who_can() -> None:
    lu = person("lu")
    with_role(organisation("yanban", lu), "han")
    page = text(client_of(person("han")), "/en/desk/organisations/yanban/")
    assert re.search(r"<button[^>]*disabled[^>]*>Invite somebody</button>", page)
    assert "an administrator of the organisation. Ask Lu." in page


def test_two_who_change_the_details_at_once() -> None:
    lu = person("lu")
    organisation("yanban", lu)
    client = client_of(lu)
    first = {"version": "1", "name-zh": "", "name-en": "First", "place": "shanghai"}
    assert client.post("/en/desk/organisations/yanban/edit", first).status_code == 303
    second = client.post("/en/desk/organisations/yanban/edit", first | {"name-en": "Second"})
    page = second.content.decode()
    assert second.status_code == 409
    assert "First" in page
    assert 'value="Second"' in page
    assert 'name="version" value="2"' in page


def test_an_invitation_leads_through_signing_in_and_back() -> None:
    lu = person("lu")
    organisation("yanban", lu)
    form = {"email": "han@example.org", "lang": "zh", "roles": ["member", "editor"]}
    assert client_of(lu).post("/en/desk/organisations/yanban/invite", form).status_code == 303
    path = f"/zh/invitation/{token_to('han@example.org')}"
    nobody = client_of(None)
    assert f"sign-in?next={path}".replace("/", "%2F") in text(nobody, path).replace("/", "%2F")
    sent = nobody.post(path, {"answer": "accept"})
    assert sent.status_code == 302
    assert "/account/sign-in?next=" in sent.headers["Location"]
    han = person("han")
    answer = client_of(han).post(path, {"answer": "accept"})
    assert answer.headers["Location"] == "/zh/desk/organisations/yanban/"
    assert members.roles_of(han, Organisation.objects.get()) == ["member", "editor"]
    gone = client_of(person("late")).post(path, {"answer": "accept"})
    assert gone.status_code == 410
    assert "Lu" in gone.content.decode()


def test_a_seat_whose_term_begins_later_is_taken_and_laid_down_at_the_desk() -> None:
    lu, han = person("lu"), person("han")
    body = body_of(organisation("yanban", lu), lu)
    day = site_today()
    term = {"begins": str(day + timedelta(days=30)), "ends": str(day + timedelta(days=90))}
    form = {"post": "chair", "email": han.email, "lang": "en", **term}
    assert client_of(lu).post(f"/en/desk/bodies/{body.public_id}/seat", form).status_code == 303
    client = client_of(han)
    answer = client.post(f"/en/invitation/{token_to(han.email)}", {"answer": "accept"})
    assert answer.headers["Location"] == "/en/desk/"
    leave = f"/en/desk/seats/{body.seats.get().public_id}/leave"
    for path in ("/en/desk/", leave):
        page = text(client, path)
        assert f'href="/en/desk/bodies/{body.public_id}/"' not in page
        assert (path == leave) != (f'href="{leave}"' in page)
    assert client.post(leave).headers["Location"] == "/en/desk/"
    assert leave not in text(client, "/en/desk/")


def test_the_desk_leads_to_bodies_that_open_and_to_laying_down_what_is_not_over() -> None:
    lu = person("lu")
    body = body_of(organisation("yanban", lu), lu)
    running, over = seated(body, "han", "chair"), seated(body, "wang", "deputy", -1)
    address = f'href="/en/desk/bodies/{body.public_id}/"'
    shown = {one: text(client_of(one.person), "/en/desk/") for one in (running, over)}
    assert [address in one for one in shown.values()] == [True, False]
    assert [f"/en/desk/seats/{one.public_id}/leave" in page for one, page in shown.items()] == [True, False]
    members.take_up(person("wang"), body.organisation, ["member"])
    assert address in text(client_of(person("wang")), "/en/desk/")


def test_a_role_that_is_wrong_is_told_beside_its_field() -> None:
    lu = person("lu")
    organisation("yanban", lu)
    client, form = client_of(lu), {"person": lu.public_id}
    for role in ("", "administrator"):
        answer = client.post("/en/desk/organisations/yanban/give-role", form | {"role": role})
        assert 'id="role-error"' in answer.content.decode()


def test_a_version_that_is_no_number_of_ours_is_an_earlier_one() -> None:
    lu = person("lu")
    organisation("yanban", lu)
    form = {"version": "9" * 5000, "name-zh": "", "name-en": "First", "place": "shanghai"}
    assert client_of(lu).post("/en/desk/organisations/yanban/edit", form).status_code == 409


def test_who_is_not_signed_in_does_not_learn_what_there_is() -> None:
    lu = person("lu")
    one, into = organisation("one", lu), organisation("into", lu)
    merging.merge(one, into, keeper("kim"), "same licence")
    nobody = client_of(None)
    for handle in ("one", "into", "nowhere"):
        at = f"/en/desk/organisations/{handle}/"
        answer = nobody.get(at)
        assert (answer.status_code, unquote(answer.headers["Location"])) == (302, f"/en/account/sign-in?next={at}")
        assert nobody.post(at + "edit").status_code == 403


def test_an_answer_that_is_none_is_told() -> None:
    lu = person("lu")
    _, token = invited(organisation("yanban", lu), lu, "han@example.org")
    answer = client_of(person("han")).post(f"/en/invitation/{token}", {"answer": "perhaps"})
    assert (answer.status_code, Invitation.objects.get().answer) == (422, "")
    assert "No answer was given" in answer.content.decode()


def test_a_seat_is_offered_by_a_form_and_a_day_that_is_none_is_told() -> None:
    lu = person("lu")
    body = body_of(organisation("yanban", lu), lu)
    client, path = client_of(lu), f"/en/desk/bodies/{body.public_id}/seat"
    form = {"post": "chair", "begins": "2026-02-30", "ends": "2099-01-01", "email": "han@example.org", "lang": "en"}
    assert "begins-error" in client.post(path, form).content.decode()
    wrong = client.post(path, form | {"begins": "2026-01-01"})
    assert "at most 10 years" in wrong.content.decode()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("give-role", {"role": "editor"}, "Nobody is chosen"),
        ("end-role", {}, "No role is chosen"),
        ("leave", {}, "the only administrator"),
    ],
)
def test_forms_of_roles_tell_what_is_missing(path: str, form: dict[str, str], words: str) -> None:
    lu = person("lu")
    organisation("yanban", lu)
    answer = client_of(lu).post(f"/en/desk/organisations/yanban/{path}", form)
    assert answer.status_code in {409, 422}
    assert words in answer.content.decode()


def test_an_organisation_that_was_merged_leads_to_the_one_it_became() -> None:
    lu, kim = person("lu"), keeper("kim")
    one, into = organisation("one", lu), organisation("into", lu)
    merging.merge(one, into, kim, "same licence")
    client = client_of(lu)
    answer = client.get("/en/desk/organisations/one/")
    assert answer.headers["Location"] == "/en/desk/organisations/into/?merged=one"
    assert "was merged into this organisation" in text(client, answer.headers["Location"])


def test_a_browser_left_open_deletes_no_account() -> None:
    lu = person("lu")
    client = client_of(lu)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": now().timestamp() - 3600, "reauthenticated": True}]
    session.save()
    for answer in (client.get("/en/desk/me/delete"), client.post("/en/desk/me/delete", {"email": lu.email})):
        assert answer.status_code == 302
        assert unquote(answer.headers["Location"]) == "/en/account/again?next=/en/desk/me/delete"
    assert Person.objects.get(pk=lu.pk).is_active


def test_a_body_that_has_ended_says_so_and_offers_nothing() -> None:
    lu = person("lu")
    body = body_of(organisation("yanban", lu), lu)
    seated(body, "han", "chair")
    client, at = client_of(lu), f"/en/desk/bodies/{body.public_id}/"
    assert "Han" in text(client, at + "end")
    assert client.post(at + "end").headers["Location"] == at
    shown = text(client, at)
    assert "The body ended on" in shown
    assert at + "seat" not in shown
    assert "(ended)" in text(client, "/en/desk/organisations/yanban/")
    assert client.post(at + "end").status_code == 409


def test_deleting_an_account_signs_out() -> None:
    lu = person("lu")
    client = client_of(lu)
    assert client.post("/en/desk/me/delete", {"email": "other@example.org"}).status_code == 422
    assert client.post("/en/desk/me/delete", {"email": lu.email}).status_code == 303
    assert client.get("/en/desk/").status_code == 302
    assert not Person.objects.get(pk=lu.pk).is_active


def test_the_menu_has_the_desk_for_who_is_signed_in_alone() -> None:
    lu = person("lu")
    assert 'href="/en/desk/"' in text(client_of(lu), "/en/about/this-house")
    assert 'href="/en/desk/"' not in text(client_of(None), "/en/about/this-house")
