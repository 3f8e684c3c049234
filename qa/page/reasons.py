"""Why something was refused, in the language of the page.

The way in says it in English, as the command line prints it; here are the same sentences in
French (those of the net are in `netreasons`). One that is not known gets a plain French sentence,
and the English is on the terminal (`qa.told`).
"""

from __future__ import annotations

import re

from qa.page.netreasons import net_reason
from qa.phrases import Figure

# In the order in which they are tried; a group of the English stands where its number does, with
# `:,` as a French figure.
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
            "{0:,} octets ; un article peut en avoir {1:,} : divisez-le",
        ),
        (r"front matter is not YAML: .*", "l'en-tête n'est pas du YAML"),
        (r"front matter is not TOML: .*", "l'en-tête n'est pas du TOML"),
        (
            r"front matter is not a list of `field: value` lines",
            "l'en-tête n'est pas une liste de lignes `champ: valeur`",
        ),
        (
            r"the line is longer than ([\d,]+) bytes: split it",
            "la ligne dépasse {0:,} octets : divisez-la",
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
            r"its id (.+) was taken meanwhile by (.+); take it in again",
            "son identifiant {0} a été pris entre-temps par {1} ; reprenez-le",
        ),
        (
            r"more than ([\d,]+) bytes of text; an article has less: split it",
            "plus de {0:,} octets de texte ; un article en a moins : divisez-le",
        ),
        (r"there is no text in it", "il ne contient pas de texte"),
        (r"byte (\d+) of the line is not UTF-8", "l'octet {0} de la ligne n'est pas en UTF-8"),
        (r"not JSON: .* at column (\d+)", "ce n'est pas du JSON (colonne {0})"),
        (
            r"not JSON that can be read: nested too deeply",
            "JSON illisible : trop de niveaux imbriqués",
        ),
        (r"not JSON that can be read: .*", "JSON illisible"),
        (
            r'not an object with a "([^"]+)"(?:; if its (.+) is that: --columns text=.+)?',
            "ce n'est pas un objet avec un champ « {0} »",
        ),
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
        (r"a title has at most (\d+) characters", "un titre a au plus {0} caractères"),
        (
            r"the library was made anew meanwhile; try again",
            "la bibliothèque a été refaite entre-temps ; réessayez",
        ),
        (
            r"([\d,]+) bytes; a document may have ([\d,]+): split it",
            "{0:,} octets ; un document peut en avoir {1:,} : divisez-le",
        ),
        (
            r"a page of ([\d,]+) bytes; one may have ([\d,]+)",
            "une page de {0:,} octets ; elle peut en avoir {1:,}",
        ),
        (
            r"unfolds to ([\d,]+) bytes in ([\d,]+) parts; a document may have ([\d,]+)"
            r" in ([\d,]+)",
            "déplié, il fait {0:,} octets en {1:,} parties ; un document peut en avoir {2:,} en"
            " {3:,}",
        ),
        (
            r"more than ([\d,]+) characters of text; split it",
            "plus de {0:,} caractères de texte ; divisez-le",
        ),
        (
            r"more text than ten articles may have; split it",
            "plus de texte que dix articles ne peuvent en avoir ; divisez-le",
        ),
        (
            r"needs more than ([\d,]+) bytes of memory to read",
            "il faut plus de {0:,} octets de mémoire pour le lire",
        ),
        (r"nested too deeply to be read", "trop de niveaux imbriqués pour être lu"),
        (
            r"not read within (\d+) s; save its text as .txt, or split it",
            "pas lu en {0} s ; enregistrez son texte en .txt, ou divisez-le",
        ),
        (
            r"reading it brought its reader down; it is damaged, or no (\w+) file",
            "sa lecture a fait tomber le lecteur ; il est abîmé, ou ce n'est pas un fichier {0}",
        ),
        (
            r"the process that read it was killed, as for want of memory; try again",
            "le processus qui le lisait a été tué, faute de mémoire peut-être ; réessayez",
        ),
        (
            r"the process that would read it does not start \(.*\); try again",
            "le processus qui doit le lire ne démarre pas ; réessayez",
        ),
        (
            r"damaged, or not quite a (\w+) file \(.*\); save it again",
            "abîmé, ou pas tout à fait un fichier {0} ; enregistrez-le de nouveau",
        ),
        (
            r"damaged: (.*) is missing; save it again",
            "abîmé : il manque {0} ; enregistrez-le de nouveau",
        ),
        (r"damaged: .*; save it again", "abîmé ; enregistrez-le de nouveau"),
        (
            r"protected against reading; save an open copy",
            "protégé contre la lecture ; enregistrez une copie ouverte",
        ),
        (
            r"protected by a password; save an open copy",
            "protégé par un mot de passe ; enregistrez une copie ouverte",
        ),
        (
            r"its maker does not allow text to be taken from it",
            "son auteur ne permet pas d'en extraire le texte",
        ),
        (
            r"no article was found in this page; save its text as .txt",
            "aucun article trouvé dans cette page ; enregistrez son texte en .txt",
        ),
        (r"there is no text in this page", "il n'y a pas de texte dans cette page"),
        (
            r"there is no text in this message; attachments are not read: save them apart",
            "il n'y a pas de texte dans ce message ; les pièces jointes ne sont pas lues :"
            " enregistrez-les à part",
        ),
        (
            r"there is no text in it, only pictures; run a text recognition first",
            "il ne contient pas de texte, seulement des images ; passez d'abord une reconnaissance"
            " de texte",
        ),
        (r"not XML that can be read.*", "XML illisible"),
        (
            r"its first row names no columns: .*",
            "sa première ligne ne nomme pas de colonnes",
        ),
        (r"not a row of a table: .*", "ce n'est pas une ligne de tableau"),
        (
            r"not UTF-8 all through; save it as UTF-8",
            "il n'est pas entièrement en UTF-8 ; enregistrez-le en UTF-8",
        ),
        (
            r"it has no column (.+), only (.+)",
            "il n'a pas de colonne {0}, seulement {1}",
        ),
        (
            r"say which column is the text: --columns text=NAME, one of: (.*)",
            "dites quelle colonne est le texte : --columns text=NOM, parmi : {0}",
        ),
        (
            r"this is a feed or a sitemap, not an article; save the articles it lists",
            "c'est un flux ou un plan de site, pas un article ; enregistrez les articles qu'il"
            " énumère",
        ),
        (
            r"this is a zip file, and neither .docx nor .epub; unpack it",
            "c'est un fichier zip, ni .docx ni .epub ; décompressez-le",
        ),
        (
            r"this is an old Office file; save it as .docx",
            "c'est un ancien fichier Office ; enregistrez-le en .docx",
        ),
        (
            r"this is a Rich Text file; save it as .docx or .txt",
            "c'est un fichier RTF ; enregistrez-le en .docx ou en .txt",
        ),
        (r"this is an? (\S+) file; unpack it", "c'est un fichier {0} ; décompressez-le"),
        (
            r"this is a picture; nothing can be read from it",
            "c'est une image ; rien ne peut y être lu",
        ),
        (
            r"this is a database; export its articles as .jsonl or .csv",
            "c'est une base de données ; exportez ses articles en .jsonl ou en .csv",
        ),
        (r"(?:folder )?not readable: .*", "illisible"),
        (r"the chat was stopped", "le chat a été arrêté"),
        (
            r"the models cannot be loaded; the terminal says why",
            "les modèles ne peuvent pas être chargés ; le terminal dit pourquoi",
        ),
        (
            r"the library was split by an earlier version of Saidso; re-embed it: .*",
            "la bibliothèque a été découpée par une version antérieure de Saidso ; refaites-la :"
            " python -m ingest --rebuild",
        ),
        (
            r"the library was made with .*; re-embed it: .*",
            "la bibliothèque a été faite avec un autre encodeur ; refaites-la :"
            " python -m ingest --rebuild",
        ),
        (
            r"the library was stamped by another process meanwhile; try again",
            "un autre processus a marqué la bibliothèque entre-temps ; réessayez",
        ),
        (
            r"the library was made anew meanwhile; take the article in again from its file",
            "la bibliothèque a été refaite entre-temps ; reprenez l'article depuis son fichier",
        ),
        (
            r"no library at (.+); make one: .*",
            "il n'y a pas de bibliothèque dans {0} ; faites-en une : python -m ingest seeds",
        ),
        (
            r"the library at (.+): it is not there any more: .*",
            "la bibliothèque {0} n'est plus là : a-t-elle été déplacée, ou son disque retiré ?",
        ),
        (
            r"the library at (.+): the disk is full; .*",
            "la bibliothèque {0} : le disque est plein ; rien n'a été gardé à moitié : faites de la"
            " place et réessayez",
        ),
        (
            r"the library at (.+): the disk is full or failing \((.*)\); .*",
            "la bibliothèque {0} : le disque est plein ou défaillant ({1}) ; rien n'a été gardé à"
            " moitié",
        ),
        (
            r"the library at (.+): another process has been writing for (\d+) s; .*",
            "la bibliothèque {0} : un autre processus y écrit depuis {1} s ; réessayez quand il"
            " aura fini",
        ),
        (
            r"the library at (.+): cannot be written to \((.*)\): no permission, .*",
            "la bibliothèque {0} n'est pas accessible en écriture ({1}) : pas de permission, ou le"
            " disque est plein",
        ),
        (
            r"the library at (.+) was made by a newer Saidso \(.*\); .*",
            "la bibliothèque {0} a été faite par un Saidso plus récent ; mettez Saidso à jour",
        ),
        (r"the library at (.+): (.+)", "la bibliothèque {0} ne peut pas être lue ({1})"),
        (
            r"cannot (?:make|look into) the library folder (.+): (.*); .*",
            "le dossier {0} de la bibliothèque n'est pas accessible ({1})",
        ),
        (
            r"(.+) is not a Saidso library or is damaged \((.*)\); .*",
            "{0} n'est pas une bibliothèque de Saidso, ou est abîmé ({1}) ; déplacez-le et reprenez"
            " vos articles",
        ),
    )
)
UNKNOWN = "une erreur s'est produite ; le terminal dit laquelle"


def reason(english: str, language: str) -> str:
    """
    >>> reason("id 'a' was already on line 3", "fr")
    "l'identifiant 'a' est déjà à la ligne 3"
    """
    if (of_the_net := net_reason(english, language)) is not None:
        return of_the_net
    if language == "en":
        return english
    for pattern, french in _FRENCH:
        if match := pattern.fullmatch(english):
            return french.format(*map(Figure, match.groups()))
    return UNKNOWN
