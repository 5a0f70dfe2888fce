"""What stands beside a grade: the names that a scheme shows of the thing that decides it (language, section 10)."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.logic import Value
from guiju.norms.evaluation import Evaluation
from guiju.norms.model import Scheme
from guiju.norms.vocabulary import Declared
from guiju.norms.world import Thing
from guiju.wording import GuijuError


@dataclass(frozen=True, slots=True)
class Detail:
    """One name with what is known of it, read of ``thing`` (None where nothing leads to what it belongs to)."""

    declared: Declared
    thing: Thing | None
    value: Value | None


def details_of(evaluation: Evaluation, scheme: Scheme, thing: Thing) -> list[Detail]:
    """The details of a scheme for one thing; a name that cannot be read of this kind of thing is left out."""
    view = evaluation.view(thing)
    found = []
    for name in scheme.details:
        try:
            holder, declared = view.target(name)
        except GuijuError:
            continue
        found.append(Detail(declared, holder, view.value(name)))
    return found
