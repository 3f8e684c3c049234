"""Addresses that the page takes in, without a page: progress, the report, a stop, who leaves."""

from __future__ import annotations

import html
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from ingest.encoder import Role
from ingest.formats import apart
from ingest.formats.kinds import Format
from ingest.types import Vectors
from qa.addresses import Addresses
from qa.chat import Chat
from tests.documents import book
from tests.fakes import WordEncoder, WordReader, contents
from tests.ingest.net.conftest import site
from tests.ingest.net.site import Handler, Site, answer, rss
from tests.ingest.net.test_crawl import news
from tests.ingest.net.test_fetch import OK
from tests.qa.page.seen import Seen

__all__ = ["site"]

LONG = " ".join(f"The river rose with wave {number} of the night." for number in range(2000))
ANNA, BERTHE = "a" * 32, "b" * 32


@pytest.fixture
def chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    monkeypatch.setattr("ingest.net.fetch.PAUSE", 0.0)
    with closing(
        Chat(
            tmp_path / "library",
            WordEncoder(),
            WordReader(),
            purpose="a test",
            net=True,
            allow_private=True,
        )
    ) as made:
        made.wake()
        yield made


def addresses(chat: Chat) -> Addresses:
    assert chat.addresses is not None
    return chat.addresses


def told(chat: Chat, address: str, language: str = "en") -> str:
    """The last that is said of an address."""
    *_, last = addresses(chat).take_in(address, ANNA, language)
    return Seen(last).text


def test_a_page_and_a_feed_are_taken_in_and_asked_about(chat: Chat, site: Site) -> None:
    root = f"http://127.0.0.1:{site.port}"
    for number in range(3):
        site.put(f"/{number}", news(number), etag=f'"{number}"')
    site.put("/feed", rss((f"{root}/1", ""), (f"{root}/2", ""), (f"{root}/gone", "")))
    assert "1 added" in told(chat, f" {root}/0 ")
    *signs, report = addresses(chat).take_in(f"{root}/feed", ANNA, "fr")
    assert signs and all("<progress" in one for one in signs) and "<progress" not in report
    said = Seen(report).text
    assert "2 ajoutés, 1 refusé" in said and "Flood report 2" in said
    assert "le serveur répond 404 : cette page n'existe pas, ou plus" in said
    assert "report number 2" in chat.ask("What was report number 2 of the flood?").quotes[0].text
    assert "2 unchanged, 1 rejected" in told(chat, f"{root}/feed")
    assert site.articles_asked() == ["/0", "/feed", "/1", "/2", "/gone", "/feed", "/gone"]
    assert list(addresses(chat).take_in("  ", ANNA, "en")) == []


def test_one_address_after_another_is_as_polite_as_one_run(
    chat: Chat, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.net.fetch.PAUSE", 0.7)
    root, times = f"http://127.0.0.1:{site.port}", []
    for number in (1, 2):

        def does(one: Handler, number: int = number) -> None:
            times.append(time.monotonic())
            answer(one, news(number))

        site.pages[f"/{number}"] = does
        assert "1 added" in told(chat, f"{root}/{number}")
    assert times[1] - times[0] >= 0.65
    site.put("/3", b"", status=503)
    assert "503" in told(chat, f"{root}/3")
    assert "was not asked again" in told(chat, f"{root}/1")
    assert site.asked == ["/robots.txt", "/1", "/2", "/3"]


def test_progress_says_how_far_it_is_and_where(chat: Chat, site: Site) -> None:
    root = f"http://127.0.0.1:{site.port}"
    site.put("/1", news(1))
    site.raw("/2", OK + b"\r\n", forever=b" ", drip=0.05)
    site.put("/feed", rss((f"{root}/1", ""), (f"{root}/2", "")))
    watched = addresses(chat).take_in(f"{root}/feed", ANNA, "en")
    sign = next(one for one in watched if "1 of 2" in one)
    assert f"{root}/2" in sign
    watched.close()


def test_a_stop_ends_it_and_the_same_address_goes_on(chat: Chat, site: Site) -> None:
    root = f"http://127.0.0.1:{site.port}"
    site.put("/1", news(1))
    site.raw("/2", OK + b"\r\n", forever=b" ", drip=0.05)
    site.put("/3", news(3))
    site.put("/feed", rss(*((f"{root}/{number}", "") for number in (1, 2, 3))))
    watched = addresses(chat).take_in(f"{root}/feed", ANNA, "en")
    for _ in watched:
        if "/2" in site.asked:
            break
    assert "already" in told(chat, f"{root}/3")  # one at a time
    addresses(chat).stop(BERTHE)  # not hers to stop
    assert "<progress" in next(watched)
    addresses(chat).stop(ANNA)
    started = time.monotonic()
    *_, report = watched
    assert time.monotonic() - started < 5
    said = Seen(report).text
    assert "Stopped. Give the same address again to go on." in said and "1 added" in said
    assert [*contents(chat.library)] == [f"{root}/1"] and "/3" not in site.asked

    site.put("/2", news(2))
    site.asked.clear()
    assert "2 added, 1 unchanged" in told(chat, f"{root}/feed")
    assert site.articles_asked() == ["/feed", "/2", "/3"]


def stopped_at(chat: Chat, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anna stops whatever is fetched as soon as these words are embedded."""
    encode = WordEncoder.encode

    def stopping(self: WordEncoder, texts: Sequence[str], role: Role) -> Vectors:
        if any(words in one for one in texts):
            addresses(chat).stop(ANNA)
        return encode(self, texts, role)

    monkeypatch.setattr(WordEncoder, "encode", stopping)


def test_a_book_is_left_between_two_chapters(
    chat: Chat, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = f"http://127.0.0.1:{site.port}"
    chapters = (f"The river rose on day {number} of the flood. " * 9 for number in range(5))
    site.put("/book", book(*chapters), kind="application/epub+zip")
    with monkeypatch.context() as patched:
        stopped_at(chat, "on day 1 of", patched)
        said = told(chat, f"{root}/book")
    assert "Stopped. Give the same address again" in said and "2 added" in said
    assert {*contents(chat.library)} == {f"{root}/book#c0", f"{root}/book#c1"}
    said = told(chat, f"{root}/book")
    assert "3 added, 2 unchanged" in said and "Stopped" not in said


def test_a_long_page_is_left_in_its_middle(
    chat: Chat, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = f"http://127.0.0.1:{site.port}"
    site.put("/long", news(1).replace(b"</article>", b"<p>" + LONG.encode() + b"</p></article>"))
    with monkeypatch.context() as patched:
        stopped_at(chat, "wave 1 of", patched)
        assert "Stopped" in told(chat, f"{root}/long")
    encoder = chat.encoder
    assert isinstance(encoder, WordEncoder) and not any("wave 1999" in x for x in encoder.encoded)
    assert contents(chat.library) == {}
    assert "1 added" in told(chat, f"{root}/long")
    assert any("wave 1999" in one for one in encoder.encoded)


def test_a_stop_while_a_page_is_read(chat: Chat, site: Site) -> None:
    root = f"http://127.0.0.1:{site.port}"

    def does(one: Handler) -> None:
        """What reads it stops in its tracks, as it may over a long one."""
        apart.drafts(Format.HTML, news(1), origin="x", name="x")
        assert apart._reader._child
        os.kill(apart._reader._child.pid, signal.SIGSTOP)
        answer(one, news(1))

    site.pages["/1"] = does
    watched = addresses(chat).take_in(f"{root}/1", ANNA, "en")
    for _ in watched:
        if "/1" in site.asked:
            break
    started = time.monotonic()
    addresses(chat).stop(ANNA)
    *_, report = watched
    assert "Stopped" in Seen(report).text and time.monotonic() - started < 10
    site.put("/1", news(1))
    assert "1 added" in told(chat, f"{root}/1")


def test_a_stop_that_comes_too_late_is_none(
    chat: Chat, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is in: there is nothing to go on with."""
    root = f"http://127.0.0.1:{site.port}"
    site.put("/1", news(1))
    stopped_at(chat, "report number 1", monkeypatch)
    said = told(chat, f"{root}/1")
    assert "1 added" in said and "Stopped" not in said


def test_who_leaves_the_page_ends_it_and_nobody_waits(chat: Chat, site: Site) -> None:
    root = f"http://127.0.0.1:{site.port}"
    site.raw("/1", OK + b"\r\n", forever=b" ", drip=0.05)
    site.put("/2", news(2))
    watched = addresses(chat).take_in(f"{root}/1", ANNA, "en")
    for _ in watched:
        if "/1" in site.asked:
            break
    started = time.monotonic()
    watched.close()
    assert time.monotonic() - started < 0.5
    said = told(chat, f"{root}/2")
    while "already" in said and time.monotonic() < started + 20:
        said = told(chat, f"{root}/2")
    assert "1 added" in said


def test_the_end_of_the_chat_ends_it(chat: Chat, site: Site) -> None:
    root = f"http://127.0.0.1:{site.port}"
    site.raw("/1", OK + b"\r\n", forever=b" ", drip=0.05)
    watched = addresses(chat).take_in(f"{root}/1", ANNA, "fr")
    for _ in watched:
        if "/1" in site.asked:
            break
    chat._closing.set()
    *_, report = watched
    assert "le chat a été arrêté" in Seen(report).text


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("host", ["169.254.169.254", "localhost", "10.0.0.1"])
def test_a_private_address_is_refused_without_a_word_of_switches(
    tmp_path: Path, host: str, language: str
) -> None:
    made = Chat(tmp_path / "library", WordEncoder(), WordReader(), purpose="a test", net=True)
    with closing(made) as chat:
        said = html.unescape(told(chat, f"http://{host}:9/latest/", language))
    refused = {"en": "not on the open internet: nothing is fetched", "fr": "pas sur l'internet"}
    assert refused[language] in said and "--" not in said


def test_without_the_switch_there_is_none(tmp_path: Path) -> None:
    made = Chat(tmp_path / "library", WordEncoder(), WordReader(), purpose="a test")
    with closing(made) as chat:
        assert chat.addresses is None
