"""Rules that change: a committee goes over to a newer edition by an act, and what was done before is played as it was done."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse
from tests.institutions.ethics.house import House, accepted, applied, by, carried, decided, house, opened, put, stands, vote
from tests.institutions.ethics.house import count as counted
from tests.institutions.page_words import words_of
from tests.institutions.people import client_of, person
from tests.procedure.test_editions import newer_shelf

from guiju.calendars import now
from guiju.institutions.ethics import committees, standing
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Committee, Done
from guiju.institutions.ethics.replaying import counted_ballots
from guiju.institutions.ethics.standing import standing_of
from guiju.institutions.people.cases import cases_of
from guiju.institutions.people.models import Keeper
from guiju.procedure import ProcedureError, editions, editions_of, reading, short

pytestmark = pytest.mark.django_db
FIVE = ("chair", "deputy", "he", "zheng", "su")


@pytest.fixture
def home() -> House:
    return house()


@pytest.fixture
def newer(home: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """After the committee was set up, Guiju comes with an edition that asks for six at a meeting, where five were enough."""
    assert home
    yield newer_shelf(tmp_path / "shelf", monkeypatch)[1]
    editions.shipped.cache_clear()


def page(home: House) -> str:
    return reverse("committee-edition", args=("en", home.body.public_id))


def test_until_it_is_gone_over_to_the_earlier_edition_holds(home: House, newer: str) -> None:
    decided(home, case=accepted(home), present=FIVE)
    assert home.committee.edition != newer
    assert {one.edition for one in home.committee.acts.all()} == {home.committee.edition}


def test_from_then_on_the_newer_one_holds_and_what_was_decided_stays_decided(home: House, newer: str) -> None:
    first = decided(home, case=accepted(home), present=FIVE)
    running = accepted(home)
    admin = client_of(home.unit.admin)
    shown = admin.get(page(home)).content.decode()
    assert "What the newer edition changes" in shown
    assert "those at the table" in shown.lower()
    assert admin.post(page(home), {"edition": newer}).status_code == 303
    assert "The committee works by the newer edition" in admin.get(page(home)).content.decode()
    home.committee.refresh_from_db()
    assert home.committee.edition == newer
    assert stands(first).state == "approved"
    carried(home, running, present=FIVE)
    assert [one.ballot.came for one in counted_ballots(home.committee)] == ["carried", "void"]
    carried(home, running, present=(*FIVE, "yi"))
    assert counted_ballots(home.committee)[-1].ballot.came == "carried"
    row = Done.objects.get(committee=home.committee, step="edition")
    assert (row.edition, row.gives) == (newer, {"edition": newer})
    assert "the same; there is nothing to do" in admin.get(page(home)).content.decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_board_says_that_there_is_a_newer_one_and_members_cannot_take_it(home: House, newer: str, lang: str) -> None:
    member = client_of(home.people["he"])
    board = member.get(reverse("committee", args=(lang, home.body.public_id))).content.decode()
    assert page(home).replace("/en/", f"/{lang}/") in board
    assert member.post(page(home), {"edition": newer}).status_code == 403
    shown = member.get(page(home).replace("/en/", f"/{lang}/"))
    assert shown.status_code == 200
    assert 'name="edition"' not in shown.content.decode()


def test_nobody_goes_over_during_a_vote_or_to_what_was_not_read_or_twice(home: House, newer: str) -> None:
    case = accepted(home)
    meeting = opened(home, case)
    put(home, meeting, case)
    with pytest.raises(ProcedureError) as runs:
        committees.adopt(home.committee, home.unit.admin, newer)
    assert runs.value.code == "procedure.ballot-runs"
    home.committee.refresh_from_db()
    assert home.committee.edition != newer
    for name in FIVE:
        vote(home, meeting, name)
    counted(home, meeting)
    for typed in ("", "sha256:" + "0" * 64, home.committee.edition):
        assert client_of(home.unit.admin).post(page(home), {"edition": typed}).status_code == 409
    committees.adopt(home.committee, home.unit.admin, newer)
    with pytest.raises(EthicsError) as twice:
        committees.adopt(home.committee, home.unit.admin, newer)
    assert twice.value.code == "ethics.edition-same"


def test_a_letter_rests_on_what_the_decision_rested_on_when_it_was_made(
    home: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stricter(text: str) -> str:
        said = "lacks: {zh: 缺少, en: lacking}, cure: {zh: 补上。, en: Give it.}, who: [chair]"
        more = f"{{require: reasons_given, norm: cn/ethics-review-2023/6, {said}}}"
        where = text.index("\n  decide: {")
        text = text[:where] + text[where:].replace("needs: [", "needs: [another, ", 1)
        return text.replace("\nguards:\n", f"\nguards:\n  another: {more}\n", 1)

    case = decided(home)
    letter = reverse("ethics-letter", args=("en", case.public_id))
    chair = client_of(home.people["chair"])
    before = words_of(chair.get(letter).content.decode())
    try:
        committees.adopt(home.committee, home.unit.admin, newer_shelf(tmp_path / "shelf", monkeypatch, stricter)[1])
        assert words_of(chair.get(letter).content.decode()) == before
        other = reverse("ethics-letter", args=("en", decided(home).public_id))
        assert "Art. 6" in words_of(chair.get(other).content.decode())
        assert "Art. 6" not in before
    finally:
        editions.shipped.cache_clear()


# -- acts that cannot be played ------------------------------------------------------------------------------------------------


@pytest.fixture(params=["altered", "unknown edition", "by rules of tomorrow"])
def broken(home: House, request: pytest.FixtureRequest) -> House:
    """A committee whose acts cannot be played, for one of three reasons."""
    applied(home)
    row = home.committee.acts.get(step="apply")
    if request.param == "altered":
        Done.objects.filter(pk=row.pk).update(gives=row.gives | {"listed": True})
    elif request.param == "unknown edition":
        Done.objects.filter(pk=row.pk).update(edition="sha256:" + "1" * 64)
    else:
        Committee.objects.update(edition="sha256:" + "1" * 64)
        Done.objects.filter(committee=home.committee).update(edition="sha256:" + "1" * 64)
    home.committee.refresh_from_db()
    return home


def test_a_file_of_an_edition_that_is_gone_or_was_altered_stops_that_committee_alone(
    home: House, newer: str, tmp_path: Path
) -> None:
    file = tmp_path / "shelf" / "superseded" / f"cn-ethics.{short(home.committee.edition)}.yaml"
    applied(home)
    whole = file.read_text("utf-8")
    for text in (None, whole.replace("then: void", "then: lost", 1), "schema: ["):
        file.unlink() if text is None else file.write_text(text, "utf-8")
        forget()
        answer = client_of(home.people["ye"]).get(reverse("committee", args=("en", home.body.public_id)))
        assert answer.status_code == 503
        for one in (home.people["ye"], home.applicant.editor):
            assert client_of(one).get(reverse("ethics", args=("en",))).status_code == 200
    file.write_text(whole, "utf-8")
    forget()
    board = client_of(home.people["ye"]).get(reverse("committee", args=("en", home.body.public_id)))
    assert board.status_code == 200


def forget() -> None:
    """As another process would begin: nothing is kept."""
    reading._read.cache_clear()
    standing._standing._kept.found.clear()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_played_is_said_where_it_is_and_stops_nobody_else(broken: House, lang: str) -> None:
    other = house("other")
    case = decided(other, case=accepted(other))
    secretary = client_of(broken.people["ye"])
    answer = secretary.get(reverse("committee", args=(lang, broken.body.public_id)))
    assert answer.status_code == 503
    assert ("Its record can still be downloaded" if lang == "en" else "全部办理记录仍可下载") in answer.content.decode()
    record = secretary.get(reverse("committee-record", args=(lang, broken.body.public_id)))
    assert record.status_code == 200
    assert [one["step"] for one in record.json()["acts"]][-1] == "apply"
    for one in (broken.people["ye"], broken.people["chair"], broken.applicant.editor, broken.unit.admin):
        for address in (f"/{lang}/desk/", reverse("ethics", args=(lang,))):
            assert client_of(one).get(address).status_code == 200, address
    assert client_of(other.applicant.editor).get(reverse("application", args=(lang, case.public_id))).status_code == 200
    assert client_of(other.people["ye"]).get(reverse("ethics-public", args=(lang,))).status_code == 200


def test_who_runs_the_site_is_told_of_acts_that_cannot_be_played(broken: House) -> None:
    house("other")
    keeper = person("keeper")
    Keeper.objects.create(person=keeper, since=now())
    found = [one for one in cases_of(keeper, "en") if one.key.endswith(":unplayable")]
    assert [one.key for one in found] == [f"ethics:{broken.body.public_id}:unplayable"]
    assert not [one for one in cases_of(broken.people["ye"], "en") if one.key.endswith(":unplayable")]


def test_no_step_is_taken_where_acts_cannot_be_played(broken: House) -> None:
    case = broken.committee.cases.get()
    before = broken.committee.acts.count()
    with pytest.raises(EthicsError) as refused:
        by(broken, "ye", case, "accept", {"items_missing": 0, "route": "general", "reasons_given": True})
    assert refused.value.code in ("ethics.act-altered", "ethics.act-unplayable")
    assert refused.value.status == 503
    assert broken.committee.acts.count() == before


def test_acts_from_before_there_were_editions_are_linked_by_the_first_of_them(home: House) -> None:
    """An extension that the rules of then allowed, and those of now would not."""
    first, last = (editions_of("cn-ethics")[place].id for place in (0, -1))
    Committee.objects.update(edition=first)
    home.committee.refresh_from_db()
    case = accepted(home)
    until = str(now().date() + timedelta(days=200))
    by(home, "ye", case, "extend", {"until": until, "reasons_given": True})
    Committee.objects.update(edition="")
    home.committee.acts.update(edition="", chain="")
    import_module("guiju.institutions.ethics.migrations.0002_editions").link_all(apps, None)
    assert {one.edition for one in home.committee.acts.all()} == {first} != {last}
    stands = standing_of(Committee.objects.get()).cases[case.public_id]
    assert (stands.state, str(stands.until["extend"])) == ("accepted", until)


def test_what_a_transaction_took_back_is_not_kept(home: House) -> None:
    case = applied(home)
    point = transaction.savepoint()
    by(home, "ye", case, "accept", {"items_missing": 0, "route": "general", "reasons_given": True, "listed": False})
    assert standing_of(home.committee).cases[case.public_id].state == "accepted"
    transaction.savepoint_rollback(point)
    assert standing_of(home.committee).cases[case.public_id].state == "applied"
    assert short(home.committee.edition) == home.committee.edition[7:19]


def test_an_act_that_is_stored_while_others_are_played_is_played_once(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    case = applied(home)
    whole, stored = standing.played, []

    def meanwhile(*given: Any) -> Iterator[standing.Played]:
        if not stored:
            stored.append(case)
            by(home, "ye", case, "accept", {"items_missing": 0, "route": "general", "reasons_given": True, "listed": False})
        return whole(*given)

    forget()
    monkeypatch.setattr(standing, "played", meanwhile)
    assert standing_of(home.committee).cases[case.public_id].state == "applied"  # as it was when it was asked
    assert standing_of(home.committee).cases[case.public_id].state == "accepted"
    by(home, "ye", case, "extend", {"until": str(now().date() + timedelta(days=40)), "reasons_given": True})
    seen = stands(case)
    forget()
    assert stands(case) == seen
