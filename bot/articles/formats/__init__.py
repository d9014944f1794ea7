"""The formats of articles: each module reads one, from text to blocks."""
