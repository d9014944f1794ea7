"""What is said of gaps: what was asked in vain, and how it is closed."""

from bot.texts import Plural, Text

GAPS_COMMAND = Text("What was asked and the articles do not answer; and what helps")
GAPS_CLEAR_OPTION = Text("Delete the questions of the first page, unread; this can't be undone")
NO_GAPS = Plural(
    "**Nothing was asked in vain** in the last {count:,} day.",
    "**Nothing was asked in vain** in the last {count:,} days.",
)
NOTHING_KEPT = Text("**Nothing that was asked in vain** is kept: the settings keep none.")
GAPS = Plural(
    "**Asked in vain** in the last {days}: {count:,} gap.",
    "**Asked in vain** in the last {days}: {count:,} gaps.",
)
GAP = Text("{question}{like}\n-# {times} · {nearest}")
LIKE_IT = Plural(" and {count} like it", " and {count} like it")
TIMES = Plural("once, on {date}", "{count:,} times, last on {date}")
NEAREST = Text("nearest: {place}")
NOTHING_NEAR = Text("nothing is near")
CLOSE_IT = Text("Close it")
COUNTS_ONCE = Text("-# Anyone who asks the same again within a day counts once.")
OF_COMMON = Text("-# What was asked in a server with articles of its own is shown there.")
LOOKED_AT = Text("-# Of the questions that are kept, I looked at the {count} most asked.")
PAGE = Text("-# Page {page} of {pages}.")
DELETED_NOW = Plural(
    "**Deleted now: the one shown here.**", "**Deleted now: the {count} shown here.**"
)
MORE_ARE_KEPT = Plural(
    " {count:,} more is kept; use the command again to see it.",
    " {count:,} more are kept; use the command again to see them.",
)
GAP_GONE = Text("This is no gap any more: it is answered by now, or was deleted.")
GAP_HEAD = Text("**Asked in vain** {times}")
ANSWERED_HERE = Text("Is answered here")
MEANS_THE_SAME = Text("Means the same as …")
WRITE_IT = Text("Write it")
ALL_GAPS = Text("All gaps")

LINK_TITLE = Text("Where is it answered?")
ARTICLE_LABEL = Text("Article")
ARTICLE_HINT = Text("Its title or the name of its file")
SECTION_LABEL = Text("Section")
SECTION_HINT = Text("Its heading, or its number")
WRITE_TITLE = Text("Write the answer")
HEADING_LABEL = Text("Heading")
HEADING_HINT = Text("Of the section, or of the new article")
TEXT_LABEL = Text("Text")
INTO_HINT = Text("Where the section comes last; empty for a new article")

PAIR = Plural(
    "Those who asked for “{word}” in vain were helped by “{other}”, once.",
    "Those who asked for “{word}” in vain were helped by “{other}”, {count:,} times.",
)
SYNONYM_TITLE = Text("What means the same?")
WORD_LABEL = Text("A word or phrase that readers use")
OTHER_LABEL = Text("What the articles say instead")
OUT_OF_SCOPE = Text("Out of scope")
PUT_OUT = Text("**Out of scope now**: such questions are no gap any more.\n{question}")
IN_SCOPE = Text("Such questions are a gap again, where they were asked in vain.")
# In the log channel.
PUT_OUT_BY = Text("Out of scope now, by <@{user}>: {question}")
PUT_IN_BY = Text("No longer out of scope, by <@{user}>: {terms}")
DELETED_BY = Plural(
    "Deleted from what was asked in vain, by <@{user}>: {count} gap.",
    "Deleted from what was asked in vain, by <@{user}>: {count} gaps.",
)
UNDO = Text("Undo")
OUT_OF_SCOPE_LIST = Plural(
    "**Out of scope**: questions of {count:,} kind.\n"
    "-# Of each, the words are kept without their endings, and no question.",
    "**Out of scope**: questions of {count:,} kinds.\n"
    "-# Of each, the words are kept without their endings, and no question.",
)
OUT_OF_SCOPE_COUNT = Text("Out of scope ({count:,})")
NOTHING_OUT = Text("Nothing is out of scope.")
TERMS = Text("With the words: {terms}")
