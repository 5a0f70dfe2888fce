"""Writers and sequencers at once on a real database: run in a process of its own, where Django is set up for that database."""

import threading
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from guiju.institutions.hall import outbox, reacting
from guiju.institutions.hall.models import Outbox

WRITERS, EACH = 3, 20
seen: list[int] = []


@reacting.on("test.happened")
def note(entry: Outbox) -> None:
    seen.append(entry.pk)


def writes(writer: int) -> None:
    for number in range(EACH):
        with transaction.atomic():
            outbox.tell("test.happened", f"{writer}/{number}", {"number": number})
            transaction.set_rollback(number % 4 == 0)
    connection.close()


def sequences(until: threading.Event) -> None:
    while not until.is_set():
        outbox.sequence()
        until.wait(0.005)
    connection.close()


def main() -> dict[str, Any]:
    call_command("migrate", interactive=False, verbosity=0)
    done = threading.Event()
    both = [threading.Thread(target=sequences, args=(done,)) for _ in range(2)]
    writers = [threading.Thread(target=writes, args=(one,)) for one in range(WRITERS)]
    for one in (*both, *writers):
        one.start()
    for one in writers:
        one.join()
    done.set()
    for one in both:
        one.join()
    while outbox.sequence():
        pass
    tasks = DBTaskResult.objects.count()
    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip
    return {
        "vendor": connection.vendor,
        "places": list(Outbox.objects.order_by("place").values_list("place", flat=True)),
        "tasks": tasks,
        "reacted": len(set(seen)),
        "states": sorted(set(DBTaskResult.objects.values_list("status", flat=True))),
    }
