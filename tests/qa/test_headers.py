"""What wraps every response of the chat: who may send, and what stands first in its page."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from qa.headed import Headed
from qa.sealed import Sealed

PAGE = b"<html><head><title>Saidso</title></head></html>"


def answered(app: Any, *, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """(status, headers, body) of one request."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("nobody asks for the body")

    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": "/", "headers": told}
    asyncio.run(app(scope, receive, send))
    start, *parts = sent
    lower = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return start["status"], lower, b"".join(one.get("body", b"") for one in parts)


def says(*parts: bytes, kind: str = "text/html; charset=utf-8") -> Any:
    async def app(_: Any, __: Any, send: Any) -> None:
        length = str(sum(map(len, parts))).encode()
        headers = [(b"Content-Type", kind.encode()), (b"Content-Length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for number, part in enumerate(parts, 1):
            more = number < len(parts)
            await send({"type": "http.response.body", "body": part, "more_body": more})

    return app


@pytest.mark.parametrize("at", [0, 8, len(PAGE)])
def test_the_head_stands_before_all_else(at: int) -> None:
    _, headers, body = answered(Headed(says(PAGE[:at], PAGE[at:]), "<script>é</script>"))
    assert body == PAGE.replace(b"<head>", "<head><script>é</script>".encode())
    assert headers["content-length"] == str(len(body))


def test_what_is_no_page_passes_as_it_is() -> None:
    _, headers, body = answered(Headed(says(PAGE, kind="application/json"), "<script></script>"))
    assert body == PAGE and headers["content-length"] == str(len(PAGE))
    assert answered(Headed(says(PAGE), "<b>"), method="POST")[2] == PAGE


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # no browser
        ({"sec_fetch_site": "same-origin", "origin": "https://a.example", "host": "inner"}, 200),
        ({"sec_fetch_site": "none"}, 200),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),  # another port of this machine
        ({"origin": "http://10.0.0.2:7860", "host": "10.0.0.2:7860"}, 200),
        ({"origin": "http://a.example", "host": "in", "x_forwarded_host": "a.example"}, 200),
        ({"origin": "http://evil.example", "host": "10.0.0.2:7860"}, 403),
        ({"origin": "null", "host": "10.0.0.2:7860"}, 403),
    ],
)
def test_another_site_sends_nothing(headers: dict[str, str], status: int) -> None:
    sealed = Sealed(says(b"done"))
    assert answered(sealed, method="POST", **headers)[0] == status
    assert answered(sealed, method="GET", **headers)[0] == 200
