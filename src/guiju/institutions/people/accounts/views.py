"""The views of accounts: allauth's steps on the house's pages."""

from __future__ import annotations

import logging
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as elsewhere
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.institutions.hall import errors
from guiju.institutions.people.accounts import oidc
from guiju.institutions.people.accounts.pages import account_page
from guiju.institutions.people.accounts.words import AccountError, said

log = logging.getLogger(__name__)


class TooOftenError(AccountError):
    """Something was asked more often than it may be."""

    status = 429
    headers: ClassVar = {"Retry-After": "60"}


def too_many(request: HttpRequest) -> HttpResponse:
    """Status 429: asked more often than it may be (allauth's ``handler429``)."""
    return errors.refused(request, TooOftenError("accounts.too-often"))


class _OurPage:
    """One of our pages for one of allauth's steps; ``title`` is the end of a code, ``page`` a template."""

    page: ClassVar[str] = "form"
    title: ClassVar[str]
    request: HttpRequest

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """Drawn at once."""
        return account_page(self.request, self.page, self.title, {**context, **self.more()}, more.get("status", 200))

    def more(self) -> dict[str, Any]:
        """What else the template is given."""
        return {}


class SignIn(_OurPage, account.LoginView):
    """Address and password, or another place."""

    page, title = "sign_in", "sign-in"

    def more(self) -> dict[str, Any]:
        """The other places."""
        return {"elsewhere": oidc.places()}


class SignUp(_OurPage, account.SignupView):
    """A new account."""

    page, title = "sign_up", "sign-up"

    def more(self) -> dict[str, Any]:
        """The other places."""
        return {"elsewhere": oidc.places()}


class SignOut(_OurPage, account.LogoutView):
    """Asked on a page of its own, done by a form."""

    page, title = "sign_out", "sign-out"


class Inactive(_OurPage, account.AccountInactiveView):
    """An account that was closed."""

    page, title = "inactive", "inactive"


class ConfirmAddress(_OurPage, account.ConfirmEmailVerificationCodeView):
    """The code from the letter."""

    page, title = "confirm_address", "confirm-address"


class Address(_OurPage, account.EmailView):
    """Another address of mail."""

    page, title = "address", "address"


class ChangePassword(_OurPage, account.PasswordChangeView):
    """The old and the new one."""

    page, title = "password", "password"


class FirstPassword(_OurPage, account.PasswordSetView):
    """For an account that was made without one."""

    page, title = "password", "first-password"


class ForgottenPassword(_OurPage, account.PasswordResetView):
    """A code is sent."""

    page, title = "forgotten", "forgotten"


class ResetCode(_OurPage, account.ConfirmPasswordResetCodeView):
    """The code from the letter."""

    page, title = "reset_code", "reset-code"


class NewPassword(_OurPage, account.CompletePasswordResetView):
    """After the code."""

    page, title = "new_password", "new-password"


class PasswordWasReset(_OurPage, account.PasswordResetFromKeyDoneView):
    """Done."""

    page, title = "was_reset", "was-reset"


class PasswordAgain(_OurPage, account.ReauthenticateView):
    """The password, before what needs it."""

    page, title = "again", "again"


class FactorAgain(_OurPage, factor.ReauthenticateView):
    """A code, before what needs it."""

    page, title = "again", "again"


class SecondFactor(_OurPage, factor.AuthenticateView):
    """The second step of signing in."""

    page, title = "second_factor", "second-factor"


class Factors(_OurPage, factor.IndexView):
    """Which second factors there are."""

    page, title = "factors", "factors"


class BeginApp(_OurPage, totp.ActivateTOTPView):
    """An app that gives codes (RFC 6238)."""

    page, title = "begin_app", "begin-app"

    def form_valid(self, form: Any) -> HttpResponse:
        """The code that was shown counts as shown in this session, and is used up."""
        response: HttpResponse = super().form_valid(form)
        made = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        made.wrap().validate_code(form.cleaned_data["code"])
        record_authentication(self.request, self.request.user, "mfa", id=made.pk, type=made.type, reauthenticated=True)
        return response


class EndApp(_OurPage, totp.DeactivateTOTPView):
    """No second factor any more."""

    page, title = "end_app", "end-app"


class RecoveryCodes(_OurPage, codes.ViewRecoveryCodesView):
    """Those that are left."""

    page, title = "codes", "codes"


class NewCodes(_OurPage, codes.GenerateRecoveryCodesView):
    """New ones instead of the old."""

    page, title = "new_codes", "new-codes"


class SignUpElsewhere(_OurPage, elsewhere.SignupView):
    """What the other place did not say."""

    page, title = "sign_up_elsewhere", "sign-up-elsewhere"


class Cancelled(_OurPage, elsewhere.LoginCancelledView):
    """The person changed their mind at the other place."""

    page, title = "elsewhere_not", "cancelled"

    def more(self) -> dict[str, Any]:
        """Why there is no sign-in."""
        return {"why": said("accounts.cancelled-why")}


class Failed(_OurPage, elsewhere.LoginErrorView):
    """The other place gave no answer that can be used."""

    page, title = "elsewhere_not", "failed"

    def more(self) -> dict[str, Any]:
        """Why there is no sign-in."""
        return {"why": said("accounts.failed-why")}


class Connections(_OurPage, elsewhere.ConnectionsView):
    """From which other places the person can sign in."""

    page, title = "connections", "connections"

    def more(self) -> dict[str, Any]:
        """The places, and which of them are connected."""
        accounts = {one.provider: one for one in self.get_form().accounts}
        listed = [(one, accounts.get(one.id)) for one in oidc.places()]
        return {"listed": listed}


def from_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Begin to sign in at another place. Only from a page of this site: what another site begins ends at our own page.

    It is asked with GET because a form that leads to another site is stopped by the policy of our pages (``form-action``).
    """
    from allauth.socialaccount.providers.openid_connect.views import login

    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return HttpResponseRedirect(reverse("account_login"))
    request.session[LANGUAGE] = getattr(request, "lang", "en")
    try:
        response: HttpResponse = login(request, provider_id)
    except OSError as problem:  # also what ``requests`` raises
        log.warning("The place %s cannot be asked: %s", provider_id, type(problem).__name__)
        return HttpResponseRedirect(reverse("socialaccount_login_error"))
    return response


LANGUAGE = "language"
"""Under which name the session remembers in which language a person went to another place."""


def came_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where another place sends people back to: one address for all languages, which leads on to the reader's."""
    del provider_id
    lang = request.session.get(LANGUAGE) or getattr(request, "lang", "en")
    return HttpResponseRedirect(f"/{lang}{urlsplit(request.get_full_path()).path}?{request.META.get('QUERY_STRING', '')}")


def from_other_place(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The answer of another place is looked at."""
    from allauth.socialaccount.providers.openid_connect.views import callback

    request.session.pop(LANGUAGE, None)
    response: HttpResponse = callback(request, provider_id)
    return response
