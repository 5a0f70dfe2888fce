"""A decision is made public by somebody of the unit who did not write the text, as they read it; or withheld, or withdrawn."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.institutions.ethics.house import House, accepted, by, by_applicant, decided, drafted, house, stands, written
from tests.institutions.people import client_of, with_role

from guiju import record
from guiju.institutions.ethics import committees, publishing
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Case, Publication
from guiju.institutions.ethics.publishing import ChangedError, Wanted, current, draft_of, seen_of
from guiju.institutions.hall.acts import own_sql, private_part
from guiju.institutions.hall.models import Outbox
from guiju.institutions.people.access import AccessError
from guiju.institutions.people.models import Person
from guiju.wording import LANGUAGES

pytestmark = pytest.mark.django_db

TEXT = Wanted(False, {"en": "A service for company"}, {"en": "It was approved with care."})
WITHHELD = Wanted(True, reason="trade-secret", why={"zh": "涉及商业秘密。"})


@pytest.fixture
def home() -> House:
    return house()


@pytest.fixture
def case(home: House) -> Case:
    return decided(home)


def code_of(caught: pytest.ExceptionInfo[Any]) -> str:
    """The code of an error, which says something in both languages."""
    assert all(caught.value.message(lang) and caught.value.hint(lang) for lang in LANGUAGES)
    code: str = caught.value.code
    return code


def proposed(home: House, case: Case, wanted: Wanted = TEXT, who: str = "ye") -> Publication:
    stored = draft_of(case)
    return publishing.propose(case, home.people[who], wanted, stored.revision if stored else 0)


def published(home: House, case: Case, wanted: Wanted = TEXT) -> Publication:
    draft = proposed(home, case, wanted)
    publishing.publish(case, home.unit.approver, draft.revision, seen_of(draft))
    found = current(case)
    assert found is not None
    return found


def publish(case: Case, who: Person, draft: Publication) -> Any:
    return publishing.publish(case, who, draft.revision, seen_of(draft))


# -- proposed and published --------------------------------------------------------------------------------------------------


def test_nothing_is_public_by_default(case: Case) -> None:
    assert current(case) is None
    assert draft_of(case) is None


def test_what_is_published_stands_in_the_record_by_its_digest_and_says_nothing_else(home: House, case: Case) -> None:
    found = published(home, case)
    assert found.document is not None
    found_entry = record.entry_by_receipt(own_sql(), found.receipt)
    assert found_entry.entry.kind == "ethics.published"
    assert found_entry.entry.public["entry"] == found.document_id
    content = found.document.bytes().decode()
    told = json.loads(content)
    assert (told["title"], told["summary"], told["decided"]["outcome"]) == (TEXT.title, TEXT.summary, "approve")
    for hidden in (case.title, case.number, home.applicant.organisation.name["en"], home.people["chair"].name):
        assert hidden not in content


def test_the_second_publication_of_the_same_text_finds_nothing(home: House, case: Case) -> None:
    draft = proposed(home, case)
    publish(case, home.unit.approver, draft)
    with pytest.raises(EthicsError) as caught:
        publish(case, home.unit.second_approver, draft)
    assert code_of(caught) == "ethics.publish-gone"
    assert Publication.objects.count() == 1


def test_who_wrote_it_does_not_publish_it_also_after_somebody_else_wrote_on(home: House, case: Case) -> None:
    home.people["ye"] = with_role(home.unit.organisation, "uniye", "approver")
    proposed(home, case)
    draft = proposed(home, case, WITHHELD, "chair")
    with pytest.raises(EthicsError) as caught:
        publish(case, home.people["ye"], draft)
    assert code_of(caught) == "ethics.publish-own"
    assert caught.value.status == 403
    assert home.unit.approver.name in caught.value.message("en")


def test_nobody_else_named_where_nobody_else_may(home: House, case: Case) -> None:
    home.people["ye"] = with_role(home.unit.organisation, "uniye", "approver")
    home.unit.approver.memberships.all().delete()
    home.unit.second_approver.memberships.all().delete()
    with pytest.raises(EthicsError) as caught:
        publish(case, home.people["ye"], proposed(home, case))
    assert "administrator can name" in caught.value.message("en")


def test_what_changed_since_it_was_read_is_not_published(home: House, case: Case) -> None:
    read = proposed(home, case)
    revision, seen = read.revision, seen_of(read)
    proposed(home, case, Wanted(False, TEXT.title, {"en": "Otherwise."}))
    with pytest.raises(EthicsError) as caught:
        publishing.publish(case, home.unit.approver, revision, seen)
    assert code_of(caught) == "ethics.publish-moved"
    home.body.name = {"en": "Another name"}
    home.body.save()
    draft = draft_of(case)
    assert draft is not None
    with pytest.raises(EthicsError) as caught:
        publishing.publish(case, home.unit.approver, draft.revision, seen)
    assert (code_of(caught), caught.value.status) == ("ethics.publish-moved", 409)
    assert current(case) is None


def test_a_text_on_an_older_decision_is_not_published(home: House) -> None:
    case = decided(home, "approve_after_changes")
    draft = proposed(home, case)
    written(case, "Changed.")
    by_applicant(home, case, "hand_in_changes")
    by(home, "chair", case, "confirm_changes", {"outcome": "approve", "digest": stands(case).digest, "reasons_given": True})
    with pytest.raises(EthicsError) as caught:
        publish(case, home.unit.approver, draft)
    assert code_of(caught) == "ethics.publish-later"


@pytest.mark.parametrize("before", [drafted, accepted])
def test_without_a_decision_nothing_is_proposed(home: House, before: Any) -> None:
    with pytest.raises(EthicsError) as caught:
        proposed(home, before(home))
    assert code_of(caught) == "ethics.publish-undecided"


def test_a_committee_that_is_not_public_publishes_nothing(home: House, case: Case) -> None:
    draft = proposed(home, case)
    committees.open_to(home.committee, home.unit.admin, outside=True, public=False)
    for attempt in (lambda: proposed(home, Case.objects.get()), lambda: publish(case, home.unit.approver, draft)):
        with pytest.raises(EthicsError) as caught:
            attempt()
        assert code_of(caught) == "ethics.publish-not-shown"


@pytest.mark.parametrize(
    ("wanted", "code", "field"),
    [
        (Wanted(False), "ethics.publish-no-title", "title-zh"),
        (Wanted(False, {"en": " \n "}, {"en": "a"}), "ethics.publish-no-title", "title-zh"),
        (Wanted(False, {"en": "a"}), "ethics.publish-no-summary", "summary-zh"),
        (Wanted(False, {"en": "a", "zh": "甲"}, {"en": "a"}), "ethics.publish-half", "summary-zh"),
        (Wanted(False, {"en": "a"}, {"en": "a", "zh": "甲"}), "ethics.publish-half", "title-zh"),
        (Wanted(False, {"en": "a" * 121}, {"en": "a"}), "ethics.too-long", "title-en"),
        (Wanted(False, {"en": "a"}, {"en": "a" * 4001}), "ethics.too-long", "summary-en"),
        (Wanted(True), "ethics.publish-no-reason", "reason"),
        (Wanted(True, reason="because", why={"en": "a"}), "ethics.publish-no-reason", "reason"),
        (Wanted(True, reason="safety"), "ethics.publish-no-why", "why-zh"),
        (Wanted(True, reason="other", why={"en": "\0 "}), "ethics.publish-no-why", "why-zh"),
        (Wanted(True, reason="other", why={"zh": "长" * 1001}), "ethics.too-long", "why-zh"),
    ],
)
def test_what_is_missing_unknown_or_too_long_is_refused(home: House, case: Case, wanted: Wanted, code: str, field: str) -> None:
    with pytest.raises(EthicsError) as caught:
        proposed(home, case, wanted)
    assert (code_of(caught), caught.value.field) == (code, field)
    assert draft_of(case) is None


def test_two_at_once_overwrite_nothing_and_a_form_sent_twice_is_one(home: House, case: Case) -> None:
    publishing.propose(case, home.people["ye"], TEXT, 0)
    assert publishing.propose(case, home.people["ye"], TEXT, 0).revision == 1
    with pytest.raises(ChangedError) as caught:
        publishing.propose(case, home.people["chair"], WITHHELD, 0)
    assert caught.value.status == 409
    publish(case, home.unit.approver, proposed(home, case))
    with pytest.raises(EthicsError) as gone:
        publishing.propose(case, home.people["ye"], TEXT, 2)
    assert code_of(gone) == "ethics.publish-gone"


def test_who_has_no_right_neither_proposes_nor_publishes(home: House, case: Case) -> None:
    for who in (home.people["he"], home.unit.approver, home.applicant.editor):
        with pytest.raises(AccessError):
            publishing.propose(case, who, TEXT, 0)
    draft = proposed(home, case)
    for who in (home.people["chair"], home.unit.admin, home.applicant.approver):
        with pytest.raises(AccessError):
            publish(case, who, draft)
        with pytest.raises(AccessError):
            publishing.withdraw(case, who, {"en": "So."})


def test_who_stood_aside_does_not_write_of_the_case(home: House) -> None:
    case = decided(home)
    by(home, "deputy", case, "stand_aside", {"aside": True}, {"interest": "A relative."})
    with pytest.raises(EthicsError) as caught:
        proposed(home, case, who="deputy")
    assert (code_of(caught), caught.value.status) == ("ethics.publish-aside", 403)


# -- withheld, sent back, withdrawn ------------------------------------------------------------------------------------------


def test_withheld_is_published_as_withheld_without_text_kind_or_title(home: House, case: Case) -> None:
    found = published(
        home, case, Wanted(True, {"en": "Secret title"}, {"en": "Secret"}, "safety", {"en": "It would help thieves."})
    )
    assert found.document is not None
    told = json.loads(found.document.bytes())
    assert (told["reason"], told["why"]) == ("safety", {"en": "It would help thieves."})
    assert "Secret" not in found.document.bytes().decode()
    assert not {"title", "summary", "kind"} & told.keys()


def test_what_was_sent_back_waits_for_the_committee_and_not_for_the_approver(home: House, case: Case) -> None:
    draft = proposed(home, case)
    publishing.send_back(case, home.unit.approver, draft.revision, "Name the risk.")
    entry = Outbox.objects.get(kind="ethics.returned")
    private = private_part(entry)
    assert private is not None
    assert private["note"] == "Name the risk."
    with pytest.raises(EthicsError) as caught:
        publish(case, home.unit.approver, draft)
    assert code_of(caught) == "ethics.publish-moved"
    again = proposed(home, case, Wanted(False, TEXT.title, {"en": "The risk is loneliness."}))
    assert again.returned == ""
    publish(case, home.unit.approver, again)


@pytest.mark.parametrize(("note", "code"), [(" ", "ethics.publish-no-note"), ("a" * 1001, "ethics.too-long")])
def test_nothing_is_sent_back_without_a_word(home: House, case: Case, note: str, code: str) -> None:
    draft = proposed(home, case)
    with pytest.raises(EthicsError) as caught:
        publishing.send_back(case, home.unit.approver, draft.revision, note)
    assert code_of(caught) == code


def test_a_text_is_withdrawn_once_with_a_reason_and_can_be_published_anew(home: House, case: Case) -> None:
    published(home, case)
    with pytest.raises(EthicsError) as caught:
        publishing.withdraw(case, home.unit.approver, {"en": " "})
    assert code_of(caught) == "ethics.publish-no-why"
    publishing.withdraw(case, home.unit.approver, {"en": "A name stood in it."})
    with pytest.raises(EthicsError) as caught:
        publishing.withdraw(case, home.unit.approver, {"en": "Again."})
    assert code_of(caught) == "ethics.publish-nothing"
    again = published(home, case)
    assert (again.number, again.withdrawn) == (2, None)


def test_what_is_withheld_or_was_never_published_is_not_withdrawn(home: House, case: Case) -> None:
    for attempt in range(2):
        with pytest.raises(EthicsError) as caught:
            publishing.withdraw(case, home.unit.approver, {"en": "So."})
        assert code_of(caught) == "ethics.publish-nothing"
        if attempt == 0:
            published(home, case, WITHHELD)


# -- suggested ---------------------------------------------------------------------------------------------------------------


def test_a_suggestion_names_nobody_that_this_site_knows(home: House) -> None:
    company = home.applicant.organisation.name["en"]
    chair, editor = home.people["chair"].name, home.applicant.editor
    reasons = f"{chair} and {editor.name} of {company} ({editor.email}) explained it. Chairs are many."
    case = decided(home, case=accepted(home, drafted(home, f"Companion of {company}")), reasons=reasons)
    wanted = publishing.suggested(case)
    said = wanted.title["en"] + wanted.summary["en"]
    for hidden in (chair, editor.name, editor.email, company, "@"):
        assert hidden not in said
    assert "Companion of the applicant" in said
    assert "explained it. Chairs are many." in said


def test_a_suggestion_is_in_the_language_of_the_decision(home: House) -> None:
    wanted = publishing.suggested(decided(home, reasons="风险可以控制。"))
    assert wanted.summary.keys() == {"zh"}
    assert "风险可以控制。" in wanted.summary["zh"]


# -- pages -------------------------------------------------------------------------------------------------------------------


def of(client: Client, name: str, *args: str, lang: str = "en", **form: str) -> Any:
    address = reverse(name, args=(lang, *args))
    return client.post(address, form) if form else client.get(address)


def hidden_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(revision|seen)" value="([^"]*)"', page))


FORM = {"what": "publish", "title-en": "A service for company", "summary-en": "Approved.", "revision": "0"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_way_of_a_text_from_page_to_page(home: House, case: Case, lang: str) -> None:
    writer, approver = client_of(home.people["ye"]), client_of(home.unit.approver)
    here, unit = case.public_id, home.body.public_id
    begun = of(writer, "ethics-publish", here, lang=lang).content.decode()
    assert "The risks are met." in begun
    assert ("建议" if lang == "zh" else "suggestion") in begun
    assert begun.count("<h1") == 1
    assert of(writer, "ethics-publish", here, lang=lang, **FORM).status_code == 303
    listed = of(approver, "ethics-publish-unit", unit, lang=lang).content.decode()
    assert "A service for company" in listed
    page = of(approver, "ethics-release", unit, here, lang=lang).content.decode()
    assert "<p>Approved.</p>" in page
    assert page.count("<h1") == 1
    answer = of(approver, "ethics-release", unit, here, lang=lang, do="publish", **hidden_in(page))
    assert answer.status_code == 303
    assert "A service for company" in of(Client(), "ethics-decision", here, lang=lang).content.decode()
    form = of(approver, "ethics-withdraw", unit, here, lang=lang).content.decode()
    assert "A service for company" in form
    wrong = of(approver, "ethics-withdraw", unit, here, lang=lang, **{"why-en": "", "why-zh": ""})
    assert wrong.status_code == 400
    assert of(approver, "ethics-withdraw", unit, here, lang=lang, **{"why-en": "A slip."}).status_code == 303
    assert "A slip." in of(Client(), "ethics-decision", here, lang=lang).content.decode()


def test_a_proposal_without_a_reason_keeps_what_was_typed_and_says_where(home: House, case: Case) -> None:
    writer = client_of(home.people["chair"])
    answer = of(writer, "ethics-publish", case.public_id, **{**FORM, "what": "withhold", "why-en": "Kept words"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Kept words" in page
    assert 'id="reason-error"' in page


def test_the_second_of_two_writers_is_shown_the_difference_and_may_then_go_on(home: House, case: Case) -> None:
    one, two = client_of(home.people["ye"]), client_of(home.people["chair"])
    of(one, "ethics-publish", case.public_id, **FORM)
    answer = of(two, "ethics-publish", case.public_id, **{**FORM, "summary-en": "Mine."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Approved." in page
    assert "Mine." in page
    again = {**FORM, "summary-en": "Mine.", "revision": hidden_in(page)["revision"]}
    assert of(two, "ethics-publish", case.public_id, **again).status_code == 303


def test_a_page_read_before_a_change_publishes_nothing(home: House, case: Case) -> None:
    approver = client_of(home.unit.approver)
    proposed(home, case)
    where = (home.body.public_id, case.public_id)
    old = hidden_in(of(approver, "ethics-release", *where).content.decode())
    proposed(home, case, Wanted(False, TEXT.title, {"en": "Changed."}))
    answer = of(approver, "ethics-release", *where, do="publish", **old)
    assert answer.status_code == 409
    assert "Changed." in answer.content.decode()
    assert current(case) is None


@pytest.mark.parametrize("form", [{"do": "publish"}, {"do": "burn"}, {"do": "publish", "revision": "x", "seen": "'"}])
def test_a_form_that_is_none_of_ours_publishes_nothing(home: House, case: Case, form: dict[str, str]) -> None:
    proposed(home, case)
    answer = of(client_of(home.unit.approver), "ethics-release", home.body.public_id, case.public_id, **form)
    assert answer.status_code in (400, 409)
    assert current(case) is None


def test_sending_back_by_page_shows_the_note_to_the_committee(home: House, case: Case) -> None:
    draft = proposed(home, case)
    approver, where = client_of(home.unit.approver), (home.body.public_id, case.public_id)
    form = {"do": "return", "revision": str(draft.revision)}
    assert of(approver, "ethics-release", *where, **form).status_code == 400
    assert of(approver, "ethics-release", *where, note="Name the risk.", **form).status_code == 303
    assert "A service for company" not in of(approver, "ethics-publish-unit", home.body.public_id).content.decode()
    assert "Name the risk." in of(client_of(home.people["ye"]), "ethics-publish", case.public_id).content.decode()


def test_own_text_is_shown_with_the_button_closed_and_who_else_may(home: House, case: Case) -> None:
    home.people["ye"] = with_role(home.unit.organisation, "uniye", "approver")
    proposed(home, case)
    page = of(client_of(home.people["ye"]), "ethics-release", home.body.public_id, case.public_id).content.decode()
    assert "disabled" in page
    assert home.unit.approver.name in page


@pytest.mark.parametrize("who", ["nobody", "member", "applicant", "stranger"])
def test_others_see_none_of_these_pages(home: House, case: Case, who: str) -> None:
    proposed(home, case)
    client = {
        "nobody": Client(),
        "member": client_of(home.people["he"]),
        "applicant": client_of(home.applicant.admin),
        "stranger": client_of(house("other").unit.approver),
    }[who]
    unit, here = home.body.public_id, case.public_id
    for name, args in (("ethics-publish", (here,)), ("ethics-publish-unit", (unit,)), ("ethics-release", (unit, here))):
        answer = of(client, name, *args)
        assert answer.status_code in (302, 403)
        assert "A service for company" not in answer.content.decode()


def test_a_case_of_another_committee_is_not_under_this_address(home: House, case: Case) -> None:
    proposed(home, case)
    other = house("other")
    assert of(client_of(other.unit.approver), "ethics-release", other.body.public_id, case.public_id).status_code == 404


def test_an_undecided_case_says_so_instead_of_a_form(home: House) -> None:
    case = accepted(home)
    writer = client_of(home.people["ye"])
    page = of(writer, "ethics-publish", case.public_id).content.decode()
    assert "not decided yet" in page
    assert 'name="title-en"' not in page
    assert of(writer, "ethics-publish", case.public_id, **FORM).status_code == 409
