"""The page's own functions, without a browser: what they tell when the work behind them breaks."""

from __future__ import annotations

import html
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import SaidsoError
from qa.intake import to_the_end
from tests.processes import run_script

# Apart from the tests: the front end takes long to import, and leaves loops open.
_BROKEN = """
import sys
from pathlib import Path
from qa.front import build
from qa.chat import Chat
from tests.fakes import WordEncoder, WordReader
chat = Chat(Path(sys.argv[1]), WordEncoder(), WordReader(), purpose="a test", net=True)
said = {one.fn.__name__: one.fn for one in build(chat).fns.values() if one.fn}
def broken(*_):
    raise OSError("the disk is gone")
import qa.addresses, qa.intake
qa.addresses.reported = qa.intake.reported = broken
*_, (_, told), (box, _) = said["fetch"]("file://x", "a" * 32, "fr")
print(box.submit_btn, box.stop_btn, "erreur" in told)
file = Path(sys.argv[2])
*_, (told, dropped) = said["take_in"]([{"path": str(file), "orig_name": file.name}], "v", "en")
print("wrong; the terminal" in told, "<progress" in told, dropped, file.exists())
chat.close()
"""


@pytest.mark.slow
def test_no_button_and_no_bar_waits_for_ever(tmp_path: Path) -> None:
    file = tmp_path / "storm.txt"
    file.write_text("A storm hit Lyon.\n")
    done = run_script(_BROKEN, tmp_path, tmp_path / "library", file)
    assert done.stdout == "Récupérer False True\nTrue False None False\n", done.stderr
    assert done.stderr.count("the disk is gone") >= 2


_CALLED = """
import sys
from pathlib import Path
import httpx
from qa import front
from qa.chat import Chat
from tests.fakes import WordEncoder, WordReader
front.MOST = 5
chat = Chat(Path(sys.argv[1]), WordEncoder(), WordReader(), purpose="a test")
demo = front.build(chat)
front.launch(demo, chat, "127.0.0.1", int(sys.argv[2]), read_only=False, users=None)
with httpx.Client(base_url=f"http://127.0.0.1:{sys.argv[2]}", timeout=60) as client:
    for _ in range(12):
        call = client.post("/gradio_api/call/articles", json={"data": ["", "", ""]})
        client.get(f"/gradio_api/call/articles/{call.json()['event_id']}").raise_for_status()
print(len(demo.app.state_holder.session_data))
front.close(demo)
chat.close()
"""


@pytest.mark.slow
def test_a_call_over_http_is_not_remembered_for_ever(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = run_script(_CALLED, tmp_path, tmp_path / "library", port)
    assert done.stdout == "5\n", done.stderr


_SERVED = """
import json, os, sys, time
from pathlib import Path
os.environ.update({"HTTP_PROXY": "http://127.0.0.1:9", "no_proxy": "example.org"})
import httpx
from qa import front, hosts, intake, users, waiting
from qa.chat import Chat
from tests.fakes import WordEncoder, WordReader, put
library, file, host, port = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
users._COST = (10, 8, 1)
for name in ("anna", "bob"):
    users.add(file, name, "correct horse")
door = users.Users(file, print)
chat = Chat(library, WordEncoder(), WordReader(), purpose="a test")
put(chat.library, "The harbour of Brest was flooded in March.")
chat.wake()
demo = front.build(chat, users=door)
front.launch(demo, chat, host, port, read_only=False, users=door)
print(os.environ["NO_PROXY"] == os.environ["no_proxy"], os.environ["no_proxy"])
events = {one.fn.__name__: number for number, one in demo.fns.items() if one.fn}
(pane,) = [number for number, one in demo.blocks.items() if getattr(one, "elem_id", "") == "pane"]

def begun(client, name, *given, session="s"):
    wanted = {"fn_index": events[name], "data": [*given, "a" * 32, "en"], "session_hash": session}
    client.post("/gradio_api/queue/join", json=wanted).raise_for_status()

def ended(client, session="s"):
    return client.get("/gradio_api/queue/data", params={"session_hash": session}).text

def told(client, name, *given):
    begun(client, name, *given)
    return ended(client)

def dropped(client):
    with intake._one_drop:
        for session in "st":
            file = {"files": ("gale.txt", b"A gale hit Nice.")}
            (path,) = client.post("/gradio_api/upload", files=file).json()
            given = {"path": path, "orig_name": "gale.txt", "meta": {"_type": "gradio.FileData"}}
            begun(client, "take_in", [given], session=session)
        until = time.monotonic() + 30
        while sum(waiting._waiting.values()) < 2 and time.monotonic() < until:
            time.sleep(0.05)
    return [ended(client, session) for session in "st"], Path(path).exists()

def taken(client):
    wanted = {"do": "save", "kind": "md", "visitor": "a" * 32}
    call = {"component_id": pane, "fn_name": "take_out", "session_hash": "s", "data": wanted}
    return client.post("/gradio_api/component_server", json=call).text

def called(client, name, *given):
    call = client.post(f"/gradio_api/call/{name}", json={"data": given}).json()
    return client.get(f"/gradio_api/call/{name}/{call['event_id']}").text

for name in ("anna", "bob", "anna"):
    with httpx.Client(base_url=f"http://{hosts.written(host)}:{port}", timeout=60) as client:
        client.post("/login", data={"username": name, "password": "correct horse"})
        seen = [told(client, "arrived"), taken(client)]
        told(client, "asked", "Was it flooded?")
        seen += [told(client, "arrived"), taken(client)]
        print(name, *("flooded?" in one for one in seen))
        last = [called(client, "articles"), called(client, "articles", "nowhere")]
        last += [called(client, "ask"), client.get("/", headers={"host": "elsewhere.test"}).text]
        both, left = dropped(client)
print(*("1 unchanged" in one and "vanished" not in one for one in both), left)
print('"total": 2' in last[0], '"total": 0' in last[1], "must be text" in last[2], last[3])
front.close(demo)
chat.close()
"""


@pytest.mark.slow
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_conversation_is_its_owner_s_alone_on_the_same_browser(tmp_path: Path, host: str) -> None:
    """And no proxy is asked, a program may leave out what is documented, two may drop one file,
    IPv6 is served too.
    """
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.bind((host, 0))
            port = probe.getsockname()[1]
    except OSError:
        pytest.skip("no IPv6 here")
    done = run_script(_SERVED, tmp_path, tmp_path / "library", tmp_path / "users", host, str(port))
    assert done.stdout.splitlines() == [
        "True example.org,127.0.0.1,::1,localhost",
        "anna False False True True",
        "bob False False True True",
        "anna True True True True",
        "True True False",
        "True True True Invalid host header",
    ], done.stderr


def broken(error: Exception) -> Iterator[str]:
    yield "half"
    raise error


def test_what_went_wrong_is_the_last_that_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    refused = list(to_the_end(broken(SaidsoError("there is no text in it")), "fr"))
    assert refused[0] == "half" and "il ne contient pas de texte" in refused[1]
    assert not capsys.readouterr().err
    first, last = to_the_end(broken(OSError("the disk is gone")), "fr")
    assert first == "half" and "le terminal dit laquelle" in html.unescape(last)
    assert "the disk is gone" in capsys.readouterr().err


def test_what_the_page_has_no_words_for_is_on_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    odd = SaidsoError("an odd \x1b thing")
    assert "odd" in list(to_the_end(broken(odd), "en"))[1] and not capsys.readouterr().err
    assert "le terminal dit laquelle" in html.unescape(list(to_the_end(broken(odd), "fr"))[1])
    assert capsys.readouterr().err == "saidso: an odd \x1b thing\n"


def test_who_leaves_ends_the_work_as_well() -> None:
    left = []

    def work() -> Iterator[str]:
        try:
            yield "on it"
        finally:
            left.append(True)

    watched = to_the_end(work(), "en")
    next(watched)
    watched.close()  # type: ignore[attr-defined]
    assert left
