"""Another title for an article, from the owner of the library.

Neither the article's text nor any of its versions changes: a version is what came, and its digest
says so. The title stands beside them, by the article's id. So a file that comes again unchanged is
still unchanged, one that has changed keeps the title it was given here, and an old quote verifies.
But a title is read with every passage (`ingest.split.context`, the words, the reader), so the
passages are embedded anew under it: a renamed article is found as if it had come so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.decode import check_text
from ingest.embed import embed
from ingest.encoder import Encoder
from ingest.errors import SaidsoError, Unreadable
from ingest.library import Library
from ingest.stamp import checked

LONGEST = 300  # characters


@dataclass(frozen=True, slots=True)
class Renamed:
    """Titles that were shown and are shown, and the one given before, if any: for `rename`."""

    before: str
    now: str
    given: str | None


def rename(
    library: Library, encoder: Encoder, article_id: str, title: str | None
) -> Renamed | None:
    """Show and find an article under `title`; under its own again where that is None, or empty.

    None when there is no such article. Raises SaidsoError for a title that will not do, and for an
    encoder that is not the library's.
    """
    wanted = _sound(title or "") or None
    while True:
        with library.snapshot() as snapshot:
            checked(snapshot, encoder)
            stamp, given = snapshot.stamp(), snapshot.given_title(article_id)
            article = snapshot.article(article_id)
            own = snapshot.article(article_id, own_title=True)
        if article is None or own is None:
            return None
        shown = wanted or own.title
        made = embed(replace(article, title=shown), encoder)
        if library.rename(made, wanted, stamp):
            return Renamed(article.title, shown, given)


def _sound(title: str) -> str:
    line = " ".join(title.split())
    try:
        check_text(line or "-")
    except Unreadable as error:
        raise SaidsoError(str(error)) from None
    if len(line) > LONGEST:
        raise SaidsoError(f"a title has at most {LONGEST} characters")
    return line
