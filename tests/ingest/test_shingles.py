"""Runs of words counted, and the buckets that tell which texts are worth the counting."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.shingles import BANDS, RUN, Sketch, buckets, share, sketch
from tests.fakes import make_article

_LETTERS = str.maketrans("0123456789", "abdefgilmo")  # figures are compared apart from words


def _words(count: int, opening: str) -> str:
    return " ".join(f"{opening}{number:03}".translate(_LETTERS) for number in range(count))


LONG, ELSE = _words(200, "r"), _words(200, "s")


def _of(text: str) -> Sketch:
    return sketch(make_article(text, language="en"))


def _cut(first: int, last: int) -> str:
    return " ".join(LONG.split()[first:last])


def test_every_run_once_and_the_same_however_it_is_written() -> None:
    assert len(_of("one two three four five").runs) == 5 - RUN + 1
    assert len(_of("one two three four one two three four").runs) == RUN
    loud, quiet = _of("L'ÉTÉ, à Lyon : chaud !"), _of("l’ete a lyon chaud")
    assert np.array_equal(loud.runs, quiet.runs)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (LONG, 1.0),
        (_cut(0, 100), 1.0),  # a cut is whole in the longer text
        (_cut(30, 80), 1.0),
        (_cut(0, 30), 0.0),  # a brief
        (f"{ELSE} {_cut(0, 150)}", 147 / 197),
        (f"{ELSE} {_cut(0, 90)}", 0.0),
        ("", 0.0),
    ],
    ids=[
        "itself",
        "a half",
        "a quarter",
        "a brief",
        "three quarters of it",
        "less than half of it",
        "nothing",
    ],
)
def test_share(other: str, expected: float) -> None:
    one, two = _of(LONG), _of(other)
    assert share(one, two) == share(two, one) == pytest.approx(expected)


def test_the_same_form_with_other_figures_is_no_reprint() -> None:
    form = (
        "The night brings {} degrees on the coast and a little less in the valleys, where fog may"
        " form before dawn. In the afternoon it reaches {} degrees in the south, and the wind blows"
        " from the west at {} kilometres an hour."
    )
    monday, tuesday = _of(form.format(3, 12, 40)), _of(form.format(5, 17, 25))
    assert share(monday, monday) == 1.0
    assert share(monday, tuesday) == 0.0
    assert share(monday, _of(form.format(3, 12, 45))) > 0.8  # an update


def test_of_a_few_words_all_must_be_the_same() -> None:
    assert share(_of("Storm hits Lyon on Monday."), _of("storm hits Lyon on Monday")) == 1.0
    assert share(_of("Storm hits Lyon on Monday."), _of("Storm hits Lyon on Friday.")) == 0.0


def test_furniture_counts_for_nothing() -> None:
    promo = "\n\nÀ lire aussi Autre chose\n\n"
    assert np.array_equal(_of(f"{LONG}.{promo}").runs, _of(f"{LONG}.").runs)


def test_buckets_are_met_as_often_as_the_texts_are_alike() -> None:
    """Each band with probability j squared; over 60 pairs of j = 1/3, within three deviations."""
    chance = np.random.default_rng(0)
    met = 0
    for _ in range(60):
        runs = np.unique(chance.integers(0, 2**63, 400, np.uint64))
        one, two = Sketch(runs[:200], frozenset()), Sketch(runs[100:300], frozenset())
        met += sum(a == b for a, b in zip(buckets(one), buckets(two), strict=True))
    expected, bands = (1 / 3) ** 2, 60 * BANDS
    assert abs(met / bands - expected) < 3 * (expected * (1 - expected) / bands) ** 0.5


def test_buckets_do_not_depend_on_how_many_runs_are_hashed_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = _of(LONG)
    whole = buckets(text)
    assert len(set(whole)) == BANDS
    assert all(0 <= one < 2**63 for one in whole)
    monkeypatch.setattr("ingest.shingles._CHUNK", 7)
    assert buckets(text) == whole


def test_buckets_are_the_same_in_every_process() -> None:
    """Those of a library are kept for years; this fails where a constant of theirs is changed."""
    assert buckets(_of("one two three four five six"))[:2] == KEPT


def test_no_words_no_buckets() -> None:
    assert buckets(_of("…")) == []


KEPT = [6174979724746354443, 6849800164788663665]
