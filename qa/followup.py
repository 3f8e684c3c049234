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
from qa.dating import flat
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
_WH = frozenset(
    "who whom whose what which when where why how qui que quoi quel quelle quels quelles quand ou"
    " comment pourquoi combien lequel laquelle lesquels lesquelles qu".split()
)
# Beside a bare question word nothing else may stand.
BESIDE = frozenset(
    "much many long far often else exactly then come so for by to with from since at in of not"
    " ago and depuis jusqu jusqua par pour avec de d a donc exactement autre d'autre c ca est is it"
    " was were ce pas temps ici there until till now according thanks says whose behalf on"
    " selon apres grace ordre sur maintenant".split()
)
_VERBS = frozenset(
    "is are was were be do does did has have had will would can could should may might must am"
    " est sont etait etaient sera seront ont avait avaient aura auront peut peuvent doit va vont"
    " fait font faut".split()
)
_PREPOSITIONS = frozenset(
    "in en au aux a to for pour with avec by par from since depuis before avant after apres during"
    " pendant on sur at chez dans between entre of de du des against contre without sans".split()
)
_OF_US = frozenset("i me my you your we us our je j moi tu te toi vous votre nous notre".split())
_ACTORS = frozenset(
    "he she him her his hers they them their theirs il elle ils elles lui leur leurs eux".split()
)
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
# "How many deaths?", "in which city?", "à quel prix ?": of what, the question before says.
_SORT = re.compile(
    r"(?:(?:in|on|at|to|by|from|for|with|under|of|before|since|until|according to|thanks to"
    r"|a|de|pour|en|par|dans|vers|chez|avec|sous|sur|devant|depuis|pendant|jusqu'a|selon|d'apres"
    r"|grace a) )?"
    r"(?:how (?:many|much)|which|combien d[e']|quel(?:le)?s?"
    r"|(?<= )what|what(?= (?:year|month|day|date|time|country|city|age|price)$)) ?(?P<noun>[\w-]+)"
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
_MONTH_OF_MAY = re.compile(r"\b(?:in|since|until|before|after|for) may\b")
_HELPING = frozenset("do does did will would can could should may might must has have had".split())
_DETERMINERS = frozenset("the a an any some all those these".split())
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
    if not words or len(words) > _LONGEST or any(word in _OF_US for word in plain):
        return None
    start, end = words[0].start(), words[-1].end()
    bare = set(plain) & _WH and all(word in _WH or word in BESIDE for word in plain)
    sort = _SORT.fullmatch(text, start, end)
    if bare or (sort and sort["noun"] not in STOP_WORDS):
        return Lean()
    if _topic(question, text[start:end], plain, opened=opened > 0, about=about):
        return Lean((start, end))
    if _pointing(question, text, start, end):
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
    asks = set(plain) & (_WH | _VERBS) or _INVERTED.search(text)
    named = any(
        question[word.start()].isupper() and text[: word.start()].rstrip()[-1] not in ".?!"
        for word in words[1:]
    )
    return bool(asks) and len(carried) <= _UNNAMED and (opened or not named)


def _topic(question: str, text: str, plain: list[str], *, opened: bool, about: bool) -> bool:
    """A noun with nothing asked about it."""
    if set(plain) & (_WH | _ACTORS | {"it", "ca", "cela"}) or len(plain) > _LONGEST_TOPIC:
        return False
    if _MONTH_OF_MAY.search(text):
        plain = ["mai" if word == "may" else word for word in plain]
    has_verb = bool(set(plain) & _VERBS) or bool(_INVERTED.search(text))
    has_verb |= any(  # "Moscou a menacé", but not "and a ship"
        word in {"a", "had"} and plain[i - 1] not in _PREPOSITIONS
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
    return len(carried) <= 2 and asked and (len(carried) == 1 or plain[0] in _PREPOSITIONS)


def _pointing(question: str, text: str, start: int, end: int) -> bool:
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
        if word[0] in _ACTORS | _OWN and (inverted or named or not last):
            if _meant(question, text, before, word):
                continue
            return True
        if word[0] in _ACTORS or (word[0] == "it" and last and (not named or len(own) <= 3)):
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
    return bool(_DETERMINERS & set(lead)) and before[-1] not in STOP_WORDS | _PREPOSITIONS


def _determines(text: str, word: re.Match[str], end: int) -> bool:
    """Before anything else "that" joins or determines, and "celle de …" says what it means."""
    if word[0] in {"it", "ca", "cela", "ceci"}:
        return False
    return bool(text[word.end() : end].strip())
