"""What keeps two sentences from being about one fact, however many words they share; pure.

They then neither say the same nor disagree: one tells what may be, or what is not known, or of the
injured and not of the dead.
"""

from __future__ import annotations

import re

from qa.contraries import contrary
from qa.said import Said, Word

# "met" and "did not meet" are one verb, which no stemmer tells: a base, then its pasts.
_IRREGULAR = """
become became; begin began begun; break broke broken; bring brought; build built; buy bought
catch caught; choose chose chosen; come came; draw drew drawn; fall fell fallen; feed fed
fight fought; find found; fly flew flown; get got; give gave given; go went gone; grow grew grown
hear heard; hold held; keep kept; know knew known; lay laid; lead led; leave left; lose lost
make made; mean meant; meet met; pay paid; rise rose risen; run ran; say said; see saw seen
seek sought; sell sold; send sent; shake shook; shoot shot; show shown; sink sank sunk
speak spoke spoken; spend spent; stand stood; steal stole stolen; strike struck; take took taken
teach taught; tell told; think thought; throw threw; win won; withdraw withdrew withdrawn
write wrote written
"""
_BASES = {
    past: verb.split()[0]
    for verb in re.split(r"[;\n]", _IRREGULAR.strip())
    for past in verb.split()[1:]
}


def unlike(a: Said, b: Said) -> bool:
    several_denials = a.denials != b.denials and max(a.denials, b.denials) > 1
    return (
        a.hedged != b.hedged
        or a.conditional != b.conditional
        or a.framed != b.framed
        or several_denials
        or a.rough != b.rough
        or any(
            one and other and not one & other for one, other in zip(a.places, b.places, strict=True)
        )
        or contrary(a.own, b.own)
    )


def only_in(one: Said, other: Said) -> list[Word]:
    """The words of `one` that `other` has in no form."""
    forms = {form for word in other.all_words for form in _forms(word)}
    return [word for word in one.words if not _forms(word) & forms]


def _forms(word: Word) -> set[str]:
    return {word.stem, word.plain, _BASES.get(word.plain, word.plain)}


def reordered(a: Said, b: Said) -> bool:
    """Do words that either has once stand in another order? Then who did what may be another."""
    first, second = _order(a), _order(b)
    return [one for one in first if one in second] != [one for one in second if one in first]


def _order(one: Said) -> list[str]:
    kept = {word.start for word in one.words}
    said = [
        word.stem
        for word in one.all_words
        if word.start in kept or any(name.start <= word.start < name.end for name in one.names)
    ]
    return [stem for stem in said if said.count(stem) == 1]
