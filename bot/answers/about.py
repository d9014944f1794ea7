"""What is told about the articles themselves: who wrote one, when, how long it is, what it has.

In: articles and the fact that is asked for. Out: a line for people. What an article does not say is
said to be unknown; nothing is guessed.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from bot.answers.model import About, Place
from bot.answers.names import list_names, quote_name
from bot.answers.request_model import Aspect
from bot.articles.model import Article, Sentence
from bot.texts import about as texts
from bot.texts import end_sentence
from bot.texts.filling import tell_date

# Of so many articles each fact is told; more names than that are counted.
MOST_ARTICLES = 5
_MOST_NAMES = 25
# Words that are read a minute, silently: Brysbaert (2019), 238 of English non-fiction.
_WORDS_PER_MINUTE = 238
# A word, or a character of a script that has no blanks.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+(?:['’.,-]\w+)*")
# "This article describes the state of affairs up to August 2025": an article about itself.
_OWN_NAME = (
    r"\b(?:this|dies\w*|cet(?:te)?|ce|este|esta|quest[oa]|ten|ta|цей|ця|эта|этот|dit|deze|bu)"
    r" (?:article|text|page|guide|document|overview|report|artikel|seite|texte|art[ií]culo|texto"
    r"|p[aá]gina|artigo|articolo|testo|artyku[lł]|tekst|strona|стаття|текст|сторінка|статья"
    r"|страница|makale|metin|sayfa)\b"
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@cache
def _compile_own_name() -> re.Pattern[str]:
    """Compile how an article speaks of itself; few questions ask for that."""
    return re.compile(_OWN_NAME, re.IGNORECASE)


def count_words(article: Article) -> int:
    """Count the words of an article's text, without its headings."""
    texts_of = (sentence.plain for section in article.sections for sentence in section.sentences)
    return sum(len(_WORD.findall(text)) for text in texts_of)


def count_minutes(words: int) -> int:
    """Give the minutes that reading so many words takes, at least one."""
    return max(1, round(words / _WORDS_PER_MINUTE))


def list_headings(article: Article) -> list[str]:
    """Give the headings of an article, in order."""
    return [section.heading for section in article.sections if section.heading]


def find_own_date(article: Article) -> Sentence | None:
    """Find the sentence in which an article says of itself of what year it is; None without one."""
    for section in article.sections:
        for sentence in section.sentences:
            if _compile_own_name().search(sentence.plain) and _YEAR.search(sentence.plain):
                return sentence
    return None


def make_message(about: About, total: int) -> str:
    """Tell the facts of an answer about articles; ``total`` is how many articles there are."""
    if about.asked == "articles":
        titles = [article.title for article in about.articles]
        return texts.ARTICLES(len(titles), titles=list_names(map(quote_name, titles), _MOST_NAMES))
    tell = _TELLERS[about.asked]
    lines = [tell(article) for article in about.articles]
    left_out = total - len(lines)
    if left_out > 0:
        lines.append(texts.MORE_ARTICLES(left_out))
    return " ".join(lines)


def _tell_author(article: Article) -> str:
    if not article.author:
        return texts.NO_AUTHOR(title=article.title)
    return end_sentence(texts.AUTHOR(title=article.title, author=article.author))


def _tell_date(article: Article) -> str:
    told = texts.NO_DATE(title=article.title)
    if article.date:
        told = end_sentence(texts.DATE(title=article.title, date=tell_date(article.date)))
    sentence = find_own_date(article)
    if sentence is None:
        return told
    return told + texts.OWN_DATE(sentence=sentence.plain)


def _tell_source(article: Article) -> str:
    template = texts.SOURCE if article.source else texts.NO_SOURCE
    return template(title=article.title, source=article.source, file=article.file)


def _tell_length(article: Article) -> str:
    words = count_words(article)
    minutes = count_minutes(words)
    length = texts.WORDS(words, title=article.title)
    return length + texts.MINUTES(minutes)


def _tell_sections(article: Article) -> str:
    headings = list_headings(article)
    if not headings:
        return texts.NO_SECTIONS(title=article.title)
    has_opening = not article.sections[0].heading
    opening = texts.OPENING() if has_opening else ""
    names = list_names(map(quote_name, headings), _MOST_NAMES)
    return texts.SECTIONS(len(headings), title=article.title, opening=opening, names=names)


def _tell_language(article: Article) -> str:
    known = texts.LANGUAGES.get(article.language)
    name = known() if known is not None else texts.OTHER_LANGUAGE(code=article.language)
    return texts.LANGUAGE(title=article.title, language=name)


_TELLERS: dict[Aspect, Callable[[Article], str]] = {
    "author": _tell_author,
    "date": _tell_date,
    "source": _tell_source,
    "length": _tell_length,
    "sections": _tell_sections,
    "language": _tell_language,
}


def tell_mentions(about: About, nearest: Sequence[Place]) -> str:
    """Tell where the articles have something about a topic, or what is ``nearest`` to it."""
    if about.places:
        names = _name_places(about.places)
        return texts.MENTIONED(len(about.places), topic=about.topic, names=names)
    if nearest:
        names = _name_places(nearest)
        return texts.NEARLY_MENTIONED(topic=about.topic, names=names)
    return texts.NOT_MENTIONED(topic=about.topic)


def _name_places(places: Sequence[Place]) -> str:
    several = len({id(article) for article, _ in places}) > 1
    names = [_name_place(place, with_title=several) for place in places]
    return list_names(names, _MOST_NAMES)


def _name_place(place: Place, *, with_title: bool) -> str:
    article, section = place
    heading = quote_name(section.heading) if section.heading else texts.LEAD()
    if not with_title:
        return heading
    return texts.SECTION_OF(heading=heading, title=article.title)
