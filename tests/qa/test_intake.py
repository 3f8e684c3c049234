"""Files of a folder that come through the page, without a page."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.draft import LARGEST
from ingest.library import Library
from qa import intake
from qa.intake import Upload, take_in
from tests.fakes import WordEncoder, contents


def taken(library: Library, folder: Path, files: dict[str, str], language: str = "en") -> str:
    """What is told of `files`, by name; two of the same bytes lie in one place, as uploads do."""
    uploads: list[Upload] = []
    for name, text in files.items():
        path = folder / f"{hash(text):x}{Path(name).suffix}"
        path.write_text(text, "utf-8")
        uploads.append((path, name))
    *_, last = take_in(
        library, WordEncoder(), uploads, language, tick=lambda _: None, after=lambda: None
    )
    assert not any(path.exists() for path, _ in uploads)
    return html.unescape(last)


@pytest.mark.parametrize("again", [False, True], ids=["before", "while it is read"])
def test_two_who_drop_the_same_bytes_both_have_them_read(
    library: Library, tmp_path: Path, *, again: bool
) -> None:
    path = tmp_path / "storm.txt"
    path.write_text("A storm hit Lyon.")

    def dropped() -> Iterator[str]:
        given = [(path, path.name)]
        return take_in(library, WordEncoder(), given, "en", tick=lambda _: None, after=lambda: None)

    first, second = dropped(), dropped()
    with intake._one_drop:
        next(first)
        if again:  # uploaded anew, as uploads are: the second is yet to come
            (tmp_path / "scratch").write_text(path.read_text())
            (tmp_path / "scratch").replace(path)
        else:
            next(second)
    said = list(first)[-1]
    assert path.exists() or not again
    said += list(second)[-1]
    assert said.count("1 added") == said.count("1 unchanged") == 1 and not path.exists()


FILES = {
    "press/a.txt": "The ferry of Brest sank.",
    "press/2022/a.txt": "The crane of Lyon fell.",
    "press/2022/photo.png": "",
    "press/empty.txt": "",
    "press/2022/empty.txt": "",
    "press/great.txt": "x" * (LARGEST + 1),
}


def test_files_of_a_folder_are_known_by_their_paths_in_it(library: Library, tmp_path: Path) -> None:
    said = taken(library, tmp_path, FILES)
    assert "2 added</b>" in said and "4 rejected</b>" in said
    assert contents(library).keys() == {"press/a", "press/2022/a"}
    for name in ("2022/photo.png", "empty.txt", "2022/empty.txt", "great.txt"):
        assert f"<bdi>press/{name}</bdi>" in said, name
    assert "an article may have" in said and str(tmp_path) not in said
    again = taken(library, tmp_path, FILES | {"press/a.txt": "The ferry of Brest is raised."})
    assert "1 changed</b>" in again and "1 unchanged</b>" in again


def test_a_path_leads_nowhere_above_its_folder(library: Library, tmp_path: Path) -> None:
    taken(library, tmp_path, {"../../etc//.\\press/a.txt": "The ferry of Brest sank."})
    assert contents(library).keys() == {"etc/press/a"}


LINE_OF_THE_SAME_ID = '{"id": "press/a", "text": "The crane of Lyon fell."}'


def test_two_that_claim_one_id_are_told_apart_by_their_own_names(
    library: Library, tmp_path: Path
) -> None:
    lines = {"press/a.txt": "The ferry of Brest sank.", "press/b.jsonl": LINE_OF_THE_SAME_ID}
    said = taken(library, tmp_path, lines)
    assert "<bdi>press/b.jsonl</bdi>" in said and "article in press/a.txt" in said
    assert "upload:" not in said
