"""One ingest: drafts in, a library that holds them, and a report of what became of each.

Articles are embedded many at a time and written one at a time, so a stop at any instant (Ctrl-C, a
full disk, kill -9) leaves whole articles only, and the next run goes on from there.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from ingest.article import article, digest, earlier_digest
from ingest.embed import embed
from ingest.encoder import Encoder
from ingest.errors import RenamedError, TakenError
from ingest.going import Going, on
from ingest.identify import UPLOAD, Shelf
from ingest.ledger import Ledger, fingerprint
from ingest.library import Library
from ingest.read import File, drafts
from ingest.snapshot import Shelved, Stamp
from ingest.split import in_context, passages, windows
from ingest.stamp import checked, made_with
from ingest.types import (
    Article,
    Change,
    Draft,
    Embedded,
    Page,
    Passage,
    Rejection,
    Report,
    Window,
)

_BATCH = 128  # windows embedded at once
_AT_A_TIME = 128  # windows of a long article between two looks at whether to go on
_NOTED = 20  # files noted as read at once; as many may have to be read again after a stop
_WRITTEN = (Change.ADDED, Change.CHANGED)

Progress = Callable[[str], None]  # told the name of each article or refusal, once it is done with


@dataclass(slots=True)
class Tally:
    """A report in the making. It is right at any moment, so an interrupted run can show it."""

    changes: dict[str, Change] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    passages: int = 0
    reprints: dict[str, str] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    def report(self) -> Report:
        def those(change: Change) -> tuple[str, ...]:
            return tuple(one for one, what in self.changes.items() if what is change)

        return Report(
            added=those(Change.ADDED),
            changed=those(Change.CHANGED),
            unchanged=those(Change.UNCHANGED),
            removed=those(Change.REMOVED),
            rejected=tuple(self.rejected),
            passages=self.passages,
            seconds=round(time.monotonic() - self.started, 3),
            reprints=self.reprints,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A draft, which article it is, and what taking it in would do.

    There is no draft where a file is known to be as it was: nothing in it has to be read. `known`:
    where the library had the article from; None if the draft says itself which article it is.
    """

    draft: Draft | None
    article_id: str
    origin: str
    moved: bool
    change: Change
    known: tuple[str, ...] | None = None


def survey(
    files: Iterable[File | Page | Rejection],
    shelf: Shelf,
    tally: Tally,
    *,
    uploaded: bool = False,
    ledger: Ledger | None = None,
    whole: Callable[[str, str, list[str]], None] = lambda *_: None,
) -> Iterator[Finding]:
    """What there is to do, one draft at a time, nothing done; refusals go to `tally`.

    `whole` is told the origin, the fingerprint and the article ids of each file that was read to
    its end without a refusal, once all of its findings were taken.
    """
    given_to: dict[str, str] = {}
    been: set[str] = set()
    for file in files:
        if isinstance(file, Rejection):
            tally.rejected.append(file)
            continue
        seal: str | None
        found: Iterable[Draft | Rejection]
        if isinstance(file, Page):
            origin, seal, found = file.origin, file.seal, file.drafts
            held = None if found else shelf.from_origin(origin)
        else:
            origin = f"{UPLOAD}{file.name}" if uploaded else os.path.realpath(file.path)
            if origin in been and not uploaded:  # by another name, through a link
                continue
            been.add(origin)
            seal = None if uploaded or ledger is None else fingerprint(file)
            held = ledger.unchanged(origin, seal) if ledger and seal else None
            found = drafts(file, origin=origin)
        if held and all(given_to.setdefault(one.id, origin) == origin for one in held):
            for one in held:
                yield Finding(None, one.id, origin, False, Change.UNCHANGED)
            continue
        refused, ids = len(tally.rejected), []
        for draft in found:
            if isinstance(draft, Rejection):
                tally.rejected.append(draft)
                continue
            known_as, where = shelf.identify(draft)
            if (first := given_to.setdefault(known_as, draft.origin)) != draft.origin:
                # Taking it in would silently replace what the same command has just taken in.
                reason = f"its id {known_as!r} is already that of an article in {first}"
                tally.rejected.append(Rejection(draft.origin, reason))
                continue
            before, now = shelf.by_id.get(known_as), digest(draft)
            if before is not None and before.digest == earlier_digest(draft):
                now = before.digest
            shelf.put(Shelved(known_as, now, where))
            same = before is not None and before.digest == now
            change = Change.UNCHANGED if same else Change.CHANGED if before else Change.ADDED
            moved = before is not None and before.origin != where
            ids.append(known_as)
            known = None if draft.id else (before.origin,) if before else ()
            yield Finding(draft, known_as, where, moved, change, known)
        if seal and ids and len(tally.rejected) == refused:
            whole(origin, seal, ids)


def ingest(
    library: Library,
    encoder: Encoder,
    files: Iterable[File | Page | Rejection],
    *,
    tally: Tally,
    progress: Progress,
    uploaded: bool = False,
    at_once: bool = False,
    going: Going = on,
) -> None:
    """Bring `files` into the library, keeping `tally`.

    `uploaded`: the files lie in a temporary place that says nothing of what they are.
    `at_once`: each is written before the next is read, because they are slow to get.
    `going` is asked whether to go on before articles are embedded, and now and then while they are;
    what it raises ends the run, and they are left out.
    Raises EncoderError when the library was made with another encoder.
    """
    with library.snapshot() as snapshot:
        checked(snapshot, encoder)
        shelf = Shelf(snapshot.shelved())
    with library.kept_open():
        library.compare()  # what an earlier version left to do
        writer = _Writer(library, encoder, tally, progress, going, batch=1 if at_once else _BATCH)
        ledger, noted = Ledger(library, shelf), 1 if at_once else _NOTED
        read: list[tuple[str, str, list[str]]] = []
        refused = len(tally.rejected)
        try:
            for finding in survey(
                files,
                shelf,
                tally,
                uploaded=uploaded,
                ledger=ledger,
                whole=lambda *file: read.append(file),
            ):
                for one in tally.rejected[refused:]:
                    progress(one.source)
                refused = len(tally.rejected)
                if len(read) >= noted and writer.idle:
                    ledger.note(read)
                    read.clear()
                if finding.change is Change.UNCHANGED or finding.draft is None:
                    if finding.moved:
                        library.moved(finding.article_id, finding.origin)
                    tally.changes.setdefault(finding.article_id, Change.UNCHANGED)
                    progress(finding.article_id)
                else:
                    writer.add(finding.draft, finding)
            for one in tally.rejected[refused:]:
                progress(one.source)
            writer.flush()
        finally:
            # all that was read whole is in then, even if a stop came while one was fetched
            if writer.idle:
                ledger.note(read)
    with library.snapshot() as snapshot:
        tally.reprints = snapshot.originals(
            [one for one, what in tally.changes.items() if what in _WRITTEN]
        )


class _Writer:
    """Gathers articles until there is a batch of windows to embed, then writes them."""

    def __init__(
        self,
        library: Library,
        encoder: Encoder,
        tally: Tally,
        progress: Progress,
        going: Going,
        *,
        batch: int,
    ) -> None:
        self._library, self._encoder, self._batch = library, encoder, batch
        self._tally, self._progress, self._going = tally, progress, going
        self._waiting: list[tuple[Article, tuple[Passage, ...], tuple[Window, ...], Finding]] = []

    @property
    def idle(self) -> bool:
        """All that was added is in the library."""
        return not self._waiting

    def add(self, draft: Draft, finding: Finding) -> None:
        made = article(draft, finding.article_id)
        parts = passages(made, self._encoder)
        self._waiting.append((made, parts, windows(parts), finding))
        if sum(len(seen) for _, _, seen, _ in self._waiting) >= self._batch:
            self.flush()

    def flush(self) -> None:
        if not self._waiting:
            return
        texts = [in_context(one) for _, _, seen, _ in self._waiting for one in seen]
        encoded = []
        for start in range(0, max(len(texts), 1), _AT_A_TIME):
            self._going()
            encoded.append(self._encoder.encode(texts[start : start + _AT_A_TIME], "passage"))
        vectors = np.concatenate(encoded)
        stamp = made_with(self._encoder, vectors)
        at = 0
        for made, parts, seen, finding in self._waiting:
            rows = vectors[at : at + len(seen)]
            at += len(seen)
            try:
                put = self._put(Embedded(made, parts, seen, rows), finding, stamp)
            except TakenError as taken:
                reason = (
                    f"its id {made.id!r} was taken meanwhile by {taken.origin}; take it in again"
                )
                self._tally.rejected.append(Rejection(finding.origin, reason))
                self._tally.changes.pop(made.id, None)
                continue
            self._tally.changes[made.id] = put
            self._tally.passages += len(parts)
            self._progress(made.id)
        self._waiting.clear()

    def _put(self, one: Embedded, finding: Finding, stamp: Stamp) -> Change:
        own = one.article.title
        while True:
            try:
                return self._library.put(
                    one, origin=finding.origin, own_title=own, known=finding.known, stamp=stamp
                )
            except RenamedError as now:
                one = embed(replace(one.article, title=now.title), self._encoder)
