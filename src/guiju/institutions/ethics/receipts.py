"""Where a case stands, for whoever has the number of a receipt: its state and what comes next, no names, no papers."""

from __future__ import annotations

from django.urls import reverse

from guiju.calendars import now, words
from guiju.institutions.ethics.casework import acts_of
from guiju.institutions.ethics.in_words import committee_name, heading, left_words, state_words
from guiju.institutions.ethics.models import Case
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.hall.models import Outbox
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import Told, kind_in_words, tells
from guiju.procedure import day_of, running


@tells("review.applied", "review.decided", "review.stepped")
def case(entry: Outbox, lang: str) -> Told:
    """A case: what moved it, when; until when the next is due."""
    say = sayer(lang)
    found = Case.objects.select_related("committee__body__organisation").filter(public_id=entry.about.partition(":")[2]).first()
    stands = standing_of(found.committee).cases.get(found.public_id) if found else None
    if found is None or stands is None:
        return Told(kind_in_words(entry.kind, lang), say("ethics.told-gone"))
    rules = rules_of(found.committee)
    steps = [
        {
            "title": heading(rules.steps[one.step].words, lang),
            "when": words(day_of(rules, one.at), lang),
            "state": "done",
            "text": "",
        }
        for one in acts_of(found)
        if one.step in rules.steps and not rules.steps[one.step].inside
    ]
    clock = next(iter(running(rules, standing_of(found.committee), found.public_id, now())), None)
    return Told(
        title=say("ethics.told-case", number=found.number, committee=committee_name(found.committee, lang)),
        state=state_words(rules, stands.state, lang),
        next=heading(clock.limit.words, lang) if clock else "",
        due=clock.due if clock else None,
        left=left_words(clock, day_of(rules, now()), rules.law, lang) if clock else "",
        steps=steps,
        href=reverse("ethics-public", args=(lang,)),
        zone=rules.place,
    )
