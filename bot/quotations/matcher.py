"""Exact search: where the words of a claim stand one after the other in a library.

In: a word index, and claims that it has encoded, in which each word is a character. Out: positions
of words. Punctuation is not looked at here. What is only similar is found by ``candidates``.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from bot.quotations.word_index import WordIndex

# Of the ways to place a claim's pieces, so many are compared. "the ... of the" may have thousands.
_MAX_CHAINS = 200


def find_matches(index: WordIndex, claim: str) -> Iterator[int]:
    """Give where an encoded claim begins, in the order of the library, none overlapping another."""
    position = index.text.find(claim)
    while position >= 0:
        yield position
        position = index.text.find(claim, position + len(claim))


def find_pieces(index: WordIndex, pieces: Sequence[str]) -> list[int]:
    """Give where encoded pieces begin, in their order in one section, where they are closest.

    Empty if they stand like that in no section.
    """
    chains = islice(_find_chains(index, pieces), _MAX_CHAINS)
    return min(chains, key=_chain_length, default=[])


def _chain_length(chain: Sequence[int]) -> int:
    return chain[-1] - chain[0]


def _find_chains(index: WordIndex, pieces: Sequence[str]) -> Iterator[list[int]]:
    """Give where pieces stand in order in one section, each as close to the next as it can."""
    position = index.text.find(pieces[0])
    while position >= 0:
        _, section_end = index.section_bounds(position)
        chain = _find_next_chain(index.text, pieces, position, section_end)
        if not chain:
            position = index.text.find(pieces[0], section_end)
            continue
        _tighten(index.text, pieces, chain)
        yield chain
        position = index.text.find(pieces[0], chain[0] + 1)


def _find_next_chain(text: str, pieces: Sequence[str], first: int, section_end: int) -> list[int]:
    """Give the next place of each piece behind the one before it, or nothing if one is missing."""
    chain = [first]
    for before, piece in pairwise(pieces):
        position = text.find(piece, chain[-1] + len(before), section_end)
        if position < 0:
            return []
        chain.append(position)
    return chain


def _tighten(text: str, pieces: Sequence[str], chain: list[int]) -> None:
    """Move each piece but the last as far back as the one behind it allows."""
    first = chain[0]
    next_position = chain[-1]
    for number in reversed(range(len(chain) - 1)):
        next_position = text.rfind(pieces[number], first, next_position)
        chain[number] = next_position
