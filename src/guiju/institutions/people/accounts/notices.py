"""What is told on the next page: that something was done, or why it was not."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from guiju.institutions.people.accounts.words import said

KEY: Final = "notices"

TOLD: Final = {
    "account/messages/password_changed.txt": "password-changed",
    "account/messages/password_set.txt": "password-changed",
    "account/messages/email_confirmed.txt": "address-confirmed",
    "account/messages/email_confirmation_failed.txt": "address-taken",
    "account/messages/email_confirmation_sent.txt": "",
    "account/messages/email_deleted.txt": "address-change-ended",
    "account/messages/logged_out.txt": "",
    "mfa/messages/totp_activated.txt": "factor-on",
    "mfa/messages/totp_deactivated.txt": "factor-off",
    "mfa/messages/recovery_codes_generated.txt": "codes-new",
    "socialaccount/messages/account_connected.txt": "place-connected",
    "socialaccount/messages/account_connected_other.txt": "place-of-another",
    "socialaccount/messages/account_disconnected.txt": "place-ended",
    "usersessions/messages/sessions_logged_out.txt": "sessions-ended",
}
"""Which of allauth's messages are told, and how they are called in the catalogue."""


def leave(request: HttpRequest, template: str, words: str = "") -> None:
    """Leave a notice for the next page: one of :data:`TOLD`, or words."""
    code = TOLD.get(template, "")
    told = words or (said(f"accounts.told-{code}") if code else "")
    if told:
        kept = [one for one in request.session.get(KEY, []) if one != told]
        request.session[KEY] = [*kept, told]


def take(request: HttpRequest) -> list[str]:
    """What was left, once."""
    return list(request.session.pop(KEY, [])) if KEY in request.session else []
