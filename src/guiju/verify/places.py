"""Where a norm says that it stands: its pinpoint and its id as places of the outline."""

from __future__ import annotations

from guiju.norms import Norm
from guiju.norms.provisions import local, pinpointed
from guiju.norms.statutes import Outline, Place


def places_of_id(identifier: str, outline: Outline) -> tuple[Place, ...]:
    """The places an id can mean: ``24.1`` is the first paragraph of Article 24, or its first item where that is all it has.

    Ids are names and not addresses; both ways are in use, so both are given where both exist. Ids without a number give none.
    """
    article, *below = local(identifier).split("#")[0].split(".")
    numbers = [int(one) for one in below if one.isdigit()]
    if len(numbers) != len(below) or not (article.replace("-", "").isdigit() or article.startswith("annex")):
        return ()
    meant = [Place(article, *numbers)] if len(numbers) <= 3 else []
    if len(numbers) in (1, 2):
        meant.append(Place(article, None, *numbers))
    return tuple(place for place in meant if outline.units(place))


def id_elsewhere(norm: Norm, outline: Outline) -> bool:
    """Whether a norm's id says another place than its pinpoint; a duty that a right gives has the right's id."""
    meant = {unit for place in places_of_id(norm.of_right or norm.id, outline) for unit in outline.units(place)}
    named = {unit for place in pinpointed(norm) for unit in outline.units(place)}
    return bool(meant and named and not meant & named)
