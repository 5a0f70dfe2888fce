"""A place of its own to sign in at: django-oauth-toolkit as an OpenID Connect provider, run as a program of its own.

    python oidc_provider.py FOLDER REDIRECT_URI

prints its address once it answers. Its people: ``anna`` and ``li``, each with the password ``anna`` and ``li``.
"""

import sys
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

CLIENT, SECRET = "guiju", "a secret between two places"
PEOPLE = {"anna": "Anna Berg", "li": "Li Na"}


def configure(folder: Path) -> None:
    key = generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    settings.configure(
        SECRET_KEY="for a test",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "oauth2_provider"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        LOGIN_URL="/login",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": key.decode(),
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Claims",
            "SCOPES": {"openid": "who", "profile": "name", "email": "address"},
            "PKCE_REQUIRED": True,
        },
    )
    django.setup()


def fill(redirect: str) -> None:
    from django.contrib.auth.models import User
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name, whole in PEOPLE.items():
        User.objects.create_user(name, f"{name}@example.org", name, first_name=whole)
    Application.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=redirect,
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )


class Quiet(WSGIRequestHandler):
    def log_message(self, *_more: Any) -> None:
        pass


def sign_in(request: HttpRequest) -> HttpResponse:
    from django.contrib.auth import authenticate, login

    if request.method == "POST":
        person = authenticate(request, username=request.POST["username"], password=request.POST["password"])
        assert person is not None
        login(request, person)
        return HttpResponseRedirect(request.POST["next"])
    return HttpResponse("Who are you?")


def main(folder: str, redirect: str) -> None:
    configure(Path(folder))
    fill(redirect)
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Claims(OAuth2Validator):  # type: ignore[misc]
        oidc_claim_scope = None

        def get_additional_claims(self, request: Any) -> dict[str, Any]:
            return {"email": request.user.email, "email_verified": True, "name": request.user.first_name}

    globals()["Claims"] = Claims
    urlpatterns.extend([path("login", sign_in), path("o/", include("oauth2_provider.urls"))])
    with make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet) as server:
        print(f"http://127.0.0.1:{server.server_port}/o", flush=True)  # noqa: T201  # how it is told where it answers
        server.serve_forever()


urlpatterns: list[Any] = []

if __name__ == "__main__":
    main(*sys.argv[1:])
