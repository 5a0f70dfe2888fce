"""The files of a result, each made from the same report as the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from guiju.assess.due_calendar import due_calendar
from guiju.assess.html import html_page
from guiju.assess.report_parts import Report
from guiju.assess.spreadsheet import workbook
from guiju.assess.typeset import pdf
from guiju.institutions.portal.check.told import ResultLinkError, Told

TYPES: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
"""What a result can be taken away as."""


def file_answer(told: Told, kind: str, document: Callable[[], Mapping[str, Any]]) -> HttpResponse:
    """A file to be saved; ``document`` is asked for the result itself where it is to be JSON.

    :raises ResultLinkError: for a kind that there is not.
    :raises PdfError: where the PDF would lose characters.
    """
    if kind not in TYPES:
        raise ResultLinkError("result.no-file")
    content = _json(document()) if kind == "json" else _content(told.report, kind)
    response = HttpResponse(content, content_type=TYPES[kind])
    about = re.sub(r"[^\w.-]+", "-", told.report.subject_id)[:60].strip("-.")
    response.headers["Content-Disposition"] = str(content_disposition_header(True, f"guiju-{about}-{told.report.on}.{kind}"))
    return response


def _json(document: Mapping[str, Any]) -> bytes:
    """As the command line writes it."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _content(report: Report, kind: str) -> bytes:
    match kind:
        case "pdf":
            return pdf(report)
        case "xlsx":
            return workbook(report)
        case "ics":
            return due_calendar(report)
        case _:
            return html_page(report).encode()
