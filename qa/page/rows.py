"""Rows of the table of articles: one for each story, its reprints folded behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.snapshot import Listed
from qa.fold import Fold
from qa.page.escape import safe
from qa.page.links import called, read
from qa.page.shelfwords import SHELF
from qa.phrases import number, tongue

SHOWN = 100  # at a time


def rows(folds: Sequence[Fold], sizes: Mapping[str, int], language: str, *, writes: bool) -> str:
    """`sizes`: the characters of each article, by id."""
    return "".join(
        _row(one.head, sizes.get(one.head.id), language, writes=writes, more=_more(one, language))
        for one in folds
    )


def unfolded(one: Fold, sizes: Mapping[str, int], language: str, *, writes: bool) -> str:
    """The rows that stand behind one, when it is opened; of very many the first SHOWN."""
    made = "".join(
        _row(other, sizes.get(other.id), language, writes=writes, kind=' class="reprint"')
        for other in one.others[:SHOWN]
    )
    if (left := len(one.others) - SHOWN) > 0:
        said = safe(SHELF[language]["and more"].format(number(left, language)))
        made += f'<tr class="reprint rest"><td colspan="6">{said}</td></tr>'
    return made


def _more(fold: Fold, language: str) -> str:
    if not fold.others:
        return ""
    many = "reprint" if len(fold.others) == 1 else "reprints"
    said = SHELF[language][many].format(number(len(fold.others), language))
    return (
        f' <button type="button" class="plain more" aria-expanded="false"'
        f' data-id="{safe(fold.head.id)}">{safe(said)}</button>'
    )


def _row(
    article: Listed,
    size: int | None,
    language: str,
    *,
    writes: bool,
    more: str = "",
    kind: str = "",
) -> str:
    length = "" if size is None else number(size, language)
    change = ""
    if writes:
        buttons = "".join(
            f'<button type="button" class="{do}" data-id="{safe(article.id)}"'
            f' aria-label="{safe(SHELF[language][f"{do} it"].format(article.title))}"'
            f' title="{safe(SHELF[language][do])}">{sign}</button>'
            for do, sign in (("rename", "✎"), ("remove", "✕"))
        )
        change = f'<td class="do">{buttons}</td>'
    return (
        f'<tr{kind}><td class="title"><a href="{read(article.id)}" lang="{safe(article.language)}"'
        f' dir="auto">{safe(article.title)}</a>{more}</td>'
        f'<td class="source">{called(article.source)}</td>'
        f'<td class="date">{safe(article.published or "–")}</td>'
        f'<td class="language">{safe(tongue(article.language, language))}</td>'
        f'<td class="size">{length}</td>{change}</tr>'
    )
