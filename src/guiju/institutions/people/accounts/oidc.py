"""Other places to sign in with, by OpenID Connect: those that whoever runs the site names in ``GUIJU_OIDC``.

A JSON list: ``[{"id": "city", "name": {"zh": "...", "en": "..."}, "server": "https://...", "client": "...", "secret": "..."}]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.conf import settings

from guiju.institutions.hall.addresses import current_language
from guiju.institutions.people.accounts.words import AccountError
from guiju.wording import in_language

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp

NAME: Final = "GUIJU_OIDC"
EXAMPLE: Final = '[{"id": "city", "name": "City staff", "server": "https://...", "client": "...", "secret": "..."}]'
FIELDS: Final = ("id", "name", "server", "client", "secret")
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,30}")
_TAKEN: Final = frozenset({"sign-up", "cancelled", "failed"})
"""Ids that stand for pages."""

_OPEN: Final = {"localhost", "127.0.0.1", "::1"}
"""Where a place may be asked without TLS: on this machine."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place whose people can sign in here."""

    id: str
    name: Mapping[str, str]
    server: str
    client: str
    secret: str

    def app(self) -> SocialApp:
        """As allauth knows it: PKCE (RFC 7636) always, the name in the reader's language."""
        from allauth.socialaccount.models import SocialApp

        more = {"server_url": self.server, "oauth_pkce_enabled": True}
        return SocialApp(
            provider="openid_connect",
            provider_id=self.id,
            name=in_language(self.name, current_language()),
            client_id=self.client,
            secret=self.secret,
            settings=more,
        )


def places() -> list[Place]:
    """Those of this site."""
    return places_from(settings.OIDC)


def places_from(words: str) -> list[Place]:
    """Those that a text names; nothing of a secret is shown in errors.

    :raises AccountError: where it cannot be understood.
    """
    if not words:
        return []
    try:
        listed = json.loads(words)
    except ValueError:
        raise AccountError("accounts.oidc-no-json", name=NAME, example=EXAMPLE) from None
    if not isinstance(listed, list):
        raise AccountError("accounts.oidc-no-json", name=NAME, example=EXAMPLE)
    found = [_place(one, number) for number, one in enumerate(listed, 1)]
    if len({one.id for one in found}) < len(found):
        raise AccountError("accounts.oidc-twice", name=NAME)
    return found


def _place(one: Any, number: int) -> Place:
    given: dict[str, Any] = one if isinstance(one, dict) else {}
    missing = [field for field in FIELDS if not given.get(field)]
    if missing:
        raise AccountError("accounts.oidc-missing", name=NAME, number=number, missing=missing, fields=list(FIELDS))
    name = given["name"] if isinstance(given["name"], dict) else {"zh": given["name"], "en": given["name"]}
    server = str(given["server"])
    parts = urlsplit(server)
    if not _ID.fullmatch(str(given["id"])) or given["id"] in _TAKEN:
        raise AccountError("accounts.oidc-id", name=NAME, got=given["id"])
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _OPEN):
        raise AccountError("accounts.oidc-server", name=NAME, got=server)
    return Place(str(given["id"]), name, server.rstrip("/"), str(given["client"]), str(given["secret"]))
