"""Parsed files as arrays that can be saved, and back.

In: parsed files by name. Out: columns of numbers and strings, from which equal parsed files are
made again. What an article's text tells is not kept twice: a sentence is a place in it, and how
it reads is kept only where that is something else.

The caller knows whether the arrays still belong to the files and to this code; nothing here asks.
Every value that can be checked is checked: each place lies in its text, each text has its SHA-256.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from bot.array_file import Layout, check, check_layout
from bot.articles.library import ParsedFile
from bot.articles.packing_articles import ARTICLES_LAYOUT, pack_articles, unpack_articles
from bot.articles.packing_files import pack_file, unpack_files
from bot.articles.packing_rows import pack_json

_LAYOUT: Layout = {
    "files": ("uint8", ("bytes of files",)),  # JSON
    **ARTICLES_LAYOUT,
}


def pack(parsed_files: Mapping[str, ParsedFile]) -> dict[str, NDArray[Any]]:
    """Turn parsed files, by name, into arrays."""
    rows = []
    articles = []
    for name, parsed_file in parsed_files.items():
        rows.append(pack_file(name, parsed_file))
        if parsed_file.article is not None:
            articles.append(parsed_file.article)
    return {"files": pack_json(rows), **pack_articles(articles)}


def unpack(arrays: Mapping[str, NDArray[Any]]) -> dict[str, ParsedFile]:
    """Give the parsed files that were packed, by name and in their order.

    Raises DamagedError where ``pack`` can't have given these arrays.
    """
    check_layout(arrays, _LAYOUT)
    files = unpack_files(arrays)
    parsed_files = {file.name: file.parsed_file for file in files}
    has_unique_names = len(parsed_files) == len(files)
    check(has_unique_names, "files: one is named twice")
    files_with_article = [file for file in files if file.stated]
    for article in unpack_articles(arrays, files_with_article):
        without_article = parsed_files[article.file]
        parsed_files[article.file] = replace(without_article, article=article)
    return parsed_files
