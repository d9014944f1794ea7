"""How well passages are ranked, sentences chosen and questions refused.

It is measured beside other search engines.

``python -m benchmarks.quality --help`` says how it is called.
"""
