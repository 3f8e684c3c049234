"""What the reader is trained on is what it is meant to learn; and a run can be cut and go on."""

from __future__ import annotations

import json
import math
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ingest.runtime import tokenizer_of
from lab.encoder.data import Pair
from lab.reader import samples
from lab.reader.data import (
    Asked,
    articles,
    asked_of,
    grid,
    held_out,
    holds,
    mined,
    twinned,
    written,
)
from lab.reader.samples import NARROW, WIDE, Width, alignment_sample, question_samples
from qa.choose import SHIPPED
from qa.excerpt import body
from qa.layout import Laid, Layout
from tests.fakes import WordEncoder

if TYPE_CHECKING:
    from transformers import BertForTokenClassification

WRITTEN = Path(__file__).parents[2] / "lab" / "data"
EVAL = Path(__file__).parents[1] / "eval"


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


def test_each_french_twin_of_what_nothing_answers_is_a_question_of_its_own() -> None:
    lines = (WRITTEN / "encyclopedia" / "unanswerable.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == len({row["id"] for row in rows}) == len({row["q"] for row in rows}) == 542
    assert all(row["q"].endswith(" ?") for row in rows)


def test_questions_on_the_news_are_of_the_train_fold_and_answered_where_they_say() -> None:
    rows = (EVAL / "news-questions.jsonl").read_text("utf-8").splitlines()
    measured = {one["article_id"] for one in map(json.loads, rows)}
    known, asked = articles(EVAL / "news-articles.jsonl"), 0
    for path in sorted((WRITTEN / "fold").glob("*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            assert row["article_id"] not in measured
            for one in row["questions"]:
                said = known[row["article_id"]].text[slice(*one["at"])] if one["at"] else ""
                assert said == one["answer"]
                asked += 1
    found = list(asked_of(WRITTEN / "fold", known))
    assert len(found) == asked > 0
    assert sum(bool(one.twin) for one in twinned(found)) > 0.9 * asked


def test_follow_ups_are_of_the_train_fold_and_come_with_what_they_lean_on() -> None:
    rows = (EVAL / "news-questions.jsonl").read_text("utf-8").splitlines()
    measured = {one["article_id"] for one in map(json.loads, rows)}
    known = articles(EVAL / "news-articles.jsonl")
    found = list(asked_of(WRITTEN / "turns", known))
    assert len(found) == 14_344 and not any(one.article.id in measured for one in found)
    assert all(one.twin for one in twinned(found))
    leaning = [one for one in found if one.question.endswith(")")]
    assert len(leaning) == 2 * 5_542  # each in both languages
    lit = [one for one in leaning if ": " in one.question.partition(" (")[2]]
    assert 0.5 < len(lit) / len(leaning) < 0.8
    for path in sorted((WRITTEN / "turns").glob("*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            for talk in row["talks"]:
                assert talk["first"]["at"]
                for one in (talk["first"], *talk["next"]):
                    said = known[row["article_id"]].text[slice(*one["at"])] if one["at"] else ""
                    assert said == one["answer"]


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


def test_now_and_then_there_is_no_title_and_of_a_note_one_sentence_alone(
    asked: list[Asked], layout: Layout
) -> None:
    def untitled(laid: Laid) -> bool:
        return laid.ids[laid.types.index(1)] == laid.ids[-1]  # nothing between two [SEP]

    rng, bare, lone = random.Random(1), list[Asked](), list[Asked]()
    for one in asked:
        (sample,) = question_samples(replace(one, source="short"), layout, rng, WIDE)
        without = [untitled(laid) for laid in sample.inputs]
        assert all(without) or not any(without)
        bare += [one] * without[0]
        lone += [one] * all(len(laid.sentences) == 1 for laid in sample.inputs)
    assert 15 <= len(lone) <= 35 and len(lone) <= len(bare) < 50


def test_the_span_of_a_sample_is_the_answer(asked: list[Asked], layout: Layout) -> None:
    rng, spans = random.Random(1), 0
    for one in asked:
        (sample,) = question_samples(one, layout, rng)
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


@pytest.mark.parametrize("widths", [NARROW, WIDE])
def test_windows_do_not_overlap_and_an_answer_that_is_left_out_is_in_none(
    asked: list[Asked],
    layout: Layout,
    widths: tuple[Width, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def marked(left_out: float) -> list[int]:
        monkeypatch.setattr(samples, "LEFT_OUT", left_out)
        rng, found = random.Random(6), list[int]()
        for one in asked:
            for width in widths:
                seen = [s for e in samples._windows(one, width, rng) for s in e.sentences]
                assert seen
                assert len({(s.article.id, s.start) for s in seen}) == len(seen)
            (sample,) = question_samples(one, layout, rng, widths)
            found += [sum(map(sum, sample.right))] if one.right else []
        return found

    assert min(marked(0.0)) >= 1
    assert max(marked(1.0)) == 0


def test_where_all_of_an_article_answers_another_is_read_without_it(
    asked: list[Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "LEFT_OUT", 1.0)
    monkeypatch.setattr(samples, "OWN", 1.0)
    one = next(one for one in asked if one.right and one.negatives and one.others)
    everywhere = replace(one, right=tuple(said.start for said in body(one.article)))
    (read,) = samples._windows(everywhere, NARROW[0], random.Random(1))
    assert read.article.id != one.article.id


def test_twins_are_read_over_the_same_excerpts(layout: Layout, tmp_path: Path) -> None:
    lines = (WRITTEN / "traps-a.jsonl").read_text("utf-8").splitlines()[:5]
    (tmp_path / "traps-five.jsonl").write_text("\n".join(lines))
    encoder, rng = WordEncoder(max_tokens=10_000), random.Random(5)
    asked = mined(twinned(list(written(tmp_path))), lambda texts: encoder.encode(texts, "passage"))
    assert len(asked) == 120
    by_wording = {one.question: one for one in asked}
    for one in asked:
        other = by_wording[one.twin]
        assert other.twin == one.question
        assert other.language != one.language
        assert (other.article.id, other.right) == (one.article.id, one.right)
        first, second = question_samples(one, layout, rng)
        assert first.right == second.right
        assert [len(x.sentences) for x in first.inputs] == [len(x.sentences) for x in second.inputs]
        assert first.inputs[0].ids[-20:] == second.inputs[0].ids[-20:]
        assert first.inputs[0].ids != second.inputs[0].ids


def test_neighbours_that_only_look_alike_are_no_twins(asked: list[Asked]) -> None:
    one = asked[0]
    other = replace(one, question="Et lui ?", language="fr" if one.language == "en" else "en")
    assert not any(found.twin for found in twinned([one, other]))  # written one by one
    trap = replace(one, source="traps")
    elsewhere = replace(other, source="traps", right=(1,), answer=(0, 3))
    assert not any(found.twin for found in twinned([trap, elsewhere]))
    three = twinned([trap, replace(other, source="traps"), replace(trap, question="And he?")])
    assert [found.twin for found in three] == ["Et lui ?", one.question, ""]


def test_which_sentence_it_is_costs_the_same_however_sure_it_is_that_one_answers() -> None:
    torch = pytest.importorskip("torch")
    from lab.reader.model import among_sentences

    right = torch.tensor([False, True, False])
    for none in (0.1, 0.9):
        chances = torch.tensor([0.75 * (1 - none), 0.25 * (1 - none), none])
        cost = float(among_sentences(chances.log(), right))
        assert cost == pytest.approx(math.log(4))


def test_twins_that_agree_do_not_diverge() -> None:
    torch = pytest.importorskip("torch")
    from lab.reader.model import divergence

    one = torch.log_softmax(torch.tensor([2.0, 0.0, -1.0]), 0)
    other = torch.log_softmax(torch.tensor([0.0, 2.0, -1.0]), 0)
    assert float(divergence(one, one)) == 0
    assert float(divergence(one, other)) == pytest.approx(float(divergence(other, one)))
    by_hand = sum(p.exp() * (p - q) for p, q in zip(one, other, strict=True))
    assert float(divergence(one, other)) == pytest.approx(float(by_hand))  # here both ways alike


def test_a_mangled_sentence_is_among_its_neighbours(layout: Layout) -> None:
    pairs = [
        Pair(f"The {n} cats sleep at home today.", f"Les {n} chats dorment.") for n in range(50)
    ]
    rng = random.Random(2)
    samples = [alignment_sample(pairs, layout, rng) for _ in range(40)]
    assert all(sum(one.right[0]) <= 1 for one in samples)
    assert 20 < sum(any(one.right[0]) for one in samples) < 40


def _tiny() -> BertForTokenClassification:
    import torch
    from transformers import BertConfig, BertForTokenClassification

    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=48_000, hidden_size=24, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=24, max_position_embeddings=512,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    config.num_labels = 3
    return BertForTokenClassification(config)


def _random_inputs(*lengths: int) -> list[Laid]:
    rng = random.Random(4)
    return [
        Laid([rng.randrange(48_000) for _ in range(n)], [0] * 5 + [1] * (n - 5), ((5, n),), [], 1)
        for n in lengths
    ]


@pytest.mark.slow
def test_inputs_in_a_row_are_read_as_each_by_itself_and_only_for_a_while() -> None:
    import torch

    from lab.reader.model import scores
    from lab.reader.quick import packed

    model, inputs = _tiny(), _random_inputs(20, 9, 31)
    model.train(False)
    with torch.no_grad():
        alone = [
            model(torch.tensor([one.ids]), token_type_ids=torch.tensor([one.types])).logits[0]
            for one in inputs
        ]
        with packed(model):
            row = scores(model, inputs)
        after = model(
            torch.tensor([inputs[0].ids]), token_type_ids=torch.tensor([inputs[0].types])
        ).logits[0]
    for one, other in zip(alone, row, strict=True):
        assert one.shape == other.shape
        assert float((one - other).abs().max()) < 0.01
    assert torch.equal(after, alone[0])


@pytest.mark.slow
@pytest.mark.parametrize("half", [False, True])
def test_what_a_row_teaches_is_what_each_would(half: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from lab.reader import model as reader
    from lab.reader import quick

    for module in (reader, quick):
        monkeypatch.setattr(module, "halved", lambda _: half)
    alone, row, inputs = _tiny(), _tiny(), _random_inputs(20, 9, 31)
    for one in inputs:
        said = alone(torch.tensor([one.ids]), token_type_ids=torch.tensor([one.types])).logits[0]
        said.square().sum().backward()
    with quick.packed(row):
        total: Any = torch.cat(reader.scores(row, inputs)).square().sum()
        total.backward()
    own = dict(alone.named_parameters())
    for name, weights in row.named_parameters():
        if "attention.self" in name:
            wanted = own[name].grad
            assert weights.grad is not None and wanted is not None
            apart = float((weights.grad - wanted).norm() / wanted.norm().clamp(min=1e-3))
            assert apart < (0.1 if half else 1e-4), name


@pytest.mark.slow
def test_dropout_drops_its_share_and_keeps_the_mean() -> None:
    import torch

    from lab.reader.quick import PooledDropout, pool

    dropout, values = PooledDropout(pool(0.1, 300_000)), torch.ones(100, 1000)
    seen = dropout(values)
    assert float((seen == 0).float().mean()) == pytest.approx(0.1, abs=0.01)
    assert float(seen.mean()) == pytest.approx(1, abs=0.02)
    assert not torch.equal(seen, dropout(values))
    assert torch.equal(dropout.eval()(values), values)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the libraries that make the model, not of ours
def test_a_run_that_was_cut_ends_with_the_same_weights(
    asked: list[Asked], layout: Layout, tmp_path: Path
) -> None:
    import torch

    from lab.reader.train import Plan, begin, resumed, train

    pairs = {
        name: [Pair(f"The {n} cats sleep.", f"Les {n} chats dorment.") for n in range(50)]
        for name in ("laws", "news", "tatoeba")
    }
    plan, kept = Plan(alignment=2, steps=5), tmp_path / "checkpoint.pt"
    learnt = [one for one in asked if not held_out(one.article.id)]
    whole = begin(_tiny(), plan)
    train(whole, plan, layout, learnt, pairs, until=5, checkpoint=kept)
    cut = begin(_tiny(), plan)
    train(cut, plan, layout, learnt, pairs, until=3, checkpoint=kept)
    again = begin(_tiny(), plan)
    resumed(again, kept)
    assert again.step == 3
    train(again, plan, layout, learnt, pairs, until=5, checkpoint=kept)
    for name, weights in whole.model.state_dict().items():
        assert torch.allclose(weights, again.model.state_dict()[name], atol=1e-6), name
    for name, weights in whole.average.items():
        assert torch.allclose(weights, again.average[name], atol=1e-6), name
