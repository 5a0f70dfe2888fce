"""How often one client may do one kind of act: a fixed window of a minute, counted in the database for all processes together.

No address is kept. A counter's key is the HMAC of the client's address, the act and the minute with the site's secret key: it
tells nothing of who was counted, nobody can be followed from one minute to the next, and it is deleted soon after.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address
from typing import Concatenate, Final, ParamSpec

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from guiju.calendars import now
from guiju.institutions.hall.models import Counted
from guiju.wording import GuijuError

WINDOW: Final = 60
"""Seconds of a window."""

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class LimitError(GuijuError):
    """Too many requests of one kind; ``headers`` say after how many seconds to come back."""

    status = 429

    def __init__(self, wait: int, most: int) -> None:
        super().__init__("limit.reached", wait=wait, most=most)
        self.headers = {"Retry-After": str(wait)}


def client_of(request: HttpRequest) -> str:
    """The client of a request, not to be traced to its address; of an IPv6 address its network counts."""
    moment = now()
    return _secret(f"{moment:%Y-%m-%d} {_network(request.META.get('REMOTE_ADDR') or '')}")


def _secret(words: str) -> str:
    return salted_hmac("guiju.limits", words, algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    """The address; of an IPv6 address the first 64 bits, since one household or machine has all that begin so."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(int(found) >> 64)
    return str(found)


def hidden_key(key: str, prefix: str, version: int) -> str:
    """Under which name the cache keeps something: it tells nothing of persons, clients or codes (Django's KEY_FUNCTION)."""
    return _secret(f"{prefix} {version} {key}")


def count(request: HttpRequest, act: str, per_minute: int, weight: int = 1) -> None:
    """Count an act of a client; one that costs as much as several counts as several.

    :raises LimitError: where it has done it more often than it may in this minute.
    """
    window, past = divmod(int(now().timestamp()), WINDOW)
    key = _secret(f"{act} {window} {client_of(request)}")
    with transaction.atomic():
        Counted.objects.bulk_create([Counted(key=key, window=window)], ignore_conflicts=True)
        mine = Counted.objects.filter(key=key)
        mine.update(done=F("done") + weight)
        done = mine.values_list("done", flat=True).get()
    if done > per_minute:
        raise LimitError(WINDOW - past, per_minute)


def limited(act: str, per_minute: int) -> Callable[[View[P]], View[P]]:
    """A view that a client may ask for only so often a minute; views with the same ``act`` are counted together."""

    def around(view: View[P]) -> View[P]:
        @wraps(view)
        def counted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            count(request, act, per_minute)
            return view(request, *args, **kwargs)

        return counted

    return around


def forget_counted() -> int:
    """Delete the counters of minutes that are over; how many."""
    window = int(now().timestamp()) // WINDOW
    return Counted.objects.filter(window__lt=window).delete()[0]
