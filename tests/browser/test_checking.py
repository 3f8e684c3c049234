"""Checking a quote in the pane: from one to the next, its link, the way back, what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_chat import App, app, ask, browser, drop, opened, read_quote, words
from tests.browser.test_doors import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["app", "browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "Qui fournit des munitions à la Russie ?"
_BARE = "!location.hash && document.querySelector('#pane .sheet').hidden"


@pytest.fixture
def page(browser: Browser, app: App) -> Iterator[Page]:
    yield from opened(browser, app)


def lit(page: Page, said: str) -> None:
    """Waits until it is lit in the pane, and in sight."""
    page.wait_for_function(
        """said => {
            const [mark] = document.querySelectorAll("#pane mark");
            const place = mark?.getBoundingClientRect();
            return mark?.textContent.replace(/\\s+/g, " ").trim() === said
                && place.top >= 0 && place.top < innerHeight;
        }""",
        arg=said,
    )


def test_from_one_quote_to_the_next_and_round(page: Page) -> None:
    turn = ask(page, QUESTION)
    quotes = [words(one) for one in turn.locator("blockquote").all_inner_texts()]
    assert len(quotes) > 1
    read_quote(page, turn, 1)
    count = page.locator("#pane .among [role=status]")
    assert count.inner_text() == f"Quote 1 of {len(quotes)}"
    onwards = page.get_by_role("button", name="Next quote")
    onwards.focus()
    page.keyboard.press("Enter")
    lit(page, quotes[1])
    assert count.inner_text() == f"Quote 2 of {len(quotes)}"
    assert page.evaluate("document.activeElement.matches('#pane .next')")
    assert turn.locator(".cite[aria-current]").inner_text().startswith("[2]")
    for number in [*range(2, len(quotes)), 0]:
        onwards.click()
        lit(page, quotes[number])
    page.get_by_role("button", name="Previous quote").click()
    lit(page, quotes[-1])
    page.keyboard.press("Escape")
    assert page.evaluate(
        "document.activeElement === [...document.querySelectorAll('.cite')].at(-1)"
    )
    page.wait_for_function(_BARE)

    page.get_by_role("tab", name="Articles").click()  # an article from the table is no quote
    page.locator(".shelf .title a").first.click()
    page.locator("#pane .paper h2").wait_for()
    assert page.locator("#pane .among").is_hidden()


def test_the_link_is_copied_and_leads_there(page: Page, browser: Browser, app: App) -> None:
    said = read_quote(page, ask(page, QUESTION), 1)
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_role("button", name="Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{app.url}/#cite-")
    for other in opened(browser, app):  # somebody else's window, without the conversation
        other.evaluate("link => { location.href = link }", link)
        lit(other, said)
        assert other.locator("#pane .among").is_hidden()


def test_the_browsers_way_back_closes_the_article(page: Page) -> None:
    turn = ask(page, QUESTION)
    said = read_quote(page, turn, 1)
    page.go_back()
    page.wait_for_function(_BARE)
    page.go_forward()
    lit(page, said)
    assert page.locator("#pane .among").is_visible()  # it is known where it belongs
    page.get_by_role("button", name="Close the article").click()
    read_quote(page, turn, 1)  # at once again: the way back that closing is does not close this
    page.wait_for_timeout(500)
    assert page.locator(".sheet").is_visible() and "#cite-" in page.evaluate("location.hash")
    page.keyboard.press("Escape")
    page.wait_for_function(_BARE)
    assert page.locator(".turn").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_what_changed_is_shown_beside_what_was_quoted(
    browser: Browser, app: App, tmp_path: Path, width: int, scheme: str
) -> None:
    name = f"Kerlo{width}{scheme}"
    file = tmp_path / f"{name}.md"
    head = "---\nsource: https://ports.example/kerlo\nauthor: Yann\ndate: 2024-05-02\n---\n\n"
    file.write_text(f"{head}La régate de {name} a été remportée par Loïc Mével. Elle est longue.\n")
    for page in opened(browser, app, width=width, scheme=scheme):  # type: ignore[arg-type]
        drop(page, file, says="1 added")
        turn = ask(page, f"Qui a remporté la régate de {name} ?")
        read_quote(page, turn, 1)
        facts = page.locator("#pane header").inner_text()
        assert "Yann" in facts and "taken in on" in facts and "version" not in facts
        source = page.locator("#pane a.source")
        assert source.get_attribute("href") == "https://ports.example/kerlo"
        assert source.get_attribute("rel") == "noopener noreferrer"
        page.keyboard.press("Escape")

        file.write_text(
            f"{head}La régate de {name} a été remportée par Anna Prigent. Elle est longue.\n"
        )
        drop(page, file, says="1 changed")
        page.get_by_role("tab", name="Ask").click()
        read_quote(page, turn, 1)
        assert "version 1 of 2" in page.locator("#pane header").inner_text()
        page.get_by_text("What has changed since").click()
        assert page.locator("#pane del").last.inner_text().endswith("Loïc Mével.")
        assert page.locator("#pane ins").last.inner_text().endswith("Anna Prigent.")
        assert "Elle est" not in page.locator("#pane .went").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not violations(page)
