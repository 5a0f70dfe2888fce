"""What tests of accounts share: people who sign up, and the codes of the letters they get."""

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client

from guiju.calendars import now
from guiju.institutions.hall.models import Letter
from guiju.institutions.people.models import Person

PASSWORD = "seven herons by the river"
CODE = re.compile(r"\b\d{4}-\d{4}\b")


def newest(email: str) -> Letter:
    """The last letter written to an address."""
    return Letter.objects.filter(to=email).order_by("-pk")[0]


def code_for(email: str) -> str:
    """The code that stands in the last letter to an address."""
    found = CODE.search(newest(email).body)
    assert found is not None
    return found[0]


def sign_up(client: Client, email: str, name: str = "Li Na", password: str = PASSWORD, lang: str = "en") -> HttpResponse:
    """The first form of signing up; its answer."""
    form = {"email": email, "name": name, "password1": password}
    return client.post(f"/{lang}/account/sign-up", form)  # type: ignore[return-value]


def confirm(client: Client, email: str, lang: str = "en") -> HttpResponse:
    """The second: the code of the letter."""
    form = {"code": code_for(email), "action": "verify"}
    return client.post(f"/{lang}/account/address/confirm", form)  # type: ignore[return-value]


def sign_in(client: Client, email: str, password: str = PASSWORD, lang: str = "en", **more: str) -> HttpResponse:
    """Address and password."""
    return client.post(f"/{lang}/account/sign-in", {"login": email, "password": password, **more})  # type: ignore[return-value]


def person_with_account(email: str, name: str = "Li Na", **more: str) -> Person:
    """Somebody whose address was confirmed some time ago."""
    made = Person.objects.create(email=email, password=make_password(PASSWORD), name=name, **more)
    made.emailaddress_set.create(email=email, primary=True, verified=True)
    return made


def app_code(person: Person, steps: int = 0) -> str:
    """What the person's app shows now, or some half minutes later."""
    secret = decrypt(Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data["secret"])
    return code_of(secret, steps)


def code_of(secret: str, steps: int = 0) -> str:
    """The code of a secret (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, int(now().timestamp()) // 30 + steps))


def show_again(client: Client, lang: str = "en") -> None:
    """The password once more, before what needs it."""
    assert client.post(f"/{lang}/account/again", {"password": PASSWORD}).status_code == 302


def begin_app(client: Client, lang: str = "en") -> str:
    """Set up an app; its secret."""
    show_again(client, lang)
    address = f"/{lang}/account/second-factor/begin"
    assert client.get(address).status_code == 200
    secret = str(client.session["mfa.totp.secret"])
    answer = client.post(address, {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret
