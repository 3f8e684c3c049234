"""The page is in one language: whatever it says, it can say in both."""

from __future__ import annotations

import ast
import sqlite3
from pathlib import Path

import pytest

from ingest import database, rows
from ingest.errors import LibraryError, SaidsoError
from ingest.formats.kinds import _OTHERS
from ingest.library import Library
from ingest.snapshot import Stamp
from ingest.split import SETTINGS
from ingest.stamp import checked
from ingest.types import Rejection, Report
from qa.chips import _SAY as CHIPS
from qa.page import interface
from qa.page.glasswords import GLASS
from qa.page.netreasons import net_reason
from qa.page.networds import NET
from qa.page.reasons import UNKNOWN, reason
from qa.page.report import invitation, progress, report
from qa.page.shelf import shelf
from qa.page.shelfwords import SHELF
from qa.phrases import WORDS
from tests.fakes import WordEncoder
from tests.qa.page.seen import Seen

INGEST = Path(interface.__file__).parents[2] / "ingest"


@pytest.mark.parametrize(
    "words",
    [
        interface.LAYOUT,
        interface.SCRIPT,
        interface.LOGIN,
        interface._SAY,
        WORDS,
        CHIPS,
        GLASS,
        SHELF,
        NET,
    ],
)
def test_what_is_said_in_one_language_is_said_in_the_other(
    words: dict[str, dict[str, str]],
) -> None:
    assert set(words) == {"en", "fr"} and words["en"].keys() == words["fr"].keys()
    for key, english in words["en"].items():
        assert english.count("{}") == words["fr"][key].count("{}"), key


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_text_that_is_read_and_the_text_that_is_pasted_have_names_of_their_own(
    language: str,
) -> None:
    pane = (INGEST.parent / "qa/static/pane.html").read_text("utf-8")
    assert 'data-label="text"' in pane  # by which the script names the pane's page
    reading, pasting = interface.SCRIPT[language]["text"], SHELF[language]["text"]
    assert Seen(shelf(language, writes=True)).attributes.count(("aria-label", pasting)) == 1
    assert reading.casefold() not in pasting.casefold()
    assert pasting.casefold() not in reading.casefold()


def said(node: ast.expr) -> str | None:
    """A message as it is written in the source; 7 stands where a value would, or 7,000 or 7.5."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(p.value) if isinstance(p, ast.Constant) else value(p) for p in parts)
    return None


def value(place: ast.expr) -> str:
    match place:
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=spec)])):
            return {",": "7,000", "g": "7.5"}.get(str(spec), "7")
    return "7"


FETCHING = {INGEST / "formats" / "feed.py", *(INGEST / "net").rglob("*.py")}


def reasons() -> list[str]:
    """All that the way in may give as a reason to refuse a file."""
    found = {f"this is {what}" for _, what in _OTHERS}
    return sorted(found.union(*map(refusals, set(INGEST.rglob("*.py")) - FETCHING)))


def refusals(path: Path) -> set[str]:
    """The reasons in one module's source."""
    found: list[str | None] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[*_, last]) if (
                name in {"Unreadable", "Rejection", "Silent", "Hindered"}
            ):
                found.append(said(last))
            case ast.Call(keywords=[ast.keyword(arg="trouble", value=value)]):
                found.append(said(value))
            case ast.Assign(targets=[*_, ast.Name(id="reason")], value=value):
                found.append(said(value))
            case ast.Dict(keys=[ast.Constant(value="refused"), *_], values=[value, *_]):
                found.append(said(value))
            case ast.FunctionDef(name="_named" | "_no_feed") as telling:
                found += [said(one.value) for one in ast.walk(telling)
                          if isinstance(one, ast.Return) and one.value]  # fmt: skip
    return {one for one in found if one}


_WITH_VALUES = {  # where a 7 is no value that could stand there
    '"published": 7': "\"published\": 'x' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD",
    "7 was already on line 7": "id 'a' was already on line 7",
    "this is 7": "this is a gzip file; unpack it",
    'not an object with a "7"7': (
        "not an object with a \"text\"; if its 'Body' is that: --columns text=Body"
    ),
}


@pytest.mark.parametrize("message", reasons())
def test_every_reason_to_refuse_has_its_french(message: str) -> None:
    if message in {"no article has this id; see --list"}:
        return  # said by the command line only
    message = _WITH_VALUES.get(message, message)
    french = reason(message, "fr")
    assert french not in (UNKNOWN, message)
    assert "{" not in french
    assert french.count("7\u202f000") == message.count("7,000")
    assert reason(message, "en") == message


_OF_THE_NET = {  # as they are said, where a 7 is no value that could stand there
    "7: try again later": "the server says 503 Service Unavailable: try again later",
    "7 is 7, which is 7; if it is meant: --allow-private": (
        "a.example is 8.8.8.8, which is this machine itself; if it is meant: --allow-private"
    ),
    "the server says 7 7": "the server says 404 Not Found",
    "7; 7 was not asked again": "no whole answer within 60 s; a.example was not asked again",
}


@pytest.mark.parametrize("message", sorted(set().union(*map(refusals, FETCHING))))
def test_every_reason_of_the_net_has_its_french_and_none_names_a_switch(message: str) -> None:
    message = _OF_THE_NET.get(message, message)
    english, french = reason(message, "en"), reason(message, "fr")
    assert french not in (UNKNOWN, message, english)
    assert "--" not in english + french and "{" not in english + french
    assert french.count("7\u202f000") == message.count("7,000") and "7.5" not in french
    if "--" not in message and "name the file" not in message:
        assert english == message


def test_the_reasons_of_the_net_are_all_there() -> None:
    found = set().union(*map(refusals, FETCHING))
    assert len(found) > 40
    assert "7; 7 was not asked again" in found and "the server says 7 7" in found
    assert "this is a page, not a feed; it names 7" in found
    assert "7 is not looked up: 7 other names have had no answer yet" in found


@pytest.mark.parametrize(
    ("said", "french"),
    [
        (
            "redirects to 'http://x.example/': 10.0.0.1 is 10.0.0.1, which is not on the open"
            " internet; if it is meant: --allow-private",
            "renvoie à 'http://x.example/' : 10.0.0.1 n'est pas sur l'internet ouvert : rien n'en"
            " est récupéré",
        ),
        (
            "a.example is 2606:4700::1, which is on this machine's own network; if it is meant:"
            " --allow-private",
            "a.example est sur le réseau de cette machine : rien n'en est récupéré",
        ),
        (
            "cannot connect: no answer within 10 s; a.example was not asked again",
            "connexion impossible : pas de réponse en 10 s ; a.example n'a pas été interrogé de"
            " nouveau",
        ),
        (
            "its robots.txt cannot be read: not a whole answer: its gzip ends before its end",
            "son robots.txt n'est pas lisible : réponse incomplète : son gzip s'arrête avant la"
            " fin",
        ),
        (
            "no such host as a.example (Name or service not known); is the network there?;"
            " a.example was not asked again",
            "aucun hôte ne s'appelle a.example ; le réseau est-il là ? ; a.example n'a pas été"
            " interrogé de nouveau",
        ),
        ("the server says 299", "le serveur répond 299"),
        ("12,000 bytes; a page may have 5", "12\u202f000 octets ; une page peut en avoir 5"),
        (
            "longer than 64,000,000 bytes, or without end",
            "plus long que 64\u202f000\u202f000 octets, ou sans fin",
        ),
        (
            "no address of 127.1 was found within 0.4 s; is the network there?",
            "aucune adresse de 127.1 n'a été trouvée en 0,4 s ; le réseau est-il là ?",
        ),
    ],
)
def test_a_reason_within_a_reason_is_in_french_too(said: str, french: str) -> None:
    assert reason(said, "fr") == french
    assert net_reason("vanished", "fr") is net_reason("there is no text in it", "en") is None


_FAILURES = [  # of SQLite, and what is to be said of each
    (sqlite3.SQLITE_FULL, "le disque est plein ; rien n'a été gardé"),
    (sqlite3.SQLITE_BUSY, "un autre processus y écrit depuis 60 s"),
    (sqlite3.SQLITE_IOERR, "plein ou défaillant (odd)"),
    (sqlite3.SQLITE_READONLY, "pas accessible en écriture (odd)"),
    (sqlite3.SQLITE_CANTOPEN, "n'est plus là"),
    (sqlite3.SQLITE_ERROR, "ne peut pas être lue (odd)"),
    (None, "n'est pas une bibliothèque de Saidso, ou est abîmé (odd)"),
]


@pytest.mark.parametrize(("code", "french"), _FAILURES)
def test_every_failure_of_a_library_has_its_french(
    tmp_path: Path, code: int | None, french: str
) -> None:
    failure = sqlite3.DatabaseError("odd") if code is None else sqlite3.OperationalError("odd")
    if code is not None:
        failure.sqlite_errorcode = code
    with pytest.raises(LibraryError) as told, database._translated(tmp_path):
        raise failure
    said = reason(str(told.value), "fr")
    assert french in said and str(tmp_path) in said


def test_every_refusal_of_a_library_has_its_french(library: Library, tmp_path: Path) -> None:
    found = []
    for stamp in (("words", "other", SETTINGS), ("other", "other", SETTINGS),
                  ("words", "words-256", "other")):  # fmt: skip
        with database.writing(library.folder) as db:
            rows.set_stamp(db, Stamp(stamp[0], stamp[1], 256, stamp[2]))
        with library.snapshot() as snapshot, pytest.raises(SaidsoError) as told:
            checked(snapshot, WordEncoder())
        found.append(reason(str(told.value), "fr"))
    assert found[0] == found[1] and "un autre encodeur" in found[0]
    assert "découpée par une version antérieure" in found[2]
    for place in (tmp_path / "nowhere", tmp_path / ("x" * 300)):
        with pytest.raises(SaidsoError) as told:
            Library(place)
        found.append(reason(str(told.value), "fr"))
    assert "pas de bibliothèque dans" in found[3] and "pas accessible (File name" in found[4]
    with database.writing(library.folder) as db:
        db.execute(f"PRAGMA user_version = {database.SCHEMA + 1}")
    with pytest.raises(SaidsoError) as told:
        Library(library.folder)
    assert "par un Saidso plus récent" in reason(str(told.value), "fr")


def test_what_another_process_did_meanwhile_has_its_french() -> None:
    tree = ast.parse((INGEST / "library.py").read_text("utf-8"))
    found = [
        said(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        and node.func.id == "LibraryError"
    ]  # fmt: skip
    assert len(found) >= 3
    assert not [one for one in found if one and reason(one, "fr") == UNKNOWN]


def test_the_reasons_are_those_of_the_formats_too() -> None:
    found = reasons()
    assert "protected by a password; save an open copy" in found
    assert "needs more than 7,000 bytes of memory to read" in found
    assert "its id 7 is already that of an article in 7" in found


def test_what_a_reason_names_is_named_in_french() -> None:
    assert reason("damaged: mimetype is missing; save it again", "fr") == (
        "abîmé : il manque mimetype ; enregistrez-le de nouveau"
    )
    assert reason("7,000 bytes; a document may have 5: split it", "fr").startswith(
        "7\u202f000 octets"
    )
    unfolded = "unfolds to 9 bytes in 8 parts; a document may have 7 in 6"
    assert "9 octets en 8 parties ; un document peut en avoir 7 en 6" in reason(unfolded, "fr")


def test_a_report_in_french() -> None:
    done = Report(
        added=("a", "b"), changed=("c",), rejected=(Rejection("x.png", "vanished"),), passages=1,
        seconds=1.5,
    )  # fmt: skip
    said = Seen(report(done, {}, "fr")).text
    assert "2 ajoutés, 1 modifié, 1 refusé" in said and "1 passage · 1,5 s" in said
    assert "il a disparu" in said
    assert "Lecture : 3 sur 7" in progress(3, 7, "fr")
    folded = invitation((".txt", ".pdf"), "fr")
    assert "Déposez des articles" in folded and 'data-kinds=".txt .pdf"' in folded
    assert "<summary>Types de fichiers</summary>.txt .pdf</details>" in folded
