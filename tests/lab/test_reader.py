"""What the reader is trained on is what it is meant to learn; and a run can be cut and go on."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from ingest.runtime import tokenizer_of
from lab.encoder.data import Pair
from lab.reader.data import Asked, grid, held_out, holds, mined, written
from lab.reader.samples import alignment_sample, question_sample
from qa.choose import SHIPPED
from qa.layout import Layout
from tests.fakes import WordEncoder

WRITTEN = Path(__file__).parents[2] / "lab" / "data"


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout(tokenizer_of(SHIPPED))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    """Ten of the articles that were written for it, and their questions."""
    folder = tmp_path_factory.mktemp("written")
    lines = (WRITTEN / "news-a.jsonl").read_text("utf-8").splitlines()[:10]
    (folder / "ten.jsonl").write_text("\n".join(lines))
    encoder = WordEncoder(max_tokens=10_000)
    return mined(list(written(folder)), lambda texts: encoder.encode(texts, "passage"))


def test_every_written_question_can_be_asked() -> None:
    for path in sorted(WRITTEN.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            for one in row["questions"]:
                assert one["lang"] in {"en", "fr"}
                if one["s"]:
                    assert one["answer"]
                    assert one["answer"] in row["sentences"][one["s"][0]]
                else:
                    assert not one["answer"]


def test_excerpts_cover_the_body_once_and_are_short(asked: list[Asked]) -> None:
    for one in asked:
        found = [s for excerpt in grid(one.article) for s in excerpt.sentences]
        starts = [sentence.start for sentence in found]
        assert starts == sorted(set(starts))
        for excerpt in grid(one.article):
            size = excerpt.sentences[-1].end - excerpt.sentences[0].start
            assert size <= 450 or len(excerpt.sentences) == 1


def test_wrong_excerpts_hold_no_answer(asked: list[Asked]) -> None:
    assert len(asked) == 100
    for one in asked:
        assert not any(holds(excerpt, one.right) for excerpt in one.negatives)
        assert all(other.article.id != one.article.id for other in one.others)


def test_the_span_of_a_sample_is_the_answer(asked: list[Asked], layout: Layout) -> None:
    rng, spans = random.Random(1), 0
    for one in asked:
        sample = question_sample(one, layout, rng)
        assert sample.spans or not any(map(any, sample.right))
        for number, first, last in sample.spans:
            assert one.answer
            laid = sample.inputs[number]
            (place,) = [p for p, (a, b) in enumerate(laid.sentences) if a <= first < b]
            assert sample.right[number][place]
            assert laid.sentences[place][0] <= first <= last < laid.sentences[place][1]
            said = one.article.text[slice(*one.answer)]
            width = laid.offsets[last][1] - laid.offsets[first][0]
            # An elision ("l'") is no token; a token may reach beyond the answer.
            assert len(said) - 7 <= width <= len(said) + 12, said
            spans += 1
    assert spans > 50


def test_a_mangled_sentence_is_among_its_neighbours(layout: Layout) -> None:
    pairs = [
        Pair(f"The {n} cats sleep at home today.", f"Les {n} chats dorment.") for n in range(50)
    ]
    rng = random.Random(2)
    samples = [alignment_sample(pairs, layout, rng) for _ in range(40)]
    assert all(sum(one.right[0]) <= 1 for one in samples)
    assert 20 < sum(any(one.right[0]) for one in samples) < 40


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the libraries that make the model, not of ours
def test_a_run_that_was_cut_ends_with_the_same_weights(
    asked: list[Asked], layout: Layout, tmp_path: Path
) -> None:
    import torch
    from transformers import BertConfig, BertForTokenClassification

    from lab.reader.train import Plan, begin, resumed, train

    def fresh() -> BertForTokenClassification:
        torch.manual_seed(3)
        config = BertConfig(
            vocab_size=48_000, hidden_size=24, num_hidden_layers=2, num_attention_heads=2,
            intermediate_size=24, max_position_embeddings=512,
            hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        )  # fmt: skip
        config.num_labels = 3
        return BertForTokenClassification(config)

    pairs = {
        name: [Pair(f"The {n} cats sleep.", f"Les {n} chats dorment.") for n in range(50)]
        for name in ("laws", "news", "tatoeba")
    }
    plan, kept = Plan(alignment=2, steps=5), tmp_path / "checkpoint.pt"
    learnt = [one for one in asked if not held_out(one.article.id)]
    whole = begin(fresh(), plan)
    train(whole, plan, layout, learnt, pairs, until=5, checkpoint=kept)
    cut = begin(fresh(), plan)
    train(cut, plan, layout, learnt, pairs, until=3, checkpoint=kept)
    again = begin(fresh(), plan)
    resumed(again, kept)
    assert again.step == 3
    train(again, plan, layout, learnt, pairs, until=5, checkpoint=kept)
    for name, weights in whole.model.state_dict().items():
        assert torch.allclose(weights, again.model.state_dict()[name], atol=1e-6), name
    for name, weights in whole.average.items():
        assert torch.allclose(weights, again.average[name], atol=1e-6), name
