"""The rules of the Union held against the texts of its acts; and whether that would find the mistakes of a hasty encoder."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.verify.faults import CLASSES, Sowing

from guiju.logic import Compared, Expr, Literal
from guiju.logic.syntax import And
from guiju.norms import Norm, builtin
from guiju.norms.provisions import pinpointed
from guiju.norms.statutes import Statute, earlier_text, read_text_of
from guiju.verify import TextCheck, texts_in, verified

ACT = "eu/ai-act"


@pytest.fixture(scope="session")
def earlier(texts: Path) -> dict[str, Statute]:
    """Instrument of the Union -> its text before it was amended."""
    found = texts_in(texts)
    outlines = {name: one.earlier for name, one in builtin().outlines.items() if one.earlier}
    return {name: read_text_of(found[one.text]) for name, one in outlines.items()}


def kinds(norm: Norm, statute: Statute) -> set[str]:
    return {one.kind for one in TextCheck(builtin(), norm.instrument, statute).of_norm(norm)}


def test_no_difference_is_unexplained(acts: dict[str, Statute], earlier: dict[str, Statute]):
    corpus = builtin()
    found = [verified(corpus, name, text) for several in (acts, earlier) for name, text in several.items()]
    assert [(one.norm, one.kind, one.place, one.got, one.expected) for each in found for one in each.open] == []
    assert sum(one.checked for one in found) > 1000


def test_norms_of_the_earlier_text_are_held_against_it(acts: dict[str, Statute], earlier: dict[str, Statute]):
    """Two versions of the Act: a norm that says it is of 2024 is not held against the text in force, and the other way round."""
    corpus = builtin()
    old = [one for one in corpus.all_norms() if one.instrument == ACT and earlier_text(str(one.pinpoint.get("en", "")))]
    assert old
    before, now = TextCheck(corpus, ACT, earlier[ACT]), TextCheck(corpus, ACT, acts[ACT])
    assert {one.id for one in old if one.active} == {one.id for one in before.norms}
    assert not {id(one) for one in old} & {id(one) for one in now.norms}
    gone = next(one for one in old if str(one.pinpoint["en"]).startswith("Art. 10(5)"))
    assert "place" in kinds(replace(gone, pinpoint={"zh": "第10条第5款", "en": "Art. 10(5)"}), acts[ACT])
    unknown = replace(gone, pinpoint={"zh": "第10条第5款（2023年文本）", "en": "Art. 10(5) (2023 text)"})
    assert "place" in kinds(unknown, acts[ACT])


def _threshold(expr: Expr, value: Decimal) -> Expr:
    """The condition with its number another."""
    if isinstance(expr, And):
        return And(tuple(_threshold(one, value) for one in expr.items))
    if isinstance(expr, Compared) and isinstance(expr.right, Literal):
        return replace(expr, right=Literal(value))
    return expr


@pytest.mark.parametrize("value", ["1e26", "1025", "1e24"])
def test_the_threshold_of_training_is_a_power_of_ten(acts: dict[str, Statute], earlier: dict[str, Statute], value: str):
    """Printed as 1025 in one text and with its superscript in the other: the norm that says 10^25 stands in both."""
    norm = builtin().norms[f"{ACT}/51.2"][-1]
    old = replace(norm, pinpoint={"zh": "第51条第2款（2024年文本）", "en": "Art. 51(2) (2024 text)"})
    for sound, text in ((norm, acts[ACT]), (old, earlier[ACT])):
        assert kinds(sound, text) == set()
        assert "number" in kinds(replace(sound, when=_threshold(norm.when, Decimal(value))), text)


def test_days_follow_the_text_that_was_published_by_then(acts: dict[str, Statute], earlier: dict[str, Statute]):
    """Events of 2024 rest on the Act as it was; none rests on a schedule that came with a copy of the text."""
    corpus = builtin()
    begun = [one for one in corpus.events.values() if one.instrument == ACT and one.kind == "commence"]
    assert begun
    for event in begun:
        wrong = replace(event, dates=tuple(replace(one, on=date(2026, 7, 28)) for one in event.dates))
        for text in (acts[ACT], earlier[ACT]):
            check = TextCheck(corpus, ACT, text)
            assert list(check.of_event(event)) == []
        assert any(list(TextCheck(corpus, ACT, text).of_event(wrong)) for text in (acts[ACT], earlier[ACT])), event.id
    assert not any("schedule" in (one.checked.source or "").lower() for one in corpus.events.values())


def test_the_convention_of_the_council_of_europe_is_not_in_force():
    """Two sources say it is, and the treaty office says it is not: nothing may rest on it as law."""
    corpus = builtin()
    named = re.compile(r"(?i)council of europe|CETS|\bcoe/")
    conventions = [one.id for one in corpus.instruments.values() if named.search(f"{one.id} {one.title.get('en', '')}")]
    begun = [one.id for one in corpus.events.values() if one.instrument in conventions and one.kind == "commence" and one.dates]
    assert begun == []
    resting = [one.id for one in corpus.all_norms() if one.active and one.instrument in conventions]
    assert resting == []


def test_a_pinpoint_that_differs_between_the_languages_is_found(acts: dict[str, Statute]):
    norm = builtin().norms[f"{ACT}/26.9"][0]
    assert "pinpoint-zh" not in kinds(norm, acts[ACT])
    assert "pinpoint-zh" in kinds(replace(norm, pinpoint={**norm.pinpoint, "zh": "第26条第8款"}), acts[ACT])


def test_only_the_sentence_that_a_pinpoint_names_is_asked(acts: dict[str, Statute]):
    """Of 75d(2) the fourth sentence denies and the sixth allows; each norm stands in its own."""
    proof, limits = (builtin().norms[f"{ACT}/75d.2#{one}"][-1] for one in ("proof", "limits"))
    assert (kinds(proof, acts[ACT]), kinds(limits, acts[ACT])) == (set(), set())
    assert "modality" in kinds(replace(proof, modality="obligation"), acts[ACT])
    assert "modality" in kinds(replace(limits, modality="permission"), acts[ACT])


def test_the_summary_names_who_bears_it_and_how(acts: dict[str, Statute]):
    """Both summaries are held against the norm: the subject of the English one, the modal word of the Chinese one."""
    norm = builtin().norms[f"{ACT}/82.1"][-1]
    other = replace(norm, summary={**norm.summary, "en": "The provider must remove the risk."})
    assert "bearer" in kinds(other, acts[ACT])
    assert "modality" in kinds(replace(norm, modality="prohibition"), acts[ACT])


def test_every_pinpoint_of_the_act_names_a_place():
    corpus = builtin()
    outline = corpus.outlines[ACT]
    norms = [one for one in corpus.all_norms() if one.instrument == ACT and one.active]
    assert [one.id for one in norms if not pinpointed(one, outline.numbering)] == []


@pytest.mark.slow
def test_faults_of_a_hasty_encoder_are_found(acts: dict[str, Statute], earlier: dict[str, Statute]):
    """Two hundred faults drawn at random over nine classes; at least 95 of a hundred are found."""
    faults = list(Sowing(builtin(), acts, seed=20261122, earlier=earlier).faults(200))
    missed = [one for one in faults if not one.caught]
    assert set(Counter(one.kind for one in faults)) == set(CLASSES)
    assert len(missed) <= 0.05 * len(faults), [(one.kind, one.norm, one.what) for one in missed]
