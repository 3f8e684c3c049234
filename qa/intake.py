"""Files that come through the page into a library: progress while they do, then the report."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from ingest.encoder import Encoder
from ingest.errors import SaidsoError
from ingest.identify import UPLOAD
from ingest.library import Library
from ingest.pipeline import Progress, Tally, ingest
from ingest.read import SUFFIXES, File, expected
from ingest.types import Rejection, Report
from qa.page.interface import say
from qa.page.report import progress, report, trouble
from qa.page.rows import SHOWN
from qa.told import told
from qa.waiting import done_with, wait_for

_BEAT = 0.2  # seconds between two signs of progress

_one_drop = threading.Lock()  # those that come at the same time wait here for their turn

Upload = tuple[Path, str]  # where it lies, its name


def take_in(
    library: Library,
    encoder: Encoder,
    uploads: Sequence[Upload],
    language: str,
    *,
    tick: Progress,
    after: Callable[[], None],
    told_as: str = "",
) -> Iterator[str]:
    """Ingest uploaded files; first progress, then the report.

    `tick` is called with each article and may raise SaidsoError to end it, `after` when all are in.
    `told_as`: what a refusal names in place of a file that nobody but this program has named.
    The files are deleted at the end, as the library has what was in them, unless others wait for
    the same.
    """
    uploads = [(path, _within(name) or path.name) for path, name in uploads]
    lying = {path for path, _ in uploads}
    wait_for(lying)
    files = [_file(path, name) for path, name in uploads]
    total, done, tally = sum(map(expected, files)), 0, Tally()

    def ticked(article: str) -> None:
        nonlocal done
        done += 1
        tick(article)

    def work() -> None:
        try:
            with _one_drop, closing(_by_name(files, uploads, tally)) as given:
                ingest(library, encoder, given, tally=tally, progress=ticked, uploaded=True)
            after()
        finally:  # here: whoever dropped them may have left
            done_with(lying)

    problem = yield from worked(work, lambda: progress(done, total, language), language)
    if tally.changes or tally.rejected or not problem:
        finished = tally.report()
        if told_as:
            named = tuple(replace(one, source=told_as) for one in finished.rejected)
            finished = replace(finished, rejected=named)
        problem += reported(library, finished, language)
    yield problem


def worked(
    work: Callable[[], None], shown: Callable[[], str], language: str
) -> Generator[str, None, str]:
    """What `shown` says, again and again, while `work` is done in a thread of its own; in the end
    what went wrong, as HTML, or nothing.

    Whoever leaves is not waited for: the work goes on by itself.
    """
    pool = ThreadPoolExecutor(1, "saidso-ingest")
    future = pool.submit(work)
    pool.shutdown(wait=False)
    yield shown()
    while not wait([future], _BEAT).done:
        yield shown()
    try:
        future.result()
    except Exception as error:
        return _went_wrong(error, language)
    return ""


def to_the_end(reports: Iterator[str], language: str) -> Iterator[str]:
    """`reports`, and last what went wrong, where making them did: no page may wait for ever."""
    try:
        yield from reports
    except Exception as error:
        yield _went_wrong(error, language)


def _went_wrong(error: Exception, language: str) -> str:
    if isinstance(error, SaidsoError):
        return trouble(told(error, language))
    traceback.print_exception(error)
    return trouble(say(language)["wrong"])


def taken_in(library: Library, encoder: Encoder, name: str, text: str, *, tick: Progress) -> Report:
    """Ingest one text as if a file of that name had been dropped on the page."""
    with TemporaryDirectory(prefix="saidso-") as folder:
        path, tally = Path(folder) / "text", Tally()
        path.write_bytes(text.encode())
        one = _file(path, _within(name).rpartition("/")[2] or path.name)
        with closing(_by_name([one], [(path, name)], tally)) as given:
            ingest(library, encoder, given, tally=tally, progress=tick, uploaded=True)
    return tally.report()


def reported(library: Library, done: Report, language: str) -> str:
    with library.snapshot() as snapshot:
        shown = [*done.added, *done.changed, *done.unchanged][: 3 * SHOWN]
        known = {one: article for one in shown if (article := snapshot.article(one))}
    return report(done, {one: article.title for one, article in known.items()}, language)


def _within(name: str) -> str:
    """The path of an upload within the folder that was dropped: nothing above it, no empty part.

    >>> _within("press/2022/a.txt"), _within("../../etc/a.txt"), _within("a.txt")
    ('press/2022/a.txt', 'etc/a.txt', 'a.txt')
    """
    parts = (part.strip() for part in name.replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part not in {"", ".", ".."})


def _file(path: Path, name: str) -> File | Rejection:
    """The upload as what its owner calls it."""
    own = PurePosixPath(name)
    if own.suffix.lower() not in SUFFIXES or own.name.startswith("."):
        return Rejection(name, f"not a kind that can be read ({', '.join(SUFFIXES)})")
    return File(path, name)


def _by_name(
    files: Sequence[File | Rejection], uploads: Sequence[Upload], tally: Tally
) -> Generator[File | Rejection]:
    """`files`; what `tally` then has as refused in each goes by its name, and not by the place
    where it lay, which two of the same bytes have in common.
    """
    for one, (path, name) in zip(files, uploads, strict=True):
        before = len(tally.rejected)
        try:
            yield one
        finally:
            tally.rejected[before:] = [_named(each, path, name) for each in tally.rejected[before:]]


def _named(one: Rejection, path: Path, name: str) -> Rejection:
    if one.source == str(path) or one.source.startswith(f"{path}:"):
        return replace(one, source=name + one.source.removeprefix(str(path)))
    return replace(
        one,
        source=one.source.removeprefix(UPLOAD),
        reason=one.reason.replace(f" in {UPLOAD}", " in "),
    )
