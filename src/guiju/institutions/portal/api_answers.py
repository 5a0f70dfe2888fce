"""What every answer of the API is made of: the one shape of an error, documents, and what every question is asked with."""

import json
from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from guiju.wording import GuijuError


class ApiError(GuijuError):
    """A request that cannot be answered as it was put."""


class InvalidError(ApiError):
    """A parameter of the wrong shape."""

    status = 422


class MethodError(ApiError):
    """A method that an address does not take."""

    status = 405


class ContentTypeError(ApiError):
    """A body of another kind than those that are read."""

    status = 415


class Told(Schema):
    """What went wrong."""

    code: str = Field(description="Stays the same from release to release.")
    message: str = Field(description="What happened, in the language asked for.")
    where: str | None = Field(description="The place in the body: file, line, column.")
    hint: str = Field(description="What to do next.")


class Problem(Schema):
    """The one shape of an error."""

    error: Told


Document = dict[str, Any]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples=["2026-11-21"])]

REFUSED: Final = {400: Problem, 422: Problem, 429: Problem}
"""What any address may answer besides its document."""


class Days(Schema):
    """What every question is asked with."""

    on: Day | None = Field(None, description="As of which day; today where none is given.")
    known: Day | None = Field(None, description="What had been published by which day; today where none is given.")
    lang: str | None = Field(None, pattern="^(zh|en)$", description="The language of errors; else that of Accept-Language.")


def answer(document: Document) -> HttpResponse:
    """A document as it is sent."""
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return HttpResponse(text.encode("utf-8", errors="replace"), content_type="application/json")
