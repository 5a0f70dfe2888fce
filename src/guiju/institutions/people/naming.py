"""Names of organisations and bodies, which need not have one in every language."""

from __future__ import annotations

from collections.abc import Mapping


def name_in(name: Mapping[str, str], lang: str) -> str:
    """A name in a language; where it has none there, the one it has: a name is not translated, and not marked as lacking."""
    return name.get(lang) or next(iter(name.values()), "")
