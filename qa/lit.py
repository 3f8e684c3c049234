"""Which words of a sentence are lit: whole ones, as an answer's ends are pieces of words.

"86" of "86,000 homes" would say something that the article does not.
"""

from __future__ import annotations

import re

from qa.types import Span

_NARROW = "\u00a0\u202f\u2009"  # spaces that keep a number or its sign together
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # no such words
_WORD = rf"(?:[^\W{_UNSPACED}]|[\u0300-\u036f\u00ad\u200d])+"
_GROUPS = rf"(?<=\d)(?:[.,:/'’{_NARROW}](?=\d)|(?<!\d{{4}})[ ](?=\d{{3}}(?!\w)))"
_RUN = rf"{_WORD}(?:{_GROUPS}{_WORD})*"
# "l'" of l'hôtel is a word of its own, "N'" of N'Djamena is none.
_ELIDED = (
    r"(?:[cdjlmnstCDJLST]|[MN](?=['’][a-zà-ÿ])|(?:[Jj]us|[Ll]ors|[Pp]uis|[Qq]uoi)?[Qq]u)['’](?=\w)"
)
_DOTTED = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"
_OF_MONEY = (
    r"(?:(?<![\w.)\]])[-−+](?=[\d$€£¥]))?(?:[A-Z]{1,2}(?=[$€£¥]))?"
    rf"(?:[$€£¥][{_NARROW}]?(?=\d))?"
)
# Neither between two years nor before the "il" of a question do hyphens make one word.
_JOINED = (
    r"(?:(?!(?<=\d{4})-\d{4}\b|-(?:t-)?(?:ils?|elles?|on)\b)[-‐‑]|['’](?!s\b)|&"
    rf"|[ {_NARROW}]&[ {_NARROW}](?=[A-ZÀ-Þ]))(?=\w)"
)
_UNIT = re.compile(
    rf"{_ELIDED}|{_DOTTED}|{_OF_MONEY}{_RUN}(?:{_JOINED}{_RUN})*"
    rf"(?:(?<=\d)[ {_NARROW}]?[%‰€$£](?!\w))?(?P<own>['’]s\b)?"
)

_LONGEST_NAME = 40  # characters of one word of a name
# "La Corée" of "la Corée du Nord" is another country.
_NAMED = re.compile(r"[A-ZÀ-Þ][\w'’-]*$")
_NAMED_ON = re.compile(r" (?:(?:du|des|de la|of|of the) |de l['’])[A-ZÀ-Þ]\w+(?:-\w+)*")


def whole_words(text: str, start: int, end: int) -> Span:
    """`start`, `end`, moved outwards where they cut a word, number or name of the sentence `text`.

    >>> text = "Le parc de l'hôtel Saint-Elme a coûté 3,5 millions à Slodycz S.A."
    >>> def lit(said):
    ...     start = text.index(said)
    ...     a, b = whole_words(text, start, start + len(said))
    ...     return text[a:b]
    >>> lit("hôt"), lit("Elme"), lit("5 millions"), lit("S.A"), lit("parc de")
    ('hôtel', 'Saint-Elme', '3,5 millions', 'S.A.', 'parc de')
    >>> whole_words("et la Corée du Nord livre", 3, 11)
    (3, 19)
    """
    first, last = start, end
    for unit in _UNIT.finditer(text):
        a, b = unit.span()
        if a >= end:
            break
        if a < start < b:
            first = a
        if a < end < b:  # what is the minister's may stay out
            own = unit.start("own")
            last = own if end <= own else b
    if _NAMED.search(text, max(first, last - _LONGEST_NAME), last) and (
        more := _NAMED_ON.match(text, last)
    ):
        last = more.end()
    return first, last
