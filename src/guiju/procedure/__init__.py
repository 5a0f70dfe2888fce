"""Rules of procedure as running data: who may take which step when, what it lacks, and what came of everything that was done."""

from guiju.procedure.composition import defects
from guiju.procedure.editions import Difference, Edition, differences, lost, short
from guiju.procedure.errors import ProcedureError, StepRefusedError
from guiju.procedure.facts import known
from guiju.procedure.given import AGAINST, AGREES
from guiju.procedure.limits import running
from guiju.procedure.meeting import in_room
from guiju.procedure.offering import Offer, offers
from guiju.procedure.organising import ADOPTED, begin
from guiju.procedure.playing import APPLY, lacking, replay, take
from guiju.procedure.reading import builtin_rules, editions_of, read_rules, rules_named
from guiju.procedure.roles import EXPERT, day_of
from guiju.procedure.rules import Basis, Category, Guard, Lack, Limit, Parameter, Plain, Rules, Step
from guiju.procedure.standing import MEETING, Act, Ballot, Case, Seat, Sitting, Standing
from guiju.procedure.timing import Running

__all__ = [
    "ADOPTED",
    "AGAINST",
    "AGREES",
    "APPLY",
    "EXPERT",
    "MEETING",
    "Act",
    "Ballot",
    "Basis",
    "Case",
    "Category",
    "Difference",
    "Edition",
    "Guard",
    "Lack",
    "Limit",
    "Offer",
    "Parameter",
    "Plain",
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
    "differences",
    "editions_of",
    "in_room",
    "known",
    "lacking",
    "lost",
    "offers",
    "read_rules",
    "replay",
    "rules_named",
    "running",
    "short",
    "take",
]
