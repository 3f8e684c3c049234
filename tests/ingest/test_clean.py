"""Blocks over an unchanging text: what is furniture, and above all what is not."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from ingest.clean import blocks, front_matter, opening_date
from ingest.types import Kind
from ingest.words import words

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))
SEED = Path(__file__).parents[2] / "seeds" / "000_d74ec0c6faadc757.txt"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(str(block.kind), text[block.start : block.end]) for block in blocks(text)]


def test_the_seed() -> None:
    text = SEED.read_text("utf-8")
    marked = kinds(text)
    assert [kind for kind, _ in marked] == (
        ["date", *["body"] * 3, "promo", *["body"] * 2, "heading", *["body"] * 2, "promo"]
        + ["body"] * 2
    )
    assert marked[0] == ("date", "date 2022-09")
    assert marked[1][1].startswith("Comment se passe l'invasion")
    assert [line for kind, line in marked if kind == "promo"] == [
        "À lire aussi La fonte des glaciers du Groenland révèle un cadeau très empoisonné",
        "À lire aussi Dans une vidéo édifiante, Gazprom moque une Europe frigorifiée, et la Russie"
        " brûle ses excédents de gaz",
    ]
    assert ("heading", "Les derniers copains") in marked
    assert marked[-1][1].endswith("puissances hostiles».")


PROMO = """
À lire aussi La fonte des glaciers
A LIRE AUSSI : La fonte des glaciers
À voir également | Nos images de la crue
>> Lire aussi : Comment se préparer.
→ Lire aussi notre enquête sur les munitions.
Lire la suite
Lire l'article →
Lire notre dossier sur le climat
Écouter aussi L'heure du monde
Sur le même sujet : la guerre des puces
Pour aller plus loin : trois livres
Abonnez-vous à notre lettre du soir.
Inscrivez-vous ici
Suivez-nous sur Facebook.
Partager sur Twitter
Publicité
Tous droits réservés.
You receive this e-mail because you subscribed to The Daily Rain.
You are receiving this message because of your subscription.
Unsubscribe: https://rain.example/leave
Unsubscribe
Unsubscribe here
Click here to unsubscribe.
To unsubscribe, click here.
Se désabonner
Se désinscrire : https://pluie.example/partir
Vous recevez ce courriel car vous êtes inscrit à La Pluie.
Vous avez reçu cet e-mail parce que vous êtes abonné.
Pour vous désinscrire, cliquez ici.
Read also: Ukraine war in maps
Read more: What we know so far.
READ MORE – What we know so far
See also Ukraine war in maps
Related: Five charts on grain
Related stories | Five charts
Don’t miss: the week in pictures.
Subscribe to our newsletter.
Sign up for email alerts!
Sign up here
Follow us on Twitter.
Follow us
Share this article
Advertisement
All rights reserved.
Lesen Sie auch: Der Krieg in Karten
""".strip().splitlines()

NOT_PROMO = """
Voir aussi ses voisins partir, ce fut pour lui le coup de grâce.
Lire aussi vite est un don.
À voir également ce qui reste du pont, on comprend la force de la crue.
Lire notre avenir dans les étoiles ne l'intéressait pas.
Écouter aussi les victimes est un devoir.
Suivez-nous, cria le guide, et personne ne bougea.
« Suivez-nous ! »
Partager sur une carte ces relevés aiderait les secours.
Publicité et propagande se mêlent sur les ondes russes.
Lire la presse reste une habitude du matin.
Abonnée depuis dix ans, elle lit tout.
Read also the small print, the lawyers said, before signing.
Read more books than your parents did.
“Follow us,” the guide shouted, and nobody moved.
Follow us into the forest, she said.
Share this burden, he told the allies.
Subscribers left in their thousands.
Sign up for the army, they were told, and see the world.
See how the dam was built.
Related species died out.
Recommended doses were not enough.
More on this coast than anywhere else, the sea is rising.
Advertisement spending fell by a third.
Unsubscribed readers left in their thousands.
Unsubscribe buttons must be easy to find, says the law.
Unsubscribe: a short history of spam, in ten chapters.
To unsubscribe, readers had to write a letter.
You receive this message from the film loud and clear.
Se désabonner doit être aussi simple que s'abonner.
Désinscription massive : le parti perd ses membres.
Vous recevez ce courriel ? Il est faux, dit la banque.
“You receive this e-mail because you are rich,” it read.
""".strip().splitlines()


@pytest.mark.parametrize("line", PROMO)
def test_promotion_is_marked(line: str) -> None:
    text = f"Il pleut sur Lyon depuis hier.\n\n{line}\n\nLa Saône monte encore."
    assert [kind for kind, _ in kinds(text)] == ["body", "promo", "body"]


@pytest.mark.parametrize("line", PROMO)
def test_promotion_is_marked_within_a_paragraph(line: str) -> None:
    text = f"Il pleut sur Lyon depuis hier.\n{line}\nLa Saône monte encore."
    assert [kind for kind, _ in kinds(text)] == ["body", "promo", "body"]


@pytest.mark.parametrize("line", NOT_PROMO)
def test_a_sentence_that_begins_like_promotion_stays(line: str) -> None:
    text = f"Il pleut sur Lyon depuis hier.\n\n{line}\n\nLa Saône monte encore."
    assert [kind for kind, _ in kinds(text)] == ["body", "body", "body"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Les derniers copains", Kind.HEADING),
        ("## What comes next", Kind.HEADING),
        ("Qui paiera ?", Kind.HEADING),
        ("Par amour du risque", Kind.HEADING),
        ("Par Jeanne Dupont et Karim Said", Kind.BYLINE),
        ("By Jane Doe", Kind.BYLINE),
        ("By then it was over.", Kind.BODY),
        ("Par la suite, il se tut.", Kind.BODY),
        ("Publié le 12 septembre 2022 à 8h30", Kind.DATE),
        ("2022-09-12", Kind.DATE),
        ("March 12, 2024", Kind.DATE),
        ("Mardi 12 mars 2024 le pont a cédé.", Kind.BODY),
        ("12/03/2024 : le pont cède.", Kind.BODY),
        ("Published peace terms divided the 27.", Kind.BODY),
        ("Published in 2014, the book sold well.", Kind.BODY),
        ("Photo : une rue de Kherson", Kind.CAPTION),
        ("© AFP", Kind.CAPTION),
        ("![A map](map.png)", Kind.CAPTION),
        ("Photo ops followed.", Kind.BODY),
        ("Il pleut.", Kind.BODY),
        ("Il pleut… Elle attend", Kind.BODY),
    ],
)
def test_what_a_short_line_is(line: str, kind: Kind) -> None:
    text = f"Un début.\n\n{line}\n\nUne phrase de plus, pour finir."
    assert kinds(text)[1] == (str(kind), line)


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday, March 12, 2024",
        "Tuesday, March 12th, 2024",
        "Mardi 12 mars 2024 à 8h30",
        "Mardi 12 mars 2024 – 8h30",
        "le mardi 12 mars 2024",
        "12/03/2024",
        "2024-03-12 08:30",
    ],
)
def test_a_date_at_the_top_is_none_further_down(line: str) -> None:
    told = "\n\n".join(f"Le pont cède, partie {number}." for number in range(8))
    assert kinds(f"{line}\n\nUn pont cède\n\n{told}")[0] == ("date", line)
    assert kinds(f"Un pont cède\n\n{told}\n\n{line}\n\nLe maire parle.")[-2] != ("date", line)


@pytest.mark.parametrize(
    "line", ["Birthday 12 March 2024", "Mardi 3 buts 2024", "Mardi 12 mars 2024 le pont a cédé"]
)
def test_no_date_at_the_top(line: str) -> None:
    assert kinds(f"{line}\n\nLe pont cède.\n\nLe maire parle.")[0][0] != "date"


def test_the_last_line_is_never_a_heading() -> None:
    assert kinds("Il pleut.\n\nEt demain")[-1] == ("body", "Et demain")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("date 2022-09 Comment", "2022-09"),
        (" date 2022-09-05\nComment", "2022-09-05"),
        ("DATE: 2022\n", "2022"),
        ("date 2022-9-5\nComment", "2022-09-05"),
        ("date 2022/09/05\nComment", "2022-09-05"),
        ("date 2022-09-05T10:00\nComment", "2022-09-05"),
        ("date 2022-13 Comment", None),
        ("date palm trees", None),
        ("update 2022-09", None),
        ("Comment date 2022-09", None),
    ],
)
def test_the_opening_date(text: str, date: str | None) -> None:
    found = opening_date(text)
    assert (found[1] if found else None) == date
    if found:
        assert text[found[0].start : found[0].end].strip() == text[found[0].start : found[0].end]


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("---\ntitle: X\n---\nBody.", "---\ntitle: X\n---"),
        ("---\r\ntitle: X\r\n---\r\nBody.", "---\r\ntitle: X\r\n---"),
        ("---\ntags:\n  - a\n- b\n\n---", "---\ntags:\n  - a\n- b\n\n---"),
        ("---\nNot a field\n---\nBody.", None),
        ("---\ntitle: X\nBody.", None),
        ("Text\n---\ntitle: X\n---\n", None),
    ],
)
def test_front_matter(text: str, matter: str | None) -> None:
    found = front_matter(text)
    assert (text[found.start : found.end] if found else None) == matter


def test_hostile_texts_take_no_longer_than_others() -> None:
    """Each of these once took a pattern exponential time."""
    assert front_matter("---\n" + "- :\n" * 500 + "x") is None
    assert kinds("Start.\n\nBy De " + "de " * 24 + "!\n\nEnd.")[1][0] != "byline"
    assert len(blocks(" " * 300_000 + "x" + "\n \t" * 100_000 + "y")) == 2
    assert len(blocks("x" + "." * 200_000 + "x\ny")) == 1
    assert len(blocks("Start.\n\n" + "e" + "\u0301" * 100_000)) == 2
    assert len(words("e" + "\u0301" * 100_000 + " x")) == 2


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    """Each paragraph of a golden file begins with the kind it must be marked as."""
    golden = path.read_text("utf-8").strip()
    parts = re.split(r"\[(\w+)\] ", golden)[1:]
    expected = [(k, t.strip()) for k, t in zip(parts[::2], parts[1::2], strict=True)]
    assert kinds(re.sub(r"\[\w+\] ", "", golden)) == expected


def test_golden_kinds_come_in_both_languages() -> None:
    stems = {path.stem for path in GOLDEN}
    assert len({stem.rpartition(".")[0] for stem in stems}) >= 10
    assert {f"{stem[:-3]}.fr" for stem in stems} == {s for s in stems if s.endswith(".fr")}


WRAPPED = """The minister said on Monday that she would not be drawn on the matter. She asked
colleagues to wait for the report, which is to be
{line}
before anything is said of it. Nobody else spoke to the journalists that day."""


@pytest.mark.parametrize(
    "line",
    [
        "share this view of the war and that no country in the union would be",
        "updated in March 2022 by the staff of the",
        "follow us into a dearer world, as one of them put it, and that is all",
        "publié le 3 mars 2022 par les services de",
    ],
)
def test_a_wrapped_line_in_mid_sentence_is_no_furniture(line: str) -> None:
    assert [kind for kind, _ in kinds(WRAPPED.format(line=line))] == ["body"]


LONG = "La Corée du Nord livre des munitions à la Russie, selon un rapport publié lundi. " * 3


def test_each_line_is_a_paragraph_where_lines_are_long() -> None:
    pasted = f"Guerre en Ukraine\nPar Jeanne Dupont\n{LONG.strip()}\nDes achats massifs\n{LONG}"
    assert [kind for kind, _ in kinds(pasted)] == ["heading", "byline", "body", "heading", "body"]


def test_a_wrapped_paragraph_stays_one_beside_a_long_line() -> None:
    wrapped = "\n".join(
        ["Selon le ministre, les stocks sont au plus bas dans la"] * 3 + ["Russie."]
    )
    assert [text for _, text in kinds(f"{LONG.strip()}\n\n{wrapped}")] == [LONG.strip(), wrapped]


def test_a_long_line_elsewhere_cuts_no_wrapped_paragraph() -> None:
    wrapped = "The President of the Republic met the Russian leader\nVladimir Putin, and left."
    assert [text for _, text in kinds(f"{wrapped}\n\n{LONG}")] == [wrapped, LONG.strip()]


def test_headlines_of_other_articles_are_no_list() -> None:
    text = (
        "Il pleut.\n\n" * 5 + "Macron à Moscou\n\nLe chômage recule\n\nUn séisme au Japon\n\nFin."
    )
    assert [kind for kind, _ in kinds(text)][5:] == ["heading"] * 3 + ["body"]


def test_accents_may_be_characters_of_their_own() -> None:
    text = unicodedata.normalize("NFD", "Il pleut.\n\nÀ lire aussi : la guerre\n\nElle sort.")
    assert [kind for kind, _ in kinds(text)] == ["body", "promo", "body"]


def test_an_empty_line_may_hold_a_no_break_space() -> None:
    assert kinds("Un titre\n\u00a0\nIl pleut.") == [("heading", "Un titre"), ("body", "Il pleut.")]


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 3 mars, le rapport évoque « 12 morts et 40 blessés. »",
        "Published in 2019, the report said “12 firms cheated.”",
        "Posted on Facebook, the video was seen 40,000 times, and then it vanished!",
        "‘We will not accept this and we will fight on.’",
        "Le pont a été fermé en mars.[12]",
        "3 000 obus | Corée du Nord",
        "la Corée du Nord a livré 3 000 obus",
    ],
)
def test_what_says_something_is_body(line: str) -> None:
    assert kinds(f"Un début.\n\n{line}\n\nUne phrase de plus, pour finir.")[1] == ("body", line)


def test_a_list_is_no_row_of_headings() -> None:
    top = "Un titre\n\nUn chapeau\n\nIl pleut sur Lyon.\n\nLa Saône monte.\n\n"
    listed = "Obus : 3 000\n\nDrones : 400\n\nMissiles : 12\n\nIl pleut encore."
    assert [kind for kind, _ in kinds(top + listed)] == ["heading"] * 2 + ["body"] * 6
    headed = "Deuxième partie\n\nLes drones\n\nIl pleut encore."
    assert [kind for kind, _ in kinds(top + headed)][4:] == ["heading", "heading", "body"]
