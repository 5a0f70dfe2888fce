"""The dossiers of the systems of the example world, marked as examples."""

from __future__ import annotations

from dataclasses import replace

from guiju.institutions.demo.world import text_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.example_world import System, World
from guiju.subjects import Dossier, bare, card_from, decide, dossier_from
from guiju.wording import in_language


def dossier_of(system: System, lang: str, world: World) -> Dossier:
    """The dossier of a system, marked as an example, with what its model's card proposes and what was decided of that."""
    vocabulary = site_corpus().vocabulary
    dossier = replace(dossier_from(text_of(system.dossier), system.dossier, vocabulary), example=True)
    if not system.cards:
        return dossier
    card = bare(card_from(text_of(system.cards[lang]), system.cards[lang], vocabulary))
    model = dossier.world.of_kind("model")[0]
    dossier = replace(dossier, proposals=tuple(replace(one, thing=model) for one in card.proposals), warnings=card.warnings)
    for one in system.decided:
        proposal = next(each for each in dossier.proposals if each.name == one.fact)
        person = in_language(world.person(one.by).name, lang)
        dossier = decide(dossier, proposal, one.state, person, str(one.on))  # type: ignore[arg-type]  # one of the decisions
    return dossier
