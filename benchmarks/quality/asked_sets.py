"""Questions as people ask them, with the library that each is asked of, and what answers it.

In: the repository's sets, and files of CLAP NQ and SQuAD. Out: ``AskedSet`` values. Each is asked
of the whole product, so what counts is the quotation that people are shown.

- The short questions of ``tests/short_questions``: typed by people who had not read the article.
- ``tests/everyday_questions``: what no article answers, by writers who had read none.
- ``tests/collections``: questions that were written before the pages.
- ``tests/golden``: questions of the repository's golden sets.
- CLAP NQ: questions typed into a search engine (Rosenthal et al. 2025), a JSON list of objects with
  ``q``, ``title``, ``sentences`` and ``gold`` (the places of the sentences that answer, none where
  none does).
- SQuAD: questions that were written to passages (Rajpurkar et al. 2018).

Where a set is asked of several libraries, of each article alone and of all in one folder, these are
its settings. In the setting ``taken out`` the article that answers is missing.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from benchmarks.quality.golden_sets import find_golden_sets, find_library
from benchmarks.quality.sets import SetError
from benchmarks.reading.collection import Collection, find_collections, read_collection
from benchmarks.reading.collection import Question as CollectionQuestion
from benchmarks.reading.measure import is_right
from bot.answers.model import Quote
from bot.articles.library import Library, build
from bot.articles.model import Article
from bot.evaluation.judgment import holds_expected

ROOT = Path(__file__).parents[2]
SHORT_QUESTIONS = ROOT / "tests" / "short_questions"
_EVERYDAY_QUESTIONS = ROOT / "tests" / "everyday_questions"
_OTHER_DIALOGUES = ROOT / "tests" / "dialogues"
# The folders that the articles of the short questions lie in.
_SHORT_FOLDERS = ("knowledge", "tests/golden/articles", "tests/fixtures")
_DIALOGUES = "dialogues"

ALONE = "each article alone"
TOGETHER = "all in one folder"
TAKEN_OUT = "taken out"

# Articles are taken out in so many parts; an index for each article would take long.
_PARTS = 10
# Of SQuAD's questions, one in so many is asked of its paragraph alone.
_PARAGRAPH_STEP = 4

# Which questions of a list of so many, from 0, are kept.
Half = Callable[[int], bool]
Judge = Callable[[Quote], bool]


def is_odd(place: int) -> bool:
    """Say whether the question at a place from 0 is odd, counted from 1."""
    return place % 2 == 0


def is_even(place: int) -> bool:
    """Say whether the question at a place from 0 is even, counted from 1."""
    return place % 2 == 1


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with what answers it.

    ``key`` names it over all sets and settings. ``answers`` says of a quotation whether it answers;
    it is None where nothing of the set's articles does.
    """

    key: str
    text: str
    kind: str
    answers: Judge | None


@dataclass(frozen=True, slots=True)
class AskedSet:
    """Questions that are asked of one library.

    ``source`` names the set and ``setting`` how it is asked. ``is_taken_out``: what answers is not
    in the library, whatever a question's ``answers`` say.
    """

    source: str
    setting: str
    library: Library
    questions: Sequence[AskedQuestion]
    is_taken_out: bool = False


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A question and a follow-up; ``sentences`` are those that answer the latter, if any does."""

    article: str
    first: str
    then: str
    sentences: frozenset[str]


@lru_cache(maxsize=1)
def read_short_articles() -> Mapping[str, Article]:
    """Read the articles of the short questions, by id."""
    articles: dict[str, Article] = {}
    for folder in _SHORT_FOLDERS:
        articles |= {article.id: article for article in build(ROOT / folder)[0].articles}
    return articles


@lru_cache(maxsize=1)
def read_dialogue_articles() -> Mapping[str, Article]:
    """Read the articles of all dialogues, by id."""
    library, _ = build(_OTHER_DIALOGUES / "articles")
    return {**read_short_articles(), **{article.id: article for article in library.articles}}


def read_short_questions(half: Half, source: str) -> Iterator[AskedSet]:
    """Read the short questions that ask for a text: of each article alone, then of all of them."""
    articles = read_short_articles()
    everything: list[AskedQuestion] = []
    names: list[str] = []
    for path in sorted(SHORT_QUESTIONS.glob("*.yaml")):
        if path.stem == _DIALOGUES:
            continue
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
        kept = [entry for place, entry in enumerate(listed) if half(place)]
        questions = [
            _make_short_question(entry, path.stem) for entry in kept if "expects" not in entry
        ]
        names.append(path.stem)
        everything += questions
        yield AskedSet(source, ALONE, Library((articles[path.stem],)), questions)
    library = Library(tuple(articles[name] for name in names))
    yield AskedSet(source, TOGETHER, library, everything)


def read_everyday_questions(half: str, source: str) -> Iterator[AskedSet]:
    """Read the everyday questions of a half (``fitting`` or ``held-out``).

    They are asked of each article alone, then of all: of those of the short questions, or of those
    of ``knowledge/``, which alone the held-out ones are certain not to be about.
    """
    if half == "fitting":
        articles = tuple(read_short_articles().values())
        yield from _ask_everyday_questions("fitting", source, articles)
        half = "fitting-knowledge"
    yield from _ask_everyday_questions(half, source, build(ROOT / "knowledge")[0].articles)


def _ask_everyday_questions(
    name: str, source: str, articles: Sequence[Article]
) -> Iterator[AskedSet]:
    path = _EVERYDAY_QUESTIONS / f"{name}.yaml"
    texts: list[str] = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    questions = [AskedQuestion(f"everyday: {text}", text, "far", None) for text in texts]
    for article in articles:
        yield AskedSet(source, ALONE, Library((article,)), questions)
    yield AskedSet(source, TOGETHER, Library(tuple(articles)), questions)


def read_short_requests(half: Half) -> Iterator[tuple[Article, str, str]]:
    """Read the short questions that ask for a summary or about the article.

    Gives the article, the question, and the kind of answer that is expected.
    """
    articles = read_short_articles()
    for path in sorted(SHORT_QUESTIONS.glob("*.yaml")):
        listed = yaml.safe_load(path.read_text(encoding="utf-8")).get("questions", [])
        for place, entry in enumerate(listed):
            if half(place) and "expects" in entry:
                yield articles[path.stem], entry["question"], entry["expects"]


def read_dialogues(half: Half) -> list[Dialogue]:
    """Read the dialogues of the short questions."""
    dialogues = _read_dialogues(SHORT_QUESTIONS / f"{_DIALOGUES}.yaml")
    return [dialogue for place, dialogue in enumerate(dialogues) if half(place)]


def read_other_dialogues(half: str) -> list[Dialogue]:
    """Read the dialogues for fitting, or those that are held out, which are by other people."""
    return _read_dialogues(_OTHER_DIALOGUES / f"{half}.yaml")


def read_first_questions(source: str) -> Iterator[AskedSet]:
    """Read the first questions of the other dialogues.

    They are asked of each article alone, of all in one folder, and of that without the article.
    """
    library, _ = build(_OTHER_DIALOGUES / "articles")
    questions_of: dict[str, list[AskedQuestion]] = {article.id: [] for article in library.articles}
    for path in sorted(_OTHER_DIALOGUES.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["dialogues"]:
            article, text = entry["article"], entry["first"]
            judge = partial(_quotes_any, article, frozenset(entry["first_sentence"]))
            asked = AskedQuestion(f"{article}: {text}", text, "answerable", judge)
            questions_of[article].append(asked)
    for article in library.articles:
        yield AskedSet(source, ALONE, Library((article,)), questions_of[article.id])
    everything = [question for asked in questions_of.values() for question in asked]
    yield AskedSet(source, TOGETHER, library, everything)
    for article in library.articles:
        others = Library(tuple(other for other in library.articles if other is not article))
        yield AskedSet(source, TAKEN_OUT, others, questions_of[article.id], is_taken_out=True)


def _read_dialogues(path: Path) -> list[Dialogue]:
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))["dialogues"]
    return [
        Dialogue(entry["article"], entry["first"], entry["then"], _list_sentences(entry))
        for entry in listed
    ]


def _make_short_question(entry: Mapping[str, Any], article: str) -> AskedQuestion:
    sentences = _list_sentences(entry)
    judge = partial(_quotes_any, article, sentences) if sentences else None
    key = f"{article}: {entry['question']}"
    return AskedQuestion(key, entry["question"], entry["kind"], judge)


def _list_sentences(entry: Mapping[str, Any]) -> frozenset[str]:
    sentences = entry.get("sentence", [])
    return frozenset([sentences] if isinstance(sentences, str) else sentences)


def _quotes_any(article: str, sentences: frozenset[str], quote: Quote) -> bool:
    is_there = any(sentence.plain in sentences for sentence in quote.sentences)
    return quote.article.id == article and is_there


def read_collection_questions(half: Half, source: str) -> Iterator[AskedSet]:
    """Read the questions of the repository's collections, each asked of its whole collection."""
    for folder in find_collections():
        collection = read_collection(folder)
        library, _ = build(collection.folder)
        questions = [
            _make_collection_question(question, collection)
            for place, question in enumerate(collection.questions)
            if half(place)
        ]
        yield AskedSet(source, TOGETHER, library, questions)


def _make_collection_question(
    question: CollectionQuestion, collection: Collection
) -> AskedQuestion:
    judge = partial(_answers_in_collection, question, collection) if question.expected else None
    key = f"{collection.name}: {question.text}"
    return AskedQuestion(key, question.text, question.kind, judge)


def _answers_in_collection(
    question: CollectionQuestion, collection: Collection, quote: Quote
) -> bool:
    return is_right(question, quote, collection)


def read_golden_questions(half: str, source: str) -> Iterator[AskedSet]:
    """Read the golden sets of a half (``seen`` or ``held-out``), each asked of its articles."""
    for path in find_golden_sets():
        if not path.stem.endswith(f"-{half}"):
            continue
        library, expected = find_library(path)
        questions = [
            AskedQuestion(
                key=f"{path.stem}: {asked.text}",
                text=asked.text,
                kind=asked.kind,
                answers=partial(holds_expected, question=asked) if asked.is_covered else None,
            )
            for asked in expected
        ]
        yield AskedSet(source, TOGETHER, library, questions)


def read_clapnq(path: Path, half: Half, source: str) -> list[AskedSet]:
    """Read a half of a CLAP NQ file: of each article alone, of all, and with the article taken out.

    Raises SetError for what is no such file.
    """
    try:
        listed: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        rows = [row for place, row in enumerate(listed) if half(place)]
        texts = [_Written(row["title"], [" ".join(row["sentences"])]) for row in rows]
        spans = [[_find_span(row["sentences"], at) for at in row["gold"]] for row in rows]
        asked = [row["q"] for row in rows]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        what = f"cannot be read as clapnq: {type(error).__name__}: {error}"
        raise SetError(path, what) from error
    if not any(spans) or all(spans):
        raise SetError(path, "needs questions with and without sentences that answer in each half")
    articles = _write_articles(texts)
    questions = []
    for number, (article, found) in enumerate(zip(articles, spans, strict=True)):
        judge = _make_judge(article, texts[number].begins[0], found)
        key = f"clapnq: {asked[number]}"
        kind = "answered" if found else "not answered"
        questions.append(AskedQuestion(key, asked[number], kind, judge))
    return list(_ask_in_settings(source, articles, questions, list(range(len(articles)))))


def read_squad_questions(path: Path, numbers: Sequence[int], source: str) -> list[AskedSet]:
    """Read articles of a SQuAD file by their numbers, from 1, as ``read_clapnq`` does.

    One question in four is also asked of the paragraph that answers it and of the next one, each
    alone. Raises SetError for what is no such file.
    """
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))["data"]
        chosen = [data[number - 1] for number in numbers]
        texts = [
            _Written(
                one["title"].replace("_", " "), [part["context"] for part in one["paragraphs"]]
            )
            for one in chosen
        ]
        asked = list(_list_squad_questions(chosen))
    except IndexError as error:
        raise SetError(path, f"has {len(data)} articles; eight are needed") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"cannot be read as squad: {type(error).__name__}: {error}"
        raise SetError(path, what) from error
    articles = _write_articles(texts)
    questions = [
        AskedQuestion(
            key=f"squad: {one.text}",
            text=one.text,
            kind="written to a passage",
            answers=_make_judge(
                articles[one.article], texts[one.article].begins[one.paragraph], one.spans
            ),
        )
        for one in asked
    ]
    articles_of = [one.article for one in asked]
    sets = list(_ask_in_settings(source, articles, questions, articles_of))
    return [*sets, *_ask_of_paragraphs(source, texts, asked)]


@dataclass(frozen=True, slots=True)
class _SquadQuestion:
    """A question by the numbers of its article and paragraph, with the spans that answer there."""

    text: str
    article: int
    paragraph: int
    spans: list[tuple[int, int]]


def _list_squad_questions(chosen: Sequence[Mapping[str, Any]]) -> Iterator[_SquadQuestion]:
    for article, one in enumerate(chosen):
        for paragraph, part in enumerate(one["paragraphs"]):
            for asked in part["qas"]:
                spans = [
                    (found["answer_start"], found["answer_start"] + len(found["text"]))
                    for found in asked["answers"]
                ]
                if spans and not asked.get("is_impossible"):
                    yield _SquadQuestion(asked["question"], article, paragraph, spans)


def _ask_of_paragraphs(
    source: str, texts: Sequence["_Written"], asked: Sequence[_SquadQuestion]
) -> Iterator[AskedSet]:
    """Ask one question in four of its paragraph alone, and of the one behind it."""
    alone = [_Written(text.title, [part]) for text in texts for part in text.paragraphs]
    articles = _write_articles(alone)
    firsts = [0]
    for text in texts:
        firsts.append(firsts[-1] + len(text.paragraphs))
    for one in asked[::_PARAGRAPH_STEP]:
        first, last = firsts[one.article], firsts[one.article + 1]
        number = first + one.paragraph
        begin = alone[number].begins[0]
        judge = _make_judge(articles[number], begin, one.spans)
        question = AskedQuestion(f"squad: {one.text}", one.text, "written to a passage", judge)
        yield AskedSet(source, ALONE, Library((articles[number],)), [question])
        other = first + (one.paragraph + 1) % (last - first)
        yield AskedSet(
            source, TAKEN_OUT, Library((articles[other],)), [question], is_taken_out=True
        )


def _ask_in_settings(
    source: str,
    articles: Sequence[Article],
    questions: Sequence[AskedQuestion],
    articles_of: Sequence[int],
) -> Iterator[AskedSet]:
    """Ask questions of their article alone, of all articles, and of all but those of a part.

    ``articles_of`` are the numbers of the articles of the questions.
    """
    for number, article in enumerate(articles):
        mine = [one for one, of in zip(questions, articles_of, strict=True) if of == number]
        yield AskedSet(source, ALONE, Library((article,)), mine)
    yield AskedSet(source, TOGETHER, Library(tuple(articles)), questions)
    parts = min(_PARTS, len(articles))
    for part in range(parts):
        others = [one for number, one in enumerate(articles) if number % parts != part]
        mine = [one for one, of in zip(questions, articles_of, strict=True) if of % parts == part]
        yield AskedSet(source, TAKEN_OUT, Library(tuple(others)), mine, is_taken_out=True)


@dataclass(frozen=True, slots=True)
class _Written:
    """An article that is written as a file: its title, and its paragraphs."""

    title: str
    paragraphs: Sequence[str]

    @property
    def text(self) -> str:
        """The content of the file."""
        return "\n\n".join([f"# {self.title}", *self.paragraphs])

    @property
    def begins(self) -> list[int]:
        """The offset of each paragraph in the file."""
        begins = []
        at = len(f"# {self.title}\n\n")
        for paragraph in self.paragraphs:
            begins.append(at)
            at += len(paragraph) + len("\n\n")
        return begins


def _write_articles(texts: Iterable[_Written]) -> list[Article]:
    """Read texts as the product reads files: an article for each, in their order."""
    with TemporaryDirectory() as folder:
        for number, written in enumerate(texts):
            path = Path(folder) / f"a{number:05}.md"
            # Two rows may have the same text, and of copies only one is served.
            content = f"{written.text}\n" + "\n" * number
            path.write_text(content, encoding="utf-8", newline="")
        articles = build(Path(folder))[0].articles
    return sorted(articles, key=lambda article: article.file)


def _make_judge(article: Article, begin: int, spans: Sequence[tuple[int, int]]) -> Judge | None:
    """Make a judge of quotations by spans of a paragraph that begins at an offset of a file."""
    if not spans:
        return None
    ranges = [(begin + start, begin + end) for start, end in spans]
    return partial(_overlaps_any, article.file, ranges)


def _overlaps_any(file: str, ranges: Sequence[tuple[int, int]], quote: Quote) -> bool:
    is_there = any(start < quote.end and quote.start < end for start, end in ranges)
    return quote.article.file == file and is_there


def _find_span(sentences: Sequence[str], place: int) -> tuple[int, int]:
    start = sum(len(sentence) + 1 for sentence in sentences[:place])
    return start, start + len(sentences[place])
