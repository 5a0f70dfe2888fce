"""The report as one HTML file: no script, nothing from outside, readable on a phone, printable on A4.

It is shown under ``default-src 'none'; style-src 'unsafe-inline'``. Everything that comes out of a dossier is escaped and
set apart in its direction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from guiju.assess.report import FORCES, short
from guiju.assess.report_parts import Counts, Lacking, Need, Report
from guiju.assess.report_words import has_marks, runs
from guiju.calendars import words
from guiju.wording import fill

MOST_QUESTIONS: Final = 10
"""Questions of one cause that are shown before a fold."""

_LABELS: Final = (
    "skip", "house", "contents", "s-answer", "s-next", "s-axes", "s-duties", "s-unknown", "s-readiness", "s-proposals",
    "s-limits", "s-again", "s-acts", "lead-acts", "as-told", "who", "org", "roles", "open-roles", "not-advice", "joiner",
    "colon", "open", "close", "through", "then", "axis", "result", "decided-by", "day", "nothing", "because", "each-row",
    "hangs-on", "key-force", "no-duties", "g-appliers", "lead-appliers", "g-outside", "show-all", "questions", "no-questions",
    "question", "settles", "of-them-hard", "explain", "criteria", "more", "word-only", "lead-word-only", "divided",
    "lead-divided", "g-unsettled", "lead-unsettled", "lead-readiness", "lead-proposals", "what", "value", "line", "state",
    "not-a-verdict", "lead-again", "on", "known", "edition", "dossier", "engine", "command", "counts-as-met", "evidence",
    "changes", "otherwise", "discretion", "counting", "clause", "official", "checked", "not-reviewed", "left-out", "holder",
    "empowered", "owed-by", "owed-to", "against", "about", "since", "moved-by", "due", "binding", "no-path", "fold",
    "s-overview", "lead-overview", "instrument", "now", "total", "by-word", "g-weighed", "lead-weighed", "on-paper",
)  # fmt: skip
"""The fixed words of the page: ``report.word-...`` of the catalogue."""

_SPAN: Final = {"name": "bdi", "said": "bdi", "code": "code"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the first screen, with its word and mark."""

    kind: str
    label: str
    number: int


def html_page(report: Report) -> str:
    """The page. The same report gives the same page, byte for byte."""
    lang = report.lang
    page = _environment().get_template("page.html.jinja").render(
        r=report,
        w=_words(report),
        css=Markup(_styles(report)),  # noqa: S704  # our own style sheet with two texts of the catalogue
        answer=_paragraph(report.answer, lang),
        figures=_figures(report.counts, lang),
        legend=[(force, _say(f"force-{force}", lang), _say(f"meaning-{force}", lang)) for force in FORCES],
        legend_words={force: _say(f"force-{force}", lang) for force in FORCES},
        questions=list(_questions(report)),
        columns=[_say(f"figure-{kind}", lang) for kind in ("met-no", "met-unknown", "met-yes")],
        unsettled=sum(len(duties) for _, duties in report.unsettled),
        lacking=list(_lacking(report)),
    )  # fmt: skip
    return "\n".join(line for line in page.splitlines() if line.strip()) + "\n"


def rich(value: object) -> object:
    """Text as HTML: marked runs become elements, everything is escaped."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    if not has_marks(value):
        return escape(value)
    return Markup("").join(_run(kind, words_) for kind, words_ in runs(value))


def _paragraph(sentences: Iterable[str], lang: str) -> Markup:
    between = "" if lang == "zh" else " "
    return Markup("").join(_run(kind, words_) for kind, words_ in runs(between.join(sentences)))


def _run(kind: str, words_: str) -> Markup:
    if not kind:
        return escape(words_)
    element = _SPAN.get(kind)
    if element is None:
        return Markup('<span lang="{}">{}</span>').format(kind, words_)
    dressed = ' class="said" dir="auto"' if element == "bdi" else ""
    return Markup("<{}{}>{}</{}>").format(Markup(element), Markup(dressed), words_, Markup(element))  # noqa: S704  # names of ours


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("guiju.assess", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=rich,
    )


def _say(code: str, lang: str, **fields: object) -> str:
    return fill(f"report.{code}", lang, "message", fields)


def _words(report: Report) -> dict[str, str]:
    lang = report.lang
    found = {label.replace("-", "_"): _say(f"word-{label}", lang) for label in _LABELS}
    on, known = words(report.on, lang), words(report.known, lang)
    found["html_lang"] = "zh-Hans" if lang == "zh" else lang
    found["on_day"], found["known_day"] = on, known
    found["as_of"] = _say("as-of" if report.on == report.known else "as-of-known", lang, on=on, known=known)
    found["which"] = _say("which", lang, on=on)
    return found


def _styles(report: Report) -> str:
    """The style sheet, with the foot of printed pages: day and edition to the left, page number to the right."""
    sheet = files("guiju.assess").joinpath("templates", "page.css").read_text(encoding="utf-8")
    foot = _say("page-foot", report.lang, on=words(report.on, report.lang), edition=short(report.edition))
    foot = f"{report.mark} · {foot}" if report.mark else foot
    before, rest = _say("page-number", report.lang, page="\0", pages="\0").split("\0", 1)
    between, after = rest.split("\0")
    number = f'"{before}" counter(page) "{between}" counter(pages) "{after}"'
    family = 'font:8.5pt system-ui,"Noto Sans CJK SC",sans-serif;color:#333'
    return f'{sheet}@page{{@bottom-left{{content:"{foot}";{family}}}@bottom-right{{content:{number};{family}}}}}\n'


def _figures(counts: Counts, lang: str) -> list[Figure]:
    numbers = (
        ("met-no", counts.unmet),
        ("met-unknown", counts.shown_open),
        ("met-yes", counts.met),
        ("coming", counts.coming),
        ("open", counts.open),
    )
    return [Figure(kind, _say(f"figure-{kind}", lang), number) for kind, number in numbers]


def _questions(report: Report) -> Iterable[tuple[str, str, tuple[Need, ...], tuple[Need, ...]]]:
    for cause, asked in report.questions:
        title, lead = _say(f"cause-{cause}", report.lang), _say(f"lead-cause-{cause}", report.lang)
        yield title, lead, asked[:MOST_QUESTIONS], asked[MOST_QUESTIONS:]


def _lacking(report: Report) -> Iterable[tuple[str, str, tuple[Lacking, ...]]]:
    for kind, items in (("instrument", report.lacking), ("norm", report.partly), ("memory", report.memory)):
        if items:
            yield _say(f"lacking-{kind}", report.lang), _say(f"lead-lacking-{kind}", report.lang), items
