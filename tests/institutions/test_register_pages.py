"""Pages of the register: what the public reads, and the whole way of a system at the desk, in both languages."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.institutions.people import client_of, organisation, person, with_role
from tests.institutions.systems import DAY, SAYS, House, dossier, drafted, house, published, system

from guiju.institutions.hall.models import Outbox
from guiju.institutions.register import checks, corrections, entries, filings, kept, parties, publishing, systems, versions
from guiju.institutions.register.models import Correction, Filing, KeptCheck, System, SystemParty
from guiju.subjects import write_dossier
from guiju.wording import LANGUAGES

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    return house()


def text_of(response: Any) -> str:
    body: str = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def read(client: Client, name: str, lang: str, *args: object, status: int = 200) -> str:
    response = client.get(reverse(name, args=(lang, *args)))
    assert response.status_code == status, response.content.decode()[:2000]
    assert re.search(r"<h1[^>]*>[^<]", response.content.decode())
    return text_of(response)


def send(client: Client, to: str, /, *args: object, **fields: Any) -> HttpResponse:
    return client.post(reverse(to, args=("en", *args)), fields)  # type: ignore[return-value]  # a response of the test client


def receipt_of(client: Client, response: HttpResponse) -> str:
    """The number that the page after an act shows."""
    assert response.status_code == 303
    shown = client.get(response["Location"]).content.decode()
    found = re.search(r"GJ-[0-9A-Z-]+", shown)
    assert found is not None
    return found[0]


# -- the public ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_register_says_why(client: Client, lang: str) -> None:
    assert {"en": "Nothing is public yet", "zh": "还没有公示的系统"}[lang] in read(client, "register", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_entry_says_what_it_is_in_the_language_it_has(client: Client, home: House, lang: str) -> None:
    entry = published(home)
    said = read(client, "register-system", lang, entry.system.public_id)
    assert SAYS["what"][lang] in said
    assert "Companionship; no decisions." in said
    assert ("这一部分只有英文" in said) is (lang == "zh")
    raw = client.get(reverse("register-system", args=(lang, entry.system.public_id))).content.decode()
    assert ('<div lang="en">' in raw) is (lang == "zh")
    assert str(entry.document_id) in raw
    assert {"en": "no certificate", "zh": "不是认证"}[lang] in said


def test_the_list_is_searched_and_filtered_by_its_address(client: Client, home: House) -> None:
    published(home)
    lucia = house("lucia", "brussels")
    triage = system(lucia)
    systems.rename(triage, {"en": "Triage", "zh": "分诊"})
    other = published(lucia, triage)
    publishing.withdraw(other.system, {"en": "Off."}, person("luciaadmin"))

    def names(query: str) -> list[str]:
        return re.findall(r"<h2><a [^>]*>([^<]*)", client.get(f"/en/register/{query}").content.decode())

    assert sorted(names("")) == ["Chat", "Triage"]
    assert names("?q=tri") == ["Triage"]
    assert names("?q=分诊") == ["Triage"]
    assert names("?q=lucia triage") == ["Triage"]
    assert names("?place=shanghai") == ["Chat"]
    assert names("?state=withdrawn") == ["Triage"]
    assert names("?state=public") == ["Chat"]
    for nothing in ("?state=ended", "?state=else", "?place=atlantis", "?q=nothing", "?q=%00%00x"):
        assert names(nothing) == []
        assert "Show all" in client.get(f"/en/register/{nothing}").content.decode()
    assert names("?page=99999") == names("?page=x") == names("")


def test_a_name_that_nobody_published_is_neither_listed_nor_found(client: Client, home: House) -> None:
    entry = published(home)
    systems.rename(entry.system, {"en": "Best Bank Clinic", "zh": "好得很"})
    said = client.get("/en/register/").content.decode()
    assert "Chat" in said
    assert "Best Bank" not in said
    for word, count in (("chat", 1), ("聊天", 1), ("clinic", 0), ("好得很", 0)):
        assert client.get("/en/register/", {"q": word}).content.decode().count("<h2><a ") == count
        assert client.get("/api/v1/register", {"q": word}).json()["count"] == count
    (listed,) = client.get("/api/v1/register").json()["systems"]
    assert listed["name"] == {"en": "Chat", "zh": "聊天"}
    published(home, entry.system)
    assert "Best Bank Clinic" in client.get("/en/register/").content.decode()


def test_nothing_of_a_system_is_read_before_it_is_published(client: Client, home: House) -> None:
    made = drafted(home)
    assert client.get(reverse("register-system", args=("en", made.public_id))).status_code == 404
    assert "Chat" not in client.get("/en/register/").content.decode()
    assert client.get(reverse("correction-ask", args=("en", made.public_id))).status_code == 404


def test_earlier_versions_stay_and_say_that_they_are_earlier(client: Client, home: House) -> None:
    first = published(home)
    published(home, first.system)
    said = read(client, "register-version", "en", first.system.public_id, 1)
    assert "another has taken its place" in said
    file = client.get(reverse("register-file", args=("en", first.system.public_id, 1)))
    assert first.document is not None
    assert file.content == first.document.bytes()
    for name in ("register-version", "register-file"):
        assert client.get(reverse(name, args=("en", first.system.public_id, 9))).status_code == 404


def test_a_withdrawn_entry_is_shown_with_its_reason(client: Client, home: House) -> None:
    entry = published(home)
    publishing.withdraw(entry.system, {"en": "It was switched off."}, home.admin)
    for lang in LANGUAGES:
        assert "It was switched off." in read(client, "register-system", lang, entry.system.public_id)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_anybody_asks_for_a_correction_and_objects_by_the_number_of_the_receipt(client: Client, home: House, lang: str) -> None:
    entry = published(home)
    here = reverse("correction-ask", args=(lang, entry.system.public_id))
    page = text_of(client.get(here))
    assert {"en": "Art. 46(1)", "zh": "第四十六条第一款"}[lang] in page
    response = client.post(here, {"part": "contact", "text": "Nobody answers.", "contact": "", "own": "1"})
    number = receipt_of(client, response)  # type: ignore[arg-type]
    found = Correction.objects.get()
    assert (found.part, found.own_data, found.lang) == ("contact", True, lang)
    public = read(client, "register-system", lang, entry.system.public_id)
    assert corrections.short_number(found) in public
    assert "Nobody answers" not in public
    assert number not in public
    corrections.answer(found, corrections.REFUSED, "Somebody does.", home.editor)
    standing = client.post(reverse("receipt", args=(lang,)), {"number": number}, follow=True).content.decode()
    assert {"en": "Object to an answer</a>", "zh": "对答复提出异议</a>"}[lang] in standing
    objection = client.post(reverse("correction-object", args=(lang,)), {"number": number, "text": "No."})
    receipt_of(client, objection)  # type: ignore[arg-type]
    found.refresh_from_db()
    assert found.objected is not None


@pytest.mark.parametrize(
    ("fields", "at"),
    [({"text": "x"}, "part"), ({"part": "what"}, "text"), ({"part": "what", "text": "x", "contact": "no"}, "contact")],
)
def test_a_request_with_a_mistake_is_shown_again_with_what_was_typed(
    client: Client, home: House, fields: dict[str, str], at: str
) -> None:
    entry = published(home)
    response = client.post(reverse("correction-ask", args=("en", entry.system.public_id)), fields)
    assert response.status_code == 400
    raw = response.content.decode()
    assert f'href="#{at}"' in raw
    assert all(value in raw for value in fields.values())
    assert not Correction.objects.exists()


@pytest.mark.parametrize("number", ["", "nonsense", "GJ-0000-0000-0000-0000-0"])
def test_an_objection_with_a_number_that_is_none(client: Client, number: str) -> None:
    response = client.post(reverse("correction-object", args=("en",)), {"number": number, "text": "No."})
    assert response.status_code in (400, 404)
    assert 'href="#number"' in response.content.decode()


def test_requests_of_one_client_are_counted(client: Client, home: House) -> None:
    entry = published(home)
    here = reverse("correction-ask", args=("en", entry.system.public_id))
    statuses = [client.post(here, {"part": "what", "text": "x"}).status_code for _ in range(12)]
    assert statuses[:10] == [303] * 10
    assert statuses[10:] == [429] * 2


def test_what_is_overdue_is_said_in_public_by_number_alone(client: Client, home: House) -> None:
    found, _ = corrections.ask(published(home), "what", "Secret words.", "", False, "en")
    Correction.objects.update(due=DAY.replace(year=2025))
    said = read(client, "register-system", "en", found.entry.system.public_id)
    assert "Overdue" in said
    assert "Secret" not in said


def test_what_awaits_an_answer_is_not_crowded_out(client: Client, home: House) -> None:
    entry = published(home)
    late, _ = corrections.ask(entry, "what", "Late.", "", False, "en")
    for _ in range(20):
        corrections.ask(entry, "what", "Another.", "", False, "en")
    Correction.objects.exclude(pk=late.pk).update(closed=late.asked, asked=late.asked + timedelta(days=1))
    Correction.objects.filter(pk=late.pk).update(due=DAY.replace(year=2025))
    assert corrections.short_number(late) in read(client, "register-system", "en", entry.system.public_id)
    desk = client_of(home.editor).get(reverse("system", args=("en", entry.system.public_id))).content.decode()
    assert corrections.short_number(late) in desk


def test_an_approver_does_not_publish_what_changed_beside_the_words(home: House) -> None:
    made = drafted(home)
    approver = client_of(home.approver)
    (seen,) = re.findall(
        r'name="seen" value="([^"]*)"', approver.get(reverse("system-draft", args=("en", made.public_id))).content.decode()
    )
    systems.rename(made, {"en": "Best Bank Clinic"})
    refused = send(approver, "system-publish", made.public_id, revision="1", seen=seen)
    assert refused.status_code == 409
    assert not Outbox.objects.filter(kind="system.published").exists()
    systems.rename(made, {"en": "Chat", "zh": "聊天"})
    receipt_of(approver, send(approver, "system-publish", made.public_id, revision="1", seen=seen))


# -- at the desk ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_a_system_at_the_desk(home: House, lang: str) -> None:
    entry = published(home)
    made = entry.system
    filing = filings.take_up(made, "cn-algorithm", "GA 1")
    filings.enter_step(filing, "granted", DAY.replace(month=1), "notice", home.editor)
    filings.enter_step(filing, "service-ended", DAY.replace(month=9), "", home.editor)
    versions.add_version(made, dossier("facts: {markets: [EU]}"), "upload", home.editor)
    party = parties.name_party(made, None, "Outside Ltd", ["eu.provider"], DAY)
    opened, _ = kept.open_version(versions.latest(made), home.editor)  # type: ignore[arg-type]  # there is one
    found, _ = corrections.ask(entry, "what", "Wrong.", "", True, "en")
    entries.save_draft(made, entry.words, home.editor, 0, entry.version, entry.result)
    editor, mine = client_of(home.editor), made.public_id
    assert "Outside Ltd" in read(editor, "system", lang, mine)
    for name, *args in (
        ("systems",), ("system-new", home.organisation.handle), ("system-versions", mine), ("system-result", mine, 1),
        ("system-filing-new", mine), ("system-filing", filing.public_id), ("system-party-new", mine), ("system-write", mine),
        ("system-party-end", party.public_id), ("system-draft", mine), ("correction", found.public_id),
        ("system-back", opened.public_id),
    ):  # fmt: skip
        read(editor, name, lang, *args)
    read(client_of(home.admin), "system-withdraw", lang, mine)
    for name, kind in (("system-result-json", "application/json"), ("system-result-html", "text/html")):
        response = editor.get(reverse(name, args=(lang, mine, 1)))
        assert response["Content-Type"].startswith(kind)
    assert editor.get(reverse("system-version-file", args=(lang, mine, 1))).status_code == 200
    said = text_of(editor.get(reverse("system-versions", args=(lang, mine)) + "?before=1&after=2"))
    assert {"en": "European Union", "zh": "欧盟"}[lang] in said


def test_the_whole_way_from_a_file_to_a_public_entry(home: House) -> None:
    editor, approver = client_of(home.editor), client_of(home.approver)
    there = send(editor, "system-new", home.organisation.handle, **{"name-en": "Chat", "name-zh": ""})["Location"]
    made = System.objects.get()
    assert there.endswith(f"/{made.public_id}/")
    file = SimpleUploadedFile("chat.yaml", write_dossier(dossier()).encode())
    assert send(editor, "system-versions", made.public_id, file=file, note="first").status_code == 303
    assert send(editor, "system-results", made.public_id, on="2026-11-20")["Location"].endswith("/results/1")
    words = {f"{part}-{lang}": text for part, said in SAYS.items() for lang, text in said.items()}
    assert send(editor, "system-write", made.public_id, revision="0", result="1", **words).status_code == 303
    assert "disabled" in editor.get(reverse("system-draft", args=("en", made.public_id))).content.decode()
    refused = send(editor, "system-publish", made.public_id, revision="1")
    assert refused.status_code == 403
    response = send(approver, "system-publish", made.public_id, revision="1")
    receipt_of(approver, response)
    assert "It talks with lonely people." in read(Client(), "register-system", "en", made.public_id)
    receipt_of(approver, send(approver, "system-withdraw", made.public_id, **{"reason-en": "Off.", "reason-zh": ""}))
    assert Outbox.objects.filter(kind="system.withdrawn").exists()


def test_a_version_handed_in_wrongly_is_shown_again(home: House) -> None:
    made, editor = system(home), client_of(home.editor)
    for fields, words in (
        ({}, "Nothing was handed in"),
        ({"text": "x", "check": "y"}, "More than one thing"),
        ({"text": write_dossier(dossier())}, "just what version 1 says"),
        ({"check": "https://here/en/check/" + "x" * 22 + "/"}, ""),
    ):
        response = send(editor, "system-versions", made.public_id, **fields)
        assert response.status_code in (400, 404, 409)
        assert words in text_of(response)
    assert made.versions.count() == 1


def test_a_version_is_changed_as_a_check_and_brought_back(home: House) -> None:
    made, editor = system(home), client_of(home.editor)
    key = send(editor, "system-open", made.public_id)["Location"].split("/")[3]
    check = checks.check_by_key(key)
    checks.save(check, dossier("facts: {markets: [CN, EU]}"), check.version)
    opened = KeptCheck.objects.get()
    assert send(editor, "system-back", opened.public_id, do="go-on")["Location"].split("/")[3] == key
    versions.add_version(made, dossier("facts: {markets: [KR]}"), "upload", home.second_editor)
    second = send(editor, "system-back", opened.public_id, do="bring", base="1")
    assert second.status_code == 409
    assert "Version 2 came in meanwhile" in text_of(second)
    assert send(editor, "system-back", opened.public_id, do="bring", base="2").status_code == 303
    assert made.versions.count() == 3


def test_two_who_write_one_draft_are_shown_the_difference_and_lose_nothing(home: House) -> None:
    made = drafted(home)
    assert send(client_of(home.editor), "system-write", made.public_id, revision="1", **{"what-en": "One"}).status_code == 303
    response = send(client_of(home.second_editor), "system-write", made.public_id, revision="1", **{"what-en": "Two"})
    assert response.status_code == 409
    said = response.content.decode()
    assert "One" in said
    assert "Two" in said
    again = re.search(r'name="revision" value="(\d+)"', said)
    assert again is not None
    assert (
        send(client_of(home.second_editor), "system-write", made.public_id, revision=again[1], **{"what-en": "Two"}).status_code
        == 303
    )


def test_steps_of_a_filing_are_entered_and_struck_out(home: House) -> None:
    made, editor = system(home), client_of(home.editor)
    assert send(editor, "system-filing-new", made.public_id, kind="cn-algorithm", number="").status_code == 303
    filing = Filing.objects.get().public_id
    assert send(editor, "system-filing", filing, do="step", kind="granted", on="2026-01-05").status_code == 303
    assert send(editor, "system-filing", filing, do="number", number="GA 7").status_code == 303
    wrong = send(editor, "system-filing", filing, do="step", kind="granted", on="5th of May")
    assert wrong.status_code == 400
    assert "5th of May" in wrong.content.decode()
    step = Filing.objects.get().steps.get()
    assert send(editor, "system-filing", filing, do="strike", step=str(step.pk)).status_code == 303
    for do in ("strike", "dance"):
        assert send(editor, "system-filing", filing, do=do, step="0").status_code == 400
    assert send(editor, "system-filing-new", made.public_id, kind="none", number="").status_code == 400


def test_a_party_is_named_confirms_and_ends(home: House) -> None:
    made, editor = system(home), client_of(home.editor)
    theirs = with_role(organisation("medisort", person("med")), "mededitor", "editor")
    fields = {"handle": "org:medisort", "name": "", "since": "2026-01-01", "until": "", "roles": ["eu.provider"]}
    assert send(editor, "system-party-new", made.public_id, **fields).status_code == 303
    party = SystemParty.objects.get()
    other = client_of(theirs)
    for lang in LANGUAGES:
        read(other, "system-party", lang, party.public_id)
    receipt_of(other, send(other, "system-party", party.public_id, do="accept"))
    assert send(other, "system-party", party.public_id, do="decline").status_code == 409
    assert send(editor, "system-party", party.public_id, do="accept").status_code == 403
    assert send(editor, "system-party-end", party.public_id, until="2026-02-01").status_code == 303
    mistakes: tuple[dict[str, Any], ...] = ({"handle": "nobody-here"}, {"since": "soon"}, {"roles": []})
    for wrong in mistakes:
        assert send(editor, "system-party-new", made.public_id, **{**fields, **wrong}).status_code == 400


def test_a_request_is_answered_and_its_objection_by_another(home: House) -> None:
    found, receipt = corrections.ask(published(home), "what", "Wrong.", "", False, "en")
    editor, second = client_of(home.editor), client_of(home.second_editor)
    assert send(editor, "correction", found.public_id, outcome="refused", reasons="").status_code == 400
    receipt_of(editor, send(editor, "correction", found.public_id, outcome="refused", reasons="No."))
    corrections.object_to(receipt.number, "But.")
    assert "answered first does not answer" in text_of(editor.get(reverse("correction", args=("en", found.public_id))))
    assert send(editor, "correction", found.public_id, outcome="refused", reasons="No.").status_code == 403
    receipt_of(second, send(second, "correction", found.public_id, outcome="refused", reasons="No."))


def test_without_a_version_there_is_nothing_to_change_or_to_work_out(home: House) -> None:
    editor = client_of(home.editor)
    send(editor, "system-new", home.organisation.handle, **{"name-en": "Bare", "name-zh": ""})
    bare = System.objects.get().public_id
    for name in ("system-open", "system-results"):
        response = send(editor, name, bare)
        assert response.status_code == 409
        assert "Nothing has been said about this system yet" in text_of(response)
    for lang in LANGUAGES:
        read(editor, "system", lang, bare)
    assert editor.get(reverse("system-draft", args=("en", bare))).status_code == 303


def test_a_system_is_renamed_ended_and_used_again(home: House) -> None:
    made, editor = system(home), client_of(home.editor)
    for do in ("end", "again"):
        assert send(editor, "system-edit", made.public_id, do=do).status_code == 303
    assert send(editor, "system-edit", made.public_id, do="rename", **{"name-en": "New", "name-zh": ""}).status_code == 303
    assert System.objects.get().name == {"en": "New"}
    assert send(editor, "system-edit", made.public_id, do="dance").status_code == 400


# -- checks --------------------------------------------------------------------------------------------------------------------


def test_a_check_is_kept_by_signing_in_and_made_a_system(home: House) -> None:
    _, key = checks.open_check(dossier())
    anybody, editor = Client(), client_of(home.editor)
    links, result = (reverse(name, args=("en", key)) for name in ("check-links", "check-result"))
    keep = reverse("check-keep", args=("en", key))
    assert keep not in anybody.get(links).content.decode() + anybody.get(result).content.decode()
    assert keep in editor.get(links).content.decode()
    assert keep in editor.get(result).content.decode()
    assert anybody.post(keep).status_code == 403
    there = editor.post(keep)["Location"]
    assert there in editor.get(links).content.decode()
    one = KeptCheck.objects.get()
    for lang in LANGUAGES:
        assert key not in editor.get(reverse("kept-check", args=(lang, one.public_id))).content.decode()
    assert client_of(home.approver).get(there).status_code == 403
    assert key in send(editor, "kept-check", one.public_id, do="open")["Location"]
    assert send(editor, "kept-check", one.public_id, do="system", organisation="elsewhere").status_code == 400
    assert send(editor, "kept-check", one.public_id, do="system", organisation="yanban").status_code == 303
    assert System.objects.get().versions.get().way == "check"
    assert send(editor, "kept-check", one.public_id, do="let-go").status_code == 303
    assert not checks.check_by_key(key).kept


# -- many ----------------------------------------------------------------------------------------------------------------------


def test_lists_ask_the_database_as_often_for_many_as_for_one(client: Client, home: House) -> None:
    def asked(who: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert who.get(address).status_code == 200
        return len(found)

    first = published(home)
    editor = client_of(home.editor)
    addresses = [(client, "/en/register/"), (client, reverse("register-system", args=("en", first.system.public_id))),
                 (editor, "/en/desk/systems/"), (editor, reverse("system", args=("en", first.system.public_id)))]  # fmt: skip
    corrections.ask(first, "what", "x", "", False, "en")
    for kind in ("cn-algorithm", "cn-genai-service"):
        filings.enter_step(filings.take_up(first.system, kind, ""), "granted", DAY.replace(month=1), "", home.editor)
    for one in addresses:
        asked(*one)  # what is asked once for a session is asked here
    before = [asked(*one) for one in addresses]
    for number in range(4):
        published(home)
        corrections.ask(first, "what", f"x {number}", "", False, "en")
        filings.enter_step(filings.take_up(first.system, "other", ""), "granted", DAY.replace(month=1), "", home.editor)
        parties.name_party(first.system, None, f"Party {number}", ["eu.provider"], DAY)
    assert [asked(*one) for one in addresses] == before
