"""Who may do what: one matrix, kept by hand (``matrix.txt``), asked by every page; what is not in it may not be done.

``@right(system_of, organisation_of, GET="system.edit")`` on a view finds what the address speaks of, asks whether the reader may,
and hands the thing to the view instead of its name. A view that declares no right, and whose address is not open, answers nobody
(:class:`guiju.institutions.people.access.guard.Guard`).
"""

from guiju.institutions.people.access.guard import OPEN, WITH_KEY, Guard, opened, right
from guiju.institutions.people.access.matrix import Matrix, matrix
from guiju.institutions.people.access.refusal import AccessError
from guiju.institutions.people.access.roles import holders, may, organisations_where, refusal, refusals, require, rights, roles_in

__all__ = [
    "OPEN",
    "WITH_KEY",
    "AccessError",
    "Guard",
    "Matrix",
    "holders",
    "matrix",
    "may",
    "opened",
    "organisations_where",
    "refusal",
    "refusals",
    "require",
    "right",
    "rights",
    "roles_in",
]
