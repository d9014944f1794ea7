"""What was read of a large folder, and the index made of it, saved for the next start.

In: a library and its index. Out: the same at the next start, within a second or so; or nothing,
where anything that they were made from has changed: a file, the editor's thesaurus, the program, a
package. Nothing here is needed to serve. What is missing or damaged is made anew and saved again,
and the log says what was damaged. The form of the files is ``array_file``'s; what is in them is
packed and checked by ``articles.packing`` and by the index itself.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol, TypeVar

import xxhash
from numpy.typing import NDArray

from bot import __version__
from bot.array_file import DamagedError, read_arrays, save
from bot.articles import packing
from bot.articles.formats import FORMAT_PACKAGES
from bot.articles.library import Library, ParsedFile
from bot.search.analysis.synonyms import SynonymGroup

Unpacked = TypeVar("Unpacked")
Arrays = Mapping[str, NDArray[Any]]


class Packable(Protocol):
    """What can be saved as arrays."""

    def pack(self) -> Arrays:
        """Give the arrays."""


# Fewer passages are read and indexed in a few seconds.
_MIN_PASSAGES = 2_000
# The files of this package that decide what is saved.
_DECIDING_FILES = (
    "articles/**/*.py",
    "search/**/*.py",
    "search/**/*.yaml",
    "answers/language_groups.py",
    "array_file.py",
    "strict_yaml.py",
    "visible.py",
    # The problems of a file are saved with it, as texts.
    "texts/__init__.py",
    "texts/problems*.py",
)
# The packages that decide it, beside those that parse a format.
_DECIDING_PACKAGES = (
    "charset-normalizer",
    "numpy",
    "py3langid",
    "PyStemmer",
    "PyYAML",
    "sentencex",
    "symspellpy",
)


def is_worth_caching(library: Library) -> bool:
    """Say whether reading a library and indexing it takes so long that it is worth being saved."""
    passages = 0
    for _, section in library.sections():
        passages += len(section.passages)
    return passages >= _MIN_PASSAGES


class IndexCache:
    """The saved files of one folder.

    One is of what was read (``.readings``), one of its index (``.index``), and, with a model, one
    of the vectors of its texts (``.vectors``).
    """

    def __init__(self, cache_folder: Path, folder: Path) -> None:
        """Name the files for ``folder`` in ``cache_folder``, which may hold those of others too."""
        resolved = bytes(folder.resolve())
        name = blake2b(resolved, digest_size=8).hexdigest()
        self._parsed_files_path = cache_folder / f"{name}.readings"
        self._index_path = cache_folder / f"{name}.index"
        self._vectors_path = cache_folder / f"{name}.vectors"

    def load_parsed_files(self) -> Mapping[str, ParsedFile]:
        """Give what came of the files at the last start; nothing if the program has changed."""
        parsed_files = _load(self._parsed_files_path, code_fingerprint, packing.unpack)
        return parsed_files or {}

    def save_parsed_files(self, library: Library) -> None:
        """Save what came of the files. Raises ArrayFileError where that can't be done."""
        arrays = packing.pack(library.parsed_files)
        save(self._parsed_files_path, code_fingerprint(), arrays)

    def load_index(
        self,
        library: Library,
        synonyms: Sequence[SynonymGroup],
        unpack: Callable[[Arrays], Unpacked],
    ) -> Unpacked | None:
        """Give what ``unpack`` makes of the arrays of the saved index of exactly this library.

        None if there is none, or if ``unpack`` raises DamagedError because the arrays can't be
        those of the library.
        """
        return _load(self._index_path, lambda: _index_fingerprint(library, synonyms), unpack)

    def save_index(
        self, library: Library, synonyms: Sequence[SynonymGroup], index: Packable
    ) -> None:
        """Save the index of a library, or all of them.

        Raises ArrayFileError where that can't be done.
        """
        fingerprint = _index_fingerprint(library, synonyms)
        save(self._index_path, fingerprint, index.pack())

    def load_vectors(
        self, fingerprint: str, unpack: Callable[[Arrays], Unpacked]
    ) -> Unpacked | None:
        """Give what ``unpack`` makes of the saved vectors of the model with a fingerprint.

        None if there are none, or if ``unpack`` raises DamagedError.
        """
        return _load(self._vectors_path, lambda: fingerprint, unpack)

    def save_vectors(self, fingerprint: str, store: Packable) -> None:
        """Save the vectors that a model gives. Raises ArrayFileError where that can't be done."""
        save(self._vectors_path, fingerprint, store.pack())


def _load(
    path: Path,
    make_fingerprint: Callable[[], str],
    unpack: Callable[[Arrays], Unpacked],
) -> Unpacked | None:
    """Read and unpack a file; None where it is missing, made from something else, or damaged.

    A damaged file is logged.
    """
    # Most folders are small and have none: the fingerprint, which takes a while, is not made for
    # them.
    if not os.path.lexists(path):
        return None
    try:
        arrays = read_arrays(path, make_fingerprint())
        return None if arrays is None else unpack(arrays)
    except DamagedError as error:
        import logging  # noqa: PLC0415 (hardly ever is anything damaged)

        log = logging.getLogger(__name__)
        log.warning("%s is not used, but made anew: %s", path, error)
        return None


def _index_fingerprint(library: Library, synonyms: Sequence[SynonymGroup]) -> str:
    """Give a fingerprint of all that an index is made from."""
    code = code_fingerprint()
    digest = blake2b(code.encode(), digest_size=16)
    for article in library.articles:
        facts = (article.id, article.title, article.language, article.sha256)
        digest.update(repr(facts).encode())
    groups = repr(tuple(synonyms))
    digest.update(groups.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _find_version(package: str) -> str:
    """Give the version of a package, "" of an extra that is not installed."""
    from importlib.metadata import (  # noqa: PLC0415 (small folders are not saved)
        PackageNotFoundError,
        version,
    )

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


@cache
def code_fingerprint() -> str:
    """Give a fingerprint of all code, texts and word lists that decide what is saved.

    It is taken from the files as they are at the first call. That must come early, while they are
    still those that are running.
    """
    digest = xxhash.xxh3_128(f"{__version__} {sys.version}".encode())
    for package in (*_DECIDING_PACKAGES, *FORMAT_PACKAGES):
        digest.update(f" {package} {_find_version(package)}".encode())
    folder = Path(__file__).parent
    for path in _find_deciding_files(folder):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        digest.update(f" {name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def _find_deciding_files(folder: Path) -> list[Path]:
    paths: list[Path] = []
    for pattern in _DECIDING_FILES:
        paths += folder.glob(pattern)
    return sorted(paths)
