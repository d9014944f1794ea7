"""Turns read back from cards, for questions that reply to them when nothing is remembered.

In: a card of the bot. Out: the turn after it, as far as the card tells: its question and what that
followed up, what it quotes first and what came first before, or the sections that it sums up.
"""

from collections.abc import Collection, Sequence

import discord

from bot.answers.answerer import Answerer
from bot.answers.conversation import QuotedKey, ShownQuote, ShownTurn, Turn
from bot.answers.ids import passage_id, sentence_id
from bot.answers.requests import asks_for_article
from bot.articles.model import Sentence
from bot.chat.dispatcher import Dispatcher
from bot.chat.ui.card_reader import (
    read_before,
    read_question,
    read_sections,
    read_source,
    read_texts,
)
from bot.chat.ui.library_cards import show_summary_line
from bot.chat.ui.source import KEY_DIGITS, Source
from bot.knowledge_bases import Reader


async def recall_turn(
    dispatcher: Dispatcher, reader: Reader, card: discord.Message | None
) -> Turn | None:
    """Read back from a card what was talked about; None where it is about nothing.

    What ``reader`` may not read is not found.
    """
    if card is None:
        return None

    def read() -> Turn | None:
        return read_turn(dispatcher.view(reader).answerer, card)

    return await dispatcher.admission.work.run(read)


def read_turn(answerer: Answerer, card: discord.Message) -> Turn | None:
    """Do what ``recall_turn`` does, in the thread that calls it."""
    turn = _read_answer_turn(answerer, card)
    is_of_article = turn is None or turn.is_of_article
    if not is_of_article or not read_sections(card):
        return turn
    return _read_summary_turn(answerer, card) or turn


def _read_answer_turn(answerer: Answerer, card: discord.Message) -> Turn | None:
    """Read back what an answer or a refusal was about; None where it is no such card."""
    question = read_question(card)
    if not question:
        return None
    before = read_before(card)
    opening = before or question
    subject = f"{before} {question}".strip()
    found = read_source(card)
    if found is None:
        return Turn(opening, subject, (), is_of_article=asks_for_article(question))
    source, _ = found
    passages = (source.passage,)
    sentences, key = _find_quoted(answerer, source) or _quote_again(answerer, card, source)
    earlier = _find_earlier(answerer, source, before)
    if key is None:
        return Turn(opening, subject, passages, recent=earlier)
    shown = tuple(sentence.plain for sentence in sentences)
    first = ShownQuote(source.passage, key.plain, shown)
    quoted_key = QuotedKey(source.passage, key.start)
    recent = (*earlier, ShownTurn(question, (first,)))
    return Turn(opening, subject, passages, key=quoted_key, recent=recent)


def _find_earlier(answerer: Answerer, source: Source, question: str) -> tuple[ShownTurn, ...]:
    """Give the turn before a card's, if its passage is still there.

    ``question`` is what was asked then; empty where the card's question did not follow it up.
    """
    passage = source.earlier[:-KEY_DIGITS]
    found = answerer.find_passage(passage)
    sentences = [] if found is None else found[-1].sentences
    for text in [sentence.plain for sentence in sentences]:
        if sentence_id(text).startswith(source.earlier[-KEY_DIGITS:]):
            return (ShownTurn(question, (ShownQuote(passage, text, (text,)),)),)
    return ()


def _find_quoted(
    answerer: Answerer, source: Source
) -> tuple[Sequence[Sentence], Sentence | None] | None:
    """Find the sentences that a card quotes, and the key sentence; None where the file changed."""
    place = answerer.find_section(source.section)
    if place is None:
        return None
    article, section = place
    sentences = section.sentences
    if not article.sha256.startswith(source.sha) or source.sentence >= len(sentences):
        return None
    shown = [one for one in sentences if source.start <= one.start and one.end <= source.end]
    return shown, sentences[source.sentence]


def _quote_again(
    answerer: Answerer, card: discord.Message, source: Source
) -> tuple[Sequence[Sentence], Sentence | None]:
    """Give what would be quoted of a card's passage today; nothing where that is gone."""
    quote = answerer.quote(read_question(card), source.passage, read_before(card))
    return ((), None) if quote is None else (quote.sentences, quote.key)


def _read_summary_turn(answerer: Answerer, card: discord.Message) -> Turn | None:
    """Read back from a card which sections it sums up, and which passages it shows of them."""
    located = map(answerer.find_section, read_sections(card))
    places = [place for place in located if place is not None]
    if not places:
        return None
    shown = {line for text in read_texts(card) for line in text.split("\n")}
    passages = [
        passage_id(article, passage)
        for article, section in places
        for passage in section.passages
        if any(_is_shown(sentence, shown) for sentence in passage.sentences)
    ]
    article, section = places[0]
    subject = article.title if len(places) > 1 else f"{article.title} {section.heading}"
    question = read_question(card) or subject
    return Turn(question, subject, tuple(passages), is_of_article=True)


def _is_shown(sentence: Sentence, lines: Collection[str]) -> bool:
    """Say whether a sentence stands on a summary's card, with its links or without."""
    shown = (show_summary_line(sentence, has_links=has_links) for has_links in (False, True))
    return not set(shown).isdisjoint(lines)
