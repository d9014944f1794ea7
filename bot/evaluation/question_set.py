"""An editor's questions with what is expected of them: YAML files in, questions with places in the articles out.

In: the files, and the library that they are about. Out: a QuestionSet, or every fault of all files at once, each with
its line and how to mend it. What is expected is looked up word by word, folded as the search folds them: case, accents
and markup do not count.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from bot import strict_yaml
from bot.articles.library import Library
from bot.articles.model import Article, Section, Sentence
from bot.search.analysis.analyzer import fold, tokenize
from bot.strict_yaml import Node, Scalar, YamlError, read_yaml
from bot.visible import keep_visible

_MAX_BYTES = 1_048_576
# Whoever has mended so many looks again anyway.
_MAX_FAULTS = 100
_SHOWN = 160

_KEYS = ("question", "sentence", "section", "article", "not_answered", "kind")
_NOTHING_READ = "there is none at all; articlebot check tells what was read"
_EXAMPLE = "for example sentence: The ferry leaves at six."


@dataclass(frozen=True, slots=True)
class QuestionSetFault:
    """What is wrong with a file that was handed in, and how to mend it. Line and column are 1-based, or 0: the file.

    The texts are cut to what people read.
    """

    file: str
    line: int
    column: int
    what: str
    hint: str = ""

    def __post_init__(self) -> None:
        """Keep of each text what can be seen, and not more than people read."""
        object.__setattr__(self, "file", keep_visible(self.file, keep_end=True))
        object.__setattr__(self, "what", keep_visible(self.what))
        object.__setattr__(self, "hint", keep_visible(self.hint))

    def __str__(self) -> str:
        """Render as ``file:line:column: what (hint)``."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class InputError(Exception):
    """All that is wrong with the files that were handed in."""

    def __init__(self, faults: Sequence[QuestionSetFault]) -> None:
        """Keep the faults; the message is one a line."""
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


Place = tuple[Article, Section]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is expected: any of ``sentences``, if there are any, and any of ``places``; if none, nothing.

    ``expected`` is what the editor wrote. Where only sentences are named, the places are the sections that hold them.
    """

    text: str
    file: str
    line: int
    kind: str = ""
    expected: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def is_covered(self) -> bool:
        """Whether the articles are expected to answer it."""
        return bool(self.places)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of all files, in order, and what the files say about themselves."""

    files: tuple[str, ...]
    about: tuple[str, ...]
    questions: tuple[Question, ...]


def read_text(path: Path, most_bytes: int) -> str:
    """Read a UTF-8 file of at most ``most_bytes``; raises InputError with its one fault."""
    try:
        with path.open("rb") as file:
            raw = file.read(most_bytes + 1)
    except OSError as error:
        raise InputError(
            [QuestionSetFault(_name(path), 0, 0, f"can't be read: {error.strerror}")]
        ) from None
    if len(raw) > most_bytes:
        raise InputError(
            [QuestionSetFault(_name(path), 0, 0, f"larger than {most_bytes:,} bytes", "divide it")]
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            [QuestionSetFault(_name(path), 0, 0, "can't be read: not UTF-8", "save it as UTF-8")]
        ) from None


def _name(path: Path) -> str:
    return str(path).encode("utf-8", "replace").decode()


def read_questions(paths: Sequence[Path], library: Library) -> QuestionSet:
    """Read question sets and find in ``library`` what they expect; raises InputError with every fault of every file.

    Of a file's faults at most a hundred are told, the first by line, and how many more there are.
    """
    reader = _Reader(library)
    for path in paths:
        reader.read(path)
    if reader.faults:
        raise InputError(reader.faults)
    return QuestionSet(tuple(map(_name, paths)), tuple(reader.about), tuple(reader.questions))


class _Reader:
    """Collects the questions of files, and their faults."""

    def __init__(self, library: Library) -> None:
        self.questions: list[Question] = []
        self.about: list[str] = []
        self.faults: list[QuestionSetFault] = []
        self._index_cache = _PageCache(library)
        self._first: dict[str, str] = {}
        self._file = ""

    def read(self, path: Path) -> None:
        self._file = _name(path)
        begin = len(self.faults)
        try:
            root = read_yaml(read_text(path, _MAX_BYTES), max_bytes=_MAX_BYTES)
        except InputError as error:
            self.faults += error.faults
        except YamlError as error:
            self.faults.append(
                QuestionSetFault(self._file, error.line, error.column, error.what, error.hint)
            )
        else:
            self._read_set(root)
        faults = sorted(self.faults[begin:], key=lambda fault: (fault.line, fault.column))
        if len(faults) > _MAX_FAULTS:
            first, more = faults[_MAX_FAULTS], len(faults) - _MAX_FAULTS
            what = f"faults that are not listed: {more:,} more, the first of them here"
            faults[_MAX_FAULTS:] = [
                QuestionSetFault(
                    self._file, first.line, first.column, what, "mend the others first"
                )
            ]
        self.faults[begin:] = faults

    def _fault(self, node: Node, what: str, hint: str = "") -> None:
        self.faults.append(QuestionSetFault(self._file, node.line, node.column, what, hint))

    def _read_set(self, root: Node) -> None:
        entries = self._entries(
            root, ("questions", "about"), "begin with questions: and a list below it"
        )
        if entries is None:
            return
        if "about" in entries:
            self.about += [text.text for text in self._texts("about", entries["about"])]
        questions = entries.get("questions")
        if not isinstance(questions, strict_yaml.Sequence) or not questions.items:
            self._fault(
                questions or root,
                "there are no questions",
                "begin with questions: and a list below it",
            )
            return
        for node in questions.items:
            self._read_question(node)

    def _entries(self, node: Node, keys: Sequence[str], hint: str) -> dict[str, Node] | None:
        if not isinstance(node, strict_yaml.Mapping):
            self._fault(node, "not `key: value` lines", hint)
            return None
        for name, (key, _) in node.entries.items():
            if name not in keys:
                self._fault(key, f'"{name}" is not a key here', f"there are {', '.join(keys)}")
        return {name: value for name, (_, value) in node.entries.items() if name in keys}

    def _texts(self, key: str, node: Node | None) -> list[Scalar]:
        """Give one text or each of a list; what is none is a fault."""
        if node is None:
            return []
        items = node.items if isinstance(node, strict_yaml.Sequence) else (node,)
        texts = [item for item in items if isinstance(item, Scalar) and item.text.strip()]
        if not texts or len(texts) < len(items):
            self._fault(node, f"{key}: a text or a list of texts is wanted")
        return texts

    def _text(self, key: str, node: Node | None) -> str:
        texts = self._texts(key, node)
        if isinstance(node, strict_yaml.Sequence) and texts:
            self._fault(node, f"{key}: one text is wanted", "not a list")
        return " ".join(texts[0].text.split()) if texts else ""

    def _read_question(self, node: Node) -> None:
        before = len(self.faults)
        entries = self._entries(node, _KEYS, "for example - question: When does the ferry leave?")
        if entries is None:
            return
        if "question" not in entries:
            self._fault(
                node, "the question is missing", "for example question: When does the ferry leave?"
            )
        text = self._text("question", entries.get("question"))
        kind = self._text("kind", entries.get("kind"))
        self._note_first(text, node)
        self._check_expectation(node, entries)
        articles = self._find_articles(self._texts("article", entries.get("article")))
        is_named = "article" in entries
        sections = self._texts("section", entries.get("section"))
        places = self._find_places(sections, articles, is_named=is_named)
        wanted = self._texts("sentence", entries.get("sentence"))
        found = self._find_sentences(wanted, articles, places, is_named=is_named)
        if len(self.faults) == before:
            expected = tuple(one.text for one in wanted or sections)
            held = dict.fromkeys(page for page, _ in found)
            holders = tuple((page.article, page.section) for page in held) or tuple(places)
            sentences = tuple(dict.fromkeys(sentence for _, sentence in found))
            question = Question(
                text, self._file, node.line, kind, expected, sentences, tuple(places) or holders
            )
            self.questions.append(question)

    def _note_first(self, text: str, node: Node) -> None:
        if text in self._first:
            self._fault(
                node, f"“{text}” is asked twice", f"it stands in {self._first[text]} already"
            )
        elif text:
            self._first[text] = f"{self._file}:{node.line}"

    def _check_expectation(self, node: Node, entries: Mapping[str, Node]) -> None:
        refusal = entries.get("not_answered")
        named = [key for key in ("sentence", "section", "article") if key in entries]
        if refusal is None:
            if named in ([], ["article"]):
                hint = f"add sentence:, section: or not_answered: true; {_EXAMPLE}"
                self._fault(node, "it does not say what is expected", hint)
        elif not isinstance(refusal, Scalar) or refusal.text != "true":
            self._fault(
                refusal,
                "not_answered: only true can be said",
                "leave it out where an answer is expected",
            )
        elif named:
            self._fault(
                refusal,
                f"not_answered contradicts {' and '.join(named)}",
                "keep the one or the other",
            )

    def _find_articles(self, names: Sequence[Scalar]) -> Sequence[Article]:
        """Find the articles that are named; all of them where none is, or none is found."""
        articles: list[Article] = []
        for name in names:
            found = self._index_cache.find_articles(name.text)
            if not found:
                titles = [article.title for article in self._index_cache.articles]
                self._fault(name, f"there is no article “{name.text}”", _nearest(name.text, titles))
            elif len(found) > 1:
                ids = " or ".join(article.id for article in found)
                self._fault(
                    name, f"several articles are called “{name.text}”", f"give the id: {ids}"
                )
            articles += found
        return articles or self._index_cache.articles

    def _find_places(
        self, names: Sequence[Scalar], articles: Sequence[Article], *, is_named: bool
    ) -> list[Place]:
        places: list[Place] = []
        for name in names:
            found = _find_sections(articles, name.text)
            if not found:
                headings = [
                    section.heading
                    for article in articles
                    for section in article.sections
                    if section.heading
                ]
                self._fault(
                    name, f"there is no section “{name.text}”", _nearest(name.text, headings)
                )
            elif not is_named:
                self._check_unique(name, "section", [article for article, _ in found])
            places += [place for place in found if place not in places]
        return places

    def _check_unique(self, name: Scalar, noun: str, holders: Sequence[Article]) -> None:
        ids = list(dict.fromkeys(article.id for article in holders))
        if len(ids) > 1:
            listed = ", ".join(ids[:5]) + (", …" if len(ids) > 5 else "")
            hint = f"say which is meant, or list them, as in article: {ids[0]}"
            self._fault(
                name,
                f"the {noun} “{_shorten(name.text)}” stands in several articles: {listed}",
                hint,
            )

    def _find_sentences(
        self,
        texts: Sequence[Scalar],
        articles: Sequence[Article],
        places: Sequence[Place],
        *,
        is_named: bool,
    ) -> "list[tuple[_Page, Sentence]]":
        pages = self._index_cache.pages(articles, places)
        found: list[tuple[_Page, Sentence]] = []
        for text in texts:
            here = [(page, sentence) for page in pages for sentence in page.find(text.text)]
            if not here:
                where = "what is named" if is_named or places else "the articles"
                what = f"“{_shorten(text.text)}” does not stand in {where}"
                self._fault(text, what, self._index_cache.locate(text.text, pages))
            elif not is_named:
                self._check_unique(text, "sentence", [page.article for page, _ in here])
            found += here
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """A section's text, folded, between blanks; ``starts`` are where its sentences begin in it."""

    article: Article
    section: Section
    folded: str
    starts: Sequence[int]
    sentences: Sequence[Sentence]

    def find(self, text: str) -> list[Sentence]:
        """Find the sentences that hold a part of a sentence, or of several in a row."""
        wanted = f" {_folded(text)} "
        found: dict[int, None] = {}
        at = self.folded.find(wanted)
        while at >= 0:
            first, last = (
                bisect_right(self.starts, place) - 1 for place in (at + 1, at + len(wanted) - 2)
            )
            found.update(dict.fromkeys(range(first, last + 1)))
            at = self.folded.find(wanted, at + 1)
        return [self.sentences[number] for number in found]


def _make_page(article: Article, section: Section) -> _Page:
    folded, starts, sentences = " ", [], []
    for sentence in section.sentences:
        if words := _folded(sentence.plain):
            starts.append(len(folded))
            sentences.append(sentence)
            folded += f"{words} "
    return _Page(article, section, folded, starts, sentences)


class _PageCache:
    """The articles, ready to be looked up by what an editor copied from them."""

    def __init__(self, library: Library) -> None:
        self.articles = library.articles
        self._pages = [_make_page(article, section) for article, section in library.sections()]

    def find_articles(self, name: str) -> list[Article]:
        by_id = [article for article in self.articles if article.id == name]
        return by_id or [
            article for article in self.articles if _folded(article.title) == _folded(name)
        ]

    def pages(self, articles: Sequence[Article], places: Sequence[Place]) -> list[_Page]:
        """Give the sections of ``places``, or of ``articles`` where there are no places."""
        ids = {article.id for article in articles}
        wanted = {(article.id, section.number) for article, section in places}
        return [
            page
            for page in self._pages
            if (
                (page.article.id, page.section.number) in wanted
                if wanted
                else page.article.id in ids
            )
        ]

    def locate(self, text: str, pages: Sequence[_Page]) -> str:
        """Say where a text stands that is not in ``pages``, or what stands in them that is nearest to it."""
        elsewhere = next(
            ((page, found[0]) for page in self._pages if (found := page.find(text))), None
        )
        if elsewhere is not None:
            page, sentence = elsewhere
            return f"it stands in {_label((page.article, page.section))}, {sentence.file}:{sentence.line}"
        sentences = [sentence for page in pages for sentence in page.sentences]
        if not sentences:
            return _NOTHING_READ
        plain = [_folded(sentence.plain) for sentence in sentences]
        _, _, number = process.extractOne(_folded(text), plain, scorer=fuzz.WRatio)
        sentence = sentences[number]
        return f"nearest to it: “{_shorten(sentence.plain)}” in {sentence.file}:{sentence.line}"


def _find_sections(articles: Sequence[Article], name: str) -> list[Place]:
    """Find sections by number, or by heading where no section has the number."""
    places = [(article, section) for article in articles for section in article.sections]
    by_number = [place for place in places if str(place[1].number) == name.strip()]
    return by_number or [
        place for place in places if place[1].heading and _folded(place[1].heading) == _folded(name)
    ]


def _nearest(name: str, names: Sequence[str]) -> str:
    if not names:
        return _NOTHING_READ
    _, _, number = process.extractOne(
        _folded(name), [_folded(one) for one in names], scorer=fuzz.WRatio
    )
    return f"nearest to it: “{names[number]}”"


def _folded(text: str) -> str:
    return " ".join(filter(None, map(fold, tokenize(text)))) or text.strip().casefold()


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


def _label(place: Place, *, with_article: bool = False) -> str:
    article, section = place
    heading = f"“{section.heading}”" if section.heading else f"the lead of “{article.title}”"
    return f"{heading} ({article.id})" if with_article and section.heading else heading
