"""Who reacts to what happened.

An app writes its reactions in its module ``reactions``::

    @on("check.saved")
    def tell_followers(entry: Outbox) -> None: ...
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from guiju.institutions.hall.models import Outbox

Reaction = Callable[[Outbox], object]

_reactions: dict[str, dict[str, Reaction]] = defaultdict(dict)


def on(kind: str) -> Callable[[Reaction], Reaction]:
    """Register what is done about entries of a kind. It may be called twice with the same entry."""

    def registered(reaction: Reaction) -> Reaction:
        _reactions[kind][name_of(reaction)] = reaction
        return reaction

    return registered


def name_of(function: Callable[..., object]) -> str:
    """The name by which a function is found again in another process."""
    return f"{function.__module__}.{function.__qualname__}"


def names_for(kind: str) -> list[str]:
    """The names of the reactions to entries of a kind."""
    return sorted(_reactions[kind])


def reaction_named(kind: str, name: str) -> Reaction | None:
    """A registered reaction; None where this version has it no longer."""
    return _reactions[kind].get(name)
