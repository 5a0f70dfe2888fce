"""What was made is kept in the process as long as it is asked for: the last so many, each under its key."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, ClassVar, Final, TypeVar

SMALL: Final = 1024
"""How much that is small one process keeps: what has changed since, for one."""

T = TypeVar("T")


class Keeping:
    """The last so many of what was made, whoever asks.

    One at a time is made in a process: several at once would end no sooner, and every short page would wait for all of them.
    """

    making: ClassVar = threading.RLock()

    def __init__(self, most: int) -> None:
        self.most = most
        self.found: OrderedDict[Hashable, Any] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under a key, made if it is not."""
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
                return self.found[key]  # type: ignore[no-any-return]  # what ``make`` gave for this key
        with self.making:
            with self.lock:
                if key in self.found:
                    return self.found[key]  # type: ignore[no-any-return]  # made while this one waited
            made = make()
            with self.lock:
                self.found[key] = made
                while len(self.found) > self.most:
                    self.found.popitem(last=False)
        return made

    def held(self, key: Hashable) -> Any:
        """What is kept under a key; None where nothing is."""
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
            return self.found.get(key)

    def put(self, key: Hashable, made: object) -> None:
        """Keep what was made elsewhere, instead of what was kept under the key."""
        with self.lock:
            self.found[key] = made
            self.found.move_to_end(key)
            while len(self.found) > self.most:
                self.found.popitem(last=False)


_small = Keeping(SMALL)


def keep(key: Hashable, make: Callable[[], T]) -> T:
    """Keep what was made under a key, as long as it is asked for: nothing that is as large as a report."""
    return _small.get(key, make)
