"""Why something was refused, in the language of the page.

The way in says it in English, as the command line prints it; here are the same sentences in
French. One that is not known gets a plain French sentence, and the English is on the terminal.
"""

from __future__ import annotations

import re

# In the order in which they are tried; a group of the English stands where its number does.
_FRENCH = tuple(
    (re.compile(english, re.DOTALL), french)
    for english, french in (
        (r"not a kind that can be read \((.*)\)", r"ce type de fichier n'est pas lu ({0})"),
        (r"no such file or folder", "ce fichier ou dossier n'existe pas"),
        (r"its name is not UTF-8: rename it", "son nom n'est pas en UTF-8 : renommez-le"),
        (r"not a regular file", "ce n'est pas un fichier ordinaire"),
        (r"a link that leads nowhere", "un lien qui ne mène nulle part"),
        (r"vanished", "il a disparu"),
        (
            r"([\d,]+) bytes; an article may have ([\d,]+): split it",
            "{0} octets ; un article peut en avoir {1} : divisez-le",
        ),
        (r"front matter is not YAML: .*", "l'en-tête n'est pas du YAML"),
        (
            r"front matter is not a list of `field: value` lines",
            "l'en-tête n'est pas une liste de lignes `champ: valeur`",
        ),
        (
            r"the line is longer than ([\d,]+) bytes: split it",
            "la ligne dépasse {0} octets : divisez-la",
        ),
        (r"id (.+) was already on line (\d+)", "l'identifiant {0} est déjà à la ligne {1}"),
        (
            r"the same article, without an id, was already on line (\d+)",
            "le même article, sans identifiant, est déjà à la ligne {0}",
        ),
        (
            r"its id (.+) is already that of an article in (.+)",
            "son identifiant {0} est déjà celui d'un article de {1}",
        ),
        (
            r"more than ([\d,]+) bytes of text; an article has less: split it",
            "plus de {0} octets de texte ; un article en a moins : divisez-le",
        ),
        (r"there is no text in it", "il ne contient pas de texte"),
        (r"byte (\d+) of the line is not UTF-8", "l'octet {0} de la ligne n'est pas en UTF-8"),
        (r"not JSON: .* at column (\d+)", "ce n'est pas du JSON (colonne {0})"),
        (
            r"not JSON that can be read: nested too deeply",
            "JSON illisible : trop de niveaux imbriqués",
        ),
        (r"not JSON that can be read: .*", "JSON illisible"),
        (r'not an object with a "text"', "ce n'est pas un objet avec un champ « text »"),
        (r'"(\w+)" must be text, not \w+', "« {0} » doit être du texte"),
        (
            r'"published": (.+) is not a day of the calendar',
            "« published » : {0} n'est pas un jour",
        ),
        (
            r'"published": (.+) is not a date; .*',
            "« published » : {0} n'est pas une date ; écrivez AAAA, AAAA-MM ou AAAA-MM-JJ",
        ),
        (r"this is a binary file, not text", "c'est un fichier binaire, pas du texte"),
        (
            r"begins as (\S+) but is damaged at byte (\d+); save it as UTF-8",
            "commence en {0} mais est abîmé à l'octet {1} ; enregistrez-le en UTF-8",
        ),
        (
            r"not readable as text \(byte (\d+) is not UTF-8\); save it as UTF-8",
            "ce n'est pas lisible comme texte (octet {0}) ; enregistrez-le en UTF-8",
        ),
        (
            r"the text holds NUL characters; it is no article",
            "le texte contient des caractères NUL ; ce n'est pas un article",
        ),
        (
            r"half a character \(an unpaired surrogate\) at (\d+)",
            "un demi-caractère (surrogate isolé) en position {0}",
        ),
        (r"(?:folder )?not readable: .*", "illisible"),
        (r"the chat was stopped", "le chat a été arrêté"),
        (
            r"the models cannot be loaded; the terminal says why",
            "les modèles ne peuvent pas être chargés ; le terminal dit pourquoi",
        ),
        (
            r"the library .*python -m ingest --rebuild.*",
            "la bibliothèque a été faite avec un autre encodeur ; refaites-la :"
            " python -m ingest --rebuild",
        ),
    )
)
_UNKNOWN = "une erreur s'est produite ; le terminal dit laquelle"


def reason(english: str, language: str) -> str:
    """
    >>> reason("id 'a' was already on line 3", "fr")
    "l'identifiant 'a' est déjà à la ligne 3"
    """
    if language == "en":
        return english
    for pattern, french in _FRENCH:
        if match := pattern.fullmatch(english):
            return french.format(*match.groups())
    return _UNKNOWN
