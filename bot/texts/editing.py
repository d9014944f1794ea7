"""What is said when articles are changed: in the log, on a terminal, in Discord."""

from bot.texts import Text

CANNOT_WRITE = Text("{file} can't be written: {reason}")
NOT_A_FILE = "something else than a file has this name"

NAME_EMPTY = (
    "the name is empty or begins with a dot, a hyphen or a tilde; give the file another one"
)
NAME_UNSAFE = "the name has characters that not every disk can hold; give the file another one"
NAME_TOO_LONG = Text("the name is longer than {most} bytes; give the file a shorter one")
NAME_OF_NO_ARTICLE = Text("this is no kind of file that is read; these are: {suffixes}")
NAME_IGNORED = "files of this name are ignored; give the file another name"

NO_VERSIONS = (
    "no versions of the articles are kept, so that nothing could be undone "
    "(set `versions:` in the settings)"
)
NOTHING_TO_CHANGE = "that is how it is already"
NO_REVISION = Text("version {number} is not kept")
VERSION_GONE = Text("the earlier version of {file} is not kept any more")
NOT_SERVED = "what this would make of the articles can't be served"
NOT_CONFIRMED = "this has to be confirmed"
CHANGED_SINCE = Text("{file} has been changed since; look at it again")
READ_ONLY_HINT = "let the bot write in the folder of the articles; docs/operating.md says how"
