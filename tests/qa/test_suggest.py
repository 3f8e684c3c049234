"""What an empty chat offers to ask: grammar, names, that it is answered, and that it keeps up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import qa.suggest
from ingest.article import article
from ingest.library import Library
from qa.chat import Chat
from qa.questions import questions
from qa.suggest import Suggestions
from qa.trial import MOST, newest
from tests.fakes import WordEncoder, WordReader, make_draft, put, take_in

VISITOR = "b" * 32
HARBOUR = (
    "The harbour of Brest was flooded in March. The city council promised 40 new pumps to the"
    ' fishermen of Brest. "It was a long night," says Anne Kerbol, a harbour pilot.'
)
LAKE = (
    "Le lac d'Annecy a gelé. La commune d'Annecy a prêté des patins aux visiteurs du lac."
    " Trois cents élèves ont traversé le lac à pied."
)

TWINS = (
    ("Who is Anne Kerbol?", "Qui est Anne Kerbol ?"),
    ("What does Anne Kerbol say?", "Que dit Anne Kerbol ?"),
)


def made(text: str, language: str, *, asked_in: str = "") -> list[str]:
    whole = article(make_draft(text, language=language), "storm")
    return [one.question for one in questions(whole, asked_in or language)]


@pytest.mark.parametrize(
    ("language", "text", "question"),
    [
        (
            "fr",
            "L'Australie a offert mardi des purificateurs d'eau à Manille.",
            "Qui a offert des purificateurs d'eau à Manille ?",
        ),
        (
            "fr",
            "Mercredi, le gouvernement péruvien a débloqué 200 millions de soles, selon Lima.",
            "Qui a débloqué 200 millions de soles ?",
        ),
        (
            "fr",
            "Près de 26 000 habitants ont été conduits dans des écoles.",
            "Combien d'habitants ont été conduits dans des écoles ?",
        ),
        (
            "fr",
            "Douze élus de la ville ont voté contre le projet.",
            "Combien d'élus de la ville ont voté contre le projet ?",
        ),
        (
            "fr",
            "Trois villages ont été vidés de leurs habitants, à l'aube.",
            "Combien de villages ont été vidés de leurs habitants ?",
        ),
        ("fr", "« Non », estime Ana Roy, viticultrice.", "Qu'estime Ana Roy ?"),
        ("fr", "Mme Ana Roy a déclaré que non.", "Qu'a déclaré Ana Roy ?"),
        ("fr", "« Non », soupire Ana Roy, viticultrice.", "Que dit Ana Roy ?"),
        ("fr", "« Non », dit Ana Roy, viticultrice.", "Qui est Ana Roy ?"),
        (
            "fr",
            "Pourquoi la Pologne vend-elle son charbon à la Norvège\u202f? Par nécessité.",
            "",  # "-elle" leans on what stands before
        ),
        (
            "fr",
            "Comment chauffer ses écoles ? Pourquoi vendre le charbon à la Norvège ? Mystère.",
            "Pourquoi vendre le charbon à la Norvège ?",
        ),
        (
            "en",
            "On Friday, a London museum has agreed to return the skull to Brazil, it said.",
            "Who has agreed to return the skull to Brazil?",
        ),
        (
            "en",
            "Japan sent two helicopters to the coast.",
            "Who sent two helicopters to the coast?",
        ),
        (
            "en",
            "About 300 people were taken to schools in Edmonton, and fed.",
            "How many people were taken to schools in Edmonton?",
        ),
        ("en", '"No," argues Ana Roy, who grows wine.', "What does Ana Roy argue?"),
        ("en", '"No," said Ana Roy, a farmer from Brest.', "Who is Ana Roy?"),
    ],
)
def test_a_sentence_is_turned_into_a_question(language: str, text: str, question: str) -> None:
    assert (question in made(text, language)) if question else not made(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Deux hérissons ont été vus dans le parc de Lyon."),  # "de" or "d'"?
        ("fr", "Deux hommes et une machine ont été vus dans le parc de Lyon."),  # one of each
        ("fr", "La Pologne est devenue le premier vendeur de charbon."),  # "qui est devenue"
        ("fr", "Le maire a promis de les maintenir à Lyon deux hivers."),  # whom?
        ("fr", "L'homme qui a vendu la maison de Lyon est parti en Norvège."),  # another clause
        ("fr", "Le maire, lui, a vendu la maison de Lyon à la Norvège."),
        ("fr", "Il a vendu la maison de Lyon à la Norvège."),
        ("fr", "« Le maire a vendu la maison. La Norvège a prêté un bateau à la ville. »"),
        ("fr", "Douze personnes ont été évacuées dans la nuit de lundi à mardi dans le Gard."),
        ("fr", "Le maire a vendu la maison (de Lyon) à la Norvège."),
        ("fr", "La Banque mondiale estime que non. « Non », dit la Banque Mondiale."),
        ("en", "The boats sold by Norway were old. He sold the house in Lyon to Norway."),
        ("en", "The museum sold its house in Lyon to Norway."),  # whose?
        ("en", "Nobody came, and nothing happened at all; it rained until noon."),
        ("en", "The museum sold 12 {{constructor}} houses in Lyon."),
        ("en", "The museum sold 12 <b onmouseover=alert(1)>houses</b> in Lyon to Norway."),
        ("de", "Norwegen hat zwei Hubschrauber an die Küste geschickt."),
    ],
)
def test_what_could_come_out_wrong_makes_no_question(language: str, text: str) -> None:
    assert made(text, language) == []


def test_a_name_with_html_in_it_is_no_name() -> None:
    for named in ("Ana <b>Roy</b>", "<img src=x onerror=alert(1)> Roy", "Ana &lt;Roy&gt;"):
        assert made(f"« Non », estime {named}, viticultrice.", "fr") == []


def test_furniture_is_not_asked_about() -> None:
    text = f"À lire aussi L'Australie a offert des purificateurs d'eau à Manille\n\n{LAKE}"
    assert not [one for one in made(text, "fr") if "Manille" in one or "purificateurs" in one]
    assert made(text, "fr")


def test_only_persons_are_asked_about_in_the_other_language() -> None:
    assert made(HARBOUR, "en", asked_in="fr") == ["Que dit Anne Kerbol ?", "Qui est Anne Kerbol ?"]
    assert made(LAKE, "fr", asked_in="en") == []


def test_the_newest_articles_are_looked_at_and_no_reprint(library: Library, articles: Path) -> None:
    for number in range(3):
        text = f"{HARBOUR} Nobody was hurt at quay {number}." if number < 2 else LAKE
        (articles / f"{number}.md").write_text(
            f"---\npublished: 2024-0{number + 1}-01\n---\n\n{text}", "utf-8"
        )
    take_in(library, articles)
    with library.snapshot() as snapshot:
        assert len(snapshot.originals()) == 1
        found = [one.published for one in newest(snapshot)]
    assert len(found) == 2 and found[0] == "2024-03-01"


@pytest.fixture
def chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    monkeypatch.setattr(qa.suggest, "_REST", 0.2)
    monkeypatch.setattr(qa.suggest, "_STEP", 0.05)
    with closing(Chat(tmp_path / "library", WordEncoder(), WordReader(), purpose="a test")) as made:
        yield made


def offered(chat: Chat, language: str) -> list[tuple[str, str]]:
    with chat.library.snapshot() as snapshot:
        return chat.suggestions.offered(snapshot, language)


def settled(chat: Chat) -> None:
    end = time.monotonic() + 30
    while not chat.suggestions._settled():
        assert time.monotonic() < end, "no end of finding suggestions"
        time.sleep(0.02)


def test_what_is_offered_is_answered_from_its_article(chat: Chat) -> None:
    put(chat.library, HARBOUR, id="harbour")
    put(chat.library, LAKE, id="lake")
    chat.wake()
    last = list(chat.visits.arrived(VISITOR, "en"))[-1]
    assert 'class="suggestion" lang="en"' in last
    for language in ("en", "fr"):
        shown = offered(chat, language)
        assert 2 <= len(shown) <= MOST
        assert {one for one, _ in shown} == {"en", "fr"}
        assert shown == sorted(shown, key=lambda one: one[0] != language)  # the reader's own first
        said = {question for _, question in shown}
        assert max(len(said & set(twins)) for twins in TWINS) == 1  # in one wording only
        for asked_in, question in shown:
            answer = chat.ask(question)
            assert answer.answered and answer.language == asked_in
            assert answer.quotes[0].article.id == ("lake" if "lac" in question else "harbour")
            assert language == "fr" or question.replace("'", "&#x27;") in last


def test_they_are_renewed_when_the_library_has_changed(chat: Chat) -> None:
    chat.wake()
    settled(chat)
    assert (
        offered(chat, "en") == []
        and "suggestion" not in list(chat.visits.arrived(VISITOR, "en"))[-1]
    )
    put(chat.library, HARBOUR, id="harbour")
    pages = list(chat.visits.told('{"do": "look"}', VISITOR, "en"))
    assert "suggestion" not in pages[0] and "suggestion" in pages[-1]
    assert all("pumps" in one or "Kerbol" in one for _, one in offered(chat, "en"))
    put(chat.library, LAKE, id="harbour")  # another version: nothing is offered of the one before
    assert offered(chat, "en") == []
    settled(chat)
    assert "fr" in {language for language, _ in offered(chat, "en")}
    chat.shelves.do({"do": "remove", "id": "harbour"}, "en", writes=True)
    assert offered(chat, "fr") == []


def test_an_empty_page_that_waits_for_them_ends_with_what_was_asked_meanwhile(chat: Chat) -> None:
    chat.wake()
    settled(chat)
    put(chat.library, HARBOUR)
    waiting = chat.visits.arrived(VISITOR, "en")
    shown = [next(waiting)]
    answered = list(chat.visits.asked("Was the harbour of Brest flooded?", VISITOR, "en"))[-1]
    shown += waiting
    assert "welcome" in shown[0] and shown[-1] == answered


def test_an_article_of_which_nothing_can_be_asked(chat: Chat) -> None:
    put(chat.library, "It rained. Nobody came, and nothing happened at all.")
    chat.wake()
    assert "suggestion" not in list(chat.visits.arrived(VISITOR, "fr"))[-1]
    settled(chat)


def test_a_page_is_there_before_anything_is_found(chat: Chat) -> None:
    put(chat.library, HARBOUR)  # never woken: no model, no thread
    (page,) = chat.visits.arrived(VISITOR, "en")
    assert "welcome" in page and "suggestion" not in page


def test_what_is_offered_waits_for_those_who_ask(chat: Chat) -> None:
    put(chat.library, HARBOUR)
    asked = list[str]()
    busy = [True, True, False]

    def ask(question: str) -> object:
        assert not busy
        asked.append(question)
        raise SystemExit

    suggestions = Suggestions(chat.library, ask, lambda: bool(busy) and busy.pop(0))  # type: ignore[arg-type]
    with pytest.raises(SystemExit):
        suggestions._renew()
    assert asked
