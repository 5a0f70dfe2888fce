"""What the hall does about what happened: letters are sent."""

from guiju.institutions.hall import letters

__all__ = ["letters"]
