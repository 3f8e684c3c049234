"""The search page says what was weighed, in both languages, and shows hostile text literally."""

from __future__ import annotations

from contextlib import closing

import pytest

from ingest.dense import Dense
from ingest.library import Library
from qa.desk import Desk
from qa.glass import look
from qa.page.glass import form, glass
from qa.settings import RANGES, SHIPPED, Settings
from tests.fakes import WordEncoder, WordReader, put
from tests.qa.page.seen import NASTY, Seen


@pytest.fixture
def desk(library: Library) -> Desk:
    put(library, "The harbour of Brest was flooded in March. Nobody was hurt.", id="brest")
    put(library, "The harbour of Nice was painted.", id="nice")
    with closing(Dense(library, wait=None)) as dense:
        return Desk(library, WordEncoder(), WordReader(), dense)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("Answered: confidence 0.", "Quoted as [1]", "no. 1", "of the first quote answers")),
        ("fr", ("Répondu : la confiance 0,", "Citée sous [1]", "n° 1", "première citation répond")),
    ],
)
def test_an_answer_with_all_that_led_to_it(
    desk: Desk, language: str, says: tuple[str, ...]
) -> None:
    made = glass(look(desk, "Was the harbour flooded?", Settings(threshold=0.0)), language)
    seen = Seen(made)
    for words in says:
        assert words in seen.text
    assert "The harbour of Brest was flooded in March." in seen.text
    assert ("href", "#cite") not in seen.attributes
    assert seen.text.count("Nobody was hurt.") == 1


def test_what_was_not_answered_says_why(desk: Desk) -> None:
    seen = look(desk, "Was the harbour flooded?", Settings(threshold=1.0))
    assert "is below the threshold of 1.00" in glass(seen, "en")
    assert "Nearest passage 1, shown as no answer" in glass(seen, "en")
    assert "Not as shipped" in glass(seen, "en")
    assert "Not as shipped" not in glass(look(desk, "The harbour?", SHIPPED), "en")
    assert "no word that carries a subject" in glass(look(desk, "?!", SHIPPED), "en")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_form_has_a_knob_for_every_setting(language: str) -> None:
    seen = Seen(form(language))
    ranges = [value for name, value in seen.attributes if name == "id" and value]
    assert ranges == [one for name in RANGES for one in (f"knob-{name}", f"knob-{name}-why")]
    assert ("0,59" in seen.text) == (language == "fr")


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_text_is_shown_literally(library: Library, nasty: str) -> None:
    put(library, f"The harbour holds {nasty} and no more.", id=f"harbour {nasty}")
    with closing(Dense(library, wait=None)) as dense:
        desk = Desk(library, WordEncoder(), WordReader(), dense)
        seen = Seen(glass(look(desk, "What does the harbour hold?", SHIPPED), "en"))
    assert not {"script", "img", "svg", "style"} & set(seen.tags)
    assert not any(name.startswith("on") for name, _ in seen.attributes)
    assert nasty in seen.text
