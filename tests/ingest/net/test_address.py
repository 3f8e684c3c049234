"""One spelling for each address, and whom a page may speak for."""

from __future__ import annotations

import pytest

from ingest.errors import Unreadable
from ingest.net.address import canonical, joined, normal


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("https://Example.org", "https://example.org/"),
        (" https://example.org:443/a#b ", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("http://example.org./a", "http://example.org/a"),
        (
            "https://example.org/a?utm_source=x&id=5&fbclid=9&xtor=RSS-1",
            "https://example.org/a?id=5",
        ),
        ("https://example.org/été?q=é", "https://example.org/%C3%A9t%C3%A9?q=%C3%A9"),
        ("https://example.org/%C3%A9?a=%20b", "https://example.org/%C3%A9?a=%20b"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("http://[2606:4700::1111]:80/a", "http://[2606:4700::1111]/a"),
        ("https://example.org?a=1", "https://example.org/?a=1"),
        ("https://example.org//evil.example/", "https://example.org//evil.example/"),
    ],
)
def test_one_spelling(given: str, meant: str) -> None:
    assert normal(given) == meant
    assert normal(meant) == meant


@pytest.mark.parametrize(
    "given",
    [
        *("", "example.org/a", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)"),
        *("http://", "http:///a", "http://user:pass@example.org/", "http://example.org:99999/"),
        *("http://exa mple.org/", "http://example.org/\r\nX: y", "http://example.org\\@evil.test/"),
        *("http://[::1/", "http://[::1%25eth0]/", "http://ex<ample.org/", "http://a/" + "b" * 5000),
        *("http://\ud800.example/", "http://example.org/\ud800", "http://.../"),
    ],
)
def test_what_is_no_address(given: str) -> None:
    with pytest.raises(Unreadable):
        normal(given)


def test_what_a_redirect_means() -> None:
    assert joined("https://a.example/x/y?z", "../w") == "https://a.example/w"
    assert joined("https://a.example/x", "//b.example/w") == "https://b.example/w"
    with pytest.raises(Unreadable):
        joined("https://a.example/x", "http://[::1")


@pytest.mark.parametrize(
    ("claimed", "known_as"),
    [
        ("https://www.news.example/flood", "https://www.news.example/flood"),
        ("http://news.example/flood", "http://news.example/flood"),
        ("https://amp.news.example/flood#a", "https://amp.news.example/flood"),
        (None, "https://news.example/flood?p=1"),
        ("https://other.example/flood", "https://news.example/flood?p=1"),
        ("https://news.example.evil.example/flood", "https://news.example/flood?p=1"),
        ("https://news.example/", "https://news.example/flood?p=1"),
        ("javascript:1", "https://news.example/flood?p=1"),
    ],
)
def test_what_an_article_is_known_by(claimed: str | None, known_as: str) -> None:
    assert canonical("https://news.example/flood?p=1", claimed) == known_as
