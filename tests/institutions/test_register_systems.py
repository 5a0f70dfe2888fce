"""Systems of an organisation: versions that are added and never changed, results by edition, checks kept, several parties."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from tests.institutions.people import client_of, keeper, organisation, person, with_role
from tests.institutions.systems import DAY, House, dossier, house, published, system

from guiju.institutions.hall.bounds import TooMuchError
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import Keeping
from guiju.institutions.people import merging
from guiju.institutions.people.cases import cases_of
from guiju.institutions.people.models import Membership
from guiju.institutions.register import checks, kept, parties, results, systems, versions
from guiju.institutions.register.errors import ChangedError, LinkError, RegisterError
from guiju.institutions.register.models import Check, Document, DossierVersion, KeptCheck, KeptEdition, System, SystemResult
from guiju.wording import LANGUAGES

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    return house()


def code_of(caught: pytest.ExceptionInfo[RegisterError]) -> str:
    """The code of an error, which says something in both languages."""
    assert all(caught.value.message(lang) and caught.value.hint(lang) for lang in LANGUAGES)
    return caught.value.code


def newest(made: System) -> DossierVersion:
    found = versions.latest(made)
    assert found is not None
    return found


# -- systems and versions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("names", "code"), [({}, "registry.name-missing"), ({"zh": "长" * 121}, "registry.too-long")])
def test_a_name_that_is_none(home: House, names: dict[str, str], code: str) -> None:
    with pytest.raises(RegisterError) as caught:
        systems.new_system(home.organisation, names)
    assert code_of(caught) == code


def test_versions_are_numbered_and_told_apart_in_words(home: House) -> None:
    made = system(home)
    second = versions.add_version(
        made, dossier("facts: {markets: [CN, EU]}"), "upload", home.editor, "sold in the EU too", base=1
    )
    assert (second.number, second.note) == (2, "sold in the EU too")
    first = versions.version_numbered(made, 1)
    assert first is not None
    (change,) = versions.between(first, second, "en")
    assert "European Union" in change.after
    assert "European Union" not in change.before


def test_a_version_that_says_the_same_is_none(home: House) -> None:
    made = system(home)
    with pytest.raises(RegisterError) as caught:
        versions.add_version(made, dossier(), "upload", home.editor)
    assert code_of(caught) == "registry.version-same"
    assert made.versions.count() == 1


def test_a_note_that_is_too_long_and_a_dossier_that_is_too_large(home: House) -> None:
    made = system(home)
    with pytest.raises(RegisterError) as caught:
        versions.add_version(made, dossier("facts: {markets: [EU]}"), "upload", home.editor, "x" * 301)
    assert code_of(caught) == "registry.too-long"
    rows = ", ".join(f"{{id: p{one}}}" for one in range(60))
    with pytest.raises(TooMuchError):
        versions.add_version(made, dossier(f"purposes: [{rows}]"), "upload", home.editor)


def test_of_two_who_edit_one_version_the_second_is_shown_the_difference(home: House) -> None:
    made = system(home)
    versions.add_version(made, dossier("facts: {markets: [EU]}"), "edited", home.editor, base=1)
    with pytest.raises(ChangedError) as caught:
        versions.add_version(made, dossier("facts: {markets: [KR]}"), "edited", home.second_editor, base=1)
    assert caught.value.version == 2
    assert made.versions.count() == 2


def test_a_version_is_opened_as_a_check_changed_and_brought_back(home: House) -> None:
    made = system(home)
    opened, key = kept.open_version(newest(made), home.editor)
    assert kept.key_of(opened) == key
    check = checks.check_by_key(key)
    with pytest.raises(RegisterError) as caught:
        kept.bring_back(opened, home.editor, "", 1)
    assert code_of(caught) == "registry.version-same"
    checks.save(check, dossier("facts: {markets: [CN, EU]}"), check.version)
    opened = kept.kept_of(opened.public_id)
    back = kept.bring_back(opened, home.second_editor, "asked the sales office", 1)
    assert (back.number, back.way, back.by) == (2, "edited", home.second_editor)
    assert not KeptCheck.objects.exists()
    assert not Check.objects.exists()


def test_what_came_in_meanwhile_is_not_overwritten_by_what_is_brought_back(home: House) -> None:
    made = system(home)
    opened, key = kept.open_version(newest(made), home.editor)
    check = checks.check_by_key(key)
    checks.save(check, dossier("facts: {markets: [CN, EU]}"), check.version)
    versions.add_version(made, dossier("facts: {markets: [KR]}"), "upload", home.second_editor)
    opened = kept.kept_of(opened.public_id)
    with pytest.raises(ChangedError):
        kept.bring_back(opened, home.editor, "", 1)
    assert Check.objects.count() == 1
    kept.bring_back(opened, home.editor, "", 2)
    assert newest(made).number == 3


def test_a_check_is_taken_over_and_stays(home: House) -> None:
    made = systems.new_system(home.organisation, {"en": "Chat"})
    _, key = checks.open_check(dossier())
    there = reverse("system-versions", args=("en", made.public_id))
    assert client_of(home.editor).post(there, {"check": f"https://example.org/en/check/{key}/"}).status_code == 303
    assert newest(made).way == "check"
    assert checks.check_by_key(key).dossier_id == newest(made).document_id
    refused = client_of(home.editor).post(there, {"check": "x" * 22})
    assert refused.status_code == 404
    assert newest(made).number == 1


def test_changes_that_are_thrown_away_are_opened_by_nobody(home: House) -> None:
    made = system(home)
    one, key = kept.open_version(newest(made), home.editor)
    assert client_of(home.editor).post(reverse("system-back", args=("en", one.public_id)), {"do": "drop"}).status_code == 303
    with pytest.raises(LinkError):
        checks.check_by_key(key)
    assert versions.dossier_of_version(newest(made)) is not None


def test_who_edits_no_longer_is_not_given_the_key_again(home: House) -> None:
    made = system(home)
    one, key = kept.open_version(newest(made), home.editor)
    Membership.objects.filter(person=home.editor).update(ends=made.created)
    client, there = client_of(home.editor), reverse("kept-check", args=("en", one.public_id))
    for answer in (client.get(there), client.post(there, {"do": "open"}), client.post(there, {"do": "let-go"})):
        assert answer["Location"] == reverse("system-back", args=("en", one.public_id))
        assert key not in answer["Location"]
    assert client.get(reverse("system-back", args=("en", one.public_id))).status_code == 403
    assert KeptCheck.objects.filter(pk=one.pk).exists()


def test_what_was_brought_back_or_let_go_meanwhile_is_not_done_twice(home: House) -> None:
    made = system(home)
    one, _ = kept.open_version(newest(made), home.editor)
    kept.throw_away(kept.kept_of(one.public_id))
    with pytest.raises(LinkError):
        kept.bring_back(one, home.editor, "", 1)
    _, key = checks.open_check(dossier())
    first, second = kept.keep_check(home.editor, key), kept.keep_check(home.approver, key)
    late = kept.kept_of(second.public_id)  # read before the other lets go
    kept.unkeep(first)
    kept.unkeep(late)
    kept.unkeep(late)
    assert not checks.check_by_key(key).kept


def test_documents_of_versions_and_results_stay_when_a_check_with_the_same_is_deleted(home: House) -> None:
    made = system(home)
    check, key = checks.open_check(dossier())
    assert check.dossier_id == newest(made).document_id
    result = results.work_out(newest(made), DAY, home.editor)
    checks.delete(checks.check_by_key(key))
    checks.purge_expired()
    assert Document.objects.filter(pk__in=[newest(made).document_id, result.document_id]).count() == 2
    assert KeptEdition.objects.filter(pk=result.edition_id).exists()


# -- results -------------------------------------------------------------------------------------------------------------------


def test_a_result_is_kept_by_version_day_and_edition_and_worked_out_once(home: House) -> None:
    made = system(home)
    first = results.work_out(newest(made), DAY, home.editor)
    assert first.edition_id == site_corpus().edition
    assert results.work_out(newest(made), DAY, home.second_editor) == first
    second = results.work_out(newest(made), date(2026, 11, 21), home.editor)
    assert second.number == 2
    assert results.document_of(first)["on"] == str(DAY)
    assert results.document_of(first)["dossier"] == versions.dossier_of_version(newest(made)).digest
    assert not results.standing(first, "en")
    assert results.report(first, "zh").lang == "zh"


def test_of_two_who_ask_for_one_result_at_a_time_both_get_the_first(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    version = newest(system(home))
    worked_out = results._content
    first: list[Any] = []

    def meanwhile(*asked: Any) -> bytes:
        if not first:
            first.append(None)
            first.append(results.work_out(version, DAY, home.second_editor))
        return worked_out(*asked)

    monkeypatch.setattr(results, "_content", meanwhile)
    monkeypatch.setattr(results, "_results", Keeping(0))
    assert results.work_out(version, DAY, home.editor) == first[1]
    assert version.system.results.count() == 1


def test_a_result_says_by_which_version_its_facts_have_changed(home: House) -> None:
    made = system(home)
    first = results.work_out(newest(made), DAY, home.editor)
    versions.add_version(made, dossier("facts: {markets: [EU]}"), "upload", home.editor)
    standing = results.standing(first, "en")
    assert standing
    assert standing.newer == 2
    assert not standing.stale
    assert results.holds(first, newest(made)) == (True, False)
    (case,) = [one for one in cases_of(home.editor, "en") if one.section == "system"]
    assert "facts have changed" in case.state
    results.work_out(newest(made), DAY, home.editor)
    assert SystemResult.objects.count() == 2


def test_whom_an_editor_asked_is_not_in_a_result(home: House) -> None:
    made = systems.new_system(home.organisation, {"en": "Chat"})
    asked = "asked: [{object: {kind: system, id: chat}, name: product_kind, answer: someone_else, who: Fang, on: 2026-01-01}]"
    version = versions.add_version(made, dossier(f"facts: {{markets: [CN]}}\n{asked}"), "upload", home.editor)
    assert b"Fang" in version.document.bytes()
    assert "Fang" not in results.work_out(version, DAY, home.editor).document.bytes().decode()


def test_a_document_that_is_no_result_is_told_as_unreadable(home: House) -> None:
    made = system(home)
    result = results.work_out(newest(made), DAY, home.editor)
    result.document = newest(made).document
    with pytest.raises(RegisterError) as caught:
        results.report(result, "en")
    assert code_of(caught) == "registry.result-unreadable"


# -- kept checks ---------------------------------------------------------------------------------------------------------------


def test_a_kept_check_has_no_end_and_only_its_person_opens_it_with_the_secret_of_the_site(home: House, settings: object) -> None:
    _, key = checks.open_check(dossier())
    one = kept.keep_check(home.editor, key)
    assert kept.keep_check(home.editor, key) == one
    assert checks.check_by_key(key).kept
    held = kept.kept_of(one.public_id)
    assert kept.key_of(held) == key
    assert key.encode() not in bytes(held.sealed)
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    with pytest.raises(RegisterError) as caught:
        kept.key_of(held)
    assert code_of(caught) == "registry.key-changed"


def test_the_key_of_one_check_does_not_open_another(home: House) -> None:
    keys = [checks.open_check(dossier(f"facts: {{markets: [{one}]}}"))[1] for one in ("CN", "EU")]
    first, second = (kept.keep_check(home.editor, key) for key in keys)
    KeptCheck.objects.filter(pk=first.pk).update(sealed=second.sealed)
    with pytest.raises(RegisterError):
        kept.key_of(kept.kept_of(first.public_id))


def test_no_column_holds_the_key(home: House) -> None:
    _, key = checks.open_check(dossier())
    kept.keep_check(home.editor, key)
    with connection.cursor() as cursor:
        for table in ("register_keptcheck", "register_check"):
            cursor.execute(f"SELECT * FROM {table}")  # two names written here
            assert not [cell for row in cursor.fetchall() for cell in row if key in str(cell)]


def test_letting_go_gives_the_check_its_end_back_once_the_last_lets_go(home: House) -> None:
    _, key = checks.open_check(dossier())
    first, second = kept.keep_check(home.editor, key), kept.keep_check(home.approver, key)
    kept.unkeep(first)
    assert checks.check_by_key(key).kept
    kept.unkeep(KeptCheck.objects.get(pk=second.pk))
    assert not checks.check_by_key(key).kept


def test_what_the_holder_of_a_link_keeps_stays_kept(home: House) -> None:
    check, key = checks.open_check(dossier())
    checks.keep(check, True)
    kept.unkeep(kept.keep_check(home.editor, key))
    assert checks.check_by_key(key).kept


def test_a_kept_check_goes_with_the_check(home: House) -> None:
    check, key = checks.open_check(dossier())
    kept.keep_check(home.editor, key)
    assert [one.section for one in cases_of(home.editor, "en") if one.key.startswith("check:")] == ["check"]
    checks.delete(check)
    assert not KeptCheck.objects.exists()


# -- parties -------------------------------------------------------------------------------------------------------------------


def role() -> str:
    return next(one for one in parties.role_names() if one == "eu.provider")


def test_an_organisation_confirms_its_part_itself_and_once(home: House) -> None:
    made, other = system(home), organisation("medisort", person("med"))
    theirs = with_role(other, "mededitor", "editor")
    party = parties.name_party(made, other, "", [role()], DAY)
    (case,) = [one for one in cases_of(theirs, "en") if one.key.startswith("party:")]
    assert case.href.endswith(party.public_id)
    assert parties.answer_part(party, True, theirs).kind == "party.accepted"
    party.refresh_from_db()
    assert party.answer == parties.ACCEPTED
    with pytest.raises(RegisterError) as caught:
        parties.answer_part(party, False, theirs)
    assert code_of(caught) == "registry.party-answered"
    assert not [one for one in cases_of(theirs, "en") if one.key.startswith("party:")]


def test_parties_that_cannot_be_named(home: House) -> None:
    made, other = system(home), organisation("medisort", person("med"))
    parties.name_party(made, other, "", [role()], DAY)
    wrong = {
        "registry.party-missing": (None, " ", [role()], DAY, None),
        "registry.party-own": (home.organisation, "", [role()], DAY, None),
        "registry.party-role": (None, "Somebody", ["eu.emperor"], DAY, None),
        "registry.party-no-role": (None, "Somebody", [], DAY, None),
        "registry.party-term": (None, "Somebody", [role()], DAY, date(2026, 11, 19)),
        "registry.party-twice": (other, "", [role()], DAY, None),
        "registry.too-long": (None, "x" * 201, [role()], DAY, None),
    }
    for code, given in wrong.items():
        with pytest.raises(RegisterError) as caught:
            parties.name_party(made, *given)
        assert code_of(caught) == code
    assert made.parties.count() == 1


def test_one_outside_is_named_once_at_a_time(home: House) -> None:
    made = system(home)
    first = parties.name_party(made, None, "Outside Ltd", [role()], DAY)
    with pytest.raises(RegisterError) as caught:
        parties.name_party(made, None, " Outside  Ltd ", [role()], DAY)
    assert code_of(caught) == "registry.party-twice"
    parties.end_part(first, DAY)
    parties.name_party(made, None, "Outside Ltd", [role()], DAY)
    assert made.parties.count() == 2


def test_a_part_that_was_confirmed_ends_earlier_and_not_later(home: House) -> None:
    made, other = system(home), organisation("medisort", person("med"))
    party = parties.name_party(made, other, "", [role()], DAY, date(2026, 12, 31))
    for confirmed in (False, True):  # what an organisation reads is what it confirms, and what it has confirmed
        if confirmed:
            parties.answer_part(party, True, person("med2"))
        with pytest.raises(RegisterError) as caught:
            parties.end_part(party, date(2027, 1, 1))
        assert code_of(caught) == "registry.party-longer"
    parties.end_part(party, date(2026, 11, 30))
    assert party.until == date(2026, 11, 30)


def test_of_two_that_are_merged_one_has_the_part_in_a_system(home: House) -> None:
    made = system(home)
    one, into = (organisation(name, person(f"{name}admin"), "shanghai") for name in ("first", "second"))
    for each in (one, into):
        parties.name_party(made, each, "", [role()], date(2026, 1, 1))
    merging.merge(one, into, keeper("kim"), "same licence")
    assert {party.organisation for party in made.parties.all()} == {into}
    assert made.parties.filter(until=None).count() == 1


def test_a_part_that_ended_can_be_named_anew(home: House) -> None:
    made, other = system(home), organisation("medisort", person("med"))
    first = parties.name_party(made, other, "", [role()], DAY)
    with pytest.raises(RegisterError) as caught:
        parties.end_part(first, date(2026, 1, 1))
    assert code_of(caught) == "registry.party-term"
    parties.end_part(first, date(2026, 11, 30))
    assert parties.name_party(made, other, "", [role()], date(2026, 12, 1)).pk != first.pk


def test_what_was_published_is_not_touched_by_what_follows(home: House) -> None:
    entry = published(home)
    before = entry.document.bytes() if entry.document else b""
    versions.add_version(entry.system, dossier("facts: {markets: [KR]}"), "upload", home.editor)
    systems.rename(entry.system, {"en": "Another name"})
    entry.refresh_from_db()
    assert entry.document is not None
    assert entry.document.bytes() == before
