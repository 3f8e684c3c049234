"""The vector index: passage ids and unit vectors, nearest first. The one door to Chroma.

It holds no words and is no record of anything: it can be deleted at any time and is filled again
from the library. Exactly one process may have it open (`ingest.claim` sees to that).
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.config import Settings

from ingest.types import Vectors

_BATCH = 5000  # Chroma takes 5,461 rows a call
_QUIET = Settings(anonymized_telemetry=False)
_COLLECTION = {"hnsw": {"space": "cosine", "ef_search": 200, "ef_construction": 200}}


class VectorIndex:
    """One generation of the index in `folder`; what is left of any other one is deleted."""

    def __init__(self, folder: Path, generation: str) -> None:
        name = f"passages-{generation}"
        self._client = self._open(folder)
        if any(other.name != name for other in self._client.list_collections()):
            self._client.close()
            shutil.rmtree(folder)  # deleting a collection would leave its files behind
            self._client = self._open(folder)
        self._passages = self._client.get_or_create_collection(
            name,
            embedding_function=None,  # the default one downloads a model
            configuration=_COLLECTION,  # type: ignore[arg-type]
        )

    @staticmethod
    def _open(folder: Path) -> Client:
        try:
            return _client(folder)
        except Exception:  # of whatever kind: a damaged index is replaced, the library has it all
            shutil.rmtree(folder, ignore_errors=True)
            return _client(folder)

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Adding what is there already changes nothing."""
        for i in range(0, len(ids), _BATCH):
            names = [str(one) for one in ids[i : i + _BATCH]]
            self._passages.upsert(names, embeddings=vectors[i : i + _BATCH])

    def drop(self, ids: Sequence[int]) -> None:
        """Dropping what is not there changes nothing."""
        for i in range(0, len(ids), _BATCH):
            self._passages.delete([str(one) for one in ids[i : i + _BATCH]])

    def nearest(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """(passage id, cosine -1..1) of the `k` nearest to one unit vector, nearest first."""
        if k < 1 or not (held := self.count()):
            return []
        found = self._passages.query(
            query_embeddings=np.atleast_2d(vector), n_results=min(k, held), include=["distances"]
        )
        distances = found["distances"]
        assert distances is not None, "they were asked for"
        return [
            (int(one), 1.0 - float(d)) for one, d in zip(found["ids"][0], distances[0], strict=True)
        ]

    def count(self) -> int:
        return int(self._passages.count())

    def close(self) -> None:
        self._client.close()


def _client(folder: Path) -> Client:
    client = chromadb.PersistentClient(str(folder), settings=_QUIET)
    assert isinstance(client, Client), "the class that can be closed"
    return client
