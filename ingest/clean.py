"""What is what in an article: blocks over an unchanging text. Nothing is cut, only marked.

A block marked as page furniture is never indexed and never quoted, so a pattern here must be
sure: a missed promo line costs a poor quote, a false one hides a sentence from its reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from ingest.boxes import BOX
from ingest.dates import publication_date
from ingest.paragraphs import paragraphs
from ingest.types import Block, Kind

_OPENING_DATE = re.compile(
    r"\s*date[ \t:]+(\d{4}(?:[-/]\d{1,2}(?:[-/]\d{1,2})?)?(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"(?![\w/-])[ \t]*",
    re.IGNORECASE,
)
_BEFORE_FIELDS = r"(?:[ \t]*(?:#.*|\r)?\n)*"  # empty lines and comments; a heading alone is none
_FRONT_MATTER = re.compile(
    rf"\s*(?P<yaml>---[ \t]*\r?\n(?={_BEFORE_FIELDS}[\w-]+[ \t]*:)"
    r"(?:(?!-[ \t])[\w-]+[ \t]*:.*\n|[ \t]+\S.*\n|-[ \t].*\n|#.*\n|[ \t\r]*\n)+?"
    r"---[ \t]*(?=[\r\n]|\Z))"
    rf"|\s*(?P<toml>\+\+\+[ \t]*\r?\n(?={_BEFORE_FIELDS}(?:[\w-]+[ \t]*=|\[))"
    r"(?:.*\n)+?\+\+\+[ \t]*(?=[\r\n]|\Z))"
)

_BULLET = r"(?:[^\w«“\"„'‘]|_)*"  # whoever opens a quotation is speaking, not advertising
_ALSO = r"(?:[aà]\s+)?(?:lire|voir|[ée]couter|regarder|d[ée]couvrir)\s+(?:aussi|[ée]galement)"
_PROMO = re.compile(
    rf"""{_BULLET}(?:
      {_ALSO}\s*(?:[:|>»→–—-]|\s(?:notre|nos|l['’]article|le\s+dossier)\b)
    | lire\s+(?:la\s+suite|l['’]article)\s*(?:[:|>»→–—-]|\W*$)
    | (?:sur\s+le\s+m[êe]me\s+(?:sujet|th[èe]me)|pour\s+aller\s+plus\s+loin)\s*:
    | (?:abonnez|inscrivez)-vous\b | (?:suivez|rejoignez|retrouvez)-nous\s+sur\b
    | (?:read|see|watch|listen)\s+also\s*[:|>→–—-] | also\s+(?:read|see|watch)\s*[:|>→–—-]
    | (?:read\s+(?:more|next)|see\s+(?:also|more)|more\s+on\s+this
        |related(?:\s+(?:articles?|stories|story))?|don['’]t\s+miss|recommended|most\s+read)\s*[:|>→]
    | (?:subscribe|sign\s+up)\b.{{0,80}}\b(?:newsletters?|e-?mails?|updates|alerts|podcasts?)\b
    | follow\s+us\s+on\b | share\s+this\s+(?:article|story|page|post)\b | lesen\s+sie\s+auch\b
    | (?:publicit[ée]|advertisement|tous\s+droits\s+r[ée]serv[ée]s|all\s+rights\s+reserved)\W*$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# So begin links without a colon, and also sentences ("Voir aussi son fils partir l'a brisé.");
# a link is a title, and titles do not end with a full stop.
_PROMO_UNLESS_SENTENCE = re.compile(
    rf"""{_BULLET}(?:
      {_ALSO}\b | lire\s+(?:notre|nos|l['’]article|le\s+dossier|la\s+suite)\b
    | (?:suivez|rejoignez|retrouvez)-nous\b | (?:partager|partagez)\s+(?:sur|cet\s+article)\b
    | (?:read|see|watch|listen)\s+also\b | (?:read\s+(?:more|next)|see\s+more|related)\s*[–—-]
    | (?:subscribe|sign\s+up)\s+(?:to|for|now|here|today)\b | follow\s+us\b | share\s+this\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_PROMO = 240  # characters; longer is a paragraph that happens to begin so
_DATE_LINE = re.compile(
    r"(?:(?:publi[ée]e?|mise?\s+[àa]\s+jour|modifi[ée])\s+le|(?:published|updated)(?:\s+on)?"
    r"|posted\s+on|last\s+updated(?:\s+on)?)\b.{0,60}\d.{0,30}$"
    r"|\d{4}-\d{2}-\d{2}$"
    r"|(?:le\s+)?\d{1,2}(?:er|st|nd|rd|th)?\s+[a-zéûà]{3,9}\.?\s+\d{4}"
    r"(?:\s*(?:[,|·•-]|à|at)?\s*\d{1,2}\s*[h:]\s*\d{0,2})?$"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2},\s+\d{4}$",
    re.IGNORECASE,
)
# Further down such a line may head what happened that day.
_MONTH = (
    r"(?:janv|f[ée]vr|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c|jan|feb|mar|apr|may|june?"
    r"|july?|aug|sep|dec)[a-zé]{0,6}\.?"
)
_DATE_ATOP = re.compile(
    r"(?:le\s+)?(?:(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:sun|mon|tues|wednes|thurs|fri|satur)day),?\s+(?:le\s+)?)?"
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s+{_MONTH}\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,\s+\d{{4}}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d)"
    r"(?:\s*(?:[,|·•–-]|à|at)?\s*\d{1,2}\s*[h:]\s*\d{0,2})?$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:[Pp]ar|PAR|[Bb]y|BY)\s+[A-ZÀ-Þ][\w'’.-]+"
    r"(?:[\s,&]+(?:et|and|de|von|van|[A-ZÀ-Þ][\w'’.-]*))+$"
)
_AGENCIES = (
    r"AFP|AP|Reuters|REUTERS|ATS|Belga|BELGA|ANSA|DPA|dpa|EFE|PA|ANP|SIPA|Sipa|MAXPPP"
    r"|Getty(?:\s+Images)?"
)
_CAPTION = re.compile(
    r"!\[|(?:photo(?:graph)?s?|cr[ée]dits?(?:\s+photos?)?|image|ill?ustration|l[ée]gende|caption"
    r"|(?:photo|image)\s+credits?)\s*[:|©]|©"
    r"|(?:photo(?:graph)?|image)\s+(?:by|de|d['’])\s*[A-ZÀ-Þ].{0,60}[^.]$"
    r"|.{0,200}\((?:photo|cr[ée]dit|image)\b[^)]{0,60}\)$"
    rf"|.{{0,200}}[^.\s]\s*/\s*(?:{_AGENCIES})\s*$",
    re.IGNORECASE,
)
# "PARIS (AFP) — …", "LONDON, Sept 5 (Reuters) - …": where a report was filed, before its words.
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{1,40}(?:,\s*(?:le\s+)?[\w.]{1,10}\s[\w.]{1,10}(?:\s\d{4})?)?\s*"
    rf"\((?:{_AGENCIES})\)\s*[-–—:]\s+(?=\S)"
)
_HASHES = re.compile(r"#{1,6}\s+\S")
_LONGEST_HEADING = 90
_CELLS = " | "  # between those of a table's row
_ITEM = re.compile(r"\d|:|^[-–—•*·]")  # what an item has and the headline of another article lacks
_LISTED = 3  # short lines in a row, away from the top, that are a list and no headings
_TOP = 4  # paragraphs
_SAID = (".", "!", "?", "…")
_STOPS = (".", "!", "…", ":", ";", ",")
_NOTES = re.compile(r"(?:\[\d+\])+$")
_CLOSERS = " \u00a0\u202f»”’\"')]"


def opening_date(text: str) -> tuple[Block, str] | None:
    """The `date YYYY-MM` that some plain files open with, and that date."""
    match = _OPENING_DATE.match(text)
    if not match:
        return None
    try:
        published = publication_date(match[1].replace("/", "-"))
    except ValueError:
        return None  # "date 2022-99" is text like any other
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Block(Kind.DATE, start, match.end(1)), published


def front_matter(text: str) -> Block | None:
    """The fenced lines that some files open with, fences included: `field: value` between `---`,
    or `field = value` between `+++`.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return None
    start, end = match.span(match.lastgroup or 0)
    return Block(Kind.META, start, start + len(text[start:end].rstrip()))


def blocks(text: str) -> tuple[Block, ...]:
    """Blocks in order, disjoint, trimmed; every character that is not white space is in one."""
    opening = front_matter(text)
    if opening is None and (dated := opening_date(text)):
        opening = dated[0]
    spans = list(paragraphs(text, opening.end if opening else 0, _stands_alone))
    marked: list[Block] = []
    for i, (start, end) in enumerate(spans):
        if filed := _DATELINE.match(text, start, end):
            place = start + len(filed[0].rstrip())
            marked.append(Block(Kind.BYLINE, start, place))
            start = filed.end()
        kind = _kind(_composed(text[start:end]), near_top=i < _TOP, last=i == len(spans) - 1)
        marked.append(Block(kind, start, end))
    return (*([opening] if opening else []), *_lists(marked, text))


def _lists(marked: list[Block], text: str) -> Iterator[Block]:
    """The same blocks; what looks like headings in a row is a list, and says something."""

    def short(place: int) -> bool:
        one = marked[place]
        return place >= _TOP and one.kind is Kind.HEADING and not _HASHES.match(text, one.start)

    for listed, places in groupby(range(len(marked)), short):
        run = [marked[place] for place in places]
        items = sum(bool(_ITEM.search(text[one.start : one.end])) for one in run)
        if listed and len(run) >= _LISTED and 2 * items > len(run):
            run = [replace(one, kind=Kind.BODY) for one in run]
        yield from run


def _composed(text: str) -> str:
    """With each accented letter as one character, as the patterns have it; what is too long for
    any of them as it is.
    """
    if len(text) > 4 * _LONGEST_PROMO:
        return text
    return unicodedata.normalize("NFC", text)


def _stands_alone(given: str) -> bool:
    line = _composed(given)
    return bool(
        _promo(line) or _HASHES.match(line) or (len(line) <= _LONGEST_PROMO and _dated(line))
    )


def _dated(line: str) -> bool:
    """Does it say when the article came out, and no more? A full stop makes it a sentence."""
    return bool(_DATE_LINE.match(line)) and not line.rstrip(_CLOSERS).endswith(_SAID)


def _promo(line: str) -> bool:
    if len(line) > _LONGEST_PROMO:
        return False
    said = line.rstrip(_CLOSERS).endswith(".")
    if BOX.match(line):
        return True
    return bool(_PROMO.match(line) or (not said and _PROMO_UNLESS_SENTENCE.match(line)))


def _kind(paragraph: str, *, near_top: bool, last: bool) -> Kind:
    if "\n" in paragraph or "\r" in paragraph:
        return Kind.BODY
    if _HASHES.match(paragraph):
        return Kind.HEADING
    if _promo(paragraph):
        return Kind.PROMO
    if len(paragraph) <= 100 and (_dated(paragraph) or (near_top and _DATE_ATOP.match(paragraph))):
        return Kind.DATE
    if near_top and len(paragraph) <= 80 and _BYLINE.match(paragraph):
        return Kind.BYLINE
    if len(paragraph) <= _LONGEST_PROMO and _CAPTION.match(paragraph):
        return Kind.CAPTION
    if last or len(paragraph) > _LONGEST_HEADING or paragraph[0].islower() or _CELLS in paragraph:
        return Kind.BODY
    said = _NOTES.sub("", paragraph).rstrip(_CLOSERS)
    sentence_like = said.endswith(_STOPS) or re.search(r"[.!?…]\s", paragraph[:-2])
    return Kind.BODY if sentence_like else Kind.HEADING
