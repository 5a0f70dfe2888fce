"""What must hold of a corpus before it answers anything: names, types, references, dates, no cycles, no ties."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.logic import TRUE, BoolType, Call, EnumType, Expr, ExpressionError, check_condition, walk
from guiju.norms.arising import BESIDE
from guiju.norms.check_parts import check_basis, check_details, check_parts_of_norm, check_questionnaire
from guiju.norms.corpus import Corpus
from guiju.norms.fields import CorpusError
from guiju.norms.graph import find_cycle
from guiju.norms.model import Event, Exempt, Norm, Scheme, Targets
from guiju.norms.provisions import instrument_of
from guiju.norms.vocabulary import PARTY_KINDS, KindScope
from guiju.wording import GuijuError, Where, nearest


def check_corpus(corpus: Corpus) -> None:
    """Refuse a corpus that could give a wrong or meaningless answer.

    :raises CorpusError: the first defect in a fixed order.
    """
    corpus.vocabulary.check()
    for instrument in corpus.instruments.values():
        place = instrument.id.split("/")[0]
        if f"{place}/{instrument.kind}" not in corpus.kinds:
            known = [kind.split("/")[1] for kind in corpus.kinds if kind.startswith(f"{place}/")]
            raise CorpusError(
                "corpus.unknown-kind", instrument.where, got=instrument.kind, known=known, near=nearest(instrument.kind, known)
            )
    for norm in corpus.all_norms():
        _check_norm(corpus, norm)
    for event in corpus.events.values():
        _check_event(corpus, event)
    for scheme in corpus.schemes.values():
        _check_scheme(corpus, scheme)
    _check_ties(corpus)
    _check_versions(corpus)
    _check_commencement(corpus)
    cycle = find_cycle(corpus)
    if cycle:
        where = next((norm.where for norm in corpus.all_norms() if norm.id in cycle), None)
        raise CorpusError("corpus.cycle", where, cycle=" → ".join(cycle))


def _check_norm(corpus: Corpus, norm: Norm) -> None:
    if norm.instrument not in corpus.instruments:
        raise _unknown("corpus.unknown-instrument", norm.where, norm.instrument, corpus.instruments)
    if norm.since and norm.since not in corpus.events:
        raise _unknown("corpus.unknown-event", norm.where, norm.since, corpus.events)
    scope = KindScope(corpus.vocabulary, norm.about, party=norm.kind != "status" or norm.about in PARTY_KINDS)
    for expr in conditions(norm):
        _check_expression(corpus, expr, scope, norm.places.get(expr, norm.where))
    _check_terms(corpus, norm)
    _check_bearer(corpus, norm)
    _check_events_named(corpus, norm)
    check_parts_of_norm(corpus, norm)
    _check_names(corpus, norm)
    for targets in links(norm):
        for one in (*targets.ids, *targets.excepted):
            if instrument_of(one) not in corpus.instruments:
                raise _unknown("corpus.unknown-instrument", norm.where, one, corpus.instruments)


def _check_expression(corpus: Corpus, expr: Expr, scope: KindScope, where: Where) -> None:
    try:
        check_condition(expr, scope, where)
    except ExpressionError as problem:
        raise CorpusError(problem.code, problem.where or where, **problem.fields) from None
    for call in walk(expr):
        if not isinstance(call, Call):
            continue
        asked = call.function in ("applies", "fulfilled", "breached")
        if asked and not any(corpus.contents.covers(str(call.argument), known) for known in corpus.norms):
            raise _unknown("corpus.unknown-norm", where, str(call.argument), corpus.norms)
        if call.function == "date_of":
            days = {event.day for event in corpus.events.values() if event.day}
            if call.argument not in days:
                raise _unknown("corpus.unknown-day", where, str(call.argument), days)


def _check_terms(corpus: Corpus, norm: Norm) -> None:
    for name in (*norm.makes, *norm.ends):
        entry = corpus.vocabulary.declared.get(name)
        if entry is None or entry.kind != "term":
            terms = [one.name for one in corpus.vocabulary.entries() if one.kind == "term"]
            raise _unknown("corpus.not-a-term", norm.where, name, terms)
        if entry.object != norm.about:
            raise CorpusError("corpus.term-of-other-object", norm.where, got=name, kind=norm.about, belongs=entry.object)
        for case in norm.cases:
            if isinstance(case.outcome, str) and isinstance(entry.type, EnumType) and case.outcome not in entry.type.members:
                raise CorpusError("corpus.unknown-outcome", norm.where, got=case.outcome, known=sorted(entry.type.members))
        if not norm.cases and not isinstance(entry.type, BoolType):
            raise CorpusError("corpus.enum-without-cases", norm.where, got=name)


def _check_bearer(corpus: Corpus, norm: Norm) -> None:
    terms = norm.bearer.terms + norm.bearer.otherwise if norm.bearer else ()
    for name in (*terms, *(one for one in (norm.holder, norm.against) if one)):
        entry = corpus.vocabulary.declared.get(name)
        if entry is None or entry.kind != "term":
            known = [one.name for one in corpus.vocabulary.entries() if one.kind == "term"]
            raise _unknown("corpus.not-a-term", norm.where, name, known)


def _check_names(corpus: Corpus, norm: Norm) -> None:
    """Figures of fines, events of exceptions, provisions that name a bearer, relations that bind: all have to be there."""
    for exempt in norm.unless:
        _check_exempt(corpus, norm, exempt)
    if norm.bearer_from and norm.bearer_from not in corpus.norms:
        raise _unknown("corpus.unknown-norm", norm.where, norm.bearer_from, corpus.norms)
    for to in (to for bind in norm.binds for to in bind.to if "/" not in to):
        declared = corpus.vocabulary.declared.get(to)
        if declared is None or declared.kind != "relation" or declared.object != norm.about:
            relations = [one.name for one in corpus.vocabulary.relations(norm.about)]
            raise _unknown("corpus.not-a-relation", norm.where, to, relations)
    if norm.sanction:
        fines = [fine for tier in norm.sanction.tiers for fine in (tier.fine, tier.person_fine)]
        for share in (fine.share for fine in fines if fine and fine.share):
            if _access(corpus, norm, share.of) not in ("fact", "term"):
                raise CorpusError("corpus.not-a-figure", norm.where, got=share.of)


def _check_exempt(corpus: Corpus, norm: Norm, exempt: Exempt) -> None:
    if exempt.since and exempt.since not in corpus.events:
        raise _unknown("corpus.unknown-event", norm.where, exempt.since, corpus.events)
    for inner in exempt.unless:
        _check_exempt(corpus, norm, inner)


def _check_events_named(corpus: Corpus, norm: Norm) -> None:
    names = [name for delay in norm.delays for name in delay.events]
    if norm.upon and not _beside(corpus, norm.upon):
        names.append(norm.upon)
    for name in names:
        access = _access(corpus, norm, name)
        if access != "event":
            raise CorpusError("corpus.not-an-event", norm.where, got=name)


def _beside(corpus: Corpus, name: str) -> bool:
    """Whether a name is an event of who stands beside the object, which a right may wait for."""
    entry = corpus.vocabulary.declared.get(name)
    return entry is not None and entry.kind == "event" and entry.object in BESIDE


def _access(corpus: Corpus, norm: Norm, name: str) -> str:
    try:
        return corpus.vocabulary.access(norm.about, name).declared.kind
    except GuijuError as problem:
        raise CorpusError(problem.code, norm.where, **problem.fields) from None


def _check_event(corpus: Corpus, event: Event) -> None:
    for one in (*event.targets.ids, *event.targets.excepted):
        if instrument_of(one) not in corpus.instruments:
            raise _unknown("corpus.unknown-instrument", event.where, one, corpus.instruments)
    check_basis(corpus, event)
    classes = [dated.when for dated in event.dates if dated.when != TRUE]
    if classes and event.about is None:
        raise CorpusError("corpus.class-without-kind", event.where, got=event.id)
    if event.about:
        scope = KindScope(corpus.vocabulary, event.about, party=False)
        for expr in classes:
            _check_expression(corpus, expr, scope, event.where)


def _check_scheme(corpus: Corpus, scheme: Scheme) -> None:
    for fold in (scheme.rows, scheme.object):
        if fold is None:
            continue
        kind = (
            corpus.vocabulary.declared[fold.over].to
            if fold is scheme.rows and fold.over in corpus.vocabulary.declared
            else fold.over
        )
        for grade, expr in fold.when:
            if grade not in scheme.order:
                raise CorpusError("scheme.unknown-grade", scheme.where, got=grade, known=list(scheme.order))
            _check_expression(corpus, expr, KindScope(corpus.vocabulary, kind, party=False), scheme.where)
    check_details(corpus, scheme)
    check_questionnaire(corpus, scheme)


def _check_ties(corpus: Corpus) -> None:
    """Two amendments of one day, published and effective on the same days, need a stated order."""
    dated = [event for event in corpus.events.values() if event.kind in ("commence", "postpone", "correct") and not event.pending]
    seen: dict[tuple[object, ...], Event] = {}
    for event in sorted(dated, key=lambda one: one.id):
        for norm in corpus.norms:
            if not corpus.contents.hit(event.targets, norm):
                continue
            key = (norm, event.takes_effect, event.known, event.order)
            if key in seen:
                raise CorpusError("corpus.tie", event.where, got=event.id, other=seen[key].id, norm=norm)
            seen[key] = event


def _check_versions(corpus: Corpus) -> None:
    """Two versions of a norm that start on one day, by events published on one day, need a stated order."""
    for identifier, versions in corpus.norms.items():
        seen: dict[tuple[object, ...], Event] = {}
        for norm in versions:
            event = corpus.events.get(norm.since or "")
            if event is None:
                continue
            key = (event.on or event.takes_effect, event.known, event.order)
            if key in seen and seen[key].id != event.id:
                raise CorpusError("corpus.tie", norm.where, got=event.id, other=seen[key].id, norm=identifier)
            seen[key] = event


def _check_commencement(corpus: Corpus) -> None:
    commencing = [event for event in corpus.events.values() if event.kind in ("commence", "postpone")]
    for norm in corpus.all_norms():
        if not any(corpus.contents.hit(event.targets, norm.id) for event in commencing):
            raise CorpusError("corpus.never-commences", norm.where, got=norm.id)


def conditions(norm: Norm) -> Iterator[Expr]:
    """Every condition of a norm."""
    yield norm.when
    yield norm.require
    for exempt in norm.exceptions:
        yield from (expr for expr in (exempt.when, exempt.replace_require) if expr is not None)
    yield from (case.when for case in norm.cases)
    for reading in norm.readings:
        yield from (expr for expr in (reading.when, reading.require) if expr is not None)
        yield from (case.when for case in (reading.clock.cases if reading.clock else ()))
    yield from (bind.when for bind in norm.binds)
    yield from (one.when for one in norm.yields_to)
    if norm.clock:
        yield from (case.when for case in norm.clock.cases)
    if norm.gives:
        yield norm.gives.require
    if norm.sanction:
        for tier in norm.sanction.tiers:
            yield tier.when
            yield from (fine.share.when for fine in (tier.fine, tier.person_fine) if fine and fine.share)
        yield from (variant.when for variant in norm.sanction.variants)


def links(norm: Norm) -> Iterator[Targets]:
    """Every set of norms or instruments a norm points at."""
    yield from (one.targets for one in norm.displaces)
    yield from (one.targets for one in norm.yields_to)
    yield from (one.targets for one in norm.delays)
    yield from (one.targets for one in norm.presumes)
    if norm.demonstrates:
        yield Targets(norm.demonstrates)
    yield from (Targets((one.to,)) for one in norm.refers)
    yield from (Targets((one.yardstick,)) for one in norm.in_practice)
    yield from (Targets((one,)) for bind in norm.binds for one in bind.to if "/" in one)
    if norm.applies:
        yield norm.applies
    if norm.sanction:
        yield norm.sanction.breach_of


def _unknown(code: str, where: Where, got: str, known: object) -> CorpusError:
    names = list(known)  # type: ignore[call-overload]
    return CorpusError(code, where, got=got, near=nearest(got, names))
