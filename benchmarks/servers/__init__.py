"""How much memory and time the articles of many servers take."""
