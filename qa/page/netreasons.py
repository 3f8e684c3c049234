"""Why something of the net was refused, for who named it on the page: in its language, and without
the switches of the command line, in whose words `ingest.net` gives its reasons.
"""

from __future__ import annotations

import re

from qa.phrases import Figure

# (as `ingest.net` says it, as the page does in English where that differs, and in French), in the
# order in which they are tried. A group stands where its number does, with `:,` as a French figure;
# a reason within a reason is the group `why`.
_SAID = tuple(
    (re.compile(said, re.DOTALL), english, french)
    for said, english, french in (
        (
            r"(?P<why>.+); (\S+) was not asked again",
            "{0}; {1} was not asked again",
            "{0} ; {1} n'a pas été interrogé de nouveau",
        ),
        (r"redirects to (.+?): (?P<why>.+)", "redirects to {0}: {1}", "renvoie à {0} : {1}"),
        (
            r"its robots\.txt cannot be read now \(HTTP (\d+)\); try again later",
            "",
            "son robots.txt n'est pas lisible pour l'instant (HTTP {0}) ; réessayez plus tard",
        ),
        (
            r"its robots\.txt cannot be read: (?P<why>.+)",
            "its robots.txt cannot be read: {0}",
            "son robots.txt n'est pas lisible : {0}",
        ),
        (
            r"(\S+) asks programs not to read this page",
            "",
            "{0} demande aux programmes de ne pas lire cette page",
        ),
        (
            r"(\S+) is \1, which is not on the open internet.*",
            "{0} is not on the open internet: nothing is fetched from there",
            "{0} n'est pas sur l'internet ouvert : rien n'en est récupéré",
        ),
        (
            r"(\S+) is (\S+), which is not on the open internet.*",
            "{0} is {1}, which is not on the open internet: nothing is fetched from there",
            "{0} est {1}, qui n'est pas sur l'internet ouvert : rien n'en est récupéré",
        ),
        (
            r"(\S+) is (\S+), which is this machine itself.*",
            "{0} is this machine itself: nothing is fetched from there",
            "{0} est cette machine même : rien n'en est récupéré",
        ),
        (
            r"(\S+) is (\S+), which is on this machine's own network.*",
            "{0} is on this machine's own network: nothing is fetched from there",
            "{0} est sur le réseau de cette machine : rien n'en est récupéré",
        ),
        (
            r"no such host as (\S+)(?: \(.*\))?; is the network there\?",
            "",
            "aucun hôte ne s'appelle {0} ; le réseau est-il là ?",
        ),
        (r"no such host as (\S+)", "", "aucun hôte ne s'appelle {0}"),
        (
            r"no address of (\S+) was found within (\S+) s; is the network there\?",
            "",
            "aucune adresse de {0} n'a été trouvée en {1:,} s ; le réseau est-il là ?",
        ),
        (
            r"(\S+) is not looked up: (\d+) other names have had no answer yet",
            "",
            "{0} n'est pas cherché : {1} autres noms attendent encore une réponse",
        ),
        (
            r"(\S+) cannot be looked up: this machine is too busy",
            "",
            "{0} ne peut être cherché : cette machine est trop occupée",
        ),
        (r"no whole answer within (\d+) s", "", "pas de réponse complète en {0} s"),
        (r"cannot connect: (?P<why>.+)", "cannot connect: {0}", "connexion impossible : {0}"),
        (r"no answer within (\d+) s", "", "pas de réponse en {0} s"),
        (r"the connection broke: (.+)", "", "la connexion s'est rompue : {0}"),
        (
            r"not a whole answer: its gzip ends before its end",
            "",
            "réponse incomplète : son gzip s'arrête avant la fin",
        ),
        (r"not a whole answer: (.+)", "", "réponse incomplète : {0}"),
        (
            r"([\d,]+) bytes; a page may have ([\d,]+)",
            "",
            "{0:,} octets ; une page peut en avoir {1:,}",
        ),
        (
            r"longer than ([\d,]+) bytes, or without end",
            "",
            "plus long que {0:,} octets, ou sans fin",
        ),
        (r"unfolds to more than ([\d,]+) bytes", "", "déplié, il dépasse {0:,} octets"),
        (
            r"sent as (.+), which was not asked for",
            "",
            "envoyé en {0}, qui n'était pas demandé",
        ),
        (r"damaged on its way: .*", "", "abîmé en chemin"),
        (r"more than (\d+) redirects", "", "plus de {0} redirections"),
        (
            r"the server says (\d+)(?: .+)?: try again later",
            "",
            "le serveur répond {0} : réessayez plus tard",
        ),
        (
            r"the server says (404|410)(?: .+)?",
            "",
            "le serveur répond {0} : cette page n'existe pas, ou plus",
        ),
        (
            r"the server says (401|403)(?: .+)?",
            "",
            "le serveur répond {0} : il ne donne pas cette page",
        ),
        (r"the server says (\d+)(?: .+)?", "", "le serveur répond {0}"),
        (
            r"says that it is (.+), and so does (.+), in other words",
            "",
            "dit être {0}, et {1} le dit aussi, en d'autres mots",
        ),
        (
            r"an index of sitemaps within another: name its sitemaps",
            "",
            "un index de plans de site dans un autre : donnez l'adresse de ses plans",
        ),
        (
            r"an index of more than ([\d,]+) sitemaps: name some of them",
            "",
            "un index de plus de {0:,} plans de site : donnez l'adresse de certains",
        ),
        (
            r"this is a feed or a sitemap: name it with --feed",
            "this is a feed or a sitemap: give its own address",
            "c'est un flux ou un plan de site : donnez sa propre adresse",
        ),
        (
            r"this is an export of articles: save it, and name the file",
            "this is an export of articles: save it, and drop the file above",
            "c'est un export d'articles : enregistrez-le, et déposez le fichier ci-dessus",
        ),
        (r"this is (\S+), and no article in it", "", "c'est du {0}, et pas un article"),
        (
            r"lists ([\d,]+) pages; a feed may have ([\d,]+)",
            "",
            "énumère {0:,} pages ; un flux peut en avoir {1:,}",
        ),
        (r"a feed that lists no page", "", "un flux qui n'énumère aucune page"),
        (
            r"a feed that is damaged, or lists no page",
            "",
            "un flux abîmé, ou qui n'énumère aucune page",
        ),
        (
            r"this is a page, not a feed; it names (.+)",
            "",
            "c'est une page, pas un flux ; elle nomme {0}",
        ),
        (
            r"this is neither a feed nor a sitemap; a page is named with --url",
            "this is neither a feed nor a sitemap",
            "ce n'est ni un flux ni un plan de site",
        ),
        (
            r"an address of ([\d,]+) characters; one may have ([\d,]+)",
            "",
            "une adresse de {0:,} caractères ; elle peut en avoir {1:,}",
        ),
        (
            r"only addresses that begin with http:// or https:// are fetched",
            "",
            "seules les adresses qui commencent par http:// ou https:// sont récupérées",
        ),
        (
            r"there is a user name or a password in the address: leave it out",
            "",
            "l'adresse contient un nom d'utilisateur ou un mot de passe : enlevez-le",
        ),
        (
            r"not a web address: there is a space or a control character in it",
            "",
            "ce n'est pas une adresse web : elle contient une espace ou un caractère de contrôle",
        ),
        (
            r"not a web address: it names no host",
            "",
            "ce n'est pas une adresse web : elle ne nomme aucun hôte",
        ),
        (
            r"not a web address: it names a network of this machine",
            "",
            "ce n'est pas une adresse web : elle nomme un réseau de cette machine",
        ),
        (
            r"not a web address: (.+) is no host",
            "",
            "ce n'est pas une adresse web : {0} n'est pas un hôte",
        ),
        (r"not a web address: .+", "", "ce n'est pas une adresse web"),
    )
)


def net_reason(said: str, language: str) -> str | None:
    """None for what is no reason of the net.

    >>> net_reason("the server says 503: try again later; a.example was not asked again", "fr")
    "le serveur répond 503 : réessayez plus tard ; a.example n'a pas été interrogé de nouveau"
    """
    for pattern, english, french in _SAID:
        if match := pattern.fullmatch(said):
            groups, why = [*match.groups()], pattern.groupindex.get("why")
            if why:
                groups[why - 1] = net_reason(groups[why - 1], language) or groups[why - 1]
            words = french if language == "fr" else english
            return words.format(*map(Figure, groups)) if words else said
    return None
