"""A conversation out of the chat: saved as a file, and its quotes checked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.errors import SaidsoError
from ingest.library import Library
from qa.export import exported_json, exported_markdown
from qa.page.keepsake import keepsake
from qa.page.shelf import notice
from qa.page.verified import verified
from qa.render import as_json
from qa.talk import Talk
from qa.told import told
from qa.types import Answer
from qa.verify import judged

_KINDS = {"json": exported_json, "html": keepsake, "md": exported_markdown}


class Takeout:
    def __init__(self, talk: Talk, library: Library) -> None:
        self._talk, self._library = talk, library

    def do(self, wanted: Mapping[str, Any], language: str) -> str:
        """For `{"do": "save", "kind": "json" | "html" | "md", "visitor"}` a file's text, for
        `{"do": "verify", "visitor"}` a line of HTML; nothing for anything else.
        """
        said = list(self._talk.of(wanted.get("visitor")).said)
        answers = [one.answer for one in said if one.answer is not None]
        match wanted.get("do"), wanted.get("kind"):
            case "save", str(kind) if kind in _KINDS:
                return _KINDS[kind](answers)
            case "verify", _:
                return self._verified(answers, language)
        return ""

    def _verified(self, answers: Sequence[Answer], language: str) -> str:
        places = [
            place
            for one in answers
            for quote in (*one.quotes, *one.nearest)
            for place in (quote, *quote.also)
        ]
        try:
            with self._library.snapshot() as snapshot:
                found = judged(snapshot, map(as_json, answers), called="the conversation")
                standings = [one.standing for one in found]
        except SaidsoError as error:
            return notice(told(error, language), language)
        return verified(list(zip(places, standings, strict=True)), language)
