"""How far a long start has come, in one line of a terminal."""

from bot.texts import Text

READING = Text("Reading {done:,} of {total:,} files")
MAKING_INDEX = "Making the index"
MAKING_INDEX_FOR = Text("Making the index, {seconds:.0f} s")
LOADING_MODEL = "Loading the model"
EMBEDDING = Text("Embedding {done:,} of {total:,} texts")
