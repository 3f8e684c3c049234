"""Files that come through the page into a library: progress while they do, then the report."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.encoder import Encoder
from ingest.errors import SaidsoError
from ingest.library import Library
from ingest.pipeline import Progress, Tally, ingest
from ingest.read import SUFFIXES, File, expected
from ingest.types import Rejection, Report
from qa.page.interface import say
from qa.page.reasons import reason
from qa.page.report import progress, report, trouble
from qa.page.rows import SHOWN

_BEAT = 0.2  # seconds between two signs of progress

_one_drop = threading.Lock()  # who leaves lets the page take the next one: it waits here

Upload = tuple[Path, str]  # where it lies, its name


def take_in(
    library: Library,
    encoder: Encoder,
    uploads: Sequence[Upload],
    language: str,
    *,
    tick: Progress,
    after: Callable[[], None],
) -> Iterator[str]:
    """Ingest uploaded files; first progress, then the report.

    `tick` is called with each article and may raise SaidsoError to end it, `after` when all are in.
    The files are deleted at the end: the library has what was in them.
    """
    files = [_file(path, name) for path, name in uploads]
    total, done, tally = sum(map(expected, files)), 0, Tally()

    def ticked(article: str) -> None:
        nonlocal done
        done += 1
        tick(article)

    def work() -> None:
        try:
            with _one_drop:
                ingest(library, encoder, files, tally=tally, progress=ticked, uploaded=True)
            after()
        finally:  # here: whoever dropped them may have left
            for path, _ in uploads:
                with suppress(OSError):
                    path.unlink()

    problem = yield from worked(work, lambda: progress(done, total, language), language)
    if tally.changes or tally.rejected or not problem:
        finished = tally.report()
        refused = tuple(_by_name(one, uploads) for one in finished.rejected)
        problem += reported(library, replace(finished, rejected=refused), language)
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
        return trouble(reason(str(error), language))
    traceback.print_exception(error)
    return trouble(say(language)["wrong"])


def taken_in(library: Library, encoder: Encoder, name: str, text: str, *, tick: Progress) -> Report:
    """Ingest one text as if a file of that name had been dropped on the page."""
    with TemporaryDirectory(prefix="saidso-") as folder:
        path, tally = Path(folder) / "text", Tally()
        path.write_bytes(text.encode())
        one = _file(path, name)
        ingest(library, encoder, [one], tally=tally, progress=tick, uploaded=True)
    done = tally.report()
    return replace(done, rejected=tuple(_by_name(one, [(path, name)]) for one in done.rejected))


def reported(library: Library, done: Report, language: str) -> str:
    with library.snapshot() as snapshot:
        shown = [*done.added, *done.changed, *done.unchanged][: 3 * SHOWN]
        known = {one: article for one in shown if (article := snapshot.article(one))}
    return report(done, {one: article.title for one, article in known.items()}, language)


def _file(path: Path, name: str) -> File | Rejection:
    """The upload as what its owner calls it; only its own name, whatever path comes with it."""
    known_as = name.replace("\\", "/").rpartition("/")[2].strip() or path.name
    if Path(known_as).suffix.lower() not in SUFFIXES or known_as.startswith("."):
        return Rejection(known_as, f"not a kind that can be read ({', '.join(SUFFIXES)})")
    return File(path, known_as)


def _by_name(one: Rejection, uploads: Sequence[Upload]) -> Rejection:
    """The refusal, under the name of the file and not the place where its upload lay."""
    for path, name in uploads:
        if one.source == str(path) or one.source.startswith(f"{path}:"):
            return replace(one, source=name + one.source.removeprefix(str(path)))
    return one
