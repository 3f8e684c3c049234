"""Slips are read as the library's words; everybody else's words stay as they are."""

from __future__ import annotations

import pytest

from ingest.library import Library
from qa.spelling import nearest, respelt, spellings
from tests.fakes import put

TEXT = (
    "Philippine seamen buy ammunition. Les munitions arrivent à Kherson, en Ukraine."
    " The submarine left Oban and Georgia, twenty miles off. Critics called it; the rumor spread."
)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("who buys amunition", "who buys ammunition"),
        ("philipine seamen", "philippine seamen"),
        ("les muntions", "les munitions"),
        ("ou est khreson", "ou est kherson"),
        ("l'ukrane", "l'ukraine"),
        ("munition", "munition"),  # another form of a word it has
        ("ammunition", "ammunition"),
        ("seame", "seamen"),
        ("seam", "seam"),  # too short to be sure
        ("rowing", "rowing"),
        ("summarise", "summarise"),
        ("criticise", "criticise"),
        ("rumour", "rumor"),
        ("who is viktor orban", "who is viktor orban"),
        ("what did milei say", "what did milei say"),
        ("who is giorgia meloni", "who is giorgia / georgia meloni"),
        ("where is Giorgia", "where is Giorgia / georgia"),
        ("where is Ukrane", "where is ukraine"),
        ("where is Geeorgia", "where is georgia"),
        ("where is Goergia", "where is georgia"),
        ("in giorgia", "in georgia"),
        ("amnuition and submraines", "ammunition and submarine"),
        ("supplying Austria", "supplying Austria"),
        ("kherson2", "kherson2"),
        ("quoi", "quoi"),
        ("", ""),
    ],
)
def test_what_is_read(library: Library, question: str, read: str) -> None:
    put(library, TEXT)
    with library.snapshot() as snapshot:
        found = spellings(question, snapshot, ("en", "fr"), {"summarize"}.__contains__, ())
    assert respelt(question, found) == read


def test_a_known_word_is_nobody_s_slip(library: Library) -> None:
    put(library, TEXT)
    with library.snapshot() as snapshot:
        assert not spellings("amunition", snapshot, ("en", "fr"), lambda _: True, ())
        assert not spellings(
            "amunition", snapshot, ("en",), lambda _: False, ("spelling:amunition",)
        )


def test_fewest_slips_then_the_commonest() -> None:
    assert nearest("shels", {"shells": 1, "shelf": 9, "sheds": 5}, 1) == "shelf"
    assert nearest("drnoes", {"drones": 1, "droves": 9}, 2) == "drones"
    assert nearest("abcdef", {"uvwxyz": 1}, 2) is None
    assert nearest("abcdef", {}, 2) is None
