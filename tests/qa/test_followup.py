"""What leans on the question before it; a question that can stand alone never does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from qa.followup import Lean, leaning
from qa.rewrite import Followed, followed
from qa.types import Turn

TODAY = dt.date(2026, 11, 25)


TOPICS = [
    ("and drones?", "drones"),
    ("et les drones ?", "les drones"),
    ("What about Iran?", "Iran"),
    ("what about the French?", "the French"),
    ("Qu'en est-il des missiles ?", "missiles"),
    ("Quid de la Chine ?", "la Chine"),
    ("Et la Corée du Nord ?", "la Corée du Nord"),
    ("et en 2021 ?", "en 2021"),
    ("in 2021?", "in 2021"),
    ("Iran?", "Iran"),
    ("and last week?", "last week"),
    ("Et selon Le Monde ?", "selon Le Monde"),
    ("et ses céréales ?", "ses céréales"),
    ("and the US?", "the US"),
    ("What about the EU?", "the EU"),
    ("ok, and the tunnel?", "the tunnel"),
    ("Merci ! Et les écoles ?", "les écoles"),
]
SURE = [
    "et pourquoi ?",
    "why?",
    "Combien de morts ?",
    "In which city?",
    "À quel prix ?",
    "what year?",
    "mais où ?",
    "depuis quand ?",
    "by whom?",
    "who else?",
    "and how many?",
    "who said that?",
    "qui a dit ça ?",
    "when did he say it?",
    "pourquoi a-t-elle refusé ?",
    "Quand commencera-t-il ?",
    "Qui est son mari ?",
    "Who is her husband?",
    "Combien de soldats a-t-il perdus ?",
    "Pourquoi donc protestent-ils ?",
    "When did the mayor open that bridge?",
    "Who is the captain of that ship?",
    "How many people did they employ?",
    "who supported him?",
    "what do some locals hold against them?",
    "What did he promise voters about pensions?",
    "How much does it cost?",
    "can anyone step in to save it?",
    "What does this company make?",
    "que fait cette entreprise ?",
    "who lives there?",
    "qui l'a dit ?",
    "et qui les a remplacés ?",
    "according to whom?",
    "d'après qui ?",
    "selon quelle source ?",
    "according to which paper?",
    "until when?",
    "Devant quel tribunal ?",
    "since what year?",
    "Merci ! Et depuis quand ?",
    "Thank you. Who paid for it?",
]
UNSURE = [
    "and who owns the cans?",
    "et qui va payer les enseignants ?",
    "who paid for the flight?",
    "combien d'étudiants y travaillent ?",
    "et qu'a reçu Bakou en contrepartie ?",
    "and what did the US pay?",
    "Quel parti a gagné ?",
    "And who is the president of Iran?",
    "mais qu'en dit Téhéran ?",
    "Thanks! Who paid for the flight?",
    "who paid? How much?",
    "Quelle est la capitale ?",
    "Who lost their jobs?",
    "Et qui fournit des drones à la Russie ?",
    "So what is the capital of Australia?",
    "But Russia is winning?",
    "Pourquoi les bagagistes protestent-ils ?",
    "jusqu'a quand dakar a t il fixe le prix du ciment",
    "Quand l'usine ouvrira-t-elle ?",
    "Combien le pont coûte-t-il ?",
    "Who built the bridge and who paid for it?",
    "Qui est le maire et quel âge a-t-il ?",
    "What was the lamp that melted?",
    "Who owns the rusty ship that sank?",
    "Is there a bank that lends to farmers?",
    "pourquoi bergen a-t-il cessé de payer la gardienne ?",
    "pourquoi la russie achète-t-elle des obus ?",
    "pourquoi y a-t-il deux commandements pour les soldats ?",
    "combien fallut-il d'années ?",
    "quelle heure est-il ?",
    "What did the minister say about his budget?",
    "how long does it take to build a dam",
    "What was this year's budget?",
    "who supplies armenia with arms these days",
    "quoi de neuf ?",
    "What happened?",
]


@pytest.mark.parametrize(("question", "topic"), TOPICS)
def test_what_goes_in_anothers_place(question: str, topic: str) -> None:
    lean = leaning(question)
    assert lean and lean.sure and lean.topic
    assert question[slice(*lean.topic)] == topic


@pytest.mark.parametrize("question", SURE)
def test_what_cannot_stand_alone(question: str) -> None:
    assert leaning(question) == Lean(topic=None, sure=True)


@pytest.mark.parametrize("question", UNSURE)
def test_what_may_lean(question: str) -> None:
    assert leaning(question) == Lean(topic=None, sure=False)


@pytest.mark.parametrize(
    "question",
    [
        "Et Moscou a menacé Kiev ?",
        "Who won the 1998 World Cup?",
        "who is supplying Russia with ammunition",
        "Pourquoi Moscou a-t-il signé ?",
        "La Russie est-elle isolée ?",
        "Que s'est-il passé à Kiev ?",
        "Qui a peint son portrait de Napoléon ?",
        "Did Macron meet him?",
        "Is it true that Russia lost?",
        "Who said that Russia lost?",
        "Qu'est-ce que le Donbass ?",
        "Ou se trouve Kherson ?",
        "drones iran",
        "ammunition north korea",
        "russie munitions ?",
        "how are you?",
        "Who are you?",
        "Can you tell me which country no longer lends crews to Irini?",
        "",
        "?!",
        "et",
        "Quel âge a Macron ?",
        "How many inhabitants of Paris?",
        "What did the US pay for the drones?",
        "vraiment ?",
        "really?",
    ],
)
def test_what_stands_alone(question: str) -> None:
    assert leaning(question) is None


KINDS = {
    "arms": {"drones", "munitions", "ammunition", "missiles", "weapons", "obus", "wheat"},
    "lands": {"russia", "russie", "iran", "ukraine", "poland", "latvia", "lettonie", "chine"},
}


def like(phrase: str, others: Sequence[str]) -> list[float]:
    """Two words of one kind are alike."""

    def kinds(text: str) -> set[str]:
        return {kind for kind, words in KINDS.items() if words & set(text.casefold().split())}

    return [0.6 if kinds(phrase) & kinds(other) else 0.1 for other in others]


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("who supplies Russia with ammunition", "and drones?", "who supplies Russia with drones?"),
        ("who supplies russia with ammunition?", "et les drones ?",
         "who supplies russia with drones?"),
        ("who supplies Russia with ammunition", "what about Iran?",
         "who supplies Iran with ammunition?"),
        ("Qui fournit des munitions à la Russie ?", "et des drones ?",
         "Qui fournit des drones à la Russie?"),
        ("Qui fournit des munitions à la Russie ?", "and drones?",
         "Qui fournit des drones à la Russie?"),
        ("Qui fournit des munitions à la Russie ?", "et l'Ukraine ?",
         "Qui fournit des munitions à l'Ukraine?"),
        ("How many pilots trained in Poland?", "and in Latvia?",
         "How many pilots trained in Latvia?"),
        ("How many pilots trained in Poland?", "et en Lettonie ?",
         "How many pilots trained en Lettonie?"),
        ("Combien de drones a-t-on livrés en 2022 ?", "et en 2021 ?",
         "Combien de drones a-t-on livrés en 2021?"),
        ("Combien de drones a-t-on livrés ?", "et en 2021 ?",
         "Combien de drones a-t-on livrés en 2021?"),
        ("What happened in May 2024?", "And in June?", "What happened in June 2024?"),
        ("articles from May 2024 on wheat", "and June?", "articles from June 2024 on wheat?"),
        ("In May 2024, who won?", "and June?", "in June 2024, who won?"),
        ("How many drones in 2022?", "and in May?", "How many drones in May 2022?"),
        ("What happened in May 2024?", "and last week?", "What happened last week?"),
        ("Quelle est la capitale de la Russie ?", "et de l'Ukraine ?",
         "Quelle est la capitale de l'Ukraine?"),
        ("What is the price of wheat in Russia?", "and of ammunition?",
         "What is the price of ammunition in Russia?"),
        ("who supplies Russia with ammunition", "And since the invasion?",
         "who supplies Russia with ammunition since the invasion?"),
        ("who supplies Russia with ammunition", "At what price?",
         "At what price? (who supplies Russia with ammunition?)"),
        ("Depuis quand la Russie achète-t-elle des obus ?", "À quel prix ?",
         "À quel prix ? (Depuis quand la Russie achète-t-elle des obus ?)"),
        ("From which port does Russia ship wheat?", "since when?",
         "since when? (From which port does Russia ship wheat?)"),
        ("Selon Tass, qui a gagné ?", "et selon Le Monde ?", "qui a gagné selon Le Monde?"),
        ("who won according to Tass?", "and according to Le Monde?",
         "who won according to Le Monde?"),
        ("Que rapporte Tass ?", "et selon Le Monde ?", "Que rapporte Tass selon Le Monde?"),
        ("who lives in Palma", "and the dairy cows?", "and the dairy cows? (who lives in Palma?)"),
        ("Qui fournit des munitions à la Russie ?", "et pourquoi ?",
         "et pourquoi ? (Qui fournit des munitions à la Russie ?)"),
        ("who is the mayor of Palma?", "when was he elected?",
         "when was he elected? (who is the mayor of Palma?)"),
        ("Que rapporte Tass ?", "who said that?", "who said that? (Que rapporte Tass ?)"),
        ("Qui vend des drones ?", "et qui leur en achète ?",
         "et qui leur en achète ? (Qui vend des drones ?)"),
        ("Que vend la firme ?", "qui la finance ?", "qui la finance ? (Que vend la firme ?)"),
        ("Selon Le Monde qui vend des drones ?", "et selon Reuters ?",
         "Selon Le Monde qui vend des drones selon Reuters?"),
        ("Who sells drones according to Le Monde in May 2024?", "and according to Reuters?",
         "Who sells drones in May 2024 according to Reuters?"),
        ("Who keeps the deposits?", "and who owns the cans?",
         "and who owns the cans? (Who keeps the deposits?)"),
    ],
)  # fmt: skip
def test_the_whole_question(before: str, question: str, whole: str) -> None:
    assert follow(question, Turn(before, ())).text == whole


def follow(question: str, before: Turn) -> Followed:
    lean = leaning(question)
    assert lean is not None
    return followed(question, lean, before, like, TODAY)


def test_what_was_lit_comes_with_the_question_that_it_answered() -> None:
    turn = Turn("who supplies missiles?", (), lit="Delhi")
    assert follow("why?", turn).text == "why? (Delhi: who supplies missiles?)"
    assert follow("and drones?", turn).text == "who supplies drones?"
    for vague in ("mardi dernier", "the minister who had left the government in the spring before"):
        turn = Turn("who supplies missiles?", (), lit=vague)
        assert follow("why?", turn).text == "why? (who supplies missiles?)"


def test_a_chain_keeps_what_it_is_about_and_the_last_that_was_said_of_it() -> None:
    asked, turn = list[str](), Turn("who supplies missiles", (), lit="Delhi")
    for question in ("and who paid?", "when?", "and how much?", "and drones?", "and why?"):
        whole = follow(question, turn)
        turn = Turn(whole.about, (), whole.said, "Paris" if question == "and who paid?" else "")
        asked.append(whole.text)
    assert asked == [
        "and who paid? (Delhi: who supplies missiles?)",
        "when? (Paris: and who paid? who supplies missiles?)",
        "and how much? (and who paid? who supplies missiles?)",
        "and who paid? (who supplies drones?)",
        "and why? (and who paid? who supplies drones?)",
    ]


@pytest.mark.parametrize(
    "before",
    [
        "Who leads the WHO (World Health Organization)?",
        "Qui a payé ? Combien ?",
        "who built the bridge (the new one)",
    ],
)
def test_what_is_asked_in_brackets_stays_whole(before: str) -> None:
    whole = follow("et pourquoi ?", Turn(before, (), lit="Emmanuel Macron (LREM)"))
    ended = before if before.endswith("?") else f"{before}?"
    assert whole.text == f"et pourquoi ? (Emmanuel Macron (LREM): {ended})"
