"""Django's settings. What differs from place to place comes from the environment, set by ``serving`` (`guiju serve`).

GUIJU_HOME          folder of the database, the key and the files (default: the person's own data folder)
GUIJU_DATABASE_URL  another database than SQLite in that folder: postgres://...
GUIJU_HOSTS         names under which the site is reached, separated by commas
GUIJU_PROXIES       addresses or networks of proxies before the site, separated by commas, that are believed whom they serve
GUIJU_DEMO          1: the site is a demonstration on this machine
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
DEBUG = False

_KEY_FILE = HOME / "secret-key"
SECRET_KEY = _KEY_FILE.read_text(encoding="ascii").strip() if _KEY_FILE.is_file() else secrets.token_urlsafe(50)
ALLOWED_HOSTS = [one.strip() for one in os.environ.get("GUIJU_HOSTS", "").split(",") if one.strip()]
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "guiju.institutions.hall",
    "guiju.institutions.register",
    "guiju.institutions.rules",
    "guiju.institutions.demo",
    "guiju.institutions.portal",
]

PROXIES = os.environ.get("GUIJU_PROXIES", "")

MIDDLEWARE = [
    "guiju.institutions.hall.middleware.BehindProxy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "guiju.institutions.hall.middleware.InLanguage",
    "guiju.institutions.hall.middleware.Refusals",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
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
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
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

USE_I18N = False  # texts are in the house's own catalogues; the language is in the address
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"

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
