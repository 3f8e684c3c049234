"""The pane shows all of an article, and lights what was quoted."""

from __future__ import annotations

import pytest
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
    seen = Seen(pane(article, Target("a", DIGEST, start, end), article, "en"))
    assert seen.marked == TEXT[start:end]
    assert "".join(TEXT.split()) in "".join(seen.text.split())
    assert "note" not in dict(seen.attributes).values()
    for kind in (Kind.DATE, Kind.HEADING, Kind.PROMO):
        assert f"block {kind}" in [value for name, value in seen.attributes if name == "class"]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_any_span_is_lit_and_no_word_is_lost(a: int, b: int) -> None:
    start, end = sorted((a, b))
    article = make_article(TEXT)
    seen = Seen(pane(article, Target("a", DIGEST, start, end), article, "en"))
    assert "".join(seen.marked.split()) == "".join(TEXT[start:end].split())
    assert "".join(TEXT.split()) in "".join(seen.text.split())


def test_the_pane_says_that_the_article_changed_or_is_gone() -> None:
    article = make_article("Une phrase.")
    now = make_article("Une autre phrase.", digest="f" * 64)
    place = Target("a", DIGEST, 0, 11)
    assert "has changed since" in pane(article, place, now, "en")
    assert "no longer in the library" in pane(article, place, None, "en")
    assert "a changé depuis" in Seen(pane(article, place, now, "fr")).text
    assert "n'est plus dans la bibliothèque" in Seen(pane(article, place, None, "fr")).text


def test_the_difference_is_shown_sentence_by_sentence() -> None:
    old = make_article("Le phare est vert. Il date de 1900.\n\n-- Il est haut.", title="Vert")
    new = make_article("Le phare est bleu. Il date de 1900.", digest="f" * 64, title="Bleu")
    html = pane(old, Target("a", DIGEST), new, "en")
    went = html.partition('<ul class="went">')[2].partition("</ul>")[0]
    assert Seen(went).text == "Title Vert BleuLe phare est vert.Le phare est bleu.-- Il est haut."
    assert Seen(went).tags == "li b del ins li del li ins li del".split()
    assert "What has changed" not in pane(old, Target("a", DIGEST), old, "en")
    long = make_article("\n\n".join(f"Phrase {n}." for n in range(100)), digest="e" * 64)
    assert "And 44 more." in Seen(pane(old, Target("a", DIGEST), long, "en")).text


def test_the_version_and_the_way_to_the_source_are_named() -> None:
    versions = [("2026-11-28T10:00:00", DIGEST), ("2026-11-29T09:00:00", "f" * 64)]
    place, page = Target("a", DIGEST), "https://a.example/1?b='\"><b>"
    article = make_article("Une phrase.", source=page)
    seen = Seen(pane(article, place, article, "en", versions=versions[:1]))
    assert "taken in on 28 November 2026" in seen.text and "version" not in seen.text
    assert ("href", page) in seen.attributes and "b" not in seen.tags
    seen = Seen(pane(article, place, article, "fr", versions=versions))
    assert "version 1 sur 2 · ajouté le 28 novembre 2026" in seen.text


@pytest.mark.parametrize("source", ["a.txt", "javascript:alert(1)", "https://", "see https://a.b"])
def test_what_is_no_address_is_no_link(source: str) -> None:
    article = make_article("Une phrase.", source=source)
    assert "href" not in dict(Seen(pane(article, Target("a", DIGEST), article, "en")).attributes)
