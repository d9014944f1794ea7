"""What the statistics say: `/kb stats`, the weekly digest, and the picture of both."""

from bot.texts import Plural, Text

STATS_COMMAND = Text("The last 30 days: questions, answers, votes, sections, what is missing")
COMMAND_HEAD = Text("### The last {days} days")
DIGEST_HEAD = Text("### The last week")
NOTHING_ASKED = Text("Nothing was asked.")
ASKED = Plural(
    "{count:,} question: {answered:,} answered, {refused:,} not in the articles.",
    "{count:,} questions: {answered:,} answered, {refused:,} not in the articles.",
)
UNSERVED = Plural(
    "{count:,} met a limit or a fault.",
    "{count:,} met a limit or a fault.",
)
VOTES = Text("Votes: {helpful:,} helpful, {unhelpful:,} not helpful.")
TIMES = Text("Half were answered within {median} s, 95 of 100 within {p95} s.")
SECONDS = Text("{seconds:g}")
LONGER = Text("more than 90")
SECTIONS_HEAD = Text("**Quoted and read most**")
SECTION = Text("- {place} · {figures}")
QUOTED = Plural("quoted once", "quoted {count:,} times")
READ = Plural("opened once", "opened {count:,} times")
BETWEEN_FIGURES = Text(", ")
SECTION_GONE = Text("a section that is no longer there")
GAPS_HEAD = Text("**Asked most in vain**")
GAP = Text("- {question}{like} · {times}")
NOT_TOLD = Text("the weekly digest can't be told in the channel {channel}: {why}")
NO_CHANNEL = Text("the bot does not see it")
NOT_WRITTEN = Text("the bot may not write there")
TABLE_HEAD = Text("day     answered   not")
TABLE_LINE = Text("{day:%m-%d} {answered:>10,} {refused:>5,}")
HOW_IT_IS_COUNTED = Text(
    "-# Counted by day, without noting who asked. The words of a question are kept only where the "
    "articles do not answer it, and even then without noting who asked."
)

# The picture.
PICTURE_TITLE = Text("Questions a day")
PICTURE_ANSWERED = Text("answered")
PICTURE_REFUSED = Text("not in the articles")
PICTURE_DAY = Text("{day.day} {day:%b}")
ALT_TEXT = Text(
    "A bar for each day from {first.day} {first:%B} to {last.day} {last:%B}. "
    "Answered: {answered:,}; not in the articles: {refused:,}. "
    "The most were asked on {busiest.day} {busiest:%B}: {most:,}."
)

# Before an article is taken out.
ANSWERS_LOST = Plural(
    "In the last 30 days, **{count:,} answer** came from it.",
    "In the last 30 days, **{count:,} answers** came from it.",
)
NO_ANSWERS_LOST = Text("In the last 30 days, no answer came from it.")
