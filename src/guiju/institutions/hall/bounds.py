"""How large a subject may be on the site: an answer takes longer the more there is in it, and others wait meanwhile.

The command line has no such bounds: there everybody waits for themselves.
"""

from __future__ import annotations

from typing import Final

from guiju.subjects import Dossier
from guiju.wording import GuijuError

MOST_OBJECTS: Final = 40
"""Objects of one dossier, of whatever kind."""

MOST_SIDE_BY_SIDE: Final = 12
"""Purposes and parties together: every rule is asked for each, so time grows with the square of their number."""

LONGEST_NAME: Final = 200
"""Characters of what something is called."""

_SIDE_BY_SIDE: Final = ("purpose", "party")


class TooMuchError(GuijuError):
    """A subject beyond what is answered here at once."""

    status = 413


def bounded(dossier: Dossier) -> Dossier:
    """The same dossier.

    :raises TooMuchError: where it is beyond a bound; the message names the bound and what to do.
    """
    things = dossier.world.things
    if len(things) > MOST_OBJECTS:
        raise TooMuchError("bounds.objects", got=len(things), most=MOST_OBJECTS)
    beside = sum(not one.anonymous and one.kind in _SIDE_BY_SIDE for one in things)
    if beside > MOST_SIDE_BY_SIDE:
        raise TooMuchError("bounds.side-by-side", got=beside, most=MOST_SIDE_BY_SIDE)
    longest = max((len(words) for one in things for words in one.label.values()), default=0)
    if longest > LONGEST_NAME:
        raise TooMuchError("bounds.name", got=longest, most=LONGEST_NAME)
    return dossier
