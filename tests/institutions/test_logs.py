"""An address that is a key never reaches the log."""

import logging

import pytest

from guiju.institutions.hall.logs import NoKeys

KEY = "Zm9vYmFyYmF6cXV4cXV1eA"


@pytest.mark.parametrize(
    "path",
    [
        f"/zh/check/{KEY}/ask/system/s/x", f"/en/check/result/{KEY}", f"/en/check/for/{KEY}", f"/en/check/{KEY}",
        f"/en/account/sign-in?next=%252Fen%252Finvitation%252F{KEY}", f"DoesNotExist: '{KEY}{KEY[:10]}'",
        f"/zh/invitation/{KEY}", f"/en/account/sign-in?next=%2Fen%2Finvitation%2F{KEY}", f"/en/desk/calendar/{KEY}.ics",
    ],
)  # fmt: skip
def test_keys_are_masked(path: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "f", 1, "Gone: %s", (path,), None)
    assert NoKeys().filter(record)
    assert KEY not in record.getMessage()
    assert "…" in record.getMessage()


def test_other_words_stay() -> None:
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "Gone: %s", ("/en/rules/cn/genai-measures/17",), None)
    NoKeys().filter(record)
    assert record.getMessage() == "Gone: /en/rules/cn/genai-measures/17"
