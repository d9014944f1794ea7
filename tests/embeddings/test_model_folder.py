"""What a folder says of its model is read as sentence-transformers means it, or refused."""

import errno
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.embeddings.encoder import ModelError
from bot.embeddings.model_folder import read_model_folder

CONFIGS = (
    "modules.json",
    "config.json",
    "1_Pooling/config.json",
    "sentence_bert_config.json",
    "config_sentence_transformers.json",
    "tokenizer_config.json",
)


def make_folder(folder: Path, *onnx_files: str, **configs: Any) -> Path:
    """Write a folder with empty ONNX files, and files of settings (``.json`` left out)."""
    for name in (*(onnx_files or ("model.onnx",)), "tokenizer.json"):
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).touch()
    for name, content in configs.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        (("model.onnx", "onnx/model.onnx"), "model.onnx"),
        (("onnx/model_quantized.onnx", "onnx/model.onnx"), "onnx/model.onnx"),
        (("onnx/model_int8.onnx", "onnx/model_quantized.onnx"), "onnx/model_quantized.onnx"),
        (("onnx/model_qint8_avx512.onnx", "onnx/model_O4.onnx"), "onnx/model_O4.onnx"),
        (("weights.onnx",), "weights.onnx"),
    ],
)
def test_the_onnx_file_is_chosen(tmp_path: Path, files: tuple[str, ...], chosen: str) -> None:
    """Exact weights before 8-bit ones, known names before others."""
    folder = make_folder(tmp_path, *files)
    assert read_model_folder(folder).onnx_file == folder / chosen


def test_without_settings_the_usual_ones_hold(tmp_path: Path) -> None:
    """The mean of all tokens, no prompts, and as many tokens as are bearable."""
    model = read_model_folder(make_folder(tmp_path))
    assert (model.poolings, model.max_tokens) == (("mean",), 512)
    assert (model.question_prompt, model.passage_prompt) == ("", "")
    assert not model.is_lower_case


def test_settings_are_read(tmp_path: Path) -> None:
    """The pooling's folder, the number of tokens, lower case, and the prompts' names."""
    modules = [
        {"type": "sentence_transformers.models.Transformer", "path": ""},
        {"type": "sentence_transformers.sentence_transformer.modules.Pooling", "path": "pooled"},
    ]
    folder = make_folder(
        tmp_path,
        modules=modules,
        sentence_bert_config={"max_seq_length": 99, "do_lower_case": True},
        config_sentence_transformers={"prompts": {"query": "q: ", "document": "d: "}},
    )
    (folder / "pooled").mkdir()
    (folder / "pooled" / "config.json").write_text(
        '{"pooling_mode_max_tokens": true, "pooling_mode_cls_token": false}'
    )
    model = read_model_folder(folder)
    assert (model.poolings, model.max_tokens, model.is_lower_case) == (("max",), 99, True)
    assert (model.question_prompt, model.passage_prompt) == ("q: ", "d: ")


@pytest.mark.parametrize(
    ("configs", "limit"),
    [
        ({"sentence_bert_config": {"max_seq_length": 8192}}, 512),
        ({"tokenizer_config": {"model_max_length": 10**30}}, 512),
        ({"tokenizer_config": {"model_max_length": 64}}, 64),
        ({"config": {"max_position_embeddings": 32}}, 32),
        ({"config": {"max_position_embeddings": True}}, 512),
    ],
)
def test_the_number_of_tokens_has_a_bound(
    tmp_path: Path, configs: dict[str, Any], limit: int
) -> None:
    """What the model takes, and never so many that one text would take long."""
    assert read_model_folder(make_folder(tmp_path, **configs)).max_tokens == limit


@pytest.mark.parametrize(
    ("configs", "reason"),
    [
        ({"modules": [{"type": "sentence_transformers.models.Dense", "path": "x"}]}, "needs Dense"),
        ({"modules": {"type": 1}}, "modules.json can't be understood"),
        ({"modules": 5}, "modules.json can't be understood"),
        ({"config": []}, "config.json can't be understood"),
    ],
)
def test_what_can_not_be_done_is_refused(
    tmp_path: Path, configs: dict[str, Any], reason: str
) -> None:
    """Rather than done otherwise than the model wants it."""
    with pytest.raises(ModelError, match=reason):
        read_model_folder(make_folder(tmp_path, **configs))


@pytest.mark.parametrize(
    "pooling",
    [
        {"pooling_mode_weightedmean_tokens": True},
        {"pooling_mode": "x"},
        {"pooling_mode": 5},
        {"pooling_mode": ["mean", {}]},
        {"include_prompt": False},
    ],
)
def test_an_unknown_pooling_is_refused(tmp_path: Path, pooling: dict[str, Any]) -> None:
    """It would give other vectors than the model's own."""
    folder = make_folder(tmp_path)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    with pytest.raises(ModelError, match="can't do"):
        read_model_folder(folder)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    """No folder, no ONNX file, no tokenizer."""
    with pytest.raises(ModelError, match="no such folder"):
        read_model_folder(tmp_path / "nowhere")
    with pytest.raises(ModelError, match=r"model\.onnx is missing"):
        read_model_folder(tmp_path)
    (tmp_path / "model.onnx").touch()
    with pytest.raises(ModelError, match=r"tokenizer\.json is missing"):
        read_model_folder(tmp_path)


@pytest.mark.parametrize("content", ["{", "[" * 100_000, "nonsense"])
def test_settings_that_are_no_json_are_refused(tmp_path: Path, content: str) -> None:
    """However deep they are."""
    folder = make_folder(tmp_path)
    (folder / "config.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"config\.json can't be understood"):
        read_model_folder(folder)


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone, and one that the disk does not give."""
    folder = make_folder(tmp_path, config={})
    model = read_model_folder(folder)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json can't be read: No such file"):
        model.make_fingerprint()
    make_folder(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(ModelError, match=r"config\.json can't be read: Input/output error"):
        read_model_folder(folder)


def test_a_prompt_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    """The next name that it may have is looked for."""
    prompts = {"query": 5, "question": "", "document": None, "passage": "p: "}
    folder = make_folder(tmp_path, config_sentence_transformers={"prompts": prompts})
    model = read_model_folder(folder)
    assert (model.question_prompt, model.passage_prompt) == ("", "p: ")


KEYS = st.sampled_from(
    "type path prompts query passage max_seq_length pooling_mode model_max_length "
    "pooling_mode_cls_token do_lower_case include_prompt".split()
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


@given(name=st.sampled_from(CONFIGS), content=JSON.map(json.dumps) | st.text(max_size=20))
def test_whatever_stands_in_a_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: str
) -> None:
    """Never another error than the one that says what is wrong."""
    folder = make_folder(tmp_path_factory.mktemp("model"))
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8", errors="surrogatepass")
    try:
        model = read_model_folder(folder)
    except ModelError:
        return
    assert model.poolings
    assert model.max_tokens > 0
