"""A section to a summary made of its own most telling sentences, in the section's order.

A sentence tells much when its words are those that the section and its heading keep coming back to, and when it opens
the section or a paragraph. Sentences are taken one by one; words that were taken count for less in the next (SumBasic:
Nenkova and Vanderwende 2005). What leans on an earlier sentence is taken with that one or not at all, an item of a
list with its announcement. Talk to the reader stands back; questions, exclamations and talk of the article itself are
left out. The numbers below were chosen on articles marked by hand (benchmarks/summaries), where each is on a plateau.
"""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from bot.answers.anaphora import addresses_reader, find_antecedent, tells_nothing
from bot.articles.model import Article, Section, Sentence
from bot.search.analysis.analyzer import get_analyzer

_IN_HEADING = 2.0
_OPENS_SECTION, _LATER = 0.9, 0.5
_OPENS_PARAGRAPH = 0.5
_TALK, _NOTHING = 0.2, 0.1
_ALREADY_TOLD = 0.6
_FULL = 8
# What is taken together: a sentence and at most two that it leans on.
_TOGETHER = 3
_LINE_OR_TWO = 160


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences of one section, in its order."""

    article: Article
    section: Section
    sentences: tuple[Sentence, ...]


def summarise(article: Article, section: Section, sentences: int = 3) -> Summary:
    """Choose at most ``sentences`` sentences of a section, at least one where it has any.

    Fewer than that where fewer tell something.
    """
    return _summarise(_Voice(article), section, sentences)


def summarise_places(
    places: Sequence[tuple[Article, Section]], sentences: int | None = None
) -> list[Summary]:
    """Sum up sections in at most ``sentences`` sentences each; by default one in three, several in a line or two."""
    voices = {
        name: _Voice(article)
        for name, article in {article.id: article for article, _ in places}.items()
    }
    if sentences is None and len(places) > 1:
        return [_summarise_briefly(voices[article.id], section) for article, section in places]
    return [_summarise(voices[article.id], section, sentences or 3) for article, section in places]


def _summarise_briefly(voice: "_Voice", section: Section) -> Summary:
    """Choose one sentence of a section, or two where both are short."""
    two = _summarise(voice, section, 2)
    length = sum(len(sentence.plain) for sentence in two.sentences)
    return two if length <= _LINE_OR_TWO else _summarise(voice, section, 1)


def _summarise(voice: "_Voice", section: Section, sentences: int) -> Summary:
    chosen = _Choice(voice, section).choose(sentences)
    return Summary(voice.article, section, tuple(section.sentences[at] for at in sorted(chosen)))


class _Voice:
    """How an article speaks. Where most sentences talk to the reader, that tells nothing of one of them."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._is_english = article.language == "en"
        talks = [
            self._talks(one.plain) for section in article.sections for one in section.sentences
        ]
        self._talk = _TALK if sum(talks) * 2 <= len(talks) else 1.0

    def _talks(self, plain: str) -> bool:
        return self._is_english and addresses_reader(plain)

    def factor(self, plain: str) -> float:
        """Give what a sentence's worth is multiplied by for its voice."""
        return (self._talk if self._talks(plain) else 1) * (_NOTHING if tells_nothing(plain) else 1)


class _Choice:
    """A section's sentences, by their places, while some of them are being chosen."""

    def __init__(self, voice: _Voice, section: Section) -> None:
        article = voice.article
        terms = get_analyzer(article.language)
        heading = frozenset(terms.analyze(section.heading))
        gaps = _gaps(article.text, section.sentences)
        self._plain = [sentence.plain for sentence in section.sentences]
        self._found = [frozenset(terms.analyze(plain)) for plain in self._plain]
        self._weights = _weigh(self._found, heading)
        self._factors = [
            _weigh_place(at, gap) * voice.factor(plain)
            for at, (plain, gap) in enumerate(zip(self._plain, gaps, strict=True))
        ]
        leaning = find_antecedent(self._plain, heading.union(terms.analyze(article.title)), terms)
        announced = _find_announcements(self._plain, gaps)
        self._needed = [
            one if other is None else other for one, other in zip(leaning, announced, strict=True)
        ]

    def choose(self, most: int) -> set[int]:
        """Choose at most ``most``, the best first."""
        left = [at for at, plain in enumerate(self._plain) if not tells_nothing(plain)] or list(
            range(len(self._plain))
        )
        worths = list(map(self._worth, range(len(self._plain))))
        chosen: set[int] = set()
        while len(chosen) < most:
            units = [unit for at in left if (unit := self._unit(at, chosen, most - len(chosen)))]
            if not units:
                break
            best = max(
                units, key=lambda unit: (sum(worths[at] for at in unit) / len(unit), -unit[0])
            )
            chosen.update(best)
            told = {self._plain[at] for at in best}
            left = [at for at in left if self._plain[at] not in told]
            for changed in self._tell({term for at in best for term in self._found[at]}):
                worths[changed] = self._worth(changed)
        return chosen or set(left[: min(most, 1)])

    def _unit(self, at: int, chosen: Set[int], room: int) -> list[int]:
        """Give a sentence and before it those that it leans on and that are not chosen yet; none if they are many."""
        unit = [at]
        while (needed := self._needed[unit[0]]) is not None and needed not in chosen:
            if len(unit) == min(room, _TOGETHER):
                return []
            unit.insert(0, needed)
        return unit

    def _worth(self, at: int) -> float:
        """Give what a sentence is worth now; a long one has more words that count, but not in proportion."""
        found = self._found[at]
        return (
            self._factors[at]
            * sum(self._weights[term] for term in found)
            / sqrt(max(len(found), _FULL))
        )

    def _tell(self, terms: Set[str]) -> Iterator[int]:
        """Let terms count for less from now on; give the sentences that have any of them."""
        for term in terms:
            self._weights[term] *= _ALREADY_TOLD
        return (at for at, found in enumerate(self._found) if not found.isdisjoint(terms))


def _weigh(found: Sequence[frozenset[str]], heading: frozenset[str]) -> dict[str, float]:
    """Give each term the root of the share of sentences that it stands in."""
    counts = Counter(term for terms in found for term in terms)
    return {
        term: sqrt(count / len(found)) * (_IN_HEADING if term in heading else 1)
        for term, count in counts.items()
    }


def _weigh_place(at: int, gap: str) -> float:
    return 1 + _OPENS_SECTION * _LATER**at + (_OPENS_PARAGRAPH if gap.count("\n") > 1 else 0)


def _gaps(text: str, sentences: Sequence[Sentence]) -> list[str]:
    """Give what stands before each sentence, its newlines as line feeds; before the first one an empty line."""
    between = (text[one.end : following.start] for one, following in pairwise(sentences))
    return ["\n\n", *(gap.replace("\r\n", "\n").replace("\r", "\n") for gap in between)][
        : len(sentences)
    ]


def _find_announcements(plain: Sequence[str], gaps: Sequence[str]) -> list[int | None]:
    """Give for each sentence the one ending in a colon that announces it: for the next one, and for all of a list."""
    announcements: list[int | None] = []
    is_list = False
    for at, gap in enumerate(gaps):
        is_item = "\n" in gap and not gap.isspace()
        if at and plain[at - 1].endswith(":"):
            is_list = is_item
            announcements.append(at - 1)
        else:
            is_list = is_list and (is_item or gap.count("\n") < 2)
            announcements.append(announcements[-1] if is_list else None)
    return announcements
