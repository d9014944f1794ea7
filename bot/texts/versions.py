"""Why versions of the articles can't be kept, and how to mend it."""

from bot.texts import EnglishText

NOT_KEPT = EnglishText("if an article is spoilt later, a restart will not serve it: {reason}")
CANNOT_BE_KEPT = EnglishText("can't be kept: {reason}")
NO_MEMORY = EnglishText("not enough memory")
DAMAGED = EnglishText("is not what was kept there")
NO_FILE_OF_OURS = EnglishText("is no file of this program")
OTHERS_MAY_HAVE_WRITTEN_IT = EnglishText("others may have written it")
OF_NEWER_PROGRAM = EnglishText("was written by a newer version of this program")
MEND_OR_MOVE = EnglishText("mend that, or move it away")
