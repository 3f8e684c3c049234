"""How far a quote reaches."""

from __future__ import annotations

import pytest

from ingest.sentences import sentences
from qa.run import LONGEST, MOST_SENTENCES, run
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
