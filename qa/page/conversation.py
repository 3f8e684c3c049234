"""The conversation: its turns, each with what can be done with it, or the welcome before them."""

from __future__ import annotations

from collections.abc import Sequence

from qa.page.answer import answer
from qa.page.escape import safe
from qa.page.interface import many, say
from qa.phrases import number
from qa.render import as_text
from qa.types import Answer


def conversation(turns: Sequence[str], welcome: str, language: str, *, notice: str = "") -> str:
    """`notice` stands above all: what is wrong with the chat as a whole, if anything."""
    words = say(language)
    tools = _tools(language) if turns else ""
    above = f'<p class="notice" role="note">{safe(notice)}</p>' if notice else ""
    return (
        f'<div class="turns" lang="{language}">{above}{tools}'
        f'<div role="log" aria-label="{safe(words["conversation"])}">'
        f"{''.join(turns) or welcome}</div></div>"
    )


def _tools(language: str) -> str:
    """What can be done with the conversation as a whole."""
    words = say(language)
    saves = "".join(
        f'<button type="button" class="save" data-kind="{kind}"'
        f' aria-label="{safe(words["save as"].format(name))}">{name}</button>'
        for kind, name in (("html", "HTML"), ("md", "Markdown"), ("json", "JSON"))
    )
    return (
        f'<div class="whole"><p class="tools"><span>{safe(words["save as"].format(""))}{saves}'
        f'</span><button type="button" class="verify">{safe(words["verify"])}</button>'
        f'<button type="button" class="new">{safe(words["new"])}</button></p>'
        '<div class="verified" role="status"></div></div>'
    )


def welcome(articles: int, suggestions: Sequence[tuple[str, str]], language: str) -> str:
    """The empty conversation; `suggestions` are (language, question)."""
    words = say(language)
    if not articles:
        hint = words["none"]
    else:
        many_held = words["your articles"].format(number(articles, language))
        hint = safe(words["yours"].format(many_held if articles > 1 else words["your article"]))
    asks = "".join(
        f'<li><button type="button" class="suggestion" lang="{safe(tongue)}">'
        f"{safe(question)}</button></li>"
        for tongue, question in suggestions
    )
    return (
        f'<div class="welcome"><h2>{safe(words["welcome"])}</h2><p>{hint}</p>'
        + (f'<ul aria-label="{safe(words["suggested"])}">{asks}</ul>' if asks else "")
        + "</div>"
    )


def turn(found: Answer, place: int, language: str) -> str:
    """A question and what the articles say to it, or that they don't; `place` is the turn's number.

    The copy is made here and travels with the turn: it is the same text that the terminal prints.
    """
    copied = safe(f"{found.question}\n\n{as_text(found)}")
    copy = (
        f'<button type="button" class="copy" data-text="{copied}">'
        f"{safe(say(language)['copy'])}</button>"
    )
    asked = safe(found.understood.standalone or found.question)
    why = (
        f'<button type="button" class="why" data-question="{asked}">{safe(say(language)["why"])}'
        "</button>"
    )
    return _turn(found.question, place, answer(found, place), language, first=copy + why)


def pending(question: str, place: int, status: str, language: str) -> str:
    body = (
        f'<p class="status" role="status"><span class="dots" aria-hidden="true"></span>'
        f'{safe(status)} <button type="button" class="stop" data-do="stop" data-turn="{place}">'
        f"{safe(say(language)['stop'])}</button></p>"
    )
    return _section(question, place, body)


def stopped(question: str, place: int, language: str) -> str:
    body = f'<p class="stopped" role="status">{safe(say(language)["stopped"])}</p>'
    return _turn(question, place, body, language)


def failed(question: str, place: int, message: str, language: str) -> str:
    body = f'<p class="failed" role="alert">{safe(message)}</p>'
    return _turn(question, place, body, language)


def reading(passages: int, language: str) -> str:
    return say(language)["reading"].format(many(passages, "passage", language))


def _turn(question: str, place: int, body: str, language: str, *, first: str = "") -> str:
    words = say(language)
    tools = (
        f'<p class="tools">{first}<button type="button" data-do="retry" data-turn="{place}">'
        f'{safe(words["retry"])}</button><button type="button" class="edit" data-turn="{place}">'
        f'{safe(words["edit"])}</button><button type="button" class="reuse">'
        f"{safe(words['reuse'])}</button></p>"
    )
    return _section(question, place, body + tools)


def _section(question: str, place: int, body: str) -> str:
    return (
        f'<section class="turn" data-turn="{place}"><h2 class="asked" dir="auto">{safe(question)}'
        f"</h2>{body}</section>"
    )
