"""What is kept of a file besides its article's text, as rows of JSON, and back.

In: parsed files. Out: rows: name, signature, SHA-256, characters, problems, and what the article
states of itself. On the way back each row has to be one that a file can have given.
"""

import re
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, get_args

from numpy.typing import NDArray

from bot.array_file import check
from bot.articles.files import Signature
from bot.articles.library import ParsedFile
from bot.articles.model import Problem, Severity
from bot.articles.packing_rows import take_values, unpack_rows

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = re.compile(r"[a-z]{2}")

# The columns of a row: name, signature, SHA-256, characters, problems, what the article states.
_FILE_TYPES = (str, None, str, int, list, list)

_signature_row = attrgetter("size_bytes", "modified_ns", "changed_ns", "inode", "is_settled")
_SIGNATURE_TYPES = (int, int, int, int, bool)

_problem_row = attrgetter("file", "line", "column", "severity", "what", "hint")
_PROBLEM_TYPES = (str, int, int, str, str, str)

_stated_row = attrgetter("id", "title", "author", "date", "source", "language")
_STATED_TYPES = (str, str, str, str, str, str)


class PackedFile(NamedTuple):
    """A file, what came of it but for the article, and what that states of itself.

    ``stated`` is id, title, author, date, source and language; empty where there is no article.
    """

    name: str
    parsed_file: ParsedFile
    stated: Sequence[str]


def pack_file(name: str, parsed_file: ParsedFile) -> list[object]:
    """Turn a parsed file into a row for JSON, without its article's text and sections."""
    signature = parsed_file.signature
    article = parsed_file.article
    signature_row = _signature_row(signature) if signature else None
    problem_rows = [_problem_row(problem) for problem in parsed_file.problems]
    stated = _stated_row(article) if article else []
    sha256 = parsed_file.sha256
    characters = parsed_file.characters
    return [name, signature_row, sha256, characters, problem_rows, stated]


def unpack_files(name: str, arrays: Mapping[str, NDArray[Any]]) -> list[PackedFile]:
    """Give the files of the array ``name``; raises DamagedError for what no file can have given."""
    rows = unpack_rows(name, arrays)
    return [_unpack_file(row) for row in rows]


def _unpack_file(row: object) -> PackedFile:
    values = take_values(row, *_FILE_TYPES)
    name, signature_row, sha256, characters, problem_rows, stated = values
    check(_SHA256.fullmatch(sha256) and characters >= 0, "files: no such reading")
    signature = _unpack_signature(signature_row)
    if signature is not None and not stated:
        # Where there is an article, its text tells how many characters there are. Elsewhere too
        # many of them would keep other files from being read.
        check(characters <= signature.size_bytes, "files: no such reading")
    problems = tuple(_unpack_problem(row, name) for row in problem_rows)
    if stated:
        _check_stated(stated, name)
    parsed_file = ParsedFile(signature, sha256, characters, None, problems)
    return PackedFile(name, parsed_file, stated)


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


def _check_stated(stated: object, name: str) -> None:
    article_id, *_, language = take_values(stated, *_STATED_TYPES)
    expected_id, _, _ = name.rpartition(".")
    is_language = _LANGUAGE.fullmatch(language)
    check(is_language and article_id == expected_id, "files: no such article")
