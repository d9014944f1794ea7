"""Whether passages are found by meaning, too, and if not, why."""

from bot.texts import EnglishText

# What is wrong with a model.
NO_FOLDER = EnglishText("there is no such folder")
FILE_MISSING = EnglishText("{file} is missing in it")
UNREADABLE = EnglishText("{file} can't be read: {reason}")
NOT_UNDERSTOOD = EnglishText("{file} can't be understood")
UNKNOWN_STEP = EnglishText("it needs {name}, which this program can't do")
UNKNOWN_INPUT = EnglishText("its graph wants an input {name}, which this program does not know")
NO_OUTPUT = EnglishText("its graph has no output of vectors")
NO_TOKENS = EnglishText("its tokenizer finds nothing in a text")
NO_DIRECTION = EnglishText("it gives vectors without a direction")
NO_CONTRAST = EnglishText("to it, all texts mean the same")
FAILS = EnglishText("it fails ({kind})")
EXTRA_MISSING = EnglishText(
    "the packages that run it are missing: install requirements-semantic.txt"
)

# What is told of it.
BY_WORDS = EnglishText("Found by words alone: the model {name} can't be used: {reason}")
MADE = EnglishText("Found by words and by meaning ({name}): {passages} embedded")
BEING_MADE = EnglishText(
    "Found by words, and soon by meaning ({name}): {share}% of the texts embedded"
)
NOT_SAVED = EnglishText("What was embedded is not kept for the next start: {reason}")
