"""How the boxes around an article speak: newsletters, consent, sharing, paywalls, rights.

Each pattern is a line that no article says of the world; `ingest.clean` marks it, nothing is cut.
"""

from __future__ import annotations

import re

_NETWORK = r"(?:facebook|twitter|x|whatsapp|linkedin|telegram|bluesky|e-?mail|mail)"
_MORE = rf"(?:\s*[,|·•/-]?\s*(?:(?:et|and|sur)\s+)?{_NETWORK}\b)"
_ADDRESS = r"(?:https?:|www\.|mailto:|\S+@)"
_LEAVE_FR = r"d[ée](?:sabonner|sinscrire|sabonnement|sinscription)"
_RIGHTS = r"(?:tous\s+droits\s+r[ée]serv[ée]s|all\s+rights\s+reserved)"

_LINES = (
    # rights
    rf"(?:©|\(c\)|copyright)\s.{{1,120}}\b{_RIGHTS}\W*$",
    # newsletters
    r"(?:la\s+)?newsletter\s*[:|]",
    r"recevez\b.{0,60}\b(?:newsletters?|lettre\s+d['’]information)\b",
    r"get\s+(?:the|our|my)\b.{0,60}\b(?:newsletters?|your\s+inbox)\b",
    r"votre\s+(?:adresse\s+)?e-?mail\b.{0,80}\b(?:inscri|newsletter|trait[ée]|utilis[ée]e?)",
    # the foot of an e-mail
    r"you(?:\s+are|['’]re|\s+have|['’]ve)?\s+(?:receiv(?:e|ed|ing)|got(?:ten)?|get(?:ting)?)\s+this\s+"
    r"(?:e-?mail|message|newsletter)\s+because\s+(?:you|your|of\s+your)\b",
    r"vous\s+(?:recevez|avez\s+re[çc]u)\s+(?:ce|cet|cette)\s+(?:courriel|message|e-?mail|mail"
    r"|newsletter|lettre(?:\s+d['’]information)?)\s+(?:car\b|parce\s+qu|puisqu)",
    rf"(?:unsubscribe|(?:(?:se|me)\s+)?{_LEAVE_FR})(?:\s+(?:here|ici)\b)?"
    rf"\s*(?:[:|>→–—-]*\s*{_ADDRESS}|\||\W*$)",
    r"to\s+unsubscribe,?\s+(?:please\s+)?click\s+(?:here|on\s+this\s+link)\b",
    r"click\s+here\s+to\s+unsubscribe\b",
    rf"pour\s+vous\s+{_LEAVE_FR},?\s+cliquez\s+(?:ici|sur\s+ce\s+lien)\b",
    rf"cliquez\s+ici\s+pour\s+vous\s+{_LEAVE_FR}\b",
    # consent
    r"(?:we|our\s+(?:site|partners)|this\s+(?:site|website))\b.{0,60}\buses?\s+cookies\b",
    r"(?:ce\s+site|nous|nos\s+partenaires)\b.{0,40}\butilis\w+\s+des\s+cookies\b",
    r"(?:tout\s+(?:accepter|refuser)|(?:accept|reject)\s+all(?:\s+cookies)?)\W*$",
    r"(?:accepter|refuser)\s+(?:tout|tous\s+les\s+cookies)\W*$",
    r"(?:g[ée]rer|manage)\s+(?:(?:my|mes|vos|your|les|the)\s+)?"
    r"(?:cookies?|pr[ée]f[ée]rences|preferences|consent)\W*$",
    # sharing
    rf"(?:partager|partagez|share)\s*:?\s*(?:(?:sur|on|via|by)\s+)?{_NETWORK}{_MORE}*\W*$",
    rf"{_NETWORK}{_MORE}+\W*$",
    # paywalls
    r"il\s+vous\s+reste\s+\d+[.,]?\d*\s*%\s+de\s+cet?\s+article",
    r"(?:cet\s+)?article\s+r[ée]serv[ée]\s+aux\s+abonn[ée]s",
    r"this\s+(?:article|story)\s+is\s+(?:for|available\s+to)\s+(?:our\s+)?(?:subscriber|member)s",
    r"(?:already\s+a\s+subscriber|d[ée]j[àa]\s+abonn[ée]e?)\s*\?",
    # what a page says of the article
    r"temps\s+de\s+lecture\s*:",
    r"(?:lecture\s+(?:de\s+)?)?\d+\s*min(?:utes?)?\.?\s+(?:de\s+lecture|read)\W*$",
    r"(?:tags|mots[- ]cl[ée]s|keywords|topics)\s*:",
)
BOX = re.compile(r"(?:[^\w«“\"„'‘©(]|_)*(?:" + "|".join(_LINES) + ")", re.IGNORECASE)
