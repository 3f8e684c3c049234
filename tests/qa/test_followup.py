"""What leans on the question before it; a question that can stand alone never does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from qa.followup import leaning
from qa.rewrite import standalone
from qa.types import Quote, Turn
from tests.fakes import make_article

TODAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("question", "how", "what"),
    [
        ("and drones?", "topic", "drones"),
        ("et les drones ?", "topic", "les drones"),
        ("What about Iran?", "topic", "Iran"),
        ("what about the French?", "topic", "the French"),
        ("Qu'en est-il des missiles ?", "topic", "missiles"),
        ("Quid de la Chine ?", "topic", "la Chine"),
        ("Et la Corée du Nord ?", "topic", "la Corée du Nord"),
        ("et en 2021 ?", "topic", "en 2021"),
        ("in 2021?", "topic", "in 2021"),
        ("Iran?", "topic", "Iran"),
        ("and last week?", "topic", "last week"),
        ("Et selon Le Monde ?", "topic", "selon Le Monde"),
        ("et ses céréales ?", "topic", "ses céréales"),
        ("et pourquoi ?", "why", "pourquoi"),
        ("why?", "why", "why"),
        ("Combien de morts ?", "why", "Combien de morts"),
        ("In which city?", "why", "In which city"),
        ("À quel prix ?", "why", "À quel prix"),
        ("what year?", "why", "what year"),
        ("mais où ?", "why", "où"),
        ("depuis quand ?", "why", "depuis quand"),
        ("by whom?", "why", "by whom"),
        ("who else?", "why", "who else"),
        ("and how many?", "why", "how many"),
        ("who said that?", "pronoun", "that"),
        ("qui a dit ça ?", "pronoun", "ça"),
        ("when did he say it?", "pronoun", "he"),
        ("pourquoi a-t-elle refusé ?", "pronoun", "elle"),
        ("Quand commencera-t-il ?", "pronoun", "il"),
        ("Qui est son mari ?", "pronoun", "son"),
        ("Who is her husband?", "pronoun", "her"),
        ("Combien de soldats a-t-il perdus ?", "pronoun", "il"),
        ("Pourquoi donc protestent-ils ?", "pronoun", "ils"),
        ("When did the mayor open that bridge?", "pronoun", "that bridge"),
        ("Who is the captain of that ship?", "pronoun", "that ship"),
        ("How many people did they employ?", "pronoun", "they"),
        ("who supported him?", "pronoun", "him"),
        ("what do some locals hold against them?", "pronoun", "them"),
        ("What did he promise voters about pensions?", "pronoun", "he"),
        ("How much does it cost?", "pronoun", "it"),
        ("can anyone step in to save it?", "pronoun", "it"),
        ("What does this company make?", "pronoun", "this company"),
        ("que fait cette entreprise ?", "pronoun", "cette entreprise"),
        ("who lives there?", "pronoun", "there"),
        ("qui l'a dit ?", "beside", "qui l'a dit"),
        ("et qui les a remplacés ?", "beside", "qui les a remplacés"),
        ("and who owns the cans?", "near", "who owns the cans"),
        ("et qui va payer les enseignants ?", "near", "qui va payer les enseignants"),
    ],
)
def test_what_leans(question: str, how: str, what: str) -> None:
    lean = leaning(question)
    assert lean is not None
    assert (lean.how, question[lean.start : lean.end]) == (how, what)


@pytest.mark.parametrize(
    "question",
    [
        "And who is the president of Iran?",
        "Et qui fournit des drones à la Russie ?",
        "So what is the capital of Australia?",
        "But Russia is winning?",
        "Et Moscou a menacé Kiev ?",
        "Who won the 1998 World Cup?",
        "who is supplying Russia with ammunition",
        "Pourquoi Moscou a-t-il signé ?",
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
        "La Russie est-elle isolée ?",
        "pourquoi la russie achète-t-elle des obus ?",
        "pourquoi y a-t-il deux commandements pour les soldats ?",
        "combien fallut-il d'années ?",
        "Que s'est-il passé à Kiev ?",
        "quelle heure est-il ?",
        "What did the minister say about his budget?",
        "Who lost their jobs?",
        "Qui a peint son portrait de Napoléon ?",
        "Did Macron meet him?",
        "Is it true that Russia lost?",
        "how long does it take to build a dam",
        "Who said that Russia lost?",
        "What was this year's budget?",
        "who supplies armenia with arms these days",
        "Qu'est-ce que le Donbass ?",
        "Ou se trouve Kherson ?",
        "drones iran",
        "ammunition north korea",
        "russie munitions ?",
        "quoi de neuf ?",
        "What happened?",
        "Quelle est la capitale ?",
        "how are you?",
        "Who are you?",
        "Can you tell me which country no longer lends crews to Irini?",
        "",
        "?!",
        "et",
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
        ("why? (Delhi: who supplies missiles?)", "and drones?",
         "why? (Delhi: who supplies drones?)"),
        ("and who paid? (Delhi: who supplies missiles?)", "when?",
         "when? (and who paid? Delhi: who supplies missiles?)"),
        ("when? (and who paid? Delhi: who supplies missiles?)", "and why?",
         "and why? (when? Delhi: who supplies missiles?)"),
        ("Who keeps the deposits?", "and who owns the cans?",
         "and who owns the cans? (Who keeps the deposits?)"),
    ],
)  # fmt: skip
def test_the_whole_question(before: str, question: str, whole: str) -> None:
    lean = leaning(question)
    assert lean is not None
    assert standalone(question, lean, Turn(before, ()), like, TODAY) == whole


def test_what_was_lit_stands_for_who() -> None:
    article = make_article("Delhi delivers the missiles in April.")
    turn = Turn("who supplies missiles?", (Quote(article, 0, 37, (0, 5), 0.9),))
    lean = leaning("why?")
    assert lean is not None
    assert standalone("why?", lean, turn, like, TODAY) == "why? (Delhi: who supplies missiles?)"
