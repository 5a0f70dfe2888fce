"""What everybody reads of ethics review: only what was published; what was not is counted, and nothing of it is shown."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.institutions.ethics.house import House, accepted, by, by_applicant, decided, drafted, house, stands, written
from tests.institutions.page_words import faults
from tests.institutions.people import client_of

from guiju.calendars import fixed, now
from guiju.institutions.ethics import committees, publishing, statistics
from guiju.institutions.ethics.in_words import heading
from guiju.institutions.ethics.models import Case, Committee, Publication
from guiju.institutions.ethics.publishing import Wanted, current, draft_of, seen_of
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.ethics.statistics import by_year, composition, count, times
from guiju.institutions.people.models import Organisation
from guiju.wording import LANGUAGES

pytestmark = pytest.mark.django_db

SECRET = "Nightingale"
COMPANY = "Zephyrworks"
TEXT = Wanted(False, {"en": "A service for company"}, {"en": "It was approved with care.\nWith one condition."})


@pytest.fixture
def home() -> House:
    made = house()
    Organisation.objects.filter(pk=made.applicant.organisation.pk).update(name={"en": COMPANY})
    made.applicant.organisation.refresh_from_db()
    return made


def made(home: House, kind: str = "activity", outcome: str = "approve") -> Case:
    return decided(home, outcome, accepted(home, drafted(home, f"{SECRET} {kind}", kind)), f"{SECRET} is fine.")


def published(home: House, case: Case, wanted: Wanted = TEXT) -> Publication:
    draft = draft_of(case)
    draft = publishing.propose(case, home.people["ye"], wanted, draft.revision if draft else 0)
    publishing.publish(case, home.unit.approver, draft.revision, seen_of(draft))
    found = current(case)
    assert found is not None
    return found


def withheld(home: House, case: Case, reason: str = "trade-secret") -> Publication:
    return published(home, case, Wanted(True, reason=reason, why={"en": "It would show how it is made.", "zh": "会暴露做法。"}))


def page(name: str, *args: str, lang: str = "en", query: str = "", status: int = 200) -> str:
    answer = Client().get(reverse(name, args=(lang, *args)) + query)
    assert answer.status_code == status, (name, args, query)
    return answer.content.decode()


def public_pages(home: House, *cases: Case, lang: str = "en") -> list[str]:
    """Every public page that there is."""
    found = [
        page("ethics-public", lang=lang),
        page("ethics-own", lang=lang),
        page("ethics-committee", home.body.public_id, lang=lang),
    ]
    found += [page("ethics-public", lang=lang, query=f"?q={word}") for word in (SECRET, COMPANY, "service")]
    found += [page("ethics-decision", one.public_id, lang=lang) for one in cases]
    return found


def titled(found: str) -> str:
    return found.split("<title>", 1)[1].split("</title>", 1)[0]


# -- empty -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_site_says_what_will_be_there_and_shows_our_own_dossier(lang: str) -> None:
    found = page("ethics-public", lang=lang)
    assert found.count("<h1") == 1
    assert ("还没有公开的" if lang == "zh" else "is public yet") in titled(found)
    assert reverse("ethics-own", args=(lang,)) in found
    assert ("没有委员会审查过" if lang == "zh" else "not reviewed by any committee") in found
    assert faults(found, lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_committee_that_decided_nothing_says_so(home: House, lang: str) -> None:
    found = page("ethics-committee", home.body.public_id, lang=lang)
    assert ("还没有作出决定" if lang == "zh" else "Nothing was decided yet") in found
    assert faults(found, lang) == []


# -- nothing leaks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_published_is_counted_and_shown_nowhere(home: House, lang: str) -> None:
    plain, told, kept = made(home), made(home, "tool"), made(home, "experiment")
    proposed = made(home, "draft-rule")
    publishing.propose(proposed, home.people["ye"], Wanted(False, {"en": SECRET}, {"en": SECRET}), 0)
    published(home, told)
    withheld(home, kept)
    people = [one.name for one in home.people.values()] + [home.applicant.editor.name, home.applicant.editor.email]
    for found in public_pages(home, told, kept, lang=lang):
        said = found.replace(f'value="{SECRET}"', "").replace(f'value="{COMPANY}"', "").replace(f"q%3D{SECRET}", "")
        said = said.replace(f"q%3D{COMPANY}", "").replace(f"?q={SECRET}", "").replace(f"?q={COMPANY}", "")
        for hidden in (SECRET, COMPANY, home.applicant.organisation.handle, plain.public_id, plain.number, *people):
            assert hidden not in said, hidden
    for one in (plain, proposed):
        page("ethics-decision", one.public_id, lang=lang, status=404)
        assert Client().get(reverse("ethics-decision-file", args=(lang, one.public_id))).status_code == 404
    counted = page("ethics-committee", home.body.public_id, lang=lang)
    expected = (
        "作出决定 4 件：已公布 1 件，不予公布 1 件，已撤回 0 件，只计数 2 件"
        if lang == "zh"
        else "Cases decided: 4. Published: 1. Withheld: 1. Withdrawn: 0. Counted only: 2."
    )
    assert expected in counted
    assert ("作出决定 4 件" if lang == "zh" else "Cases decided: 4") in titled(counted)


def test_a_committee_that_is_not_public_has_no_page_and_nothing_is_counted(home: House) -> None:
    case = made(home)
    published(home, case)
    committees.open_to(home.committee, home.unit.admin, outside=True, public=False)
    page("ethics-committee", home.body.public_id, status=404)
    assert home.body.name["en"] not in re.sub(r"<ol class=\"results\">.*?</ol>", "", page("ethics-public"), flags=re.DOTALL)
    found = page("ethics-decision", case.public_id)  # what was published stays
    assert reverse("ethics-committee", args=("en", home.body.public_id)) not in found


@pytest.mark.parametrize("name", ["ethics-committee", "ethics-decision"])
@pytest.mark.parametrize("of", ["0", "nobody", "x" * 200])
def test_an_address_of_nothing_is_not_found(name: str, of: str) -> None:
    page(name, of, status=404)


# -- a decision --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_published_decision_says_its_answer_in_the_title(home: House, lang: str) -> None:
    case = made(home)
    published(home, case, Wanted(False, {"en": "A service", "zh": "陪伴服务"}, {"en": "Care is taken.", "zh": "已采取措施。"}))
    found = page("ethics-decision", case.public_id, lang=lang)
    assert ("批准：陪伴服务" if lang == "zh" else "A service: approve") in titled(found).replace("approved", "approve")
    assert ("已采取措施。" if lang == "zh" else "Care is taken.") in found
    assert ("Care is taken." if lang == "zh" else "已采取措施。") not in found
    assert 'name="robots"' not in found
    assert "act of governing" not in found
    assert faults(found, lang) == []


def test_a_text_in_one_language_says_so_and_is_marked(home: House) -> None:
    case = made(home)
    published(home, case)
    found = page("ethics-decision", case.public_id, lang="zh")
    assert "只有英文" in found
    assert 'lang="en"' in found


def test_a_script_in_a_text_is_shown_as_text(home: House) -> None:
    case = made(home)
    bad = "<script>alert(1)</script>"
    published(home, case, Wanted(False, {"en": f"T {bad}"}, {"en": f"S {bad} {{{{ 7 * 7 }}}}"}))
    approver = client_of(home.unit.approver)
    own = approver.get(reverse("ethics-publish-unit", args=("en", home.body.public_id))).content.decode()
    for found in (*public_pages(home, case), own):
        assert bad not in found
    assert "&lt;script&gt;alert(1)" in page("ethics-decision", case.public_id)
    assert "{{ 7 * 7 }}" in page("ethics-decision", case.public_id)


@pytest.mark.parametrize("kind", ["tool", "experiment", "draft-rule"])
@pytest.mark.parametrize("open_", [True, False])
def test_acts_of_governing_are_marked_also_where_they_are_withheld(home: House, kind: str, open_: bool) -> None:
    case = made(home, kind)
    published(home, case) if open_ else withheld(home, case)
    for found in (page("ethics-decision", case.public_id), page("ethics-committee", home.body.public_id)):
        assert "act of governing" in found


@pytest.mark.parametrize("reason", publishing.REASONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_withheld_decisions_are_shown_as_withheld_with_their_reason(home: House, reason: str, lang: str) -> None:
    case = made(home)
    withheld(home, case, reason)
    found = page("ethics-decision", case.public_id, lang=lang)
    assert ("不予公布：" if lang == "zh" else "Withheld: ") in titled(found)
    assert ("会暴露做法。" if lang == "zh" else "how it is made.") in found
    assert ("不予公布：" if lang == "zh" else "Withheld: ") in page("ethics-public", lang=lang)
    assert faults(found, lang) == []


def test_a_withdrawn_text_goes_on_to_be_shown_as_withdrawn_without_its_words(home: House) -> None:
    case = made(home)
    published(home, case)
    publishing.withdraw(case, home.unit.approver, {"en": "A name stood in it."})
    found = page("ethics-decision", case.public_id)
    assert "withdrawn" in titled(found)
    assert "A name stood in it." in found
    for one in public_pages(home, case):
        assert "A service for company" not in one
        assert "approved with care" not in one
    assert Client().get(reverse("ethics-decision-file", args=("en", case.public_id))).status_code == 404
    assert "Withdrawn: 1." in page("ethics-committee", home.body.public_id)


def test_what_is_decided_later_shows_as_the_state(home: House) -> None:
    case = made(home)
    published(home, case)
    gives = {"outcome": "suspend", "reasons_given": True, "conditions_open": 0}
    by(home, "chair", case, "follow_up", gives, {"reasons": f"{SECRET} got worse."})
    found = page("ethics-decision", case.public_id)
    assert re.search(r"<strong>suspended</strong>", found)
    assert "follow" in found.lower().split("decisions since")[1]
    assert SECRET not in found
    by(home, "chair", case, "end_activity", {"reasons_given": True}, {"reasons": "Over."})
    assert re.search(r"<strong>ended</strong>", page("ethics-decision", case.public_id))


def test_the_file_is_what_the_record_has(home: House) -> None:
    case = made(home)
    found = published(home, case)
    answer = Client().get(reverse("ethics-decision-file", args=("en", case.public_id)))
    assert found.document is not None
    assert answer.content == found.document.bytes()
    assert str(found.document_id) in page("ethics-decision", case.public_id)


# -- the list ----------------------------------------------------------------------------------------------------------------


def test_decisions_are_found_by_words_and_outcome_and_withheld_ones_by_neither(home: House) -> None:
    case, refused, kept = made(home), made(home, outcome="refuse"), made(home)
    published(home, case)
    published(home, refused, Wanted(False, {"zh": "另一项"}, {"zh": "不予批准的理由。"}))
    withheld(home, kept)
    here = {one.pk: reverse("ethics-decision", args=("en", one.public_id)) for one in (case, refused, kept)}

    def found(query: str) -> set[int]:
        said = page("ethics-public", query=query)
        return {pk for pk, href in here.items() if href in said}

    assert found("") == here.keys()
    assert found("?q=condition+care") == {case.pk}
    assert found("?q=不予批准") == {refused.pk}
    assert found("?outcome=refuse") == {refused.pk}
    assert found("?q=service&outcome=refuse") == set()
    assert found("?q=made") == set()  # a word of why it is withheld
    assert "No decision was found" in page("ethics-public", query="?q=nothing-such")


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=%25", "?outcome=%27%22", "?page=-1", "?page=99999", "?page=1e9", "?q=" + "a" * 5000]
)
def test_no_query_breaks_the_list(home: House, query: str) -> None:
    published(home, made(home))
    assert page("ethics-public", query=query).count("<h1") == 1


def test_the_list_is_paged_and_ours_stands_on_its_first_page_alone(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.institutions.ethics.views.public_pages.PER_PAGE", 1)
    for _ in range(2):
        published(home, made(home))
    own = reverse("ethics-own", args=("en",))
    first, second = page("ethics-public"), page("ethics-public", query="?page=2")
    assert own in first
    assert first.index(own) < first.index("/ethics/decisions/")
    assert own not in second
    assert "Page 2 of 2" in second


def test_examples_are_marked_and_not_indexed_and_nothing_else_is(home: House) -> None:
    real, example = made(home), made(home)
    published(home, real)
    Case.objects.filter(pk=example.pk).update(example=True)
    example.refresh_from_db()
    published(home, example)
    assert 'name="robots"' in page("ethics-decision", example.public_id)
    assert 'name="robots"' not in page("ethics-decision", real.public_id)
    assert 'name="robots"' not in page("ethics-public")
    assert "Example" in page("ethics-public").split(example.public_id)[1].split("</li>")[0].replace("example", "Example")


# -- numbers -----------------------------------------------------------------------------------------------------------------


def test_counts_agree_with_the_table_of_each_year(home: House) -> None:
    made(home), made(home)
    published(home, made(home, outcome="refuse"))
    found = statistics.decided(home.committee)
    assert dict(count(found)) == {"counted": 2, "published": 1}
    (rows,) = by_year(found).values()
    assert rows == {("", "approve"): {"counted": 2}, ("", "refuse"): {"published": 1}}
    said = page("ethics-committee", home.body.public_id)
    assert "3 decided; 1 published, 0 withheld, 0 withdrawn, 2 counted only" in said
    assert 'class="bars"' in said


def test_a_case_counts_once_by_its_latest_decision(home: House) -> None:
    case = made(home, outcome="approve_after_changes")
    published(home, case)
    written(case, "Changed.")
    by_applicant(home, case, "hand_in_changes")
    by(home, "chair", case, "confirm_changes", {"outcome": "approve", "digest": stands(case).digest, "reasons_given": True})
    (one,) = statistics.decided(home.committee)
    assert (one.outcome, one.shown) == ("approve", "published")


def test_times_are_from_acceptance_to_decision_and_say_what_was_past_the_usual_time() -> None:
    start = now()
    with fixed(start):
        home = house(days=300)
    at = start
    for days in (3, 40, 5):
        with fixed(at):
            case = accepted(home)
        at += timedelta(days=days)
        with fixed(at):
            decided(home, case=case)
    found = times(home.committee)
    assert found is not None
    assert (found.count, found.median, found.past) == (3, 5, 1)
    with fixed(at):
        said = page("ethics-committee", home.body.public_id)
    assert "the median of 3 is 5 days; past the usual time: 1" in said


def test_composition_is_in_numbers(home: House) -> None:
    found = composition(home.committee)
    assert found.members == 7
    assert found.posts["secretary"] == 1
    assert found.kinds["woman"] == 3
    assert "Members with a vote today: 7." in page("ethics-committee", home.body.public_id)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_committee_shows_each_choice_of_its_charter_and_what_it_rests_on(home: House, lang: str) -> None:
    found = page("ethics-committee", home.body.public_id, lang=lang)
    charter = found.split('id="charter"', 1)[1]
    rules = rules_of(home.committee)
    assert all(heading(one.words, lang) in charter for one in rules.parameters.values())
    assert ("第十四条" if lang == "zh" else "Art. 14") in charter
    assert ("我们的做法" if lang == "zh" else "our practice") in charter


@pytest.mark.parametrize("lang", LANGUAGES)
def test_full_pages_read_well_in_their_language(home: House, lang: str) -> None:
    told, kept = made(home, "tool"), made(home)
    both = Wanted(False, {"en": "A service", "zh": "陪伴服务"}, {"en": "Care is taken.", "zh": "已采取措施。"})
    published(home, told, both)
    withheld(home, kept)
    Committee.objects.update(registered=home.committee.founded)
    home.body.name = {"en": "Ethics Committee", "zh": "伦理委员会"}
    home.body.save()
    Organisation.objects.update(name={"en": "University", "zh": "大学"})
    for found in public_pages(home, told, kept, lang=lang):
        if SECRET not in found and COMPANY not in found:
            assert faults(found, lang) == []
        assert found.count("<h1") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_of_everybody_ask_for_no_account_and_the_register_leads_to_them_and_back(lang: str) -> None:
    for address, other in ((f"/{lang}/register/", f"/{lang}/ethics/"), (f"/{lang}/ethics/", f"/{lang}/register/")):
        answer: Any = Client().get(address)
        page = answer.content.decode()
        assert f'<a href="{other}">' in page.partition("<main")[2]
        assert f'<a href="/{lang}/register/" aria-current="true">' in page  # the place of the menu in which both stand
