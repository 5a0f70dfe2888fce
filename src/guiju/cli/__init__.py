"""The one command, ``guiju``: people get a readable page, programs one JSON object; errors have one shape and place."""

from guiju.cli.app import main

__all__ = ["main"]
