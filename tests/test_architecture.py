"""The rules of the house, read from the source: who imports whom, and where."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("ingest", "qa", "app")
SOURCES = sorted(
    [*PROJECT.glob("ingest/**/*.py"), *PROJECT.glob("qa/**/*.py"), *PROJECT.glob("app.py")]
)
MAY_IMPORT = {"ingest": {"ingest"}, "qa": {"qa", "ingest"}, "app": {"app", "qa", "ingest"}}
DOORS = {
    "chromadb": {"ingest/chroma.py"},
    "sqlite3": {"ingest/database.py"},
    "langchain_text_splitters": {"ingest/cut.py"},
    "langchain": set[str](),
    "langchain_core": set[str](),
    "sentence_transformers": {"ingest/sbert.py"},
    "filelock": {"ingest/claim.py"},
    "py3langid": {"ingest/language.py"},
    "snowballstemmer": {"ingest/words.py"},
    "charset_normalizer": {"ingest/decode.py"},
    "yaml": {"ingest/formats/plain.py"},
    "trafilatura": {"ingest/formats/html.py"},
    "lxml": {"ingest/formats/markup.py"},
    "pdfminer": {"ingest/formats/pdf.py"},
    "feedparser": {"ingest/formats/feed.py"},
    "protego": {"ingest/net/robots.py"},
    "idna": {"ingest/net/address.py"},
    "docx": {"ingest/formats/docx.py"},
    "watchfiles": {"ingest/watch.py"},
    "spellchecker": {"qa/dictionary.py"},
    "rapidfuzz": {"qa/spelling.py"},
    "tqdm": {"ingest/bar.py"},
    "platformdirs": {"ingest/places.py"},
    "mcp": {"qa/assistant.py"},
}
AT_MOST_ONE = ("gradio", "onnxruntime", "tokenizers", "torch", "transformers")


def imports(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield node.module or ""


def name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def importers(package: str) -> set[str]:
    return {
        name(path) for path in SOURCES if any(one.split(".")[0] == package for one in imports(path))
    }


def test_there_is_something_to_read() -> None:
    assert {"ingest/__main__.py", "qa/__main__.py", "app.py"} <= {name(path) for path in SOURCES}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_imports_run_one_way(path: Path) -> None:
    ours = path.relative_to(PROJECT).parts[0].removesuffix(".py")
    tops = {one.split(".")[0] for one in imports(path)}
    assert not tops & {"lab", "tests"}
    assert tops & {*PACKAGES} <= MAY_IMPORT[ours]


@pytest.mark.parametrize("package", DOORS)
def test_one_door_for_each_third_party(package: str) -> None:
    assert importers(package) == DOORS[package]


@pytest.mark.parametrize("package", AT_MOST_ONE)
def test_at_most_one_door(package: str) -> None:
    assert len(importers(package)) <= 1, importers(package)


@pytest.mark.parametrize("package", ["requests", "httpx", "urllib3", "aiohttp", "socket", "openai"])
def test_no_way_to_the_network(package: str) -> None:
    """But for one, which asks what a name resolves to and who may be asked."""
    assert importers(package) <= {"app.py", "ingest/net/guard.py"}


def test_one_way_to_pages_of_the_net() -> None:
    assert importers("httpcore2") == {"ingest/net/http.py"}
    for path in SOURCES:
        assert not {"http.client", "urllib.request"} & {*imports(path)}, path
    asking = {
        name(path): {one for one in imports(path) if one.split(".")[:2] == ["ingest", "net"]}
        for path in SOURCES
        if path.parent.name != "net"
    }
    of_the_net = {"ingest.net.named"}  # the command's --url and --feed, the chat's --net
    assert {who: what for who, what in asking.items() if what} == {
        "ingest/__main__.py": of_the_net,
        "qa/addresses.py": of_the_net,
    }


def test_the_chat_is_without_the_net_unless_it_is_switched_on() -> None:
    """Only `qa.chat` knows of the module that takes addresses in, and imports it when asked."""
    importing = {name(path) for path in SOURCES if "qa.addresses" in imports(path)}
    assert importing == {"qa/chat.py"}
    script = (
        "import sys, app; reaching = {'ingest.net', 'qa.addresses', 'httpcore2', 'protego'};"
        " print(sorted(reaching & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("path", ["ingest/types.py", "qa/types.py"])
def test_types_import_nothing_heavy(path: str) -> None:
    allowed = {"__future__", "dataclasses", "enum", "numpy", "numpy.typing", "collections.abc"}
    ours = {"ingest.types", "qa.types"}
    assert set(imports(PROJECT / path)) <= allowed | ours | {"typing", "datetime"}


def test_a_command_line_does_not_import_what_it_may_not_need() -> None:
    """`--help` and `--list` answer at once; the heavy libraries come when they are needed."""
    script = (
        "import sys, ingest.__main__, qa.__main__; heavy = {'torch', 'transformers', 'gradio',"
        " 'sentence_transformers', 'chromadb', 'langchain_text_splitters', 'onnxruntime',"
        " 'trafilatura', 'pdfminer', 'docx', 'lxml', 'watchfiles', 'httpcore2', 'feedparser',"
        " 'protego', 'ingest.net', 'mcp'};"
        " print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_every_folder_that_is_shipped_is_named() -> None:
    """What is left out comes along only by luck, and whoever installs is warned of it."""
    built = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {
        path.parent.relative_to(PROJECT).as_posix().replace("/", ".")
        for package in ("ingest", "qa")
        for path in (PROJECT / package).rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    assert set(built["packages"]) == folders
