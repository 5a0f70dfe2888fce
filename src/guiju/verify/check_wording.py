"""A norm's modality, bearer and sanctions against the words of its provision."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.logic import Not, walk
from guiju.norms import Norm
from guiju.norms.provisions import places_of_id
from guiju.norms.statutes import Place
from guiju.verify.chinese import ENCOURAGEMENT, OBLIGATION, PERMISSION, PROHIBITION
from guiju.verify.findings import Finding, TextOf
from guiju.verify.language import Language
from guiju.verify.said import Said


def check_wording(text_of: TextOf, norm: Norm, places: tuple[Place, ...]) -> Iterator[Finding]:
    """Whether the provision says so, to these, by these measures; duties that a right gives are checked with it."""
    language = text_of.language
    if norm.kind == "sanction":
        yield from _measures(text_of, norm, text_of.words(places))
    if norm.of_right is not None or norm.kind not in ("duty", "right"):
        return
    wanted = _modalities(norm)
    said, words = text_of.spoken(norm, places)
    fitting = [one for one in said if one.modality in wanted or _limits(one, wanted)]
    if not fitting and not language.fits_without_modal(words, norm.modality):
        yield text_of.finding("modality", norm, "/".join(wanted), "/".join(dict.fromkeys(one.word for one in said)))
        return
    if norm.kind == "duty":
        yield from _summary(text_of, norm, wanted)
        yield from _bearer(text_of, norm, fitting, places)
        yield from _bearer_told(text_of, norm, wanted)


def _limits(said: Said, wanted: tuple[str, ...]) -> bool:
    """What may be done only so must not be done otherwise, and its conditions are owed."""
    if not said.limited:
        return False
    return PROHIBITION in wanted or (OBLIGATION in wanted and said.modality == PERMISSION)


def _measures(text_of: TextOf, norm: Norm, text: str) -> Iterator[Finding]:
    tiers = norm.sanction.tiers if norm.sanction else ()
    sanctions = text_of.language.sanctions
    for measure in dict.fromkeys(one for tier in tiers for one in tier.measures):
        if not any(word in text for word in sanctions[measure]):
            yield text_of.finding("measure", norm, measure, "/".join(sanctions[measure]))


def _summary(text_of: TextOf, norm: Norm, wanted: tuple[str, ...]) -> Iterator[Finding]:
    """A summary that says 不得 (must not) and nothing else belongs to no obligation; in another language than the text's, one
    that says 应当 (must) and nothing else belongs to nothing else.
    """
    language = text_of.language
    summary = str(norm.summary.get(language.code, ""))
    told = language.modals_in(summary)
    if (told and not told & set(wanted)) or not language.summary_fits(summary, norm.modality):
        yield text_of.finding("modality", norm, norm.modality, "/".join(sorted(told)) or summary)
        return
    for modals_in, code in language.told_in:
        other = str(norm.summary.get(code, ""))
        if modals_in(other) == {OBLIGATION} and OBLIGATION not in wanted:
            yield text_of.finding("modality", norm, norm.modality, other)


def _bearer(text_of: TextOf, norm: Norm, fitting: list[Said], places: tuple[Place, ...]) -> Iterator[Finding]:
    if norm.bearer is None:
        return
    language, whole = text_of.language, text_of.statute.whole
    named = frozenset(subject for one in fitting for subject in one.subjects)
    if not named:
        named = _without_subject(text_of, places)
    if any(one.impersonal for one in fitting):
        named |= _in_articles(text_of, places)
    if any(one.modality == PERMISSION and OBLIGATION in _modalities(norm) for one in fitting):
        named |= language.mentioned(language.plain(text_of.words(places)), text_of.parties)  # conditions may be owed by others
    if norm.bearer_from and text_of.outline:
        elsewhere = places_of_id(norm.bearer_from, text_of.outline)
        named |= {word for place in elsewhere for word in language.mentioned(language.plain(whole(place)), text_of.parties)}
    if language.impersonal and (not named or (not fitting and all(place.annex for place in places))):
        return  # nobody is named in the whole article; an annex lists, and its article says who owes
    for term in (*norm.bearer.terms, *norm.bearer.otherwise):
        words = text_of.said(term)
        if not named & set(words):
            yield text_of.finding("bearer", norm, f"{term} ({'/'.join(words)})", "/".join(sorted(named)) or "—")


def _bearer_told(text_of: TextOf, norm: Norm, wanted: tuple[str, ...]) -> Iterator[Finding]:
    """Whom the summary says it falls on, where its sentences have subjects."""
    language = text_of.language
    if not language.impersonal or norm.bearer is None:
        return
    summary = language.plain(str(norm.summary.get(language.code, "")))
    said = language.modal_words(summary, text_of.parties, frozenset())
    named = frozenset(word for one in said if one.modality in wanted and not one.impersonal for word in one.subjects)
    terms = (*norm.bearer.terms, *norm.bearer.otherwise)
    if named and not any(named & set(text_of.said(term)) for term in terms):
        yield text_of.finding("bearer", norm, "/".join(terms), "/".join(sorted(named)))


def _without_subject(text_of: TextOf, places: tuple[Place, ...]) -> frozenset[str]:
    """Who can be meant where no modal word has a subject: who acts in the sentence, else whom the provision names at all."""
    language = text_of.language
    text = language.stop.join(language.plain(text_of.statute.whole(place)) for place in places)
    mentioned = language.mentioned(text, text_of.parties)
    if language.impersonal:
        return mentioned | _in_articles(text_of, places)
    named = language.agents(text, text_of.parties)
    return mentioned if named <= language.nobody else named


def _in_articles(text_of: TextOf, places: tuple[Place, ...]) -> frozenset[str]:
    """Everybody whom the articles name that the provisions stand in."""
    language, statute = text_of.language, text_of.statute
    whole = (Place(one.article, numbering=one.numbering) for one in places)
    return frozenset(word for one in whole for word in language.mentioned(language.plain(statute.whole(one)), text_of.parties))


def unsaid(text_of: TextOf) -> Iterator[Finding]:
    """Paragraphs that say 不得 or 应当 (shall not, shall) and have norms, none of which forbids (or obliges)."""
    named: dict[Place, dict[str, Norm]] = {}
    for norm in text_of.norms:
        for unit in (unit for place in text_of.places(norm) for unit in text_of.statute.units(place)):
            named.setdefault(unit, {})[norm.id] = norm
    language = text_of.language
    for unit, text in text_of.statute.texts.items():
        by = list(named.get(unit, {}).values())
        duties = [norm for norm in by if norm.kind in ("duty", "right")]
        if not duties or any(norm.kind in ("sanction", "power") for norm in by) or unit.article in text_of.statute.cut:
            continue
        modals = language.modal_words(language.plain(text), text_of.parties, frozenset())
        said = {one.modality for one in modals if one.modality == PROHIBITION or not (one.impersonal or one.limited)}
        for modality in (OBLIGATION, PROHIBITION):
            if modality in said and not any(_carries(norm, modality, language) for norm in duties):
                has = "/".join(dict.fromkeys(norm.modality for norm in duties))
                yield Finding("unsaid", duties[0].id, unit.words(), has, modality)


def _modalities(norm: Norm) -> tuple[str, ...]:
    if norm.kind == "right":
        return (PERMISSION, OBLIGATION)
    return {"best_efforts": (OBLIGATION, ENCOURAGEMENT)}.get(norm.modality, (norm.modality,))


def _carries(norm: Norm, modality: str, language: Language) -> bool:
    """A right stands for the duty it gives; a duty not to do something forbids it; what is left out in so many words counts."""
    if norm.kind == "right":
        return modality == OBLIGATION
    if norm.modality in (modality, "best_efforts"):
        return True
    if modality != PROHIBITION or norm.modality != OBLIGATION:
        return False
    left_out = str(norm.left_out.get(language.code, ""))
    return any(word in left_out for word in language.forbidding) or any(isinstance(one, Not) for one in walk(norm.require))
