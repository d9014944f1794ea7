"""Question sets and the metrics of the answers to them."""
