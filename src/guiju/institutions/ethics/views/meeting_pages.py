"""A meeting on pages: called, and held; the state of it is asked for again every few seconds where a browser can."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from guiju.calendars import now, parse_day, words
from guiju.institutions.ethics import meetings
from guiju.institutions.ethics.acting import Taken, do
from guiju.institutions.ethics.committees import committee_of
from guiju.institutions.ethics.committees import owner_of as owner_of_committee
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.in_words import case_title, committee_crumbs, committee_name, heading, refusal_words
from guiju.institutions.ethics.meetings import advisers_in, cases_of, meeting_of, owner_of, sitting_of, under_review
from guiju.institutions.ethics.models import Case, Committee, Meeting
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.ethics.views.meeting_words import Told
from guiju.institutions.hall.pages import context_of, sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people.access import right
from guiju.institutions.people.views.asking import TAKEN, Field, Form, Typed, asked, private_page, who
from guiju.procedure import StepRefusedError
from guiju.wording import GuijuError

LONGEST_INTEREST: Final = 1000
EVERY: Final = "every 5s"
OVER: Final = 286
"""The status at which htmx stops asking."""


# -- calling -------------------------------------------------------------------------------------------------------------------


@right(committee_of, owner_of_committee, GET="committee.act", POST="committee.act")
def call(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """Call a meeting: when, where, on which cases."""
    say, reviewed = sayer(lang), under_review(mine)
    options = [(one.public_id, case_title(one, lang), "") for one in reviewed]
    fields = [
        Field("day", say("ethics.field-day"), "date", required=True),
        Field("time", say("ethics.field-time"), help=say("ethics.field-time-help", place=rules_of(mine).place), required=True),
        Field("where", say("ethics.field-where"), help=say("ethics.field-where-help"), attributes={"maxlength": 200}),
        Field("video", say("ethics.field-video"), "ticks", [], options=[("yes", say("ethics.by-video"), "")]),
        Field("agenda", say("ethics.agenda"), "ticks", [one for one, _, _ in options], options=options),
    ]
    lead = [say("ethics.call-lead")] if reviewed else [say("ethics.call-nothing"), say("ethics.call-nothing-todo")]
    crumbs = committee_crumbs(mine, lang, (say("ethics.call-title"), ""))
    back = reverse("committee", args=(lang, mine.body.public_id))
    form = Form("call", fields if reviewed else [], crumbs, back, prefix="ethics", lead=lead, main=bool(reviewed))

    def do_call(typed: Typed) -> HttpResponse:
        planned = moment_typed(typed["day"], typed["time"], rules_of(mine).place) if reviewed else now()
        agenda = typed.get("agenda", ())
        made, taken = meetings.call(
            mine, who(request), planned, typed.get("where", ""), agenda, video="yes" in typed.get("video", ())
        )
        there = reverse("meeting", args=(lang, made.public_id))
        told = {"title": say("ethics.called"), "next": say("ethics.called-next")}
        return shown_once(request, taken.receipt, there, **told, zone=rules_of(mine).place)

    return asked(request, lang, form, do_call)


def moment_typed(day: str, hour: str, place: str) -> datetime:
    """A day and a time of day at a place, as they were typed.

    :raises CalendarError: for a day that is none.
    :raises EthicsError: for a time that is none.
    """
    found = parse_day(day.strip())
    try:
        there = time.fromisoformat(hour.strip().replace("：", ":").zfill(5))
    except ValueError:
        raise EthicsError("ethics.no-time", "time", got=hour.strip()[:20] or "–") from None
    return datetime.combine(found, there.replace(tzinfo=None), ZoneInfo(place))


# -- the meeting ---------------------------------------------------------------------------------------------------------------


@right(meeting_of, owner_of, GET="committee.case", POST="committee.act")
def meeting(request: HttpRequest, lang: str, found: Meeting) -> HttpResponse:
    """A meeting as the reader sees it, and what they do at it."""
    problem: GuijuError | None = None
    if request.method == "POST":
        try:
            return _done(request, lang, found)
        except TAKEN as wrong:
            problem = wrong
    told = Told(found, who(request), lang)
    if problem is None and request.GET.get("part") == "live" and request.headers.get("HX-Request") == "true":
        return _live(request, told)
    return _page(request, told, problem)


def _page(request: HttpRequest, told: Told, problem: GuijuError | None) -> HttpResponse:
    found, lang, say = told.meeting, told.lang, told.say
    day = words(meetings.day_held(found, told.sitting), lang)
    title = say("ethics.meeting-title", committee=committee_name(found.committee, lang), day=day)
    return private_page(
        request,
        "ethics/meeting.html.jinja",
        title=title,
        status=200 if problem is None else int(getattr(problem, "status", 409 if _refused(problem) else 422)),
        crumbs=committee_crumbs(found.committee, lang, (say("ethics.meeting"), "")),
        example=found.committee.body.example,
        problem=problem_words(problem, told),
        agenda=told.agenda(),
        opens=told.can_open(),
        closes=told.can_close(),
        declares=told.can_declare(),
        minutes=reverse("meeting-minutes", args=(lang, found.public_id)),
        **_live_context(told),
    )


def _refused(problem: GuijuError) -> bool:
    return isinstance(problem, StepRefusedError)


def problem_words(problem: GuijuError | None, told: Told) -> dict[str, Any] | None:
    """A refusal: what, why, what is missing and who can supply it."""
    if problem is None:
        return None
    if isinstance(problem, StepRefusedError):
        step = heading(told.rules.steps[problem.step].words, told.lang)
        return {"what": told.say("ethics.refused", step=step), "hint": "", "lacks": refusal_words(told.rules, problem, told.lang)}
    return {"what": problem.message(told.lang), "hint": problem.hint(told.lang), "lacks": []}


def _live_context(told: Told) -> dict[str, Any]:
    lang, say = told.lang, told.say
    here = reverse("meeting", args=(lang, told.meeting.public_id))
    return {
        "here": here,
        "again": f"{here}?part=live&seen={told.mark()}&state={told.sitting.state}",
        "every": EVERY,
        "state": told.sitting.state,
        "state_words": say(f"ethics.meeting-{told.sitting.state}"),
        "about": told.about(),
        "people": told.people(),
        "at_hand": told.at_hand(),
        "readings": told.readings() if told.sitting.state == "open" else [],
        "vote": told.vote(),
        "count": told.count(),
        "held": told.held(),
    }


def _live(request: HttpRequest, told: Told) -> HttpResponse:
    """The part that changes; nothing where it has not, the whole page where the meeting was opened or closed meanwhile."""
    if request.GET.get("state") != told.sitting.state:
        answer = HttpResponse(status=200)
        answer.headers["HX-Refresh"] = "true"
    elif told.sitting.state == "closed":
        answer = HttpResponse(status=OVER, headers={"HX-Reswap": "none"})
    elif request.GET.get("seen") == told.mark():
        answer = HttpResponse(status=204)
    else:
        answer = render(request, "ethics/meeting_live.html.jinja", {**context_of(request), **_live_context(told)}, using="jinja2")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


# -- what is done --------------------------------------------------------------------------------------------------------------

Post = Mapping[str, Any]


@dataclass(frozen=True)
class Doing:
    """A step that somebody sent: the meeting, who, and what was typed."""

    meeting: Meeting
    person: Any
    request: HttpRequest

    def typed(self, name: str) -> str:
        """What was typed or chosen.

        :raises EthicsError: where nothing was.
        """
        found = self.request.POST.get(name, "")
        if not found:
            raise EthicsError("ethics.no-choice", name)
        return found

    def seat(self, name: str = "seat") -> str:
        """A seat that was chosen.

        :raises EthicsError: where it is none of the committee.
        """
        return self.known_seats([self.typed(name)], name)[0]

    def known_seats(self, seats: list[str], name: str) -> list[str]:
        """Seats, all of them of the committee.

        :raises EthicsError: where one is not.
        """
        if not set(standing_of(self.meeting.committee).seats).issuperset(seats):
            raise EthicsError("ethics.no-choice", name)
        return seats

    def case(self, name: str) -> Case:
        """A case that was chosen.

        :raises EthicsError: where it is not on the agenda.
        """
        named = self.typed(name)
        if named not in sitting_of(self.meeting).agenda:
            raise EthicsError("ethics.not-on-agenda", name, status_code=409)
        return cases_of([named])[0]

    def number(self) -> int:
        """The number of the ballot that was shown."""
        found = self.request.POST.get("ballot", "")
        return int(found) if found.isascii() and found.isdigit() and len(found) < 6 else -1

    def take(self, step: str, gives: Mapping[str, Any], words: Mapping[str, Any] | None = None) -> Taken:
        """Take a step of the meeting."""
        return do(self.meeting.committee, self.person, step, self.meeting.public_id, gives, words)


def _open(doing: Doing) -> Taken:
    post = doing.request.POST
    present = doing.known_seats(post.getlist("present"), "present")
    gives = {"present": present, "chair": doing.seat("chair"), "video": post.get("video") == "yes"}
    return doing.take("open", gives, {"advisers": advisers_in(post.get("advisers", ""))})


def _declare(doing: Doing) -> Taken:
    interest = doing.request.POST.get("interest", "").replace("\0", "").strip()
    if len(interest) > LONGEST_INTEREST:
        raise EthicsError("ethics.too-long", "interest", most=LONGEST_INTEREST)
    case, withdraws = doing.case("interest-case"), doing.typed("withdraws")
    seat = meetings.seat_of(doing.meeting.committee, standing_of(doing.meeting.committee), doing.person)
    if withdraws not in ("yes", "no") or seat is None:
        raise EthicsError("ethics.no-choice", "withdraws")
    gives = {"seat": seat.id, "case": case.public_id, "withdraws": withdraws == "yes"}
    return doing.take("declare", gives, {"interest": interest})


def _preside(doing: Doing) -> Taken:
    gives = {"seat": doing.seat()}
    if doing.request.POST.get("case"):
        gives["case"] = doing.case("case").public_id
    return doing.take("preside", gives)


def _put(doing: Doing) -> Taken:
    named = doing.typed("case")
    case = doing.case("case")
    return meetings.put(doing.meeting, doing.person, case, doing.typed(f"motion-{named}"), doing.typed("digest"))


def _vote(doing: Doing) -> Taken:
    return meetings.vote(doing.meeting, doing.person, doing.typed("vote"), doing.number())


def _close(doing: Doing) -> Taken:
    return doing.take("close", {}, {"advisers": advisers_in(doing.request.POST.get("advisers", ""))})


STEPS: Final[Mapping[str, Callable[[Doing], Taken]]] = {
    "open": _open,
    "arrive": lambda doing: doing.take("arrive", {"seat": doing.seat()}),
    "depart": lambda doing: doing.take("depart", {"seat": doing.seat()}),
    "preside": _preside,
    "declare": _declare,
    "put": _put,
    "vote": _vote,
    "count": lambda doing: meetings.count(doing.meeting, doing.person, doing.number()),
    "close": _close,
}


def _done(request: HttpRequest, lang: str, found: Meeting) -> HttpResponse:
    name = request.POST.get("do", "")
    if name not in STEPS:
        raise EthicsError("ethics.no-choice")
    taken = STEPS[name](Doing(found, who(request), request))
    here = reverse("meeting", args=(lang, found.public_id))
    rules = rules_of(found.committee)
    title = heading(rules.steps[name].words, lang)
    return shown_once(request, taken.receipt, here, title=title, next=_next(name, found, taken, lang), zone=rules.place)


def _next(name: str, found: Meeting, taken: Taken, lang: str) -> str:
    """What came of a step."""
    say = sayer(lang)
    if name == "count":
        return say(f"ethics.came-{sitting_of(found, taken.standing).ballots[-1].came}")
    if name in ("put", "vote", "close", "declare"):
        return say(f"ethics.done-{name}")
    return say("ethics.done-noted")
