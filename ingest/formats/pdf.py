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
from itertools import accumulate, pairwise
from statistics import median

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextBox, LTTextLine
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
_LETTERS_APART = 1.2  # widths of a letter: more is a wide gap
_WORD_GAP = 4.0  # widths of a letter: so far apart do words of one justified line stand
_SAME_SIZE = 0.15  # of its height: lines that differ by less are of one size
_CLOSE = 1.5  # of its height: the way from one line of a paragraph to the next
_FULL = 0.8  # of the usual width: a line as long is broken because the column ends there
_ENDS = re.compile(r"[.!?…:;][»”\"')\]\s]*$")
_NO_SYLLABLE = re.compile(r"t-(?:ils?|elles?|on)\b|[dl]['’]")  # a-t-il, Côte-d'Ivoire
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|\s]*\d{1,4}\s*(?:(?:/|of|sur)\s*\d{1,4})?[-–—|\s]*$", re.I
)
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi",
                            "\ufb04": "ffl", "\u00a0": " ", "\0": ""})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of one column; in points, from the left and from the bottom of the page."""

    text: str
    x0: float
    x1: float
    top: float
    size: float
    font: str  # "" where it has several
    page: int
    edge: bool
    first: bool  # of a box of text that the layout analysis saw


def draft(data: bytes, *, origin: str, name: str) -> Draft:
    try:
        layout = LAParams(char_margin=_WORD_GAP)
        found = extract_pages(io.BytesIO(data), maxpages=_PAGES, laparams=layout)
        laid = list(_limited(found))
        if any(map(_crossed, laid)):
            narrow = extract_pages(io.BytesIO(data), maxpages=_PAGES, laparams=LAParams())
            laid = [two if _crossed(one) else one for one, two in zip(laid, narrow, strict=True)]
        pages = [list(_lines(page)) for page in laid]
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
    low, high = page.height * _EDGE, page.height * (1 - _EDGE)
    for box in page:
        if not isinstance(box, LTTextBox):
            continue
        first = True
        for row in _rows(box):
            letters = [one for piece in row for one in piece if isinstance(one, LTChar)]
            fonts = {one.fontname for one in letters if one.get_text().strip()}
            yield _Line(
                " ".join(_text(one) for one in row),
                x0=row[0].x0,
                x1=max(one.x1 for one in row),
                top=row[0].y1,
                size=median(one.size for one in letters),
                font=fonts.pop() if len(fonts) == 1 else "",
                page=page.pageid,
                edge=row[0].y1 < low or row[0].y0 > high,
                first=first,
            )
            first = False


def _crossed(page: LTPage) -> bool:
    """Do most lines of the page go over one and the same gap, that between its columns?"""
    gaps, count = [], 0
    for box in page:
        for line in box if isinstance(box, LTTextBox) else ():
            letters = [one for one in line if isinstance(one, LTChar) and one.get_text().strip()]
            count += bool(letters)
            gaps += [
                (a.x1, b.x0)
                for a, b in pairwise(letters)
                if b.x0 - a.x1 > _LETTERS_APART * max(a.width, b.width)
            ]
    if len(gaps) < max(5, count / 2):
        return False
    edges = sorted([(a, 1) for a, _ in gaps] + [(b, -1) for _, b in gaps])
    return max(accumulate(step for _, step in edges)) >= max(5, count / 2)


def _rows(box: LTTextBox) -> list[list[LTTextLine]]:
    """The lines of a box from top to bottom; what stands side by side is one, from the left."""
    rows: list[list[LTTextLine]] = []
    lines = [one for one in box if isinstance(one, LTTextLine) and _text(one)]
    for line in sorted(lines, key=lambda one: -one.y1):
        if rows and _shared(rows[-1][0], line) > line.height / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _text(line: LTTextLine) -> str:
    return " ".join(line.get_text().translate(_LIGATURES).split())


def _shared(one: LTTextLine, other: LTTextLine) -> float:
    return min(one.y1, other.y1) - max(one.y0, other.y0)


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
    short = before.x1 - before.x0 < _FULL * width
    if abs(line.size - before.size) > _SAME_SIZE * before.size:
        return True
    if line.font and before.font and line.font != before.font and (ended or short):
        return True  # a heading
    if line.first:
        return ended or short or not _goes_on(line, before)
    return ended and (short or line.x0 - before.x0 > 0.02 * width)


def _goes_on(line: _Line, before: _Line) -> bool:
    """Whether `line` is at the head of the next column or page, or close below."""
    if line.page != before.page or line.top > before.top + line.size:
        return True
    below = line.x0 < before.x1 and before.x0 < line.x1
    return below and before.top - line.top < _CLOSE * line.size


def _joined(text: str, more: str, words: Counter[str]) -> str:
    """Two lines of one paragraph. A hyphen at the end of the first goes, unless it belongs to the
    word: before a capital, after a number, in a-t-il and Côte-d'Ivoire, or where the document
    writes it elsewhere. What is a compound already is likelier broken between its parts.
    """
    cut = re.search(r"(\w-)?(\w+)[-\u00ad\u2010]$", text)
    rest = re.match(r"\w+", more)
    if not cut or not rest:
        return f"{text} {more}"
    if text[-1] == "\u00ad":
        return f"{text[:-1]}{more}"
    with_hyphen, without = f"{cut[2]}-{rest[0]}", f"{cut[2]}{rest[0]}"
    keep = not more[0].islower() or cut[2].isdigit() or _NO_SYLLABLE.match(more)
    likelier = words[with_hyphen] - words[without]
    return f"{text}{more}" if keep or likelier > (-1 if cut[1] else 0) else f"{text[:-1]}{more}"


def _information(data: bytes) -> dict[str, str]:
    told: dict[str, str] = {}
    for dictionary in PDFDocument(PDFParser(io.BytesIO(data))).info:
        for key in ("Title", "Author"):
            value = dictionary.get(key)
            if isinstance(value, bytes) and key not in told:
                told[key] = decode_text(value)
    return told
