"""What the program itself writes into files among the articles, and names files that it sends."""

from bot.texts import EnglishText

# Answers of members that are kept.
ARTICLE_OF_ANSWERS = EnglishText("Answers of members")
SOURCE_OF_ANSWER = EnglishText("[The message]({link})")

# The head of a new file of links.
LINKS_HEAD = EnglishText(
    "# Questions in readers' words, and the sections that answer them.\n"
    "# Such a question, and any with the same words, is answered from there.\n"
    "links:\n"
)

# Behind a pair of words in the file of synonyms.
SYNONYM_COMMENT = EnglishText("Means the same, by /kb gaps on {day}.")

# Files that are attached to a card. Discord takes no other letters in a name than these.
EXTRACTED_FILE = EnglishText("extracted.txt")
QUOTATION_FILE = EnglishText("quotation-{start}-{end}.txt")
DIFFERENCE_FILE = EnglishText("changes-{earlier}-{later}.diff")
# Above what is exported of the settings of a server.
SETTINGS_HEAD = EnglishText(
    "# What is set on the server {guild_id}. A channel or category that is not named takes what\n"
    "# its category or the server has.\n"
)
