"""Where paragraphs begin and end in a text whose lines may be anything.

An empty line ends one. A single line break does not where lines are wrapped, as in e-mails and old
plain texts, and does beside a long line, as in text pasted from a page. A line of page
furniture stands alone, unless it goes on in mid-sentence: cut out there, it would leave two clauses
to be quoted as sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

_PARAGRAPH = re.compile(r"\S(?:[^\n\r]|\r?\n(?![^\S\n]*\n))*")
_LINE = re.compile(r"\S[^\n\r]*")
_UNWRAPPED = 160  # characters of a line of prose that nobody has wrapped
_CLOSERS = 12  # characters at the end of a line in which its sentence may end
_SENTENCE_ENDS = re.compile(r"[.!?…:;][^\w\s]*$")

Line = tuple[int, int]


def paragraphs(
    text: str, start: int, stands_alone: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs of `text[start:]`, in order, disjoint, trimmed.

    `stands_alone`: is this line a paragraph even where others stand right before or after it?
    """
    for paragraph in _PARAGRAPH.finditer(text, start):
        lines = [
            (one.start(), one.start() + len(one[0].rstrip()))
            for one in _LINE.finditer(text, paragraph.start(), paragraph.end())
        ]
        apart = any(_prose(text[a:b]) for a, b in lines)
        begun, before_alone = lines[0][0], stands_alone(text[slice(*lines[0])])
        for before, (a, b) in pairwise(lines):
            goes_on = text[a].islower() and not _said(text, before)
            alone = not goes_on and stands_alone(text[a:b])
            if alone or before_alone or (apart and not goes_on):
                yield begun, before[1]
                begun = a
            before_alone = alone
        yield begun, lines[-1][1]


def _prose(line: str) -> bool:
    return len(line) > _UNWRAPPED and " " in line[:_UNWRAPPED]


def _said(text: str, line: Line) -> bool:
    """Does a sentence end where the line does?"""
    return bool(_SENTENCE_ENDS.search(text[max(line[0], line[1] - _CLOSERS) : line[1]]))
