"""The repository's own question sets.

What they expect is found in the articles that they were written for.

The format is ``articlebot evaluate``'s and its reader is used. What is ranked are the library's
passages under their headings and title, as the bot does; one answers if it overlaps an expected
sentence, or where only a section is expected, if it belongs to that.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.quality.sets import Question, QuestionSet, SetError, Span, Text
from bot.articles.library import Library, build
from bot.articles.model import Article, Passage, Section
from bot.evaluation.input_files import InputError
from bot.evaluation.model import Question as EditorsQuestion
from bot.evaluation.question_set import read_questions

_ROOT = Path(__file__).parents[2]


def find_golden_sets() -> list[Path]:
    """Give the files of the repository's golden sets, by name."""
    return sorted((_ROOT / "tests" / "golden").glob("*.yaml"))


def read_golden_set(path: Path) -> QuestionSet:
    """Read a golden set with the first folder of articles in which all that it expects is found.

    Folders: ``articles/NAME-OF-THE-SET`` beside the set, ``articles`` beside it, the repository's
    ``knowledge``. Raises SetError with what is missing from the last of them.
    """
    library, expected = find_library(path)
    return _make_set(path, library, expected)


def find_library(path: Path) -> tuple[Library, tuple[EditorsQuestion, ...]]:
    """Give the articles that a golden set was written for, and its questions.

    Raises SetError as ``read_golden_set`` does.
    """
    faults = ""
    for folder in _find_folders(path):
        library, _ = build(folder)
        try:
            expected = read_questions([path], library)
        except InputError as error:
            faults = str(error)
        else:
            return library, expected.questions
    raise SetError(path, f"is no golden set of these articles:\n{faults}")


def _find_folders(path: Path) -> Iterator[Path]:
    beside = path.parent / "articles"
    yield from (folder for folder in (beside / path.stem, beside) if folder.is_dir())
    yield _ROOT / "knowledge"


def _make_set(path: Path, library: Library, expected: tuple[EditorsQuestion, ...]) -> QuestionSet:
    places = list(library.passages())
    texts = [
        Text(passage.plain, _title(article, section), article.id)
        for article, section, passage in places
    ]
    questions = []
    for asked in expected:
        found = {
            number: spans
            for number, place in enumerate(places)
            if (spans := _find_spans(asked, *place)) is not None
        }
        answers = {number: spans for number, spans in found.items() if spans}
        if found:
            questions.append(Question(asked.text, dict.fromkeys(found, 1.0), answers))
    if not questions:
        raise SetError(path, "holds no question with an answer")
    return QuestionSet(
        path.stem, texts, questions, [asked.text for asked in expected if not asked.is_covered]
    )


def _title(article: Article, section: Section) -> str:
    return "\n".join((article.title, *section.parents, section.heading))


def _find_spans(
    asked: EditorsQuestion, article: Article, section: Section, passage: Passage
) -> list[Span] | None:
    """Say where expected sentences stand in a passage as it reads; None if it does not answer."""
    if not asked.expected_sentences:
        expected = {(one.id, part.number) for one, part in asked.expected_sections}
        return [] if (article.id, section.number) in expected else None
    wanted = {(sentence.file, sentence.start) for sentence in asked.expected_sentences}
    spans: list[Span] = []
    begin = 0
    for sentence in passage.sentences:
        end = begin + len(sentence.plain)
        if (sentence.file, sentence.start) in wanted:
            spans.append((begin, end))
        begin = end + 1
    return spans or None
