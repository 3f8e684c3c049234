"""How inputs are laid out, and what is made of the scores; the shipped reader on real text."""

from __future__ import annotations

import time

import numpy as np
import pytest

from ingest.runtime import tokenizer_of
from qa.choose import SHIPPED, chosen_reader
from qa.confidence import confidence, evidence
from qa.excerpt import excerpt
from qa.layout import LONGEST_INPUT, LONGEST_QUESTION, Laid, Layout
from qa.lit import whole_words
from qa.quote import quotes
from qa.reader import LONGEST_ANSWER, OnnxReader, judged
from qa.sentence import Window, scored
from qa.types import Near, Understood
from tests.fakes import make_article


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout(tokenizer_of(SHIPPED))


def test_question_title_sentences(layout: Layout) -> None:
    laid = layout.lay("Qui part ?", "Départ", ["Le ministre part.", "Il pleut."])
    question, title = layout.tokens("Qui part ?")[0], layout.tokens("Départ")[0]
    assert laid.ids[1 : 1 + len(question)] == question
    assert laid.types == [0] * (len(question) + 2) + [1] * (len(laid.ids) - len(question) - 2)
    (a, b), (c, d) = laid.sentences
    assert a == len(question) + 2 + len(title) + 1
    assert b == c
    assert d == len(laid.ids) - 1
    assert laid.ids[a:b] == layout.tokens("Le ministre part.")[0]
    assert laid.offsets[a] == (0, 2)
    assert laid.offsets[c] == (0, 2)


def test_what_is_too_long_is_left_out_at_the_end(layout: Layout) -> None:
    laid = layout.lay("mot " * 500, "t", ["mot " * 250, "mot " * 250, "fin."])
    assert len(laid.ids) == len(laid.types) == len(laid.offsets) == LONGEST_INPUT
    assert laid.types.count(0) == LONGEST_QUESTION + 2
    spans = laid.sentences
    assert spans[0][1] - spans[0][0] == 250
    assert spans[2] == (LONGEST_INPUT - 1, LONGEST_INPUT - 1)
    assert laid.whole == 1
    assert layout.lay("mot", "t", ["mot " * 600, "fin."]).whole == 0
    assert layout.lay("mot", "t", ["mot.", "\u200b", "fin."]).whole == 3


def _laid(tokens: int) -> Laid:
    offsets = [(0, 0)] * 2 + [(3 * i, 3 * i + 2) for i in range(tokens)] + [(0, 0)]
    return Laid([0] * (tokens + 3), [0] * (tokens + 3), ((2, 2 + tokens),), offsets, 1)


def test_a_sentence_scores_the_mean_of_its_tokens_and_lights_its_best_span() -> None:
    scores = np.zeros((7, 3), np.float32)
    scores[2:6, 0] = [1, 2, 3, 6]
    scores[3, 1], scores[4, 2], scores[5, 1] = 5, 4, 1
    read = judged(scores, _laid(4), 0, start=100, text="ab " * 4)
    assert read.score == pytest.approx(3)
    assert read.highlight == (103, 108)
    assert read.beside == (109, 111), "the likeliest of what shares no token with it"


def test_a_word_is_lit_whole() -> None:
    scores = np.zeros((7, 3), np.float32)
    scores[3, 1], scores[4, 2] = 5, 4
    assert judged(scores, _laid(4), 0, start=100, text="ab2cd ef4gh").highlight == (100, 111)


# What the reader lights stands in [ ], what is shown in { }.
LIT = """
Some {[86],000} homes lack power.
It has {6,[312 signatures]}.
It costs about {$[3.10]} a litre.
Click to {[unsub]scribe} today.
It went up by {[6].3} points.
It cost {€4.[7 million]}.
It sells at {$11,[850 a tonne]}.
Il coûte {[3],5} millions d'euros.
Mr {[Hofstet]ter} resigned.
Slodycz {[S].A.} closed.
He moved to the {U.[S].} in May.
{[Stannard] & Rowe} lost.
et {[la Corée] du Nord} livre.
the {[Bank] of England} rose.
{[Le maire]} de Lyon part.
{[Macron]} de retour.
Il y a {[12] 000} obus, pas plus.
Il y a {12 [000 obus]}.
Il y a {12 [000 obus]}.
Une hausse de {[6] %} en mai.
Une hausse de {[6] %} en mai.
Il dort à l'{[hôtel]}.
Le parc de {[Saint]-Elme}.
Le parc de {Saint-[Elme]}.
Il vit à {Villeneuve-d'[Ascq]}.
Il vit {aujourd'[hui]} ici.
Il vit à {[N]'Djamena}.
{[Macron]}'s plan failed.
{[Mac]ron}'s plan failed.
Qui {[part]}-il voir ?
Between {[2010]}-2012 it rained.
They {re[fused to le]ave} early.
A {[big house]} burns.
Il dit {[« oui »]}.
En mai {[2022]} 300 obus.
At {−[3].5} degrees.
""".strip().splitlines()


@pytest.mark.parametrize("marked", LIT)
def test_what_is_lit_is_whole(marked: str) -> None:
    def places(opens: str, closes: str, others: str) -> tuple[int, int]:
        line = marked.translate(dict.fromkeys(map(ord, others)))
        return line.index(opens), line.rindex(closes) - 1

    text = marked.translate(dict.fromkeys(map(ord, "[]{}")))
    assert whole_words(text, *places("[", "]", "{}")) == places("{", "}", "[]")


@pytest.mark.parametrize("text", ["a.b" * 30_000, "1 " * 50_000, "x-" * 50_000, "$" * 90_000])
def test_what_is_lit_is_found_quickly(text: str) -> None:
    started = time.process_time()
    start, end = whole_words(text, 50_000, 50_001)
    assert 0 <= start <= 50_000 < end <= len(text)
    assert time.process_time() - started < 1  # 30 ms where nothing else runs


def test_an_answer_does_not_end_before_it_starts_nor_go_on_for_ever() -> None:
    scores = np.zeros((53, 3), np.float32)
    scores[40, 1], scores[10, 2] = 5, 5  # a start behind the end
    scores[2, 1], scores[51, 2] = 4, 4  # fifty tokens apart
    read = judged(scores, _laid(50), 0, start=0, text="ab " * 50)
    assert read.highlight is not None
    assert 0 < read.highlight[1] - read.highlight[0] <= 3 * LONGEST_ANSWER
    assert read.highlight == (0, 26), "from the second mark to the first end"


def test_a_sentence_without_a_token_answers_nothing() -> None:
    laid = Laid([0, 0], [0, 0], ((1, 1),), [(0, 0), (0, 0)], 1)
    read = judged(np.zeros((2, 3), np.float32), laid, 0, start=0, text="ab")
    assert read.score < -40
    assert read.highlight is None


def test_an_article_without_a_token_is_read_as_no_answer() -> None:
    """Characters that nobody sees: nothing to read, and nothing to fall over."""
    article = make_article("\u200b\u200b")
    near = Near(excerpt(article, (0, 2)), 0.5, 0.5)
    ranked = scored("Qui part ?", [Window(near, near.excerpt)], chosen_reader())
    assert [one.read.highlight for one in ranked] == [None]
    found = evidence(ranked, Understood("fr", ("part", "ministre")))
    assert confidence(found) < 0.01
    assert quotes(ranked)[0].score == 0


def test_the_shipped_reader_reads_across_languages() -> None:
    reader = chosen_reader()
    assert isinstance(reader, OnnxReader)
    article = make_article(
        "Selon Washington, la Corée du Nord vend des obus à Moscou. L'Iran, lui, livre des drones."
        " La Chine appelle au calme."
    )
    read = excerpt(article, (0, len(article.text)))
    for question, place, answer in [
        ("Who sells shells to Moscow?", 0, "Corée"),
        ("Qui livre des drones ?", 1, "Iran"),
    ]:
        (reads,) = reader.read(question, [read])
        assert [one.score for one in reads].index(max(one.score for one in reads)) == place
        lit = reads[place].highlight
        assert lit is not None
        assert answer in article.text[lit[0] : lit[1]]
    (silent,) = reader.read("What is the capital of Australia?", [read])
    assert max(one.score for one in silent) < 0


def test_an_excerpt_is_read_the_same_whatever_else_is_read() -> None:
    reader = chosen_reader()
    article = make_article("Le ministre part. Il pleut sur Lyon depuis trois jours.")
    one, other = excerpt(article, (0, 10)), excerpt(article, (0, len(article.text)))
    alone = reader.read("Qui part ?", [one])[0]
    among = reader.read("Qui part ?", [one, other])[0]
    assert alone == among


@pytest.mark.parametrize("more", ["", " Il est long."])
def test_a_sentence_that_a_note_is_called_by_is_not_read_twice(more: str) -> None:
    text = f"Le pont de Kervigo a été bâti en 1911 par Soizic Le Bihan.{more}"
    reader, question = OnnxReader(SHIPPED), "Qui a bâti le pont de Kervigo ?"
    untitled, called = make_article(text), make_article(text, title="Au conseil de Brest")
    assert untitled.title.startswith("Le pont de Kervigo a été")
    scores = [
        reader.read(question, [excerpt(one, (0, len(text)))])[0][0].score
        for one in (untitled, called)
    ]
    assert scores[0] > 2.0 and abs(scores[0] - scores[1]) < 2.0


def test_what_does_not_fit_is_read_by_itself() -> None:
    reader = chosen_reader()
    assert isinstance(reader, OnnxReader)
    scores = "".join(f"Rzeszów {n}-{n + 1} Łódź ; " for n in range(45))
    article = make_article(f"{scores}fin. {scores}fin. L'Iran livre des drones à la Russie.")
    whole = excerpt(article, (0, len(article.text)))
    assert len(whole.sentences) == 3
    first, second, last = reader.read("Qui livre des drones ?", [whole])[0]
    assert last.score > max(0, first.score, second.score) and last.highlight
    assert (first,) == reader.read("Qui livre des drones ?", [excerpt(article, (0, 9))])[0], (
        "read without what had no room"
    )
