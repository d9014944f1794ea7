"""What is said of an editor's links: of the form of their file, and of what they name."""

from bot.texts import EnglishText

NO_LINKS = EnglishText("there is no list of links")
LIST_EXAMPLE = EnglishText("begin with links: and a list below it")
NO_KEYS = EnglishText("this is no mapping")
KEYS_ARE = EnglishText("known here: {keys}")
TEXT_WANTED = EnglishText("{key}: a text is wanted")
LINK_EXAMPLE = EnglishText(
    "for example - question: What does it cost? with section: Tickets below it"
)
ONE_SECTION = EnglishText("a link leads to one section of one article")
ONE_SECTION_HINT = EnglishText("write another link for the other one")
SECTION_EMPTY = EnglishText("this section has no text of its own")
SECTION_EMPTY_HINT = EnglishText("name the section that has the answer")
