"""Pages on which a committee moves in: a table is sent, looked at row by row, and then taken whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.institutions.ethics.committees import committee_of, owner_of
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.import_tables import CASES, COLUMNS, MEMBERS, MOST_ROWS, TAKE_OVER, Line, Table, Wrong, read_table
from guiju.institutions.ethics.import_tables import choices as choices_of
from guiju.institutions.ethics.import_tables import template as template_of
from guiju.institutions.ethics.in_words import committee_crumbs, committee_name, refusal_words
from guiju.institutions.ethics.migration import Moved, Mover, move_in
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.hall.limits import count
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people.access import may, refusal, right
from guiju.institutions.people.views.asking import private_page, who
from guiju.institutions.people.views.member_pages import LETTERS_A_MINUTE, link_in
from guiju.institutions.register.views.forms import told
from guiju.procedure import ProcedureError, Rules
from guiju.wording import GuijuError, in_language

SALT: Final = "guiju.ethics-import"
WAITS: Final = 3600
"""Seconds that a table waits for the one who looks at it."""

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@right(committee_of, owner_of, GET="committee.import", POST="committee.import")
def bring(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """Send a table, look at what it would do, and have it done."""
    if request.method != "POST":
        return _page(request, lang, mine)
    what = request.POST.get("what", "")
    try:
        if request.POST.get("do") == "take":
            return _take(request, lang, mine)
        if what not in _offered(rules_of(mine)):
            raise EthicsError("ethics.no-choice", "what")
        table = read_table(request.FILES.get("file"), what, rules_of(mine))
        return _looked_at(request, lang, mine, what, table)
    except GuijuError as problem:
        return _page(request, lang, mine, what, problem)


def _offered(rules: Rules) -> tuple[str, ...]:
    return (MEMBERS, CASES) if TAKE_OVER in rules.steps else (MEMBERS,)


def _page(
    request: HttpRequest, lang: str, mine: Committee, what: str = "", problem: GuijuError | None = None, **more: Any
) -> HttpResponse:
    say, rules = sayer(lang), rules_of(mine)
    here = (lang, mine.body.public_id)
    shown: dict[str, Any] = {"wrong": [], "table": None, "kept": "", "lacks": _lacks(mine, request, lang), **more}
    return private_page(
        request,
        "ethics/committee_import.html.jinja",
        title=say("ethics.import-title-page", name=committee_name(mine, lang)),
        crumbs=committee_crumbs(mine, lang, (say("ethics.way-committee-import"), "")),
        example=mine.body.example,
        what=what,
        offered=[
            (
                name,
                say(f"ethics.import-{name}"),
                say(f"ethics.import-{name}-help"),
                f"{reverse('committee-template', args=here)}?what={name}",
            )
            for name in _offered(rules)
        ],
        cases_not=CASES not in _offered(rules),
        most=MOST_ROWS,
        back=reverse("committee", args=here),
        **shown,
        **told(problem, lang, "file"),
    )


def _lacks(mine: Committee, request: HttpRequest, lang: str) -> str:
    """Who can offer seats, where the reader cannot."""
    person = who(request)
    if may(person, "body.offer-seat", mine.body):
        return ""
    return refusal(person, "body.offer-seat", mine.body).hint(lang)


def _mover(request: HttpRequest, lang: str, mine: Committee) -> Mover:
    return Mover(mine, who(request), lang, link_in(request, lang))


def _looked_at(request: HttpRequest, lang: str, mine: Committee, what: str, table: Table) -> HttpResponse:
    """What a table would do, or everything that is wrong in it."""
    tried = move_in(_mover(request, lang, mine), what, table.lines, really=False)
    wrong = [*table.wrong, *tried.wrong]
    if wrong:
        return _wrong(request, lang, mine, what, wrong)
    rows = [[line.row, line.values] for line in table.lines]
    kept = signing.dumps({"committee": mine.pk, "person": who(request).pk, "what": what, "rows": rows}, salt=SALT, compress=True)
    return _page(request, lang, mine, what, table=_shown(tried, what, rules_of(mine), lang), kept=kept)


def _take(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """Do what was looked at.

    :raises EthicsError: where that is too long ago, or not what was shown here.
    """
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=WAITS)
    except signing.BadSignature:
        raise EthicsError("ethics.import-gone", status_code=409) from None
    if (kept["committee"], kept["person"]) != (mine.pk, who(request).pk):
        raise EthicsError("ethics.import-gone", status_code=409)
    count(request, "invite", LETTERS_A_MINUTE)
    lines, what = [Line(row, values) for row, values in kept["rows"]], kept["what"]
    moved = move_in(_mover(request, lang, mine), what, lines, really=True)
    if moved.wrong:
        return _wrong(request, lang, mine, what, moved.wrong)
    say = sayer(lang)
    to = reverse("committee" if what == CASES else "committee-seats", args=(lang, mine.body.public_id))
    title = say(f"ethics.import-{what}-done", count=len(moved.done))
    return shown_once(request, moved.receipts[-1], to, say(f"ethics.import-{what}-next"), title=title)


# -- in words ------------------------------------------------------------------------------------------------------------------


def _wrong(request: HttpRequest, lang: str, mine: Committee, what: str, wrong: Sequence[Wrong]) -> HttpResponse:
    """Everything that is wrong, by row and column; nothing of the file was taken."""
    rules = rules_of(mine)
    ordered = sorted(wrong, key=lambda one: int(one.row) if one.row.isdigit() else 0)
    lines = [_wrong_words(one, rules, lang) for one in ordered]
    return _page(request, lang, mine, what, EthicsError("ethics.import-refused", "file", got=len(wrong)), wrong=lines)


def _wrong_words(one: Wrong, rules: Rules, lang: str) -> dict[str, Any]:
    say = sayer(lang)
    known = {column.name for columns in COLUMNS.values() for column in columns}
    column = say(f"ethics.import-column-{one.column}") if one.column in known else ""
    lacks = refusal_words(rules, one.problem, lang) if isinstance(one.problem, ProcedureError) else []
    return {
        "where": say("ethics.import-where", row=one.row, column=column)
        if column
        else say("ethics.import-where-row", row=one.row),
        "message": one.problem.message(lang),
        "hint": "" if lacks else one.problem.hint(lang),
        "lacks": lacks,
    }


def _shown(tried: Moved, what: str, rules: Rules, lang: str) -> dict[str, Any]:
    """The rows as they were understood, and what becomes of each."""
    say, words = sayer(lang), choices_of(what, rules)
    heads = [
        say("ethics.import-row"),
        *(say(f"ethics.import-column-{one.name}") for one in COLUMNS[what]),
        say("ethics.import-does"),
    ]
    rows = [
        [
            line.row,
            *(_cell(line.values[one.name], one.read, words.get(one.name, {}), lang) for one in COLUMNS[what]),
            say(f"ethics.import-{how}"),
        ]
        for line, how in tried.done
    ]
    return {"heads": heads, "rows": rows}


def _cell(value: Any, read: str, words: Any, lang: str) -> str:
    if isinstance(value, list):
        return " · ".join(_cell(one, read, words, lang) for one in value)
    if read == "yes" and value:
        return sayer(lang)(f"ethics.{value}")
    return in_language(words[value], lang) if value in words else str(value)


@right(committee_of, owner_of, GET="committee.import")
def template(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """A table to fill in."""
    what, rules = request.GET.get("what", ""), rules_of(mine)
    if what not in _offered(rules):
        raise Http404
    answer = HttpResponse(template_of(what, rules, lang), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{what}.xlsx"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
