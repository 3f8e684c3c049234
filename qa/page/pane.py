"""A whole article, as the pane beside the conversation shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.history import apart, beside
from ingest.types import Article, Block, Kind
from qa.page.escape import lit, safe
from qa.page.interface import say
from qa.page.links import Target, facts, read
from qa.phrases import day, number

_HASHES = re.compile(r"#{1,6}\s+")
_TAGS = {Kind.HEADING: "h3"}
_SHOWN = 60  # sentences that went or came; a rewrite is better read than compared
_FIELDS = {"title": "title", "published": "date", "source": "source", "language": "language"}


def pane(
    article: Article,
    place: Target,
    current: Article | None,
    language: str,
    *,
    versions: Sequence[tuple[str, str]] = (),
) -> str:
    """A whole article, its page furniture marked, the quote lit.

    `current` is the version the library has now; None where the article is gone. `versions`:
    (when it was taken in, digest) of each that is kept, oldest first.
    """
    words, note = say(language), ""
    if current is None:
        note = _note(safe(words["gone"]))
    elif current.digest != article.digest:
        link = f'<a href="{read(article.id)}">{safe(words["as it is"])}</a>'
        note = _note(f"{safe(words['changed'])} {link}{_difference(article, current, language)}")
    written = f"<bdi>{safe(article.author)}</bdi> · " if article.author else ""
    spans = [(place.start, place.end)] if place.end > place.start else []
    blocks = "".join(_block(article.text, block, spans) for block in article.blocks)
    return (
        f'<article class="paper" lang="{safe(article.language)}"><header lang="{language}">'
        f'<h2 dir="auto" lang="{safe(article.language)}">{safe(article.title)}</h2>'
        f'<p class="facts">{written}{facts(article, language, linked=True)}</p>'
        f"{_version(article, versions, language)}{note}</header>{blocks}</article>"
    )


def _note(html: str) -> str:
    return f'<div class="changed" role="note">{html}</div>'


def _version(article: Article, versions: Sequence[tuple[str, str]], language: str) -> str:
    """Which version it is, and since when it is in the library."""
    words, digests = say(language), [digest for _, digest in versions]
    if article.digest not in digests:
        return ""
    place = digests.index(article.digest)
    line = words["taken in on"].format(day(versions[place][0][:10], language))
    if len(versions) > 1:
        line = f"{words['version'].format(place + 1, len(versions))} · {line}"
    return f'<p class="facts version" title="{safe(article.digest[:12])}">{safe(line)}</p>'


def _difference(old: Article, new: Article, language: str) -> str:
    """What went and what came since `old`, to be unfolded."""
    words = say(language)
    lines = [
        f"<li><b>{safe(words[_FIELDS.get(field, field)])}</b> <del>{safe(was or '–')}</del>"
        f" <ins>{safe(now or '–')}</ins></li>"
        for field, was, now in beside(old, new)
    ]
    tags = {"-": "del", "+": "ins"}
    lines += [
        f'<li dir="auto"><{tags[sign]}>{safe(sentence)}</{tags[sign]}></li>'
        for sign, sentence in apart(old, new)
    ]
    if not lines:  # blanks alone
        return ""
    more = len(lines) - _SHOWN
    if more > 0:
        lines[_SHOWN:] = [f"<li>{safe(words['more of it'].format(number(more, language)))}</li>"]
    return (
        f"<details><summary>{safe(words['difference'])}</summary>"
        f'<ul class="went">{"".join(lines)}</ul></details>'
    )


def lost(language: str) -> str:
    return f'<article class="paper">{_note(safe(say(language)["lost"]))}</article>'


def _block(text: str, block: Block, spans: Sequence[tuple[int, int]]) -> str:
    tag, start, lead = _TAGS.get(block.kind, "p"), block.start, ""
    if block.kind is Kind.HEADING and (hashes := _HASHES.match(text, start, block.end)):
        start = hashes.end()
        lead = f'<span class="hashes">{safe(hashes[0])}</span>'
    words = lit(text, start, block.end, spans, "mark")
    return f'<{tag} class="block {block.kind}" dir="auto">{lead}{words}</{tag}>'
