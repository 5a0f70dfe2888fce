"""Application norms that reach others by a subject rather than by name, or that make their own give way.

*Residual*: what an instrument leaves unregulated follows the norms of another one on that topic. *Special*: the norms named
under ``applies`` give way to those named under ``yields_to`` (language, section 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.norms.model import Norm


def residual_targets(application: Norm, in_law: Iterable[Norm], norms: Iterable[Norm]) -> Iterator[str]:
    """The norms of the other instrument on the topic; none where the applying instrument has a norm in law of that topic."""
    if application.residual_to is None or application.kind != "application":
        return
    instrument, topic = application.residual_to
    if any(regulates(one, application.instrument, topic) for one in in_law):
        return
    yield from (one.id for one in norms if regulates(one, instrument, topic))


def regulates(norm: Norm, instrument: str, topic: str) -> bool:
    """Whether a norm is one of an instrument on a topic; norms that only apply others regulate nothing themselves."""
    return norm.instrument == instrument and norm.topic == topic and norm.kind != "application"


def gives_way(norm: Norm) -> bool:
    """Whether an application norm makes norms that it names give way, rather than bringing them in."""
    return norm.kind == "application" and norm.how == "special" and norm.applies is not None and bool(norm.yields_to)
