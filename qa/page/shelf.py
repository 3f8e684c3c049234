"""The articles of the library: the filters, the table, and what can be done with each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qa.fold import Fold
from qa.page.escape import safe
from qa.page.interface import many, say
from qa.page.rows import SHOWN, rows
from qa.page.shelfwords import SHELF
from qa.phrases import number, tongue
from qa.sift import SORTS, Sieve

_HEADS = {"title": "by title", "source": "by source", "date": "newest", "language": "by language"}


def shelf(language: str, *, writes: bool) -> str:
    """The page around the table; `shelf.js` fills it."""
    say = SHELF[language]
    words = {key: safe(said) for key, said in say.items()}
    orders = "".join(f'<option value="{one}">{words[one]}</option>' for one in SORTS)
    paste = _paste(say) if writes else ""
    return (
        f'<div class="shelves" lang="{language}">{paste}<form class="sieve" role="search">'
        f'<input type="search" class="field" name="words" aria-label="{words["words"]}"'
        f' placeholder="{words["words hint"]}" autocomplete="off">'
        f'<select class="field" name="tongue" aria-label="{words["tongue"]}">'
        f'<option value="">{words["every tongue"]}</option></select>'
        f'<select class="field" name="source" aria-label="{words["source"]}">'
        f'<option value="">{words["every source"]}</option></select>'
        f"{_date('first', words)}{_date('last', words)}"
        f'<select class="field" name="sort" aria-label="{words["sort"]}">{orders}</select>'
        f'<button type="reset" class="plain">{words["clear"]}</button></form>'
        '<div class="told" role="status" tabindex="-1"></div><div class="rows"></div></div>'
    )


def _date(name: str, words: Mapping[str, str]) -> str:
    """As precise as it is typed, like the dates of articles; a calendar would want the day."""
    return (
        f'<label>{words[name]} <input class="field date" name="{name}" size="10" maxlength="10"'
        f' inputmode="numeric" placeholder="{words["form"]}" title="{words["form too"]}"'
        r' pattern="\d{4}(-\d{2}(-\d{2})?)?" autocomplete="off"></label>'
    )


def _paste(say: Mapping[str, str]) -> str:
    words = {key: safe(said) for key, said in say.items()}

    def line(name: str, label: str) -> str:
        hint = safe(say["optional"].format(say[label]))
        return (
            f'<input class="field" name="{name}" aria-label="{hint}" placeholder="{hint}"'
            ' autocomplete="off">'
        )

    return (
        f'<details class="pasting"><summary>{words["paste"]}</summary><form class="paste">'
        f'<div class="line">{line("title", "title")}{line("source", "from")}'
        f"{line('published', 'date')}</div>"
        f'<textarea class="field" name="text" rows="7" required aria-label="{words["text"]}"'
        f' placeholder="{words["text"]}"></textarea>'
        f'<button type="submit" class="go">{words["take in"]}</button></form>'
        '<div class="pasted"></div></details>'
    )


def table(
    folds: Sequence[Fold],
    sizes: Mapping[str, int],
    language: str,
    *,
    stories: int,
    found: int,
    total: int,
    page: int,
    sieve: Sieve,
    choices: tuple[Sequence[str], Sequence[str]],
    writes: bool,
) -> str:
    """`folds`: the rows of the page, of `stories`, of `found` articles that fit `sieve`, of `total`
    in the library.

    `sizes`: the characters of each, by id. `choices`: languages and sources to filter by.
    """
    words = say(language)
    if not total:
        return f'<p class="empty">{words["empty"]}</p>'
    tongues, sources = choices
    offered = _choices("tongue", ((one, tongue(one, language)) for one in tongues)) + _choices(
        "source", ((one, one) for one in sources)
    )
    count = many(total, "article", language)
    if found < total:
        count = words["of"].format(number(found, language), count)
    above = f'{offered}<p class="count" role="status">{safe(count)}</p>'
    if not folds:
        return f'{above}<p class="empty">{safe(SHELF[language]["none fits"])}</p>'
    heads = "".join(_head(one, sieve.sort, words) for one in (*_HEADS, "size"))
    last = f'<th scope="col"><span class="hidden">{safe(SHELF[language]["change"])}</span></th>'
    return (
        f'{above}<table class="shelf"><thead><tr>{heads}{last if writes else ""}</tr></thead>'
        f"<tbody>{rows(folds, sizes, language, writes=writes)}</tbody></table>"
        f"{_pages(page, len(folds), stories, language)}"
    )


def removed(article_id: str, title: str, language: str) -> str:
    """What is said of an article that is gone, with the way to have it back."""
    words = SHELF[language]
    return _undoing(words["removed"].format(title), "put back", article_id, words["put back"])


def renamed(article_id: str, before: str, now: str, language: str) -> str:
    words = SHELF[language]
    said = words["renamed"].format(now, before)
    return _undoing(said, "name back", article_id, words["undo"])


def _undoing(said: str, do: str, article_id: str, name: str) -> str:
    return (
        f'<p class="notice"><bdi>{safe(said)}</bdi> <button type="button" class="plain back"'
        f' data-do="{do}" data-id="{safe(article_id)}">{safe(name)}</button></p>'
    )


def notice(message: str, language: str) -> str:
    return f'<p class="notice" lang="{language}"><bdi>{safe(message)}</bdi></p>'


def _choices(field: str, offered: Iterable[tuple[str, str]]) -> str:
    """What a filter can be set to, for `shelf.js` to put where it belongs."""
    made = "".join(f'<option value="{safe(one)}">{safe(name)}</option>' for one, name in offered)
    return f'<select hidden data-name="{field}">{made}</select>'


def _head(name: str, sort: str, words: Mapping[str, str]) -> str:
    order = _HEADS.get(name)
    if order is None:
        return f'<th scope="col" class="{name}">{safe(words[name])}</th>'
    own = {order: "descending" if order == "newest" else "ascending"}
    if name == "date":
        own["oldest"] = "ascending"
        order = "oldest" if sort == "newest" else "newest"
    state = f' aria-sort="{own[sort]}"' if sort in own else ""
    return (
        f'<th scope="col" class="{name}"{state}><button type="button" class="by"'
        f' data-sort="{order}">{safe(words[name])}</button></th>'
    )


def _pages(page: int, shown: int, found: int, language: str) -> str:
    if found <= SHOWN:
        return ""
    words, start = SHELF[language], page * SHOWN
    line = words["from to"].format(
        *(number(one, language) for one in (start + 1, start + shown, found))
    )

    def button(to: int, name: str, *, there: bool) -> str:
        off = "" if there else " disabled"
        return (
            f'<button type="button" class="plain page" data-page="{to}"{off}>{safe(words[name])}'
            "</button>"
        )

    return (
        f'<nav class="pages" aria-label="{safe(words["pages"])}">'
        f"{button(page - 1, 'before', there=page > 0)}<span>{safe(line)}</span>"
        f"{button(page + 1, 'after', there=start + shown < found)}</nav>"
    )
