"""Is it a word of English or French at all? The one door to pyspellchecker, for its word lists.

Its own corrections are not used: they know nothing of what the library holds.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ingest.words import fold


@functools.cache
def dictionary(languages: Sequence[str] = ("en", "fr")) -> frozenset[str]:
    """Some 250,000 words, folded. Read at the first word that the library does not have."""
    from spellchecker import SpellChecker  # its lists take a moment to read

    listed = SpellChecker(language=list(languages)).word_frequency.dictionary
    return frozenset(word if word.isascii() else fold(word) for word in listed)
