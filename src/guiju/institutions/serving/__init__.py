"""The processes of a site: the home folder made ready, then web, worker and sequencer as one supervised group."""

from guiju.institutions.serving.group import serve, work
from guiju.institutions.serving.problem import ServeError

__all__ = ["ServeError", "serve", "work"]
