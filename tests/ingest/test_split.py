"""Passages: exact slices that fit the encoder, and hold nothing that is not indexed."""

from __future__ import annotations

import time

import pytest

from ingest.split import WINDOW, context, in_context, passages, windows
from ingest.types import INDEXED, Kind
from tests.fakes import WordEncoder, make_article

SENTENCE = "The storm that hit Lyon on Monday night tore the roofs off forty houses. "


def test_whole_sentences_are_packed_to_the_limit() -> None:
    encoder = WordEncoder(max_tokens=100)
    article = make_article((SENTENCE * 12).strip(), title="Storm")
    parts = passages(article, encoder)
    assert len(parts) > 2
    assert all(one.text.endswith("houses.") and one.text.startswith("The") for one in parts)
    assert " ".join(one.text for one in parts) == article.text
    counts = encoder.token_counts([in_context(one) for one in parts])
    assert max(counts) <= encoder.max_tokens
    assert counts[0] + encoder.token_counts([SENTENCE])[0] > 92  # one more would not have fitted


def test_a_passage_never_spans_furniture() -> None:
    pieces = ["One storm hit.", "À lire aussi Une vidéo", "Another one came.", "Publicité", "End."]
    text = "\n\n".join(pieces)
    parts = passages(make_article(text), WordEncoder())
    assert [one.text for one in parts] == ["One storm hit.", "Another one came.", "End."]


def test_a_heading_opens_what_follows_it() -> None:
    text = "One storm hit.\n\nThe damage\n\nForty roofs flew off."
    parts = passages(make_article(text), WordEncoder())
    assert [one.text for one in parts] == ["One storm hit.", "The damage\n\nForty roofs flew off."]


@pytest.mark.parametrize(
    "text",
    ["word " * 700, "x" * 5000, "😀" * 3000, "a;b,c " * 800, "é\u0301" * 2000, "한국어" * 900],
    ids=["words", "one word", "emoji", "list", "marks", "hangul"],
)
@pytest.mark.parametrize("limit", [200, 100])
def test_a_sentence_longer_than_the_encoder_reads(text: str, limit: int) -> None:
    encoder = WordEncoder(max_tokens=limit)
    article = make_article(text.strip(), title="T")
    parts = passages(article, encoder)
    assert "".join("".join(one.text.split()) for one in parts) == "".join(text.split())
    assert max(encoder.token_counts([in_context(one) for one in parts])) <= limit


@pytest.mark.parametrize("title", ["!" * 400, "한" * 400, "🦊" * 90, "mot " * 90])
def test_a_title_of_many_tokens_leaves_room(title: str) -> None:
    encoder = WordEncoder()
    article = make_article(SENTENCE * 20, title=title)
    parts = passages(article, encoder)
    assert title.startswith(context(article))
    assert max(encoder.token_counts([in_context(one) for one in parts])) <= encoder.max_tokens


def test_windows_are_whole_sentences_and_all_of_the_passage() -> None:
    text = f"Head.\n\n{SENTENCE * 12}\n\nPublicité\n\n{'word ' * 300}"
    parts = passages(make_article(text.strip(), title="T"), WordEncoder())
    seen = windows(parts)
    assert {one.passage for one in seen} == set(range(len(parts)))
    for place, part in enumerate(parts):
        own = [one for one in seen if one.passage == place]
        assert "".join("".join(one.text.split()) for one in own) == "".join(part.text.split())
        assert all(one.text == text[one.start : one.end] for one in own)
    short = [one for one in seen if "storm" in one.text]
    assert len(short) > 2
    assert all(len(one.text) <= WINDOW and one.text.endswith("houses.") for one in short)
    assert max(len(one.text) for one in seen) > WINDOW  # a piece without a sentence end


def test_an_article_of_furniture_has_no_passages() -> None:
    article = make_article("À lire aussi Une vidéo")
    assert [block.kind for block in article.blocks] == [Kind.PROMO]
    assert not INDEXED & {block.kind for block in article.blocks}
    assert passages(article, WordEncoder()) == ()


def test_passages_are_known_by_their_place() -> None:
    article = make_article("One.\n\nPublicité\n\nTwo.", id="storm")
    assert [one.id for one in passages(article, WordEncoder())] == ["storm:0", "storm:17"]


def test_a_book_of_one_block_takes_as_long_as_its_length() -> None:
    """Each passage once split all of the block again: minutes for a megabyte."""
    article = make_article(" ".join(f"Sentence {i} tells of the mill." for i in range(20_000)))
    parts = passages(article, WordEncoder())
    started = time.process_time()
    seen = windows(parts)
    assert time.process_time() - started < 10
    assert "".join(one.text for one in seen).replace(" ", "") == article.text.replace(" ", "")
