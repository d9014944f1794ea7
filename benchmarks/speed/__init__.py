"""How long a question, the build of an index and its memory take by the number of passages, beside other engines.

``python -m benchmarks.speed --help`` says how it is called.
"""
