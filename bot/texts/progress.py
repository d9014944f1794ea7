"""How far a long start has come, in one line of a terminal."""

from bot.texts import EnglishText

READING = EnglishText("Reading {done:,} of {total:,} files")
MAKING_INDEX = "Making the index"
MAKING_INDEX_FOR = EnglishText("Making the index, {seconds:.0f} s")
LOADING_MODEL = "Loading the model"
EMBEDDING = EnglishText("Embedding {done:,} of {total:,} texts")
