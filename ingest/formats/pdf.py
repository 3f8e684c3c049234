"""PDF to running text: columns in reading order, lines joined, running heads left out.

The one door to pdfminer.six, whose layout analysis finds columns. Pictures of text are not read.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTPage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from ingest.draft import LARGEST, leniently
from ingest.errors import Unreadable
from ingest.types import Draft

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it complains of what it then mends
_PAGES = 3000
_EDGE = 0.1  # of a page's height: where running heads and feet stand
_ENDS = re.compile(r"[.!?…:;][»”\"')\]\s]*$")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|\s]*\d{1,4}\s*(?:(?:/|of|sur)\s*\d{1,4})?[-–—|\s]*$", re.I
)
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi",
                            "\ufb04": "ffl", "\u00a0": " ", "\0": ""})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of one column; `x` in points from the left of the page."""

    text: str
    x0: float
    x1: float
    edge: bool
    first: bool  # of a box of text that the layout analysis saw


def draft(data: bytes, *, origin: str, name: str) -> Draft:
    try:
        pages = [list(_lines(page)) for page in _limited(extract_pages(
            io.BytesIO(data), maxpages=_PAGES, laparams=LAParams()))]  # fmt: skip
        said = _information(data)
    except PDFPasswordIncorrect:
        raise Unreadable("protected by a password; save an open copy") from None
    except PDFTextExtractionNotAllowed:
        raise Unreadable("its maker does not allow text to be taken from it") from None
    except PSException as error:
        raise Unreadable(f"damaged: {error or type(error).__name__}; save it again") from None
    text = running_text(pages)
    if not text:
        raise Unreadable("there is no text in it, only pictures; run a text recognition first")
    title = said.get("Title")
    near_top = " ".join(text[:2000].split()).casefold()
    if title and " ".join(title.split()).casefold() not in near_top:
        title = None  # "Microsoft Word - draft3.doc"
    fields = {"title": title, "author": said.get("Author")}
    return leniently(fields, text=text, origin=origin, name=name)


def _limited(pages: Iterable[LTPage]) -> Iterator[LTPage]:
    """An end to what one file may hold, before all of it is in memory."""
    characters = 0
    for page in pages:
        characters += sum(len(box.get_text()) for box in page if isinstance(box, LTTextBox))
        if characters > LARGEST:
            raise Unreadable(f"more than {LARGEST:,} characters of text; split it")
        yield page


def _lines(page: LTPage) -> Iterator[_Line]:
    for box in page:
        if not isinstance(box, LTTextBox):
            continue
        first = True
        for line in box:
            text = line.get_text().translate(_LIGATURES).rstrip()
            if isinstance(line, LTTextLine) and text.strip():
                low, high = page.height * _EDGE, page.height * (1 - _EDGE)
                edge = line.y1 < low or line.y0 > high
                yield _Line(text.strip(), line.x0, line.x1, edge, first)
                first = False


def running_text(pages: list[list[_Line]]) -> str:
    """Paragraphs, an empty line between them, over the ends of lines, columns and pages."""
    furniture = _furniture(pages)
    lines = [
        line
        for page in pages
        for line in page
        if not (line.edge and (_shape(line.text) in furniture or _PAGE_NUMBER.match(line.text)))
    ]
    if not lines:
        return ""
    words = Counter(re.findall(r"[\w-]+", " ".join(line.text for line in lines)))
    width = median(line.x1 - line.x0 for line in lines)
    paragraphs: list[str] = []
    before: _Line | None = None
    for line in lines:
        if before is None or _begins(line, before, width):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line.text, words)
        before = line
    return "\n\n".join(paragraphs)


def _furniture(pages: list[list[_Line]]) -> set[str]:
    """What stands at the edge of at least three pages, or of both of two; numbers aside."""
    shapes = Counter(
        shape for page in pages for shape in {_shape(one.text) for one in page if one.edge}
    )
    enough = 2 if len(pages) < 4 else 3
    return {shape for shape, times in shapes.items() if times >= enough}


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split())).casefold()


def _begins(line: _Line, before: _Line, width: float) -> bool:
    """Whether a new paragraph begins with `line`."""
    ended = bool(_ENDS.search(before.text))
    if not ended and line.text[:1].islower():
        return False  # a sentence goes on, over a column or a page if need be
    if line.first:
        return True
    indented = line.x0 - before.x0 > 0.02 * width and ended
    short = before.x1 - before.x0 < 0.8 * width and ended
    return indented or short


def _joined(text: str, more: str, words: Counter[str]) -> str:
    """Two lines of one paragraph. A hyphen at the end of the first goes, unless the word is
    written with it elsewhere in the document.
    """
    cut = re.search(r"(\w+)[-\u00ad\u2010]$", text)
    rest = re.match(r"\w+", more)
    if not cut or not rest or not more[0].islower():
        return f"{text} {more}"
    with_hyphen, without = f"{cut[1]}-{rest[0]}", f"{cut[1]}{rest[0]}"
    keep = text[-1] == "-" and words[with_hyphen] > words[without]
    return f"{text}{more}" if keep else f"{text[:-1]}{more}"


def _information(data: bytes) -> dict[str, str]:
    told: dict[str, str] = {}
    for dictionary in PDFDocument(PDFParser(io.BytesIO(data))).info:
        for key in ("Title", "Author"):
            value = dictionary.get(key)
            if isinstance(value, bytes) and key not in told:
                told[key] = decode_text(value)
    return told
