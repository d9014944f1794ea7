"""The editor's own thesaurus, which lies among the articles.

In: its text. Out: groups of synonyms, and what is wrong with it. What is wrong in a line costs that
line.
"""

from collections.abc import Sequence

from bot.articles.model import Problem
from bot.articles.problems import make_error
from bot.search.analysis.synonyms import SynonymGroup, read_groups
from bot.texts import problems as texts

# Its name in the folder of the articles.
SYNONYMS = "synonyms.yaml"


def parse_synonyms(text: str) -> tuple[Sequence[SynonymGroup], Sequence[Problem]]:
    """Give the groups of a thesaurus, and what is wrong with it."""
    groups, faults = read_groups(text)
    problems = []
    for fault in faults:
        problem = make_error(
            texts.SYNONYMS,
            SYNONYMS,
            fault.line,
            fault.column,
            fault=fault.what,
            remedy=fault.hint,
        )
        problems.append(problem)
    return groups, problems
