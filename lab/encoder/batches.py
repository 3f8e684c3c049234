"""What one step of training sees; every draw depends on (seed, step) only, so that a run resumes.

Left out on purpose: epochs. Steps draw with replacement, which costs nothing at these lengths.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.encoder import data as reading
from lab.encoder.data import Pair, Question
from lab.encoder.passages import Passage, pack

PAIRS = 96  # short sentences in one distilling batch, both languages
TOKENS = 3600  # and at most this many characters / 4 on one side, for the long ones
LONG = 16  # runs of sentences in one batch of pseudo-passages
PER_PASSAGE = 4  # questions on one passage: they share its encoding, which is ten times theirs
BARE = 0.25  # of the questions are asked without their question mark, as people type


@dataclass(frozen=True, slots=True)
class Asked:
    """A training question and the rows of the passages that answer it, best first."""

    text: str
    language: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything training reads, loaded once."""

    passages: list[Passage]
    asked: list[Asked]
    short: dict[str, list[Pair]]  # source -> pairs
    runs: list[Pair]  # several sentences of the laws or the news in a row, both languages


def load(data: Path, written: Path, max_chars: int) -> Corpus:
    """The training side of the data folder, and what was written for it, packed to `max_chars`.

    See `lab.encoder.data` for what is kept out.
    """
    questions, twins = reading.encyclopedia_train(data)
    questions += reading.news_questions(data, "train")
    wanted = {q.article_id for q in questions}
    articles = reading.articles(data / "qa" / "articles-dev.jsonl")
    articles += reading.articles(data / "qa" / "news-articles.jsonl")
    more, asking = reading.written(written)
    articles, questions = articles + more, questions + asking
    wanted |= {a.id for a in more}
    passages = pack((a for a in articles if a.id in wanted), max_chars)
    laws, news = reading.parallel(data, "laws"), reading.parallel(data, "news")
    return Corpus(
        passages,
        asked(questions, passages),
        {
            "tatoeba": reading.tatoeba(data, held_out=False),
            "laws": [p for p in laws if 20 < len(p.english) < 260],
            "news": news + twins,
        },
        runs(laws, 700) + runs(news, 500) * 4,
    )


def asked(questions: Sequence[Question], passages: Sequence[Passage]) -> list[Asked]:
    """The questions with the rows of their right passages; one without any is left out."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, passage in enumerate(passages):
        rows[passage.article_id].append(row)
    out = []
    for q in questions:
        found = [
            row
            for start, end in q.spans
            for row in rows[q.article_id]
            if passages[row].start <= (start + end) // 2 < passages[row].end
        ]
        if found:
            out.append(Asked(q.text, q.language, tuple(dict.fromkeys(found))))
    return out


def runs(pairs: Sequence[Pair], chars: int) -> list[Pair]:
    """Neighbouring pairs joined up to `chars` of English: passages in two languages."""
    out: list[Pair] = []
    english: list[str] = []
    french: list[str] = []
    for pair in pairs:
        english.append(pair.english)
        french.append(pair.french)
        if sum(map(len, english)) > chars:
            out.append(Pair(" ".join(english), " ".join(french)))
            english, french = [], []
    return out


def kind(seed: int, step: int, questions: float) -> str:
    """What this step trains: "questions" (that share of the steps), "short" or "runs"."""
    draw = random.Random(f"{seed}:{step}:kind").random()
    return "questions" if draw < questions else "short" if draw < 0.9 else "runs"


def short_batch(corpus: Corpus, seed: int, step: int) -> list[Pair]:
    """Pairs of one source and of like length, no sentence twice."""
    rng = random.Random(f"{seed}:{step}:short")
    source = rng.choices(("tatoeba", "laws", "news"), (0.5, 0.25, 0.25))[0]
    pool = rng.sample(corpus.short[source], min(8 * PAIRS, len(corpus.short[source])))
    pool.sort(key=lambda p: len(p.french))
    at = rng.randrange(len(pool) - PAIRS)
    batch: dict[str, Pair] = {}
    size = 0
    for pair in pool[at : at + PAIRS]:
        size += len(pair.french) // 4
        if size < TOKENS:
            batch.setdefault(pair.english, pair)
    return list(batch.values())


def run_batch(corpus: Corpus, seed: int, step: int) -> list[Pair]:
    """Pseudo-passages in two languages."""
    return random.Random(f"{seed}:{step}:runs").sample(corpus.runs, LONG)


def question_batch(
    by_passage: dict[int, list[Asked]], passages: int, seed: int, step: int
) -> tuple[list[int], list[Asked]]:
    """Rows of `passages` right passages, and questions whose best row is among them."""
    rng = random.Random(f"{seed}:{step}:questions")
    rows = rng.sample(sorted(by_passage), passages)
    questions: list[Asked] = []
    for row in rows:
        for q in rng.sample(by_passage[row], min(PER_PASSAGE, len(by_passage[row]))):
            text = q.text.rstrip(" ?") if rng.random() < BARE else q.text
            questions.append(Asked(text, q.language, q.rows))
    return rows, questions
