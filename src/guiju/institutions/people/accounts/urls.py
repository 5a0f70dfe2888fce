"""Addresses of accounts, below ``/<lang>/account/``: those of allauth's that are used here, each named, and our own."""

from __future__ import annotations

from django.urls import path

from guiju.institutions.people.accounts import own_views as own
from guiju.institutions.people.accounts import views

urlpatterns = [
    path("", own.overview, name="account"),
    path("details", own.details, name="account_details"),
    path("sessions", own.sessions, name="usersessions_list"),
    path("sign-in", views.SignIn.as_view(), name="account_login"),
    path("sign-in/second-step", views.SecondFactor.as_view(), name="mfa_authenticate"),
    path("sign-up", views.SignUp.as_view(), name="account_signup"),
    path("sign-out", views.SignOut.as_view(), name="account_logout"),
    path("closed", views.Inactive.as_view(), name="account_inactive"),
    path("address", views.Address.as_view(), name="account_email"),
    path("address/confirm", views.ConfirmAddress.as_view(), name="account_email_verification_sent"),
    path("password", views.ChangePassword.as_view(), name="account_change_password"),
    path("password/first", views.FirstPassword.as_view(), name="account_set_password"),
    path("password/forgotten", views.ForgottenPassword.as_view(), name="account_reset_password"),
    path("password/forgotten/code", views.ResetCode.as_view(), name="account_confirm_password_reset_code"),
    path("password/forgotten/new", views.NewPassword.as_view(), name="account_complete_password_reset"),
    path("password/forgotten/done", views.PasswordWasReset.as_view(), name="account_password_reset_completed"),
    path("again", views.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("again/code", views.FactorAgain.as_view(), name="mfa_reauthenticate"),
    path("second-factor", views.Factors.as_view(), name="mfa_index"),
    path("second-factor/begin", views.BeginApp.as_view(), name="mfa_activate_totp"),
    path("second-factor/end", views.EndApp.as_view(), name="mfa_deactivate_totp"),
    path("second-factor/codes", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("second-factor/codes/new", views.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("elsewhere", views.Connections.as_view(), name="socialaccount_connections"),
    path("elsewhere/sign-up", views.SignUpElsewhere.as_view(), name="socialaccount_signup"),
    path("elsewhere/cancelled", views.Cancelled.as_view(), name="socialaccount_login_cancelled"),
    path("elsewhere/failed", views.Failed.as_view(), name="socialaccount_login_error"),
    path("elsewhere/<slug:provider_id>", views.from_elsewhere, name="openid_connect_login"),
    path("elsewhere/<slug:provider_id>/back", views.from_other_place, name="openid_connect_back"),
]
"""In a language (see ``hall.addresses.LanguagePrefix``)."""

without_language = [
    path("account/elsewhere/<slug:provider_id>/back", views.came_back, name="openid_connect_callback"),
]
"""What other places are told once and for all."""
