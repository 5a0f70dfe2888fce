"""The questionnaires of Canada's Algorithmic Impact Assessment as data files, made from the official tool's survey files.

The tool is public (https://github.com/canada-ca/aia-eia-js, MIT). Given a clone of it, this program writes one file for each
published version: names, kinds of answer, options and their points, and what decides whether a question is asked. The
wording of questions and of options is left out: short titles in our own words stand in ``aia-titles.yaml`` beside them.

    python -m benchmarks.truth.canada_questionnaires CLONE src/guiju/corpus/ca/directive-adm/questionnaires

The same clone always gives the same files. The arithmetic is that of ``src/store.ts`` at the same commit.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

FILE = "src/survey-enfr.json"
SCORED = ("radiogroup", "dropdown", "checkbox")
COUNTS = {"RS": "impact", "MS": "mitigation", "NS": "nothing"}
LONG_LIST = 60
"""A list of more options than this is the list of departments: any word is taken."""

LATER = "{enough_mitigation: 0.40, reduction_share: 0.15, level_shares: [0.25, 0.50, 0.75]}"
"""From v0.6 on. The tool asks for 80 % of half of the sum over both phases, of which one assessment answers one: 40 %."""

EARLY = "{enough_mitigation: 0.80, reduction_points: 10, level_points: [18, 36, 54]}"
FIRST = "{enough_mitigation: 0.80, reduction_points: 10}"

VERSIONS = (
    ("v0.3", "2019-03-29", "3d388d49c834d56219ed2fa815fa1063faef81a5", FIRST),
    ("v0.4", "2019-04-18", "faa14195216bb75279f0b3f6e57d8bca5221b025", EARLY),
    ("v0.5", "2019-05-14", "a13cda2ec5b437ad6e6c0da787b6f00573a5ac97", EARLY),
    ("v0.6", "2019-05-23", "9efacf928a092cb27c5276a64d34b892ba728ac1", LATER),
    ("v0.8a1", "2019-12-10", "1754da18bcd7de631b0a66af02e68d0176f00e67", LATER),
    ("v0.8", "2021-02-12", "78f3dfddde72afff4a48cf085380113757007cdf", LATER),
    ("v0.9", "2021-03-28", "3b297e9628fb412daa9abab4706c7225b708ead1", LATER),
    ("v0.9.1", "2022-03-02", "34bce9983b49374907f8c9b8859cf28e0008c5e3", LATER),
    ("v0.10.0", "2023-04-13", "deca8fbf6c42a038b404d9b03e30de0ad3801ade", LATER),
    ("v1.0.0", "2025-09-08", "cb3c6fad1a15b6f355a3e481f9e4a5001da88a42", LATER),
    ("v1.0.1", "2025-10-03", "b900dc7d21126a69a7661a90b8b57d37c8a52231", LATER),
)
"""Version, day and commit: the tagged releases; v0.8 and v1.0.1, which have no tag, as they were last before the next change."""

SAID = {
    "yes": ("Yes",),
    "no": ("No",),
    "unsure": ("Unsure", "Unknown"),
    "not_applicable": ("Not applicable", "N/A"),
    "other": ("Other (specify)", "Other (please specify)", "Other (describe)", "Other (Specify)", "Other"),
    "design": ("Design",),
    "implementation": ("Implementation",),
    "little": ("Little to no impact",),
    "moderate": ("Moderate impact",),
    "high": ("High impact",),
    "very_high": ("Very high impact",),
    "reversible": ("Reversible", "Reversible - Adverse impacts can be reversed"),
    "likely_reversible": ("Likely reversible",),
    "hard_to_reverse": ("Difficult to reverse",),
    "irreversible": ("Irreversible",),
    "your_institution": ("Your institution",),
    "other_federal": ("Another federal institution",),
    "other_level": ("Another level of government",),
    "other_government": ("Another government",),
    "foreign_or_third_party": ("A foreign government or non-government third party",),
    "third_party": ("A non-government third party",),
}
"""Labels that many questions share; ``aia-titles.yaml`` has their words."""

LABEL = {official.lower(): key for key, words in SAID.items() for official in words}

BEGINNINGS = {
    "reduce existing backlog": "backlog",
    "existing backlog": "backlog",
    "improve overall quality": "better_decisions",
    "lower transaction costs": "lower_costs",
    "perform tasks that humans": "beyond_humans",
    "the system is performing tasks": "beyond_humans",
    "use innovative": "innovation",
    "slightly effective": "slightly_effective",
    "moderately effective": "moderately_effective",
    "very effective": "very_effective",
    "service cannot be delivered at all": "no_service",
    "service cannot be delivered in a timely": "slow_service",
    "service costs": "costly_service",
    "service quality": "poorer_service",
    "service delivery cannot achieve": "missed_targets",
    "assessment has been conducted, and no barriers": "assessed_no_barriers",
    "assessment has been conducted, barriers": "barriers_met",
    "assessment was conducted, barriers": "barriers_unmet",
    "no assessment has been conducted": "not_assessed",
    "image and object recognition": "image_recognition",
    "text and speech analysis": "language_analysis",
    "risk assessment:": "risk_scoring",
    "content generation:": "content_generation",
    "process optimization": "workflow",
    "open source": "open_source",
    "custom built": "custom",
    "commercial off the shelf": "off_the_shelf",
    "based on rules": "rules_based",
    "based on patterns": "patterns",
    "deterministic": "deterministic",
    "probabilistic": "probabilistic",
    "discriminative": "discriminative",
    "generative": "generative",
    "health-related": "health",
    "health related": "health",
    "economic interests": "economic_interests",
    "social assistance": "social_assistance",
    "access and mobility": "access_mobility",
    "licensing and issuance": "licensing",
    "employment (": "employment",
    "public safety": "public_safety",
    "full automation": "full_automation",
    "partial automation": "partial_automation",
    "impacts are most likely to be brief": "brief",
    "some impacts may last a matter of months": "months",
    "impacts can last years": "some_years",
    "most impacts are perpetual": "perpetual",
    "assessment conducted; no performance differences": "same_for_all",
    "0 to 25%": "to_quarter",
    "26 to 50%": "to_half",
    "51 to 75%": "to_three_quarters",
    "76 to 99%": "nearly_all",
    "100%": "all_clients",
    "no sharing": "not_shared",
    "within your department": "own_department",
    "with another federal department": "federal_department",
    "with a government from another": "other_jurisdiction",
    "with a third party": "shared_third_party",
    "none": "unclassified",
    "protected a": "protected_a",
    "protected b / protected c": "protected_b_c",
    "protected b": "protected_b",
    "protected c": "protected_c",
    "confidential": "confidential",
    "classified / confidential": "confidential",
    "secret / top secret": "secret_top_secret",
    "secret": "secret",
    "top secret": "top_secret",
    "open data source": "open_data",
    "federal government": "federal_government",
    "other canadian government": "other_canadian",
    "private sector": "private_holder",
    "audio and text": "audio_text",
    "images and videos": "images_video",
    "strategic policy": "strategic_policy",
    "data governance": "data_governance",
    "program policy": "programme_policy",
    "legal services": "legal_services",
    "access to information": "access_privacy",
    "communications": "communications",
    "client experience": "client_experience",
    "digital policy": "digital_policy",
    "human resources": "human_resources",
    "tbs office of the chief human": "chief_people",
    "tbs office of the chief information": "chief_information",
    "office of the privacy commissioner": "privacy_commissioner",
    "networks for equity": "equity_networks",
    "accessibility working groups": "accessibility_groups",
    "2slgbtqi": "lgbtq",
    "general public": "public",
    "civil society": "civil_society",
    "academia": "academia",
    "industry": "industry",
    "bargaining agents": "unions",
    "governments in other": "other_governments",
    "international organizations": "international",
    "clients or their": "clients",
    "indigenous": "indigenous",
    "non-governmental": "ngos",
    "professional associations": "professional",
    "fairness of outputs": "fair_outputs",
    "transparency of the system": "transparency",
    "barriers to access": "access_barriers",
    "surveillance": "surveillance",
    "protection of personal information": "privacy_concerns",
    "human rights": "human_rights",
    "accessibility": "accessibility",
    "accuracy": "accuracy",
    "clear time frame": "timeliness",
    "clients are provided with adequate": "participation",
    "clients are provided with all documents": "documents_given",
    "mechanism for assessing": "feedback_handled",
}
"""How official labels begin, and the key of our own words for them; the longest beginning that fits is taken."""

DIFFERENCES = {
    "item3-2": "justified_unaddressed",
    "item4-2": "unjustified_addressed",
    "item5-1": "justified_addressed",
    "item6-3": "unjustified_unaddressed",
}
"""Options of ``impact18`` whose labels begin alike."""

LICENCE = """licence:
  zh: 含加拿大政府信息（问题名称、选项、分值、显示条件），依加拿大开放政府许可证和该工具的许可证使用；题目是本系统自己写的简称。
  en: >-
    Contains information of the Government of Canada, used under the Open Government Licence - Canada and the tool's MIT licence:
    the names of questions, their options, points and conditions. The titles are our own short words.
"""


Known = dict[str, tuple[str, list[str]]]
"""Question, its kind in the survey file, and its options."""


@dataclass
class Kept:
    """One question as it is written."""

    name: str
    section: str
    answer: str
    counts: str
    options: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    other: bool = False
    shown: dict[str, list[str]] = field(default_factory=dict)


def text_of(clone: Path, commit: str) -> str:
    """The survey file at a commit."""
    found = subprocess.run(["git", "-C", str(clone), "show", f"{commit}:{FILE}"], capture_output=True, check=True)
    return found.stdout.decode("utf-8")


def elements(survey: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Page, panel and question, in order; no survey nests deeper."""
    for page in survey["pages"]:
        for one in page.get("elements", []):
            inner = one["elements"] if one["type"] == "panel" else []
            for question in inner:
                if question["type"] == "panel":
                    raise SystemExit(f"a panel in a panel: {question['name']}")
                yield page, one, question


def condition(text: str, known: Known) -> dict[str, list[str]]:
    """``{a} = "x" and ({b} contains "y" or {b} = "z")`` as {a: [x], b: [y, z]}: all the questions, any of the options.

    Of a question with one answer, ``contains`` looks for a piece of its word: ``contains "item2"`` is true of ``item2-0``.
    A list is empty where nothing fits: the tool then never asks the question.
    """
    found: dict[str, list[str]] = {}
    for part in re.split(r"\s+and\s+", text.strip()):
        alternatives = re.split(r"\s+or\s+", part.strip().removeprefix("(").removesuffix(")"))
        read = [re.fullmatch(r"\s*\{([\w-]+)\}\s*(=|contains)\s*\[?[\"']?([\w-]+)[\"']?\]?\s*", one) for one in alternatives]
        names = {one[1] for one in read if one}
        if None in read or len(names) != 1:
            raise SystemExit(f"a condition of another shape: {text}")
        name = names.pop()
        if name in found:
            raise SystemExit(f"one question twice in a condition: {text}")
        kind, options = known.get(name, ("", []))
        found[name] = [option for one in read if one for option in options if _fits(one[2], one[3], kind, option)]
    return found


def _fits(operator: str, wanted: str, kind: str, option: str) -> bool:
    return wanted in option if operator == "contains" and kind != "checkbox" else wanted == option


def counted(question: dict[str, Any], panel: dict[str, Any]) -> str:
    """What a question's points count for: its own suffix, else that of its panel."""
    for name in (question["name"], panel["name"]):
        if name[-3:] in ("-RS", "-MS", "-NS"):
            return COUNTS[name[-2:]]
    return COUNTS["NS"]


def points(value: object) -> int:
    """The number behind the last hyphen of an option, or the option that is a number."""
    if isinstance(value, int):
        return value
    tail = str(value).rpartition("-")[2] if "-" in str(value) else ""
    return int(tail) if tail.isdigit() else 0


def kept(question: dict[str, Any], panel: dict[str, Any], known: Known) -> Kept:
    """A question without its words."""
    kind = question["type"]
    choices = question.get("choices", [])
    answer = {"checkbox": "several", "radiogroup": "one", "dropdown": "one"}.get(kind, "words")
    if len(choices) > LONG_LIST:
        answer, choices = "words", []
    counts = counted(question, panel) if kind in SCORED else COUNTS["NS"]
    one = Kept(question["name"], section_name(panel["name"]), answer, counts, other=bool(question.get("hasOther")))
    for choice in choices if answer != "words" else []:
        value = choice["value"] if isinstance(choice, dict) else choice
        words = choice.get("text", "") if isinstance(choice, dict) else ""
        official = " ".join((words.get("default", "") if isinstance(words, dict) else str(words)).split())
        one.options[str(value)] = points(value)
        key = label_of(question["name"], str(value), official.lower())
        if key is not None:
            one.labels[str(value)] = key
    if "visibleIf" in question:
        one.shown = condition(question["visibleIf"], known)
    return one


def values(question: dict[str, Any]) -> list[str]:
    """The options of a question, and the one that the tool adds."""
    found = [str(one["value"] if isinstance(one, dict) else one) for one in question.get("choices", [])]
    return [*found, "other"] if question.get("hasOther") else found


def label_of(question: str, option: str, official: str) -> str | None:
    """The key of our own words for an official label."""
    if question == "impact18" and option in DIFFERENCES:
        return DIFFERENCES[option]
    fitting = [one for one in BEGINNINGS if official.startswith(one)]
    return LABEL.get(official) or (BEGINNINGS[max(fitting, key=len)] if fitting else None)


def section_name(panel: str) -> str:
    """``riskProfilePanel-RS`` is riskProfile."""
    return re.sub(r"-(RS|MS|NS)$", "", panel).removesuffix("Panel")


def flow(value: dict[str, Any]) -> str:
    """A mapping on one line."""
    return "{" + ", ".join(f"{quoted(key)}: {_item(one)}" for key, one in value.items()) + "}"


def _item(value: object) -> str:
    if isinstance(value, dict):
        return flow(value)
    if isinstance(value, list):
        return "[" + ", ".join(quoted(str(one)) for one in value) + "]"
    return str(value) if isinstance(value, int) else quoted(str(value))


def quoted(word: str) -> str:
    """A word that YAML could take for a number stands in quotes."""
    return f"'{word}'" if re.fullmatch(r"[-+.\d]+|true|false|null", word) else word


def written(version: str, day: str, commit: str, arithmetic: str, text: str) -> str:
    """One questionnaire file."""
    survey = json.loads(text)
    sections: dict[str, dict[str, Any]] = {}
    lines: list[str] = []
    seen: set[str] = set()
    known = {question["name"]: (question["type"], values(question)) for _, _, question in elements(survey)}
    for page, panel, question in elements(survey):
        if question["type"] == "html":
            continue
        if question["name"] in seen:
            raise SystemExit(f"{version}: {question['name']} twice")
        seen.add(question["name"])
        one = kept(question, panel, known)
        if not all(one.shown.values()):
            print(f"{version}: {one.name} is never asked, and left out")
            continue
        if one.section not in sections:
            shown = [condition(part["visibleIf"], known) for part in (page, panel) if "visibleIf" in part]
            counts = counted({"name": ""}, panel)
            sections[one.section] = {"section": one.section, "counts": counts} | ({"shown": shown[0]} if shown else {})
        row: dict[str, Any] = {"question": one.name, "in": one.section, "answer": one.answer}
        if one.counts != sections[one.section]["counts"] and one.answer != "words":
            row["counts"] = one.counts
        row |= {"options": one.options} if one.answer != "words" else {}
        row |= {"other": "true"} if one.other else {}
        row |= {"shown": one.shown} if one.shown else {}
        row |= {"says": one.labels} if one.labels else {}
        lines.append(f"  - {flow(row)}".replace("other: 'true'", "other: true"))
    digest = sha256(text.encode()).hexdigest()
    head = [
        f"questionnaire: ca/aia  # {version}, written by benchmarks/truth/canada_questionnaires.py: change that, not this",
        f"version: {version}",
        f"published: {day}",
        f"source: {{repository: 'https://github.com/canada-ca/aia-eia-js', commit: {commit}, file: {FILE}, sha256: '{digest}'}}",
        LICENCE.rstrip("\n"),
        f"arithmetic: {arithmetic}",
        "sections:",
        *(f"  - {flow(one)}" for one in sections.values()),
        "questions:",
    ]
    return "\n".join([*head, *lines]) + "\n"


def main(clone: Path, folder: Path) -> None:
    """Write the file of every version."""
    for version, day, commit, arithmetic in VERSIONS:
        (folder / f"aia-{version}.yaml").write_text(written(version, day, commit, arithmetic, text_of(clone, commit)), "utf-8")
        print(f"aia-{version}.yaml")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
