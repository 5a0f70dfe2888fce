"""A filled form put into its dossier, answer by answer: what cannot be taken is told, the rest stands."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.norms.vocabulary import Vocabulary
from guiju.subjects.answers import Answer, with_answers, with_asked
from guiju.subjects.dossier import Dossier
from guiju.subjects.errors import DossierError, Notice, cause, remedy
from guiju.subjects.forms import Form


@dataclass(frozen=True, slots=True)
class Filled:
    """The dossier with the answers, how many were taken, and what was not."""

    dossier: Dossier
    taken: int
    notices: tuple[Notice, ...]


def fill_in(dossier: Dossier, form: Form, vocabulary: Vocabulary) -> Filled:
    """The dossier with the answers of a form; lists come first, since other answers may speak of their rows."""
    notices = list(form.notices)
    taken = 0
    for answer in sorted(form.answers, key=lambda one: vocabulary.declared[one.name].kind != "relation"):
        try:
            dossier = with_answers(dossier, [answer], vocabulary)
            taken += 1
        except DossierError as problem:
            notices.append(_refused(answer, problem))
    return Filled(with_asked(dossier, form.asked), taken, tuple(notices))


def _refused(answer: Answer, problem: DossierError) -> Notice:
    return Notice("form.answer-refused", answer.place, {"cause": cause(problem), "remedy": remedy(problem)})
