"""Elements to paragraphs of text, and XML that cannot bite. The one door to lxml."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from ingest.errors import Unreadable

# Tags that begin and end a paragraph: those of HTML and those trafilatura makes of them.
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 div section article header footer main aside nav blockquote ul ol li dl dt"
    " dd table tr figure figcaption pre hr address form body title"
    " head quote list item row code graphic".split()
)
_SILENT = frozenset("script style noscript template svg math iframe object select button".split())
_BREAKS, _CELLS = frozenset(("br", "lb")), frozenset(("td", "th", "cell"))
_DEPTH = 150  # of elements one in another; deeper is nobody's text, and recursion has an end
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # hints to a browser where to break


def text_of(element: Any) -> str:
    """Paragraphs, headings, list items and rows of tables, an empty line between them."""
    paragraphs = (
        "\n".join(" ".join(line.split()) for line in one.split("\n")).strip()
        for one in "".join(_pieces(element, _DEPTH)).split("\f")
    )
    text = "\n\n".join(one for one in paragraphs if one)
    return unicodedata.normalize("NFC", text.translate(_UNSEEN))


def _pieces(element: Any, depth: int) -> Iterator[str]:
    """The text under `element` in order; a form feed stands where a block begins or ends."""
    tag = local(element).lower()
    if tag and tag not in _SILENT:
        if tag in _BLOCKS:
            yield "\f"
        elif tag in _BREAKS:
            yield "\n"
        elif tag in _CELLS and element.getprevious() is not None:
            yield " | "
        yield _flat(element.text)
        if depth:
            for child in element:
                yield from _pieces(child, depth - 1)
                yield _flat(child.tail)
        else:
            yield _flat(" ".join(element.itertext()))
        if tag in _BLOCKS:
            yield "\f"


def _flat(text: str | None) -> str:
    return " ".join(text.splitlines()) if text and ("\n" in text or "\f" in text) else text or ""


def page(markup: str) -> Any:
    """The body of an HTML document, however broken. Raises Unreadable when there is none."""
    root = whole(markup)
    body = root.find("body")
    return root if body is None else body


def whole(markup: str) -> Any:
    """An HTML document, head and body. Raises Unreadable when there is none."""
    try:
        parser = html.HTMLParser(encoding="utf-8")
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise Unreadable("there is no text in this page") from None


def xml(data: bytes) -> Any:
    """The root of an XML document; no entity is expanded, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(f"not XML that can be read: {str(error)[:200]}") from None
    if root is None:
        raise Unreadable("not XML that can be read")
    return root


def local(element: Any) -> str:
    """The name of a tag without its namespace."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """All elements below `element`, at any depth, with one of these local names, in order."""
    yield from element.iter(*(f"{{*}}{name}" for name in names))


def said(element: Any, *names: str) -> str | None:
    """The text of the first of `children`; None when it is not there or is empty."""
    for one in children(element, *names):
        if text := " ".join("".join(_pieces(one, _DEPTH)).split()):
            return text
    return None
