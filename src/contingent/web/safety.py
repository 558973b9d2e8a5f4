"""Around the application: who may ask, how much, and what browsers may do with the answers."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contingent.web.origins import Caller, may_ask, may_change
from contingent.web.problems import problem
from contingent.web.settings import LARGEST_BODY, Settings, is_loopback

__all__ = ["CONTENT_SECURITY_POLICY", "Safety"]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'",
        "img-src 'self' data: blob:", "connect-src 'self'", "font-src 'self'",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SAFE = ("GET", "HEAD", "OPTIONS")


class Safety:
    """ASGI middleware that refuses what should not be answered.

    Parameters
    ----------
    app : the application
    settings : of the server
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._loopback = is_loopback(settings.host)
        self._names = (*settings.hosts, settings.host.strip("[]"))
        self._cookie = f"contingent-{settings.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        await self._app(scope, _limited(receive), guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        path: str = scope["path"]
        caller = Caller(headers.get("host"), headers.get("origin"), headers.get("sec-fetch-site"))
        if len(headers.getlist("host")) != 1 or not may_ask(
            caller, self._names, loopback=self._loopback
        ):
            return problem(
                HTTPStatus.MISDIRECTED_REQUEST,
                "this server does not go by that name; open the address that it has printed, or "
                "start it with --name and the name",
            )
        asks_api = path.startswith("/api/")
        if (scope["method"] not in SAFE or asks_api) and not may_change(caller):
            return problem(HTTPStatus.FORBIDDEN, "the request comes from another site's page")
        if self._settings.token is not None:
            refused = self._without_token(scope, headers)
            if refused is not None:
                return refused
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return problem(HTTPStatus.BAD_REQUEST, "a Content-Length that is no number")
        if len(length) > 12 or int(length) > LARGEST_BODY:
            return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _limit())
        return None

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        """Return None if the token is there; the page itself takes it from its address once.

        It does not stay in the address, which may be sent to somebody; all else there stays.
        """
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        given = asked.pop("token", [""])[0]
        if scope["path"] == "/" and scope["method"] in SAFE and self._is_token(given):
            rest = f"/?{urlencode(asked, doseq=True)}" if asked else "/"
            answer = RedirectResponse(rest, HTTPStatus.SEE_OTHER)
            answer.set_cookie(self._cookie, given, httponly=True, samesite="strict", path="/")
            return answer
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._is_token(bearer.strip()):
            return None
        if self._is_token(_cookie(headers.get("cookie", ""), self._cookie)):
            return None
        return problem(
            HTTPStatus.UNAUTHORIZED, "a token is needed: use the address the server has printed"
        )

    def _is_token(self, text: str) -> bool:
        wanted = self._settings.token or ""
        return hmac.compare_digest(text.encode("utf-8", "replace"), wanted.encode())


def _cookie(text: str, name: str) -> str:
    try:
        found = SimpleCookie(text).get(name)
    except CookieError:
        return ""
    return "" if found is None else found.value


def _limited(receive: Receive) -> Receive:
    """Hand out a body that says no length only up to the limit."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _limit())
        return message

    return counted


def _limit() -> str:
    return f"the body is larger than {LARGEST_BODY:,} bytes"
