"""Where a norm says that it stands: its pinpoint and its id as places of the outline."""

from __future__ import annotations

from guiju.norms import Norm
from guiju.norms.provisions import pinpointed, places_of_id
from guiju.norms.statutes import Outline


def id_elsewhere(norm: Norm, outline: Outline) -> bool:
    """Whether a norm's id says another place than its pinpoint; a duty that a right gives has the right's id."""
    meant = {unit for place in places_of_id(norm.of_right or norm.id, outline) for unit in outline.units(place)}
    named = {unit for place in pinpointed(norm, outline.numbering) for unit in outline.units(place)}
    return bool(meant and named and not meant & named)
