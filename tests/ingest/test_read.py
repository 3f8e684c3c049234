"""Files to drafts, and refusals that name what is wrong."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path

import pytest

from ingest.dates import publication_date
from ingest.decode import decoded
from ingest.errors import Unreadable
from ingest.read import File, discover, drafts, expected
from ingest.types import Draft, Rejection

FRENCH = "L’été à Œuvre : « déjà ! » Le préfet a annoncé que les écoles resteraient fermées."


def read(path: Path) -> list[Draft | Rejection]:
    return [
        one
        for file in discover([path])
        for one in ([file] if isinstance(file, Rejection) else drafts(file))
    ]


def only_draft(path: Path) -> Draft:
    (one,) = read(path)
    assert isinstance(one, Draft), one
    return one


def refusal(path: Path) -> str:
    (one,) = read(path)
    assert isinstance(one, Rejection), one
    return one.reason


def lines(path: Path, *values: object) -> Path:
    path.write_text("\n".join(v if isinstance(v, str) else json.dumps(v) for v in values))
    return path


@pytest.mark.parametrize(
    "data",
    [
        FRENCH.encode(),
        codecs.BOM_UTF8 + FRENCH.encode(),
        codecs.BOM_UTF16_LE + FRENCH.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + FRENCH.encode("utf-32-le"),
        FRENCH.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16 le", "utf-16 be", "utf-32 le", "cp1252"],
)
def test_encodings(data: bytes) -> None:
    assert decoded(data) == FRENCH


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GIF89a\0\0\1", "binary"),
        (codecs.BOM_UTF16_LE + b"a", "damaged at byte"),
        (codecs.BOM_UTF8 + b"\xff", "damaged at byte 0"),
    ],
)
def test_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        decoded(data)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_text_of_record_is_the_file(articles: Path, end: str) -> None:
    text = f"  Un.{end}{end}Deux\u2028trois\u0085.{end}\f\ttab\u00a0{end}"
    (articles / "a.txt").write_bytes(text.encode())
    assert only_draft(articles / "a.txt").text == text


def test_front_matter(articles: Path) -> None:
    text = (
        "---\ntitle: 'Storm: hits'\ndate: 2022-09-05\nauthor: [Jo, Al]\nurl: https://x.org/1\n"
        "lang: fr\nid: 7\n---\nBody."
    )
    (articles / "a.md").write_text(text)
    draft = only_draft(articles / "a.md")
    assert draft == Draft(
        origin=str(articles / "a.md"),
        name="a.md",
        text=text,
        id="7",
        title="Storm: hits",
        author="Jo, Al",
        published="2022-09-05",
        source="https://x.org/1",
    )


@pytest.mark.parametrize(
    ("matter", "reason"),
    [
        ("title: [a", "not YAML"),
        ("title: !!bool x", "not YAML"),
        ("title: !!timestamp x", "not YAML"),
        ("date: 2022-13-40", "not YAML"),
        ("date: sometime", 'published": .*YYYY-MM'),
        ("title: {a: b}", '"title" must be text, not dict'),
        ("a: &a [x, x]\nb: &b [*a, *a]\ntitle: *b", '"title" must be text, not list'),
        ('title: "\\ud800"', "unpaired surrogate"),
    ],
)
def test_bad_front_matter(articles: Path, matter: str, reason: str) -> None:
    (articles / "a.md").write_text(f"---\n{matter}\n---\nBody.")
    assert re.search(reason, refusal(articles / "a.md"))


def test_a_line_of_jsonl(articles: Path) -> None:
    fields = {
        "id": 5,
        "title": " A\n title ",
        "text": " Body. ",
        "published": "2022-9",
        "author": "Jo",
        "source": "Daily",
        "language": "en",
        "else": [1],
    }
    assert only_draft(lines(articles / "a.jsonl", fields)) == Draft(
        origin=str(articles / "a.jsonl"),
        name="a.jsonl",
        text=" Body. ",
        id="5",
        title="A title",
        author="Jo",
        published="2022-09",
        source="Daily",
        language="en",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON: .* at column"),
        ("[]", 'not an object with a "text"'),
        ("7", 'not an object with a "text"'),
        ("{}", 'not an object with a "text"'),
        ({"text": 5}, 'not an object with a "text"'),
        ({"text": None}, 'not an object with a "text"'),
        ({"text": " "}, "no text"),
        ({"text": "a\0b"}, "NUL"),
        ({"text": "a\ud800b"}, "unpaired surrogate"),
        ({"text": "x", "title": "\udfff"}, "unpaired surrogate"),
        ({"text": "x", "title": 5}, '"title" must be text, not int'),
        ({"text": "x", "id": True}, '"id" must be text, not bool'),
        ({"text": "x", "id": 1.5}, '"id" must be text, not float'),
        ({"text": "x", "author": ["a"]}, '"author" must be text, not list'),
        ({"text": "x", "published": "soon"}, "YYYY-MM"),
        ({"text": "x", "published": "2022-02-30"}, "not a day of the calendar"),
        ('{"text": "x", "id": ' + "1" * 5000 + "}", "not JSON that can be read"),
        ('{"text": "x", "a": ' + "[" * 100_000 + "}", "nested too deeply|not JSON"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_line_is_named_and_the_others_go_in(
    articles: Path, line: object, reason: str
) -> None:
    found = read(lines(articles / "a.jsonl", {"id": "1", "text": "One."}, line, {"text": "Three."}))
    assert [type(one) for one in found] == [Draft, Rejection, Draft]
    assert isinstance(found[1], Rejection)
    assert found[1].source == f"{articles}/a.jsonl:2"
    assert re.search(reason, found[1].reason)


def test_lines_without_an_id_stay_apart(articles: Path) -> None:
    path = lines(
        articles / "a.jsonl",
        {"text": "One."},
        {"text": "Two.", "url": "https://x.org/2"},
        {"id": "3", "text": "Three."},
        {"text": "Four."},
    )
    first = [one.id for one in read(path) if isinstance(one, Draft)]
    assert len(set(first)) == 4
    assert first[1:3] == ["https://x.org/2", "3"]
    path.write_text("\n".join(reversed(path.read_text().splitlines())))
    assert [one.id for one in read(path) if isinstance(one, Draft)] == first[::-1]


def test_an_id_twice_in_a_file(articles: Path) -> None:
    found = read(
        lines(articles / "a.jsonl", *({"id": "x", "text": t} for t in "ab"), {"text": "c"})
    )
    assert isinstance(found[1], Rejection)
    assert found[1].reason == "id 'x' was already on line 1"
    assert isinstance(found[2], Draft)


def test_separators_within_a_line_do_not_end_it(articles: Path) -> None:
    text = "One\u2028two\u0085three\x0cfour."
    path = lines(articles / "a.jsonl", json.dumps({"text": text}, ensure_ascii=False))
    assert only_draft(path).text == text


def test_a_folder_in_order(articles: Path) -> None:
    for name in ("b/z.txt", "b/a.md", "a.txt", ".hidden/x.txt", ".x.txt", "c.png", "d.JSONL"):
        (articles / name).parent.mkdir(exist_ok=True)
        (articles / name).write_text("x")
    names = [one.name for one in discover([articles]) if isinstance(one, File)]
    assert names == ["a.txt", "d.JSONL", "b/a.md", "b/z.txt"]


def test_links_that_lead_in_circles(articles: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("x")
    (elsewhere / "back").symlink_to(articles)
    (articles / "link").symlink_to(elsewhere)
    (articles / "self").symlink_to(articles)
    (articles / "none.txt").symlink_to(articles / "none.txt")
    (articles / "gone.txt").symlink_to(articles / "nowhere.txt")
    found = list(discover([articles]))
    assert [one.name for one in found if isinstance(one, File)] == [
        "gone.txt",
        "none.txt",
        "link/a.txt",
    ]
    assert "leads nowhere" in refusal(articles / "gone.txt") or "no such" in refusal(
        articles / "gone.txt"
    )


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2022", "2022"),
        ("2022-9", "2022-09"),
        (" 2022-09-05 ", "2022-09-05"),
        ("2022-09-05T08:30:00+02:00", "2022-09-05"),
        ("2022-09-05 08:30", "2022-09-05"),
        ("Mon, 05 Sep 2022 08:30:00 GMT", "2022-09-05"),
    ],
)
def test_dates(given: str, date: str) -> None:
    assert publication_date(given) == date
    assert publication_date(date) == date


@pytest.mark.parametrize(
    "given", ["", "soon", "2022-13", "2022-00", "2023-02-29", "0000", "05/09/22"]
)
def test_no_dates(given: str) -> None:
    with pytest.raises(ValueError, match=r"calendar|YYYY"):
        publication_date(given)


WORDS = (
    "Le port ferme samedi, et les dockers protestent, avec les élus, contre ce qui fut décidé là."
)
PORT = "Le port de Brest ferme"


@pytest.mark.parametrize(
    ("top", "date"),
    [
        (f"{PORT}\n\n12 mars 2024", "2024-03-12"),
        (f"12 mars 2024\n\n{PORT}", "2024-03-12"),
        (f"{PORT}\nPar Jean Dupont\n\nPublié le 3 mars 2024 à 07h15", "2024-03-03"),
        (f"{PORT}\nPar Jean Dupont, Le Monde, le 3 mars 2024", "2024-03-03"),
        (f"# {PORT}\n\n*Publié le 3 mars 2024, mis à jour le 5 mars 2024*", "2024-03-03"),
        (f"---\ntitle: {PORT}\n---\nLe port\n\nPublié le 3/4/2024", "2024-04-03"),
        (f"---\ntitle: {PORT}\nlanguage: en\n---\nLe port\n\n3/4/2024", None),
        (f"---\ndate: 2024-01\n---\n{PORT}\n\n12 mars 2024", "2024-01"),
        (f"date 2022-09\n{PORT}\n\n12 mars 2024", "2022-09"),
        (f"{PORT}\n\n12 mars 2024\n\n{WORDS}\n\n12 mars 2024", "2024-03-12"),
        (f"{PORT}\n\nPublié le 12 mars 2024\n\n{WORDS}\n\n3 mars 2024", "2024-03-12"),
        (f"{PORT}\n\nLe conseil en décida le 12 mars 2024.", None),
        (f"{PORT}\n\n{WORDS}\n\n12 mars 2024", None),
        (f"{PORT}\n\nSelon un rapport publié le 12 mars 2024\npar le conseil, rien ne va.", None),
        (f"{PORT}\n\nIl fut voté le\n12 mars 2024\net appliqué.", None),
        (f"{PORT}\n\nPar le traité de Versailles, 28 juin 1919", None),
        ("Le port, de jour en jour\n\n12 mars 2024\nRien.\n\n13 mars 2024\nRien.", None),
        ("La Bastille\n\nDate\n14 juillet 1789", None),
        (f"***\n\n{PORT}\n\n{WORDS}\n\n***\n\n14 juillet 1989", None),
    ],
)
def test_the_date_by_a_headline(articles: Path, top: str, date: str | None) -> None:
    (articles / "a.txt").write_text(f"{top}\n\n{WORDS} {WORDS}\n", encoding="utf-8")
    (one,) = read(articles)
    assert isinstance(one, Draft)
    assert one.published == date


@pytest.mark.parametrize(
    ("said", "date"),
    [("5/9/2024", None), ("15/9/2024", "2024-09-15"), ("September 5, 2024", "2024-09-05")],
)
def test_an_english_date_of_figures_may_be_of_two_days(
    articles: Path, said: str, date: str | None
) -> None:
    text = f"The harbour closes\n\n{said}\n\nThe dockers of the harbour protest against it today.\n"
    (articles / "a.txt").write_text(text, encoding="utf-8")
    (one,) = read(articles)
    assert isinstance(one, Draft)
    assert one.published == date


@pytest.mark.parametrize(
    ("text", "articles_in_it"), [("", 1), ("{}", 1), ("{}\n", 1), ("{}\n{}", 2), ("{}\n{}\n", 2)]
)
def test_a_last_line_without_an_end_counts(articles: Path, text: str, articles_in_it: int) -> None:
    path = articles / "lines.jsonl"
    path.write_text(text)
    assert expected(File(path, path.name)) == articles_in_it
