"""Who is let in, who is not, and what a file of users that went wrong says."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SaidsoError
from qa import users
from qa.sessions import Sessions
from qa.users import LOCKED, TRIES, Users, add, read

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def hashed_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "_COST", (10, 8, 1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "users"
    add(made, "anna", PASSWORD)
    return made


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def door(file: Path, said: list[str], clock: Clock) -> Users:
    return Users(file, said.append, clock)


def test_a_line_says_nothing_of_the_password_and_fits_only_it(file: Path, door: Users) -> None:
    line = file.read_text()
    assert line.startswith("anna:scrypt$10$8$1$") and "horse" not in line
    assert file.stat().st_mode & 0o077 == 0  # its owner's alone
    assert door.admits("anna", PASSWORD)
    for wrong in ("", PASSWORD + " ", PASSWORD.upper(), "x" * 10_000):
        assert not door.admits("anna", wrong)
    assert not door.admits("bob", PASSWORD) and not door.admits("", "")


def test_the_cost_is_what_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    add(tmp_path / "users", "anna", PASSWORD)
    assert read(tmp_path / "users")["anna"].log_n == 17
    assert Users(tmp_path / "users", print).admits("anna", PASSWORD)


def test_a_password_of_any_script_is_taken(file: Path, door: Users) -> None:
    add(file, "zoë", "mot de passe : « été » 🙂")
    assert door.admits("zoë", "mot de passe : « été » 🙂")
    assert not door.admits("zoë", "mot de passe : « ete » 🙂")
    assert not door.admits("zoë", "\ud800" * 9)


def test_a_name_is_locked_after_mistakes_in_a_row(
    door: Users, clock: Clock, said: list[str]
) -> None:
    for _ in range(TRIES - 1):
        assert not door.admits("anna", "wrong")
    assert door.admits("anna", PASSWORD)  # which starts the count anew
    for _ in range(TRIES):
        assert not door.admits("anna", "wrong")
    assert said == ["anna is locked for 5 minutes: too many wrong passwords"]
    clock.now = LOCKED - 1
    assert not door.admits("anna", PASSWORD)
    clock.now = LOCKED + 1
    assert not door.admits("anna", "wrong")  # one more, and it is locked as long again
    assert not door.admits("anna", PASSWORD)
    clock.now = 2 * LOCKED + 2
    assert door.admits("anna", PASSWORD) and door.admits("anna", PASSWORD)
    assert len(said) == 2


def test_one_that_is_locked_locks_nobody_else(file: Path, door: Users) -> None:
    add(file, "bob", PASSWORD)
    for _ in range(TRIES):
        door.admits("anna", "wrong")
    assert not door.admits("anna", PASSWORD) and door.admits("bob", PASSWORD)


def test_tries_at_the_same_time_count_each(door: Users) -> None:
    guesses = [threading.Thread(target=door.admits, args=("anna", "wrong")) for _ in range(20)]
    for one in guesses:
        one.start()
    for one in guesses:
        one.join()
    assert not door.admits("anna", PASSWORD)


def test_a_name_that_is_unknown_costs_as_much(door: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    real = users._hashed

    def counted(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
        hashed.append(f"{log_n} {r} {p}")
        return real(password, salt, log_n, r, p)

    monkeypatch.setattr(users, "_hashed", counted)
    for name in ("anna", "nobody", *["anna"] * TRIES):  # the last of them locked
        door.admits(name, "wrong")
    assert hashed == ["10 8 1"] * (TRIES + 2)


def test_the_file_counts_as_it_is_now(file: Path, door: Users, said: list[str]) -> None:
    add(file, "bob", "another one")
    assert door.secret("bob") and door.admits("bob", "another one")
    assert add(file, "bob", "yet another") is True
    assert not door.admits("bob", "another one") and door.admits("bob", "yet another")
    file.write_text("".join(one for one in file.read_text().splitlines(True) if "bob" in one))
    assert not door.secret("anna") and not door.admits("anna", PASSWORD)
    file.write_text("broken")
    assert not door.secret("bob") and not door.admits("bob", "yet another")
    file.unlink()
    assert not door.secret("bob")
    assert "users:1 is not NAME:HASH" in said[0] and "no file" in said[1]


def test_a_new_password_ends_what_the_old_one_opened(file: Path, door: Users) -> None:
    add(file, "bob", PASSWORD)
    sessions = Sessions(door, {"early": "anna"})
    sessions["anna's"], sessions["bob's"] = "anna", "bob"
    assert all(map(sessions.lives, ("early", "anna's", "bob's"))) and not sessions.lives("forged")
    add(file, "anna", PASSWORD)  # the same, set anew
    assert not sessions.lives("early") and not sessions.lives("anna's")
    assert sessions.get("anna's") is None and sessions.get("bob's") == "bob"
    assert sessions.lives("bob's") and sessions == {
        "early": "anna",
        "anna's": "anna",
        "bob's": "bob",
    }
    sessions["again"] = "anna"
    assert sessions.lives("again")
    del sessions["again"]  # she logs out
    assert not sessions.lives("again")
    sessions["nobody's"] = "nobody"
    assert not sessions.lives("nobody's")
    add(file, "nobody", PASSWORD)
    assert not sessions.lives("nobody's")


def test_a_password_that_changes_while_it_is_checked_lets_nobody_in(
    file: Path, door: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = users._hashed

    def slowly(*given: Any) -> bytes:
        made = real(*given)
        monkeypatch.setattr(users, "_hashed", real)
        add(file, "anna", "another one")
        return made

    monkeypatch.setattr(users, "_hashed", slowly)
    assert not door.admits("anna", PASSWORD) and door.admits("anna", "another one")


def test_a_file_keeps_its_remarks_and_its_other_lines(file: Path) -> None:
    file.write_text(f"# the office\n\n{file.read_text()}")
    add(file, "bob", "another one")
    add(file, "anna", "a new password")
    assert file.read_text().startswith("# the office\n")
    assert list(read(file)) == ["bob", "anna"]


@pytest.mark.parametrize("text", ["# the office", "\n\n", ""])
def test_the_first_one_is_added_below_remarks(tmp_path: Path, text: str) -> None:
    file = tmp_path / "users"
    file.write_text(text)
    assert add(file, "anna", PASSWORD) is False
    assert list(read(file)) == ["anna"] and file.read_text().startswith(text)


@pytest.mark.parametrize("name", ["", " anna", "an:na", "#anna", "an\nna", "x" * 101])
def test_a_name_that_will_not_do(file: Path, name: str) -> None:
    before = file.read_text()
    with pytest.raises(SaidsoError, match="will not do as a name"):
        add(file, name, PASSWORD)
    assert file.read_text() == before


@pytest.mark.parametrize("password", ["", "short", "x" * 1001])
def test_a_password_that_will_not_do(file: Path, password: str) -> None:
    before = file.read_text()
    with pytest.raises(SaidsoError, match="a password has 8 to 1000 characters"):
        add(file, "anna", password)
    assert file.read_text() == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nobody is in"),
        ("# a remark\n", "nobody is in"),
        ("anna\n", ":1 is not NAME:HASH"),
        ("anna:secret\n", ":1 is not NAME:HASH"),
        ("\nanna:$2b$12$abcdefghijklmnopqrstuv\n", ":2 is not NAME:HASH"),
        (":scrypt$14$8$1$AAAAAAAAAAAAAAAAAAAAAA==$" + "A" * 86 + "==\n", ":1 is not"),
        ("anna:scrypt$30$8$1$AAAAAAAAAAAAAAAAAAAAAA==$" + "A" * 86 + "==\n", ":1 is not"),
        ("anna:scrypt$14$8$1$AA==$" + "A" * 86 + "==\n", ":1 is not"),
        ("anna:scrypt$14$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AA==\n", ":1 is not"),
        ("anna:scrypt$14$8$1$!$!\n", ":1 is not"),
        (2 * ("anna:scrypt$14$8$1$AAAAAAAAAAAAAAAAAAAAAA==$" + "A" * 86 + "==\n"), "twice"),
    ],
)
def test_a_file_that_is_wrong_is_told_of(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "users"
    file.write_text(text)
    with pytest.raises(SaidsoError, match=says) as error:
        Users(file, print)
    assert "--add-user NAME" in str(error.value) or says == "twice"


def test_what_is_no_file_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(SaidsoError, match="cannot read"):
        read(tmp_path)
    with pytest.raises(SaidsoError, match="cannot read"):
        (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
        read(tmp_path / "binary")
    with pytest.raises(SaidsoError, match="cannot write"):
        add(tmp_path / "no" / "such" / "folder", "anna", PASSWORD)
