"""What the paths of a condition end in: the declared name, whatever relations lead to it."""

from __future__ import annotations

from guiju.norms import Declared, Vocabulary


def named(path: str, vocabulary: Vocabulary) -> Declared | None:
    """``system.cn.genai_technology`` -> the entry of ``cn.genai_technology``; None where nothing of it is declared."""
    parts = path.split(".")
    tails = (".".join(parts[start:]) for start in range(len(parts)))
    return next((vocabulary.declared[tail] for tail in tails if tail in vocabulary.declared), None)
