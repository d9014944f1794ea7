"""Public question sets from files: SQuAD (v1 and v2), a BEIR folder, Cranfield in SMART's format.

Nothing is fetched. SQuAD: Rajpurkar et al. 2016 and 2018; questions without an answer are left out.
BEIR: Thakur et al. 2021, ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv``. Cranfield:
Cleverdon 1967, ``cran.all.1400``, ``cran.qry`` and ``cranqrel``, whose queries are counted in the
order of the file (the numbers after ``.I`` have gaps), and where every code but -1 is relevant, all
alike.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.quality.sets import Question, QuestionSet, SetError, Text

_FIELD = re.compile(r"\.([A-Z])\s*$")


def read_squad(path: Path) -> QuestionSet:
    """Read a SQuAD file: each paragraph is a text, its article's title its title."""
    data: Any = json.loads(path.read_text(encoding="utf-8"))["data"]
    texts: list[Text] = []
    questions: list[Question] = []
    for article in data:
        title = article["title"].replace("_", " ")
        for paragraph in article["paragraphs"]:
            number = len(texts)
            texts.append(Text(paragraph["context"], title, article["title"]))
            for asked in paragraph["qas"]:
                starts = [(found["answer_start"], found["text"]) for found in asked["answers"]]
                spans = {number: [(start, start + len(answer)) for start, answer in starts]}
                if starts and not asked.get("is_impossible"):
                    questions.append(Question(asked["question"], {number: 1.0}, spans))
    return QuestionSet(path.stem, texts, questions)


def read_beir(folder: Path) -> QuestionSet:
    """Read a BEIR folder; the gains are the judgements.

    Questions without a positive one are left out.
    """
    rows = list(_json_lines(folder / "corpus.jsonl"))
    numbers = {row["_id"]: number for number, row in enumerate(rows)}
    words = {row["_id"]: row["text"] for row in _json_lines(folder / "queries.jsonl")}
    gains: dict[str, dict[int, float]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if float(row["score"]) > 0 and row["corpus-id"] in numbers:
                gains.setdefault(row["query-id"], {})[numbers[row["corpus-id"]]] = float(
                    row["score"]
                )
    texts = [Text(row["text"], row.get("title", "")) for row in rows]
    return QuestionSet(
        folder.name, texts, [Question(words[name], found) for name, found in gains.items()]
    )


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def read_cranfield(prefix: Path) -> QuestionSet:
    """Read SMART's files ``PREFIX.all.1400``, ``PREFIX.qry`` and ``PREFIXqrel``.

    A text begins with its title; there it is cut off, because it is given as the title.
    """
    records = _smart_records(_beside(prefix, ".all.1400"))
    numbers = {record["I"]: number for number, record in enumerate(records)}
    gains: dict[int, dict[int, float]] = {}
    for line in _beside(prefix, "qrel").read_text(encoding="latin-1").splitlines():
        query, name, code = line.split()
        if int(code) > 0:
            gains.setdefault(int(query), {})[numbers[name]] = 1.0
    words = [record.get("W", "") for record in _smart_records(_beside(prefix, ".qry"))]
    texts = [
        Text(record.get("W", "").removeprefix(record.get("T", "")).strip(), record.get("T", ""))
        for record in records
    ]
    questions = [Question(asked, gains[at]) for at, asked in enumerate(words, 1) if at in gains]
    return QuestionSet(prefix.name, texts, questions)


def _beside(prefix: Path, ending: str) -> Path:
    return prefix.with_name(prefix.name + ending)


def _smart_records(path: Path) -> list[dict[str, str]]:
    """Give the records of a SMART file, each a text by the letter of its field.

    Blanks and lines are joined by one blank.
    """
    records: list[dict[str, str]] = []
    name = ""
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith(".I "):
            records.append({"I": str(int(line[3:]))})
        elif found := _FIELD.match(line):
            name = found[1]
        else:
            records[-1][name] = f"{records[-1].get(name, '')} {line.strip()}".strip()
    return records


def read_public_set(path: Path) -> QuestionSet:
    """Read whatever of the formats lies at ``path``. Raises SetError with what was expected."""
    reader, place = _reader_of(path)
    try:
        found = reader(place)
    except FileNotFoundError as error:
        raise SetError(path, f"{Path(str(error.filename)).name} is missing") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        name = reader.__name__.removeprefix("read_")
        raise SetError(
            path, f"cannot be read as {name}: {type(error).__name__}: {error}"
        ) from error
    if not found.questions:
        raise SetError(path, "holds no question with an answer")
    return found


def _reader_of(path: Path) -> tuple[Callable[[Path], QuestionSet], Path]:
    if path.is_file() and path.suffix == ".json":
        return read_squad, path
    if (path / "corpus.jsonl").is_file():
        return read_beir, path
    for prefix in (path / "cran", path):
        if _beside(prefix, ".all.1400").is_file():
            return read_cranfield, prefix
    if not path.exists():
        raise SetError(path, "there is no such file or folder")
    raise SetError(path, "holds neither SQuAD's JSON, nor BEIR's corpus.jsonl, nor cran.all.1400")
