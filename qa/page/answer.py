"""An answer: one line, what was understood, the quotes or the nearest passages.

All of it in the question's language, except the buttons under it, which are the page's.
"""

from __future__ import annotations

from qa import chips, phrases
from qa.attribution import site
from qa.page.escape import lit, safe
from qa.page.links import called, cite, facts
from qa.phrases import day, level, opening, spoken, words
from qa.types import Answer, Quote


def answer(found: Answer, turn: int) -> str:
    """`turn` is the number of the turn that it belongs to: the chips name it to be asked again."""
    language = spoken(found.language)
    say = words(language)
    if found.answered:
        sure = level(found.confidence)
        narrowed = any(one.effect == "filter" for one in found.understood.sources)
        several = not narrowed and len({one.article.source for one in found.quotes}) > 1
        quotes = "".join(
            _quote(one, n, language, _only(one, n, turn, language) if several else "")
            for n, one in enumerate(found.quotes, 1)
        )
        body = (
            f'<div class="answer" lang="{language}"><p class="says">{safe(opening(found))}'
            f' <span class="sure {sure}" title="{found.confidence:.2f}">{safe(say[sure])}</span>'
            f"</p>{apart(found, language)}{quotes}</div>"
        )
    else:
        near = "".join(_nearest(one, language) for one in found.nearest)
        body = f'<div class="silent" lang="{language}"><p class="says">{safe(opening(found))}</p>'
        if near:
            body += f'<p class="near-head">{safe(say["nearest"])}</p><ul class="near">{near}</ul>'
        body += "</div>"
    return understood(found, turn) + body + widened(found)


def widened(found: Answer) -> str:
    """What was sought besides the question's own words."""
    said = phrases.widened(found)
    return f'<p class="widened" lang="{spoken(found.language)}">{safe(said)}</p>' if said else ""


def understood(found: Answer, turn: int = 0) -> str:
    """What was understood; a click asks again without it."""
    made, language = [], spoken(found.language)
    remove = safe(chips.words(language)["remove"])
    for chip in chips.chips(found.understood):
        label = f"<bdi>{safe(chip.label)}</bdi>"
        if chip.removable:
            label = (
                f'<button type="button" class="chip" data-turn="{turn}"'
                f' data-chip="{safe(chip.id)}" title="{remove}">{label}'
                f' <span aria-hidden="true">×</span></button>'
            )
        else:
            label = f'<span class="chip">{label}</span>'
        made.append(f"<li>{label}</li>")
    return f'<ul class="chips" lang="{language}">{"".join(made)}</ul>' if made else ""


def _only(quote: Quote, number: int, turn: int, language: str) -> str:
    """Asks again, of this quote's source alone; then it is a chip, and goes as chips go."""
    said = safe(words(language)["only"])
    return (
        f' <button type="button" class="only" data-turn="{turn}" data-quote="{number}"'
        f' aria-label="{said}, {safe(site(quote.article.source))}">{said}</button>'
    )


def _quote(quote: Quote, number: int, language: str, only: str) -> str:
    article = quote.article
    spans = [quote.highlight] if quote.highlight else []
    said = lit(article.text, quote.start, quote.end, spans, 'strong class="span"')
    return (
        f'<figure class="quote"><blockquote lang="{safe(article.language)}" dir="auto">{said}'
        f'</blockquote><figcaption><a class="cite" href="{cite(quote)}">'
        f'<b class="number">[{number}]</b> <cite dir="auto">{safe(article.title)}</cite>'
        f' <span class="facts">· {facts(article, language)}</span></a>{only}'
        f"{_also(quote, language)}"
        "</figcaption></figure>"
    )


def _also(quote: Quote, language: str) -> str:
    """The other articles that say the same, each a citation of its own."""
    if not quote.also:
        return ""
    places = "; ".join(
        f'<a href="{cite(one)}">{called(one.article.source)},'
        f" {safe(day(one.article.published, language))}</a>"
        for one in quote.also
    )
    return f'<p class="also facts">{safe(words(language)["also"])} {places}</p>'


def apart(found: Answer, language: str) -> str:
    """Which quotes contradict each other, and in what."""
    lines = []
    for one in found.disagreements:
        said = " / ".join(f'<b dir="auto">{safe(words)}</b>' for words in found.differ(one))
        numbers = " ".join(f"[{number}]" for number in one.quotes)
        lines.append(
            f'<p class="apart" role="note"><span class="number">{numbers}</span>'
            f" {safe(words(language)['apart'])} {said}</p>"
        )
    return "".join(lines)


def _nearest(quote: Quote, language: str) -> str:
    article = quote.article
    return (
        f'<li><span class="words" lang="{safe(article.language)}" dir="auto">{safe(quote.text)}'
        f'</span> <a href="{cite(quote)}"><span class="verb">{safe(words(language)["open"])}</span>'
        f' <cite dir="auto">{safe(article.title)}</cite>'
        f' <span class="facts">· {facts(article, language)}</span></a></li>'
    )
