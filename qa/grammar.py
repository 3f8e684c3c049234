"""The words by which `qa.questions` knows that a sentence can be turned into a question.

Closed lists on purpose: a verb that is not here makes no question, and none comes out wrong. All
are matched in text as it is written, case and accents included.
"""

from __future__ import annotations

import re


def _any(words: str) -> str:
    return "(?:" + "|".join(words.replace("_", " ").split()) + ")"


_FIGURE = r"(?:\d[\d\u00a0\u202f .,]*\b)"
_WRITTEN = {
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    " dix-sept dix-huit dix-neuf vingt trente quarante cinquante soixante cent mille plusieurs",
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen twenty thirty forty fifty sixty seventy eighty ninety several dozens hundreds"
    " thousands",
}
_NUMBER = {language: rf"(?:{_FIGURE}|{_any(written)}\b)" for language, written in _WRITTEN.items()}

# What somebody does to something; things do none of it, so "who" is right.
_DONE = {
    "fr": _any(
        "accepté accordé accusé acheté adopté annoncé annulé approuvé arraché arrêté attaqué"
        " autorisé battu bloqué bâti cédé choisi commandé condamné construit conçu créé demandé"
        " dépêché découvert déposé dessiné donné débloqué décidé dénoncé dirigé écarté échangé"
        " écrit emprunté engagé envoyé expulsé fabriqué fermé financé fondé fourni gagné hérité"
        " imposé installé interdit inventé investi lancé légué libéré limogé livré loué menacé"
        " nommé obtenu offert ordonné ouvert organisé payé perdu peint planté plafonné posé prêté"
        " promis proposé publié racheté ratifié réclamé recruté reçu refusé rejeté remboursé"
        " remporté rendu renvoyé repris restauré retiré retrouvé saisi signé suspendu tourné"
        " traduit transmis trouvé vendu versé volé voté"
    ),
    "en": _any(
        "accepted accused acquired adopted agreed announced approved arrested asked attacked"
        " auctioned awarded banned bought built cancelled captured chose closed commissioned"
        " condemned created decided delivered demanded designed discovered dismissed donated drew"
        " expelled filed financed fined forced found founded funded gave granted halted hired"
        " imposed inherited installed invented invested launched leased lent lost loaned"
        " obtained offered opened ordered organised organized paid painted planted pledged"
        " promised proposed published ratified recruited refused rejected released rented repaid"
        " replaced rescued restored returned sacked seized sent signed sold sponsored stole"
        " supplied suspended threatened translated voted withdrew won wrote"
    ),
}
_DOING = {  # none that is a noun as well
    "fr": _any(
        "accuse achète approvisionne conteste dirige dénonce détient emploie envoie exige fournit"
        " gère héberge loue organise paie possède promet propose préside réclame refuse soutient"
        " souhaite vend veut"
    ),
    "en": _any(
        "accuses buys employs makes opposes organises organizes owns pays produces promises"
        " proposes refuses runs sells sends supplies threatens wants"
    ),
}
DOES = {
    "fr": re.compile(rf" (?P<verb>(?:a|avait|va) {_DONE['fr']}|{_DOING['fr']}) "),
    "en": re.compile(rf" (?P<verb>(?:has |had )?{_DONE['en']}|{_DOING['en']}) "),
}
# What it is done to has to follow at once: "sent rescuers", not the "sent by" of another clause.
OBJECT = {
    "fr": re.compile(rf"(?:le|la|les|un|une|des|du|de) |[ld]['’]|{_NUMBER['fr']}|[A-ZÀ-Ý]"),
    "en": re.compile(rf"(?:the|an?|some|all|more|to) |[$€£]|{_NUMBER['en']}|[A-ZÀ-Ý]|[a-z]+s\b"),
}
# Who did it: one, by a name or a noun with its article, and no clause between it and the verb.
SUBJECT = {
    "fr": re.compile(
        r"(?:[^,«“\"]{3,40}, )?(?:[Ll][ea] |[Ll]['’]|[Uu]ne? )(?P<who>[\w'’ -]{3,60})"
    ),
    "en": re.compile(r"(?:[^,«“\"]{3,40}, )?(?:[Tt]he|[Aa]n?) (?P<who>[\w'’ -]{3,60})"),
}
NOBODY = re.compile(  # a subject that holds one of these is none, or one of several
    r"\b(?:qui|que|qu|dont|où|et|ou|ni|pas|plus|mais|n|ne|se|s['’]|c['’]|j['’]|en|y|l['’]a"
    r"|an|année|mois|semaine|jour|lendemain|veille|soir|matin|fois|plupart|moitié|tiers|reste"
    r"|who|which|that|whose|where|when|and|or|nor|but|not|no|than|as|if|while|only|first|last"
    r"|year|month|week|day|morning|evening|night|time|rest|half|most|more|less|is|was|are|were"
    r"|has|had|have|will|would|a|ont|est|était|sera|avait|lui|leur)\b"
)

# A number at the head of a sentence, and what those counted are or have done.
COUNTED = {
    "fr": re.compile(
        r"(?:(?:Environ|Quelque|Près de|Plus de|Au moins|Un peu plus de|Au total,|Près d['’])"
        r"[ \u00a0\u202f])?"
    ),
    "en": re.compile(
        r"(?:(?:About|Around|Some|Nearly|Almost|More than|Over|At least|As many as) )?"
    ),
}
IDLE = {
    "fr": re.compile(
        r" (?:ont|sont|seront|étaient|avaient|auront|vont|doivent|devront|peuvent) \w"
    ),
    "en": re.compile(r" (?:were|are|have|had|will|must|can) \w"),
}

# Who speaks stands right before or right after, with no article that would have to be bent. The
# question says it with the same verb, or else with "dit" and "say".
_SAYING = {
    "fr": _any(
        "affirme ajoute annonce assure avertit conclut confie constate déclare dit estime explique"
        " indique insiste juge note observe plaide promet propose précise prévient raconte"
        " rappelle reconnaît redoute regrette répond résume souligne soupire"
    ),
    "en": _any(
        "says said explains explained argues argued warns warned adds added claims claimed"
        " insists insisted replies replied tells told notes recalls believes admits admitted"
    ),
}
_SAID = _any(
    "affirmé annoncé assuré averti conclu confié déclaré dit estimé expliqué indiqué insisté jugé"
    " observé plaidé promis proposé précisé prévenu raconté rappelé reconnu regretté répondu"
    " résumé souligné"
)
SAYS = {
    "fr": (
        re.compile(rf"\b(?P<verb>{_SAYING['fr']}) (?:(?:M\.|Mme|Me|Dr) )?$"),
        re.compile(rf" (?P<verb>{_SAYING['fr']}|a {_SAID})\b"),
    ),
    "en": (
        re.compile(rf"\b(?P<verb>{_SAYING['en']}) (?:(?:Mr|Mrs|Ms|Dr)\.? )?$"),
        re.compile(rf" (?P<verb>{_SAYING['en']})\b"),
    ),
}
# What can be asked with it: "que raconte", but hardly "que soupire".
ASKABLE = re.compile(
    "annonce|conclut|dit|estime|explique|propose|promet|précise|raconte|rappelle|redoute|regrette"
    f"|répond|a {_SAID}"
)
BASE = {  # the verb as it follows "does"
    "says": "say",
    "argues": "argue",
    "believes": "believe",
    "claims": "claim",
    "explains": "explain",
    "recalls": "recall",
}

# A day of the week is left out, but not of what cannot do without it.
WEEKDAY = re.compile(
    r" (?:on |last |dès |ce )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)(?: (?:matin|soir|morning|evening|night"
    r"|dernier))?(?= |$)",
    re.IGNORECASE,
)
NEEDS_IT = re.compile(
    r"\b(?:de|du|des|à|au|avant|après|depuis|par|et|ou|le|un|une|chaque|until|by|before|after|from"
    r"|since|to|of|the|an?|and|or|every|any)$"
)
# What a clause that was cut at its end may not end with.
OPEN_END = re.compile(r"\b(?:avoir|été|having|been) \w+$|\ble \d+$|^\S+$")

# Out of its article a question must not lean on what stood before it, or on the day it was written.
LEANS = re.compile(
    r"\b(?:il|ils|elle|elles|lui|leur|eux|soi|son|sa|ses|ce|cet|cette|ces|cela|ça|celui|celle|ceux"
    r"|celles|celui-ci|celle-ci|je|tu|nous|vous|on|notre|nos|votre|vos|autre|autres|aussi"
    r"|également|même|mêmes|tel|telle|tels|telles|ainsi|donc|encore|toujours|déjà|désormais"
    r"|maintenant|hier|demain|aujourd['’]hui|ici|là|pas|jamais|rien|ne|premier|dernier|dernière"
    r"|second|seconde|chacun|chacune|derniers|dernières|prochain|prochaine"
    r"|he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|i|we|you|us"
    r"|our|your|my|other|others|another|also|too|same|such|so|one|ones|then|there|here|instead"
    r"|now|yesterday|today|tomorrow|tonight|ago|not|never|both|latter|former|whom|each|last|next)\b"
    r"|\b(?:y|meanwhile|en (?:a|ont|avait|avoir)|ont depuis)\b|\bd['’]en\b"
    r"|\b(?:de|à) (?:les?\b|l['’]\w+(?:er|ir|re)\b)"  # not an article: it would be "du"
    r"|\b[cjmnts]['’]|n['’]t\b|-(?:il|elle|ils|elles|ce|on)\b",
    re.IGNORECASE,
)
