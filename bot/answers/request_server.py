"""Requests answered: a summary, or facts about the articles, where the articles leave room for it.

In: a question that has the form of a request, and the conversation. Out: an ``Answer``, or None
where the question is for the articles' text after all:

- the same words are the heading of a section, or stand in one quotation ("who wrote the report");
- "it" is what was talked about before, not the article;
- what is to be summed up is in no article;
- what stands behind "explain like I'm five" is a question that they answer, and not only faintly:
  that is answered.

A section is meant by its name, or else by the words that it answers to.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from bot.answers.about import MOST_ARTICLES, make_message, tell_mentions
from bot.answers.conversation import Turn
from bot.answers.follow_up_forms import is_clause
from bot.answers.ids import passage_id
from bot.answers.model import About, Answer, Assurance, Place, Summary
from bot.answers.names import fold_name, fold_typed, list_names, quote_name
from bot.answers.request_model import Request
from bot.answers.requests import find_request
from bot.answers.section_search import (
    RankedSection,
    Searched,
    find_in_title_only,
    join_rankings,
    names_somebody,
    rank_sections,
)
from bot.answers.written_works import names_written_work
from bot.articles.library import Library
from bot.articles.model import Article
from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.tokens import TokenizedText
from bot.search.question_reader import read_question
from bot.texts import about as texts

# Sections that are named with a mention.
_MAX_PLACES = 12
# So many titles are a choice at a glance, and buttons of one row.
_MAX_CHOICES = 5
# Sentences of a summary that are asked for by number.
_MAX_SENTENCES = 20
# Sections that an answer names as the nearest.
_MOST_CLOSEST = 3
# What stands behind "tl;dr" is a topic in so few words, and may be a question in more.
_MAX_TOPIC_WORDS = 3
# Words of a name that answers the question which article is meant.
_MAX_NAME_WORDS = 12


# "Who", in the languages that have forms of requests.
_WHO = frozenset(
    "who whos wer qui quien quienes quem chi kto хто кто kim kimdir wie 谁 誰 누구".split()
)


class RequestServer:
    """Answers requests about one library. It never changes."""

    def __init__(
        self,
        library: Library,
        searched: Sequence[Searched],
        ask: Callable[[TokenizedText, str, Turn | None], Answer],
    ) -> None:
        """Take a library with its indexes.

        ``ask(question, article, before)`` answers from the text.
        """
        self._library = library
        self._searched = searched
        self._answer_from_text = ask

    def answer(self, question: TokenizedText, article: str, before: Turn | None) -> Answer | None:
        """Answer a request; None where the question is one for the text.

        ``article`` is the id of the only article to answer from; empty for all of them.
        """
        if not self._library.articles:
            return None
        request = find_request(question, self._is_known)
        if request is None:
            return self._answer_choice(question, before) or self._tell_title(question, article)
        if self._is_for_text(request, question, before):
            return None
        if request.aspect == "summary":
            return self._summarise(request, question, article, before)
        if self._stands_in_text(request, question, article):
            return None
        if request.aspect == "mentions":
            has_topic = any(map(self._has_terms, read_question(request.topic).tokens))
            return self._tell_mentions(request, question.text, article) if has_topic else None
        return self._tell_about(request, question.text, article, before)

    def refers_back(self, question: TokenizedText) -> bool:
        """Say whether a text asks for something of what was talked about ("who wrote it")."""
        request = find_request(question, self._is_known)
        return request is None or request.has_pronoun or request.is_loose

    def _ask(self, question: TokenizedText, article: str, before: Turn | None = None) -> Answer:
        """Answer a question from the articles' text."""
        return self._answer_from_text(question, article, before)

    def _has_terms(self, word: str) -> bool:
        return any(one.index.analyzer.term(word) for one in self._searched)

    def _is_known(self, word: str) -> bool:
        return any(one.index.is_known(word) for one in self._searched)

    def _is_for_text(self, request: Request, question: TokenizedText, before: Turn | None) -> bool:
        """Say whether "it", or the source, is of something that the conversation was about."""
        if before is None:
            return request.is_loose
        if before.is_of_article:
            return False
        # "Source?" asks where a quotation is from.
        asks_back = request.aspect == "source" and not request.noun
        if request.aspect == "author" and request.has_pronoun and not request.is_loose:
            return not self._is_author_of_article(question, before)
        return request.is_loose or request.has_pronoun or asks_back

    def _is_author_of_article(self, question: TokenizedText, before: Turn) -> bool:
        """Say whether "who wrote it" asks who wrote the article that was quoted, and that is known.

        Something else may be meant if something written was spoken of, or if the text has the very
        words. "By whom?" does not say that anything is written.
        """
        quoted = self._find_quoted(before)
        if quoted is None or not quoted.author:
            return False
        is_said = any(map(self._has_terms, question.tokens))
        if not is_said or _speaks_of_written_work(before):
            return False
        return not self._has_very_words(question, self._ask(question, "", before))

    def _stands_in_text(self, request: Request, question: TokenizedText, article: str) -> bool:
        """Say whether the words of a request for a fact lead to what the articles say."""
        if request.is_weak and self._has_word(request.noun):
            return True
        answer = self._ask(question, article)
        if not answer.quotes:
            return False
        if self._find_named_place(question, answer) is not None:
            return True
        if not request.noun and not request.name:
            return False
        return self._has_very_words(question, answer)

    @staticmethod
    def _has_very_words(question: TokenizedText, answer: Answer) -> bool:
        """Say whether all words of a question stand in the first quotation of its answer.

        One alone ("wrote") may stand in any.
        """
        if not answer.quotes:
            return False
        first = answer.quotes[0]
        analyzer = get_analyzer(first.article.language)
        terms = map(analyzer.term, question.tokens)
        asked = frozenset(filter(None, terms))
        quoted = " ".join(sentence.plain for sentence in first.sentences)
        stands_there = asked <= frozenset(analyzer.analyze(quoted))
        return len(asked) > 1 and stands_there

    def _has_word(self, words: str) -> bool:
        """Say whether words stand in the articles in their own form."""
        return any(
            concept.variants.get(concept.term)
            for one in self._searched
            for concept in one.index.parse(words).concepts
        )

    @staticmethod
    def _find_named_place(question: TokenizedText, answer: Answer) -> Place | None:
        """Give the section of the first quotation if the very words are its heading."""
        if not answer.quotes:
            return None
        first = answer.quotes[0]
        analyzer = get_analyzer(first.article.language)
        terms = frozenset(analyzer.analyze_words(question.tokens))
        heading_terms = frozenset(analyzer.analyze(first.section.heading))
        is_named = bool(terms) and terms == heading_terms
        return (first.article, first.section) if is_named else None

    # Summaries.

    def _summarise(
        self, request: Request, question: TokenizedText, article: str, before: Turn | None
    ) -> Answer | None:
        named = self._find_named_place(question, self._ask(question, article))
        if named is not None:
            return self._make_summary(question.text, request, [named])
        scope = self._choose_articles(article, before)
        narrowed = request.topic or request.subject or request.name
        if narrowed:
            places = self._find_places(request, article, scope)
            return self._make_summary(question.text, request, places) if places else None
        if request.rest and len(request.rest.split()) <= _MAX_TOPIC_WORDS:
            ranked = self._rank_sections(request.rest, article)[:1]
            places = [one.place for one in ranked if one.has_topic]
            if places:
                return self._make_summary(question.text, request, places)
        if request.rest:
            answer = self._ask(read_question(request.rest), article, before)
            is_answered = answer.kind == "answer" and answer.assurance is not Assurance.FAINT
            if is_answered and not answer.missing:
                return answer
        if len(scope) > 1:
            return self._ask_which(question.text, scope)
        return self._make_summary(question.text, request, _list_places(scope))

    def _choose_articles(self, article: str, before: Turn | None) -> Sequence[Article]:
        """Give the articles that may be meant: the one that was quoted last, or all."""
        if article:
            return [one for one in self._library.articles if one.id == article]
        quoted = self._find_quoted(before) if before else None
        return self._library.articles if quoted is None else [quoted]

    def _find_quoted(self, before: Turn) -> Article | None:
        """Give the article that a conversation quoted last, as its first quotation."""
        last = () if before.key is None else (before.key.passage,)
        for passage in (*last, *before.passages):
            for one in self._searched:
                located = one.table.find_passage(passage)
                if located is not None:
                    return located[0]
        return None

    def _find_places(
        self, request: Request, article: str, scope: Sequence[Article]
    ) -> Sequence[Place]:
        """Find what a summary is asked for of: a section by name, an article, a section by text."""
        words = request.topic or request.subject or request.name
        # An article is named whatever was quoted last.
        articles = self._choose_articles(article, None)
        if not request.is_part:
            titled = self._find_titled(words, articles, is_subject=bool(request.subject))
            if titled:
                return _list_places(titled)
        found = _find_section(scope, words) or _find_section(articles, words)
        if found or not request.topic or words.isdecimal():
            return found
        return self._find_place_by_text(request, article)

    def _find_place_by_text(self, request: Request, article: str) -> Sequence[Place]:
        """Find the section that is about a topic most; none where its words are in no article."""
        ranked = self._rank_sections(request.topic, article)
        if ranked:
            return [ranked[0].place]
        answer = self._ask(read_question(request.topic), article)
        if answer.quotes:
            first = answer.quotes[0]
            return [(first.article, first.section)]
        is_near = request.is_part and not answer.missing
        return answer.closest[:1] if is_near else ()

    def _find_titled(
        self, words: str, articles: Sequence[Article], *, is_subject: bool = False
    ) -> list[Article]:
        """Find the article that a name is of: its title, or words of it; none where several are.

        As a subject, words of a title must have a name or be the whole title.
        """
        same = [one for one in articles if self._is_title(words, one)]
        if len(same) == 1:
            return same
        if is_subject and not self._has_name(words):
            return []
        having = [one for one in articles if self._has_in_title(words, one)]
        return having if len(having) == 1 else []

    def _is_title(self, words: str, article: Article) -> bool:
        terms = _find_terms(words, article)
        return bool(terms) and any(terms == one for one in self._list_titles(article))

    def _has_in_title(self, words: str, article: Article) -> bool:
        terms = _find_terms(words, article)
        return bool(terms) and any(terms <= one for one in self._list_titles(article))

    def _list_titles(self, article: Article) -> list[frozenset[str]]:
        """Give the terms of each name of an article, once for each library."""
        titles = self._titles.get(article.id)
        if titles is None:
            names = (article.title, article.id, *article.aliases)
            titles = [_find_terms(name, article) for name in names]
            self._titles[article.id] = titles
        return titles

    @cached_property
    def _titles(self) -> dict[str, list[frozenset[str]]]:
        return {}

    def _has_name(self, words: str) -> bool:
        tokens = read_question(words).tokens
        return any(one.index.is_name(token) for one in self._searched for token in tokens)

    def _make_summary(
        self, question: str, request: Request, places: Sequence[Place]
    ) -> Answer | None:
        """Sum up sections, in as many sentences as were asked for."""
        # Most questions ask for no summary.
        from bot.answers.summary import summarise_places, summarise_whole  # noqa: PLC0415

        if not places:
            return None
        most = min(request.sentences, _MAX_SENTENCES)
        article, section = places[0]
        is_whole = len(places) > 1
        if is_whole and most:
            summaries = summarise_whole(article, most)
        else:
            summaries = summarise_places(places, most or None)
        subject = article.title if is_whole else f"{article.title} {section.heading}"
        turn = Turn(question, subject, self._find_passages(summaries), is_of_article=True)
        message = "" if summaries else texts.NOTHING_TO_SUM_UP(title=article.title)
        return Answer(
            question, "summary", message=message, summaries=tuple(summaries), next_turn=turn
        )

    def _find_passages(self, summaries: Iterable[Summary]) -> tuple[str, ...]:
        """Give the ids of the passages that the sentences of summaries are from."""
        passages: list[str] = []
        for summary in summaries:
            chosen = set(map(id, summary.sentences))
            passages += [
                passage_id(summary.article, passage)
                for passage in summary.section.passages
                if not chosen.isdisjoint(map(id, passage.sentences))
            ]
        return tuple(passages)

    def _ask_which(self, question: str, articles: Sequence[Article]) -> Answer:
        """Ask which of several articles is to be summed up."""
        choices = tuple(articles[:_MAX_CHOICES])
        titles = [quote_name(one.title) for one in articles]
        names = list_names(titles, _MAX_CHOICES)
        message = texts.WHICH_ARTICLE(names=names)
        turn = Turn(question, "", (), is_of_article=True)
        return Answer(question, "summary", message=message, choices=choices, next_turn=turn)

    def _answer_choice(self, question: TokenizedText, before: Turn | None) -> Answer | None:
        """Take the name of an article as what is meant by the request before, if there was one."""
        if before is None or not before.is_of_article or before.passages:
            return None
        if len(question.tokens) > _MAX_NAME_WORDS or self._asks_by_itself(question):
            return None
        request = find_request(TokenizedText.tokenize(before.question), self._is_known)
        titled = self._find_titled(self._find_name(question), self._library.articles)
        if request is None or request.aspect != "summary" or not titled:
            return None
        return self._make_summary(question.text, request, _list_places(titled))

    def _asks_by_itself(self, question: TokenizedText) -> bool:
        """Say whether a text asks something, and is not the very title of an article."""
        typed = fold_typed(question.text)
        is_title = any(fold_name(article.title) == typed for article in self._library.articles)
        return is_clause(question) and not is_title

    def _find_name(self, question: TokenizedText) -> str:
        """Leave out a word that is in no title ("the minsk one")."""
        articles = self._library.articles
        known = [word for word in question.tokens if self._is_in_title(word, articles)]
        content = filter(self._has_terms, question.tokens)
        outside = set(content).difference(known)
        if len(outside) > 1:
            return question.text
        return " ".join(known)

    def _is_in_title(self, word: str, articles: Sequence[Article]) -> bool:
        return any(self._has_in_title(word, article) for article in articles)

    # Facts about articles.

    def _tell_about(
        self, request: Request, question: str, article: str, before: Turn | None
    ) -> Answer | None:
        scope = self._choose_articles(article, before)
        if request.aspect == "articles":
            scope = self._library.articles
        elif request.name:
            scope = self._find_named_articles(request, article)
            if not scope:
                return None
        told = tuple(scope if request.aspect == "articles" else scope[:MOST_ARTICLES])
        about = About(request.aspect, told)
        subject = told[0].title if len(told) == 1 else ""
        passages = before.passages if before else ()
        turn = Turn(question, subject, passages, is_of_article=True)
        message = make_message(about, len(scope))
        return Answer(question, "about", message=message, about=about, next_turn=turn)

    def _tell_title(self, question: TokenizedText, article: str) -> Answer | None:
        """Answer who somebody is from a title, where that alone has the words ("…, Solicitor").

        Beside them the title must have a full name. No text or heading may have any of the words.
        """
        if _WHO.isdisjoint(question.folded) or not self._has_names_in_titles:
            return None
        for searched in self._searched:
            titled = find_in_title_only(searched, question, article)
            if titled is not None:
                about = About("title", (titled,))
                turn = Turn(question.text, titled.title, (), is_of_article=True)
                message = texts.TITLE(title=titled.title)
                return Answer(question.text, "about", message=message, about=about, next_turn=turn)
        return None

    @cached_property
    def _has_names_in_titles(self) -> bool:
        return any(names_somebody(article.title) for article in self._library.articles)

    def _find_named_articles(self, request: Request, article: str) -> list[Article]:
        """Find the article of a name: its title, or words of it where an article is spoken of."""
        articles = self._choose_articles(article, None)
        if request.noun:
            return self._find_titled(request.name, articles)
        return [one for one in articles if self._is_title(request.name, one)]

    def _tell_mentions(self, request: Request, question: str, article: str) -> Answer:
        """Tell which sections have something about a topic, or what comes closest to it."""
        ranked = self._rank_sections(request.topic, article)
        places = [one.place for one in ranked if one.has_topic][:_MAX_PLACES]
        nearest = [one.place for one in ranked][:_MOST_CLOSEST]
        of_places = {one.id: one for one, _ in places}
        articles = tuple(of_places.values())[:MOST_ARTICLES]
        about = About("mentions", articles, request.topic, tuple(places))
        message = tell_mentions(about, nearest)
        turn = Turn(question, request.topic, ())
        closest = tuple(places[:_MOST_CLOSEST] or nearest)
        return Answer(
            question, "about", message=message, closest=closest, about=about, next_turn=turn
        )

    def _rank_sections(self, topic: str, article: str) -> list[RankedSection]:
        """Rank the sections of all languages that have something of a topic."""
        return join_rankings(rank_sections(one, topic, article) for one in self._searched)


def _speaks_of_written_work(before: Turn) -> bool:
    """Say whether a conversation was about something that somebody writes.

    Its words are those that were asked, and the quotation that came first last.
    """
    shown = [sentence for turn in before.recent[-1:] for sentence in turn.quotes[0].sentences]
    return any(map(names_written_work, (before.question, before.subject, *shown)))


def _list_places(articles: Iterable[Article]) -> list[Place]:
    return [(article, section) for article in articles for section in article.sections]


def _find_section(articles: Sequence[Article], name: str) -> Sequence[Place]:
    """Find the section of a name; none where it is of several, or only spelt alike."""
    # Most questions need neither this nor what it imports.
    from bot.answers.lookup import find_sections  # noqa: PLC0415

    found = find_sections(articles, name)
    if len(found) != 1:
        return ()
    article, section = found[0]
    terms = _find_terms(name, article)
    heading_terms = _find_terms(section.heading, article)
    is_number = name.strip().isdecimal() or not section.heading
    return found if is_number or terms <= heading_terms else ()


def _find_terms(text: str, article: Article) -> frozenset[str]:
    return frozenset(get_analyzer(article.language).analyze(text))
