"""What the terminal shows: answers, summaries, sections, problems, and the conversation."""

from typing import Final

from bot.texts import EnglishPlural, EnglishText

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
ARTICLES = EnglishText("The articles: {titles}")
PROMPT = "> "

# Answers.
FOLLOWING_UP = EnglishText("(following up “{question}”)")
CORRECTED = EnglishText("(taking “{word}” for “{meant}”)")
NOWHERE = EnglishText("(nowhere in the articles: {words})")
FAINT_MATCH = "(a faint match: it may well be about something else)"
LIKELY_MATCH = "(perhaps this answers it)"
QUOTED = EnglishText("“{text}”")
NEAREST = "Nearest to it:"
NEAREST_SECTION = EnglishText("- {section}")
OMISSION = "…"
OPENING_QUOTE = "“"
CLOSING_QUOTE = "”"
SOURCE = EnglishText("— {section} · {file}:{line}")
SOURCES: Final = {
    "line": SOURCE,
    "page": EnglishText("— {section} · {file}, page {line}"),
    "paragraph": EnglishText("— {section} · {file}, paragraph {line}"),
}
LINK = EnglishText("{words}: {address}")
SECTION_OF_ARTICLE = EnglishText("{heading} · {title}")

# Summaries and sections.
NO_TEXT = "(no text of its own)"
BULLET = "• "
ARTICLE_DETAILS = EnglishText("  {details}")
DETAILS_SEPARATOR = " · "
NUMBERED_HEADING = EnglishText("{number}. {heading}")
SECTION_DETAILS = EnglishPlural(
    "  line {line}, {count:,} passage",
    "  line {line}, {count:,} passages",
)

# What ``check`` found: the folder, its sub-folders, its files.
SERVED = EnglishText("Served: {articles}, {passages}")
FORMATS = EnglishText("formats: {counts}")
LANGUAGES = EnglishText("languages: {counts}")
TALLY = EnglishText("{name} {count:,}")
NOT_SERVED = EnglishPlural(
    "not served: {count:,} file (why, is told below)",
    "not served: {count:,} files (why, is told below)",
)
KEPT = EnglishPlural(
    "in its last good version: {count:,} file (which, is told below)",
    "in their last good versions: {count:,} files (which, is told below)",
)
IGNORED = EnglishText("ignored, by pattern: {counts}")
TOP_FOLDER = "(this folder)"
FOLDER = EnglishText("{name}/")
FOLDER_LINE = EnglishText("{folder}  {articles}, {passages}")
MORE_FOLDERS = EnglishPlural("… and {count:,} more folder", "… and {count:,} more folders")
ARTICLE_FILE = EnglishText("  {file}, {passages}")
MORE_ARTICLES = EnglishPlural(
    "… and {count:,} more article (--all lists it)",
    "… and {count:,} more articles (--all lists them)",
)

# What is wrong with it.
PROBLEM_KIND = EnglishText(": {message}")
PLACE = EnglishText("  {place}")
PLACE_WITH_TEXT = EnglishText("  {place}: {what}")

# The last line.
LINK_COUNT = EnglishPlural("{count:,} linked question", "{count:,} linked questions")
SYNONYM_COUNT = EnglishPlural("{count:,} group of synonyms", "{count:,} groups of synonyms")
PROBLEM_COUNTS = {
    "error": EnglishPlural("{count:,} error", "{count:,} errors"),
    "warning": EnglishPlural("{count:,} warning", "{count:,} warnings"),
    "note": EnglishPlural("{count:,} note", "{count:,} notes"),
}
CHECKED = EnglishText("{served}; {problems}")
