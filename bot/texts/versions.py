"""Why versions of the articles can't be kept, and how to mend it."""

from bot.texts import Text

NOT_KEPT = Text("if an article is spoilt later, a restart will not serve it: {reason}")
CANNOT_BE_KEPT = Text("can't be kept: {reason}")
NO_MEMORY = "not enough memory"
DAMAGED = "is not what was kept there"
NO_FILE_OF_OURS = "is no file of this program"
OTHERS_MAY_HAVE_WRITTEN_IT = "others may have written it"
OF_NEWER_PROGRAM = "was written by a newer version of this program"
MEND_OR_MOVE = "mend that, or move it away"
