"""A check as a test asks and answers it: its pages, its forms, and the colleagues it leaves questions to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.urls import reverse

from guiju.assess import Question
from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.portal.check import held as holding
from guiju.institutions.portal.check.held import Held, Lending
from guiju.institutions.register.checks import check_by_key, dossier_of, open_check
from guiju.subjects import Dossier, dossier_from

SAMPLES = Path(__file__).parents[2] / "samples"


SMALL = """
system: {id: chat, name: {zh: 客服助手, en: help desk}}
facts: {markets: {exactly: [EU]}}
purposes: {exactly: [{id: advice}]}
parties:
  exactly:
    - {org: "org:acme", name: Acme}
"""


@dataclass
class Desk:
    """A check in a browser."""

    key: str
    client: Client
    lang: str = "en"

    @property
    def dossier(self) -> Dossier:
        return dossier_of(check_by_key(self.key))

    def address(self, kind: str, identifier: str, name: str) -> str:
        return reverse("check-question", args=(self.lang, self.key, kind, identifier, name))

    def get(self, *address: str) -> str:
        answer = self.client.get(self.address(*address))
        assert answer.status_code == 200
        return answer.content.decode()

    def post(self, address: tuple[str, str, str], **fields: Any) -> Any:
        return send(self.client, self.address(*address), **fields)

    def given(self, kind: str, identifier: str, name: str) -> Any:
        found = [one for one in self.dossier.world.things if (one.kind, one.id) == (kind, identifier)]
        return found[0].given.get(name)


def send(client: Client, address: str, **fields: Any) -> Any:
    """Open the page and send its form, as a browser would."""
    page = client.get(address).content.decode()
    hidden = {one: re.search(f'name="{one}" value="([^"]*)"', page) for one in ("version", "seen")}
    carried = {name: found[1] for name, found in hidden.items() if found is not None}
    return client.post(address, {"do": "answer", **carried, **fields})


def desk_on(text: str) -> Desk:
    """A new check of a dossier, with nothing in memory."""
    holding._pool.clear()
    dossier = dossier_from(text, "small.yaml", site_corpus().vocabulary)
    _, key = open_check(dossier, name="Help desk")
    return Desk(key, Client())


SYSTEM = ("system", "chat", "infers_from_input")


JUDGED = ("purpose", "advice", "eu.no_significant_risk")


def open_questions(desk: Desk) -> list[Question]:
    with Lending():
        return Held(desk.key, check_by_key(desk.key), desk.dossier, site_today(), site_today()).interview().questions()


def first(desk: Desk, expects: str, kind: str = "") -> tuple[str, str, str]:
    return next(one.address for one in open_questions(desk) if one.expects == expects
                and (not kind or (one.declared is not None and one.declared.kind == kind)))  # fmt: skip


def fields_for(one: Question, wanted: str = "no") -> dict[str, Any]:
    """An answer that a person might give to a question."""
    today = site_today().isoformat()
    match one.expects:
        case "yes-no":
            found: dict[str, Any] = {"answer": "true" if wanted == "yes" else "false"}
        case "one-of":
            assert one.declared is not None
            found = {"answer": next(iter(one.declared.members))}
        case "some-of" | "rows":
            found = {"none": "1"}
        case "number":
            found = {"value": "12"}
        case "duration":
            found = {"value": "6 months"}
        case "day":
            found = {"answer": "not-yet"}
    if one.declared is not None and one.declared.kind == "judgement":
        found |= {"reasons": "no sign of it", "by": "li.na", "on": today}
    return found


def link_of(desk: Desk) -> str:
    page = desk.client.get(reverse("check-aside", args=("en", desk.key))).content.decode()
    found = re.search(r'value="http://testserver(/en/check/for/[^"]+)"', page)
    assert found is not None
    return found[1]


def every(desk: Desk) -> list[Question]:
    with Lending():
        interview = Held(desk.key, check_by_key(desk.key), desk.dossier, site_today(), site_today()).interview()
        return [one for one, _ in interview.put_aside()] + interview.questions()


def open_question(desk: Desk) -> Question:
    with Lending():
        found = holding.held(desk.key).interview().next()
    assert found is not None
    return found


def left_to(desk: Desk, *addresses: tuple[str, str, str], who: str = "Li Na") -> str:
    for address in addresses:
        assert desk.post(address, do="other", who=who, by="Wang").status_code == 303
    return link_of(desk)


def theirs(link: str, address: tuple[str, str, str]) -> str:
    return f"{link}/{'/'.join(quote(part, safe=':') for part in address)}"
