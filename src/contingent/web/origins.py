"""Who may ask: the Host a browser called, and the page that made it ask.

A page elsewhere can make a browser send requests here, under a name of its own that it points at
this machine (DNS rebinding) or straight across sites. So the host must be one of this server's
names or an address written out, and what changes something must come from this server's own pages.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Caller", "may_ask", "may_change", "split_host"]

_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?\Z")
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Caller:
    """Headers that say who asks; None where one is missing.

    Attributes
    ----------
    host : as called
    origin : page that made the browser ask
    site : ``Sec-Fetch-Site``
    """

    host: str | None
    origin: str | None
    site: str | None


def split_host(text: str) -> tuple[str, int | None] | None:
    """Take a Host apart; None for what is none.

    >>> split_host("LocalHost:8765"), split_host("[::1]:80"), split_host("10.0.0.1")
    (('localhost', 8765), ('::1', 80), ('10.0.0.1', None))
    >>> split_host("a b"), split_host("evil.example@127.0.0.1"), split_host("::1")
    (None, None, None)
    """
    text = text.lower()
    if text.startswith("["):
        name, closed, rest = text[1:].partition("]")
        try:
            if not closed or "%" in name:
                return None
            name = str(ipaddress.IPv6Address(name))
        except ValueError:
            return None
    else:
        name, colon, rest = text.partition(":")
        rest = colon + rest
        if not _NAME.match(name):
            return None
    if not rest:
        return name, None
    digits = rest[1:]
    if rest[0] != ":" or not digits.isascii() or not digits.isdigit() or len(digits) > 5:
        return None
    return (name, int(digits)) if 0 < int(digits) < 65536 else None


def may_ask(caller: Caller, names: Iterable[str], *, loopback: bool) -> bool:
    """Whether the host is one of this server's.

    Parameters
    ----------
    caller
    names : of this server, besides those of loopback
    loopback : whether only this machine can reach it; else addresses written out will do, since no
        name was needed to get here
    """
    found = None if caller.host is None else split_host(caller.host)
    if found is None:
        return False
    name, _ = found
    if name in LOOPBACK_NAMES or name in {one.lower() for one in names}:
        return True
    if loopback:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def may_change(caller: Caller) -> bool:
    """Whether a request comes from this server's own page, or from no page at all.

    Browsers name the origin of whatever changes something, and say where the request comes from;
    programs do neither. An origin of ``null`` is that of a sandbox or a file, and refused.
    """
    if caller.site is not None and caller.site not in ("same-origin", "none"):
        return False
    if caller.origin is None:
        return True
    scheme, _, rest = caller.origin.partition("://")
    if scheme not in ("http", "https") or caller.host is None:
        return False
    mine, theirs = split_host(caller.host), split_host(rest)
    if mine is None or theirs is None:
        return False
    default = {"http": 80, "https": 443}[scheme]
    return (mine[0], mine[1] or default) == (theirs[0], theirs[1] or default)
