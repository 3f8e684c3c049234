"""The pane shows all of an article, and lights what was quoted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.types import Kind
from qa.page.links import Target
from qa.page.pane import pane
from tests.qa.page.seen import DIGEST, Seen, make_article

TEXT = (
    "date 2022-09 La première phrase du corps de l'article. La deuxième, plus longue, dit autre"
    " chose. La troisième.\n\nUn intertitre\n\nEncore un corps, avec une fin.\n\n"
    "À lire aussi Une autre histoire\n\nFin du texte."
)


def test_the_pane_shows_the_whole_article_and_lights_the_quote() -> None:
    article = make_article(TEXT)
    start = TEXT.index("La deuxième")
    end = TEXT.index(" La troisième")
    seen = Seen(pane(article, Target("a", DIGEST, start, end), DIGEST, "en"))
    assert seen.marked == TEXT[start:end]
    assert "".join(TEXT.split()) in "".join(seen.text.split())
    assert "note" not in dict(seen.attributes).values()
    for kind in (Kind.DATE, Kind.HEADING, Kind.PROMO):
        assert f"block {kind}" in [value for name, value in seen.attributes if name == "class"]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_any_span_is_lit_and_no_word_is_lost(a: int, b: int) -> None:
    start, end = sorted((a, b))
    seen = Seen(pane(make_article(TEXT), Target("a", DIGEST, start, end), DIGEST, "en"))
    assert "".join(seen.marked.split()) == "".join(TEXT[start:end].split())
    assert "".join(TEXT.split()) in "".join(seen.text.split())


def test_the_pane_says_that_the_article_changed_or_is_gone() -> None:
    article = make_article("Une phrase.")
    place = Target("a", DIGEST, 0, 11)
    assert "has changed since" in pane(article, place, "f" * 64, "en")
    assert "no longer in the library" in pane(article, place, None, "en")
    assert "a changé depuis" in Seen(pane(article, place, "f" * 64, "fr")).text
    assert "n'est plus dans la bibliothèque" in Seen(pane(article, place, None, "fr")).text
