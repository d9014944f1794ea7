"""The card on which an editor says whether an answer, or a refusal, was right.

In: a question, how it is answered now, and the passages that may be right instead. Out: a card with
a button and a menu. What is right has a name, which is the value of an option, and goes to and fro
in custom ids:

- the id of a passage, or "none", where the articles do not answer;
- "section." or "whole." with the id of a section or an article of which a summary is right;
- "about." with a fact, and the id of the article that it is about, if it is about a certain one.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.answers.ids import article_id
from bot.answers.model import About, Answer, Place, Quote
from bot.chat.ui.card_reader import question_texts
from bot.chat.ui.components import make_button, make_menu, make_row
from bot.chat.ui.layout import Block, Button, Card, Row, fit, fit_name
from bot.chat.ui.passages import show_location
from bot.chat.ui.source import section_id
from bot.texts import common
from bot.texts import editing as texts

# The value of the menu's last option.
NOT_ANSWERED: Final = "none"
SECTION: Final = "section"
WHOLE: Final = "whole"
ABOUT: Final = "about"
_SENTENCE = 400
# So many sections are offered whose summary may be right.
_MOST_SECTIONS = 10

# A label, a description and a value.
_Option = tuple[str, str, str]


def make_judging_card(question: str, quote: Quote, others: Sequence[Quote]) -> Card:
    """Ask whether a quotation is the right answer, and if not, what is."""
    place = show_location(quote.article, quote.section)
    sentence = fit(quote.key.plain, _SENTENCE)
    now = texts.ANSWER_NOW(place=place, sentence=sentence)
    good = make_button(texts.GOOD_ANSWER(), "good", quote.id)
    summaries = _list_summaries(_list_places([quote, *others]))
    return _make_card(question, now, good, [*_list_options(others), *summaries])


def make_request_judging_card(answer: Answer, others: Sequence[Quote]) -> Card:
    """Ask whether a summary, or a fact about articles, is the right answer, and if not, what is."""
    places = _list_places(others)
    if answer.about is not None:
        now = texts.FACT_NOW(fact=fit(answer.message, _SENTENCE))
        right = _name_fact(answer.about)
    else:
        summed_up = [(one.article, one.section) for one in answer.summaries]
        places = [*places, *summed_up]
        article, section = summed_up[0]
        name = fit_name(article.title)
        right = f"{WHOLE}.{article_id(article)}"
        if not answer.is_of_whole_article:
            name = show_location(article, section)
            right = f"{SECTION}.{section_id(article, section)}"
        now = texts.SUMMARY_NOW(name=name)
    good = make_button(texts.GOOD_ANSWER(), "good", right)
    summaries = [one for one in _list_summaries(places) if one[2] != right]
    return _make_card(answer.question, now, good, [*_list_options(others), *summaries])


def _make_card(question: str, now: str, good: Button, options: Sequence[_Option]) -> Card:
    blocks: list[Block] = [texts.JUDGE_HEAD(), *question_texts(question, ""), now]
    none = (texts.NOT_ANSWERED(), texts.NOT_ANSWERED_DESCRIPTION(), NOT_ANSWERED)
    menu = make_menu(texts.WRONG_ANSWER(), "right", [*options, none])
    return Card(blocks, [*make_row(good), menu])


def make_refusal_judging_card(question: str, nearest: Sequence[Quote]) -> Card:
    """Ask whether it was right to refuse a question, and if not, what answers it."""
    blocks = [texts.JUDGE_HEAD(), *question_texts(question, ""), texts.REFUSED_NOW()]
    rows: list[Row] = make_row(make_button(texts.RIGHT_TO_REFUSE(), "good", NOT_ANSWERED))
    if nearest:
        options = [*_list_options(nearest), *_list_summaries(_list_places(nearest))]
        rows.append(make_menu(texts.WRONG_TO_REFUSE(), "right", options))
    return Card(blocks, rows)


def _list_options(quotes: Sequence[Quote]) -> Iterator[_Option]:
    for quote in quotes:
        heading = quote.section.heading or common.LEAD()
        yield f"{heading} · {quote.article.title}", quote.key.plain, quote.id


def _list_places(quotes: Sequence[Quote]) -> list[Place]:
    return [(quote.article, quote.section) for quote in quotes]


def _list_summaries(places: Sequence[Place]) -> list[_Option]:
    """List the summaries that may be right: of some sections, and of their articles."""
    sections: dict[str, _Option] = {}
    articles: dict[str, _Option] = {}
    for article, section in places:
        heading = section.heading or common.LEAD()
        named = texts.SUMMARY_OF(name=heading)
        value = f"{SECTION}.{section_id(article, section)}"
        sections.setdefault(value, (named, article.title, value))
        value = f"{WHOLE}.{article_id(article)}"
        articles.setdefault(value, (texts.SUMMARY_OF(name=article.title), "", value))
    return [*list(sections.values())[:_MOST_SECTIONS], *articles.values()][: 2 * _MOST_SECTIONS]


def _name_fact(about: About) -> str:
    """Name the fact that was told, and its article, if it is of one alone."""
    is_of_one = len(about.articles) == 1 and about.asked != "articles"
    article = article_id(about.articles[0]) if is_of_one else ""
    return f"{ABOUT}.{about.asked}.{article}"
