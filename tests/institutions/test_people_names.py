"""What a person may be called: a name stands in letters to strangers, and leads nowhere."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.socialaccount.models import SocialLogin
from django.core.cache import cache
from django.test import Client
from tests.institutions.accounts import sign_up
from tests.institutions.people import client_of, invited, organisation, person

from guiju.institutions.hall.models import Letter
from guiju.institutions.people.accounts.adapters import OtherPlaces
from guiju.institutions.people.accounts.forms import Details, SignUp, SignUpElsewhere
from guiju.institutions.people.accounts.names import LONGEST_NAME, NameField, cleaned_name, has_address
from guiju.institutions.people.models import Person

pytestmark = pytest.mark.django_db

LINES = "Alice\r\n\r\nCall 110"
ADDRESSES = ["Alice http://evil.example", "Alice\r\n\r\nHTTPS://evil.example", "WWW.evil.example", "ｗｗｗ．evil.example"]


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    """Passwords are hashed at once, and nobody has asked before."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (LINES, "Alice Call 110"),
        ("  李\u3000娜\u2028 ", "李 娜"),
        ("A\x00l\x1bi\x7fce", "Alice"),
        ("Alice\u202egpj.exe", "Alicegpj.exe"),
        ("क्\u200dष", "क्\u200dष"),
        ("\x00 \x08", ""),
    ],
)
def test_a_name_is_one_line_of_what_is_seen(typed: str, kept: str) -> None:
    assert cleaned_name(typed) == kept


@pytest.mark.parametrize("name", ["Li Na", "J. R. Smith", "Wwwang", "A: B", "李娜（www）"])
def test_names_that_hold_no_address(name: str) -> None:
    assert not has_address(name)


@pytest.mark.parametrize(("lang", "words"), [("en", "A name holds no web address"), ("zh", "姓名里不能有网址")])
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_name_with_an_address_is_refused_wherever_it_is_typed(client: Client, name: str, lang: str, words: str) -> None:
    answer = sign_up(client, "new@example.org", name, lang=lang)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    mine = client_of(person("lu"))
    answer = mine.post(f"/{lang}/account/details", {"name": name, "lang": lang})  # type: ignore[assignment]
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert [one.name for one in Person.objects.all()] == ["Lu"]


def test_every_form_cleans_the_name(client: Client) -> None:
    assert all(isinstance(form.base_fields["name"], NameField) for form in (SignUp, SignUpElsewhere, Details))
    assert sign_up(client, "new@example.org", LINES).status_code == 302
    assert Person.objects.get().name == "Alice Call 110"
    assert sign_up(Client(), "other@example.org", "\x00").status_code == 422
    lu = person("lu")
    client_of(lu).post("/en/account/details", {"name": LINES, "lang": "en"})
    lu.refresh_from_db()
    invited(organisation("yanban", lu), lu, "han@example.org")
    assert "Alice Call 110" in Letter.objects.get(to="han@example.org").body


@pytest.mark.parametrize(
    ("given", "kept"),
    [(LINES, "Alice Call 110"), *((one, "") for one in ADDRESSES), ("x" * 200, "x" * LONGEST_NAME), (None, "")],
)
def test_of_another_place_a_name_is_taken_only_where_it_is_one(rf: Any, given: str | None, kept: str) -> None:
    login = SocialLogin(user=Person(), account=SimpleNamespace(provider="city"))
    made = OtherPlaces().populate_user(rf.get("/en/"), login, {"email": "anna@example.org", "name": given})
    assert made.name == kept
