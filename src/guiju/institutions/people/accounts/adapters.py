"""What allauth asks the house: words of errors, where to go next, which letters to send, whom it counts."""

from __future__ import annotations

import logging
from ipaddress import IPv6Address
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from guiju.institutions.hall.addresses import current_language, desk_address
from guiju.institutions.hall.letters import write_letter
from guiju.institutions.hall.limits import client_of
from guiju.institutions.people.accounts import notices, oidc
from guiju.institutions.people.accounts.names import LONGEST_NAME, cleaned_name, has_address
from guiju.institutions.people.accounts.sealing import opened, sealed
from guiju.institutions.people.accounts.words import said
from guiju.institutions.people.models import Person
from guiju.wording import codes

log = logging.getLogger(__name__)

LETTERS: Final = {
    "account/email/email_confirmation_signup": "welcome",
    "account/email/email_confirmation": "address",
    "account/email/account_already_exists": "exists",
    "account/email/unknown_account": "unknown",
    "account/email/password_reset_code": "reset",
    "account/email/password_reset": "password-changed",
    "account/email/password_changed": "password-changed",
    "account/email/password_set": "password-changed",
    "account/email/email_changed": "address-changed",
    "mfa/email/totp_activated": "factor-on",
    "mfa/email/totp_deactivated": "factor-off",
    "mfa/email/recovery_codes_generated": "codes-new",
    "socialaccount/email/account_connected": "place-connected",
    "socialaccount/email/account_disconnected": "place-ended",
}
"""What allauth calls its letters, and how ours are called in the catalogue."""

LONG: Final = frozenset({"welcome", "address", "exists", "unknown", "reset"})
"""Letters of three paragraphs; the others have two."""


class _OurErrors:
    """Errors are of our catalogue: ``accounts.wrong-incorrect-code`` for allauth's ``incorrect_code``."""

    def validation_error(self, code: str, *_more: object) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)

    class _Words:
        def __getitem__(self, code: str) -> str:
            known = f"accounts.wrong-{code.replace('_', '-')}"
            return said(known if known in codes("en") else "accounts.wrong-else")

    error_messages = _Words()


class Accounts(_OurErrors, DefaultAccountAdapter):
    """Accounts with a password."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """An address that stands for the client and tells nothing of it: neither limits nor sessions keep the real one."""
        digest = bytes.fromhex(client_of(request))
        return str(IPv6Address(b"\xfd" + digest[:7] + bytes(8)))  # a unique local address (RFC 4193); its first half is counted

    def is_ajax(self, request: HttpRequest) -> bool:
        """Programs have an interface of their own."""
        del request
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_more: Any, **more: Any
    ) -> None:
        """Told on the next page."""
        del level
        notices.leave(request, message_template or "", more.get("message") or "")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk."""
        del request
        return desk_address(current_language())

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The desk."""
        del request
        return desk_address(current_language())

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Home."""
        del request
        return f"/{current_language()}/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The account."""
        del request
        return reverse("account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """The account."""
        del email_address
        return reverse("account")

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """With the name, and the language in which the person signed up."""
        user.name = form.cleaned_data.get("name", "") or user.name
        user.lang = current_language()
        made: Person = super().save_user(request, user, form, commit)
        return made

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter, by the hall: nothing is sent while the person waits."""
        write_account_letter(LETTERS[template_prefix], email, context, self.request)


def write_account_letter(name: str, email: str, context: dict[str, Any], request: HttpRequest) -> None:
    """A letter about an account, in the language of the request; ``name`` is one of the values of :data:`LETTERS`."""
    fields = {
        "code": context.get("code", ""),
        "reset": context.get("password_reset_url", ""),
        "signup": context.get("signup_url", ""),
        "address": context.get("to_email", ""),
        "site": request.get_host(),
    }
    told = [said(f"accounts.letter-{name}-{number}", **fields) for number in range(1, 4 if name in LONG else 3)]
    body = "\n\n".join([said("accounts.letter-begin"), *told, said("accounts.letter-end", **fields)])
    with transaction.atomic():
        write_letter(email, said(f"accounts.letter-{name}-subject", **fields), body, current_language())


class SecondFactors(_OurErrors, DefaultMFAAdapter):
    """A code from an app, and recovery codes."""

    def validation_error(self, code: str, *_more: object) -> ValidationError:
        """A code that is wrong here is none from a letter."""
        return super().validation_error("incorrect_factor" if code == "incorrect_code" else code)

    def get_totp_issuer(self) -> str:
        """What the app shows above the code."""
        return said("hall.house")

    def encrypt(self, text: str) -> str:
        """Sealed under the site's key."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """As it was before."""
        return opened(encrypted_text)


class OtherPlaces(_OurErrors, DefaultSocialAccountAdapter):
    """Sign-in from other places, by OpenID Connect."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """Those that whoever runs the site has named; the database is not asked."""
        del request
        return [
            one
            for one in (place.app() for place in oidc.places())
            if provider in {None, one.provider_id, one.provider} and client_id in {None, one.client_id}
        ]

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        """With the name the other place gives, where it is one; it can be given later too."""
        person: Person = super().populate_user(request, sociallogin, data)
        name = cleaned_name(str(data.get("name") or ""))[:LONGEST_NAME].strip()
        person.name = "" if has_address(name) else name
        person.lang = current_language()
        return person

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: str = "", **more: Any) -> None:
        """A page that says so; the log says what kind of error it was.

        :raises ImmediateHttpResponse: that leads there.
        """
        del request
        if error == AuthError.CANCELLED:
            return
        why = type(more.get("exception")).__name__ if more.get("exception") else "no answer to anything asked from here"
        log.warning("Nobody came in from %s: %s", provider.app.provider_id, why)
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("socialaccount_login_error")))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """The list of places."""
        del request, socialaccount
        return reverse("socialaccount_connections")
