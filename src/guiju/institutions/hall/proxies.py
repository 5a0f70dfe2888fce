"""Proxies before the site: whom they serve is believed of those alone that were named, never of what anybody sends."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from guiju.wording import GuijuError

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

MOST: Final = 32
"""Addresses of a row of proxies that are looked at."""


class ProxyError(GuijuError):
    """Something that names no proxy."""


def networks(words: str) -> tuple[Network, ...]:
    """Addresses and networks separated by commas: ``127.0.0.1, 10.0.0.0/8``.

    :raises ProxyError: for anything else.
    """
    found = []
    for one in filter(None, (part.strip() for part in words.split(","))):
        try:
            found.append(ip_network(one))
        except ValueError:
            raise ProxyError("proxy.no-address", name="GUIJU_PROXIES", got=one) from None
    return tuple(found)


def is_proxy(address: str, proxies: Sequence[Network]) -> bool:
    """Whether an address is that of a proxy that was named."""
    found = _address(address)
    return found is not None and any(found in one for one in proxies)


def client_before(address: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """Who asks: the address of the connection, or, where that is a proxy's, the last one before it that is no proxy's.

    ``forwarded`` is the header ``X-Forwarded-For``. What stands farther to the left was sent by the client and is not believed.
    """
    row = [part.strip() for part in forwarded.split(",") if part.strip()][-MOST:]
    while row and is_proxy(address, proxies):
        before = _address(row.pop())
        if before is None:
            break
        address = str(before)
    return address


def _address(words: str) -> Address | None:
    try:
        found = ip_address(words.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
