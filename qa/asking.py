"""The small words that questions are made of, folded."""

from __future__ import annotations

WH = frozenset(
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
VERBS = frozenset(
    "is are was were be do does did has have had will would can could should may might must am"
    " est sont etait etaient sera seront ont avait avaient aura auront peut peuvent doit va vont"
    " fait font faut".split()
)
PREPOSITIONS = frozenset(
    "in en au aux a to for pour with avec by par from since depuis before avant after apres during"
    " pendant on sur at chez dans between entre of de du des against contre without sans".split()
)
OF_US = frozenset("i me my you your we us our je j moi tu te toi vous votre nous notre".split())
ACTORS = frozenset(
    "he she him her his hers they them their theirs il elle ils elles lui leur leurs eux".split()
)
