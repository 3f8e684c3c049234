"""What stands in the page's head before anything of the front end's own runs.

An ASGI middleware: the front end adds a head of ours as well, but late, when it has already chosen
the language of its own words by the browser's.
"""

from __future__ import annotations

from typing import Any

_AFTER = b"<head>"


class Headed:
    def __init__(self, app: Any, head: str) -> None:
        self._app, self._head = app, head.encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Any = None
        body = b""

        async def headed(message: Any) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_page(message):
                start = message  # held back until it is known how long the page gets
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    made = body.replace(_AFTER, _AFTER + self._head, 1)
                    await send(_as_long(start, made))
                    await send({"type": "http.response.body", "body": made})

        await self._app(scope, receive, headed)


def _is_page(start: Any) -> bool:
    kinds = [value for name, value in start["headers"] if name.lower() == b"content-type"]
    return any(one.startswith(b"text/html") for one in kinds)


def _as_long(start: Any, body: bytes) -> Any:
    others = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
    return start | {"headers": [*others, (b"content-length", str(len(body)).encode())]}
