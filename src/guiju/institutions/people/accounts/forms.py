"""The forms of accounts: allauth's rules, the house's words. A password is typed once and never shown again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.socialaccount import forms as elsewhere
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse

from guiju.institutions.people.accounts.names import NameField
from guiju.institutions.people.accounts.passwords import LEAST, NotLikeThePerson
from guiju.institutions.people.accounts.words import said
from guiju.institutions.people.models import Person


class _OurWords:
    """Labels, help and errors from the catalogue. ``words`` says where a field is called otherwise there than in the form."""

    words: ClassVar[Mapping[str, str]] = MappingProxyType({})
    helped: ClassVar[frozenset[str]] = frozenset()
    fields: dict[str, forms.Field]

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            called = self.words.get(name, name)
            field.label = said(f"accounts.field-{called}")
            field.help_text = said(f"accounts.help-{called}", least=LEAST) if called in self.helped else ""
            if field.required:
                field.error_messages["required"] = said(f"accounts.lacks-{called}")
            field.error_messages["invalid"] = said("accounts.wrong-address", example="name@example.org")
            field.error_messages["max_length"] = said("accounts.wrong-too-long")
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs.update(inputmode="numeric", maxlength=24, autofocus=True)


def _unlike_name(form: Any) -> None:
    """A password that is the name typed beside it is refused as one like the address is."""
    password, name = form.cleaned_data.get("password1"), form.cleaned_data.get("name")
    if password and name:
        try:
            NotLikeThePerson().validate(password, Person(name=name))
        except forms.ValidationError as problem:
            form.add_error("password1", problem)


class SignIn(_OurWords, account.LoginForm):
    """Address and password."""

    words = MappingProxyType({"login": "email"})
    helped = frozenset({"remember"})


class SignUp(_OurWords, account.SignupForm):
    """Address, name, password."""

    name = NameField()
    field_order: ClassVar = ["email", "name", "password1"]
    words = MappingProxyType({"password1": "first-password"})
    helped = frozenset({"email", "name", "first-password"})

    def clean(self) -> dict[str, Any]:
        """With the name too."""
        cleaned: dict[str, Any] = super().clean()
        _unlike_name(self)
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """Where there is an account already the password is hashed too, and thrown away: the time would tell it otherwise."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[Person | None, HttpResponse | None] = super().try_save(request)
        return saved


class SignUpElsewhere(_OurWords, elsewhere.SignupForm):
    """Address and name, where the other place gave none."""

    name = NameField()
    field_order: ClassVar = ["email", "name"]
    helped = frozenset({"email", "name"})


class NewAddress(_OurWords, account.AddEmailForm):
    """Another address of mail."""

    words = MappingProxyType({"email": "new-email"})


class ChangePassword(_OurWords, account.ChangePasswordForm):
    """The old and the new one."""

    words = MappingProxyType({"oldpassword": "old-password", "password1": "new-password"})
    helped = frozenset({"new-password"})


class FirstPassword(_OurWords, account.SetPasswordForm):
    """For an account that was made without one."""

    words = MappingProxyType({"password1": "first-password"})
    helped = frozenset({"first-password"})


class ForgottenPassword(_OurWords, account.ResetPasswordForm):
    """The address to which a code is sent."""


class NewPassword(_OurWords, account.ResetPasswordKeyForm):
    """After the code."""

    words = MappingProxyType({"password1": "new-password"})
    helped = frozenset({"new-password"})


class ResetCode(_OurWords, account.ConfirmPasswordResetCodeForm):
    """The code from the letter."""


class AddressCode(_OurWords, account.ConfirmEmailVerificationCodeForm):
    """The code from the letter."""


class PasswordAgain(_OurWords, account.ReauthenticateForm):
    """The password, before what needs it."""


class SecondFactor(_OurWords, factor.AuthenticateForm):
    """A code of the app, or a recovery code."""

    words = MappingProxyType({"code": "factor"})
    helped = frozenset({"factor"})


class SecondFactorAgain(_OurWords, factor.ReauthenticateForm):
    """The same, before what needs it."""

    words = MappingProxyType({"code": "factor"})
    helped = frozenset({"factor"})


class BeginApp(_OurWords, ActivateTOTPForm):
    """The first code of an app."""

    words = MappingProxyType({"code": "app-code"})
    helped = frozenset({"app-code"})


class EndApp(_OurWords, DeactivateTOTPForm):
    """Nothing to fill in."""


class NewCodes(_OurWords, GenerateRecoveryCodesForm):
    """Nothing to fill in."""


class EndConnection(_OurWords, elsewhere.DisconnectForm):
    """Which place is no longer to be signed in from."""


class Details(_OurWords, forms.Form):
    """What the person is called, and in which language letters come."""

    name = NameField()
    lang = forms.ChoiceField(choices=(("zh", "zh"), ("en", "en")))
    helped = frozenset({"name"})
