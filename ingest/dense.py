"""Nearest passages by vector, true to one snapshot of the library.

The Chroma index follows the library and is always a little behind: behind by exactly what stands
in the outbox. So "Chroma, less the outbox's drops, plus its additions" is the library at that
instant, and a question sees each article in one version, old or new. Where the index belongs to
another process, or is far behind, the vectors in the library itself are searched: the same answer,
for a little more time.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType

from ingest.chroma import VectorIndex
from ingest.claim import claimed
from ingest.errors import BusyError, IndexFailed, LibraryError
from ingest.library import Library
from ingest.snapshot import Snapshot
from ingest.types import Vectors

_BATCH = 1000  # outbox entries delivered at a time; a question waits for one such batch at most
_FAR_BEHIND = 4000  # outbox entries; beyond it a search of all vectors costs less
_EVERYTHING = 1 << 40
_A_PASSAGE = 3  # vectors asked of the index for each passage wanted: few have more windows
_NARROW = 5000  # passages; so many vectors are read and searched in some 20 ms
_OVER_FETCH = 8  # times what is wanted, when only some of what the index finds may be kept
_WORTH_SWEEPING = 4  # times more ids handed out than alive: Chroma never reclaims the dead ones

Ranked = list[tuple[int, float]]  # (passage id, cosine), best first; ties by id


class Dense:
    """Vector search over `library`. With `wait=None` it never asks for the Chroma index.

    Otherwise it owns the index until closed; when it cannot have it within `wait` seconds it goes
    on without (`must_own=False`) or raises BusyError. When the index fails (a full disk, a folder
    deleted under it) it goes on without as well: `trouble` says why, and the next to open the
    library builds it again.
    """

    def __init__(
        self,
        library: Library,
        *,
        wait: float | None = 0.0,
        must_own: bool = False,
        purpose: str = "a command",
    ) -> None:
        self.library = library
        self._guard = threading.Lock()
        self._held = ExitStack()
        self._index: VectorIndex | None = None
        self._generation: str | None = None
        self.trouble: str | None = None
        if wait is None:
            return
        try:
            self._held.enter_context(claimed(library.folder, purpose=purpose, wait=wait))
        except BusyError:
            if must_own:
                raise
            return
        try:
            try:
                self._open()
            except IndexFailed:  # a kill may leave it damaged: the library has all that it held
                self._discard()
                self._open()
        except LibraryError as error:
            self._go_without(error)
        except BaseException:
            self._held.close()
            raise

    @property
    def owns_index(self) -> bool:
        return self._index is not None

    @contextmanager
    def nearest(
        self, vector: Vectors, k: int, articles: Collection[str] | None = None
    ) -> Iterator[tuple[Snapshot, Ranked]]:
        """A snapshot, and the `k` of its passages whose best window is nearest to a unit vector.

        Only passages of `articles`, where given.
        """
        with ExitStack() as held:
            with self._guard:  # the index must not move between the snapshot and the search
                snapshot = held.enter_context(self.library.snapshot())
                if articles is None:
                    ranked = self._nearest(snapshot, vector, k)
                else:
                    ranked = self._nearest_among(snapshot, vector, k, articles)
            yield snapshot, ranked

    def _nearest_among(
        self, snapshot: Snapshot, vector: Vectors, k: int, articles: Collection[str]
    ) -> Ranked:
        """Through the index where most passages may be found by it, else over their vectors."""
        ids = snapshot.passage_ids(articles)
        if len(ids) > _NARROW:
            allowed = set(ids)
            ranked = self._nearest(snapshot, vector, _OVER_FETCH * k)
            kept = [hit for hit in ranked if hit[0] in allowed][:k]
            if len(kept) == k:
                return kept
        found: dict[int, float] = {}
        for at in range(0, len(ids), _NARROW):  # so that memory does not grow with the library
            found |= snapshot.vectors(passages=ids[at : at + _NARROW]).cosines(vector)
        return _best(found, k)

    def _nearest(self, snapshot: Snapshot, vector: Vectors, k: int) -> Ranked:
        pending = snapshot.pending(_FAR_BEHIND + 1).entries
        current = snapshot.noted("generation") == self._generation
        if self._index is None or not current or len(pending) > _FAR_BEHIND:
            return _best(snapshot.vectors().cosines(vector), k)
        dropped = {one for one, added in pending if not added}
        added = [one for one, added in pending if added and one not in dropped]
        skip = dropped | set(added)  # an addition may be delivered and not yet crossed off
        found = snapshot.vectors(added).cosines(vector)
        asked = _A_PASSAGE * k + len(skip)
        while True:
            try:
                known = self._index.nearest(vector, asked)
            except IndexFailed as error:
                self._go_without(error)
                return _best(snapshot.vectors().cosines(vector), k)
            owners = snapshot.owners([one for one, _ in known if one not in skip])
            for one, score in known:
                if (owner := owners.get(one)) is not None:
                    found[owner] = max(score, found.get(owner, -2.0))
            if len(set(owners.values())) >= k or len(known) < asked:
                return _best(found, k)
            asked *= 2  # some passage has more windows than was thought

    def catch_up(self) -> None:
        """Deliver what is now in the outbox to the index, if it is ours. May run beside questions.

        What others add meanwhile waits for the next time: they may be quicker than the index.
        """
        target, done = self._last_pending(), 0
        while done < target:
            with self._guard:
                try:
                    done = self._deliver() or target
                except LibraryError as error:
                    self._go_without(error)
                    return

    def _last_pending(self) -> int:
        with self.library.snapshot() as snapshot:
            return max(1, snapshot.pending(_EVERYTHING).last)

    def _deliver_all(self) -> None:
        target, done = self._last_pending(), 0
        while done < target:
            done = self._deliver() or target

    def _deliver(self) -> int:
        """Deliver one batch, and say how far; 0 when nothing is left. The guard must be held."""
        if self._index is None:
            return 0
        with self.library.snapshot() as snapshot:
            generation = snapshot.noted("generation")
            pending = snapshot.pending(_BATCH)
            dropped = [one for one, added in pending.entries if not added]
            new = snapshot.vectors([one for one, added in pending.entries if added])
        if generation and generation != self._generation:  # a rebuild by another process
            self._switch(generation)
        if not pending.entries:
            return 0
        self._index.add(new.ids.tolist(), new.vectors)
        self._index.drop(dropped)
        self.library.delivered(pending.last)
        return pending.last

    def _open(self) -> None:
        """The index of the library's present generation, brought up to date."""
        with self.library.snapshot() as snapshot:
            generation = snapshot.noted("generation")
            swollen = snapshot.ids_handed_out() > _WORTH_SWEEPING * (snapshot.vector_count() + 1000)
        if generation is None or swollen or not self._folder.is_dir():
            generation = self.library.restart_index()
        self._switch(generation)
        self._deliver_all()
        if self._index is not None and self._index.count() != self._expected():
            self._switch(self.library.restart_index())  # someone meddled with the folder
            self._deliver_all()

    def _expected(self) -> int:
        """How many vectors the index holds when all that was delivered is in it."""
        with self.library.snapshot() as snapshot:
            held, pending = snapshot.vector_count(), snapshot.pending(_EVERYTHING).entries
        added = {one for one, is_addition in pending if is_addition}
        dropped = {one for one, is_addition in pending if not is_addition}
        return held - len(added - dropped) + len(dropped - added)

    def _switch(self, generation: str) -> None:
        if self._index is not None:
            self._index.close()
        self._index = VectorIndex(self._folder, generation)
        self._generation = generation

    def _go_without(self, error: LibraryError) -> None:
        """Let the index go. What Chroma failed over is thrown away, so that it is built anew."""
        self.trouble = str(error)
        if isinstance(error, IndexFailed):
            self._discard()
        else:
            self._let_go()
        self._held.close()

    def _discard(self) -> None:
        self._let_go()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _let_go(self) -> None:
        if self._index is not None:
            with suppress(IndexFailed):
                self._index.close()
            self._index = None

    @property
    def _folder(self) -> Path:
        return self.library.folder / "chroma"

    def close(self) -> None:
        with self._guard:
            self._let_go()
            self._held.close()

    def __enter__(self) -> Dense:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _best(found: dict[int, float], k: int) -> Ranked:
    return sorted(found.items(), key=lambda hit: (-hit[1], hit[0]))[:k]
