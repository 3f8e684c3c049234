"""What a question is taken to mean, without a model: language, words, times, sources, slips, what
was said around it, and what it takes over from the conversation. Everything is recorded, and can be
asked away again.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.encoder import Encoder
from ingest.language import detect
from ingest.snapshot import Snapshot
from ingest.words import content_words, fold, words
from qa.attribution import may_attribute
from qa.dating import flat, times
from qa.dictionary import dictionary
from qa.followup import leaning
from qa.gist import GIST, gist
from qa.rewrite import followed
from qa.scope import scope
from qa.spelling import respelt, spellings
from qa.types import Carried, Turn, Understood

SPOKEN = ("en", "fr")  # languages that questions are asked in
LONGEST = 2000  # characters; what follows is not a question any more
_OF_THEN = 0.05  # in cosine: how far ahead articles are of the time that is asked about
_LAST_QUOTED = 0.08  # and the article that a follow-up follows
_FEW = 2  # words of a follow-up from which no language is told
_OPENS = re.compile(
    r"\W*(?:ok(?:ay)?[ ,]+)?(?:(?P<en>and|but|so|what|how|who|whom|whose|which|when|where|why|same"
    r"|in|by|with|from|since|for|of|to|any|his|her|their)"
    r"|et|mais|alors|donc|quid|qu|que|qui|quoi|quel(?:le)?s?|quand|ou|comment|pourquoi|combien"
    r"|idem|pareil|en|avec|depuis|pour|dans|des?|du|sa|ses|leurs?)\b"
)
_COURTESIES = frozenset(
    "thanks thank you very much so a lot many cheers ok okay great perfect nice good hello hi hey"
    " please yes no sorry bye morning evening merci beaucoup bien bonjour bonsoir salut super"
    " parfait d accord oui non tres mille pardon desole svp au revoir for your help pour votre"
    " ton aide".split()
)
FOLLOW_UP = "follow-up"  # the chip of what was carried over


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was understood, and the articles it leads to: `allowed` None means all of them."""

    understood: Understood
    allowed: frozenset[str] | None
    preferred: dict[str, float]  # article id -> by how much its passages are ahead, in cosine


def understand(
    question: str,
    snapshot: Snapshot,
    encoder: Encoder,
    *,
    conversation: Sequence[Turn] = (),
    without: Collection[str] = (),
    only: Collection[str] = (),
    today: dt.date | None = None,
) -> Narrowed:
    """`conversation`: the turns before, oldest first; `without`: chips that are not to count;
    `only`: sources that were picked, as the library spells them.
    """
    today = today or dt.date.today()
    asked = unicodedata.normalize("NFC", question.strip()[:LONGEST])
    carried, whole = _carried(asked, conversation, encoder, today, without)
    meant = gist(whole) if carried is None and GIST not in without else None
    if meant:
        whole = meant.said
    corrected = spellings(whole, snapshot, SPOKEN, lambda word: _known(encoder, word), without)
    shelf = snapshot.listed() if only or _may_narrow(whole, today) else ()
    named = scope(whole, shelf, today, without, only)
    searched = respelt(named.text, corrected)
    preferred = dict.fromkeys(sorted(named.preferred), _OF_THEN)
    if carried and carried.article:
        preferred[carried.article] = _LAST_QUOTED
    understood = Understood(
        language=_language(asked, whole) if carried else detect(asked, SPOKEN),
        words=tuple(content_words(searched)),
        standalone=whole,
        searched=searched,
        dates=named.dates,
        sources=named.sources,
        carried=carried,
        spellings=corrected,
        gist=meant,
    )
    return Narrowed(understood, named.allowed, preferred)


def _carried(
    asked: str,
    conversation: Sequence[Turn],
    encoder: Encoder,
    today: dt.date,
    without: Collection[str],
) -> tuple[Carried | None, str]:
    """What a follow-up takes over, and the question with nothing left unsaid."""
    asking = [turn for turn in conversation if not _courteous(turn.question)]
    may = asking and FOLLOW_UP not in without and not _courteous(asked)
    lean = leaning(asked) if may else None
    if lean is None:
        return None, asked

    def like(phrase: str, others: Sequence[str]) -> list[float]:
        rows = encoder.encode([phrase, *others], "query")
        return [float(score) for score in rows[1:] @ rows[0]]

    before = asking[-1]
    whole = followed(asked, lean, before, like, today)
    own = {fold(word) for word in content_words(asked)}
    words = tuple(word for word in content_words(whole.text) if fold(word) not in own)
    article = before.quotes[0].article.id if before.quotes else None
    carried = Carried(
        FOLLOW_UP, before.question, words, article, lean.sure, whole.about, whole.said
    )
    return carried, whole.text[:LONGEST]


def _courteous(said: str) -> bool:
    """Does it only greet or thank? Nothing leans on "Merci !"."""
    return all(fold(word) in _COURTESIES for word in words(said))


def _language(asked: str, whole: str) -> str:
    """A follow-up's few letters tell less of its language than how it opens."""
    if opener := _OPENS.match(flat(asked)):
        return "en" if opener["en"] else "fr"
    return detect(whole if len(words(asked)) <= _FEW else asked, SPOKEN)


def _may_narrow(question: str, today: dt.date) -> bool:
    """Listing the articles costs something; most questions name neither a time nor a source."""
    return bool(times(question, today)) or may_attribute(question)


def _known(encoder: Encoder, word: str) -> bool:
    """A word of the encoder's or of a dictionary is a word, whether the library has it or not."""
    return encoder.token_counts([word]) == [1] or fold(word) in dictionary()
