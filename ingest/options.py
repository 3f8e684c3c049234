"""What `python -m ingest` can be asked for, and which of it goes together."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ingest.draft import FIELDS
from ingest.formats.kinds import SUFFIXES


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Ends the program with code 2, and says why, where the arguments make no sense."""
    made = parser()
    given = made.parse_args(arguments)
    others = (given.list, given.remove, given.rebuild, given.history)
    what = given.paths or given.url or given.feed
    if sum(map(bool, (what, *others))) != 1:
        made.error("give PATHs, --url, --feed, or one of --list, --remove, --rebuild, --history")
    if given.allow_private and not (given.url or given.feed):
        made.error("--allow-private goes with --url or --feed")
    if (given.watch or given.columns) and not given.paths:
        made.error("--watch and --columns go with PATHs")
    if given.watch and given.dry_run:
        made.error("--watch takes articles in; --dry-run does not")
    if given.prune and not given.paths:
        made.error("--prune goes with PATHs: what is gone from them is removed")
    if given.dry_run and (given.list or given.rebuild):
        made.error("--dry-run goes with PATHs, --url, --feed or --remove")
    return given


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m ingest",
        description=f"Bring articles into a library: files ({' '.join(SUFFIXES)}), folders, and"
        " pages of the net that are named. Nothing is fetched without --url or --feed.",
    )
    made.add_argument("paths", nargs="*", metavar="PATH", help="files and folders of articles")
    made.add_argument(
        "--library", metavar="DIR", help="default: $SAIDSO_LIBRARY, else the user data folder"
    )
    made.add_argument("--json", action="store_true", help="print the report as JSON")
    made.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")
    made.add_argument(
        "--prune", action="store_true", help="remove articles that are gone from the PATHs"
    )
    made.add_argument(
        "--columns",
        nargs="+",
        type=_column,
        metavar="FIELD=NAME",
        help=f"what a .csv or .jsonl export calls its fields ({', '.join(FIELDS[:3])}, text …)",
    )
    made.add_argument(
        "--watch", action="store_true", help="go on taking in what changes there, until Ctrl-C"
    )
    made.add_argument(
        "--url", nargs="+", metavar="ADDRESS", default=[], help="fetch these web pages"
    )
    made.add_argument(
        "--feed",
        nargs="+",
        metavar="ADDRESS",
        default=[],
        help="fetch the pages that these feeds (RSS, Atom) or sitemaps list and that are new",
    )
    made.add_argument(
        "--allow-private",
        action="store_true",
        help="fetch from this machine and its own network too, which is refused otherwise",
    )
    made.add_argument("--history", metavar="ID", help="show what changed in an article, and when")
    made.add_argument("--list", action="store_true", help="list the articles of the library")
    made.add_argument(
        "--remove", nargs="+", metavar="ID", help="forget these articles, all their versions"
    )
    made.add_argument(
        "--rebuild", action="store_true", help="clean, split and embed everything again"
    )
    return made


def _column(given: str) -> tuple[str, str]:
    field, _, name = given.partition("=")
    if field not in (*FIELDS, "text") or not name:
        known = ", ".join((*FIELDS, "text"))
        raise argparse.ArgumentTypeError(f"{given!r} is not FIELD=NAME with one of {known}")
    return field, name
