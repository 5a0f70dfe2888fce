"""Duties as engineering requirements: what must hold, how that is tested, what shows it, who owns it, by when, by which clause.

The acceptance test is the rule's own content in words, with its thresholds. Duties that ask the same of the same object and
owner are one requirement with several clauses.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from guiju import __version__
from guiju.assess.document import Assessment, to_json
from guiju.assess.report import FORCES, short
from guiju.assess.report_duty import DutyTeller
from guiju.assess.report_parts import Duty, Tree
from guiju.assess.report_words import Words, plain
from guiju.assess.spreadsheet import FORMULA_SIGNS
from guiju.calendars import words
from guiju.logic import Truth, show
from guiju.norms import Row, digest, natural_key
from guiju.wording import LANGUAGES, fill

SCHEMA: Final = "guiju.requirements/1"
PHASES: Final = ("before", "during", "after", "")

COLUMNS: Final = (
    "id", "statement", "test", "evidence", "owner", "object", "phase", "force", "path", "applies", "status", "from", "due",
    "days_left", "met", "basis", "clauses", "source", "checked", "norms",
)  # fmt: skip
"""Columns of the CSV file, the same in every language."""


@dataclass(frozen=True, slots=True)
class Source:
    """A clause that asks for it."""

    norm: str
    clause: str
    summary: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement, told by its weightiest duty; ``sources`` are all that ask for it."""

    id: str
    test: Tree
    expression: str
    sources: tuple[Source, ...]
    duty: Duty

    @property
    def asked_of(self) -> str:
        """The owner: the party with its role, or the role."""
        return self.duty.owed_by


def requirements_of(assessment: Assessment, lang: str) -> list[Requirement]:
    """The requirements in a language: what applies before what may, before, during and after, binding first."""
    teller = DutyTeller(Words(assessment, lang))
    documents = to_json(assessment)["duties"]
    groups: dict[tuple[object, ...], list[tuple[Row, Duty]]] = {}
    for number, (row, data) in enumerate(zip(assessment.in_question, documents, strict=True), 1):
        if row.norm.kind == "duty" and row.norm.modality != "permission":
            groups.setdefault(_sameness(row), []).append((row, teller.duty(row, data, f"d{number}")))
    found = [_requirement(group) for group in groups.values()]
    return sorted(found, key=_order)


def _sameness(row: Row) -> tuple[object, ...]:
    """Duties that ask the same of the same object and owner are one; what only a person can test is never the same."""
    contents = () if row.met is None else tuple(show(expr) for expr in row.met.contents)
    told = contents if contents not in ((), ("true",)) else (row.norm.id,)
    return (
        told,
        row.norm.modality == "prohibition",
        row.thing.kind,
        row.thing.id,
        row.party.id if row.party else None,
        row.in_scope,
    )


def _requirement(group: Sequence[tuple[Row, Duty]]) -> Requirement:
    ordered = sorted(group, key=lambda pair: _weight(pair[1]))
    row, duty = ordered[0]
    by_clause = sorted(ordered, key=lambda pair: natural_key(pair[1].norm))
    sources = {one.norm: Source(one.norm, one.clause, one.summary) for _, one in by_clause}
    contents = row.met.contents if row.met else ()
    party = "" if row.party is None or row.party.anonymous else row.party.id
    named = "" if row.thing.anonymous else row.thing.id
    identifier = digest([next(iter(sources)), row.thing.kind, named, party]).removeprefix("sha256:")[:8]
    return Requirement(
        f"R-{identifier}", duty.asked, " && ".join(f"({show(expr)})" for expr in contents), tuple(sources.values()), duty
    )


def _weight(duty: Duty) -> tuple[object, ...]:
    return (duty.status != "applies", FORCES.index(duty.force), natural_key(duty.norm))


def _order(one: Requirement) -> tuple[object, ...]:
    duty = one.duty
    return (duty.scope != Truth.TRUE.value, PHASES.index(duty.phase), *_weight(duty), duty.object, duty.party or "")


# -- formats -------------------------------------------------------------------------------------------------------------------


def requirements_json(assessment: Assessment) -> dict[str, Any]:
    """The contract ``guiju.requirements/1``: texts in both languages."""
    told = {lang: requirements_of(assessment, lang) for lang in LANGUAGES}
    other = {lang: {one.id: one for one in found} for lang, found in told.items()}
    return {
        "schema": SCHEMA,
        **({"example": True} if assessment.dossier.example else {}),
        "engine": __version__,
        "edition": assessment.corpus.edition,
        "dossier": assessment.dossier.digest,
        "on": str(assessment.program.on),
        "known": str(assessment.program.known),
        "requirements": [_json({lang: other[lang][one.id] for lang in LANGUAGES}) for one in told["en"]],
    }


def _json(told: dict[str, Requirement]) -> dict[str, Any]:
    one = told["en"]
    duty, due = one.duty, one.duty.due

    def both(read: Any) -> dict[str, Any]:
        return {lang: read(each) for lang, each in told.items()}

    return {
        "id": one.id,
        "norms": [source.norm for source in one.sources],
        "clauses": [{lang: each.sources[at].clause for lang, each in told.items()} for at in range(len(one.sources))],
        "statement": both(lambda each: plain(each.duty.summary)),
        "test": {"expression": one.expression, **both(lambda each: [[depth, plain(line)] for depth, line in each.test])},
        "evidence": [{lang: plain(each.duty.evidence[at]) for lang, each in told.items()} for at in range(len(duty.evidence))],
        "owner": {"party": duty.party, **both(lambda each: plain(each.asked_of))},
        "about": both(lambda each: plain(each.duty.object)),
        "phase": duty.phase or None,
        "force": duty.force,
        "path": both(lambda each: [plain(step) for step in each.duty.path]),
        "in_scope": duty.scope,
        "status": duty.status,
        "from": str(duty.from_day) if duty.from_day else None,
        "due": str(due.day) if due and due.day else None,
        "clock": due.state if due else None,
        "met": duty.met,
        "basis": both(lambda each: plain(each.duty.basis)) if duty.basis else None,
        "source": {
            "instrument": duty.norm.split("#")[0].rsplit("/", 1)[0],
            "official": duty.official,
            "checked": duty.checked_source,
        },
    }


def requirements_csv(assessment: Assessment, lang: str) -> str:
    """One line for each requirement; no cell begins as a formula would."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in requirements_of(assessment, lang):
        writer.writerow([_cell(value) for value in _row(one, lang)])
    return out.getvalue()


def _row(one: Requirement, lang: str) -> list[str]:
    duty, due = one.duty, one.duty.due
    return [
        one.id, duty.summary, _lines(one.test), "\n".join(duty.evidence), duty.owed_by, duty.object,
        _phase(duty.phase, lang), _say(f"force-{duty.force}", lang), "\n".join(duty.path), _say(f"scope-{duty.scope}", lang),
        _say(f"group-{duty.status}", lang), str(duty.from_day or ""), str(due.day or "") if due else "",
        str(due.left) if due and due.left is not None else "", duty.met_words, duty.basis,
        "\n".join(dict.fromkeys(source.clause for source in one.sources)), duty.instrument, duty.checked,
        " ".join(source.norm for source in one.sources),
    ]  # fmt: skip


def _cell(value: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = plain(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _lines(tree: Tree) -> str:
    return "\n".join("  " * depth + line for depth, line in tree)


def _say(code: str, lang: str, **fields: object) -> str:
    return fill(f"report.{code}", lang, "message", fields)


def _own(code: str, lang: str, **fields: object) -> str:
    return fill(f"requirements.{code}", lang, "message", fields)


def _phase(phase: str, lang: str) -> str:
    said = fill(f"rules.phase.{phase}", lang, "message", {}) if phase else _say("phase-none", lang)
    return said[:1].upper() + said[1:]


# -- Markdown ------------------------------------------------------------------------------------------------------------------


def requirements_markdown(assessment: Assessment, lang: str) -> str:
    """A page for people: phases as headings, a section for each requirement."""
    found = requirements_of(assessment, lang)
    name = plain(Words(assessment, lang).named(assessment.dossier.subject))
    day, edition = words(assessment.program.on, lang), short(assessment.corpus.edition)
    marked = [f"**{fill('report.example-mark', lang, 'message', {})}**", ""] if assessment.dossier.example else []
    lines = [f"# {_md(_own('title', lang, name=name))}", "", *marked]
    lines.append(_own("lead", lang, on=day, edition=edition, count=len(found)))
    sure = [one for one in found if one.duty.scope == "yes"]
    for phase in PHASES:
        inside = [one for one in sure if one.duty.phase == phase]
        if inside:
            lines += ["", f"## {_own('phase', lang, phase=_phase(phase, lang), count=len(inside))}"]
            for one in inside:
                lines += _section(one, lang)
    unsure = [one for one in found if one.duty.scope != "yes"]
    if unsure:
        lines += ["", f"## {_own('open', lang, count=len(unsure))}", "", _own("open-lead", lang)]
        for one in unsure:
            lines += _section(one, lang)
    return "\n".join((*lines, "", _own("foot", lang))) + "\n"


def _section(one: Requirement, lang: str) -> Iterable[str]:
    duty = one.duty
    clauses = ("；" if lang == "zh" else "; ").join(dict.fromkeys(source.clause for source in one.sources))
    yield from ("", f"### {one.id} {_md(clauses)}")
    yield from ("", _md(duty.summary), "")
    due = duty.due.text if duty.due else ""
    left = duty.due.left_words if duty.due else ""
    facts = (
        ("owner", duty.owed_by),
        ("force", _say("word-colon", lang).join(filter(None, (_say(f"force-{duty.force}", lang), " ← ".join(duty.path))))),
        ("status", duty.since),
        ("due", _say("word-joiner", lang).join(filter(None, (due, left)))),
        ("met", duty.met_words + (_bracketed(duty.basis, lang) if duty.basis else "")),
    )
    for label, value in facts:
        if value:
            yield f"- {_own(label, lang)}{_say('word-colon', lang)}{_md(value)}"
    yield f"- {_own('test', lang)}{_say('word-colon', lang)}{'' if one.test else _own('no-test', lang)}".rstrip()
    for depth, line in one.test:
        yield f"  {'  ' * depth}- [ ] {_md(line)}"
    if duty.evidence:
        yield f"- {_say('word-evidence', lang)}{_say('word-colon', lang)}".rstrip()
        yield from (f"  - {_md(item)}" for item in duty.evidence)
    yield f"- `{'` `'.join(source.norm for source in one.sources)}`"


def _bracketed(value: str, lang: str) -> str:
    return f"（{value}）" if lang == "zh" else f" ({value})"


_SIGNS: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|#"})


def _md(value: str) -> str:
    """Text with nothing in it that Markdown or HTML would take for a sign."""
    return " ".join(plain(value).split()).translate(_SIGNS)
