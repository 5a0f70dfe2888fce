"""The interview: what is asked first, that it ends, that its order does not matter, that it stays what a fresh one would be."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.norms.small import corpus

from guiju.assess import Interview, Question
from guiju.logic import EnumType, SetType, Truth
from guiju.norms import Corpus, builtin
from guiju.subjects import (
    Answer,
    Dossier,
    DossierError,
    dossier_data,
    dossier_from,
    dumps,
    merge,
    read_subject,
    with_answers,
    write_dossier,
)

ON = date(2026, 11, 22)
SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.yaml"))

ATOMS = ("a", "b", "c", 'level == "high"', 'level in ["low", "middle"]', '"EU" in markets', "weight >= 10", "xx.other")
ROW_ATOMS = ("row_a", "row_b", "a", "xx.other")

# -- who answers -------------------------------------------------------------------------------------------------------------


class Knows:
    """Somebody who answers the same whatever is asked first; ``partly``: some answers are ranges and open lists."""

    def __init__(self, seed: int, partly: bool = False) -> None:
        self.seed = seed
        self.partly = partly

    def answer(self, question: Question) -> Answer:
        kind, identifier, name = question.address
        value = self._value(question, random.Random(f"{self.seed} {kind} {name}"))
        signed = question.cause == "judgement" or (question.declared is not None and question.declared.kind == "position")
        if signed:
            return Answer(kind, identifier, name, value, by="li.na", on=str(ON), reasons="seen")
        return Answer(kind, identifier, name, value, done="2025-03-05" if question.takes_day and value else None)

    def _value(self, question: Question, chance: random.Random) -> Any:
        assert question.declared is not None
        kind = question.declared.type
        loose = self.partly and chance.random() < 0.3
        match question.expects:
            case "rows":
                rows = [{"org": "org:x"} if question.declared.to == "party" else {"id": f"{question.name}-1"}]
                return rows if loose else {"exactly": rows}
            case "yes-no":
                return chance.random() < 0.4
            case "one-of":
                assert isinstance(kind, EnumType)
                return {"one_of": list(kind.members[:2])} if loose else chance.choice(kind.members)
            case "some-of":
                assert isinstance(kind, SetType)
                members = [member for member in kind.members if chance.random() < 0.4]
                return members if loose else {"exactly": members}
            case "number":
                high = "0.5" if "share" in str(kind) else "300"
                return {"min": "0", "max": high} if loose else chance.choice(["0", high])
            case "duration":
                return chance.choice(["1 months", "12 months"])
            case _:
                return chance.choice(["2025-03-01", {"not_until": str(ON)}])


def begin(rules: Corpus, text: str = "system: {id: sys}\n") -> Interview:
    return Interview(dossier_from(text, "test.yaml", rules.vocabulary), rules, ON)


def row_of(interview: Interview) -> list[tuple[Any, ...]]:
    return [(one.address, one.settles, one.hard, one.alone, one.stage) for one in interview.questions()]


def truths(interview: Interview) -> dict[tuple[str, str, str], Any]:
    """Every answer of the assessment that is settled."""
    found: dict[tuple[str, str, str], Any] = {}
    for row in interview.result().rows:
        key = (row.norm.id, row.thing.id, row.party.id if row.party else "")
        met = row.met.met if row.met else None
        found[key] = (row.in_scope, row.timing.status, met)
    return found


# -- small books -------------------------------------------------------------------------------------------------------------


@st.composite
def conditions(draw: st.DrawFn, atoms: tuple[str, ...]) -> str:
    parts = draw(st.lists(st.sampled_from(atoms), min_size=1, max_size=3, unique=True))
    negated = [f"!({one})" if draw(st.booleans()) else f"({one})" for one in parts]
    return draw(st.sampled_from([" && ", " || "])).join(negated)


@st.composite
def books(draw: st.DrawFn) -> Corpus:
    """A status norm or two, duties about the system for its makers, one with an exception and a clock, one about purposes."""
    lines = [f"- {{id: xx/act/2, kind: status, about: system, makes: [xx.other], when: '{draw(conditions(ATOMS[:-1]))}'}}"]
    for number in range(3, 3 + draw(st.integers(1, 4))):
        unless = f", unless: [{{at: xx/act/9, when: '{draw(conditions(ATOMS))}'}}]" if draw(st.booleans()) else ""
        clock = ", clock: {kind: deadline, from: opened, within: 10 days, calendar: CN}" if draw(st.booleans()) else ""
        lines.append(
            f"- {{id: xx/act/{number}, about: system, bearer: {{each: [xx.maker]}}, require: done_this{clock},"
            f" when: '{draw(conditions(ATOMS))}'{unless}}}"
        )
    lines.append(
        "- {id: xx/act/8, about: purpose, bearer: {each: [xx.maker]}, require: done_that,"
        f" when: '{draw(conditions(ROW_ATOMS))}'}}"
    )
    if draw(st.booleans()):
        lines.append(
            "- {id: xx/act/9, kind: status, about: system, makes: [xx.grave], when: 'some(purposes, row_a)'}\n"
            "- {id: xx/act/10, about: system, bearer: {each: [xx.maker]}, require: kept >= months(6), when: xx.grave}"
        )
    return corpus("\n" + "\n".join(lines) + "\n")


def choose(interview: Interview, chance: random.Random) -> Question | None:
    row = interview.questions()
    return chance.choice(row) if row else None


@settings(max_examples=15, deadline=None)
@given(books(), st.integers(0, 10**6), st.booleans())
def test_a_step_leaves_what_a_fresh_interview_would_find(rules: Corpus, seed: int, partly: bool) -> None:
    """After every answer the row is that of the answered dossier, and no settled rule is open again."""
    interview, knows, chance = begin(rules), Knows(seed, partly), random.Random(seed)
    asked: set[tuple[str, str, str]] = set()
    while (question := choose(interview, chance)) is not None:
        assert question.address not in asked
        asked.add(question.address)
        before, settled = truths(interview), interview.counts.settled
        interview.answer(knows.answer(question))
        fresh = Interview(interview.dossier, rules, ON)
        assert row_of(fresh) == row_of(interview)
        assert fresh.counts == interview.counts
        if question.expects != "rows":
            assert interview.counts.settled >= settled
        stays(before, truths(interview))
    assert interview.next() is None


def stays(before: dict[Any, Any], after: dict[Any, Any]) -> None:
    for key, (scope, status, met) in before.items():
        if key not in after:
            continue  # a row that stood in for what is named now
        if scope is not Truth.UNKNOWN:
            assert after[key][0] is scope, key
        if status != "unknown":
            assert after[key][1] == status, key
        if scope.settled and met is not None and met.settled:
            assert after[key][2] is met, key


@settings(max_examples=10, deadline=None)
@given(books(), st.integers(0, 10**6))
def test_the_order_of_questions_does_not_matter(rules: Corpus, seed: int) -> None:
    """Whoever asks in whatever order comes to the same answers of every rule."""
    ends = []
    for order in range(3):
        interview, chance = begin(rules), random.Random(order)
        while (question := interview.next() if order == 0 else choose(interview, chance)) is not None:
            interview.answer(Knows(seed).answer(question))
        assert interview.counts.open == 0
        found = truths(interview).items()
        ends.append({(norm, _unnamed(thing)): all_ if all_[0] is Truth.TRUE else all_[:1] for (norm, thing, _), all_ in found})
    assert ends[0] == ends[1] == ends[2]


def _unnamed(thing: str) -> str:
    """A rule may be settled of the purpose that nobody named before anybody asks which there are."""
    return "purpose" if thing.startswith("purpose") else "" if thing.startswith(("org:", "party")) else thing


@settings(max_examples=10, deadline=None)
@given(books(), st.integers(0, 10**6))
def test_back_takes_back_what_was_said(rules: Corpus, seed: int) -> None:
    interview, chance = begin(rules), random.Random(seed)
    states: list[tuple[Any, ...]] = []
    while (question := choose(interview, chance)) is not None and len(states) < 6:
        states.append((row_of(interview), interview.dossier.digest, interview.counts, question.address))
        if chance.random() < 0.3:
            interview.set_aside(question, "li.na" if chance.random() < 0.5 else None)
        else:
            interview.answer(Knows(seed).answer(question))
    for row, digest, counts, address in reversed(states):
        question = interview.back()
        assert question is not None
        assert question.address == address
        assert (row_of(interview), interview.dossier.digest, interview.counts) == (row, digest, counts)
    assert interview.back() is None
    assert not interview.can_go_back


# -- the built-in rules ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "seed"), [*((path, 1) for path in SAMPLES), (SAMPLES[-1], 2)], ids=lambda one: getattr(one, "stem", str(one))
)
def test_on_the_samples(path: Path, seed: int) -> None:
    """Every question once, then nothing that can be asked is missing; now and then compared with a fresh interview."""
    rules = builtin()
    interview, knows, chance = Interview(read_subject(path, rules.vocabulary), rules, ON), Knows(seed), random.Random(seed)
    asked: set[tuple[str, str, str]] = set()
    while (question := interview.next() if seed == 1 else choose(interview, chance)) is not None:
        assert question.address not in asked
        asked.add(question.address)
        settled = interview.counts.settled
        interview.answer(knows.answer(question))
        assert interview.counts.settled >= settled or question.expects == "rows"
        if len(asked) % 20 == 0:
            assert row_of(_reopened(interview.dossier)) == row_of(interview)
    found = interview.result()
    left = {(one.cause, one.name) for row in found.in_question for one in row.missing}
    askable = {(one.cause, one.name) for one in found.questions}
    assert not askable - left
    assert not [one for one in found.questions if one.address not in asked]
    assert asked or not found.questions


def test_the_assessment_asks_in_the_order_of_the_interview() -> None:
    rules = builtin()
    interview = Interview(read_subject(SAMPLES[0], rules.vocabulary), rules, ON)
    assert [one.address for one in interview.result().questions] == [one.address for one in interview.questions()]


CV = """
system: {id: hr, name: {zh: 简历筛选, en: CV screening}}
purposes: {exactly: [{id: cv}]}
parties: {exactly: ["org:acme"]}
"""


def test_what_opens_doors_is_asked_before_details() -> None:
    """Of a tool that screens applications: where it is offered, its area and its task; nothing of bodies and faces."""
    rules = builtin()
    interview = Interview(dossier_from(CV, "cv.yaml", rules.vocabulary), rules, ON)
    said: dict[str, Any] = {
        "markets": {"exactly": ["EU"]}, "generates_modalities": {"exactly": []}, "domain": "employment",
        "task": "filter_applications", "subject_kind": {"exactly": ["natural_person"]},
    }  # fmt: skip
    asked: list[str] = []
    while (question := interview.next()) is not None and len(asked) < 25:
        asked.append(question.name)
        kind, identifier, name = question.address
        if name in said:
            interview.answer(Answer(kind, identifier, name, said[name]))
        elif question.expects == "yes-no" and question.stage == "facts":
            interview.answer(Answer(kind, identifier, name, name in {"developed_or_commissioned", "placed_under_own_name"}))
        else:
            interview.set_aside(question)
    assert asked[0] == "markets"
    assert not [name for name in asked[:10] if "biometric" in name or "emotion" in name]
    places = {name: asked.index(name) for name in asked}
    details = [place for name, place in places.items() if "biometric" in name or "emotion_" in name]
    assert all(places["domain"] < place for place in details)


def test_lists_before_what_is_said_of_their_rows() -> None:
    rules = builtin()
    interview = begin(rules)
    row = [one.name for one in interview.questions()]
    assert "parties" in row
    assert "purposes" in row
    assert "domain" not in row
    assert "developed_or_commissioned" not in row
    question = interview.find("system", "sys", "purposes")
    assert question is not None
    interview.set_aside(question)
    assert "domain" in [one.name for one in interview.questions()]


def test_judgements_come_after_facts_and_conduct_last() -> None:
    interview = begin(builtin())
    stages = [one.stage for one in interview.questions()]
    assert stages == sorted(stages, key=("facts", "judgements", "conduct").index)
    assert {"facts", "judgements"} <= set(stages)


def test_the_question_says_why() -> None:
    interview = begin(builtin())
    question = interview.next()
    assert question is not None
    assert question.settles >= question.hard > 0
    assert question.settles >= question.alone
    assert question.name == "markets"
    assert question.declared is not None
    assert question.declared.needed_by
    assert interview.axes(question)


# -- what nobody here knows --------------------------------------------------------------------------------------------------


def test_questions_for_somebody_else() -> None:
    interview = begin(builtin())
    first, second = interview.questions()[:2]
    interview.set_aside(first, "Li Na", by="chen", on=ON)
    interview.set_aside(second, by="chen", on=ON)
    nothing_said = dossier_from("system: {id: sys}\n", "x.yaml", builtin().vocabulary).digest
    assert interview.dossier.digest == nothing_said
    assert [one.address for one in interview.for_person("li na")] == [first.address]
    reopened = _reopened(interview.dossier)
    assert [one.address for one in reopened.for_person("  LI NA ")] == [first.address]
    assert not reopened.for_person("chen")
    assert {one.address for one, _ in reopened.put_aside()} == {first.address, second.address}
    assert reopened.next() != first
    again = Interview(reopened.dossier, builtin(), ON, again=True)
    assert again.next() is not None
    assert {first.address, second.address} <= {one.address for one in again.questions()}


def test_what_is_known_in_part_is_not_asked_again_by_another_process() -> None:
    """Open lists, ranges and “not yet” are noted with the dossier, beside what it says of its subject."""
    interview, knows = begin(builtin()), Knows(3, partly=True)
    interview.answer(Answer("system", "sys", "markets", ["EU"], by="chen", on=str(ON)))
    for _ in range(25):
        question = interview.next()
        assert question is not None
        interview.answer(knows.answer(question))
    notes = [one for one in interview.dossier.asked if one.answer == "in_part"]
    assert ("system", "sys", "markets", "chen") in [(one.kind, one.id, one.name, one.by) for one in notes]
    reopened = _reopened(interview.dossier)
    assert row_of(reopened) == row_of(interview)
    assert reopened.dossier.asked == interview.dossier.asked
    assert reopened.dossier.digest == interview.dossier.digest == replace(interview.dossier, asked=()).digest
    again = Interview(reopened.dossier, builtin(), ON, again=True)
    assert {(one.kind, one.id, one.name) for one in notes} & {one.address for one in again.questions()}


def test_a_note_of_what_is_known_in_part_survives_json_and_merging() -> None:
    rules, interview = builtin(), begin(builtin())
    base = interview.dossier
    interview.answer(Answer("system", "sys", "markets", ["EU"]))
    note = interview.dossier.asked
    assert [(one.name, one.answer) for one in note] == [("markets", "in_part")]
    read = dossier_from(dumps(dossier_data(interview.dossier)), "again.json", rules.vocabulary)
    assert read.asked == note
    other = with_answers(base, [Answer("system", "sys", "placed_on_market", "2026-01-02")], rules.vocabulary)
    for one, two in ((interview.dossier, other), (other, interview.dossier)):
        assert merge(one, two, base).dossier.asked == note
    whole = with_answers(interview.dossier, [Answer("system", "sys", "markets", {"exactly": ["EU"]})], rules.vocabulary)
    assert merge(whole, interview.dossier, interview.dossier).dossier.asked == ()


def test_who_does_not_know_takes_back_what_was_said() -> None:
    rules = builtin()
    interview = begin(rules, "system: {id: sys}\npurposes: {exactly: [{id: cv, facts: {domain: employment}}, {id: other}]}\n")
    before = row_of(interview)
    interview.answer(Answer("system", "sys", "markets", {"exactly": ["EU"]}))
    question = Interview(interview.dossier, rules, ON).find("system", "sys", "markets")
    assert question is None
    asked = replace(begin(rules).questions()[0], thing=interview.dossier.subject)
    assert asked.name == "markets"
    interview.set_aside(asked)
    assert "markets" not in interview.dossier.subject.given
    assert [one.answer for one in interview.dossier.asked] == ["not_known"]
    interview.back()
    assert "markets" in interview.dossier.subject.given
    interview.back()
    assert row_of(interview) == before
    listed = replace(asked, name="purposes", declared=rules.vocabulary.declared["purposes"])
    interview.set_aside(listed)
    assert [one.id for one in interview.dossier.world.of_kind("purpose")] == ["cv"]
    assert "purposes" not in interview.dossier.subject.closed
    assert row_of(interview) == row_of(_reopened(interview.dossier))


def _reopened(dossier: Dossier) -> Interview:
    rules = builtin()
    return Interview(dossier_from(write_dossier(dossier), "again.yaml", rules.vocabulary), rules, ON)


def test_a_refused_answer_changes_nothing() -> None:
    interview = begin(builtin())
    before = (row_of(interview), interview.dossier.digest)
    with pytest.raises(DossierError):
        interview.answer(Answer("system", "sys", "markets", ["Mars"]))
    with pytest.raises(DossierError):
        interview.answer(Answer("system", "nobody", "markets", ["EU"]))
    assert (row_of(interview), interview.dossier.digest) == before
    assert not interview.can_go_back


def test_proposals_that_nobody_accepted_say_nothing() -> None:
    rules = builtin()
    card = read_subject(Path(__file__).parents[1] / "docs" / "card.md", rules.vocabulary)
    interview = Interview(card, rules, ON)
    assert card.proposals
    assert not interview.dossier.subject.given
