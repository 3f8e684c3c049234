"""What became of a conversation's quotes since they were made, in one line."""

from __future__ import annotations

from collections.abc import Sequence

from qa.page.escape import safe
from qa.page.interface import say
from qa.page.links import cite
from qa.phrases import number
from qa.types import Quote
from qa.verify import Standing

_NAMED = 3  # articles; a line is a line
_WORDS = {
    Standing.INTACT: "stands",
    Standing.CHANGED: "stood",
    Standing.GONE: "fell",
    Standing.ALTERED: "twisted",
}


def verified(checked: Sequence[tuple[Quote, Standing]], language: str) -> str:
    """How many stand, and how many do not: with the articles, each a link to what was quoted."""
    words = say(language)
    if not checked:
        return f'<p class="notice">{safe(words["unquoted"])}</p>'
    parts = []
    for standing, key in _WORDS.items():
        those = [quote for quote, found in checked if found is standing]
        if those:
            told = safe(words[key].format(number(len(those), language)))
            parts.append(told if standing is Standing.INTACT else f"{told} ({_named(those)})")
    many = "1 quote" if len(checked) == 1 else "quotes"
    count = safe(words[many].format(number(len(checked), language)))
    sound = all(found is Standing.INTACT for _, found in checked)
    return f'<p class="{"sound" if sound else "notice"}">{count} {", ".join(parts)}.</p>'


def _named(quotes: Sequence[Quote]) -> str:
    each = list({one.article.id: one for one in quotes}.values())
    links = [
        f'<a href="{cite(one)}" dir="auto">{safe(one.article.title)}</a>' for one in each[:_NAMED]
    ]
    return ", ".join([*links, *(["…"] if len(each) > _NAMED else [])])
