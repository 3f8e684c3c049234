"""Words as the lexical index sees them: folded (no case, no accents) and stemmed per language.

Indexing and asking go through the same functions, so that both always mean the same words.
"""

from __future__ import annotations

import functools
import re
import unicodedata

import snowballstemmer

_SNOWBALL = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
_WORD = re.compile(r"\w+")
_MARKS = re.compile("[\u0300-\u036f]{31,}")  # on one letter; ordering them takes their square
_HINTS = re.compile("[\u00ad\u200b\u2060\ufeff]")
LONGEST_WORD = 64  # characters; what is longer is a link or noise, and nobody asks for it

# Words that hold a sentence together and say nothing of its subject. Question words are among
# them: "who" and "quel" stand in every question and in many sentences.
STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be been before being but by can could did do
    does for from had has have he her his how i if in into is it its may me more most my no not of
    on or our over s she should so some such t than that the their them then there these they this
    those to under up us was we were what when where which who whom whose why will with would you
    your tell
    a ai au aux avec c ce ces cet cette ceux combien comment d dans de depuis des dont du elle elles
    en entre es est et etait etre eu fait faire fut il ils j je l la le les leur leurs lors lui m
    ma mais me meme mes moi mon n ne nos notre nous on ont ou par pas peut plus pour pourquoi qu
    quand que quel quelle quelles quels qui quoi s sa sans se sera ses si son sont sous sur t ta te
    tes toi ton tu un une vers vos votre vous y
    """.split()
)


def fold(text: str) -> str:
    """Case and accents away: `fold("Été à Œuvre") == "ete a oeuvre"`."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch))


class _Flat(dict[int, str]):
    """Each character folded, where that is one character; filled as they are met."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_FLAT = _Flat()


def flat(text: str) -> str:
    """Folded, but character for character as long as `text`, so that places stay what they are."""
    return text.translate(_FLAT)


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """The folded stem of one word; the folded word where the language has no stemmer here."""
    algorithm = _SNOWBALL.get(language)
    return fold(_stemmer(algorithm).stemWord(word.casefold()) if algorithm else word)


@functools.cache
def _stemmer(algorithm: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(algorithm)


def words(text: str) -> list[str]:
    """The words of `text` in order, as written; an elided article (l', d') is a word of its own.

    Accents that are characters of their own (as macOS writes them) and hints where a line may
    break are no ends of words.
    """
    whole = unicodedata.normalize("NFC", _MARKS.sub("", _HINTS.sub("", text)))
    return [word for word in _WORD.findall(whole) if len(word) <= LONGEST_WORD]


def content_words(text: str) -> list[str]:
    """The words that carry the subject, as written, each once, in order."""
    kept = [w for w in words(text) if fold(w) not in STOP_WORDS]
    return list(dict.fromkeys(kept or words(text)))
