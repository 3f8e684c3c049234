"""The command line of the chat, `python app.py`: what can be said there; a user put in a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path

from ingest.errors import SaidsoError
from qa.users import add


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Leaves with 2 and a message for what does not go together."""
    made = parser()
    given = made.parse_args(arguments)
    if given.net and given.read_only:
        made.error("--net takes articles in and --read-only takes none: leave one of them out")
    if given.allow_private and not given.net:
        made.error("--allow-private goes with --net")
    return given


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python app.py", description="Ask your articles in the browser; they answer in quotes."
    )
    made.add_argument(
        "--library", metavar="DIR", help="default: $SAIDSO_LIBRARY, else the user data folder"
    )
    made.add_argument(
        "--host", default="127.0.0.1", help="address to serve on (default: only this machine)"
    )
    made.add_argument("--port", type=int, default=7860, help="port to serve on (default: 7860)")
    made.add_argument(
        "--read-only", action="store_true", help="answer only: no articles are taken in here"
    )
    made.add_argument(
        "--net",
        action="store_true",
        help="take in web addresses, feeds and sitemaps that are named on the Articles page;"
        " nothing is fetched without it",
    )
    made.add_argument(
        "--allow-private",
        action="store_true",
        help="with --net: fetch from this machine and its own network too, which is refused"
        " otherwise; whoever reaches the chat can then have it read what is there",
    )
    made.add_argument(
        "--auth", metavar="FILE", help="let in only who is in this file, with their password"
    )
    made.add_argument(
        "--add-user",
        nargs=2,
        metavar=("NAME", "FILE"),
        help="ask for a password, put NAME into such a FILE, or change its password there, and end",
    )
    return made


def add_user(name: str, file: str) -> str:
    """Ask for a password and keep it; says what was done. Raises SaidsoError for one that won't do.

    Without a terminal it is the first line of what comes in.
    """
    if sys.stdin.isatty():
        password = getpass(f"Password for {name}: ")
        if getpass("Once more: ") != password:
            raise SaidsoError("these were two passwords; nothing was changed")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    was_there = add(Path(file), name, password)
    return f"{name} has a new password in {file}" if was_there else f"{name} is now in {file}"
