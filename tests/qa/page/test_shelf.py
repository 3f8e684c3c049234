"""The table lists what it can and says so."""

from __future__ import annotations

from ingest.snapshot import Listed
from qa.page.shelf import SHOWN, table
from tests.qa.page.seen import Seen


def test_the_table_lists_what_it_can_and_says_so() -> None:
    many = [Listed(str(i), "a.txt", None, "A title", "fr") for i in range(SHOWN + 1)]
    sizes = {one.id: 3023 for one in many}
    seen = Seen(table(many, sizes, "en", total=len(many)))
    assert seen.tags.count("a") == SHOWN
    assert f"the first {SHOWN} are listed" in seen.text
    assert "French" in seen.text and "3,023" in seen.text
    assert "No articles yet" in table([], {}, "en", total=0)
    assert "1 of 3 articles" in table(many[:1], sizes, "en", total=3)


def test_the_table_speaks_french() -> None:
    listed = Listed("1", "a.txt", None, "A title", "fr")
    seen = Seen(table([listed], {"1": 3023}, "fr", total=20_000))
    assert "1 sur 20\u202f000 articles" in seen.text
    assert "français" in seen.text and "3\u202f023" in seen.text
