"""Nothing that comes from outside is ever markup, and what is shown is exactly what was there."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import blocks
from ingest.types import Article, Kind, Rejection, Report
from qa import html, render
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


@given(TEXTS)
def test_safe_text_is_text(text: str) -> None:
    assert Seen(f"<p>{html.safe(text)}</p>").text == text
    assert Seen(f'<p title="{html.safe(text)}">').attributes == [("title", text)]
    assert not set("<>{}$`\"'") & set(html.safe(text))


@given(TEXTS.filter(bool))
def test_a_citation_leads_where_it_says(article_id: str) -> None:
    article = make_article("Un. Deux.", id=article_id)
    quote = Quote(article, 4, 9, None, 1.0)
    assert html.target(html.cite(quote)) == html.Target(article_id, DIGEST, 4, 9)
    assert html.target(html.read(article_id)) == html.Target(article_id)
    assert not set("<>{}$`\"' ") & set(html.cite(quote))


@pytest.mark.parametrize("fragment", ["", "#", "#cite-", "#cite-1-2-xyz-a", "#read-", "x" * 99])
def test_what_no_citation_made_leads_nowhere(fragment: str) -> None:
    assert html.target(fragment) is None


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_words_stay_words(nasty: str) -> None:
    text = f"Une phrase avec {nasty} dedans, qui va jusqu'au bout."
    article = make_article(text, id=nasty, source=nasty, title=nasty, language=nasty)
    quote = Quote(article, 0, len(text), (4, 30), 1.0)
    report = Report(added=(nasty,), rejected=(Rejection(nasty, nasty),))
    shown = [
        html.turn(make_answer(quote, question=nasty)),
        html.turn(make_answer(quote, answered=False, question=nasty)),
        html.pane(article, html.Target(nasty, DIGEST, 0, len(text)), None),
        html.table([article], total=1),
        html.table([], total=1, asked=nasty),
        html.report(report, {}),
        html.report(report, {nasty: nasty}),
        html.pending(nasty, nasty),
        html.failed(nasty, nasty),
        html.trouble(nasty),
    ]
    for source in shown:
        seen = Seen(source)
        assert nasty in seen.text
        assert not {"script", "img", "svg", "style"} & set(seen.tags)
        assert not [name for name, _ in seen.attributes if name.startswith("on")]
        links = [value or "" for name, value in seen.attributes if name in {"href", "src"}]
        assert all(value.startswith(("#cite-", "#read-")) for value in links)
        assert "{{" not in source and "${" not in source


TEXT = (
    "date 2022-09 La première phrase du corps de l'article. La deuxième, plus longue, dit autre"
    " chose. La troisième.\n\nUn intertitre\n\nEncore un corps, avec une fin.\n\n"
    "À lire aussi Une autre histoire\n\nFin du texte."
)


def test_the_pane_shows_the_whole_article_and_lights_the_quote() -> None:
    article = make_article(TEXT)
    start = TEXT.index("La deuxième")
    end = TEXT.index(" La troisième")
    seen = Seen(html.pane(article, html.Target("a", DIGEST, start, end), DIGEST))
    assert seen.marked == TEXT[start:end]
    assert "".join(TEXT.split()) in "".join(seen.text.split())
    assert "note" not in dict(seen.attributes).values()
    for kind in (Kind.DATE, Kind.HEADING, Kind.PROMO):
        assert f"block {kind}" in [value for name, value in seen.attributes if name == "class"]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_any_span_is_lit_and_no_word_is_lost(a: int, b: int) -> None:
    start, end = sorted((a, b))
    seen = Seen(html.pane(make_article(TEXT), html.Target("a", DIGEST, start, end), DIGEST))
    assert "".join(seen.marked.split()) == "".join(TEXT[start:end].split())
    assert "".join(TEXT.split()) in "".join(seen.text.split())


def test_the_pane_says_that_the_article_changed_or_is_gone() -> None:
    article = make_article("Une phrase.")
    place = html.Target("a", DIGEST, 0, 11)
    assert "has changed since" in html.pane(article, place, "f" * 64)
    assert "no longer in the library" in html.pane(article, place, None)


def test_an_answer_is_numbered_and_nearest_passages_are_not() -> None:
    article = make_article("Une phrase. Une autre.")
    found = [Quote(article, 0, 11, None, 1.0), Quote(article, 12, 22, None, 0.9)]
    said, silent = (Seen(html.turn(make_answer(*found, answered=yes))) for yes in (True, False))
    assert "[1]" in said.text and "[2]" in said.text and "bonne confiance" in said.text
    assert "Les articles disent" in said.text and "septembre 2022 · français" in said.text
    assert "[" not in silent.text and "blockquote" not in silent.tags
    assert "Les articles ne le disent pas." in silent.text
    assert silent.tags.count("a") == 2  # each can still be opened


def test_the_highlight_is_inside_the_quote() -> None:
    article = make_article("Une phrase avec un mot. Une autre.")
    lit = html.turn(make_answer(Quote(article, 0, 23, (16, 22), 1.0)))
    assert 'avec <strong class="span">un mot</strong>.' in lit


def test_the_table_lists_what_it_can_and_says_so() -> None:
    many = [replace(make_article("Une phrase."), id=str(i)) for i in range(html.SHOWN + 1)]
    seen = Seen(html.table(many, total=len(many)))
    assert seen.tags.count("a") == html.SHOWN
    assert f"the first {html.SHOWN} are listed" in seen.text
    assert "No articles yet" in html.table([], total=0)
    assert "1 of 3 articles" in html.table(many[:1], total=3)


@pytest.mark.parametrize(
    ("published", "language", "said"),
    [
        ("2022", "en", "2022"),
        ("2022-09", "fr", "septembre 2022"),
        ("2022-09-05", "en", "5 September 2022"),
        (None, "fr", "sans date"),
    ],
)
def test_a_date_is_as_precise_as_it_was_given(
    published: str | None, language: str, said: str
) -> None:
    assert html.day(published, language) == said


def test_the_chat_and_the_terminal_say_the_same() -> None:
    for language in ("en", "fr"):
        silent = replace(make_answer(answered=False), language=language)
        assert render.as_text(silent) == html.WORDS[language]["silent"]
        article = make_article("Une phrase.")
        said = replace(make_answer(Quote(article, 0, 11, None, 1.0)), language=language)
        assert render.as_text(said).startswith(html.WORDS[language]["answer"])
