"""What was read of a large folder is there at the next start: as it was, or made anew where
anything is another.
"""

import logging
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from damage import BELIEVED, QUESTIONS, forge, is_changed, mutate, open_as_saved
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot import index_cache
from bot.answers.answerer import Answerer
from bot.answers.model import Answer, Policy
from bot.array_file import DamagedError
from bot.knowledge_base import KnowledgeBase

PARAGRAPH = (
    "The ferry {number} left harbour {number} in the morning with {number} crates of "
    "salted herring below its deck. "
    "Its captain wrote the number of every crate into a small green book, which nobody was "
    "allowed to read. "
    "In the evening the crates stood on the quay, and the book was one page longer than it "
    "had been before.\n\n"
)
QUESTION = "which harbour did ferry 1234 leave?"
SOME_YEARS_AGO_S = (1_600_000_000, 1_600_000_000)
ROOT = Path(__file__).parent.parent
# Of a folder that is served as it is, for programs.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module", autouse=True)
def _sixty_passages_are_many() -> Iterator[None]:
    """Let so small a folder be worth saving that the tests are quick."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.index_cache._MIN_PASSAGES", 60)
        yield


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of 30 articles with 210 passages, written long ago."""
    return write_ferries(tmp_path_factory.mktemp("large"), 7)


def write_ferries(folder: Path, sections: int) -> Path:
    """Write 30 articles of so many passages."""
    for file in range(30):
        numbers = range(100 * file + 30, 100 * file + 30 + sections)
        text = "".join(
            f"## Ferry {number}\n\n{PARAGRAPH.format(number=number)}" for number in numbers
        )
        path = folder / f"ferries-{file:02}.md"
        path.write_text(f"# Ferries {file}\n\n{text}", encoding="utf-8")
        os.utime(path, SOME_YEARS_AGO_S)
    return folder


@pytest.fixture(scope="module")
def saved_once(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder in which a first start has saved what came of it."""
    saved = tmp_path_factory.mktemp("saved") / "index"
    assert parsed(large, saved)[1] == 30
    return saved


@pytest.fixture
def saved(saved_once: Path, tmp_path: Path) -> Path:
    """Give a copy of what a first start has saved."""
    return shutil.copytree(saved_once, tmp_path / "index")


@pytest.fixture(scope="module")
def first(large: Path) -> KnowledgeBase:
    """Give what is served of it, with nothing saved."""
    return KnowledgeBase(large, Policy())


def parsed(folder: Path, saved: Path | None) -> tuple[KnowledgeBase, int]:
    """Open a folder; give the knowledge base, and how many articles were read anew."""
    anew = []

    def count(frame: object, event: str, _: object) -> None:
        if event == "call" and getattr(frame, "f_code").co_name == "read_article":  # noqa: B009 (frames are not typed here)
            anew.append(frame)

    sys.setprofile(count)
    try:
        knowledge_base = KnowledgeBase(folder, Policy(), None, saved)
    finally:
        sys.setprofile(None)
    return knowledge_base, len(anew)


def test_the_second_start_reads_nothing_and_answers_alike(
    large: Path, first: KnowledgeBase, saved: Path
) -> None:
    """The same articles, problems, answers and checks, from what was saved alone."""
    assert len(list(saved.iterdir())) == 2
    again, anew = parsed(large, saved)
    assert anew == 0
    assert again.library.articles == first.library.articles
    assert again.problems == first.problems
    assert again.answer(QUESTION) == first.answer(QUESTION)
    assert again.answer("how many crats of hering?") == first.answer("how many crats of hering?")
    claim = "Its captain wrote the number of every crate"
    assert again.check_quotation(claim) == first.check_quotation(claim)


def test_what_was_changed_is_read_anew(tmp_path: Path) -> None:
    """One file is read, the others are not, and the index is that of the folder as it is."""
    folder = tmp_path / "articles"
    folder.mkdir()
    write_ferries(folder, 7)
    saved = tmp_path / "index"
    parsed(folder, saved)
    with (folder / "ferries-03.md").open("a", encoding="utf-8") as file:
        file.write("\n## Zither\n\nA zither was found on the quay.\n")
    knowledge_base, anew = parsed(folder, saved)
    assert anew == 1
    answer = knowledge_base.answer("what was found on the quay? a zither?")
    assert answer.quotes[0].section.heading == "Zither"


def test_a_flipped_byte_is_noticed_and_all_is_made_anew(
    large: Path, first: KnowledgeBase, saved: Path
) -> None:
    """In either file, wherever it lies; and then both are sound again."""
    for path in saved.iterdir():
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    knowledge_base, anew = parsed(large, saved)
    assert anew == 30
    assert knowledge_base.answer(QUESTION) == first.answer(QUESTION)
    assert parsed(large, saved)[1] == 0


def flip(path: Path) -> None:
    """Flip a bit in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_off(path: Path) -> None:
    """Leave a page of it."""
    os.truncate(path, 4096)


def put_pipe(path: Path) -> None:
    """Put a pipe in its place that nobody writes to."""
    path.unlink()
    os.mkfifo(path)


def put_link(path: Path) -> None:
    """Put a link in its place to what was there."""
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def let_others_write(path: Path) -> None:
    """Let everybody write it."""
    path.chmod(0o666)


def empty(path: Path) -> None:
    """Save no arrays in its place."""
    forge(path, {})


@pytest.mark.parametrize("ending", ["readings", "index"])
@pytest.mark.parametrize(
    "spoil",
    [
        flip,
        put_link,
        empty,
        *(
            pytest.param(spoil, marks=pytest.mark.slow)
            for spoil in (Path.unlink, cut_off, put_pipe, let_others_write)
        ),
    ],
)
def test_one_file_alone_is_made_anew_and_saved_again(
    large: Path,
    saved: Path,
    caplog: pytest.LogCaptureFixture,
    spoil: Callable[[Path], None],
    ending: str,
) -> None:
    """What is wrong with it is logged in one line; the other file is used, and stays as it is."""
    (path,) = saved.glob(f"*.{ending}")
    (other,) = set(saved.iterdir()) - {path}
    before = path.read_bytes(), (other.stat().st_ino, other.stat().st_mtime_ns)
    spoil(path)
    caplog.clear()
    knowledge_base, anew = parsed(large, saved)
    assert (anew, knowledge_base.why_unsaved) == (30 if ending == "readings" else 0, "")
    lines = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert [line.startswith(f"{path} is not used, but made anew: ") for line in lines] == [True] * (
        spoil is not Path.unlink
    )
    assert (path.read_bytes(), (other.stat().st_ino, other.stat().st_mtime_ns)) == before
    caplog.clear()
    assert parsed(large, saved)[1] == 0
    assert not caplog.records


def test_a_folder_in_a_files_place_is_told(large: Path, first: KnowledgeBase, saved: Path) -> None:
    """It can't be replaced; all is served."""
    for path in saved.iterdir():
        path.unlink()
        path.mkdir()
    knowledge_base, anew = parsed(large, saved)
    assert anew == 30
    assert "can't be saved" in knowledge_base.why_unsaved
    assert knowledge_base.answer(QUESTION) == first.answer(QUESTION)


def test_what_was_only_touched_is_saved_as_it_is_now(large: Path, tmp_path: Path) -> None:
    """Else each start would open it again, to find that it is the same."""
    folder = tmp_path / "articles"
    shutil.copytree(large, folder)
    saved = tmp_path / "index"
    parsed(folder, saved)
    (parsed_path,) = saved.glob("*.readings")
    before = parsed_path.read_bytes()
    os.utime(folder / "ferries-03.md", (1_500_000_000, 1_500_000_000))
    assert parsed(folder, saved)[1] == 0
    touched = parsed_path.read_bytes()
    assert touched != before
    assert parsed(folder, saved)[1] == 0
    assert parsed_path.read_bytes() == touched


@pytest.fixture(scope="module")
def forged(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of saved files that may be spoilt and is mended by every start."""
    saved = tmp_path_factory.mktemp("forged")
    KnowledgeBase(large, Policy(), None, saved)
    return saved


def ask_all(knowledge_base: KnowledgeBase) -> list[Answer]:
    """Ask what can be answered and what can't."""
    return [knowledge_base.answer(question) for question in QUESTIONS]


@pytest.mark.slow
@given(chance=st.randoms(use_true_random=False), ending=st.sampled_from(["readings", "index"]))
def test_whatever_the_values_behind_a_right_checksum_are(
    large: Path, first: KnowledgeBase, forged: Path, chance: random.Random, ending: str
) -> None:
    """All is answered as without the file, or, where a value can't be told to be wrong, from the
    same texts.
    """
    (path,) = forged.glob(f"*.{ending}")
    _, arrays = open_as_saved(path)
    mutated = mutate(arrays, chance)
    sound = path.read_bytes()
    forge(path, mutated)
    knowledge_base = KnowledgeBase(large, Policy(), None, forged)
    answers = ask_all(knowledge_base)
    is_believed = mutated.keys() == arrays.keys() and {
        name for name in arrays if is_changed(name, arrays, mutated)
    } <= (BELIEVED if ending == "index" else arrays.keys() - {"text.text", "text.ends"})
    if not is_believed or path.read_bytes() == sound:
        assert answers == ask_all(first)
        assert knowledge_base.library.articles == first.library.articles
    assert [article.text for article in knowledge_base.library.articles] == [
        article.text for article in first.library.articles
    ]
    path.write_bytes(sound)


def test_an_index_of_other_sentences_is_refused(first: KnowledgeBase) -> None:
    """Its numbers would lead nowhere."""
    packed = first.answerer.index.pack()
    sentences = packed["passage_sentences"].copy()
    lines = packed["passage_lines"].copy()
    sentences[3] -= 1
    lines[3] += 1
    told = packed["told"].copy()
    told[:] = 0
    mutated = {**packed, "passage_sentences": sentences, "passage_lines": lines, "told": told}
    with pytest.raises(DamagedError, match="passages of other sentences"):
        Answerer(first.library, Policy(), (), mutated)


@pytest.mark.slow
def test_files_that_are_cut_off_while_they_are_used_do_not_matter(tmp_path: Path) -> None:
    """The program itself goes on to answer as before, and ends well; a mapped file would have
    killed it.
    """
    folder = tmp_path / "articles"
    folder.mkdir()
    write_ferries(folder, 70)
    config = tmp_path / "config.yaml"
    config.write_text(f"index: {tmp_path / 'index'}\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "bot",
        "ask",
        "--json",
        "--knowledge",
        str(folder),
        "--config",
        str(config),
    ]
    questions = [
        f"{question}\n"
        for question in (*QUESTIONS, "quay and captain", "ferry 2999", "crates of herring")
    ]
    expected = subprocess.run(
        command,
        cwd=ROOT,
        input="".join(questions),
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    paths = list((tmp_path / "index").iterdir())
    assert len(paths) == 2
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(questions[0])
        program.stdin.flush()
        answers = program.stdout.readline()
        for path in paths:
            os.truncate(path, 4096)
        rest, told = program.communicate("".join(questions[1:]), timeout=100)
    assert (program.returncode, told) == (0, "")
    assert answers + rest == expected.stdout


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_ten_thousand_damages_do_no_harm(tmp_path: Path) -> None:
    """Bytes of both files, and values behind right checksums; no process of the batches ends by
    itself.
    """
    folder = tmp_path / "articles"
    folder.mkdir()
    write_ferries(folder, 3)
    saved = tmp_path / "index"
    KnowledgeBase(folder, Policy(), None, saved)
    refused = 0
    for batch in range(20):
        command = [sys.executable, "tests/damage.py", str(folder), str(saved), str(batch), "500"]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
            timeout=1_000,
        )
        assert (done.returncode, done.stderr) == (0, ""), batch
        refused += int(done.stdout)
    # What is not refused is as it was, or can't be told to be wrong.
    assert 9_000 < refused < 10_000


def test_an_editors_synonyms_are_part_of_what_was_saved(large: Path, saved: Path) -> None:
    """With other synonyms the index is made anew, and knows them."""
    synonyms = large / "synonyms.yaml"
    synonyms.write_text("same: |\n  ferry, gurdy\n", encoding="utf-8")
    try:
        knowledge_base, anew = parsed(large, saved)
        assert anew == 0
        assert knowledge_base.answer("which harbour did gurdy 1234 leave?").kind == "answer"
        assert "gurdy" not in knowledge_base.answer("which harbour did gurdy 1234 leave?").missing
    finally:
        synonyms.unlink()


def test_a_reload_saves_what_it_made(large: Path, tmp_path: Path) -> None:
    """The next start has it at once."""
    saved = tmp_path / "index"
    knowledge_base, _ = parsed(large, saved)
    more = large / "more.md"
    more.write_text("# More\n\nA zither lay on the quay.\n", encoding="utf-8")
    os.utime(more, SOME_YEARS_AGO_S)
    try:
        assert knowledge_base.reload().is_served
        again, anew = parsed(large, saved)
        assert anew == 0
        assert len(again.library.articles) == 31
    finally:
        more.unlink()


def test_where_nothing_can_be_saved_all_is_served_and_said(
    large: Path, first: KnowledgeBase, tmp_path: Path
) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "index").write_text("", encoding="utf-8")
    knowledge_base, _ = parsed(large, tmp_path / "index")
    assert "index" in knowledge_base.why_unsaved
    assert knowledge_base.answer(QUESTION) == first.answer(QUESTION)


def test_a_small_folder_is_not_saved(tmp_path: Path) -> None:
    """It is read as quickly."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text("# A\n\nOil fell.\n", encoding="utf-8")
    parsed(tmp_path / "articles", tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_a_library_and_its_index_belong_together(first: KnowledgeBase) -> None:
    """An index of the same library, packed, is used as it is."""
    packed = first.answerer.index.pack()
    again = Answerer(first.library, Policy(), (), packed)
    assert again.answer(QUESTION) == first.answer(QUESTION)


def fingerprint_in(folder: Path) -> str:
    """Let a process of its own say what the code in a folder is."""
    command = [
        sys.executable,
        "-c",
        "from bot.index_cache import code_fingerprint; print(code_fingerprint())",
    ]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


DECIDING = [
    "articles/sentences.py",
    "search/analysis/thesaurus/forms.yaml",
    "search/analysis/analyzer.py",
    "strict_yaml.py",
    "array_file.py",
    "texts/problems_yaml.py",
]


@pytest.mark.parametrize(
    "names", [DECIDING[:2], pytest.param(DECIDING[2:], marks=pytest.mark.slow)]
)
def test_other_code_has_another_fingerprint(tmp_path: Path, names: list[str]) -> None:
    """What reads, cuts and indexes decides, in whatever process and place; what only shows does
    not.
    """
    for place in ("here", "there"):
        shutil.copytree(Path(bot.__file__).parent, tmp_path / place / "bot")
    before = fingerprint_in(tmp_path / "here")
    for name in ["terminal.py", *names]:
        with (tmp_path / "there" / "bot" / name).open("a", encoding="utf-8") as file:
            file.write("\n# Another line.\n")
        now = fingerprint_in(tmp_path / "there")
        assert (now == before) == (name == "terminal.py"), name
        before = now


def test_a_package_that_parses_a_format_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of it made of a file is not what is parsed today."""
    before = index_cache.code_fingerprint.__wrapped__()
    assert index_cache.code_fingerprint.__wrapped__() == before
    monkeypatch.setattr(index_cache, "FORMAT_PACKAGES", ())
    assert index_cache.code_fingerprint.__wrapped__() != before
