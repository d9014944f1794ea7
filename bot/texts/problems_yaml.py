"""What is wrong with a YAML file, an editor's ``synonyms.yaml`` among them, and how to mend it.

Each problem (what is wrong) is followed by its hint (how to mend it), unless several share a hint.
"""

from bot.texts import EnglishText

# Any YAML.
TOO_LARGE = EnglishText("larger than {max_bytes:,} bytes")
KEEP_IT_SHORT = EnglishText("keep it short")
NOT_YAML = EnglishText("not YAML")
FORBIDDEN_CHARACTER = EnglishText("the character U+{code:04X} is not allowed")
TAKE_IT_OUT = EnglishText("take it out")
NO_CHARACTER = EnglishText("an escape that is no character")
WRITE_THE_CHARACTER = EnglishText("write the character itself")
QUOTE_THE_COLON = EnglishText('a value that contains a colon needs quotes, as in title: "One: Two"')
INDENT_WITH_SPACES = EnglishText("indent with spaces, not tabs")
CHECK_THE_LINE = EnglishText("check the quotes, colons and indentation of this line")
SECOND_DOCUMENT = EnglishText("a second document begins here")
KEEP_ONE_DOCUMENT = EnglishText("keep one document, without ---")
ANCHORS = EnglishText("anchors and aliases (& and *) are not read")
TAGS = EnglishText("tags (!) are not read")
QUOTE_THE_VALUE = EnglishText("put the value in quotes")
TOO_DEEP = EnglishText("nested deeper than {max_depth} levels")
MAKE_IT_FLATTER = EnglishText("make it flatter")
KEY_IS_NO_WORD = EnglishText("a key must be a word")
QUOTE_THE_KEY = EnglishText("put the key in quotes")
MERGE_KEYS = EnglishText("merge keys (<<) are not read")
WRITE_THE_KEYS_OUT = EnglishText("write the keys out")
DUPLICATE_KEY = EnglishText('duplicate key "{key}"')
STANDS_ALREADY = EnglishText("it stands in line {line} already")

# synonyms.yaml.
NO_SECTIONS = EnglishText("sections are wanted")
BEGIN_WITH_SECTION = EnglishText("begin with one of {sections}")
UNKNOWN_SECTION = EnglishText('"{name}" is no section')
SECTIONS_ARE = EnglishText("there are {sections}")
NO_GROUP = EnglishText('"{line}" is no group')
WRITE_KINDS = EnglishText("write general: special, special")
WRITE_GROUP = EnglishText("write two words or more, with commas between")
