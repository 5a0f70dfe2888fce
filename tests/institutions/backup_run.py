"""A site backed up while it is written to, wiped, and put back: run in a process of its own, on a real database."""

import json
import os
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, transaction

from guiju import record
from guiju.institutions.hall.acts import act, act_of_receipt, erase_private, own_sql
from guiju.institutions.hall.models import Outbox
from guiju.institutions.notary import log
from guiju.institutions.notary.looking_through import look_through
from guiju.institutions.people.models import Organisation, Person
from guiju.institutions.serving.backup import backup
from guiju.institutions.serving.home import prepare_home
from guiju.institutions.serving.restoring import restore

HOME = Path(settings.HOME)
URL = os.environ.get("GUIJU_DATABASE_URL", "")
WRITERS, EACH = 2, 25


def writes(writer: int, receipts: list[str]) -> None:
    for number in range(EACH):
        with transaction.atomic():
            given = act("test.done", f"thing:{writer}", public={"number": number}, private={"said": f"私 {writer}/{number}"})
        receipts.append(given.number)
    connection.close()


def integrates(until: threading.Event) -> None:
    key = log.own_key()
    while not until.is_set():
        log.integrate(key)
        until.wait(0.01)
    connection.close()


def people() -> None:
    """Rows of each kind of value."""
    hashed = make_password("long enough to be one")
    person = Person.objects.create(email="li@chengzhou.example", password=hashed, name="李 娜")
    Organisation.objects.create(handle="acme", name={"zh": "澄", "en": "Clear"}, created=person.created)


def proofs() -> list[dict[str, Any]]:
    size = record.checkpoint_size(own_sql()) or 0
    return [record.bundle_for(own_sql(), position, lambda name: name == "act") for position in range(size)]


def stands() -> dict[str, Any]:
    """What a site shows of itself."""
    findings, size = look_through()
    return {
        "findings": [one.id for one in findings],
        "size": size,
        "checkpoint": record.checkpoint_note(own_sql()),
        "tile": record.tile_bytes(own_sql(), f"tile/0/000.p/{size}").hex(),
        "proofs": proofs(),
        "people": list(Person.objects.values_list("public_id", "email", "name", "password")),
        "organisations": [[one.handle, one.name, one.created.isoformat()] for one in Organisation.objects.all()],
        "acts": [[one.pk, one.kind, one.receipt, one.created.isoformat()] for one in Outbox.objects.order_by("pk")],
    }


def quiet(_: str) -> None:
    """Nobody listens."""


def goes_on() -> bool:
    """Whether new acts find their place after what was put back."""
    with transaction.atomic():
        given = act("test.done", "thing:after")
    size = log.integrate(log.own_key())
    found = act_of_receipt(given.number)
    return found is not None and size == (record.checkpoint_size(own_sql()) or 0) and not look_through()[0]


def main() -> dict[str, Any]:
    prepare_home(HOME)
    call_command("migrate", interactive=False, verbosity=0)
    log.begin("test.example/log")
    people()
    receipts: list[str] = []
    done = threading.Event()
    integrating = threading.Thread(target=integrates, args=(done,))
    writers = [threading.Thread(target=writes, args=(one, receipts)) for one in range(WRITERS)]
    for one in (integrating, *writers):
        one.start()
    while len(receipts) < EACH // 2 or not record.checkpoint_size(own_sql()):
        done.wait(0.01)
    backup(HOME / "meanwhile.zip", URL, HOME)
    for one in writers:
        one.join()
    done.set()
    integrating.join()
    erased = act_of_receipt(receipts[0])
    assert erased is not None
    erase_private(erased, "asked")
    while log.integrate(log.own_key()):
        pass
    before = stands()
    backup(HOME / "after.zip", URL, HOME, with_keys=True)
    found: dict[str, Any] = {"vendor": connection.vendor}
    restored = restore(HOME / "meanwhile.zip", URL, HOME, force=True, note=quiet)
    found["meanwhile"] = {
        "findings": [one.id for one in restored.findings],
        "lost": 0 < restored.size < before["size"],
        "seen": [one.id for one in look_through([before["checkpoint"]])[0]],
    }
    restored = restore(HOME / "after.zip", URL, HOME, force=True, note=quiet)
    after = stands()
    found["after"] = {"findings": [one.id for one in restored.findings], "same": after == before, "lacking": restored.lacking}
    found["goes_on"] = goes_on()
    if other := os.environ.get("GUIJU_TEST_OTHER"):
        found["across"] = across(Path(other))
    (HOME / "stands.json").write_text(json.dumps(before), encoding="utf-8")
    return found


def across(other: Path) -> dict[str, Any]:
    """The backup of the other database's site put in here."""
    restore(other / "after.zip", URL, HOME, force=True, note=quiet)
    now, then = json.loads(json.dumps(stands())), json.loads((other / "stands.json").read_text(encoding="utf-8"))
    return {"same": now == then, "differs": [key for key in then if now[key] != then[key]], "goes_on": goes_on()}
