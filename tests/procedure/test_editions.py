"""Editions of rules of procedure: what decides is under a digest, and what was shipped once is there for ever."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from tests.procedure.committee import BEGAN, rules

from guiju.norms import builtin
from guiju.procedure import (
    Act,
    ProcedureError,
    begin,
    builtin_rules,
    differences,
    editions,
    editions_of,
    lost,
    replay,
    rules_named,
)
from guiju.procedure import read_rules as read

ALL = [(name, one) for name in builtin_rules() for one in editions_of(name)]
IDS = [f"{name}-{place}" for place, (name, _) in enumerate(ALL)]


@pytest.mark.parametrize(("name", "edition"), ALL, ids=IDS)
def test_what_was_shipped_is_there_and_decides_as_it_did(name: str, edition: editions.Edition) -> None:
    """Where this fails for the newest one: copy the file as it was to ``superseded``, and add a line to ``editions.yaml``."""
    assert read(edition.path, builtin()).edition == edition.id
    assert rules_named(name, builtin(), edition.id).edition == edition.id


@pytest.mark.parametrize("name", builtin_rules())
def test_a_later_edition_knows_every_name_of_an_earlier_one(name: str) -> None:
    known = [rules_named(name, builtin(), one.id) for one in editions_of(name)]
    assert [lost(before, after) for before, after in pairwise(known)] == [{}] * (len(known) - 1)
    assert [one.since for one in editions_of(name)] == sorted(one.since for one in editions_of(name))


def test_no_superseded_file_is_there_that_nobody_names() -> None:
    named = {one.path for _, one in ALL}
    assert set(editions.SHELF.glob("*/*.yaml")) <= named


def test_wording_and_clauses_are_mended_within_an_edition(tmp_path: Path) -> None:
    text = (editions.SHELF / "cn-ethics.yaml").read_text("utf-8")
    mended = text.replace("计入到会的委员", "计入出席的委员").replace("norm: cn/ethics-review-2023/14#quorum", "practice: true")
    assert mended.count("practice: true") > text.count("practice: true")
    (tmp_path / "mended.yaml").write_text(mended, "utf-8")
    assert read(tmp_path / "mended.yaml", builtin()).edition == rules().edition


@pytest.mark.parametrize(
    ("what", "into", "how"),
    [
        ("require: counted >= charter.quorum", "require: counted > charter.quorum", ("guards", "quorate", "changed")),
        ("then: void", "then: lost", ("guards", "quorate", "changed")),
        ("within: decide_days", "within: rereview_days", ("limits", "decide", "changed")),
        ("law: CN", "law: US", ("rest", "", "changed")),
        ("place: Asia/Shanghai", "place: Asia/Tokyo", ("rest", "", "changed")),
        ("  risk_assessed: bool", "  risk_assessed: bool\n  another: bool", ("rest", "", "changed")),
    ],
)
def test_whatever_decides_makes_another_edition(tmp_path: Path, what: str, into: str, how: tuple[str, str, str]) -> None:
    text = (editions.SHELF / "cn-ethics.yaml").read_text("utf-8")
    assert what in text
    where = text.index("  quorate:") if how[1] == "quorate" else 0
    (tmp_path / "other.yaml").write_text(text[:where] + text[where:].replace(what, into, 1), "utf-8")
    other = read(tmp_path / "other.yaml", builtin())
    assert other.edition != rules().edition
    assert [(one.part, one.name, one.how) for one in differences(rules(), other)] == [how]


def test_names_that_are_lost_are_told() -> None:
    earlier = rules()
    fewer = {name: one for name, one in earlier.steps.items() if name != "object"}
    later = replace(earlier, steps=fewer, posts=earlier.posts[1:])
    assert lost(earlier, later) == {"steps": ["object"], "posts": ["chair"]}


# -- going over to one ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """A shelf on which an edition came after that of today: it asks for six members and leaves one more choice."""
    yield newer_shelf(tmp_path / "shelf", monkeypatch)
    editions.shipped.cache_clear()


def six_at_the_table(text: str) -> str:
    """The rules as they stand, but for six members who must be at a meeting."""
    asked = "require: counted >= charter.quorum"
    text = text.replace(asked, f"{asked} && counted >= charter.at_table", 1)
    choice = "  at_table: {type: number(person), default: 6, charter: true, words: {zh: 到会人数, en: those at the table}}\n"
    return text.replace("charter:\n", f"charter:\n{choice}", 1)


def newer_shelf(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[str], str] = six_at_the_table
) -> tuple[str, str]:
    """Make it that of the house; the digests of both editions."""
    shutil.copytree(editions.SHELF, shelf)
    old = editions_of("cn-ethics")[-1]
    shutil.copy(shelf / "cn-ethics.yaml", shelf / "superseded" / f"cn-ethics.{editions.short(old.id)}.yaml")
    text = (shelf / "cn-ethics.yaml").read_text("utf-8")
    (shelf / "cn-ethics.yaml").write_text(change(text), "utf-8")
    new = read(shelf / "cn-ethics.yaml", builtin()).edition
    listed = (shelf / "editions.yaml").read_text("utf-8")
    listed = re.sub(r"(?m)^us-irb:", f'  - {{edition: "{new}", since: 2027-01-01}}\nus-irb:', listed)
    (shelf / "editions.yaml").write_text(listed, "utf-8")
    monkeypatch.setattr(editions, "SHELF", shelf)
    editions.shipped.cache_clear()
    return old.id, new


def test_the_charter_goes_over_and_what_is_new_is_as_the_edition_has_it(two: tuple[str, str]) -> None:
    earlier, later = (rules_named("cn-ethics", builtin(), one) for one in two)
    assert rules_named("cn-ethics", builtin()).edition == later.edition
    assert [(one.part, one.name, one.how) for one in differences(earlier, later)] == [
        ("guards", "quorate", "changed"),
        ("parameters", "at_table", "new"),
    ]
    before = replay(earlier, [Act("charter", BEGAN, "admin", "body", {"quorum": 6})])
    after = replay(later, [Act("edition", BEGAN, "admin", "body", {"edition": later.edition})], before.charter)
    assert (after.charter["quorum"], after.charter["at_table"]) == (6, 6)
    assert "at_table" not in before.charter


def test_an_edition_is_gone_over_to_by_its_own_rules_alone(two: tuple[str, str]) -> None:
    earlier, later = (rules_named("cn-ethics", builtin(), one) for one in two)
    act = Act("edition", BEGAN, "admin", "body", {"edition": later.edition})
    with pytest.raises(ProcedureError) as wrong:
        replay(earlier, [act])
    assert wrong.value.code == "procedure.other-edition"
    with pytest.raises(ProcedureError) as none:
        replay(later, [replace(act, gives={})])
    assert none.value.code == "procedure.value-missing"
    with pytest.raises(ProcedureError) as unknown:
        rules_named("cn-ethics", builtin(), "sha256:" + "0" * 64)
    assert unknown.value.code == "procedure.unknown-edition"
    assert begin(later).charter["at_table"] == 6
