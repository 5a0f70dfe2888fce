"""Decision trees of others: the mappings speak of questions and answers only, and made-up paths come out as the Act says."""

from __future__ import annotations

import json
import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guiju.norms import builtin
from guiju.subjects import dossier_from

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from truth.scores import ABSTAINED  # noqa: E402
from truth.trees import ngo, nl, scoring  # noqa: E402
from truth.trees.compare import AGREED, UNJUDGED, Difference, read_entries, verdict  # noqa: E402
from truth.trees.engine import Engine, article, engine_of  # noqa: E402
from truth.trees.mapping import MappingError, Tree, bare, joined, read_tree  # noqa: E402

FOLDER = ROOT / "benchmarks" / "truth" / "trees"
MAPPINGS = (FOLDER / "nl.yaml", FOLDER / "ngo.yaml")
LABELS = {*nl.ROLES, *(label for of in nl.LABELS.values() for label in of), *ngo.OUTCOMES}
OURS = {"high-risk", "not high-risk", "out of scope", "prohibited", "no duty"}
FILES = {
    nl.NAME: ("nl-decision-aid-questions.json", "questionId", "answers"),
    ngo.NAME: ("ngo-algorithm-audit-questions.json", "id", "options"),
}

data = pytest.mark.skipif("GUIJU_DATA" not in os.environ, reason="needs the published sets")


def published(name: str) -> Path:
    return Path(os.environ["GUIJU_DATA"]) / "groundtruth" / name


@cache
def tree(path: Path) -> Tree:
    return read_tree(path)


@cache
def engine(path: Path) -> Engine:
    return engine_of(tree(path).on, tree(path).known)


# -- what a mapping may hold -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_a_mapping_has_at_most_150_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 150


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_a_mapping_names_no_case_and_no_outcome(path: Path) -> None:
    """Apart from the texts of answers, some of which are the names of kinds of system."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"NLTREE|NGOAA|conclusion_id|[0-9a-f]{10}", text)
    answers = {answer for answers in tree(path).questions.values() for answer in answers}
    for answer in sorted(answers, key=len, reverse=True):
        text = text.replace(f" {answer}:", " ").replace(f"{{{answer}:", "{")
    found = [word for word in LABELS | OURS if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)]
    assert found == []


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_every_answer_by_itself_makes_a_dossier(path: Path) -> None:
    vocabulary = builtin().vocabulary
    for question, answers in tree(path).questions.items():
        for answer in answers:
            dossier_from(tree(path).dossier({question: answer}), f"{question}, {answer}", vocabulary)


@data
@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_every_published_question_and_answer_is_mapped_and_no_other(path: Path) -> None:
    file, key, answers = FILES[tree(path).name]
    asked = json.loads(published(file).read_text(encoding="utf-8"))
    theirs = {one[key]: {bare(answer) for answer in one[answers]} for one in asked}
    assert {question: set(of) for question, of in tree(path).questions.items()} == theirs


# -- what is refused ---------------------------------------------------------------------------------------------------------


def test_an_unknown_question_is_refused_with_its_answer() -> None:
    with pytest.raises(MappingError, match=r"nl-decision-aid: there is no question '9\.9' \(answered 'Ja'\)"):
        tree(MAPPINGS[0]).dossier({"9.9": "Ja"})


def test_an_unknown_answer_is_refused_with_its_question() -> None:
    with pytest.raises(MappingError, match=r"ngo-algorithm-audit: question 'III\.1' has no answer 'Perhaps'"):
        tree(MAPPINGS[1]).dossier({"III.1": "Perhaps"})


def test_answers_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(MappingError, match="here says a: False, another answer True"):
        joined({"facts": {"a": True}}, {"facts": {"a": False}}, "here")


def test_open_sets_of_several_answers_are_united() -> None:
    assert joined({"facts": {"a": ["x"]}}, {"facts": {"a": ["y", "x"]}}, "here") == {"facts": {"a": ["x", "y"]}}


def test_the_order_of_answers_makes_no_difference() -> None:
    answers = {"1.2": "We ontwikkelen enkel", "2.4": "Ja", "2.5": "Nee"}
    assert tree(MAPPINGS[0]).dossier(answers) == tree(MAPPINGS[0]).dossier(dict(reversed(answers.items())))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{tree: t, on: 2030-01-01, outcome: x, questions: {}}", "expected always"),
        ("{tree: t, on: 2030-01-01, questions: {q: {Yes: {terms: {a: true}}}}}", "q, Yes: cannot say terms"),
        ("{tree: t, on: 2030-01-01, questions: {q: {Yes: {use: {like: x}}}}}", "begins like 'x', which is not there"),
    ],
    ids=["a part that nothing reads", "a conclusion instead of a fact", "a beginning that is not there"],
)
def test_a_mapping_that_cannot_be_used_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=message):
        read_tree(path)


# -- made-up paths -----------------------------------------------------------------------------------------------------------

SYSTEM = {
    "1.1": "Ja",
    "1.3": "In gebruik",
    "1.4.1": "Ja, het is een AI-systeem",
    "1.5": "Nee",
    "2.0": "Naar risicogroep bepaling",
}
MAKER = {**SYSTEM, "1.2": "We ontwikkelen enkel", "2.1": "Nee"}
USER = {**SYSTEM, "1.2": "We gebruiken een extern ontwikkelde toepassing zonder aanpassingen", "2.1": "Nee"}
LISTED = {"2.3": "Geen van beide", "2.4": "Ja", "2.5": "Nee", "2.6": "Nee", "2.9": "Nee"}


def dutch(answers: dict[str, str], labels: list[str], articles: list[int]) -> Any:
    seen = engine(MAPPINGS[0]).ask(tree(MAPPINGS[0]).dossier(answers))
    return nl.compare({"id": "made-up", "answers": answers, "labels": labels, "articles_named": articles}, seen)


def test_a_provider_of_a_listed_system_agrees_in_all_parts() -> None:
    found = dutch(
        {**MAKER, **LISTED},
        ["aanbieder", "AI-systeem", "hoog-risico AI", "geen transparantieverplichting"],
        [4, 16, 17, 18, 19, 20, 43, 47, 48, 49, 95, 111],
    )
    assert found.differences == ()
    assert found.parts["class"] == ("high-risk", "high-risk")


def test_a_deployer_is_told_apart_from_a_provider() -> None:
    found = dutch({**USER, **LISTED}, ["aanbieder", "AI-systeem", "hoog-risico AI"], [4])
    assert [(one.part, one.expected, one.ours) for one in found.differences] == [
        ("role", "provider", "deployer"),
        ("articles", "not named", "Art. 49"),
    ]


def test_transparency_and_its_exception() -> None:
    duty = {**MAKER, **LISTED, "2.9": "Ja", "2.10": "Nee"}
    assert dutch(duty, ["aanbieder", "transparantieverplichting"], []).parts["transparency"] == ("duty", "duty")
    excepted = {**duty, "2.10": "Ja"}
    assert dutch(excepted, ["aanbieder", "transparantieverplichting"], []).parts["transparency"] == ("duty", "no duty")


def test_a_product_of_section_b_is_high_risk_and_has_no_duties_of_chapter_iii() -> None:
    answers = {**MAKER, "2.3": "Ja Sectie B van Bijlage I", "2.9": "Nee"}
    found = dutch(answers, ["aanbieder", "AI-systeem", "hoog-risico AI", "geen transparantieverplichting"], [4, 16])
    assert [(one.expected, one.known["product"]) for one in found.differences] == [("Art. 16", "section B")]


def test_what_is_not_asked_leaves_a_class_open() -> None:
    assert dutch(MAKER, ["aanbieder", "geen hoog-risico AI"], []).parts["class"] == ("not high-risk", ABSTAINED)


def test_an_article_to_which_a_duty_refers_counts_as_named() -> None:
    found = dutch({**USER, **LISTED}, ["gebruiksverantwoordelijke", "AI-systeem"], [9, 72])
    assert [one.expected for one in found.differences if one.known["named_by"] == "theirs"] == ["Art. 9"]


def test_the_articles_compared_are_those_of_the_role_whatever_a_path_names() -> None:
    def ours(labels: list[str]) -> set[str]:
        return {one.ours for one in dutch({**USER, **LISTED}, labels, []).differences if one.part == "articles"}

    assert "Art. 26" in ours(["gebruiksverantwoordelijke"])
    assert "Art. 26" not in ours(["importeur"])
    assert ours(["aanbieder", "gebruiksverantwoordelijke"]) == ours(["aanbieder"]) | ours(["gebruiksverantwoordelijke"])


def test_an_article_that_the_aid_names_is_compared_though_its_list_lacks_it() -> None:
    assert "Art. 9" in [one.expected for one in dutch({**USER, **LISTED}, ["gebruiksverantwoordelijke"], [9]).differences]


def test_the_list_of_articles_knows_roles_and_no_case() -> None:
    assert set(nl.articles()) == set(nl.ROLES.values())
    assert not nl.LEFT_OUT & frozenset[int]().union(*nl.articles().values())
    assert not re.search(r"NLTREE|conclusion_id|[0-9a-f]{10}", (FOLDER / "nl-articles.yaml").read_text(encoding="utf-8"))


SECTION_B = {**MAKER, "2.3": "Ja Sectie B van Bijlage I", "2.9": "Nee"}
SECTION_A = {**MAKER, "2.3": "Ja Sectie A van Bijlage I", "2.7.1": "Nee", "2.9": "Nee"}
ADAPTER = {**SYSTEM, **LISTED, "1.2": "We gebruiken een extern ontwikkelde toepassing met aanpassingen", "2.1": "Nee"}


@pytest.mark.parametrize(
    ("answers", "labels", "named", "part", "ours", "clause", "reason"),
    [
        (USER | LISTED, ["aanbieder"], [], "role", "deployer", "eu/ai-act/3.3", "developed_or_commissioned = no"),
        (ADAPTER, ["aanbieder", "gebruiksverantwoordelijke"], [], "role", ABSTAINED, "eu/ai-act/25.1",
         "eu.provider open: judgement eu.substantial_modification"),
        (MAKER | LISTED, ["aanbieder", "AI-model voor algemene doeleinden"], [], "kind", "AI system", "eu/ai-act/3.1",
         "eu.ai_system = yes (infers_from_input = yes"),
        (SECTION_A, ["hoog-risico AI"], [], "class", "not high-risk", "eu/ai-act/6.1",
         "third_party_assessment = self_assessment"),
        (MAKER, ["geen hoog-risico AI"], [], "class", ABSTAINED, "eu/ai-act/6.1", "eu.annex_i_high_risk open: fact"),
        (MAKER | LISTED, ["transparantieverplichting"], [], "transparency", "no duty", "eu/ai-act/50",
         "interacts_directly_with_natural_persons = no"),
        (MAKER | LISTED | {"2.11": "Nee"}, ["open-source"], [], "licence", "not free and open", "eu/ai-act/2.12#licence",
         "source_code_public = no"),
        (SECTION_B, ["aanbieder"], [16], "articles", "not named", "eu/ai-act/16", "exception eu/ai-act/2.2"),
        (MAKER | LISTED, ["aanbieder"], [], "articles", "Art. 18", "eu/ai-act/18.1", "eu.provider = yes; eu.high_risk = yes"),
        (SECTION_A, ["gebruiksverantwoordelijke"], [71], "articles", "not named", "eu/ai-act/71", "no duty of ours stands there"),
        (USER, ["importeur"], [24], "articles", ABSTAINED, "eu/ai-act/24.1", "open: fact supplies_system_to_others"),
    ],
)  # fmt: skip
def test_every_difference_has_our_clause_and_our_reason(
    answers: dict[str, str], labels: list[str], named: list[int], part: str, ours: str, clause: str, reason: str
) -> None:
    found = dutch(answers, labels, named).differences
    assert all(one.grounds.reasons and one.grounds.clauses for one in found)
    (one,) = [
        one for one in found if (one.part, one.ours) == (part, ours) and (clause in one.grounds.clauses or part != "articles")
    ]
    assert clause in one.grounds.clauses
    assert reason in "; ".join(one.grounds.reasons)


PLAIN = {"annexI": "None of the below", "III.1": "No", "art50": ["None of the above"], "annexIIIGate": "None of the above"}
HARMLESS = {**PLAIN, "5.a": "No", "5.c": "No"}
JOBS = {
    **PLAIN,
    "annexIIIGate": "Employment or HR",
    "III.4.uses": "Placing targeted job advertisements",
    "exceptions": "None of the above.",
}


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (HARMLESS, "low"),
        ({**JOBS, "6.1": "Yes"}, "high"),
        ({**JOBS, "6.1": "No", "6.2": "No"}, "high"),
        ({**JOBS, "6.1": "No", "6.2": "Yes, the AI system is used for a narrow procedural task."}, "highExcept"),
        ({**JOBS, "exceptions": "National security purposes."}, "highExcept"),
        ({**PLAIN, "5.a": "Yes", "5.a.4": "Yes", "exceptions": "None of the above."}, "forbidden"),
        ({**PLAIN, "5.a": "Yes", "5.a.4": "Yes", "exceptions": "Defense or military purposes."}, "forbiddenExcept"),
        ({**PLAIN, "5.c": "Yes", "5.c.treat": "Yes"}, "forbidden"),
        ({**HARMLESS, "III.1": "Yes", "III.1.1": "Recognizes or infers emotions or intentions.", "5.f.1": "Yes"}, "forbidden"),
        ({**PLAIN, "annexI": "Lifts Directive", "art6.thirdParty": "Yes"}, "high"),
        (PLAIN, ABSTAINED),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_outcomes(answers: dict[str, Any], outcome: str) -> None:
    assert ngo.outcome(engine(MAPPINGS[1]).ask(tree(MAPPINGS[1]).dossier(answers))) == outcome


@pytest.mark.parametrize(
    ("answers", "theirs", "clause", "reason"),
    [
        (HARMLESS, "forbidden", "eu/ai-act/5.1#practice", "eu.prohibited_practice = no ("),
        (HARMLESS, "high", "eu/ai-act/6.2", "eu.annex_iii_high_risk = no (eu.annex_iii_use = no)"),
        ({**JOBS, "6.1": "Yes"}, "highExcept", "eu/ai-act/2#scope", "eu.in_scope = yes"),
        (PLAIN, "low", "eu/ai-act/5.1#practice", "eu.prohibited_practice open: fact"),
    ],
)
def test_every_other_outcome_has_our_clause_and_our_reason(
    answers: dict[str, Any], theirs: str, clause: str, reason: str
) -> None:
    seen = engine(MAPPINGS[1]).ask(tree(MAPPINGS[1]).dossier(answers))
    (one,) = ngo.compare({"id": "made-up", "answers": answers, "outcome": theirs}, seen).differences
    assert clause in one.grounds.clauses
    assert reason in "; ".join(one.grounds.reasons)


# -- scores and adjudications ------------------------------------------------------------------------------------------------


def test_articles_of_the_act_are_found_by_number() -> None:
    assert [
        article(one) for one in ("eu/ai-act/26.8#unregistered", "eu/ai-act/4", "eu/ai-act/75a.1", "eu/ai-act/annex-iii.2")
    ] == [26, 4, None, None]
    assert article("cn/pipl/24.3") is None


def test_an_adjudication_names_a_provision_that_is_there() -> None:
    corpus = builtin()
    for entry in read_entries(scoring.ADJUDICATED):
        for clause in entry.clause.split(", "):
            assert any(corpus.contents.covers(clause, norm) for norm in corpus.norms), clause


def test_an_adjudication_without_a_side_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("[{tree: t, part: role, side: mine, reason: so}]", encoding="utf-8")
    with pytest.raises(MappingError, match="entry 1 needs tree, side"):
        read_entries(path)


def test_a_pattern_fits_what_the_difference_is_and_not_its_case(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("[{tree: t, part: [role, class], article: 4, side: theirs, reason: so}]", encoding="utf-8")
    (entry,) = read_entries(path)
    assert entry.covers(Difference("role", "x", "y", {"article": 4}))
    assert not entry.covers(Difference("role", "x", "y", {"article": 5}))
    assert not entry.covers(Difference("kind", "x", "y", {"article": 4}))
    assert [verdict([]), verdict([entry]), verdict([entry, None])] == [AGREED, "theirs", UNJUDGED]


def test_a_set_is_scored_and_what_cannot_be_mapped_is_told(tmp_path: Path) -> None:
    paths = [
        {"id": "a", "answers": HARMLESS, "outcome": "low", "annex_i_branch": None},
        {"id": "b", "answers": HARMLESS, "outcome": "forbidden", "annex_i_branch": None},
        {"id": "c", "answers": {"III.1": "Perhaps"}, "outcome": "low", "annex_i_branch": None},
        {"id": "d", "outcome": "low"},
    ]
    (tmp_path / ngo.FILE).write_text("".join(json.dumps(one) + "\n" for one in paths), encoding="utf-8")
    absent, score = (scoring.score_tree(one, tmp_path) for one in scoring.TREES)
    assert (absent.name, absent.state) == (nl.NAME, "absent")
    assert (score.name, score.state, score.rows) == (ngo.NAME, "scored", 2)
    assert [(figure.name, figure.accuracy.right, figure.accuracy.of) for figure in score.figures][:2] == [
        ("outcome", 1, 2),
        ("all parts", 1, 2),
    ]
    assert "1 left out: ngo-algorithm-audit: question 'III.1' has no answer 'Perhaps'" in score.notes
    assert "1 left out: ngo-algorithm-audit: a path without answers" in score.notes
    (wrong,) = score.disagreements
    assert (wrong.source_id, wrong.expected, wrong.ours, wrong.adjudication) == ("b", "forbidden", "low", None)
    assert score.extra["paths"] == {AGREED: 1, UNJUDGED: 1}
