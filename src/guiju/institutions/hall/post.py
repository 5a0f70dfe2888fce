"""How letters leave the house: by the server that ``GUIJU_MAIL`` names, or, where none is named, as files in the home folder."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from guiju.calendars import now
from guiju.wording import GuijuError

PATIENCE: Final = 20
"""Seconds that a server may take to answer."""

NAME: Final = "GUIJU_MAIL"

FOLDER: Final = "mail"
"""The folder of letters in the home, where no server is named."""

_SECURITY: Final = {"starttls": 587, "tls": 465, "none": 25}
"""How the connection is secured, with the port that is usual for it."""


class MailError(GuijuError):
    """``GUIJU_MAIL`` that names no server."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that takes letters (RFC 5321), and the address they come from."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str


def server_from(words: str) -> Server | None:
    """What ``smtp://user:password@host:587?from=desk@example.org&tls=starttls`` says; None for nothing.

    ``tls`` is starttls (if left out), tls (from the first byte), or none. Nothing of the address is shown in errors: it may hold
    a password.

    :raises MailError: for anything else.
    """
    if not words:
        return None
    try:
        parts = urlsplit(words)
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
        port = parts.port
    except ValueError:
        raise MailError("letters.no-address", name=NAME) from None
    if parts.scheme != "smtp" or not parts.hostname or not asked.keys() <= {"from", "tls"}:
        raise MailError("letters.no-address", name=NAME)
    sender, security = asked.get("from", [""])[0], asked.get("tls", ["starttls"])[0]
    if "@" not in sender:
        raise MailError("letters.no-sender", name=NAME)
    if security not in _SECURITY:
        raise MailError("letters.no-security", name=NAME, got=security, known=sorted(_SECURITY))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, port or _SECURITY[security], user, password, security, sender)


def has_server() -> bool:
    """Whether letters leave this machine."""
    return server_from(settings.MAIL) is not None


class Post(BaseEmailBackend):
    """Django's way to send letters: to the server, or into the folder."""

    def __init__(self, fail_silently: bool = False, **_more: Any) -> None:
        super().__init__(fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send them; how many."""
        server = server_from(settings.MAIL)
        if server is None:
            for one in email_messages:
                _into_folder(one)
            return len(email_messages)
        for one in email_messages:
            one.from_email = server.sender
        way = EmailBackend(
            host=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            timeout=PATIENCE,
            use_tls=server.security == "starttls",
            use_ssl=server.security == "tls",
        )
        return way.send_messages(email_messages) or 0


def _into_folder(letter: EmailMessage) -> None:
    """Written whole or not at all, for the owner of the site alone."""
    folder = Path(settings.HOME) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    place = folder / f"{now():%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.eml"
    draft = place.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(letter.message().as_bytes())
    draft.rename(place)
