"""What is kept of a file besides its article's text, as rows of JSON, and back.

In: parsed files. Out: rows: name, signature, SHA-256, characters, problems, and what the article
states of itself. On the way back each row has to be one that a file can have given.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise, repeat
from operator import attrgetter
from typing import Any, NamedTuple, get_args

from numpy.typing import NDArray

from bot.array_file import check
from bot.articles.files import Signature
from bot.articles.library import ParsedFile
from bot.articles.model import (
    UTF_8,
    Article,
    Decoding,
    PlaceKind,
    Problem,
    Severity,
    possible_ids,
)
from bot.articles.packing_rows import take_values, unpack_rows

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = re.compile(r"[a-z]{2}")

# The columns of a row: name, signature, SHA-256, characters, problems, what the article states.
_FILE_TYPES = (str, None, str, int, list, list)

_signature_row = attrgetter("size_bytes", "modified_ns", "changed_ns", "inode", "is_settled")
_SIGNATURE_TYPES = (int, int, int, int, bool)

_problem_row = attrgetter("file", "line", "column", "severity", "what", "hint", "kind")
_PROBLEM_TYPES = (str, int, int, str, str, str, str)

_STATED_TYPES = (str, str, str, str, str, str, list, list, None)
_decoding_row = attrgetter("encoding", "extractor", "kind", "starts")
_DECODING_TYPES = (str, str, str, list)


class Stated(NamedTuple):
    """What an article states of itself, its id before it."""

    id: str
    title: str
    author: str
    date: str
    source: str
    language: str
    aliases: Sequence[str]
    keywords: Sequence[str]
    roles: Sequence[int] | None


_stated_row = attrgetter(*Stated._fields)


class PackedFile(NamedTuple):
    """A file, what came of it but for the article, and what that states of itself.

    ``stated`` is None where there is no article. ``text_sha256`` is of the text in UTF-8: another
    than the file's where that is no UTF-8.
    """

    name: str
    parsed_file: ParsedFile
    stated: Stated | None
    decoding: Decoding
    text_sha256: str


def pack_file(name: str, parsed_file: ParsedFile) -> list[object]:
    """Turn a parsed file into a row for JSON, without its article's text and sections."""
    signature = parsed_file.signature
    article = parsed_file.article
    signature_row = _signature_row(signature) if signature else None
    problem_rows = [_problem_row(problem) for problem in parsed_file.problems]
    stated_row = _pack_article(article, parsed_file.sha256) if article else []
    sha256 = parsed_file.sha256
    characters = parsed_file.characters
    return [name, signature_row, sha256, characters, problem_rows, stated_row]


def _pack_article(article: Article, sha256: str) -> list[object]:
    """Give what an article states, how it was decoded, and the SHA-256 of its text in UTF-8."""
    text_sha256 = sha256
    if article.decoding != UTF_8:
        text_sha256 = hashlib.sha256(article.text.encode()).hexdigest()
    return [_stated_row(article), _decoding_row(article.decoding), text_sha256]


def unpack_files(arrays: Mapping[str, NDArray[Any]]) -> list[PackedFile]:
    """Give the files of the array "files"; raises DamagedError for what no file can have given."""
    rows = unpack_rows("files", arrays)
    return [_unpack_file(row) for row in rows]


def _unpack_file(row: object) -> PackedFile:
    values = take_values(row, *_FILE_TYPES)
    name, signature_row, sha256, characters, problem_rows, article_row = values
    check(_SHA256.fullmatch(sha256) and characters >= 0, "files: no such reading")
    signature = _unpack_signature(signature_row)
    if signature is not None and not article_row:
        # Where there is an article, its text tells how many characters there are. Elsewhere too
        # many of them would keep other files from being read.
        check(characters <= signature.size_bytes, "files: no such reading")
    problems = tuple(_unpack_problem(row, name) for row in problem_rows)
    parsed_file = ParsedFile(signature, sha256, characters, None, problems)
    if not article_row:
        return PackedFile(name, parsed_file, None, UTF_8, sha256)
    stated_row, decoding_row, text_sha256 = take_values(article_row, list, list, str)
    stated = _unpack_stated(stated_row, name)
    decoding = _unpack_decoding(decoding_row)
    is_text_of_file = decoding != UTF_8 or text_sha256 == sha256
    check(is_text_of_file, "files: no such reading")
    return PackedFile(name, parsed_file, stated, decoding, text_sha256)


def _unpack_signature(row: object) -> Signature | None:
    if row is None:
        return None
    values = take_values(row, *_SIGNATURE_TYPES)
    return Signature(*values)


def _unpack_problem(row: object, name: str) -> Problem:
    values = take_values(row, *_PROBLEM_TYPES)
    problem = Problem(*values)
    is_known = problem.severity in get_args(Severity)
    check(is_known and problem.file == name, "files: no such problem")
    return problem


def _unpack_stated(row: object, name: str) -> Stated:
    values = Stated._make(take_values(row, *_STATED_TYPES))
    for names in (values.aliases, values.keywords):
        take_values(names, *repeat(str, len(names)))
    stated = values._replace(aliases=tuple(values.aliases), keywords=tuple(values.keywords))
    if stated.roles is not None:
        roles = take_values(stated.roles, *repeat(int, _count(stated.roles)))
        stated = stated._replace(roles=tuple(roles))
    is_language = _LANGUAGE.fullmatch(stated.language)
    check(is_language and stated.id in possible_ids(name), "files: no such article")
    return stated


def _count(row: object) -> int:
    return len(row) if isinstance(row, list) else 0


def _unpack_decoding(row: object) -> Decoding:
    encoding, extractor, kind, starts = take_values(row, *_DECODING_TYPES)
    take_values(starts, *repeat(int, len(starts)))
    is_known = kind in get_args(PlaceKind)
    is_ascending = all(before <= after for before, after in pairwise(starts))
    check(is_known and is_ascending, "files: no such decoding")
    decoding = Decoding(encoding, extractor, kind, tuple(starts))
    # Most are alike: one value serves them all.
    return UTF_8 if decoding == UTF_8 else decoding
