"""Articles of a table folded together where they are reprints of one another: one row a story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.snapshot import Listed


@dataclass(frozen=True, slots=True)
class Fold:
    """An article that stands for its reprints, and these."""

    head: Listed
    others: tuple[Listed, ...] = ()


def folded(found: Sequence[Listed], originals: Mapping[str, str]) -> list[Fold]:
    """All of `found`, each once, in its order; what is folded stands where its head does.

    `originals` as `Snapshot.originals` gives them. The head is the original of them all, or the
    first of those found where a filter left that one out.
    """
    groups: dict[str, list[Listed]] = {}
    for one in found:
        groups.setdefault(_root(one.id, originals), []).append(one)
    heads = {
        (root if any(one.id == root for one in those) else those[0].id): those
        for root, those in groups.items()
    }
    return [
        Fold(one, tuple(other for other in heads[one.id] if other.id != one.id))
        for one in found
        if one.id in heads
    ]


def _root(article_id: str, originals: Mapping[str, str]) -> str:
    """An original may be a reprint too, of one that came before it: never in a circle."""
    while (of := originals.get(article_id)) is not None:
        article_id = of
    return article_id
