"""What the terminal shows: answers, summaries, sections, problems, and the conversation."""

from typing import Final

from bot.texts import Plural, Text

# The conversation.
COMMANDS = {
    "/ask": "ask a question (or just type it)",
    "/summary": (
        "the most telling sentences of a section (/summary HEADING), or a line or two of each"
    ),
    "/sections": "what the articles are divided into",
    "/help": "this list",
    "/quit": "end (or Ctrl-D)",
}
WELCOME = "Ask what you like; /help lists the commands, Ctrl-D ends."
ARTICLES = Text("The articles: {titles}")
PROMPT = "> "

# Answers.
FOLLOWING_UP = Text("(following up “{question}”)")
CORRECTED = Text("(taking “{word}” for “{meant}”)")
NOWHERE = Text("(nowhere in the articles: {words})")
FAINT_MATCH = "(a faint match: it may well be about something else)"
LIKELY_MATCH = "(perhaps this answers it)"
QUOTED = Text("“{text}”")
NEAREST = "Nearest to it:"
NEAREST_SECTION = Text("- {section}")
OMISSION = "…"
OPENING_QUOTE = "“"
CLOSING_QUOTE = "”"
SOURCE = Text("— {section} · {file}:{line}")
SOURCES: Final = {
    "line": SOURCE,
    "page": Text("— {section} · {file}, page {line}"),
    "paragraph": Text("— {section} · {file}, paragraph {line}"),
}
LINK = Text("{words}: {address}")
SECTION_OF_ARTICLE = Text("{heading} · {title}")

# Summaries and sections.
NO_TEXT = "(no text of its own)"
BULLET = "• "
ARTICLE_DETAILS = Text("  {details}")
DETAILS_SEPARATOR = " · "
NUMBERED_HEADING = Text("{number}. {heading}")
SECTION_DETAILS = Plural(
    "  line {line}, {count:,} passage",
    "  line {line}, {count:,} passages",
)

# What ``check`` found: the folder, its sub-folders, its files.
SERVED = Text("Served: {articles}, {passages}")
FORMATS = Text("formats: {counts}")
LANGUAGES = Text("languages: {counts}")
TALLY = Text("{name} {count:,}")
NOT_SERVED = Plural(
    "not served: {count:,} file (why, is told below)",
    "not served: {count:,} files (why, is told below)",
)
KEPT = Plural(
    "in its last good version: {count:,} file (which, is told below)",
    "in their last good versions: {count:,} files (which, is told below)",
)
IGNORED = Text("ignored, by pattern: {counts}")
TOP_FOLDER = "(this folder)"
FOLDER = Text("{name}/")
FOLDER_LINE = Text("{folder}  {articles}, {passages}")
MORE_FOLDERS = Plural("… and {count:,} more folder", "… and {count:,} more folders")
ARTICLE_FILE = Text("  {file}, {passages}")
MORE_ARTICLES = Plural(
    "… and {count:,} more article (--all lists it)",
    "… and {count:,} more articles (--all lists them)",
)

# What is wrong with it.
PROBLEM_KIND = Text(": {message}")
PLACE = Text("  {place}")
PLACE_WITH_TEXT = Text("  {place}: {what}")

# The last line.
LINK_COUNT = Plural("{count:,} linked question", "{count:,} linked questions")
SYNONYM_COUNT = Plural("{count:,} group of synonyms", "{count:,} groups of synonyms")
PROBLEM_COUNTS = {
    "error": Plural("{count:,} error", "{count:,} errors"),
    "warning": Plural("{count:,} warning", "{count:,} warnings"),
    "note": Plural("{count:,} note", "{count:,} notes"),
}
CHECKED = Text("{served}; {problems}")
