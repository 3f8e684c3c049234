"""Which words of a question are a time, which days they name, and which only look like one."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.dating import flat, times

TODAY = dt.date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("question", "said", "first", "last"),
    [
        ("What happened in September 2022?", "in September 2022", "2022-09-01", "2022-09-30"),
        ("Que se passait-il en septembre ?", "en septembre", "2026-09-01", "2026-09-30"),
        ("et en décembre ?", "en décembre", "2025-12-01", "2025-12-31"),
        ("qui a gagné le 3 mars 2023", "le 3 mars 2023", "2023-03-03", "2023-03-03"),
        ("le 1er janvier 2020", "le 1er janvier 2020", "2020-01-01", "2020-01-01"),
        ("May 5, 2022", "May 5, 2022", "2022-05-05", "2022-05-05"),
        ("on 5 May", "on 5 May", "2026-05-05", "2026-05-05"),
        ("on 2022-09-05", "on 2022-09-05", "2022-09-05", "2022-09-05"),
        ("31/12/2022", "31/12/2022", "2022-12-31", "2022-12-31"),
        ("in Sept. 2022", "in Sept. 2022", "2022-09-01", "2022-09-30"),
        ("who left last week?", "last week", "2026-11-16", "2026-11-22"),
        ("qui est parti la semaine dernière ?", "la semaine dernière", "2026-11-16", "2026-11-22"),
        ("le mois dernier", "le mois dernier", "2026-10-01", "2026-10-31"),
        ("this week", "this week", "2026-11-23", "2026-11-29"),
        ("yesterday", "yesterday", "2026-11-24", "2026-11-24"),
        ("hier", "hier", "2026-11-24", "2026-11-24"),
        ("la semaine dernière d'après Tass", "la semaine dernière", "2026-11-16", "2026-11-22"),
        ("Hello. Yesterday", "Yesterday", "2026-11-24", "2026-11-24"),
        ("WHO WON LAST WEEK?", "LAST WEEK", "2026-11-16", "2026-11-22"),
        ("« Que s'est-il passé hier ? »", "hier", "2026-11-24", "2026-11-24"),
        ("lundi dernier", "lundi dernier", "2026-11-23", "2026-11-23"),
        ("last Wednesday", "last Wednesday", "2026-11-18", "2026-11-18"),
        ("the past two weeks", "the past two weeks", "2026-11-11", "2026-11-25"),
        ("ces trois derniers jours", "ces trois derniers jours", "2026-11-22", "2026-11-25"),
        ("il y a trois semaines", "il y a trois semaines", "2026-11-01", "2026-11-07"),
        ("since 2021, who", "since 2021", "2021-01-01", None),
        ("depuis mars 2021", "depuis mars 2021", "2021-03-01", None),
        ("before 2019", "before 2019", None, "2018-12-31"),
        ("avant le 3 mars 2023", "avant le 3 mars 2023", None, "2023-03-02"),
        ("après 2020", "après 2020", "2021-01-01", None),
        ("jusqu'en 2020", "jusqu'en 2020", None, "2020-12-31"),
        ("between March and May 2022", "between March and May 2022", "2022-03-01", "2022-05-31"),
        ("entre mars et mai 2022", "entre mars et mai 2022", "2022-03-01", "2022-05-31"),
        ("between 3 and 5 March 2022", "between 3 and 5 March 2022", "2022-03-03", "2022-03-05"),
        ("du 3 au 5 mars 2022", "du 3 au 5 mars 2022", "2022-03-03", "2022-03-05"),
        ("from 2019 to 2021", "from 2019 to 2021", "2019-01-01", "2021-12-31"),
        ("à l’été 2024", "l’été 2024", "2024-06-01", "2024-08-31"),
        ("in the winter of 2023", "in the winter of 2023", "2023-12-01", "2024-02-29"),
        ("début juillet 2025", "début juillet 2025", "2025-07-01", "2025-07-31"),
        ("in 1914", "in 1914", "1914-01-01", "1914-12-31"),
        ("l'an dernier", "l'an dernier", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_time_and_its_days(question: str, said: str, first: str | None, last: str | None) -> None:
    (found,) = times(question, TODAY)
    assert question[found.start : found.end] == said
    assert (found.first and found.first.isoformat()) == first
    assert (found.last and found.last.isoformat()) == last


@pytest.mark.parametrize(
    "question",
    [
        "What has changed since the invasion?",
        "Qu'est-ce qui a changé depuis l'invasion ?",
        "How many shells may Iran send?",
        "Who may win?",
        "Qui a marché sur Mars ?",
        "Is there water on Mars?",
        "combien de sept obus",
        "They march for bread",
        "Who won the 1998 World Cup?",
        "de 1500 soldats",
        "mai 68",
        "le 31 février 2022",
        "in the 1890s",
        "between the first and the second world war",
        "From Iran to Russia",
        "la dernière semaine de la guerre",
        "the last month of the war",
        'Who wrote "Yesterday"?',
        "Qui a chanté « Hier encore » ?",
        "Who sang Yesterday?",
        "Who reads USA Today?",
        "dans les trois derniers mois de la guerre",
        "in the last two weeks of the war",
        "the last Sunday of October",
        "compared with the previous month",
        "What was said in the last week before the vote?",
        "Que s'est-il passé cette semaine-là ?",
        "ce mois-là",
        "Il y a deux mois d'attente",
        "What is an August institution?",
        "03/04/2022 or 4 o'clock"[10:],
        "a second of the sun",
        "Qu'a dit Juin ?",
        "over 2022 tonnes",
        "",
        "?",
    ],
)
def test_what_only_looks_like_a_time(question: str) -> None:
    assert times(question, TODAY) == ()


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("in May or June 2024", [("2024-05-01", "2024-05-31"), ("2024-06-01", "2024-06-30")]),
        ("en mai, juin ou août 2024", [("2024-05-01", "2024-08-31"), ("2024-08-01", "2024-08-31")]),
        ("in May and then, in June 2024", [("2026-05-01", "2026-05-31"),
                                           ("2024-06-01", "2024-06-30")]),
    ],
)  # fmt: skip
def test_a_year_that_is_said_once(question: str, days: list[tuple[str, str]]) -> None:
    found = times(question, TODAY)
    assert [(str(one.first), str(one.last)) for one in found] == days


@given(st.text(max_size=80))
def test_any_text_keeps_its_places(text: str) -> None:
    assert len(flat(text)) == len(text)
    for found in times(text, TODAY):
        assert 0 <= found.start < found.end <= len(text)


@given(
    st.lists(st.sampled_from("between and since in en mars may 2022 3 le last week 0 9999".split()))
)
def test_any_words_of_time_name_days_in_order(words: list[str]) -> None:
    found = times(" ".join(words), TODAY)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(one.first <= one.last for one in found if one.first and one.last)
