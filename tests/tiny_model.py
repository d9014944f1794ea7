"""A folder in the form of sentence-transformers with a tiny random model, written byte by byte.

Its tokenizer is a Unigram one, as multilingual models have. Each piece has a random direction, and
each token's vector is its own and the mean of all, so that every kind of pooling tells texts apart.
The ONNX file is written by the few fields of its protobuf that are needed: the package onnx, with
what it wants, would be ten times what is tested.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

WIDTH = 48
BERT_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_FLOAT, _INT64 = 1, 7
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_LETTERS = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяієїґäöüßéèñ0123456789?.,:'’-"


def write_model(
    folder: Path,
    words: Iterable[str],
    *groups: Iterable[str],
    pooling: str = "cls_token",
    prompts: Mapping[str, str] | None = None,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    onnx_file: str = "onnx/model.onnx",
    output: str = "tokens",
) -> Path:
    """Write a model that knows words whole; those of a group have the same direction.

    Its output has a vector for each of the "tokens", one for the "text", or holds "ids" alone.
    """
    pieces = [*_SPECIAL, "▁", *_LETTERS, *(f"▁{word}" for word in dict.fromkeys(words))]
    vectors = np.random.default_rng(7).normal(size=(len(pieces), WIDTH))
    # What every text has is not to make all of them alike.
    vectors[: len(_SPECIAL)] *= 0.1
    for group in groups:
        first, *others = [pieces.index(f"▁{word}") for word in group]
        vectors[others] = vectors[first]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / onnx_file
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(make_onnx(vectors.astype(np.float32), inputs, output))
    write_json(folder / "tokenizer.json", make_tokenizer(pieces))
    write_json(folder / "config.json", {"max_position_embeddings": 512})
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": 128})
    names = ("Transformer", "Pooling", "Normalize")
    paths = ("", "1_Pooling", "2_Normalize")
    modules = [
        {"idx": at, "name": str(at), "path": path, "type": f"sentence_transformers.models.{name}"}
        for at, (name, path) in enumerate(zip(names, paths, strict=True))
    ]
    write_json(folder / "modules.json", modules)
    write_json(folder / "1_Pooling" / "config.json", {f"pooling_mode_{pooling}": True})
    if prompts is not None:
        about = {"prompts": prompts, "default_prompt_name": None}
        write_json(folder / "config_sentence_transformers.json", about)
    return folder


def write_json(path: Path, content: Any) -> None:
    """Write a file of JSON, and its folder."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def make_tokenizer(pieces: Sequence[str]) -> dict[str, Any]:
    """Give what a tokenizer.json holds: Unigram, Metaspace, special tokens around a text."""
    special = [
        {"id": at, "content": piece, "special": True, "normalized": False}
        | dict.fromkeys(("single_word", "lstrip", "rstrip"), False)
        for at, piece in enumerate(_SPECIAL)
    ]
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    around = [
        {"SpecialToken": {"id": "<s>", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": "</s>", "type_id": 0}},
    ]
    ids = {
        piece: {"id": piece, "ids": [pieces.index(piece)], "tokens": [piece]}
        for piece in ("<s>", "</s>")
    }
    # The more letters a piece has, the likelier it is; so words that are known stay whole.
    vocab = [[piece, float(len(piece)) - 20.0] for piece in pieces]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": {
            "strategy": {"Fixed": 128},
            "direction": "Right",
            "pad_to_multiple_of": None,
            "pad_id": 1,
            "pad_type_id": 0,
            "pad_token": "<pad>",
        },
        "added_tokens": special,
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": around,
            "pair": around,
            "special_tokens": ids,
        },
        "decoder": metaspace,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": vocab, "byte_fallback": False},
    }


# ONNX, by the numbers of its fields (onnx.proto).


def make_onnx(
    vectors: np.ndarray[Any, np.dtype[np.float32]], inputs: Sequence[str], output: str = "tokens"
) -> bytes:
    """Give a graph that looks tokens up and adds their mean: (batch, tokens) to (…, WIDTH).

    Or one that gives the mean alone, or what it was given.
    """
    nodes = [
        _node("Gather", ("table", "input_ids"), "own"),
        _node("ReduceMean", ("own",), "mean", _ints("axes", 1)),
        _node("Add", ("own", "mean"), "last_hidden_state"),
        _node("ReduceMean", ("own",), "of_text", _ints("axes", 1), _int("keepdims", 0)),
        _node("Identity", ("input_ids",), "ids"),
    ]
    outputs = {
        "tokens": _value("last_hidden_state", _FLOAT, "batch", "tokens", WIDTH),
        "text": _value("of_text", _FLOAT, "batch", WIDTH),
        "ids": _value("ids", _INT64, "batch", "tokens"),
    }
    graph = b"".join(_field(1, node) for node in nodes)
    graph += _field(2, b"tiny") + _field(5, _tensor("table", vectors))
    graph += b"".join(_field(11, _value(name, _INT64, "batch", "tokens")) for name in inputs)
    graph += _field(12, outputs[output])
    opset = _field(1, b"") + _number(2, 13)
    return _number(1, 8) + _field(7, graph) + _field(8, opset)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _node(kind: str, inputs: Sequence[str], output: str, *attributes: bytes) -> bytes:
    node = b"".join(_field(1, name.encode()) for name in inputs)
    node += _field(2, output.encode()) + _field(3, output.encode()) + _field(4, kind.encode())
    return node + b"".join(_field(5, attribute) for attribute in attributes)


def _int(name: str, value: int) -> bytes:
    return _field(1, name.encode()) + _number(3, value) + _number(20, 2)


def _ints(name: str, value: int) -> bytes:
    return _field(1, name.encode()) + _number(8, value) + _number(20, 7)


def _tensor(name: str, values: np.ndarray[Any, np.dtype[np.float32]]) -> bytes:
    sizes = b"".join(_number(1, size) for size in values.shape)
    return sizes + _number(2, _FLOAT) + _field(8, name.encode()) + _field(9, values.tobytes())


def _value(name: str, kind: int, *sizes: str | int) -> bytes:
    dimensions = b""
    for size in sizes:
        of_size = _number(1, size) if isinstance(size, int) else _field(2, size.encode())
        dimensions += _field(1, of_size)
    tensor = _number(1, kind) + _field(2, dimensions)
    return _field(1, name.encode()) + _field(2, _field(1, tensor))
