"""The chat as people use it: the real app, the real encoder, a real browser, no network."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import pytest

from qa.page.glasswords import GLASS
from qa.page.interface import _SAY as INTERFACE
from qa.page.interface import LAYOUT, SCRIPT
from qa.page.shelfwords import SHELF
from tests.processes import PROJECT, environment, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Locator, Page, Request

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_START = 180  # seconds; a first run imports everything, beside other work
_ANSWER = 60_000  # milliseconds


def missing(what: str) -> NoReturn:
    """A developer may lack a browser; the machine that guards the project may not."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing: the chat was not tested in a browser")


@dataclass(slots=True)
class App:
    process: subprocess.Popen[bytes]
    url: str
    library: Path
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(
    folder: Path,
    library: Path,
    *more: str | Path,
    port: int = 0,
    program: Sequence[str] = ("app.py",),
) -> App:
    """The app, once it says where it is, or has ended. It cannot reach beyond this machine."""
    port = port or free_port()
    log = folder / f"{port}.log"
    env = environment(folder)
    command = [sys.executable, *program, "--library", library, "--port", str(port), *more]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=PROJECT, env=env, stdout=out, stderr=out)
    app = App(process, f"http://127.0.0.1:{port}", library, log)
    end = time.monotonic() + _START
    while "Saidso is at" not in app.said and process.poll() is None and time.monotonic() < end:
        time.sleep(0.1)
    return app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("chat")
    running = start(folder, folder / "library")
    assert running.process.poll() is None and "articles     1" in running.said, running.said
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        missing("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=_SWITCHES)
        yield opened
        opened.close()


def opened(
    browser: Browser,
    app: App,
    *,
    width: int = 1440,
    height: int = 900,
    locale: str = "en-US",
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Page]:
    """The chat in a fresh window. Fails on a dialog, a script error, a request to anywhere else."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=locale,
        color_scheme=scheme,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    trouble: list[str] = []

    def dialog(one: Dialog) -> None:
        trouble.append(one.message)
        one.dismiss()

    def request(one: Request) -> None:
        if not one.url.startswith((app.url, "data:", "blob:")):
            trouble.append(one.url)

    page.on("dialog", dialog)
    page.on("request", request)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(app.url)
    page.wait_for_selector(".turns")
    page.wait_for_selector(".sheet", state="attached")
    yield page
    context.close()
    assert not trouble


@pytest.fixture
def page(browser: Browser, app: App) -> Iterator[Page]:
    yield from opened(browser, app)


def ask(page: Page, question: str) -> Locator:
    """The turn that answers `question`."""
    page.get_by_role("tab", name="Ask").click()
    turns = page.locator(".turn").count()
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    turn = page.locator(".turn").nth(turns)
    turn.locator(".answer, .silent, .failed").wait_for(timeout=_ANSWER)
    assert turn.locator(".asked").inner_text() == question
    return turn


def words(text: str) -> str:
    return " ".join(text.split())


def read_quote(page: Page, turn: Locator, number: int = 1) -> str:
    """Click a citation; what is lit in the pane, once it is the quote and can be seen."""
    quote = turn.locator(".quote").nth(number - 1)
    said = words(quote.locator("blockquote").inner_text())
    quote.locator(".cite").click()
    page.locator("#pane .page:not([aria-busy])").wait_for()  # until then, what was there before
    page.locator("#pane mark").first.wait_for()
    page.wait_for_function(
        """() => {
            const mark = document.querySelector("#pane mark").getBoundingClientRect();
            const pane = document.querySelector("#pane .page").getBoundingClientRect();
            return mark.top >= pane.top && mark.left >= pane.left
                && Math.min(mark.bottom, mark.top + pane.height) <= pane.bottom
                && pane.bottom <= window.innerHeight && pane.right <= window.innerWidth;
        }"""
    )
    assert words("".join(page.locator("#pane mark").all_inner_texts())) == said
    return said


def drop(page: Page, *files: Path, says: str) -> str:
    """The report on the files, once it says so."""
    page.get_by_role("tab", name="Articles").click()
    page.locator("#drop input[type=file]").set_input_files(files)
    report = page.locator("#report", has_text=says)
    report.wait_for(timeout=_ANSWER)
    return report.inner_text()


def test_the_first_page_offers_questions_that_can_be_asked(page: Page) -> None:
    assert page.title() == "Saidso"
    page.locator(".suggestion").first.click(timeout=_ANSWER)  # once it was found to be answered
    page.locator(".turn .answer").wait_for(timeout=_ANSWER)
    assert "munition" in page.locator(".asked").inner_text()
    assert page.get_by_label("Your question").input_value() == ""


def test_what_ones_own_article_says_is_suggested_and_quoted(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "sabres.txt"
    said = "Jean-Marc Hourcade a remporté la course des échassiers de Sabres."
    file.write_text(f"{said} Il a couru les douze kilomètres en une heure dix.\n")
    own = start(tmp_path, tmp_path / "library")
    try:
        for page in opened(browser, own):
            drop(page, file, says="1 added")
            page.get_by_role("tab", name="Ask").click()  # an empty conversation looks anew
            question = "Qui a remporté la course des échassiers de Sabres ?"
            page.locator(".suggestion", has_text=question).click(timeout=_ANSWER)
            turn = page.locator(".turn")
            turn.locator(".answer").wait_for(timeout=_ANSWER)
            assert turn.locator(".asked").inner_text() == question
            assert said in read_quote(page, turn)
    finally:
        own.stop()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Qui fournit des munitions à la Russie ?", "munitions à ses troupes malmenées"),
        (
            "Qui approvisionne la Russie en drones ?",
            "",
        ),  # which quote comes first is not this test's
    ],
)
def test_a_citation_opens_the_article_at_the_lit_quote(
    page: Page, question: str, said: str
) -> None:
    turn = ask(page, question)
    assert "1 article répond à la question." in turn.inner_text()
    assert "septembre 2022 · français" in turn.locator(".cite").first.inner_text()
    quotes = [words(one) for one in turn.locator("blockquote").all_inner_texts()]
    number = next(n for n, quote in enumerate(quotes, 1) if said in quote)
    assert turn.locator(".cite .number").nth(number - 1).inner_text() == f"[{number}]"
    assert said in read_quote(page, turn, number)
    assert page.locator("#pane .promo").count() == 2
    assert page.locator("#pane h3.heading").inner_text() == "Les derniers copains"

    # Again, after looking elsewhere; and in a tab of its own, where the link leads as well.
    page.locator("#pane .page").evaluate("pane => { pane.scrollTop = pane.scrollHeight }")
    read_quote(page, turn, number)
    link = page.url
    page.keyboard.press("Escape")
    assert page.locator(".sheet").is_hidden()
    page.goto("about:blank")
    page.goto(link)
    page.locator("#pane mark").wait_for()
    assert said in words(page.locator("#pane mark").inner_text())


def test_what_the_articles_do_not_say_is_not_answered(page: Page) -> None:
    turn = ask(page, "What did Gazprom's video make fun of?")
    assert "The articles don't say." in turn.inner_text()
    assert turn.locator("blockquote, .cite").count() == 0
    assert "[1]" not in turn.inner_text()
    assert "édifiante" not in turn.inner_text()  # the promo line that mentions it
    turn.locator(".near a").first.click()
    page.locator("#pane mark").first.wait_for()


def test_what_was_understood_can_be_asked_away(page: Page) -> None:
    ask(page, "Qui fournit des munitions à la Russie ?")
    turn = ask(page, "et des drones ?")
    chip = turn.locator("button.chip")
    assert "Qui fournit des drones à la Russie" in chip.inner_text()
    chip.click()
    page.wait_for_function("!document.querySelector('.chip, .status')", timeout=_ANSWER)
    turn.locator(".answer, .silent").wait_for(timeout=_ANSWER)
    assert page.locator(".turn .asked").all_inner_texts() == [
        "Qui fournit des munitions à la Russie ?",
        "et des drones ?",
    ]


def test_an_article_is_added_changed_and_its_old_quote_still_found(
    page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "phare.txt"
    file.write_text("Maël Le Goff a remporté la course de la baie de Kerdonis.\n")
    drop(page, file, says="1 added")
    page.locator(".shelf", has_text="phare.txt").wait_for()
    question = "Qui a remporté la course de la baie de Kerdonis ?"
    before = ask(page, question)
    assert "Maël Le Goff" in read_quote(page, before)

    drop(page, file, says="1 unchanged")
    file.write_text("Anne Tanguy a remporté la course de la baie de Kerdonis.\n")
    drop(page, file, says="1 changed")
    after = ask(page, question)
    assert "Anne Tanguy" in read_quote(page, after)
    assert page.locator("#pane .changed").count() == 0
    assert "Maël Le Goff" not in after.inner_text()

    assert "Maël Le Goff" in read_quote(page, before)
    assert "has changed since" in page.locator("#pane .changed").inner_text()
    page.get_by_role("link", name="Read it as it is now").click()
    page.locator("#pane .body", has_text="Anne Tanguy").wait_for()


def test_what_cannot_be_read_is_refused_by_name(page: Page, tmp_path: Path) -> None:
    lines = tmp_path / "dépêches.jsonl"
    good = {"id": "wire-1", "title": "Grues", "text": "Douze grues ont été vues à Saint-Malo."}
    lines.write_text(f"{json.dumps(good)}\n{{broken\n")
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG\r\n")
    said = drop(page, lines, picture, says="1 added, 2 rejected")
    assert "dépêches.jsonl:2: not JSON" in said and "photo.png: not a kind" in said
    assert "/" not in said  # no path of this machine


def test_an_article_from_the_command_line_is_quoted_at_the_next_question(
    page: Page, app: App, tmp_path: Path
) -> None:
    question = "Où se tient le marché de Brézal ?"
    assert "halle" not in " ".join(ask(page, question).locator("blockquote").all_inner_texts())
    file = tmp_path / "marché.txt"
    file.write_text("Le marché de Brézal se tient le dimanche sous la halle.\n")
    done = run("ingest", file, "--library", app.library, tmp_path=tmp_path, fake=False)
    assert "added 1" in done.stdout
    assert "sous la halle" in read_quote(page, ask(page, question))


def test_hostile_articles_are_shown_literally(page: Page, tmp_path: Path) -> None:
    nasty = (
        "<script>alert(1)</script> <img src=x onerror=alert(2)>"
        ' <img src="http://evil.example/a.png"> {{7*7}} ${alert(3)}'
        " [lien](javascript:alert(4)) ![image](http://evil.example/b.png)"
    )
    text = f"La potion de Merzouga contient du miel, {nasty} et rien d'autre."
    name = "<img src=x onerror=alert(5)> {{7*7}} ${alert(6)}"
    lines = tmp_path / f"{name}.jsonl"
    title = f'"><svg onload=alert(7)> {nasty}'
    fields = {"id": f"'\"><svg onload=alert(8)> {name}", "title": title, "source": title}
    lines.write_text(json.dumps(fields | {"text": text}))
    refused = tmp_path / f"{name}.exe"
    refused.write_text("x")
    said = drop(page, lines, refused, says="1 added, 1 rejected")
    assert title in said and f"{name}.exe" in said
    page.locator("#shelf", has_text="onload=alert(7)").wait_for()
    page.locator("#shelf .title a", has_text="svg").click()
    page.locator("#pane .body", has_text="Merzouga").wait_for()
    assert page.locator("#pane .body").inner_text() == text
    assert page.locator("#pane h2").inner_text() == title

    turn = ask(page, "Que contient la potion de Merzouga ?")
    assert title in turn.inner_text()
    assert nasty in read_quote(page, turn)
    ask(page, nasty)
    assert (
        page.locator(":is(#conversation, #pane, #shelf, #report) :is(img, svg, script)").count()
        == 0
    )
    page.wait_for_timeout(300)  # for whatever would have run


def test_the_articles_are_listed_and_filtered(page: Page) -> None:
    page.get_by_role("tab", name="Articles").click()
    row = page.locator(".shelf tbody tr", has_text="l'invasion de l'Ukraine")
    row.wait_for()
    assert re.search(r"2022-09\s+French\s+3,0\d\d", row.inner_text())
    row.locator(".size").click()
    page.locator("#pane h2", has_text="l'invasion de l'Ukraine").wait_for()
    sieve = page.get_by_label("Filter by words")
    sieve.fill("nothing like it")
    page.locator(".empty", has_text="No article fits").wait_for()
    sieve.fill("UKRAINE 2022")
    page.locator(".count", has_text="1 of ").wait_for()


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.keyboard.type("Qui fournit des munitions à la Russie ?")  # the box has the focus
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for(timeout=_ANSWER)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.cite')"):
            break
    page.keyboard.press("Enter")
    page.locator("#pane mark").first.wait_for()
    page.keyboard.press("Escape")
    page.locator(".sheet").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.matches('.cite')")


def test_it_fits_a_narrow_screen(browser: Browser, app: App) -> None:
    for page in opened(browser, app, width=360, height=740):
        turn = ask(page, "Qui fournit des munitions à la Russie ?")
        read_quote(page, turn)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.get_by_role("button", name="Close the article").click()
        assert page.locator(".sheet").is_hidden()
        page.get_by_role("tab", name="Articles").click()
        page.locator(".shelf").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_asking_goes_on_while_articles_come_in(page: Page, tmp_path: Path) -> None:
    lines = tmp_path / "many.jsonl"
    lines.write_text(
        "\n".join(
            json.dumps({"id": f"many-{n}", "text": f"Le bateau {n} est parti. " * 20})
            for n in range(120)
        )
    )
    page.get_by_role("tab", name="Articles").click()
    page.locator("#drop input[type=file]").set_input_files(lines)
    page.locator("#report progress").wait_for()
    ask(page, "Qui fournit des munitions à la Russie ?")
    assert page.locator("#report progress").count() == 1
    page.get_by_role("tab", name="Articles").click()
    page.locator("#report", has_text="120 added").wait_for(timeout=_ANSWER)
    page.locator(".count", has_text=re.compile(r"^12\d articles")).wait_for()


QUESTION = "Qui fournit des munitions à la Russie ?"


@pytest.mark.parametrize(
    ("locale", "language", "others"),
    [("fr-CA", "fr", "en"), ("de-DE", "en", "fr"), ("en-GB", "en", "fr")],
)
def test_the_page_is_in_one_language(
    browser: Browser, app: App, tmp_path: Path, locale: str, language: str, others: str
) -> None:
    for page in opened(browser, app, locale=locale):
        assert page.locator("html").get_attribute("lang") == language
        page.get_by_role("tab", name=LAYOUT[language]["ask"]).wait_for()
        box = page.get_by_label(LAYOUT[language]["your-question"])
        assert box.get_attribute("placeholder") == LAYOUT[language]["ask-your-articles"]
        shown = [page.inner_text("body")]
        box.fill(QUESTION)
        box.press("Enter")
        page.locator(".turn .answer").wait_for(timeout=_ANSWER)
        shown.append(page.inner_text("#conversation .tools"))
        page.locator(".cite").first.click()
        page.locator("#pane mark").first.wait_for()
        shown.append(page.inner_text("#pane .bar") + page.inner_text("#pane .facts"))
        page.keyboard.press("Escape")
        page.get_by_role("tab", name=LAYOUT[language]["articles"]).click()
        page.locator(".shelf").wait_for()
        refused = tmp_path / "photo.png"
        refused.write_bytes(b"\x89PNG")
        page.locator("#drop input[type=file]").set_input_files(refused)
        page.locator("#report .rejected").first.wait_for(timeout=_ANSWER)
        shown.append(page.inner_text("body"))
        page.get_by_role("tab", name=LAYOUT[language]["search"]).click()
        page.locator("form.glass input[type=search]").fill(QUESTION)
        page.keyboard.press("Enter")
        page.locator(".verdict").wait_for(timeout=_ANSWER)
        page.locator("form.glass summary").click()
        shown.append(page.inner_text("#search"))
        said = "\n".join(shown)
        every = (LAYOUT, SCRIPT, INTERFACE, SHELF, GLASS)
        ours = {part for words in every for part in words[language].values()}
        theirs = {part for words in every for part in words[others].values()} - ours
        for words in theirs - {"Au"}:  # which the articles say as well
            assert not re.search(rf"\b{re.escape(words)}\b", said), words
        assert ("Drop File Here" in said) == (language == "en")
        assert "Datei" not in said
        assert ("not a kind that can be read" in said) == (language == "en")
        names = page.locator("[aria-label]").evaluate_all("all => all.map(one => one.ariaLabel)")
        assert not theirs & set(names)


def test_a_conversation_survives_a_reload(page: Page) -> None:
    before = ask(page, QUESTION)
    links = before.locator(".cite").evaluate_all("all => all.map(one => one.href)")
    numbers = before.locator(".cite .number").all_inner_texts()
    page.reload()
    turn = page.locator(".turn").first
    turn.locator(".answer").wait_for()
    assert turn.locator(".cite").evaluate_all("all => all.map(one => one.href)") == links
    assert turn.locator(".cite .number").all_inner_texts() == numbers
    read_quote(page, turn)
    page.keyboard.press("Escape")
    follow = ask(page, "et des drones ?")
    assert "Qui fournit des drones à la Russie" in follow.locator(".chip").inner_text()

    page.get_by_role("button", name="New conversation").click()
    page.locator(".welcome").wait_for()
    page.reload()
    page.locator(".welcome").wait_for()
    assert page.locator(".turn").count() == 0


def test_a_question_that_is_being_answered_survives_a_reload(page: Page) -> None:
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_label("Your question").press("Enter")
    page.locator(".turn").wait_for()
    page.reload()
    page.locator(".turn .answer").wait_for(timeout=_ANSWER)
    assert page.locator(".turn .asked").all_inner_texts() == [QUESTION]


def test_another_visitor_sees_nothing_of_it(page: Page, browser: Browser, app: App) -> None:
    ask(page, QUESTION)
    for other in opened(browser, app):
        other.locator(".welcome").wait_for()
        assert other.locator(".turn").count() == 0


def test_the_last_question_can_be_edited_and_asked_again(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "What did Gazprom's video make fun of?")
    assert page.get_by_role("button", name="Edit the question").count() == 1  # the last one's
    page.get_by_role("button", name="Edit the question").click()
    box = page.get_by_label("Edit your question")
    box.press("Escape")
    page.get_by_role("button", name="Edit the question").click()
    box.fill("Que rapporte l'agence Tass ?")
    box.press("Enter")
    page.locator(".asked", has_text="Tass").wait_for()
    page.locator(".turn").nth(1).locator(".answer, .silent").wait_for(timeout=_ANSWER)
    assert page.locator(".asked").all_inner_texts() == [QUESTION, "Que rapporte l'agence Tass ?"]

    page.evaluate("document.querySelector('.turn .answer').dataset.before = 'yes'")
    page.get_by_role("button", name="Ask again").first.click()
    page.wait_for_function(
        "document.querySelector('.turn .answer') && !document.querySelector('[data-before]')",
        timeout=_ANSWER,
    )


def test_an_earlier_question_is_edited_and_asked_anew(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "Que rapporte l'agence Tass ?")
    numbers = page.locator(".turn").first.locator(".cite .number").all_inner_texts()
    again = page.get_by_role("button", name="Edit and ask anew")
    assert again.count() == 1  # the last one is edited where it stands
    again.press("Enter")
    box = page.get_by_label("Your question")
    assert box.input_value() == QUESTION
    assert page.evaluate("document.activeElement.matches('#question textarea')")
    box.press("Home")
    page.keyboard.type("Et ")
    page.keyboard.press("Enter")
    page.locator(".turn").nth(2).locator(".answer, .silent").wait_for(timeout=_ANSWER)
    asked = [QUESTION, "Que rapporte l'agence Tass ?", f"Et {QUESTION}"]
    assert page.locator(".turn .asked").all_inner_texts() == asked
    assert page.locator(".turn").first.locator(".cite .number").all_inner_texts() == numbers


def test_one_source_alone_is_asked_and_then_all_again(page: Page, tmp_path: Path) -> None:
    lines = tmp_path / "fanal.jsonl"
    sources = {"mai": "Ouest-France", "mars": "https://www.lemonde.example/2023/fanal.html"}
    lines.write_text(
        "\n".join(
            json.dumps({"id": f"fanal-{month}", "source": source, "language": "fr",
                        "text": f"Le fanal de Keravel a été repeint en {month} par la mairie."})
            for month, source in sources.items()
        )
    )  # fmt: skip
    drop(page, lines, says="2 added")
    page.locator("#shelf .source", has_text=re.compile("^lemonde.example$")).wait_for()
    turn = ask(page, "Quand le fanal de Keravel a-t-il été repeint ?")
    cites = turn.locator(".cite")
    web = cites.filter(has_text="lemonde.example ·")
    assert web.count() == 1 and "https" not in turn.locator(".quote").last.inner_text()
    assert web.locator("bdi").first.get_attribute("title") == sources["mars"]
    before = cites.all_inner_texts()
    # focus and keys apart: a locator's press looks for its button again once it has gone
    turn.get_by_role("button", name="cette source seule, lemonde.example").focus()
    page.keyboard.press("Enter")
    chip = turn.locator("button.chip", has_text="source : lemonde.example")
    chip.wait_for(timeout=_ANSWER)
    assert cites.count() == 1 and "lemonde.example" in cites.inner_text()
    assert turn.locator(".only").count() == 0
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!document.querySelector('.chip, .status')", timeout=_ANSWER)
    turn.locator(".answer").wait_for(timeout=_ANSWER)
    assert cites.all_inner_texts() == before


# An answer takes a third of a second: nobody's hand, and not Playwright's, is sure to be in time.
_STOP_AT_ONCE = """new MutationObserver((_, watch) => {
  const stop = document.querySelector("button.stop");
  if (stop) { watch.disconnect(); stop.click(); }
}).observe(document.body, { childList: true, subtree: true })"""


@pytest.fixture
def unhurried(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of an app that is slow enough for anybody to stop it."""
    program = ("-m", "tests.browser.at_leisure")
    slow = start(tmp_path, tmp_path / "library", program=program)
    yield from opened(browser, slow)
    slow.stop()


def test_a_question_can_be_stopped(unhurried: Page) -> None:
    page = unhurried
    page.evaluate(_STOP_AT_ONCE)
    box = page.get_by_label("Your question")
    box.fill(QUESTION)
    box.press("Enter")
    page.locator(".stopped").wait_for()
    page.wait_for_timeout(3000)  # for an answer that comes all the same
    assert page.locator(".stopped").count() == 1 and page.locator(".answer").count() == 0
    page.get_by_role("button", name="Ask again").click()
    page.locator(".answer").wait_for(timeout=_ANSWER)


def test_an_answer_is_copied_with_its_citations(page: Page) -> None:
    turn = ask(page, QUESTION)
    quotes = [words(one) for one in turn.locator("blockquote").all_inner_texts()]
    turn.get_by_role("button", name="Copy with citations").click()
    turn.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{QUESTION}\n\n1 article répond à la question.")
    for number, quote in enumerate(quotes, 1):
        assert f"[{number}] {quote}" in words(copied)
    assert "l'invasion de l'Ukraine" in copied


def test_a_saved_conversation_verifies(page: Page, app: App, tmp_path: Path) -> None:
    ask(page, QUESTION)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as JSON").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    done = run("qa", "--verify", file, "--library", app.library, tmp_path=tmp_path, fake=False)
    assert done.returncode == 0 and "intact" in done.stdout, done.stdout


def test_a_saved_page_works_alone_and_verifies(
    page: Page, browser: Browser, app: App, tmp_path: Path
) -> None:
    turn = ask(page, QUESTION)
    quotes = [words(one) for one in turn.locator("blockquote").all_inner_texts()]
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as HTML").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert file.name == "saidso.html"
    done = run("qa", "--verify", file, "--library", app.library, tmp_path=tmp_path, fake=False)
    assert done.returncode == 0 and "intact" in done.stdout, done.stdout

    context = browser.new_context(offline=True)
    alone, asked, said = context.new_page(), list[str](), list[str]()
    alone.on("request", lambda one: asked.append(one.url))
    alone.on("console", lambda one: said.append(one.text))
    alone.goto(file.as_uri())
    assert alone.locator("h2").inner_text() == QUESTION
    assert alone.locator("figure > blockquote").count() >= len(quotes)
    shown = [words(one) for one in alone.locator("section > figure blockquote").all_inner_texts()]
    assert shown == quotes
    assert alone.locator("mark").first.evaluate(CONTRAST) >= 4.5  # its style counts
    assert asked == [file.as_uri()] and not said  # the policy refused nothing
    context.close()


def test_quotes_are_verified_in_the_chat(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "digue.txt"
    file.write_text("La digue de Kerlouan a été rouverte lundi par le maire, Yann Abgrall.\n")
    drop(page, file, says="1 added")
    turn = ask(page, "Qui a rouvert la digue de Kerlouan ?")
    assert "Abgrall" in turn.inner_text()

    def verdict() -> str:
        page.get_by_role("button", name="Verify the quotes").click()
        page.locator(".verified p").wait_for()
        return page.locator(".verified").inner_text()

    assert re.fullmatch(r"(\d+) quotes?: \1 word for word\.", verdict())
    file.write_text("La digue de Kerlouan a été rouverte lundi par la maire, Annaïg Kerjean.\n")
    drop(page, file, says="1 changed")
    page.get_by_role("tab", name="Ask").click()
    assert "1 from an article that has changed since (La digue de Kerlouan" in verdict()
    page.locator(".verified a").click()
    page.locator("#pane .changed").wait_for()
    assert "Abgrall" in page.locator("#pane mark").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Articles").click()
    page.get_by_role("button", name=re.compile("Remove “La digue")).click()
    page.locator(".told .back").wait_for()
    page.get_by_role("tab", name="Ask").click()
    assert "1 from an article that is no longer in the library (La digue" in verdict()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_lit_can_be_read(
    browser: Browser, app: App, scheme: Literal["light", "dark"]
) -> None:
    for page in opened(browser, app, scheme=scheme):
        read_quote(page, ask(page, QUESTION))
        page.wait_for_timeout(1200)  # until the glow is over
        for selector in (
            ".quote .span", "#pane mark", ".says", ".sure", ".facts", ".tools button", ".new",
            ".kicker", "#pane .promo", ".cite .number",
        ):  # fmt: skip
            ratio = page.locator(selector).first.evaluate(CONTRAST)
            assert ratio >= 4.5, (selector, ratio)


# WCAG 2.2, 1.4.3: of an element's words, against the nearest ground that is not see-through.
CONTRAST = """one => {
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = (colour) => {
        const [r, g, b] = numbers(colour).map((part) => {
            part /= 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    let ground = one;
    while (ground && (numbers(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) {
        ground = ground.parentElement;
    }
    const words = light(getComputedStyle(one).color);
    const under = light(ground ? getComputedStyle(ground).backgroundColor : "rgb(255, 255, 255)");
    return (Math.max(words, under) + 0.05) / (Math.min(words, under) + 0.05);
}"""


def test_other_programs_ask_through_the_api(app: App) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of its websockets
        from gradio_client import Client

        client = Client(app.url, verbose=False)
        described = client.view_api(return_format="dict", print_info=False)
        answer = client.predict("Qui fournit des munitions à la Russie ?", api_name="/ask")
        silent = client.predict("What did Gazprom's video make fun of?", api_name="/ask")
    named = ["/ask", "/search", "/articles", "/read_article", "/ingest"]
    assert list(described["named_endpoints"]) == named
    assert answer["answered"] and answer["language"] == "fr" and 0 <= answer["confidence"] <= 1
    quote = answer["quotes"][0]
    assert set(quote) == {"text", "start", "end", "highlight", "score", "article"}
    assert set(quote["article"]) == {"id", "title", "source", "published", "language", "version"}
    assert quote["end"] - quote["start"] == len(quote["text"])
    assert not silent["answered"] and silent["quotes"] == [] and silent["nearest"]


def test_a_second_chat_on_the_same_library_is_refused(app: App, tmp_path: Path) -> None:
    second = start(tmp_path, app.library)
    assert second.process.wait(60) == 2
    assert f"in use by the chat at {app.url} (process {app.process.pid})" in second.said
    assert "Traceback" not in second.said


def test_a_taken_port_is_refused_and_nothing_is_left(app: App, tmp_path: Path) -> None:
    other = start(tmp_path, tmp_path / "library", port=int(app.url.rpartition(":")[2]))
    assert other.process.wait(60) == 2
    assert "--port" in other.said and "Traceback" not in other.said
    assert not (tmp_path / "library").exists()


def test_ctrl_c_stops_it_cleanly(app: App, page: Page, tmp_path: Path) -> None:
    assert app.stop() == 0
    assert app.said.rstrip().endswith("Stopped.") and "Traceback" not in app.said
    assert "NetworkCall" not in app.said

    # Again, while it is still waking up; the articles are there, the samples are not taken twice.
    again = start(tmp_path, app.library)
    assert again.stop() == 0, again.said
    assert "Traceback" not in again.said and "First run" not in again.said
