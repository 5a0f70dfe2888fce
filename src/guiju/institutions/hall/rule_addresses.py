"""Addresses of rules: ``cn/genai-measures/17#assessment`` is read at ``/<lang>/rules/cn/genai-measures/17/assessment``."""

from __future__ import annotations

from django.urls import reverse


def rule_address(lang: str, identifier: str) -> str:
    """The address of an instrument, provision, norm, legal event or scheme by its id."""
    return reverse("rule", args=(lang, identifier.replace("#", "/")))


def term_address(lang: str, name: str) -> str:
    """The address of a declared name."""
    return reverse("term", args=(lang, name))
