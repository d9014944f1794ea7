"""What each term of a collection is: a number, a part of a date, a name, or none of these.

In: the words of the collection with their terms and counts. Out: an ``AnswerType`` for each term.
Numbers and dates are told by the word itself, names by how the collection writes them.
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from bot.search.analysis.tokens import fold
from bot.search.analysis.word_frequencies import frequencies_of
from bot.search.answer_type import AnswerType, classify_word
from bot.search.arrays import UInt8Array

# A term that is written with a capital letter inside sentences at least this often is a name.
_NAME_SHARE = 0.8


def find_term_types(
    vocabulary: Mapping[str, int],
    terms: Mapping[str, str],
    words: Counter[str],
    sentence_starts: Counter[str],
    language: str,
) -> UInt8Array:
    """Give the answer types of all terms: uint8, (terms,).

    ``vocabulary`` maps terms to term ids, ``terms`` words to terms. ``words`` counts the words of
    all sentences, and ``sentence_starts`` those that begin one. ``language`` is an ISO 639-1 code.

    A name is mostly written with a capital letter inside sentences. A term that never stands inside
    one is a name if a word of it has a capital letter and is no ordinary word.
    """
    ordinary_words = frequencies_of(language).words
    types = [0] * len(vocabulary)
    inside_counts = [0] * len(vocabulary)
    capital_counts = [0] * len(vocabulary)
    unusual: set[int] = set()
    for word in terms.keys() & words.keys():
        term_id = vocabulary[terms[word]]
        types[term_id] |= classify_word(word, language)
        inside = words[word] - sentence_starts[word]
        inside_counts[term_id] += inside
        if word[:1].isupper():
            capital_counts[term_id] += inside
            if ordinary_words and fold(word) not in ordinary_words:
                unusual.add(term_id)
    for term_id, inside in enumerate(inside_counts):
        if types[term_id]:
            continue
        is_name = term_id in unusual
        if inside:
            is_name = capital_counts[term_id] >= _NAME_SHARE * inside
        if is_name:
            types[term_id] = int(AnswerType.NAME)
    return np.array(types, dtype=np.uint8)
