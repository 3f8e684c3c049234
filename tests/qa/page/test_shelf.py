"""The table lists what it can and says so, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.snapshot import Listed
from qa.fold import Fold
from qa.page.rows import SHOWN, unfolded
from qa.page.shelf import notice, removed, shelf, table
from qa.sift import Sieve
from tests.qa.page.seen import NASTY, Seen

MANY = [Listed(str(i), "a.txt", None, "A title", "fr") for i in range(SHOWN)]


def made(articles: list[Listed], language: str = "en", **given: Any) -> str:
    fields: dict[str, Any] = {
        "stories": given.get("found", len(articles)), "found": len(articles),
        "total": len(articles), "page": 0, "sieve": Sieve(),
        "choices": (["fr"], ["a.txt"]), "writes": True,
    }  # fmt: skip
    return table(
        [Fold(one) for one in articles],
        {one.id: 3023 for one in articles},
        language,
        **fields | given,
    )


def test_the_table_is_in_pages() -> None:
    first = Seen(made(MANY, found=250, total=20_000))
    assert first.tags.count("a") == SHOWN and "1–100 of 250" in first.text
    assert "250 of 20,000 articles" in first.text and "3,023" in first.text
    assert first.attributes.count(("disabled", None)) == 1
    last = Seen(made(MANY[:50], found=250, total=250, page=2))
    assert "201–250 of 250" in last.text and last.attributes.count(("disabled", None)) == 1
    assert "nav" not in Seen(made(MANY)).tags
    assert "No articles yet" in made([])
    assert "No article fits" in made([], total=3)


def test_the_table_speaks_french() -> None:
    seen = Seen(made(MANY[:1], "fr", total=20_000))
    assert "1 sur 20\u202f000 articles" in seen.text
    assert "français" in seen.text and "3\u202f023" in seen.text


def test_the_order_of_the_table_is_said() -> None:
    assert ("aria-sort", "descending") in Seen(
        made(MANY[:1], sieve=Sieve(sort="newest"))
    ).attributes
    assert 'data-sort="oldest"' in made(MANY[:1], sieve=Sieve(sort="newest"))
    assert "aria-sort" not in made(MANY[:1])


def test_nothing_can_be_changed_where_nothing_may_be() -> None:
    assert "Remove" not in made(MANY[:1], writes=False)
    assert "textarea" not in Seen(shelf("en", writes=False)).tags
    assert "textarea" in Seen(shelf("en", writes=True)).tags
    assert "Source (facultatif)" in shelf("fr", writes=True)


def test_reprints_are_folded_behind_one_row() -> None:
    fold = Fold(MANY[0], tuple(MANY[1:3]))
    given: dict[str, Any] = {"stories": 1, "found": 3, "total": 3, "page": 0, "sieve": Sieve()}
    given |= {"choices": ([], []), "writes": True}
    for language, says in (("en", "+ 2 reprints"), ("fr", "+ 2 reprises")):
        seen = Seen(table([fold], {}, language, **given))
        assert says in seen.text and "3 articles" in seen.text and seen.tags.count("a") == 1
        assert ("aria-expanded", "false") in seen.attributes and ("data-id", "0") in seen.attributes
    assert "+ 1 reprint<" in table([Fold(MANY[0], (MANY[1],))], {}, "en", **given)
    others = Seen(unfolded(fold, {"1": 3023}, "en", writes=True))
    assert others.tags.count("tr") == others.tags.count("a") == 2 and "3,023" in others.text
    assert [one for name, one in others.attributes if name == "data-id"] == ["1", "1", "2", "2"]
    assert "button" not in Seen(unfolded(fold, {}, "en", writes=False)).tags
    crowd = Fold(MANY[0], tuple(MANY) * 3)
    assert "And 200 more" in unfolded(crowd, {}, "en", writes=True)


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_names_are_shown_literally(nasty: str) -> None:
    hostile = Listed(nasty, nasty, None, nasty, "fr")
    whole = made([hostile], choices=(["fr"], [nasty])) + removed(nasty, nasty, "en")
    behind = Fold(hostile, (hostile,))
    seen = Seen(whole + notice(nasty, "en") + unfolded(behind, {}, "en", writes=True))
    assert not {"script", "img", "svg", "style"} & set(seen.tags)
    assert not any(name.startswith("on") for name, _ in seen.attributes)
    assert seen.text.count(nasty) >= 5 and ("data-id", nasty) in seen.attributes
