"""How far a quote reaches."""

from __future__ import annotations

import pytest

from ingest.sentences import sentences
from qa.run import LONGEST, MOST_SENTENCES, TOGETHER, run
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
    ],
)  # fmt: skip
def test_a_run(text: str, place: int, quoted: str) -> None:
    article = make_article(text)
    start, end = run(article, 0, place)
    assert article.text[start:end] == quoted


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
    assert run(article, 0, place, likely) == (spans[quoted[0]][0], spans[quoted[1]][1])


@pytest.mark.parametrize(("longer", "taken"), [(0, True), (1, False)])
def test_a_likely_neighbour_that_makes_it_too_long_is_left_out(longer: int, taken: bool) -> None:
    first, last = "La Russie attend.", "La Russie recule."
    long = f"La chose est {'x' * (TOGETHER - len(first) - 15 + longer)}."
    article = make_article(f"{long} {first} {last}")
    spans = sentences(article.text, 0, len(article.text))
    assert spans[1][1] - spans[0][0] == TOGETHER + longer
    assert run(article, 0, 1, [0]) == (spans[0 if taken else 1][0], spans[1][1])
    assert run(article, 0, 1, [0, 2])[1] == spans[1 if taken else 2][1]
