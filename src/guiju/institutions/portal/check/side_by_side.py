"""Two places side by side for one system: what both ask, what only one asks, and what one measure does for both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.assess.report import FORCES, MET, STATUSES
from guiju.assess.report_parts import Duty
from guiju.assess.report_words import plain
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import held
from guiju.institutions.portal.check.result_view import Places, days_of
from guiju.institutions.portal.check.told import Told, told
from guiju.logic import names
from guiju.lookup import THEMES, place_of, theme_of
from guiju.norms import Corpus
from guiju.wording import GuijuError, in_language

FIRST: Final = ("eu", "cn")
"""The two places that are shown where the address names none and the result has both."""


SHOWN: Final = 3
"""Duties of one place in one theme that stand open; the others are folded under them."""


class SideError(GuijuError):
    """Two places that cannot be put side by side."""

    status = 404


@dataclass(frozen=True, slots=True)
class Cell:
    """One duty in a column, with its address in the result."""

    duty: Duty
    href: str


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme: what each of the two places asks in it."""

    theme: str
    left: tuple[Cell, ...]
    right: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """One measure that duties of both places ask for: its question, and the duties."""

    measure: str
    left: tuple[Cell, ...]
    right: tuple[Cell, ...]


@dataclass(frozen=True)
class Sides:
    """Two places, row by row; ``open``: how many rules of each hang on an open question."""

    places: tuple[str, str]
    rows: tuple[ThemeRow, ...]
    shared: tuple[Shared, ...]
    open: tuple[int, int]

    @property
    def both(self) -> list[str]:
        """Themes in which both ask something."""
        return [row.theme for row in self.rows if row.left and row.right]

    @property
    def only_left(self) -> list[str]:
        """Themes in which only the first asks something."""
        return [row.theme for row in self.rows if not row.right]

    @property
    def only_right(self) -> list[str]:
        """Themes in which only the second asks something."""
        return [row.theme for row in self.rows if not row.left]


def places_in(found: Told) -> list[str]:
    """The places of which the result has rules, the usual pair first."""
    there = {place_of(duty.norm) for duty in found.report.duties if duty.kind == "duty"}
    return [*(one for one in FIRST if one in there), *sorted(there - set(FIRST))]


def chosen_places(found: Told, left: str, right: str) -> tuple[str, str]:
    """The two places of an address, or the first two that the result has.

    :raises SideError: where the result has fewer than two, or none of that name, or both are the same.
    """
    there = places_in(found)
    for one in (left, right):
        if one and one not in there:
            raise SideError("result.side-no-place", got=one, known=there)
    first = left or next((one for one in there if one != right), "")
    second = right or next((one for one in there if one != first), "")
    if not first or not second or first == second:
        raise SideError("result.side-one-place", known=there)
    return first, second


def sides(found: Told, corpus: Corpus, pair: tuple[str, str], places: Places, lang: str) -> Sides:
    """The duties of two places by theme, shared themes first; those settled to apply, now or on another day."""
    columns = [_cells(found, corpus, one, places) for one in pair]
    rows = (ThemeRow(theme, *(tuple(column.get(theme, ())) for column in columns)) for theme in THEMES)
    open_ = [sum(place_of(duty.norm) == one for _, group in found.report.unsettled for duty in group) for one in pair]
    kept = sorted((row for row in rows if row.left or row.right), key=lambda row: (not (row.left and row.right), not row.left))
    return Sides(pair, tuple(kept), tuple(_shared(corpus, columns, lang)), (open_[0], open_[1]))


def _cells(found: Told, corpus: Corpus, place: str, places: Places) -> dict[str, list[Cell]]:
    settled = [duty for group in found.report.groups for band in group.bands for phase in band.phases for duty in phase.duties]
    wanted = sorted((duty for duty in settled if place_of(duty.norm) == place and duty.kind in ("duty", "right")), key=_order)
    cells: dict[str, list[Cell]] = {}
    for duty in wanted:
        topic = corpus.norms[duty.norm][-1].topic
        cells.setdefault(theme_of(topic), []).append(Cell(duty, places.duty(found.keys[duty.anchor])))
    return cells


def _order(duty: Duty) -> tuple[int, int, int]:
    return FORCES.index(duty.force), STATUSES.index(duty.status), MET.index(duty.met)


def _shared(corpus: Corpus, columns: Sequence[Mapping[str, list[Cell]]], lang: str) -> Iterable[Shared]:
    by_measure = [_by_measure(corpus, (cell for cells in column.values() for cell in cells)) for column in columns]
    for name in sorted(set(by_measure[0]) & set(by_measure[1])):
        asked = in_language(corpus.vocabulary.declared[name].ask, lang)
        yield Shared(asked, tuple(by_measure[0][name]), tuple(by_measure[1][name]))


def _by_measure(corpus: Corpus, cells: Iterable[Cell]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        for name in names(corpus.norms[cell.duty.norm][-1].require):
            declared = corpus.vocabulary.declared.get(name.rsplit(".", 1)[-1] if name not in corpus.vocabulary.declared else name)
            if declared is not None and declared.kind == "measure":
                found.setdefault(declared.name, []).append(cell)
    return found


def side_by_side(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """Two places beside each other for one check, as of the days of the address."""
    check = held(key)
    days = days_of(request.GET, check.on)
    found = told(check, lang, days.on, days.known)
    pair = chosen_places(found, request.GET.get("left", ""), request.GET.get("right", ""))
    result = reverse("check-result", args=(lang, key))
    query = f"?{urlencode(days.query)}" if days.query else ""
    say = sayer(lang)
    named = tuple(say(f"rules.place.{one}") for one in pair)
    return page(
        request,
        "portal/side_by_side.html.jinja",
        title=say("result.side-title", subject=plain(found.report.subject), left=named[0], right=named[1]),
        noindex=True,
        crumbs=((say("result.side-back"), result + query), (say("result.side-name"), "")),
        subject=found.report.subject,
        on=days.on,
        sides=sides(found, site_corpus(), pair, Places(reverse("check-duty", args=(lang, key)), days.query), lang),
        named=named,
        choices=[(one, say(f"rules.place.{one}")) for one in places_in(found)],
        steady=days.query,
        shown=SHOWN,
        back=result + query,
    )
