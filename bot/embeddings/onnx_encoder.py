"""Texts to vectors by a model in an ONNX file, with onnxruntime and tokenizers.

In: a ``ModelFolder``, texts. Out: vectors of length 1.

Texts are encoded one by one. In a batch they would be padded to the longest of them, and a model
with 8-bit weights takes its scale from the whole batch: a text's vector would depend on the others.
On one thread a batch is hardly faster.
"""

import os
from pathlib import Path
from typing import Any

import numpy as np

from bot.embeddings.encoder import Float32Array, ModelError, normalize
from bot.embeddings.model_folder import ModelFolder, read_model_folder
from bot.embeddings.pooling import pool
from bot.texts import embeddings as texts

# One thread is enough for a question, and leaves a processor to whoever else needs it.
_THREADS = 1
# onnxruntime's severities: its warnings are about graphs, and nothing for those who run this.
_ONLY_ERRORS = 3
# Without this it keeps an id of the machine on the disk, and tells its makers what it counts.
_SWITCH_OFF_TELEMETRY = "ORT_DISABLE_TELEMETRY"
_TYPES = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_KNOWN_INPUTS = frozenset(("input_ids", "attention_mask", "token_type_ids", "position_ids"))
# The number of dimensions of an output with a vector a token, and of one with a vector a text.
_TOKENS_OUTPUT = 3
_TEXT_OUTPUT = 2
# What is encoded to see whether a model works at all.
_TRIAL = "Is anybody there?"


class OnnxEncoder:
    """Encodes texts with the model of a folder. Several threads may do so at once."""

    def __init__(self, folder: ModelFolder) -> None:
        """Load a model, and try it. Raises ModelError where it can't be used."""
        self.name = folder.name
        self.fingerprint = folder.make_fingerprint()
        self._folder = folder
        self._tokenizer = _load_tokenizer(folder)
        self._session = _load_session(folder)
        self._input_types = _find_input_types(self._session)
        self._output, self._is_by_token = _choose_output(self._session)
        self.dimensions = 0
        self.dimensions = len(self.encode_question(_TRIAL))
        if not self.dimensions:
            raise ModelError(texts.NO_TOKENS)

    def encode_question(self, text: str) -> Float32Array:
        """Encode a question behind the prompt for questions: float32, (dimensions,).

        Raises ModelError where that fails.
        """
        return self._encode(self._folder.question_prompt + text)

    def encode_passage(self, text: str) -> Float32Array:
        """Encode another text behind the prompt for such texts: float32, (dimensions,).

        Raises ModelError where that fails.
        """
        return self._encode(self._folder.passage_prompt + text)

    def _encode(self, text: str) -> Float32Array:
        if self._folder.is_lower_case:
            text = text.lower()
        # Neither package says what it raises.
        try:
            ids = self._tokenizer.encode(text).ids
            if not ids:
                return np.zeros(self.dimensions, dtype=np.float32)
            (output,) = self._session.run([self._output], self._make_inputs(ids))
        except Exception as error:  # noqa: BLE001
            raise ModelError(texts.FAILS(kind=type(error).__name__)) from None
        of_text: Float32Array = output[0]
        if not self._is_by_token:
            return normalize(of_text)
        return normalize(pool(of_text, self._folder.poolings))

    def _make_inputs(self, ids: list[int]) -> dict[str, Any]:
        """Make what the graph asks for, of one text: each (1, tokens)."""
        values = {
            "input_ids": ids,
            "attention_mask": [1] * len(ids),
            "token_type_ids": [0] * len(ids),
            "position_ids": range(len(ids)),
        }
        inputs = {}
        for name, type_ in self._input_types.items():
            inputs[name] = np.array([values[name]], dtype=type_)
        return inputs


def load_encoder(folder: Path) -> OnnxEncoder:
    """Load the model in a folder. Raises ModelError where it, or the extra, can't be used."""
    return OnnxEncoder(read_model_folder(folder))


def _load_tokenizer(folder: ModelFolder) -> Any:  # noqa: ANN401 (the package may be missing)
    try:
        from tokenizers import Tokenizer  # noqa: PLC0415 (of the extra)
    except ImportError:
        raise ModelError(texts.EXTRA_MISSING) from None
    try:
        tokenizer = Tokenizer.from_file(str(folder.tokenizer_file))
        tokenizer.no_padding()
        tokenizer.enable_truncation(folder.max_tokens)
    except Exception:  # noqa: BLE001 (it raises nothing more special)
        raise ModelError(texts.NOT_UNDERSTOOD(file=folder.tokenizer_file.name)) from None
    return tokenizer


def _load_session(folder: ModelFolder) -> Any:  # noqa: ANN401 (the package may be missing)
    # It looks only once, when it is imported; whoever set it otherwise did not set it for us.
    os.environ[_SWITCH_OFF_TELEMETRY] = "1"
    try:
        import onnxruntime  # noqa: PLC0415 (of the extra)
    except ImportError:
        raise ModelError(texts.EXTRA_MISSING) from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = _THREADS
    options.log_severity_level = _ONLY_ERRORS
    path = str(folder.onnx_file)
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception:  # noqa: BLE001 (each fault has a class of its own)
        raise ModelError(texts.NOT_UNDERSTOOD(file=folder.onnx_file.name)) from None


def _find_input_types(session: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give the type of each input of a graph. Raises ModelError for one that is not known."""
    types = {}
    for wanted in session.get_inputs():
        type_ = _TYPES.get(wanted.type)
        if wanted.name not in _KNOWN_INPUTS or type_ is None:
            raise ModelError(texts.UNKNOWN_INPUT(name=wanted.name))
        types[wanted.name] = type_
    return types


def _choose_output(session: Any) -> tuple[str, bool]:  # noqa: ANN401
    """Give the name of the output that is used, and whether it has a vector a token."""
    outputs = session.get_outputs()
    for dimensions in (_TOKENS_OUTPUT, _TEXT_OUTPUT):
        for output in outputs:
            if output.type == "tensor(float)" and len(output.shape) == dimensions:
                return output.name, dimensions == _TOKENS_OUTPUT
    raise ModelError(texts.NO_OUTPUT)
