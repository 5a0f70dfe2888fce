"""Questionnaires and scores as pages for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from guiju.cli._screen import Page
from guiju.questionnaires import Asking, Counted, Question, Questionnaire, Score
from guiju.questionnaires.model import Condition
from guiju.questionnaires.report import level_words, score_texts
from guiju.wording import Text, in_language, join_words, text


def list_page(editions: Sequence[Questionnaire], lang: str) -> None:
    """Each version with its day and its most points."""
    page = Page(lang)
    for identifier in dict.fromkeys(one.id for one in editions):
        mine = [one for one in editions if one.id == identifier]
        page.title(_label(mine[-1], lang), identifier)
        page.columns([(one.version, one.published.isoformat(), _listed(one, lang)) for one in mine])
        page.blank()
        page.row(text("questionnaire.licence", lang), in_language(mine[-1].licence, lang))


def _listed(one: Questionnaire, lang: str) -> str:
    counting = sum(question.counts != "nothing" for question in one.questions.values())
    return text("questionnaire.listed", lang, impact=one.max_raw, mitigation=one.max_mitigation, questions=counting)


def show_page(edition: Questionnaire, lang: str) -> None:
    """Section by section the questions that are answered with options."""
    page = Page(lang)
    page.title(_label(edition, lang), f"{edition.id} {edition.version}")
    for section in edition.sections.values():
        questions = [one for one in edition.questions.values() if one.section == section.name and one.kind != "words"]
        if questions:
            page.heading(f"{in_language(edition.section_title(section.name), lang)} · {_counts(section.counts, lang)}")
            if section.shown:
                page.note(_condition(edition, section.shown, lang), indent=2)
        for one in questions:
            page.title(in_language(edition.title(one.name), lang), one.name, indent=2)
            page.text(_options(edition, one, lang), indent=4)
            if one.shown:
                page.note(_condition(edition, one.shown, lang), indent=4)


def _counts(counts: str, lang: str) -> str:
    codes = {"impact": "score.impact", "mitigation": "score.mitigation"}
    return text(codes.get(counts, "questionnaire.adds-nothing"), lang)


def _options(edition: Questionnaire, one: Question, lang: str) -> str:
    shown = [f"{_option(edition, one.name, option, lang)} +{points}" for option, points in one.options.items()]
    return ("、" if lang == "zh" else ", ").join(shown)


def _option(edition: Questionnaire, question: str, option: str, lang: str) -> str:
    label = in_language(edition.option_label(question, option), lang)
    return option if label == option else f"{option}（{label}）" if lang == "zh" else f"{option} ({label})"


def _condition(edition: Questionnaire, shown: Condition, lang: str) -> str:
    parts = []
    for name, options in shown.items():
        labels = join_words([in_language(edition.option_label(name, option), lang) for option in options], lang, "or")
        parts.append(text("questionnaire.one-of", lang, question=in_language(edition.title(name), lang), options=labels))
    return text("questionnaire.asked-if", lang, conditions=parts)


# -- a score ---------------------------------------------------------------------------------------------------------------------


def score_page(found: Score, lang: str, everything: bool) -> None:
    """Figures first, then what they come from."""
    edition = found.questionnaire
    page = Page(lang)
    page.title(in_language(score_texts(found), lang))
    page.blank()
    page.row(text("score.impact", lang), text("score.impact-words", lang, points=found.raw, most=edition.max_raw))
    page.row(text("score.mitigation", lang), _mitigation(found, lang))
    page.row(text("score.current", lang), _current(found, lang))
    page.row(text("score.level-row", lang), _level(found, lang))
    page.row(text("score.edition", lang), *_edition(edition, lang))
    _trace(page, found, lang, everything)
    _beside(page, found, lang, everything)


def _mitigation(found: Score, lang: str) -> str:
    edition = found.questionnaire
    line = _figure(edition.arithmetic.enough_mitigation * edition.max_mitigation)
    code = "score.mitigation-enough" if found.enough else "score.mitigation-short"
    return text(code, lang, points=found.mitigation, most=edition.max_mitigation, line=line)


def _current(found: Score, lang: str) -> str:
    arithmetic = found.questionnaire.arithmetic
    if not found.enough:
        return text("score.current-same", lang, current=found.current)
    if arithmetic.reduction_share is None:
        return text("score.current-points", lang, current=found.current, raw=found.raw, points=arithmetic.reduction_points)
    share = _figure(arithmetic.reduction_share * 100)
    return text("score.current-share", lang, current=found.current, raw=found.raw, share=share)


def _level(found: Score, lang: str) -> str:
    if found.level is None:
        return text("score.no-levels", lang)
    ends = [_figure(one) for one in found.questionnaire.arithmetic.ends(found.questionnaire.max_raw)]
    return text("score.level-words", lang, level=level_words(found.level), ends=ends)


def _edition(edition: Questionnaire, lang: str) -> Iterable[str]:
    words = edition.words
    published = edition.published.isoformat()
    yield text(
        "score.edition-words",
        lang,
        label=_label(edition, lang),
        issuer=in_language(words.issuer, lang) if words else "",
        version=edition.version,
        published=published,
    )
    yield text("score.edition-source", lang, repository=edition.source.repository, commit=edition.source.commit[:12])
    yield in_language(edition.licence, lang)


def _trace(page: Page, found: Score, lang: str, everything: bool) -> None:
    counted = [one for one in found.trace if one.taken and (everything or one.points)]
    if not counted:
        return
    page.heading(text("score.what-counts", lang))
    for section in dict.fromkeys(one.section for one in counted):
        mine = [one for one in counted if one.section == section]
        title = in_language(found.questionnaire.section_title(section), lang)
        page.text(f"{title} · {sum(one.points for one in mine)}", indent=2, style="bold")
        page.columns([_row(found, one, lang) for one in mine], indent=4, right=frozenset({0, 1}))


def _row(found: Score, one: Counted, lang: str) -> Sequence[str]:
    edition = found.questionnaire
    chosen = ("、" if lang == "zh" else ", ").join(
        in_language(edition.option_label(one.question, option), lang) for option in one.chosen
    )
    title = in_language(edition.title(one.question), lang)
    return f"+{one.points}", f"/ {one.most}", f"{title}：{chosen}" if lang == "zh" else f"{title}: {chosen}"


def _beside(page: Page, found: Score, lang: str, everything: bool) -> None:
    """Answers to questions that are not asked, open questions, and what the edition does not have."""
    if found.dropped:
        kept = found.asking is Asking.RECORDED
        page.heading(text("score.counted-though" if kept else "score.dropped", lang, count=len(found.dropped)))
        page.columns([_row(found, one, lang) for one in found.dropped], indent=4, right=frozenset({0, 1}))
        completed = found.completed() if kept else found
        if completed.current != found.current:
            level = level_words(completed.level) or {"und": "-"}
            page.note(text("score.completed-would-be", lang, current=completed.current, level=level), indent=2)
    if found.open:
        page.heading(text("score.open", lang, count=len(found.open)))
        names = found.open if everything else found.open[:8]
        for name in names:
            page.text(in_language(found.questionnaire.title(name), lang), indent=4)
        if len(names) < len(found.open):
            page.text("…", indent=4)
    if found.remarks:
        page.heading(text("score.remarks", lang, count=len(found.remarks)))
        for one in found.remarks:
            page.text(in_language(one.text, lang), indent=4)


def _label(edition: Questionnaire, lang: str) -> str:
    words: Text = edition.words.label if edition.words else {"und": edition.id}
    return in_language(words, lang)


def _figure(number: Decimal) -> str:
    return f"{number.normalize():f}"
