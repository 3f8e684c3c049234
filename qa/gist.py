"""What a long message asks, without what people say around a question.

"Hello, I have read all of these quickly; could you tell me who pays for the bridge? Thanks!" is
searched as "who pays for the bridge". Only where it is plain: a request ("could you tell me", "je
voudrais savoir") with its question behind it, or one question, among sentences that greet or speak
of the asker, and that name nothing which the question itself leaves out. Everything else is
searched as it was asked.
"""

from __future__ import annotations

import re

from ingest.sentences import sentences
from ingest.words import STOP_WORDS, fold, words
from qa.dating import flat
from qa.followup import leaning
from qa.names import names
from qa.types import Gist, Span

GIST = "gist"  # the chip
_LEFT_OUT = 3  # words that carry a subject: less around a question does not lead a search astray
_ASKED = 2  # and what is asked has at least so many of its own

_REQUEST = (
    r"(?:i(?:'d| would) (?:like|love|be glad|be happy|be curious) to (?:know|find out|understand"
    r"|learn|hear|ask(?: you)?)"
    r"|i (?:want|need|wish) to (?:know|find out|understand)"
    r"|i(?:'m| am| was|'ve been)? (?:wonder(?:ing)?|curious|trying to (?:find out|understand"
    r"|remember|work out))"
    r"|(?:could|can|would|will) (?:you|someone|somebody|anyone|anybody) (?:please |kindly )?"
    r"(?:tell|remind|show|explain to) (?:me|us)"
    r"|(?:do|does|would) (?:you|anyone|anybody|someone) (?:happen to )?know"
    r"|(?:please )?(?:tell|remind) me|(?:my|the) question is(?: this)?"
    r"|what i (?:want|need) to know is"
    r"|je (?:voudrais|veux|souhaite|souhaiterais|cherche a|tiens a|tente de|essaie de|desire"
    r"|desirerais) (?:bien )?(?:savoir|comprendre|apprendre|retrouver)"
    r"|j'(?:aimerais|essaie de|ai besoin de|aurais aime) (?:bien )?(?:savoir|comprendre|retrouver)"
    r"|je me demand(?:e|ais)"
    r"|(?:pouvez|pourriez|peux|pourrais)[- ](?:vous|tu) (?:s'il (?:vous|te) plait,? )?"
    r"(?:me |m'|nous )(?:dire|expliquer|rappeler|indiquer|preciser)"
    r"|(?:dites|dis|rappelez|rappelle|expliquez)-(?:moi|nous)"
    r"|(?:savez|sauriez)-vous|sais-tu|ma question est(?: la suivante)?"
    r"|quelqu'un (?:sait-il|peut-il me dire|saurait-il|sait))"
)
_ASIDE = r"(?:\s*[,(–—-][^,;.?!()]{1,60}[,)–—-])?"
_WHAT = (
    r"(?:(?:to|from|by|for|with|in|at|of|on|a|de|par|pour|avec|chez|dans|en|sur|contre|depuis|vers)"
    r" )?(?:who|whom|whose|what|which|when|where|why|how|qui|quoi|quel|quelle|quels|quelles|quand"
    r"|ou|comment|pourquoi|combien|lequel|laquelle|lesquels|lesquelles|ce qu[ei])\b"
    r"|ce qu'|d'ou\b|qu'est-ce"
)
_REQUESTED = re.compile(
    r"(?:^|[.,;:!?…–—-]\s*|\b(?:and|so|but|et|mais|donc|alors) )(?:(?:now|just|really) )?"
    rf"{_REQUEST}{_ASIDE}[\s:,]*(?P<asked>{_WHAT})"
)
_ENDS = re.compile(
    r"[?!…]|\.(?=\s|$)|;"
    r"|,? *[(–—-]? *\b(?:car|parce qu[e'i]|puisqu[e'i]|vu que|since|because|as|but|mais|and|et)"
    r" ?(?:i|i'm|i've|we|my|je|j'\w*|nous|on m'\w*|mon|ma|mes|it's for|this is for|c'est pour)\b"
)
_OF_ASKER = re.compile(
    r"\b(?:i|i'm|i've|i'd|we|we're|we've|my|our|me|us"
    r"|je|j'\w+|nous|notre|nos|mon|ma|mes|m'\w+)\b"
)
_GREETS = re.compile(
    r"^\W*(?:hello|hi|hey|good (?:morning|evening|afternoon)|dear|thanks?|thank you|many thanks"
    r"|cheers|sorry|excuse|(?:best|kind) regards"
    r"|bonjour|bonsoir|salut|coucou|cher|chere|merci|mille mercis|d'avance|cordialement|desolee?"
    r"|pardon)\b"
)
_ABOUT = re.compile(
    r"\b(?:about|regarding|concerning|concernant|a propos d\w*|au sujet d\w*"
    r"|(?:more|one|question|talk|paper|work|working) on|talking of)\b"
    r"(?! (?:it|this|that|them|cela|ca|eux)\b)"
    r"|\b(?:there was an?|il y a(?: eu|vait) une?)\b"
)
# "I work on the ferries": a noun that is known to whoever speaks, and may be what is asked about.
_KNOWN = re.compile(
    r"(?<!\bje )(?<!\bne )(?<!\bme )(?<!\bqui )(?<!\bnous )(?<!\bvous )"
    r"(?:\b(?:the|this|these|those|du|aux?|les?|la|cet|cette|ces) |\bl')(?P<noun>\w+)"
)
# What is read and when, and what else is said in passing, is no subject.
_IN_PASSING = frozenset(
    "article articles paper papers newspaper newspapers news press report reports text texts page"
    " pages passage passages library internet web subject topic matter question questions answer"
    " answers morning afternoon evening night day days week weekend month summer time moment way"
    " help trouble whole pile lot other others same last latest few following most best"
    " texte textes journal journaux presse rapport rapports bibliotheque sujet theme reponse"
    " reponses matin soir soiree nuit jour jours journee semaine mois ete temps instant fois peine"
    " aide suite plus moins mieux coup tout fait mal reste monde ensemble autre autres meme memes"
    " dernier derniers derniere dernieres a ai ont avez on".split()
)


def gist(question: str) -> Gist | None:
    """What is asked, as it stands in `question`; None where all of it may be meant.

    >>> gist("Hi, I read these articles quickly; could you tell me who pays for the bridge?").said
    'who pays for the bridge'
    """
    found = _requested(question) or _alone(question)
    if found is None:
        return None
    start, end = found
    said = question[start:end].strip(" ,;:?!.")
    around = f"{question[:start]} {question[end:]}"
    lean = leaning(said)
    if len(_subject(around)) < _LEFT_OUT or len(_subject(said)) < _ASKED or (lean and lean.sure):
        return None
    if not names(said) and _names_more(around, said):
        return None
    return Gist(GIST, said)


def _names_more(around: str, said: str) -> bool:
    """ "I read about the dam at Kandarra. Who pays for the repairs?" """
    text, passing = flat(around), _IN_PASSING | _subject(said)
    known = any(match["noun"] not in passing for match in _KNOWN.finditer(text))
    return known or bool(names(around)) or bool(_ABOUT.search(text))


def _subject(text: str) -> set[str]:
    return {fold(word) for word in words(text)} - STOP_WORDS


def _requested(question: str) -> Span | None:
    """What follows the last request, up to the end of its sentence or to why it is asked."""
    text = flat(question)
    requests = list(_REQUESTED.finditer(text))
    if not requests:
        return None
    before, start = requests[-1].start(), requests[-1].start("asked")
    ends = _ENDS.search(text, start)
    after = ends.start() if ends else len(text)
    plain = _of_asker(question[:before]) and _of_asker(question[after:])
    return (start, after) if plain else None


def _alone(question: str) -> Span | None:
    """The one question among sentences that greet, thank or speak of the asker."""
    spans = sentences(question, 0, len(question))
    asking = [(a, b) for a, b in spans if question[a:b].rstrip(" »”\"'").endswith("?")]
    others = [question[a:b] for a, b in spans if (a, b) not in asking]
    return asking[0] if len(asking) == 1 and all(map(_of_asker, others)) else None


def _of_asker(text: str) -> bool:
    """Does each of these sentences greet, or speak of the asker?"""
    said = [flat(text[a:b]) for a, b in sentences(text, 0, len(text))]
    return all(
        _OF_ASKER.search(one) or _GREETS.match(one)
        for one in said
        if any(char.isalnum() for char in one)
    )
