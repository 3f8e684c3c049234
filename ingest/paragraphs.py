"""Where paragraphs begin and end in a text whose lines may be anything.

An empty line ends one. A single line break does not in a text that is wrapped, as e-mails and old
plain texts are, and does in one whose lines are long, as text pasted from a page is. A line of page
furniture stands alone, unless it goes on in mid-sentence: cut out there, it would leave two clauses
to be quoted as sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

_PARAGRAPH = re.compile(r"\S(?:[^\n\r]|\r?\n(?![^\S\n]*\n))*")
_LINE = re.compile(r"\S[^\n\r]*")
_WRAPPED = 120  # characters; nobody wraps lines to more
_UNWRAPPED = 160  # characters of a line of prose that nobody has wrapped
_SENTENCE_ENDS = re.compile(r"[.!?…:;][^\w\s]*$")

Line = tuple[int, int]


def paragraphs(
    text: str, start: int, stands_alone: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs of `text[start:]`, in order, disjoint, trimmed.

    `stands_alone`: is this line a paragraph even where others stand right before or after it?
    """
    by_line = any(_prose(one[0]) for one in _LINE.finditer(text, start))
    for paragraph in _PARAGRAPH.finditer(text, start):
        lines = [
            (one.start(), one.start() + len(one[0].rstrip()))
            for one in _LINE.finditer(text, paragraph.start(), paragraph.end())
        ]
        apart = by_line and not _wrapped(lines)
        begun, before_alone = lines[0][0], stands_alone(text[slice(*lines[0])])
        for before, (a, b) in pairwise(lines):
            goes_on = text[a].islower() and not _SENTENCE_ENDS.search(text[slice(*before)])
            alone = not goes_on and stands_alone(text[a:b])
            if alone or before_alone or (apart and not goes_on):
                yield begun, before[1]
                begun = a
            before_alone = alone
        yield begun, lines[-1][1]


def _prose(line: str) -> bool:
    return len(line) > _UNWRAPPED and " " in line[:_WRAPPED]


def _wrapped(lines: list[Line]) -> bool:
    """Is each of them but the last about as long as the others?"""
    lengths = [b - a for a, b in lines[:-1]]
    return len(lengths) > 1 and 0.7 * max(lengths) <= min(lengths) <= max(lengths) <= _WRAPPED
