"""`python -m qa`: ask one question, ask many, re-check the quotes of earlier answers, or serve an
assistant.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.errors import SaidsoError
from ingest.library import Library
from ingest.places import library_folder
from ingest.report import speak_utf8, stop_speaking
from ingest.terminal import shown
from qa.desk import desk
from qa.render import as_json, as_text
from qa.verify import Standing, verdicts


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 fine (an abstention too), 1 a quote no longer verifies, 2 wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    chosen = (options.question, options.batch, options.verify, options.mcp)
    if sum(bool(one) for one in chosen) != 1:
        parser.error('give a "QUESTION", or one of --batch, --verify, --mcp')
    if options.json and options.mcp:
        parser.error("--json goes with a QUESTION")
    speak_utf8()
    try:
        folder = library_folder(options.library)
        if options.mcp:
            from qa.assistant import serve  # an extra that most do without

            serve(folder)
            return 0
        if options.verify:
            return _verify(folder, Path(options.verify))
        if options.batch:
            return _batch(folder, options.batch)
        if not _writable(options.question):
            raise SaidsoError("the question is not UTF-8; is the terminal?")
        with desk(folder) as open_desk:
            answer = open_desk.ask(options.question)
        text = _line(as_json(answer)) if options.json else shown(as_text(answer), sys.stdout)
        print(text)
        return 0
    except SaidsoError as error:
        print(f"saidso: {shown(str(error), sys.stderr)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("saidso: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return stop_speaking()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qa", description="Ask the articles of a library; they answer in quotes."
    )
    parser.add_argument("question", nargs="?", metavar="QUESTION", help="what to ask")
    parser.add_argument(
        "--library", metavar="DIR", help="default: $SAIDSO_LIBRARY, else the user data folder"
    )
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help='JSON lines {"id", "question"} in ("-": standard input), answers out',
    )
    parser.add_argument(
        "--verify",
        metavar="FILE",
        help="re-check every quote of answers printed as JSON, or of a conversation that was saved",
    )
    parser.add_argument(
        "--mcp",
        action="store_true",
        help="serve a desktop assistant over stdin and stdout (Model Context Protocol)",
    )
    return parser


def _batch(folder: Path, source: str) -> int:
    asked = list(_questions(source))
    with desk(folder) as open_desk:
        for key, question in asked:
            print(_line(as_json(open_desk.ask(question), id=key)), flush=True)
    return 0


def _questions(source: str) -> Iterator[tuple[object, str]]:
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SaidsoError(f"cannot read {source}: {error}") from None
    for number, line in enumerate(text.split("\n"), 1):  # JSON may hold U+2028, a line of its own
        if line.strip():
            try:
                fields = json.loads(line)
                question, key = fields["question"], fields.get("id")
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                question = key = None
            if not isinstance(question, str) or not _writable(question):
                raise SaidsoError(f'{source}:{number} is not {{"id": …, "question": "…"}}')
            yield key, question


def _writable(question: str) -> bool:
    """False where half a character (an unpaired surrogate) stands in it."""
    try:
        return question.encode() is not None
    except UnicodeEncodeError:
        return False


def _verify(folder: Path, answers: Path) -> int:
    counts = dict.fromkeys(Standing, 0)
    with Library(folder).snapshot() as snapshot:
        for verdict in verdicts(snapshot, answers):
            counts[verdict.standing] += 1
            place = f"{verdict.article} {verdict.start}-{verdict.end}"
            line = f"{verdict.standing}: {place}: {verdict.question}"
            print(shown(line, sys.stdout))
    print(
        ", ".join(f"{count} {standing}" for standing, count in counts.items() if count)
        or "no quotes"
    )
    return 0 if counts[Standing.INTACT] == sum(counts.values()) else 1


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
