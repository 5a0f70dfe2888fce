"""Decision trees of others: a mapping of questions and answers makes their paths dossiers, and the engine answers them."""

from .scoring import score_trees

__all__ = ["score_trees"]
