"""A citation leads where it says, for as long as anybody keeps it."""

from __future__ import annotations

import pytest
from hypothesis import given

from qa.page.links import Target, called, cite, facts, read, target
from qa.types import Quote
from tests.qa.page.seen import DIGEST, TEXTS, Seen, make_article


@given(TEXTS.filter(bool))
def test_a_citation_leads_where_it_says(article_id: str) -> None:
    article = make_article("Un. Deux.", id=article_id)
    quote = Quote(article, 4, 9, None, 1.0)
    assert target(cite(quote)) == Target(article_id, DIGEST, 4, 9)
    assert target(read(article_id)) == Target(article_id)
    assert not set("<>{}$`\"' ") & set(cite(quote))


@pytest.mark.parametrize("fragment", ["", "#", "#cite-", "#cite-1-2-xyz-a", "#read-", "x" * 99])
def test_what_no_citation_made_leads_nowhere(fragment: str) -> None:
    assert target(fragment) is None


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("https://www.lemonde.fr/a/b.html?c=1", "lemonde.fr"),
        ("HTTP://news.example:8080/", "news.example"),
        ("https://bank.example@evil.example/x", "evil.example"),
        ("Le Monde", "Le Monde"),
        ("see https://a.b", "see https://a.b"),
        ("http://[x/", "http://[x/"),
        ("https://:80", "https://:80"),
    ],
)
def test_an_address_is_written_by_its_host(source: str, short: str) -> None:
    article = make_article("Une phrase.", source=source)
    for made in (facts(article, "en"), facts(article, "en", linked=True), called(source)):
        seen = Seen(made)
        assert seen.text.startswith(short)
        assert (("title", source) in seen.attributes) == (short != source)
    assert Seen(facts(article, "en", whole=True)).text.startswith(f"{source} ·")
