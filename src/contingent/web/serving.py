"""Listening: the socket first, so that what is printed is true, then the application."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import uvicorn

from contingent.errors import SettingError
from contingent.jobs.alone import alone
from contingent.web.app import create_app
from contingent.web.settings import Settings, is_loopback

__all__ = ["address", "listening", "serve", "with_token"]

PATIENCE = 20.0
"""Seconds that a browser is kept waiting for the first answer."""


def with_token(settings: Settings) -> Settings:
    """Return settings with a token where others than this machine can ask."""
    if is_loopback(settings.host) or settings.token is not None:
        return settings
    return replace(settings, token=secrets.token_urlsafe(24))


def listening(host: str, port: int) -> socket.socket:
    """Listen on a host and port; port 0 stands for any that is free.

    Raises
    ------
    SettingError
        If that cannot be done.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, where = found[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise SettingError("--host", repr(host), f"an address of this machine ({error})") from None
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(where)
        made.listen(128)
    except OSError as error:
        made.close()
        reason = error.strerror or str(error)
        raise SettingError(
            "--port", f"{port}, which cannot be used ({reason})", "a free port",
            "try --port 0 for any",
        ) from None  # fmt: skip
    return made


def address(settings: Settings) -> str:
    """Return the address to be opened in a browser."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    shown = f"[{host}]" if ":" in host else host
    token = "" if settings.token is None else f"?token={quote(settings.token)}"
    return f"http://{shown}:{settings.port}/{token}"


def serve(settings: Settings, *, browser: bool, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C.

    Parameters
    ----------
    settings
    browser : whether to open one
    say : told the address

    Raises
    ------
    SettingError
        If the port cannot be used, or another server works in the folder of studies.
    """
    with alone(settings.studies), listening(settings.host, settings.port) as made:
        settings = with_token(replace(settings, port=int(made.getsockname()[1])))
        config = uvicorn.Config(
            create_app(settings),
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=3,
        )
        say(address(settings))
        if browser and _has_screen():
            opener = threading.Thread(target=_open, args=(settings,), daemon=True)
            opener.start()
        uvicorn.Server(config).run(sockets=[made])


def _has_screen() -> bool:
    """Whether a browser with a window can be expected."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def _open(settings: Settings) -> None:
    """Open a browser once the server answers."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection((host, settings.port), timeout=1.0).close()
        except OSError:
            time.sleep(0.1)
            continue
        webbrowser.open(address(settings))
        return
