"""What was read of a large folder, and the index made of it, saved for the next start.

In: a library with its index. Out: the same, ready within a second or so, or nothing where anything that it was made
from is another now: a file, an editor's thesaurus, the program. Nothing here is needed: whatever is missing or damaged
is read and made anew, and saved again; the log says what was damaged.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from numpy.typing import NDArray

from bot.array_file import DamagedError, code_fingerprint, read_arrays, save
from bot.articles import packing
from bot.articles.formats import FORMAT_PACKAGES
from bot.articles.library import Library, ParsedFile
from bot.search import PassageIndex
from bot.search.analysis.synonyms import SynonymGroup

Made = TypeVar("Made")

# So many passages are read and indexed in a few seconds.
_FEW = 2_000


def is_worth_caching(library: Library) -> bool:
    """Say whether reading a library and indexing it takes so long that it had better be saved."""
    return sum(len(section.passages) for _, section in library.sections()) >= _FEW


class IndexCache:
    """What is saved of one folder, among what is saved of others."""

    def __init__(self, where: Path, folder: Path) -> None:
        """Look for what is saved of ``folder`` in another one, ``where``."""
        name = blake2b(bytes(folder.resolve()), digest_size=8).hexdigest()
        self._readings, self._index = where / f"{name}.readings", where / f"{name}.index"

    def load_parsed_files(self) -> Mapping[str, ParsedFile]:
        """Give what came of the files when they were read last; nothing if the program was another one."""
        return _load(self._readings, _code_fingerprint, packing.unpack) or {}

    def load_index(
        self,
        library: Library,
        synonyms: Sequence[SynonymGroup],
        unpack: Callable[[Mapping[str, NDArray[Any]]], Made],
    ) -> Made | None:
        """Give what ``unpack`` makes of the packed index of exactly this library, if there is one.

        It raises DamagedError where that can't be the index of the library; then it counts as missing.
        """
        return _load(self._index, lambda: _fingerprint(library, synonyms), unpack)

    def keep_readings(self, library: Library) -> None:
        """Save what came of the files. Raises SavedError where that can't be done."""
        save(self._readings, _code_fingerprint(), packing.pack(library.parsed_files))

    def keep_index(
        self, library: Library, synonyms: Sequence[SynonymGroup], index: PassageIndex
    ) -> None:
        """Save the index of a library. Raises SavedError where that can't be done."""
        save(self._index, _fingerprint(library, synonyms), index.pack())


def _load(
    path: Path, fingerprint: Callable[[], str], unpack: Callable[[Mapping[str, NDArray[Any]]], Made]
) -> Made | None:
    """Open and unpack a file; None where it is missing, made from something else, or damaged, which is logged."""
    if not os.path.lexists(path):
        return None
    try:
        arrays = read_arrays(path, fingerprint())
        return None if arrays is None else unpack(arrays)
    except DamagedError as error:
        import logging  # noqa: PLC0415 (hardly ever is anything damaged)

        logging.getLogger(__name__).warning("%s is not used, but made anew: %s", path, error)
        return None


def _code_fingerprint() -> str:
    return code_fingerprint(FORMAT_PACKAGES)


def _fingerprint(library: Library, synonyms: Sequence[SynonymGroup]) -> str:
    """Give a fingerprint of all that an index is made from."""
    digest = blake2b(_code_fingerprint().encode(), digest_size=16)
    for article in library.articles:
        digest.update(repr((article.id, article.title, article.language, article.sha256)).encode())
    digest.update(repr(tuple(synonyms)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
