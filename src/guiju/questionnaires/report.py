"""A score for programs and in words."""

from __future__ import annotations

from typing import Any

from guiju.questionnaires.model import LEVELS, Question, Questionnaire
from guiju.questionnaires.scoring import Counted, Score
from guiju.wording import LANGUAGES, Text, chinese_number, text

SCHEMA = "guiju.questionnaire.score/1"


def score_json(found: Score) -> dict[str, Any]:
    """The score as one JSON object: figures, edition, what gave which points, what is still open."""
    edition = found.questionnaire
    return {
        "schema": SCHEMA,
        "questionnaire": edition_json(edition),
        "answers": {"digest": found.answers.digest, "version": found.answers.version, "taken_as": found.asking.value},
        "raw_score": found.raw,
        "max_raw": edition.max_raw,
        "mitigation_score": found.mitigation,
        "max_mitigation": edition.max_mitigation,
        "mitigation_enough": found.enough,
        "current_score": found.current,
        "impact_level": found.level,
        "level": found.level_name,
        "text": score_texts(found),
        "trace": [_counted_json(edition, one) for one in found.trace],
        "open": list(found.open),
        "remarks": [{"code": one.code, "question": one.question, "got": one.value, "text": one.text} for one in found.remarks],
    }


def edition_json(edition: Questionnaire) -> dict[str, Any]:
    """Which edition, where it was taken from, and its arithmetic in figures."""
    arithmetic = edition.arithmetic
    ends = [str(one.normalize()) if one != one.to_integral() else str(int(one)) for one in arithmetic.ends(edition.max_raw)]
    return {
        "id": edition.id,
        "version": edition.version,
        "published": edition.published.isoformat(),
        "digest": edition.digest,
        "source": {"repository": edition.source.repository, "commit": edition.source.commit, "file": edition.source.file},
        "licence": dict(edition.licence),
        "arithmetic": {
            "enough_mitigation": str(arithmetic.enough_mitigation * edition.max_mitigation),
            "reduction_share": None if arithmetic.reduction_share is None else str(arithmetic.reduction_share),
            "reduction_points": arithmetic.reduction_points,
            "levels": list(edition.levels),
            "levels_end_at": ends,
        },
    }


def question_json(edition: Questionnaire, one: Question) -> dict[str, Any]:
    """A question with its options, their points and what decides whether it is asked."""
    return {
        "question": one.name,
        "title": dict(edition.title(one.name)),
        "section": one.section,
        "section_title": dict(edition.section_title(one.section)),
        "answer": one.kind,
        "counts": one.counts,
        "most": one.most if one.counts != "nothing" else 0,
        "options": [
            {"option": option, "points": points, "label": dict(edition.option_label(one.name, option))}
            for option, points in one.options.items()
        ],
        "asked_if": {name: list(options) for name, options in one.shown.items()},
        "section_asked_if": {name: list(options) for name, options in edition.sections[one.section].shown.items()},
    }


def _counted_json(edition: Questionnaire, one: Counted) -> dict[str, Any]:
    return {
        "question": one.question,
        "title": dict(edition.title(one.question)),
        "section": one.section,
        "counts": one.counts,
        "chosen": [{"option": option, "label": dict(edition.option_label(one.question, option))} for option in one.chosen],
        "points": one.points,
        "most": one.most,
        "asked": one.asked,
        "taken": one.taken,
    }


def score_texts(found: Score) -> Text:
    """The result in one sentence, in every language."""
    code = "score.no-level" if not found.level else "score.level-open" if found.open else "score.level"
    return {
        lang: text(
            code,
            lang,
            level=level_words(found.level),
            current=found.current,
            most=found.questionnaire.max_raw,
            version=found.questionnaire.version,
            label=_label(found.questionnaire),
            open=len(found.open),
        )
        for lang in LANGUAGES
    }


def level_words(level: int | None) -> Text:
    """A level as each language writes it."""
    return {} if level is None else {"zh": chinese_number(level), "en": LEVELS[level - 1]}


def _label(edition: Questionnaire) -> Text:
    return edition.words.label if edition.words else {"und": edition.id}
