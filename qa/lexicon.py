"""A question's words as an article in the other language says them, from the shipped lexicon.

"ammunition" is sought as "munitions" too, "North Korea" as "Corée du Nord", "UN" as "ONU". What
a word itself is in the other language (a name, a number) is always sought first. Made by
`python -m lab.lexicon`.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.lexical import Term
from ingest.places import MODELS
from ingest.words import STOP_WORDS, fold, stem, words
from qa.types import Widened

SHIPPED = MODELS / "saidso-lexicon"
_LONGEST_NAME = 4  # words
_HAS_RELATIVES = 4  # letters: a shorter word has too many, by chance
_LEAST = 0.08  # a translation less likely than this, over all relatives, is noise
_MOST = 8  # forms that are sought for a word beside itself
# Weight from which a form is shown, or share of all that a word is sought as besides itself: below
# both many are there by chance ("India": "attentat"), but a rare word has one of little weight.
_LIKELY = 0.6
_SURE = 0.3  # likelihood of a translation that may stand for its word
_SHOWN = 2  # forms that are shown for a word

Forms = tuple[tuple[str, float], ...]  # (translation, folded; likelihood 0..1), likeliest first


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One direction. `lines`: a word or name, folded, to its translations as they stand in the
    file; `order`: the same words, sorted.
    """

    lines: dict[str, str]
    order: tuple[str, ...]

    def exactly(self, word: str) -> Forms:
        found = self.lines.get(word, "")
        pairs = [one.rpartition(" ") for one in found.split("\t") if one]
        return tuple((said, int(hundredths) / 100) for said, _, hundredths in pairs)

    def relatives(self, word: str, language: str) -> Forms:
        """Translations of the words that share its stem, the mean of their weights."""
        own = stem(word, language)
        start = own[: max(3, len(own) - 1)]  # the last letter of a stem may not be the word's
        at, members = bisect_left(self.order, start), list[Forms]()
        while at < len(self.order) and self.order[at].startswith(start):
            if " " not in self.order[at] and stem(self.order[at], language) == own:
                members.append(self.exactly(self.order[at]))
            at += 1
        total: dict[str, float] = {}
        for forms in members:
            for said, weight in forms:
                total[said] = total.get(said, 0.0) + weight / len(members)
        return tuple(total.items())


@functools.cache
def lexicon(language: str, into: str) -> Lexicon:
    """The shipped one; an empty one for languages that have none. Read at its first use."""
    path = SHIPPED / f"{language}-{into}.tsv"
    text = path.read_text("utf-8") if path.is_file() else ""
    lines = dict(line.split("\t", 1) for line in text.splitlines())
    return Lexicon(lines, tuple(lines))


def sought(
    question: str, content: Sequence[str], language: str, among: Iterable[str]
) -> dict[str, tuple[Term, ...]]:
    """What to seek in the passages of each language of `among` for a question in `language`.

    `content`: the question's words that carry its subject.
    """
    return {into: _terms(question, content, language, into) for into in sorted(among)}


def _terms(question: str, content: Sequence[str], language: str, into: str) -> tuple[Term, ...]:
    if language == into:
        return tuple(Term(word, ((word, 1.0),)) for word in content)
    known = lexicon(language, into)
    terms = [
        Term(word, ((word, 1.0), *_weighed(_translations(known, word, language))))
        for word in content
    ]
    names = [Term(name, _weighed(forms)) for name, forms in _names(question, known)]
    return (*terms, *names)


def widened(
    sought: Mapping[str, Sequence[Term]], held: Callable[[str, str], bool]
) -> tuple[Widened, ...]:
    """What was sought in some language beyond the question's own words, for its owner to see.

    `held(said, language)`: does the library hold it?
    """
    found = []
    for into, terms in sorted(sought.items()):
        for term in terms:
            also = tuple(form for form in term.forms if fold(form[0]) != fold(term.word))
            if also:
                said = tuple(said for said, _ in also)
                found.append(Widened(term.word, said, _likely(also, into, held)))
    return tuple(found)


def _likely(forms: Forms, into: str, held: Callable[[str, str], bool]) -> tuple[str, ...]:
    """The first that count for much, one of each stem: "aéronef" tells as much as "aéronefs"."""
    shown: dict[str, str] = {}
    least = _LIKELY * min(1.0, sum(weight for _, weight in forms))
    for said, weight in forms:
        own = stem(said, into)
        if len(shown) < _SHOWN and weight >= least and own not in shown and held(said, into):
            shown[own] = said
    return tuple(shown.values())


def likeliest(word: str, language: str, into: str) -> str:
    """Its first translation, folded; "" where it has none that is likely."""
    found = _translations(lexicon(language, into), word, language)
    return found[0][0] if found and found[0][1] >= _SURE else ""


def _translations(known: Lexicon, word: str, language: str) -> Forms:
    """The word's own, and its relatives': of a rare form alone the aligner says little."""
    own = known.exactly(fold(word))
    if not word.isalpha() or len(word) < _HAS_RELATIVES:
        return own
    total = dict(known.relatives(fold(word), language))
    for said, weight in own:
        total[said] = max(weight, total.get(said, 0.0))
    likely = [(said, weight) for said, weight in total.items() if weight >= _LEAST]
    return tuple(sorted(likely, key=lambda form: (-form[1], form[0])))[:_MOST]


def _weighed(forms: Forms) -> Forms:
    """Likelihoods as weights: a translation that is right half the time counts in full."""
    return tuple((said, min(1.0, 2 * likelihood)) for said, likelihood in forms)


def _names(question: str, known: Lexicon) -> Iterator[tuple[str, Forms]]:
    """Names of several words, and those that only their capitals tell from a common word."""
    said, at = words(question), 0
    shouted = question.isupper()
    while at < len(said):
        for length in range(_LONGEST_NAME, 0, -1):
            name = " ".join(said[at : at + length])
            alone = length == 1 and not (name.isupper() and fold(name) in STOP_WORDS)
            if alone or at + length > len(said) or (length == 1 and shouted):
                continue
            if forms := known.exactly(name if length == 1 else fold(name)):
                yield name, forms
                at += length - 1
                break
        at += 1
