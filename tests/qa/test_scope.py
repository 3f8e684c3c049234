"""What narrows the articles that are searched, and above all what does not."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.snapshot import Listed
from qa.attribution import attributions, keys, may_attribute
from qa.scope import published_within, scope

TODAY = dt.date(2026, 11, 25)
SHELF = (
    Listed("monde", "Le Monde", "2022-09"),
    Listed("times", "The New York Times", "2022-10-03"),
    Listed("tass", "Tass", "2026-11-18"),
    Listed("web", "https://www.lemonde.fr/economie", "2021"),
    Listed("notes", "notes.txt", None),
    Listed("nord", "L’Agence du Nord", "2023-03-03"),
)
ENCYCLOPEDIA = (Listed("a", "articles.jsonl", None), Listed("b", "articles.jsonl", None))


def test_a_picked_source_narrows_as_a_named_one_does() -> None:
    question, page = "Who won?", "https://www.lemonde.fr/economie"
    found = scope(question, SHELF, TODAY, (), (page,))
    (source,) = found.sources
    assert found.allowed == frozenset({"monde", "web"}) and found.text == question
    assert (source.said, source.effect) == ("lemonde.fr", "filter")
    assert source.sources == ("Le Monde", page)
    away = scope(question, SHELF, TODAY, (source.chip,), (page,))
    assert away.allowed is None and not away.sources
    gone = scope(question, SHELF, TODAY, (), ("gone.txt",))
    assert gone.allowed is None and gone.sources[0].effect == "none"


def allowed(question: str, *without: str) -> set[str] | None:
    found = scope(question, SHELF, TODAY, without).allowed
    return None if found is None else set(found)


@pytest.mark.parametrize(
    ("question", "articles", "searched"),
    [
        ("What happened in September 2022?", {"monde"}, "What happened ?"),
        ("Que s'est-il passé la semaine dernière ?", {"tass"}, "Que s'est-il passé ?"),
        ("who won last week", {"tass"}, "who won"),
        ("articles from September 2022 on drones", {"monde"}, "articles on drones"),
        ("articles parus en octobre 2022 sur le blé", {"times"}, "articles parus sur le blé"),
        ("articles published since October 2022 on wheat", {"times", "tass", "nord"},
         "articles published on wheat"),
        ("press in September 2022 on wheat", {"monde"}, "press on wheat"),
        ("newspapers published in October 2022 on wheat", {"times"},
         "newspapers published on wheat"),
        ("articles from November on wheat", {"tass"}, "articles on wheat"),
        ("What happened on 1 October 2022?", {"times"}, "What happened ?"),
        ("articles from 2021 or from March 2023 on wheat", {"web", "nord"}, "articles on wheat"),
        ("articles parus en 2021 ou en mars 2023 sur le blé", {"web", "nord"},
         "articles parus sur le blé"),
        ("articles published since March 2022 and before March 2023", {"monde", "times"},
         "articles published"),
        ("articles from May 2001 or from 2021 on wheat", {"web"}, "articles on wheat"),
        ("articles published in March or September 2022", {"monde"}, "articles published"),
        ("who won last week's vote", {"tass"}, "who won vote"),
        ("les articles d'avant 2022 sur le blé", {"web"}, "les articles sur le blé"),
        ("What do the papers from March 2023 say of wheat?", {"nord"},
         "What do the papers say of wheat?"),
        ("Which articles in March 2023 mention drones?", {"nord"},
         "Which articles mention drones?"),
        ("who fell according to tass yesterday evening", {"tass"}, "who fell yesterday evening"),
        ("articles from 2021 on wheat", {"web"}, "articles on wheat"),
        ("articles of March 2023 on wheat", {"nord"}, "articles on wheat"),
        ("l'article du 3 mars 2023 sur le blé", {"nord"}, "l'article sur le blé"),
        ("Selon le monde, qui fournit des obus ?", {"monde", "web"}, "qui fournit des obus ?"),
        ("according to the New York Times, who lost?", {"times"}, "who lost?"),
        ("d'après l'agence du nord, combien ?", {"nord"}, "combien ?"),
        ("what does Tass say about wheat?", {"tass"}, "what does say about wheat?"),
        ("what do reports from tass say about wheat?", {"tass"}, "what do say about wheat?"),
        ("selon le monde la guerre continue ?", {"monde", "web"}, "la guerre continue ?"),
        ("Selon Tass ou Le Monde, qui a gagné ?", {"tass", "monde", "web"}, "qui a gagné ?"),
        ("selon Tass ou selon l'Agence du Nord, qui ?", {"tass", "nord"}, "qui ?"),
        ("what do Tass and Le Monde say about wheat?", {"tass", "monde", "web"},
         "what do say about wheat?"),
        ("Que dit Tass, et que dit Le Monde du blé ?", {"tass", "monde", "web"},
         "Que dit , et que dit du blé ?"),
        ("que dit Tass du blé ?", {"tass"}, "que dit du blé ?"),
        ("selon Tass, que s'est-il passé la semaine dernière ?", {"tass"}, "que s'est-il passé ?"),
    ],
)  # fmt: skip
def test_what_narrows(question: str, articles: set[str] | None, searched: str) -> None:
    found = scope(question, SHELF, TODAY, ())
    assert (None if found.allowed is None else set(found.allowed)) == articles
    assert found.text == searched


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 1998 World Cup?",
        "what happened in 1914",
        "what happened in 2022",
        "What happened in Kherson in September 2022?",
        "who supplied shells in September 2022",
        "combien de satellites ont été lancés depuis 2014 ?",
        "What papers did Leavitt publish in 1908?",
        "how many salmon did the 2020 peat slide kill?",
        "why did gas get more expensive in early july 2025",
        "D'après Le Figaro, qui a gagné ?",
        "according to the carriers, who overcharged?",
        "selon les transporteurs du monde entier, qui ?",
        "who owns Le Monde?",
        "Que vend Le Monde ?",
        "Who runs Tass?",
        "where is Tass now",
        "à qui part aujourd'hui le nickel ?",
        "What is the mosque used for today?",
        "What was the last week of the war like?",
        "what changed since the invasion",
        "Who leaked the Pandora Papers in October 2022?",
        "How many jobs were lost at newspapers in 2022?",
        "How many jobs were lost at newspapers since 2022?",
        "what was vaccination coverage in 2022",
        "Who was convicted for the articles in 2022?",
        "Quelle est la liberté de la presse en 2022 ?",
        "articles on September 2022",
        "What happened in March?",
        "Que s'est-il passé le 18 novembre ?",
        "D'après l'agence du nord-ouest, combien ?",
        "according to the times of India, who lost?",
        "According to Le Monde Libertaire, who lost?",
        "selon le monde de la finance, qui ?",
        "que dit le monde entier ?",
        "selon le monde agricole, qui ?",
        "Combien de passagers dans les trois derniers mois de 2023 ?",
        "Who won in the last week in May 2024?",
        "What happened this week in 1989?",
        "cette semaine de juillet 2024, qui a gagné ?",
        "How many may Iran send?",
        "how much did the article cost?",
        "",
    ],
)
def test_what_does_not(question: str) -> None:
    found = scope(question, SHELF, TODAY, ())
    assert found.allowed is None
    assert found.text == question


@pytest.mark.parametrize(
    "question",
    [
        "What happened in March 1998?",
        "articles from May 2001",
        "what happened last week",
        "in 1998?",
    ],
)
def test_undated_articles_are_never_filtered(question: str) -> None:
    assert scope(question, ENCYCLOPEDIA, TODAY, ()).allowed is None


def test_a_filter_that_leaves_nothing_is_dropped_and_said() -> None:
    found = scope("What happened in March 1998?", SHELF, TODAY, ())
    assert found.allowed is None
    assert [(one.means, one.effect) for one in found.dates] == [("publication", "none")]


def test_a_time_of_the_event_prefers_the_articles_of_then() -> None:
    found = scope("who supplied shells in September 2022", SHELF, TODAY, ())
    assert [(one.means, one.effect) for one in found.dates] == [("content", "preference")]
    assert found.preferred == {"monde", "times"}  # October still writes about September


def test_a_week_of_the_story_prefers_no_articles_of_today() -> None:
    found = scope("who won in the last week in May 2024?", SHELF, TODAY, ())
    assert [(one.means, one.effect) for one in found.dates] == [("content", "none")] * 2


def test_each_can_be_asked_away() -> None:
    question = "Selon Tass, que s'est-il passé la semaine dernière ?"
    found = scope(question, SHELF, TODAY, ())
    ids = [one.chip for one in found.sources] + [one.chip for one in found.dates]
    assert ids == ["source:Tass", "date:la semaine dernière"]
    assert allowed(question, *ids) is None
    assert scope(question, SHELF, TODAY, ids).text == question


@pytest.mark.parametrize(
    ("published", "first", "last", "meets"),
    [
        ("2022", "2022-06-01", "2022-06-30", True),
        ("2022-09", "2022-09-30", None, True),
        ("2022-09", "2022-10-01", None, False),
        ("2022-09-05", None, "2022-09-04", False),
        ("2022-02", "2022-02-28", "2022-02-28", True),
        (None, None, None, False),
    ],
)
def test_a_month_or_a_year_is_an_interval(
    published: str | None, first: str | None, last: str | None, meets: bool
) -> None:
    days = [dt.date.fromisoformat(one) if one else None for one in (first, last)]
    assert published_within(published, *days) == meets


def test_names_as_people_write_them() -> None:
    assert keys("The New York Times") & keys("new york times")
    assert keys("Le Monde") & keys("https://www.lemonde.fr/x")
    assert not keys("Le Monde") & keys("Le Mondial")
    assert not attributions("selon le monde", ["notes.txt"])


@pytest.mark.parametrize("address", ["http://[foo]/x", "https://[::1/x", "http://[Tass]"])
def test_an_address_that_is_none_is_a_plain_name(address: str) -> None:
    shelf = (*SHELF, Listed("odd", address, "2022-09"))
    assert scope("Selon Tass, qui a gagné ?", shelf, TODAY, ()).allowed == frozenset({"tass"})
    assert keys(address) == {"".join(one for one in address.lower() if one.isalnum())}


@pytest.mark.parametrize(
    ("question", "may"),
    [("selon Tass", True), ("what did Tass say", True), ("what did Rome lose", False), ("", False)],
)
def test_most_questions_need_no_look_at_the_sources(question: str, may: bool) -> None:
    assert may_attribute(question) == may
