"""AI systems, models, services, organisations and bodies: what is known of them, by whom, since when.

Dossiers (YAML or JSON) and model cards become the graph of objects that the rules are evaluated on. Nothing is guessed:
what is not said is unknown, what is doubtful is refused with what to write instead, and a card only proposes.
"""

from guiju.subjects.answers import Answer, with_answers, with_asked
from guiju.subjects.beside import Asked, Proposal, Version
from guiju.subjects.cards import card_from, is_card, read_card, read_subject
from guiju.subjects.changes import Change, apply_changes, diff
from guiju.subjects.content import content_of, dumps, written
from guiju.subjects.decisions import bare, decide, next_version, value_of
from guiju.subjects.dossier import Dossier, dossier_from, read_dossier
from guiju.subjects.errors import DossierError, Notice
from guiju.subjects.filling import Filled, fill_in
from guiju.subjects.forms import Form, form_csv, form_of, read_form
from guiju.subjects.merging import Conflict, Merged, merge
from guiju.subjects.saying import change_words, conflict_words
from guiju.subjects.table_mapping import TableMapping, mapping_from, read_mapping
from guiju.subjects.tables import Table, read_table
from guiju.subjects.writing import dossier_data, write_dossier

__all__ = [
    "Answer",
    "Asked",
    "Change",
    "Conflict",
    "Dossier",
    "DossierError",
    "Filled",
    "Form",
    "Merged",
    "Notice",
    "Proposal",
    "Table",
    "TableMapping",
    "Version",
    "apply_changes",
    "bare",
    "card_from",
    "change_words",
    "conflict_words",
    "content_of",
    "decide",
    "diff",
    "dossier_data",
    "dossier_from",
    "dumps",
    "fill_in",
    "form_csv",
    "form_of",
    "is_card",
    "mapping_from",
    "merge",
    "next_version",
    "read_card",
    "read_dossier",
    "read_form",
    "read_mapping",
    "read_subject",
    "read_table",
    "value_of",
    "with_answers",
    "with_asked",
    "write_dossier",
    "written",
]
