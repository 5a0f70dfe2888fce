"""What each process of the group does. Each reads its settings from the environment that ``serve`` has set."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Final

PAUSE: Final = 0.5
"""Seconds between two looks of the sequencer at the outbox."""


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
    import logging

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
    """Give entries of the outbox their places, and do the duties that come round, until told to end."""
    import django

    django.setup()
    from django.db import close_old_connections

    from guiju.institutions.hall.outbox import sequence
    from guiju.institutions.hall.tasks import discover, do_duties

    ending = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: ending.set())
    discover()
    while not ending.is_set():
        close_old_connections()
        while sequence() and not ending.is_set():
            pass
        do_duties(time.monotonic())
        ending.wait(PAUSE)


ROLES: Final[dict[str, Callable[[], None]]] = {"web": web, "worker": worker, "sequencer": sequencer}


def end_with_parent() -> None:
    """End this process when the one that started it is gone: its end of the pipe on our input is then closed."""

    def watch() -> None:
        while os.read(0, 64):  # nothing is ever sent
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
