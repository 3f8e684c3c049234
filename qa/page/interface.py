"""What the page itself says, in English and in French. What answers say is in `qa.phrases`."""

from __future__ import annotations

from qa.phrases import number

# What the layout says: the browser picks the language, for the page is laid out before it asks.
LAYOUT = {
    "en": {
        "ask": "Ask",
        "articles": "Articles",
        "your-question": "Your question",
        "ask-your-articles": "Ask your articles …",
        "search": "Search",
    },
    "fr": {
        "ask": "Demander",
        "articles": "Articles",
        "your-question": "Votre question",
        "ask-your-articles": "Interrogez vos articles …",
        "search": "Recherche",
    },
}
# What the page's script says by itself, and puts where `data-say` asks for it.
SCRIPT = {
    "en": {
        "tagline": "Your articles, in their own words.",
        "article": "Article",
        "close": "Close the article",
        "text": "The article in full",
        "prior": "Previous quote",
        "next": "Next quote",
        "among": "Quote {} of {}",
        "link": "Copy the link",
        "unreachable": "The chat does not answer: is it still running in its terminal?",
        "copied": "Copied",
        "edit": "Edit your question",
        "own-title": "Empty: the title it came with",
        "out": "Log out",
        "no-files": "There is no file in this folder.",
        "many-files": "More than {} files: have them read with python -m ingest FOLDER.",
        "unread-files": "The browser could not read: {}",
    },
    "fr": {
        "tagline": "Vos articles, dans leurs propres mots.",
        "article": "Article",
        "close": "Fermer l'article",
        "text": "L'article en entier",
        "prior": "Citation précédente",
        "next": "Citation suivante",
        "among": "Citation {} sur {}",
        "link": "Copier le lien",
        "unreachable": "Le chat ne répond pas : tourne-t-il encore dans son terminal ?",
        "copied": "Copié",
        "edit": "Modifier votre question",
        "own-title": "Vide : le titre avec lequel il est venu",
        "out": "Se déconnecter",
        "no-files": "Il n'y a pas de fichier dans ce dossier.",
        "many-files": "Plus de {} fichiers : faites-les lire avec python -m ingest DOSSIER.",
        "unread-files": "Le navigateur n'a pas pu lire : {}",
    },
}
# What stands above the form that asks for a name and a password: in both, the style sheet picks.
LOGIN = {
    "en": {"patience": "After {} wrong passwords in a row a name is locked for {} minutes."},
    "fr": {
        "patience": "Après {} mots de passe erronés de suite, un nom est bloqué pendant {} minutes."
    },
}
_SAY = {
    "en": {
        "conversation": "Conversation",
        "welcome": "What would you like to know?",
        "none": "There are no articles yet. Drop some under <b>Articles</b>, then ask.",
        "yours": "Answers are quotes from {}, word for word. Click one to see where it stands."
        " Where the articles don't say, you are told so.",
        "your article": "your article",
        "your articles": "your {} articles",
        "suggested": "Suggested questions",
        "waking": "Waking up… the first question takes a few seconds.",
        "reading": "Reading {}…",
        "stop": "Stop",
        "stopped": "Stopped.",
        "retry": "Ask again",
        "edit": "Edit the question",
        "reuse": "Edit and ask anew",
        "copy": "Copy with citations",
        "why": "Why?",
        "new": "New conversation",
        "save as": "Save as {}",
        "verify": "Verify the quotes",
        "unquoted": "There is no quote to verify yet.",
        "1 quote": "1 quote:",
        "quotes": "{} quotes:",
        "stands": "{} word for word",
        "stood": "{} from an article that has changed since",
        "fell": "{} from an article that is no longer in the library",
        "twisted": "{} not in the article's words",
        "wrong": "Something went wrong; the terminal says what.",
        "slow": "The vector index cannot be used. Answers stay the same, but take longer; the index"
        " is made anew at the next start.",
        "gone": "This article is no longer in the library. This is the version that was quoted.",
        "changed": "This article has changed since it was quoted. This is the version that was"
        " quoted.",
        "as it is": "Read it as it is now",
        "difference": "What has changed since",
        "more of it": "And {} more.",
        "taken in on": "taken in on {}",
        "version": "version {} of {}",
        "author": "Author",
        "lost": "This article is not in the library any more, nor is the version that was quoted.",
        "empty": "No articles yet. Drop .txt, .md or .jsonl files above, or run <code>python -m"
        " ingest FOLDER</code>.",
        "of": "{} of {}",
        "title": "Title",
        "source": "Source",
        "date": "Date",
        "language": "Language",
        "size": "Characters",
        "read only": "This library is read only: articles cannot be added here.",
        "invitation": "Drop articles here, several at once or a whole folder: web pages, PDF, Word,"
        " e-mail, e-books, tables, text. The same file again brings its article up to date.",
        "kinds": "File types",
        "folder": "Choose a folder",
        "taking in": "Reading: {} of {}",
        "articles read": "articles read",
        "nothing": "nothing to read there",
        "added": "added",
        "altered": "changed",
        "unchanged": "unchanged",
        "removed": "removed",
        "rejected": "rejected",
    },
    "fr": {
        "conversation": "Conversation",
        "welcome": "Que voulez-vous savoir ?",
        "none": "Il n'y a pas encore d'article. Déposez-en sous <b>Articles</b>, puis demandez.",
        "yours": "Les réponses sont des citations de {}, mot pour mot. Cliquez sur l'une d'elles"
        " pour voir où elle se trouve. Quand les articles ne le disent pas, on vous le dit.",
        "your article": "votre article",
        "your articles": "vos {} articles",
        "suggested": "Questions suggérées",
        "waking": "Réveil en cours… la première question prend quelques secondes.",
        "reading": "Lecture de {}…",
        "stop": "Arrêter",
        "stopped": "Arrêté.",
        "retry": "Redemander",
        "edit": "Modifier la question",
        "reuse": "Modifier et reposer",
        "copy": "Copier avec les sources",
        "why": "Pourquoi ?",
        "new": "Nouvelle conversation",
        "save as": "Enregistrer en {}",
        "verify": "Vérifier les citations",
        "unquoted": "Il n'y a pas encore de citation à vérifier.",
        "1 quote": "1 citation :",
        "quotes": "{} citations :",
        "stands": "{} mot pour mot",
        "stood": "{} d'un article modifié depuis",
        "fell": "{} d'un article qui n'est plus dans la bibliothèque",
        "twisted": "{} qui ne sont pas les mots de l'article",
        "wrong": "Une erreur s'est produite ; le terminal dit laquelle.",
        "slow": "L'index de vecteurs est inutilisable. Les réponses restent les mêmes, mais"
        " prennent plus de temps ; l'index sera refait au prochain démarrage.",
        "gone": "Cet article n'est plus dans la bibliothèque. Voici la version qui a été citée.",
        "changed": "Cet article a changé depuis qu'il a été cité. Voici la version qui a été"
        " citée.",
        "as it is": "Le lire tel qu'il est maintenant",
        "difference": "Ce qui a changé depuis",
        "more of it": "Et {} de plus.",
        "taken in on": "ajouté le {}",
        "version": "version {} sur {}",
        "author": "Auteur",
        "lost": "Cet article n'est plus dans la bibliothèque, ni la version qui a été citée.",
        "empty": "Pas encore d'article. Déposez des fichiers .txt, .md ou .jsonl ci-dessus, ou"
        " lancez <code>python -m ingest DOSSIER</code>.",
        "of": "{} sur {}",
        "title": "Titre",
        "source": "Source",
        "date": "Date",
        "language": "Langue",
        "size": "Caractères",
        "read only": "Cette bibliothèque est en lecture seule : on ne peut pas y ajouter"
        " d'articles ici.",
        "invitation": "Déposez des articles ici, plusieurs à la fois ou un dossier entier :"
        " pages web, PDF, Word, courriels, livres numériques, tableaux, texte. Le même fichier"
        " une nouvelle fois met son article à jour.",
        "kinds": "Types de fichiers",
        "folder": "Choisir un dossier",
        "taking in": "Lecture : {} sur {}",
        "articles read": "articles lus",
        "nothing": "rien à lire ici",
        "added": "ajouté",
        "altered": "modifié",
        "unchanged": "inchangé",
        "removed": "retiré",
        "rejected": "refusé",
    },
}


def spoken(wanted: object) -> str:
    """The language of the page for what a browser asks for; English where that is unknown."""
    return wanted if isinstance(wanted, str) and wanted in _SAY else "en"


def say(language: str) -> dict[str, str]:
    return _SAY[language]


def login(tries: int, minutes: int) -> str:
    """The note above the form, as HTML in every language."""
    return "".join(
        f'<span class="in-{language}" lang="{language}">{words["patience"].format(tries, minutes)}'
        "</span>"
        for language, words in LOGIN.items()
    )


def many(count: int, thing: str, language: str) -> str:
    """`thing`, "article" or "passage", is the same word in both; one is singular, and 0 in French.

    >>> many(0, "article", "en"), many(0, "article", "fr"), many(2000, "passage", "en")
    ('0 articles', '0 article', '2,000 passages')
    """
    single = count == 1 or (count == 0 and language == "fr")
    return f"{number(count, language)} {thing}{'' if single else 's'}"
