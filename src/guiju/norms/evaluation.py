"""A world under a program, whole: terms and scope (``terms``), and what conditions ask of other norms' status and fulfilment."""

from __future__ import annotations

from functools import cached_property

from guiju.logic import Truth, all_of, any_of
from guiju.norms.asking import state_asked
from guiju.norms.clocks import run_out
from guiju.norms.model import Norm
from guiju.norms.terms import TEXT, Mode, Terms, is_party_norm
from guiju.norms.timing import reached, timing
from guiju.norms.views import View
from guiju.norms.world import Thing

__all__ = ["TEXT", "Evaluation", "Mode", "View", "is_party_norm"]


class Evaluation(Terms):
    """One world under one program, in a mode."""

    @cached_property
    def _answers(self) -> dict[tuple[str, str, int, int], Truth]:
        return {}

    def begun(self, norm: Norm, thing: Thing) -> Truth:
        """Whether a norm's own provision has begun to apply to a thing (or has been put off only for it)."""
        timed = timing(self, norm, thing)
        if timed.status == "upcoming":
            return Truth.FALSE
        open_day = timed.status == "unknown" and (timed.start is None or reached(self.program.on, timed.start) is Truth.UNKNOWN)
        return Truth.UNKNOWN if open_day else Truth.TRUE

    def stood_still(self, norm: Norm, thing: Thing) -> Truth:
        """Whether the standstill of a status norm has run by the day."""
        return run_out(self, norm, thing)

    def asked(self, question: str, wanted: str, thing: Thing, party: Thing | None) -> Truth:
        """``applies``, ``fulfilled`` or ``breached`` of the norms an id stands for (see ``asking``), worked out once."""
        key = (question, wanted, id(thing), id(party))
        return self.once(self._answers, key, lambda: self._answer(question, wanted, thing, party))

    def _answer(self, question: str, wanted: str, thing: Thing, party: Thing | None) -> Truth:
        states = [state_asked(self, question, norm, thing, party) for norm in self.program.duties_at(wanted)]
        if not states or (question == "breached" and self.mode.awaited):
            return Truth.UNKNOWN
        return all_of(states) if question == "fulfilled" else any_of(states)
