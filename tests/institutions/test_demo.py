"""The example world: whole, marked wherever it is shown, seeded once however often, removed alone."""

import io
import json
import os
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.conf import settings as live
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.institutions.conftest import GUIJU, Served

from guiju.assess import assess
from guiju.assess.report import report_of
from guiju.cli.app import run
from guiju.institutions.demo import examples, seeding
from guiju.institutions.demo.examples import CHECKS, RESULTS
from guiju.institutions.demo.models import ExampleCheck
from guiju.institutions.demo.registered import COUNTED as SYSTEMS
from guiju.institutions.demo.reviewed import COUNTED as CASES
from guiju.institutions.demo.world import text_of, world
from guiju.institutions.hall import example_world
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.people import examples as people
from guiju.institutions.register import checks
from guiju.institutions.register.models import Check, Share
from guiju.subjects import Dossier, dossier_from, with_answers, write_dossier
from guiju.wording import LANGUAGES, text

pytestmark = pytest.mark.django_db

MARK = {"en": "Example: invented people and systems", "zh": "示例：人物和系统均为虚构"}
ALL = {
    CHECKS: 4,
    RESULTS: 7,
    SYSTEMS: 3,
    CASES: 4,
    people.ORGANISATIONS: len(world().organisations),
    people.PEOPLE: len(world().people),
}
"""What is seeded, by what it is told as."""

OURS = re.compile(r"(?:hall|register|demo)_")
REAL = "schema: guiju.dossier/1\nsystem: {id: ours, name: {zh: 本单位的系统, en: Our own system}}\nfacts: {markets: [EU]}\n"


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any, test_home: Path) -> Iterator[None]:
    """Keep the example world in the database for the tests of this file that ask for it."""
    before, live.HOME = live.HOME, test_home
    with django_db_blocker.unblock():
        assert seeding.seed_world() == ALL
    live.HOME = before
    yield
    with django_db_blocker.unblock():
        seeding.remove_world()


def rows() -> str:
    """Return everything that the apps keep, byte for byte."""
    labels = [one.label for one in apps.get_app_configs() if one.label in ("hall", "register", "demo")]
    out = io.StringIO()
    call_command("dumpdata", *labels, stdout=out, indent=1)
    return out.getvalue()


def page(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def real() -> Dossier:
    return dossier_from(REAL, "ours.yaml", site_corpus().vocabulary)


def result_of(system: str, lang: str = "") -> str:
    """Return the token of the last result of a system."""
    token: str = ExampleCheck.objects.get(system=system, lang=lang).results[-1]["token"]
    return token


# -- the world as data ---------------------------------------------------------------------------------------------------------


def test_the_committee_is_composed_as_the_law_asks() -> None:
    committee = world().committee
    seats = committee.seats
    assert len(seats) == len({one.person for one in seats}) == 7
    assert [one.post for one in seats].count("chair") == 1
    assert {one.woman for one in seats} == {True, False}
    assert sum(one.outside for one in seats) >= 2
    assert {"technology", "application", "ethics", "law"} <= {field for one in seats for field in one.fields}
    assert all(timedelta(0) < one.ends - one.begins <= timedelta(days=5 * 366) for one in seats)
    assert committee.secretary not in {one.person for one in seats}
    for one in seats:  # whoever is from outside belongs to no organisation of the university
        assert (world().person(one.person).of == committee.entry.of) is not one.outside


def test_ids_are_one_each_and_name_somebody() -> None:
    found = world()
    entries = [found.city, found.committee.entry, *found.organisations, *found.people]
    assert len({one.id for one in entries}) == len(entries)
    organisations = {one.id for one in found.organisations}
    assert {one.of for one in (*found.people, *(each.entry for each in found.systems)) if one.of} <= organisations
    roles = {one.role for one in (*entries, *(each.entry for each in found.systems))}
    assert {"city", "company", "hospital", "university", "committee", "regulator", "standards-group", "citizen"} <= roles


def test_the_dossiers_speak_of_the_same_people() -> None:
    vocabulary = site_corpus().vocabulary
    names = {name for one in world().people for name in one.name.values()}
    for system in world().systems:
        dossier = dossier_from(text_of(system.dossier), system.dossier, vocabulary)
        assert dict(dossier.subject.label) == system.entry.name
        for party in dossier.world.of_kind("party"):
            assert dict(party.label) == world().organisation(party.id).name
        signed = {one.by for thing in dossier.world.things for one in thing.given.values() if one.by}
        assert {one for one in signed if not re.fullmatch("[a-z-]+", one)} <= names  # a function or a name of the cast


# -- the mark of a dossier -----------------------------------------------------------------------------------------------------


def test_the_mark_outlives_answers_and_files() -> None:
    vocabulary = site_corpus().vocabulary
    marked = dossier_from("example: true\n" + REAL, "ours.yaml", vocabulary)
    assert marked.example
    assert marked.digest == real().digest  # it says nothing of the subject
    assert with_answers(marked, [], vocabulary).example
    assert dossier_from(write_dossier(marked), "again.yaml", vocabulary).example
    assert "example" not in write_dossier(real())


@pytest.mark.parametrize("value", ["maybe", "1", "[true]", "'true'"])
def test_a_mark_that_is_neither_true_nor_false(value: str) -> None:
    with pytest.raises(Exception, match="example") as refused:
        dossier_from(f"example: {value}\n{REAL}", "ours.yaml", site_corpus().vocabulary)
    assert refused.value.code == "dossier.example-not-a-truth"  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_that_is_no_example_has_no_mark(lang: str) -> None:
    report = report_of(assess(real(), site_corpus(), world().known), lang)
    assert not report.mark
    assert report.titled == report.title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whatever_the_command_line_writes_has_the_mark(lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("example: true\n" + REAL, encoding="utf-8")
    day = ["--on", "2026-11-22", "--known", "2026-11-22"]
    for command in ("assess", "requirements"):
        assert run([command, str(path), *day, "--lang", lang]) == 0
        assert MARK[lang] in capsys.readouterr().out
        assert run([command, str(path), *day, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["example"] is True


# -- seeded --------------------------------------------------------------------------------------------------------------------


def test_seeding_twice_is_seeding_once(city: None) -> None:
    before = rows()
    assert seeding.seed_world() == {}
    assert rows() == before
    assert Check.objects.count() == 4
    assert Share.objects.count() == 7


def test_what_is_seeded_does_not_expire(city: None) -> None:
    Share.objects.update(expires=timezone.now() - timedelta(days=400))
    Check.objects.update(expires=timezone.now() - timedelta(days=400))
    assert checks.purge_expired() == 0
    assert checks.share_by_token(result_of("triage", "en")).kept


def test_one_has_a_card_read_and_part_of_it_decided(city: None) -> None:
    for lang in LANGUAGES:
        found = ExampleCheck.objects.get(system="triage", lang=lang).check_of
        states = [one.state for one in checks.dossier_of(found).proposals]
        assert states.count("accepted") == 3
        assert states.count("rejected") == 1
        assert states.count("open") >= 4
        assert found.source_name == f"medisort-triage.{lang}.md"


def test_what_changed_is_seeded_anew_and_the_rest_is_left(city: None) -> None:
    ExampleCheck.objects.filter(system="triage", lang="en").update(stamp="sha256:older")
    kept = result_of("cv-screening-eu")
    old = result_of("triage", "en")
    assert seeding.seed_world() == {CHECKS: 1, RESULTS: 2}
    assert result_of("triage", "en") != old
    assert result_of("cv-screening-eu") == kept
    assert Client().get(f"/en/check/result/{old}").status_code == 404


def test_a_system_that_the_world_has_no_longer_goes(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ExampleCheck.objects.filter(system="triage", lang="en").update(system="gone")
    monkeypatch.setattr(examples, "_seeded", lambda *_: {CHECKS: 1})
    seeding.seed_world()
    assert not ExampleCheck.objects.filter(system="gone").exists()
    assert Check.objects.count() == 3


# -- shown ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_introduces_the_cast_and_links_to_results(lang: str, city: None) -> None:
    found = page(f"/{lang}/example/")
    for one in (*world().organisations, *world().people, *(each.entry for each in world().systems), world().committee.entry):
        assert one.name[lang].replace("'", "&#39;") in found
    results = re.findall(rf'href="(/{lang}/check/result/[^"]+)"', found)
    assert len(results) == 5  # those of the card in the other language are on the other page
    assert "noindex" in found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_an_example_is_marked(lang: str, city: None) -> None:
    client = Client()
    short = {"en": "Example", "zh": "示例"}[lang]
    started = client.post(f"/{lang}/example/triage/start")
    own = started.headers["Location"]
    shared = f"/{lang}/check/result/{result_of('triage', lang)}"
    duty = re.search(rf'href="({re.escape(shared)}/duty[^"]+)"', page(shared))
    assert duty
    question = client.get(f"{own}ask").headers["Location"]
    pages = [f"/{lang}/example/", shared, duty[1].replace("&amp;", "&"), f"{own}read", question, f"{own}links", f"{own}result",
             f"{own}links/delete"]  # fmt: skip
    for path in pages:
        found = page(path, client)
        assert f"<title>{short} · " in found, path
        assert found.index(MARK[lang]) < found.index("<h1"), path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whoever_signs_in_as_one_of_the_city_sees_the_mark_wherever_they_go(
    lang: str, city: None, settings: LazySettings
) -> None:
    settings.DEMO = True
    seen: set[str] = set()
    for one in ("gu-huaijin", "lu-wen", "luo-xiaoman"):
        client = Client()
        assert client.post(f"/{lang}/example/sign-in", {"person": one}).status_code == 302
        waiting, mine = [f"/{lang}/desk/"], set[str]()
        while waiting:
            path = waiting.pop()
            mine.add(path)
            answer = client.get(path)
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                continue
            found = answer.content.decode()
            assert found.index(MARK[lang]) < found.index("<h1"), path
            links = re.findall(rf'href="(/{lang}/desk/[^"?#]*)', found[found.index("<main") : found.index("</main")])
            waiting += [link for link in dict.fromkeys(links) if link not in mine and link not in waiting]
        seen |= mine
    assert len(seen) > 25


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_file_of_an_example_is_marked(lang: str, city: None) -> None:
    mark, token = MARK[lang], result_of("cv-screening-eu")
    kinds = ("json", "html", "xlsx", "ics", "pdf")
    found = {kind: Client().get(reverse("shared-file", args=(lang, token, kind))) for kind in kinds}
    assert {one.status_code for one in found.values()} == {200}
    data = json.loads(found["json"].content)
    assert data["example"] is True
    assert data["inputs"]["dossier"]["example"] is True
    html = found["html"].content.decode()
    assert f"<title>{mark} · " in html
    assert f'content:"{mark}' in html  # the foot of every printed page
    book = load_workbook(io.BytesIO(found["xlsx"].content))
    assert book.worksheets[0]["B1"].value == mark
    assert book.properties.title.startswith(mark)
    assert mark in found["ics"].content.decode().replace("\r\n ", "")
    assert found["pdf"].content.startswith(b"%PDF")


def test_a_result_again_from_its_file_is_still_an_example(city: None) -> None:
    token = result_of("cv-screening-eu")
    content = Client().get(reverse("shared-file", args=("en", token, "json"))).content
    upload = io.BytesIO(content)
    upload.name = "result.json"
    started = Client().post("/en/check/start", {"card": upload})
    assert checks.dossier_of(Check.objects.latest("pk")).example
    assert MARK["en"] in page(started.headers["Location"] + "links")


def test_a_real_check_has_no_mark_beside_the_city(city: None) -> None:
    _, key = checks.open_check(real(), name="Our own system")
    for path in (f"/en/check/{key}/links", f"/en/check/{key}/result", "/en/", "/en/check/"):
        assert MARK["en"] not in page(path)
    assert "example" not in json.loads(Client().get(reverse("check-file", args=("en", key, "json"))).content)


# -- a check of one's own ------------------------------------------------------------------------------------------------------


def test_each_visitor_has_a_copy_of_their_own(city: None) -> None:
    before = ExampleCheck.objects.get(system="companion-chat-cn").check_of
    keys = [Client().post("/zh/example/companion-chat-cn/start").headers["Location"].split("/")[3] for _ in range(2)]
    assert len(set(keys)) == 2
    for key in keys:
        found = checks.check_by_key(key)
        assert not found.kept
        assert timedelta(days=29) < found.expires - timezone.now() <= timedelta(days=30)
        assert checks.dossier_of(found).example
        assert found.name == "言伴内地版"
        assert found.source_name == "companion-chat-cn.yaml"
    checks.delete(checks.check_by_key(keys[0]))
    before.refresh_from_db()
    assert checks.dossier_of(before).example
    assert checks.check_by_key(keys[1]).version == 1


def test_a_copy_begins_only_with_a_form() -> None:
    assert Client().get("/en/example/triage/start").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/en/example/triage/start").status_code == 403


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_the_city_there_is_no_page_and_no_link(lang: str) -> None:
    seeding.remove_world()  # other tests of this file may have it there
    assert "/example/" not in page(f"/{lang}/")
    answer = Client().get(f"/{lang}/example/")
    assert answer.status_code == 404
    assert text("demo.no-world", lang).rstrip("。.") in answer.content.decode()
    assert Client().post(f"/{lang}/example/triage/start").status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_leads_to_the_city(lang: str, city: None) -> None:
    assert f'href="/{lang}/example/"' in page(f"/{lang}/")
    assert Client().post(f"/{lang}/example/nowhere/start").status_code == 404


# -- removed -------------------------------------------------------------------------------------------------------------------


def test_removal_leaves_everything_else_as_it_was(city: None) -> None:
    seeding.remove_world()
    check, key = checks.open_check(real(), REAL.encode(), "ours.yaml", "Our own system")
    checks.share(check, key, world().known, world().known)
    checks.colleague(check, key, "Anna")
    vocabulary = site_corpus().vocabulary
    same = dossier_from("example: true\n" + text_of("triage.yaml"), "triage.yaml", vocabulary)  # somebody's own, byte for byte
    checks.open_check(same, text_of("medisort-triage.en.md").encode(), "medisort-triage.en.md")
    before = rows()
    assert seeding.seed_world() == ALL
    assert rows() != before
    assert seeding.remove_world() == ALL
    assert rows() == before
    assert seeding.remove_world() == {}


def test_what_a_visitor_began_stays_and_stays_marked(city: None) -> None:
    client = Client()
    own = client.post("/en/example/triage/start").headers["Location"]
    shared = result_of("triage", "en")
    assert "<h1" in page(f"/en/check/result/{shared}")
    seeding.remove_world()
    assert MARK["en"] in page(f"{own}read", client)
    assert Client().get(f"/en/check/result/{shared}").status_code == 404
    assert "/example/" not in page("/en/")


def test_each_app_seeds_and_removes_its_part_by_the_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    assert examples in example_world.parts()
    done: list[str] = []

    def part(name: str) -> SimpleNamespace:
        def seed(_: object) -> dict[str, int]:
            done.append(f"seed {name}")
            return {f"test.{name}": 1}

        def remove() -> dict[str, int]:
            done.append(f"remove {name}")
            return {f"test.{name}": 1}

        return SimpleNamespace(seed=seed, remove=remove)

    monkeypatch.setattr(seeding, "parts", lambda: [part("people"), part("cases")])
    assert seeding.seed_world() == seeding.remove_world() == {"test.people": 1, "test.cases": 1}
    assert done == ["seed people", "seed cases", "remove cases", "remove people"]


# -- the command line ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.org"])
def test_a_demonstration_is_for_this_machine(host: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--demo", "--host", host, "--home", str(tmp_path / "h"), "--lang", lang]) == 2
    assert text("demo.not-this-machine", lang, got=host) in capsys.readouterr().err
    assert not (tmp_path / "h").exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_to_remove_from(lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "remove", "--home", str(tmp_path / "none"), "--lang", lang]) == 2
    assert text("demo.no-site", lang) in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        return problem.code


def removed(home: Path) -> str:
    """Run the command as a person would, in a process of its own; what it says."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GUIJU_", "DJANGO_"))}
    command = [*GUIJU, "demo", "remove", "--home", str(home), "--lang", "en"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start a site in the folder of this test; whatever still runs at its end is ended."""
    started: list[Served] = []

    def begun(*options: str) -> Served:
        started.append(Served(tmp_path, "--port", "18615", *options))
        return started[-1]

    yield begun
    for one in started:
        if one.process.poll() is None:
            one.end()


@pytest.mark.slow
def test_a_demonstration_as_a_person_runs_it(start: Callable[..., Served], tmp_path: Path) -> None:
    links = []
    for _ in range(2):  # the second start finds the city there
        served = start("--demo")
        with urllib.request.urlopen(f"{served.url}/en/example/", timeout=30) as answer:
            links.append(re.findall(r'href="(/en/check/result/[^"]+)"', answer.read().decode()))
        assert served.end() == 0
    assert links[0] == links[1]
    assert len(links[0]) == 5
    served = start()  # without --demo it stays
    result = served.url + links[0][0]
    assert status(result) == 200
    said = removed(tmp_path)  # while the site runs
    assert "checks of example systems: 4" in said
    assert "shared results of theirs: 7" in said
    assert status(result) == 404
    assert status(f"{served.url}/en/example/") == 404
    assert "Nothing was removed" in removed(tmp_path)
    assert served.end() == 0
