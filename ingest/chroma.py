"""The vector index: vector ids and unit vectors, nearest first. The one door to Chroma.

It holds no words and is no record of anything: it can be deleted at any time and is filled again
from the library. Exactly one process may have it open (`ingest.claim` sees to that).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import IndexFailed
from ingest.types import Vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client

_BATCH = 5000  # Chroma takes 5,461 rows a call
# A vector whose links others crowd out is never found again, and which one it is depends on chance:
# Chroma adds with several threads. So each has as many links as make up to 64 a complete graph.
_COLLECTION = {
    "hnsw": {"space": "cosine", "max_neighbors": 64, "ef_search": 200, "ef_construction": 200}
}


class VectorIndex:
    """One generation of the index in `folder`; what is left of any other one is deleted.

    Whatever Chroma fails with comes out as IndexFailed.
    """

    def __init__(self, folder: Path, generation: str) -> None:
        with _failures():
            try:
                self._open(folder, f"windows-{generation}")
            except Exception:  # of whatever kind: a damaged index is replaced, the library has all
                _forget()
                if folder.is_dir():
                    shutil.rmtree(folder, ignore_errors=True)
                else:
                    folder.unlink(missing_ok=True)
                self._open(folder, f"windows-{generation}")

    def _open(self, folder: Path, name: str) -> None:
        self._client = _client(folder)
        if any(other.name != name for other in self._client.list_collections()):
            self._client.close()
            shutil.rmtree(folder)  # deleting a collection would leave its files behind
            self._client = _client(folder)
        self._vectors = self._client.get_or_create_collection(
            name,
            embedding_function=None,  # the default one downloads a model
            configuration=_COLLECTION,  # type: ignore[arg-type]
        )

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Adding what is there already changes nothing."""
        with _failures():
            for i in range(0, len(ids), _BATCH):
                names = [str(one) for one in ids[i : i + _BATCH]]
                self._vectors.upsert(names, embeddings=vectors[i : i + _BATCH])

    def drop(self, ids: Sequence[int]) -> None:
        """Dropping what is not there changes nothing."""
        with _failures():
            for i in range(0, len(ids), _BATCH):
                self._vectors.delete([str(one) for one in ids[i : i + _BATCH]])

    def nearest(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """(vector id, cosine -1..1) of the `k` nearest to one unit vector, nearest first."""
        if k < 1:
            return []
        with _failures():  # more than there are may be asked for; counting them takes as long again
            found = self._vectors.query(
                query_embeddings=np.atleast_2d(vector), n_results=k, include=["distances"]
            )
        distances = found["distances"]
        assert distances is not None, "they were asked for"
        return [
            (int(one), 1.0 - float(d)) for one, d in zip(found["ids"][0], distances[0], strict=True)
        ]

    def count(self) -> int:
        with _failures():
            return int(self._vectors.count())

    def close(self) -> None:
        with _failures():
            self._client.close()


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in Chroma's Rust core is no Exception
        raise IndexFailed(f"the vector index failed: {error}") from error


def _forget() -> None:
    """Chroma keeps a client that failed to start, and would hand it out again."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def _client(folder: Path) -> Client:
    # Two seconds to import, and a command that only lists never needs it.
    import chromadb
    from chromadb.api.client import Client
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    assert isinstance(client, Client), "the class that can be closed"
    return client
