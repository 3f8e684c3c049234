"""Passages as the library makes them: a title, then whole sentences packed to a size.

Leaves out cleaning (intertitles and promo lines stay in the text): this is lab code.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MAX_CHARS = 900  # about 200 French word pieces: under the encoder's 256 with a title
_BREAK = re.compile(
    r"\n\s*\n"  # a paragraph ends
    r"|(?<=[.!?…])[»”\"’)\]]*\s+(?=[«“\"(\[]*\s?[A-ZÀ-ÖØ-Þ0-9])"  # a sentence ends, one begins
)
_ABBREVIATION = re.compile(
    r"\b(?:M|MM|Mme|Mlle|Dr|St|Mr|Mrs|Ms|[A-Z]|janv|févr|av|apr|No|vol|p)\.$"
)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the data; offsets of everything else are characters into `text`."""

    id: str
    title: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """`article.text[start:end]`, whole sentences; `text` is what the encoder reads."""

    article_id: str
    language: str
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        return f"{self.article_id}:{self.start}"


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of `text`, in order, without the white space between."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        end = match.end() - (len(match.group()) - len(match.group().rstrip()))
        if "\n" not in match.group() and _ABBREVIATION.search(text[start:end]):
            continue
        if text[start:end].strip():
            spans.append((start, end))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


def passages(article: Article, max_chars: int = MAX_CHARS) -> list[Passage]:
    """The article's passages; a sentence longer than `max_chars` is a passage of its own."""
    groups: list[tuple[int, int]] = []
    for start, end in sentence_spans(article.text):
        if groups and end - groups[-1][0] <= max_chars:
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    return [
        Passage(article.id, article.language, start, end, enriched(article, start, end))
        for start, end in groups
    ]


def enriched(article: Article, start: int, end: int) -> str:
    """The passage side of the encoder: title, then the words, on one line."""
    return f"{article.title}. {' '.join(article.text[start:end].split())}"


def pack(articles: Iterable[Article], max_chars: int = MAX_CHARS) -> list[Passage]:
    """The passages of all the articles, in order."""
    return [p for article in articles for p in passages(article, max_chars)]
