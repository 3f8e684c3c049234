"""Files that are dropped on the page: the invitation, the progress, what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.types import Rejection, Report
from qa.page.escape import safe
from qa.page.interface import many, say
from qa.page.links import read
from qa.page.reasons import reason
from qa.page.rows import SHOWN
from qa.phrases import number


def invitation(suffixes: Sequence[str], language: str) -> str:
    """`suffixes`: of the files that can be read; people ask for them once, the script always."""
    words, kinds = say(language), safe(" ".join(suffixes))
    return (
        f'<p class="invitation">{safe(words["invitation"])}</p><div class="invitation offered">'
        f'<button type="button" class="plain folder" data-kinds="{kinds}">'
        f"{safe(words['folder'])}</button>"
        f"<details><summary>{safe(words['kinds'])}</summary>{kinds}</details>"
        '<span class="folder-told" role="status"></span></div>'
    )


def closed(language: str) -> str:
    """In the invitation's place where nothing may be added."""
    return f'<p class="invitation">{safe(say(language)["read only"])}</p>'


def progress(done: int, expected: int, language: str, *, at: str = "") -> str:
    """`at`: what is being worked on, where that takes a while."""
    words, most = say(language), max(done, expected, 1)
    line = words["taking in"].format(number(done, language), number(most, language))
    place = f'<p class="at"><bdi>{safe(at)}</bdi></p>' if at else ""
    return (
        f'<div class="report"><p role="status">{safe(line)}</p>'
        f'<progress max="{most}" value="{done}" aria-label="{safe(words["articles read"])}">'
        f"</progress>{place}</div>"
    )


def report(report: Report, titles: Mapping[str, str], language: str) -> str:
    """What became of the files that were dropped; `titles` by article id, where known."""
    words, parts, counts = say(language), [], []
    for key, kind, ids in (
        ("added", "added", report.added),
        ("altered", "changed", report.changed),
        ("unchanged", "unchanged", report.unchanged),
        ("removed", "removed", report.removed),
    ):
        if ids:
            word = safe(words[key])
            counts.append(_counted(len(ids), kind, words[key], language))
            parts += [_became(kind, word, one, titles) for one in ids[:SHOWN]]
    if report.rejected:
        word = safe(words["rejected"])
        counts.append(_counted(len(report.rejected), "rejected", words["rejected"], language))
        parts += [_rejected(one, word, language) for one in report.rejected[:SHOWN]]
    line = ", ".join(counts) or safe(words["nothing"])
    seconds = f"{report.seconds:.1f}".replace(".", "," if language == "fr" else ".")
    passages = many(report.passages, "passage", language)
    scrolled = ' tabindex="0"' if report.rejected else ""  # by keys, where it may hold no link
    return (
        f'<div class="report"><p role="status">{line}'
        f' <span class="facts">· {safe(passages)} · {seconds} s</span></p>'
        f"<ul{scrolled}>{''.join(parts)}</ul></div>"
    )


def trouble(message: str) -> str:
    return f'<div class="report"><p class="failed" role="alert">{safe(message)}</p></div>'


def remark(message: str) -> str:
    return f'<div class="report"><p role="status">{safe(message)}</p></div>'


def _counted(count: int, kind: str, word: str, language: str) -> str:
    ending = "s" if count > 1 and language == "fr" else ""  # participles agree
    return f'<b class="{kind}">{number(count, language)} {safe(word)}{ending}</b>'


def _became(kind: str, word: str, article_id: str, titles: Mapping[str, str]) -> str:
    title = titles.get(article_id, article_id)
    return (
        f'<li class="{kind}"><span class="what">{word}</span>'
        f' <a href="{read(article_id)}" dir="auto">{safe(title)}</a></li>'
    )


def _rejected(one: Rejection, word: str, language: str) -> str:
    why = reason(one.reason, language)
    return (
        f'<li class="rejected"><span class="what">{word}</span> <bdi>{safe(one.source)}</bdi>'
        f": <bdi>{safe(why)}</bdi></li>"
    )
