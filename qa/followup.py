"""Does a question lean on the one before it? Only where it plainly cannot stand alone.

Four ways of leaning are known: a topic put in another's place ("and drones?", "et en 2021 ?"), a
question word bare or with a noun alone ("et pourquoi ?", "how many deaths?"), a pronoun with
nothing before it to mean ("who said that?", "pourquoi a-t-elle refusé ?"), and "this country"
without a name. A question with a verb and a subject of its own is a new one, whatever it opens
with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.words import STOP_WORDS
from qa.dating import flat

_LONGEST = 14  # words: who says so much leaves nothing unsaid
_LONGEST_TOPIC = 7
_NEAR = 5  # content words of an "and who …?" that is about the same article; more are a new subject
_UNNAMED = 6  # and of a question that names nobody and may be about the same affair

_AND = r"(?:and|but|so|ok|okay|et|mais|alors|donc)\b[ ,]*"
_ABOUT = (
    r"(?:(?:and )?(?:what|how) about|what of|(?:qu'en|et qu'en) est-il (?:des|du|de|d')"
    r"|quid (?:des|du|de|d')"
    r"|same (?:question )?for|idem pour|pareil pour|meme question pour|pour ce qui est de) ?"
)
_OPENER = re.compile(rf"^(?:{_AND})?(?P<about>{_ABOUT})?|^{_AND}")
_WH = frozenset(
    "who whom whose what which when where why how qui que quoi quel quelle quels quelles quand ou"
    " comment pourquoi combien lequel laquelle lesquels lesquelles".split()
)
# Beside a bare question word nothing else may stand.
_BESIDE = frozenset(
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
    r"(?:(?:in|on|at|to|by|from|for|with|under|of|before|since|until|a|de|pour|en|par|dans|vers|chez"
    r"|avec|sous|sur|devant|depuis|pendant|jusqu'a|selon|d'apres|grace a) )?"
    r"(?:how (?:many|much)|which|combien d[e']|quel(?:le)?s?"
    r"|(?<= )what|what(?= (?:year|month|day|date|time|country|city|age|price)$)) ?(?P<noun>[\w-]+)"
    r"(?: (?:a|per|of|de|la|le|par) [\w-]+| (?:la|le|l')[\w-]+)?"
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
    """How `question` leans: `question[start:end]` is the new topic, the question word, or what
    points back; `how` "beside" means that nothing of it can be put in another's place,
    "near" that it is whole, but opens as the next of several ("and who owns the cans?").
    """

    how: Literal["topic", "why", "pronoun", "beside", "near"]
    start: int
    end: int


def leaning(question: str) -> Lean | None:
    """None for a question that stands alone.

    >>> leaning("and drones?"), leaning("And who is the president of Iran?")
    (Lean(how='topic', start=4, end=10), None)
    """
    text = flat(question)
    opener = _OPENER.match(text)
    opened = opener.end() if opener else 0
    end = len(text.rstrip(" ?!.…"))
    words = list(_WORD.finditer(text, opened, max(opened, end)))
    if not words or len(words) > _LONGEST or any(word[0] in _OF_US for word in words):
        return None
    plain = [word[0] for word in words]
    start, end = words[0].start(), words[-1].end()
    bare = set(plain) & _WH and all(word in _WH or word in _BESIDE for word in plain)
    sort = _SORT.fullmatch(text, start, end)
    if bare or (sort and sort["noun"] not in STOP_WORDS):
        return Lean("why", start, end)
    about = bool(opener and opener["about"])
    if _topic(question, text[start:end], plain, opened=bool(opened), about=about):
        return Lean("topic", start, end)
    lean = _pointing(question, text, start, end)
    if lean is None and opened and not re.search(r"\b[A-Z]", question[start + 1 :]):
        carried = [word for word in plain if word not in STOP_WORDS]
        if set(plain) & _WH and len(carried) <= _NEAR and not _IMPERSONAL.search(text[start:end]):
            return Lean("near", start, end)
    return lean


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


def _pointing(question: str, text: str, start: int, end: int) -> Lean | None:
    asked = text[start:end]
    if _IMPERSONAL.search(asked):
        return None
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
            before = [w for w in before if w[0] not in _BESIDE]  # "pourquoi donc refuse-t-il"
        last = word.end() == end and len(own) <= 3
        if word[0] in _ACTORS | _OWN and (inverted or named or not last):
            if _meant(question, text, before, word):
                continue
            return Lean("pronoun", word.start(), word.end())
        if word[0] in _ACTORS or (word[0] == "it" and last and (not named or len(own) <= 3)):
            return Lean("pronoun", word.start(), word.end())
        if word[0] in _THINGS and not named and len(own) <= 2 and not _determines(text, word, end):
            return Lean("pronoun", word.start(), word.end())
    match = _CLITIC.match(asked)
    if match and match["verb"] not in STOP_WORDS and not named and len(carried) <= 1:
        return Lean("beside", start, end)
    for match in _POINTED.finditer(text, start, end):
        if match[0].startswith("that ") and _relative(text[: match.start()].split()):
            continue
        if match["noun"] not in _TIMES | STOP_WORDS and not named and len(carried) <= 4:
            return Lean("pronoun", match.start(), match.end())
    if text[:end].endswith(" there") and not twice and len(own) <= 2 and not named:
        return Lean("pronoun", end - len("there"), end)
    return None


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


def may_lean(question: str) -> bool:
    """Could a question that `leaning` takes to stand alone be about what was asked before? It is
    short, and names nobody or opens as the next of several.

    >>> may_lean("who paid for the flight?"), may_lean("who paid for the Kalumbe bridge?")
    (True, False)
    >>> may_lean("et qu'a reçu Bakou en contrepartie ?")
    True
    """
    text = flat(question)
    said = [word[0] for word in _WORD.finditer(text)]
    carried = [word for word in said if word not in STOP_WORDS]
    if len(carried) > _UNNAMED or len(said) > _LONGEST or set(said) & _OF_US:
        return False
    asks = set(said) & (_WH | _VERBS | {"qu"}) or _INVERTED.search(text)
    named = any(question[word.start()].isupper() for word in _WORD.finditer(text) if word.start())
    opener = _OPENER.match(text)
    return bool(asks) and (not named or bool(opener and opener.end()))
