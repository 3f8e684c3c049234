"""What says the same, what disagrees, and what is neither though nearly all the words are alike.

A word here is like itself alone; tests/eval/agreement.jsonl is judged with the shipped encoder.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.agree import carried, compare
from qa.said import Said, said
from qa.verbatim import same_facts
from tests.fakes import WordEncoder


def _said(text: str, language: str, published: str | None = "2024-05-02") -> Said:
    (reading,) = WordEncoder().read([text], "passage")
    return said(text, language, published, [(0, reading)])


def _relation(language: str, one: str, other: str) -> str:
    return str(compare("?", _said(one, language), _said(other, language)).relation)


_RATE = "The bank of Norway {} its interest rate on Thursday for the first time since last spring"
_BILL = "Le parlement norvégien a {} jeudi soir le projet de loi sur la pêche côtière"
_VACCINE = "the Marlow vaccine causes fever in children who have not been ill before"
_CUP = "The {} club of {} defeated the {} club of {} in the final of the Marlow cup"


@pytest.mark.parametrize(
    ("language", "one", "other", "same"),
    [
        ("en", f"(AP) {_RATE.format('raised')}.", f"{_RATE.format('raised')}, it said.", True),
        ("en", "Norway will pay for the ferry, Ida Holm said on Monday.",
         "Norway will pay for the ferry, the minister Ida Holm said Monday.", True),
        ("en", _RATE.format("raised"), _RATE.format("cut"), False),
        ("fr", _BILL.format("adopté"), _BILL.format("rejeté"), False),
        ("en", _VACCINE, f"It is false that {_VACCINE}", False),
        ("en", _VACCINE, f"There is no evidence that {_VACCINE}", False),
        ("en", "The court of Norway may close the old mill at Dessau in June.",
         "The court of Norway will close the old mill at Dessau in June.", False),
        ("en", _CUP.format("Serra", "Lisbon", "Quintana", "Madrid"),
         _CUP.format("Quintana", "Madrid", "Serra", "Lisbon"), False),
        ("en", "After the vote the bridge at Dessau stays open to all the lorries.",
         "Before the vote the bridge at Dessau stays open to all the lorries.", False),
        ("fr", "C'est le troisième incendie en un an à l'usine de papier de Marlow.",
         "C'est le cinquième incendie en un an à l'usine de papier de Marlow.", False),
    ],
)  # fmt: skip
def test_small_edits_that_turn_a_sentence_round_are_none(
    language: str, one: str, other: str, same: bool
) -> None:
    a, b = (said(text, language, "2024-05-02", ()) for text in (one, other))
    assert same_facts(a, b) == same_facts(b, a) == same


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        # who said it is who did it, how many they were, or that they did not say it
        ("fr", "La Pologne a annoncé 300 millions d'euros d'aide à la Moldavie.",
         "L'Allemagne a annoncé 500 millions d'euros d'aide à la Moldavie."),
        ("en", "Norda reported a profit of 12 million euros in Dessau.",
         "Brill reported a profit of 30 million euros in Dessau."),
        ("en", "Iran would not say whether it had delivered missiles to Russia.",
         "Iran had delivered missiles to Russia."),
        # what turns it round
        ("en", "There were no survivors in the crash at Marlow.",
         "There were survivors in the crash at Marlow."),
        ("en", "Norda stopped delivering missiles to Russia.",
         "Norda is delivering missiles to Russia."),
        ("fr", "L'Iran n'a livré ni drones ni missiles à la Russie.",
         "L'Iran a livré drones et missiles à la Russie."),
        ("en", "The mill was not damaged by the fire but by water.",
         "The mill was damaged by water."),
        ("en", "Police have not yet found the boy lost at Marlow.",
         "Police have found the boy lost at Marlow."),
        ("en", "Not all the schools in Marlow are closed.", "The schools in Marlow are closed."),
        ("en", "Norway cannot rule out that it delivered missiles.",
         "Norway delivered missiles."),
        ("en", "The court denied bail to Luc Petrov.", "The court gave bail to Luc Petrov."),
        ("en", "Iran did not deny having delivered missiles to Russia.",
         "Iran delivered missiles to Russia."),
        # something else is counted, or it is counted otherwise
        ("en", "Unemployment in Oslo rose 2 percent.", "Unemployment in Oslo rose to 8 percent."),
        ("en", "The Oslo index lost 30 points.", "The Oslo index lost 2 percent."),
        ("en", "Reactor 2 at Dessau was stopped.", "Reactor 4 at Dessau was stopped."),
        ("en", "The attack began at 6:30 am in Oslo.", "The attack began at 6:45 am in Oslo."),
        ("en", "Exports rose and imports fell in Norway.",
         "Imports rose and exports fell in Norway."),
        ("en", "The union rejected the offer of Norda.",
         "The union accepted the new offer of Norda."),
        # nothing differs but what each says alone
        ("fr", "Le feu est parti de la cuisine. L'hôtel comptait 84 chambres.",
         "Le feu est parti du local technique. L'hôtel compte 84 chambres."),
        ("en", "The mayor of Marlow opened the big library beside the old church.",
         "The mayor of Marlow opened the big school beside the old church."),
    ],
)  # fmt: skip
def test_neither(language: str, one: str, other: str) -> None:
    assert _relation(language, one, other) == _relation(language, other, one) == "neither"


def test_what_the_encoder_has_not_read_is_like_nothing() -> None:
    """A model may cut a text short, or spell its words in a way that nobody else does."""
    (reading,) = WordEncoder().read(["Norda sold"], "passage")
    text = "Norda sold 12 ships in Dessau."
    whole, cut = _said(text, "en"), said(text, "en", None, [(0, reading)])
    unread = said(text, "en", None, [(0, replace(reading, tokens=("?", "?")))])
    assert [word.plain for word in cut.words] == [word.plain for word in whole.words]
    for one in (cut, unread):
        assert str(compare("?", whole, one).relation) == "same"  # by their stems
        other = replace(one, language="fr")
        assert str(compare("?", whole, other).relation) == "neither"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Some 300 people were told to leave their homes in Dessau.",
         "Some 900 people were told to leave their homes in Dessau."),
        ("The bank of Norway raised its rate.", "The bank of Norway cut its rate."),
        ("Russian officials said 12 people were killed in the strike on Dessau.",
         "Ukrainian officials said 15 people were killed in the strike on Dessau."),
        ("This week 300 jobs were cut at Norda in Dessau.",
         "This week 500 jobs were cut at Norda in Dessau."),
        ("The crash at Dessau killed 12 people before dawn.",
         "The crash at Dessau killed 15 people before dawn."),
        ("The court in Dessau found Luc Petrov guilty of arson.",
         "The court in Dessau found Luc Petrov innocent of arson."),
        ("Norda will cut jobs in May.", "Norda will not cut jobs in May."),
        ("Ida Holm met Luc Petrov at Oslo on Friday, an aide of his in the city said.",
         "Ida Holm did not meet Luc Petrov at Oslo on Friday, an aide of his in the city said."),
    ],
)  # fmt: skip
def test_disagree(one: str, other: str) -> None:
    assert _relation("en", one, other) == _relation("en", other, one) == "disagree"


@pytest.mark.parametrize(
    ("text", "hedged"),
    [("Norda may close in May.", True), ("In May Norda closed.", False), ("On 5 May.", False),
     ("The figures of May were good.", False)],
)  # fmt: skip
def test_the_month_of_may_is_no_hedge(text: str, hedged: bool) -> None:
    assert said(text, "en", None, ()).hedged == hedged


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The firm paid the ransom that was demanded.", "The firm paid the ransom."),
        ("After the rent rose Norda closed its office in Dessau.",
         "Norda shut its office in Dessau after the rent rose."),
    ],
)  # fmt: skip
def test_a_detail_more_or_another_word_for_one_thing_is_still_the_same(
    one: str, other: str
) -> None:
    assert _relation("en", one, other) == _relation("en", other, one) == "same"


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("The Marlow crash killed 15.", "12 died as the bridge at Marlow fell.", "disagree"),
        ("The Marlow crash killed about 13.", "12 died as the bridge at Marlow fell.", "neither"),
        ("The crash in Oslo killed 15.", "12 died as the bridge at Marlow fell.", "neither"),
        ("The Marlow crash killed 15 in May.", "12 died at Marlow in June.", "neither"),
        ("The Marlow crash killed 15 and hurt 15.", "12 died at Marlow.", "neither"),
        ("The Marlow crash killed 15.", "The Marlow crash may have killed 12.", "neither"),
    ],
)  # fmt: skip
def test_a_disagreement_on_a_number_is_carried_over_where_nothing_else_differs(
    one: str, other: str, relation: str
) -> None:
    a = _said("The crash at Marlow killed 15 people.", "en")
    b = _said("The crash at Marlow killed 12 people.", "en")
    like_a, like_b = _said(one, "en"), _said(other, "en")
    verdict = carried(compare("?", a, b), a, b, like_a, like_b)
    assert str(verdict.relation) == relation
    if verdict.differ:
        (start, end), (first, last) = verdict.differ
        assert (one[start:end], other[first:last]) == ("15", "12")


def test_two_places_are_no_contradiction_because_a_question_asks_where() -> None:
    a = _said("La France a des soldats en Estonie.", "fr")
    b = _said("La France a des soldats en Roumanie.", "fr")
    asked = "Où la France a-t-elle des soldats ?"
    assert str(compare(asked, a, b).relation) == "neither"


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("The club of Dessau has a budget of £30m.", "The club of Dessau has a budget of £45m.",
         "neither"),
        ("The army of Norway is 30 km from Dessau.", "The army of Norway is 80 km from Dessau.",
         "neither"),
        ("The tunnel at Dessau is 30 km long.", "The tunnel at Dessau is 80 km long.", "disagree"),
    ],
)  # fmt: skip
def test_years_apart_only_what_has_an_extent_still_disagrees(
    one: str, other: str, relation: str
) -> None:
    a, b = _said(one, "en", "2019-05-02"), _said(other, "en", "2024-05-02")
    assert str(compare("?", a, b).relation) == relation


@pytest.mark.parametrize(
    ("language", "whole", "number", "part"),
    [
        ("fr", "L'incendie de l'hôtel a fait {} blessés dans la nuit", "deux",
         "L'incendie de l'hôtel a fait des blessés dans la nuit, dont deux blessés graves"),
        ("en", "The fire at the hotel hurt {} guests in the night", "two",
         "The fire at the hotel hurt guests in the night, including two guests"),
    ],
)  # fmt: skip
def test_a_part_is_not_another_whole(language: str, whole: str, number: str, part: str) -> None:
    assert _relation(language, whole.format(18), part) == "neither"
    assert _relation(language, whole.format(18), whole.format(number)) == "disagree"
