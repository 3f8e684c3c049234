"""Nothing that comes from outside is ever markup, and what is shown is exactly what was there."""

from __future__ import annotations

import pytest
from hypothesis import given

from ingest.snapshot import Listed
from ingest.types import Rejection, Report
from qa.fold import Fold
from qa.page import conversation, links, pane, report, shelf
from qa.page.escape import safe
from qa.sift import Sieve
from qa.types import Quote
from tests.qa.page.seen import DIGEST, NASTY, TEXTS, Seen, make_answer, make_article


@given(TEXTS)
def test_safe_text_is_text(text: str) -> None:
    assert Seen(f"<p>{safe(text)}</p>").text == text
    assert Seen(f'<p title="{safe(text)}">').attributes == [("title", text)]
    assert not set("<>{}$`\"'") & set(safe(text))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_words_stay_words(nasty: str, language: str) -> None:
    text = f"Une phrase avec {nasty} dedans, qui va jusqu'au bout."
    article = make_article(text, id=nasty, source=nasty, title=nasty, language=nasty)
    listed = Listed(nasty, nasty, None, nasty, nasty)
    quote = Quote(article, 0, len(text), (4, 30), 1.0)
    done = Report(added=(nasty,), rejected=(Rejection(nasty, nasty),))
    shown = [
        conversation.turn(make_answer(quote, question=nasty), 0, language),
        conversation.turn(make_answer(quote, answered=False, question=nasty), 0, language),
        conversation.pending(nasty, 0, nasty, language),
        conversation.stopped(nasty, 0, language),
        conversation.failed(nasty, 0, nasty, language),
        conversation.conversation([], "", language, notice=nasty),
        pane.pane(article, links.Target(nasty, DIGEST, 0, len(text)), None, language),
        shelf.table(
            [Fold(listed, (listed,))],
            {nasty: 3},
            language,
            stories=1,
            found=1,
            total=2,
            page=0,
            sieve=Sieve(),
            choices=([nasty], [nasty]),
            writes=True,
        ),
        shelf.removed(nasty, nasty, language),
        shelf.renamed(nasty, nasty, nasty, language),
        shelf.notice(nasty, language),
        report.report(done, {}, language),
        report.report(done, {nasty: nasty}, language),
        report.trouble(nasty),
    ]
    for source in shown:
        seen = Seen(source)
        assert nasty in seen.text
        assert not {"script", "img", "svg", "style"} & set(seen.tags)
        assert not [name for name, _ in seen.attributes if name.startswith("on")]
        links_shown = [value or "" for name, value in seen.attributes if name in {"href", "src"}]
        assert all(value.startswith(("#cite-", "#read-")) for value in links_shown)
        assert "{{" not in source and "${" not in source
