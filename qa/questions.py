"""Questions that an article gives rise to, made of its own body sentences without any model; pure.

Sober on purpose: a pattern that may not come out as good grammar makes no question at all. What
was said is turned around only where nothing has to be inflected: a subject gives way to "who", a
number to "how many". French asks with "qui" and "combien de", so that no gender has to be known.
Whether a question is any good is not judged here (qa/trial.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from ingest.types import Article
from ingest.words import content_words, flat
from qa.amounts import amounts
from qa.excerpt import body
from qa.grammar import (
    COUNTED,
    DOES,
    IDLE,
    LEANS,
    NEEDS_IT,
    NOBODY,
    OBJECT,
    OPEN_END,
    SUBJECT,
    WEEKDAY,
)
from qa.names import names
from qa.persons import persons, sayings
from qa.phrases import WORDS
from qa.types import Sentence

LONGEST = 100  # characters of a question: a button, not a paragraph
_LONGEST_WORD = 24
_READ = 80  # sentences of an article: what it is about stands early
_PLAIN = re.compile(r"[\w .,'’%€$£°&-]+")  # what a question may be made of
_ENDS = re.compile(r"[,;.]\s|[,;.]?$")  # where what is asked may end without losing its sense
_TAIL = " .,\u00a0\u202f"
_ASKS = {
    "fr": re.compile(r"(?:Qui|Que|Qu['’]\w+|Quel\w*|Pourquoi|Comment|Où|Quand|Combien|D['’]où) "),
    "en": re.compile(r"(?:Who|What|Which|Why|How|Where|When) "),
}


class Kind(IntEnum):
    """What a question is made of, the most telling first."""

    WRITTEN = 0  # by hand, for this article
    ASKED = 1  # the article asks it itself
    DOER = 2  # who did what a sentence tells
    COUNT = 3  # how many
    SAID = 4  # what somebody says
    WHO = 5  # who somebody is


TELLING = frozenset({Kind.WRITTEN, Kind.ASKED, Kind.DOER, Kind.COUNT})
PERSONAL = frozenset({Kind.SAID, Kind.WHO})

# Words that say what it is about; one less where a name is among them. A name alone says it.
_FEWEST = {Kind.ASKED: 4, Kind.DOER: 4, Kind.COUNT: 3, Kind.SAID: 1, Kind.WHO: 1}


@dataclass(frozen=True, slots=True)
class Candidate:
    """`question` is in `language`; `start:end` is the sentence of `article` that it is made of."""

    question: str
    language: str
    kind: Kind
    article: Article
    start: int
    end: int

    @property
    def weight(self) -> int:
        """How many words say what it is about: the fewer, the vaguer it is to who does not know."""
        return len(content_words(self.question))


def questions(article: Article, language: str) -> tuple[Candidate, ...]:
    """In the order of the article; of persons only, where it is in another language.

    Empty for an article in a language that no question can be made of.
    """
    if article.language not in WORDS or language not in WORDS:
        return ()
    found: dict[str, Candidate] = {}
    for sentence in islice(body(article), _READ):
        if _quoted(sentence):  # words of somebody, cut out of what he said
            continue
        for kind, question in _of(sentence, language):
            if _sober(question, kind):
                found.setdefault(
                    question,
                    Candidate(question, language, kind, article, sentence.start, sentence.end),
                )
    return tuple(found.values())


def _of(sentence: Sentence, language: str) -> Iterator[tuple[Kind, str]]:
    own = sentence.article.language
    text = " ".join(sentence.text.split())
    if own == language:
        if text.endswith("?") and _ASKS[own].match(text):
            yield Kind.ASKED, _asked(text[:-1], own)
        else:
            yield from _doer(text, own)
            yield from _count(text, own)
    whole = sentence.article.text
    yield from ((Kind.SAID, _asked(says, language)) for says in sayings(text, whole, own, language))
    yield from ((Kind.WHO, _asked(who, language)) for who in persons(text, whole, own, language))


def _asked(what: str, language: str) -> str:
    """
    >>> _asked("Qui remplit le tronc\u202f", "fr"), _asked("Who pays", "en")
    ('Qui remplit le tronc ?', 'Who pays?')
    """
    return f"{what.rstrip(_TAIL)} ?" if language == "fr" else f"{what.rstrip(_TAIL)}?"


def _doer(text: str, language: str) -> Iterator[tuple[Kind, str]]:
    """
    >>> list(_doer("L'Australie a offert mardi des purificateurs d'eau, et le Japon rien.", "fr"))
    [(<Kind.DOER: 2>, "Qui a offert des purificateurs d'eau ?")]
    """
    does = DOES[language].search(text)
    if does is None:
        return
    head = text[: does.start()]
    named = names(head)
    whole_name = bool(named) and (named[0].start, named[0].end) == (0, len(head))
    noun = None if whole_name else SUBJECT[language].fullmatch(head)
    if not whole_name and (noun is None or NOBODY.search(noun["who"])):
        return
    told = _told(text, does.end())
    if told and OBJECT[language].match(told):
        who = "Qui" if language == "fr" else "Who"
        yield Kind.DOER, _asked(f"{who} {does['verb']} {told}", language)


def _count(text: str, language: str) -> Iterator[tuple[Kind, str]]:
    """
    >>> list(_count("Près de 26 000 habitants ont été conduits dans des écoles.", "fr"))
    [(<Kind.COUNT: 3>, "Combien d'habitants ont été conduits dans des écoles ?")]
    """
    counted = COUNTED[language].match(text)
    first = next(iter(amounts(text, language)), None)
    if counted is None or first is None or first.start != counted.end() or first.unit:
        return
    told = _told(text, first.end)
    if not told or first.stated < 2 or not IDLE[language].search(f" {told} "):
        return
    if language == "en":
        if re.match(r"(?:[a-z]+s|people|men|women|children)\b", told):
            yield Kind.COUNT, _asked(f"How many {told}", language)
    elif (of := _of_them(told)) is not None:
        yield Kind.COUNT, _asked(f"Combien {of}{told}", language)


def _of_them(noun: str) -> str | None:
    """ "de " or "d'", as `noun` wants it; None where that is not known.

    >>> _of_them("villages"), _of_them("élus"), _of_them("hommes"), _of_them("hérissons")
    ('de ', "d'", "d'", None)
    """
    word = re.match(r"[a-zà-ÿœ-]+[sx]\b", noun)
    if word is None or re.match(r"(?:de|des|du|d|dans|fois|plus|sous)\b|[\w-]+ et ", noun):
        return None
    if re.match(r"h(?:ommes|abitants|ectares|eures|ôpitaux|ôtels|ôtes|élicoptères|istor)", noun):
        return "d'"
    if noun[0] in "hyœ" or re.match(r"on(?:z|d)", noun):
        return None
    return "d'" if flat(noun[0]) in "aeiou" else "de "


def _told(text: str, start: int) -> str:
    """What is told from `start` on, to the end of the clause and without the day of the week.

    Empty where it cannot be had whole.
    """
    rest = text[start:].strip()
    end = _ENDS.search(rest)
    told = f" {rest[: end.start()]}" if end else ""
    for day in WEEKDAY.finditer(told):
        if NEEDS_IT.search(told[: day.start()]):
            return ""
    told = WEEKDAY.sub("", told).strip()
    return told if re.fullmatch(r"[^:«“\"(—–]+", told) and not OPEN_END.search(told) else ""


def _quoted(sentence: Sentence) -> bool:
    block = sentence.article.blocks[sentence.block]
    before = sentence.article.text[block.start : sentence.start]
    opened = before.count("«") + before.count("“") - before.count("»") - before.count("”")
    return opened > 0 or before.count('"') % 2 == 1


def _sober(question: str, kind: Kind) -> bool:
    """Does it stand alone, and can it be a button?"""
    asked = question.rstrip(" ?")
    subjects = content_words(asked)
    named = any(word[0].isupper() for word in subjects[1:])
    return (
        len(subjects) >= _FEWEST[kind] - named
        and len(question) <= LONGEST
        and _PLAIN.fullmatch(asked) is not None
        and not LEANS.search(asked)
        and all(len(word) <= _LONGEST_WORD for word in subjects)
    )
