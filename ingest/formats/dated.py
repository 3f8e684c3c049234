"""An article's date, no more precise than it was given, and none that is not its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

_MONTHS = "jan fév|feb mar avr|apr mai|may juin|jun juil|jul ao[uû]|aug sep oct nov d[ée]c".split()
_TAG = re.compile(r"<script\b(?:(?!</?script\b).)*|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_PICTURE = re.compile(r"<(?:img|source|picture)\b|<meta\b[^<>]*:image", re.IGNORECASE)
_CHANGED = r"(?:modified|updated)(?:_time)?\b[^<>{},]{0,80}?"  # …_time" content="2022-09-05
_NEAR = 8  # paragraphs after a headline in which its date may stand
_LONGEST = 150  # characters of a line with a date and perhaps the authors
_SENTENCE = 100  # characters; what is longer is the article's words
_BELOW, _SHORT = 3, 60  # lines below a plain text's headline, and their characters
_EARLIEST = "1900"  # of a bare date: an older one is more likely that of what is told
_DRESSED = " \t*_#"  # around a line of plain text or Markdown

_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[^\W\d]{{0,7}}\.?"
_DATE = (
    rf"(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\.?\s(?:of\s)?{_NAME},?\s(?P<year>\d{{4}})"
    rf"|{_NAME.replace('name', 'name2')}\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,\s(?P<year2>\d{{4}})"
    r"|(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?P<year3>\d{4}))(?!\d)"
)
_WEEKDAY = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|\w{3,6}day)?,?\s?"
_ALONE = re.compile(
    rf"(?:le\s)?{_WEEKDAY}{_DATE}(?:\W{{0,3}}(?:à|at)?\s?\d{{1,2}}\s?[h:]\s?\d{{0,2}}.{{0,12}})?$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:(?:^|\W\s)(?:publi[ée]e?|mise?\sen\sligne|published|posted)|P(?:ubli[ée]e?|ublished|osted))"
    rf"(?i:(?:\s(?:le|on))?\s?:?\s?{_WEEKDAY}{_DATE})"
)

_BY = r"(?:[Bb]y|[Pp]ar|BY|PAR)\s"
_AND_DAY = rf"[,|·•–—-]\s?(?i:(?:(?:le|on)\s)?{_WEEKDAY}{_DATE})"
_WRITTEN_BY = re.compile(rf"{_BY}[^.]{{2,80}}?{_AND_DAY}")
# In plain text a line may be a piece of a sentence: there it has to say this and no more.
_SIGNED = re.compile(rf"{_BY}[A-ZÀ-Þ][^.]{{1,80}}?{_AND_DAY}")
_STATED = re.compile(
    rf"(?:publi[ée]e?|mise?\sen\sligne|published|posted)(?:\s(?:le|on))?\s?:?\s?{_WEEKDAY}{_DATE}"
    r"(?:\W{0,3}(?:à|at)?\s?\d{1,2}\s?[h:]\s?\d{0,2})?"
    r"(?:\W+(?:mise?\s[àa]\sjour|modifi|(?:last\s)?updated).*)?",
    re.IGNORECASE,
)
_RENEWED = re.compile(
    rf"(?:last\s)?(?:updated|mise?\s[àa]\sjour)\b[^.]{{0,40}}?\b{_WEEKDAY}{_DATE}", re.IGNORECASE
)


def published(
    found: str | None, page: str, *, url: str, words: str, near: Iterable[str], day_first: bool
) -> str | None:
    """The date of an article: `found` by an extractor in `page`, or else what stands `near` its
    headline. One that only the article's own `words` or a picture's address tell is no date of
    it, and the last change counts only where nothing says when it was published.
    """
    said = dateline(near, day_first=day_first)
    if not found or len(found) < 10:
        return found or said
    year, month, day = found.split("-")
    iso = re.compile(rf"{year}[-/.]?{month}[-/.]?{day}(?!\d)")
    tags = [tag for tag in _TAG.findall(page) if iso.search(tag)]
    behind = [tag for tag in tags if not _PICTURE.match(tag)]
    if iso.search(url):
        return found
    if not behind:
        sentences = (one for one in words.split("\n") if not dateline([one], day_first=day_first))
        if tags or re.search(_forms(year, month, day), "\n".join(sentences), re.IGNORECASE):
            return said
        month_alone = rf"(?<![\d-]){year}-{month}(?![\d-])"
        if re.search(month_alone, page) and not re.search(
            _forms(year, month, day), page, re.IGNORECASE
        ):
            return f"{year}-{month}"  # its day is the day of reading
    elif all(_is_change(tag, iso) for tag in behind):
        return said or found
    return as_written(found, page)


def _is_change(tag: str, iso: re.Pattern[str]) -> bool:
    if not tag.lower().startswith("<script"):
        return bool(re.search("modified|updated", tag, re.IGNORECASE))
    changes = re.findall(_CHANGED + iso.pattern, tag, re.IGNORECASE)
    return len(changes) == len(iso.findall(tag))


def below(paragraphs: Sequence[str], headlines: Iterable[str]) -> Iterator[str]:
    """The lines between a headline and the article."""
    heads = {" ".join(one.split()) for one in headlines}
    for at, headline in enumerate(paragraphs):
        if " ".join(headline.split()) not in heads:
            continue
        long = 0
        for one in paragraphs[at + 1 : at + 1 + _NEAR]:
            long += len(one) > _SENTENCE
            if long > 1:  # the first may be a summary
                break
            yield from one.split("\n")


def atop(text: str, *, day_first: bool) -> str | None:
    """The date of a plain text that stands on a line of its own above its headline or right below.
    A bare date is none where another day has such a line too (a chronology, a table), nor one from
    before most newspapers; a line that goes on in the next one is a sentence.
    """
    lines = [line.strip(_DRESSED) for line in text.splitlines()]
    top = [number for number, line in enumerate(lines) if line][: 1 + _BELOW]
    bare = None
    for number in top:
        line, after = lines[number], "".join(lines[number + 1 : number + 2])
        if len(line) > _SHORT and number != top[0]:
            break
        if after[:1].islower():
            continue
        if match := _STATED.fullmatch(line) or _SIGNED.fullmatch(line):
            return _date(match, day_first)
        if match := _ALONE.match(line):
            bare = bare or _date(match, day_first)
    days = {_date(match, day_first) for line in lines if (match := _ALONE.match(line))}
    return bare if bare and len(days) == 1 and bare >= _EARLIEST else None


def dateline(lines: Iterable[str], *, day_first: bool) -> str | None:
    """The first date that is a line of its own or is said to be that of publication.

    >>> dateline(["Par Jean Dupont", "Publié le 6 septembre 2022 à 07h15"], day_first=True)
    '2022-09-06'
    """
    renewed = None
    for line in lines:
        if len(line) <= _LONGEST and not line.endswith((".", "…")):
            match = _ALONE.match(line) or _SAID.search(line) or _WRITTEN_BY.match(line)
            if match and (date := _date(match, day_first)):
                return date
            if renewed is None and (match := _RENEWED.match(line)):
                renewed = _date(match, day_first)
    return renewed


def _date(match: re.Match[str], day_first: bool) -> str | None:
    said = match.groupdict()
    if said["iso"]:
        year, month, day = said["iso"].split("-")
    elif said["one"]:
        day, month, year = said["one"], said["two"], said["year3"]
        if not day_first and int(day) <= 12 and day != month:
            return None  # 5/9: in May or in September
    else:
        name = (said["name"] or said["name2"]).lower()
        month = str(1 + next(i for i, one in enumerate(_MONTHS) if re.match(one, name)))
        day, year = said["day"] or said["day2"], said["year"] or said["year2"]
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def as_written(found: str | None, page: str) -> str | None:
    """`found` (YYYY-MM-DD, by an extractor that fills up what is missing with ones), cut back to
    the month or the year when the first of it stands nowhere in `page`.

    >>> as_written("2022-09-01", '<meta property="article:published_time" content="2022-09">')
    '2022-09'
    """
    if not found or not (parts := re.fullmatch(r"(\d{4})-(\d\d)-01", found)):
        return found
    year, month = parts.groups()
    if re.search(_forms(year, month, "01"), page, re.IGNORECASE):
        return found
    name = rf"(?:{_MONTHS[int(month) - 1]})[\w.]{{0,8}}"
    if month != "01" or re.search(rf"{year}-01\b|{name}\s{{1,3}}{year}", page, re.IGNORECASE):
        return f"{year}-{month}"
    return year


def _forms(year: str, month: str, day: str) -> str:
    """A pattern of the ways to write a day."""
    name = rf"(?:{_MONTHS[int(month) - 1]})[\w.]{{0,8}}"
    m, d = rf"0?{int(month)}", rf"0?{int(day)}"
    return (
        rf"{year}[-/.]?{month}[-/.]?{day}(?!\d)|{year}[-/.]{m}[-/.]{int(day)}(?!\d)"
        rf"|(?<!\d){d}[-/.]{m}[-/.]{year}|(?<!\d){m}[-/.]{d}[-/.]{year}"
        rf"|(?<!\d){d}(?:er|st|nd|rd|th|\.)?\s{{1,3}}(?:of\s)?{name},?\s{{1,3}}{year}"
        rf"|{name}\s{{1,3}}{d}(?:st|nd|rd|th)?,?\s{{1,3}}{year}"
    )
