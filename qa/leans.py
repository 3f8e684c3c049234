"""Which of two neighbouring sentences leans on the other, by how they open and what they report.

A sentence leans on the one before it when it opens with a pronoun or a connective ("C'est donc …",
"He said …"), answers a question, or reports without saying who reports; and on the one after it
when that takes it back ("C'est faux."), says whose word it is, or names whom it only describes.
"""

from __future__ import annotations

import re

from ingest.words import flat

_FRAGMENT = 15  # characters: so short a sentence says nothing alone
_ASIDE = 90  # characters of a sentence that may be nothing but who said it

_QUOTES = "«“"  # that open
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
# "It was an insurer that broke the case open.": who, the next sentence says. A description with a
# name in it ("une fondation de Jakarta") keeps nothing back.
_DESCRIBED = r"[^,;:.?!A-ZÀ-Þ]{3,80}?"
_ANNOUNCES = {
    "fr": re.compile(
        rf"{_MARKS}(?:[Cc]['’](?:est|était|sera|fut)|[Cc]e (?:sera|fut))(?: \w+)?"
        r"(?: (?:à|vers|auprès|par|pour|avec|de|chez|sur|contre|dans))?(?: d['’]| )une? "
        rf"{_DESCRIBED} (?:qu['’]|(?:qui|que|dont)\b)"
    ),
    "en": re.compile(
        rf"{_MARKS}[Ii]t (?:is|was|will be)(?: (?!not\b)\w+)?"
        rf"(?: (?:to|with|from|by|for|in|at|on))? an? {_DESCRIBED} (?:that|who|whom|which)\b"
    ),
}


def takes_back(text: str) -> bool:
    """Does a sentence say that the one before it is false, or only somebody's word?"""
    return bool(_TAKES_BACK.match(flat(text)))


def announces(text: str, language: str) -> bool:
    """Does a sentence only describe whom or what the one after it names?"""
    return language in _ANNOUNCES and bool(_ANNOUNCES[language].match(text))


def leans_ahead(text: str, after: str, language: str) -> bool:
    """Does `text` say little, or too much, without the sentence `after` it?"""
    if takes_back(after) or announces(text, language):
        return True
    return len(after) <= _ASIDE and bool(_AFTER.match(flat(after)))


def leans_back(text: str, before: str, language: str) -> bool:
    """Does `text` say little without the sentence `before` it?"""
    plain, front = flat(text), flat(before)
    if _BEFORE.get(language, _BEFORE[""]).match(plain) or len(text) < _FRAGMENT:
        return True
    if before.rstrip(' »”"').endswith("?") and before[:1] not in _QUOTES:
        return True
    return bool(
        _HEARSAY.search(plain)
        and not _IF.search(plain)
        and not _REPORTS.search(plain)
        and _REPORTS.search(front)
    )
