"""Finds out what keeps the bot from working: here, and by questions to Discord."""
