"""The dictionary that was written for this project, laid over what was aligned.

An aligner of two million words errs where a word is rare ("abattoir": plant, integrated, annually);
a written entry does not. `lab/data/dictionary.fr-en.txt` and `.en-fr.txt`: forms of one word, a
colon, translations, likeliest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from pathlib import Path

from ingest.words import STOP_WORDS, fold, stem, words

DATA = Path(__file__).parent / "data"
SURE, EITHER = 0.9, 0.6  # weight of an entry's first translation, and of each of the others
_SURELY = 0.3  # aligned translations of this weight stay beside those of a relative's entry

Table = dict[str, dict[str, float]]  # word or name -> its translations, weights 0..1
Entry = tuple[Sequence[str], Sequence[str]]  # forms of a word, its translations: folded


def entries(language: str, into: str) -> Iterator[Entry]:
    for forms, translations in pairs(DATA / f"dictionary.{language}-{into}.txt"):
        yield _kept(forms.split()), _kept(translations.split(", "))


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """What stands before and behind the colon of each line that is no comment."""
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            said, other = line.split(": ")
            yield said, other


def _kept(said: Sequence[str]) -> list[str]:
    """Each once, as it is looked up, but for words that are never sought."""
    keys = dict.fromkeys(key(one) for one in said)
    return [one for one in keys if one and one not in STOP_WORDS]


def key(said: str) -> str:
    """A word or a name as it is looked up: its folded words, single spaces."""
    return " ".join(fold(word) for word in words(said))


def written_over(
    table: Table,
    own: Sequence[Entry],
    other: Sequence[Entry],
    language: str,
    names: Set[str],
) -> None:
    """Give the words of `language` in `table` what the dictionaries say, in place.

    The forms that `own` lists have its translations alone, but `names` keep theirs beside them.
    What is surely aligned stays beside what is written for other words of one stem with them (the
    entry "porter" says nothing of "port"), and for words that only `other` has, as translations.
    """
    listed = {form for forms, _ in own for form in forms}
    for word, said in _turned_round(other).items():
        if word not in names:
            table[word] = said | _sure(table.get(word, {}))
    related: defaultdict[str, list[str]] = defaultdict(list)
    for word in table.keys() - listed - names:
        if " " not in word:
            related[stem(word, language)].append(word)
    for forms, translations in own:
        said = _weighed(translations)
        for word in forms:
            table[word] = said | table.get(word, {}) if word in names else dict(said)
        for stemmed in {stem(form, language) for form in forms}:
            for word in related[stemmed]:
                table[word] = said | _sure(table[word])


def _sure(aligned: dict[str, float]) -> dict[str, float]:
    return {said: weight for said, weight in aligned.items() if weight >= _SURELY}


def _weighed(translations: Sequence[str]) -> dict[str, float]:
    """The first in full, the others in their order a little less each, that it is kept."""
    return {one: EITHER - at / 100 if at else SURE for at, one in enumerate(translations)}


def _turned_round(dictionary: Sequence[Entry]) -> Table:
    """Its translations, with the first form of each of the words that they translate."""
    table: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for forms, translations in dictionary:
        for one in translations:
            table[one].setdefault(forms[0], EITHER)
    return dict(table)
