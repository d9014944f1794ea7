"""What a question and the build of an index take, in time and memory, by the number of passages.

It is measured beside other engines.

``python -m benchmarks.speed --help`` says how it is called.
"""
