"""Why what was read and indexed can't be saved for the next start, and how to mend it."""

from bot.texts import Text

CANNOT_BE_SAVED = Text("can't be saved: {reason}")
OTHERS_COULD_CHANGE_IT = "can't be saved: others could change it there"
KEEP_RIGHTS = "name a folder on a file system that keeps owners and rights"
TOO_LARGE = Text("can't be saved: larger than {max_bytes:,} bytes")
LEAVE_ARTICLES_OUT = "leave articles out, or do without"
MAKE_ROOM = "make room on the disk"
ONE_PROGRAM_ALONE = "let one program alone save there"
LET_IT_WRITE = Text("let the program write in {folder}")
