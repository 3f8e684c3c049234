"""The names in a sentence, the same in English and French: "Pékin" and "Beijing" are one; pure.

A name is a run of capitalised words. The first word of a sentence counts only where it must be a
name: it is a country or city known here, or another capitalised word follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.words import STOP_WORDS, flat

# Only names that differ by more than accents; a second English form stands after "=".
_EXONYMS = """
afrique du sud|south africa; allemagne|germany; algerie|algeria; angleterre|england
arabie saoudite|saudi arabia; argentine|argentina; armenie|armenia; australie|australia
autriche|austria; azerbaidjan|azerbaijan; belgique|belgium; bielorussie|belarus
birmanie|myanmar=burma; bolivie|bolivia; bosnie|bosnia; bresil|brazil; bulgarie|bulgaria
cambodge|cambodia; cameroun|cameroon; chili|chile; chine|china; chypre|cyprus; colombie|colombia
coree du nord|north korea; coree du sud|south korea; cote d ivoire|ivory coast; croatie|croatia
danemark|denmark; ecosse|scotland; egypte|egypt; emirats arabes unis|united arab emirates=uae
equateur|ecuador; erythree|eritrea; espagne|spain; estonie|estonia
etats-unis|united states=us=u.s=usa=america; ethiopie|ethiopia; finlande|finland; gambie|gambia
georgie|georgia; grece|greece; guinee|guinea; hongrie|hungary; inde|india; indonesie|indonesia
irak|iraq; irlande|ireland; islande|iceland; israel|israel; italie|italy; japon|japan
jordanie|jordan; kazakhstan|kazakhstan; koweit|kuwait; lettonie|latvia; liban|lebanon; libye|libya
lituanie|lithuania; macedoine|macedonia; malaisie|malaysia; maroc|morocco; mauritanie|mauritania
mexique|mexico; moldavie|moldova; mongolie|mongolia; norvege|norway; nouvelle-zelande|new zealand
ouganda|uganda; ouzbekistan|uzbekistan; pays-bas|netherlands; pays de galles|wales; perou|peru
pologne|poland; republique tcheque|czech republic=czechia; roumanie|romania
royaume-uni|united kingdom=uk=u.k=britain; grande-bretagne|united kingdom; russie|russia
serbie|serbia; slovaquie|slovakia; slovenie|slovenia; somalie|somalia; soudan|sudan
soudan du sud|south sudan; suede|sweden; suisse|switzerland; syrie|syria; tadjikistan|tajikistan
taiwan|taiwan; tanzanie|tanzania; tchad|chad; thailande|thailand; tunisie|tunisia
turquie|turkey=turkiye; ukraine|ukraine; vietnam|vietnam; yemen|yemen; zambie|zambia
alger|algiers; anvers|antwerp; athenes|athens; barcelone|barcelona; beyrouth|beirut
bruxelles|brussels; bucarest|bucharest; le caire|cairo; copenhague|copenhagen; damas|damascus
douvres|dover; edimbourg|edinburgh; florence|florence; francfort|frankfurt; geneve|geneva
genes|genoa; la haye|hague; hambourg|hamburg; kharkiv|kharkiv=kharkov; kiev|kyiv=kiev
lisbonne|lisbon; londres|london; milan|milan; moscou|moscow; munich|munich; naples|naples
odessa|odesa=odessa; pekin|beijing=peking; pyongyang|pyongyang; rome|rome
saint-petersbourg|st petersburg; seville|seville; teheran|tehran; turin|turin; varsovie|warsaw
venise|venice; vienne|vienna; zurich|zurich; vilnius|vilnius; riga|riga; tallinn|tallinn
ostende|ostend; douchanbe|dushanbe; tamise|thames; manche|channel; mer noire|black sea
mer rouge|red sea; mer baltique|baltic; mediterranee|mediterranean; afrique|africa; asie|asia
europe|europe; amerique|america; atlantique|atlantic; pacifique|pacific; bretagne|brittany
calabre|calabria; sicile|sicily; sardaigne|sardinia; corse|corsica; bourgogne|burgundy
normandie|normandy; lombardie|lombardy; baviere|bavaria; catalogne|catalonia; crimee|crimea
caspienne|caspian; siberie|siberia; onu|un=united nations; nations unies|united nations=un
otan|nato; ue|eu=european union; union europeenne|european union=eu; oms|who; fmi|imf
banque mondiale|world bank; aiea|iaea; union africaine|african union; cpi|icc
croix-rouge|red cross; bce|ecb; ocde|oecd; omc|wto; poutine|putin; zelensky|zelenskyy=zelensky
erdogan|erdogan; xi jinping|xi jinping; maison blanche|white house; pentagone|pentagon
commission europeenne|european commission; bourse|bourse; iran|iran; canada|canada; mali|mali
niger|niger; congo|congo; pakistan|pakistan; kenya|kenya; nigeria|nigeria; qatar|qatar; cuba|cuba
portugal|portugal; france|france; paris|paris; berlin|berlin; madrid|madrid
"""
_ENGLISH: dict[str, str] = {}  # any form, in either language: one English form
for _pair in re.split(r"[;\n]", _EXONYMS):
    if "|" in _pair:
        _french, _forms = _pair.strip().split("|")
        _first = _ENGLISH.get(_forms.split("=")[0], _forms.split("=")[0])
        for _form in (_french, *_forms.split("=")):
            _ENGLISH.setdefault(_form, _first)
_LONGEST_FORM = max(len(form.split()) for form in _ENGLISH)

_TITLES = frozenset(
    "m mm mme mlle mr mrs ms dr sir lord president minister ministre general colonel captain"
    " monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december i".split()
)
_NO_NAMES = STOP_WORDS | _TITLES
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞŒ][\w]*(?:[.’'-](?=\w)[\w]+)*(?:['’]s\b)?")
_JOINS = re.compile(r"\s+(?:(?:de|du|des|d['’]|of|la|le|&|al|el|van|von|ben|bin)\s*)*")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?…:]\s+)(?:[«“\"'(—–-]\s*)*$")
_MARKS = 64  # characters before a word that may hold a sentence's end, an indent and what opens it
_ELIDED = re.compile(r"^(?:[LDJMTNSC]|Qu|QU)['’](?=\w)")


@dataclass(frozen=True, slots=True)
class Name:
    """`text[start:end]`; `key` is the folded form in English, by which names are compared."""

    start: int
    end: int
    key: str

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for word in re.findall(r"\w+", self.key) if len(word) > 1)


def names(text: str) -> tuple[Name, ...]:
    """In order of place.

    >>> [one.key for one in names("Le président chinois a reçu M. Jean Roy à Pékin.")]
    ['jean roy', 'beijing']
    """
    runs: list[tuple[int, int]] = []
    for match in _CAPITAL.finditer(text):
        start, end = match.span()
        if elided := _ELIDED.match(match[0]):
            start += elided.end()
        bare = re.sub(r"['’]s$", "", text[start:end])
        end = start + len(bare)
        if flat(bare) in _NO_NAMES or not bare[:1].isupper():
            continue
        joined = runs and _JOINS.fullmatch(text, runs[-1][1], start)
        if joined:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    found = []
    for start, end in runs:
        opens = _SENTENCE_BEFORE.search(text, max(0, start - _MARKS), start) is not None
        key = english(text[start:end])
        lone = " " not in text[start:end] and not text[start:end].isupper()
        if opens and lone and flat(text[start:end]) not in _ENGLISH and "-" not in text[start:end]:
            continue
        found.append(Name(start, end, key))
    return tuple(found)


def english(name: str) -> str:
    """The folded name, with whatever part of it has another form in English turned into that.

    >>> english("Corée du Nord"), english("Pékin")
    ('north korea', 'beijing')
    """
    said = re.findall(r"[\w.-]*\w", flat(name))
    made, at = [], 0
    while at < len(said):
        for long in range(min(_LONGEST_FORM, len(said) - at), 0, -1):
            form = " ".join(said[at : at + long])
            if form in _ENGLISH:
                made.append(_ENGLISH[form])
                break
        else:
            long = 1
            made.append(said[at])
        at += long
    return " ".join(made)
