"""Does a question point back with a pronoun, or with "this country", at what it does not say?"""

from __future__ import annotations

import re

from ingest.words import STOP_WORDS
from qa.asking import ACTORS, BESIDE, PREPOSITIONS

_OWN = frozenset("son sa ses its".split())
_THINGS = frozenset("it that this those these ca cela ceci celui celle ceux celles".split())
_IMPERSONAL = re.compile(
    r"\by (?:a|avait|aura|eut|aurait)-t-il|\bn'y (?:a|avait)"
    r"|\b(?:il y (?:a|avait)|il faut|il s'agit)"
    r"|(?:fa(?:ut|llait|llut|udra|udrait)|reste|existe|suffit|arrive|s'agit|vaut|semble|fait|manque"
    r"|se passe|avait|pleut|neige)(?:-t)?-il\b"
    r"|-t-il fallu|est-il advenu|s'est-il passe"
    r"|est-il (?:arrive|vrai|possible|question|prevu|interdit|permis|heure)"
    r"|heure est-il|\b(?:is|was) it (?:true|possible|that|legal|safe|necessary|raining)"
    r"|does it (?:take|matter|mean)|^it (?:is|was|takes)\b|time is it"
)
_COUNTED = re.compile(
    r"^(?:(?:in|on|to|by|from|for|with|a|de|pour|en|par|dans|vers|chez|avec) )?"
    r"(?:how (?:many|much)|which|what|whose"
    r"|combien de|combien d'|quels?|quelles?) "
    r"(?:(?:kind|sort|type|genre|sorte) (?:of|de) |d')?[\w-]+"
)
# "Who lost their jobs?" says whose; "who is her husband?" does not.
_WHO = re.compile(
    r"\s*(?:who|which|qui|quel(?:le)?s?) "
    r"(?!(?:is|was|are|were|est|sont|etait|etaient) (?:his|her|their|son|sa|ses) )"
)
_CLITIC = re.compile(
    r"^(?:et |and )?(?:qui|pourquoi|quand|ou|comment|combien) (?:l'|le |la |les |en |lui |leur |y )"
    r"(?:a |ont |avait |avaient )?(?P<verb>[\w'-]+)(?: [\w'-]+)?$"
)
_POINTED = re.compile(r"\b(?:this|that|these|those|cet|cette|ces|ce) (?P<noun>\w+)")
_TIMES = frozenset(
    "year week month day morning evening night time century summer winter spring autumn season"
    " annee semaine mois jour matin soir nuit fois siecle ete hiver printemps automne saison"
    " qui que qu days jours n est sont soit dont a ne".split()
)
# "Who built the bridge and who paid for it?": what is asked second says itself what it means.
_TWICE = re.compile(
    r"\b(?:the|an?|l[ea]|les|une?|des) [^,]*\w,? (?:and|et)"
    r" (?:(?:to|by|for|from|with|a|de|pour|par) )?(?:wh\w+|how|qu\w+|ou|comment|pourquoi)\b"
)
_HELPING = frozenset("do does did will would can could should may might must has have had".split())
_DETERMINERS = frozenset("the a an any some all those these".split())
_WORD = re.compile(r"\w+")


def points_back(question: str, text: str, start: int, end: int) -> bool:
    """In `question[start:end]`; `text` is the whole of it folded, character by character."""
    asked = text[start:end]
    if _IMPERSONAL.search(asked):
        return False
    counted = _COUNTED.match(asked)
    after = start + (counted.end() if counted else 0)
    carried = [w for w in _WORD.finditer(text, start, end) if w[0] not in STOP_WORDS]
    own = [w for w in carried if w.start() >= after]
    named = any(question[w.start()].isupper() for w in own if w.start() > start)
    twice = _TWICE.search(text, start, end)
    for word in _WORD.finditer(text, after, twice.end() if twice else end):
        inverted = text[: word.start()].endswith("-")
        before = [w for w in own if w.end() <= word.start() and text[w.end()] != "-"]
        if inverted:
            before = [w for w in before if w[0] not in BESIDE]  # "pourquoi donc refuse-t-il"
        last = word.end() == end and len(own) <= 3
        if word[0] in ACTORS | _OWN and (inverted or named or not last):
            if _meant(question, text, before, word):
                continue
            return True
        if word[0] in ACTORS or (word[0] == "it" and last and (not named or len(own) <= 3)):
            return True
        if word[0] in _THINGS and not named and len(own) <= 2 and not _determines(text, word, end):
            return True
    match = _CLITIC.match(asked)
    if match and match["verb"] not in STOP_WORDS and not named and len(carried) <= 1:
        return True
    for match in _POINTED.finditer(text, start, end):
        if match[0].startswith("that ") and _relative(text[: match.start()].split()):
            continue
        if match["noun"] not in _TIMES | STOP_WORDS and not named and len(carried) <= 4:
            return True
    return text[:end].endswith(" there") and not twice and len(own) <= 2 and not named


def _meant(question: str, text: str, before: list[re.Match[str]], pronoun: re.Match[str]) -> bool:
    """Is there something before a pronoun that it can stand for? One bare verb is not."""
    whose = pronoun[0] in _OWN | {"his", "her", "their"}
    if whose and _WHO.match(text):
        return True
    inverted = pronoun.start() > 0 and text[pronoun.start() - 1] == "-"
    if len(before) != 1 or inverted or pronoun[0] in {"leur", "leurs", "lui"}:
        return bool(before)
    word = before[0]
    lead = re.search(
        r"(?:^|[ '])(the|a|an|le|la|les|l|un|une|des|du|au)[ ']$", text[: word.start()]
    )
    return question[word.start()].isupper() or bool(lead)


def _relative(before: list[str]) -> bool:
    """Does "that" join behind these words ("the ship that sank"), or point ("open that bridge")?"""
    noun = 1 if _HELPING & set(before) else 2  # words at most: "the mayor open" is no noun
    lead = before[-noun - 1 : -1]
    return bool(_DETERMINERS & set(lead)) and before[-1] not in STOP_WORDS | PREPOSITIONS


def _determines(text: str, word: re.Match[str], end: int) -> bool:
    """Before anything else "that" joins or determines, and "celle de …" says what it means."""
    if word[0] in {"it", "ca", "cela", "ceci"}:
        return False
    return bool(text[word.end() : end].strip())
