"""Answers that were kept in a file: as JSON, or in the page that `qa.page.keepsake` made of them.

Of a page, the words to be checked are those that it shows.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from ingest.errors import SaidsoError

MARK = "data-saidso"  # an attribute that says whose page it is
_PLACE = ("article", "version", "start", "end")


def kept(path: Path) -> list[Any]:
    """The answers in a file: one object, a list of them, or one a line; or those of a page.

    Raises SaidsoError for a file that holds none. Whether each is one, `qa.verify` finds out.
    """
    try:
        # As it is, for a quote may hold a carriage return; less the mark that editors put first.
        text = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError) as error:
        raise SaidsoError(f"cannot read {path}: {error}") from None
    if text.lstrip("\t\r\n ").startswith("<"):
        page = _Page(text)
        if not page.ours:
            raise SaidsoError(f"{path} is a page, but not one that the chat saved")
        return page.answers
    try:
        whole = json.loads(text)
        return whole if isinstance(whole, list) else [whole]
    except (ValueError, RecursionError):
        pass
    answers = []
    for number, line in enumerate(text.split("\n"), 1):  # a quote may hold U+2028, which is a line
        if line.strip():
            try:
                answers.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise SaidsoError(f"{path}:{number} is not JSON: {error}") from None
    return answers


class _Page(HTMLParser):
    """`answers`, each with all its places in `quotes`; what one lacks there, it lacks here."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ours = False
        self.answers: list[dict[str, Any]] = []
        self._words: list[str] | None = None  # of the quote that is being read
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ours = self.ours or MARK in given
        if "data-asked" in given:
            self.answers.append({"question": given["data-asked"], "quotes": []})
        if tag == "blockquote":
            place = {one: given[f"data-{one}"] for one in _PLACE if f"data-{one}" in given}
            article = {"id": place.pop("article", None), "version": place.pop("version", None)}
            known = {key: one for key, one in article.items() if one is not None}
            if not self.answers:  # a quote of no question
                self.answers.append({"quotes": []})
            self.answers[-1]["quotes"].append({"article": known, **place})
            self._words = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote" and self._words is not None:
            self.answers[-1]["quotes"][-1]["text"] = "".join(self._words)
            self._words = None

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)
