"""Invariants over random Unicode: offsets are exact, nothing is lost, nothing crashes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from ingest.clean import blocks, front_matter, opening_date
from ingest.library import Library
from ingest.read import File, drafts
from ingest.sentences import sentences
from ingest.split import in_context, passages
from ingest.types import INDEXED, Draft
from ingest.words import content_words, fold, words
from tests.fakes import WordEncoder, embedded, make_article, sought

PIECES = [
    *("\r\n", "\n", "\r", "\n\n", "\r\n\r\n", "\f", "\v", "\u2028", "\u2029", "\u0085", "\x1c"),
    *(" ", "\u00a0", "\u202f", "\u200b", "\u2009", "\t", "\ufeff", "\u200f", "\u202e"),
    *("é", "e\u0301", "ñ", "œ", "ß", "İ", "ı", "ﬁ", "½", "²", "Å", "\u0301", "한국", "日本語。"),
    *("👩\u200d👩\u200d👧", "🏳️\u200d🌈", "😀", "שלום", "مرحبا.", "नमस्ते", "\U0001d518"),
    *("« ", " »", "“", "”", "’", "'", '"', "(", ")", "[1]", "—", "…", "...", ".", "!", "?", "? "),
    *("M. ", "J.-P. ", "3.5 %", "U.S. ", "janv. 1960", "https://x.org/a?b=c", "snake_case", "NaN"),
    *("À lire aussi X", "Read also: X", "## H", "Par Jo Roy", "Photo : x", "date 2022-09 ", "---"),
    *(
        "title: x",
        "- a: b",
        "Il part. Elle reste. ",
        "The storm hit Lyon. ",
        "x" * 400,
        "mot " * 90,
    ),
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(
        st.one_of(
            st.sampled_from(PIECES),
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
        ),
        max_size=30,
    ).map("".join),
)
ARTICLES = TEXTS.filter(lambda text: bool(text.strip()))


@contextmanager
def library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as folder:
        yield Library(Path(folder), create=True)


def uncovered(text: str, spans: list[tuple[int, int]]) -> str:
    """What stands outside of all spans; they must be in order, disjoint and trimmed."""
    at, rest = 0, ""
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        rest += text[at:start]
        at = end
    return rest + text[at:]


@given(TEXTS)
@example("---\r\ntitle: x\r\n---\r\ndate 2022-09 x")
@example("date 2022-09")
def test_blocks_cover_the_text(text: str) -> None:
    marked = blocks(text)
    assert not uncovered(text, [(one.start, one.end) for one in marked]).strip()
    assert blocks(text) == marked


@given(TEXTS)
def test_sentences_cover_their_paragraph(text: str) -> None:
    for block in blocks(text):
        spans = list(sentences(text, block.start, block.end))
        assert spans
        assert (spans[0][0], spans[-1][1]) == (block.start, block.end)
        outside = uncovered(text[: block.end], spans)[block.start :]
        assert not outside.strip()


@given(ARTICLES)
def test_passages_are_whole_sentences_that_fit(text: str) -> None:
    encoder = WordEncoder()
    article = make_article(text)
    assert article.title
    parts = passages(article, encoder)
    uncovered(text, [(one.start, one.end) for one in parts])
    assert all(one.text == text[one.start : one.end] for one in parts)
    counts = encoder.token_counts([in_context(one) for one in parts])
    assert max(counts, default=0) <= encoder.max_tokens
    covered = {i for one in parts for i in range(one.start, one.end) if not text[i].isspace()}
    indexed = {
        i
        for block in article.blocks
        if block.kind in INDEXED
        for i in range(block.start, block.end)
        if not text[i].isspace()
    }
    assert covered == indexed, "exactly what is indexed is in a passage"


@given(ARTICLES, TEXTS)
@example("½ snake_case", "snake_case ½")
@example("The storm.", "\ud800 storm")
def test_a_library_gives_back_what_it_took(text: str, question: str) -> None:
    made = embedded(text)
    with library() as kept:
        kept.put(made, origin="x")
        with kept.snapshot() as snapshot:
            assert snapshot.article("storm") == made.article
            ids = sorted(set(snapshot.vectors().passages.tolist()))
            stored = snapshot.passages(ids)
            assert tuple(stored[one] for one in ids) == made.passages
            for asked in (question, text[:300]):
                found = snapshot.lexical(sought(asked), 10)
                assert {one for one, _ in found} <= set(ids)


@given(ARTICLES)
def test_a_file_is_its_text(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_bytes(text.encode())
        (draft,) = drafts(File(path, "a.txt"))
        if isinstance(draft, Draft):
            assert draft.text == text.removeprefix("\ufeff")
        else:
            assert draft.reason
            assert front_matter(text) or not text.strip("\ufeff").strip()


@given(TEXTS)
def test_what_text_opens_with(text: str) -> None:
    for found in (front_matter(text), opening_date(text)):
        if found:
            block = found[0] if isinstance(found, tuple) else found
            assert not text[: block.start].strip()


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words(text) == words(text)
    assert set(content_words(text)) <= set(words(text))
