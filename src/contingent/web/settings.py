"""What a server is started with."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

from contingent.jobs.budget import Budget

__all__ = ["LARGEST_BODY", "Settings", "is_loopback"]

LARGEST_BODY = 8_000_000
"""Bytes; four files of the largest size that a scenario's file may have."""


@dataclass(frozen=True)
class Settings:
    """What a server is started with.

    Attributes
    ----------
    studies, scenarios : folders; nothing is read or written outside them
    host, port : where it listens
    hosts : further names by which browsers may call it
    token : that every request must carry; none where only this machine can ask
    article : text shown with every study that has none of its own
    budget : limits of one job
    threads : of a job; as many as processors if None
    """

    studies: Path = Path("studies")
    scenarios: Path = Path(".")
    host: str = "127.0.0.1"
    port: int = 8765
    hosts: tuple[str, ...] = ()
    token: str | None = field(default=None, repr=False)
    article: str | None = field(default=None, repr=False)
    budget: Budget = field(default_factory=Budget)
    threads: int | None = None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host.

    >>> is_loopback("localhost"), is_loopback("127.0.0.9"), is_loopback("::1")
    (True, True, True)
    >>> is_loopback("0.0.0.0"), is_loopback("example.org")
    (False, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
