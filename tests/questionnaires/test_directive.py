"""The directive: whom it binds, what each impact level asks for, and from which day."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from guiju.assess import assess
from guiju.assess.document import to_json
from guiju.norms import Corpus, load_book, read_corpus
from guiju.norms.books import builtin_folders
from guiju.subjects import dossier_from

TODAY = date(2026, 11, 22)


@cache
def canada() -> Corpus:
    return read_corpus([(place, load_book(builtin_folders()[place], place)) for place in ("base", "ca")])


def dossier(level: str | None, acquired: str = "2025-09-01", **org: object) -> str:
    said = {"actor_kind": "public_authority", "bound_by_canadian_service_policy": True, "is_agent_of_parliament": False} | org
    facts = ", ".join(f"{name}: {str(value).lower() if isinstance(value, bool) else value}" for name, value in said.items())
    return f"""
system: {{id: sorter}}
facts:
  markets: [CA]
  for_administrative_decisions_of_canada: true
  only_research_or_test: false
  adm_system_in_use: true
  denies_or_regulates: true
  proprietary_components: false
  {"" if level is None else f"aia_level: {level}"}
events: {{adm_system_acquired: {acquired}, adm_system_put_in_production: 2026-02-16}}
parties:
  - {{org: "org:dept", facts: {{uses_system_in_programme: true, {facts}}}}}
"""


def answered(text: str, on: date = TODAY) -> dict[str, Any]:
    subject = dossier_from(text, "d.yaml", canada().vocabulary)
    return to_json(assess(subject, canada(), on=on, known=TODAY), everything=True)


def rows(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["norm"].removeprefix("ca/directive-adm/"): row for row in result["duties"]}


def owed(text: str, on: date = TODAY) -> set[str]:
    return {name for name, row in rows(answered(text, on)).items() if row["in_scope"] == "yes"}


BY_LEVEL = {
    "6.2.1#explanation": {"III", "IV"},
    "6.2.3#client": {"II", "III", "IV"},
    "6.3.7": {"II", "III"},
    "6.3.7#level-4": {"IV"},
    "6.3.8": {"II", "III", "IV"},
    "6.3.9#recurring": {"III", "IV"},
    "6.3.13": {"I", "II"},
    "6.3.13#final": {"III", "IV"},
    "6.3.14": {"I", "II"},
    "6.3.14#level-3": {"III"},
    "6.3.14#level-4": {"IV"},
}
ALWAYS = {"6.1.1", "6.1.3", "6.2.1", "6.2.3", "6.2.5", "6.2.7", "6.3.1", "6.3.2", "6.3.4", "6.3.5", "6.3.6", "6.3.9", "6.3.10",
          "6.3.12", "6.3.13#quality", "6.4.1", "6.5.1"}  # fmt: skip


@pytest.mark.parametrize("level", ["I", "II", "III", "IV"])
def test_each_level_asks_for_its_own(level: str) -> None:
    found = owed(dossier(level))
    assert {name for name in BY_LEVEL if name in found} == {name for name, levels in BY_LEVEL.items() if level in levels}
    assert found >= ALWAYS


def test_without_an_assessment_what_hangs_on_the_level_is_unknown_and_the_rest_is_owed() -> None:
    found = rows(answered(dossier(None)))
    assert all(found[name]["in_scope"] == "unknown" for name in BY_LEVEL)
    assert all(found[name]["in_scope"] == "yes" for name in ALWAYS)


def test_the_grade_is_a_floor_until_the_assessment_is_there() -> None:
    (open_,) = answered(dossier(None))["grades"]
    assert (open_["at_least"], open_["at_most"], open_["settled"]) == ("level-1", "level-4", False)
    (grade,) = answered(dossier("III"))["grades"]
    assert (grade["at_least"], grade["at_most"], grade["settled"], grade["questionnaire"]) == (
        "level-3",
        "level-3",
        True,
        "ca/aia",
    )


def test_a_firm_owes_nothing_under_the_directive() -> None:
    assert not owed(dossier("IV", actor_kind="private_company"))


def test_a_federal_body_outside_the_policy_is_encouraged() -> None:
    assert owed(dossier("IV", bound_by_canadian_service_policy=False, canadian_federal_body=True)) == {"8.2"}


def test_agents_of_parliament_publish_nothing_and_approve_themselves() -> None:
    found = rows(answered(dossier("IV", is_agent_of_parliament=True)))
    assert found["6.5.1"]["in_scope"] == "no"
    assert found["6.1.1"]["in_scope"] == "yes"
    assert found["6.3.14#level-4"]["in_scope"] == "yes"


def test_a_system_of_before_april_2020_is_outside() -> None:
    assert not owed(dossier("IV", acquired="2020-04-01"))
    assert owed(dossier("IV", acquired="2020-04-02"))


@pytest.mark.parametrize(
    ("acquired", "on", "status"),
    [
        ("2025-06-24", date(2025, 7, 1), "applies"),
        ("2025-06-23", date(2026, 6, 23), "upcoming"),
        ("2025-06-23", date(2026, 6, 24), "applies"),
    ],
)
def test_systems_of_before_june_2025_had_a_year(acquired: str, on: date, status: str) -> None:
    assert rows(answered(dossier("II", acquired=acquired), on))["6.3.1"]["status"] == status
