"""Where a sentence says no, and what else turns a statement round or leaves it open; pure.

All patterns are over folded text of equal length.
"""

from __future__ import annotations

import re

NEGATION = re.compile(
    r"\b(?:not|cannot|never|no longer|neither|nor)\b|n['’]t\b"
    r"|\b(?:ne |n['’])(?:[\w'’-]+ ){1,3}?(?:pas|plus|jamais|aucune?|rien|personne|point"
    r"|nullement)\b"
    r"|\b(?:ne pas|ne plus|ne jamais|aucune?)\b"
)
_ONLY = re.compile(r"\bnot only\b|\bnon seulement\b")
# "denied bail" refuses, and does not deny.
_OF = r"(?= (?:having|that|any|all|being|it|he|she|they|(?!wrongdoing)\w{3,}ing)\b|$)"
DENIAL = re.compile(
    rf"\b(?:den(?:y|ies|ied|ying)\b{_OF}|(?:refut\w+|dement(?:i[rst]?|ent|ait|aient)?"
    r"|ni(?:e|ent|ait|er) (?:avoir|toute?|que|etre|les?|la)|a nie|ont nie)\b)"
)
_TELL = (
    r"(?:confirm\w*|sa(?:id|y|ys)|announc\w+|know\w*|clear|certain|sure|prove[nd]?|seen|dit|indique"
    r"|annonce|clair|prouve\w*|etabli\w*|connu\w*|reconnu\w*)"
)
# What stands here in one of two texts alone says the opposite, or less, though all the words are
# alike. Not "never", which denies as "not" does.
_FRAMES = (
    r"no(?! longer\b)|none|nobody|nothing|neither|nor|ni|rien|personne n(?:e|['’])(?=\W?\w)"
    r"|(?:plus|pas) de doute"
    r"|without (?:\w+ing|any)|sans (?:avoir|etre|que|doute|\w+er|aucune?)",
    # not to have done it
    r"fail(?:ed|s|ing)? to|refus\w+ (?:to|de|d['’])|declin\w+ to|stop(?:s|ped|ping)? \w+ing"
    r"|ceas(?:e|ed|es) to|(?:echoue\w*|renonce\w*) a|(?:cess\w+|arret\w+) de|threaten\w*|menac\w+"
    rf"|den(?:y|ies|ied|ying)(?!{_OF})",
    # to have done it after all, later, in part, or something else
    r"hesit\w+|tarde\w* a|(?:not|have|has|had) yet|yet to|pas encore"
    r"|(?:not|\w*n['’]t) (?:all|every\w*|the (?:first|only|last)|far)"
    r"|pas (?:tou(?:s|tes?)|la premiere|loin|l[ea] seul\w*)"
    r"|tou(?:s|tes) (?:les|ces|ses|leurs) [^.,;]{1,60} (?:ne |n['’])\w+",
    r"(?:not|\w*n['’]t|cannot)\b[^.;]{1,60}\b(?:until|but)|pas\b[^.;]{1,60}\b(?:avant|mais)",
    r"(?:ne |n['’])(?:(?!pas\b|plus\b|jamais\b|rien\b)[\w'’]+ ){1,2}?qu[e'’]|nothing but",
    # whether it is so
    r"rul\w+ out|exclu(?:re|t|ait|s)?|whether"
    r"|ignor\w+ (?:si|s['’])|(?:sait|savoir|dire) (?:pas )?si"
    rf"|(?:not|\w*n['’]t|never|pas)(?: \w+)? {_TELL}|would(?: not|n['’]t)? (?:say|confirm)"
    r"|(?:evidence|proof|sign|indications?|preuves?)(?: that| of| que| qu| de)"
    r"|unlikely|improbable|peu probable|doubt\w*|doute\w*",
    r"(?:is|was|it['’]s|est|etait|juge\w*|totally|completely) (?:false|untrue|wrong|faux|fausse)"
    r"|falsely|wrongly|a tort|fake|hoax|rumou?rs?|rumeurs?|myths?|allege\w*|suppose(?:d|dly)"
    r"|so-called|soi-disant|presume[es]{0,2}|pretend\w*|accus\w+|suspected|suspecte\w*"
    r"|soupconn\w+",
)
FRAME = re.compile(r"\b(?:" + "|".join(_FRAMES) + r")\b")
_TURNED = re.compile(r"\b(?:not|never|would|ne|n['’](?:a|ont|est|avait)\w*)\b|n['’]t\b")


def turned(head: str) -> bool:
    """Does who is named as saying something not say it? "Iran would not say"."""
    return bool(_TURNED.search(head) or FRAME.search(head))


def denials(plain: str) -> list[tuple[int, int]]:
    """Where the sentence is negated or denies, in no order."""
    only = [match.span() for match in _ONLY.finditer(plain)]
    found = [match.span() for match in DENIAL.finditer(plain)]
    for match in NEGATION.finditer(plain):
        start, end = match.span()
        if not any(a < end and start < b for a, b in only):
            found.append((start, end))
    return found
