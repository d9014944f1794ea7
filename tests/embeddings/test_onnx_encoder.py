"""A model in a folder turns texts into vectors as the folder says, or says why it can't."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tiny_model import BERT_INPUTS, WIDTH, write_json, write_model

from bot.embeddings.encoder import ModelError, normalize
from bot.embeddings.model_folder import read_model_folder
from bot.embeddings.onnx_encoder import load_encoder
from bot.texts import embeddings as texts

pytest.importorskip("onnxruntime", reason="requirements-semantic.txt is not installed")
pytest.importorskip("tokenizers", reason="requirements-semantic.txt is not installed")

WORDS = ("when", "was", "the", "truce", "ceasefire", "signed", "pear", "коли", "перемир'я")
SAME = ("truce", "ceasefire")


def test_what_means_the_same_is_near(tmp_path: Path) -> None:
    """Vectors have the length 1, and words of one direction make them equal; others do not."""
    encoder = load_encoder(write_model(tmp_path / "model", WORDS, SAME))
    truce = encoder.encode_question("When was the truce signed")
    ceasefire = encoder.encode_passage("when was the ceasefire signed")
    assert truce.shape == (WIDTH,)
    assert truce.dtype == np.float32
    assert encoder.dimensions == WIDTH
    assert np.linalg.norm(truce) == pytest.approx(1)
    assert truce @ ceasefire == pytest.approx(1)
    assert truce @ encoder.encode_passage("when was the pear signed") < 0.99


def test_the_package_keeps_and_tells_nothing_of_its_own(tmp_path: Path) -> None:
    """No id of the machine is made, and no thread that sends what was counted to its makers, even
    where the environment would let it.
    """
    home = tmp_path / "home"
    home.mkdir()
    model = write_model(tmp_path / "model", WORDS)
    program = (
        "import sys, threading, os; from pathlib import Path\n"
        "from bot.embeddings.onnx_encoder import load_encoder\n"
        "load_encoder(Path(sys.argv[1]))\n"
        "tasks = Path('/proc/self/task')\n"
        "others = len(os.listdir(tasks)) - 1 if tasks.exists() else 0\n"
        "print(others)\n"
    )
    environment = {**os.environ, "HOME": str(home), "OPENBLAS_NUM_THREADS": "1"}
    environment |= {"XDG_CACHE_HOME": str(home), "ORT_DISABLE_TELEMETRY": "0"}
    done = subprocess.run(
        [sys.executable, "-c", program, model],
        cwd=Path(__file__).parent.parent.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")
    assert list(home.rglob("*")) == []


def test_other_scripts_and_nothing_at_all_are_encoded(tmp_path: Path) -> None:
    """Words that the model knows, letters that it knows, what it does not know, and no text."""
    encoder = load_encoder(write_model(tmp_path / "model", WORDS))
    for text in ("коли перемир'я", "Straße", "停戦はいつ", "", " ", "\0", "😀" * 5_000):
        vector = encoder.encode_passage(text)
        assert np.isfinite(vector).all()
        assert np.linalg.norm(vector) == pytest.approx(1)


def test_a_text_has_one_vector(tmp_path: Path) -> None:
    """To the last bit, whatever was encoded before; padding of the tokenizer is not looked at."""
    encoder = load_encoder(write_model(tmp_path / "model", WORDS))
    first = encoder.encode_passage("was the pear signed")
    encoder.encode_passage("the " * 100)
    assert np.array_equal(encoder.encode_passage("was the pear signed"), first)


def test_prompts_are_put_before_texts(tmp_path: Path) -> None:
    """A question behind that for queries, other texts behind that for documents or passages."""
    prompts = {"query": "pear ", "passage": "truce "}
    asked = load_encoder(write_model(tmp_path / "asked", WORDS, prompts=prompts))
    plain = load_encoder(write_model(tmp_path / "plain", WORDS))
    signed = plain.encode_question
    assert np.array_equal(asked.encode_question("signed"), signed("pear signed"))
    assert np.array_equal(asked.encode_passage("signed"), signed("truce signed"))
    assert asked.fingerprint != plain.fingerprint


def _join(states: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.concatenate([states[0], states.mean(axis=0)])


@pytest.mark.parametrize(
    ("pooling", "expected"),
    [
        ("cls_token", lambda states: states[0]),
        ("mean_tokens", lambda states: states.mean(axis=0)),
        ("max_tokens", lambda states: states.max(axis=0)),
        ("mean_sqrt_len_tokens", lambda states: states.sum(axis=0) / len(states) ** 0.5),
        ("lasttoken", lambda states: states[-1]),
    ],
)
def test_every_kind_of_pooling(
    tmp_path: Path, pooling: str, expected: Callable[[NDArray[np.float32]], NDArray[np.float32]]
) -> None:
    """The vector is what onnxruntime gives for each token, pooled by hand."""
    folder = write_model(tmp_path / "model", WORDS, pooling=pooling)
    states = run_by_hand(folder, "when was the truce signed")
    pooled = expected(states)
    vector = load_encoder(folder).encode_question("when was the truce signed")
    assert vector == pytest.approx(pooled / np.linalg.norm(pooled), abs=1e-6)


def test_poolings_are_joined(tmp_path: Path) -> None:
    """In the order of sentence-transformers; and the newer form of the file is read too."""
    folder = write_model(tmp_path / "model", WORDS)
    states = run_by_hand(folder, "the pear")
    joined = _join(states)
    both = {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": True}
    for settings in (both, {"pooling_mode": ["mean", "cls"]}):
        write_json(folder / "1_Pooling" / "config.json", settings)
        vector = load_encoder(folder).encode_question("the pear")
        assert vector == pytest.approx(joined / np.linalg.norm(joined), abs=1e-6)


def run_by_hand(folder: Path, text: str) -> NDArray[np.float32]:
    """Give the vector of each token."""
    import onnxruntime  # noqa: PLC0415 (of the extra)
    from tokenizers import Tokenizer  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    session = onnxruntime.InferenceSession(str(folder / "onnx" / "model.onnx"))
    ids = tokenizer.encode(text).ids
    inputs = {"input_ids": [ids], "attention_mask": [[1] * len(ids)]}
    states: NDArray[np.float32] = session.run(None, inputs)[0][0]
    return states


def test_a_graph_may_give_the_vector_of_the_text(tmp_path: Path) -> None:
    """It is taken as it is; one that gives no vectors is refused."""
    encoder = load_encoder(write_model(tmp_path / "model", WORDS, SAME, output="text"))
    truce = encoder.encode_question("when was the truce signed")
    assert truce.shape == (WIDTH,)
    assert truce @ encoder.encode_passage("when was the ceasefire signed") == pytest.approx(1)
    with pytest.raises(ModelError, match=re.escape(texts.NO_OUTPUT)):
        load_encoder(write_model(tmp_path / "ids", WORDS, output="ids"))


def change_tokenizer(folder: Path, **changes: object) -> Path:
    """Write something else into a model's tokenizer."""
    path = folder / "tokenizer.json"
    write_json(path, {**json.loads(path.read_text(encoding="utf-8")), **changes})
    return folder


def test_case_is_taken_away_where_the_model_wants_it(tmp_path: Path) -> None:
    """Before its tokenizer, which may keep it."""
    folder = change_tokenizer(write_model(tmp_path / "model", WORDS), normalizer=None)
    kept = load_encoder(folder)
    write_json(folder / "sentence_bert_config.json", {"do_lower_case": True})
    lower = load_encoder(folder)
    assert np.array_equal(lower.encode_question("TRUCE"), lower.encode_question("truce"))
    assert not np.array_equal(kept.encode_question("TRUCE"), kept.encode_question("truce"))


def test_a_text_without_a_token_has_no_direction(tmp_path: Path) -> None:
    """A model to which all texts are such is refused."""
    folder = change_tokenizer(write_model(tmp_path / "model", WORDS), post_processor=None)
    assert not load_encoder(folder).encode_question("").any()
    nothing = {"type": "Replace", "pattern": {"Regex": "."}, "content": ""}
    with pytest.raises(ModelError, match=re.escape(texts.NO_TOKENS)):
        load_encoder(change_tokenizer(folder, normalizer=nothing, pre_tokenizer=None))


def test_a_model_that_fails_is_told(tmp_path: Path) -> None:
    """As one whose tokenizer knows more tokens than its graph."""
    folder = write_model(tmp_path / "model", WORDS)
    (folder / "onnx" / "model.onnx").write_bytes(
        write_model(tmp_path / "small", ()).joinpath("onnx", "model.onnx").read_bytes()
    )
    with pytest.raises(ModelError, match="it fails"):
        load_encoder(folder)


@pytest.mark.parametrize("number", [0.0, np.nan, np.inf])
def test_a_vector_without_a_direction_is_refused(number: float) -> None:
    """Its cosines would be no numbers."""
    with pytest.raises(ModelError, match=re.escape(texts.NO_DIRECTION)):
        normalize(np.full(3, number, dtype=np.float32))


def test_the_graph_says_what_it_wants(tmp_path: Path) -> None:
    """Types of tokens are given to a graph that asks for them, and not to others."""
    bert = load_encoder(write_model(tmp_path / "bert", WORDS, inputs=BERT_INPUTS))
    small = load_encoder(write_model(tmp_path / "small", WORDS, inputs=("input_ids",)))
    text = "when was the truce signed"
    assert np.array_equal(bert.encode_question(text), small.encode_question(text))
    with pytest.raises(ModelError, match="an input pixel_values"):
        load_encoder(write_model(tmp_path / "other", WORDS, inputs=("input_ids", "pixel_values")))


def test_a_long_text_is_cut_off_where_the_model_says(tmp_path: Path) -> None:
    """What stands behind its last token changes nothing."""
    folder = write_model(tmp_path / "model", WORDS)
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": 5})
    encoder = load_encoder(folder)
    cut = encoder.encode_passage("when was the")
    assert np.array_equal(encoder.encode_passage("when was the pear"), cut)


def test_what_is_broken_is_told(tmp_path: Path) -> None:
    """A tokenizer or a graph that is none."""
    folder = write_model(tmp_path / "model", WORDS)
    for name in ("onnx/model.onnx", "tokenizer.json"):
        good = (folder / name).read_bytes()
        for bad in (b"", b"{}", good[: len(good) // 2], b"\xff" * 99):
            (folder / name).write_bytes(bad)
            with pytest.raises(ModelError, match=f"{name.split('/')[-1]} can't be understood"):
                load_encoder(folder)
        (folder / name).write_bytes(good)


def test_a_missing_package_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason names what is to be installed."""
    folder = write_model(tmp_path / "model", WORDS)
    for package in ("tokenizers", "onnxruntime"):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, package, None)
            with pytest.raises(ModelError, match=r"install requirements-semantic\.txt"):
                load_encoder(folder)


def test_a_fingerprint_changes_with_whatever_decides_the_vectors(tmp_path: Path) -> None:
    """The graph, weights beside it, the tokenizer, and each setting."""
    folder = write_model(tmp_path / "model", WORDS)
    seen = {read_model_folder(folder).make_fingerprint()}
    changes = {
        "onnx/model.onnx": (folder / "onnx" / "model.onnx").read_bytes() + b" ",
        "onnx/model.onnx_data": b"weights",
        "tokenizer.json": b"{}",
        "1_Pooling/config.json": b'{"pooling_mode": "mean"}',
        "sentence_bert_config.json": json.dumps({"max_seq_length": 9}).encode(),
        "config_sentence_transformers.json": b'{"prompts": {"query": "query: "}}',
    }
    for name, content in changes.items():
        (folder / name).write_bytes(content)
        fingerprint = read_model_folder(folder).make_fingerprint()
        assert fingerprint not in seen, name
        seen.add(fingerprint)
