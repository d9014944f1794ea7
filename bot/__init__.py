"""A Discord bot that answers from a folder of articles, in the articles' own words."""

__version__ = "0.1.0"
