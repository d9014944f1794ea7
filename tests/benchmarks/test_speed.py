"""The measure of speed and memory: its passages, its engines, its figures, and the command. No time
is judged.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from benchmarks.quality.progress import Progress
from benchmarks.speed.__main__ import main
from benchmarks.speed.articles import build_library, find_number
from benchmarks.speed.collection import write_collection
from benchmarks.speed.engines import ENGINES
from benchmarks.speed.measure import Figures, measure_apart
from benchmarks.speed.passages import draw_passages, make_question, read_words
from benchmarks.speed.plot import render_plot
from benchmarks.speed.tables import find_median, find_ratio, render_table
from bot.search.analysis.analyzer import get_analyzer

SILENT = Progress(StringIO())
GIVEN_TERMS = ["ours", "rank_bm25", "bm25s", "tantivy", "sqlite"]

TEXTS = [
    "The prime minister spoke of trade. He left early.",
    "Trade grew by 3.5 percent, said the minister.",
    "The café in Zürich opens at 7.30, and closes late.",
    "A sentence is about nothing in particular.",
    "Prime numbers are odd, but for two. Don't ask me.",
]

FIGURES = Figures("one 1.0", 200, 2_000_000, 2.0, 8.0, 0.9, 4.0, 6_000_000, 3_000_000)


def words_of(passages: Sequence[str]) -> list[list[str]]:
    """Give the words of passages in lower case."""
    return [passage.lower().replace(".", "").split() for passage in passages]


def test_passages_are_the_same_each_time_and_fewer_are_the_beginning_of_more() -> None:
    """A smaller collection is the beginning of a larger one, also where it ends inside what is
    drawn at once.
    """
    more = list(draw_passages(2_050))
    assert more[:150] == list(draw_passages(150))
    assert more == list(draw_passages(2_050))
    assert len(more) == len(set(more)) == 2_050


def test_words_are_as_frequent_as_in_english() -> None:
    """The most frequent are English's stop words, and a word's frequency falls about as its rank
    rises (Zipf).
    """
    counts = Counter(
        itertools.chain.from_iterable(words_of(list(draw_passages(3_000))))
    ).most_common()
    assert {"the", "of", "and", "to"} <= {word for word, _ in counts[:6]}
    ranks = np.arange(10, 2_000)
    slope = np.polyfit(np.log(ranks), np.log([counts[rank - 1][1] for rank in ranks]), 1)[0]
    assert -1.2 < slope < -0.7
    assert len(counts) > 15_000


def test_the_same_words_stand_together() -> None:
    """Pairs of rarer words meet again in other passages far more often than if the words were dealt
    anew.
    """
    rare = frozenset(read_words()[0][8_000:])
    passages = [
        [word for word in words if word in rare] for words in words_of(list(draw_passages(2_000)))
    ]
    anew = iter(
        np.random.default_rng(0).permutation(list(itertools.chain.from_iterable(passages))).tolist()
    )
    others = [list(itertools.islice(anew, len(words))) for words in passages]

    def count_again(texts: Sequence[Sequence[str]]) -> int:
        pairs = Counter(
            pair for words in texts for pair in itertools.combinations(sorted(set(words)), 2)
        )
        return sum(count > 1 for count in pairs.values())

    assert count_again(passages) > 5 * count_again(others)


def test_a_question_asks_with_words_of_its_passage() -> None:
    """Two to seven of its less common words stand in the question, the same each time, in another
    order.
    """
    passage = next(draw_passages(1))
    questions = [make_question(passage, np.random.default_rng(seed)) for seed in range(50)]
    assert questions == [make_question(passage, np.random.default_rng(seed)) for seed in range(50)]
    common = set(read_words()[0][:120])
    asked = [
        set(words_of([question.rstrip("?")])[0]) & set(words_of([passage])[0]) - common
        for question in questions
    ]
    assert {len(words) for words in asked} >= set(range(2, 8))
    assert max(map(len, asked)) <= 8  # "come" may be of the frame and of the passage
    assert all(question.endswith("?") for question in questions)


def test_a_question_about_common_words_alone_is_a_question() -> None:
    """A passage without a less common word does not fail."""
    assert make_question("The of and.", np.random.default_rng(1)).endswith("?")


def test_a_collection_is_read_as_it_was_written() -> None:
    """The passages are those drawn; questions know their passage; others warm up; the folder goes
    afterwards.
    """
    with write_collection(200, 30, SILENT) as collection:
        texts, asked, warming = (
            list(collection.texts()),
            collection.questions("questions"),
            collection.questions("warm_up"),
        )
    assert texts == list(draw_passages(200))
    assert (len(asked), len(warming)) == (30, 10)
    assert all(
        len(set(question[:-1].split()) & set(words_of([texts[at]])[0])) >= 2
        for at, question in asked + warming
    )
    assert not collection.folder.exists()
    with write_collection(200, 30, SILENT) as again:
        assert again.questions("questions") == asked


def skip_missing(name: str) -> None:
    """Skip the test where an engine cannot run here."""
    if missing := ENGINES[name].find_missing():
        pytest.skip(missing)


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_finds(name: str) -> None:
    """Every engine gives (number, score), best first, no more than are wanted, and bears a question
    without a term.
    """
    skip_missing(name)
    engine = ENGINES[name](TEXTS)
    hits = engine.search("What did the minister say of trade?")
    assert next(number for number, score in hits if score > 0) in (0, 1)
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert len(engine.search("minister trade", 1)) == 1
    assert all(score <= 0 for _, score in engine.search("the of?"))


def test_passages_become_articles_as_they_are() -> None:
    """Each passage of the library is one of the texts, in order, with its place in an article;
    headings are words.
    """
    texts = list(draw_passages(113))
    library = build_library(iter(texts))
    passages = list(library.passages())
    assert [article.text[passage.start : passage.end] for article, _, passage in passages] == texts
    assert [find_number(passage) for *_, passage in passages] == list(range(113))
    for article, _, passage in passages:
        lines = article.text[: passage.end].split("\n")
        assert (passage.line, lines[-1]) == (len(lines), article.text[passage.start : passage.end])
        assert all(
            article.text[one.start : one.end] == one.plain == one.text for one in passage.sentences
        )
        assert len(passage.sentences) > 0
    assert [len(article.sections) for article in library.articles] == [10, 10, 3]
    assert [len(section.passages) for section in library.articles[2].sections] == [5, 5, 3]
    assert all(section.heading and article.title for article, section in library.sections())


def test_whole_answers_quote_first_and_name_what_else_was_found() -> None:
    """Of a question's own words the passage that holds them is quoted first; at most six more are
    named, unscored.
    """
    texts = list(draw_passages(300))
    words = (
        max(texts[7].split(".")[0].split(), key=len),
        max(texts[7].split(".")[1].split(), key=len),
    )
    hits = ENGINES["answers"](texts).search(f"what did the {words[0]} do about the {words[1]}?")
    assert hits[0][0] == 7
    assert 1 <= sum(score > 0 for _, score in hits) <= 3
    assert len({number for number, _ in hits}) == len(hits) <= 9


@pytest.mark.parametrize("name", GIVEN_TERMS)
@pytest.mark.parametrize(
    "question",
    ["prime minister?", "3.5 percent", "the cafe of zurich", "7.30", "numbers zebra", "Don't ask"],
)
def test_all_engines_have_the_same_terms(name: str, question: str) -> None:
    """An engine that is given terms finds exactly the texts with one of the question's: phrases,
    numbers, accents.
    """
    skip_missing(name)
    split = get_analyzer("en").analyze
    expected = {at for at, text in enumerate(TEXTS) if set(split(text)) & set(split(question))}
    found = ENGINES[name](TEXTS).search(question, len(TEXTS))
    assert {number for number, score in found if score > 0} == expected


def test_figures_are_measured_in_a_process_of_their_own() -> None:
    """What is measured is of this collection; memory is told where the system tells it; the
    passages are found.
    """
    with write_collection(2_000, 20, SILENT) as collection:
        figures = measure_apart("ours", collection)
        size_bytes = sum(len(text.encode()) for text in collection.texts())
    assert (figures.engine, figures.passages, figures.text_bytes) == (
        "BM25Index",
        2_000,
        size_bytes,
    )
    assert figures.found > 0.8
    assert 0 < figures.median_ms <= figures.p99_ms
    assert figures.build_s > 0
    if Path("/proc/self/status").exists():
        # A text holds more than thirty different terms, and each takes some bytes.
        least = 2_000 * 30 * 4
        assert figures.peak_bytes is not None
        assert figures.peak_bytes > least
        assert figures.rest_bytes is not None
        assert figures.rest_bytes > least


def test_ratios_are_of_the_same_round() -> None:
    """Where a round was slow for both, the ratio is not touched; figures are the medians of the
    rounds.
    """
    ours = [replace(FIGURES, median_ms=value) for value in (1.0, 30.0, 2.0)]
    other = [replace(FIGURES, median_ms=value) for value in (2.0, 60.0, 3.0)]
    assert find_median(ours, lambda figures: figures.median_ms) == 2.0
    assert find_ratio(ours, other, lambda figures: figures.median_ms) == 0.5


def test_a_table_shows_all_figures_and_ratios() -> None:
    """A row an engine; ratios to each engine that was measured and to no other; “–” for memory that
    is not told.
    """
    other = replace(
        FIGURES,
        engine="two",
        median_ms=4.0,
        p99_ms=2.0,
        build_s=1.0,
        peak_bytes=None,
        rest_bytes=None,
    )
    table = render_table({"ours": [FIGURES], "bm25s": [other]}, ["tantivy", "bm25s"])
    heading, _, head, rule, *rows = table.split("\n")
    assert heading == "## 200 passages, 2.0 MB"
    assert [cell.strip() for cell in head.strip("|").split("|")] == [
        "engine", "median, ms", "median ÷ bm25s", "99 %, ms", "99 % ÷ bm25s", "build, s",
        "build ÷ bm25s", "peak, MB", "peak ÷ texts", "at rest, MB", "at rest ÷ texts", "found",
    ]  # fmt: skip
    assert rule.count("---:") == 11
    assert rows == [
        "| one 1.0 | 2.000 | 0.50 | 8.000 | 4.00 | 4.00 | 4.00 | 6 | 3.00 | 3 | 1.50 | 0.90 |",
        "| two | 4.000 | 1.00 | 2.000 | 1.00 | 1.00 | 1.00 | – | – | – | – | 0.90 |",
    ]


def test_a_plot_is_logarithmic_and_names_every_line() -> None:
    """Ten times as much is as far everywhere, labels do not touch, and nothing leaves the
    picture.
    """
    lines = {
        "one": [(100, 0.01), (1_000, 0.1), (10_000, 1.0)],
        "two": [(100, 0.012), (1_000, 0.12), (10_000, 1.01)],
        "three & more": [(100, 5.0)],
    }
    picture = ET.fromstring(render_plot({"Cost": lines}, list(lines)))  # noqa: S314 (the picture is ours)
    name = "{http://www.w3.org/2000/svg}"
    texts = {text.text: text for text in picture.iter(f"{name}text")}
    assert {
        "Cost",
        "one",
        "two",
        "three & more",
        "passages",
        "100",
        "1,000",
        "10,000",
        "0.01",
        "10",
    } <= texts.keys()
    path = next(picture.iter(f"{name}path")).get("d", "")
    (x1, y1), (x2, y2), (x3, y3) = [
        map(float, point) for point in re.findall(r"([\d.]+) ([\d.]+)", path)
    ]
    assert x2 - x1 == pytest.approx(x3 - x2, abs=0.2)
    assert y1 - y2 == pytest.approx(y2 - y3, abs=0.2)
    assert abs(float(texts["one"].get("y", "")) - float(texts["two"].get("y", ""))) >= 13
    width, height = (float(picture.get(side, "")) for side in ("width", "height"))
    assert all(0 < float(text.get("x", "")) < width - 60 for text in texts.values())
    assert all(0 < float(text.get("y", "")) < height for text in texts.values())


def test_a_plot_of_one_point_is_drawn() -> None:
    """One size and one engine, all of it a power of ten, is a point in the middle."""
    assert render_plot({"Cost": {"one": [(100, 1.0)]}}, ["one"]).count("<circle") == 1


def test_the_command_measures_and_writes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables are printed and written with an explanation and the plot; what can't run or takes too
    long is named.
    """
    monkeypatch.setattr(ENGINES["tantivy"], "package", "surely_not_installed")
    monkeypatch.setattr(ENGINES["rank_bm25"], "most", 150)
    (tmp_path / "pictures").mkdir()
    document, plot = tmp_path / "speed.md", tmp_path / "pictures" / "speed.svg"
    arguments = [
        "--sizes",
        "200",
        "--engines",
        "ours,rank_bm25,tantivy,sqlite",
        "--against",
        "sqlite",
    ]
    arguments += ["--questions", "20", "--markdown", str(document), "--plot", str(plot)]
    assert main(arguments) == 0
    printed = capfd.readouterr()
    assert printed.err == (
        "left out: tantivy: surely_not_installed is not installed\n"
        "left out: rank_bm25: more than 150 passages take too long\n"
    )
    table = re.search(
        r"^## 200 passages, 0\.1 MB\n\n\|.*\|\n\| --- \|.*\|\n(?:\|.*\|\n)+",
        printed.out,
        re.MULTILINE,
    )
    assert table is not None
    assert [row.split("|")[1].split()[0] for row in table[0].splitlines()[4:]] == [
        "BM25Index",
        "SQLite",
    ]
    assert "median ÷ sqlite" in table[0]
    text = document.read_text(encoding="utf-8")
    assert text.startswith(
        "# Speed, measured\n\n`python -m benchmarks.speed --sizes 200 --engines ours"
    )
    assert table[0] in text
    assert "(pictures/speed.svg)" in text
    assert "BM25Index" in plot.read_text(encoding="utf-8")


def test_nothing_to_measure_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no engine can run, the command says why and ends with 1."""
    monkeypatch.setattr(ENGINES["tantivy"], "package", "surely_not_installed")
    assert main(["--sizes", "200", "--engines", "tantivy"]) == 1
    assert capsys.readouterr() == ("", "left out: tantivy: surely_not_installed is not installed\n")


@pytest.mark.parametrize(
    "option",
    [
        ["--engines", "lucene"],
        ["--against", "lucene"],
        ["--sizes", "1000,0"],
        ["--sizes", "many"],
        ["--rounds", "²"],
        ["--plot", "no-such-folder/speed.svg"],
    ],
)
def test_a_bad_option_is_wrong_use(option: list[str]) -> None:
    """An engine or a folder that there is not, or a number that is none, ends the command with 2 at
    once.
    """
    with pytest.raises(SystemExit, match="2"):
        main(option)
