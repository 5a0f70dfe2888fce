"""Django's settings. What differs from place to place comes from the environment, set by ``serving`` (`guiju serve`).

GUIJU_HOME          folder of the database, the key and the files (default: the person's own data folder)
GUIJU_DATABASE_URL  another database than SQLite in that folder: postgres://...
GUIJU_HOSTS         names under which the site is reached, separated by commas
GUIJU_PROXIES       addresses or networks of proxies before the site, separated by commas, that are believed whom they serve
GUIJU_DEMO          1: the site is a demonstration on this machine
GUIJU_MAIL          the server by which letters are sent: smtp://user:password@host:587?from=...&tls=starttls
GUIJU_URL           address under which people reach the site, for links in reminders: https://guiju.example.org
GUIJU_OIDC          other places to sign in with, as JSON
GUIJU_ORIGIN        name of the site's record, chosen before it begins: guiju.example/record
GUIJU_WITNESSES     who cosigns the record, each by address and public key, separated by commas
GUIJU_EDITION       path of an edition file: the site answers by these rules instead of those of this version
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF


def _home() -> Path:
    chosen = os.environ.get("GUIJU_HOME", "")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_DATA_HOME", "")
    try:
        return (Path(base) if base else Path.home() / ".local" / "share") / "guiju"
    except RuntimeError:  # nobody's home
        return Path("guiju-data").resolve()


HOME = _home()
DEMO = os.environ.get("GUIJU_DEMO", "") == "1"
EDITION = os.environ.get("GUIJU_EDITION", "")
ORIGIN = os.environ.get("GUIJU_ORIGIN", "").strip()
WITNESSES = os.environ.get("GUIJU_WITNESSES", "")
DEBUG = False

_KEY_FILE = HOME / "secret-key"
SECRET_KEY = _KEY_FILE.read_text(encoding="ascii").strip() if _KEY_FILE.is_file() else secrets.token_urlsafe(50)
ALLOWED_HOSTS = [one.strip() for one in os.environ.get("GUIJU_HOSTS", "").split(",") if one.strip()]
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "guiju.institutions.hall",
    "guiju.institutions.people",
    "guiju.institutions.notary",
    "guiju.institutions.register",
    "guiju.institutions.rules",
    "guiju.institutions.ethics",
    "guiju.institutions.demo",
    "guiju.institutions.portal",
]

PROXIES = os.environ.get("GUIJU_PROXIES", "")

MIDDLEWARE = [
    "guiju.institutions.hall.middleware.BehindProxy",
    "guiju.institutions.hall.middleware.SecureCookies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "guiju.institutions.hall.middleware.InLanguage",
    "guiju.institutions.hall.middleware.Refusals",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "guiju.institutions.people.accounts.middleware.Accounts",
    "guiju.institutions.people.access.Guard",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "guiju.institutions.urls"
WSGI_APPLICATION = "guiju.institutions.wsgi.application"

_SQLITE = "django.db.backends.sqlite3"
_URL = os.environ.get("GUIJU_DATABASE_URL", "")
_DATABASE: dict[str, Any] = (
    dict(dj_database_url.parse(_URL, conn_max_age=60, conn_health_checks=True))
    if _URL
    else {"ENGINE": _SQLITE, "NAME": HOME / "guiju.sqlite3"}
)
if _DATABASE["ENGINE"] == _SQLITE:
    _DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
    }
DATABASES: dict[str, Any] = {"default": _DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

TEMPLATES: list[dict[str, Any]] = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "guiju.institutions.hall.pages.environment"},
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},  # the API's own documentation
]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

USE_I18N = True  # for addresses, which begin with the language; texts are in the house's own catalogues
LANGUAGES = [("en", "English"), ("zh-hans", "中文")]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"

# -- accounts --------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"guiju.institutions.people.accounts.passwords.{one}"} for one in ("LongEnough", "NotCommon", "NotLikeThePerson")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"

SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # unless the person asks to stay signed in
SESSION_COOKIE_SAMESITE = "Lax"

CACHES = {  # limits and used codes: all processes share them
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hall_cached",
        "KEY_FUNCTION": "guiju.institutions.hall.limits.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

_ACCOUNTS = "guiju.institutions.people.accounts"
ACCOUNT_ADAPTER = f"{_ACCOUNTS}.adapters.Accounts"
ACCOUNT_TEMPLATE_EXTENSION = "html.jinja"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True  # the same answer whether there is an account or not
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "login": f"{_ACCOUNTS}.forms.SignIn",
    "signup": f"{_ACCOUNTS}.forms.SignUp",
    "add_email": f"{_ACCOUNTS}.forms.NewAddress",
    "change_password": f"{_ACCOUNTS}.forms.ChangePassword",
    "set_password": f"{_ACCOUNTS}.forms.FirstPassword",
    "reset_password": f"{_ACCOUNTS}.forms.ForgottenPassword",
    "reset_password_from_key": f"{_ACCOUNTS}.forms.NewPassword",
    "confirm_password_reset_code": f"{_ACCOUNTS}.forms.ResetCode",
    "confirm_email_verification_code": f"{_ACCOUNTS}.forms.AddressCode",
    "reauthenticate": f"{_ACCOUNTS}.forms.PasswordAgain",
}
MFA_ADAPTER = f"{_ACCOUNTS}.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODE_DIGITS = 10
MFA_FORMS = {
    "authenticate": f"{_ACCOUNTS}.forms.SecondFactor",
    "reauthenticate": f"{_ACCOUNTS}.forms.SecondFactorAgain",
    "activate_totp": f"{_ACCOUNTS}.forms.BeginApp",
    "deactivate_totp": f"{_ACCOUNTS}.forms.EndApp",
    "generate_recovery_codes": f"{_ACCOUNTS}.forms.NewCodes",
}
SOCIALACCOUNT_ADAPTER = f"{_ACCOUNTS}.adapters.OtherPlaces"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # another place's word for an address opens no account that is here already
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another site is stopped by our own policy; see accounts.views
SOCIALACCOUNT_FORMS = {"signup": f"{_ACCOUNTS}.forms.SignUpElsewhere", "disconnect": f"{_ACCOUNTS}.forms.EndConnection"}
OIDC = os.environ.get("GUIJU_OIDC", "")
USERSESSIONS_ADAPTER = "allauth.usersessions.adapter.DefaultUserSessionsAdapter"

# -- letters ---------------------------------------------------------------------------------------------------------------

MAIL = os.environ.get("GUIJU_MAIL", "")
SITE_URL = os.environ.get("GUIJU_URL", "").rstrip("/")  # for links in letters that no request gave rise to
EMAIL_BACKEND = "guiju.institutions.hall.post.Post"
DEFAULT_FROM_EMAIL = "guiju@localhost"  # where no server is named, letters leave nowhere

# -- security --------------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [NONE],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"  # addresses that are keys never leave the site
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "guiju.institutions.hall.errors.forged"

LARGEST_UPLOAD = 2 * 1024 * 1024
"""Bytes of the largest file that is taken."""

LARGEST_RESULT = 8 * 1024 * 1024
"""Bytes of the largest earlier result that is taken back: what is given out here as JSON can be handed in again."""

DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_RESULT + 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["guiju.institutions.hall.uploads.Bounded"]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no-keys": {"()": "guiju.institutions.hall.logs.NoKeys"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["no-keys"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}, "django.request": {"level": "ERROR"}},
}
