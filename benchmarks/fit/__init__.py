"""Find the numbers again that the product carries, and set them beside those in the code.

``python -m benchmarks.fit`` prints the tables. Nothing in the product is changed by it.
"""
