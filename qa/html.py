"""What the chat shows, as escaped HTML: turns, quotes, articles, a table, reports. All pure.

Everything that comes from outside (texts, titles, sources, ids, file names, questions) is hostile
until it went through `safe`. A citation carries its whole target in its `href`, so that it means
the same for as long as anybody keeps it: in an older answer, after a reload, in another tab.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent
from urllib.parse import unquote

from ingest.types import Article, Block, Kind, Rejection, Report
from qa import chips
from qa.types import Answer, Quote

SHOWN = 200  # rows of the table at a time; the filter finds the others

WORDS = {
    "en": {
        "answer": "The articles say:",
        "silent": "The articles don't say.",
        "nearest": "Nearest passages, which do not answer it:",
        "undated": "no date",
        "widened": "Also looked for:",
        "also": "also in:",
        "apart": "these disagree:",
        "open": "Open",
        "high": "high confidence",
        "good": "good confidence",
        "modest": "modest confidence",
        "months": "January February March April May June July August September October November"
        " December",
    },
    "fr": {
        "answer": "Les articles disent :",
        "silent": "Les articles ne le disent pas.",
        "nearest": "Passages les plus proches, qui n'y répondent pas :",
        "undated": "sans date",
        "widened": "Cherché aussi :",
        "also": "aussi dans :",
        "apart": "ces articles se contredisent :",
        "open": "Ouvrir",
        "high": "confiance élevée",
        "good": "bonne confiance",
        "modest": "confiance modeste",
        "months": "janvier février mars avril mai juin juillet août septembre octobre novembre"
        " décembre",
    },
}
_TONGUES = {
    "en": "en English fr French de German es Spanish it Italian nl Dutch pt Portuguese",
    "fr": "en anglais fr français de allemand es espagnol it italien nl néerlandais pt portugais",
}
_HIGH, _GOOD = 0.9, 0.75  # confidence from which it is called so; below is modest

# `{`, `$` and the backtick mean something to the templates of some front ends, `'` to scripts.
_TEMPLATE = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})


def safe(text: str) -> str:
    """Text from anywhere as HTML that shows exactly it, in an element or a quoted attribute."""
    return html.escape(text, quote=True).translate(_TEMPLATE)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a citation leads: an article, in one version of it, at one place."""

    article: str
    version: str | None = None
    start: int = 0
    end: int = 0


_CITE = re.compile(r"#?cite-(\d{1,9})-(\d{1,9})-([0-9a-f]{64})-(.+)", re.DOTALL)
_READ = re.compile(r"#?read-(.+)", re.DOTALL)


def cite(quote: Quote) -> str:
    """The fragment that leads to this quote, safe in an attribute."""
    article = quote.article
    return f"#cite-{quote.start}-{quote.end}-{article.digest}-{percent(article.id, safe='')}"


def read(article_id: str) -> str:
    """The fragment that leads to the current version of an article."""
    return f"#read-{percent(article_id, safe='')}"


def target(fragment: str) -> Target | None:
    """What `cite` or `read` made the fragment of; None for anything else."""
    if match := _CITE.fullmatch(fragment):
        start, end, version, name = match.groups()
        return Target(unquote(name), version, int(start), int(end))
    if match := _READ.fullmatch(fragment):
        return Target(unquote(match[1]))
    return None


def day(published: str | None, language: str) -> str:
    """A date as people write it, as precise as it is known.

    >>> day("2022-09", "fr"), day("2022-09-05", "en"), day(None, "en")
    ('septembre 2022', '5 September 2022', 'no date')
    """
    say = WORDS[language]
    if not published:
        return say["undated"]
    year, *rest = published.split("-")
    if not rest:
        return year
    month = say["months"].split()[int(rest[0]) - 1]
    return " ".join([*(str(int(d)) for d in rest[1:]), month, year])


def tongue(code: str, language: str) -> str:
    named = _TONGUES[language].split()
    return dict(zip(named[::2], named[1::2], strict=True)).get(code, code)


def _facts(article: Article, language: str) -> str:
    parts = [article.source, day(article.published, language), tongue(article.language, language)]
    return " · ".join(f"<bdi>{safe(part)}</bdi>" for part in parts)


def _lit(text: str, start: int, end: int, spans: Iterable[tuple[int, int]], tag: str) -> str:
    """`text[start:end]`, what lies within `spans` (in order, disjoint) inside `tag`."""
    made, at = [], start
    for a, b in spans:
        a, b = max(a, at), min(b, end)
        if a < b:
            made += [safe(text[at:a]), f"<{tag}>", safe(text[a:b]), f"</{tag.partition(' ')[0]}>"]
            at = b
    return "".join([*made, safe(text[at:end])])


# ---- the conversation ---------------------------------------------------------------------------


def conversation(turns: Sequence[str], welcome: str) -> str:
    inside = "".join(turns) or welcome
    return f'<div class="turns" role="log" aria-label="Conversation">{inside}</div>'


def welcome(articles: int, suggestions: Sequence[tuple[str, str]]) -> str:
    """The empty conversation; `suggestions` are (language, question)."""
    if not articles:
        hint = "There are no articles yet. Drop some under <b>Articles</b>, then ask."
    else:
        held = f"your {articles:,} articles" if articles > 1 else "your article"
        hint = (
            f"Answers are quotes from {held}, word for word. Click one to see where it stands."
            " Where the articles don't say, you are told so."
        )
    asks = "".join(
        f'<li><button type="button" class="suggestion" lang="{safe(language)}">'
        f"{safe(question)}</button></li>"
        for language, question in suggestions
    )
    return (
        f'<div class="welcome"><h2>What would you like to know?</h2><p>{hint}</p>'
        + (f'<ul aria-label="Suggested questions">{asks}</ul>' if asks else "")
        + "</div>"
    )


def _turn(question: str, body: str) -> str:
    return (
        f'<section class="turn"><h2 class="asked" dir="auto">{safe(question)}</h2>{body}</section>'
    )


def pending(question: str, status: str) -> str:
    return _turn(
        question,
        f'<p class="status" role="status"><span class="dots" aria-hidden="true"></span>'
        f"{safe(status)}</p>",
    )


def failed(question: str, message: str) -> str:
    return _turn(question, f'<p class="failed" role="alert">{safe(message)}</p>')


def turn(answer: Answer, place: int = 0) -> str:
    """A question and what the articles say to it, or that they don't.

    `place` counts the turns of the conversation from 0: the chips name it to be asked again.
    """
    language = answer.language if answer.language in WORDS else "en"
    say = WORDS[language]
    if answer.answered:
        sure = answer.confidence
        level = "high" if sure >= _HIGH else "good" if sure >= _GOOD else "modest"
        quotes = "".join(_quote(one, n, language) for n, one in enumerate(answer.quotes, 1))
        body = (
            f'<div class="answer" lang="{language}"><p class="says">{safe(say["answer"])}'
            f' <span class="sure {level}" title="{sure:.2f}">{safe(say[level])}</span></p>'
            f"{_apart(answer, language)}{quotes}</div>"
        )
    else:
        near = "".join(_nearest(one, language) for one in answer.nearest)
        body = f'<div class="silent" lang="{language}"><p class="says">{safe(say["silent"])}</p>'
        if near:
            body += f'<p class="near-head">{safe(say["nearest"])}</p><ul class="near">{near}</ul>'
        body += "</div>"
    if answer.understood.widened:
        also = "; ".join(map(str, answer.understood.widened))
        body += f'<p class="widened" lang="{language}">{safe(say["widened"])} {safe(also)}</p>'
    return _turn(answer.question, _chips(answer, place, language) + body)


def _chips(answer: Answer, place: int, language: str) -> str:
    """What was understood; a click asks again without it."""
    made = []
    remove = safe(chips.words(language)["remove"])
    for chip in chips.chips(answer.understood):
        label = f"<bdi>{safe(chip.label)}</bdi>"
        if chip.removable:
            label = (
                f'<button type="button" class="chip" data-turn="{place}"'
                f' data-chip="{safe(chip.id)}" title="{remove}">{label}'
                f' <span aria-hidden="true">×</span></button>'
            )
        else:
            label = f'<span class="chip">{label}</span>'
        made.append(f"<li>{label}</li>")
    return f'<ul class="chips" lang="{language}">{"".join(made)}</ul>' if made else ""


def _quote(quote: Quote, number: int, language: str) -> str:
    article = quote.article
    spans = [quote.highlight] if quote.highlight else []
    words = _lit(article.text, quote.start, quote.end, spans, 'strong class="span"')
    return (
        f'<figure class="quote"><blockquote lang="{safe(article.language)}" dir="auto">{words}'
        f'</blockquote><figcaption><a class="cite" href="{cite(quote)}">'
        f'<b class="number">[{number}]</b> <cite dir="auto">{safe(article.title)}</cite>'
        f' <span class="facts">· {_facts(article, language)}</span></a>{_also(quote, language)}'
        "</figcaption></figure>"
    )


def _also(quote: Quote, language: str) -> str:
    """The other articles that say the same, each a citation of its own."""
    if not quote.also:
        return ""
    places = "; ".join(
        f'<a href="{cite(one)}"><bdi>{safe(one.article.source)}</bdi>,'
        f" {safe(day(one.article.published, language))}</a>"
        for one in quote.also
    )
    return f'<p class="also facts">{safe(WORDS[language]["also"])} {places}</p>'


def _apart(answer: Answer, language: str) -> str:
    """Which quotes contradict each other, and in what."""
    lines = []
    for one in answer.disagreements:
        words = " / ".join(f'<b dir="auto">{safe(said)}</b>' for said in answer.differ(one))
        numbers = " ".join(f"[{number}]" for number in one.quotes)
        lines.append(
            f'<p class="apart" role="note"><span class="number">{numbers}</span>'
            f" {safe(WORDS[language]['apart'])} {words}</p>"
        )
    return "".join(lines)


def _nearest(quote: Quote, language: str) -> str:
    article = quote.article
    return (
        f'<li><span class="words" lang="{safe(article.language)}" dir="auto">{safe(quote.text)}'
        f'</span> <a href="{cite(quote)}"><span class="verb">{WORDS[language]["open"]}</span>'
        f' <cite dir="auto">{safe(article.title)}</cite>'
        f' <span class="facts">· {_facts(article, language)}</span></a></li>'
    )


# ---- the pane -----------------------------------------------------------------------------------

_HASHES = re.compile(r"#{1,6}\s+")
_TAGS = {Kind.HEADING: "h3"}


def pane(article: Article, place: Target, current: str | None) -> str:
    """A whole article, its page furniture marked, the quote lit.

    `current` is the digest of the version the library has now; None where the article is gone.
    """
    note = ""
    if current is None:
        note = "This article is no longer in the library. This is the version that was quoted."
    elif current != article.digest:
        note = (
            "This article has changed since it was quoted. This is the version that was quoted."
            f' <a href="{read(article.id)}">Read it as it is now</a>'
        )
    written = f"<bdi>{safe(article.author)}</bdi> · " if article.author else ""
    spans = [(place.start, place.end)] if place.end > place.start else []
    blocks = "".join(_block(article.text, block, spans) for block in article.blocks)
    return (
        f'<article class="paper" lang="{safe(article.language)}"><header lang="en">'
        f'<h2 dir="auto" lang="{safe(article.language)}">{safe(article.title)}</h2>'
        f'<p class="facts">{written}{_facts(article, "en")}</p>'
        + (f'<p class="changed" role="note">{note}</p>' if note else "")
        + f"</header>{blocks}</article>"
    )


def lost() -> str:
    return (
        '<article class="paper"><p class="changed" role="note">This article is not in the library'
        " any more, nor is the version that was quoted.</p></article>"
    )


def _block(text: str, block: Block, spans: Sequence[tuple[int, int]]) -> str:
    tag, start, lead = _TAGS.get(block.kind, "p"), block.start, ""
    if block.kind is Kind.HEADING and (hashes := _HASHES.match(text, start, block.end)):
        start = hashes.end()
        lead = f'<span class="hashes">{safe(hashes[0])}</span>'
    words = _lit(text, start, block.end, spans, "mark")
    return f'<{tag} class="block {block.kind}" dir="auto">{lead}{words}</{tag}>'


# ---- the articles -------------------------------------------------------------------------------


def table(articles: Sequence[Article], *, total: int, asked: str = "") -> str:
    """The first SHOWN of `articles`, which are those of `total` that match what was asked for."""
    if not total:
        return (
            '<p class="empty">No articles yet. Drop .txt, .md or .jsonl files above, or run'
            " <code>python -m ingest FOLDER</code>.</p>"
        )
    if not articles:
        return f'<p class="empty">No article matches “<bdi>{safe(asked)}</bdi>”.</p>'
    rows = "".join(_row(one) for one in articles[:SHOWN])
    count = _many(total, "article")
    if len(articles) < total:
        count = f"{len(articles):,} of {count}"
    if len(articles) > SHOWN:
        count += f"; the first {SHOWN} are listed, filter to see others"
    return (
        f'<p class="count">{count}</p><table class="shelf"><thead><tr><th scope="col">Title</th>'
        '<th scope="col">Source</th><th scope="col">Date</th><th scope="col">Language</th>'
        f'<th scope="col" class="size">Characters</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _row(article: Article) -> str:
    return (
        f'<tr><td class="title"><a href="{read(article.id)}" lang="{safe(article.language)}"'
        f' dir="auto">{safe(article.title)}</a></td>'
        f'<td class="source"><bdi>{safe(article.source)}</bdi></td>'
        f'<td class="date">{safe(article.published or "–")}</td>'
        f'<td class="tongue">{safe(tongue(article.language, "en"))}</td>'
        f'<td class="size">{len(article.text):,}</td></tr>'
    )


def invitation(suffixes: Sequence[str]) -> str:
    return (
        f'<p class="invitation">Drop articles here, several at once: {safe(", ".join(suffixes))}.'
        " The same file again brings its article up to date.</p>"
    )


def progress(done: int, expected: int) -> str:
    most = max(done, expected, 1)
    return (
        f'<div class="report"><p role="status">Reading: {done:,} of {most:,}</p>'
        f'<progress max="{most}" value="{done}" aria-label="articles read"></progress></div>'
    )


def report(report: Report, titles: Mapping[str, str]) -> str:
    """What became of the files that were dropped; `titles` by article id, where known."""
    parts = []
    counts = []
    for word, ids in (
        ("added", report.added),
        ("changed", report.changed),
        ("unchanged", report.unchanged),
        ("removed", report.removed),
    ):
        if ids:
            counts.append(f'<b class="{word}">{len(ids):,} {word}</b>')
            parts += [_became(word, one, titles) for one in ids[:SHOWN]]
    if report.rejected:
        counts.append(f'<b class="rejected">{len(report.rejected):,} rejected</b>')
        parts += [_rejected(one) for one in report.rejected[:SHOWN]]
    line = ", ".join(counts) or "nothing to read there"
    return (
        f'<div class="report"><p role="status">{line}'
        f' <span class="facts">· {_many(report.passages, "passage")} ·'
        f" {report.seconds:.1f} s</span></p>"
        f"<ul>{''.join(parts)}</ul></div>"
    )


def _became(word: str, article_id: str, titles: Mapping[str, str]) -> str:
    title = titles.get(article_id, article_id)
    return (
        f'<li class="{word}"><span class="what">{word}</span>'
        f' <a href="{read(article_id)}" dir="auto">{safe(title)}</a></li>'
    )


def _rejected(one: Rejection) -> str:
    return (
        f'<li class="rejected"><span class="what">rejected</span> <bdi>{safe(one.source)}</bdi>'
        f": <bdi>{safe(one.reason)}</bdi></li>"
    )


def trouble(message: str) -> str:
    return f'<div class="report"><p class="failed" role="alert">{safe(message)}</p></div>'
