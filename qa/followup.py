"""Does a question lean on the one before it?

It surely does where it plainly cannot stand alone: a topic put in another's place ("and drones?",
"et en 2021 ?"), a question word bare or with a noun alone ("et pourquoi ?", "how many deaths?"), a
pronoun with nothing before it to mean ("who said that?", "pourquoi a-t-elle refusé ?"), and "this
country" without a name. It may where it is short and names nobody ("who paid for the flight?"), or
opens as the next of several ("et qu'a reçu Bakou ?"). A question with a name and a verb of its own
is a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.words import STOP_WORDS
from qa.asking import ACTORS, BESIDE, OF_US, PREPOSITIONS, VERBS, WH
from qa.dating import flat
from qa.pointing import points_back
from qa.types import Span

_LONGEST = 14  # words: who says so much leaves nothing unsaid
_LONGEST_TOPIC = 7
_UNNAMED = 6  # words of content; a question with more that leans on nothing plainly is a new one

_THANKS = (
    r"(?:thanks|thank you|great|perfect|i see|really|merci|d'accord|parfait|super|je vois|vraiment)"
    r"(?: (?:so much|very much|a lot|beaucoup|bien))?\W+"
)
_AND = rf"(?:{_THANKS}|(?:and|but|so|ok|okay|et|mais|alors|donc)\b[ ,.!]*)+"
_ABOUT = (
    r"(?:(?:and )?(?:what|how) about|what of|(?:qu'en|et qu'en) est-il (?:des|du|de|d')"
    r"|quid (?:des|du|de|d')"
    r"|same (?:question )?for|idem pour|pareil pour|meme question pour|pour ce qui est de) ?"
)
_OPENER = re.compile(rf"(?P<and>{_AND})?(?P<about>{_ABOUT})?")
# "How many deaths?", "in which city?", "à quel prix ?": of what, the question before says.
_SORT = re.compile(
    r"(?:(?:in|on|at|to|by|from|for|with|under|of|before|since|until|according to|thanks to"
    r"|a|de|pour|en|par|dans|vers|chez|avec|sous|sur|devant|depuis|pendant|jusqu'a|selon|d'apres"
    r"|grace a) )?"
    r"(?:how (?:many|much)|which|combien d[e']|quel(?:le)?s?"
    r"|(?<= )what|what(?= (?:year|month|day|date|time|country|city|age|price)$)) ?(?P<noun>[\w-]+)"
)
_MONTH_OF_MAY = re.compile(r"\b(?:in|since|until|before|after|for) may\b")
_WORD = re.compile(r"\w+")
_INVERTED = re.compile(r"-(?:il|elle|ils|elles|on|ce)\b")


@dataclass(frozen=True, slots=True)
class Lean:
    """`topic`: what goes in another's place, a span of the question; None where all of it leans.
    `sure`: it cannot stand alone; otherwise it may.
    """

    topic: Span | None = None
    sure: bool = True


def leaning(question: str) -> Lean | None:
    """None for a question that stands alone.

    >>> leaning("and drones?"), leaning("who paid for the Kalumbe bridge?")
    (Lean(topic=(4, 10), sure=True), None)
    >>> leaning("who paid for the flight?")
    Lean(topic=None, sure=False)
    """
    text = flat(question)
    opener = _OPENER.match(text)
    opened, about = (opener.end(), bool(opener["about"])) if opener else (0, False)
    words = list(_WORD.finditer(text, opened, max(opened, len(text.rstrip(" ?!.…")))))
    plain = [_acronym(question, word) or word[0] for word in words]
    if not words or len(words) > _LONGEST or any(word in OF_US for word in plain):
        return None
    start, end = words[0].start(), words[-1].end()
    bare = set(plain) & WH and all(word in WH or word in BESIDE for word in plain)
    sort = _SORT.fullmatch(text, start, end)
    if bare or (sort and sort["noun"] not in STOP_WORDS):
        return Lean()
    if _topic(question, text[start:end], plain, opened=opened > 0, about=about):
        return Lean((start, end))
    if points_back(question, text, start, end):
        return Lean()
    may = _may(question, text, words, plain, opened=opened > 0)
    return Lean(sure=False) if may else None


def _acronym(question: str, word: re.Match[str]) -> str:
    """ "US", "EU", "WHO": names, where they would be stop words in lower case."""
    said = question[word.start() : word.end()]
    return said if len(said) > 1 and said.isupper() and not question.isupper() else ""


def _may(
    question: str, text: str, words: list[re.Match[str]], plain: list[str], *, opened: bool
) -> bool:
    """Is it short, and names nobody or opens as the next of several?"""
    carried = [word for word in plain if word not in STOP_WORDS]
    asks = set(plain) & (WH | VERBS) or _INVERTED.search(text)
    named = any(
        question[word.start()].isupper() and text[: word.start()].rstrip()[-1] not in ".?!"
        for word in words[1:]
    )
    return bool(asks) and len(carried) <= _UNNAMED and (opened or not named)


def _topic(question: str, text: str, plain: list[str], *, opened: bool, about: bool) -> bool:
    """A noun with nothing asked about it."""
    if set(plain) & (WH | ACTORS | {"it", "ca", "cela"}) or len(plain) > _LONGEST_TOPIC:
        return False
    if _MONTH_OF_MAY.search(text):
        plain = ["mai" if word == "may" else word for word in plain]
    has_verb = bool(set(plain) & VERBS) or bool(_INVERTED.search(text))
    has_verb |= any(  # "Moscou a menacé", but not "and a ship"
        word in {"a", "had"} and plain[i - 1] not in PREPOSITIONS
        for i, word in enumerate(plain)
        if i
    )
    if has_verb:
        return False
    carried = [word for word in plain if word not in STOP_WORDS]
    if not carried:
        return False
    if opened or about:
        return len(carried) <= 4
    asked = question.rstrip().endswith("?")
    return len(carried) <= 2 and asked and (len(carried) == 1 or plain[0] in PREPOSITIONS)
