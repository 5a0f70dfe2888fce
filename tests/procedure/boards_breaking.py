"""What plays that break one guard of these boards alone have in common: a table of them by rules and guard."""

from collections.abc import Callable

from tests.procedure.boards import COMPANY, IRB, Board

Broken = Callable[[Board, bool], list[str]]
"""A play in which a guard is broken, or in which it is met, and what the last step then lacks."""

Plays = dict[tuple[str, str], Broken]


def registry(plays: Plays) -> Callable[..., Callable[[Broken], Broken]]:
    """A mark for plays by the guard they break, of both boards unless some are named, which puts them into a table."""

    def breaks(guard: str, *names: str) -> Callable[[Broken], Broken]:
        def registered(play: Broken) -> Broken:
            for name in names or (IRB, COMPANY):
                assert (name, guard) not in plays
                plays[name, guard] = play
            return play

        return registered

    return breaks
