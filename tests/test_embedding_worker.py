"""What is served is embedded in the background, kept for the next start, and never needed."""

import asyncio
import io
import logging
import re
import threading
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from program import run_program
from rich.console import Console
from tiny_model import write_model
from word_encoder import WordEncoder

from bot.answers.model import Policy
from bot.check_report import print_check
from bot.embedding_worker import EmbeddingWorker
from bot.embeddings.baseline import PAIRS
from bot.embeddings.encoder import Encoder, ModelError
from bot.knowledge_base import KnowledgeBase
from bot.progress import EmbeddingProgress

ARTICLE = """# The harbour

## The ferry

The ferry left the harbour at noon with forty crates on board.

## The ceasefire

The harbour celebrated a ceasefire.
"""
# No word of it stands there; only an encoder knows what it means.
QUESTION = "stillness?"
SAME = ("ceasefire", "stillness")
MODEL = Path("models/words")


def write(folder: Path, text: str = ARTICLE) -> Path:
    """Write a folder with one article."""
    folder.mkdir(exist_ok=True)
    (folder / "harbour.md").write_text(text, encoding="utf-8")
    return folder


def embed(folder: Path, saved: Path | None, encoder: Encoder) -> KnowledgeBase:
    """Serve a folder, and wait until it is embedded."""
    knowledge_base = KnowledgeBase(folder, Policy(threshold=0), None, saved)
    knowledge_base.embed_with(MODEL, lambda _: encoder).wait()
    return knowledge_base


def worker_of(knowledge_base: KnowledgeBase) -> EmbeddingWorker:
    """Give what embeds for a knowledge base."""
    assert knowledge_base.embedding is not None
    return knowledge_base.embedding


def is_found_by_meaning(knowledge_base: KnowledgeBase) -> bool:
    """Say whether the question is answered, which can't be done by words."""
    answer = knowledge_base.answer(QUESTION)
    return bool(answer.quotes) and "ceasefire" in answer.quotes[0].key.plain


def test_a_question_in_other_words_is_answered(tmp_path: Path) -> None:
    """By words it is refused; once all is embedded it leads to what means the same."""
    folder = write(tmp_path / "articles")
    assert not is_found_by_meaning(KnowledgeBase(folder, Policy(threshold=0)))
    knowledge_base = embed(folder, None, WordEncoder(SAME))
    assert is_found_by_meaning(knowledge_base)
    status = worker_of(knowledge_base).status
    assert status.is_used
    assert status.done == status.total > 0
    assert status.describe(2) == [
        "Found by words and by meaning (words): 2 passages embedded",
    ]


def test_a_model_in_a_folder_does_it(tmp_path: Path) -> None:
    """With the packages of the extra, from the files alone."""
    for package in ("onnxruntime", "tokenizers"):
        pytest.importorskip(package, reason="requirements-semantic.txt is not installed")
    # Words that it does not know are letters, and so all alike.
    known = " ".join([ARTICLE, QUESTION, *chain.from_iterable(PAIRS)]).lower()
    words = sorted(set(re.findall(r"\w+", known)))
    model = write_model(tmp_path / "model", words, SAME, pooling="mean_tokens")
    knowledge_base = KnowledgeBase(write(tmp_path / "articles"), Policy(threshold=0))
    worker = knowledge_base.embed_with(model)
    worker.wait()
    assert worker.status.reason == ""
    assert is_found_by_meaning(knowledge_base)


def test_the_next_start_embeds_nothing(tmp_path: Path) -> None:
    """Vectors are kept of small folders, too, and answers are the same to the last bit."""
    folder, saved = write(tmp_path / "articles"), tmp_path / "index"
    first = embed(folder, saved, WordEncoder(SAME))
    assert [path.suffix for path in saved.iterdir()] == [".vectors"]
    encoder = WordEncoder(SAME)
    again = embed(folder, saved, encoder)
    assert not find_embedded(encoder)
    assert again.answer(QUESTION) == first.answer(QUESTION)


def find_embedded(encoder: WordEncoder) -> list[str]:
    """Give what was embedded of the article."""
    return [text for text in encoder.encoded if is_of_article(text)]


def is_of_article(text: str) -> bool:
    """Say whether a text is one of the article's, and none by which a model is measured."""
    return text not in {statement for _, statement in PAIRS}


def test_only_what_changed_is_embedded_anew(tmp_path: Path) -> None:
    """After a reload, and what is gone is forgotten."""
    folder, saved = write(tmp_path / "articles"), tmp_path / "index"
    encoder = WordEncoder(SAME)
    knowledge_base = embed(folder, saved, encoder)
    before = worker_of(knowledge_base).status.total
    encoder.encoded.clear()
    write(folder, ARTICLE.replace("at noon", "at dawn"))
    knowledge_base.reload()
    worker_of(knowledge_base).wait()
    assert set(encoder.encoded) == {
        "The ferry left the harbour at dawn with forty crates on board.",
    }
    assert is_found_by_meaning(knowledge_base)
    assert worker_of(knowledge_base).status.total == before
    assert worker_of(knowledge_base).status.is_used
    encoder.encoded.clear()
    write(folder)
    again = embed(folder, saved, encoder)
    assert "The ferry left the harbour at noon with forty crates on board." in encoder.encoded
    assert is_found_by_meaning(again)


def test_a_reload_without_changes_keeps_what_is_embedded(tmp_path: Path) -> None:
    """Nothing is made anew, and meaning is not lost for a moment."""
    folder = write(tmp_path / "articles")
    encoder = WordEncoder(SAME)
    knowledge_base = embed(folder, None, encoder)
    encoder.encoded.clear()
    knowledge_base.reload()
    assert is_found_by_meaning(knowledge_base)
    assert not encoder.encoded


def test_another_model_embeds_anew(tmp_path: Path) -> None:
    """Its vectors have nothing to do with those of the first."""
    folder, saved = write(tmp_path / "articles"), tmp_path / "index"
    embed(folder, saved, WordEncoder())
    other = WordEncoder(SAME)
    assert is_found_by_meaning(embed(folder, saved, other))
    assert find_embedded(other)


@pytest.mark.parametrize("seed", range(12))
def test_damaged_vectors_are_made_anew(
    seed: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says so once, and nothing else is noticed."""
    folder, saved = write(tmp_path / "articles"), tmp_path / "index"
    embed(folder, saved, WordEncoder(SAME))
    (path,) = saved.iterdir()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * seed // 12] + bytes([seed]) * 3)
    encoder = WordEncoder(SAME)
    with caplog.at_level(logging.WARNING):
        assert is_found_by_meaning(embed(folder, saved, encoder))
    assert find_embedded(encoder)
    assert len(caplog.messages) == 1
    encoder.encoded.clear()
    embed(folder, saved, encoder)
    assert not find_embedded(encoder)


def test_a_model_that_can_not_be_used_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Questions are answered by words; once the folder is mended, a reload finds it."""
    folder = write(tmp_path / "articles")
    encoders: list[Encoder] = []

    def load(_: Path) -> Encoder:
        if not encoders:
            raise ModelError("model.onnx is missing in it")
        return encoders[0]

    with caplog.at_level(logging.WARNING):
        knowledge_base = KnowledgeBase(folder, Policy())
        worker = knowledge_base.embed_with(MODEL, load)
        worker.wait()
        knowledge_base.reload()
        worker.wait()
    told = "Found by words alone: the model words can't be used: model.onnx is missing in it"
    assert caplog.messages == [told]
    assert worker.status.describe(2) == [told]
    assert knowledge_base.answer("When did the ferry leave?").kind == "answer"
    encoders.append(WordEncoder(SAME))
    knowledge_base.reload()
    worker.wait()
    assert worker.status.is_used
    assert worker.status.reason == ""


class Failing(WordEncoder):
    """It fails at the texts of articles."""

    def encode_passage(self, text: str) -> NDArray[np.float32]:
        """Fail as a program does that has a fault."""
        if is_of_article(text):
            raise ZeroDivisionError
        return super().encode_passage(text)


def test_a_fault_costs_meaning_alone(tmp_path: Path) -> None:
    """Its kind is told, and questions are answered by words."""
    knowledge_base = embed(write(tmp_path / "articles"), None, Failing())
    assert "it fails (ZeroDivisionError)" in worker_of(knowledge_base).status.reason
    assert knowledge_base.answer("When did the ferry leave?").kind == "answer"


def test_where_nothing_can_be_saved_it_is_told_and_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The folder of the index is a file, so no vector can be kept."""
    (tmp_path / "index").write_text("in the way", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        folder = write(tmp_path / "articles")
        knowledge_base = embed(folder, tmp_path / "index", WordEncoder(SAME))
    assert is_found_by_meaning(knowledge_base)
    faults = worker_of(knowledge_base).status.list_faults()
    assert len(faults) == len(caplog.messages) == 1
    assert faults[0].startswith("What was embedded is not kept for the next start: ")


class Slow(WordEncoder):
    """It encodes one text of the article each time that it is let."""

    def __init__(self) -> None:
        """Begin at once; ``is_let`` holds texts of the article up."""
        super().__init__(SAME)
        self.has_begun = threading.Event()
        self.is_let = threading.Event()

    def encode_passage(self, text: str) -> NDArray[np.float32]:
        """Wait until it is let."""
        if is_of_article(text):
            self.has_begun.set()
            assert self.is_let.wait(30)
        return super().encode_passage(text)


@pytest.fixture
def slow() -> Iterator[Slow]:
    """Give an encoder that is let in the end."""
    encoder = Slow()
    yield encoder
    encoder.is_let.set()


def test_until_all_is_embedded_questions_are_answered_by_words(tmp_path: Path, slow: Slow) -> None:
    """And a reload meanwhile is embedded instead."""
    folder = write(tmp_path / "articles")
    knowledge_base = KnowledgeBase(folder, Policy(threshold=0))
    worker = knowledge_base.embed_with(MODEL, lambda _: slow)
    assert slow.has_begun.wait(30)
    assert not is_found_by_meaning(knowledge_base)
    assert knowledge_base.answer("When did the ferry leave?").kind == "answer"
    (line,) = worker.status.describe(2)
    assert line.startswith("Found by words, and soon by meaning (words): ")
    write(folder, ARTICLE.replace("at noon", "at dawn"))
    knowledge_base.reload()
    slow.is_let.set()
    worker.wait()
    assert is_found_by_meaning(knowledge_base)
    assert "dawn" in knowledge_base.answer("When did the ferry leave?").quotes[0].key.plain


def test_it_ends_in_the_middle_and_goes_on_from_there(tmp_path: Path, slow: Slow) -> None:
    """What was embedded until then is kept."""
    folder, saved = write(tmp_path / "articles"), tmp_path / "index"
    knowledge_base = KnowledgeBase(folder, Policy(threshold=0), None, saved)
    worker = knowledge_base.embed_with(MODEL, lambda _: slow)
    assert slow.has_begun.wait(30)
    closing = threading.Thread(target=worker.close)
    closing.start()
    while not worker.is_closed:
        pass
    slow.is_let.set()
    closing.join()
    assert not worker.status.is_used
    done = find_embedded(slow)
    rest = WordEncoder(SAME)
    assert is_found_by_meaning(embed(folder, saved, rest))
    assert done
    assert set(done).isdisjoint(rest.encoded)


async def test_the_event_loop_goes_on(tmp_path: Path) -> None:
    """While a thread embeds, the loop is asked again and again."""
    text = ARTICLE + "".join(f"\n\nThe harbour has {number} boats." for number in range(500))
    knowledge_base = KnowledgeBase(write(tmp_path / "articles", text), Policy())
    worker = knowledge_base.embed_with(MODEL, lambda _: WordEncoder(SAME))
    turns = 0
    while not (worker.status.is_used or worker.status.reason):
        await asyncio.sleep(0.001)
        turns += 1
    assert worker.status.is_used
    assert turns > 3


def test_check_tells_of_it(tmp_path: Path) -> None:
    """In a line by itself; without a model nothing is said of it."""
    told = "Found by words and by meaning (words): 2 passages embedded\n"
    knowledge_base = embed(write(tmp_path / "articles"), None, WordEncoder(SAME))
    assert told in show_check(knowledge_base)
    without = KnowledgeBase(tmp_path / "articles", Policy())
    assert "meaning" not in show_check(without)


def show_check(knowledge_base: KnowledgeBase) -> str:
    """Give what ``check`` prints."""
    stream = io.StringIO()
    print_check(Console(file=stream, width=100), knowledge_base, [])
    return stream.getvalue()


def test_commands_go_on_by_words(tmp_path: Path) -> None:
    """Where the folder of the model is not there, each command that would use it says so."""
    write(tmp_path / "articles")
    config = tmp_path / "config.yaml"
    config.write_text("knowledge: articles\nmodel: nowhere\nindex: off\n", encoding="utf-8")
    told = "Found by words alone: the model nowhere can't be used: there is no such folder"
    options = ("--config", str(config))
    checked = run_program(("check", *options), {})
    assert (checked.returncode, checked.stderr) == (0, "")
    assert told in checked.stdout
    asked = run_program(("ask", "When did the ferry leave?", *options), {})
    assert asked.returncode == 0
    assert "at noon" in asked.stdout
    assert asked.stderr == f"({told}.)\n"
    sections = run_program(("sections", *options), {})
    assert (sections.returncode, sections.stderr) == (0, "")


class Terminal(io.StringIO):
    """Standard error that somebody looks at."""

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True


def test_who_waits_is_shown_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """After half a second, on a terminal alone, and without a trace in the end."""
    seconds = iter([0.0, 0.4, 0.6, 1.0])
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with EmbeddingProgress(lambda: next(seconds)) as shown:
        shown(0, 0)
        assert terminal.getvalue() == ""
        shown(0, 0)
        shown(1_200, 5_000)
    _, *lines, last = terminal.getvalue().split("\r\x1b[K")
    assert lines == ["Loading the model …", "Embedding 1,200 of 5,000 texts …"]
    assert last == ""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with EmbeddingProgress() as shown:
        shown(1, 2)
    assert stream.getvalue() == ""
