"""What a library was made with, and the refusal to mix it with anything else."""

from __future__ import annotations

from ingest.encoder import Encoder
from ingest.errors import EncoderError
from ingest.snapshot import Snapshot, Stamp
from ingest.split import SETTINGS
from ingest.types import Vectors


def made_with(encoder: Encoder, vectors: Vectors) -> Stamp:
    return Stamp(encoder.name, encoder.digest, int(vectors.shape[1]), SETTINGS)


def checked(snapshot: Snapshot, encoder: Encoder) -> None:
    """Raises EncoderError, with the command that re-embeds, unless both go together."""
    stamp = snapshot.stamp()
    if stamp is None or (stamp.digest == encoder.digest and stamp.splitter == SETTINGS):
        return
    if stamp.digest != encoder.digest and stamp.encoder == encoder.name:
        why = f"was made with another version of the encoder {encoder.name!r}"
    elif stamp.digest != encoder.digest:
        why = f"was made with the encoder {stamp.encoder!r}, and this is {encoder.name!r}"
    else:
        why = "was split by an earlier version of Saidso"
    raise EncoderError(
        f"the library {why}; re-embed it: python -m ingest --rebuild"
        " (or set SAIDSO_ENCODER to the encoder it was made with)"
    )
