"""A whole article, as the pane beside the conversation shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.types import Article, Block, Kind
from qa.page.escape import lit, safe
from qa.page.interface import say
from qa.page.links import Target, facts, read

_HASHES = re.compile(r"#{1,6}\s+")
_TAGS = {Kind.HEADING: "h3"}


def pane(article: Article, place: Target, current: str | None, language: str) -> str:
    """A whole article, its page furniture marked, the quote lit.

    `current` is the digest of the version the library has now; None where the article is gone.
    """
    words, note = say(language), ""
    if current is None:
        note = safe(words["gone"])
    elif current != article.digest:
        link = f'<a href="{read(article.id)}">{safe(words["as it is"])}</a>'
        note = f"{safe(words['changed'])} {link}"
    written = f"<bdi>{safe(article.author)}</bdi> · " if article.author else ""
    spans = [(place.start, place.end)] if place.end > place.start else []
    blocks = "".join(_block(article.text, block, spans) for block in article.blocks)
    return (
        f'<article class="paper" lang="{safe(article.language)}"><header lang="{language}">'
        f'<h2 dir="auto" lang="{safe(article.language)}">{safe(article.title)}</h2>'
        f'<p class="facts">{written}{facts(article, language)}</p>'
        + (f'<p class="changed" role="note">{note}</p>' if note else "")
        + f"</header>{blocks}</article>"
    )


def lost(language: str) -> str:
    return (
        f'<article class="paper"><p class="changed" role="note">{safe(say(language)["lost"])}'
        "</p></article>"
    )


def _block(text: str, block: Block, spans: Sequence[tuple[int, int]]) -> str:
    tag, start, lead = _TAGS.get(block.kind, "p"), block.start, ""
    if block.kind is Kind.HEADING and (hashes := _HASHES.match(text, start, block.end)):
        start = hashes.end()
        lead = f'<span class="hashes">{safe(hashes[0])}</span>'
    words = lit(text, start, block.end, spans, "mark")
    return f'<{tag} class="block {block.kind}" dir="auto">{lead}{words}</{tag}>'
