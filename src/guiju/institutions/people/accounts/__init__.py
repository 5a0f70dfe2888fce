"""Accounts: signing up, in and out, second factors, sessions, sign-in from other places. Django-allauth does the work; the words,
the pages and the addresses are the house's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from guiju.institutions.people.models import Person

__all__ = ["has_second_factor", "signed_in_with_second_factor"]


def has_second_factor(person: Person) -> bool:
    """Whether signing in as this person asks for a second factor."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(person, [Authenticator.Type.TOTP]))


def signed_in_with_second_factor(request: HttpRequest) -> bool:
    """Whether the second factor was shown in this session: when signing in, when asked again, or when it was set up.

    One that was taken off since counts no more.
    """
    from allauth.account.internal.flows.login import get_authentication_records

    if not request.user.is_authenticated:
        return False
    shown = any(one.get("method") == "mfa" for one in get_authentication_records(request, request.user))
    return shown and has_second_factor(request.user)
