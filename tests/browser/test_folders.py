"""A whole folder on the articles page, chosen by its button or dropped, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_chat import _ANSWER, App, app, browser, opened, page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["app", "browser", "page"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def made(folder: Path, name: str) -> Path:
    """A folder of files to read in it and under it, and of others."""
    root = folder / name
    (root / "2022" / "mars").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "phare.txt").write_text(f"Le phare de {name} a été repeint en vert.\n")
    (root / "2022" / "mars" / "phare.txt").write_text(f"Le bac de {name} a été vendu.\n")
    (root / "2022" / "photo.png").write_bytes(b"\x89PNG" * 1000)
    (root / "2022" / "vide.txt").write_text("")
    (root / ".git" / "config.txt").write_text("hidden")
    return root


def choose(page: Page, folder: Path, *, says: str) -> str:
    page.get_by_role("tab", name="Articles").click()
    page.locator("#shelf .count").wait_for()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a folder").press("Enter")
    chooser.value.set_files(folder)
    report = page.locator("#report", has_text=says)
    report.wait_for(timeout=_ANSWER)
    return report.inner_text()


def drag(page: Page, *paths: Path, says: str) -> str:
    """As the hand does it; only the browser itself can make a folder of what is dragged."""
    page.get_by_role("tab", name="Articles").click()
    place = page.locator("#drop button").bounding_box()
    assert place
    at = {"x": place["x"] + 40, "y": place["y"] + 40}
    carried = {"items": [], "files": [str(one) for one in paths], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": step, **at, "data": carried})
    report = page.locator("#report, .folder-told", has_text=says).first
    report.wait_for(timeout=_ANSWER)
    return report.inner_text()


def test_a_folder_is_chosen_with_its_button(page: Page, tmp_path: Path) -> None:
    folder = made(tmp_path, "Kermor")
    said = choose(page, folder, says="2 added, 2 rejected")
    assert "Kermor/2022/photo.png: not a kind" in said
    assert "Kermor/2022/vide.txt: there is no text" in said and "config" not in said
    assert str(tmp_path) not in said
    shelf = page.locator("#shelf .rows", has_text="Kermor/2022/mars/phare.txt")
    shelf.wait_for()
    assert "Kermor/phare.txt" in shelf.inner_text()
    (folder / "phare.txt").write_text("Le phare de Kermor a été repeint en bleu.\n")
    choose(page, folder, says="1 changed, 1 unchanged, 2 rejected")


def test_a_folder_is_dropped_with_a_file_beside_it(page: Page, tmp_path: Path) -> None:
    folder, file = made(tmp_path, "Kerlann"), tmp_path / "seul.txt"
    file.write_text("Le moulin de Kerlann a brûlé.\n")
    said = drag(page, folder, file, says="3 added, 2 rejected")
    assert "Kerlann/2022/photo.png: not a kind" in said and "config" not in said
    assert page.locator("#drop.dragging, #drop .dragging").count() == 0
    page.locator("#shelf .rows", has_text="Kerlann/2022/mars/phare.txt").wait_for()
    assert "seul.txt" in page.locator("#shelf .rows").inner_text()
    drag(page, folder, says="2 unchanged, 2 rejected")
    drag(page, file, says="1 unchanged")  # files alone are the front end's own affair


def test_an_empty_folder_and_one_that_is_too_great_are_told_of(page: Page, tmp_path: Path) -> None:
    empty, great = tmp_path / "rien", tmp_path / "tout"
    (empty / "de").mkdir(parents=True)
    great.mkdir()
    for number in range(20_001):
        (great / f"{number}.txt").touch()
    drag(page, empty, says="There is no file in this folder")
    drag(page, great, says="More than 20,000 files")
    assert page.locator("#report .report").count() == 0


def test_the_folder_s_button_fits_a_narrow_screen(browser: Browser, app: App) -> None:
    for french in opened(browser, app, locale="fr-FR", width=360, height=740):
        french.get_by_role("tab", name="Articles").click()
        french.get_by_role("button", name="Choisir un dossier").wait_for()
        assert french.evaluate("document.documentElement.scrollWidth") <= 360
