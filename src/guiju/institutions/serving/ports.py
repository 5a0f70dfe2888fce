"""Addresses to listen on: the port asked for, or the next one that is free."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

from guiju.institutions.serving.problem import ServeError

TRIED: Final = 100
"""Ports that are tried after the one asked for."""

_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # names, bound only when asked for


def shown(host: str) -> str:
    """A host as an address writes it."""
    return f"[{host}]" if ":" in host else host


def address_of(host: str, port: int) -> str:
    """Where a reader on this machine finds the site."""
    return f"http://{shown(_EVERYWHERE.get(host, host))}:{port}/"


def free_port(host: str, port: int) -> int:
    """The port asked for, else the next free one.

    :raises ServeError: if the host is not one of this machine, or no port is free.
    """
    try:
        family, _, _, _, bound = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError):
        raise ServeError("serve.host", got=host) from None
    refused = False
    for one in range(port, min(port + TRIED, 65536)):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as found:
                if os.name != "nt":
                    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                found.bind((bound[0], one))
                found.listen(1)
                return one
        except PermissionError:
            refused = True
        except OSError as problem:
            if one == port and problem.errno != errno.EADDRINUSE:
                raise ServeError("serve.host", got=host) from None
    raise ServeError("serve.port-refused" if refused else "serve.no-port", got=port, last=min(port + TRIED, 65536) - 1)


@contextmanager
def own_port(host: str, port: int) -> Iterator[int]:
    """The port asked for, else the next free one, kept from every other site of this machine until the end.

    That it is free is not enough: the server's sockets share a port (SO_REUSEPORT), so two sites that start at the same
    moment would both listen on it, and each would be sent requests that are for the other.

    :raises ServeError: as :func:`free_port`.
    """
    with ExitStack() as held:
        found = free_port(host, port)
        while not _claimed(found, held):
            found = free_port(host, found + 1)
        yield found


def _claimed(port: int, held: ExitStack) -> bool:
    """Whether the port is ours alone among sites; a name that Linux frees with the process says so to the others."""
    if sys.platform != "linux":
        return True
    try:
        held.enter_context(socket.socket(socket.AF_UNIX)).bind(f"\0guiju-port-{port}")
    except OSError:
        return False
    return True


def names_of_machine() -> list[str]:
    """The names and addresses of this machine, as far as it knows them."""
    name = socket.gethostname()
    found = [name]
    with suppress(OSError, UnicodeError):
        found += [shown(str(one[4][0])) for one in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]
    return found
