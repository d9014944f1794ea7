"""How long the event loop and the questions wait while a large folder is read again."""
