"""The chat in a browser: `python app.py`, from the command line to Ctrl-C.

The page is in `qa.front`, what it does in `qa.chat`.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ingest.bar import Bar
from ingest.choose import chosen_encoder
from ingest.errors import SaidsoError
from ingest.places import library_folder
from ingest.report import summary
from qa.chat import Chat
from qa.choose import chosen_reader
from qa.front import build, close, launch
from qa.hosts import HERE, written
from qa.options import add_user
from qa.options import options as parsed
from qa.users import Users

# Read when gradio and what it brings along are imported: nothing is said to anybody.
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 stopped by Ctrl-C, 2 wrong usage, or a library or a port that is in use."""
    options = parsed(arguments)
    for end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(end, signal.default_int_handler)
    os.environ.update({key: os.environ.get(key, value) for key, value in _QUIET.items()})
    try:
        if options.add_user:
            print(add_user(*options.add_user))
            return 0
        users = Users(Path(options.auth), _say) if options.auth else None
        host = options.host.strip("[]")
        _free(host, options.port)
        encoder = chosen_encoder()
        url = f"http://{written(host)}:{options.port}"
        folder = library_folder(options.library)
        with (
            closing(
                Chat(
                    folder,
                    encoder,
                    chosen_reader(),
                    purpose=f"the chat at {url}",
                    net=options.net,
                    allow_private=options.allow_private,
                )
            ) as chat,
            tempfile.TemporaryDirectory(prefix="saidso-") as uploads,
        ):
            if not options.read_only:
                _seed(chat)
            os.environ["GRADIO_TEMP_DIR"] = uploads
            read_only = options.read_only
            _serve(chat, host, options.port, url, read_only=read_only, users=users)
        print("Stopped.")
        return 0
    except SaidsoError as error:
        _say(str(error))
        return 2
    except KeyboardInterrupt:
        print("saidso: interrupted", file=sys.stderr)
        return 130


def _say(message: str) -> None:
    print(f"saidso: {message}", file=sys.stderr, flush=True)


def _free(host: str, port: int) -> None:
    """Raises SaidsoError unless something can be served there."""
    try:
        if not 1 <= port <= 65535:
            raise OSError("a port is a number from 1 to 65535")
        if "%" in host:
            raise OSError("a browser does not take an address with a % in it")
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, UnicodeError) as error:
        no_name = "no host can have this name" if isinstance(error, UnicodeError) else None
        why = no_name or getattr(error, "strerror", None) or error
        raise SaidsoError(
            f"cannot serve on {written(host)}:{port}: {why}; choose another with --host or --port"
        ) from None


def _seed(chat: Chat) -> None:
    if not chat.fresh:
        return
    print("First run: waking the encoder, taking in the sample article …", flush=True)
    with Bar(None) as bar:
        report = chat.seed(bar.tick)
    print(summary(report), flush=True)


def _serve(
    chat: Chat, host: str, port: int, url: str, *, read_only: bool, users: Users | None
) -> None:
    """Until Ctrl-C."""
    demo = build(chat, read_only=read_only, users=users)
    try:
        launch(demo, chat, host, port, read_only=read_only, users=users)
        chat.wake()  # not before: its imports would keep the server from starting
        with chat.library.snapshot() as snapshot:
            articles, _ = snapshot.count()
        print(
            f"\n  Saidso is at {url}\n  library      {chat.library.folder}\n"
            f"  articles     {articles:,}\n{_open_to(host, users)}{_net(chat)}"
            "  stop         Ctrl-C\n",
            flush=True,
        )
        while True:  # a wait without an end would sleep through a Ctrl-C that comes just before it
            time.sleep(1)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second one does not wait
        print("Stopping …", flush=True)
    finally:
        close(demo)


def _open_to(host: str, users: Users | None) -> str:
    """The line that says who is let in, where that is not just whoever sits here."""
    if users is None and host in HERE:
        return ""
    who = "with a password" if users else f"anyone who reaches {host}; --auth asks for a password"
    return f"  open to      {who}\n"


def _net(chat: Chat) -> str:
    if chat.addresses is None:
        return ""
    return "  the net      what is named on the Articles page is fetched\n"


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # all is closed; a thread inside a model's C++ would crash the usual way out
