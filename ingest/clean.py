"""What is what in an article: blocks over an unchanging text. Nothing is cut, only marked.

A block marked as page furniture is never indexed and never quoted, so a pattern here must be
sure: a missed promo line costs a poor quote, a false one hides a sentence from its reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.boxes import BOX
from ingest.dates import publication_date
from ingest.types import Block, Kind

_OPENING_DATE = re.compile(r"\s*date[ \t:]+(\d{4}(?:-\d{2}(?:-\d{2})?)?)\b[ \t]*", re.IGNORECASE)
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?:(?!-[ \t])[\w-]+[ \t]*:.*\n|[ \t]+\S.*\n|-[ \t].*\n|[ \t\r]*\n)+?"
    r"---[ \t]*(?=[\r\n]|\Z)"
)
_PARAGRAPH = re.compile(r"\S(?:[^\n\r]|\r?\n(?![ \t\r]*\n))*")
_LINE = re.compile(r"[^\s][^\n\r]*")

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
    r"|posted\s+on|last\s+updated(?:\s+on)?)\b.{0,60}\d.{0,29}[^.]$"  # a full stop: a sentence
    r"|\d{4}-\d{2}-\d{2}$"
    r"|(?:le\s+)?\d{1,2}(?:er|st|nd|rd|th)?\s+[a-zéûà]{3,9}\.?\s+\d{4}"
    r"(?:\s*(?:[,|·•-]|à|at)?\s*\d{1,2}\s*[h:]\s*\d{0,2})?$"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2},\s+\d{4}$",
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
_STOPS = tuple(".!…:;,")
_CLOSERS = " \u00a0\u202f»”\"')"


def opening_date(text: str) -> tuple[Block, str] | None:
    """The `date YYYY-MM` that some plain files open with, and that date."""
    match = _OPENING_DATE.match(text)
    if not match:
        return None
    try:
        published = publication_date(match[1])
    except ValueError:
        return None  # "date 2022-99" is text like any other
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Block(Kind.DATE, start, match.end(1)), published


def front_matter(text: str) -> Block | None:
    """The `---` fenced lines of `field: value` that some files open with, fences included."""
    match = _FRONT_MATTER.match(text)
    return Block(Kind.META, 0, len(match[0].rstrip())) if match else None


def blocks(text: str) -> tuple[Block, ...]:
    """Blocks in order, disjoint, trimmed; every character that is not white space is in one."""
    opening = front_matter(text)
    if opening is None and (dated := opening_date(text)):
        opening = dated[0]
    spans = list(_paragraphs(text, opening.end if opening else 0))
    marked = [] if opening is None else [opening]
    for i, (start, end) in enumerate(spans):
        if filed := _DATELINE.match(text, start, end):
            place = start + len(filed[0].rstrip())
            marked.append(Block(Kind.BYLINE, start, place))
            start = filed.end()
        kind = _kind(text[start:end], near_top=i < 4, last=i == len(spans) - 1)
        marked.append(Block(kind, start, end))
    return tuple(marked)


def _paragraphs(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Paragraphs; line by line where a line of page furniture or a heading stands among them."""
    for paragraph in _PARAGRAPH.finditer(text, start):
        lines = [
            (m.start(), m.start() + len(m[0].rstrip()))
            for m in _LINE.finditer(text, paragraph.start(), paragraph.end())
        ]
        run: tuple[int, int] | None = None
        for a, b in lines:
            alone = _stands_alone(text[a:b])
            if run and not alone:
                run = (run[0], b)
                continue
            if run:
                yield run
            run = None if alone else (a, b)
            if alone:
                yield (a, b)
        if run:
            yield run


def _stands_alone(line: str) -> bool:
    return bool(
        _promo(line)
        or _HASHES.match(line)
        or (len(line) <= _LONGEST_PROMO and _DATE_LINE.match(line))
    )


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
    if len(paragraph) <= 100 and _DATE_LINE.match(paragraph):
        return Kind.DATE
    if near_top and len(paragraph) <= 80 and _BYLINE.match(paragraph):
        return Kind.BYLINE
    if len(paragraph) <= _LONGEST_PROMO and _CAPTION.match(paragraph):
        return Kind.CAPTION
    if last or len(paragraph) > _LONGEST_HEADING:
        return Kind.BODY
    sentence_like = paragraph.rstrip(_CLOSERS).endswith(_STOPS) or re.search(
        r"[.!?…]\s", paragraph[:-2]
    )
    return Kind.BODY if sentence_like else Kind.HEADING
