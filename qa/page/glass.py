"""The search page: the form, then an answer with every candidate and what became of it."""

from __future__ import annotations

import math
from dataclasses import fields

from qa.confidence import BIAS, WEIGHTS
from qa.glass import Candidate, Fate, Glass, Opened, Weighed
from qa.page.answer import understood
from qa.page.escape import lit, safe
from qa.page.glasswords import GLASS
from qa.page.links import cite, facts
from qa.phrases import decimal, number, spoken, words
from qa.quote import MOST
from qa.settings import RANGES, SHIPPED
from qa.types import Answer, Quote, Sentence
from qa.understand import LONGEST


def form(language: str) -> str:
    """The question and the settings; `glass.js` sends them, and puts what comes into `.result`."""
    say = {key: safe(words) for key, words in GLASS[language].items()}
    knobs = "".join(_knob(name, language) for name in RANGES)
    return (
        f'<form class="glass" lang="{language}"><p class="intro">{say["intro"]}</p>'
        f'<div class="line"><input type="search" class="field" name="question"'
        f' maxlength="{LONGEST}" aria-label="{say["question"]}"'
        f' placeholder="{say["question"]}" autocomplete="off">'
        f'<button type="submit" class="go">{say["look"]}</button></div>'
        f'<details><summary>{say["settings"]}</summary><div class="knobs">{knobs}</div>'
        f'<button type="button" class="plain reset">{say["reset"]}</button></details></form>'
        f'<div class="result" data-looking="{say["looking"]}"></div>'
    )


def _knob(name: str, language: str) -> str:
    say, (least, most, step) = GLASS[language], RANGES[name]
    value = getattr(SHIPPED, name)
    shown = decimal(value, language) if step < 1 else number(int(value), language)
    why = f"{say[f'{name} why']} ({say['shipped'].format(shown)})"
    return (
        f'<div class="knob"><label for="knob-{name}">{safe(say[name])}</label>'
        f'<output data-shipped="{shown}">{shown}</output>'
        f'<input type="range" id="knob-{name}" name="{name}" min="{least}" max="{most}"'
        f' step="{step}" value="{value}" aria-describedby="knob-{name}-why">'
        f'<p id="knob-{name}-why" class="facts">{safe(why)}</p></div>'
    )


def glass(seen: Glass, language: str) -> str:
    """`language` is the page's; what was understood stays in the question's."""
    say, found = GLASS[language], seen.answer
    tried = ""
    if seen.settings != SHIPPED:
        tried = f'<p class="notice" role="note">{safe(say["tried"])}</p>'
    if not found.understood.words:
        return f'<p class="verdict no" role="status">{safe(say["nothing"])}</p>'
    cards = "".join(f"<li>{_candidate(one, seen, language)}</li>" for one in seen.candidates)
    heading = f"<h3>{safe(say['candidates'])}</h3>" if cards else ""
    return (
        f'<div class="inside" lang="{language}">{_verdict(seen, language)}{tried}'
        f"{understood(found)}{_widened(found)}{_made_of(seen, language)}"
        f'{heading}<ol class="candidates">{cards}</ol></div>'
    )


def _widened(found: Answer) -> str:
    """All that was sought besides the question's own words, likeliest first."""
    language = spoken(found.language)
    sought = found.understood.widened
    said = safe("; ".join(f"{one.word} → {', '.join(one.also)}" for one in sought))
    label = safe(words(language)["widened"])
    return f'<p class="widened" lang="{language}">{label} {said}</p>' if said else ""


def failed(message: str) -> str:
    return f'<p class="failed" role="alert">{safe(message)}</p>'


def _verdict(seen: Glass, language: str) -> str:
    say, found = GLASS[language], seen.answer
    if seen.evidence is None:
        line, kind = say["verdict none"], "no"
    else:
        kind = "yes" if found.answered else "no"
        numbers = (decimal(one, language) for one in (found.confidence, seen.settings.threshold))
        line = say[f"verdict {kind}"].format(*numbers)
    return f'<p class="verdict {kind}" role="status">{safe(line)}</p>'


def _made_of(seen: Glass, language: str) -> str:
    """The logistic of `qa.confidence`, term by term."""
    if seen.evidence is None:
        return ""
    say, rows, total = GLASS[language], [], BIAS
    for one in fields(seen.evidence):
        value, weight = getattr(seen.evidence, one.name), getattr(WEIGHTS, one.name)
        total += value * weight
        name = say.get(one.name, one.name)
        rows.append((name, decimal(value, language), decimal(weight, language, 3), value * weight))
    rows.append((say["bias"], "", "", BIAS))
    body = "".join(
        f'<tr><th scope="row">{safe(name)}</th><td>{value}</td><td>{weight}</td>'
        f"<td>{decimal(product, language)}</td></tr>"
        for name, value, weight, product in rows
    )
    heads = "".join(
        f'<th scope="col">{safe(say[key])}</th>' for key in ("part", "value", "weight", "product")
    )
    likely = decimal(1 / (1 + math.exp(-total)), language)
    return (
        f'<details><summary>{safe(say["made of"])}</summary><table class="sum"><thead><tr>{heads}'
        f'</tr></thead><tbody>{body}</tbody><tfoot><tr><th scope="row">{safe(say["sum"])}</th>'
        f"<td></td><td>{decimal(total, language)}</td><td>{likely}</td></tr></tfoot></table>"
        "</details>"
    )


def _candidate(one: Candidate, seen: Glass, language: str) -> str:
    say, hit = GLASS[language], one.hit
    article = hit.passage.article
    whole = Quote(article, hit.passage.start, hit.passage.end, None, 0.0)

    def rank(place: int | None) -> str:
        return say["unranked"] if place is None else say["rank"].format(place)

    more = decimal(hit.own - hit.cosine, language)
    ranks = (
        (say["score"], decimal(hit.score, language), ""),
        (say["cosine"], decimal(hit.cosine, language), rank(hit.dense_rank)),
        (say["bm25"], f"+{more}".replace("+−", "−"), rank(hit.lexical_rank)),
        (say["best"], decimal(hit.best, language), ""),
    )
    facets = "".join(
        f"<span>{safe(name)} <b>{value}</b>{f' ({safe(place)})' if place else ''}</span>"
        for name, value, place in ranks
    )
    parts = "".join(_excerpt(part, seen, language) for part in one.excerpts)
    heads = ""
    if any(part.sentences for part in one.excerpts):  # over nothing but refusals they say nothing
        keys = ("sentence", "reader", "search", "total", "fate")
        names = "".join(f'<th scope="col">{safe(say[key])}</th>' for key in keys)
        heads = f"<thead><tr>{names}</tr></thead>"
    return (
        f'<article><h4><a class="cite" href="{cite(whole)}"><cite dir="auto">'
        f'{safe(article.title)}</cite> <span class="facts">· {facts(article, language)}</span></a>'
        f'</h4><p class="ranks">{facets}</p><table class="sentences">{heads}'
        f"{parts}</table></article>"
    )


def _excerpt(part: Opened, seen: Glass, language: str) -> str:
    """A part of the passage's table: a row for each sentence, or one that says why not."""
    say, excerpt = GLASS[language], part.near.excerpt
    if part.sentences:
        rows = "".join(_sentence(one, seen, language) for one in part.sentences)
        return f"<tbody>{rows}</tbody>"
    if not excerpt.sentences:
        why = say["bodiless"]
    else:
        why = (
            say["elsewhere"]
            if part.read
            else say["unread"].format(number(seen.settings.read, language))
        )
    said = safe(" ".join(" ".join(excerpt.texts).split()))
    return (
        f'<tbody><tr class="unread"><td colspan="5">{safe(why)} <span class="said" dir="auto"'
        f' lang="{safe(excerpt.article.language)}">{said}</span></td></tr></tbody>'
    )


def _sentence(one: Weighed, seen: Glass, language: str) -> str:
    say, scored, settings = GLASS[language], one.scored, seen.settings
    numbers = (
        ("reader", scored.read.score),
        ("search", settings.near * scored.nearness),
        ("total", scored.score),
    )
    cells = "".join(
        f'<td data-name="{safe(say[key])}">{decimal(value, language, 1)}</td>'
        for key, value in numbers
    )
    said = _words(scored.sentence, one, lights=seen.answer.answered)
    return (
        f'<tr class="{one.fate}"><td>{said}</td>{cells}'
        f'<td class="fate">{safe(_fate(one, seen, language))}</td></tr>'
    )


def _words(sentence: Sentence, one: Weighed, *, lights: bool) -> str:
    """The sentence as a link to its place; what the reader lights, where it was quoted for it."""
    place = Quote(sentence.article, sentence.start, sentence.end, None, 0.0)
    span = one.scored.read.highlight if lights and one.fate is Fate.QUOTED else None
    said = lit(
        sentence.article.text, sentence.start, sentence.end, [span] if span else [],
        'strong class="span"',
    )  # fmt: skip
    language = safe(sentence.article.language)
    return f'<a href="{cite(place)}" lang="{language}" dir="auto">{said}</a>'


def _fate(one: Weighed, seen: Glass, language: str) -> str:
    say = GLASS[language]
    if one.quote is None:
        return say[one.fate].format(MOST)
    return say[one.fate if seen.answer.answered else f"{one.fate} no"].format(one.quote)
