"""`--url` and `--feed` as a user types them, and that without them nothing is asked of the net."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

import ingest.__main__
from ingest.library import Library
from tests.documents import BODY
from tests.fakes import WordEncoder, contents
from tests.ingest.net.site import Site, rss
from tests.ingest.net.test_crawl import news
from tests.processes import PROJECT, command, environment, run, run_script

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def say(
    encoder: WordEncoder, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> Any:
    monkeypatch.setattr("ingest.net.fetch.PAUSE", 0.0)

    def speak(*arguments: object) -> tuple[int, dict[str, Any]]:
        given = [*map(str, arguments), "--library", str(tmp_path / "library"), "--json"]
        code = ingest.__main__.main(given)
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, report

    return speak


def test_files_pages_and_feeds_in_one_go(say: Any, site: Site, articles: Path) -> None:
    (articles / "storm.txt").write_text("The storm hit Lyon.")
    root = f"http://127.0.0.1:{site.port}"
    for number in range(3):
        site.put(f"/{number}", news(number), etag=f'"{number}"')
    site.put("/feed", rss((f"{root}/1", ""), (f"{root}/2", ""), (f"{root}/gone", "")))
    asked = (articles, "--url", f"{root}/0", "--feed", f"{root}/feed", "--allow-private")

    code, report = say(*asked, "--dry-run")
    assert (code, report["passages"]) == (1, 0)
    assert {*report["added"]} == {"storm", f"{root}/0", f"{root}/1", f"{root}/2"}
    assert site.asked == ["/robots.txt", "/0", "/feed", "/1", "/2", "/gone"]

    code, report = say(*asked)
    assert code == 1
    assert {*report["added"]} == {"storm", f"{root}/0", f"{root}/1", f"{root}/2"}
    assert report["rejected"] == [
        {"source": f"{root}/gone", "reason": "the server says 404 Not Found"}
    ]

    site.asked.clear()
    code, report = say(*asked, "--dry-run")
    assert len(report["unchanged"]) == 4
    assert site.asked == ["/robots.txt", "/0", "/feed", "/gone"]
    code, report = say(*asked, "--prune")
    assert (len(report["unchanged"]), report["removed"]) == (4, [])


def test_this_machine_is_refused_unless_allowed(say: Any, site: Site, tmp_path: Path) -> None:
    site.put("/a", news(1))
    code, report = say("--url", f"http://127.0.0.1:{site.port}/a", "http://localhost/b", "c")
    assert code == 1
    assert [("--allow-private" in one["reason"]) for one in report["rejected"]] == [
        *(True, True, False)
    ]
    assert "http://" in report["rejected"][2]["reason"]
    assert site.asked == []
    assert contents(Library(tmp_path / "library")) == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--url"],
        ["--feed", "http://a.example/", "--list"],
        ["--allow-private"],
        ["x", "--allow-private"],
        ["--url", "http://a.example/", "--prune"],
        ["--feed", "http://a.example/", "--watch"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        ingest.__main__.main(arguments)
    assert left.value.code == 2
    assert "usage: python -m ingest" in capsys.readouterr().err


def test_without_them_no_socket_is_opened(tmp_path: Path, articles: Path) -> None:
    """Not even on loopback; a link in an article is not followed either."""
    (articles / "a.html").write_bytes(
        news(1, head="<link rel='canonical' href='http://127.0.0.1/x'>")
    )
    (articles / "b.txt").write_text(f"http://127.0.0.1/feed {BODY[0]}")
    script = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise SystemExit('a socket')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "import ingest.__main__\n"
        "from tests.fakes import WordEncoder\n"
        "ingest.__main__.chosen_encoder = WordEncoder\n"
        f"code = ingest.__main__.main([{str(articles)!r}, '--json'])\n"
        "assert not {'ingest.net', 'httpcore2', 'feedparser'} & set(sys.modules)\n"
        "sys.exit(code)\n"
    )
    done = run_script(script, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert {*json.loads(done.stdout)["added"]} == {"a", "b"}


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_in_the_middle(tmp_path: Path, site: Site, how: signal.Signals) -> None:
    """With pauses as they are; the next run asks for the rest only."""
    root, folder = f"http://127.0.0.1:{site.port}", tmp_path / "library"
    for number in range(6):
        site.put(f"/{number}", news(number))
    site.put("/feed", rss(*((f"{root}/{number}", "") for number in range(6))))
    asked = ("--feed", f"{root}/feed", "--allow-private", "--json", "--library", folder)
    with subprocess.Popen(
        command("ingest", *asked),
        cwd=PROJECT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        until = time.monotonic() + 120
        while time.monotonic() < until and "/3" not in site.asked:
            time.sleep(0.05)
        time.sleep(0.3)
        child.send_signal(how)
        out, err = child.communicate(timeout=60)
    if how is signal.SIGINT:
        assert (child.returncode, err) == (
            130,
            "saidso: interrupted; the same command goes on from here\n",
        )
        assert len(json.loads(out)["added"]) >= 3
    held = len(contents(Library(folder)))
    assert 3 <= held < 6
    site.asked.clear()
    done = run("ingest", *asked, tmp_path=tmp_path)
    assert done.returncode == 0
    assert len(contents(Library(folder))) == 6
    lost = 0 if how is signal.SIGINT else 1  # what was in, but not yet noted
    assert 6 - held <= len(site.articles_asked()) - 1 <= 6 - held + lost
