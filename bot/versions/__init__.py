"""Versions of the articles' files that served well, kept so that they go on serving."""
