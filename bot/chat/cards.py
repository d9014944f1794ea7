"""What is said, as Discord messages within Discord's limits: cards (Components V2) and short plain lines.

In: answers, summaries, sections, reports. Out: views and texts in which nothing of an article or a question
is live. Nothing is cut inside a word, an emoji or markup. Nothing is sent here.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import discord
from wcwidth import iter_graphemes

from bot.answers.answer import Answer, Quote, separator
from bot.answers.summary import Summary
from bot.articles.changes import SectionName
from bot.articles.model import Article, Problem, Section
from bot.chat.escape import escape, unescape, visible_text
from bot.desk import Desk, Reload

# Of the 4,000 characters that all texts of a message may have.
_CARD = 3_800
_QUESTION = 300
_QUOTE = 2_600
_PLACE = 600
_LINE = 200
_NAMED = 20
# Of the 2,000 characters that a plain message may have.
_PLAIN = 1_900
_ACCENT = discord.Colour(0x4E8098)
_ASKED = "-# Asked: "


class MorePassages(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"more:(?P<passages>[0-9a-f]{12}(?:\.[0-9a-f]{12}){0,5})",
):
    """The button that shows the further passages; their ids are its state, so it outlives a restart."""

    def __init__(self, passages: Sequence[str]) -> None:
        """Name the passages by their ids, at most six."""
        label = "1 more passage" if len(passages) == 1 else f"{len(passages)} more passages"
        super().__init__(discord.ui.Button(label=label, custom_id="more:" + ".".join(passages)))
        self.passages = tuple(passages)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "MorePassages":
        """Read the ids back from a button that was sent earlier."""
        del interaction, item
        return cls(match["passages"].split("."))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Hand the press to the client, which has the articles."""
        interaction.client.dispatch("passages_wanted", interaction, self.passages)


def weigh(text: str) -> int:
    """Count as the strictest of Discord's counters does.

    A character beyond U+FFFF is two; and as a message of more than 10,170 bytes of text fails (api-docs#8554),
    2.6 bytes are one at the least.
    """
    size_bytes = len(text.encode("utf-8", "surrogatepass"))
    return max(len(text) + sum(character > "\uffff" for character in text), math.ceil(size_bytes / 2.6))


def fit(text: str, limit: int) -> str:
    """Make a text inert and at most ``limit`` long; what is cut ends after a whole word, with an ellipsis."""
    whole = escape(text)
    if weigh(whole) <= limit:
        return whole
    return (_longest(re.findall(r"\s*\S+", text), limit - 1) or _longest(list(iter_graphemes(text)), limit - 1)) + "…"


def _longest(pieces: Sequence[str], limit: int) -> str:
    """Escape as many pieces as fit; halving, as the escaped text grows with every piece."""
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        if weigh(escape("".join(pieces[:middle]))) <= limit:
            low = middle
        else:
            high = middle - 1
    return escape("".join(pieces[:low]))


def make_answer_card(answer: Answer) -> discord.ui.LayoutView:
    """Show the question as it was taken up, the first quotation, and a button for the others."""
    texts = [_asked(answer)]
    if answer.before:
        texts.append(f"-# Following up “{fit(answer.before.question, 120)}”.")
    if answer.corrections:
        taken = ", ".join(f"“{fit(word, 60)}” as “{fit(meant, 60)}”" for word, meant in answer.corrections[:5])
        texts.append(f"-# Taking {taken}.")
    if answer.missing:
        words = ", ".join(f"“{fit(word, 60)}”" for word in answer.missing[:5])
        texts.append(f"-# Nowhere in the articles: {words}.")
    room = min(_QUOTE, _CARD - _PLACE - sum(map(weigh, texts)))
    view = _card([*texts, *_quote_texts(answer.quotes[0], room)])
    if len(answer.quotes) > 1:
        button = MorePassages([quote.id for quote in answer.quotes[1:]])
        view.add_item(discord.ui.ActionRow(button))
    return view


def _asked(answer: Answer) -> str:
    return _ASKED + fit(" ".join(answer.question.split()), _QUESTION)


def make_passages_card(quotes: Sequence[Quote], gone: int) -> discord.ui.LayoutView:
    """Show further quotations; how many are no longer in the articles is said."""
    texts: list[str] = []
    for quote in quotes:
        texts += _quote_texts(quote, _QUOTE // max(2, len(quotes)))
    if gone:
        noun = "passage is" if gone == 1 else "passages are"
        texts.append(f"-# {gone} {noun} no longer in the articles: they were changed since this answer. Ask again.")
    return _card(texts)


def read_question(message: discord.Message | None) -> str:
    """Read back the question from an answer's card; empty where it is no such card."""
    for text in _texts(message.components if message else ()):
        if text.startswith(_ASKED):
            return unescape(text.removeprefix(_ASKED))
    return ""


def _texts(components: Iterable[Any]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        else:
            yield from _texts(getattr(component, "children", ()))


def _card(texts: Sequence[str]) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=_ACCENT)
    room = _CARD
    for text in texts:
        if weigh(text) <= room:
            container.add_item(discord.ui.TextDisplay(text))
            room -= weigh(text)
    view.add_item(container)
    return view


def _quote_texts(quote: Quote, limit: int = _QUOTE) -> list[str]:
    """Give the quotation, its key sentence bold, and where it stands."""
    shown = ""
    for position, sentence in enumerate(quote.sentences):
        room = limit - weigh(shown) - 10
        if room > 60 or not shown:
            text = fit(sentence.plain, max(room, 60))
            before = separator(quote.sentences, position).replace("\n", "\n> ")
            shown += before + (f"**{text}**" if sentence is quote.key else text)
    return ["> " + shown, "-# " + _place(quote.article, quote.section, link=True)]


def _place(article: Article, section: Section, *, link: bool = False) -> str:
    heading = f"**{fit(section.heading, _LINE)}** · " if section.heading else ""
    is_plain = article.source == visible_text(article.source) and len(article.source) <= _LINE
    source = f" · <{article.source}>" if link and article.source and is_plain else ""
    return heading + fit(article.title, _LINE) + source


def make_refusal(answer: Answer) -> str:
    """Say what is said where there is no quotation: the question, one line, and the nearest sections."""
    lines = [fit(answer.message, _PLAIN // 2)]
    if answer.kind == "none":
        lines.insert(0, _asked(answer))
    nearest = "Nearest to it: "
    for article, section in answer.closest if answer.kind == "none" else ():
        place = _place(article, section)
        if weigh("\n".join([*lines, nearest, place])) < _PLAIN:
            nearest += ("" if nearest.endswith(": ") else "; ") + place
    return "\n".join([*lines, nearest] if not nearest.endswith(": ") else lines)


def make_summary_card(summaries: Sequence[Summary], sections: int) -> discord.ui.LayoutView:
    """Show summaries, as many as fit; how many of the ``sections`` are left out is said."""
    texts: list[str] = []
    room = _CARD - 100
    titled = summaries[0].article.id if len(summaries) == 1 else ""
    for summary in summaries:
        lines = [f"**{fit(summary.section.heading or summary.article.title, _LINE)}**"]
        if summary.section.heading and summary.article.id != titled:
            lines.insert(0, "-# " + fit(summary.article.title, _LINE))
        titled = summary.article.id
        lines += [f"- {fit(sentence.plain, 700)}" for sentence in summary.sentences] or ["-# (no text of its own)"]
        text = "\n".join(lines)
        if weigh(text) > room:
            break
        texts.append(text)
        room -= weigh(text)
    if len(texts) < sections:
        texts.append(f"-# … and {sections - len(texts)} more sections: name one.")
    if len(summaries) == 1:
        texts.append("-# " + fit(summaries[0].article.title, _LINE))
    return _card(texts)


def make_sections_card(articles: Sequence[Article]) -> discord.ui.LayoutView:
    """Show what articles are divided into, as much as fits."""
    total = sum(1 + len(article.sections) for article in articles)
    return _card(["\n".join(_as_many_as_fit(_section_lines(articles), _CARD, "lines", total))])


def _section_lines(articles: Sequence[Article]) -> Iterator[str]:
    for article in articles:
        yield f"**{fit(article.title, _LINE)}**"
        for section in article.sections:
            if section.heading:
                yield "  " * len(section.parents) + f"- {fit(section.heading, _LINE)}"


def make_reload_report(reload: Reload) -> discord.ui.LayoutView:
    """Tell an admin what a reload did: what is served, what changed, what is wrong by file and line."""
    passages = sum(1 for _ in reload.library.passages())
    articles, took = len(reload.library.articles), f"{reload.took_s:.2f} s"
    if reload.is_served:
        head = f"**Reloaded** in {took}: {_count(articles, 'article')}, {_count(passages, 'passage')}."
    else:
        head = f"**Not reloaded** ({took}): nothing in the folder can be served. What was served before still is."
    return _card([head, *_change_texts(reload), *_problem_texts(reload.problems)])


def make_status(desk: Desk, facts: Sequence[str]) -> discord.ui.LayoutView:
    """Tell an admin what is served and what is wrong with the folder."""
    library = desk.library
    passages = sum(1 for _ in library.passages())
    head = f"**Serving** {_count(len(library.articles), 'article')}, {_count(passages, 'passage')}."
    return _card([head, *(escape(fact) for fact in facts), *_problem_texts(desk.problems)])


def _change_texts(reload: Reload) -> list[str]:
    changes = reload.changes
    if not changes and reload.synonyms is None:
        return ["Nothing changed."]
    lines = []
    for what, names in (
        ("Articles added", changes.articles_added),
        ("Articles changed", changes.articles_changed),
        ("Articles removed", changes.articles_removed),
        ("Sections added", [_section_name(name) for name in changes.sections_added]),
        ("Sections changed", [_section_name(name) for name in changes.sections_changed]),
        ("Sections removed", [_section_name(name) for name in changes.sections_removed]),
    ):
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            lines.append(f"{what}: {', '.join(fit(name, 150) for name in names[:_NAMED])}{more}")
    if reload.synonyms is not None:
        lines.append(f"Synonyms changed: {_count(reload.synonyms, 'group')}")
    return ["\n".join(_as_many_as_fit(lines, 1_500, "lines", len(lines)))]


def _section_name(name: SectionName) -> str:
    article, heading = name
    return f"{heading or '(lead)'} in {article}"


def _problem_texts(problems: Sequence[Problem]) -> list[str]:
    if not problems:
        return ["No problems."]
    lines = (f"- {fit(str(problem), 300)}" for problem in problems)
    return ["\n".join(_as_many_as_fit(lines, 1_900, "problems", len(problems)))]


def _as_many_as_fit(lines: Iterable[str], limit: int, noun: str, total: int) -> list[str]:
    """Take lines until they do not fit; of the ``total`` the rest is counted."""
    kept: list[str] = []
    room = limit - 40
    for line in lines:
        room -= weigh(line) + 1
        if room < 0:
            return [*kept, f"-# … and {total - len(kept)} more {noun}"]
        kept.append(line)
    return kept


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
