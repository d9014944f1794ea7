"""Sentence embeddings: texts as vectors that lie near to each other where texts mean the same.

In: a local folder with a model, texts. Out: vectors. What is compared with what, and what a cosine
is worth, is decided in ``bot.search``. The packages that run a model are those of the extra
``semantic``; they are imported where a model is loaded, and nowhere else.
"""
