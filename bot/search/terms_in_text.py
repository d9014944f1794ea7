"""Whether words that may be a clause stand in a text as a term: "Tom Read", "the feather hold".

In: the words of a question, and sentences. Out: whether one of the sentences has them side by side,
written as a name, or as a phrase behind its article. Names are made of any words, so no list of
verbs and small words tells.
"""

from collections.abc import Iterable, Sequence

from bot.search.analysis.tokens import TokenizedText
from bot.search.definition_question import ARTICLES, PossibleTerm

# Inside a name short words are small: "Lend and Mend", "Stadt am Strom".
_LONGEST_SMALL_WORD = 3


def stands_as_term(term: PossibleTerm, sentences: Iterable[str]) -> bool:
    """Say whether one of some sentences has the words of a term as a name, or as a phrase."""
    sought = term.words
    # One word behind an article may be what somebody is or does: "the wounded".
    may_be_phrase = len(sought) > 1 and not term.is_name
    for sentence in sentences:
        read = TokenizedText.tokenize(sentence)
        for begin in range(len(read.folded) - len(sought) + 1):
            end = begin + len(sought)
            if read.folded[begin:end] != sought:
                continue
            if _is_name(read.tokens, begin, end):
                return True
            if may_be_phrase and begin and read.folded[begin - 1] in ARTICLES:
                return True
    return False


def _is_name(tokens: Sequence[str], begin: int, end: int) -> bool:
    """Say whether words of a sentence are written as a name."""
    first, *others = tokens[begin:end]
    if not others:
        return _is_one_word_name(tokens, begin)
    inner, last = others[:-1], others[-1]
    is_inner_small = all(
        len(token) <= _LONGEST_SMALL_WORD for token in inner if not _is_capital(token)
    )
    return _is_capital(first) and is_inner_small and _is_capital(last)


def _is_one_word_name(tokens: Sequence[str], place: int) -> bool:
    """Say whether one word is a name, or the last one of a name.

    The first word of a sentence has a capital anyway, an abbreviation is another word ("US"), and
    the first word of a name is none: "New York".
    """
    word = tokens[place]
    goes_on = any(map(_is_capital, tokens[place + 1 : place + 2]))
    return place > 0 and _is_capital(word) and not word.isupper() and not goes_on


def _is_capital(token: str) -> bool:
    return token[0].isupper() or token[0].isdigit()
