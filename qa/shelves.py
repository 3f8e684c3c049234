"""What the articles page asks for: the table, articles removed, renamed and back, a text pasted."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ingest.encoder import Encoder
from ingest.errors import SaidsoError
from ingest.library import Library
from ingest.pipeline import Progress
from qa.fold import folded
from qa.intake import take_in
from qa.page.rows import SHOWN, unfolded
from qa.page.shelf import notice, removed, renamed, table
from qa.page.shelfwords import SHELF
from qa.sift import Sieve, asked, choices, sifted
from qa.told import told
from qa.undo import Undo

_FIELDS = ("title", "source", "published")


class Shelves:
    """`tick` and `after` as in `qa.intake.take_in`: what a chat does with each ingest."""

    def __init__(
        self, library: Library, encoder: Encoder, *, tick: Progress, after: Callable[[], None]
    ) -> None:
        self._library, self._encoder = library, encoder
        self._tick, self._after = tick, after
        self.undo = Undo(library, encoder)

    def do(self, wanted: Mapping[str, Any], language: str, *, writes: bool) -> str:
        """HTML for a click on the page. Without `writes` the library stays as it is.

        `wanted`: `{"do": "list", ...}` with the fields of a Sieve, `{"do": "reprints", "id",
        ...}` for those behind a row of that table, `{"do": "remove" | "put back" |
        "name back", "id"}`, `{"do": "rename", "id", "title"}` (empty: the title it came with), or
        `{"do": "paste", "text", "title"?, "source"?, "published"?}`.
        """
        action = wanted.get("do")
        try:
            if action == "list":
                return self.listing(asked(wanted), language, writes=writes)
            if action == "reprints":
                return self._reprints(str(wanted.get("id")), asked(wanted), language, writes=writes)
            if not writes:
                return notice(SHELF[language]["closed"], language)
            if action == "remove":
                return self._remove(str(wanted.get("id")), language)
            if action == "put back":
                return self._put_back(str(wanted.get("id")), language)
            if action == "rename":
                return self._rename(wanted, language)
            if action == "name back":
                return self._name_back(str(wanted.get("id")), language)
            if action == "paste":
                return self._paste(wanted, language)
        except SaidsoError as error:
            return notice(told(error, language), language)
        return ""

    def listing(self, sieve: Sieve, language: str, *, writes: bool) -> str:
        with self._library.snapshot() as snapshot:
            every = snapshot.listed()
            found = sifted(every, sieve)
            folds = folded(found, snapshot.originals())
            page = min(sieve.page, max(0, len(folds) - 1) // SHOWN)
            shown = folds[page * SHOWN : (page + 1) * SHOWN]
            sizes = snapshot.sizes([one.head.id for one in shown])
        return table(
            shown,
            sizes,
            language,
            stories=len(folds),
            found=len(found),
            total=len(every),
            page=page,
            sieve=sieve,
            choices=choices(every),
            writes=writes,
        )

    def _reprints(self, head: str, sieve: Sieve, language: str, *, writes: bool) -> str:
        with self._library.snapshot() as snapshot:
            folds = folded(sifted(snapshot.listed(), sieve), snapshot.originals())
            one = next((one for one in folds if one.head.id == head), None)
            if one is None:
                return ""
            sizes = snapshot.sizes([other.id for other in one.others[:SHOWN]])
        return unfolded(one, sizes, language, writes=writes)

    def _remove(self, article_id: str, language: str) -> str:
        title = self.undo.remove(article_id)
        if title is None:
            return notice(SHELF[language]["gone"], language)
        self._after()
        return removed(article_id, title, language)

    def _put_back(self, article_id: str, language: str) -> str:
        say, done = SHELF[language], self.undo.put_back(article_id)
        if done is None:
            return notice(say["too late"], language)
        self._after()
        title, back = done
        return notice(say["is back"].format(title) if back else say["is there"], language)

    def _rename(self, wanted: Mapping[str, Any], language: str) -> str:
        article_id = str(wanted.get("id"))
        done = self.undo.rename(article_id, str(wanted.get("title") or ""))
        if done is None:
            return notice(SHELF[language]["gone"], language)
        if done.before == done.now:
            return notice(SHELF[language]["is called"].format(done.now), language)
        self._after()
        return renamed(article_id, done.before, done.now, language)

    def _name_back(self, article_id: str, language: str) -> str:
        say, done = SHELF[language], self.undo.rename_back(article_id)
        if done is None:
            return notice(say["not undone"], language)
        self._after()
        return notice(say["is called"].format(done.now), language)

    def _paste(self, wanted: Mapping[str, Any], language: str) -> str:
        """As one line of a .jsonl: its text is taken as it is, whatever it begins with."""
        given = {key: str(wanted[key]) for key in _FIELDS if str(wanted.get(key) or "").strip()}
        name = SHELF[language]["pasted"]
        line = {"source": name, **given, "text": str(wanted.get("text") or "")}
        with tempfile.TemporaryDirectory(prefix="saidso-") as folder:
            file = Path(folder, "pasted.jsonl")
            file.write_text(json.dumps(line), "utf-8")
            *_, report = take_in(
                self._library,
                self._encoder,
                [(file, f"{name}.jsonl")],
                language,
                tick=self._tick,
                after=self._after,
                told_as=SHELF[language]["the pasted"],
            )
        return report
