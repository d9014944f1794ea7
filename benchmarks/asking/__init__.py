"""Members who ask: conversations of three kinds of members, and what the product answers them.

In: the articles and conversations of ``tests/asking``. Out: a table of figures for each member, and
each answer. It measures; nothing is fitted on it.
"""
