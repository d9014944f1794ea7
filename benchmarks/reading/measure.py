"""Measures of reading, cutting and answering.

In: a collection. Out: shares and counts. What people see, and which sentence answers, was written
down by people; the program decides nothing of it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.reading.collection import Collection, Question
from bot.answers.answerer import Answerer
from bot.answers.model import Answer, Quote
from bot.articles.library import build
from bot.articles.model import Article, Sentence

_WORD = re.compile(r"\w+")
# What no reader sees: marks of Markdown and its dialects, of templates, of HTML and of captions.
_MARKUP = re.compile(
    r"\[\[|\]\]|\]\(|\*\*|^:::|^!!! |\?\?\? |==\w|\{\{|\{%|%\}|\}\}|<%|%%|^>|\[!\w+\]"
    r"|</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|&[a-z]+;|&#\d+;|-->|^\|[-:| ]+\||\{[#.:]\s?[\w-]+\}"
    r"|\]\[|\[\^|^(?:import|export) .* from |^#{1,6} |^```",
    re.MULTILINE,
)
# Behind these no sentence ends.
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:e\.g|i\.e|cf|approx|Fig|Tab|Mr|Mrs|Dr|St|No|z\.\s?B|bzw|ca|p\. ex|np|ok|ul)\.$"
)
# A shorter line may stand anywhere.
_EMBEDDED_WORDS = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a collection: counts of words, articles and sentences."""

    visible_words: int
    read_words: int
    titles: int
    right_titles: int
    sentences: int
    cut_sentences: int
    sentences_with_markup: int
    missing: tuple[tuple[str, str], ...]
    wrong_titles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answering:
    """How the questions of a collection were answered; shares of those that have an answer.

    ``refused`` is the share of the others that was refused.
    """

    questions: int
    first: float
    three: float
    answered: float
    unanswerable: int
    refused: float
    quotes: int
    quotes_with_markup: int
    wrong: tuple[tuple[str, str, str], ...]


def measure_reading(collection: Collection) -> Reading:
    """Compare what was read with what people see."""
    library, _ = build(collection.folder)
    articles = {article_key(article, collection): article for article in library.articles}
    visible_words = read_words = 0
    missing: list[tuple[str, str]] = []
    for key, text in collection.visible.items():
        expected = Counter(fold_words(text))
        article = articles.get(key) or _find_copy(key, collection, articles)
        found = count_words(article) if article else Counter()
        lost = expected - found
        # What is embedded from another article is read there.
        lost -= Counter(_list_words_elsewhere(text, key, articles) if lost else ())
        visible_words += expected.total()
        read_words += expected.total() - lost.total()
        if lost:
            missing.append((key, " ".join(lost.elements())))
    wrong_titles = []
    for key, title in collection.titles.items():
        article = articles.get(key) or _find_copy(key, collection, articles)
        given = article.title if article else ""
        if fold_words(given) != fold_words(title):
            wrong_titles.append((key, f"{given!r} for {title!r}"))
    sentences = [sentence for article in library.articles for sentence in sentences_of(article)]
    return Reading(
        visible_words=visible_words,
        read_words=read_words,
        titles=len(collection.titles),
        right_titles=len(collection.titles) - len(wrong_titles),
        sentences=len(sentences),
        cut_sentences=sum(map(count_cuts, library.articles)),
        sentences_with_markup=sum(map(has_markup, sentences)),
        missing=tuple(missing),
        wrong_titles=tuple(wrong_titles),
    )


def _list_words_elsewhere(text: str, key: str, articles: Mapping[str, Article]) -> list[str]:
    """Give the words of those lines of a text that stand as they are in another article."""
    others = [article for other, article in articles.items() if other != key]
    plains = [sentence.plain for article in others for sentence in sentences_of(article)]
    elsewhere = f" {' '.join(fold_words(' '.join(plains)))} "
    words = []
    for line in text.split("\n"):
        line_words = fold_words(line)
        if len(line_words) >= _EMBEDDED_WORDS and f" {' '.join(line_words)} " in elsewhere:
            words += line_words
    return words


def _find_copy(key: str, collection: Collection, articles: Mapping[str, Article]) -> Article | None:
    """Give the article that is served in the place of its copy."""
    return next((articles[other] for other in articles if _is_copy(key, other, collection)), None)


def article_key(article: Article, collection: Collection) -> str:
    """Give the name of an article in its collection: with its ending where two share the path."""
    return article.file if article.file in collection.visible else article.id


def fold_words(text: str) -> list[str]:
    """Give the words of a text without case and punctuation."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def sentences_of(article: Article) -> Iterator[Sentence]:
    """Give all sentences of an article."""
    for section in article.sections:
        yield from section.sentences


def count_words(article: Article) -> Counter[str]:
    """Count the words of an article's title, headings and text, a label before a turn included."""
    words = Counter(fold_words(article.title))
    for section in article.sections:
        words.update(fold_words(section.heading))
        for sentence in section.sentences:
            words.update(fold_words(sentence.plain))
            words.update(fold_words(sentence.form.mark))
    return words


def count_cuts(article: Article) -> int:
    """Count the sentences of an article that end inside a word or behind an abbreviation."""
    cuts = 0
    for one, other in pairwise(sentences_of(article)):
        is_same_block = one.form is other.form
        gap = article.text[one.end : other.start]
        if not is_same_block or "\n\n" in gap:
            continue
        is_inside_word = not gap and one.text[-1:].isalnum() and other.text[:1].isalnum()
        ends_inside_token = not gap and one.text.endswith(".") and other.text[:1].isalnum()
        if is_inside_word or ends_inside_token or _ABBREVIATION.search(one.plain):
            cuts += 1
    return cuts


def has_markup(sentence: Sentence) -> bool:
    """Say whether a sentence shows marks that no reader sees; code may hold anything."""
    return sentence.form.kind != "code" and _MARKUP.search(sentence.plain) is not None


def measure_answering(collection: Collection) -> Answering:
    """Ask all questions."""
    library, _ = build(collection.folder)
    answerer = Answerer(library)
    answered = first = three = refused = quotes = quotes_with_markup = 0
    answerable = [question for question in collection.questions if question.expected]
    wrong = []
    for question in collection.questions:
        answer = answerer.answer(question.text)
        quotes += len(answer.quotes)
        quotes_with_markup += sum(map(_shows_markup, answer.quotes))
        if not question.expected:
            refused += answer.kind != "answer"
            continue
        answered += answer.kind == "answer"
        rights = [is_right(question, quote, collection) for quote in answer.quotes]
        first += any(rights[:1])
        three += any(rights)
        if not any(rights[:1]):
            wrong.append((question.text, question.expected[0].sentence, _show(answer)))
    unanswerable = len(collection.questions) - len(answerable)
    return Answering(
        questions=len(answerable),
        first=first / len(answerable),
        three=three / len(answerable),
        answered=answered / len(answerable),
        unanswerable=unanswerable,
        refused=refused / unanswerable,
        quotes=quotes,
        quotes_with_markup=quotes_with_markup,
        wrong=tuple(wrong),
    )


def _shows_markup(quote: Quote) -> bool:
    return any(map(has_markup, quote.sentences))


def _show(answer: Answer) -> str:
    if not answer.quotes:
        return "refused"
    quote = answer.quotes[0]
    return f"{quote.article.id}: {' / '.join(sentence.plain for sentence in quote.sentences)}"


def is_right(question: Question, quote: Quote, collection: Collection) -> bool:
    """Say whether a quotation holds an expected sentence, or all cells of an expected row.

    It stands in the expected article or in a copy of it.
    """
    shown = [fold_words(quote.section.heading)]
    shown += [fold_words(f"{part.form.mark} {part.plain}") for part in quote.sentences]
    shown += [fold_words(part.form.shown) for part in quote.sentences]
    shown.append([word for words in shown[1 : len(quote.sentences) + 1] for word in words])
    for expected in question.expected:
        key = article_key(quote.article, collection)
        if key != expected.article and not _is_copy(key, expected.article, collection):
            continue
        cells = [fold_words(cell) for cell in expected.sentence.split(" · ")]
        if any(_holds_all(words, cells) for words in shown[1:]):
            return True
    return False


def _is_copy(one: str, other: str, collection: Collection) -> bool:
    visible = collection.visible
    return one in visible and visible[one] == visible.get(other)


def _holds_all(words: Sequence[str], cells: Sequence[Sequence[str]]) -> bool:
    text = f" {' '.join(words)} "
    return all(f" {' '.join(cell)} " in text for cell in cells)
