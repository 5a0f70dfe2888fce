"""Moving in: tables are read cell by cell, everything wrong is told by row and column, and all of a file is taken or nothing."""

import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from tests.institutions.ethics import house as at
from tests.institutions.ethics.house import House, house
from tests.institutions.page_words import faults, words_of
from tests.institutions.people import client_of, person

from guiju.calendars import today
from guiju.institutions.ethics.import_tables import CASES, COLUMNS, MEMBERS, MOST_ROWS, choices, titles
from guiju.institutions.ethics.models import Case, Committee, Done, Papers
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.hall.models import Letter, Outbox
from guiju.institutions.people.members import take_up
from guiju.institutions.people.models import Invitation, Person

pytestmark = pytest.mark.django_db

DAY = today("Asia/Shanghai")
ENDS = DAY + timedelta(days=900)
CASE: dict[str, Any] = {
    "number": "R-17", "title": "A companion", "object": "An AI system", "state": "approved", "applicant": "unico",
    "listed": "no", "route": "general", "day": "2026-03-02", "conditions": "Publish the notice | 2027-01-31; Train the staff",
}  # fmt: skip
MEMBER: dict[str, Any] = {
    "name": "Wu Fang", "email": "wufang@example.org", "post": "member", "kinds": "law experts; women", "begins": str(DAY),
    "ends": str(ENDS), "outside": "yes", "trained": "2027-05-01",
}  # fmt: skip


def table(
    what: str, *rows: dict[str, Any], lang: str = "en", leave: str = "", more: dict[int, Any] | None = None
) -> SimpleUploadedFile:
    """A spreadsheet with these rows; ``leave``: a column that is not there, ``more``: other cells, by their column."""
    book = Workbook()
    sheet: Any = book.active
    columns = [one.name for one in COLUMNS[what] if one.name != leave]
    sheet.append([titles(what)[one][lang] for one in columns])
    for row in rows:
        sheet.append([row[one] for one in columns])
    for place, value in (more or {}).items():
        sheet.cell(2, place).value = value
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("table.xlsx", out.getvalue())


def csv(what: str, *rows: dict[str, Any], lang: str = "zh", encoding: str = "utf-8-sig") -> SimpleUploadedFile:
    """The same as CSV."""
    columns = [one.name for one in COLUMNS[what]]
    lines = [[titles(what)[one][lang] for one in columns], *([str(row[one]) for one in columns] for row in rows)]
    text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    return SimpleUploadedFile("table.csv", text.encode(encoding))


def path(home: House, lang: str = "en") -> str:
    return f"/{lang}/desk/ethics/committees/{home.body.public_id}/import"


def looked_at(client: Client, home: House, what: str, file: SimpleUploadedFile, lang: str = "en", status: int = 200) -> str:
    answer = client.post(path(home, lang), {"what": what, "file": file})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def kept(page: str) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', page)
    assert found is not None, words_of(page)
    return found[1]


def taken(client: Client, home: House, what: str, page: str) -> Any:
    return client.post(path(home), {"do": "take", "what": what, "kept": kept(page)})


def counts() -> tuple[int, ...]:
    return tuple(one.objects.count() for one in (Case, Papers, Done, Invitation, Letter, Outbox))


def able(home: House) -> Person:
    """The secretary, who is also an administrator, so that they can offer seats."""
    take_up(home.people["ye"], home.unit.organisation, ["administrator"])
    return home.people["ye"]


# -- cases ---------------------------------------------------------------------------------------------------------------------


def test_running_cases_are_looked_at_first_and_then_taken_over_with_their_conditions_and_their_time() -> None:
    home = house()
    secretary = client_of(home.people["ye"])
    before = counts()
    rows = [CASE, CASE | {"number": "R-18", "state": "accepted", "day": "2026-11-02", "conditions": ""}]
    rows.append(CASE | {"number": "R-19", "state": "applied", "day": "", "conditions": "", "listed": "", "route": ""})
    page = looked_at(secretary, home, CASES, table(CASES, *rows))
    assert counts() == before, "to look does nothing"
    assert "Nothing has been done yet" in page
    assert taken(secretary, home, CASES, page).status_code == 303
    approved, accepted, applied = (Case.objects.get(number=one["number"]) for one in rows)
    assert [at.stands(one).state for one in (approved, accepted, applied)] == ["approved", "accepted", "applied"]
    assert [one.text for one in approved.conditions.order_by("number")] == ["Publish the notice", "Train the staff"]
    assert [one.due for one in approved.conditions.order_by("number")] == [date(2027, 1, 31), None]
    assert at.stands(approved).facts == {"conditions_open": 2, "listed": False, "route": "general", "taken_over": True}
    assert approved.papers.get().document_id == at.stands(approved).digest
    board = secretary.get(f"/en/desk/ethics/committees/{home.body.public_id}/").content.decode()
    assert "2 March 2027" in board  # twelve months after the earlier decision
    for reader, address in ((secretary, "ethics-case"), (client_of(home.applicant.editor), "application")):
        there = reverse(address, args=("en", approved.public_id))
        assert "Taken over from earlier records under number R-17" in reader.get(there).content.decode()


def test_the_same_file_twice_is_refused_row_by_row_and_the_same_page_sent_twice_does_it_once() -> None:
    home = house()
    secretary = client_of(home.people["ye"])
    page = looked_at(secretary, home, CASES, table(CASES, CASE))
    assert taken(secretary, home, CASES, page).status_code == 303
    before = counts()
    assert "has a case numbered R-17 already" in taken(secretary, home, CASES, page).content.decode()
    again = looked_at(secretary, home, CASES, table(CASES, CASE), status=400)
    assert "Row 2, column Number" in again
    assert counts() == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_a_table_in_chinese_is_read_in_every_usual_encoding(encoding: str) -> None:
    home = house()
    allowed = choices(CASES, rules_of(home.committee))
    row = CASE | {"state": "已批准", "listed": "否", "title": "陪伴服务", "conditions": ""}
    row |= {"object": allowed["object"]["system"]["zh"], "route": allowed["route"]["general"]["zh"]}
    page = looked_at(client_of(home.people["ye"]), home, CASES, csv(CASES, row, encoding=encoding), "zh")
    assert taken(client_of(home.people["ye"]), home, CASES, page).status_code == 303
    assert Case.objects.get(number="R-17").title == "陪伴服务"


@pytest.mark.parametrize(
    ("wrong", "column", "said"),
    [
        ({"state": "done"}, "State", "“done” cannot stand here. It can be: "),
        ({"state": "ended"}, "State", "“ended” cannot stand here"),
        ({"object": ""}, "What is reviewed", "Nothing stands here."),
        ({"listed": "perhaps"}, "Listed activity", "“perhaps” cannot stand here. It can be: Yes, No."),
        ({"listed": True}, "Listed activity", "“TRUE” is no text."),
        ({"title": 17}, "Title", "“17” is no text."),
        ({"title": "x" * 201}, "Title", "at most 200"),
        ({"number": "x" * 21}, "Number", "at most 20"),
        ({"day": "2026-02-30"}, "Day of acceptance or decision", "is no day"),
        ({"day": "03/02/2026"}, "Day of acceptance or decision", "is no day"),
        ({"day": datetime(2026, 3, 2, 10, 30)}, "Day of acceptance or decision", "is no day"),  # noqa: DTZ001  # a cell has no zone
        ({"day": 46083}, "Day of acceptance or decision", "is no day"),
        ({"applicant": "nobody-here"}, "Applicant", "No organisation of this site is called “nobody-here”."),
        ({"conditions": "Publish | soon"}, "Conditions", "soon"),
        ({"state": "applied", "conditions": ""}, "Day of acceptance or decision", "has no such day"),
        ({"state": "accepted"}, "Conditions", "has no conditions"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_by_row_and_column(wrong: dict[str, Any], column: str, said: str) -> None:
    home = house()
    before = counts()
    page = words_of(
        looked_at(client_of(home.people["ye"]), home, CASES, table(CASES, CASE, CASE | {"number": "R-2"} | wrong), status=400)
    )
    assert f"Row 3, column {column}" in page
    assert said in page
    assert counts() == before


def test_what_the_rules_of_procedure_refuse_is_told_with_its_remedy() -> None:
    home = house()
    secretary = client_of(home.people["ye"])
    page = words_of(looked_at(secretary, home, CASES, table(CASES, CASE | {"day": ""}), status=400))
    assert "the day of the earlier acceptance or decision is not stated" in page
    assert "State the day as the earlier records have it." in page
    later = CASE | {"day": str(DAY + timedelta(days=3))}
    assert "has not come yet" in words_of(looked_at(secretary, home, CASES, table(CASES, later), status=400))
    open_ones = CASE | {"state": "accepted", "conditions": "", "route": "", "day": "2026-11-02"}
    assert "the procedure named on acceptance is not stated" in words_of(
        looked_at(secretary, home, CASES, table(CASES, open_ones), status=400)
    )


def test_of_a_row_that_is_half_right_everything_that_is_wrong_is_told_at_once_and_nothing_of_the_file_is_taken() -> None:
    home = house()
    before = counts()
    bad = CASE | {"number": "", "state": "done", "day": "soon"}
    page = words_of(looked_at(client_of(home.people["ye"]), home, CASES, table(CASES, CASE, bad), status=400))
    for column in ("Number", "State", "Day of acceptance or decision"):
        assert f"Row 3, column {column}" in page
    assert "Things that are wrong: 3" in page
    assert 'name="kept"' not in page
    assert counts() == before


def test_a_number_that_stands_twice_in_a_file_and_a_committee_that_takes_no_cases_of_others() -> None:
    home = house()
    secretary = client_of(home.people["ye"])
    page = words_of(looked_at(secretary, home, CASES, table(CASES, CASE, CASE), status=400))
    assert "“R-17” stands in row 2 already." in page
    Committee.objects.update(outside=False)
    assert "Row 2, column Applicant" in words_of(looked_at(secretary, home, CASES, table(CASES, CASE), status=400))
    assert kept(looked_at(secretary, home, CASES, table(CASES, CASE | {"applicant": "org:uni"})))


def test_a_case_that_is_applied_for_later_gets_no_number_that_was_taken_over() -> None:
    home = house()
    secretary = client_of(home.people["ye"])
    page = looked_at(secretary, home, CASES, table(CASES, CASE | {"number": f"{DAY.year}-002"}))
    assert taken(secretary, home, CASES, page).status_code == 303
    assert at.applied(home).number == f"{DAY.year}-003"


# -- files ---------------------------------------------------------------------------------------------------------------------


def test_wrong_columns_are_told_by_their_titles() -> None:
    home = house()
    secretary = client_of(home.people["ye"])
    assert "Columns are missing: State." in looked_at(secretary, home, CASES, table(CASES, CASE, leave="state"), status=400)
    book = load_workbook(table(CASES, CASE))
    sheet: Any = book.active
    for place, title, said in (
        (4, "Zustand", "There is no column called “Zustand”."),
        (4, "Title", "The column “Title” stands twice."),
        (4, "", "Columns are missing: State."),
    ):
        sheet.cell(1, place).value = title
        out = io.BytesIO()
        book.save(out)
        assert said in looked_at(secretary, home, CASES, SimpleUploadedFile("t.xlsx", out.getvalue()), status=400)


def test_a_formula_is_not_taken_for_its_value_and_a_cell_beside_the_table_is_told() -> None:
    home = house()
    secretary = client_of(home.people["ye"])
    page = words_of(
        looked_at(secretary, home, CASES, table(CASES, CASE, more={2: '=HYPERLINK("http://x")', 12: "a note"}), status=400)
    )
    assert "Row 2, column Title" in page
    assert "A formula stands here without its value." in page
    assert "“a note” stands under no title." in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.xlsx", b""), ("blank.csv", b"   \n"), ("not.xlsx", b"PK\x03\x04 no archive"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\xff\xfe\x00"), ("words.csv", b"Dear committee"), ("quote.csv", b'"open'),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_with_what_to_do(name: str, content: bytes) -> None:
    home = house()
    page = looked_at(client_of(home.people["ye"]), home, CASES, SimpleUploadedFile(name, content), status=400)
    assert 'id="file-error"' in page or 'href="#file"' in page


def test_no_file_nothing_chosen_and_too_many_rows() -> None:
    home = house()
    secretary = client_of(home.people["ye"])
    assert secretary.post(path(home), {"what": CASES}).status_code == 400
    assert "Nothing that can be chosen" in looked_at(secretary, home, "pets", table(CASES, CASE), status=400)
    many = [CASE | {"number": f"N-{number}"} for number in range(MOST_ROWS + 1)]
    assert f"{MOST_ROWS} can be taken at once" in looked_at(secretary, home, CASES, table(CASES, *many), status=400)


def test_what_was_shown_to_somebody_else_or_was_changed_is_not_taken() -> None:
    home, other = house(), house("other")
    page = looked_at(client_of(home.people["ye"]), home, CASES, table(CASES, CASE))
    for client, where, value in (
        (client_of(home.people["chair"]), home, kept(page)),
        (client_of(other.people["ye"]), other, kept(page)),
        (client_of(home.people["ye"]), home, kept(page)[:-2] + "xx"),
        (client_of(home.people["ye"]), home, ""),
    ):
        answer = client.post(path(where), {"do": "take", "what": CASES, "kept": value})
        assert answer.status_code == 409
        assert "no longer at hand" in answer.content.decode()
    assert not Case.objects.exists()


# -- members -------------------------------------------------------------------------------------------------------------------


def test_members_are_offered_seats_by_letter_and_once_they_took_them_the_same_table_describes_them() -> None:
    home = house()
    client = client_of(able(home))
    before = counts()
    page = looked_at(client, home, MEMBERS, table(MEMBERS, MEMBER))
    assert counts() == before, "to look sends no letter"
    assert "a seat is offered by letter" in page
    assert taken(client, home, MEMBERS, page).status_code == 303
    invitation = Invitation.objects.get(email="wufang@example.org")
    assert (invitation.seat.post, invitation.seat.outside, invitation.seat.ends) == ("member", True, ENDS)  # type: ignore[union-attr]
    assert Letter.objects.filter(to="wufang@example.org").count() == 1
    again = looked_at(client, home, MEMBERS, table(MEMBERS, MEMBER), status=400)
    assert "is not answered yet" in again
    seat = invitation.seat
    assert seat is not None
    seat.person, seat.taken = person("wufang"), home.committee.made
    seat.save()
    invitation.answer = "accepted"
    invitation.save()
    page = looked_at(client, home, MEMBERS, table(MEMBERS, MEMBER))
    assert "the member is described" in page
    assert taken(client, home, MEMBERS, page).status_code == 303
    played = standing_of(home.committee).seats[seat.public_id]
    assert sorted(played.categories) == ["law", "outside", "woman"]
    assert str(played.trained_until) == "2027-05-01"
    assert "All of this is known already." in looked_at(client, home, MEMBERS, table(MEMBERS, MEMBER), status=400)
    other = MEMBER | {"post": "deputy chair"}
    assert "The seat that this person has is another one" in looked_at(client, home, MEMBERS, table(MEMBERS, other), status=400)


@pytest.mark.parametrize(
    ("wrong", "column", "said"),
    [
        ({"email": "wufang"}, "E-mail", ""),
        ({"post": "king"}, "Post", "“king” cannot stand here. It can be: chair"),
        ({"kinds": "law experts; wizards"}, "Kinds of member", "“wizards” cannot stand here"),
        ({"begins": str(ENDS), "ends": str(DAY)}, "Term to", ""),
        ({"begins": "2020-01-01", "ends": "2021-01-01"}, "Term to", ""),
        ({"post": "chair"}, "Post", "The body has a chair"),
        ({"outside": ""}, "From outside", "Nothing stands here."),
        ({"trained": "often"}, "Trained until", "is no day"),
    ],
)
def test_a_member_who_cannot_be_taken_is_told_and_nobody_of_the_file_gets_a_letter(
    wrong: dict[str, str], column: str, said: str
) -> None:
    home = house()
    client = client_of(able(home))
    before = counts()
    page = words_of(
        looked_at(client, home, MEMBERS, table(MEMBERS, MEMBER, MEMBER | {"email": "li@example.org"} | wrong), status=400)
    )
    assert f"Row 3, column {column}" in page
    assert said in page
    assert counts() == before


def test_whoever_cannot_offer_seats_is_told_who_can() -> None:
    home = house()
    secretary = client_of(home.people["ye"])
    assert "an administrator of the organisation" in secretary.get(path(home)).content.decode()
    page = words_of(looked_at(secretary, home, MEMBERS, table(MEMBERS, MEMBER), status=400))
    assert "an administrator of the organisation" in page
    assert not Invitation.objects.exists()


# -- who may, and the pages ----------------------------------------------------------------------------------------------------


def test_readers_without_the_right_import_nothing() -> None:
    home = house()
    for who in (home.people["he"], home.people["deputy"], home.unit.admin, home.applicant.admin, person("stranger")):
        client = client_of(who)
        assert client.get(path(home)).status_code == 403
        assert client.post(path(home), {"what": CASES, "file": table(CASES, CASE)}).status_code == 403
        assert client.get(f"{path(home)}/template?what=cases").status_code == 403
    assert not Case.objects.exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_templates_are_read_again_and_the_pages_are_written_as_their_language_is(lang: str) -> None:
    home = house()
    secretary = client_of(able(home))
    for what, row in ((CASES, CASE), (MEMBERS, MEMBER)):
        answer = secretary.get(f"{path(home, lang)}/template?what={what}")
        book = load_workbook(io.BytesIO(answer.content))
        assert [cell.value for cell in next(book.worksheets[0].iter_rows())] == [
            titles(what)[one.name][lang] for one in COLUMNS[what]
        ]
        sheet: Any = book.worksheets[0]
        sheet.append([row[one.name] for one in COLUMNS[what]])
        out = io.BytesIO()
        book.save(out)
        page = looked_at(secretary, home, what, SimpleUploadedFile("t.xlsx", out.getvalue()), lang)
        assert kept(page)
        if lang == "en":
            assert not faults(page, lang), faults(page, lang)
    page = looked_at(secretary, home, CASES, table(CASES, CASE | {"state": "", "day": "", "conditions": ""}), lang, status=400)
    assert not faults(page, lang), faults(page, lang)
    assert secretary.get(f"{path(home)}/template?what=pets").status_code == 404


def test_rules_without_the_step_take_no_cases_over_and_say_so() -> None:
    home = house()
    home.committee.acts.all().delete()
    Committee.objects.update(rules="company-board")
    secretary = client_of(home.people["ye"])
    page = secretary.get(path(home)).content.decode()
    assert "know no step by which earlier cases are taken over" in page
    assert looked_at(secretary, home, CASES, table(CASES, CASE), status=400)
