"""The label of an encoding, read as browsers read it: most who write "latin1" mean Windows."""

from __future__ import annotations

import codecs


def labelled(data: bytes, label: str) -> str:
    """`data` as the text that `label` says it is. Raises LookupError for no encoding of text, and
    ValueError where the data belie it.

    >>> labelled(b"l\\x92\\x9cuvre", "ISO-8859-1")
    'l’œuvre'
    """
    encoding = codecs.lookup(label).name
    if encoding == "ascii":  # said by programs that do not look; their text may be anything
        try:
            return data.decode("utf-8")
        except ValueError:
            encoding = "cp1252"
    if encoding != "iso8859-1":
        return data.decode(encoding)
    try:
        return data.decode("cp1252")
    except ValueError:  # it leaves five bytes out
        return data.decode(encoding)
