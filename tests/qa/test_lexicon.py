"""The words of a question as the other language says them, by the shipped lexicon."""

from __future__ import annotations

import time

import pytest

from ingest.language import detect
from ingest.library import Library
from ingest.words import content_words, fold
from qa import lexicon
from qa.types import Widened
from qa.understand import SPOKEN, understand
from tests.fakes import WordEncoder, put


def sought(question: str, into: str) -> dict[str, set[str]]:
    content, language = content_words(question), detect(question, SPOKEN)
    terms = lexicon.sought(question, content, language, [into])[into]
    return {term.word: {said for said, _ in term.forms} for term in terms}


def found(library: Library, question: str) -> list[str]:
    with library.snapshot() as snapshot:
        understood = understand(question, snapshot, WordEncoder()).understood
        terms = lexicon.sought(
            question, understood.words, understood.language, snapshot.languages()
        )
        ranked = snapshot.lexical(terms, 10)
        stored = snapshot.passages([one for one, _ in ranked])
    return [stored[one].article.id for one, _ in ranked]


@pytest.mark.parametrize(
    ("question", "into", "word", "said"),
    [
        ("Who is supplying Russia with ammunition?", "fr", "ammunition", "munitions"),
        ("Who is supplying Russia with ammunition?", "fr", "Russia", "russie"),
        ("What did the UN say?", "fr", "UN", "onu"),
        ("What did the UN say?", "fr", "UN", "nations unies"),
        ("What do the US want?", "fr", "US", "etats unis"),
        ("What does North Korea deliver?", "fr", "North Korea", "coree du nord"),
        ("Who rules in Beijing?", "fr", "Beijing", "pekin"),
        ("Que livre la Corée du Nord ?", "en", "Corée du Nord", "north korea"),
        ("Que dit l'ONU ?", "en", "ONU", "united nations"),
        ("Qui gouverne à Pékin ?", "en", "Pékin", "beijing"),
        ("Qui vit aux États-Unis ?", "en", "États Unis", "united states"),
        ("Qui gouverne en Côte d’Ivoire ?", "en", "Côte d Ivoire", "ivory coast"),
        ("Who resupplied them?", "fr", "resupplied", "resupplied"),  # itself, if nothing else
    ],
)
def test_what_is_sought(question: str, into: str, word: str, said: str) -> None:
    assert said in {fold(one) for one in sought(question, into)[word]}


def test_a_form_that_nobody_listed_is_known_by_its_relatives() -> None:
    assert not lexicon.lexicon("en", "fr").exactly("ammunitions")
    assert sought("Who wants ammunitions?", "fr")["ammunitions"] == {"ammunitions", "munitions"}


@pytest.mark.parametrize("question", ["Who are they?", "Who lives with us?", "WHO LIVES WITH US?"])
def test_only_capitals_make_a_name_of_a_common_word(question: str) -> None:
    assert not {"UN", "US", "us", "WHO", "who"} & sought(question, "fr").keys()


def test_an_article_in_the_question_s_language_is_searched_for_the_question_s_words() -> None:
    question = "Who is supplying Russia with ammunition?"
    assert all(len(forms) == 1 for forms in sought(question, "en").values())
    assert all(len(forms) == 1 for forms in sought(question, "de").values())


@pytest.mark.parametrize(
    ("question", "hit"),
    [
        ("Who is supplying ammunition?", "fr"),
        ("What did the United Nations decide?", "onu"),
        ("What did the UN decide?", "onu"),
        ("Que veut Pékin ?", "en"),
        ("Munition aus dem Osten", "de"),
    ],
)
def test_words_are_found_across_languages(library: Library, question: str, hit: str) -> None:
    put(library, "Le pays livre des munitions à son voisin depuis septembre.", id="fr")
    put(library, "Le conseil de l'ONU a voté le texte hier soir.", id="onu")
    put(library, "The ministry in Beijing wants more of it, its spokesman said.", id="en")
    put(library, "Die Munition kommt aus dem Osten, sagte der Minister gestern Abend.", id="de")
    assert found(library, question)[:1] == [hit]


def test_a_word_of_many_translations_counts_as_one(library: Library) -> None:
    """Two words of the question against one that is said in two ways."""
    put(library, "L'approvisionnement et les fournitures, et encore des fournitures.", id="one")
    put(library, "La fourniture des munitions a cessé dans tout le pays hier.", id="two")
    assert found(library, "Who is supplying ammunition?")[0] == "two"


def test_what_was_widened_is_said() -> None:
    question = "Which country sells ammunition to India?"
    content = ("country", "sells", "ammunition", "India")
    terms = lexicon.sought(question, content, "en", ["en", "fr"])
    shown = {one.word: one for one in lexicon.widened(terms, lambda *_: True)}
    assert shown["ammunition"] == Widened("ammunition", ("munitions",), ("munitions",))
    assert shown["sells"].also == ("vendre", "vente", "ceder")
    assert shown["sells"].likely == ("vendre", "vente"), "two tell enough"
    india = shown["India"]
    assert india.also[:2] == ("indes", "inde") and "attentat" in india.also
    assert india.likely == ("indes",)  # its singular says no more, the aligner's slip nothing
    held = lexicon.widened(terms, lambda said, into: (said, into) == ("campagne", "fr"))
    assert {one.word: one.likely for one in held if one.likely} == {"country": ("campagne",)}


def test_the_library_says_what_is_shown(library: Library) -> None:
    put(library, "Le pays livre des munitions à son voisin depuis septembre.", id="fr")
    with library.snapshot() as snapshot:
        terms = lexicon.sought("country", ("country",), "en", ["fr"])
        (one,) = lexicon.widened(terms, lambda said, into: snapshot.has_word(said, (into,)))
    assert one.likely == ("pays",) and one.also == ("pays", "campagne")


def test_it_is_read_quickly() -> None:
    lexicon.lexicon.cache_clear()
    started = time.process_time()
    lexicon.lexicon("en", "fr")
    assert time.process_time() - started < 0.2  # 30 ms where nothing else runs
