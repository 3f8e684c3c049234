"""The articles page and the search page, in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.test_chat import (
    _ANSWER,
    CONTRAST,
    QUESTION,
    App,
    app,
    ask,
    browser,
    drop,
    opened,
    page,
    read_quote,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["app", "browser", "page"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def look(page: Page, question: str) -> str:
    """The verdict on `question`, on the search page."""
    page.get_by_role("tab", name="Search").click()
    page.get_by_label("Question", exact=True).fill(question)
    page.get_by_role("button", name="Look inside").click()
    return verdict(page)


def verdict(page: Page) -> str:
    page.locator(".result:not([aria-busy]) .verdict").wait_for(timeout=_ANSWER)
    return page.locator(".verdict").inner_text()


def knob(page: Page, label: str, value: float) -> None:
    """As the arrow keys do it, at once."""
    page.get_by_label(label).evaluate(
        "(one, value) => { one.value = value;"
        " one.dispatchEvent(new Event('input', { bubbles: true })); }",
        value,
    )


def test_an_answer_is_taken_apart_and_settings_are_tried(page: Page) -> None:
    assert "Answered" in look(page, QUESTION)
    quoted = page.locator(".sentences tr.quoted", has_text="Quoted as [1]")
    assert "munitions à ses troupes malmenées" in quoted.inner_text()
    assert page.locator(".candidates > li").count() >= 3
    assert "meaning" in page.locator(".ranks").first.inner_text()
    unread = page.locator(".sentences .unread").count()

    page.locator("form.glass summary").click()
    knob(page, "Threshold", 1)
    page.locator(".verdict.no").wait_for(timeout=_ANSWER)
    assert "is below the threshold of 1.00" in verdict(page)
    page.locator(".notice", has_text="Not as shipped").wait_for()
    knob(page, "Characters read", 300)
    page.locator(".unread", has_text="about 300 characters").first.wait_for(timeout=_ANSWER)
    assert page.locator(".sentences .unread").count() > unread
    assert "1 article répond" in ask(page, QUESTION).inner_text()  # the chat's are its own

    page.get_by_role("tab", name="Search").click()
    page.get_by_role("button", name="As shipped").click()
    page.locator(".verdict.yes").wait_for(timeout=_ANSWER)
    assert page.locator("#search .notice").count() == 0


def test_from_an_answer_to_what_led_to_it_and_to_the_article(page: Page) -> None:
    turn = ask(page, QUESTION)
    turn.get_by_role("button", name="Why?").click()
    assert "Answered" in verdict(page)
    assert page.get_by_label("Question", exact=True).input_value() == QUESTION
    sentence = page.locator(".sentences tr.quoted a").first
    said = " ".join(sentence.inner_text().split())
    sentence.focus()
    page.keyboard.press("Enter")
    page.locator("#pane mark").first.wait_for()
    assert " ".join("".join(page.locator("#pane mark").all_inner_texts()).split()) == said
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.sentences a')")


def test_an_article_is_removed_and_put_back(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "pont.txt"
    file.write_text("Le pont de Kervigo a été bâti en 1911 par Soizic Le Bihan.\n")
    drop(page, file, says="1 added")
    question = "Qui a bâti le pont de Kervigo ?"
    before = ask(page, question)
    assert "Soizic" in read_quote(page, before)
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Articles").click()
    page.get_by_role("button", name=re.compile("Remove “Le pont")).click()
    back = page.get_by_role("button", name="Put back")
    back.wait_for()
    page.wait_for_function("document.activeElement.matches('.told .back')")
    assert "Kervigo" not in page.locator("#shelf .rows").inner_text()
    gone = ask(page, question)
    assert "Soizic" not in " ".join(gone.locator("blockquote").all_inner_texts())
    page.get_by_role("tab", name="Articles").click()
    back.focus()
    page.keyboard.press("Enter")
    page.locator(".told", has_text="Back again").wait_for()
    page.locator("#shelf .rows", has_text="Kervigo").wait_for()
    assert "Soizic" in read_quote(page, ask(page, question))
    page.keyboard.press("Escape")
    assert "Soizic" in read_quote(page, before)  # the same version as was quoted


def test_reprints_stand_behind_one_row(page: Page, tmp_path: Path) -> None:
    text = " ".join(
        f"Le cargo numéro {n} a quitté le quai de Kerroch avant l'aube." for n in range(9)
    )
    lines = tmp_path / "cargos.jsonl"
    made = [
        {"id": f"cargo-{n}", "title": f"Cargo {n}", "text": text, "source": f"Journal {n}"}
        for n in range(3)
    ]
    lines.write_text("\n".join(map(json.dumps, made)))
    drop(page, lines, says="3 added")
    page.get_by_label("Filter by words").fill("cargo")
    page.locator("#shelf .count", has_text="3 of").wait_for()
    rows = page.locator("#shelf tbody tr")
    assert rows.count() == 1 and "Cargo 0" in rows.first.inner_text()
    more = page.get_by_role("button", name="+ 2 reprints")
    more.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('#shelf tbody tr').length === 3")
    assert more.get_attribute("aria-expanded") == "true"
    page.get_by_role("button", name="Remove “Cargo 2”").click()
    page.get_by_role("button", name="+ 1 reprint").wait_for()
    page.wait_for_function("document.querySelectorAll('#shelf tbody tr').length === 2")
    page.locator("#shelf tr.reprint .title a").click()  # opens as any other
    page.locator("#pane h2", has_text="Cargo 1").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="+ 1 reprint").click()
    page.wait_for_function("document.querySelectorAll('#shelf tbody tr').length === 1")


def test_an_article_is_renamed_and_gets_its_title_back(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "bac.txt"
    file.write_text("Le bac de Kerbihan a été vendu par Gwenaël Tanguy.\n")
    drop(page, file, says="1 added")
    page.get_by_role("button", name=re.compile("Rename “Le bac")).click()
    box = page.locator("#shelf .naming")
    assert box.input_value() == "Le bac de Kerbihan a été vendu par Gwenaël Tanguy."
    box.press("Escape")
    page.wait_for_function("document.activeElement.matches('.rename')")
    page.keyboard.press("Enter")
    box.fill("La <b>traversée</b>")
    box.press("Enter")
    page.wait_for_function("document.activeElement.matches('.told .back')")
    page.locator("#shelf .rows", has_text="La <b>traversée</b>").wait_for()
    drop(page, file, says="1 unchanged")
    turn = ask(page, "Qui a vendu le bac de Kerbihan ?")
    assert "La <b>traversée</b>" in turn.locator(".cite").first.inner_text()
    assert "Gwenaël" in read_quote(page, turn)
    assert page.locator("#pane h2").inner_text() == "La <b>traversée</b>"
    page.keyboard.press("Escape")
    look(page, "Qui a vendu le bac de Kerbihan ?")
    page.locator(".candidates", has_text="La <b>traversée</b>").wait_for()
    page.get_by_role("tab", name="Articles").click()
    page.locator(".told .back", has_text="Undo").click()
    page.locator(".told", has_text="Its title is “Le bac de Kerbihan").wait_for()
    page.locator("#shelf .rows", has_text="Le bac de Kerbihan").wait_for()


def test_a_text_is_pasted_and_quoted(page: Page) -> None:
    page.get_by_role("tab", name="Articles").click()
    page.locator(".pasting summary").click()
    text = "Le marché aux hérons de Langazel se tient le dimanche sous la halle."
    page.get_by_label("Text of the new article").fill(text)
    page.get_by_label("Title (optional)").fill("Les <b>hérons</b>")
    page.get_by_role("button", name="Add the article").click()
    page.locator(".pasted", has_text="1 added").wait_for(timeout=_ANSWER)
    assert page.get_by_label("Text of the new article").input_value() == ""
    page.locator("#shelf .rows", has_text="Les <b>hérons</b>").wait_for()
    turn = ask(page, "Où se tient le marché aux hérons de Langazel ?")
    assert read_quote(page, turn) == text
    assert text in page.get_by_role("region", name="The article in full").inner_text()


def test_many_articles_are_filtered_ordered_and_paged(page: Page, tmp_path: Path) -> None:
    lines = tmp_path / "wires.jsonl"
    made = [
        {"id": f"wire-{n}", "title": f"Wire {n:03}", "text": f"Boat {n} left.", "language": "en",
         "source": "The Wire", "published": f"2021-{1 + n % 12:02}-05"}
        for n in range(130)
    ]  # fmt: skip
    lines.write_text("\n".join(map(json.dumps, made)))
    drop(page, lines, says="130 added")
    source = page.get_by_label("Source", exact=True)
    source.locator("option", has_text="The Wire").wait_for(state="attached")
    source.select_option("The Wire")
    page.locator("#shelf .count", has_text="130 of").wait_for()
    page.get_by_label("Order").select_option("By title")
    page.locator("#shelf tbody tr:first-child", has_text="Wire 000").wait_for()
    page.get_by_role("button", name="Next").click()
    page.locator(".pages", has_text="101–130 of 130").wait_for()
    assert "Wire 100" in page.locator("#shelf tbody tr").first.inner_text()
    page.get_by_label("From").fill("2021-12")
    page.locator("#shelf .count", has_text=re.compile(r"^10 of")).wait_for()
    page.get_by_role("columnheader", name="Date").get_by_role("button").click()
    page.locator("th[aria-sort=descending]").wait_for()
    assert page.get_by_label("Order").input_value() == "newest"
    wrong = page.get_by_label("From")
    wrong.fill("December")
    wrong.press("Tab")
    assert page.locator(".date:user-invalid").count() == 1
    page.get_by_role("button", name="Clear the filters").click()
    page.locator("#shelf .count", has_text=re.compile(r"^\d+ articles$")).wait_for()

    row = page.locator("#shelf tbody tr").nth(90)  # far down, where what is told stands far above
    row.get_by_role("button", name=re.compile("Remove")).click()
    back = page.get_by_role("button", name="Put back")
    page.wait_for_function("document.activeElement.matches('.told .back')")
    place = back.bounding_box()
    assert place and 0 <= place["y"] < 900 and page.evaluate("scrollY") > 2000
    back.click()
    page.locator(".told", has_text="Back again").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_pages_fit_a_narrow_screen_and_can_be_read(
    browser: Browser, app: App, scheme: Literal["light", "dark"]
) -> None:
    for narrow in opened(browser, app, width=360, height=740, scheme=scheme):
        look(narrow, QUESTION)
        narrow.locator("form.glass summary").click()
        narrow.locator(".inside > details summary").click()
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 360
        for selector in (".verdict", ".ranks", ".sentences td", ".fate", ".go", ".knob p"):
            ratio = narrow.locator(selector).first.evaluate(CONTRAST)
            assert ratio >= 4.5, (selector, ratio)
        narrow.get_by_role("tab", name="Articles").click()
        narrow.locator(".shelf").wait_for()
        narrow.locator(".pasting summary").click()
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 360
        for selector in (".sieve .plain", ".remove", ".count"):
            ratio = narrow.locator(selector).first.evaluate(CONTRAST)
            assert ratio >= 4.5, (selector, ratio)


def test_another_site_cannot_have_the_browser_remove_anything(app: App, page: Page) -> None:
    """A form of another page, as a browser would send it."""
    answer = page.request.post(
        f"{app.url}/gradio_api/component_server",
        multipart={"fn_name": "shelve", "session_hash": "x", "component_id": "1"},
        headers={"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    )
    assert answer.status == 403
