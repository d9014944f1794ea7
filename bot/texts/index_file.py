"""Why what was read and indexed can't be saved for the next start, and how to mend it."""

from bot.texts import EnglishText

CANNOT_BE_SAVED = EnglishText("can't be saved: {reason}")
OTHERS_COULD_CHANGE_IT = EnglishText("can't be saved: others could change it there")
KEEP_RIGHTS = EnglishText("name a folder on a file system that keeps owners and rights")
TOO_LARGE = EnglishText("can't be saved: larger than {max_bytes:,} bytes")
LEAVE_ARTICLES_OUT = EnglishText("leave articles out, or do without")
MAKE_ROOM = EnglishText("make room on the disk")
ONE_PROGRAM_ALONE = EnglishText("let one program alone save there")
LET_IT_WRITE = EnglishText("let the program write in {folder}")
