"""Where sentences end, in French and English news."""

from __future__ import annotations

import pytest

from ingest.sentences import LONGEST, sentences

# `|` stands where one sentence ends and the next begins.
CASES = """
Il part.| Elle reste.
M. Macron et Mme Dupont sont là.| Le Dr Roy aussi.
J.-P. Martin parle.| On l'écoute.
Le gén. Petrov, cf. art. 5, est né en janv. 1960.| Il a 62 ans.
Le n. 4 et la p. 12 manquent.| On cherche.
The U.S. Army left.| It was over.
Mr. Smith met J. R. Tolkien vs. Dr. No at 5 p.m. on Monday.| They talked.
Il a dit : « Je pars. »| Elle est restée.
«Je pars.»| Elle est restée.
« Je pars.| Je reviens ! »| Elle est restée.
“I am leaving.”| She stayed.
"I am leaving."| She stayed.
« Qui paiera ? » demande-t-il.| Personne ne répond.
La hausse est de 3.5 % en 2022.| C'est peu.
It cost $1.5 million.| Nobody paid.
Le prix ... c'est 3,5 euros.| Voilà.
Il hésite…| Puis il part.
Il hésite...| Puis il part.
Il hésite… puis il part.| Fin.
Vraiment ?!| Oui.
Vraiment\u00a0?| Oui\u202f!| Bien.
Voir wikipedia.org ou node.js.| C'est tout.
Une note.[12]| Une autre.[3][4]| Fin.
(Il pleut.)| Elle sort.
Il est 20 h.| Elle dort.
Me Dupond plaide.| Il gagne.
Il fait 15°C.| C'est doux.
Prix Nobel : A. Einstein.| Il y en eut d'autres.
— Non.| — Si.
Kyiv was warned, Maj. Gen. Kyrylo Budanov said.| Nobody slept.
The order came from Adm. Rob Bauer.| Rev. Al Sharpton spoke.| Brig. Gen. Pat Ryder did not.
Ford Motor Co. Chief Jim Farley resigned near Mt. Hood.| He is six ft. tall.
He fell ten ft.| Then he rose.
Selon Ph. Dupont, c’est faux.| Voir aussi le ch. 4.
Bruxelles a tranché.| Šefčovič a répondu.| Łukasz Nowak aussi.| İmamoğlu est libre.
1. Les drones arrivent.| 2. Les chars partent.| Ils étaient 12.| Puis 3.| Voilà.
The towers fell on Sept. 11.| Thousands died.
He lives at No. 10.| The prime minister left.
Le ministre a parlé.| " Nous sommes prêts ", a-t-il dit.| " Rien ne change. "| Il sort.
The fire began at 2 a.m.| The blaze spread.| It was out by 4:30 p.m.| “We ran,” he said.
It ended at 2 A.M.| Nobody slept until 5p.m.| Then they did.
He spoke at 5 p.m. Monday.| She spoke at 5 p.m. EDT, at 8 p.m. Sept. 3 and at 9 a.m. London time.
It closes at 5 p.m. Eastern.| At 3 a.m. GMT it opens.| He left at 5p.m. Sunday.
In a 2 a.m. Facebook post he denied it.| A.M. Homes called.
وصل الوزير.| ثم غادر.
""".strip().splitlines()


@pytest.mark.parametrize("marked", CASES, ids=[case.replace("|", "")[:40] for case in CASES])
def test_where_sentences_end(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    text = marked.replace("|", "")
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == expected


def test_offsets_are_of_the_whole_text() -> None:
    text = "Hors champ. Il part. Elle reste. Hors champ."
    assert [text[a:b] for a, b in sentences(text, 12, 32)] == ["Il part.", "Elle reste."]


def test_text_without_ends_is_cut_at_a_space() -> None:
    text = "mot " * 1000
    spans = sentences(text, 0, len(text))
    assert all(0 < b - a <= LONGEST for a, b in spans)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
    assert all(text[a:b].split() == ["mot"] * len(text[a:b].split()) for a, b in spans)


@pytest.mark.parametrize("text", ["", "   ", "\n", "\u00a0"])
def test_nothing_to_say(text: str) -> None:
    assert sentences(text, 0, len(text)) == ()


def test_dots_by_the_thousand() -> None:
    """A table of contents; the pattern once took exponential time over it."""
    text = "Chapter 1" + "." * 50_000 + "12 " + "?!" * 20_000 + "x"
    spans = sentences(text, 0, len(text))
    assert "".join(text[a:b] for a, b in spans) == text.replace(" ", "")
