"""Who may do what: every address stands in the table, every cell of the matrix holds, and there is no hole.

What is expected is read from ``matrix.txt`` and ``addresses.txt`` here, not by the code that is tested.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.institutions.people import client_of, keeper, person, seated
from tests.institutions.sides import READER, Side, side

import guiju
from guiju.calendars import now
from guiju.institutions.hall import pages
from guiju.institutions.people import access
from guiju.institutions.people.models import Body, Membership, Organisation, Person
from guiju.institutions.portal.api import api

HERE = Path(access.__file__).parent
SOURCE = Path(guiju.__file__).parent
FREE = {"open", "key"}


def lines(name: str) -> list[list[str]]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def cells() -> dict[str, dict[str, str]]:
    """From an action to its line: role to ``any``, ``own`` or ``-``; ``second`` to yes or no."""
    head, *rows = lines("matrix.txt")
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


@cache
def table() -> dict[str, dict[str, str]]:
    """From an address to its methods, each with its action."""
    found: dict[str, dict[str, str]] = {}
    for name, methods, action in lines("addresses.txt"):
        for method in methods.split(","):
            assert method not in found.setdefault(name, {}), (name, method)
            found[name][method] = action
    return found


def patterns(resolver: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, (*spaces, one.namespace) if one.namespace else spaces)
        else:
            yield ":".join([*spaces, one.name or one.lookup_str]), one


# -- the tables themselves -------------------------------------------------------------------------------------------------


def test_every_address_of_the_site_stands_in_the_table_and_every_line_names_one() -> None:
    assert {name for name, _ in patterns()} == table().keys()


def test_every_call_of_the_api_stands_in_the_table_with_its_methods() -> None:
    called: dict[str, set[str]] = {}
    for _, router in api._routers:
        for found in router.path_operations.values():
            for one in found.operations:
                called.setdefault(f"api:{one.view_func.__name__}", set()).update(one.methods)
    known = {name: set(methods) for name, methods in table().items() if name.startswith("api:")}
    assert {name: methods for name, methods in known.items() if name not in {"api:api-root", "api:openapi-json"}} == called


def test_every_view_that_declares_rights_declares_what_the_table_says() -> None:
    declared = {name: one.callback.rights for name, one in patterns() if hasattr(one.callback, "rights")}
    assert declared == {name: table()[name] for name in declared}
    assert len(declared) > 15


def test_every_action_is_that_of_an_address_or_is_asked_for_in_the_code_and_none_is_unknown() -> None:
    actions = cells().keys()
    used = {action for methods in table().values() for action in methods.values()}
    assert used <= actions
    asked = {one for path in SOURCE.joinpath("institutions").rglob("*.py") for one in asked_for(path)}
    assert asked <= actions
    assert used | asked == actions


def asked_for(path: Path) -> Iterator[str]:
    """The actions that a module asks for: ``require(by, "thing.act", ...)``, ``may`` and ``check``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"require", "may", "check"} and len(node.args) > 1:
            second = node.args[1]
            if isinstance(second, ast.Constant) and isinstance(second.value, str) and "." in second.value:
                yield second.value


@pytest.mark.parametrize("kind", ["action", "anyone"])
def test_a_line_says_own_any_or_nothing(kind: str) -> None:
    assert kind in lines("matrix.txt")[0]
    assert {cell for row in cells().values() for role, cell in row.items() if role != "second"} == {"own", "any", "-"}


# -- every cell ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reader:
    """Somebody of one kind: the roles they have, and in what."""

    name: str
    client: Client
    person: Person | None = None
    role: str = ""
    of: Organisation | Body | None = None
    second_factor: bool = False


def readers(one: Side) -> list[Reader]:
    """Nobody, and somebody of each kind; roles are those of the first side, each alone."""
    found = [Reader("nobody", client_of(None))]
    plain = person("plain")
    found.append(Reader("person", client_of(plain), plain))
    for role in ("member", "editor", "approver", "administrator"):
        who = person(f"only-{role}")
        Membership.objects.create(organisation=one.organisation, person=who, role=role, begins=now())
        found.append(Reader(role, client_of(who), who, role, one.organisation))
    for post, role in (("chair", "chair"), ("deputy", "deputy"), ("member", "seat"), ("secretary", "secretary")):
        who = seated(one.body, f"only-{role}", post).person or plain
        found.append(Reader(role, client_of(who), who, role, one.body))
    who = keeper("keeper")
    found.append(Reader("keeper", client_of(who), who, "keeper"))
    found.append(Reader("keeper with a second factor", client_of(who, True), who, "keeper", second_factor=True))
    Authenticator.objects.bulk_create(
        Authenticator(user=one.person, type="totp", data={}) for one in found[:-2] if one.person is not None
    )  # so that everybody can be asked for it again; the keeper has it already
    return found


def expected(action: str, reader: Reader, owner: Any) -> bool:
    """What the matrix says."""
    row = cells()[action]
    roles = {"anyone": True}
    if reader.person is not None:
        roles["person"] = owner == reader.person
    if reader.role:
        of_owner = owner.organisation if isinstance(owner, Body) and isinstance(reader.of, Organisation) else owner
        roles[reader.role] = owner == reader.person or (reader.of is not None and reader.of == of_owner)
    so = any(row[role] == "any" or (row[role] == "own" and own) for role, own in roles.items())
    return so and (row["second"] == "no" or reader.second_factor)


def refused(method: str, response: HttpResponse) -> bool:
    """Whether an answer is a refusal: who only reads is led to where they can sign in."""
    to_sign_in = response.status_code == 302 and "/account/sign-in?" in response.headers["Location"]
    return response.status_code == 403 or (method == "GET" and to_sign_in)


def asked_at(name: str, one: URLPattern, things: Side) -> tuple[str, Any]:
    """The address of a thing of a side, and whose it is."""
    arguments = [argument for argument in one.pattern.converters if argument != "lang"]
    given: dict[str, Any] = {}
    for argument in arguments:
        key = argument if argument in things.names else f"{name} {argument}"
        if key not in things.names:
            raise LookupError(f"sides.py has no thing for “{argument}” of the address {name}")
        given[argument] = things.names[key]
    owner_key = next((key for key in (name, *arguments) if key in things.owners), None)
    assert bool(arguments) == (owner_key is not None), name
    lang = {"lang": "en"} if takes_language(name) else {}
    owner = things.owners[owner_key] if owner_key else READER
    return reverse(name, kwargs={**lang, **given}), owner


def takes_language(name: str) -> bool:
    """Whether an address is given its language as an argument; accounts take the one that is spoken, the API has none."""
    return not name.startswith(("account", "mfa", "socialaccount", "usersessions", "openid", "api:"))


@pytest.mark.django_db
def test_every_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "render", lambda *_, status, **__: HttpResponse(status=status))  # who may, not how it looks
    sides = [side("alpha"), side("beta")]
    holes, asked = [], 0
    for reader in readers(sides[0]):
        for name, one in patterns():
            for method, action in table()[name].items():
                if action in FREE:
                    continue
                for things in sides:
                    try:
                        address, owner = asked_at(name, one, things)
                    except LookupError as lacking:
                        holes.append(str(lacking))
                        continue
                    wanted = expected(action, reader, reader.person if owner == READER else owner)
                    asked += 1
                    response = request(reader.client, method, address)
                    if refused(method, response) == wanted:
                        holes.append(f"{reader.name} {method} {address}: {response.status_code}, may{'' if wanted else ' not'}")
                    if owner == READER:
                        break
    assert not holes, "\n".join(sorted(set(holes)))
    assert asked > 500


def request(client: Client, method: str, address: str) -> HttpResponse:
    """What is answered; nothing of it stays."""
    with transaction.atomic():
        response: HttpResponse = client.generic(method, address, **POSTED if method == "POST" else {})  # type: ignore[assignment]
        transaction.set_rollback(True)
    return response


POSTED: dict[str, Any] = {"data": b"", "content_type": "application/x-www-form-urlencoded"}


@pytest.mark.django_db
def test_a_method_that_the_table_does_not_have_reaches_no_view_that_is_not_free() -> None:
    founder = client_of(person("founder"))
    for name, methods in table().items():
        if FREE.isdisjoint(methods.values()) and "POST" not in methods and name in {"desk", "person", "account"}:
            address = reverse(name, args=["en"]) if name != "account" else reverse(name)
            assert founder.post(address).status_code == 405
            assert founder.put(address).status_code == 405


@pytest.mark.django_db
def test_an_address_that_is_not_in_the_table_answers_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    known = access.matrix()
    fewer = {key: action for key, action in known.addresses.items() if key[0] != "about-house"}
    monkeypatch.setattr(access.guard, "matrix", lambda: access.Matrix(known.rows, fewer))
    assert client_of(keeper("keeper"), True).get("/en/about/this-house").status_code == 403


@pytest.mark.django_db
def test_a_role_that_has_ended_and_a_term_that_is_over_open_nothing() -> None:
    one = side("alpha")
    who = person("former")
    held = Membership.objects.create(organisation=one.organisation, person=who, role="administrator", begins=now(), ends=now())
    assert not access.may(who, "organisation.read", one.organisation)
    held.ends = None
    held.save()
    assert access.may(who, "organisation.invite", one.organisation)
    seat = seated(one.body, "chair", "chair")
    assert seat.person is not None
    assert access.may(seat.person, "body.read", one.body)
    seat.ends = seat.begins - timedelta(days=1)
    seat.save()
    assert not access.may(seat.person, "body.read", one.body)


@pytest.mark.django_db
def test_what_is_remembered_for_a_page_lets_nobody_act() -> None:
    one = side("alpha")
    who = person("former")
    held = Membership.objects.create(organisation=one.organisation, person=who, role="administrator", begins=now())
    access.roles.remember(who)
    held.delete()
    assert "organisation.invite" in access.rights(who, one.organisation)
    assert not access.may(who, "organisation.invite", one.organisation)
    with pytest.raises(access.AccessError):
        access.require(who, "organisation.invite", one.organisation)


@pytest.mark.django_db
def test_an_account_that_is_closed_may_nothing() -> None:
    one = side("alpha")
    founder = person("founder-alpha")
    founder.is_active = False
    assert not access.may(founder, "organisation.edit", one.organisation)
    assert not access.may(founder, "organisation.found")
