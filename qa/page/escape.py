"""Text from outside as HTML that shows exactly it.

Everything that comes from outside (texts, titles, sources, ids, file names, questions) is hostile
until it went through `safe`.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

# `{`, `$` and the backtick mean something to the templates of some front ends, `'` to scripts.
_TEMPLATE = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})


def safe(text: str) -> str:
    """Text from anywhere as HTML that shows exactly it, in an element or a quoted attribute."""
    return html.escape(text, quote=True).translate(_TEMPLATE)


def lit(text: str, start: int, end: int, spans: Iterable[tuple[int, int]], tag: str) -> str:
    """`text[start:end]`, what lies within `spans` (in order, disjoint) inside `tag`."""
    made, at = [], start
    for a, b in spans:
        a, b = max(a, at), min(b, end)
        if a < b:
            made += [safe(text[at:a]), f"<{tag}>", safe(text[a:b]), f"</{tag.partition(' ')[0]}>"]
            at = b
    return "".join([*made, safe(text[at:end])])
