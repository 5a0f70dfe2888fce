"""Addresses of rules: ``cn/genai-measures/17#assessment`` is read at ``/<lang>/rules/cn/genai-measures/17/assessment``."""

from __future__ import annotations

from functools import cache

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.rule_addresses import rule_address, term_address

__all__ = ["identifier_at", "rule_address", "term_address"]


def identifier_at(path: str) -> str:
    """The id that a path below ``/<lang>/rules/`` stands for: one the rules hold, else the path as it is (a provision)."""
    return _by_path().get(path, path)


@cache
def _by_path() -> dict[str, str]:
    corpus = site_corpus()
    held = (*corpus.norms, *corpus.events, *corpus.instruments, *corpus.schemes)
    return {one.replace("#", "/"): one for one in held}
