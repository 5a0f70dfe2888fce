"""The rules held against the texts they were written from; and whether that would find the mistakes of a hasty encoder."""

from __future__ import annotations

import re
from collections import Counter
from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest
from tests.verify.faults import CLASSES, Sowing

from guiju.norms import builtin
from guiju.norms.statutes import Statute, uniform
from guiju.verify import VerifyError, places_checked, texts_in, verification, verified

LONGEST_RUN = 25
"""No summary shares a longer run of characters with a statute, names and terms of art apart."""

COMMON = (
    "个人信息", "生成式人工智能服务", "互联网信息服务", "算法推荐服务提供者", "深度合成服务提供者",
    "深度合成服务技术支持者", "科技伦理", "人工智能", "国家互联网信息办公室", "舆论属性", "社会动员能力",
    "履行个人信息保护职责的部门", "强制性国家标准", "推荐性国家标准", "国务院标准化行政主管部门",
    "国务院有关行政主管部门", "关键信息基础设施", "网络产品、服务", "直接负责的主管人员和其他直接责任人员",
)  # fmt: skip


def test_no_difference_is_unexplained(texts: Path):
    found = verification(builtin(), texts)
    differences = [
        (one.norm, one.kind, one.place, one.got, one.expected) for instrument in found.instruments for one in instrument.open
    ]
    assert differences == []
    assert found.without_text == ()
    assert found.checked > 400
    assert found.explained_norms <= 0.03 * found.checked


def test_explanations_are_signed_by_two():
    for norm in builtin().all_norms():
        for one in norm.explained:
            assert one.by != one.second, norm.id


def test_an_explanation_is_of_what_the_norm_had_and_of_nothing_else(statutes: dict[str, Statute]):
    """A norm that has another bearer than the one explained is open, and its explanation idle."""
    corpus = copy(builtin())
    norm = next(one for one in corpus.all_norms() if any(each.finding == "bearer" for each in one.explained))
    other = replace(norm, bearer=replace(norm.bearer, terms=("cn.content_user",)))
    assert verified(corpus, norm.instrument, statutes[norm.instrument]).open == ()
    corpus.norms = {**corpus.norms, norm.id: [other]}
    found = verified(corpus, norm.instrument, statutes[norm.instrument])
    assert {(one.kind, one.norm) for one in found.open} == {("bearer", norm.id), ("idle", norm.id)}


@pytest.mark.slow
def test_faults_of_a_hasty_encoder_are_found(statutes: dict[str, Statute]):
    """Two hundred faults drawn at random over nine classes; at least 98 of a hundred are found."""
    faults = list(Sowing(builtin(), statutes, seed=20261122).faults(200))
    missed = [one for one in faults if not one.caught]
    assert set(Counter(one.kind for one in faults)) == set(CLASSES)
    assert len(missed) <= 0.02 * len(faults), [(one.kind, one.norm, one.what) for one in missed]


def test_pinpoints_fit_the_outlines_without_any_text():
    assert list(places_checked(builtin())) == []


def _runs(text: str) -> str:
    """What is compared: the words alone, names of laws and terms of art taken out."""
    text = re.sub(r"《[^》]*》|第[一二三四五六七八九十百零〇]+[条款项]", "｜", text)
    for term in sorted(COMMON, key=len, reverse=True):
        text = text.replace(term, "｜")
    return re.sub(r"[^\w｜]+", "", uniform(text).replace("|", "｜"))


def test_no_summary_is_a_sentence_of_the_statute(statutes: dict[str, Statute]):
    corpus = builtin()
    windows = {
        run[at : at + LONGEST_RUN]
        for statute in statutes.values()
        for text in statute.texts.values()
        for run in _runs(text).split("｜")
        for at in range(len(run) - LONGEST_RUN + 1)
    }
    copied = {}
    for norm in corpus.all_norms():
        for words in (norm.summary, norm.left_out):
            for run in _runs(str(words.get("zh", ""))).split("｜"):
                for at in range(len(run) - LONGEST_RUN + 1):
                    if run[at : at + LONGEST_RUN] in windows:
                        copied[norm.id] = run[at : at + LONGEST_RUN]
    assert copied == {}


@pytest.mark.parametrize(
    ("folder", "code"), [("missing", "verify.no-folder"), ("empty", "verify.no-texts"), ("others", "verify.none-known")]
)
def test_a_folder_without_the_texts_is_refused(tmp_path: Path, folder: str, code: str):
    (tmp_path / "empty").mkdir()
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "poem.txt").write_text("春眠不觉晓\n", encoding="utf-8")
    with pytest.raises(VerifyError) as caught:
        verification(builtin(), tmp_path / folder)
    assert caught.value.code == code


def test_texts_are_found_below_the_folder(texts: Path):
    assert "pipl-2021" in texts_in(texts)
