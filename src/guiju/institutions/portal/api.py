"""The public API: a dossier or card answered, and the rules looked up; the documents of the command line, byte for byte."""

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from pydantic import Field

from guiju import __version__
from guiju.assess import assess, to_json
from guiju.calendars import parse_day
from guiju.institutions.hall.addresses import preferred
from guiju.institutions.hall.bounds import bounded
from guiju.institutions.hall.edition import facts_on, search_on, site_corpus, site_today
from guiju.institutions.hall.limits import count
from guiju.institutions.hall.uploads import RESULT, Upload, is_result, read_body, text_in
from guiju.institutions.portal.api_answers import (
    REFUSED,
    ApiError,
    ContentTypeError,
    Days,
    Document,
    InvalidError,
    Problem,
    answer,
)
from guiju.institutions.portal.api_institutions import institutions
from guiju.institutions.register.arriving import arrived
from guiju.lookup import MOST_HITS, Facts, NotThereError, editions_json, list_json, search_json, show_json, stats_json
from guiju.norms import packaged
from guiju.norms.yaml_reader import FileError
from guiju.subjects import Dossier, card_from, dossier_from
from guiju.wording import LANGUAGES, GuijuError, Where

OBJECTS_OF_ONE: Final = 8
"""A dossier counts once for so many objects against the limit of requests."""

ASSESS_A_MINUTE: Final = 30
LOOK_UP_A_MINUTE: Final = 240

_KINDS: Final = {
    "application/json": ("dossier", "json"),
    "application/yaml": ("dossier", "yaml"),
    "text/markdown": ("card", "md"),
}
"""What a body may be, and what its errors and sources call it."""


class Asking(Days):
    """What an assessment is asked with."""

    party: str | None = Field(None, max_length=200, description="Only the duties of this party, as the dossier names it.")
    all: bool = Field(default=False, description="Also the duties that do not fall on it.")
    memory: bool = Field(default=False, description="Also rules that have not been checked against a source.")


class Listing(Days):
    """What a list is asked with."""

    instrument: str | None = Field(
        None, max_length=200, description="An instrument by id, title or number: its norms are listed."
    )


class Showing(Days):
    """What one thing is asked for with."""

    id: str = Field(min_length=1, max_length=200, description="Any id, title, or title with a number.", examples=["eu/ai-act/50"])


class Searching(Days):
    """What a search is asked with."""

    q: str = Field(min_length=1, max_length=200, description="A number or words, Chinese or English.", examples=["Art 50(2)"])
    limit: int = Field(MOST_HITS, ge=1, le=200, description="How many hits at most.")


api = NinjaAPI(
    title="Guiju",
    version=__version__,
    description="Rules on AI looked up, and what they ask of one system. The same documents as the command line writes.",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", institutions)

_BODY: Final = {
    "requestBody": {
        "required": True,
        "description": "A dossier, an earlier result as it was written here (JSON), or a model card, in UTF-8.",
        "content": {
            "application/json": {"schema": {"type": "object"}, "example": {"facts": {"markets": ["EU"]}}},
            "application/yaml": {"schema": {"type": "string"}, "example": "facts: {markets: [EU]}\n"},
            "text/markdown": {"schema": {"type": "string"}, "example": "---\nlicense: mit\n---\n# A model\n"},
        },
    }
}


# -- what it answers ---------------------------------------------------------------------------------------------------------


@api.post("/assess", response={200: Document, **REFUSED, 413: Problem, 415: Problem}, openapi_extra=_BODY, summary="Assess")
def assess_dossier(request: HttpRequest, asked: Query[Asking]) -> HttpResponse:
    """What the rules ask of the system in the body, as `guiju assess --json` writes it."""
    count(request, "assess", ASSESS_A_MINUTE)
    on, known = _days(asked)
    dossier = _dossier(request)
    count(request, "assess", ASSESS_A_MINUTE, len(dossier.world.things) // OBJECTS_OF_ONE)
    parties = [one.id for one in dossier.world.of_kind("party") if not one.anonymous]
    if asked.party is not None and asked.party not in parties:
        raise ApiError("cli.unknown-party", got=asked.party, known=parties or ["-"])
    found = assess(dossier, site_corpus(), on, known, asked.party, asked.memory)
    return answer(to_json(found, asked.all))


@api.get("/rules", response={200: Document, 404: Problem, **REFUSED}, summary="List")
def list_rules(request: HttpRequest, asked: Query[Listing]) -> HttpResponse:
    """Instruments, or the norms of one, as `guiju rules list --json` writes them."""
    return answer(list_json(_facts(request, asked), asked.instrument))


@api.get("/rules/show", response={200: Document, 404: Problem, **REFUSED}, summary="Show")
def show_rule(request: HttpRequest, asked: Query[Showing]) -> HttpResponse:
    """One thing in full, as `guiju rules show --json` writes it."""
    return answer(show_json(_facts(request, asked), asked.id))


@api.get("/rules/search", response={200: Document, **REFUSED}, summary="Search")
def search_rules(request: HttpRequest, asked: Query[Searching]) -> HttpResponse:
    """By number or by words, as `guiju rules search --json` writes it."""
    _facts(request, asked)
    return answer(search_json(search_on(*_days(asked)), asked.q, asked.limit))


@api.get("/rules/stats", response={200: Document, **REFUSED}, summary="Count")
def count_rules(request: HttpRequest, asked: Query[Days]) -> HttpResponse:
    """What there is, counted, as `guiju rules stats --json` writes it."""
    return answer(stats_json(_facts(request, asked)))


@api.get("/rules/editions", response={200: Document, 429: Problem}, summary="Editions")
def list_editions(request: HttpRequest) -> HttpResponse:
    """The edition that answers here and those that were kept, as `guiju rules editions --json` writes them."""
    count(request, "rules", LOOK_UP_A_MINUTE)
    return answer(editions_json(site_corpus(), packaged().editions()))


# -- asking and answering ----------------------------------------------------------------------------------------------------


def _days(asked: Days) -> tuple[date, date]:
    now = site_today()
    return parse_day(asked.on) if asked.on else now, parse_day(asked.known) if asked.known else now


def _facts(request: HttpRequest, asked: Days) -> Facts:
    count(request, "rules", LOOK_UP_A_MINUTE)
    return facts_on(*_days(asked))


def _dossier(request: HttpRequest) -> Dossier:
    """The subject in the body, of the kind that the content type says."""
    kind = (request.content_type or "").lower()
    if kind not in _KINDS:
        raise ContentTypeError("api.content-type", got=kind[:80] or "-")
    name, content = ".".join(_KINDS[kind]), read_body(request)
    vocabulary = site_corpus().vocabulary
    if kind == "text/markdown":
        return bounded(card_from(text_in(content, name, also_chinese=True), name, vocabulary))
    text = _data_text(content, name)
    if kind == "application/json" and is_result(text):
        return bounded(arrived(Upload(name, content, RESULT)).dossier)
    return bounded(dossier_from(text, name, vocabulary))


def _data_text(content: bytes, name: str) -> str:
    """The text of a dossier, refused as on the command line where it is none."""
    if b"\0" in content:
        raise FileError("file.binary", Where(name))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise FileError("file.not-utf8", Where(name, content.count(b"\n", 0, problem.start) + 1)) from None


@api.exception_handler(GuijuError)
def refused(request: HttpRequest, problem: GuijuError) -> HttpResponse:
    """An error of the house in its one shape, in the language asked for."""
    wanted = request.GET.get("lang")
    lang = wanted if wanted in LANGUAGES else preferred(request.headers.get("Accept-Language", ""))
    response = answer(problem.to_json(lang))
    response.status_code = 404 if isinstance(problem, NotThereError) else getattr(problem, "status", 400)
    response["Content-Language"] = "zh-Hans" if lang == "zh" else "en"
    for name, value in getattr(problem, "headers", {}).items():
        response[name] = value
    return response


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """A parameter of the wrong shape."""
    name = next((str(part) for one in problem.errors for part in reversed(one["loc"])), "-")
    return refused(request, InvalidError("api.invalid", name=name))
