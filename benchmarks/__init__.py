"""Figures against other programs, each by one command. Nothing of the product imports this."""
