"""Dossiers and results kept as documents, each by its digest, and the checks and links that lead to them."""
