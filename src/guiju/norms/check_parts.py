"""What must hold of the parts of a corpus that name acts, orders, stops, extensions and details (see ``check``)."""

from __future__ import annotations

from guiju.calendars import parse_day
from guiju.norms.clocks import events_of
from guiju.norms.corpus import Corpus
from guiju.norms.fields import CorpusError
from guiju.norms.model import Clock, Event, Norm, Scheme
from guiju.norms.provisions import instrument_of
from guiju.norms.vocabulary import PARTY_KINDS, Declared
from guiju.wording import GuijuError, nearest


def check_parts_of_norm(corpus: Corpus, norm: Norm) -> None:
    """Orders of sanctions, stops and extensions of clocks, what a power enables and when it ends.

    :raises CorpusError: the first defect.
    """
    for clock in (norm.clock, *(reading.clock for reading in norm.readings)):
        if clock:
            _check_clock(corpus, norm, clock)
    if norm.sanction and norm.sanction.order:
        for name, kind in ((norm.sanction.order.given, "event"), (norm.sanction.order.obeyed, "measure")):
            declared = _declared(corpus, norm, name)
            if declared.kind != kind:
                raise CorpusError("corpus.not-an-event" if kind == "event" else "corpus.not-a-measure", norm.where, got=name)
            if declared.object not in PARTY_KINDS:
                raise CorpusError("corpus.order-of-nobody", norm.where, got=name, belongs=declared.object)
    for named in (*norm.enables, *(norm.residual_to or ())[:1]):
        if instrument_of(named) not in corpus.instruments:
            known = list(corpus.instruments)
            raise CorpusError("corpus.unknown-instrument", norm.where, got=named, near=nearest(named, known))
    if norm.kind == "power" and norm.expires and norm.expires not in corpus.events:
        _check_expiry(corpus, norm, norm.expires)


def _check_expiry(corpus: Corpus, norm: Norm, expires: str) -> None:
    try:
        parse_day(expires)
    except GuijuError:
        raise CorpusError("corpus.unknown-expiry", norm.where, got=expires, near=nearest(expires, list(corpus.events))) from None


def _check_clock(corpus: Corpus, norm: Norm, clock: Clock) -> None:
    for name in events_of(clock):
        if _declared(corpus, norm, name).kind != "event":
            raise CorpusError("corpus.not-an-event", norm.where, got=name)
    record = clock.extension.event if clock.extension else None
    if record and _declared(corpus, norm, record).kind not in ("event", "measure"):
        raise CorpusError("corpus.no-record", norm.where, got=record)


def _declared(corpus: Corpus, norm: Norm, name: str) -> Declared:
    try:
        return corpus.vocabulary.access(norm.about, name).declared
    except GuijuError as problem:
        raise CorpusError(problem.code, norm.where, **problem.fields) from None


def check_basis(corpus: Corpus, event: Event) -> None:
    """An act rests on a norm of kind power.

    :raises CorpusError: where its ``basis`` names anything else.
    """
    if event.basis and not any(norm.kind == "power" for norm in corpus.norms.get(event.basis, ())):
        powers = [norm.id for norm in corpus.all_norms() if norm.kind == "power"]
        raise CorpusError("corpus.not-a-power", event.where, got=event.basis, near=nearest(event.basis, powers))


def check_questionnaire(corpus: Corpus, scheme: Scheme) -> None:
    """A scored scheme names a questionnaire that the rules hold."""
    held = corpus.questionnaire_ids
    if scheme.questionnaire is not None and scheme.questionnaire not in held:
        near = nearest(scheme.questionnaire, held)
        raise CorpusError("scheme.unknown-questionnaire", scheme.where, what=scheme.id, got=scheme.questionnaire, near=near)


def check_details(corpus: Corpus, scheme: Scheme) -> None:
    """Details can be read of what a scheme grades.

    :raises CorpusError: for a name that cannot, or that is a relation.
    """
    declared = corpus.vocabulary.declared
    kinds = [declared[scheme.rows.over].to] if scheme.rows and scheme.rows.over in declared else []
    kinds += [scheme.object.over] if scheme.object else []
    for name in scheme.details:
        if not any(_readable(corpus, kind, name) for kind in kinds):
            entries = corpus.vocabulary.entries()
            known = [one.name for one in entries if any(_readable(corpus, kind, one.name) for kind in kinds)]
            near = nearest(name, known)
            raise CorpusError("scheme.unknown-detail", scheme.where, what=scheme.id, got=name, near=near)


def _readable(corpus: Corpus, kind: str, name: str) -> bool:
    try:
        return corpus.vocabulary.access(kind, name, party=False).declared.kind != "relation"
    except GuijuError:
        return False
