"""What plays that break one guard alone have in common: a table of them by guard, and what a body lacks."""

from collections.abc import Callable

from tests.procedure.committee import Play

from guiju.procedure import day_of, defects

Broken = Callable[[Play, bool], list[str]]
"""A play in which a guard is broken, or in which it is met, and what the last step then lacks."""

Plays = dict[str, Broken]


def registry(plays: Plays) -> Callable[[str], Callable[[Broken], Broken]]:
    """A mark for plays by the guard they break, which puts them into a table."""

    def breaks(guard: str) -> Callable[[Broken], Broken]:
        def registered(play: Broken) -> Broken:
            assert guard not in plays
            plays[guard] = play
            return play

        return registered

    return breaks


def body_lacks(play: Play) -> list[str]:
    """What the body lacks as it now stands."""
    return [one.guard for one in defects(play.rules, play.standing, day_of(play.rules, play.at))]
