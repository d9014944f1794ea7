"""A bot as anyone would write it with discord.py and rank_bm25: what ours is compared with.

``python -m benchmarks.proofs.plain_bot FOLDER``, with DISCORD_TOKEN in the environment. It answers
mentions and ``/ask`` with the best paragraph of the folder's files.
"""

import os
import re
import sys
from pathlib import Path

import discord
import discord.http
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from rank_bm25 import BM25Okapi

NOTHING = "I have nothing on that."


def read_passages(folder: Path) -> list[str]:
    """Give the paragraphs of all files of a folder."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())]
    return [part.strip() for text in texts for part in text.split("\n\n") if part.strip()]


def tokenize(text: str) -> list[str]:
    """Give the words of a text in small letters."""
    return re.findall(r"\w+", text.lower())


class Library:
    """Paragraphs that can be asked."""

    def __init__(self, passages: list[str]) -> None:
        """Index the paragraphs."""
        self._passages = passages
        self._index = BM25Okapi([tokenize(passage) for passage in passages])

    def answer(self, question: str) -> str:
        """Give the paragraph that fits best, at most 2,000 characters of it."""
        scores = self._index.get_scores(tokenize(question))
        best = int(scores.argmax())
        return self._passages[best][:2_000] if scores[best] > 0 else NOTHING


class PlainBot(discord.Client):
    """Answers mentions and ``/ask``."""

    def __init__(self, library: Library) -> None:
        """Ask for the usual intents."""
        super().__init__(intents=discord.Intents.default())
        self.library = library
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Register the command."""

        @self.tree.command(description="Ask the articles")
        async def ask(interaction: discord.Interaction, question: str) -> None:
            await interaction.response.send_message(self.library.answer(question))

        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        """Answer a mention."""
        if message.author.bot or self.user is None or self.user not in message.mentions:
            return
        question = message.content.replace(self.user.mention, "").strip()
        await message.reply(self.library.answer(question))


def main() -> None:
    """Run until it ends, against the addresses that the environment names."""
    discord.http.Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    bot = PlainBot(Library(read_passages(Path(sys.argv[1]))))
    bot.run(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    main()
