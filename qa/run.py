"""How far a quote reaches: the sentence that was found, with the neighbours it leans on and those
that may be the answer as well as it.

A sentence leans on the one before it when it opens with a pronoun or a connective ("C'est donc …",
"He said …"), answers a question, or reports without saying who reports; and on both sides when it
is part of a quotation that goes on. What the next one takes back ("C'est faux.") takes that one in.
Sentences are never cut, so no negation, hedge or number is.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence

from ingest.sentences import sentences
from ingest.types import Article
from ingest.words import flat
from qa.types import Span

LONGEST = 400  # characters of a quote that was lengthened
MOST_SENTENCES = 3
# How far a neighbour's score may be behind and the neighbour still be worth its characters: the
# longer it is, and the longer what stands there already, the less. Fitted: lab/READER.md.
ALLOWANCE = 4.0  # of a score, for each e-th part of ROOM
ROOM = 43_000  # characters of the neighbour, times those of the quote without it
PRECEDING = 2.0  # of a score: what comes before a sentence leads up to it more than it answers
FARTHEST = 8.0  # of a score: how far behind at most, however short
_FRAGMENT = 15  # characters: so short a sentence says nothing alone
_ASIDE = 90  # characters of a sentence that may be nothing but who said it

_OPENS, _CLOSES = "«“", "»”"
_MARKS = r"[«“\"'\s—–-]*"
_FRENCH = (
    r"(?:il(?! (?:y a|faut|fallait|s['’]agit|suffit|pleut))|elle|ils|elles"
    r"|ce(?! (?:matin|soir|mois-ci|week-end)(?!-la\b))|cela|ceci|ca"
    r"|cet(?! (?:apres-midi|ete|automne|hiver)(?!-la\b))|cette(?! (?:semaine|annee|nuit)(?!-la\b))"
    r"|ces|son|sa|ses|leurs?|lui|eux|y|celui-ci|celle-ci|ceux-ci|celles-ci|tous deux|toutes deux"
    r"|aucune? n['’]|l['’]interessee?|celui|celle|en revanche|en consequence|c'est pourquoi|mais|et"
    r"|or|pourtant|toutefois|cependant|ainsi|aussi|donc|du coup|parce qu|car|resultat"
    r"|autrement dit|le premier|la premiere(?= (?:a|est|avait|sera))|le second|la seconde"
    r"|l['’]autre|les deux|sinon|au contraire|neanmoins|depuis lors|(?:depuis|la)(?= ?,)"
    r"|(?:selon|d['’]apres|parmi) (?:lui|elle|eux|elles)"
    r"|(?:la plupart|\w+) d['’]entre (?:eux|elles)"
    r")\b"
    r"|c['’](?:est|etait|en)\b"
)
_ENGLISH = (
    r"(?:he|she|it|they|this(?! (?:week|month|year|morning|evening|afternoon|weekend|summer|winter"
    r"|spring|autumn))|that|these|those|his|her|its|their|him|them|but|and|so(?! far\b)|however"
    r"|instead|otherwise|nevertheless|nonetheless|since then|there(?= ?,)"
    r"|yet|because|both|neither|the (?:former|latter)|the other|as a result|therefore"
    r"|according to (?:him|her|them)|among (?:them|these|those)|\w+ of (?:them|these|those))\b"
)
# By the article's language: "car" opens a reason in French, and is a car in English.
_BEFORE = {
    "fr": re.compile(rf"{_MARKS}(?:{_FRENCH})"),
    "en": re.compile(rf"{_MARKS}(?:{_ENGLISH})"),
    "": re.compile(rf"{_MARKS}(?:{_FRENCH}|{_ENGLISH})"),
}
# What takes back the sentence before it, or says whose word it is: neither is quoted alone.
_TAKES_BACK = re.compile(
    rf"{_MARKS}(?:c['’]est (?:totalement )?(?:faux|inexact|un mensonge|une erreur|du moins"
    r"|en tout cas|ce qu['’e])|ce n['’]est pas (?:vrai|exact|le cas)"
    r"|(?:that|this|it)(?: is| was|['’]s) (?:(?:simply|totally|completely) )?"
    r"(?:false|untrue|wrong|incorrect|not (?:true|so|the case)|a lie)"
    r"|that,? at least,? is|(?:that|this) is what|so (?:runs|goes|says) "
    r"|(?:faux|inexact|false|wrong|untrue)(?=\s?[.!,;:»”\"]|$))"
)
_AFTER = re.compile(
    r"[\s—–-]*(?:(?:a-t-|ont-)(?:il|elle|on)|(?:he|she|they) (?:said|says|added)|"
    r"(?:ajout|expliqu|affirm|conclu|indiqu|precis|assur)\w* ?-?t?-?(?:il|elle)|(?:said"
    r"|says) [a-z])"
)
_REPORTS = re.compile(
    r"\b(?:selon|d['’]apres|according to|sait-on|affirm\w+|assur\w+|said|says|claim\w*|accus\w+"
    r"|soupconn\w+|estim\w+|alleg\w+|rapport\w*|report\w*)\b"
)
# The French conditional of hearsay: "aurait livré", not "livrerait si".
_HEARSAY = re.compile(
    r"\b(?:aur|ser|dispos|compt|perd|fourni|viendr|remonter)(?:ait|aient|rait|raient)\b"
)
_IF = re.compile(r"\b(?:si|s['’]ils?|voudr\w+|pourr\w+|devr\w+)\b")


def run(
    article: Article, block: int, place: int, likely: Sequence[tuple[int, float]] = ()
) -> tuple[int, int]:
    """Sentence `place` of block `block`, lengthened where it leans: `start, end` in the article.

    `likely`: places of sentences that may answer as well, best first, and how far each one's score
    is behind; those beside it, or beside one that was taken in, are taken in where it is worth it.
    """
    whole = article.blocks[block]
    spans, texts, inside = _split(article.text, whole.start, whole.end)

    def length(first: int, last: int) -> int:
        return spans[last][1] - spans[first][0]

    def fits(first: int, last: int) -> bool:
        return last - first < MOST_SENTENCES and length(first, last) <= LONGEST

    def lengthened(first: int, last: int) -> tuple[int, int]:
        while True:
            wider = _quotation(inside, first, last)
            if wider == (first, last) or not fits(*wider):
                wider = _wider(texts, first, last, article.language)
            if wider == (first, last) or not fits(*wider):
                return first, last
            first, last = wider

    first, last = lengthened(place, place)
    while True:
        for beside, behind in likely:
            if beside in (first - 1, last + 1) and fits(min(first, beside), max(last, beside)):
                a, b = lengthened(min(first, beside), max(last, beside))
                behind += PRECEDING if beside < place else 0.0
                if behind < _allowed(length(first, last), length(a, b)):
                    first, last = a, b
                    break
        else:
            return spans[first][0], spans[last][1]


@functools.lru_cache(maxsize=8)  # a block is lengthened in from many of its sentences in turn
def _split(text: str, start: int, end: int) -> tuple[Sequence[Span], Sequence[str], Sequence[bool]]:
    """A block's sentences, and for each whether a quotation is open at its end."""
    spans = sentences(text, start, end)
    texts = [text[a:b] for a, b in spans]
    return spans, texts, _quotations(texts)


def _allowed(length: int, longer: int) -> float:
    """How far behind what makes a quote of `length` characters a `longer` one may be."""
    return min(FARTHEST, ALLOWANCE * math.log(ROOM / (length * (longer - length))))


def _quotation(inside: Sequence[bool], first: int, last: int) -> tuple[int, int]:
    """The run with the whole of the quotations that it has a part of."""
    while first and inside[first - 1]:
        first -= 1
    while inside[last]:
        last += 1
    return first, last


def _wider(texts: Sequence[str], first: int, last: int, language: str) -> tuple[int, int]:
    """The run with the sentence it leans on; the same where it stands alone."""
    if first and _leans(texts[first], texts[first - 1], language):
        return first - 1, last
    after = texts[last + 1] if last + 1 < len(texts) else ""
    if takes_back(after) or (after and len(after) <= _ASIDE and _AFTER.match(flat(after))):
        return first, last + 1
    return first, last


def takes_back(text: str) -> bool:
    """Does a sentence say that the one before it is false, or only somebody's word?"""
    return bool(_TAKES_BACK.match(flat(text)))


def _leans(text: str, before: str, language: str) -> bool:
    plain, front = flat(text), flat(before)
    if _BEFORE.get(language, _BEFORE[""]).match(plain) or len(text) < _FRAGMENT:
        return True
    if before.rstrip(' »”"').endswith("?") and before[:1] not in _OPENS:
        return True
    return bool(
        _HEARSAY.search(plain)
        and not _IF.search(plain)
        and not _REPORTS.search(plain)
        and _REPORTS.search(front)
    )


def _quotations(texts: Sequence[str]) -> list[bool]:
    """For each sentence, is a quotation open at its end? Straight quotes open and close in turn."""
    made, depth, straight = [], 0, False
    for text in texts:
        for char in text:
            if char in _OPENS:
                depth += 1
            elif char in _CLOSES:
                depth = max(0, depth - 1)
            elif char == '"':
                straight = not straight
        made.append(depth > 0 or straight)
    # A mark that is never closed opened nothing that can be followed.
    return made if not made or not made[-1] else [False] * len(made)
