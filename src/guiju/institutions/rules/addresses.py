"""Addresses of rules: ``cn/genai-measures/17#assessment`` is read at ``/<lang>/rules/cn/genai-measures/17/assessment``."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

from guiju.institutions.hall.edition import site_corpus


def rule_address(lang: str, identifier: str) -> str:
    """The address of an instrument, provision, norm, legal event or scheme by its id."""
    return reverse("rule", args=(lang, identifier.replace("#", "/")))


def term_address(lang: str, name: str) -> str:
    """The address of a declared name."""
    return reverse("term", args=(lang, name))


def identifier_at(path: str) -> str:
    """The id that a path below ``/<lang>/rules/`` stands for: one the rules hold, else the path as it is (a provision)."""
    return _by_path().get(path, path)


@cache
def _by_path() -> dict[str, str]:
    corpus = site_corpus()
    held = (*corpus.norms, *corpus.events, *corpus.instruments, *corpus.schemes)
    return {one.replace("#", "/"): one for one in held}
