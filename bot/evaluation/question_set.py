"""An editor's questions with what is expected of them, read from YAML files.

In: the files, and the library that they are about. Out: a QuestionSet, or every fault of all files
at once, each with its line and how to mend it. ``expectations`` locates what is expected.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import get_args

from bot import strict_yaml
from bot.answers.request_model import Aspect
from bot.articles.library import Library
from bot.articles.model import Article
from bot.evaluation.article_lookup import ArticleLookup
from bot.evaluation.expectations import ExpectationLocator, FoundSentence
from bot.evaluation.input_files import InputError, InputFault, printable_name, read_text
from bot.evaluation.model import ArticleSection, ExpectedRequest, Question, QuestionSet
from bot.strict_yaml import Node, Scalar, YamlError, read_yaml
from bot.texts import common
from bot.texts import evaluation as texts

# A megabyte holds ten thousand questions; what is larger is something else.
_MAX_BYTES = 1_048_576
# Whoever has mended so many faults of a file looks again anyway.
_MAX_FAULTS = 100

_SET_KEYS = ("questions", "about")
_QUESTION_KEYS = (
    "question",
    "sentence",
    "section",
    "article",
    "summary",
    "about",
    "not_answered",
    "kind",
)
# The keys that say what is expected of an answer.
_EXPECTATION_KEYS = ("sentence", "section", "article", "summary", "about")
# The keys that a request can't have beside it.
_CONTRADICTING_KEYS = {"summary": ("sentence", "about"), "about": ("sentence", "section")}
# What may be asked about articles, beside a summary.
_FACTS: tuple[Aspect, ...] = tuple(one for one in get_args(Aspect) if one != "summary")


def read_questions(paths: Sequence[Path], library: Library) -> QuestionSet:
    """Read question sets and locate in ``library`` what they expect.

    Raises InputError with every fault of every file. Of a file's faults at most a hundred are told,
    the first by line, and how many more there are.
    """
    lookup = ArticleLookup(library)
    first_places: dict[str, str] = {}
    files: list[str] = []
    about: list[str] = []
    questions: list[Question] = []
    faults: list[InputFault] = []
    for path in paths:
        reader = _FileReader(printable_name(path), lookup, first_places)
        reader.read(partial(read_text, path, _MAX_BYTES))
        files.append(reader.file)
        about += reader.about
        questions += reader.questions
        faults += _limit_faults(reader.faults)
    if faults:
        raise InputError(faults)
    return QuestionSet(tuple(files), tuple(about), tuple(questions))


def read_sound_questions(
    file: str, text: str, library: Library
) -> tuple[tuple[Question, ...], tuple[InputFault, ...]]:
    """Give those questions of one set that fit a library, and the faults of the others.

    ``text`` is that of the set, ``file`` the name by which faults are told.
    """
    reader = _FileReader(file, ArticleLookup(library), {})
    reader.read(lambda: text)
    return tuple(reader.questions), tuple(_limit_faults(reader.faults))


def _limit_faults(faults: Sequence[InputFault]) -> list[InputFault]:
    """Sort the faults of one file by place; put one that counts them for those beyond a hundred."""
    ordered = sorted(faults, key=lambda fault: (fault.line, fault.column))
    if len(ordered) <= _MAX_FAULTS:
        return ordered
    first = ordered[_MAX_FAULTS]
    left_out = len(ordered) - _MAX_FAULTS
    what = texts.MORE_FAULTS(count=left_out)
    rest = InputFault(first.file, first.line, first.column, what, texts.MORE_FAULTS_HINT)
    return [*ordered[:_MAX_FAULTS], rest]


class _FileReader:
    """Collects the questions of one file, and its faults.

    ``first_places`` is shared by the readers of all files: where each question stands first.
    """

    def __init__(self, file: str, lookup: ArticleLookup, first_places: dict[str, str]) -> None:
        self.file = file
        self.questions: list[Question] = []
        self.about: list[str] = []
        self.faults: list[InputFault] = []
        self._locator = ExpectationLocator(lookup, self._report)
        self._first_places = first_places

    def read(self, load: Callable[[], str]) -> None:
        """Read the text that ``load`` gives; it may raise InputError."""
        try:
            root = read_yaml(load(), max_bytes=_MAX_BYTES)
        except InputError as error:
            self.faults += error.faults
        except YamlError as error:
            fault = InputFault(self.file, error.line, error.column, error.what, error.hint)
            self.faults.append(fault)
        else:
            self._read_set(root)

    def _report(self, node: Node, what: str, hint: str = "") -> None:
        fault = InputFault(self.file, node.line, node.column, what, hint)
        self.faults.append(fault)

    def _read_set(self, root: Node) -> None:
        entries = self._read_entries(root, _SET_KEYS, texts.QUESTION_LIST_EXAMPLE)
        if entries is None:
            return
        about = self._read_texts("about", entries.get("about"))
        self.about += [text.text for text in about]
        questions = entries.get("questions")
        if isinstance(questions, strict_yaml.Sequence) and questions.items:
            for node in questions.items:
                self._read_question(node)
        else:
            place = questions or root
            self._report(place, texts.NO_QUESTIONS, texts.QUESTION_LIST_EXAMPLE)

    def _read_entries(
        self, node: Node, known_keys: Sequence[str], example: str
    ) -> dict[str, Node] | None:
        """Give the values of known keys; other keys are faults. None if there are no keys."""
        if not isinstance(node, strict_yaml.Mapping):
            self._report(node, common.NOT_A_MAPPING(), example)
            return None
        entries: dict[str, Node] = {}
        for name, (key, value) in node.entries.items():
            if name in known_keys:
                entries[name] = value
            else:
                hint = common.KNOWN_KEYS(keys=", ".join(known_keys))
                self._report(key, common.UNKNOWN_KEY(key=name), hint)
        return entries

    def _read_texts(self, key: str, node: Node | None) -> list[Scalar]:
        """Give one text or each of a list; what is no text is a fault."""
        if node is None:
            return []
        items = node.items if isinstance(node, strict_yaml.Sequence) else (node,)
        scalars = [item for item in items if isinstance(item, Scalar)]
        found = [scalar for scalar in scalars if scalar.text.strip()]
        if not found or len(found) < len(items):
            self._report(node, texts.TEXTS_WANTED(key=key))
        return found

    def _read_text(self, key: str, node: Node | None) -> str:
        """Give a text in one line, or nothing; a list is a fault."""
        found = self._read_texts(key, node)
        if isinstance(node, strict_yaml.Sequence) and found:
            self._report(node, texts.TEXT_WANTED(key=key), texts.TEXT_WANTED_HINT)
        if not found:
            return ""
        return " ".join(found[0].text.split())

    def _read_question(self, node: Node) -> None:
        faults_before = len(self.faults)
        entries = self._read_entries(node, _QUESTION_KEYS, texts.QUESTION_ITEM_EXAMPLE)
        if entries is None:
            return
        if "question" not in entries:
            self._report(node, texts.QUESTION_MISSING, texts.QUESTION_EXAMPLE)
        text = self._read_text("question", entries.get("question"))
        kind = self._read_text("kind", entries.get("kind"))
        self._check_repetition(text, node)
        self._check_expectation(node, entries)
        aspect = self._read_aspect(entries)
        expected, articles, sections, found = self._locate_expectation(entries)
        if len(self.faults) > faults_before:
            return
        if aspect is not None:
            request = ExpectedRequest(aspect, tuple(articles), tuple(sections))
            place = (text, self.file, node.line)
            self.questions.append(Question(*place, kind, expected, request=request))
            return
        holders = dict.fromkeys((one.article, one.section) for one, _ in found)
        sentences = dict.fromkeys(sentence for _, sentence in found)
        question = Question(
            text,
            self.file,
            node.line,
            kind,
            expected,
            expected_sentences=tuple(sentences),
            expected_sections=tuple(sections) or tuple(holders),
        )
        self.questions.append(question)

    def _check_repetition(self, text: str, node: Node) -> None:
        if text in self._first_places:
            first_place = self._first_places[text]
            hint = texts.QUESTION_REPEATED_HINT(place=first_place)
            self._report(node, texts.QUESTION_REPEATED(question=text), hint)
        elif text:
            self._first_places[text] = f"{self.file}:{node.line}"

    def _check_expectation(self, node: Node, entries: Mapping[str, Node]) -> None:
        """Report a question that expects nothing, or both an answer and none."""
        not_answered = entries.get("not_answered")
        named = [key for key in _EXPECTATION_KEYS if key in entries]
        if not_answered is None:
            if named in ([], ["article"]):
                self._report(node, texts.NOTHING_EXPECTED, texts.NOTHING_EXPECTED_HINT)
        elif not isinstance(not_answered, Scalar) or not_answered.text != "true":
            self._report(not_answered, texts.NOT_ANSWERED_VALUE, texts.NOT_ANSWERED_VALUE_HINT)
        elif named:
            what = texts.NOT_ANSWERED_CONTRADICTS(keys=common.AND().join(named))
            self._report(not_answered, what, texts.NOT_ANSWERED_CONTRADICTS_HINT)

    def _read_aspect(self, entries: Mapping[str, Node]) -> Aspect | None:
        """Give what is to be told of articles: "summary" or a fact; None where a quotation is."""
        for key, contradicting in _CONTRADICTING_KEYS.items():
            named = [one for one in contradicting if one in entries]
            if key in entries and named:
                what = texts.REQUEST_CONTRADICTS(key=key, keys=common.AND().join(named))
                self._report(entries[key], what, texts.NOT_ANSWERED_CONTRADICTS_HINT)
        summary = entries.get("summary")
        if summary is not None:
            if not isinstance(summary, Scalar) or summary.text != "true":
                self._report(summary, texts.SUMMARY_VALUE, texts.SUMMARY_VALUE_HINT)
            return "summary"
        about = entries.get("about")
        if about is None:
            return None
        wanted = self._read_text("about", about)
        found = next((fact for fact in _FACTS if fact == wanted), None)
        if found is None and wanted:
            hint = texts.KNOWN_FACTS(facts=", ".join(_FACTS))
            self._report(about, texts.UNKNOWN_FACT(fact=wanted), hint)
        return found

    def _locate_expectation(
        self, entries: Mapping[str, Node]
    ) -> tuple[tuple[str, ...], Sequence[Article], list[ArticleSection], list[FoundSentence]]:
        """Give what the editor wrote, and the articles, sections and sentences that are named."""
        is_article_named = "article" in entries
        article_names = self._read_texts("article", entries.get("article"))
        articles = self._locator.locate_articles(article_names)
        section_names = self._read_texts("section", entries.get("section"))
        sections = self._locator.locate_sections(
            section_names, articles, is_article_named=is_article_named
        )
        sentences = self._read_texts("sentence", entries.get("sentence"))
        found = self._locator.locate_sentences(
            sentences, articles, sections, is_article_named=is_article_named
        )
        expected = tuple(one.text for one in sentences or section_names)
        return expected, articles, sections, found
