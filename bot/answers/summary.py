"""Extractive summaries: a section's own best sentences, in the section's order.

In: a section. Out: some of its sentences, word for word. The method scores sentences by term
weights, as SumBasic does (Nenkova and Vanderwende 2005):

1. A term weighs the more, the more sentences of the section have it, and more if the heading has
   it.
2. A sentence scores the sum of its terms' weights, by its length. It scores higher if it opens the
   section or a paragraph, lower if it addresses the reader or is filler.
3. The best sentence is chosen, its terms weigh less from then on, and the rest is scored again.

An anaphoric sentence is chosen together with its antecedent or not at all, an item of a list
together with its announcement. The numbers below were chosen on articles whose sentences were
marked by hand (benchmarks/summaries), where each is on a plateau.
"""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise
from math import sqrt

from bot.answers.anaphora import addresses_reader, find_antecedents, is_filler
from bot.answers.model import Place, Summary
from bot.articles.model import Article, Section, Sentence
from bot.search.analysis.analyzer import get_analyzer

# Factor for terms of the heading: they name what the section is about.
_HEADING_TERM_FACTOR = 2.0
# Added to the factor of a section's first sentence, which often says what the rest explains, ...
_SECTION_OPENING_BONUS = 0.9
# ... and halved for each sentence after it.
_BONUS_DECAY = 0.5
# Added to the factor of a paragraph's first sentence.
_PARAGRAPH_OPENING_BONUS = 0.5
# Factor for sentences that address the reader: they carry the text, not its matter.
_ADDRESS_FACTOR = 0.2
# Factor for questions, exclamations, announcements and sentences about the article itself.
_FILLER_FACTOR = 0.1
# Factor for a term's weight each time a sentence with it is chosen: a summary repeats little.
_CHOSEN_TERM_FACTOR = 0.6
# Sentences of fewer terms are scored as if they had so many: a short one is not all the better.
_MIN_TERMS = 8
# A sentence is chosen with two others at most that it needs.
_MAX_UNIT = 3
# Sentences of a summary where nothing else is asked for.
_DEFAULT_SENTENCES = 3
# Characters of a summary in brief: a line or two of a card.
_MAX_BRIEF_CHARACTERS = 160


def summarise(article: Article, section: Section, sentences: int = _DEFAULT_SENTENCES) -> Summary:
    """Choose at most ``sentences`` sentences of a section, at least one where it has any.

    There are fewer than that where the others are filler or need sentences that find no room.
    """
    return _summarise(_Style(article), section, sentences)


def summarise_places(places: Sequence[Place], sentences: int | None = None) -> list[Summary]:
    """Summarise sections, in order, each in at most ``sentences`` sentences.

    Without a number it is three for a single section, and a line or two for each of several.
    """
    articles = {article.id: article for article, _ in places}
    styles = {id_: _Style(article) for id_, article in articles.items()}
    is_brief = sentences is None and len(places) > 1
    summaries = []
    for article, section in places:
        style = styles[article.id]
        if is_brief:
            summaries.append(_summarise_briefly(style, section))
        else:
            summaries.append(_summarise(style, section, sentences or _DEFAULT_SENTENCES))
    return summaries


def summarise_whole(article: Article, sentences: int) -> list[Summary]:
    """Choose at most ``sentences`` sentences of a whole article; give them by section, in order.

    The article has a section, as all that are served have.
    """
    passages = tuple(passage for section in article.sections for passage in section.passages)
    whole = replace(article.sections[0], heading=article.title, passages=passages)
    chosen = set(map(id, summarise(article, whole, sentences).sentences))
    summaries = []
    for section in article.sections:
        of_section = tuple(one for one in section.sentences if id(one) in chosen)
        if of_section:
            summaries.append(Summary(article, section, of_section))
    return summaries


def _summarise_briefly(style: "_Style", section: Section) -> Summary:
    """Choose one sentence of a section, or two where both are short."""
    two = _summarise(style, section, 2)
    characters = sum(len(sentence.plain) for sentence in two.sentences)
    if characters <= _MAX_BRIEF_CHARACTERS:
        return two
    return _summarise(style, section, 1)


def _summarise(style: "_Style", section: Section, sentences: int) -> Summary:
    selector = _SentenceSelector(style, section)
    positions = sorted(selector.choose(sentences))
    chosen = tuple(section.sentences[position] for position in positions)
    return Summary(style.article, section, chosen)


class _Style:
    """How an article speaks: one that addresses its reader throughout is taken as it is."""

    def __init__(self, article: Article) -> None:
        """Look at all sentences of ``article``."""
        self.article = article
        self._is_english = article.language == "en"
        sentences = [one for section in article.sections for one in section.sentences]
        addresses = [one for one in sentences if self._addresses_reader(one.plain)]
        is_throughout = len(addresses) > len(sentences) / 2
        self._address_factor = 1.0 if is_throughout else _ADDRESS_FACTOR

    def _addresses_reader(self, plain: str) -> bool:
        return self._is_english and addresses_reader(plain)

    def find_factor(self, plain: str) -> float:
        """Give the factor of a sentence's score for whom and what it speaks of."""
        for_address = self._address_factor if self._addresses_reader(plain) else 1
        for_filler = _FILLER_FACTOR if is_filler(plain) else 1
        return for_address * for_filler


class _SentenceSelector:
    """The sentences of a section, by position, while some of them are chosen."""

    def __init__(self, style: _Style, section: Section) -> None:
        """Weigh the terms of ``section`` and find which sentences need which."""
        article = style.article
        analyzer = get_analyzer(article.language)
        heading_terms = frozenset(analyzer.analyze(section.heading))
        title_terms = analyzer.analyze(article.title)
        gaps = _find_gaps(article.text, section.sentences)
        self._texts = [sentence.plain for sentence in section.sentences]
        self._terms = [frozenset(analyzer.analyze(text)) for text in self._texts]
        self._weights = _weigh_terms(self._terms, heading_terms)
        self._factors = _find_factors(style, self._texts, gaps)
        known_terms = heading_terms.union(title_terms)
        antecedents = find_antecedents(self._texts, known_terms, analyzer)
        announcements = _find_announcements(self._texts, gaps)
        # For each sentence the position of the one that it needs, or None.
        self._needed = [
            announcement if antecedent is None else antecedent
            for antecedent, announcement in zip(antecedents, announcements, strict=True)
        ]

    def choose(self, most: int) -> set[int]:
        """Choose the positions of at most ``most`` sentences, the best first.

        At least one is chosen where there is any and ``most`` is not 0.
        """
        candidates = self._find_candidates()
        scores = [self._score(position) for position in range(len(self._texts))]
        chosen: set[int] = set()
        while len(chosen) < most:
            room = most - len(chosen)
            unit = self._find_best_unit(candidates, chosen, room, scores)
            if not unit:
                break
            chosen.update(unit)
            # A sentence that is repeated is chosen once.
            chosen_texts = {self._texts[position] for position in unit}
            candidates = [at for at in candidates if self._texts[at] not in chosen_texts]
            for position in self._reduce_weights(unit):
                scores[position] = self._score(position)
        return chosen or set(candidates[: min(most, 1)])

    def _find_candidates(self) -> list[int]:
        """Give the positions of all sentences but filler; of all where there is nothing else."""
        positions = range(len(self._texts))
        return [at for at in positions if not is_filler(self._texts[at])] or list(positions)

    def _find_best_unit(
        self, candidates: Sequence[int], chosen: Set[int], room: int, scores: Sequence[float]
    ) -> list[int]:
        """Give the unit with the highest mean score, of several the first; none if none fits."""

        def rank(unit: Sequence[int]) -> tuple[float, int]:
            mean_score = sum(scores[position] for position in unit) / len(unit)
            return mean_score, -unit[0]

        units = (self._find_unit(position, chosen, room) for position in candidates)
        return max(filter(None, units), key=rank, default=[])

    def _find_unit(self, position: int, chosen: Set[int], room: int) -> list[int]:
        """Give a sentence with those before it that it needs; none if they are too many."""
        unit = [position]
        needed = self._needed[position]
        while needed is not None and needed not in chosen:
            if len(unit) == min(room, _MAX_UNIT):
                return []
            unit.insert(0, needed)
            needed = self._needed[needed]
        return unit

    def _score(self, position: int) -> float:
        """Score a sentence with the weights of now, by the root of its length."""
        terms = self._terms[position]
        weight = sum(self._weights[term] for term in terms)
        length = max(len(terms), _MIN_TERMS)
        factor = self._factors[position]
        return factor * weight / sqrt(length)

    def _reduce_weights(self, unit: Sequence[int]) -> list[int]:
        """Make the terms of chosen sentences weigh less; give the positions with any of them."""
        chosen_terms = {term for position in unit for term in self._terms[position]}
        for term in chosen_terms:
            self._weights[term] *= _CHOSEN_TERM_FACTOR
        changed = []
        for position, terms in enumerate(self._terms):
            if not chosen_terms.isdisjoint(terms):
                changed.append(position)
        return changed


def _weigh_terms(
    terms: Sequence[frozenset[str]], heading_terms: frozenset[str]
) -> dict[str, float]:
    """Give each term its weight: the root of the share of sentences that have it."""
    weights = {}
    counts = Counter(term for of_sentence in terms for term in of_sentence)
    for term, count in counts.items():
        factor = _HEADING_TERM_FACTOR if term in heading_terms else 1
        weights[term] = sqrt(count / len(terms)) * factor
    return weights


def _find_factors(style: _Style, texts: Sequence[str], gaps: Sequence[str]) -> list[float]:
    """Give the factor of each sentence's score that is not of its terms."""
    factors = []
    for position, (text, gap) in enumerate(zip(texts, gaps, strict=True)):
        position_factor = _find_position_factor(position, gap)
        factors.append(position_factor * style.find_factor(text))
    return factors


def _find_position_factor(position: int, gap: str) -> float:
    """Give the factor of a sentence's score for its position; ``gap`` is what stands before it."""
    section_bonus = _SECTION_OPENING_BONUS * _BONUS_DECAY**position
    opens_paragraph = gap.count("\n") > 1
    paragraph_bonus = _PARAGRAPH_OPENING_BONUS if opens_paragraph else 0.0
    return 1 + section_bonus + paragraph_bonus


def _find_gaps(text: str, sentences: Sequence[Sentence]) -> list[str]:
    """Give what stands before each sentence, its newlines as line feeds.

    Before the first sentence it is an empty line.
    """
    gaps = ["\n\n"] if sentences else []
    for sentence, following in pairwise(sentences):
        gap = text[sentence.end : following.start]
        gaps.append(gap.replace("\r\n", "\n").replace("\r", "\n"))
    return gaps


def _find_announcements(texts: Sequence[str], gaps: Sequence[str]) -> list[int | None]:
    """Give for each sentence the position of the one that announces it, or None.

    A sentence that ends in a colon announces the next one, or all items of a list.
    """
    announcements: list[int | None] = []
    is_in_list = False
    for position, gap in enumerate(gaps):
        is_item = "\n" in gap and not gap.isspace()
        if position and texts[position - 1].endswith(":"):
            is_in_list = is_item
            announcements.append(position - 1)
            continue
        is_in_list = is_in_list and (is_item or gap.count("\n") < 2)
        announcements.append(announcements[-1] if is_in_list else None)
    return announcements
