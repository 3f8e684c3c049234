"""Writes the model folder: sentence-transformers' standard files in fp16, and int8 ONNX beside.

int8 is dynamic and per channel. Weights take 7 bits (`reduce_range`): on processors without VNNI
the 8-bit products of two neighbours overflow 16 bits and would be clipped. The second feed-forward
matrices of the first layers stay out of it: what GELU gives them has outliers that one scale does
not fit.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import BertModel, PreTrainedModel

from lab.encoder.contract import MAX_TOKENS

FLOATS = 3  # first layers; in the others int8 costs little that can be told from rounding
MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"},
    {
        "idx": 3,
        "name": "3",
        "path": "3_Normalize",
        "type": "sentence_transformers.models.Normalize",
    },
]
POOLING = {"word_embedding_dimension": 384, "pooling_mode_mean_tokens": True}
DENSE = {
    "in_features": 384,
    "out_features": 384,
    "bias": False,
    "activation_function": "torch.nn.modules.linear.Identity",
}
TOKENIZER = {
    # not BertTokenizer: that class would build its own normaliser and read the elisions
    "tokenizer_class": "PreTrainedTokenizerFast",
    "model_max_length": MAX_TOKENS,
    "unk_token": "[UNK]",
    "sep_token": "[SEP]",
    "pad_token": "[PAD]",
    "cls_token": "[CLS]",
    "mask_token": "[MASK]",
}


def export(model: BertModel, tokenizer: Tokenizer, out: Path, *, name: str) -> None:
    """The whole folder but its README and the weights of `2_Dense` (`lab.encoder.whiten`); files
    that are there are overwritten.
    """
    for part in ("1_Pooling", "2_Dense", "3_Normalize"):
        (out / part).mkdir(parents=True, exist_ok=True)
    (out / "onnx").mkdir(exist_ok=True)
    config = model.config.to_dict()
    config.update(
        architectures=["BertModel"],
        dtype="float32",  # of the arithmetic: fp16 is only how the file is stored
        vocab_size=tokenizer.get_vocab_size(),
        _name_or_path=name,
    )
    _json(out / "config.json", config)
    _json(out / "modules.json", MODULES)
    _json(out / "1_Pooling" / "config.json", POOLING)
    _json(out / "2_Dense" / "config.json", DENSE)
    _json(out / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS, "do_lower_case": False})
    _json(
        out / "config_sentence_transformers.json",
        {
            "prompts": {"query": "", "document": ""},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    _json(out / "tokenizer_config.json", TOKENIZER)
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    half = {k: v.detach().half().contiguous() for k, v in model.state_dict().items()}
    pooler = {"pooler.dense.weight": (384, 384), "pooler.dense.bias": (384,)}
    # nobody reads it, but without it every load warns of random weights
    half |= {k: torch.zeros(shape, dtype=torch.float16) for k, shape in pooler.items()}
    save_file(half, out / "model.safetensors", metadata={"format": "pt"})
    (out / "model.safetensors").chmod(0o644)  # safetensors writes 0600
    # what is quantised is what the fp16 file holds, so that the two stay close
    model.load_state_dict({k: v.float() for k, v in half.items() if k not in pooler})
    quantised(model, out / "onnx" / "model_int8.onnx")


def quantised(model: PreTrainedModel, out: Path, *, output: str = "last_hidden_state") -> None:
    """The model as int8 ONNX: input_ids, attention_mask, token_type_ids -> `output`."""
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        to_onnx(model, plain, output)
        fuse(plain, fused)
        left = second_feed_forward(fused)[:FLOATS]
        quantize_dynamic(
            fused,
            out,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=left,
            # fused operators have no shape inference; everything that is not an index is fp32
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        halved(out, left)


def second_feed_forward(path: Path) -> list[str]:
    """Names of the products from the wide layer back to the narrow one, first layer first."""
    graph = onnx.load(path).graph
    shapes = {one.name: tuple(one.dims) for one in graph.initializer}
    return [
        node.name
        for node in graph.node
        if node.op_type == "MatMul" and shapes.get(node.input[1]) == (1536, 384)
    ]


def halved(path: Path, names: list[str]) -> None:
    """Store the weights of these products in fp16; they are widened once, when it is loaded."""
    model = onnx.load(path)
    weights = {one.name: one for one in model.graph.initializer}
    for node in [one for one in model.graph.node if one.name in names]:
        weight = weights[node.input[1]]
        narrow = numpy_helper.to_array(weight).astype(np.float16)
        weight.CopyFrom(numpy_helper.from_array(narrow, weight.name))
        wide = f"{weight.name}_fp32"
        cast = helper.make_node("Cast", [weight.name], [wide], to=onnx.TensorProto.FLOAT)
        model.graph.node.insert(0, cast)
        node.input[1] = wide
    onnx.save(model, path)


class _Traced(torch.nn.Module):
    """The model with positional inputs and one output, as tracing wants it."""

    def __init__(self, model: PreTrainedModel, output: str) -> None:
        super().__init__()
        self.model, self.output = model, output

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        given = self.model(input_ids=ids, attention_mask=mask, token_type_ids=types)
        asked: torch.Tensor = getattr(given, self.output)
        return asked


def to_onnx(model: PreTrainedModel, out: Path, output: str) -> None:
    """fp32 ONNX with free batch and length."""

    model.config._attn_implementation = "eager"  # the shape that the fusion below knows
    names = ["input_ids", "attention_mask", "token_type_ids"]
    example = torch.ones((2, 8), dtype=torch.long)
    torch.onnx.export(
        _Traced(model, output).eval(),
        (example, example, example * 0),
        str(out),
        input_names=names,
        output_names=[output],
        dynamic_axes={n: {0: "batch", 1: "length"} for n in (*names, output)},
        opset_version=17,
        dynamo=False,
    )


def fuse(plain: Path, out: Path) -> None:
    """Attention, layer norms and GELU as single operators (exact, not the tanh GELU).

    Not with the sums before them: onnxruntime's operators that take those in are slower than both
    on their own (a sixth of a run; lab/READER.md).
    """
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = False
    options.enable_bias_gelu = False
    fused = optimizer.optimize_model(
        str(plain),
        model_type="bert",
        num_heads=12,
        hidden_size=384,
        optimization_options=options,
        opt_level=0,
    )
    fused.save_model_to_file(str(out))


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", encoding="utf-8")
