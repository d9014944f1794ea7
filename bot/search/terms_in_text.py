"""Whether words that may be a clause stand in a text as a term: "Tom Read", "the feather hold".

In: the words of a question, and sentences. Out: whether one of the sentences has them side by side,
written as a name, or as a phrase behind its article. Names are made of any words, so no list of
verbs and small words tells.
"""

from collections.abc import Iterable, Sequence

from bot.search.analysis.tokens import TokenizedText
from bot.search.definition_question import ARTICLES

# Inside a name short words are small: "Lend and Mend", "Stadt am Strom".
_LONGEST_SMALL_WORD = 3


def stands_as_term(words: Sequence[str], sentences: Iterable[str]) -> bool:
    """Say whether one of some sentences has folded words, at least one, as a name or a phrase."""
    sought = tuple(words)
    for sentence in sentences:
        read = TokenizedText.tokenize(sentence)
        for begin in range(len(read.folded) - len(sought) + 1):
            end = begin + len(sought)
            if read.folded[begin:end] != sought:
                continue
            if _is_name(read.tokens[begin:end], is_first=begin == 0):
                return True
            # One word behind an article may be what somebody is or does: "the wounded".
            if len(sought) > 1 and begin and read.folded[begin - 1] in ARTICLES:
                return True
    return False


def _is_name(tokens: Sequence[str], *, is_first: bool) -> bool:
    """Say whether words are written as a name; the first one of a sentence has a capital anyway."""
    first, *others = tokens
    if not _is_capital(first) or (is_first and not others):
        return False
    inner, last = others[:-1], others[-1:]
    is_inner_small = all(
        len(token) <= _LONGEST_SMALL_WORD for token in inner if not _is_capital(token)
    )
    return is_inner_small and all(map(_is_capital, last))


def _is_capital(token: str) -> bool:
    return token[0].isupper() or token[0].isdigit()
