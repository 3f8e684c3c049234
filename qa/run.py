"""How far a quote reaches: the sentence that was found, with the neighbours it leans on and those
that may be the answer as well as it.

A sentence leans on the one before it when it opens with a pronoun or a connective ("C'est donc …",
"He said …"), answers a question, or reports without saying who reports; and on both sides when it
is part of a quotation that goes on. Sentences are never cut, so no negation, hedge or number is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.sentences import sentences
from ingest.types import Article
from qa.amounts import flat

LONGEST = 420  # characters of a quote that was lengthened
# characters of one that took in what may be the answer as well: a long sentence says enough alone
TOGETHER = 260
MOST_SENTENCES = 3
_FRAGMENT = 15  # characters: so short a sentence says nothing alone
_ASIDE = 90  # characters of a sentence that may be nothing but who said it

_OPENS, _CLOSES = "«“", "»”"
_BEFORE = re.compile(
    r"[«“\"'\s—–-]*(?:"
    r"(?:il(?! (?:y a|faut|fallait|s['’]agit|suffit|pleut))|elle|ils|elles|ce|cela|ceci|ca|cet"
    r"|cette"
    r"|ces|son|sa|ses|leurs?|lui|eux|y|celui-ci|celle-ci|ceux-ci|celles-ci|tous deux|toutes deux"
    r"|aucune? n['’]|l['’]interessee?|celui|celle|en revanche|en consequence|c'est pourquoi|mais|et"
    r"|or|pourtant|toutefois|cependant|ainsi|aussi|donc|du coup|parce qu|car|resultat"
    r"|autrement dit|le premier|la premiere(?= (?:a|est|avait|sera))|le second|la seconde"
    r"|l['’]autre|les deux)\b"
    r"|c['’](?:est|etait|en)\b"
    r"|(?:he|she|it|they|this|that|these|those|his|her|its|their|him|them|but|and|so|however"
    r"|instead"
    r"|yet|because|both|neither|the (?:former|latter)|the other|as a result|therefore)\b)"
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


def run(article: Article, block: int, place: int, likely: Sequence[int] = ()) -> tuple[int, int]:
    """Sentence `place` of block `block`, lengthened where it leans: `start, end` in the article.

    `likely`: the places of sentences that may answer as well, best first; those that stand beside
    it, or beside one that was taken in, are taken in as long as the whole stays short.
    """
    whole = article.blocks[block]
    spans = sentences(article.text, whole.start, whole.end)
    texts = [article.text[a:b] for a, b in spans]
    inside = _quotations(texts)

    def fits(first: int, last: int) -> bool:
        return last - first < MOST_SENTENCES and spans[last][1] - spans[first][0] <= LONGEST

    def lengthened(first: int, last: int) -> tuple[int, int]:
        while True:
            wider = _quotation(inside, first, last)
            if wider == (first, last) or not fits(*wider):
                wider = _wider(texts, first, last)
            if wider == (first, last) or not fits(*wider):
                return first, last
            first, last = wider

    first, last = lengthened(place, place)
    while True:
        for beside in likely:
            if beside in (first - 1, last + 1) and fits(min(first, beside), max(last, beside)):
                a, b = lengthened(min(first, beside), max(last, beside))
                if spans[b][1] - spans[a][0] <= TOGETHER:
                    first, last = a, b
                    break
        else:
            return spans[first][0], spans[last][1]


def _quotation(inside: Sequence[bool], first: int, last: int) -> tuple[int, int]:
    """The run with the whole of the quotations that it has a part of."""
    while first and inside[first - 1]:
        first -= 1
    while inside[last]:
        last += 1
    return first, last


def _wider(texts: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """The run with the sentence it leans on; the same where it stands alone."""
    if first and _leans(texts[first], texts[first - 1]):
        return first - 1, last
    after = texts[last + 1] if last + 1 < len(texts) else ""
    if after and len(after) <= _ASIDE and _AFTER.match(flat(after)):
        return first, last + 1
    return first, last


def _leans(text: str, before: str) -> bool:
    plain, front = flat(text), flat(before)
    if _BEFORE.match(plain) or len(text) < _FRAGMENT:
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
