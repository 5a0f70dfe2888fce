"""A world under a program, whole: terms and scope (``terms``), and what conditions ask of other norms' status and fulfilment."""

from __future__ import annotations

from guiju.logic import Truth, all_of, any_of
from guiju.norms.duties import state_of
from guiju.norms.model import Norm
from guiju.norms.terms import TEXT, Mode, Terms, View, is_party_norm
from guiju.norms.timing import timing
from guiju.norms.world import Thing

__all__ = ["TEXT", "Evaluation", "Mode", "View", "is_party_norm"]


class Evaluation(Terms):
    """One world under one program, in a mode."""

    def upcoming(self, norm: Norm, thing: Thing) -> bool:
        """Whether a norm's own provision does not apply to a thing yet."""
        return timing(self, norm, thing).status == "upcoming"

    def asked(self, question: str, wanted: str, thing: Thing, party: Thing | None) -> Truth:
        """``applies``, ``fulfilled`` or ``breached`` of the norms an id stands for, at this thing or what stands above it."""
        covers = self.program.corpus.contents.covers
        states = [
            state_of(self, question, norm, one, party)
            for norm in self.program.norms.values()
            if norm.kind == "duty" and covers(wanted, norm.id)
            for one in self.world.reach(thing, norm.about)
        ]
        if not states:
            return Truth.UNKNOWN
        return all_of(states) if question == "fulfilled" else any_of(states)
