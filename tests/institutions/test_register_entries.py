"""The public part of a system: who writes does not publish, who answered first does not answer again, and answers are due."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from tests.institutions.people import client_of, organisation, person, with_role
from tests.institutions.systems import SAYS, House, drafted, house, published, system

from guiju import record
from guiju.calendars import fixed, words
from guiju.institutions.hall.acts import own_sql, private_part
from guiju.institutions.hall.models import Letter, Outbox
from guiju.institutions.hall.receipts import where_it_stands
from guiju.institutions.people.cases import cases_of
from guiju.institutions.register import corrections, entries, filings, parties, publishing
from guiju.institutions.register.corrections import CORRECTED, REFUSED
from guiju.institutions.register.entries import EntryChangedError, draft_of
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.limits import left_in_words
from guiju.institutions.register.models import Correction, Entry, System
from guiju.wording import LANGUAGES

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with fixed(NOON):
        yield


@pytest.fixture
def home() -> House:
    return house()


def code_of(caught: pytest.ExceptionInfo[Any]) -> str:
    """The code of an error, which says something in both languages."""
    assert all(caught.value.message(lang) and caught.value.hint(lang) for lang in LANGUAGES)
    code: str = caught.value.code
    return code


def draft(home: House, made: Any = None) -> Entry:
    found = draft_of(drafted(home, made))
    assert found is not None
    return found


# -- written and published -----------------------------------------------------------------------------------------------------


def test_what_is_published_is_bound_to_the_version_and_the_result_and_stands_in_the_record(home: House) -> None:
    entry = published(home)
    assert entry.document is not None
    assert entry.version is not None
    assert entry.result is not None
    told = json.loads(entry.document.bytes())
    assert told["dossier"]["digest"] == entry.version.document_id
    assert told["result"]["digest"] == entry.result.document_id
    assert told["words"] == SAYS
    found = record.entry_by_receipt(own_sql(), entry.receipt)
    assert found.entry.kind == "system.published"
    assert found.entry.public == {"system": entry.system.public_id, "entry": entry.document.digest}


def test_entries_published_before_they_had_a_name_are_given_that_of_their_document(home: House) -> None:
    entry = published(home)
    Entry.objects.update(name={})
    System.objects.update(name={"en": "Another"})
    import_module("guiju.institutions.register.migrations.0004_name_of_entry")._name_those_that_are_published(apps, None)
    entry.refresh_from_db()
    assert entry.name == {"en": "Chat", "zh": "聊天"}


def test_who_wrote_does_not_publish_and_is_told_who_may(home: House) -> None:
    both = with_role(home.organisation, "both", "editor", "approver")
    made = drafted(home)
    stored = draft_of(made)
    assert stored is not None
    stored = entries.save_draft(made, SAYS, both, stored.revision, stored.version, stored.result)
    with pytest.raises(RegisterError) as caught:
        publishing.publish(made, stored.revision, both)
    assert (code_of(caught), caught.value.status) == ("registry.own-words", 403)
    assert "Yanbanapprover" in caught.value.message("en")
    assert "Both" not in caught.value.message("en")
    assert publishing.publish(made, stored.revision, home.approver).kind == "system.published"


def test_where_nobody_else_may_publish_the_refusal_says_whom_to_ask() -> None:
    one = person("alone")
    org = organisation("alone-house", one)
    only = with_role(org, "only", "editor", "approver")
    alone = House(org, one, only, only, only, only)
    made = drafted(alone)
    with pytest.raises(RegisterError) as caught:
        publishing.publish(made, 1, only)
    assert "administrator" in caught.value.message("en")


def test_whoever_wrote_in_any_state_of_the_draft_counts_as_a_writer(home: House) -> None:
    made = drafted(home)
    stored = draft_of(made)
    assert stored is not None
    both = with_role(home.organisation, "both", "editor", "approver")
    entries.save_draft(made, {**SAYS, "what": {"en": "Other"}}, both, 1, stored.version, stored.result)
    entries.save_draft(made, SAYS, home.editor, 2, stored.version, stored.result)
    with pytest.raises(RegisterError):
        publishing.publish(made, 3, both)


def test_of_two_who_write_the_second_is_shown_the_difference(home: House) -> None:
    made = drafted(home)
    entries.save_draft(made, {"what": {"en": "One"}}, home.editor, 1)
    with pytest.raises(EntryChangedError) as caught:
        entries.save_draft(made, {"what": {"en": "Two"}}, home.second_editor, 1)
    assert code_of(caught) == "registry.entry-changed"
    assert caught.value.stored.words == {"what": {"en": "One"}}
    assert caught.value.offered == {"what": {"en": "Two"}}
    found = draft_of(made)
    assert found is not None
    assert found.words == {"what": {"en": "One"}}


def test_a_form_that_was_sent_twice_saves_once(home: House) -> None:
    made = system(home)
    first = entries.save_draft(made, {"what": {"en": "One"}}, home.editor, 0)
    again = entries.save_draft(made, {"what": {"en": "One"}}, home.editor, 0)
    assert again.revision == first.revision == 1


def test_an_approver_publishes_only_what_they_have_read(home: House) -> None:
    stored = draft(home)
    entries.save_draft(stored.system, {**SAYS, "what": {"en": "Later"}}, home.editor, 1, stored.version, stored.result)
    with pytest.raises(EntryChangedError):
        publishing.publish(stored.system, 1, home.approver)
    assert entries.current(stored.system) is None


def test_of_two_approvers_one_publishes(home: House) -> None:
    stored = draft(home)
    publishing.publish(stored.system, 1, home.approver)
    with pytest.raises(RegisterError) as caught:
        publishing.publish(stored.system, 1, home.second_approver)
    assert (code_of(caught), caught.value.status) == ("registry.draft-gone", 409)
    assert Outbox.objects.filter(kind="system.published").count() == 1


def test_a_draft_that_lacks_something_is_not_published(home: House) -> None:
    made = system(home)
    entries.save_draft(made, {"what": {"en": "One"}}, home.editor, 0)
    with pytest.raises(RegisterError) as caught:
        publishing.publish(made, 1, home.approver)
    assert code_of(caught) == "registry.entry-lacks"
    assert "How to complain" in caught.value.message("en")


def test_what_cannot_be_saved_as_a_draft(home: House) -> None:
    made, other = system(home), published(house("other"))
    with pytest.raises(RegisterError) as caught:
        entries.save_draft(made, {"what": {"zh": "长" * 2001}}, home.editor, 0)
    assert (code_of(caught), caught.value.field) == ("registry.too-long", "what-zh")
    with pytest.raises(RegisterError) as caught:
        entries.save_draft(made, SAYS, home.editor, 0, None, other.result)
    assert code_of(caught) == "registry.entry-result"
    with pytest.raises(RegisterError) as caught:
        entries.save_draft(made, SAYS, home.editor, 7)
    assert code_of(caught) == "registry.draft-gone"


def test_a_withdrawn_entry_goes_on_to_be_shown_with_its_reason(home: House) -> None:
    entry = published(home)
    with pytest.raises(RegisterError) as caught:
        publishing.withdraw(entry.system, {"en": " "}, home.admin)
    assert code_of(caught) == "registry.reason-missing"
    publishing.withdraw(entry.system, {"en": "It was switched off."}, home.admin)
    held = entries.current(entry.system)
    assert held is not None
    assert held.withdrawn is not None
    with pytest.raises(RegisterError) as caught:
        publishing.withdraw(entry.system, {"en": "Again."}, home.admin)
    assert code_of(caught) == "registry.nothing-public"


def test_an_entry_tells_of_filings_and_confirmed_parties_and_says_when_they_have_changed(home: House) -> None:
    made, other = system(home), organisation("medisort", person("med"))
    filing = filings.take_up(made, "cn-algorithm", "GA 1")
    filings.enter_step(filing, "granted", date(2025, 3, 10), "", home.editor)
    asked = parties.name_party(made, other, "", ["eu.provider"], date(2026, 1, 1))
    parties.name_party(made, None, "Outside Ltd", ["eu.deployer"], date(2026, 1, 1))
    entry = published(home, made)
    assert entry.document is not None
    told = json.loads(entry.document.bytes())
    assert told["filings"] == [{"kind": "cn-algorithm", "number": "GA 1", "status": "granted"}]
    assert [(one["name"], one["confirmed"]) for one in told["parties"]] == [({"": "Outside Ltd"}, False)]
    assert publishing.drifted(made) == []
    parties.answer_part(asked, True, person("med"))
    filings.renumber(filing, "GA 2")
    assert publishing.drifted(made) == ["registry.drift-filings", "registry.drift-parties"]


# -- corrections ---------------------------------------------------------------------------------------------------------------


def asked(home: House, contact: str = "luo@example.org", **more: Any) -> tuple[Correction, str]:
    """A request on a published entry, and the number of its receipt."""
    entry = more.pop("entry", None) or published(home)
    found, receipt = corrections.ask(entry, "contact", "Nobody answers there.", contact, False, "en")
    return found, receipt.number


def test_a_request_is_due_after_fifteen_working_days_of_the_place(home: House) -> None:
    found, _ = asked(home)
    assert (found.due, found.counted_by) == (date(2026, 12, 11), "CN")
    abroad, _ = asked(house("lucia", "brussels"))
    assert (abroad.due, abroad.counted_by) == (date(2026, 12, 11), "EU")
    with fixed(datetime(2026, 12, 11, 15, 59, tzinfo=UTC)):
        assert not corrections.is_overdue(found)
    with fixed(datetime(2026, 12, 11, 16, 1, tzinfo=UTC)):  # the twelfth in Shanghai, still the eleventh in Brussels
        assert corrections.is_overdue(found)
        assert not corrections.is_overdue(abroad)


def test_the_receipt_counts_the_days_that_are_left_where_the_organisation_is(home: House) -> None:
    found, _ = asked(home)
    act = Outbox.objects.get(receipt=found.receipt)
    with fixed(datetime(2026, 12, 11, 15, 59, tzinfo=UTC)):
        assert where_it_stands(act, "en").left == left_in_words(found.due, found.due, "CN", "en")
    with fixed(datetime(2026, 12, 11, 16, 1, tzinfo=UTC)):  # the twelfth in Shanghai
        assert where_it_stands(act, "en").left == left_in_words(found.due, date(2026, 12, 12), "CN", "en")


def test_the_day_of_a_request_is_that_of_the_place(home: House) -> None:
    with fixed(datetime(2026, 11, 22, 17, tzinfo=UTC)):  # the twenty-third in Shanghai, by which it is due
        found, _ = asked(home)
        told = where_it_stands(Outbox.objects.get(receipt=found.receipt), "en")
    there = reverse("register-system", args=("en", found.entry.system.public_id))
    desk = reverse("system", args=("en", found.entry.system.public_id))
    page = reverse("correction", args=("en", found.public_id))
    day = words(date(2026, 11, 23), "en")
    assert told.steps[0]["when"] == day
    assert day in Client().get(there).content.decode()
    for address in (desk, page):
        assert day in client_of(home.editor).get(address).content.decode()


def test_where_the_calendar_ends_ordinary_weeks_are_counted(home: House) -> None:
    with fixed(datetime(2026, 12, 20, 4, tzinfo=UTC)):
        found, _ = asked(home)
    assert (found.due, found.counted_by) == (date(2027, 1, 8), "generic")
    assert corrections.due_from(home.organisation, date(2026, 11, 20)) == (date(2026, 12, 11), "CN")


WRONG = [
    ("another-part", {"part": "colour"}, "registry.correction-part"),
    ("nothing", {"text": " \0 "}, "registry.correction-empty"),
    ("too-much", {"text": "x" * 4001}, "registry.too-long"),
    ("no-address", {"contact": "luo at example"}, "registry.correction-contact"),
]


@pytest.mark.parametrize(("given", "code"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_a_request_that_cannot_be_taken(home: House, given: dict[str, str], code: str) -> None:
    whole = {"part": "what", "text": "Wrong.", "contact": "", **given}
    with pytest.raises(RegisterError) as caught:
        corrections.ask(published(home), whole["part"], whole["text"], whole["contact"], False, "zh")
    assert code_of(caught) == code
    assert not Correction.objects.exists()


def test_what_was_written_stands_sealed_and_nowhere_else(home: House) -> None:
    found, number = asked(home)
    assert corrections.said_in(found) == [{"text": "Nobody answers there.", "contact": "luo@example.org"}]
    row = Correction.objects.filter(pk=found.pk).values().get()
    entry = Outbox.objects.get(receipt=found.receipt)
    leaf = record.entry_by_receipt(own_sql(), found.receipt).leaf
    for held in (str(row), str(entry.payload), entry.about, leaf.decode()):
        assert "luo" not in held
        assert "Nobody" not in held
        assert number not in held


def test_who_answered_first_does_not_answer_the_objection(home: House) -> None:
    found, number = asked(home)
    corrections.answer(found, REFUSED, "Somebody does answer.", home.editor)
    corrections.object_to(number.lower().replace("-", " "), "Nobody did, three times.")
    found.refresh_from_db()
    assert [one["text"] for one in corrections.said_in(found)] == ["Nobody answers there.", "Nobody did, three times."]
    with pytest.raises(RegisterError) as caught:
        corrections.answer(found, REFUSED, "Still.", home.editor)
    assert (code_of(caught), caught.value.status) == ("registry.own-answer", 403)
    assert "Yanbanapprover" in caught.value.message("en")
    assert "Yanbaneditor," not in caught.value.message("en")
    made, _ = corrections.answer(found, REFUSED, "I rang: it was answered.", home.second_editor)
    assert made.turn == 2
    with pytest.raises(RegisterError) as caught:
        corrections.object_to(number, "Again.")
    assert code_of(caught) == "registry.objection-twice"


def test_corrected_means_that_another_version_was_published(home: House) -> None:
    found, _ = asked(home)
    with pytest.raises(RegisterError) as caught:
        corrections.answer(found, CORRECTED, "Done.", home.editor)
    assert code_of(caught) == "registry.answer-no-version"
    with fixed(NOON + timedelta(hours=1)):
        second = published(home, found.entry.system)
        made, _ = corrections.answer(found, CORRECTED, "The address is another now.", home.editor)
    assert made.entry == second


def test_answers_that_cannot_be_given(home: House) -> None:
    found, number = asked(home)
    wrong = {
        "registry.answer-outcome": ("maybe", "x"),
        "registry.answer-reasons": (REFUSED, "  "),
        "registry.too-long": (REFUSED, "x" * 4001),
    }
    for code, given in wrong.items():
        with pytest.raises(RegisterError) as caught:
            corrections.answer(found, *given, home.editor)
        assert code_of(caught) == code
    with pytest.raises(RegisterError) as caught:
        corrections.object_to(number, "Too early.")
    assert code_of(caught) == "registry.objection-early"
    corrections.answer(found, REFUSED, "No.", home.editor)
    with pytest.raises(RegisterError) as caught:
        corrections.answer(found, REFUSED, "No again.", home.second_editor)
    assert code_of(caught) == "registry.answered"


def test_objections_that_cannot_be_made(home: House) -> None:
    found, number = asked(home)
    corrections.answer(found, REFUSED, "No.", home.editor)
    with pytest.raises(RegisterError) as caught:
        corrections.object_to(record.new_receipt(), "Why?")
    assert code_of(caught) == "registry.objection-unknown"
    with pytest.raises(record.RecordError):
        corrections.object_to(number[:-1] + ("A" if number[-1] != "A" else "B"), "A slip of the pen.")
    with fixed(NOON + timedelta(days=31)), pytest.raises(RegisterError) as caught:
        corrections.object_to(number, "Too late.")
    assert code_of(caught) == "registry.objection-late"


def test_the_answer_is_written_to_who_left_an_address_in_their_language(home: House) -> None:
    found, _ = asked(home)
    corrections.answer(found, REFUSED, "Somebody does answer.", home.editor)
    letter = Letter.objects.get(to="luo@example.org")
    assert "Somebody does answer." in letter.body
    assert corrections.short_number(found) in letter.subject
    silent, _ = asked(home, "", entry=found.entry)
    corrections.answer(silent, REFUSED, "No.", home.editor)
    assert Letter.objects.filter(to="luo@example.org").count() == 1


def test_what_was_written_is_erased_thirty_days_after_the_case_is_closed_and_the_entry_stays(home: House) -> None:
    found, number = asked(home)
    corrections.answer(found, REFUSED, "No.", home.editor)
    with fixed(NOON + timedelta(days=29)):
        assert corrections.erase_closed() == 0
        corrections.object_to(number, "Still wrong.")
    with fixed(NOON + timedelta(days=40)):
        assert corrections.erase_closed() == 0  # an objection waits
        found.refresh_from_db()
        corrections.answer(found, REFUSED, "No.", home.second_editor)
    with fixed(NOON + timedelta(days=71)):
        assert corrections.erase_closed() == 1
        assert corrections.erase_closed() == 0
    found.refresh_from_db()
    assert corrections.said_in(found) == [{}, {}]
    assert found.answers.count() == 2
    for one in (found.receipt, found.objection):
        assert one is not None
        assert private_part(Outbox.objects.get(receipt=one)) is None
        assert record.entry_by_receipt(own_sql(), one).entry.items


def test_requests_wait_at_the_desk_of_those_who_may_answer_them(home: House) -> None:
    found, number = asked(home)

    def waiting(who: Any) -> list[str]:
        return [one.key for one in cases_of(who, "en") if one.key.startswith("correction:")]

    assert waiting(home.editor) == waiting(home.approver) == [f"correction:{found.public_id}:1"]
    assert waiting(home.admin) == []
    corrections.answer(found, REFUSED, "No.", home.editor)
    assert waiting(home.approver) == []
    corrections.object_to(number, "But.")
    assert waiting(home.editor) == []
    assert waiting(home.approver) == [f"correction:{found.public_id}:2"]


def test_a_draft_waits_for_approvers_who_did_not_write_it(home: House) -> None:
    both = with_role(home.organisation, "both", "editor", "approver")
    made = drafted(home)

    def waiting(who: Any) -> bool:
        return any(one.key.startswith("draft:") for one in cases_of(who, "zh"))

    assert waiting(home.approver)
    assert waiting(both)
    entries.save_draft(made, {**SAYS, "what": {"en": "Other"}}, both, 1)
    assert not waiting(both)
    assert not waiting(home.editor)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_number_of_a_receipt_tells_where_a_request_stands_and_no_more(home: House, lang: str) -> None:
    found, number = asked(home)
    entry = Outbox.objects.get(receipt=found.receipt)
    told = where_it_stands(entry, lang)
    assert told.due == date(2026, 12, 11)
    assert [one["state"] for one in told.steps] == ["done", "now"]
    corrections.answer(found, REFUSED, "Somebody does answer.", home.editor)
    told = where_it_stands(entry, lang)
    assert told.due is None
    assert told.href.endswith("/objection")
    assert "Somebody does answer." in told.steps[1]["text"]
    corrections.object_to(number, "But.")
    told = where_it_stands(entry, lang)
    assert [one["state"] for one in told.steps] == ["done", "done", "done", "now"]
    assert "luo" not in str(told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_number_of_a_publication_tells_whether_it_still_holds(home: House, lang: str) -> None:
    first = published(home)
    told = [where_it_stands(Outbox.objects.get(receipt=first.receipt), lang).state]
    second = published(home, first.system)
    told.append(where_it_stands(Outbox.objects.get(receipt=first.receipt), lang).state)
    publishing.withdraw(first.system, {lang: "Off."}, home.admin)
    told.append(where_it_stands(Outbox.objects.get(receipt=second.receipt), lang).state)
    assert len(set(told)) == 3
