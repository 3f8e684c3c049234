"""What every response of the chat says to the browser: this page talks to its own server only.

An ASGI middleware. It is the second lock, behind the escaping in `qa.page`: whatever an article
might smuggle onto the page, nothing leaves the machine and no other site can frame it, or have a
browser send what changes something here.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

# The front end compiles its own templates, so `unsafe-eval` cannot go; sources can be shut out.
HEADERS = {
    "content-security-policy": "default-src 'self';"
    " script-src 'self' 'unsafe-inline' 'unsafe-eval';"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
    " worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'none';"
    " frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Sealed:
    def __init__(self, app: Any, closed: Collection[str] = ()) -> None:
        """`closed`: paths that answer 403, whoever asks."""
        self._app, self._closed = app, closed

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def sealed(message: Any) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = message | {"headers": [*message.get("headers", []), *extra]}
            await send(message)

        if scope["type"] == "http" and scope["path"].rstrip("/") in self._closed:
            await sealed({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b"read only"})
            return
        if scope["type"] == "http" and scope["method"] == "POST" and _from_elsewhere(scope):
            await sealed({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b"asked by another site"})
            return
        await self._app(scope, receive, sealed)


def _from_elsewhere(scope: Any) -> bool:
    """Did a browser send it for a page of another site? Other programs name no site, and may."""
    told = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if site := told.get("sec-fetch-site"):
        return site not in {"same-origin", "none"}
    origin = told.get("origin")  # all that plain http beyond this machine has
    own = {told.get("host"), told.get("x-forwarded-host")}
    return origin is not None and origin.partition("://")[2] not in own
