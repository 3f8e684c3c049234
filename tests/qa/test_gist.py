"""What a long message asks."""

from __future__ import annotations

import pytest

from qa.gist import gist


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Hi there, sorry to bother you. I'm a teacher and my pupils keep asking me about it: do"
         " you happen to know how many villages were evacuated after the dam broke? Thanks a lot",
         "how many villages were evacuated after the dam broke"),
        ("I went through the whole pile of articles last night and now I'm wondering which firm"
         " sold the radars to Djibouti.", "which firm sold the radars to Djibouti"),
        ("Good morning. My father worked on the railway, so tell me, if you can, who ordered the"
         " line to Kandarra to be closed, because I never understood it.",
         "who ordered the line to Kandarra to be closed"),
        ("Could someone please explain to me, in plain words, why the Lithuanian government"
         " stopped shooting at balloons? My students asked and I was at a loss.",
         "why the Lithuanian government stopped shooting at balloons"),
        ("I'm writing my thesis on energy in the Maghreb. Where does Morocco get the gas for its"
         " power stations? Many thanks in advance!",
         "Where does Morocco get the gas for its power stations"),
        ("Salut ! Je relis mes notes pour demain et je me demande, soit dit en passant, combien de"
         " navires ont quitté le port de Rotterdam, et mon professeur aussi.",
         "combien de navires ont quitté le port de Rotterdam"),
        ("Pourriez-vous me rappeler, parmi tout ce que j'ai lu cette semaine, à qui la ville de"
         " Lens a vendu ses terrains ? D'avance merci.",
         "à qui la ville de Lens a vendu ses terrains"),
        ("Bonsoir, mon fils prépare un exposé et j'aimerais comprendre pourquoi les Casques bleus"
         " ont quitté la Centrafrique parce que je n'ai rien retrouvé.",
         "pourquoi les Casques bleus ont quitté la Centrafrique"),
        ("Hello, I read the last articles this week; I would like to know who pays for the bridge,"
         " since I could not find the passage again. I cross the bridge twice a day.",
         "who pays for the bridge"),
        ("J'ai lu vos articles ce matin. Qui a racheté les brevets d'Audivia ? Merci beaucoup.",
         "Qui a racheté les brevets d'Audivia"),
    ],
)  # fmt: skip
def test_what_is_said_around_a_question_is_left_out(message: str, said: str) -> None:
    found = gist(message)
    assert found and found.said == said
    assert said in message


@pytest.mark.parametrize(
    "message",
    [
        "who is supplying Russia with ammunition",
        "Can you tell me how much money Sudan is asking Ethiopia for?",  # nothing to leave out
        "Who told the minister that he would like to know why the bridge was closed?",
        "Why did the mayor of Lens write tell me who you are on the walls of the town hall?",
        # what comes before says what is meant
        "The dam at Kandarra broke in March. How many villages were evacuated?",
        "I read about the dam at Kandarra last night. Why did it break?",
        "I read about the dam at Kandarra last night; could you tell me who pays for the repairs?",
        "I read about the broken dam last night; could you tell me who pays for the repairs?",
        "The dam broke in March and three people died. Can you tell me who pays for the repairs?",
        "J'ai lu l'article sur le barrage de Kandarra. Qui paie les travaux de réparation ?",
        "Hello, I read all your articles about the dam at Kandarra; could you tell me why?",
        "Who built the dam at Kandarra? I would also like it if you said: who paid for it?",
        "I work on the ferries of the bay as a mechanic. How many passengers were carried?",
        "J'habite près du barrage et ma cave a été inondée. Qui paie les réparations ?",
        "I have a toy from the recalled brand. What are the symptoms of poisoning?",
        "Please tell me which countries refused the vaccine. I mean the second one, for malaria.",
        "I read about it: there was an explosion in a paint factory. How many people were injured?",
        "Sorry, another one on cyber attacks in ports. How long did the outage last?",
        "Merci d'avance pour votre aide, bonne journée à vous et à toute votre équipe",
        "",
    ],
)
def test_what_may_be_meant_is_searched(message: str) -> None:
    assert gist(message) is None
