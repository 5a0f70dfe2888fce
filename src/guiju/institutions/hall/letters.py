"""Letters: written in the act's own transaction, sent beside the requests, and forgotten once they are sent.

``write_letter(to, subject, body, lang)`` tells the outbox "letter.written" about the letter's id, without its address; a reaction
sends it by :mod:`.post`. What fails is tried again with growing pauses and given up after a day: then the log and the outbox
("letter.given-up") say so. What was sent or given up keeps neither address nor words.
"""

from __future__ import annotations

import logging
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException, SMTPResponseException
from typing import Final

from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction

from guiju.calendars import now
from guiju.institutions.hall.models import Letter, Outbox
from guiju.institutions.hall.outbox import tell
from guiju.institutions.hall.reacting import on
from guiju.institutions.hall.tasks import every

log = logging.getLogger(__name__)

Attachment = tuple[str, str, bytes]
"""Name, content type, content."""

FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=4)
GIVEN_UP: Final = timedelta(days=1)
"""How long a letter is tried."""

KEPT: Final = timedelta(days=30)
"""How long it is known that a letter was sent, without to whom."""

_CLAIMED: Final = timedelta(minutes=5)
"""How long a letter that is being sent is left to whoever sends it."""


def write_letter(to: str, subject: str, body: str, lang: str, attachments: Iterable[Attachment] = ()) -> Letter:
    """Write a letter, inside the transaction in which there is reason for it; it is sent once that is committed.

    ``body`` is plain text; ``subject`` one line.

    :raises RuntimeError: outside a transaction, where the act and its letter could part.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("write_letter() belongs inside transaction.atomic()")
    moment = now()
    packed = [[name, kind, b64encode(content).decode("ascii")] for name, kind, content in attachments]
    line = " ".join(subject.split())[:300]
    made = Letter.objects.create(to=to, subject=line, body=body, lang=lang, attachments=packed, created=moment, due=moment)
    tell("letter.written", str(made.pk))
    return made


def send(pk: int) -> bool:
    """Send a letter that is due; False where it is not, or cannot be sent now."""
    moment = now()
    mine = Letter.objects.filter(pk=pk, due__lte=moment).update(due=moment + _CLAIMED)  # nobody else sends it meanwhile
    if not mine:
        return False
    letter = Letter.objects.get(pk=pk)
    try:
        _leave(letter)
    except (OSError, SMTPException, ValueError) as problem:
        _later(letter, problem)
        return False
    letter.sent, letter.tried = now(), letter.tried + 1
    _blank(letter)
    return True


def _leave(letter: Letter) -> None:
    whole = EmailMessage(letter.subject, letter.body, to=[letter.to], headers={"Content-Language": letter.lang})
    whole.extra_headers["Auto-Submitted"] = "auto-generated"
    for name, kind, content in letter.attachments:
        whole.attach(name, b64decode(content), kind)
    get_connection().send_messages([whole])


def _later(letter: Letter, problem: Exception) -> None:
    """Try again after a pause, or give it up; neither address nor words of the letter are logged."""
    moment = now()
    letter.tried += 1
    code = f" {problem.smtp_code}" if isinstance(problem, SMTPResponseException) else ""
    why = f"{type(problem).__name__}{code}"
    if moment - letter.created >= GIVEN_UP:
        log.error("Letter %s was given up after %s attempts: %s", letter.pk, letter.tried, why)
        with transaction.atomic():
            _blank(letter)
            tell("letter.given-up", str(letter.pk), {"why": why, "tried": letter.tried})
        return
    log.warning("Letter %s could not be sent (attempt %s): %s", letter.pk, letter.tried, why)
    letter.due = moment + min(FIRST_PAUSE * 2 ** (letter.tried - 1), LONGEST_PAUSE)
    letter.save(update_fields=["tried", "due"])


def _blank(letter: Letter) -> None:
    letter.to = letter.subject = letter.body = ""
    letter.attachments = []
    letter.due = None
    letter.save()


def take_back(to: str) -> int:
    """Letters to an address that have not left are never sent; how many."""
    waiting = list(Letter.objects.select_for_update().filter(to__iexact=to, due__isnull=False))
    for letter in waiting:
        _blank(letter)
    return len(waiting)


def given_up() -> int:
    """How many letters of the last days never left: whoever runs the site is to know."""
    return Letter.objects.filter(sent=None, due=None).count()


@on("letter.written")
def send_written(entry: Outbox) -> bool:
    """Send the letter that was written."""
    return send(int(entry.about))


@every(minutes=1)
def send_due() -> int:
    """Letters that could not be sent before are tried again; how many left."""
    moment = now()
    waiting = Letter.objects.filter(due__lte=moment, created__lt=moment - FIRST_PAUSE).order_by("due")
    return sum(send(pk) for pk in waiting.values_list("pk", flat=True)[:50])


@every(hours=6)
def forget_letters() -> int:
    """What is left of letters sent or given up long ago is deleted; how many."""
    return Letter.objects.filter(due=None, created__lt=now() - KEPT).delete()[0]
