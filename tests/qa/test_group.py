"""The same fact once with its places; disagreeing quotes named, the newer first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.types import Article
from qa import render
from qa.excerpt import body
from qa.group import grouped
from qa.page.answer import answer as shown
from qa.sentence import Scored
from qa.types import Answer, Understood
from tests.fakes import WordEncoder, make_article, scored_as


def _ranked(*articles: Article) -> tuple[Scored, ...]:
    """The first sentence of each article, in that order, as a reader may have ranked them."""
    return tuple(
        scored_as(next(body(article)), 3 - rank / 10) for rank, article in enumerate(articles)
    )


def _about(text: str, id: str, published: str) -> Article:
    return make_article(
        f"{text} Marlow Bridge stands in Kent.", id=id, published=published, source=f"{id} Post"
    )


OLD = _about("The fall of Marlow Bridge killed 12 people.", "old", "2023-04-11")
NEW = _about("The fall of Marlow Bridge killed 15 people.", "new", "2023-04-13")
COPY = _about("(AP) The fall of Marlow Bridge killed 12 people.", "copy", "2023-04-12")


def _answer(*articles: Article, language: str = "en") -> Answer:
    quotes, apart = grouped("How many people did it kill?", _ranked(*articles), WordEncoder())
    understood = Understood(language, ("kill",))
    return Answer("How many?", language, True, 0.9, quotes, (), understood, 0.1, apart)


def test_a_reprint_counts_once_and_names_its_place() -> None:
    answer = _answer(OLD, COPY)
    (quote,) = answer.quotes
    assert [one.article.id for one in quote.also] == ["copy"]
    assert not answer.disagreements
    (made,) = render.as_json(answer)["quotes"]
    assert made["also"][0]["text"] == quote.also[0].text
    assert "also in: copy Post, 2023-04-12" in render.as_text(answer)
    assert "copy Post" in shown(answer, 0)


def test_an_edit_that_changes_the_number_is_no_reprint() -> None:
    answer = _answer(OLD, NEW)
    assert [one.article.id for one in answer.quotes] == ["new", "old"]
    (apart,) = answer.disagreements
    assert apart.quotes == (1, 2)
    assert answer.differ(apart) == ("15", "12")


def test_disagreement_is_shown_in_the_language_of_the_question() -> None:
    english, french = _answer(OLD, NEW), _answer(OLD, NEW, language="fr")
    assert "[1] [2] these disagree: 15 / 12" in render.as_text(english)
    assert "[1] [2] ces articles se contredisent : 15 / 12" in render.as_text(french)
    assert "these disagree:" in shown(english, 0)
    assert render.as_json(english)["disagreements"][0]["words"] == ["15", "12"]


def test_a_copy_follows_the_quote_that_it_repeats() -> None:
    answer = _answer(OLD, NEW, COPY)
    assert [len(one.also) for one in answer.quotes] == [0, 1]
    assert len(answer.disagreements) == 1


def test_what_nearly_the_same_words_reverse_is_a_disagreement_and_no_reprint() -> None:
    said = "The council of Marlow Bridge {} its toll on Thursday for the first time in four years."
    up = _about(said.format("raised"), "up", "2023-04-11")
    down = _about(said.format("cut"), "down", "2023-04-12")
    answer = _answer(up, down)
    assert [(one.article.id, one.also) for one in answer.quotes] == [("down", ()), ("up", ())]
    assert answer.differ(*answer.disagreements) == ("cut", "raised")


@pytest.mark.parametrize(
    ("after", "named"),
    [("Nobody was hurt.", ["copy"]), ("That is false.", []), ("Then 9 died.", [])],
)
def test_a_sentence_more_hides_no_reprint_unless_it_matters(after: str, named: list[str]) -> None:
    said = "The council of Marlow Bridge shut its harbour on Thursday after a cable had snapped."
    long, copy = _about(f"{said} {after}", "long", "2023-04-11"), _about(said, "copy", "2023-04-12")
    first, second = list(body(long))[:2]
    ranked = [scored_as(first, 3.0), scored_as(second, 2.9), scored_as(next(body(copy)), 2.8)]
    quotes, apart = grouped("What did it shut?", ranked, WordEncoder())
    assert quotes[0].text == f"{said} {after}"
    assert [one.article.id for one in quotes[0].also] == named
    assert not apart


def test_what_follows_in_each_paper_hides_no_disagreement() -> None:
    """The sentences that answer differ; those taken in with them are on other things."""
    old, new = (
        _about(f"Marlow Bridge killed {many} people. {after}", id, published)
        for many, after, id, published in (
            ("12", "Governor Ida Holm spoke for an hour.", "old", "2023-04-11"),
            ("15", "Its owner asked a court for time.", "new", "2023-04-13"),
        )
    )
    ranked = [scored_as(one, 3.0) for article in (old, new) for one in list(body(article))[:2]]
    ranked.sort(key=lambda one: one.sentence.place)
    quotes, apart = grouped("How many people did it kill?", ranked, WordEncoder())
    assert all(one.text.count(".") == 2 for one in quotes)
    assert [(one.differ) for one in apart] == [((21, 23), (21, 23))]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        # fifteen of what, it does not say
        ("Marlow Bridge killed 15 in its fall.", "2023-04-13"),
        ("(AP) The fall of Marlow Bridge killed 15 people.", "2023-11-02"),  # news, by then
    ],
)
def test_a_paper_that_agrees_hides_no_disagreement(text: str, published: str) -> None:
    third = _about(text, "third", published)
    assert not _answer(third, OLD).disagreements
    answer = _answer(third, OLD, NEW)
    assert [[one.article.id for one in quote.also] for quote in answer.quotes] == [["new"], []]
    (apart,) = answer.disagreements
    assert answer.differ(apart) == ("15", "12")


def test_unrelated_articles_neither_agree_nor_disagree() -> None:
    other = make_article("The fire killed 3 people. Lyon mourns.", id="other", source="x")
    answer = _answer(OLD, replace(other, published="2023-04-11"))
    assert len(answer.quotes) == 2
    assert not answer.disagreements
    assert "disagreements" not in render.as_json(answer)


def test_one_article_does_not_contradict_itself() -> None:
    both = make_article("Marlow Bridge killed 12 people. Marlow Bridge killed 15 people.")
    assert not _answer(both).disagreements
