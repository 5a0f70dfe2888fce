"""The API of the institutions: the public register, the record and its proofs, receipts, and one's own desk."""

import json
from dataclasses import asdict
from typing import Any, Final

from django.core.handlers.wsgi import WSGIRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from guiju import record
from guiju.institutions.hall.acts import act_of_receipt, own_sql
from guiju.institutions.hall.addresses import preferred
from guiju.institutions.hall.limits import count
from guiju.institutions.hall.receipts import where_it_stands
from guiju.institutions.hall.uploads import read_body
from guiju.institutions.notary import verifying
from guiju.institutions.people.cases import cases_of
from guiju.institutions.portal.api_answers import REFUSED, ApiError, Document, Problem, answer
from guiju.institutions.register import public
from guiju.institutions.register.models import System
from guiju.wording import LANGUAGES

ASK_A_MINUTE: Final = 120
VERIFY_A_MINUTE: Final = 30
PER_PAGE: Final = 50

institutions = Router()


class NotHereError(ApiError):
    """Something that is not there."""

    status = 404


class In(Schema):
    """The language of an answer's words and of its errors."""

    lang: str | None = Field(None, pattern="^(zh|en)$", description="The language of words; else that of Accept-Language.")


class Looking(In):
    """What the register is looked through with."""

    q: str = Field("", max_length=100, description="Words of names, or a handle.")
    place: str = Field("", max_length=20, description="The place of the organisation, as the page has it.")
    state: str = Field("", pattern="^(|public|withdrawn|ended)$", description="Only those that stand so.")
    page: int = Field(1, ge=1, le=100_000)


class Number(Schema):
    """A receipt, by its number."""

    number: str = Field(min_length=1, max_length=60, examples=["GJ-7K3M-9QWX-2F4R-8TVA-H"])


_THERE: Final = {200: Document, 404: Problem, **REFUSED}
_BUNDLE: Final = {
    "requestBody": {
        "required": True,
        "description": "A bundle, as `GET /record/{position}` gives it, or a proof (c2sp.org/tlog-proof@v1).",
        "content": {"application/json": {"schema": {"type": "object"}}, "text/plain": {"schema": {"type": "string"}}},
    }
}


# -- the register --------------------------------------------------------------------------------------------------------------


@institutions.get("/register", response={200: Document, **REFUSED}, summary="The public register")
def list_register(request: HttpRequest, asked: Query[Looking]) -> HttpResponse:
    """Every system with a public part, the newest first."""
    count(request, "register", ASK_A_MINUTE)
    found = public.matching(asked.q, asked.place, asked.state)
    first = (asked.page - 1) * PER_PAGE
    return answer(
        {
            "schema": "guiju.register/1",
            "count": found.count(),
            "page": asked.page,
            "per_page": PER_PAGE,
            "systems": [_listed(one) for one in found[first : first + PER_PAGE]],
        }
    )


def _listed(system: Any) -> dict[str, Any]:
    organisation = system.organisation
    return {
        "system": system.public_id,
        "name": system.public_name,
        "organisation": {"org": organisation.org, "name": organisation.name},
        "state": public.state_of(system),
        **({"example": True} if system.example else {}),
    }


@institutions.get("/register/{system}", response=_THERE, summary="One entry of the register")
def show_register(request: HttpRequest, system: str, asked: Query[In]) -> HttpResponse:  # noqa: ARG001  # lang is for errors
    """The public part as it was published, byte for byte what its digest in the record is of, and how it stands."""
    count(request, "register", ASK_A_MINUTE)
    held: QuerySet[System] = System.objects.select_related("organisation")
    found = held.filter(public_id=system[:40].replace("\0", "")).first()
    entry = public.current(found) if found else None
    if found is None or entry is None or entry.document is None:
        raise NotHereError("api.no-system", got=system[:40])
    return answer(
        {
            "schema": "guiju.register-standing/1",
            "state": public.state_of(found),
            "withdrawn": entry.withdrawn.isoformat() if entry.withdrawn else None,
            "reason": entry.reason or None,
            "digest": entry.document.digest,
            "entry": json.loads(entry.document.bytes()),
        }
    )


# -- the record ----------------------------------------------------------------------------------------------------------------


@institutions.get("/record", response={200: Document, **REFUSED}, summary="The record")
def show_record(request: HttpRequest, asked: Query[In]) -> HttpResponse:  # noqa: ARG001  # lang is for errors
    """Whose log it is, its key, and the newest signed checkpoint; the log itself is read under `/log/` (C2SP tlog-tiles)."""
    count(request, "record", ASK_A_MINUTE)
    sql = own_sql()
    key = record.log_key(sql)
    size = record.checkpoint_size(sql)
    return answer(
        {
            "schema": "guiju.record/1",
            "origin": key.name if key else None,
            "key": str(key) if key else None,
            "size": size or 0,
            "checkpoint": None if size is None else record.checkpoint_note(sql),
        }
    )


@institutions.get("/record/{int:position}", response=_THERE, summary="One entry of the record with its proof")
def show_entry(request: HttpRequest, position: int, asked: Query[In]) -> HttpResponse:  # noqa: ARG001  # lang is for errors
    """The bundle with which anybody verifies the entry without this site (`guiju record verify`)."""
    count(request, "record", ASK_A_MINUTE)
    size = record.checkpoint_size(own_sql()) or 0
    if not 0 <= position < size:
        raise NotHereError("api.no-entry", got=position, size=size)
    return answer(record.bundle_for(own_sql(), position))


@institutions.post(
    "/record/verify", response={200: Document, **REFUSED, 413: Problem}, openapi_extra=_BUNDLE, summary="Verify a bundle"
)
def verify_bundle(request: HttpRequest, asked: Query[In]) -> HttpResponse:  # noqa: ARG001  # lang is for errors
    """Whether what is sent was entered in this record: real, forged, of another log, not here."""
    count(request, "record-verify", VERIFY_A_MINUTE)
    found = verifying.verdict(read_body(request))
    return answer(
        {
            "schema": "guiju.verdict/1",
            "verdict": found.word,
            "log": found.log,
            "position": found.proven.index if found.proven else None,
            "witnesses": [key.name for key, _ in found.proven.witnesses] if found.proven else [],
            "why": {lang: found.problem.message(lang) for lang in LANGUAGES} if found.problem else None,
        }
    )


@institutions.post("/receipt", response=_THERE, summary="Where a case stands")
def show_receipt(request: HttpRequest, given: Number, asked: Query[In]) -> HttpResponse:
    """Where the case of a receipt stands. The number is in the body, so that no log has it."""
    count(request, "receipt", VERIFY_A_MINUTE)
    found = act_of_receipt(given.number)
    if found is None:
        raise NotHereError("api.no-receipt")
    told = where_it_stands(found, _lang(request, asked.lang))
    return answer(
        {
            "schema": "guiju.standing/1",
            "kind": found.kind,
            "title": told.title,
            "state": told.state,
            "next": told.next,
            "due": str(told.due) if told.due else None,
        }
    )


# -- one's own desk ------------------------------------------------------------------------------------------------------------


@institutions.get("/desk", response={200: Document, 403: Problem, **REFUSED}, summary="My desk (signed in)")
def show_desk(request: WSGIRequest, asked: Query[In]) -> HttpResponse:
    """What waits for whoever is signed in, the next due day first."""
    count(request, "desk", ASK_A_MINUTE)
    lang = _lang(request, asked.lang)
    found = [one for one in cases_of(request.user, lang) if one.section != "way"]  # type: ignore[arg-type]  # the guard let a Person in
    told = [{**asdict(one), "due": str(one.due) if one.due else None} for one in found]
    response = answer({"schema": "guiju.desk/1", "lang": lang, "cases": told})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _lang(request: HttpRequest, asked: str | None) -> str:
    return asked or preferred(request.headers.get("Accept-Language", ""))
