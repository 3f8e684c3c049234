"""The contracts that other programs rely on: shapes, exit codes, and what is left untouched."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

import app
import ingest.__main__
import ingest.options
import qa.__main__
from ingest.errors import SaidsoError
from ingest.library import Library
from tests.fakes import WordEncoder, contents
from tests.processes import PROJECT, command, environment, run

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def say(encoder: WordEncoder, tmp_path: Path, capsys: Capture) -> Any:
    """Run a command line in this process: (exit code, standard output)."""

    def speak(module: str, *arguments: object, library: str = "library") -> tuple[int, str]:
        main = {"ingest": ingest.__main__.main, "qa": qa.__main__.main}[module]
        code = main([*map(str, arguments), "--library", str(tmp_path / library)])
        said = capsys.readouterr()
        assert said.err == "" or code
        return code, said.out

    return speak


@pytest.fixture
def two(articles: Path) -> Path:
    (articles / "storm.txt").write_text("date 2022-09 The storm hit Lyon on Monday. Roofs flew.")
    (articles / "river.txt").write_text("The river rose in Paris. Nobody was hurt.")
    return articles


def test_the_report_as_json(say: Any, two: Path) -> None:
    (two / "bad.txt").touch()
    code, out = say("ingest", two, "--json")
    report = json.loads(out)
    assert code == 1
    assert 0 <= report.pop("seconds") < 60
    assert report == {
        "added": ["river", "storm"],
        "changed": [],
        "unchanged": [],
        "removed": [],
        "rejected": [{"source": str(two / "bad.txt"), "reason": "there is no text in it"}],
        "passages": 2,
    }


def test_a_dry_run_writes_nothing(say: Any, two: Path, tmp_path: Path) -> None:
    code, out = say("ingest", two, "--dry-run", "--json")
    assert (code, json.loads(out)["added"]) == (0, ["river", "storm"])
    assert not (tmp_path / "library").exists()
    say("ingest", two)
    (two / "storm.txt").write_text("The storm left.")
    (two / "river.txt").unlink()
    before = contents(Library(tmp_path / "library"))
    code, out = say("ingest", two, "--dry-run", "--prune", "--json")
    report = json.loads(out)
    assert (report["changed"], report["removed"], report["passages"]) == (["storm"], ["river"], 0)
    code, out = say("ingest", "--remove", "storm", "--dry-run")
    assert "removed 1: storm" in out and "nothing was written" in out
    assert contents(Library(tmp_path / "library")) == before


def test_prune(say: Any, two: Path, tmp_path: Path) -> None:
    say("ingest", two)
    (two / "river.txt").unlink()
    assert json.loads(say("ingest", two, "--json")[1])["removed"] == []
    assert json.loads(say("ingest", two, "--prune", "--json")[1])["removed"] == ["river"]
    assert set(contents(Library(tmp_path / "library"))) == {"storm"}


def test_list_remove_rebuild(say: Any, two: Path, tmp_path: Path) -> None:
    say("ingest", two)
    code, out = say("ingest", "--list", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["id"] for row in rows] == ["river", "storm"]
    assert {*rows[1]} == {
        *("id", "title", "source", "published", "language", "version", "characters")
    }
    assert rows[1]["published"] == "2022-09"
    assert say("ingest", "--list")[1].splitlines()[1].startswith("storm  2022-09  en  The storm")
    code, out = say("ingest", "--rebuild")
    assert (code, out) == (0, "2 articles, 2 passages, embedded with words\n")
    code, out = say("ingest", "--remove", "storm", "none", "--json")
    assert code == 1
    report = json.loads(out)
    assert report["removed"] == ["storm"]
    assert report["rejected"][0]["source"] == "none"
    assert set(contents(Library(tmp_path / "library"))) == {"river"}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["x", "--list"],
        ["--list", "--rebuild"],
        ["--rebuild", "--dry-run"],
        ["--list", "--prune"],
        ["--nonsense"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        ingest.__main__.main(arguments)
    assert left.value.code == 2
    assert "usage: python -m ingest" in capsys.readouterr().err


@pytest.mark.parametrize("parser", [ingest.options.parser(), qa.__main__._parser()])
def test_every_flag_has_help(parser: Any) -> None:
    assert all(action.help for action in parser._actions)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--port", "0"], "127.0.0.1:0: a port is a number from 1 to 65535"),
        (["--port", "65536"], "a port is a number from 1 to 65535"),
        (["--host", "example..com"], "no host can have this name"),
        (["--host", "x" * 64], "no host can have this name"),
        (["--host", "fe80::1%lo"], "[fe80::1%lo]:7860: a browser does not take"),
        (["--library", "~nosuch/library"], "no such library folder as ~nosuch"),
    ],
)
def test_a_place_where_no_chat_can_be(given: list[str], says: str, capsys: Capture) -> None:
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        assert app.main(given) == 2
    finally:
        for one, what in before.items():
            signal.signal(one, what)
    said = capsys.readouterr().err
    assert said.startswith("saidso: ") and says in said and said.count("\n") == 1


QUOTE = {"text", "start", "end", "highlight", "score", "article"}
ARTICLE = {"id", "title", "source", "published", "language", "version"}


def test_an_answer_as_json(say: Any, two: Path) -> None:
    say("ingest", two)
    for question in ("When did the storm hit Lyon?", "Who baked the bread?", "?"):
        code, out = say("qa", question, "--json")
        answer = json.loads(out)
        assert code == 0
        assert {*answer} == {
            *("question", "language", "answered", "confidence", "quotes", "nearest"),
            *("understood", "seconds"),
        }
        assert answer["question"] == question
        assert 0 <= answer["confidence"] <= 1
        assert not (answer["quotes"] and answer["nearest"])
        assert bool(answer["quotes"]) == answer["answered"]
        for quote in answer["quotes"] + answer["nearest"]:
            assert {*quote} == QUOTE
            assert {*quote["article"]} == ARTICLE
            text = (two / quote["article"]["source"]).read_text()
            assert text[quote["start"] : quote["end"]] == quote["text"]


def test_a_batch_keeps_its_order(say: Any, two: Path, tmp_path: Path) -> None:
    say("ingest", two)
    asked = tmp_path / "questions.jsonl"
    rows = [{"id": i, "question": q} for i, q in enumerate(["storm?", "river\u2028?", "storm?"])]
    asked.write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n\n{"question": "x"}\n'
    )
    code, out = say("qa", "--batch", asked)
    answers = [json.loads(line) for line in out.split("\n") if line]
    assert code == 0
    assert [one.get("id") for one in answers] == [0, 1, 2, None]
    assert [one["question"] for one in answers] == [*(row["question"] for row in rows), "x"]


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": 1}', '{"question": 5}', '{"question": "\\ud800"}', "[" * 100_000]
)
def test_a_bad_line_of_a_batch_is_named(
    say: Any, two: Path, tmp_path: Path, line: str, encoder: WordEncoder
) -> None:
    say("ingest", two)
    asked = tmp_path / "questions.jsonl"
    asked.write_text('{"question": "storm?"}\n' + line)
    with pytest.raises(SaidsoError, match=re.escape(f"{asked}:2 is not")):
        list(qa.__main__._questions(str(asked)))
    assert qa.__main__.main(["--batch", str(asked), "--library", str(tmp_path / "library")]) == 2


def test_verify(say: Any, two: Path, tmp_path: Path) -> None:
    (two / "river.txt").write_text("The river\u2028 rose in Paris. Nobody was hurt.")
    say("ingest", two)
    asked, answers = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    asked.write_text('{"question": "storm hit Lyon Monday"}\n{"question": "river rose in Paris"}')
    lines = say("qa", "--batch", asked)[1].rstrip("\n").split("\n")
    answers.write_text("\n".join(lines))
    quoted = [len((one := json.loads(line))["quotes"] + one["nearest"]) for line in lines]
    assert min(quoted) > 0

    code, out = say("qa", "--verify", answers)
    assert (code, out.splitlines()[-1]) == (0, f"{sum(quoted)} intact")

    forged = json.loads(lines[0])
    for quote in forged["quotes"] + forged["nearest"]:
        quote["text"] = quote["text"].replace("storm", "calm")
    (tmp_path / "forged.json").write_text(json.dumps(forged))
    code, out = say("qa", "--verify", tmp_path / "forged.json")
    assert code == 1
    assert "altered: " in out

    (two / "storm.txt").write_text("The storm left Lyon.")
    say("ingest", two)
    say("ingest", "--remove", "river")
    code, out = say("qa", "--verify", answers)
    assert code == 1
    standings = {
        line.split(": ")[1].split()[0]: line.split(": ")[0] for line in out.splitlines()[:-1]
    }
    assert standings == {"storm": "article changed since", "river": "gone"}


@pytest.mark.parametrize(
    "text",
    ["", "{", "5", '{"quotes": 5}', '[{"quotes": [{}]}]', '{"question": "x"}', "[" * 100_000],
)
def test_what_is_no_answer(say: Any, two: Path, tmp_path: Path, text: str) -> None:
    say("ingest", two)
    (tmp_path / "answers").write_text(text)
    code, _ = say("qa", "--verify", tmp_path / "answers")
    assert code == (0 if text == "" else 2)


@pytest.mark.slow
def test_nobody_listens_any_more(tmp_path: Path, two: Path) -> None:
    run("ingest", two, "--library", tmp_path / "library", tmp_path=tmp_path)
    for module, arguments in (("ingest", ["--list"]), ("qa", ["storm", "--json"])):
        with subprocess.Popen(
            command(module, *arguments, "--library", tmp_path / "library"),
            cwd=PROJECT,
            env=environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout and child.stderr
            child.stdout.close()
            assert (child.stderr.read(), child.wait(60)) == ("", 0)


@pytest.mark.slow
def test_ctrl_c_and_on_again(tmp_path: Path, articles: Path) -> None:
    for i in range(400):
        (articles / f"{i:04}.txt").write_text(f"Storm number {i} hit. " * 20)
    folder = tmp_path / "library"
    with subprocess.Popen(
        command("ingest", articles, "--library", folder, "--json"),
        cwd=PROJECT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        until = time.monotonic() + 120
        while time.monotonic() < until and not (folder / "library.sqlite-wal").exists():
            time.sleep(0.01)
        time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert err == "saidso: interrupted; the same command goes on from here\n"
    added = json.loads(out)["added"]
    assert len(added) < 400
    with Library(folder).snapshot() as snapshot:
        assert {one.id for one in snapshot.shelved()} >= {*added}
        assert len(snapshot.shelved()) <= len(added) + 1
    again = run("ingest", articles, "--library", folder, "--json", tmp_path=tmp_path)
    report = json.loads(again.stdout)
    assert again.returncode == 0
    assert len(report["added"]) + len(report["unchanged"]) == 400
    assert len(report["unchanged"]) >= len(added)
