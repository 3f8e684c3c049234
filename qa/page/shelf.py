"""The articles of the library, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.snapshot import Listed
from qa.page.escape import safe
from qa.page.interface import many, say
from qa.page.links import read
from qa.phrases import number, tongue

SHOWN = 200  # rows of the table at a time; the filter finds the others


def table(
    articles: Sequence[Listed],
    sizes: Mapping[str, int],
    language: str,
    *,
    total: int,
    asked: str = "",
) -> str:
    """The first SHOWN of `articles`, which are those of `total` that match what was asked for.

    `sizes`: the characters of each article that is shown, by id.
    """
    words = say(language)
    if not total:
        return f'<p class="empty">{words["empty"]}</p>'
    if not articles:
        none = safe(words["no match"]).replace("&#123;&#125;", f"<bdi>{safe(asked)}</bdi>")
        return f'<p class="empty">{none}</p>'
    rows = "".join(_row(one, sizes.get(one.id), language) for one in articles[:SHOWN])
    count = many(total, "article", language)
    if len(articles) < total:
        count = words["of"].format(number(len(articles), language), count)
    if len(articles) > SHOWN:
        count += words["first"].format(SHOWN)
    heads = "".join(
        f'<th scope="col" class="{one}">{safe(words[one])}</th>'
        for one in ("title", "source", "date", "language", "size")
    )
    return (
        f'<p class="count">{safe(count)}</p><table class="shelf"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(article: Listed, size: int | None, language: str) -> str:
    length = "" if size is None else number(size, language)
    return (
        f'<tr><td class="title"><a href="{read(article.id)}" lang="{safe(article.language)}"'
        f' dir="auto">{safe(article.title)}</a></td>'
        f'<td class="source"><bdi>{safe(article.source)}</bdi></td>'
        f'<td class="date">{safe(article.published or "–")}</td>'
        f'<td class="language">{safe(tongue(article.language, language))}</td>'
        f'<td class="size">{length}</td></tr>'
    )
