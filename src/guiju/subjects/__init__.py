"""AI systems, models, services, organisations and bodies: what is known of them, by whom, since when.

Dossiers (YAML or JSON) and model cards become the graph of objects that the rules are evaluated on. Nothing is guessed:
what is not said is unknown, what is doubtful is refused with what to write instead, and a card only proposes.
"""

from guiju.subjects.cards import card_from, is_card, read_card, read_subject
from guiju.subjects.content import content_of, dumps, written
from guiju.subjects.dossier import Dossier, Proposal, dossier_from, read_dossier
from guiju.subjects.errors import DossierError, Notice

__all__ = [
    "Dossier",
    "DossierError",
    "Notice",
    "Proposal",
    "card_from",
    "content_of",
    "dossier_from",
    "dumps",
    "is_card",
    "read_card",
    "read_dossier",
    "read_subject",
    "written",
]
