"""Decision trees of others: a mapping of questions and answers makes their paths dossiers, and the engine answers them."""

from .scoring import TREES, score_tree

__all__ = ["TREES", "score_tree"]
