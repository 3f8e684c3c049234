"""Web addresses on the articles page: the real app with `--net` on a small internet of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from qa.page.networds import NET
from tests.browser.test_chat import _ANSWER, App, app, ask, browser, opened, read_quote, start
from tests.browser.test_doors import violations
from tests.documents import page as web_page
from tests.ingest.net.site import HOST, Site, rss
from tests.processes import PROJECT, environment, run_script

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["app", "browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIELD = NET["en"]["address"]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture(scope="module")
def fetching(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("net")
    program = ("-m", "tests.browser.at_large", str(site.port))
    running = start(folder, folder / "library", "--net", program=program)
    assert "the net      what is named on the Articles page is fetched" in running.said
    yield running
    assert running.stop() == 0 and "Traceback" not in running.said


@pytest.fixture
def page(browser: Browser, fetching: App) -> Iterator[Page]:
    yield from opened(browser, fetching)


def name(page: Page, address: str, *, says: str) -> str:
    """The report on an address, once it says so."""
    page.get_by_role("tab", name="Articles").click()
    box = page.get_by_label(FIELD)
    box.fill(address)
    page.get_by_role("button", name="Fetch").click()
    report = page.locator("#fetched", has_text=says)
    report.wait_for(timeout=_ANSWER)
    page.get_by_role("button", name="Fetch").wait_for()
    return report.inner_text()


def story(number: int, *said: str) -> bytes:
    paragraphs = said or (
        f"Le bac numéro {number} a quitté le quai de Kerlouan avec {number + 20} passagers.",
        f"Le capitaine du bac numéro {number} est monté à bord le dernier, vers midi.",
    )
    return web_page(title=f"Bac {number}", paragraphs=paragraphs)


def test_a_page_is_added_by_its_address_and_asked_about(page: Page, site: Site) -> None:
    said = (
        "Nolwenn Guivarch a remporté la régate de la passerelle de Trévignon, dimanche.",
        "Les promeneurs la retrouveront au printemps, quand les travaux du port seront finis.",
    )
    site.put("/passerelle", story(0, *said), etag='"1"')
    assert "1 added" in name(page, f"{HOST}/passerelle?utm_source=x", says="1 added")
    page.locator('#shelf .rows [title$="news.example/passerelle"]').wait_for()
    turn = ask(page, "Qui a remporté la régate de la passerelle de Trévignon ?")
    assert "Nolwenn Guivarch" in read_quote(page, turn)
    source = turn.locator(".cite").first.locator("bdi[title]")
    assert source.inner_text() in HOST and source.get_attribute("title") == f"{HOST}/passerelle"
    page.keyboard.press("Escape")
    name(page, f"{HOST}/passerelle", says="1 unchanged")
    assert site.asked.count("/passerelle") == 2
    assert site.requests[-1]["if-none-match"] == '"1"'


def test_a_feed_is_read_again_and_only_what_is_new_is_fetched(page: Page, site: Site) -> None:
    for number in range(1, 4):
        site.put(f"/bac-{number}", story(number))
    items = [(f"{HOST}/bac-{number}", "Mon, 05 Sep 2022 08:30:00 +0200") for number in (1, 2)]
    site.put("/feed", rss(*items), etag='"1"')
    site.asked.clear()
    name(page, f"{HOST}/feed", says="2 added")
    assert site.articles_asked() == ["/feed", "/bac-1", "/bac-2"]
    site.asked.clear()
    name(page, f"{HOST}/feed", says="2 unchanged")
    assert site.articles_asked() == ["/feed"]
    site.put("/feed", rss((f"{HOST}/bac-3", ""), *items), etag='"2"')
    site.asked.clear()
    name(page, f"{HOST}/feed", says="1 added, 2 unchanged")
    assert site.asked == ["/feed", "/bac-3"]  # robots.txt is known by now


@pytest.mark.parametrize(
    ("address", "locale", "says"),
    [
        (
            "http://169.254.169.254/latest/meta-data/",
            "en-US",
            "169.254.169.254 is not on the open internet",
        ),
        (f"{HOST}/inside", "en-US", "127.0.0.1 is not on the open internet"),
        ("http://127.0.0.1/", "fr-FR", "127.0.0.1 n'est pas sur l'internet ouvert"),
        ("file:///etc/passwd", "fr-FR", "seules les adresses qui commencent par http://"),
    ],
)
def test_what_is_refused_is_told_with_its_reason(
    browser: Browser, fetching: App, site: Site, address: str, locale: str, says: str
) -> None:
    words = NET[locale[:2]]
    site.redirect("/inside", "http://127.0.0.1:9/")
    for page in opened(browser, fetching, locale=locale):
        page.get_by_role("tab", name="Articles").click()
        page.get_by_label(words["address"]).fill(address)
        page.keyboard.press("Enter")
        refused = page.locator("#fetched .rejected", has_text=says)
        refused.last.wait_for(timeout=_ANSWER)
        assert address in refused.last.inner_text() and "--" not in page.inner_text("#fetched")
        page.get_by_role("button", name=words["fetch"]).wait_for()
        assert page.locator("#articles", has_text=NET["fr"]["address"]).count() == (
            locale == "fr-FR"
        )


def test_a_stop_ends_it_and_the_same_address_goes_on(page: Page, site: Site) -> None:
    for number in range(30, 34):
        site.put(f"/bac-{number}", story(number))
    site.put("/long", rss(*((f"{HOST}/bac-{number}", "") for number in range(30, 34))))
    site.asked.clear()
    page.get_by_role("tab", name="Articles").click()
    page.get_by_label(FIELD).fill(f"{HOST}/long")
    page.keyboard.press("Enter")
    page.locator("#fetched", has_text="Reading: 1 of 4").wait_for(timeout=_ANSWER)
    assert f"{HOST}/bac-31" in page.locator("#fetched .at").inner_text()
    page.get_by_role("button", name="Stop").click()
    page.locator("#fetched", has_text="Stopped.").wait_for(timeout=10_000)
    fetched = len([one for one in site.asked if one.startswith("/bac")])
    assert 1 <= fetched < 4
    page.wait_for_timeout(2500)  # for another that is fetched all the same
    assert len([one for one in site.asked if one.startswith("/bac")]) == fetched
    assert page.get_by_label(FIELD).input_value() == f"{HOST}/long"
    name(page, f"{HOST}/long", says=" unchanged")
    assert [one for one in site.asked if one.startswith("/bac")] == [
        f"/bac-{number}" for number in range(30, 34)
    ]


def test_who_leaves_the_page_ends_it(page: Page, site: Site) -> None:
    for number in range(50, 59):
        site.put(f"/bac-{number}", story(number))
    site.put("/longer", rss(*((f"{HOST}/bac-{number}", "") for number in range(50, 59))))
    page.get_by_role("tab", name="Articles").click()
    page.get_by_label(FIELD).fill(f"{HOST}/longer")
    page.keyboard.press("Enter")
    page.locator("#fetched", has_text="Reading: 1 of 9").wait_for(timeout=_ANSWER)
    page.reload()
    page.wait_for_selector(".turns")
    page.wait_for_timeout(3000)
    asked = len(site.asked)
    page.wait_for_timeout(2500)
    assert len(site.asked) == asked and "/bac-58" not in site.asked
    site.put("/bac-60", story(60))
    name(page, f"{HOST}/bac-60", says="1 added")


@pytest.mark.parametrize("width", [1280, 360])
def test_everybody_can_use_it_and_it_fits(
    browser: Browser, fetching: App, site: Site, width: int
) -> None:
    site.put("/wide", rss((f"{HOST}/{'x' * 300}", ""), (f"{HOST}/y", ""), (f"{HOST}/z", "")))
    for page in opened(browser, fetching, width=width, height=740):
        page.get_by_role("tab", name="Articles").click()
        box = page.get_by_label(FIELD)
        box.fill(f"{HOST}/wide")
        box.press("Enter")
        page.locator("#fetched .at", has_text="xxx").wait_for(timeout=_ANSWER)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not violations(page)
        page.locator("#fetched", has_text="3 rejected").wait_for(timeout=_ANSWER)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not violations(page)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText") == "Fetch"
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("getSelection().toString()") == f"{HOST}/wide"


def events(config: dict[str, Any]) -> list[list[Any]]:
    return [one["targets"] for one in config["dependencies"]]


def test_without_the_switch_nothing_of_it_is_served(
    browser: Browser, app: App, fetching: App
) -> None:
    served = {one.url: httpx.get(f"{one.url}/config", timeout=60) for one in (app, fetching)}
    off, on = served[app.url], served[fetching.url]
    kinds = [{kind for targets in events(one.json()) for _, kind in targets} for one in (off, on)]
    assert kinds[1] - kinds[0] == {"stop", "focus"}
    assert len(events(on.json())) == len(events(off.json())) + 3
    for words in (*NET["en"].values(), *NET["fr"].values(), '"address"', '"fetched"'):
        if words not in {"Stop", "Arrêter"}:  # which the conversation says as well
            assert words not in off.text, words
    assert FIELD in on.text and '"address"' in on.text
    ours = {one["id"] for one in on.json()["dependencies"]}
    theirs = {one["id"] for one in off.json()["dependencies"]}
    for number in ours - theirs:  # who knows the number gets no further
        asked = {"data": [f"{HOST}/x", "v", "en"], "fn_index": number, "session_hash": "s"}
        assert httpx.post(f"{app.url}/gradio_api/queue/join", json=asked, timeout=60).is_error
    for page in opened(browser, app):
        page.get_by_role("tab", name="Articles").click()
        page.locator(".shelf").wait_for()
        assert page.locator("#address, #fetched").count() == 0
        assert FIELD not in page.content()


_BUILT = """
import sys
from pathlib import Path
from qa.front import build
from qa.chat import Chat
from tests.fakes import WordEncoder, WordReader
chat = Chat(Path(sys.argv[1]), WordEncoder(), WordReader(), purpose="a test", net=True)
events = lambda demo: [one.fn for one in demo.fns.values() if one.name in ("fetch", "halt")]
assert events(build(chat, read_only=True)) == []
demo = build(chat)
fetch, halt = events(demo)
print(*demo.get_api_info()["named_endpoints"])
chat.addresses = None  # the handler asks again
print(list(fetch("http://a.example/", "v", "en")), halt("", "v", "en"))
chat.close()
"""


def test_other_programs_have_no_part_in_it(tmp_path: Path) -> None:
    done = run_script(_BUILT, tmp_path, tmp_path / "library")
    assert done.stdout == "/ask /search /articles /read_article /ingest\n[] None\n", done.stderr


@pytest.mark.parametrize("more", [["--net", "--read-only"], ["--allow-private"]])
def test_what_does_not_go_together_is_refused_at_the_start(tmp_path: Path, more: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "app.py", "--library", tmp_path / "library", *more],
        cwd=PROJECT, env=environment(tmp_path), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2 and "app.py: error: --" in done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "library").exists()
