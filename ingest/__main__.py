"""`python -m ingest`: bring articles into a library, look after it, and say what was done."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path

from ingest.bar import Bar
from ingest.choose import chosen_encoder
from ingest.dense import Dense
from ingest.errors import SaidsoError
from ingest.history import history
from ingest.identify import Shelf
from ingest.library import Library
from ingest.options import options as parsed
from ingest.pipeline import Tally, ingest, survey
from ingest.places import library_folder
from ingest.read import File, discover, expected
from ingest.report import speak_utf8, stop_speaking, summary
from ingest.terminal import shown
from ingest.types import Change, Page, Rejection, Report
from ingest.upkeep import rebuild, vanished


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 fine, 1 something was rejected, 2 wrong usage or no library, 130 Ctrl-C."""
    options = parsed(arguments)
    speak_utf8()
    try:
        folder = library_folder(options.library)
        if options.list:
            return _list(folder, as_json=options.json)
        if options.remove:
            return _remove(folder, options)
        if options.rebuild:
            return _rebuild(folder)
        if options.history:
            print(shown(history(Library(folder), options.history), sys.stdout))
            return 0
        code = _ingest(folder, options)
        return _watch(folder, options) if options.watch and code in (0, 1) else code
    except SaidsoError as error:
        print(f"saidso: {shown(str(error), sys.stderr)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("saidso: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return stop_speaking()


def _ingest(folder: Path, options: argparse.Namespace) -> int:
    files = list(discover(options.paths))
    if options.columns:
        told = dict(options.columns)
        files = [replace(one, columns=told) if isinstance(one, File) else one for one in files]
    tally, failure, interrupted = Tally(), None, False
    if options.dry_run and not os.path.isfile(folder / "library.sqlite"):
        shelved = []
    else:
        library = Library(folder, create=not options.dry_run)
        with library.snapshot() as snapshot:
            shelved = snapshot.shelved()
    if options.dry_run:
        held = Library(folder) if shelved else None
        with Bar(len(options.url) + len(options.feed)) as bar:
            try:
                asked = chain(files, _pages(held, options, bar))
                for finding in survey(asked, Shelf(shelved), tally):
                    tally.changes.setdefault(finding.article_id, finding.change)
            except KeyboardInterrupt:
                interrupted = True
    else:
        encoder = chosen_encoder()
        with Bar(sum(map(expected, files)) + len(options.url) + len(options.feed)) as bar:
            try:
                if options.paths:
                    ingest(library, encoder, files, tally=tally, progress=bar.tick)
                if options.url or options.feed:
                    pages = _pages(library, options, bar)
                    ingest(library, encoder, pages, tally=tally, progress=bar.tick, at_once=True)
            except SaidsoError as error:
                failure = error
            except KeyboardInterrupt:
                interrupted = True
    if options.prune and not failure and not interrupted:
        vanishing = vanished(shelved, options.paths, tally.changes, tally.rejected)
        with nullcontext() if options.dry_run else library.kept_open():
            for gone in vanishing:
                if options.dry_run or library.remove(gone):
                    tally.changes[gone] = Change.REMOVED
        if not options.dry_run and Change.REMOVED in tally.changes.values():
            library.scrub()
    report = tally.report()
    _say(report, options)
    if not options.dry_run and not interrupted and (report.passages or report.removed):
        _follow(library)
    if interrupted:
        print("saidso: interrupted; the same command goes on from here", file=sys.stderr)
        return 130
    if failure:
        print(f"saidso: {failure}", file=sys.stderr)
        return 2 if report.passages == 0 else 1
    return 1 if report.rejected else 0


def _pages(
    library: Library | None, options: argparse.Namespace, bar: Bar
) -> Iterator[Page | Rejection]:
    """What is at the addresses that were named, fetched as it is asked for."""
    if not (options.url or options.feed):
        return iter(())
    from ingest.net.named import pages  # what reaches the net waits until it is asked for

    return pages(
        library,
        addresses=options.url,
        feeds=options.feed,
        allow_private=options.allow_private,
        noting=not options.dry_run,
        at=bar.at,
        expect=bar.expect,
    )


def _watch(folder: Path, options: argparse.Namespace) -> int:
    """Until Ctrl-C, which is how it is meant to end."""
    from ingest.watch import changes, gone  # its library is needed here only

    library, encoder, told = Library(folder), chosen_encoder(), dict(options.columns or ())
    print(f"saidso: watching {', '.join(options.paths)}; stop with Ctrl-C", file=sys.stderr)
    try:
        for files in changes(options.paths):
            tally = Tally()
            sorted_out = [replace(one, columns=told) for one in files]
            ingest(library, encoder, sorted_out, tally=tally, progress=lambda _: None)
            if options.prune:
                with library.snapshot() as snapshot:
                    shelved = snapshot.shelved()
                read = [str(one.path) for one in files]
                missing = vanished(shelved, read, tally.changes, tally.rejected)
                for one in {*gone(shelved, options.paths), *missing}:
                    if library.remove(one):
                        tally.changes[one] = Change.REMOVED
            report = tally.report()
            if report.added or report.changed or report.removed or report.rejected:
                if report.removed:
                    library.scrub()
                _say(report, options)
                _follow(library)
    except KeyboardInterrupt:
        print("saidso: stopped watching", file=sys.stderr)
    return 0


def _list(folder: Path, *, as_json: bool) -> int:
    with Library(folder).snapshot() as snapshot:
        originals = snapshot.originals()
        for article in snapshot.articles():
            original = originals.get(article.id)
            if as_json:
                fields = ("id", "title", "source", "published", "language")
                row = {field: getattr(article, field) for field in fields}
                row |= {"version": article.digest, "characters": len(article.text)}
                row |= {"reprint_of": original} if original else {}
                print(json.dumps(row, ensure_ascii=False))
            else:
                date, tongue = article.published or "no date", article.language
                reprint = f"  reprint of {original}" if original else ""
                line = (
                    f"{article.id}  {date}  {tongue}  {article.title}  ({article.source}){reprint}"
                )
                print(shown(line, sys.stdout))
    return 0


def _remove(folder: Path, options: argparse.Namespace) -> int:
    library, tally = Library(folder), Tally()
    with library.snapshot() as snapshot:
        known = {one.id for one in snapshot.shelved()}
    for one in options.remove:
        if one in known and (options.dry_run or library.remove(one)):
            tally.changes[one] = Change.REMOVED
        else:
            tally.rejected.append(Rejection(one, "no article has this id; see --list"))
    report = tally.report()
    _say(report, options)
    if report.removed and not options.dry_run:
        library.scrub()
        _follow(library)
    return 1 if report.rejected else 0


def _rebuild(folder: Path) -> int:
    library = Library(folder)
    with library.snapshot() as snapshot:
        articles, _ = snapshot.count()
    encoder = chosen_encoder()
    with Bar(articles) as bar:
        made = rebuild(library, encoder, bar.tick)
    _follow(library)
    print(f"{articles} articles, {made} passages, embedded with {encoder.name}")
    return 0


def _follow(library: Library) -> None:
    """Bring the vector index up to date, unless a chat owns it: then the chat does so itself."""
    with closing(Dense(library, purpose="an ingest")) as dense:
        if dense.trouble:
            print(
                f"saidso: {dense.trouble}\n"
                "saidso: the library is complete; questions are answered without the vector index"
                " until the next command builds it again",
                file=sys.stderr,
            )


def _say(report: Report, options: argparse.Namespace) -> None:
    if options.json:
        made = asdict(report)
        if not report.reprints:
            del made["reprints"]
        print(json.dumps(made, ensure_ascii=False), flush=True)
    else:
        print(shown(summary(report, dry_run=options.dry_run), sys.stdout), flush=True)


if __name__ == "__main__":
    sys.exit(main())
