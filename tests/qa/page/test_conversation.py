"""An answer opens with one line in the question's language; its buttons are the page's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa import render
from qa.page.conversation import conversation, turn, welcome
from qa.phrases import WORDS, day
from qa.types import Quote
from tests.qa.page.seen import Seen, make_answer, make_article


def test_an_answer_is_numbered_and_nearest_passages_are_not() -> None:
    article = make_article("Une phrase. Une autre.")
    found = [Quote(article, 0, 11, None, 1.0), Quote(article, 12, 22, None, 0.9)]
    said, silent = (Seen(turn(make_answer(*found, answered=yes), 0, "fr")) for yes in (True, False))
    assert "[1]" in said.text and "[2]" in said.text and "bonne confiance" in said.text
    assert "1 article répond à la question." in said.text
    assert "septembre 2022 · français" in said.text
    assert "[" not in silent.text and "blockquote" not in silent.tags
    assert "Les articles ne le disent pas." in silent.text
    assert silent.tags.count("a") == 2  # each can still be opened


def test_the_opening_counts_articles_and_not_quotes() -> None:
    one, other = make_article("Une phrase."), make_article("Une autre phrase.", id="b")
    found = [Quote(one, 0, 11, None, 1.0), Quote(one, 0, 11, None, 0.9)]
    assert "1 article répond" in turn(make_answer(*found), 0, "en")
    english = replace(make_answer(*found, Quote(other, 0, 17, None, 0.8)), language="en")
    assert "2 articles answer this." in turn(english, 0, "fr")


def test_the_highlight_is_inside_the_quote() -> None:
    article = make_article("Une phrase avec un mot. Une autre.")
    lit = turn(make_answer(Quote(article, 0, 23, (16, 22), 1.0)), 0, "fr")
    assert 'avec <strong class="span">un mot</strong>.' in lit


def test_the_chat_and_the_terminal_say_the_same() -> None:
    for language in ("en", "fr"):
        silent = replace(make_answer(answered=False), language=language)
        assert render.as_text(silent) == WORDS[language]["silent"]
        article = make_article("Une phrase.")
        said = replace(make_answer(Quote(article, 0, 11, None, 1.0)), language=language)
        assert render.as_text(said).startswith(WORDS[language]["one"])


def test_an_answer_is_copied_with_its_citations() -> None:
    article = make_article("Une phrase.")
    seen = Seen(turn(make_answer(Quote(article, 0, 11, None, 1.0)), 0, "fr"))
    copied = dict(seen.attributes)["data-text"] or ""
    assert copied.startswith("Qui ?\n\n1 article répond")
    assert "[1] Une phrase.\n    A title · a.txt · 2022-09 · 0-11" in copied


def test_the_buttons_speak_the_language_of_the_page() -> None:
    article = make_article("Une phrase.")
    made = turn(make_answer(Quote(article, 0, 11, None, 1.0)), 0, "en")
    english = conversation([made], "", "en")
    assert "Ask again" in english and "New conversation" in english
    assert "Redemander" in turn(make_answer(), 0, "fr")
    assert "Que voulez-vous savoir" in Seen(welcome(2, [], "fr")).text


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
    assert day(published, language) == said
