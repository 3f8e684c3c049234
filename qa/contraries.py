"""Words of which only one can be true of a thing, in English and French; pure.

To an encoder "killed" and "injured" are near: they stand in the same sentences. So they are listed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from ingest.words import STOP_WORDS

_UP = frozenset(
    "rise rose risen rises rising increase increased increases grow grew grown climb climbed jumped"
    " soared raise raised raises augmente augmentent augmenter augmentation hausse grimpe progresse"
    " bondi monte progression releve releves relever".split()
)
_DOWN = frozenset(
    "fall fell fallen falls falling decrease decreased drop dropped decline declined plunged"
    " slumped cut cuts lower lowered lowers reduce reduced reduces"
    " baisse baissent baisser recule recul chute diminue diminution abaisse abaisses abaisser"
    " reduit".split()
)
_YES = frozenset(
    "accept accepted accepts approve approved adopt adopted backed accepte approuve adopte"
    " ratifie".split()
)
_NO = frozenset("reject rejected rejects refused refuse refuses rejette rejete".split())
_GUILTY = frozenset("guilty convicted coupable condamne condamnee".split())
_INNOCENT = frozenset("innocent acquitted innocente acquitte acquittee relaxe relaxee".split())
OPPOSITES = ((_UP, _DOWN), (_YES, _NO), (_GUILTY, _INNOCENT))

# A group ends with ";": what is said in either language for one thing, "/", for what is another.
_GROUPS = r"""
kill\w* dead died dies? deaths? toll mort(?:el\w*|alite|e?s?) tue\w{0,3} deces\w*
/ injur\w* hurt wound\w* bless(?!ing)\w* / missing disparu\w* / arrest\w* interpell\w*;
export\w* / import(?:s|ed|ing|e|es|ent|er|ait|ations?|ateurs?)?;
buy buys bought purchas\w* achet\w* achats? / sell sells sold sales? vend(?!redi)\w* ventes?;
hire[sd]? hiring recruit\w* embauch\w* recrut\w* / fired sack\w* laid licenci\w*;
order(?:s|ed) commandee?s? commande / receiv\w* recue?s? recoi\w*;
profits? benefices? / loss(?:es)? pertes? / revenues? turnover chiffre;
net nette?s? / operating exploitation operationnel\w* / gross brute?s?;
m[ae]n males? hommes? masculin\w* / wom[ae]n females? femmes? feminin\w*;
boys? garcons? / girls? filles?;
mother mere / father pere;
brother frere / sister soeur;
minimum minimal\w* / average mean moyen(?:ne)?s? / maximum maximal\w* / median\w*;
north\w* nord / south\w* sud / eastern orientale?s? / western occidentale?s?;
daily quotidienne?s? / weekly hebdomadaires? / monthly mensuel\w* / annual yearly annuel\w*;
adults? adultes? / child(?:ren)? enfants?;
length longueur / wide width largeur / tall height hauteur / deep depth profondeur;
old ancien\w* vieux vieille / new nouve\w* neuve?s?;
open\w* ouv(?:re|rir|ert|erte|erts|ertes|erture)\w* / clos(?:e|es|ed|ing|ure) shut\w*
ferm(?:e|er|es|ee|ees|era|eront|ent|eture);
began begins? begun starte?d? starts commenc\w* / ended ends finish\w* termin\w* achev\w*
/ last(?:s|ed) dur(?:e|ent|ait|era);
built construit\w* / destroy\w* detrui\w* demoli\w*;
won wins? gagn\w* remport\w* / lost loses? perd\w*;
support\w* soutien\w* soutenu\w* / oppos\w*;
primary primaires? / secondary secondaires?;
civilians? civile?s? / soldiers? soldats? troops militaires?;
owns? owned / rent(?:s|ed);
arrive\w* arrivee?s? / quitt\w*;
lift(?:s|ed)? leve[es]{0,2} / impos\w*;
cause raison because;
true vrai\w* / false\w* faux fausse\w*;
russian\w* russes? / ukrainian\w* ukrainien\w* / american\w* americain\w* / chinese chinoise?s? /
iranian\w* iranien\w* / israeli\w* israelien\w* / palestinian\w* palestinien\w* / german\w*
allemande?s? / french francaise?s? / british britanniques? / italian\w* italien\w* / spanish
espagnole?s? / polish polonaise?s? / turkish turcs? turques? / syrian\w* syrien\w* / lebanese
libanaise?s?;
"""
# Only of the same thing: "before dawn" is not against "after a crash".
_LEADING = (
    ({"for", "favour", "favor", "pour"}, {"against", "contre"}),
    ({"before", "avant"}, {"after", "apres"}),
    ({"with", "avec"}, {"without", "sans"}),
)
_READ = tuple(
    tuple(re.compile("|".join(thing.split())) for thing in re.split(r"\s/\s", group))
    for group in _GROUPS.split(";")
    if group.strip()
)


@functools.lru_cache(maxsize=1 << 14)
def _sides(word: str) -> frozenset[tuple[int, int]]:
    """(group, thing) of each that a folded word stands for."""
    return frozenset(
        (group, thing)
        for group, things in enumerate(_READ)
        for thing, pattern in enumerate(things)
        if pattern.fullmatch(word)
    )


def alike(one: str, other: str) -> bool:
    """Do both stand for one thing of a group?"""
    return bool(_sides(one) & _sides(other))


def _led(said: Sequence[str]) -> set[tuple[str, str]]:
    """Each word with the next that carries meaning."""
    made, after = set[tuple[str, str]](), ""
    for word in reversed(said):
        made.add((word, after))
        after = after if word in STOP_WORDS else word
    return {(lead, what) for lead, what in made if what}


def contrary(one: Sequence[str], other: Sequence[str]) -> bool:
    """Has each of two texts, in folded words, what the other has the contrary of?

    >>> contrary(["12", "killed"], ["45", "blesses"]), contrary(["killed", "hurt"], ["hurt"])
    (True, False)
    """
    led, other_led = _led(one), _led(other)
    for yes, no in _LEADING:
        for left, right in ((yes, no), (no, yes)):
            about = {what for lead, what in led if lead in left}
            if about & {what for lead, what in other_led if lead in right}:
                return True
    first, second = (frozenset().union(*map(_sides, words)) for words in (one, other))
    for group in {group for group, _ in first} & {group for group, _ in second}:
        mine = {thing for of, thing in first if of == group}
        if not mine & {thing for of, thing in second if of == group}:
            return True
    return False
