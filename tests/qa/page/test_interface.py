"""The page is in one language: whatever it says, it can say in both."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ingest.types import Rejection, Report
from qa.chips import _SAY as CHIPS
from qa.page import interface
from qa.page.glasswords import GLASS
from qa.page.reasons import _UNKNOWN, reason
from qa.page.report import invitation, progress, report
from qa.page.shelfwords import SHELF
from qa.phrases import WORDS
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
    ],
)
def test_what_is_said_in_one_language_is_said_in_the_other(
    words: dict[str, dict[str, str]],
) -> None:
    assert set(words) == {"en", "fr"} and words["en"].keys() == words["fr"].keys()
    for key, english in words["en"].items():
        assert english.count("{}") == words["fr"][key].count("{}"), key


def raised(name: str) -> list[str]:
    """The messages of every `name(…)` in the way in; 7 stands where a value would."""
    found = []
    for path in sorted(INGEST.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name and node.args:
                match node.args[-1]:
                    case ast.Constant(value=str(text)):
                        found.append(text)
                    case ast.JoinedStr(values=parts):
                        found.append(
                            "".join(
                                str(one.value) if isinstance(one, ast.Constant) else "7"
                                for one in parts
                            )
                        )
    return found


@pytest.mark.parametrize("message", [*raised("Unreadable"), *raised("Rejection")])
def test_every_reason_to_refuse_has_its_french(message: str) -> None:
    if message in {"no article has this id; see --list"}:
        return  # said by the command line only
    if message.startswith('"published"'):
        message = "\"published\": 'x' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"
    if message == "7 was already on line 7":
        message = "id 'a' was already on line 7"
    assert reason(message, "fr") != _UNKNOWN
    assert reason(message, "en") == message


def test_a_report_in_french() -> None:
    done = Report(
        added=("a", "b"), changed=("c",), rejected=(Rejection("x.png", "vanished"),), passages=1,
        seconds=1.5,
    )  # fmt: skip
    said = Seen(report(done, {}, "fr")).text
    assert "2 ajoutés, 1 modifié, 1 refusé" in said and "1 passage · 1,5 s" in said
    assert "il a disparu" in said
    assert "Lecture : 3 sur 7" in progress(3, 7, "fr")
    assert "Déposez des articles" in invitation((".txt",), "fr")
