"""Questions about the persons of a sentence: what somebody says, who somebody is; pure.

They are the only ones that cross languages: a person's name needs no article and no translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.words import flat
from qa.grammar import ASKABLE, BASE, SAYS
from qa.names import names

_APPOSED = re.compile(
    r", (?P<age>\d\d (?:ans|years))?(?:(?P<role>[^\W\d_A-ZÀ-Ý][\w'’ -]{3,44}))?(?=[,.;] ?|$)"
)
_ONE_NAME = re.compile(
    r"[A-ZÀ-Ý][\w’'-]+(?: (?:(?:de|du|van|von|der|ben|bin|al|el|la) ){0,2}[A-ZÀ-Ý][\w’'-]+)+"
)
_NO_PERSON = re.compile(
    r"\b(?:agence|agency|armée|army|association|bank|banque|bureau|chambre|city|club|comité"
    r"|commission|committee|company|council|courrier|fund|group\w*|institut\w*|journal|ligue"
    r"|ministry|ministère|news|office|parti|party|post|press\w*|radio|resources|times|union"
    r"|universit\w*|energy|airlines|health|park|county|valley|saint|sainte|port|north|south|west"
    r"|east|new|nord|sud|est|ouest|grande?|mont|cape|lake|lac|street|rue|river|school|hospital"
    r"|monitor|tribune|herald|gazette|ledger|courier|daily|dépêche|observatory|alliance)\b",
    re.IGNORECASE,
)
_NO_ROLE = re.compile(
    r"\b(?:qui|que|dont|où|et|mais|ou|who|which|whose|where|and|but|or|is|was|has|had|a|est|était"
    r"|avait|ont|son|sa|ses|his|her|lui|elle|il|he|she)\b"
)
_FIRST = re.compile(r"(?:une? |an? |the |l[ea] |l['’])?(?P<noun>[\w-]{4,})")
_BENT = re.compile(r"\b(?:[Ll][ea]s?|[Tt]he|[DdA]u|[Cc]e|[Uu]ne?) $")


def sayings(text: str, whole: str, own: str, language: str) -> Iterator[str]:
    """`text`: a sentence of an article in language `own`, `whole` all of its text.

    >>> list(sayings("« Non », estime Ana Roy.", "", "fr", "fr"))
    ["Qu'estime Ana Roy"]
    >>> list(sayings("« Non », estime Ana Roy.", "", "fr", "en"))
    ['What does Ana Roy say']
    """
    for called, before, after in _persons(text, whole):
        if verb := _saying(before, after, own):
            yield _what(verb if own == language else "", called, language)


def persons(text: str, whole: str, own: str, language: str) -> Iterator[str]:
    """Only of whom the sentence says what he is, or how old.

    >>> list(persons("« Non », dit Ana Roy, viticultrice à Die.", "", "fr", "en"))
    ['Who is Ana Roy']
    """
    for called, before, after in _persons(text, whole):
        apposed = _APPOSED.match(after)
        if not apposed:
            continue
        if apposed["age"] or (_role(apposed["role"] or "") and _saying(before, after, own)):
            yield f"{'Qui est' if language == 'fr' else 'Who is'} {called}"


def _persons(text: str, whole: str) -> Iterator[tuple[str, str, str]]:
    """A person's name, what stands before it and what after."""
    for name in names(text):
        called = text[name.start : name.end]
        if _person(called, name.start, whole):
            yield called, text[: name.start], text[name.end :]


def _saying(before: str, after: str, own: str) -> str:
    """The verb by which somebody speaks whose name stands between; empty where nobody does."""
    right_before, right_after = SAYS[own]
    speaks = right_before.search(before) or right_after.match(after)
    return speaks["verb"] if speaks and not _BENT.search(before) else ""


def _what(verb: str, called: str, language: str) -> str:
    """
    >>> _what("estime", "Ana Roy", "fr"), _what("a dit", "Ana Roy", "fr"), _what("", "A. Roy", "fr")
    ("Qu'estime Ana Roy", "Qu'a dit Ana Roy", 'Que dit A. Roy')
    """
    if language == "en":
        return f"What does {called} {BASE.get(verb, 'say')}"
    asked = verb if ASKABLE.fullmatch(verb) else "dit"
    what = "Qu'" if flat(asked[0]) in "aeiou" else "Que "
    return f"{what}{asked} {called}"


def _person(called: str, start: int, whole: str) -> bool:
    """Does it read as a person's full name? A capital at the head of a sentence proves nothing."""
    if not _ONE_NAME.fullmatch(called) or _NO_PERSON.search(called) or len(called) > 40:
        return False
    first = called.split(maxsplit=1)[0].lower()
    return start > 0 or whole.count(called) > 1 or not re.search(rf"\b{first}\b", whole)


def _role(said: str) -> bool:
    """Does what stands behind a name say what somebody is?

    >>> _role("viticulteur"), _role("a farmer from Brest"), _role("qui dirige le musée")
    (True, True, False)
    """
    first = _FIRST.match(said)
    return (
        first is not None
        and first["noun"].islower()
        and len(said.split()) <= 6
        and not _NO_ROLE.search(said, first.start("noun"))
    )
