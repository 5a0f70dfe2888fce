"""The graph of contents: what a norm's content reads, which must be acyclic (language, section 5)."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.logic import TRUE, Call, Expr, Name, Quantified, children
from guiju.norms.bearers import TOGETHER
from guiju.norms.corpus import Corpus
from guiju.norms.model import Event, Exempt, Norm
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


def _brings_in(corpus: Corpus, norm: Norm, other: Norm) -> bool:
    """Whether an application norm may bring another in, by its name or by its topic, or make it give way."""
    if norm.kind != "application":
        return False
    named = norm.applies is not None and corpus.contents.hit(norm.applies, other.id)
    return named or (norm.residual_to is not None and regulates(other, *norm.residual_to))


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
    events = list(corpus.events.values())
    every = list(corpus.all_norms())
    for norm in every:
        node = f"norm:{norm.id}"
        edges.setdefault(node, set()).update(_content_of(corpus, norm))
        for term in (*norm.makes, *norm.ends):
            edges.setdefault(term, set()).add(node)
        points = norm.displaces or norm.yields_to or norm.delays or norm.applies or norm.residual_to
        for other in every if points else ():
            if other.id == norm.id:
                continue  # no norm displaces, yields to or delays itself
            if other.kind != "status" and any(corpus.contents.hit(one.targets, other.id) for one in norm.displaces):
                edges.setdefault(f"norm:{other.id}", set()).add(node)
            if any(corpus.contents.hit(one.targets, other.id) for one in norm.yields_to):
                edges[node].add(f"norm:{other.id}")
            if _brings_in(corpus, norm, other):
                edges.setdefault(f"norm:{other.id}", set()).update((node, f"status:{norm.id}"))
            if any(corpus.contents.hit(one.targets, other.id) for one in norm.delays):
                edges.setdefault(f"status:{other.id}", set()).add(node)
        edges.setdefault(f"state:{norm.id}", set()).update((*_contents_owed(corpus, norm), f"status:{norm.id}"))
        if _together(corpus, norm):  # what another bearer has done counts, if that one bears it too
            edges[f"state:{norm.id}"].add(node)
        edges.setdefault(f"status:{norm.id}", set()).update(
            name for event in events if corpus.contents.hit(event.targets, norm.id) for name in _classes(corpus, event)
        )
    for event in events:
        if event.day:
            edges.setdefault(f"day:{event.day}", set()).update(_classes(corpus, event))
    return edges


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
