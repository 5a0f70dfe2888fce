"""Rules of procedure as running data: who may take which step when, what it lacks, and what came of everything that was done."""

from guiju.procedure.composition import defects
from guiju.procedure.errors import ProcedureError, StepRefusedError
from guiju.procedure.limits import Running, running
from guiju.procedure.playing import begin, day_of, lacking, replay, take
from guiju.procedure.reading import builtin_rules, read_rules, rules_named
from guiju.procedure.rules import Basis, Category, Guard, Lack, Limit, Parameter, Rules, Step
from guiju.procedure.standing import Act, Ballot, Case, Seat, Sitting, Standing

__all__ = [
    "Act",
    "Ballot",
    "Basis",
    "Case",
    "Category",
    "Guard",
    "Lack",
    "Limit",
    "Parameter",
    "ProcedureError",
    "Rules",
    "Running",
    "Seat",
    "Sitting",
    "Standing",
    "Step",
    "StepRefusedError",
    "begin",
    "builtin_rules",
    "day_of",
    "defects",
    "lacking",
    "read_rules",
    "replay",
    "rules_named",
    "running",
    "take",
]
