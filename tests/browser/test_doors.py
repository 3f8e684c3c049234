"""The chat behind a login, for everybody's eyes and hands, and for other programs."""

from __future__ import annotations

import gc
import os
import pty
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import httpx
import pytest

from qa.users import add
from tests.browser.test_chat import (
    _ANSWER,
    QUESTION,
    App,
    ask,
    browser,
    missing,
    opened,
    read_quote,
    start,
)
from tests.processes import PROJECT, environment, run, run_script

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME, PASSWORD = "anna", "correct horse"
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("doors")
    users = folder / "users"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.users._COST", (12, 8, 1))  # the machine may be busy
        add(users, NAME, PASSWORD)
    running = start(folder, folder / "library", "--auth", users)
    assert "open to      with a password" in running.said, running.said
    yield running
    if running.process.poll() is None:
        running.stop()


@contextmanager
def visiting(
    browser: Browser,
    app: App,
    *,
    scheme: Scheme = "light",
    width: int = 1280,
    locale: str = "en-US",
) -> Iterator[Page]:
    """A fresh window at the form that asks who it is."""
    context = browser.new_context(
        viewport={"width": width, "height": 850},
        color_scheme=scheme,
        locale=locale,
        reduced_motion="reduce",  # colours are measured: none may be on its way
    )
    with closing(context):
        page = context.new_page()
        page.set_default_timeout(2 * _ANSWER)
        page.goto(app.url)
        page.locator("[type=password]").wait_for()
        yield page


def log_in(page: Page, password: str = PASSWORD, name: str = NAME) -> None:
    page.locator("input[type=text]").fill(name)
    page.locator("[type=password]").fill(password)
    page.keyboard.press("Enter")


def inside(page: Page, name: str = NAME) -> None:
    log_in(page, name=name)
    page.wait_for_selector(".turns")
    page.wait_for_selector(".sheet", state="attached")


# The paths that the front end and its programs use, and what others have looked for elsewhere.
CLOSED = """/config /config/ /gradio_api/info /gradio_api/openapi.json /openapi.json /docs /redoc
/gradio_api/app_id /gradio_api/user /gradio_api/token /gradio_api/heartbeat/abc /gradio_api/runs
/gradio_api/file=app.py /gradio_api/file=/etc/passwd /file=app.py /gradio_api/queue/data
/gradio_api/upload_progress /manifest.json /monitoring /monitoring/summary /robots.txt
/assets/../config /assets/%2e%2e/config /static/..%2f..%2fapp.py /library.sqlite /seeds""".split()
POSTED = """upload queue/join call/ask call/ingest run/ask api/ask component_server cancel reset
stream/x""".split()


def test_nothing_is_reached_without_a_login(app: App) -> None:
    with httpx.Client(base_url=app.url, timeout=60) as client:
        for path in CLOSED:
            told = client.get(path)
            assert (told.status_code, told.json()) == (401, {"error": "log in first"}), path
        for path in POSTED:
            told = client.post(f"/gradio_api/{path}", json={"data": ["x"]})
            assert told.status_code == 401, path
        forged = {"access-token-unsecure-x": "x", "Cookie": "access-token-unsecure-x=x"}
        assert client.get("/config", headers=forged).status_code == 401
        assert client.get("/healthz").json()["ready"] in {True, False}
        page = client.get("/")
        assert page.status_code == 200 and "000_d74ec0c6faadc757" not in page.text
        assert "frame-ancestors 'none'" in client.get("/config").headers["content-security-policy"]


def test_a_login_lets_in_and_a_wrong_one_does_not(app: App) -> None:
    with httpx.Client(base_url=app.url, timeout=60) as client:
        for name, password in ((NAME, "wrong"), ("nobody", PASSWORD), ("", "")):
            assert client.post("/login", data={"username": name, "password": password}).is_error
            assert client.get("/config").status_code == 401
        told = client.post("/login", data={"username": NAME, "password": PASSWORD})
        cookies = [one.lower() for one in told.headers.get_list("set-cookie")]
        assert cookies and all("httponly" in one and "samesite=lax" in one for one in cookies)
        assert client.get("/config").status_code == 200
        assert client.get("/logout").status_code == 302
        assert client.get("/config").status_code == 401


def test_a_new_password_ends_the_sessions_of_the_old_one(app: App, browser: Browser) -> None:
    name, renewed = "berthe", "a new password"
    file = app.library.parent / "users"
    logged_in = {"username": name, "password": PASSWORD}
    with pytest.MonkeyPatch.context() as patch, visiting(browser, app) as page:
        patch.setattr("qa.users._COST", (12, 8, 1))
        add(file, name, PASSWORD)
        with (
            httpx.Client(base_url=app.url, timeout=60) as hers,
            httpx.Client(base_url=app.url, timeout=60) as anna,
        ):
            anna.post("/login", data={"username": NAME, "password": PASSWORD})
            hers.post("/login", data=logged_in)
            inside(page, name)
            assert hers.get("/config").status_code == anna.get("/config").status_code == 200
            add(file, name, renewed)
            assert hers.get("/config").status_code == 401
            assert anna.get("/config").status_code == 200  # nobody else's
            page.reload()
            page.locator("[type=password]").wait_for()
            assert hers.post("/login", data=logged_in).is_error
            hers.post("/login", data=logged_in | {"password": renewed})
            assert hers.get("/config").status_code == 200


def test_other_programs_call_each_endpoint(app: App) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of its websockets
        warnings.simplefilter("ignore", ResourceWarning)  # of its loops, which it leaves open
        from gradio_client import Client
        from gradio_client.exceptions import AppError

        patience = {"timeout": 60}
        client = Client(app.url, verbose=False, auth=(NAME, PASSWORD), httpx_kwargs=patience)
        described = client.view_api(return_format="dict", print_info=False)
        answer = client.predict(QUESTION, api_name="/ask")
        found = client.predict(question=QUESTION, api_name="/search")
        report = client.predict("crane.txt", "The crane of Brest is blue.", api_name="/ingest")
        listed = client.predict(api_name="/articles")
        quote = answer["quotes"][0]
        given = {"id": quote["article"]["id"], "version": quote["article"]["version"]}
        article = client.predict(**given, api_name="/read_article")
        with pytest.raises(AppError, match="no article has the id 'nowhere'"):
            client.predict("nowhere", api_name="/read_article")
        with pytest.raises(AppError, match='"question" must be text, not int'):
            client.predict(5, api_name="/ask")
        del client
        gc.collect()
    named = described["named_endpoints"]
    assert list(named) == ["/ask", "/search", "/articles", "/read_article", "/ingest"]
    for endpoint in named.values():
        assert all(one["python_type"]["type"] in {"str", "int"} for one in endpoint["parameters"])
    assert article["text"][quote["start"] : quote["end"]] == quote["text"] and article["current"]
    assert quote["article"]["id"] in {one["article"]["id"] for one in found["candidates"]}
    assert report["added"] == ["crane"] and report["rejected"] == []
    assert {"crane", quote["article"]["id"]} <= {one["id"] for one in listed["articles"]}


_READ_ONLY = """
import sys
from pathlib import Path
from qa.front import build
from qa.chat import Chat
from tests.fakes import WordEncoder, WordReader
chat = Chat(Path(sys.argv[1]), WordEncoder(), WordReader(), purpose="a test")
print(*build(chat, read_only=True).get_api_info()["named_endpoints"])
chat.close()
"""


def test_a_library_that_is_only_read_offers_no_way_to_write(tmp_path: Path) -> None:
    done = run_script(_READ_ONLY, tmp_path, tmp_path / "library")
    assert done.stdout == "/ask /search /articles /read_article\n", done.stderr


def test_a_library_that_is_only_read_is_asked_and_checked_all_the_same(
    browser: Browser, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    assert (
        run("ingest", "seeds", "--library", library, tmp_path=tmp_path, fake=False).returncode == 0
    )
    shown = start(tmp_path, library, "--read-only")
    try:
        for page in opened(browser, shown):
            page.locator(".suggestion").first.click(timeout=2 * _ANSWER)
            turn = page.locator(".turn")
            turn.locator(".answer").wait_for(timeout=_ANSWER)
            assert read_quote(page, turn)
            page.get_by_role("tab", name="Articles").click()
            page.get_by_text("This library is read only", exact=False).first.wait_for()
            assert page.locator("#drop").is_hidden()
            assert page.get_by_role("button", name="Remove").count() == 0
        assert httpx.post(f"{shown.url}/gradio_api/upload").status_code == 403
    finally:
        shown.stop()


def test_who_mistakes_the_password_is_told_and_who_does_not_is_let_in(
    browser: Browser, app: App
) -> None:
    with visiting(browser, app) as page:
        assert page.title() == "Saidso"
        shown = page.inner_text("body")
        assert "After 5 wrong passwords" in shown and "mots de passe" not in shown
        log_in(page, "wrong password")
        page.locator(".creds").wait_for()
        inside(page)
        page.get_by_role("link", name="Log out").click()
        page.locator("[type=password]").wait_for()
        page.goto(app.url)
        page.locator("[type=password]").wait_for()
    with visiting(browser, app, locale="fr-FR") as page:
        shown = page.inner_text("body")
        assert "Après 5 mots de passe erronés" in shown and "wrong passwords" not in shown


def violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        missing("axe-playwright-python")
    return [
        f"{one['impact']} {one['id']}: {node['target']} {node['html'][:200]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_every_page(
    browser: Browser, app: App, tmp_path: Path, scheme: Scheme, width: int
) -> None:
    found: dict[str, list[str]] = {}
    with visiting(browser, app, scheme=scheme, width=width) as page:

        def seen(state: str) -> None:
            if wrong := violations(page):
                found[state] = wrong

        seen("login")
        log_in(page, "wrong password")
        page.locator(".creds").wait_for()
        seen("refused")
        inside(page)
        seen("empty")
        page.wait_for_function("fetch('/healthz').then(told => told.ok)", timeout=_ANSWER)
        turn = ask(page, QUESTION)
        ask(page, "et des drones ?")
        ask(page, "What did Gazprom's video make fun of?")
        seen("answered")
        turn.locator(".cite").first.click()
        page.locator("#pane mark").first.wait_for()
        seen("pane")
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="Articles").click()
        page.locator(".shelf").wait_for()
        seen("articles")
        refused, taken = tmp_path / "photo.png", tmp_path / "crane.txt"
        refused.write_bytes(b"\x89PNG")
        taken.write_text("The crane of Brest is red.")
        page.locator("#drop input[type=file]").set_input_files([refused, taken])
        page.locator("#report .rejected").first.wait_for(timeout=_ANSWER)
        seen("report")
        page.get_by_role("tab", name="Search").click()
        page.locator("form.glass").wait_for()
        seen("search")
        page.locator("form.glass [name=question]").fill(QUESTION)
        page.keyboard.press("Enter")
        page.locator("#glass table").first.wait_for(state="attached", timeout=_ANSWER)
        page.evaluate("document.querySelectorAll('#glass details').forEach(o => { o.open = true })")
        seen("searched")

        page.evaluate("document.querySelector('h1').style.color = 'var(--line)'")
        assert any("color-contrast" in one for one in violations(page))  # it would find something
    assert not found


# What Tab should reach, each under a number of its own.
_NUMBERED = """() => {
    const every = "a[href], button, input, textarea, select, summary, [tabindex]";
    const reached = [...document.querySelectorAll(every)].filter((one) =>
        one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && !one.disabled
        && one.getBoundingClientRect().width > 1 && one.type !== "file");
    reached.forEach((one, number) => { one.dataset.tour = number; });
    return reached.map((one) => one.outerHTML.slice(0, 120));
}"""
_FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const frame = one.closest(".input-container, .block, label") ?? one;
    const ringed = (it) => {
        const own = getComputedStyle(it);
        return (own.outlineStyle !== "none" && parseFloat(own.outlineWidth) > 0)
            || own.boxShadow !== "none";
    };
    const box = one.getBoundingClientRect();
    return { number: one.dataset.tour ?? null, ring: ringed(one) || ringed(frame),
        inView: box.bottom > 0 && box.top < window.innerHeight };
}"""


def tour(page: Page) -> None:
    """Tab from the top reaches everything that can be used, each visibly, and comes to an end."""
    wanted = page.evaluate(_NUMBERED)
    assert len(wanted) > 3
    page.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges()")
    page.mouse.click(2, 2)
    reached: set[int] = set()
    for _ in range(3 * len(wanted)):
        page.keyboard.press("Tab")
        now = page.evaluate(_FOCUSED)
        if now["number"] is not None:
            number = int(now["number"])
            if number in reached:
                break
            reached.add(number)
            assert now["ring"], f"no ring around {wanted[number]}"
            assert now["inView"], f"out of sight: {wanted[number]}"
    assert not [one for number, one in enumerate(wanted) if number not in reached]


def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser: Browser, app: App) -> None:
    with visiting(browser, app) as page:
        page.locator("input[type=text]").focus()
        page.keyboard.type(NAME)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector(".turns")
        page.wait_for_selector(".sheet", state="attached")
        page.wait_for_function("document.activeElement.closest('#question')")
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        page.locator(".turn .answer").wait_for(timeout=_ANSWER)
        tour(page)
        page.locator(".cite").first.focus()
        page.keyboard.press("Enter")
        page.locator("#pane mark").first.wait_for()
        several = page.locator(".turn .cite").count() > 1
        for wanted in [*([".prior", ".next"] if several else []), ".link", ".close", ".page"]:
            page.keyboard.press("Tab")
            assert page.evaluate(f"document.activeElement.matches('#pane {wanted}')"), wanted
        # the last of them, for it scrolls by keys
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('.cite')")
        page.get_by_role("tab", name="Articles").focus()
        page.keyboard.press("Enter")
        page.locator(".shelf").wait_for()
        tour(page)
        page.locator(".shelf .title a").first.focus()
        page.keyboard.press("Enter")
        page.locator("#pane .paper h2").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="Search").focus()
        page.keyboard.press("Enter")
        page.locator("form.glass").wait_for()
        tour(page)


def test_a_line_for_a_user_is_made_without_an_echo(tmp_path: Path) -> None:
    """On a terminal, which is one where passwords are typed."""
    file, (ours, theirs) = tmp_path / "users", pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "app.py", "--add-user", NAME, file],
        cwd=PROJECT, env=environment(tmp_path), stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    for prompt in (b"Password for anna: ", b"Once more: "):
        while prompt not in said:
            said += os.read(ours, 1000)
        os.write(ours, f"{PASSWORD}\n".encode())
    while b"now in" not in said:
        said += os.read(ours, 1000)
    assert process.wait(60) == 0
    os.close(ours)
    assert PASSWORD.encode() not in said
    assert file.read_text().startswith("anna:scrypt$17$8$1$")


@pytest.mark.parametrize(
    ("more", "typed", "says"),
    [
        (["--add-user", "anna", "{}"], "short\n", "a password has 8 to 1000 characters"),
        (["--add-user", "an:na", "{}"], f"{PASSWORD}\n", "will not do as a name"),
        (["--add-user", "anna", "{}/no/users"], f"{PASSWORD}\n", "cannot write"),
        (["--auth", "{}"], "", "--add-user NAME"),
    ],
)
def test_what_will_not_do_is_told_of(
    tmp_path: Path, more: list[str], typed: str, says: str
) -> None:
    given = [one.format(tmp_path / "nothing") for one in more]
    done = subprocess.run(
        [sys.executable, "app.py", "--library", tmp_path / "library", *given],
        cwd=PROJECT, env=environment(tmp_path), input=typed, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "nothing").exists() and not (tmp_path / "library").exists()
