"""What is said around the articles' words, in the languages that questions are answered in.

The one place for it: the chat and the terminal say the same. What the chat's own buttons and
tables say is in `qa.page.interface`.
"""

from __future__ import annotations

from qa.types import Answer

WORDS = {
    "en": {
        "one": "1 article answers this.",
        "several": "{} articles answer this.",
        "silent": "The articles don't say.",
        "nearest": "Nearest passages, which may not answer it:",
        "undated": "no date",
        "widened": "Also looked for:",
        "among others": "among others",
        "also": "also in:",
        "only": "only this source",
        "apart": "these disagree:",
        "open": "Open",
        "kept": "Every quote stands in its article word for word. To check it:",
        "high": "high confidence",
        "good": "good confidence",
        "modest": "modest confidence",
        "months": "January February March April May June July August September October November"
        " December",
    },
    "fr": {
        "one": "1 article répond à la question.",
        "several": "{} articles répondent à la question.",
        "silent": "Les articles ne le disent pas.",
        "nearest": "Passages les plus proches, qui n'y répondent peut-être pas :",
        "undated": "sans date",
        "widened": "Cherché aussi :",
        "among others": "entre autres",
        "also": "aussi dans :",
        "only": "cette source seule",
        "apart": "ces articles se contredisent :",
        "open": "Ouvrir",
        "kept": "Chaque citation est dans son article mot pour mot. Pour le vérifier :",
        "high": "confiance élevée",
        "good": "bonne confiance",
        "modest": "confiance modeste",
        "months": "janvier février mars avril mai juin juillet août septembre octobre novembre"
        " décembre",
    },
}
_TONGUES = {
    "en": "en English fr French de German es Spanish it Italian nl Dutch pt Portuguese",
    "fr": "en anglais fr français de allemand es espagnol it italien nl néerlandais pt portugais",
}
_HIGH, _GOOD = 0.9, 0.75  # confidence from which it is called so; below is modest


def spoken(language: str) -> str:
    """`language`, if anything can be said in it; else English."""
    return language if language in WORDS else "en"


def words(language: str) -> dict[str, str]:
    return WORDS[spoken(language)]


def opening(answer: Answer) -> str:
    """The one line that an answer begins with, in the language of its question."""
    say = words(answer.language)
    if not answer.answered:
        return say["silent"]
    count, named = 0, set[str]()
    for quote in answer.quotes:
        count += quote.article.id not in named  # a reprint of one before is no voice of its own
        named |= {one.article.id for one in (quote, *quote.also)}
    return say["one"] if count == 1 else say["several"].format(count)


def widened(answer: Answer) -> str:
    """What was sought besides the question's own words, likeliest first; nothing if nothing likely
    was.

    What is left out is said to be: all of it stands in the answer's JSON and in the glass box.
    """
    sought = answer.understood.widened
    if not sought:
        return ""
    say = words(answer.language)
    shown = "; ".join(f"{one.word} → {', '.join(one.likely)}" for one in sought if one.likely)
    if not shown:
        return ""
    whole = all(len(one.likely) == len(one.also) for one in sought)
    return f"{say['widened']} {shown}" + ("" if whole else f" ({say['among others']})")


def level(confidence: float) -> str:
    """The key of the words for it: high, good or modest."""
    return "high" if confidence >= _HIGH else "good" if confidence >= _GOOD else "modest"


def day(published: str | None, language: str) -> str:
    """A date as people write it, as precise as it is known.

    >>> day("2022-09", "fr"), day("2022-09-05", "en"), day(None, "en")
    ('septembre 2022', '5 September 2022', 'no date')
    """
    say = words(language)
    if not published:
        return say["undated"]
    year, *rest = published.split("-")
    if not rest:
        return year
    month = say["months"].split()[int(rest[0]) - 1]
    return " ".join([*(str(int(d)) for d in rest[1:]), month, year])


def tongue(code: str, language: str) -> str:
    """The name of the language `code` in `language`; the code itself where that is not known."""
    named = _TONGUES[spoken(language)].split()
    return dict(zip(named[::2], named[1::2], strict=True)).get(code, code)


def number(count: int, language: str) -> str:
    """Thousands apart, as they are written: 20,000 or 20 000."""
    return f"{count:,}".replace(",", "\u202f" if language == "fr" else ",")


class Figure(str):
    """A number as English writes it; with `:,` it is formatted as French does.

    >>> "{0:,} octets en {1:,} s".format(Figure("64,000"), Figure("0.4"))
    '64\u202f000 octets en 0,4 s'
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return str(self).translate(_IN_FRENCH) if spec else str(self)


_IN_FRENCH = str.maketrans({",": "\u202f", ".": ","})


def decimal(value: float, language: str, digits: int = 2) -> str:
    """
    >>> decimal(-0.5, "en"), decimal(12.345, "fr", 1)
    ('−0.50', '12,3')
    """
    said = f"{value:.{digits}f}".replace("-", "−")
    return said.replace(".", ",") if language == "fr" else said
