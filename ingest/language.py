"""Which language a text is in. The one door to py3langid."""

from __future__ import annotations

import functools

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")
ENOUGH = 4000  # characters; more of an article changes nothing but the time it takes


@functools.cache
def _identifier(among: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(among))
    return identifier


def detect(text: str, among: tuple[str, ...] = LANGUAGES) -> str:
    """The likeliest language of `text`, one of `among`; the first of them where no letter stands.

    >>> detect("Qui livre des drones à Moscou ?")
    'fr'
    """
    if not any(ch.isalpha() for ch in text):
        return among[0]
    return str(_identifier(among).classify(text[:ENOUGH])[0])
