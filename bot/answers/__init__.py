"""Answering: a question in, quotations that answer it out, or that nothing does."""
