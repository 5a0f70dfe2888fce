"""The graph of contents: what a norm's content reads, which must be acyclic (language, section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.logic import TRUE, Call, Expr, Name, Quantified, children
from guiju.norms.bearers import TOGETHER
from guiju.norms.corpus import Corpus
from guiju.norms.model import Event, Exempt, Norm, Targets
from guiju.norms.provisions import instrument_of
from guiju.norms.second_ways import regulates


def reads(corpus: Corpus, expr: Expr, kind: str) -> Iterator[str]:
    """The terms (by name) and norms (``norm:id``) and days (``day:id``) that an expression about ``kind`` reads."""
    match expr:
        case Name(path):
            declared = corpus.vocabulary.access(kind, path).declared
            if declared.kind == "term":
                yield declared.name
        case Quantified(_, relation, body):
            _, row = corpus.vocabulary.rows(kind, relation)
            yield from reads(corpus, body, row.to)
        case Call("date_of", day):
            yield f"day:{day}"
        case Call("applies" | "fulfilled" | "breached" as question, wanted):
            for norm in corpus.norms:
                if corpus.contents.covers(str(wanted), norm):
                    yield f"norm:{norm}"
                    yield f"{'status' if question == 'applies' else 'state'}:{norm}"
        case _:
            for child in children(expr):
                yield from reads(corpus, child, kind)


def _content_of(corpus: Corpus, norm: Norm) -> Iterator[str]:
    exprs = [norm.when, *(case.when for case in norm.cases), *(expr for exempt in norm.unless for expr in _exempt(exempt))]
    for expr in exprs:
        yield from reads(corpus, expr, norm.about)
    yield from _bearers(corpus, norm)
    for reading in norm.readings:
        if reading.when is not None:
            yield from reads(corpus, reading.when, norm.about)
    for one in norm.yields_to:
        yield from reads(corpus, one.when, norm.about)
    if norm.kind == "status" and norm.clock:
        for period in norm.clock.cases:
            yield from reads(corpus, period.when, norm.about)


def _bearers(corpus: Corpus, norm: Norm) -> Iterator[str]:
    sources = [norm] if norm.bearer else corpus.norms.get(norm.bearer_from or "", [])
    for source in sources:
        if source.bearer:
            yield from source.bearer.terms + source.bearer.otherwise
    if norm.kind == "right":
        yield from (one for one in (norm.against, norm.holder) if one)


def _together(corpus: Corpus, norm: Norm) -> bool:
    sources = [norm] if norm.bearer else corpus.norms.get(norm.bearer_from or "", [])
    return any(source.bearer and source.bearer.how in TOGETHER for source in sources)


def _contents_owed(corpus: Corpus, norm: Norm) -> Iterator[str]:
    for expr in (norm.require, *(one.replace_require for one in norm.unless if one.replace_require is not None)):
        yield from reads(corpus, expr, norm.about)


def _exempt(exempt: Exempt) -> Iterator[Expr]:
    yield exempt.when
    for inner in exempt.unless:
        yield from _exempt(inner)


def _edges(corpus: Corpus) -> dict[str, set[str]]:
    edges: dict[str, set[str]] = {}
    reach = _Reach(corpus)
    for norm in corpus.all_norms():
        node = f"norm:{norm.id}"
        edges.setdefault(node, set()).update(_content_of(corpus, norm))
        for term in (*norm.makes, *norm.ends):
            edges.setdefault(term, set()).add(node)
        for other in reach.of(norm, (one.targets for one in norm.displaces)):
            if other.kind != "status":
                edges.setdefault(f"norm:{other.id}", set()).add(node)
        edges[node].update(f"norm:{other.id}" for other in reach.of(norm, (one.targets for one in norm.yields_to)))
        for other in reach.brought_in(norm):
            edges.setdefault(f"norm:{other.id}", set()).update((node, f"status:{norm.id}"))
        for other in reach.of(norm, (one.targets for one in norm.delays)):
            edges.setdefault(f"status:{other.id}", set()).add(node)
        edges.setdefault(f"state:{norm.id}", set()).update((*_contents_owed(corpus, norm), f"status:{norm.id}"))
        if _together(corpus, norm):  # what another bearer has done counts, if that one bears it too
            edges[f"state:{norm.id}"].add(node)
        edges.setdefault(f"status:{norm.id}", set())
    for event in corpus.events.values():
        classes = set(_classes(corpus, event))
        if event.day:
            edges.setdefault(f"day:{event.day}", set()).update(classes)
        for norm in reach.hit((event.targets,)) if classes else ():
            edges[f"status:{norm.id}"] |= classes
    return edges


class _Reach:
    """Which norms targets stand for; only those of the instruments that they name are asked."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.every = list(corpus.all_norms())
        self.of_instrument: dict[str, list[Norm]] = {}
        for norm in self.every:
            self.of_instrument.setdefault(norm.instrument, []).append(norm)

    def hit(self, targets: Iterable[Targets]) -> Iterator[Norm]:
        """The norms that any of them stands for."""
        several = tuple(targets)
        for name in dict.fromkeys(instrument_of(one) for each in several for one in each.ids):
            for norm in self.of_instrument.get(name, self.every):
                if any(self.corpus.contents.hit(each, norm.id) for each in several):
                    yield norm

    def of(self, norm: Norm, targets: Iterable[Targets]) -> Iterator[Norm]:
        """The same without the norm: none displaces, yields to or delays itself."""
        return (other for other in self.hit(targets) if other.id != norm.id)

    def brought_in(self, norm: Norm) -> Iterator[Norm]:
        """What an application norm may bring in, by its name or by its topic, or make give way."""
        if norm.kind != "application":
            return
        if norm.applies is not None:
            yield from self.of(norm, (norm.applies,))
        if norm.residual_to is not None:
            yield from (other for other in self.every if other.id != norm.id and regulates(other, *norm.residual_to))


def _classes(corpus: Corpus, event: Event) -> Iterator[str]:
    for dated in event.dates:
        if dated.when != TRUE and event.about:
            yield from reads(corpus, dated.when, event.about)


def find_cycle(corpus: Corpus) -> list[str]:
    """A cycle of contents as the names on it, or nothing."""
    edges = _edges(corpus)
    done: set[str] = set()
    for start in sorted(edges):
        cycle = _search(start, edges, done)
        if cycle:
            return [node.removeprefix("norm:") for node in cycle]
    return []


def _search(start: str, edges: dict[str, set[str]], done: set[str]) -> list[str]:
    path: list[str] = []
    on_path: set[str] = set()
    stack: list[tuple[str, bool]] = [(start, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            path.pop()
            on_path.discard(node)
            done.add(node)
            continue
        if node in on_path:
            return [*path[path.index(node) :], node]
        if node in done:
            continue
        path.append(node)
        on_path.add(node)
        stack.append((node, True))
        stack.extend((child, False) for child in sorted(edges.get(node, ())))
    return []
