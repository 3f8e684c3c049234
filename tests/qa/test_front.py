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
