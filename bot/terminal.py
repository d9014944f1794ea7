"""A conversation with the articles in a terminal, and how answers look there.

In: an open desk and lines that are typed or piped. Out: text for people, coloured where the terminal shows
colours and NO_COLOR is not set. No control character of an article or a question is ever passed on.
"""

from __future__ import annotations

import sys
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot.answers.pages import find_omissions, lay_out_quotation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers.conversation import Turn
    from bot.answers.model import Answer, Quote
    from bot.answers.summary import Summary
    from bot.articles.model import Article, Problem, Section
    from bot.knowledge_base import KnowledgeBase

_COMMANDS = {
    "/ask": "ask a question (or just type it)",
    "/summary": "the most telling sentences of a section (/summary HEADING), or a line or two of each",
    "/sections": "what the articles are divided into",
    "/help": "this list",
    "/quit": "end (or Ctrl-D)",
}
_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_NARROWEST, _WIDEST = 20, 100


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the caller what happens when the reader has gone; rich would end the program with 1."""
        raise BrokenPipeError


def make_console() -> Console:
    """Make the console that everything is printed to: at most 100 columns wide, for reading."""
    console = _Console(highlight=False, soft_wrap=False, emoji=False, markup=False)
    console.width = max(_NARROWEST, min(console.width, _WIDEST))
    return console


def clean(text: str) -> str:
    """Make text safe for a terminal: control and invisible characters out, newlines to blanks."""
    return "".join(
        " "
        if character in "\n\r\t"
        else ""
        if unicodedata.category(character) in ("Cc", "Cf", "Cs")
        else character
        for character in text
    )


def print_answer(console: Console, answer: Answer) -> None:
    """Print the quotations with their key sentences marked, or what a person is told instead."""
    if answer.before:
        console.print(Text(f"(following up “{clean(answer.before.question)}”)", style="dim"))
    for word, meant in answer.corrections:
        console.print(Text(f"(taking “{clean(word)}” for “{clean(meant)}”)", style="dim"))
    if answer.quotes and answer.missing:
        words = ", ".join(f"“{clean(word)}”" for word in answer.missing[:5])
        console.print(Text(f"(nowhere in the articles: {words})", style="dim"))
    for position, quote in enumerate(answer.quotes):
        if position:
            console.print()
        _print_quote(console, quote)
    if answer.message:
        console.print(Text(clean(answer.message)))
    if answer.kind == "none" and answer.closest:
        console.print(Text("Nearest to it:"))
        for article, section in answer.closest:
            print_indented(console, Text(f"- {_place(article, section)}"))


def _print_quote(console: Console, quote: Quote) -> None:
    begins_before, goes_on = find_omissions(quote)
    text = Text()
    if begins_before:
        text.append("…\n", style="dim")
    text.append("“")
    for piece, sentence in zip(lay_out_quotation(quote), quote.sentences, strict=True):
        text.append(piece.gap + piece.mark)
        text.append(clean(piece.text), style="bold" if sentence is quote.key else "")
    text.append("”")
    if goes_on:
        text.append("\n…", style="dim")
    print_indented(console, text)
    source = f"{_place(quote.article, quote.section)} · {clean(quote.article.file)}:{quote.sentences[0].line}"
    print_indented(console, Text(f"— {source}", style="dim"))


def print_indented(console: Console, text: Text, indent: int = 2) -> None:
    """Wrap a text and print its lines behind ``indent`` blanks, without blanks at their ends."""
    for line in text.wrap(console, max(20, console.width - indent)):
        line.rstrip()
        console.print(Text(" " * indent) + line)


def _place(article: Article, section: Section) -> str:
    return clean(f"{section.heading} · {article.title}" if section.heading else article.title)


def print_summaries(console: Console, summaries: Sequence[Summary]) -> None:
    """Print the summary of one section, or those of several: sections under their articles' titles."""
    if len(summaries) == 1:
        print_indented(
            console, Text(_place(summaries[0].article, summaries[0].section), style="bold"), 0
        )
        if not summaries[0].sentences:
            print_indented(console, Text("(no text of its own)", style="dim"))
        _print_points(console, summaries[0], 2)
        return
    for position, (article, of_article) in enumerate(groupby(summaries, lambda one: one.article)):
        if position:
            console.print()
        print_indented(console, Text(clean(article.title), style="bold"), 0)
        for summary in of_article:
            indent = 2 + 2 * len(summary.section.parents)
            if summary.section.heading:
                print_indented(console, Text(clean(summary.section.heading), style="bold"), indent)
            _print_points(console, summary, indent + 2 if summary.section.heading else indent)


def _print_points(console: Console, summary: Summary, indent: int) -> None:
    """Print each sentence behind a bullet, its further lines under its first word."""
    for sentence in summary.sentences:
        lines = Text(clean(sentence.plain)).wrap(console, max(20, console.width - indent - 2))
        for position, line in enumerate(lines):
            line.rstrip()
            console.print(Text(" " * indent + ("  " if position else "• ")) + line)


def print_sections(console: Console, articles: Sequence[Article]) -> None:
    """Print what each article is divided into."""
    for position, article in enumerate(articles):
        if position:
            console.print()
        about = " · ".join(filter(None, (article.author, article.date, article.file)))
        console.print(
            Text(clean(article.title), style="bold") + Text(clean(f"  {about}"), style="dim")
        )
        for section in article.sections:
            heading = f"{section.number}. {clean(section.heading)}" if section.number else "(lead)"
            indent = 2 + 2 * len(section.parents)
            detail = Text(
                f"  line {section.line}, {count(len(section.passages), 'passage')}", style="dim"
            )
            print_indented(console, Text(heading) + detail, indent)


def print_problems(console: Console, problems: Sequence[Problem]) -> None:
    """Print each problem on a line of its own, which editors make clickable."""
    for problem in problems:
        place, _, rest = str(problem).partition(f" {problem.severity}: ")
        line = (
            Text(clean(f"{place} "))
            + Text(problem.severity, style=_COLOURS[problem.severity])
            + Text(clean(f": {rest}"))
        )
        console.print(line, soft_wrap=True)


def print_check(console: Console, knowledge_base: KnowledgeBase) -> None:
    """Print what was understood of the folder, then what was wrong with it."""
    articles = knowledge_base.library.articles
    print_sections(console, articles)
    if articles and knowledge_base.problems:
        console.print()
    print_problems(console, knowledge_base.problems)
    if articles:
        console.print()
    sections = sum(len(article.sections) for article in articles)
    passages = sum(1 for _ in knowledge_base.library.passages())
    found = [problem.severity for problem in knowledge_base.problems]
    counts = [count(found.count(severity), severity) for severity in ("error", "warning", "note")]
    served = ", ".join(
        (count(len(articles), "article"), count(sections, "section"), count(passages, "passage"))
    )
    if knowledge_base.synonym_count:
        served += f", {count(knowledge_base.synonym_count, 'group')} of synonyms"
    console.print(Text(f"{served}; {', '.join(counts)}", style="bold"))


def count(number: int, noun: str) -> str:
    """Say how many there are: ``1 article``, ``2,000 articles``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def chat(knowledge_base: KnowledgeBase, console: Console) -> None:
    """Hold a conversation until /quit or the end of the input."""
    is_typed = sys.stdin.isatty() and sys.stdout.isatty()
    if is_typed:
        titles = "; ".join(f"“{article.title}”" for article in knowledge_base.library.articles[:3])
        console.print(Text("Ask what you like; /help lists the commands, Ctrl-D ends."))
        console.print(
            Text(
                clean(f"The articles: {titles}") if titles else "There are no articles yet.",
                style="dim",
            )
        )
    before: Turn | None = None
    for line in _typed_lines(knowledge_base) if is_typed else _piped_lines():
        if line.split(" ")[0] == "/quit":
            break
        before = _reply(knowledge_base, console, line, before)
        console.print()


def _reply(
    knowledge_base: KnowledgeBase, console: Console, line: str, before: Turn | None
) -> Turn | None:
    """Reply to a line; give what the conversation has come to."""
    word, _, rest = line.partition(" ")
    rest = rest.strip()
    if word == "/sections":
        print_sections(console, knowledge_base.library.articles)
    elif word == "/summary":
        from bot.answers.lookup import choose_sections
        from bot.answers.summary import summarise_places

        places, question = choose_sections(knowledge_base.library, "", rest)
        print_summaries(console, summarise_places(places))
        if question:
            console.print(Text(clean(question)))
    elif word == "/help" or (word.startswith("/") and word != "/ask"):
        for command, meaning in _COMMANDS.items():
            console.print(Text(f"{command:<10}") + Text(meaning, style="dim"))
    else:
        answer = knowledge_base.answer(rest if word == "/ask" else line, before=before)
        print_answer(console, answer)
        return answer.turn or before
    return before


def _piped_lines() -> Iterator[str]:
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").strip()


def _typed_lines(knowledge_base: KnowledgeBase) -> Iterator[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import NestedCompleter, WordCompleter

    headings = WordCompleter(
        [section.heading for _, section in knowledge_base.library.sections() if section.heading],
        sentence=True,
    )
    completer = NestedCompleter(
        {command: headings if command == "/summary" else None for command in _COMMANDS}
    )
    session: PromptSession[str] = PromptSession(completer=completer, reserve_space_for_menu=4)
    while True:
        try:
            if line := session.prompt("> ").strip():
                yield line
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
