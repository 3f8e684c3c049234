"""What was understood, as short labels in the question's language, each one removable."""

from __future__ import annotations

from dataclasses import dataclass

from qa.types import Attributed, Dated, Understood

_SAY = {
    "en": {
        "follow-up": "follow-up: {}",
        "gist": "asked: {}",
        "publication filter": "published: {}",
        "publication none": "{}: no article of then, so all were searched",
        "content preference": "{}: articles of then first",
        "content none": "{}: in the text",
        "source filter": "source: {}",
        "source none": "{}: no such article of then",
        "spelling": "{} read as “{}”",
        "remove": "Ask again without",
    },
    "fr": {
        "follow-up": "suite : {}",
        "gist": "demandé : {}",
        "publication filter": "publié : {}",
        "publication none": "{} : aucun article de ce moment, tous ont été cherchés",
        "content preference": "{} : d'abord les articles de ce moment",
        "content none": "{} : dans le texte",
        "source filter": "source : {}",
        "source none": "{} : aucun article de ce moment",
        "spelling": "{} lu « {} »",
        "remove": "Redemander sans",
    },
}


@dataclass(frozen=True, slots=True)
class Chip:
    """`id` goes into `Desk.ask(without=)`; where `removable` is False it changes nothing."""

    id: str
    label: str
    removable: bool


def chips(understood: Understood) -> tuple[Chip, ...]:
    """In the order in which it was understood; none for a plain question."""
    say, found = words(understood.language), list[Chip]()
    if carried := understood.carried:
        found.append(Chip(carried.chip, say["follow-up"].format(understood.standalone), True))
    if gist := understood.gist:
        found.append(Chip(gist.chip, say["gist"].format(gist.said), True))
    narrowing: tuple[Attributed | Dated, ...] = (*understood.sources, *understood.dates)
    for one in narrowing:
        means = one.means if isinstance(one, Dated) else "source"
        label = say[f"{means} {one.effect}"].format(one.said)
        found.append(Chip(one.chip, label, one.effect != "none"))
    for slip in understood.spellings:
        found.append(Chip(slip.chip, say["spelling"].format(slip.said, slip.read), True))
    return tuple(found)


def words(language: str) -> dict[str, str]:
    return _SAY.get(language, _SAY["en"])
