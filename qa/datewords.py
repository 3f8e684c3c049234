"""How times are written in English and French: the patterns, over folded text of equal length.

Ours and not dateparser's `search_dates`, which knows no intervals, takes "may", "sun", "sept" and
the planet "Mars" for dates, fills in what was not said ("in September 2022" becomes the 25th) and
misses "la semaine dernière" (tried with 1.5). What the groups mean stands in `qa.dating`.
"""

from __future__ import annotations

import re

_MONTHS = (
    ("january", "janvier", "jan", "janv"),
    ("february", "fevrier", "feb", "fevr"),
    ("march", "mars", "mar"),
    ("april", "avril", "apr", "avr"),
    ("may", "mai"),
    ("june", "juin", "jun"),
    ("july", "juillet", "jul", "juil"),
    ("august", "aout", "aug"),
    ("september", "septembre", "sep", "sept"),
    ("october", "octobre", "oct"),
    ("november", "novembre", "nov"),
    ("december", "decembre", "dec"),
)
MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_FULL = "|".join(name for names in _MONTHS for name in names[:2])
_ANY = "|".join(sorted(MONTH, key=len, reverse=True))
SEASON = {"spring": 3, "printemps": 3, "summer": 6, "ete": 6, "autumn": 9, "fall": 9}
SEASON |= {"automne": 9, "winter": 12, "hiver": 12}
_DAYS = "monday lundi tuesday mardi wednesday mercredi thursday jeudi friday vendredi"
WEEKDAY = {n: at // 2 for at, n in enumerate(f"{_DAYS} saturday samedi sunday dimanche".split())}
COUNT = {"two": 2, "deux": 2, "three": 3, "trois": 3, "four": 4, "quatre": 4, "few": 3}
COUNT |= {"five": 5, "cinq": 5, "six": 6, "seven": 7, "sept": 7, "ten": 10, "dix": 10}
UNIT = {"day": 1, "jour": 1, "week": 7, "semaine": 7, "month": 30, "moi": 30}

_YEAR = r"(?P<{}>1\d{{3}}|20\d{{2}})(?!\d|s\b|-\d\d\b)"
_N = r"(?P<n>\d{1,2}|" + "|".join(COUNT) + ")"
_PART = (
    r"(?:(?:early|late|mid|the (?:start|beginning|end) of|(?:au |le )?debut|(?:a la )?fin"
    r"|(?:a la )?mi)[ -])?"
)
# "The last week of the war" and "two months of delay" are told from the story, not from today.
_FROM_TODAY = r"(?!-la\b| (?:of|de|du|des|before|avant)\b| d'(?!apres))"
_ATOMS = {
    "iso": r"(?P<iso>\d{4}-\d{2}(?:-\d{2})?)(?![\d-])",
    "dmy": r"(?:(?:the|le|du|au) )?(?P<d>\d{1,2}|premier)(?:st|nd|rd|th|er)? (?:of )?"
    rf"(?P<dm>{_FULL})\b(?:,? {_YEAR.format('dy')})?",
    "mdy": rf"(?P<mm>{_ANY})\.? (?P<md>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
    rf"(?:,? {_YEAR.format('my')})?",
    "slash": rf"(?P<sd>\d{{1,2}})/(?P<sm>\d{{1,2}})/{_YEAR.format('sy')}",
    "month": rf"{_PART}(?:the month of |(?:le )?mois d(?:e |'))?(?P<m>{_ANY})\.?,?"
    rf"(?: of)? {_YEAR.format('y')}",
    "season": r"(?:the |l'|le )?(?P<s>" + "|".join(SEASON) + r")(?: of| de)? "
    rf"{_YEAR.format('ys')}",
    "today": r"(?P<today>today|aujourd'hui)\b",
    "yesterday": r"(?P<yesterday>yesterday|hier)\b",
    "last": r"(?P<last>(?:the )?(?:last|past) (?:week|month|year)"
    r"|(?:la )?semaine (?:derniere|passee)|(?:le )?mois (?:dernier|passe)"
    rf"|(?:l')?(?:an|annee) (?:derniere|dernier|passee|passe))\b{_FROM_TODAY}",
    "this": r"(?P<this>this (?:week|month|year)|cette (?:semaine|annee)|ce mois(?:-ci)?)\b"
    + _FROM_TODAY,
    "recent": rf"(?:(?:the |these )?(?:last|past) {_N} (?P<u>day|week|month)s?"
    rf"|(?:les|ces) {_N.replace('?P<n>', '?P<n2>')} derni(?:er|ere)s (?P<u2>jour|semaine|moi)s?"
    rf")\b{_FROM_TODAY}",
    "ago": rf"(?:{_N.replace('?P<n>', '?P<n3>')} (?P<u3>day|week|month)s? ago"
    rf"|il y a {_N.replace('?P<n>', '?P<n4>')} (?P<u4>jour|semaine|moi)s?)\b{_FROM_TODAY}",
    "weekday": r"(?:last (?P<w>" + "|".join(WEEKDAY) + r")|(?P<w2>" + "|".join(WEEKDAY) + ")"
    rf" dernier)\b{_FROM_TODAY}",
}
# Without a year a month is one only after a word of time: "may", "march" and "mars" are others too.
_BARE_MONTH = rf"(?<!on ){_PART}(?:le mois d(?:e |')|the month of )?(?P<b>{_FULL})\b(?! \d)"
_BARE_YEAR = r"(?:the year |l'an(?:nee)? |annee |year )?" + _YEAR.format("by")
_SOLE = "|".join(_ATOMS.values())
LED = rf"{_SOLE}|{_BARE_MONTH}|{_BARE_YEAR}"

_SINCE = r"(?P<since>since|depuis|a partir de|a compter de|des)"
_AFTER = r"(?P<after>after|apres)"
_BEFORE = r"(?P<before>before|prior to|avant)"
_UNTIL = r"(?P<until>until|till|up to|by|jusqu'en|jusqu'a|jusqu'au|d'ici)"
_LEAD = rf"(?:{_SINCE}|{_AFTER}|{_BEFORE}|{_UNTIL}"
_LEAD += r"|(?:in|on|from|during|en|pendant|durant|courant|dans))"
_DETERMINED = r"(?: (?:the|le|la|l'))?"
SPAN = re.compile(
    r"\b(?:between|from|entre|de|du)(?: the| le)? (?P<one>[^?!.;]{1,24}?)"
    r" (?:and|to|until|et|a|au|jusqu'en|jusqu'a)(?: the| le)? (?P<two>[^?!.;]{4,24})"
)
LEADING = re.compile(rf"\b{_LEAD}{_DETERMINED} ?(?:{LED})")
STANDING = re.compile(rf"(?<![\w-])(?:{_SOLE})")
