"""Words on their way to a terminal: it obeys some of the characters that an article may hold."""

from __future__ import annotations

from typing import TextIO

# Each as it is drawn: ␛ for ESC; those from 0x80 on stand for ESC and a letter, and are shown so.
_DRAWN = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_DRAWN |= {0x7F: "␡"} | {code: f"␛{chr(code - 0x40)}" for code in range(0x80, 0xA0)}


def shown(text: str, out: TextIO) -> str:
    """`text` as it can be printed to `out`: as it is, unless that is a terminal."""
    return drawn(text) if out.isatty() else text


def drawn(text: str) -> str:
    r"""Control characters made visible, but for tabs and the ends of lines.

    >>> drawn("\x1b]0;title\x07\ta\r\nb\n")
    '␛]0;title␇\ta\nb\n'
    """
    return text.replace("\r\n", "\n").translate(_DRAWN)
