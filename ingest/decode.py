"""Bytes to text: Unicode where it says so, else the likeliest old encoding, else a refusal."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from ingest.errors import Unreadable

# Old Western articles come in these; asked among all encodings, a guess on a short text wanders.
_LEGACY = ["cp1252", "mac_roman", "cp850"]
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes) -> str:
    """The text of record of a plain file: every character of it, its byte order mark aside.

    Raises Unreadable for bytes that are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"begins as {encoding} but is damaged at byte {error.start}; save it as UTF-8"
                ) from None
    if b"\0" in data:
        raise Unreadable("this is a binary file, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    guess = from_bytes(data, cp_isolation=_LEGACY).best()
    if guess is None:
        raise Unreadable(f"not readable as text (byte {at} is not UTF-8); save it as UTF-8")
    return data.decode(guess.encoding)


def check_text(text: str) -> str:
    """`text`, if a library can keep it. Raises Unreadable when empty or not storable."""
    if not text.strip():
        raise Unreadable("there is no text in it")
    if "\0" in text:
        raise Unreadable("the text holds NUL characters; it is no article")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unreadable(f"half a character (an unpaired surrogate) at {error.start}") from None
    return text
