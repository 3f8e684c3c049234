"""Whom a question asks: "according to Le Monde", "selon Tass", "what does Le Monde say".

Only sources that the library holds are understood; all other attributions ("according to the
carriers") stay ordinary words, because the articles report what those said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.words import fold
from qa.dating import flat

_LONGEST = 8  # words of a source's name
_ASKED = re.compile(
    r"\b(?:according to|as (?:reported|written|told) (?:by|in)"
    r"|(?:articles?|reports?) (?:of|by|from|in)"
    r"|selon|d'apres|(?:articles?|depeches?) (?:de |du |des |d'|dans |parus? dans )"
    r"|que (?:dit|disait|ecrit|ecrivait|rapporte|rapportait|raconte|affirme|pense)"
    r"|what (?:does|did|do|has)) ?"
)
_SAYING = re.compile(r" (?:say|said|write|written|report|reported|tell|told|claim|think)\b")
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"^(?:the|le|la|les|l)(?= )")
_ADDRESS = re.compile(r"https?://[^\s/][^\s]*", re.IGNORECASE)
_ENDING = re.compile(r"\.[a-z]{2,6}$")  # of a host


@dataclass(frozen=True, slots=True)
class Attribution:
    """`question[start:end]` says that the answer is to come from `sources`, called `name`."""

    start: int
    end: int
    name: str
    sources: tuple[str, ...]


def may_attribute(question: str) -> bool:
    """Does it read as if it named a source? To hold it against the sources costs something."""
    text = flat(question)
    return any(
        not match[0].startswith("what") or _SAYING.search(text, match.end())
        for match in _ASKED.finditer(text)
    )


def attributions(question: str, sources: Sequence[str]) -> tuple[Attribution, ...]:
    """At most one for each place; `sources` as the library spells them.

    >>> attributions("selon le monde, qui a gagné ?", ["Le Monde"])[0].sources
    ('Le Monde',)
    """
    held: dict[str, list[str]] = {}
    for source in sources:
        for key in keys(source):
            held.setdefault(key, []).append(source)
    text, found = flat(question), list[Attribution]()
    for match in _ASKED.finditer(text):
        words = list(_WORD.finditer(text, match.end()))[:_LONGEST]
        for count in range(len(words), 0, -1):
            end = words[count - 1].end()
            name = text[match.end() : end]
            known = sorted({source for key in keys(name) for source in held.get(key, ())})
            if known:
                asking = match[0].startswith("what")
                if asking and not _SAYING.match(text, end):
                    break
                start = match.end() if asking or match[0].startswith("que ") else match.start()
                found.append(Attribution(start, end, question[match.end() : end], tuple(known)))
                break
    return tuple(found)


def alike(source: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Those of `sources` that a question would mean by the name of `source`, in order.

    >>> alike("Le Monde", ["Tass", "https://www.lemonde.fr/x", "Le Monde"])
    ('Le Monde', 'https://www.lemonde.fr/x')
    """
    own = keys(source)
    return tuple(sorted(one for one in set(sources) if one == source or own & keys(one)))


def site(source: str) -> str:
    """A source as people call it: a web address by its host, any other as it is.

    >>> site("https://www.lemonde.fr/international/x.html"), site("Le Monde")
    ('lemonde.fr', 'Le Monde')
    """
    if not _ADDRESS.fullmatch(source):
        return source
    try:
        return (urlsplit(source).hostname or "").removeprefix("www.") or source
    except ValueError:  # brackets that hold no address
        return source


def keys(name: str) -> frozenset[str]:
    """A name as people may write it: no case, accents, spaces; a host without its ends.

    >>> sorted(keys("Le Monde")), sorted(keys("https://www.lemonde.fr/x"))
    (['lemonde', 'monde'], ['lemonde'])
    """
    if "://" in name:
        host = urlsplit(name).hostname or ""
        return frozenset({_ENDING.sub("", host.removeprefix("www."))} - {""})
    spaced = " ".join(_WORD.findall(fold(name)))
    both = {spaced.replace(" ", ""), _ARTICLE.sub("", spaced).replace(" ", "")}
    return frozenset(both - {""})
