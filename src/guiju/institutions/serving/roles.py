"""What each process of the group does. Each reads its settings from the environment that ``serve`` has set."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

PAUSE: Final = 0.5
"""Seconds between two looks of the sequencer at the outbox and at the record: a checkpoint is there within two."""


def web() -> None:
    """Answer requests: granian with one or two processes and some threads each."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    Granian(
        target="guiju.institutions.serving.warm:application",
        address=os.environ["GUIJU_ADDRESS"],
        port=int(os.environ["GUIJU_PORT"]),
        interface=Interfaces.ASGINL,
        workers=min(2, os.cpu_count() or 1),
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        http1_settings=HTTP1Settings(header_read_timeout=15000),
        process_name=None,
    ).serve()


def worker() -> None:
    """Do the tasks that stand in the database, until told to end."""
    import django

    django.setup()
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    from guiju.institutions.hall.tasks import discover

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # being told to end is no warning
    discover()
    found = Worker(
        queue_names=["*"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    found.configure_signals()
    found.run()


def sequencer() -> None:
    """Give entries of the outbox their places and those of the record theirs, and do the duties, until told to end."""
    import django

    django.setup()
    from django.db import close_old_connections

    from guiju.institutions.hall.outbox import sequence
    from guiju.institutions.hall.tasks import discover, do_duties

    ending = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: ending.set())
    discover()
    record = _Record(ending)
    record.start()
    while not ending.is_set():
        close_old_connections()
        while sequence() and not ending.is_set():
            pass
        do_duties(time.monotonic())
        ending.wait(PAUSE)
    record.join()
    if record.failed:
        sys.exit(1)  # the group starts the process again


class _Record(threading.Thread):
    """Carries the record on: beside the duties, so that none of them keeps a checkpoint waiting."""

    def __init__(self, ending: threading.Event) -> None:
        super().__init__(name="record", daemon=True)
        self.ending = ending
        self.failed = False

    def run(self) -> None:
        """Integrate what waits, until told to end."""
        from django.db import close_old_connections, connection

        from guiju.institutions.notary.log import integrate, own_key

        try:
            key = own_key()
            while not self.ending.is_set():
                close_old_connections()
                while integrate(key) and not self.ending.is_set():
                    pass
                self.ending.wait(PAUSE)
        except Exception:  # whatever it is, it is told, and the process does not go on without its record
            logging.getLogger(__name__).exception("The record cannot be carried on")
            self.failed = True
            self.ending.set()
        finally:
            connection.close()


ROLES: Final[dict[str, Callable[[], None]]] = {"web": web, "worker": worker, "sequencer": sequencer}


def end_with_parent() -> None:
    """End this process when the one that started it is gone: its end of the pipe on our input is then closed."""

    def watch() -> None:
        while os.read(0, 64):  # nothing is ever sent
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
