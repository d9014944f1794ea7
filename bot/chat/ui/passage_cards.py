"""What lies deeper than an answer: its other passages, why it was chosen, whether it is genuine.

So does why there is no answer. In: quotations and explanations. Out: cards, and a file where a card
can't show a text exactly.
"""

from collections.abc import Sequence

from bot.answers.explanation import ConceptMatch, Explanation, RunnerUp
from bot.answers.model import Quote
from bot.articles.encodings import name_encoding
from bot.articles.library import KeptFile
from bot.articles.model import Article, Sentence
from bot.chat.ui.card_reader import question_texts
from bot.chat.ui.components import make_button, make_page_row, make_row
from bot.chat.ui.escape import begin_visible
from bot.chat.ui.layout import (
    CARD,
    GREY,
    Block,
    Card,
    count_pages,
    fit,
    join_that_fit,
    weigh,
)
from bot.chat.ui.passages import (
    QUOTE,
    is_shown_exactly,
    quote_text,
    quote_texts,
    show_location,
    show_quote_location,
)
from bot.chat.ui.source import Source, section_id
from bot.texts import cards, editing, files

OTHERS_ON_A_PAGE = 3
# Room for the lines that count what is gone and the pages.
_OTHERS_FOOT = 150
# Room for the marks around a place, and for those around a quotation.
_LOCATION_MARKUP = 10
_QUOTE_MARKUP = 20
# The longest path of a file that is served has five names of 255 bytes each.
_FILE_NAME = 1_300
# What a card about one passage quotes of it, and how much it says about the words.
_SHORT_QUOTE = 600
_WORDS = 1_600
_WORD = 60
# A name and its bytes.
Attachment = tuple[str, bytes]


def make_others_card(  # noqa: PLR0913 (each is shown, or says how)
    question: str,
    before: str,
    quotes: Sequence[Quote],
    ids: Sequence[str],
    page: int,
    *,
    has_links: bool = False,
) -> Card:
    """Show one page of the other passages; those that are no longer there are counted.

    ``ids`` are the passages of all pages, ``quotes`` those of this page that are still there.
    With ``has_links``, the articles' links are live.
    """
    texts: list[Block] = list(question_texts(question, before))
    locations = [show_quote_location(quote, has_links=has_links) for quote in quotes]
    limit = _share_room(question, before, locations)
    for quote, location in zip(quotes, locations, strict=True):
        text = quote_text(quote, limit, has_links=has_links)
        source = Source.of(quote, 0)
        read = make_button(cards.READ(), "read", source.section, "", source.sentence)
        texts += [text, (f"-# {location}", read)]
    ids_of_page = ids[page * OTHERS_ON_A_PAGE :][:OTHERS_ON_A_PAGE]
    gone = len(ids_of_page) - len(quotes)
    if gone:
        texts.append(cards.CHANGED_SINCE(gone))
    pages = count_pages(len(ids), OTHERS_ON_A_PAGE)
    if pages > 1:
        texts.append(cards.PAGE_OF(page=page + 1, pages=pages))
    return Card(texts, make_page_row("leaf", page, pages, after=[".".join(ids)]))


def _share_room(question: str, before: str, locations: Sequence[str]) -> int:
    """Give how much of a card each of its quotations may take."""
    room = CARD - _OTHERS_FOOT
    for text in question_texts(question, before):
        room -= weigh(text)
    for location in locations:
        room -= weigh(location) + _LOCATION_MARKUP
    return min(QUOTE, room) // OTHERS_ON_A_PAGE - _QUOTE_MARKUP


def make_verify_card(
    quote: Quote, start: int, end: int, sha: str, kept: KeptFile | None = None
) -> tuple[Card, Attachment | None]:
    """Show a quotation as its file has it, and what anybody needs to compare them.

    ``start``, ``end`` and the beginning ``sha`` of the file's hash are those of the answer. Where
    the file has another hash now, the passage is shown as it would be quoted now, as ``quote``.
    ``kept`` is the earlier version that is served, if one is. The second value is a file to attach,
    where a card can't show the text exactly.
    """
    article = quote.article
    head: str = cards.FILE_UNCHANGED()
    if not article.sha256.startswith(sha):
        head = cards.FILE_CHANGED()
        start, end = quote.start, quote.end
    if kept is not None:
        head = cards.FILE_KEPT(served=int(kept.version.served_since.timestamp()))
    sentence = _find_sentence(article, start) or quote.sentences[0]
    decoding = article.decoding
    facts = cards.FILE_FACTS(
        file=_show_file_name(article.file),
        place=cards.PLACES[decoding.kind](number=article.place_number(sentence)),
        start=start,
        end=end,
        sha256=article.sha256,
    )
    raw = article.text[start:end]
    if decoding.extractor:
        # Nobody else can take out the same text: it is attached whole.
        how = cards.HOW_TO_VERIFY_EXTRACTED(extractor=decoding.extractor)
        shown = [f"```\n{raw}\n```"] if is_shown_exactly(raw) else []
        return Card([head, facts, how, *shown], files=[files.EXTRACTED_FILE]), (
            files.EXTRACTED_FILE,
            article.text.encode(),
        )
    how = cards.HOW_TO_VERIFY(encoding=name_encoding(decoding.encoding))
    texts = [head, facts, how]
    if is_shown_exactly(raw):
        return Card([*texts, f"```\n{raw}\n```"]), None
    name = files.QUOTATION_FILE(start=start, end=end)
    return Card(texts, files=[name]), (name, raw.encode())


def _find_sentence(article: Article, offset: int) -> Sentence | None:
    """Give the sentence at an offset of the file; None where there is none."""
    for section in article.sections:
        for sentence in section.sentences:
            if sentence.start <= offset < sentence.end:
                return sentence
    return None


def _show_file_name(name: str) -> str:
    beginning, _ = begin_visible(name, _FILE_NAME)
    return beginning.replace("`", "ˋ").replace("\n", " ")


def make_why_card(
    question: str, before: str, quote: Quote, why: Explanation, *, has_links: bool = False
) -> Card:
    """Tell which words of the question led to a passage, and which passage came next.

    With ``has_links``, the articles' links are live.
    """
    blocks: list[Block] = list(question_texts(question, before))
    blocks += quote_texts(quote, _SHORT_QUOTE, has_links=has_links)
    if why.linked:
        blocks.append(cards.LINKED_HERE(question=fit(why.linked, _WORD * 3)))
    blocks.append(cards.WHY_THIS_PASSAGE())
    blocks.append(_show_words(why))
    if why.runner_up is not None:
        blocks.append(_show_runner_up(why.runner_up))
    return Card(blocks)


def make_refused_card(  # noqa: PLR0913 (each is shown, or says how)
    question: str,
    before: str,
    nearest: tuple[Quote, Explanation] | None,
    ids: Sequence[str],
    *,
    has_links: bool = False,
    is_editor: bool = False,
) -> Card:
    """Tell why a question was refused: what is nearest to it, and what that lacks of it.

    ``nearest`` is None where nothing is near; ``ids`` are the nearest passages. An ``is_editor``
    may say whether that was right. With ``has_links``, the articles' links are live.
    """
    blocks: list[Block] = list(question_texts(question, before))
    if nearest is None:
        blocks.append(cards.NOTHING_NEAR())
    else:
        quote, why = nearest
        blocks.append(cards.WHY_REFUSED())
        blocks += quote_texts(quote, _SHORT_QUOTE, has_links=has_links)
        blocks.append(cards.WORDS_OF_NEAREST())
        blocks.append(_show_words(why))
    passages = make_button(cards.NEAREST_PASSAGES(), "others", 0, ".".join(ids)) if ids else None
    judge = make_button(editing.FOR_EDITORS(), "judge_refusal") if is_editor else None
    return Card(blocks, make_row(passages, judge), GREY)


def _show_words(why: Explanation) -> str:
    lines = [_show_word(concept) for concept in why.concepts]
    return join_that_fit(lines, _WORDS, len(lines), cards.MORE_WORDS)


def _show_runner_up(runner_up: RunnerUp) -> Block:
    article = runner_up.article
    section = runner_up.section
    first = runner_up.passage.sentences[0]
    number = section.sentences.index(first)
    read = make_button(cards.READ(), "read", section_id(article, section), "", number)
    text = cards.RUNNER_UP(
        share=_percent(runner_up.score_ratio), place=show_location(article, section)
    )
    return text, read


def _percent(share: float) -> str:
    return cards.PERCENT(percent=f"{share:.0%}".removesuffix("%"))


def _show_word(concept: ConceptMatch) -> str:
    """Say how much a word of the question counts, and how the passage holds it."""
    match = _describe_match(concept)
    if concept.correction:
        match = cards.TAKEN_FOR(meant=fit(concept.correction, _WORD)) + match
    word = fit(concept.word, _WORD)
    return cards.WORD_OF_QUESTION(word=word, share=_percent(concept.share), match=match)


def _describe_match(concept: ConceptMatch) -> str:
    if concept.match == "nowhere":
        return cards.IN_NO_ARTICLE()
    if concept.match == "elsewhere":
        return cards.IN_OTHER_PASSAGES()
    found = fit(concept.matched, _WORD)
    if concept.match == "part":
        text = cards.PART_STANDS_THERE(found=found)
    elif concept.match != "itself":
        text = cards.FOUND_AS(found=found)
    elif concept.matched.casefold() == (concept.correction or concept.word).casefold():
        text = cards.STANDS_THERE()
    else:
        text = cards.STANDS_THERE_AS(found=found)
    return text + cards.IN_HEADING() if concept.only_in_title else text
