"""Where on its web page a sentence stands: an address that opens the page at the sentence.

In: an article with the address of its page, and one of its sentences. Out: that address with a text
fragment (https://wicg.github.io/scroll-to-text-fragment/): ``#:~:text=`` and words that a browser
looks for, scrolls to and highlights. The words are chosen so that they stand in the article only
once; of a long sentence they are its first and last words. Where no words do, or the address gets
too long, it is the page alone.

A browser compares words without case and accents. Here blanks do not count either, nor where words
begin: so what is found once here is found at most once there.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from bot.answers.pages import CELL_SEPARATOR
from bot.articles.addresses import split_address
from bot.articles.model import Article, Sentence

# What divides the fragment of an address, if it has one, from the directive for the browser.
FRAGMENT = ":~:text="
_DIRECTIVE = ":~:"
# A longer address is a burden to whoever copies it.
_LONGEST = 400
# A text that takes more than this when it is encoded is named by its first and last words.
_LONGEST_WHOLE = 100
# So many words are taken of each end, and of what stands before or behind a text.
_FEWEST_WORDS = 3
_MOST_WORDS = 8
# A word, or in a script without blanks what a comma ends, or both.
_WORD = re.compile(r"[^\s、，；：]+[、，；：]*|[、，；：]+")
_MARKS = re.compile("[\u0300-\u036f]+")


def find_page_address(article: Article, sentence: Sentence) -> str:
    """Give the address of an article's page at a sentence; empty where no page is known.

    The sentence is one of the article's own, by identity. Only an address with https gets a
    fragment.
    """
    parts = split_address(article.source)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    page = article.source
    if parts.scheme == "http" or _DIRECTIVE in page or not page.isprintable() or " " in page:
        return page
    joint = "" if "#" in page else "#"
    for words in _find_words(article, sentence):
        address = f"{page}{joint}{FRAGMENT}{words}"
        if len(address) <= _LONGEST:
            return address
    return page


def _find_words(article: Article, sentence: Sentence) -> Iterator[str]:
    """Give directives that name a sentence and nothing else of its article, the best first."""
    page = _Page(article, sentence)
    first, last = page.texts[0], page.texts[-1]
    if len(page.texts) == 1 and len(_encode(first)) <= _LONGEST_WHOLE:
        yield from page.name_text(first)
        return
    for words_before in (0, _FEWEST_WORDS):
        for count in range(_FEWEST_WORDS, _MOST_WORDS + 1):
            ends = _first_words(first, count), _last_words(last, count)
            yield from page.name_range(ends, words_before)


class _Page:
    """What an article reads, and where on it one of its sentences stands.

    ``texts`` are those of the sentence that stand in one block each: itself, or a row's cells.
    """

    def __init__(self, article: Article, sentence: Sentence) -> None:
        """Read the article; ``sentence`` is one of its own."""
        blocks = list(_read_blocks(article))
        owners = [owner for _, owner in blocks]
        all_texts = ["", *(text for text, _ in blocks), ""]
        places = [place for place, owner in enumerate(owners, 1) if owner is sentence]
        first, last = places[0], places[-1]
        self._before = all_texts[first - 1]
        self._behind = all_texts[last + 1]
        self.texts = all_texts[first : last + 1]
        self._all = _fold("".join(all_texts))

    def name_text(self, text: str) -> Iterator[str]:
        """Give directives for a text as a whole, with what stands next to it where that helps."""
        if self._is_only(text):
            yield _encode(text)
            return
        for count in range(1, _MOST_WORDS + 1):
            before = _last_words(self._before, count)
            behind = _first_words(self._behind, count)
            if before and self._is_only(before + text):
                yield f"{_encode(before)}-,{_encode(text)}"
            if behind and self._is_only(text + behind):
                yield f"{_encode(text)},-{_encode(behind)}"

    def name_range(self, ends: tuple[str, str], words_before: int) -> Iterator[str]:
        """Give the directive for the sentence by its beginning and its end, if these do.

        So many words before it are named as well. A browser takes the first end behind the
        beginning, so this has to be the sentence's own.
        """
        beginning, end = ends
        whole = _fold("".join(self.texts))
        folded_end = _fold(end)
        first_end = whole.find(folded_end, len(_fold(beginning)))
        if first_end < 0 or first_end + len(folded_end) != len(whole):
            return
        before = _last_words(self._before, words_before)
        prefix = f"{_encode(before)}-," if before else ""
        if self._is_only(before + beginning):
            yield f"{prefix}{_encode(beginning)},{_encode(end)}"

    def _is_only(self, text: str) -> bool:
        """Say whether a text stands in the article once."""
        folded = _fold(text)
        first = self._all.find(folded)
        return first >= 0 and self._all.find(folded, first + 1) < 0


def _read_blocks(article: Article) -> Iterator[tuple[str, Sentence | None]]:
    """Give the texts of an article as they come on its page, and of which sentence each is.

    Of no sentence are the title, headings, and the header that reads before a table's first row.
    """
    yield article.title, None
    for section in article.sections:
        yield section.heading, None
        for sentence in section.sentences:
            if sentence.form.kind != "row":
                yield sentence.plain, sentence
                continue
            cells = sentence.plain.split(CELL_SEPARATOR)
            shown = sentence.form.shown
            number = len(shown.split(CELL_SEPARATOR)) if shown else len(cells)
            yield from ((cell, None) for cell in cells[:-number])
            yield from ((cell, sentence) for cell in cells[-number:])


def _fold(text: str) -> str:
    """Give a text as it is compared: without case, accents and blanks."""
    joined = "".join(text.split())
    if joined.isascii():
        return joined.lower()
    decomposed = unicodedata.normalize("NFKD", joined)
    return _MARKS.sub("", decomposed).casefold()


def _first_words(text: str, count: int) -> str:
    """Give the first words of a text as it has them."""
    words = [word.end() for word in _WORD.finditer(text)]
    return text[: words[min(count, len(words)) - 1]] if words else ""


def _last_words(text: str, count: int) -> str:
    """Give the last words of a text as it has them."""
    words = [word.start() for word in _WORD.finditer(text)]
    return text[words[-min(count, len(words))] :] if words and count else ""


def _encode(text: str) -> str:
    """Encode a text for a directive, where "-" and "," have a meaning."""
    return quote(text, safe="").replace("-", "%2D")
