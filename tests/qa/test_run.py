"""How far a quote reaches."""

from __future__ import annotations

import math
import time

import pytest

from ingest.sentences import sentences
from qa.run import ALLOWANCE, FARTHEST, LONGEST, MOST_SENTENCES, PRECEDING, ROOM, run
from tests.fakes import make_article


@pytest.mark.parametrize(
    ("text", "place", "quoted"),
    [
        ("Kiev attend. La Russie recule.", 1, "La Russie recule."),
        ("La Russie attend. Elle espère des obus.", 1, "La Russie attend. Elle espère des obus."),
        ("Il a plu. Il y a eu 9 morts à Lyon et dans sa région.", 1,
         "Il y a eu 9 morts à Lyon et dans sa région."),
        ("Moscou cherche. C’est donc vers un paria qu’elle se tourne.", 1,
         "Moscou cherche. C’est donc vers un paria qu’elle se tourne."),
        ("“I change them at the bridge. Everybody does,” he said.", 0,
         "“I change them at the bridge. Everybody does,” he said."),
        ("Le patron avoue : « Les fusils sont à nous. Ils ont été vendus. » Rien d'autre.", 1,
         "Le patron avoue : « Les fusils sont à nous. Ils ont été vendus. »"),
        ("À qui profite le texte ? Aux contrebandiers de cigarettes de tout le pays.", 1,
         "À qui profite le texte ? Aux contrebandiers de cigarettes de tout le pays."),
        ("Les experts l’affirment depuis un an. Depuis février, onze cargos auraient déchargé "
         "des drones à Port-Soudan.", 1,
         "Les experts l’affirment depuis un an. Depuis février, onze cargos auraient déchargé "
         "des drones à Port-Soudan."),
        ("Le pont est fermé, dit le maire. C'est faux, répond la police de Velmar.", 0,
         "Le pont est fermé, dit le maire. C'est faux, répond la police de Velmar."),
        ("Le vaccin rend stérile. C'est du moins ce qu'affirme un faux médecin.", 0,
         "Le vaccin rend stérile. C'est du moins ce qu'affirme un faux médecin."),
        ("Le pont a fermé en mars. Cette semaine-là, Velmar était coupée en deux.", 1,
         "Le pont a fermé en mars. Cette semaine-là, Velmar était coupée en deux."),
        ("C'est vers un paria que Moscou se tourne. La Corée vend des obus.", 0,
         "C'est vers un paria que Moscou se tourne. La Corée vend des obus."),
        ("C’est pourtant une voisine qui a tout dit. Ginette Paul l'a vu.", 0,
         "C’est pourtant une voisine qui a tout dit. Ginette Paul l'a vu."),
        ("It was an insurer that broke the case open. In March, Aggersund saw it.", 0,
         "It was an insurer that broke the case open. In March, Aggersund saw it."),
        ("C'est une fondation de Jakarta qui paie. Le port attend ses grues.", 0,
         "C'est une fondation de Jakarta qui paie."),
        ("It was Aggersund that broke the case. In March, three clients lied.", 0,
         "It was Aggersund that broke the case."),
        ("The bridge of Velmar is closed. False alarms shut it twice.", 0,
         "The bridge of Velmar is closed."),
        ("The bridge is closed, said the mayor. That is false, the police of Velmar replied.", 0,
         "The bridge is closed, said the mayor. That is false, the police of Velmar replied."),
    ],
)  # fmt: skip
def test_a_run(text: str, place: int, quoted: str) -> None:
    article = make_article(text)
    start, end = run(article, 0, place)
    assert article.text[start:end] == quoted


@pytest.mark.parametrize(
    ("language", "before", "text", "leans"),
    [
        ("en", "The council pays in June.", "Otherwise, the line closes in July.", True),
        ("fr", "Le conseil paie en juin.", "Sinon, la ligne fermera en juillet.", True),
        ("fr", "Le maire dit le pont sûr.", "Au contraire, les experts le jugent usé.", True),
        ("en", "The inspector went to Velmar.", "According to her, the lamp was broken.", True),
        ("fr", "L'inspectrice est venue.", "Selon elle, la lampe a été sabotée.", True),
        ("fr", "L'inspecteur est venu.", "D'après lui, la lampe a été sabotée.", True),
        ("en", "Twenty ships sailed.", "None of them reached the port of Velmar.", True),
        ("en", "Twenty ships sailed.", "Among them was a tanker from Velmar.", True),
        ("fr", "Vingt navires partent.", "La plupart d'entre eux ont coulé au large.", True),
        ("fr", "Vingt navires partent.", "Parmi eux, un pétrolier a coulé.", True),
        ("en", "A tanker burned at Velmar.", "There, nine sailors died on Monday.", True),
        ("en", "The mayor left in 2019.", "Since then, nobody has led the council.", True),
        ("fr", "Le maire est parti en 2019.", "Depuis, personne n'a dirigé la mairie.", True),
        ("en", "The mayor resigned.", "Nevertheless, the town hall is open.", True),
        ("fr", "Le maire est parti.", "Néanmoins, la mairie reste ouverte.", True),
        ("en", "The ministry waits.", "Car sales rose in Norway by a tenth.", False),
        ("en", "The ministry waits.", "So far, 12 people have died in Velmar.", False),
        ("en", "The ministry waits.", "This week, 12 people died in Velmar.", False),
        ("fr", "Le ministère attend.", "Cette semaine, 12 personnes sont mortes.", False),
    ],
)  # fmt: skip
def test_a_run_takes_in_what_it_leans_on(
    language: str, before: str, text: str, leans: bool
) -> None:
    article = make_article(f"{before} {text}", language=language)
    start, end = run(article, 0, 1)
    assert article.text[start:end] == (f"{before} {text}" if leans else text)


def test_a_run_is_whole_sentences_and_never_too_long() -> None:
    text = " ".join(f"Elle a dit que la chose {n} était {'très ' * 20}claire." for n in range(9))
    article = make_article(text)
    spans = sentences(article.text, 0, len(article.text))
    for place in range(len(spans)):
        start, end = run(article, 0, place)
        first = [a for a, _ in spans].index(start)
        last = [b for _, b in spans].index(end)
        assert first <= place <= last < first + MOST_SENTENCES
        assert end - start <= LONGEST


@pytest.mark.parametrize(
    ("place", "likely", "quoted"),
    [
        (1, [], (1, 1)),
        (1, [2], (1, 2)),
        (1, [0], (0, 1)),
        (1, [3], (1, 1)),  # not beside it
        (1, [3, 2], (1, 3)),  # beside it once the other is in
        (1, [2, 0, 3], (0, 2)),  # the likeliest first, three at most
        (4, [5], (3, 5)),  # it leans on the one before
        (4, [5, 6], (3, 5)),
    ],
)
def test_a_run_takes_in_the_neighbours_that_are_likely(
    place: int, likely: list[int], quoted: tuple[int, int]
) -> None:
    article = make_article(
        "Le phare est éteint. Deux bateaux attendent. Trois ponts sont fermés. Quatre bacs sont"
        " partis. Elle attend le cinquième. Six ports sont ouverts. Sept quais sont vides."
    )
    spans = sentences(article.text, 0, len(article.text))
    near = [(one, 0.0) for one in likely]
    assert run(article, 0, place, near) == (spans[quoted[0]][0], spans[quoted[1]][1])


@pytest.mark.parametrize(("beside", "farthest"), [(0, FARTHEST - PRECEDING), (2, FARTHEST)])
def test_what_follows_is_taken_in_sooner_than_what_comes_before(
    beside: int, farthest: float
) -> None:
    article = make_article("Le phare est éteint. Deux bateaux attendent. Trois ponts sont fermés.")
    spans = sentences(article.text, 0, len(article.text))
    both = min(1, beside), max(1, beside)
    assert run(article, 0, 1, [(beside, farthest - 0.1)]) == (spans[both[0]][0], spans[both[1]][1])
    assert run(article, 0, 1, [(beside, farthest + 0.1)]) == spans[1]


@pytest.mark.parametrize(("first", "second"), [(120, 120), (120, 240), (240, 120)])
def test_the_longer_a_quote_gets_the_likelier_its_next_sentence_has_to_be(
    first: int, second: int
) -> None:
    """Each of the two doubled halves the room, and takes as much from what is allowed."""
    allowed = ALLOWANCE * math.log(ROOM / (first * second))
    article = make_article(f"La mer {'x' * (first - 8)}. Un pont {'y' * (second - 10)}.")
    spans = sentences(article.text, 0, len(article.text))
    assert [end - start for start, end in spans] == [first, second - 1]
    assert run(article, 0, 0, [(1, allowed - 0.05)]) == (spans[0][0], spans[1][1])
    assert run(article, 0, 0, [(1, allowed + 0.05)]) == spans[0]


def test_a_likely_neighbour_that_makes_it_too_long_is_left_out() -> None:
    first, last = "La Russie attend.", "La Russie recule."
    article = make_article(f"La chose est {'x' * LONGEST}. {first} {last}")
    spans = sentences(article.text, 0, len(article.text))
    assert run(article, 0, 1, [(0, -99.0), (2, 0.0)]) == (spans[1][0], spans[2][1])


def test_a_book_in_one_block_is_split_once_for_all_of_its_sentences() -> None:
    article = make_article("La Russie attend encore un peu. " * 20_000)
    started = time.process_time()
    for place in range(50):
        run(article, 0, 100 * place)
    assert time.process_time() - started < 5  # 0.4 s for the first, where nothing else runs
