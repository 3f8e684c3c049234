"""Zip archives that are documents, with an end to what they may unfold to."""

from __future__ import annotations

import io
import zipfile
import zlib

from ingest.errors import Unreadable

# What zipfile says of a damaged archive, or of one it does not understand.
DAMAGED = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError)

_UNFOLDED = 200_000_000  # bytes of all members together, pictures included
_MEMBERS = 20_000


def opened(data: bytes) -> zipfile.ZipFile:
    """Raises Unreadable for a bomb. zipfile reads no member beyond the size it declares, so the
    declared sizes are a bound.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        raise Unreadable(f"damaged: {error}; save it again") from None
    members = archive.infolist()
    total = sum(one.file_size for one in members)
    if total > _UNFOLDED or len(members) > _MEMBERS:
        raise Unreadable(
            f"unfolds to {total:,} bytes in {len(members):,} parts; a document may have"
            f" {_UNFOLDED:,} in {_MEMBERS:,}"
        )
    return archive
