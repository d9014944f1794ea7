"""Texts that more than one surface shows alike."""

from bot.texts import EnglishText, Plural, Text

# What is served.
ARTICLES = Plural("{count:,} article", "{count:,} articles")
SECTIONS = Plural("{count:,} section", "{count:,} sections")
PASSAGES = Plural("{count:,} passage", "{count:,} passages")
NO_ARTICLES = Text("There are no articles yet.")
# The text of an article in front of its first heading, in a list.
LEAD = Text("(lead)")

# Between two of several things of which one is chosen.
OR = Text(" or ")
# Between two of several things that are all meant.
AND = Text(" and ")

# Lists of names.
QUOTED_NAME = Text("“{name}”")
BETWEEN_NAMES = Text("; ")
FURTHER_NAMES = Text("{names}; and {count:,} more")

# What is wrong with a file.
UNREADABLE = EnglishText("can't be read: {reason}")
UNWRITABLE = EnglishText("can't be written: {reason}")
NOT_A_MAPPING = EnglishText("not `key: value` lines")
UNKNOWN_KEY = EnglishText('"{key}" is not a key here')
KNOWN_KEYS = EnglishText("there are {keys}")
