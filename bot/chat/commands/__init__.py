"""The commands of the bot: one module a group of commands."""
