"""Guiju (规矩): an AI-governance system in which hard law and soft law work together."""

__version__ = "0.1.0"
