"""What is said of an editor's links: of the form of their file, and of what they name."""

from bot.texts import Text

NO_LINKS = "there is no list of links"
LIST_EXAMPLE = "begin with links: and a list below it"
NO_KEYS = "this is no mapping"
KEYS_ARE = Text("known here: {keys}")
TEXT_WANTED = Text("{key}: a text is wanted")
LINK_EXAMPLE = "for example - question: What does it cost? with section: Tickets below it"
ONE_SECTION = "a link leads to one section of one article"
ONE_SECTION_HINT = "write another link for the other one"
SECTION_EMPTY = "this section has no text of its own"
SECTION_EMPTY_HINT = "name the section that has the answer"
# The head of a new file.
FILE_HEAD = (
    "# Questions in readers' words, and the sections that answer them.\n"
    "# Such a question, and any with the same words, is answered from there.\n"
    "links:\n"
)
