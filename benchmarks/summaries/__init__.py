"""How much of what a reader needs stands in summaries, beside other ways to choose sentences.

``python -m benchmarks.summaries --help`` says how it is called.
"""
