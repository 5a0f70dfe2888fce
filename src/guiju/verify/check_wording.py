"""A norm's modality, bearer and sanctions against the words of its provision."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.logic import Not, walk
from guiju.norms import Norm
from guiju.norms.provisions import pinpointed
from guiju.norms.statutes import Place, uniform
from guiju.verify.chinese import ENCOURAGEMENT, NOBODY_IN_PARTICULAR, OBLIGATION, PERMISSION, PROHIBITION, SANCTIONS
from guiju.verify.findings import Finding, TextOf, finding
from guiju.verify.modals import Said, agents, fits_without_modal, modal_words, modals_in
from guiju.verify.places import places_of_id


def check_wording(text_of: TextOf, norm: Norm, places: tuple[Place, ...]) -> Iterator[Finding]:
    """Whether the provision says so, to these, by these measures; duties that a right gives are checked with it."""
    if norm.kind == "sanction":
        yield from _measures(norm, text_of.words(places))
    if norm.of_right is not None or norm.kind not in ("duty", "right"):
        return
    wanted = _modalities(norm)
    said = [one for place in places for one in text_of.modal_words(place)]
    fitting = [one for one in said if one.modality in wanted]
    if not fitting and not fits_without_modal(text_of.words(places), norm.modality):
        yield finding("modality", norm, "/".join(wanted), "/".join(dict.fromkeys(one.word for one in said)))
        return
    if norm.kind == "duty":
        yield from _summary(norm, wanted)
        yield from _bearer(text_of, norm, fitting, places)


def _measures(norm: Norm, text: str) -> Iterator[Finding]:
    tiers = norm.sanction.tiers if norm.sanction else ()
    for measure in dict.fromkeys(one for tier in tiers for one in tier.measures):
        if not any(word in text for word in SANCTIONS[measure]):
            yield finding("measure", norm, measure, "/".join(SANCTIONS[measure]))


def _summary(norm: Norm, wanted: tuple[str, ...]) -> Iterator[Finding]:
    """A summary that says 不得 and nothing else belongs to no obligation."""
    told = modals_in(uniform(str(norm.summary.get("zh", ""))))
    if told and not told & set(wanted):
        yield finding("modality", norm, norm.modality, "/".join(sorted(told)))


def _bearer(text_of: TextOf, norm: Norm, fitting: list[Said], places: tuple[Place, ...]) -> Iterator[Finding]:
    if norm.bearer is None:
        return
    named = frozenset(subject for one in fitting for subject in one.subjects)
    if not named:
        text = "。".join(uniform(text_of.statute.whole(place)) for place in places)
        named = agents(text, text_of.parties)
        if named <= NOBODY_IN_PARTICULAR:
            named = frozenset(text_of.parties.findall(text))
    if norm.bearer_from and text_of.outline:
        elsewhere = places_of_id(norm.bearer_from, text_of.outline)
        named |= {word for place in elsewhere for word in text_of.parties.findall(uniform(text_of.statute.whole(place)))}
    for term in (*norm.bearer.terms, *norm.bearer.otherwise):
        words = text_of.corpus.said.get(term, ())
        if not named & set(words):
            yield finding("bearer", norm, f"{term} ({'/'.join(words)})", "/".join(sorted(named)) or "—")


def unsaid(text_of: TextOf) -> Iterator[Finding]:
    """Paragraphs that say 不得 (or 应当) and have norms, none of which forbids (or obliges)."""
    named = [(norm, place) for norm in text_of.norms for place in pinpointed(norm)]
    for unit, text in text_of.statute.texts.items():
        by = [norm for norm, place in named if place.holds(unit)]
        duties = [norm for norm in by if norm.kind in ("duty", "right")]
        if not duties or any(norm.kind in ("sanction", "power") for norm in by) or unit.article in text_of.statute.cut:
            continue
        said = {one.modality for one in modal_words(uniform(text), text_of.parties)}
        for modality in (OBLIGATION, PROHIBITION):
            if modality in said and not any(_carries(norm, modality) for norm in duties):
                has = "/".join(dict.fromkeys(norm.modality for norm in duties))
                yield Finding("unsaid", duties[0].id, unit.words(), has, modality)


def _modalities(norm: Norm) -> tuple[str, ...]:
    if norm.kind == "right":
        return (PERMISSION, OBLIGATION)
    return {"best_efforts": (OBLIGATION, ENCOURAGEMENT)}.get(norm.modality, (norm.modality,))


def _carries(norm: Norm, modality: str) -> bool:
    """A right stands for the duty it gives; a duty not to do something forbids it; what is left out in so many words counts."""
    if norm.kind == "right":
        return modality == OBLIGATION
    if norm.modality in (modality, "best_efforts"):
        return True
    if modality != PROHIBITION or norm.modality != OBLIGATION:
        return False
    return "不得" in str(norm.left_out.get("zh", "")) or any(isinstance(one, Not) for one in walk(norm.require))
