"""What a browser would make of a page, and makers of what pages are about."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import strategies as st

from ingest.clean import blocks
from ingest.types import Article
from qa.types import Answer, Quote, Understood

NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>' onmouseover='alert(1)",
    "{{7*7}} ${alert(1)} `x`",
    "[click](javascript:alert(1)) ![i](http://evil.example/i.png)",
    "</article></aside><style>*{display:none}</style>",
    "&lt;b&gt; &amp; &#60;",
    "\u202eright to left\u202c",
]
DIGEST = "0123456789abcdef" * 4
# What an HTML parser gives back unchanged: no NUL, and no carriage return.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))


class Seen(HTMLParser):
    """What a browser would make of it: the tags, the attributes, the text, the text in <mark>."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text, self.marked, self._mark = "", "", False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._mark = self._mark or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._mark = self._mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._mark else ""


def make_article(text: str, **given: str) -> Article:
    fields = {"id": "a", "source": "a.txt", "title": "A title", "language": "fr"} | given
    fields = {"digest": DIGEST} | fields
    return Article(author=None, published="2022-09", text=text, blocks=blocks(text), **fields)


def make_answer(*quotes: Quote, answered: bool = True, question: str = "Qui ?") -> Answer:
    return Answer(
        question=question,
        language="fr",
        answered=answered,
        confidence=0.8,
        quotes=quotes if answered else (),
        nearest=() if answered else quotes,
        understood=Understood("fr", ("qui",)),
        seconds=0.1,
    )
