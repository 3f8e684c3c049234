"""What is exported can be checked against the library, and is no markup."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import SaidsoError
from ingest.library import Library
from qa.export import exported_json, exported_markdown
from qa.kept import kept
from qa.page.keepsake import keepsake
from qa.render import as_json
from qa.types import Disagreement, Quote
from qa.verify import Standing, judged, verdicts
from tests.fakes import embedded, put
from tests.qa.page.seen import NASTY, Seen, make_answer, make_article

TEXT = "The harbour of Brest was flooded in March. Nobody was hurt."


def test_every_quote_of_an_export_verifies(library: Library, tmp_path: Path) -> None:
    put(library, TEXT)
    with library.snapshot() as snapshot:
        article = snapshot.article("storm")
        assert article is not None
        quote = Quote(article, 0, 42, None, 0.9)
        answers = [make_answer(quote), make_answer(quote, answered=False)]
        file = tmp_path / "conversation.json"
        file.write_text(exported_json(answers), "utf-8")
        assert [one.standing for one in verdicts(snapshot, file)] == [Standing.INTACT] * 2
    said = exported_markdown(answers)
    assert "> The harbour of Brest was flooded in March\\." in said
    assert f"storm 0-42 {article.digest}" in said
    assert said.count("## Qui ?") == 2 and "\\[1\\]" in said


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_words_are_no_markup(nasty: str) -> None:
    article = make_article(f"Une {nasty} phrase.", title=nasty, source=nasty, id=nasty)
    quote = Quote(article, 0, len(article.text), None, 1.0)
    said = exported_markdown([make_answer(quote, question=nasty)])
    for mark in "<[`*{":
        assert all(before == "\\" for before, one in pairwise(said) if one == mark)


def _kept(page: str, folder: Path) -> list[Any]:
    file = folder / "saidso.html"
    file.write_text(page, "utf-8", newline="")
    return kept(file)


def test_a_saved_page_verifies_by_the_words_that_it_shows(library: Library, tmp_path: Path) -> None:
    put(library, TEXT)
    put(library, "The harbour of Nice was flooded in March.", id="nice")
    with library.snapshot() as snapshot:
        article, other = snapshot.article("storm"), snapshot.article("nice")
        assert article is not None and other is not None
        quote = Quote(article, 0, 42, (4, 11), 0.9, (Quote(other, 0, 41, None, 0.9),))
        page = keepsake([make_answer(quote), make_answer(quote, answered=False)])
        file = tmp_path / "saidso.html"
        for shown, standings in (
            (page, [Standing.INTACT] * 4),
            (page.replace("of Nice", "of Metz", 1), [Standing.INTACT, Standing.ALTERED]),
            (page.replace("<mark>harbour", "<mark>airport", 1), [Standing.ALTERED]),
            (page.replace('data-end="42"', 'data-end="41"', 1), [Standing.ALTERED]),
            (page.replace(article.digest, "0" * 64), [Standing.CHANGED]),
        ):
            file.write_text(shown, "utf-8")
            found = list(verdicts(snapshot, file))
            assert [one.standing for one in found][: len(standings)] == standings
            assert [one.question for one in found] == ["Qui ?"] * 4
    assert page.count("[1] ") == 1 and "also in" not in page and "aussi dans" in page


# All that an article can hold: no NUL, no half characters.
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(_TEXTS, _TEXTS)
def test_what_a_page_shows_is_to_the_character_what_json_holds(
    tmp_path_factory: pytest.TempPathFactory, text: str, named: str
) -> None:
    article = make_article(text, id=named, title=named, source=named)
    answer = make_answer(Quote(article, 0, len(text), (0, len(text) // 2), 1.0), question=named)
    (found,) = _kept(keepsake([answer]), tmp_path_factory.getbasetemp())
    (quote,) = as_json(answer)["quotes"]
    assert found == {
        "question": named,
        "quotes": [
            {
                "article": {"id": named, "version": article.digest},
                "start": "0",
                "end": str(len(text)),
                "text": quote["text"],
            }
        ],
    }


@pytest.mark.parametrize("nasty", NASTY)
def test_a_saved_page_runs_nothing_and_fetches_nothing(nasty: str) -> None:
    article = make_article(f"Une {nasty} phrase.", title=nasty, source=nasty, id=nasty)
    quote = Quote(article, 0, len(article.text), None, 1.0)
    seen = Seen(keepsake([make_answer(quote, question=nasty)]))
    assert seen.text.count(nasty) >= 4
    assert not {"script", "img", "svg", "link", "iframe", "a", "base", "form"} & set(seen.tags)
    assert not [name for name, _ in seen.attributes if name in {"src", "href", "style"}]
    assert seen.tags.count("style") == 1
    assert any((one or "").startswith("default-src 'none';") for _, one in seen.attributes)


def test_a_saved_page_says_what_disagrees() -> None:
    article, other = make_article("Douze morts."), make_article("Quinze morts.", id="b")
    quotes = Quote(article, 0, 12, None, 1.0), Quote(other, 0, 13, None, 0.9)
    apart = Disagreement((1, 2), ((0, 5), (0, 6)))
    said = Seen(keepsake([replace(make_answer(*quotes), disagreements=(apart,))])).text
    assert "ces articles se contredisent : Douze / Quinze" in said


def test_markdown_says_what_disagrees_in_one_line() -> None:
    article, other = make_article("Douze\nmorts."), make_article("Quinze [morts].", id="b")
    quotes = Quote(article, 0, 12, None, 1.0), Quote(other, 0, 15, None, 0.9)
    apart = Disagreement((1, 2), ((0, 11), (0, 14)))
    said = exported_markdown([replace(make_answer(*quotes), disagreements=(apart,))])
    line = "\\[1\\] \\[2\\] ces articles se contredisent \\: Douze morts / Quinze \\[morts\\]"
    assert said.endswith(f"\n{line}\n")


@pytest.mark.parametrize(
    ("altered", "standing"),
    [
        ({}, Standing.INTACT),
        ({"end": 10**6}, Standing.ALTERED),
        ({"source": "Another Post"}, Standing.ALTERED),
        ({"published": "1999-01-01"}, Standing.ALTERED),
        ({"title": "Another"}, Standing.CHANGED),
    ],
)
def test_what_stands_beside_a_quote_is_checked_as_well(
    library: Library, tmp_path: Path, altered: dict[str, Any], standing: Standing
) -> None:
    put(library, TEXT)
    with library.snapshot() as snapshot:
        article = snapshot.article("storm")
        assert article is not None
        made = as_json(make_answer(Quote(article, 43, len(TEXT), None, 0.9)))
        (quote,) = made["quotes"]
        for key, value in altered.items():
            (quote if key == "end" else quote["article"])[key] = value
        file = tmp_path / "answers.json"
        file.write_text(json.dumps(made), "utf-8-sig")  # as some editors save it
        assert [one.standing for one in verdicts(snapshot, file)] == [standing]


def test_a_quote_saved_before_or_after_a_renaming_is_intact(library: Library) -> None:
    put(library, TEXT)
    answers = []
    for title in (None, "The flood", None):
        with library.snapshot() as snapshot:
            one = snapshot.article("storm")
        assert one is not None
        if title:
            library.rename(replace(embedded(TEXT), article=replace(one, title=title)), title, None)
        with library.snapshot() as snapshot:
            article = snapshot.article("storm")
            assert article is not None
            answers.append(as_json(make_answer(Quote(article, 0, 42, None, 0.9))))
            found = judged(snapshot, answers, called="answers")
            assert {one.standing for one in found} == {Standing.INTACT}


def test_an_empty_conversation_is_a_page_without_quotes(tmp_path: Path) -> None:
    assert _kept(keepsake([]), tmp_path) == []


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<html><blockquote>A quote.</blockquote>", "not one that the chat saved"),
        ("<html data-saidso><blockquote>A quote.</blockquote>", "answer 1 is not one"),
        ('<p data-saidso data-asked="x"><blockquote data-start="1">', "answer 1 is not one"),
    ],
)
def test_a_page_that_is_none_is_refused(
    library: Library, tmp_path: Path, page: str, says: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(page)
    with library.snapshot() as snapshot, pytest.raises(SaidsoError, match=says):
        list(verdicts(snapshot, file))
