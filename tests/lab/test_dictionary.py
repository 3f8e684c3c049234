"""What is written goes over what was aligned, and only there."""

from __future__ import annotations

from lab.dictionary import Entry, Table, entries, key, written_over

PORTER: Entry = (("porte", "portee"), ("door", "carry"))


def over(table: Table, own: list[Entry], other: list[Entry], *names: str) -> Table:
    written_over(table, own, other, "fr", set(names))
    return table


def test_a_listed_form_has_what_is_written_alone_in_its_order() -> None:
    table = over({"porte": {"wore": 0.5, "door": 0.2}}, [PORTER], [])
    assert list(table["porte"]) == ["door", "carry"]
    assert table["porte"]["door"] > table["porte"]["carry"] > 0.5
    assert table["portee"] == table["porte"]


def test_another_word_of_the_stem_keeps_what_was_surely_aligned() -> None:
    table = over({"port": {"port": 0.6, "noise": 0.2}}, [PORTER], [])
    assert set(table["port"]) == {"port", "door", "carry"}


def test_names_keep_their_translations() -> None:
    table = over({"porte": {"ottoman empire": 0.9}, "paris": {"paris": 0.9}}, [PORTER], [], "porte")
    assert set(table["porte"]) == {"ottoman empire", "door", "carry"}
    assert table["paris"] == {"paris": 0.9}


def test_what_only_the_other_dictionary_has_is_turned_round() -> None:
    table = over(
        {"couche": {"layer": 0.4, "noise": 0.1}}, [], [(("nappy", "nappies"), ("couche",))]
    )
    assert set(table["couche"]) == {"nappy", "layer"}


def test_the_files_are_whole() -> None:
    for language, into in (("fr", "en"), ("en", "fr")):
        read = list(entries(language, into))
        assert len(read) > 6_000
        assert all(forms and translations for forms, translations in read)
        assert all(one == key(one) for forms, said in read for one in (*forms, *said))
