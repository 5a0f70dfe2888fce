"""A corpus read by one body: all readings that are attributed to it stand in place of the text at once (language, section 5).

A reading binds nobody. Whoever wants to know how one reader would answer, rather than what each reading alone would change,
asks ``read_by(corpus, "European Commission")`` and evaluates as ever.

Where a body reads one condition several times, each reading is written beside the text and not beside the others. Together:

    base     the text; the one reading that writes it anew; of several such, all of them, or any of them where the text fails
    wider    readings that are the text or something more: any of what they add
    narrower readings that are the text and something more: all of what they add

    the condition is   (base || wider ...) && narrower ...
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from guiju.logic import And, Expr, Or, both, either, negation, show
from guiju.norms.corpus import Corpus
from guiju.norms.fields import CorpusError
from guiju.norms.meaning import meaning_digest
from guiju.norms.model import Norm, Reading
from guiju.wording import codes, fill


def readers(corpus: Corpus) -> dict[str, int]:
    """Who is said to read norms otherwise than by their text, each with how many readings of any version."""
    found: dict[str, int] = {}
    for norm in corpus.all_norms():
        for reading in norm.readings:
            found[reading.by] = found.get(reading.by, 0) + 1
    return dict(sorted(found.items()))


def reader_words(by: str, lang: str) -> str:
    """Who reads so, in the reader's language; a name that the catalogue does not have stands as it is."""
    code = f"corpus.reader.{by.casefold().replace(' ', '-')}"
    return fill(code, lang, "message", {}) if code in codes(lang) else by


def reading_named(norm: Norm, identifier: str) -> Reading | None:
    """The reading that an answer's id (``norm!reading``) names, if this version of the norm has it."""
    return next((one for one in norm.readings if f"{norm.id}!{one.id}" == identifier), None)


def read_by(corpus: Corpus, by: str) -> Corpus:
    """The same rules with every reading of ``by`` as the body of its norm; the readings of others stay beside it.

    A norm to which one reader gives two contents or clocks is left as it is, with both beside it.

    The corpus that is given stays as it is. What comes back is of the same edition and says in ``read_by`` who reads, so that
    no answer passes for that of the text.

    Raises:
        CorpusError: nobody of that name reads any norm (``corpus.no-such-reader``).
    """
    known = readers(corpus)
    if by not in known:
        raise CorpusError("corpus.no-such-reader", got=by, known=list(known) or ["-"])
    kept = {one.name: getattr(corpus, one.name) for one in fields(corpus)}
    norms = {identifier: [_read(norm, by) for norm in versions] for identifier, versions in corpus.norms.items()}
    return Corpus(**{**kept, "norms": norms, "read_by": (*corpus.read_by, by)})


def _read(norm: Norm, by: str) -> Norm:
    own = [reading for reading in norm.readings if reading.by == by]
    contents = {show(one.require): one.require for one in own if one.require is not None}
    clocks = list(dict.fromkeys(one.clock for one in own if one.clock is not None))
    if not own or len(contents) > 1 or len(clocks) > 1:
        return norm  # who reads it in two ways has not decided: the text stands, and both ways beside it
    read = replace(
        norm,
        when=together(norm.when, [reading.when for reading in own if reading.when is not None]),
        require=next(iter(contents.values()), norm.require),
        clock=clocks[0] if clocks else norm.clock,
        readings=tuple(reading for reading in norm.readings if reading.by != by),
        reviewed=None,  # who signed the text did not sign the reading
    )
    return replace(read, meaning=meaning_digest(read))


def together(text: Expr, readings: Sequence[Expr]) -> Expr:
    """One condition of a text and several readings of it (see above); of one reading, that reading; of none, the text."""
    several = list(dict.fromkeys(readings))
    if len(several) < 2:
        return several[0] if several else text
    narrower: list[Expr] = []
    wider: list[Expr] = []
    anew: list[Expr] = []
    for reading in several:
        more, alternatives = _beyond(And, reading, text), _beyond(Or, reading, text)
        narrower += more
        wider += alternatives
        anew += [] if more or alternatives else [reading]
    base = _base(text, anew)
    widened = either(base, *wider) if wider else base
    return both(widened, *dict.fromkeys(narrower)) if narrower else widened


def _base(text: Expr, anew: Sequence[Expr]) -> Expr:
    if len(anew) < 2:
        return anew[0] if anew else text
    return either(both(*anew), both(negation(text), either(*anew)))


def _beyond(joined: type[And | Or], reading: Expr, text: Expr) -> list[Expr]:
    """What a reading adds to the text by joining it with more; empty where it is not the text joined with anything."""
    parts = _items(joined, reading)
    own = [text] if text in parts else _items(joined, text)
    return [part for part in parts if part not in own] if all(part in parts for part in own) else []


def _items(joined: type[And | Or], expr: Expr) -> list[Expr]:
    return list(expr.items) if isinstance(expr, joined) else [expr]
