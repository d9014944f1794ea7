"""What is wrong with a YAML file, an editor's ``synonyms.yaml`` among them, and how to mend it.

Each problem (what is wrong) is followed by its hint (how to mend it), unless several share a hint.
"""

from bot.texts import Text

# Any YAML.
TOO_LARGE = Text("larger than {max_bytes:,} bytes")
KEEP_IT_SHORT = "keep it short"
NOT_YAML = "not YAML"
FORBIDDEN_CHARACTER = Text("the character U+{code:04X} is not allowed")
TAKE_IT_OUT = "take it out"
NO_CHARACTER = "an escape that is no character"
WRITE_THE_CHARACTER = "write the character itself"
QUOTE_THE_COLON = 'a value that contains a colon needs quotes, as in title: "One: Two"'
INDENT_WITH_SPACES = "indent with spaces, not tabs"
CHECK_THE_LINE = "check the quotes, colons and indentation of this line"
SECOND_DOCUMENT = "a second document begins here"
KEEP_ONE_DOCUMENT = "keep one document, without ---"
ANCHORS = "anchors and aliases (& and *) are not read"
TAGS = "tags (!) are not read"
QUOTE_THE_VALUE = "put the value in quotes"
TOO_DEEP = Text("nested deeper than {max_depth} levels")
MAKE_IT_FLATTER = "make it flatter"
KEY_IS_NO_WORD = "a key must be a word"
QUOTE_THE_KEY = "put the key in quotes"
MERGE_KEYS = "merge keys (<<) are not read"
WRITE_THE_KEYS_OUT = "write the keys out"
DUPLICATE_KEY = Text('duplicate key "{key}"')
STANDS_ALREADY = Text("it stands in line {line} already")

# synonyms.yaml.
NO_SECTIONS = "sections are wanted"
BEGIN_WITH_SECTION = Text("begin with one of {sections}")
UNKNOWN_SECTION = Text('"{name}" is no section')
SECTIONS_ARE = Text("there are {sections}")
NO_GROUP = Text('"{line}" is no group')
WRITE_KINDS = "write general: special, special"
WRITE_GROUP = "write two words or more, with commas between"
