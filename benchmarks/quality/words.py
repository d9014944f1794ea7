"""What the other engines are given to split words with, and how a question is misspelt.

The stop words are NLTK's 179, which bm25s has as ``en_plus``. On a sample of SQuAD and on Cranfield
every engine has a higher nDCG@10 with them than with Lucene's 33, this program's own list, or none.
"""

import random
import re

STOP_WORDS = frozenset(
    """
    a about above after again against ain all am an and any are aren aren't as at be because been
    before being below between both but by can couldn couldn't d did didn didn't do does doesn
    doesn't doing don don't down during each few for from further had hadn hadn't has hasn hasn't
    have haven haven't having he her here hers herself him himself his how i if in into is isn isn't
    it it's its itself just ll m ma me mightn mightn't more most mustn mustn't my myself needn
    needn't no nor not now o of off on once only or other our ours ourselves out over own re s same
    shan shan't she she's should should've shouldn shouldn't so some such t than that that'll the
    their theirs them themselves then there these they this those through to too under until up ve
    very was wasn wasn't we were weren weren't what when where which while who whom why will with
    won won't wouldn wouldn't y you you'd you'll you're you've your yours yourself yourselves
    """.split()
)

_WORD = re.compile(r"\w+")
_MISSPELT = re.compile(r"[^\W\d_]{4,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SEED = 1


def split_words(text: str) -> list[str]:
    """Give the words in lower case, stop words left out."""
    return [word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS]


def misspell(question: str) -> str:
    """Misspell one content word in three, but at least one.

    The same question is always misspelt in the same way.

    A content word has four letters or more and is no stop word. One letter of it is left out, put
    in, changed, or swapped with the next.
    """
    chance = random.Random(f"{_SEED} {question}")
    words = [
        found.span() for found in _MISSPELT.finditer(question) if found[0].lower() not in STOP_WORDS
    ]
    chosen = chance.sample(words, min(len(words), max(1, round(len(words) / 3))))
    for start, end in sorted(chosen, reverse=True):
        question = question[:start] + _misspell_word(question[start:end], chance) + question[end:]
    return question


def _misspell_word(word: str, chance: random.Random) -> str:
    while True:
        at = chance.randrange(len(word) - 1)
        before, letter, after = word[:at], word[at], word[at + 1 :]
        new = chance.choice(_LETTERS)
        misspelt = chance.choice(
            [
                before + after,
                before + new + letter + after,
                before + new + after,
                before + after[0] + letter + after[1:],
            ]
        )
        if misspelt.lower() != word.lower():
            return misspelt
