"""What a folder in the form of sentence-transformers says of its model.

In: a folder. Out: a ``ModelFolder``: which ONNX file is run, and how texts go in and vectors come
out. What the program can't do as the model wants it is refused rather than done otherwise. Nothing
is loaded here but small files of JSON.

The form is that which ``SentenceTransformer.save`` writes: ``modules.json`` lists the steps (a
transformer, pooling, perhaps normalization), each with a folder of its own.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xxhash

from bot.embeddings.encoder import ModelError
from bot.embeddings.pooling import POOLINGS
from bot.texts import embeddings as texts

# The first of these that there is; behind them any other ONNX file, by name. Exact weights come
# before 8-bit ones, which are smaller, but hardly faster here.
_ONNX_FILES = (
    "model.onnx",
    "onnx/model.onnx",
    "onnx/model_quantized.onnx",
    "model_quantized.onnx",
    "onnx/model_int8.onnx",
    "onnx/model_uint8.onnx",
)
_ONNX_PATTERNS = ("*.onnx", "onnx/*.onnx")
_TOKENIZER = "tokenizer.json"
# The steps that can be done, by the last part of their type.
_STEPS = frozenset(("Transformer", "Pooling", "Normalize"))
# Under one of these names, the first that there is, stands what is put before a text.
_QUESTION_PROMPTS = ("query",)
_PASSAGE_PROMPTS = ("document", "passage", "corpus")
# The vectors of equal texts are equal under this version of how they are made.
_VERSION = 1
# A passage has at most some hundreds of tokens; to cut them off bounds time and memory.
_MAX_TOKENS = 512
# A file of settings is far smaller; what is larger is something else.
_MAX_SETTINGS_BYTES = 1 << 20
# So much of a file is read at a time to make its fingerprint.
_READ_BYTES = 1 << 20

_Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """How the model in a folder is run.

    Attributes:
        name: The folder's own name.
        onnx_file: The file that is run.
        tokenizer_file: The file ``tokenizer.json``.
        poolings: How one vector is made of those of all tokens: names of ``POOLINGS``.
        max_tokens: A text is cut off behind so many tokens, special ones included.
        is_lower_case: Whether texts are made lower case first.
        question_prompt: What is put before a question.
        passage_prompt: What is put before another text.

    """

    name: str
    onnx_file: Path
    tokenizer_file: Path
    poolings: tuple[str, ...]
    max_tokens: int
    is_lower_case: bool
    question_prompt: str
    passage_prompt: str

    def make_fingerprint(self) -> str:
        """Give a fingerprint of all that decides the vectors. Raises ModelError."""
        facts = (
            _VERSION,
            self.poolings,
            self.max_tokens,
            self.is_lower_case,
            self.question_prompt,
            self.passage_prompt,
        )
        digest = xxhash.xxh3_128(repr(facts).encode())
        # Large weights stand in files of their own beside the ONNX file, named after it.
        stem = self.onnx_file.name
        weights = sorted(self.onnx_file.parent.glob(f"{stem}?data*"))
        try:
            for path in (self.tokenizer_file, self.onnx_file, *weights):
                _add_file(digest, path)
        except OSError as error:
            raise ModelError(texts.UNREADABLE(file=path.name, reason=error.strerror)) from None
        return digest.hexdigest()


def read_model_folder(folder: Path) -> ModelFolder:
    """Read what a folder says of its model. Raises ModelError where it can't be used."""
    if not folder.is_dir():
        raise ModelError(texts.NO_FOLDER)
    onnx_file = _find_onnx_file(folder)
    tokenizer_file = folder / _TOKENIZER
    if not tokenizer_file.is_file():
        raise ModelError(texts.FILE_MISSING(file=_TOKENIZER))
    steps = _read_steps(folder)
    prompts = _read_settings(folder / "config_sentence_transformers.json").get("prompts")
    transformer_settings = _read_settings(folder / "sentence_bert_config.json")
    return ModelFolder(
        name=folder.resolve().name,
        onnx_file=onnx_file,
        tokenizer_file=tokenizer_file,
        poolings=_read_poolings(folder / steps.get("Pooling", "1_Pooling") / "config.json"),
        max_tokens=_find_max_tokens(folder, transformer_settings),
        is_lower_case=transformer_settings.get("do_lower_case") is True,
        question_prompt=_choose_prompt(prompts, _QUESTION_PROMPTS),
        passage_prompt=_choose_prompt(prompts, _PASSAGE_PROMPTS),
    )


def _find_onnx_file(folder: Path) -> Path:
    found: list[Path] = []
    for pattern in _ONNX_PATTERNS:
        found += sorted(folder.glob(pattern))
    known = [folder / name for name in _ONNX_FILES]
    for path in (*known, *found):
        if path.is_file():
            return path
    raise ModelError(texts.FILE_MISSING(file="model.onnx"))


def _read_steps(folder: Path) -> Mapping[str, str]:
    """Give the folder of each step by its type. Raises ModelError for one that can't be done."""
    listed = _read_json(folder / "modules.json")
    if listed is None:
        return {}
    steps: dict[str, str] = {}
    try:
        for step in listed:
            *_, type_ = str(step["type"]).split(".")
            steps[type_] = str(step["path"])
    except (TypeError, KeyError):
        raise ModelError(texts.NOT_UNDERSTOOD(file="modules.json")) from None
    unknown = sorted(steps.keys() - _STEPS)
    if unknown:
        raise ModelError(texts.UNKNOWN_STEP(name=unknown[0]))
    return steps


def _read_poolings(path: Path) -> tuple[str, ...]:
    """Give the names of a model's poolings; the mean where it says nothing, as elsewhere."""
    settings = _read_settings(path)
    if settings.get("include_prompt") is False:
        raise ModelError(texts.UNKNOWN_STEP(name="include_prompt: false"))
    named = settings.get("pooling_mode")
    if named is None:
        named = _list_switched_on(settings)
    names = named if isinstance(named, list) else [named]
    # What is no text can't be looked up.
    unknown = [name for name in names if not isinstance(name, str) or name not in POOLINGS]
    if unknown:
        raise ModelError(texts.UNKNOWN_STEP(name=unknown[0]))
    in_order = tuple(name for name in POOLINGS if name in names)
    return in_order or ("mean",)


def _list_switched_on(settings: _Settings) -> list[str]:
    """Give the poolings that are true in the older form, ``pooling_mode_mean_tokens: true``."""
    prefix = "pooling_mode_"
    names: list[str] = []
    for key, value in settings.items():
        if key.startswith(prefix) and value is True:
            name = key.removeprefix(prefix)
            names.append(name if name in POOLINGS else name.removesuffix("_tokens"))
    return [name.removesuffix("_token") for name in names]


def _find_max_tokens(folder: Path, transformer_settings: _Settings) -> int:
    """Give how many tokens the model takes, as far as any of its files tells."""
    config = _read_settings(folder / "config.json")
    tokenizer = _read_settings(folder / "tokenizer_config.json")
    told = (
        transformer_settings.get("max_seq_length"),
        tokenizer.get("model_max_length"),
        config.get("max_position_embeddings"),
    )
    limits = [limit for limit in told if type(limit) is int and limit > 0]
    return min([*limits[:1], _MAX_TOKENS])


def _choose_prompt(prompts: object, names: tuple[str, ...]) -> str:
    if not isinstance(prompts, Mapping):
        return ""
    for name in names:
        prompt = prompts.get(name)
        if isinstance(prompt, str) and prompt:
            return prompt
    return ""


def _read_settings(path: Path) -> _Settings:
    """Read a file of JSON that holds an object; an empty one where there is no such file."""
    settings = _read_json(path)
    if settings is None:
        return {}
    if not isinstance(settings, Mapping):
        raise ModelError(texts.NOT_UNDERSTOOD(file=path.name))
    return settings


def _read_json(path: Path) -> Any:  # noqa: ANN401 (that is what JSON is)
    """Read a file of JSON; None where there is none. Raises ModelError."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(_MAX_SETTINGS_BYTES)
        return json.loads(content)
    except OSError as error:
        raise ModelError(texts.UNREADABLE(file=path.name, reason=error.strerror)) from None
    except (ValueError, RecursionError):
        raise ModelError(texts.NOT_UNDERSTOOD(file=path.name)) from None


def _add_file(digest: xxhash.xxh3_128, path: Path) -> None:
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            digest.update(block)
