"""A world under a program, whole: terms and scope (``terms``), and what conditions ask of other norms' status and fulfilment."""

from __future__ import annotations

from guiju.logic import Truth, all_of, any_of
from guiju.norms.duties import state_of
from guiju.norms.model import Norm
from guiju.norms.terms import TEXT, Mode, Terms, View, is_party_norm
from guiju.norms.timing import reached, timing
from guiju.norms.world import Thing

__all__ = ["TEXT", "Evaluation", "Mode", "View", "is_party_norm"]


class Evaluation(Terms):
    """One world under one program, in a mode."""

    def begun(self, norm: Norm, thing: Thing) -> Truth:
        """Whether a norm's own provision has begun to apply to a thing (or has been put off only for it)."""
        timed = timing(self, norm, thing)
        if timed.status == "upcoming":
            return Truth.FALSE
        open_day = timed.status == "unknown" and (timed.start is None or reached(self.program.on, timed.start) is Truth.UNKNOWN)
        return Truth.UNKNOWN if open_day else Truth.TRUE

    def asked(self, question: str, wanted: str, thing: Thing, party: Thing | None) -> Truth:
        """``applies``, ``fulfilled`` or ``breached`` of the norms an id stands for, at this thing or what stands above it."""
        covers = self.program.corpus.contents.covers
        states: list[Truth] = []
        for norm in self.program.in_law:
            if norm.kind == "duty" and covers(wanted, norm.id):
                reached_things = self.world.reach(thing, norm.about)
                states += [state_of(self, question, norm, one, party) for one in reached_things] or [Truth.UNKNOWN]
        if not states:
            return Truth.UNKNOWN
        return all_of(states) if question == "fulfilled" else any_of(states)
