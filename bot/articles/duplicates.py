"""Texts that stand in more than one file: whole copies, and single passages.

In: the articles that are served. Out: Problems. What is compared is how passages read: their words,
without case and blanks. Both copies are served, so an answer may quote the one or the other.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.articles.model import Article, Passage, Problem
from bot.articles.problems import make_note, make_warning
from bot.texts import problems as texts

# Shorter passages are greetings, names and the like, which many files share.
MIN_WORDS = 25


class _Repeated(NamedTuple):
    """A passage, and the file in which its words stand first."""

    original: str
    passage: Passage


def find_duplicates(articles: Sequence[Article]) -> list[Problem]:
    """Give a warning of each article that reads like an earlier one, a note of shared passages.

    There is one note for each pair of files, where the first of their common passages stands.
    """
    files_by_text: dict[tuple[str, ...], str] = {}
    files_by_passage: dict[str, str] = {}
    problems = []
    for article in articles:
        passages = [passage for section in article.sections for passage in section.passages]
        folded = [_fold(passage) for passage in passages]
        original = files_by_text.setdefault(tuple(folded), article.file)
        if original != article.file:
            problems.append(make_warning(texts.SAME_TEXT, article.file, other=original))
            continue
        repeated = []
        for passage, words in zip(passages, folded, strict=True):
            if words.count(" ") < MIN_WORDS - 1:
                continue
            original = files_by_passage.setdefault(words, article.file)
            if original != article.file:
                repeated.append(_Repeated(original, passage))
        problems += _note_repeated(article.file, repeated)
    return problems


def _fold(passage: Passage) -> str:
    return " ".join(passage.plain.casefold().split())


def _note_repeated(file: str, repeated: Sequence[_Repeated]) -> Iterator[Problem]:
    by_original = sorted(repeated, key=lambda one: one.original)
    for original, group in groupby(by_original, key=lambda one: one.original):
        shared = list(group)
        line = shared[0].passage.line
        yield make_note(texts.SHARED_PASSAGES, file, line, 1, count=len(shared), other=original)
