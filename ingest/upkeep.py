"""What keeps a library true to the world: forgetting what vanished, re-embedding what is there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.clean import blocks
from ingest.embed import embed
from ingest.encoder import Encoder
from ingest.library import Library
from ingest.pipeline import Progress
from ingest.snapshot import Shelved
from ingest.stamp import made_with
from ingest.types import Embedded, Rejection


def vanished(
    shelved: Iterable[Shelved],
    scopes: Sequence[str],
    seen: Iterable[str],
    rejected: Sequence[Rejection],
) -> list[str]:
    """Ids of articles that came from within `scopes` (files, folders) and are there no more.

    What was refused this time is not gone: nothing from a refused file or folder is named. A scope
    that does not exist names nothing either: it may be a disk that is not plugged in.
    """
    named = [one.source for one in rejected]
    named += [source.rpartition(":")[0] for source in named if ":" in source]  # file.jsonl:17
    refused = [os.path.realpath(source) for source in named if source]
    within = [os.path.realpath(scope) for scope in scopes if os.path.exists(scope)]
    kept = set(seen)
    return [
        one.id
        for one in shelved
        if one.id not in kept and _under(one.origin, within) and not _under(one.origin, refused)
    ]


def _under(origin: str, places: Iterable[str]) -> bool:
    return any(origin == place or origin.startswith(place + os.sep) for place in places)


def rebuild(library: Library, encoder: Encoder, progress: Progress) -> int:
    """Clean, split and embed every article again with `encoder`; returns the passages made.

    Until the last is done the library answers as before; then all of it changes at once. Articles
    that come or change meanwhile are done as well. All new vectors are held in memory.
    """
    remade: dict[str, Embedded] = {}
    dimension = encoder.encode(["."], "passage")
    while True:
        with library.snapshot() as snapshot:
            current = {one.id: one.digest for one in snapshot.shelved()}
            titles = {one.id: one.title for one in snapshot.listed()}
            for article_id, version in current.items():
                known = remade.get(article_id)
                as_it_is = (version, titles[article_id])
                if known is None or (known.article.digest, known.article.title) != as_it_is:
                    article = snapshot.article(article_id)
                    assert article is not None, "both were read from one snapshot"
                    cleaned = replace(article, blocks=blocks(article.text))
                    remade[article_id] = embed(cleaned, encoder)
                    progress(article_id)
        fresh = [remade[one] for one in current]
        if library.replace_all(made_with(encoder, dimension), fresh):
            library.compare()
            return sum(len(one.passages) for one in fresh)
