"""Word documents. The one door to python-docx."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.oxml.ns import nsmap, qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from ingest.draft import leniently
from ingest.formats.zipped import opened
from ingest.types import Draft

_PARAGRAPH, _TABLE, _ROW, _RUN = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:r")
_GONE = (qn("w:del"), qn("w:moveFrom"))
_CONTROL = qn("w:sdt")
# What python-docx passes over with all that it holds.
_WRAPS = (
    _CONTROL,
    *map(qn, "w:ins w:moveTo w:smartTag w:fldSimple w:customXml w:dir w:bdo".split()),
)


def draft(data: bytes, *, origin: str, name: str) -> Draft:
    """Paragraphs and tables in order, as they read with every tracked change accepted; headers,
    footers and comments are not the article.
    """
    with opened(data):
        document = docx.Document(io.BytesIO(data))
    _accept(document.element.body)
    title, pieces = document.core_properties.title, []
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            if ((part.style and part.style.name) or "") == "Title" and part.text.strip():
                title = part.text
            pieces.append(part.text)
        elif isinstance(part, Table):
            pieces += [_row(cells) for cells in _cells(part)]
    text = "\n\n".join(one.strip() for one in pieces if one.strip())
    fields = {
        "title": title,
        "author": document.core_properties.author,
        "language": (document.core_properties.language or "")[:2].lower() or None,
    }
    return leniently(fields, text=text, origin=origin, name=name)


def _accept(body: Any) -> None:
    """Leave what was inserted or moved here and what stands in a field or a form; take out what
    was deleted or moved away.
    """
    open_ended = [one for one in body.iter(_PARAGRAPH) if _marked(one, "w:pPr/w:rPr/")]
    rows = [one for one in body.iter(_ROW) if _marked(one, "w:trPr/")]
    unsaid = [run for row in rows for run in row.iter(_RUN)]  # a row below may lean on its cells
    for one in [*unsaid, *body.iter(*_GONE)]:
        one.getparent().remove(one)
    for one in list(body.iter(*_WRAPS)):
        for child in _held(one):
            one.addprevious(child)
        one.getparent().remove(one)
    for paragraph in open_ended:  # its end was deleted: the next one goes on with it
        following = next(paragraph.itersiblings(_PARAGRAPH, _TABLE), None)
        if following is not None and following.tag == _PARAGRAPH:
            at = 0 if following.pPr is None else 1
            following[at:at] = [one for one in paragraph if one.tag != qn("w:pPr")]
            paragraph.getparent().remove(paragraph)


def _marked(element: Any, where: str) -> bool:
    """Whether the mark of a deletion stands there."""
    return any(element.find(where + one, nsmap) is not None for one in ("w:del", "w:moveFrom"))


def _held(wrap: Any) -> list[Any]:
    if wrap.tag != _CONTROL:
        return list(wrap)
    about, content = wrap.find(qn("w:sdtPr")), wrap.find(qn("w:sdtContent"))
    unfilled = about is not None and about.find(qn("w:showingPlcHdr")) is not None
    contents = about is not None and any(
        one.get(qn("w:val")) == "Table of Contents" for one in about.iter(qn("w:docPartGallery"))
    )
    return [] if content is None or unfilled or contents else list(content)


def _cells(table: Table) -> list[list[str]]:
    return [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]


def _row(cells: list[str]) -> str:
    """A cell that spans columns comes once for each of them; it is said once."""
    told = [cell for i, cell in enumerate(cells) if cell and (i == 0 or cell != cells[i - 1])]
    return " | ".join(told)
