"""What was read of a large folder, and the index made of it, saved for the next start.

In: a library with its index. Out: the same, ready within a second or so, or nothing where anything that it was made
from is another now: a file, an editor's thesaurus, the program. Nothing here is needed: whatever is missing or damaged
is read and made anew.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from bot.articles import saved_readings
from bot.articles.library import Library, Reading
from bot.saved import code_fingerprint, open_saved, save
from bot.search import PassageIndex
from bot.search.synonyms import Group

# So many passages are read and indexed in a few seconds.
_FEW = 2_000


def is_worth_saving(library: Library) -> bool:
    """Say whether reading a library and indexing it takes so long that it had better be saved."""
    return sum(len(section.passages) for _, section in library.sections()) >= _FEW


class Shelf:
    """What is saved of one folder, among what is saved of others."""

    def __init__(self, where: Path, folder: Path) -> None:
        """Look for what is saved of ``folder`` in another one, ``where``."""
        name = blake2b(bytes(folder.resolve()), digest_size=8).hexdigest()
        self._readings, self._index = where / f"{name}.readings", where / f"{name}.index"

    def find_readings(self) -> Mapping[str, Reading]:
        """Give what came of the files when they were read last; nothing if the program was another one."""
        arrays = open_saved(self._readings, code_fingerprint()) if self._readings.exists() else None
        return saved_readings.unpack(arrays) if arrays is not None else {}

    def find_index(self, library: Library, synonyms: Sequence[Group]) -> Mapping[str, NDArray[Any]] | None:
        """Give the packed index of exactly this library, if there is one."""
        return open_saved(self._index, _fingerprint(library, synonyms)) if self._index.exists() else None

    def keep(self, library: Library, synonyms: Sequence[Group], index: PassageIndex) -> None:
        """Save a library and its index. Raises SavedError where that can't be done."""
        save(self._readings, code_fingerprint(), saved_readings.pack(library.readings))
        save(self._index, _fingerprint(library, synonyms), index.pack())


def _fingerprint(library: Library, synonyms: Sequence[Group]) -> str:
    """Give a fingerprint of all that an index is made from."""
    digest = blake2b(code_fingerprint().encode(), digest_size=16)
    for article in library.articles:
        digest.update(repr((article.id, article.title, article.language, article.sha256)).encode())
    digest.update(repr(tuple(synonyms)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
