"""What can be said to `python app.py`, and what does not go together."""

from __future__ import annotations

import pytest

from qa.options import options, parser

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--net", "--read-only"], "--net takes articles in and --read-only takes none"),
        (["--allow-private"], "--allow-private goes with --net"),
        (["--allow-private", "--read-only"], "--allow-private goes with --net"),
    ],
)
def test_what_does_not_go_together(given: list[str], says: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        options(given)
    assert left.value.code == 2 and says in capsys.readouterr().err


def test_nothing_is_fetched_unless_asked() -> None:
    assert not options([]).net and not options(["--read-only"]).allow_private
    assert options(["--net"]).net and not options(["--net"]).allow_private
    assert options(["--net", "--allow-private"]).allow_private


def test_every_flag_has_help() -> None:
    assert all(action.help for action in parser()._actions)
