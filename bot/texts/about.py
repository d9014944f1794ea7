"""Texts about the articles themselves: who wrote one, when, how long it is, what it has."""

from collections.abc import Mapping
from typing import Final

from bot.texts import Plural, Text

# What is known of an article, and what is not.
# The marks of ``end_sentence`` stand behind what ends with a name.
AUTHOR = Text("“{title}” is by {author}")
NO_AUTHOR = Text("The article “{title}” does not say who wrote it.")
DATE = Text("“{title}” is dated {date}")
NO_DATE = Text("The article “{title}” has no date.")
# Stands behind one of the two above.
OWN_DATE = Text(" It says of itself: “{sentence}”")
SOURCE = Text("“{title}” is from {source} (file {file}).")
NO_SOURCE = Text("The article “{title}” does not say where it is from (file {file}).")
WORDS = Plural("“{title}” has {count} word, ", "“{title}” has {count:,} words, ")
MINUTES = Plural("about {count} minute to read.", "about {count:,} minutes to read.")
SECTIONS = Plural(
    "“{title}” has {count} section{opening}: {names}.",
    "“{title}” has {count:,} sections{opening}: {names}.",
)
# Between the number of sections and their names.
OPENING = Text(", after an untitled beginning")
NO_SECTIONS = Text("The article “{title}” is not divided into sections.")
LANGUAGE = Text("“{title}” is in {language}.")
OTHER_LANGUAGE = Text("the language “{code}”")
# Stands behind facts of the first few articles.
MORE_ARTICLES = Plural(
    " There is {count} more article; name it to ask about it.",
    " There are {count:,} more articles; name one to ask about it.",
)

# Where the title alone has what was asked for.
TITLE = Text("The text does not say, but a title does: “{title}”.")

# What there is.
ARTICLES = Plural("There is {count} article: {titles}.", "There are {count:,} articles: {titles}.")
MENTIONED = Plural(
    "Yes. There is something about “{topic}” in the section {names}.",
    "Yes. There is something about “{topic}” in {count} sections: {names}.",
)
NEARLY_MENTIONED = Text("Nothing in so many words. Closest to “{topic}” is: {names}.")
NOT_MENTIONED = Text("There is nothing about “{topic}” in the articles.")
SECTION_OF = Text("{heading} ({title})")
# The text of an article in front of its first heading.
LEAD = Text("the untitled beginning")

# A question back, where it is not clear which article is to be summarised.
WHICH_ARTICLE = Text("Which article shall I sum up? There are: {names}.")
NOTHING_TO_SUM_UP = Text("The article “{title}” has no text to sum up.")

LANGUAGES: Final[Mapping[str, Text]] = {
    "en": Text("English"),
    "de": Text("German"),
    "fr": Text("French"),
    "es": Text("Spanish"),
    "pt": Text("Portuguese"),
    "it": Text("Italian"),
    "pl": Text("Polish"),
    "uk": Text("Ukrainian"),
    "ru": Text("Russian"),
    "tr": Text("Turkish"),
    "nl": Text("Dutch"),
    "zh": Text("Chinese"),
    "ja": Text("Japanese"),
    "ko": Text("Korean"),
}
