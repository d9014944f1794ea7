"""A conversation with the articles in a terminal, and how answers look there.

In: an open knowledge base, and lines that are typed or piped. Out: text for people, coloured where
the terminal shows colours and NO_COLOR is not set. No control character of an article or a question
is ever passed on.
"""

from __future__ import annotations

import sys
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot.answers.model import Assurance
from bot.answers.page_address import find_page_address
from bot.answers.pages import find_omissions, lay_out_quotation
from bot.texts import common
from bot.texts import terminal as texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers.conversation import Turn
    from bot.answers.model import Answer, Quote, Summary
    from bot.articles.model import Article, Section
    from bot.knowledge_base import KnowledgeBase

# Narrower than that nothing can be read, and rich needs some columns to wrap in.
_MIN_WIDTH = 20
# Longer lines are hard to read.
_MAX_WIDTH = 100
# Control characters, format characters (invisible), lone surrogates.
_UNPRINTABLE = frozenset(("Cc", "Cf", "Cs"))
# So many of the words that stand nowhere are told, and so many titles in the welcome.
_MAX_WORDS = 5
_MAX_TITLES = 3
# Blanks before a text, and how much deeper each level of headings is.
INDENT = 2
# The column in which the meanings of commands begin.
_COMMAND_WIDTH = 10
# What is said before an answer that is not sure, as a card says it.
_CAUTIONS = {Assurance.FAINT: texts.FAINT_MATCH, Assurance.LIKELY: texts.LIKELY_MATCH}
# Lines that prompt_toolkit keeps free below the prompt for completions.
_MENU_LINES = 4


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the caller what happens when the reader has gone.

        rich would end the program with exit code 1.
        """
        raise BrokenPipeError


def make_console() -> Console:
    """Make the console that everything is printed to: at most 100 columns wide, for reading."""
    console = _Console(highlight=False, soft_wrap=False, emoji=False, markup=False)
    console.width = max(_MIN_WIDTH, min(console.width, _MAX_WIDTH))
    return console


def clean(text: str) -> str:
    """Make a text safe for a terminal: no control or invisible characters, newlines as blanks."""
    return "".join(map(_clean_character, text))


def _clean_character(character: str) -> str:
    if character in "\n\r\t":
        return " "
    return "" if unicodedata.category(character) in _UNPRINTABLE else character


def styled(text: str, style: str = "") -> Text:
    """Give a text in one style, made safe for a terminal."""
    return Text(clean(text), style=style)


def print_line(console: Console, text: str, style: str = "") -> None:
    """Print a text in one style, made safe for a terminal and wrapped where it is too wide."""
    console.print(styled(text, style))


def print_answer(console: Console, answer: Answer) -> None:
    """Print the quotations with their key sentences marked, or what a person is told instead."""
    _print_understanding(console, answer)
    for position, quote in enumerate(answer.quotes):
        if position:
            console.print()
        _print_quote(console, quote)
    if answer.summaries:
        print_summaries(console, answer.summaries)
    if answer.message:
        print_line(console, answer.message)
    if answer.kind == "none" and answer.closest:
        print_line(console, texts.NEAREST)
        for article, section in answer.closest:
            name = _name_section(article, section)
            print_indented(console, styled(texts.NEAREST_SECTION(section=name)))


def _print_understanding(console: Console, answer: Answer) -> None:
    """Print how the question was understood, where that is not obvious."""
    if answer.before:
        following = texts.FOLLOWING_UP(question=answer.before.question)
        print_line(console, following, "dim")
    for word, meant in answer.corrections:
        print_line(console, texts.CORRECTED(word=word, meant=meant), "dim")
    if answer.quotes and answer.missing:
        missing = answer.missing[:_MAX_WORDS]
        words = ", ".join(texts.QUOTED(text=word) for word in missing)
        print_line(console, texts.NOWHERE(words=words), "dim")
    caution = _CAUTIONS.get(answer.assurance)
    if answer.quotes and caution:
        print_line(console, caution, "dim")


def _print_quote(console: Console, quote: Quote) -> None:
    begins_before, goes_on = find_omissions(quote)
    text = Text()
    if begins_before:
        text.append(f"{texts.OMISSION}\n", style="dim")
    text.append(texts.OPENING_QUOTE)
    for piece, sentence in zip(lay_out_quotation(quote), quote.sentences, strict=True):
        style = "bold" if sentence is quote.key else ""
        text.append(piece.gap + piece.mark)
        text.append(styled(piece.text, style))
    text.append(texts.CLOSING_QUOTE)
    if goes_on:
        text.append(f"\n{texts.OMISSION}", style="dim")
    print_indented(console, text)
    section = _name_section(quote.article, quote.section)
    place = quote.article.place_number(quote.sentences[0])
    template = texts.SOURCES[quote.article.decoding.kind]
    source = template(section=section, file=quote.article.file, line=place)
    print_indented(console, styled(source, "dim"))
    _print_addresses(console, quote)


def _print_addresses(console: Console, quote: Quote) -> None:
    """Print where the article's page and the quotation's links are, an address whole in its line.

    The quotation itself keeps its own words. What is shown is where a link leads.
    """
    lines = []
    page = find_page_address(quote.article, quote.key)
    if page:
        lines.append(page)
    for sentence in quote.sentences:
        for link in sentence.links:
            words = sentence.plain[link.start : link.end]
            if words != link.address:
                lines.append(texts.LINK(words=words, address=link.address))
    for line in lines:
        console.print(styled(" " * INDENT + line, "dim"), soft_wrap=True)


def print_indented(console: Console, text: Text, indent: int = INDENT) -> None:
    """Wrap a text and print its lines behind ``indent`` blanks, without blanks at their ends."""
    width = _width_behind(console, indent)
    blanks = Text(" " * indent)
    for line in text.wrap(console, width):
        line.rstrip()
        console.print(blanks + line)


def _width_behind(console: Console, indent: int) -> int:
    """Give the columns that are left behind an indent."""
    return max(_MIN_WIDTH, console.width - indent)


def _name_section(article: Article, section: Section) -> str:
    if not section.heading:
        return article.title
    return texts.SECTION_OF_ARTICLE(heading=section.heading, title=article.title)


def print_summaries(console: Console, summaries: Sequence[Summary]) -> None:
    """Print the summary of one section, or those of several under their articles' titles."""
    if len(summaries) == 1:
        _print_summary(console, summaries[0])
        return
    by_article = groupby(summaries, key=lambda summary: summary.article)
    for position, (article, of_article) in enumerate(by_article):
        if position:
            console.print()
        print_indented(console, styled(article.title, "bold"), 0)
        for summary in of_article:
            _print_summary_below_title(console, summary)


def _print_summary(console: Console, summary: Summary) -> None:
    """Print the summary of one section by itself."""
    name = _name_section(summary.article, summary.section)
    print_indented(console, styled(name, "bold"), 0)
    if not summary.sentences:
        print_indented(console, styled(texts.NO_TEXT, "dim"))
    _print_points(console, summary, INDENT)


def _print_summary_below_title(console: Console, summary: Summary) -> None:
    """Print the summary of one section of several, as deep as its heading lies."""
    indent = _heading_indent(summary.section)
    heading = summary.section.heading
    if heading:
        print_indented(console, styled(heading, "bold"), indent)
        indent += INDENT
    _print_points(console, summary, indent)


def _heading_indent(section: Section) -> int:
    depth = len(section.parents) + 1
    return INDENT * depth


def _print_points(console: Console, summary: Summary, indent: int) -> None:
    """Print each sentence behind a bullet, its further lines under its first word."""
    width = _width_behind(console, indent + len(texts.BULLET))
    first_prefix = Text(" " * indent + texts.BULLET)
    next_prefix = Text(" " * len(first_prefix))
    for sentence in summary.sentences:
        lines = styled(sentence.plain).wrap(console, width)
        for position, line in enumerate(lines):
            prefix = next_prefix if position else first_prefix
            line.rstrip()
            console.print(prefix + line)


def print_sections(console: Console, articles: Sequence[Article]) -> None:
    """Print what each article is divided into."""
    for position, article in enumerate(articles):
        if position:
            console.print()
        _print_article(console, article)
        for section in article.sections:
            _print_section(console, section)


def _print_article(console: Console, article: Article) -> None:
    known = filter(None, (article.author, article.date, article.file))
    joined = texts.DETAILS_SEPARATOR.join(known)
    title = styled(article.title, "bold")
    details = styled(texts.ARTICLE_DETAILS(details=joined), "dim")
    console.print(title + details)


def _print_section(console: Console, section: Section) -> None:
    heading = common.LEAD()
    if section.number:
        heading = texts.NUMBERED_HEADING(number=section.number, heading=section.heading)
    passages = len(section.passages)
    details = texts.SECTION_DETAILS(passages, line=section.line)
    line = styled(heading) + styled(details, "dim")
    print_indented(console, line, _heading_indent(section))


def chat(knowledge_base: KnowledgeBase, console: Console) -> None:
    """Hold a conversation until /quit or the end of the input."""
    is_typed = sys.stdin.isatty() and sys.stdout.isatty()
    if is_typed:
        _print_welcome(console, knowledge_base.library.articles)
    before: Turn | None = None
    for line in _typed_lines(knowledge_base) if is_typed else _piped_lines():
        if line.split(" ")[0] == "/quit":
            break
        before = _reply(knowledge_base, console, line, before)
        console.print()


def _print_welcome(console: Console, articles: Sequence[Article]) -> None:
    print_line(console, texts.WELCOME)
    if not articles:
        print_line(console, common.NO_ARTICLES(), "dim")
        return
    first = articles[:_MAX_TITLES]
    titles = "; ".join(texts.QUOTED(text=article.title) for article in first)
    print_line(console, texts.ARTICLES(titles=titles), "dim")


def _reply(
    knowledge_base: KnowledgeBase, console: Console, line: str, before: Turn | None
) -> Turn | None:
    """Reply to a line; give the conversation's last turn."""
    command, _, rest = line.partition(" ")
    argument = rest.strip()
    if command == "/sections":
        print_sections(console, knowledge_base.library.articles)
    elif command == "/summary":
        _reply_with_summary(knowledge_base, console, argument)
    elif command == "/help" or (command.startswith("/") and command != "/ask"):
        _print_help(console)
    else:
        question = argument if command == "/ask" else line
        answer = knowledge_base.answer(question, before=before)
        print_answer(console, answer)
        return answer.turn or before
    return before


def _reply_with_summary(knowledge_base: KnowledgeBase, console: Console, heading: str) -> None:
    from bot.answers.lookup import choose_sections
    from bot.answers.summary import summarise_places

    sections, question = choose_sections(knowledge_base.library, "", heading)
    print_summaries(console, summarise_places(sections))
    if question:
        print_line(console, question)


def _print_help(console: Console) -> None:
    for command, meaning in texts.COMMANDS.items():
        line = styled(command.ljust(_COMMAND_WIDTH))
        line.append(meaning, "dim")
        console.print(line)


def _piped_lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").strip()


def _typed_lines(knowledge_base: KnowledgeBase) -> Iterator[str]:
    """Read lines with an editor that completes commands and headings, until Ctrl-D."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer, NestedCompleter, WordCompleter

    sections = [section for _, section in knowledge_base.library.sections()]
    headings = [section.heading for section in sections if section.heading]
    completions: dict[str, Completer | None] = dict.fromkeys(texts.COMMANDS)
    completions["/summary"] = WordCompleter(headings, sentence=True)
    completer = NestedCompleter(completions)
    session: PromptSession[str] = PromptSession(
        completer=completer, reserve_space_for_menu=_MENU_LINES
    )
    while True:
        try:
            line = session.prompt(texts.PROMPT).strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if line:
            yield line
