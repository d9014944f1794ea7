"""The comparison with other engines: its readers, its figures of merit, and the command as people
type it.
"""

import json
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from benchmarks.quality.__main__ import main
from benchmarks.quality.engines import ENGINES, Engine
from benchmarks.quality.golden_sets import read_golden_set
from benchmarks.quality.metrics import (
    find_auroc,
    find_ndcg,
    find_reciprocal_rank,
    find_refused,
    find_standard_error,
    has_hit,
)
from benchmarks.quality.progress import Progress
from benchmarks.quality.public_sets import read_public_set
from benchmarks.quality.sets import Question, QuestionSet, SetError, Text
from benchmarks.quality.words import STOP_WORDS, misspell, split_words

ROOT = Path(__file__).parents[2]
BUILT_IN = ["articlebot", "rank-bm25", "rank-bm25-stemmed", "sqlite"]

TEXTS = [
    Text("The ferry leaves at six. It carries cars.", "Crossing", "a"),
    Text("The museum shows old clocks. Tickets cost four euros.", "Town", "b"),
    Text("Bread is baked at night. The bakery opens early.", "Town", "b"),
]


def asked(question: str, context: str, answer: str) -> dict[str, object]:
    """Give a question as SQuAD has it; without an answer it is an impossible one."""
    answers = [{"text": answer, "answer_start": context.index(answer)}] if answer else []
    return {"question": question, "answers": answers, "is_impossible": not answer}


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    """Write a SQuAD file: two articles, three paragraphs, four questions, one of them without an
    answer.
    """
    ferry, museum, bread = (text.body for text in TEXTS)
    data = [
        {
            "title": "The_crossing",
            "paragraphs": [
                {
                    "context": ferry,
                    "qas": [
                        asked("When does the ferry leave?", ferry, "at six"),
                        asked("Who built the ferry?", ferry, ""),
                    ],
                }
            ],
        },
        {
            "title": "Town",
            "paragraphs": [
                {
                    "context": museum,
                    "qas": [asked("What do tickets for the museum cost?", museum, "four euros")],
                },
                {"context": bread, "qas": [asked("When is bread baked?", bread, "at night")]},
            ],
        },
    ]
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps({"version": "v2.0", "data": data}), encoding="utf-8")
    return path


def test_squad_paragraphs_are_texts_and_impossible_questions_are_left_out(squad: Path) -> None:
    """A paragraph is a text under its article's title; a question knows its paragraph and where its
    answer stands.
    """
    found = read_public_set(squad)
    assert found.name == "tiny"
    assert [text.title for text in found.texts] == ["The crossing", "Town", "Town"]
    assert found.articles == ["The_crossing", "Town"]
    assert [(question.words, dict(question.gains)) for question in found.questions] == [
        ("When does the ferry leave?", {0: 1.0}),
        ("What do tickets for the museum cost?", {1: 1.0}),
        ("When is bread baked?", {2: 1.0}),
    ]
    ((start, end),) = found.questions[1].answers[1]
    assert found.texts[1].body[start:end] == "four euros"


def test_halves_are_cut_between_articles_and_numbered_anew(squad: Path) -> None:
    """Each half holds its articles' texts and questions only, and a question's text is still its
    text.
    """
    first, second = read_public_set(squad).halves()
    assert (first.name, second.name) == ("tiny, articles 1–1", "tiny, articles 2–2")
    assert [len(half.texts) for half in (first, second)] == [1, 2]
    assert [dict(question.gains) for question in second.questions] == [{0: 1.0}, {1: 1.0}]
    start, end = second.questions[0].answers[0][0]
    assert second.texts[0].body[start:end] == "four euros"
    assert first.halves() == ()


def test_a_limit_keeps_questions_evenly_spread() -> None:
    """Of ten questions three are the first, the fourth and the seventh; a limit above their number
    keeps all.
    """
    questions = [Question(str(number), {0: 1.0}) for number in range(10)]
    whole = QuestionSet("set", TEXTS, questions)
    assert [question.words for question in whole.first(3).questions] == ["0", "3", "6"]
    assert whole.first(11) == whole


def test_a_beir_folder_is_read(tmp_path: Path) -> None:
    """Judgements above 0 are gains; a judged text that is not there, and a question without a gain,
    are left out.
    """
    (tmp_path / "qrels").mkdir()
    corpus = [
        {"_id": "x", "title": "Ferry", "text": "It leaves at six."},
        {"_id": "y", "text": "Bread is baked."},
    ]
    queries = [
        {"_id": "q1", "text": "ferry?"},
        {"_id": "q2", "text": "bread?"},
        {"_id": "q3", "text": "unjudged"},
    ]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        (tmp_path / f"{name}.jsonl").write_text(
            "".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8"
        )
    judged = "query-id\tcorpus-id\tscore\nq1\tx\t2\nq1\ty\t1\nq2\ty\t0\nq1\tgone\t1\n"
    (tmp_path / "qrels" / "test.tsv").write_text(judged, encoding="utf-8")
    found = read_public_set(tmp_path)
    assert [(text.title, text.body) for text in found.texts] == [
        ("Ferry", "It leaves at six."),
        ("", "Bread is baked."),
    ]
    assert [(question.words, dict(question.gains)) for question in found.questions] == [
        ("ferry?", {0: 2.0, 1: 1.0})
    ]
    assert found.halves() == ()


@pytest.mark.parametrize("ending", ["", "cran"], ids=["folder", "prefix"])
def test_cranfield_is_read(tmp_path: Path, ending: str) -> None:
    """A judgement's query is its place in the file of queries; -1 is not relevant; a text's title
    stands once.
    """
    (tmp_path / "cran.all.1400").write_text(
        ".I 1\n.T\nwings in\na stream .\n.A\nsomebody\n.B\nj. 1\n.W\nwings in\na stream .\n"
        "lift rises .\n"
        ".I 2\n.T\nplates .\n.A\n.B\n.W\nheat in plates .\n"
    )
    (tmp_path / "cran.qry").write_text(
        ".I 001\n.W\nwhat of lift\nand wings .\n.I 004\n.W\nwhat of heat .\n"
    )
    (tmp_path / "cranqrel").write_text("1 1 3 \n1 2 -1\n2      2 1\n")
    found = read_public_set(tmp_path / ending)
    assert [(text.title, text.body) for text in found.texts] == [
        ("wings in a stream .", "lift rises ."),
        ("plates .", "heat in plates ."),
    ]
    assert [(question.words, dict(question.gains)) for question in found.questions] == [
        ("what of lift and wings .", {0: 1.0}),
        ("what of heat .", {1: 1.0}),
    ]


def test_a_golden_set_is_read_with_its_articles(tmp_path: Path) -> None:
    """A passage answers if it holds an expected sentence, whose place in it is known, or if its
    section is expected.
    """
    (tmp_path / "articles").mkdir()
    article = (
        "# Harbour\n\n## Ferry\n\nIt is **white**. It leaves at six.\n\n## Museum\n\n"
        "It shows clocks.\n"
    )
    (tmp_path / "articles" / "harbour.md").write_text(article, encoding="utf-8")
    (tmp_path / "set.yaml").write_text(
        "questions:\n"
        "- question: When does the ferry leave?\n  sentence: It leaves at six.\n"
        "- question: What is in the museum?\n  section: Museum\n"
        "- question: Who is the mayor?\n  not_answered: true\n",
        encoding="utf-8",
    )
    found = read_golden_set(tmp_path / "set.yaml")
    assert [text.body for text in found.texts] == [
        "It is white. It leaves at six.",
        "It shows clocks.",
    ]
    assert found.texts[0].title == "Harbour\nFerry"
    ferry, museum = found.questions
    assert (dict(ferry.gains), dict(museum.gains), dict(museum.answers)) == ({0: 1.0}, {1: 1.0}, {})
    ((start, end),) = ferry.answers[0]
    assert found.texts[0].body[start:end] == "It leaves at six."
    assert found.uncovered == ["Who is the mayor?"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("nowhere", None, "there is no such file or folder"),
        ("set.txt", "", "holds neither SQuAD's JSON"),
        ("broken.json", "{", "cannot be read as squad: JSONDecodeError"),
        ("other.json", '{"rows": []}', "cannot be read as squad: KeyError: 'data'"),
        ("empty.json", '{"data": []}', "holds no question with an answer"),
        ("cran.all.1400", ".I 1\n", "holds neither SQuAD's JSON"),
        ("set.yaml", "questions: soon\n", "is no golden set of these articles"),
    ],
)
def test_a_bad_path_is_said_and_nothing_else_happens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str | None, said: str
) -> None:
    """The command says in one message which path cannot be used and why, and ends with 2."""
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main([str(tmp_path / name)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"benchmarks.quality: {tmp_path / name}: {said}")


def test_a_missing_part_of_a_set_is_named(tmp_path: Path) -> None:
    """Where one of a set's files is missing, it is named."""
    (tmp_path / "cran.all.1400").write_text(".I 1\n.W\nwings .\n")
    with pytest.raises(SetError, match="cranqrel is missing"):
        read_public_set(tmp_path)


@pytest.mark.parametrize(
    "option", [["--engines", "ours,sqlite"], ["--limit", "0"], ["--limit", "many"]]
)
def test_a_bad_option_is_wrong_use(option: list[str]) -> None:
    """An engine that there is not, or a number that is none, ends the command with 2."""
    with pytest.raises(SystemExit, match="2"):
        main(option)


def test_ranks_are_measured() -> None:
    """Gains 0, 2, 0, 1 of possible 2, 1, 1: first hit at rank 2, nDCG by hand."""
    gains = [0.0, 2.0, 0.0, 1.0]
    assert [has_hit(gains, k) for k in (1, 2, 3)] == [False, True, True]
    assert find_reciprocal_rank(gains) == 0.5
    assert find_reciprocal_rank([0.0, 0.0]) == 0.0
    # 2 / log2(3) + 1 / log2(5), over 2 + 1 / log2(3) + 1 / log2(4)
    assert find_ndcg(gains, [1.0, 2.0, 1.0]) == pytest.approx(
        (1.261860 + 0.430677) / (2 + 0.630930 + 0.5), abs=1e-6
    )
    assert find_ndcg([1.0], [1.0, 1.0], k=1) == 1.0
    assert find_ndcg([], [1.0]) == 0.0


def test_signals_are_measured() -> None:
    """AUROC counts pairs, ties as half; the threshold is the highest that enough covered questions
    reach.
    """
    assert find_auroc([3.0, 2.0], [1.0, 2.0]) == pytest.approx((1 + 1 + 1 + 0.5) / 4)
    covered = [float(number) for number in range(1, 21)]
    assert find_refused(covered, [0.5, 1.0, 1.9, 2.0]) == pytest.approx(3 / 4)
    assert find_refused(covered[:10], [0.5, 1.0]) == pytest.approx(1 / 2)
    assert find_standard_error(0.5, 100) == pytest.approx(0.05)


@pytest.mark.parametrize("name", BUILT_IN)
def test_an_engine_finds_and_chooses(name: str) -> None:
    """Every engine finds the text that has the question's words, chooses its sentence, and is surer
    than of another.
    """
    engine: Engine = ENGINES[name](TEXTS)
    question = "museum tickets cost"
    assert engine.search(question, 1)[0][0] == 1
    assert len(engine.search(question, 2)) <= 2
    assert engine.choose_sentence(1, "Tickets cost euros") == 1
    assert engine.choose_sentence(2, "zebra") == 0
    assert engine.find_signal(question) > engine.find_signal("zebra") == 0.0


@pytest.mark.parametrize(("name", "package"), [("bm25s", "bm25s"), ("tantivy", "tantivy")])
def test_an_engine_of_the_extra_works_where_it_is_installed(name: str, package: str) -> None:
    """The engines that need not be installed do the same."""
    pytest.importorskip(package)
    test_an_engine_finds_and_chooses(name)
    assert ENGINES[name](TEXTS).search("the of?", 3) == []


def test_the_readme_of_rank_bm25_is_followed() -> None:
    """Plain rank-bm25 splits at blanks and nothing else; stemmed it finds another form of the
    word.
    """
    plain, stemmed = (ENGINES[name](TEXTS) for name in ("rank-bm25", "rank-bm25-stemmed"))
    assert plain.find_signal("Tickets") > 0
    assert plain.find_signal("tickets") == 0
    assert stemmed.find_signal("ticket") > 0


def test_an_engine_that_is_not_there_is_said(
    squad: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot run is named on standard error, and the others are measured."""
    monkeypatch.setattr(ENGINES["tantivy"], "package", "surely_not_installed")
    assert main(["--engines", "tantivy,sqlite", str(squad)]) == 0
    printed = capsys.readouterr()
    assert printed.err == "left out: tantivy: surely_not_installed is not installed\n"
    assert "SQLite" in printed.out


def test_words_are_split_and_misspelt() -> None:
    """Stop words are dropped; of three content words one is misspelt by one letter, always in the
    same way.
    """
    assert split_words("When does the Ferry leave?") == ["ferry", "leave"]
    assert len(STOP_WORDS) == 179
    question = "When does the ferry leave the harbour?"
    spoilt = misspell(question)
    assert spoilt == misspell(question)
    changed = [
        (old, new) for old, new in zip(question.split(), spoilt.split(), strict=True) if old != new
    ]
    assert len(changed) == 1
    assert changed[0][0] in ("ferry", "leave", "harbour?")
    assert abs(len(changed[0][0]) - len(changed[0][1])) <= 1
    assert misspell("Who is he?") == "Who is he?"


def test_progress_is_shown_on_a_terminal_only() -> None:
    """A terminal sees one line that is overwritten; a file sees nothing."""

    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    for stream, shown in ((StringIO(), ""), (Terminal(), "\r\x1b[Kranking 0/2\r\x1b[K")):
        progress = Progress(stream)
        assert list(progress.through(["a", "b"], "ranking")) == ["a", "b"]
        progress.say()
        assert stream.getvalue() == shown


def test_the_command_prints_a_table(squad: Path) -> None:
    """One row an engine with every figure; each half of the articles has a table of its own."""
    engines = ",".join(BUILT_IN)
    command = [
        sys.executable,
        "-m",
        "benchmarks.quality",
        str(squad),
        "--engines",
        engines,
        "--halves",
        "--misspelt",
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    tables = re.findall(
        r"^### (.*)\n\n(\|.*\|)\n\| --- \|.*\|\n((?:\|.*\|\n)+)", done.stdout, re.MULTILINE
    )
    assert [title for title, _, _ in tables] == [
        "tiny: 3 texts, 3 questions",
        "tiny, articles 1–1: 1 texts, 1 questions",
        "tiny, articles 2–2: 2 texts, 2 questions",
    ]
    _, header, rows = tables[0]
    assert [cell.strip() for cell in header.strip("|").split("|")] == [
        "engine", "R@1", "± (s.e.)", "R@3", "MRR@10", "nDCG@10", "sentence", "refused", "AUROC",
        "R@1 misspelt",
    ]  # fmt: skip
    assert [row.split()[1] for row in rows.splitlines()] == [
        "articlebot",
        "rank-bm25",
        "rank-bm25",
        "SQLite",
    ]
    assert rows.startswith("| articlebot | **1.000** | 0.000 | **1.000** |")
    assert "refused" not in tables[1][1]
