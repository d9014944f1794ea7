"""How much of a collection is read, how it is cut, and whether its questions are answered."""
