"""Answers as cards: the quotation with its buttons, the honest refusal, what lies deeper, a human who is asked.

In: answers and quotations. Out: cards. What a button needs is in its custom id, the question in the first line.
How sure an answer is shows in the colour and in words, never as a number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import discord

from bot.answers.conversation import SURE
from bot.answers.explanation import ConceptMatch, Explanation
from bot.answers.ids import section_ids
from bot.answers.model import Answer, Quote
from bot.answers.pages import Piece, find_omissions, lay_out_quotation
from bot.articles.model import Article, Section
from bot.chat.ui.components import Button, make_button, make_row
from bot.chat.ui.escape import begin_visible, unescape, visible_text
from bot.chat.ui.layout import (
    AMBER,
    CARD,
    GREEN,
    GREY,
    LINE,
    ORANGE,
    PLAIN,
    Block,
    Card,
    Row,
    as_many_as_fit,
    fit,
    fit_name,
    read_buttons,
    read_texts,
    weigh,
)

OTHERS_ON_A_PAGE = 3
NEAREST = "-# Nearest to it:"
_QUESTION = 300
_QUOTE = 2_600
_PLACE = 600
_RAW = 1_800
# The longest path of a file that is served has five names of 255 bytes each.
_FILE = 1_300
# What stands before an item as deep in lists as any parser goes.
_MARK = 60
_LEFT_OUT = "-# …"
_ASKED = "-# Asked: "
_DEEPER = "**More on this answer**"
_FOLLOWING = "-# Following up “"
_LIKELY = 0.3
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BLUE = discord.ButtonStyle.primary


@dataclass(frozen=True, slots=True)
class Audience:
    """Who asked and who sees the card, which decides what can be pressed.

    ``is_reply``: it answers a message, so that whoever replies to it goes on.
    """

    asker: int
    is_private: bool = False
    is_reply: bool = False
    has_votes: bool = False
    can_share: bool = True
    has_humans: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer's quotation is from, as its buttons remember it.

    ``sentence`` is the key sentence's place in the section, ``sha`` the first eight digits of the file's SHA-256.
    """

    passage: str
    section: str
    sentence: int
    start: int
    end: int
    sha: str
    asker: int

    @classmethod
    def of(cls, quote: Quote, asker: int) -> "Source":
        """Remember a quotation."""
        number = next(
            at for at, sentence in enumerate(quote.section.sentences) if sentence is quote.key
        )
        section = section_id(quote.article, quote.section)
        return cls(
            quote.id, section, number, quote.start, quote.end, quote.article.sha256[:8], asker
        )

    @classmethod
    def read(cls, arguments: Sequence[str]) -> "Source":
        """Read back what ``arguments`` of a button say; raises ValueError for what no button of ours says."""
        passage, section, sentence, start, end, sha, asker = arguments
        return cls(passage, section, int(sentence), int(start), int(end), sha, int(asker))

    @property
    def arguments(self) -> tuple[object, ...]:
        """What a button has to say."""
        return self.passage, self.section, self.sentence, self.start, self.end, self.sha, self.asker


def section_id(article: Article, section: Section) -> str:
    """Name a section of an article as its buttons do."""
    return section_ids(article)[section.number - article.sections[0].number]


def make_answer_card(answer: Answer, audience: Audience) -> Card:
    """Show the question as it was taken up, how sure the answer is, the first quotation, and what can be done."""
    texts = _opening(answer.question, answer.before.question if answer.before else "")
    if answer.corrections:
        taken = ", ".join(
            f"“{fit(word, 60)}” as “{fit(meant, 60)}”" for word, meant in answer.corrections[:5]
        )
        texts.append(f"-# Taking {taken}.")
    if answer.missing:
        words = ", ".join(f"“{fit(word, 60)}”" for word in answer.missing[:5])
        texts.append(f"-# Nowhere in the articles: {words}.")
    colour = GREEN
    if answer.confidence < _LIKELY:
        colour = ORANGE
        texts.append("-# A faint match. It may well be about something else:")
    elif answer.confidence < SURE:
        colour = AMBER
        texts.append("-# Perhaps this answers it:")
    room = min(_QUOTE, CARD - _PLACE - sum(map(weigh, texts)))
    others = [*(quote.id for quote in answer.quotes[1:]), *answer.others]
    source = Source.of(answer.quotes[0], audience.asker)
    rows = make_answer_rows(source, list(dict.fromkeys(others))[:6], audience)
    return Card([*texts, *quote_texts(answer.quotes[0], room)], rows, colour)


def make_answer_rows(
    source: Source, others: Sequence[str], audience: Audience, *, is_open: bool = False
) -> list[Row]:
    """Make the row that is seen at first, and the second one where ``is_open``."""
    read, why, verify = _make_deeper_buttons(source)
    more = make_button("Less" if is_open else "More", "more", int(not is_open), *source.arguments)
    other = make_button("Other passages", "others", 0, ".".join(others)) if others else None
    follow = make_button("Follow up", "follow", source.passage)
    share = make_button("Share here", "share") if audience.can_share else None
    remove = make_button("Remove", "remove", source.asker)
    votes = [
        make_button(label, "vote", source.passage, word) if audience.has_votes else None
        for label, word in (("Helpful", "up"), ("Not helpful", "down"))
    ]
    if audience.is_private:
        rows = [[share, follow, other, read, more], [*votes, why, verify]]
    elif audience.is_reply:
        rows = [[other, read, *votes, more], [why, verify, remove]]
    elif audience.has_votes:
        rows = [[follow, other, *votes, more], [read, why, verify, remove]]
    else:
        rows = [[follow, other, read, more], [why, verify, remove]]
    return [row for buttons in rows[: 1 + is_open] for row in make_row(*buttons)]


def _make_deeper_buttons(source: Source) -> tuple[Button, Button, Button]:
    read = make_button("Read the section", "read", source.section, "", source.sentence)
    why = make_button("Why this passage", "why", source.passage)
    verify = make_button("Verify", "verify", source.passage, source.start, source.end, source.sha)
    return read, why, verify


def make_deeper_card(question: str, before: str, source: Source) -> Card:
    """Give somebody who did not ask what leads deeper into an answer, whose card stays as it is for all."""
    return Card([_DEEPER, *_opening(question, before)], make_row(*_make_deeper_buttons(source)))


def read_answer_rows(message: discord.Message | None) -> tuple[Source, tuple[str, ...]] | None:
    """Read back from an answer's card where its quotation is from, and its other passages."""
    found = [(button.custom_id or "").split(":") for button in read_buttons(message)]
    more = next((one[2:] for one in found if one[0] == "more" and len(one) == 9), None)
    others = next((one[2].split(".") for one in found if one[0] == "others" and len(one) == 3), [])
    return (Source.read(more), tuple(others)) if more else None


def _opening(question: str, before: str) -> list[str]:
    asked = [_ASKED + fit(" ".join(question.split()), _QUESTION)] if question else []
    return [*asked, *([f"{_FOLLOWING}{fit(before, 120)}”."] if before else [])]


def read_question(message: discord.Message | None) -> str:
    """Read back the question from a card; empty where it tells none."""
    return next(
        (
            unescape(one.removeprefix(_ASKED))
            for one in read_texts(message)
            if one.startswith(_ASKED)
        ),
        "",
    )


def read_before(message: discord.Message | None) -> str:
    """Read back what the question of a card followed up; empty where it followed up nothing."""
    texts = (one for one in read_texts(message) if one.startswith(_FOLLOWING))
    return next((unescape(one.removeprefix(_FOLLOWING).removesuffix("”.")) for one in texts), "")


def quote_texts(quote: Quote, limit: int = _QUOTE) -> list[str]:
    """Give the quotation, its key sentence bold, what is left out of its list, and where it stands."""
    pieces = lay_out_quotation(quote)
    shown = show_pieces(pieces, pieces[quote.sentences.index(quote.key)].number, limit - 50)
    begins_before, goes_on = find_omissions(quote)
    lines = ["> " + shown.replace("\n", "\n> ")]
    if begins_before:
        lines.insert(0, _LEFT_OUT)
    if goes_on:
        lines.append(_LEFT_OUT)
    return ["\n".join(lines), "-# " + show_place(quote.article, quote.section, link=True)]


def show_pieces(pieces: Sequence[Piece], key: int | None, limit: int) -> str:
    """Show as many pieces as fit, then an ellipsis: that of the number ``key`` bold, code as code if it can be."""
    shown = ""
    for code, run in groupby(pieces, lambda piece: piece.code):
        together = list(run)
        block = f"\n```\n{_join(together)}\n```".removeprefix("" if shown else "\n")
        if code and _can_be_shown(_join(together)) and weigh(shown + block) <= limit:
            shown += block
            continue
        for piece in together:
            room = limit - weigh(shown) - 10
            if room <= 60 and shown:
                return shown + " …"
            text = fit(piece.text, max(room, 60))
            shown += (
                piece.gap + fit(piece.mark, _MARK) + (_bold(text) if piece.number == key else text)
            )
    return shown


def _join(pieces: Sequence[Piece]) -> str:
    return "".join(piece.gap + piece.text for piece in pieces).strip("\n")


def show_place(article: Article, section: Section, *, link: bool = False) -> str:
    """Name a section and its article, with the article's address where ``link``."""
    heading = f"**{fit_name(section.heading)}** · " if section.heading else ""
    source = f" · <{article.source}>" if link and _is_address(article.source) else ""
    return heading + fit_name(article.title) + source


def _is_address(source: str) -> bool:
    """Say whether a text is nothing but an address, short enough and of characters that can be seen."""
    return (
        len(source) <= LINE and bool(_ADDRESS.fullmatch(source)) and source == visible_text(source)
    )


def make_refusal_card(answer: Answer, audience: Audience) -> Card:
    """Say in a line that it is not there; the nearest sections, and a human, are a press away."""
    texts = _opening(answer.question, answer.before.question if answer.before else "")
    nearest = [
        make_button(section.heading or article.title, "read", section_id(article, section), 0, "")
        for article, section in answer.closest
    ]
    texts.append(fit(answer.message, PLAIN // 2))
    if nearest:
        texts.append(NEAREST)
    label = "Ask a human (public)" if audience.is_private else "Ask a human"
    human = (
        make_button(label, "human", audience.asker, style=_BLUE) if audience.has_humans else None
    )
    remove = None if audience.is_private else make_button("Remove", "remove", audience.asker)
    return Card(texts, make_row(*nearest[: 2 if audience.has_humans else 3], human, remove), GREY)


def make_others_card(
    question: str, before: str, quotes: Sequence[Quote], ids: Sequence[str], page: int
) -> Card:
    """Show one page of the other passages; how many of it are no longer in the articles is said."""
    texts: list[Block] = list(_opening(question, before))
    places = sum(
        weigh(show_place(quote.article, quote.section, link=True)) + 10 for quote in quotes
    )
    room = CARD - sum(map(weigh, _opening(question, before))) - places - 150
    for quote in quotes:
        text, place = quote_texts(quote, min(_QUOTE, room) // OTHERS_ON_A_PAGE - 20)
        source = Source.of(quote, 0)
        texts += [text, (place, make_button("Read", "read", source.section, "", source.sentence))]
    gone = len(ids[page * OTHERS_ON_A_PAGE :][:OTHERS_ON_A_PAGE]) - len(quotes)
    if gone:
        noun = "passage is" if gone == 1 else "passages are"
        texts.append(
            f"-# {gone} {noun} no longer in the articles: they were changed since this answer. Ask again."
        )
    pages = -(-len(ids) // OTHERS_ON_A_PAGE)
    if pages > 1:
        texts.append(f"-# Page {page + 1} of {pages}")
    turn = [
        make_button(label, "leaf", to, ".".join(ids)) if 0 <= to < pages else None
        for label, to in (("Previous", page - 1), ("Next", page + 1))
    ]
    return Card(texts, make_row(*turn))


def make_human_card(
    ids: tuple[int, int], question: str, before: str, quotes: Sequence[Quote]
) -> Card:
    """Pass a question on to the people of a role, with the passages that come nearest; ``ids``: the role, the asker."""
    role, asker = ids
    blocks: list[Block] = [
        f"<@&{role}> – <@{asker}> asks what the articles do not answer:",
        _bold(fit(" ".join(question.split()), _QUESTION)),
        *_opening("", before),
    ]
    if quotes:
        blocks.append("-# Nearest to it in the articles:")
    for quote in quotes:
        blocks += quote_texts(quote, _QUOTE // OTHERS_ON_A_PAGE)
    return Card(blocks, make_row(make_button("Remove", "remove", asker)), GREY)


def _bold(text: str) -> str:
    return f"**{text}**" if text else ""


def make_verify_card(
    again: Quote, start: int, end: int, sha: str
) -> tuple[Card, tuple[str, bytes] | None]:
    """Show a quotation as its file has it, and what anybody needs to compare them; the second is a file to attach.

    ``start``, ``end`` and the file's ``sha`` are those of the answer. Where the file is another one now, the passage is
    shown as it would be quoted ``again``.
    """
    article = again.article
    if article.sha256.startswith(sha):
        head = "**The file is as it was when this was quoted.**"
    else:
        head = "**The file was changed since this was quoted.** The passage stands there now:"
        start, end = again.start, again.end
    raw = article.text[start:end]
    sentences = [sentence for section in article.sections for sentence in section.sentences]
    line = next(
        (one.line for one in sentences if one.start <= start < one.end), again.sentences[0].line
    )
    facts = (
        f"File `{_code(article.file)}`, line {line:,}, characters {start:,} to {end:,}\n"
        f"SHA-256 of the file: `{article.sha256}`"
    )
    how = "-# Decoded as UTF-8, the characters from the first number up to the second are exactly this text:"
    if _can_be_shown(raw):
        return Card([head, facts, how, f"```\n{raw}\n```"]), None
    name = f"quotation-{start}-{end}.txt"
    return Card([head, facts, how], file=name), (name, raw.encode())


def _code(text: str) -> str:
    return begin_visible(text, _FILE)[0].replace("`", "ˋ").replace("\n", " ")


def _can_be_shown(raw: str) -> bool:
    """Say whether a code block shows a text exactly: all of it can be seen, and nothing ends the block.

    One of blanks alone is no block in Discord.
    """
    if len(raw) > _RAW or not raw.strip():
        return False
    return raw == visible_text(raw) and "`" not in raw and "\t" not in raw and weigh(raw) <= _RAW


def make_why_card(question: str, before: str, quote: Quote, why: Explanation) -> Card:
    """Tell which words of the question led to a passage, and what came next."""
    blocks: list[Block] = [
        *_opening(question, before),
        *quote_texts(quote, 600),
        "**Why this passage**",
    ]
    lines = [
        f"- “{fit(one.word, 60)}”, {_percent(one.share)} of the question: {_tell_way(one)}"
        for one in why.concepts
    ]
    blocks.append("\n".join(as_many_as_fit(lines, 1_600, "words", len(lines))))
    if why.runner_up is not None:
        next_best = why.runner_up
        number = next_best.section.sentences.index(next_best.passage.sentences[0])
        read = make_button(
            "Read", "read", section_id(next_best.article, next_best.section), "", number
        )
        place = show_place(next_best.article, next_best.section)
        blocks.append(
            (f"Next best, with {_percent(next_best.score_ratio)} of the score: {place}", read)
        )
    return Card(blocks)


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _tell_way(concept: ConceptMatch) -> str:
    """Say how a passage holds a word of the question."""
    meant = f"taken for “{fit(concept.correction, 60)}”, " if concept.correction else ""
    found = f"“{fit(concept.matched, 60)}”"
    where = " in the heading or title" if concept.only_in_title else ""
    if concept.match == "nowhere":
        return f"{meant}nowhere in the articles"
    if concept.match == "elsewhere":
        return f"{meant}not in this passage"
    if concept.match == "itself":
        is_same = concept.matched.casefold() == (concept.correction or concept.word).casefold()
        return meant + ("it stands there" if is_same else f"it stands there as {found}") + where
    return (
        f"{meant}part of it stands there, {found}{where}"
        if concept.match == "part"
        else f"{meant}found as {found}{where}"
    )
