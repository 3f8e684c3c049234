"""Text without sentence ends, cut where it hurts least. The one door to LangChain's splitters."""

from __future__ import annotations

from collections.abc import Callable


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends; empty at `end` when there is nothing else."""
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def cut(
    text: str, start: int, end: int, *, limit: int, length: Callable[[str], int] = len
) -> list[tuple[int, int]]:
    """Spans over `text[start:end]`, in order, trimmed, none of them longer than `limit`.

    `length` measures a piece: characters, or an encoder's tokens. Every character that is not
    white space is in exactly one span.
    """
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # half a second

    splitter = RecursiveCharacterTextSplitter(
        separators=["\n", " ; ", "; ", ", ", " ", ""],
        chunk_size=limit,
        chunk_overlap=0,  # with an overlap the start indices are not to be trusted
        length_function=length,
        keep_separator="end",
        strip_whitespace=False,
    )
    spans, at = [], start
    for piece in splitter.split_text(text[start:end]):
        assert text.startswith(piece, at), "a splitter that drops characters breaks every offset"
        a, b = trimmed(text, at, at + len(piece))
        at += len(piece)
        if a < b:
            spans.append((a, b))
    return spans
