"""A follow-up as a question that stands alone: what it leaves unsaid comes from the one before.

"who supplies Russia with ammunition" and then "and drones?" is "who supplies Russia with drones":
the new topic takes the place of the part it is likest to. What is like none, and any other
follow-up ("and why?", "who paid for it?"), stays as it is, with the question before and its answer
behind it: the encoder finds the passages by that, and the reader has learnt to read it so
(lab/data/turns).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.language import detect
from ingest.words import STOP_WORDS, content_words, fold
from qa.asking import BESIDE
from qa.dating import Time, flat, times
from qa.followup import Lean
from qa.types import Turn

Likeness = Callable[[str, Sequence[str]], Sequence[float]]  # of one phrase to each other, -1..1

_ALIKE = 0.2  # below it, the new topic takes the place of nothing
_SHORT_ANSWER = 60  # characters of what was lit; more names nobody
_WORD = re.compile(r"\w+")
_JOINT = re.compile(r"(?:[ '-]|,? (?:de|du|des|d'|of|of the|de la|de l'|and|et|-) ?)")
_ARTICLE = re.compile(r"(?:^|(?<=[ ']))(?:the|a|an|le|la|les|l'|un|une|des|du|some) ?$")
_PREPOSITION = re.compile(
    r"(?:^|(?<= ))(?:in|en|au|aux|a|to|for|pour|with|avec|by|par|from|on|sur|at|chez|dans|du|de|d')"
    r" ?$"
)
_LED = re.compile(
    r"^(?P<preposition>(?:in|en|au|aux|a|to|for|pour|with|avec|by|par|from|on|sur|at|chez|dans) )?"
    r"(?:(?P<french>l'|(?:les?|la|une?|des|du)\b ?)|(?P<english>(?:the|an?|some)\b ?))?(?=\w)"
)
_OF = re.compile(r"(?:(?:celui|celles?|ceux) )?(?:de |d')|of ")
_BY_SOURCE = re.compile(r"(?:selon|d'apres|according)\b")
# What opens so takes nobody's place: "and since the invasion?"
_BESIDE = re.compile(
    r"(?:since|before|after|during|until|without|despite|under|depuis|avant|apres|pendant|jusqu"
    r"|sans|malgre|sous)\b"
)
_SOURCE = r"(?:selon|d'apres|according to) [^,]+?"
_ATTRIBUTED = re.compile(
    rf"^{_SOURCE}, ?|(?<=.),? ?\b{_SOURCE}(?=$|,| (?:in|on|since|before|after|during|to|and"
    r"|en|dans|depuis|avant|apres|pendant|a|et)\b)"
)
# What stands right behind one of these, and is no name, is a verb.
_BEFORE_VERB = re.compile(
    r"(?:^|[ '-])(?:who|whom|qui|que|qu'|where|when|why|how|ou|quand|comment|pourquoi|is|are|was"
    r"|were|be|been|do|does|did|has|have|had|will|would|can|could|est|sont|a|ont|avait|sera|t-il|t-elle"
    r"|t-ils|t-elles|to|se|s'|n'|ne|l'on|on) ?$"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a question: its head `start:end`, the head with its article from `article`, and
    with a preposition before that from `preposition`. `name`: it is written as one.
    """

    preposition: int
    article: int
    start: int
    end: int
    name: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """A follow-up in full: its `text`; `about` and `said` as `Carried` has them."""

    text: str
    about: str
    said: str


def followed(question: str, lean: Lean, before: Turn, like: Likeness, today: dt.date) -> Followed:
    """The whole of what is asked, after the turn `before`."""
    about, said = before.question.strip(), before.said
    if lean.topic:
        topic = question[slice(*lean.topic)]
        if replaced := _with_topic(topic, about.rstrip(" ?!."), like, today):
            about = f"{replaced}?"
            return Followed(with_before(said, about) if said else about, about, said)
    lit = "" if len(before.lit) > _SHORT_ANSWER or times(before.lit, today) else before.lit
    text = with_before(question, f"{_asked(said)} {about}" if said else about, lit)
    return Followed(text, about, question if _says_more(question) or not said else said)


def with_before(question: str, before: str, answer: str = "") -> str:
    """What is asked, and behind it what it leans on: the question `before` and what answered that.

    >>> with_before("and who paid for it?", "who built the bridge", "Bouygues")
    'and who paid for it? (Bouygues: who built the bridge?)'
    """
    lit = f"{answer}: " if answer else ""
    return f"{question} ({lit}{_asked(before)})"


def _asked(question: str) -> str:
    return question if question.endswith("?") else f"{question}?"


def _says_more(question: str) -> bool:
    """More than a bare question word?"""
    return any(fold(word) not in STOP_WORDS | BESIDE for word in _WORD.findall(question))


def slots(asked: str, today: dt.date) -> list[Slot]:
    """The parts of a question that a new topic may take the place of, in order."""
    text, dated = flat(asked), times(asked, today)
    found = list[Slot]()
    for word in _WORD.finditer(text):
        if word[0] in STOP_WORDS or any(
            t.start < word.end() and word.start() < t.end for t in dated
        ):
            continue
        name = asked[word.start()].isupper() and word.start() > 0
        last = found[-1] if found else None
        joined = last and _JOINT.fullmatch(text[last.end : word.start()])
        if last and joined and ((name and last.name) or joined[0] == "-"):
            found[-1] = Slot(last.preposition, last.article, last.start, word.end(), last.name)
            continue
        if not name and _BEFORE_VERB.search(text[: word.start()]):
            continue
        article = _ARTICLE.search(text[: word.start()])
        at = article.start() if article else word.start()
        preposition = _PREPOSITION.search(text[:at])
        found.append(
            Slot(preposition.start() if preposition else at, at, word.start(), word.end(), name)
        )
    return found


def _with_topic(topic: str, asked: str, like: Likeness, today: dt.date) -> str:
    """Empty where the topic takes nothing's place."""
    for one in times(asked, today):
        if when := _when(topic, asked[one.start : one.end], one, today):
            return f"{asked[: one.start]}{when}{asked[one.end :]}"
        break
    if _names_a_time(topic, today):
        return f"{asked} {topic}"
    if _BY_SOURCE.match(flat(topic)):
        return f"{_without_source(asked)} {topic}"
    if of := _OF.match(flat(topic)):
        topic = topic[of.end() :]
    if _BESIDE.match(flat(topic)):
        return f"{asked} {topic}"
    lead = _LED.match(flat(topic))
    if lead is None:
        return ""
    head, parts = topic[lead.end() :], slots(asked, today)
    if lead["preposition"]:
        parts = [one for one in parts if one.preposition < one.article]
    if head[:1].isupper() and any(one.name for one in parts):
        parts = [one for one in parts if one.name]
    scores = like(head, [asked[one.start : one.end] for one in parts]) if parts else []
    if not parts or max(scores) < _ALIKE:
        return ""
    slot = max(zip(scores, parts, strict=True), key=lambda one: one[0])[1]
    if lead["preposition"]:
        start, new = slot.preposition, topic
    elif lead["french" if detect(asked, ("en", "fr")) == "fr" else "english"]:
        start, new = slot.article, topic
    else:
        start, new = slot.start, head
    return f"{asked[:start]}{new}{asked[slot.end :]}"


def _without_source(asked: str) -> str:
    """A question less whom it asked, where another is to be asked instead."""
    said = _ATTRIBUTED.search(flat(asked))
    rest = f"{asked[: said.start()]}{asked[said.end() :]}".strip() if said else ""
    return rest if content_words(rest) else asked


def _when(topic: str, said: str, before: Time, today: dt.date) -> str:
    """A new time in the place of the time `before`, which was `said`, with the year of that;
    empty where the topic is no time. "In May 2024", and then "and June?", is "in June 2024".
    """
    own, year = times(topic, today), re.search(r"\b\d{4}\b", said)
    if year and (own[0].guessed if own else before.precision in ("day", "month")):
        dated = f"{topic} {year[0]}"
        if _names_a_time(dated, today):
            led = None if own else _LED.match(flat(said))
            return f"{led['preposition'] or '' if led else ''}{dated}"
    return topic if _names_a_time(topic, today) else ""


def _names_a_time(topic: str, today: dt.date) -> bool:
    return bool(times(topic, today)) and not _rest(topic, today)


def _rest(topic: str, today: dt.date) -> list[str]:
    """The words of a topic that are not of a time."""
    for one in reversed(times(topic, today)):
        topic = topic[: one.start] + topic[one.end :]
    return [word for word in content_words(topic) if fold(word) not in STOP_WORDS]
