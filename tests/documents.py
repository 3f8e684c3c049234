"""Makers of documents in each format, small and whole, for tests to read and to damage."""

from __future__ import annotations

import io
import random
import zipfile
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart

BODY = (
    "The river rose two metres during the night, and the prefect closed the schools.",
    "Helicopters lifted forty people from their roofs before the bridge at Varnay gave way.",
    "The mayor said that the dam had held, but that nobody should go home before Sunday.",
)


def page(
    *, head: str = "", paragraphs: tuple[str, ...] = BODY, title: str = "Flood at Varnay"
) -> bytes:
    said = "".join(f"<p>{one}</p>" for one in paragraphs * 2)
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}"
        "</head><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li></ul>"
        f"</nav><article><h1>{title}</h1>{said}</article>"
        "<footer><p>Imprint and cookies</p></footer></body></html>"
    ).encode()


def pdf(pages: list[list[tuple[int, int, str]]], *, headings: tuple[str, ...] = ()) -> bytes:
    """Each page is lines of (x, y, text) in points from the bottom left, 11 points high; the
    `headings` among them are bold.
    """
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for font in ("Helvetica", "Helvetica-Bold")
    ]
    kids = []
    for lines in pages:
        drawn = "".join(
            f"BT /F{1 + (text in headings)} 11 Tf {x} {y} Td"
            f" ({text.replace('(', chr(92) + '(')}) Tj ET\n"
            for x, y, text in lines
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R"
            f" /F2 4 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n".encode()
    return out + b"%%EOF\n"


def column(
    text: str, *, x: int = 72, top: int = 700, width: int = 80
) -> list[tuple[int, int, str]]:
    """`text` as lines of at most `width` characters, one under the other."""
    import textwrap

    return [(x, top - 13 * i, line) for i, line in enumerate(textwrap.wrap(text, width))]


def justified(
    lines: list[str], *, x: int = 72, top: int = 700, width: int = 140
) -> list[tuple[int, int, str]]:
    """A column of these lines, each but the last drawn word by word to the full width."""
    from pdfminer.fontmetrics import FONT_METRICS

    widths = FONT_METRICS["Helvetica"][1]
    drawn = []
    for i, line in enumerate(lines[:-1]):
        words = line.split()
        wide = [sum(widths[letter] for letter in word) * 11 / 1000 for word in words]
        gap, at = (width - sum(wide)) / (len(words) - 1), float(x)
        for word, one in zip(words, wide, strict=True):
            drawn.append((round(at), top - 13 * i, word))
            at += one + gap
    return [*drawn, (x, top - 13 * (len(lines) - 1), lines[-1])]


def word_document(*paragraphs: str, title: str = "Flood at Varnay", xml: str = "") -> bytes:
    """`xml` is what stands behind all else."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    document.add_heading(title, 0)
    for one in paragraphs or BODY:
        document.add_paragraph(one)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Varnay", "2.1 m"
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for element in list(parse_xml(f"<w:body xmlns:w='{namespace}'>{xml}</w:body>")):
        document.element.body[-1].addprevious(element)
    document.core_properties.author = "Jane Doe"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def book(*chapters: str, places: tuple[str, ...] = (), heading: str = "Part {}") -> bytes:
    """Chapter i lies at places[i]."""
    places = places or tuple(f"c{i}.xhtml" for i, _ in enumerate(chapters))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
            "<rootfile full-path='OPS/book.opf'/></rootfiles></container>",
        )
        items = "".join(f"<item id='c{i}' href='{place}'/>" for i, place in enumerate(places))
        spine = "".join(f"<itemref idref='c{i}'/>" for i, _ in enumerate(chapters))
        archive.writestr(
            "OPS/book.opf",
            "<package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>Floods"
            "</dc:title><dc:creator>Jane Doe</dc:creator><dc:date>2022-09</dc:date></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for i, chapter in enumerate(chapters):
            archive.writestr(
                f"OPS/{places[i]}",
                f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>"
                f"<h1>{heading.format(i)}</h1><p>{chapter}</p></body></html>",
            )
    return stream.getvalue()


def letter(*, html: bool = False, text: str = "\n".join(BODY)) -> bytes:
    message = EmailMessage()
    message["From"] = "Jane Doe <jane@example.org>"
    message["To"] = "readers@example.org"
    message["Subject"] = "Flood at Varnay"
    message["Date"] = "Mon, 05 Sep 2022 08:30:00 +0200"
    message.set_content(text)
    if html:
        message.clear_content()
        message.set_content(page().decode(), subtype="html")
    message.add_attachment(b"\0\1\2", maintype="application", subtype="x", filename="a.bin")
    return message.as_bytes()


def parcel(kind: str, *parts: Message) -> MIMEMultipart:
    """A letter of several parts."""
    message = MIMEMultipart(kind, _subparts=parts)
    message["From"] = "Jane Doe <jane@example.org>"
    message["To"] = "readers@example.org"
    message["Subject"] = "Flood at Varnay"
    message["Date"] = "Mon, 05 Sep 2022 08:30:00 +0200"
    return message


def saved_page() -> bytes:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/flood\r\n"
        "Subject: Flood\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--xx"\r\n\r\n'
        "----xx\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: binary\r\n"
        "Content-Location: https://news.example/flood\r\n\r\n"
    )
    return head.encode() + page() + b"\r\n----xx--\r\n"


def one_of_each() -> dict[str, bytes]:
    """By file name."""
    lines = column(" ".join(BODY))
    return {
        "a.txt": "\n\n".join(BODY).encode(),
        "b.md": b"---\ntitle: Flood\n---\n" + "\n\n".join(BODY).encode(),
        "c.jsonl": b'{"id": "1", "text": "The river rose."}\n{"id": "2", "text": "It fell."}\n',
        "d.csv": b"id,title,text\n3,Flood,The river rose again.\n",
        "e.html": page(),
        "f.mhtml": saved_page(),
        "g.eml": letter(),
        "h.eml": letter(html=True),
        "i.pdf": pdf([lines, lines]),
        "j.docx": word_document(),
        "k.epub": book(*BODY),
    }


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with one kind of damage: bits, cuts, doublings, lies about encoding, deep nesting."""
    at = chance.randrange(len(data))
    match chance.randrange(9):
        case 0:
            damaged = bytearray(data)
            for _ in range(chance.randrange(1, 60)):
                damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            return bytes(damaged)
        case 1:
            return data[:at]
        case 2:
            return data[at:]
        case 3:
            return data[:at] + chance.randbytes(chance.randrange(1, 300)) + data[at:]
        case 4:
            end = at + chance.randrange(1, 500)
            return data[:end] + data[at:end] * chance.randrange(1, 200) + data[end:]
        case 5:
            lies = (b"utf-16", b"windows-1252", b"nonsense", b"utf-7", b"\xff\xfe", b"")
            return data.replace(b"utf-8", chance.choice(lies))
        case 6:
            tower = chance.choice((b"<div>", b"<b><p>", b"[", b"(", b"<table><tr><td>", b"\n\n- "))
            return data[:at] + tower * chance.choice((10, 1000, 20_000)) + data[at:]
        case 7:
            return chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0", b"PK\x03\x04")) + data
        case _:
            return data.replace(chance.choice((b" ", b"e", b"\n", b"1", b"/")), b"9", 40)
