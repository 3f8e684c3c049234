"""Word documents. The one door to python-docx."""

from __future__ import annotations

import io

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from ingest.draft import leniently
from ingest.formats.zipped import opened
from ingest.types import Draft


def draft(data: bytes, *, origin: str, name: str) -> Draft:
    """Paragraphs and tables in order; headers, footers and comments are not the article."""
    with opened(data):
        document = docx.Document(io.BytesIO(data))
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


def _cells(table: Table) -> list[list[str]]:
    return [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]


def _row(cells: list[str]) -> str:
    """A cell that spans columns comes once for each of them; it is said once."""
    told = [cell for i, cell in enumerate(cells) if cell and (i == 0 or cell != cells[i - 1])]
    return " | ".join(told)
