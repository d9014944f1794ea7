"""Why versions of the articles can't be kept, and how to mend it."""

from bot.texts import Text

CANNOT_BE_KEPT = Text("can't be kept: {reason}")
OF_NEWER_PROGRAM = "was written by a newer version of this program"
USE_THAT_PROGRAM = "use that one, or name another folder"
NO_MEMORY = "not enough memory"
