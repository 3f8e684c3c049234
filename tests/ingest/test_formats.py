"""Documents of every format to drafts, and what is wrong with one in words for its owner."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.message import MIMEMessage
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from ingest.errors import Unreadable
from ingest.formats import apart
from ingest.formats.charset import labelled
from ingest.formats.dated import as_written
from ingest.formats.kinds import Format, kind_of
from ingest.read import File, drafts
from ingest.types import Draft, Rejection
from tests import documents
from tests.documents import BODY, parcel
from tests.processes import PROJECT


@pytest.fixture(scope="module", autouse=True)
def reader() -> Iterator[None]:
    yield
    apart.close()


def read(folder: Path, name: str, data: bytes, **columns: str) -> list[Draft | Rejection]:
    path = folder / name
    path.write_bytes(data)
    return list(drafts(File(path, name, columns)))


def draft(folder: Path, name: str, data: bytes, **columns: str) -> Draft:
    (one,) = read(folder, name, data, **columns)
    assert isinstance(one, Draft), one
    return one


def refusal(folder: Path, name: str, data: bytes, **columns: str) -> str:
    (one,) = read(folder, name, data, **columns)
    assert isinstance(one, Rejection), one
    return one.reason


KINDS = {
    "a.txt": Format.TEXT, "b.md": Format.TEXT, "c.jsonl": Format.LINES, "d.csv": Format.TABLE,
    "e.html": Format.HTML, "f.mhtml": Format.MAIL, "g.eml": Format.MAIL, "h.eml": Format.MAIL,
    "i.pdf": Format.PDF, "j.docx": Format.DOCX, "k.epub": Format.EPUB,
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("called", ["{}", "nothing", "wrong.html", "wrong.pdf"])
def test_the_content_decides(name: str, called: str) -> None:
    data = documents.one_of_each()[name]
    assert kind_of(data[:65536], called.format(name)) is KINDS[name]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<p>A fragment, saved by hand.</p>", "a.html", Format.HTML),
        (b"<p>A fragment in a text.</p>", "a.txt", Format.TEXT),
        (b"Note: this is no header\nof a letter.", "a.txt", Format.TEXT),
        (b"id,text\n1,x\n", "a.txt", Format.TEXT),
        (b"{not json", "a.jsonl", Format.LINES),
        (b"<!-- x -->" * 5000, "a.txt", Format.TEXT),
        ("<html>é".encode("utf-16"), "a", Format.HTML),
        (b"", "a.txt", Format.TEXT),
    ],
)
def test_what_is_open_goes_by_the_name(data: bytes, name: str, kind: Format) -> None:
    assert kind_of(data, name) is kind


def test_every_format_has_its_text(articles: Path) -> None:
    for name, data in documents.one_of_each().items():
        found = read(articles, name, data)
        assert found, name
        assert all(isinstance(one, Draft) for one in found), found
        told = " ".join(one.text for one in found if isinstance(one, Draft))
        if name not in ("c.jsonl", "d.csv"):
            for sentence in BODY:
                assert sentence in " ".join(told.split()), name


def test_a_page(articles: Path) -> None:
    head = (
        "<link rel='canonical' href='https://news.example/flood'><meta name='author'"
        " content='Jane Doe'><meta property='article:published_time' content='2022-09-05T08:30'>"
    )
    one = draft(articles, "a.html", documents.page(head=head))
    assert (one.title, one.author, one.published, one.source) == (
        "Flood at Varnay", "Jane Doe", "2022-09-05", "https://news.example/flood",
    )  # fmt: skip
    assert one.text.split("\n\n")[-3:] == list(BODY)
    assert "Sport" not in one.text and "cookies" not in one.text


@pytest.mark.parametrize("label", ["windows-1252", "iso-8859-1", "latin1", "us-ascii"])
def test_a_page_in_an_old_encoding(articles: Path, label: str) -> None:
    said = ("L’été fut sec, dit le préfet, et les forêts « brûlent » déjà près de la mer.",) * 3
    data = documents.page(paragraphs=said).decode().replace("utf-8", label)
    assert said[0] in draft(articles, "a.html", data.encode("cp1252")).text


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"\x93l\x92\x9cuvre\x94", "ISO-8859-1", "“l’œuvre”"),
        (b"l\x92\x9cuvre", "us-ascii", "l’œuvre"),
        ("l’œuvre".encode(), "us-ascii", "l’œuvre"),
        (b"\xa4", "iso-8859-15", "€"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(
    articles: Path, data: bytes, label: str, text: str
) -> None:
    assert labelled(data, label) == text
    head = f"Subject: a\nMIME-Version: 1.0\nContent-Type: text/plain; charset={label}\n\n"
    assert draft(articles, "a.eml", head.encode() + data).text == text


_CHANGED = "<meta property='article:modified_time' content='2023-05-02T10:00:00Z'>"
_LATER = "Le 14 juillet 1998, la vallée fêtait la fin du barrage ; elle ne savait pas la suite."


@pytest.mark.parametrize(
    ("head", "top", "date"),
    [
        ("", _LATER, None),
        ("", "Le 1998-07-14, la vallée fêtait la fin du barrage ; elle ne savait pas.", None),
        ("", "La crue a touché la vallée le 3 mars 2019", None),
        ("<meta property='og:image' content='https://x.org/2019/03/04/a.jpg'>", "", None),
        ("", "<span>6 septembre 2022</span>", "2022-09-06"),
        ("", "Mardi 6 septembre 2022 - 07:15", "2022-09-06"),
        ("", "Publié le 06/09/2022", "2022-09-06"),
        ("", "Par Jean Dupont<br>Publié le 1er septembre 2022 à 7h, modifié le 7", "2022-09-01"),
        (_CHANGED, "Publié le 6 septembre 2022", "2022-09-06"),
        (_CHANGED, "", "2023-05-02"),
        (_CHANGED + _CHANGED.replace("modified", "published").replace("2023", "2022"), _LATER,
         "2022-05-02"),
        ("<meta property='article:published_time' content='2022-09'>", "", "2022-09"),
    ],
)  # fmt: skip
def test_a_page_has_the_date_it_gives_itself_or_none(
    articles: Path, head: str, top: str, date: str | None
) -> None:
    data = documents.page(head=head).decode().replace("lang='en'", "lang='fr'")
    data = data.replace("</h1>", f"</h1><p>{top}</p>").replace("Imprint", "© 2024")
    assert draft(articles, "a.html", data.encode()).published == date


@pytest.mark.parametrize(
    ("found", "page", "date"),
    [
        ("2022-09-01", 'content="2022-09"', "2022-09"),
        ("2022-09-01", "September 2022", "2022-09"),
        ("2022-09-01", 'content="2022-09-01T10:00"', "2022-09-01"),
        ("2022-09-01", "le 1er septembre 2022", "2022-09-01"),
        ("2022-09-01", "September 1, 2022", "2022-09-01"),
        ("2022-01-01", "© 2022", "2022"),
        ("2022-01-01", "janvier 2022", "2022-01"),
        ("2022-09-05", "2022-09", "2022-09-05"),
        (None, "", None),
    ],
)
def test_a_date_is_as_precise_as_the_page(found: str | None, page: str, date: str | None) -> None:
    assert as_written(found, page) == date


def test_a_pdf_with_columns_a_hyphen_and_a_running_head(articles: Path) -> None:
    left = """The river rose two metres
during the night, and the pre-
fect closed the schools
of the whole valley. Boats""".splitlines()
    right = """went from house to house
until dawn came, and the may-
or said that the dam had
held for now.""".splitlines()
    pages = []
    for number in (1, 2, 3):
        lines = [(72, 800, "The Valley Courier"), (280, 30, f"Page {number}")]
        lines += [(72, 700 - 13 * i, line) for i, line in enumerate(left)]
        lines += [(320, 700 - 13 * i, line) for i, line in enumerate(right)]
        pages.append(lines)
    text = draft(articles, "a.pdf", documents.pdf(pages)).text
    said = (
        "The river rose two metres during the night, and the prefect closed the schools of the"
        " whole valley. Boats went from house to house until dawn came, and the mayor said that"
        " the dam had held for now."
    )
    assert text == "\n\n".join([said] * 3)


def test_a_pdf_of_justified_columns(articles: Path) -> None:
    """Word gaps differ, a heading is only bold, and sentences go on before a capital."""
    left = """A la fin de la guerre
le ministre annonce hier
a toute la presse que la""".splitlines()
    right = """Russie vend des obus
incroyablement nombreux
et chers a Saint-Avit-
sur-Mer, selon Jean-
Pierre et Covid-
19, et sort.""".splitlines()
    heading = "Un pivot"
    low = ["Des trains partent ce", "soir vers la frontiere."]
    lines = documents.justified(left) + documents.justified(right, x=300)
    lines += [(300, 700 - 13 * 6, heading), *documents.justified(low, x=300, top=700 - 13 * 7)]
    text = draft(articles, "a.pdf", documents.pdf([lines], headings=(heading,))).text
    assert text.split("\n\n") == [
        "A la fin de la guerre le ministre annonce hier a toute la presse que la Russie vend des"
        " obus incroyablement nombreux et chers a Saint-Avit-sur-Mer, selon Jean-Pierre et"
        " Covid-19, et sort.",
        heading,
        " ".join(low),
    ]


@pytest.mark.parametrize(
    ("end", "start", "joined"),
    [
        ("vers 2010-", "2012 selon", "vers 2010-2012 selon"),
        ("a-t-", "il dit", "a-t-il dit"),
        ("a-", "t-il dit", "a-t-il dit"),
        ("la Côte-", "d’Ivoire", "la Côte-d’Ivoire"),
        ("le vice-prési-", "dent", "le vice-président"),
        ("le prési-", "dent", "le président"),
        ("dit -", "Jean part", "dit - Jean part"),
    ],
)
def test_a_word_at_the_end_of_a_line(articles: Path, end: str, start: str, joined: str) -> None:
    lines = [(72, 700, "Un président y est venu."), (72, 640, end), (72, 627, start)]
    assert draft(articles, "a.pdf", documents.pdf([lines])).text.split("\n\n")[1] == joined


def test_a_sentence_goes_on_over_a_page_before_a_capital(articles: Path) -> None:
    first = documents.column(
        "Des obus partent, et le ministre a dit hier a la presse que la", top=130
    )
    second = documents.column("Coree du Nord en vend. Elle en a vendu mille depuis mars.", top=780)
    third = documents.column("Fin de la guerre, enfin.", top=780)
    text = draft(articles, "a.pdf", documents.pdf([first, second, third])).text
    assert text == (
        "Des obus partent, et le ministre a dit hier a la presse que la Coree du Nord en vend. Elle"
        " en a vendu mille depuis mars.\n\nFin de la guerre, enfin."
    )


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


_ENDS_DELETED = "<w:pPr><w:rPr><w:del w:id='8'/></w:rPr></w:pPr>"
_CONTENTS = (
    "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
)
_ROW_DELETED = "<w:trPr><w:del w:id='9'/></w:trPr>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"<w:p>{run('n’a ')}<w:ins w:id='1'>{run('jamais ')}</w:ins><w:del w:id='2'><w:r>"
         f"<w:delText>pas</w:delText></w:r></w:del>{run('livré')}</w:p>", "n’a jamais livré"),
        (f"<w:p><w:moveFrom w:id='1'>{run('old')}</w:moveFrom><w:moveTo w:id='2'>{run('new')}"
         "</w:moveTo></w:p>", "new"),
        (f"<w:p>{_ENDS_DELETED}{run('one ')}</w:p><w:p>{run('sentence')}</w:p>", "one sentence"),
        (f"<w:p>{run('Le ')}<w:smartTag>{run('maire')}</w:smartTag><w:sdt><w:sdtContent>"
         f"{run(' a ')}</w:sdtContent></w:sdt><w:fldSimple w:instr='REF x'>{run('dit')}"
         "</w:fldSimple></w:p>", "Le maire a dit"),
        (f"<w:sdt><w:sdtContent><w:p>{run('in a box')}</w:p></w:sdtContent></w:sdt>", "in a box"),
        (f"<w:sdt>{_CONTENTS}<w:sdtContent><w:p>{run('Part I 3')}</w:p></w:sdtContent></w:sdt>"
         "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>"
         f"{run('Click here')}</w:p></w:sdtContent></w:sdt><w:p>{run('end')}</w:p>", "end"),
        (f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{_ROW_DELETED}<w:tc><w:p>{run('no')}</w:p></w:tc>"
         f"</w:tr><w:sdt><w:sdtContent><w:tr><w:tc><w:p>{run('yes')}</w:p></w:tc></w:tr>"
         "</w:sdtContent></w:sdt></w:tbl>", "yes"),
    ],
)  # fmt: skip
def test_a_word_document_reads_as_if_all_changes_were_accepted(
    articles: Path, xml: str, text: str
) -> None:
    one = draft(articles, "a.docx", documents.word_document(xml=xml))
    assert one.text.split("\n\n") == ["Flood at Varnay", *BODY, "Varnay | 2.1 m", text]


def test_a_word_document(articles: Path) -> None:
    one = draft(articles, "a.docx", documents.word_document())
    assert (one.title, one.author) == ("Flood at Varnay", "Jane Doe")
    assert one.text.split("\n\n") == ["Flood at Varnay", *BODY, "Varnay | 2.1 m"]


def test_a_book_is_an_article_a_chapter(articles: Path) -> None:
    found = read(articles, "floods.epub", documents.book(*BODY))
    told = [(o.id, o.title, o.source, o.published) for o in found if isinstance(o, Draft)]
    assert told == [(f"floods#c{i}", f"Part {i}", "Floods", "2022-09") for i in range(3)]


def test_chapters_of_one_name_in_two_folders(articles: Path) -> None:
    places = ("a/ch1.xhtml", "b/ch1.xhtml", "ch1.xhtml")
    data = documents.book(*BODY, places=places, heading="Part {}<br/>The rise")
    told = [(o.id, o.title) for o in read(articles, "f.epub", data) if isinstance(o, Draft)]
    ids = ("f#ch1", "f#b/ch1", "f#ch1.xhtml")
    assert told == [(one, f"Part {i} The rise") for i, one in enumerate(ids)]


def test_a_tag_of_no_known_language_is_passed_over(articles: Path) -> None:
    data = documents.book("The <o:p>river</o:p> rose.")
    assert draft(articles, "f.epub", data).text.endswith("The river rose.")


_FIELDS = ("Flood", "Jane", "2022-09-05")


@pytest.mark.parametrize(
    ("matter", "told"),
    [
        ("---\ntitle: Flood\nauthor: Jane\ndate: 2022-09-05\npublished: true\n---", _FIELDS),
        ("---\ntitle: Flood\nauthor: {name: Jane}\ndate: 2022-09-05\npublished:\n---", _FIELDS),
        (
            "---\ntitle: L’été : l'eau\nauthor: @jo\ntags: [a,\n b]\n---",
            ("L’été : l'eau", "@jo", None),
        ),
        ('---\ntitle: "Eau" : [1]\nauthor: [{name: A}, B]\n---', ('"Eau" : [1]', "A, B", None)),
        ("---\ntitle: Flood # 1\n# author: X\nauthor: Jane\ndate: 2022-09-05\n---", _FIELDS),
        ("\n\n---\ntitle: Flood\nauthor: Jane\ndate: 2022-09-05\n---", _FIELDS),
        ('+++\n# x\ntitle = "Flood"\nauthor = "Jane"\ndate = 2022-09-05T08:00:00Z\n+++', _FIELDS),
    ],
)
def test_front_matter_as_people_write_it(
    articles: Path, matter: str, told: tuple[str | None, ...]
) -> None:
    one = draft(articles, "a.md", f"{matter}\n\nThe river rose.\n".encode())
    assert (one.title, one.author, one.published) == told


def test_front_matter_that_is_no_toml(articles: Path) -> None:
    assert "not TOML" in refusal(articles, "a.md", b"+++\ntitle = Flood\n+++\nThe river rose.")


@pytest.mark.parametrize("html", [False, True])
def test_a_letter(articles: Path, html: bool) -> None:
    one = draft(articles, "a.eml", documents.letter(html=html))
    assert (one.title, one.author, one.published) == ("Flood at Varnay", "Jane Doe", "2022-09-05")


_PAGE = MIMEText(documents.page().decode(), "html")
_LOGO = MIMEImage(b"\x89PNG", "png", name="logo.png")
_ONE, _TWO = MIMEText("The river rose.\n"), MIMEText("It fell again.\n")
_HTML = MIMEText("<p>The river rose.", "html")
_STUB = MIMEText("View this e-mail in your browser: https://x.org/1\n")


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (parcel("related", parcel("alternative", _ONE, _HTML), _LOGO),
         ["The river rose.\n"]),
        (parcel("related", _PAGE, _LOGO), list(BODY)),
        (parcel("alternative", _STUB, parcel("related", _PAGE, _LOGO)), list(BODY)),
        (parcel("mixed", _ONE, _LOGO, _TWO), ["The river rose.", "It fell again."]),
        (parcel("mixed", _ONE, MIMEMessage(parcel("alternative", _TWO))),
         ["The river rose.", "It fell again."]),
    ],
    ids=["logo", "logo in a page", "stub", "picture between", "forwarded"],
)  # fmt: skip
def test_a_letter_of_several_parts(articles: Path, message: Message, text: list[str]) -> None:
    one = draft(articles, "a.eml", message.as_bytes())
    assert (one.title, one.author, one.published) == ("Flood at Varnay", "Jane Doe", "2022-09-05")
    assert one.text.split("\n\n")[-len(text) :] == text
    assert "browser" not in one.text


def test_a_saved_page_knows_its_address(articles: Path) -> None:
    assert draft(articles, "a.mhtml", documents.saved_page()).source == "https://news.example/flood"


def test_a_table_by_its_usual_names_and_by_a_map(articles: Path) -> None:
    said = "L’été fut sec, a dit le préfet, et les forêts « brûlent » déjà près de la mer."
    data = f"Titre;Texte;Date\nCrue;{said};2022-09\n\nFeu;{said} Oui.;2022\n".encode("cp1252")
    found = read(articles, "a.csv", data)
    told = [(o.title, o.text, o.published) for o in found if isinstance(o, Draft)]
    assert told == [("Crue", said, "2022-09"), ("Feu", f"{said} Oui.", "2022")]
    odd = b"h\tc\nFlood\tIt rises.\n"
    assert "--columns text=NAME, one of: h, c" in refusal(articles, "b.tsv", odd)
    assert draft(articles, "b.tsv", odd, text="c", title="h").title == "Flood"
    assert "no column 'x'" in refusal(articles, "b.tsv", odd, text="x")
    lines = b'{"body": "It rises."}\n'
    assert "--columns text=body" in refusal(articles, "c.jsonl", lines)
    assert draft(articles, "c.jsonl", lines, text="body").text == "It rises."


def bomb() -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(b" " * 1_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", b"PK\x03\x04" + b"x" * 40, "a zip file"),
        ("a.doc", b"\xd0\xcf\x11\xe0x", "save it as .docx"),
        ("a.xml", b"<?xml version='1.0'?><rss></rss>", "a feed"),
        ("a.html", b"<!DOCTYPE html><html><body></body></html>", "no article|no text"),
        ("a.pdf", b"%PDF-1.4\nnothing", "damaged|only pictures"),
        ("a.pdf", documents.pdf([[]]), "only pictures"),
        ("a.docx", documents.word_document()[:3000], "damaged"),
        ("a.epub", documents.book("x").replace(b"OPS/c0", b"OPS/q0"), "damaged"),
        ("a.eml", b"From: a\nSubject: b\nDate: c\n\n", "no text"),
        ("a.csv", b"\n", "no text"),
    ],
)
def test_a_bad_document_is_named(articles: Path, name: str, data: bytes, reason: str) -> None:
    import re

    assert re.search(reason, refusal(articles, name, data)), refusal(articles, name, data)


@pytest.mark.slow
def test_a_bomb_and_a_tower(articles: Path) -> None:
    assert "unfolds to 300,000,000 bytes" in refusal(articles, "a.docx", bomb())
    tower = b"<html><body>" + b"<div>" * 1_000_000 + b"The river rose."
    (one,) = read(articles, "a.html", tower)
    assert isinstance(one, Draft | Rejection)


def test_a_document_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(Unreadable, match="not read within"):
        apart.drafts(Format.HTML, documents.page(), origin="x", name="x", patience=0.001)
    (one,) = apart.drafts(Format.HTML, documents.page(), origin="x", name="x")
    assert one.title == "Flood at Varnay"


def test_damaged_documents_end_in_an_article_or_a_refusal(articles: Path) -> None:
    """A few of what `python -m lab.fuzz` does by the ten thousand."""
    whole = documents.one_of_each()
    for number in range(300):
        chance = random.Random(number)
        name = chance.choice(list(whole))
        for one in read(articles, name, documents.mutated(whole[name], chance)):
            assert isinstance(one, Draft) or one.reason
            assert "brought its reader down" not in str(one), number


_GREAT = """
from ingest.formats import apart
from ingest.formats.charset import labelled
from tests.documents import page
from ingest.formats.kinds import Format
len(b"x" * 750_000_000)
for _ in range(2):
    apart.drafts(Format.HTML, page(), origin="a", name="a.html", url=None, charset=None)
    print(apart._reader._child.pid)
"""


def test_one_process_reads_on_for_however_great_a_parent() -> None:
    """A process begins with the greatest size of its parent, and is replaced for its own alone."""
    said = subprocess.run(
        [sys.executable, "-c", _GREAT], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    first, second = said.stdout.split()
    assert first == second
