"""Ethics review in the example world: the university's committee, with cases at different stages (``reviewed.yaml``).

Its acts are played by the rules like all others, and stand in no record: the example world can be removed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from guiju.calendars import parse_day
from guiju.institutions.demo.world import HERE
from guiju.institutions.ethics import models
from guiju.institutions.ethics.acting import seed as play
from guiju.institutions.ethics.meetings import found_at
from guiju.institutions.ethics.papers import content_of
from guiju.institutions.hall.example_world import Counted, World
from guiju.institutions.people.examples import person_of
from guiju.institutions.people.models import Body, Organisation, Person, Seat
from guiju.institutions.register.documents import drop_unneeded, put
from guiju.institutions.register.models import System
from guiju.institutions.register.versions import latest
from guiju.norms.yaml_reader import plain, read_file
from guiju.procedure import Act, editions_of

COUNTED: Final = "demo.counted-cases"
ZONE: Final = ZoneInfo("Asia/Shanghai")


def seed(world: World) -> Counted:
    """Set the committee up with its cases, where it is not yet and its body is here."""
    body = Body.objects.filter(example=True, organisation__handle__startswith="chengzhou-university").first()
    if body is None or models.Committee.objects.filter(body=body).exists():
        return {}
    told: dict[str, Any] = plain(read_file(HERE / "reviewed.yaml", "reviewed.yaml"))
    founded = parse_day(told["founded"])
    made = models.Committee.objects.create(
        body=body, rules=told["rules"], edition=editions_of(told["rules"])[-1].id, founded=founded,
        made=_moment("2026-04-15T09:00"), outside=True, public=True,
        registered=parse_day(told["registered"]), registration=told["number"],
    )  # fmt: skip
    _Seeder(made, told, world).run()
    return {COUNTED: len(told["cases"])}


def remove() -> Counted:
    """Remove the example committee with everything of it, and what only it needed."""
    committees = models.Committee.objects.filter(body__example=True)
    cases = models.Case.objects.filter(committee__in=committees)
    done = +Counter({COUNTED: cases.count()})
    digests = set(models.Papers.objects.filter(case__in=cases).values_list("document_id", flat=True))
    digests |= set(models.Attached.objects.filter(case__in=cases).values_list("document_id", flat=True))
    for model in (models.Publication, models.Condition, models.Papers, models.Attached):
        model.objects.filter(case__in=cases).delete()
    models.Done.objects.filter(committee__in=committees).delete()
    cases.delete()
    models.Meeting.objects.filter(committee__in=committees).delete()
    committees.delete()
    drop_unneeded(digests)
    return done


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


class _Seeder:
    """One committee being put there."""

    def __init__(self, committee: models.Committee, told: Mapping[str, Any], world: World) -> None:
        self.committee, self.told, self.world = committee, told, world
        people = {one.id: person_of(one.id) for one in world.people}
        self.people: dict[str, Person] = {name: one for name, one in people.items() if one is not None}
        body = committee.body
        self.seats = {one.person_id: one for one in Seat.objects.filter(body=body, person__isnull=False)}
        self.cases = {one["id"]: self._case(one) for one in told["cases"]}
        self.meetings = {one["id"]: self._meeting(one) for one in told["meetings"]}
        self.digests: dict[str, str] = {}

    def run(self) -> None:
        """Play everything, in order."""
        acts = [*self._founding(), *(self._act(one) for one in self.told["acts"])]
        known = {one.public_id: one for one in self.people.values()}
        play(self.committee, acts, known, found_at)
        for one in self.told["acts"]:
            self._conditions(one)

    def _case(self, told: Mapping[str, Any]) -> models.Case:
        applicant = _organisation(told["of"])
        system = System.objects.filter(example=True, seed=told.get("system", "-")).first()
        made = models.Case.objects.create(
            committee=self.committee, number=told["number"], title=told["title"], kind=told["kind"], applicant=applicant,
            system=system, version=latest(system) if system else None, matters=told["matters"],
            draft={"answers": told["answers"]}, made=self._applied(told["id"]), example=True,
        )  # fmt: skip
        made.papers.create(number=1, document=put("ethics-papers", content_of(made)), at=made.made)
        return made

    def _applied(self, name: str) -> datetime:
        return next(_moment(one["at"]) for one in self.told["acts"] if one["step"] == "apply" and one["case"] == name)

    def _meeting(self, told: Mapping[str, Any]) -> models.Meeting:
        planned = _moment(told["planned"])
        return self.committee.meetings.create(planned=planned, where=told["where"], made=planned - timedelta(days=8))

    def _founding(self) -> Iterator[tuple[Act, Mapping[str, Any]]]:
        """The charter and the seats, each with what kind of member has it."""
        at = _moment("2025-03-01T09:00")
        yield Act("charter", at, "", self.committee.body.public_id, {}), {}
        described = {one.person: one for one in self.world.committee.seats}
        for name, person in self.people.items():
            seat = self.seats.get(person.pk)
            if seat is None:
                continue
            given = {"person": person.public_id, "post": seat.post, "categories": self._categories(described.get(name))}
            term = {"begins": str(seat.begins), "ends": str(seat.ends), "trained_until": self.told["trained_until"]}
            yield Act("seat", at, "", seat.public_id, {**given, **term}), {}

    def _categories(self, seat: Any) -> list[str]:
        if seat is None:
            return []
        known = self.told["fields"]
        found = [known[one] for one in seat.fields if one in known] + ["woman" if seat.woman else "man"]
        return list(dict.fromkeys(found + (["outside"] if seat.outside else [])))

    def _act(self, told: Mapping[str, Any]) -> tuple[Act, Mapping[str, Any]]:
        person, step, gives = self.people[told["by"]], told["step"], dict(told.get("gives", {}))
        behalf = _organisation(told["for"]).org if "for" in told else ""
        case = self.cases.get(told.get("case") or gives.get("case") or "")
        if case is not None and step in ("apply", "put"):
            gives["digest"] = case.papers.get().document_id
        if "authority" in told:
            authority = _organisation(told["authority"])
            gives["parties"] = {"authority": [authority.org]}
            models.Case.objects.filter(pk=self.cases[told["case"]].pk).update(authority=authority)
        about = self.meetings[told["meeting"]].public_id if "meeting" in told else self.cases[told["case"]].public_id
        if told.get("conditions"):
            gives["conditions_open"] = len(told["conditions"])
        return Act(step, _moment(told["at"]), person.public_id, about, self._named(gives), behalf), told.get("words", {})

    def _named(self, gives: dict[str, Any]) -> dict[str, Any]:
        """What names people, cases and seats by their names in the world, with the names they have here."""
        gives.update({key: int(one) for key, one in gives.items() if isinstance(one, Decimal)})
        seats = {name: self.seats[one.pk].public_id for name, one in self.people.items() if one.pk in self.seats}
        for key in ("seat", "chair"):
            if key in gives:
                gives[key] = seats[gives[key]]
        if "present" in gives:
            gives["present"] = [seats[one] for one in gives["present"]]
        if "case" in gives:
            gives["case"] = self.cases[gives["case"]].public_id
        if "agenda" in gives:
            gives["agenda"] = [self.cases[one].public_id for one in gives["agenda"]]
        return gives

    def _conditions(self, told: Mapping[str, Any]) -> None:
        if not told.get("conditions"):
            return
        case = self.cases[told["case"]]
        rows = models.Done.objects.filter(committee=self.committee, about=case.public_id)
        met = rows.filter(step="meet_condition").first()
        for number, one in enumerate(told["conditions"], 1):
            case.conditions.create(
                number=number, text=one["text"], due=parse_day(one["due"]) if "due" in one else None,
                set_by=rows.get(step=told["step"]), met_by=met if one.get("met") else None,
                evidence=met.words.get("evidence", "") if met and one.get("met") else "",
            )  # fmt: skip


def _organisation(identifier: str) -> Organisation:
    handle = identifier.removeprefix("org:")
    return Organisation.objects.get(handle__in=(handle, f"{handle}-example"), example=True)
