"""Letters leave beside the requests, are tried again where they cannot, and are forgotten once they are gone."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from guiju.calendars import now
from guiju.institutions.hall import letters
from guiju.institutions.hall.letters import forget_letters, given_up, send, send_due, write_letter
from guiju.institutions.hall.models import Letter, Outbox
from guiju.institutions.hall.outbox import sequence
from guiju.institutions.hall.post import MailError, Post, Server, server_from
from guiju.institutions.hall.tasks import react

TO = "li@example.org"


@pytest.fixture
def letter(db: None) -> Letter:
    with transaction.atomic():
        return write_letter(TO, "A\nsubject", "Some words.", "en", [("due.ics", "text/calendar", b"BEGIN:VCALENDAR")])


@pytest.mark.django_db(transaction=True)
def test_a_letter_belongs_to_an_act() -> None:
    with pytest.raises(RuntimeError):
        write_letter(TO, "A subject", "Some words.", "en")


def test_the_outbox_tells_of_a_letter_without_its_address(letter: Letter) -> None:
    told = Outbox.objects.get()
    assert (told.kind, told.about, told.payload) == ("letter.written", str(letter.pk), {})
    assert not mail.outbox  # nothing is sent meanwhile


def test_a_reaction_sends_it_and_what_it_said_is_forgotten(letter: Letter) -> None:
    assert sequence() == 1
    given = DBTaskResult.objects.get().args_kwargs
    assert react.func(*given["args"])
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([TO], "A subject", "Some words.")
    assert sent.extra_headers == {"Content-Language": "en", "Auto-Submitted": "auto-generated"}
    assert sent.attachments[0].filename == "due.ics"
    letter.refresh_from_db()
    assert (letter.to, letter.subject, letter.body, letter.attachments, letter.due) == ("", "", "", [], None)
    assert letter.sent is not None
    assert not send(letter.pk)  # a reaction may run twice
    assert len(mail.outbox) == 1


class Broken:
    """A server that is not there."""

    def send_messages(self, _given: object) -> int:
        raise ConnectionRefusedError(f"nobody there for {TO}")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "get_connection", Broken)


def test_a_letter_that_cannot_be_sent_is_tried_with_growing_pauses(
    letter: Letter, broken: None, caplog: pytest.LogCaptureFixture
) -> None:
    pauses = []
    for _ in range(11):
        Letter.objects.update(due=now())
        assert not send(letter.pk)
        assert not send(letter.pk)  # not before the pause is over
        letter.refresh_from_db()
        assert letter.due is not None
        pauses.append(round((letter.due - now()).total_seconds() / 60))
    assert pauses[:8] == [1, 2, 4, 8, 16, 32, 64, 128]
    assert pauses[8:] == [240, 240, 240]
    assert letter.to == TO
    assert TO not in caplog.text


def test_after_a_day_it_is_given_up_where_it_can_be_seen(letter: Letter, broken: None, caplog: pytest.LogCaptureFixture) -> None:
    Letter.objects.update(created=now() - timedelta(days=1), due=now())
    assert send_due() == 0
    letter.refresh_from_db()
    assert (letter.to, letter.body, letter.due, letter.sent) == ("", "", None, None)
    assert given_up() == 1
    told = Outbox.objects.get(kind="letter.given-up")
    assert told.payload == {"why": "ConnectionRefusedError", "tried": 1}
    assert "was given up" in caplog.text
    assert TO not in caplog.text


def test_the_duty_sends_what_waits(letter: Letter) -> None:
    Letter.objects.update(created=now() - timedelta(minutes=5))
    assert send_due() == 1
    assert len(mail.outbox) == 1
    assert given_up() == 0
    assert forget_letters() == 0
    Letter.objects.update(created=now() - timedelta(days=31))
    assert forget_letters() == 1


def test_a_letter_that_waits_is_not_forgotten(letter: Letter) -> None:
    Letter.objects.update(created=now() - timedelta(days=31))
    assert forget_letters() == 0


def test_without_a_server_letters_are_files_for_the_owner_alone(tmp_path: Path, settings: Any) -> None:
    settings.HOME, settings.MAIL = tmp_path, ""
    assert Post().send_messages([EmailMessage("验证码", "您好", "desk@example.org", [TO])]) == 1
    (file,) = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700
    assert file.stat().st_mode & 0o777 == 0o600
    kept = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (kept["To"], kept["Subject"], kept.get_content().strip()) == (TO, "验证码", "您好")


class Taking(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as it takes to be given a letter."""

    def handle(self) -> None:
        lines: list[str] = self.server.lines  # type: ignore[attr-defined]
        self.wfile.write(b"220 here\r\n")
        data = False
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            lines.append(line)
            if data:
                data = line != "."
                if not data:
                    self.wfile.write(b"250 taken\r\n")
                continue
            data = line == "data"
            self.wfile.write(b"354 go on\r\n" if data else b"221 bye\r\n" if line == "quit" else b"250 well\r\n")


@pytest.fixture
def server() -> Iterator[socketserver.TCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Taking) as made:
        made.daemon_threads = True
        made.lines = []  # type: ignore[attr-defined]
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made
        made.shutdown()


def test_with_a_server_letters_go_there(server: socketserver.TCPServer, settings: Any) -> None:
    settings.MAIL = f"smtp://127.0.0.1:{server.server_address[1]}?from=desk@example.org&tls=none"
    assert Post().send_messages([EmailMessage("A subject", "Some words.", to=[TO])]) == 1
    lines = server.lines  # type: ignore[attr-defined]
    assert "mail FROM:<desk@example.org>" in " ".join(lines)
    assert f"rcpt TO:<{TO}>" in lines
    assert "From: desk@example.org" in lines
    assert "Some words." in lines


def test_the_address_of_a_server_says_all_that_is_needed() -> None:
    whole = server_from("smtp://post%40desk:p%3Aw@mail.example.org?from=desk@example.org")
    assert whole == Server("mail.example.org", 587, "post@desk", "p:w", "starttls", "desk@example.org")
    assert server_from("") is None
    secured = server_from("smtp://mail.example.org?from=desk@example.org&tls=tls")
    assert secured is not None
    assert secured.port == 465


@pytest.mark.parametrize(
    ("mistake", "code"),
    [
        ("mail.example.org", "letters.no-address"),
        ("http://mail.example.org?from=a@b.c", "letters.no-address"),
        ("smtp://mail.example.org:port?from=a@b.c", "letters.no-address"),
        ("smtp://mail.example.org?from=a@b.c&password=secret", "letters.no-address"),
        ("smtp://user:secret@mail.example.org", "letters.no-sender"),
        ("smtp://mail.example.org?from=a@b.c&tls=some", "letters.no-security"),
    ],
)
def test_what_names_no_server(mistake: str, code: str) -> None:
    with pytest.raises(MailError) as found:
        server_from(mistake)
    assert found.value.code == code
    assert "secret" not in found.value.message("en") + found.value.hint("en")
