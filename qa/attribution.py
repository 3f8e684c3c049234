"""Whom a question asks: "according to Le Monde", "selon Tass", "what does Le Monde say".

Only sources that the library holds are understood; all other attributions ("according to the
carriers") stay ordinary words, because the articles report what those said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.words import STOP_WORDS, fold
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
_ALSO = re.compile(r",? (?:and|or|et|ou) (?:(?:according to|selon|d'apres) ?)?")
_AFTER = re.compile(r"(?P<joined>-\w)|(?P<of> of\b)|\s(?P<word>\w+)")
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
        if found and match.start() < found[-1].end:
            continue
        asking, known, end = match[0].startswith("what"), set[str](), match.end()
        at: int | None = end
        while at is not None and (named := _named(question, text, at, held)):
            end, more = named
            known |= more
            also = _ALSO.match(text, end)
            at = also.end() if also else None
        if known and (not asking or _SAYING.match(text, end)):
            start = match.end() if asking or match[0].startswith("que ") else match.start()
            name = question[match.end() : end]
            found.append(Attribution(start, end, name, tuple(sorted(known))))
    return tuple(found)


def _named(
    question: str, text: str, start: int, held: Mapping[str, Sequence[str]]
) -> tuple[int, set[str]] | None:
    """Where the longest name of a source ends that begins at `start`, and the sources it means."""
    for word in reversed(list(_WORD.finditer(text, start))[:_LONGEST]):
        end = word.end()
        if known := {one for key in keys(text[start:end]) for one in held.get(key, ())}:
            says = _SAYING.match(text, end)
            return None if not says and _goes_on(question, start, end) else (end, known)
    return None


def _goes_on(question: str, start: int, end: int) -> bool:
    """Is the name `question[start:end]` the head of something longer: "La Croix-Rouge", "The Times
    of India", "l'équipe de chercheurs", "the independent inquiry"?
    """
    after = _AFTER.match(question, end)
    if after is None or after["of"] or after["joined"]:
        return after is not None
    named = fold(question[start:end])
    word, common = after["word"], question[start:end].islower() and bool(_ARTICLE.match(named))
    if fold(word) in STOP_WORDS:
        return common and fold(word) in {"de", "des", "d"}
    return common or word[0].isupper()


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
    return (_host(source) or source) if _ADDRESS.fullmatch(source) else source


def keys(name: str) -> frozenset[str]:
    """A name as people may write it: no case, accents, spaces; a host without its ends.

    >>> sorted(keys("Le Monde")), sorted(keys("https://www.lemonde.fr/x"))
    (['lemonde', 'monde'], ['lemonde'])
    """
    if "://" in name and (host := _host(name)) is not None:
        return frozenset({_ENDING.sub("", host)} - {""})
    spaced = " ".join(_WORD.findall(fold(name)))
    both = {spaced.replace(" ", ""), _ARTICLE.sub("", spaced).replace(" ", "")}
    return frozenset(both - {""})


def _host(address: str) -> str | None:
    """Without its www; empty where there is none, None for what is no address after all."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that hold no address
        return None
