"""A conversation as a file to keep: JSON that `python -m qa --verify` re-checks, or Markdown.

As a page that is re-checked too, `qa.page.keepsake` makes it.

Every quote stands with its article, version and offsets, so that anybody with the library can see
that it is word for word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from qa.phrases import day, opening, words
from qa.render import as_json
from qa.types import Answer, Quote

# What Markdown, or HTML within it, would take for more than a character.
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&$:@=])")


def exported_json(answers: Sequence[Answer]) -> str:
    """A list of answers, each in the shape that the README documents."""
    return json.dumps([as_json(one) for one in answers], ensure_ascii=False, indent=2) + "\n"


def exported_markdown(answers: Sequence[Answer]) -> str:
    return "\n".join(line for answer in answers for line in _answer(answer)).rstrip("\n") + "\n"


def _answer(answer: Answer) -> Iterable[str]:
    say = words(answer.language)
    yield from (f"## {_plain(answer.question)}", "", _plain(opening(answer)), "")
    if answer.nearest:
        yield from (_plain(say["nearest"]), "")
    for number, quote in enumerate(answer.quotes or answer.nearest, 1):
        mark = f"\\[{number}\\] " if answer.answered else ""
        yield from (f"> {line}" for line in _plain(quote.text).split("\n"))
        yield ">"
        for place in (quote, *quote.also):
            yield f"> {mark}{_place(place, answer.language)}  "
        yield ""
    for one in answer.disagreements:
        numbers = " ".join(f"\\[{number}\\]" for number in one.quotes)
        # A difference may be words of several lines; this is one.
        apart = " / ".join(" ".join(_plain(words).split()) for words in answer.differ(one))
        yield from (f"{numbers} {_plain(say['apart'])} {apart}", "")


def _place(quote: Quote, language: str) -> str:
    article = quote.article
    facts = " · ".join(
        _plain(one) for one in (article.title, article.source, day(article.published, language))
    )
    return f"{facts} · {_plain(article.id)} {quote.start}-{quote.end} {article.digest}"


def _plain(text: str) -> str:
    """Text as Markdown that shows exactly it, one line a line."""
    return "\n".join(_MARKUP.sub(r"\\\1", line.strip()) for line in text.splitlines())
