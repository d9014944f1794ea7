"""Whether passages are found by meaning, too, and if not, why."""

from bot.texts import Text

# What is wrong with a model.
NO_FOLDER = "there is no such folder"
FILE_MISSING = Text("{file} is missing in it")
UNREADABLE = Text("{file} can't be read: {reason}")
NOT_UNDERSTOOD = Text("{file} can't be understood")
UNKNOWN_STEP = Text("it needs {name}, which this program can't do")
UNKNOWN_INPUT = Text("its graph wants an input {name}, which this program does not know")
NO_OUTPUT = "its graph has no output of vectors"
NO_TOKENS = "its tokenizer finds nothing in a text"
NO_DIRECTION = "it gives vectors without a direction"
NO_CONTRAST = "to it, all texts mean the same"
FAILS = Text("it fails ({kind})")
EXTRA_MISSING = "the packages that run it are missing: install requirements-semantic.txt"

# What is told of it.
BY_WORDS = Text("Found by words alone: the model {name} can't be used: {reason}")
MADE = Text("Found by words and by meaning ({name}): {passages} embedded")
BEING_MADE = Text("Found by words, and soon by meaning ({name}): {share} % of the texts embedded")
NOT_SAVED = Text("What was embedded is not kept for the next start: {reason}")
