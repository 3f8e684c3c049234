"""What is exported can be checked against the library, and is no markup."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from ingest.library import Library
from qa.export import exported_json, exported_markdown
from qa.types import Quote
from qa.verify import Standing, verdicts
from tests.fakes import put
from tests.qa.page.seen import NASTY, make_answer, make_article

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
