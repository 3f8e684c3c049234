"""A conversation as a page to keep: whole in one file, without a script, asking nobody anything.

Every quote names its place, so that `python -m qa --verify` checks the very words that are shown.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from qa import chips
from qa.kept import MARK
from qa.page.answer import apart, widened
from qa.page.escape import lit, safe
from qa.page.links import facts
from qa.phrases import level, opening, spoken, words
from qa.types import Answer, Quote

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.6 Georgia, serif; max-width: 44rem; margin: 2.5rem auto; padding: 0 1.2rem; }
h1, .says, .facts, .apart, .widened, summary { font-family: system-ui, sans-serif; }
h1 { font-size: 1rem; font-weight: 400; }
h2 { font-size: 1.25rem; margin: 2.4rem 0 .4rem; }
figure { margin: 1.2rem 0; }
blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid #15803d; white-space: pre-line; }
h2, blockquote, figcaption { overflow-wrap: anywhere; }
figcaption, summary, .facts { font-size: .85rem; }
code { font-size: .75rem; }
mark { background: #fde68a; color: #1c1917; }
""".strip()
# Even if words of an article were taken for markup, nothing of it would run or be fetched.
_SEAL = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_SEAL}'"


def keepsake(answers: Sequence[Answer]) -> str:
    """The page, each answer in the language of its question."""
    language = spoken(answers[0].language) if answers else "en"
    title = f"{answers[0].question} · Saidso" if answers else "Saidso"
    note = _exact(words(language)["kept"])
    return (
        f'<!doctype html>\n<html lang="{language}" {MARK}="conversation">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_exact(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>Saidso · {note} <code>python -m qa --verify saidso.html</code></h1>\n"
        f"{''.join(map(_answer, answers))}</main>\n</body>\n</html>\n"
    )


def _answer(found: Answer) -> str:
    language = spoken(found.language)
    say = words(language)
    sure = f" <small>{_exact(say[level(found.confidence)])}</small>" if found.answered else ""
    near = f'<p class="facts">{_exact(say["nearest"])}</p>\n' if found.nearest else ""
    understood = "".join(f"<li>{_exact(one.label)}</li>" for one in chips.chips(found.understood))
    quotes = "".join(
        _quote(one, f"[{number}] " if found.answered else "", language)
        for number, one in enumerate(found.quotes or found.nearest, 1)
    )
    return (
        f'<section lang="{language}" data-asked="{_exact(found.question)}">\n'
        f'<h2 dir="auto">{_exact(found.question)}</h2>\n'
        + (f'<ul class="facts">{understood}</ul>\n' if understood else "")
        + f'<p class="says">{_exact(opening(found))}{sure}</p>\n{apart(found, language)}{near}'
        f"{quotes}{widened(found)}</section>\n"
    )


def _quote(quote: Quote, mark: str, language: str) -> str:
    """One place, and folded up behind it the other places that say the same."""
    article = quote.article
    spans = [quote.highlight] if quote.highlight else []
    said = lit(article.text, quote.start, quote.end, spans, "mark").replace("\r", "&#13;")
    also = "".join(_quote(one, "", language) for one in quote.also)
    if also:
        also = f"<details><summary>{_exact(words(language)['also'])}</summary>\n{also}</details>\n"
    return (
        f'<figure>\n<blockquote lang="{_exact(article.language)}" dir="auto"'
        f' data-article="{_exact(article.id)}" data-version="{_exact(article.digest)}"'
        f' data-start="{quote.start}" data-end="{quote.end}">{said}</blockquote>\n'
        f'<figcaption>{mark}<cite dir="auto">{_exact(article.title)}</cite> ·'
        f" {facts(article, language, whole=True)}<br><code><bdi>{_exact(article.id)}</bdi>"
        f" {quote.start}-{quote.end} {_exact(article.digest)}</code></figcaption>\n"
        f"</figure>\n{also}"
    )


def _exact(text: str) -> str:
    """A file may be read with its line ends made one: a carriage return is spelt out."""
    return safe(text).replace("\r", "&#13;")
