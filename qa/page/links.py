"""Where citations lead, and how an article is named.

A citation carries its whole target in its `href`, so that it means the same for as long as anybody
keeps it: in an older answer, after a reload, in another tab.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote as percent
from urllib.parse import unquote

from ingest.types import Article
from qa.attribution import site
from qa.page.escape import safe
from qa.phrases import day, tongue
from qa.types import Quote


@dataclass(frozen=True, slots=True)
class Target:
    """Where a citation leads: an article, in one version of it, at one place."""

    article: str
    version: str | None = None
    start: int = 0
    end: int = 0


_CITE = re.compile(r"#?cite-(\d{1,9})-(\d{1,9})-([0-9a-f]{64})-(.+)", re.DOTALL)
_READ = re.compile(r"#?read-(.+)", re.DOTALL)


def cite(quote: Quote) -> str:
    """The fragment that leads to this quote, safe in an attribute."""
    article = quote.article
    return f"#cite-{quote.start}-{quote.end}-{article.digest}-{percent(article.id, safe='')}"


def read(article_id: str) -> str:
    """The fragment that leads to the current version of an article."""
    return f"#read-{percent(article_id, safe='')}"


def target(fragment: str) -> Target | None:
    """What `cite` or `read` made the fragment of; None for anything else."""
    if match := _CITE.fullmatch(fragment):
        start, end, version, name = match.groups()
        return Target(unquote(name), version, int(start), int(end))
    if match := _READ.fullmatch(fragment):
        return Target(unquote(match[1]))
    return None


def facts(article: Article, language: str, *, linked: bool = False, whole: bool = False) -> str:
    """Source, date and language of an article, in words of `language`.

    `linked`: a source that is a web address leads there, where it stands in no link itself.
    `whole`: it is written out, for what is kept or printed.
    """
    source = f"<bdi>{safe(article.source)}</bdi>" if whole else called(article.source)
    if linked and site(article.source) != article.source:
        source = (
            f'<a class="source" href="{safe(article.source)}" target="_blank"'
            f' rel="noopener noreferrer">{source}</a>'
        )
    others = day(article.published, language), tongue(article.language, language)
    return " · ".join([source, *(f"<bdi>{safe(one)}</bdi>" for one in others)])


def called(source: str) -> str:
    """A source by its short name (`site`); pointed at, it says the whole of it."""
    short = site(source)
    whole = f' title="{safe(source)}"' if short != source else ""
    return f"<bdi{whole}>{safe(short)}</bdi>"
