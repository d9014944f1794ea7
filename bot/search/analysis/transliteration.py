"""Cyrillic names in Latin letters: "зеленський" may be "zelenskyi", as in articles in English.

In: a folded word. Out: how it is written in Latin letters, as Ukrainian and as Russian, by the
usual tables (BGN/PCGN) without their marks. A few letters differ from what articles have: the
nearest name is for ``spelling`` to find.
"""

import re

_CYRILLIC = re.compile(r"[а-яёіїєґ]+")
_LATIN = {
    **dict(zip("абвгґдезийклмнопрстуфі", "abvggdeziyklmnoprstufi", strict=True)),
    "ё": "yo",
    "є": "ye",
    "ж": "zh",
    "ї": "yi",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ы": "y",
    "ь": "",
    "э": "e",
    "ю": "yu",
    "я": "ya",
}
_RUSSIAN = str.maketrans(_LATIN)
_UKRAINIAN = str.maketrans(_LATIN | {"г": "h", "и": "y"})


def transliterate(word: str) -> list[str]:
    """Give a word of Cyrillic letters in Latin ones, each spelling once; none for other words."""
    if not _CYRILLIC.fullmatch(word):
        return []
    return list(dict.fromkeys((word.translate(_UKRAINIAN), word.translate(_RUSSIAN))))
