"""Do two places say the same in the same words? Told by the words and the facts in them alone."""

from __future__ import annotations

import functools

from ingest.words import fold, words
from qa.moments import clash
from qa.said import Said
from qa.unlike import only_in, reordered, unlike

_SHINGLE = 3  # words
_VERBATIM = 0.7  # of the shingles of the shorter text, shared: the same words but for small edits


def plain(text: str) -> str:
    """The words alone: no case, no accents, no marks."""
    return " ".join(fold(word) for word in words(text))


def verbatim(one: str, other: str) -> bool:
    """Shared shingles (Broder, "On the resemblance and containment of documents", 1997)."""
    first, second = _shingles(one), _shingles(other)
    fewer = min(len(first), len(second))
    return fewer > 0 and len(first & second) >= _VERBATIM * fewer


def same_facts(a: Said, b: Said) -> bool:
    """The edits changed nothing: the same numbers one for one, times that fit, and on one side at
    most a name or a word of its own; nothing turned round, and nobody in another's place.
    """
    if len(a.amounts) != len(b.amounts) or (a.denied is None) != (b.denied is None):
        return False
    names = [{one.key for one in said.names} for said in (a, b)]
    other_names = names[0] - names[1] and names[1] - names[0]
    return (
        all(x.equals(y) for x, y in zip(a.amounts, b.amounts, strict=True))
        and not clash(a.moments, b.moments, (a.published, b.published))
        and not other_names
        and not unlike(a, b)
        and not (only_in(a, b) and only_in(b, a))
        and not reordered(a, b)
    )


@functools.lru_cache(maxsize=256)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    said = plain(text).split()
    return frozenset(tuple(said[i : i + _SHINGLE]) for i in range(len(said) - _SHINGLE + 1))
