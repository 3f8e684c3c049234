"""The bar of a long ingest: how far, how fast, how long still."""

from __future__ import annotations

import re
import sys

import pytest

from ingest.bar import Bar


def test_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Bar(100) as bar:
        for _ in range(40):
            bar.tick()
        bar.refresh()
        said = capsys.readouterr().err
    assert re.search(r"40%.* 40/100 \[\d\d:\d\d<\d\d:\d\d, .+ articles/s\]", said)


def test_no_bar_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar(1) as bar:
        bar.tick()
    assert capsys.readouterr().err == ""
