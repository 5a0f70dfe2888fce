"""The report as a file: whole, closed to the outside, in one language, with everything the JSON has, whatever a dossier says."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.assess.desk import DOSSIERS, Page, answered
from tests.wording.prose import NAMES, latin

from guiju.assess import Assessment, assess, to_json
from guiju.assess.html import html_page
from guiju.assess.report import report_of
from guiju.assess.report_words import marked, plain, runs
from guiju.norms import builtin
from guiju.subjects import bare, decide, read_subject

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.yaml"))
CARD = Path(__file__).parents[1] / "docs" / "card.md"
LANGUAGES = ("zh", "en")

FROM_OUTSIDE = {"script", "iframe", "object", "embed", "link", "img", "form", "base", "audio", "video"}

IN_BOTH = {"Guiju", "Yanban", "sha256"}
"""Names that stand in a Chinese report beside those of the catalogues."""

_POINT = re.compile(r"[（(][A-Za-z]{1,3}[）)]|第[0-9]+[a-z]+条|[A-Z]节|附件[A-Z]")


@cache
def sample(path: Path) -> Assessment:
    corpus = builtin()
    return assess(read_subject(path, corpus.vocabulary), corpus, date(2026, 11, 21), date(2026, 11, 21))


@cache
def page(name: str, lang: str) -> str:
    return html_page(report_of(answered(name), lang))


@cache
def sample_page(path: Path, lang: str) -> str:
    return html_page(report_of(sample(path), lang))


@cache
def read(path: Path, lang: str) -> Page:
    return Page(sample_page(path, lang))


EVERY = [(name, lang) for name in DOSSIERS for lang in LANGUAGES]


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_html_is_balanced(name: str, lang: str) -> None:
    assert not Page(page(name, lang)).unbalanced


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_nothing_comes_from_outside_and_nothing_runs(name: str, lang: str) -> None:
    html = page(name, lang)
    shown = Page(html)
    assert "default-src 'none'; style-src 'unsafe-inline'" in html
    assert not {tag for tag, _ in shown.elements} & FROM_OUTSIDE
    for tag, attributes in shown.elements:
        assert not [key for key in attributes if key.startswith("on")], (tag, attributes)
        assert "src" not in attributes
        assert tag == "a" or not (attributes.get("href") or "#").startswith(("http", "//", "data", "javascript"))
        if tag == "a":
            assert (attributes["href"] or "").startswith(("#", "https://", "http://"))
    style = html.split("<style>")[1].split("</style>")[0]
    assert len(style.encode()) < 40_000
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_links_within_the_page_lead_somewhere(name: str, lang: str) -> None:
    shown = Page(page(name, lang))
    ids = [attributes["id"] for _, attributes in shown.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {(attributes.get("href") or "") for _, attributes in shown.elements if (attributes.get("href") or "").startswith("#")}
    assert {link[1:] for link in links} <= set(ids)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_duty_of_the_json_is_shown(path: Path, lang: str) -> None:
    duties = to_json(sample(path))["duties"]
    shown = [attributes["data-norm"] for _, attributes in read(path, lang).elements if "data-norm" in attributes]
    assert sorted(shown, key=str) == sorted(duty["norm"] for duty in duties)
    text = read(path, lang).text
    for duty in duties:
        assert " ".join(duty["summary"][lang].split()) in text, duty["norm"]


def test_all_adds_what_does_not_apply() -> None:
    report = report_of(sample(SAMPLES[0]), "en", everything=True)
    document = to_json(sample(SAMPLES[0]), everything=True)
    assert len(report.duties) == len(document["duties"])
    assert report.outside
    assert len(Page(html_page(report)).elements) > 100


@pytest.mark.parametrize("path", [*SAMPLES, CARD], ids=lambda path: path.stem)
def test_the_chinese_report_has_no_english(path: Path) -> None:
    prose = _POINT.sub("", " ".join(read(path, "zh").prose))
    found = {word for word in latin(prose) if word not in IN_BOTH and not re.fullmatch(r"[IVX]+|[a-z]", word)}
    assert not found, sorted(found)
    assert NAMES


@pytest.mark.parametrize("path", [*SAMPLES, CARD], ids=lambda path: path.stem)
def test_the_english_report_has_no_chinese(path: Path) -> None:
    prose = " ".join(read(path, "en").prose)
    assert not re.findall("[\u3400-\u9fff]+", prose)


def test_a_hostile_dossier_is_shown_as_text() -> None:
    for lang in LANGUAGES:
        shown = Page(page("hostile", lang))
        assert not {tag for tag, _ in shown.elements} & {"script", "iframe", "img"}
    assert "<script>alert('1')</script>\"'>&lt;b&gt;" in Page(page("hostile", "zh")).text
    assert "</li><script>alert(2)</script>" in Page(page("hostile", "en")).text
    names = [attributes for tag, attributes in Page(page("hostile", "en")).elements if tag == "bdi"]
    assert names
    assert all(attributes.get("dir") == "auto" for attributes in names)


def test_a_name_cannot_make_a_run_of_its_own() -> None:
    inner = marked("code", "x")
    assert list(runs(marked("name", inner))) == [("name", "codex")]
    assert plain(f"a{inner}b") == "axb"
    assert list(runs("\ue000code\ue001 never closed")) == [("", "code never closed")]


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_every_mark_has_its_word(name: str, lang: str) -> None:
    html = page(name, lang)
    marks = re.findall(r'<span class="mark [\w-]+">(.*?)</span>', html)
    figures = re.findall(r'<div class="figure [\w-]+"><dt>(.*?)</dt>', html)
    assert figures
    for mark in (*marks, *figures):
        assert "<svg" in mark
        assert re.sub(r"<.*?>", "", mark).strip(), mark


def test_shapes_of_force_differ() -> None:
    html = page("desk", "zh")
    shapes = dict(re.findall(r'<symbol id="f-(\w+)"[^>]*>(.*?)</symbol>', html))
    assert set(shapes) == {"hard", "hardened", "expected", "soft", "unknown"}
    assert len(set(shapes.values())) == 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_verdict_of_compliance(lang: str) -> None:
    for name in DOSSIERS:
        assert not re.search(r"合规|\bcompliant\b|\bcompliance\b", Page(page(name, lang)).text)


def test_the_answer_says_what_matters_and_in_that_order() -> None:
    report = report_of(answered("desk"), "en")
    assert (report.counts.now, report.counts.binding, report.counts.unmet, report.counts.met) == (5, 4, 2, 2)
    assert report.counts.declared == 1
    assert report.counts.coming == 1
    assert [step.kind for step in report.todo] == ["overdue", "coming", "unmet", "question", "question"]
    assert report.todo[0].left == -67
    assert report.todo[1].left == 41
    answer = plain(" ".join(report.answer))
    for said in ("21 November 2026", "edition", "enquiry desk", "City Service Centre", "15 September 2026", "1 January 2027"):
        assert said in answer, said


def test_groups_bands_and_phases_stand_in_order() -> None:
    report = report_of(answered("desk"), "zh")
    assert [group.status for group in report.groups] == ["applies", "upcoming"]
    assert [band.force for band in report.groups[0].bands] == ["hard", "hardened", "soft"]
    assert [phase.phase for phase in report.groups[0].bands[0].phases] == ["before", "during"]
    (hardened,) = report.groups[0].bands[1].phases[0].duties
    assert "第七条" in hardened.path[0]
    assert all(duty.met is None or duty.met_words for duty in report.duties)


def test_met_is_never_without_its_basis() -> None:
    for assessment in (answered("desk"), *map(sample, SAMPLES)):
        for duty in report_of(assessment, "zh").duties:
            assert duty.met != "yes" or duty.basis, duty.norm


def test_a_dossier_that_says_nothing_gets_a_report_too() -> None:
    report = report_of(answered("silent"), "zh")
    assert not report.groups
    assert report.todo
    assert all(step.kind == "question" for step in report.todo)
    assert "不等于都不适用" in Page(page("silent", "zh")).text


def test_only_the_party_asked_for() -> None:
    report = report_of(answered("desk", "org:city-hall"), "en")
    assert [one.org for one in report.parties] == ["org:city-hall"]
    assert "--party 'org:city-hall'" in report.command


def test_print_has_page_numbers_and_the_edition() -> None:
    for lang in LANGUAGES:
        style = page("desk", lang).split("<style>")[1].split("</style>")[0]
        assert "size:A4" in style
        assert "counter(page)" in style
        assert "counter(pages)" in style
        assert answered("desk").corpus.edition.removeprefix("sha256:")[:12] in style
        assert "::details-content" in style


def test_the_same_report_twice_is_the_same() -> None:
    for lang in LANGUAGES:
        assert html_page(report_of(answered("desk"), lang)) == page("desk", lang)


def test_a_card_says_that_nobody_has_accepted_it() -> None:
    report = report_of(sample(CARD), "en")
    assert report.proposals
    assert "nobody has accepted" in plain(report.answer[-1])
    assert all(one.state == "not accepted yet; taken as so for now" for one in report.proposals)


def test_what_somebody_decided_on_is_not_called_undecided() -> None:
    """Once a person has accepted one, what is left counts for nothing; accepted all, nothing is said of proposals at all."""
    dossier, left = bare(read_subject(CARD, builtin().vocabulary)), 0
    for at in range(len(dossier.proposals)):
        dossier = decide(dossier, dossier.proposals[at], "accepted", "Lin Wei", "2026-11-21")
        left = len(dossier.proposals) - at - 1
        found = assess(dossier, builtin(), date(2026, 11, 21), date(2026, 11, 21))
        report = report_of(found, "en")
        said = plain(report.answer[-1])
        if left:
            assert said.startswith(f"{left} statement")
            assert "for nothing here" in said
        counts = [one["count"] for one in to_json(found)["warnings"] if "proposals" in one["code"]]
        assert counts == ([left] if left else [])
        states = {"accepted", "not accepted; not used"} if left else {"accepted"}
        assert {one.state for one in report.proposals} == states
    assert left == 0
    assert "statement" not in said


def test_every_label_is_used_by_a_template() -> None:
    source = Path(__file__).parents[2] / "src" / "guiju"
    templates = "".join(path.read_text(encoding="utf-8") for path in (source / "assess" / "templates").glob("*.jinja"))
    entries = tomllib.loads((source / "wording" / "messages" / "en" / "report.toml").read_text(encoding="utf-8"))
    labels = {key.removeprefix("report.word-").replace("-", "_") for key in entries if key.startswith("report.word-")}
    unused = {label for label in labels if f"w.{label}" not in templates}
    assert not unused
