"""The figures behind the pictures."""

from __future__ import annotations

import pytest

from lab.curves import reliability, risk_coverage


def test_reliability_compares_what_was_said_with_what_was_so() -> None:
    judged = [(0.8, True), (0.1, False), (0.9, True), (0.2, True)]
    assert reliability(judged, 2).ravel().tolist() == pytest.approx([0.15, 0.5, 0.85, 1.0])


def test_risk_grows_with_coverage() -> None:
    curve = risk_coverage([(0.5, False), (0.9, True), (0.7, True), (0.1, False)])
    assert curve[:, 0].tolist() == [0.25, 0.5, 0.75, 1.0]
    assert curve[:, 1].tolist() == pytest.approx([0, 0, 1 / 3, 0.5])
