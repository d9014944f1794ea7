"""Texts of answers: refusals, replies to small talk, and questions back which article is meant."""

from bot.texts import Plural, Text

# Refusals.
NO_ARTICLES = Text("There are no articles to answer from yet.")
REFUSAL = Text("The articles do not answer that.")
NO_MORE = Text("The articles say no more about that.")
# Stands behind the refusal. ``words`` is a list of the two texts below.
UNKNOWN_WORDS = Text(" Nowhere in them: {words}.")
UNKNOWN_WORD = Text("“{word}”")
UNKNOWN_WORD_WITH_SUGGESTIONS = Text("“{word}” (perhaps {suggestions})")
SUGGESTION = Text("“{word}”")
BETWEEN_WORDS = Text(", ")

# Small talk: how a reply opens.
GREETING = Text("Hello!")
THANKS = Text("You are welcome.")
GOODBYE = Text("Goodbye!")
ACKNOWLEDGEMENT = Text("All right.")
REACTION = Text("I am here if you have a question.")
NOISE = Text("I could not make a question out of that.")
EMPTY = Text("Ask me a question.")
OPINION = Text("I have no opinion: I only quote what the articles say.")
BOT = Text("I am a program, and answer with quotations from the articles, word for word.")
HELP = Text("I answer with quotations from the articles, word for word.")

# Small talk: how a reply goes on.
OPENING_WITHOUT_ARTICLES = Text("{opening} {no_articles}")
GREETING_WITH_INVITATION = Text("{opening} Ask me what the articles say.")
INVITATION = Text("{opening} You can ask about {titles}{more}.{example}")
TITLE = Text("“{title}”")
BETWEEN_TITLES = Text("; ")
MORE_TITLES = Plural(one=" and {count} more", other=" and {count} more")
EXAMPLE = Text(" Try: What do they say about “{heading}”?")

# Questions back, where a name fits no article or section, or several.
WHICH_ARTICLE = Plural(
    "Which article is “{name}”? There is only {names}.",
    "Which article is “{name}”? There are: {names}.",
)
WHICH_SECTION = Plural(
    "Which section is “{name}”? There is only {names}.",
    "Which section is “{name}”? There are: {names}.",
)
NO_SUCH_ARTICLE = Text("There is no article “{name}”.")
NO_SUCH_SECTION = Text("There is no section “{name}”.")
# A section of several articles, among the names of WHICH_SECTION.
SECTION_OF_ARTICLE = Text("{heading} ({article_id})")
# The text of an article in front of its first heading.
LEAD = Text("the lead")
# Stands behind WHICH_SECTION where sections of that name are in several articles.
NAME_ARTICLE_TOO = Text(" Name its article too.")
