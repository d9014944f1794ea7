"""A small bot on the unmodified discord.py, to show that the real library works with the loopback
server.

Takes a started server; gives a connected client. The two addresses of discord.py are redirected as
the product does.
"""

import asyncio
import contextlib
import io
import warnings
from collections.abc import AsyncIterator

import yarl
from loopback import LoopbackDiscord
from loopback.clock import PATIENCE_S

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # discord imports audioop
    import discord
    from discord import app_commands, ui
    from discord.gateway import DiscordWebSocket
    from discord.http import Route


class Panel(ui.LayoutView):
    """A message of the second version with one button, which changes the message."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Container(ui.TextDisplay(text)))
        more: ui.Button[Panel] = ui.Button(label="More", custom_id="more")
        more.callback = self.more  # type: ignore[method-assign]
        row: ui.ActionRow[Panel] = ui.ActionRow()
        row.add_item(more)
        self.add_item(row)

    async def more(self, interaction: discord.Interaction) -> None:
        """Show more."""
        await interaction.response.edit_message(view=Panel("more of it"))


class Form(ui.Modal, title="A form"):
    """A window with one field."""

    word: ui.Label["Form"] = ui.Label(
        text="Word", component=ui.TextInput(custom_id="word", max_length=10)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Say what was typed."""
        field = self.word.component
        assert isinstance(field, ui.TextInput)
        await interaction.response.send_message(f"typed {field.value}", ephemeral=True)


class Word(ui.Modal, title="A word"):
    """A window that changes the message whose button opened it."""

    said: ui.Label["Word"] = ui.Label(text="Word", component=ui.TextInput(custom_id="said"))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Put the word into the message."""
        field = self.said.component
        assert isinstance(field, ui.TextInput)
        await interaction.response.edit_message(view=Book(field.value), attachments=[])


class Book(ui.LayoutView):
    """A message that turns its pages in place, holds a file, opens a window and a thread, and can
    be removed.
    """

    def __init__(self, text: str, *, file: bool = False) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.TextDisplay(text))
        if file:
            self.add_item(ui.File("attachment://the page.txt"))
        chapters: ui.Select[Book] = ui.Select(
            custom_id="chapters", options=[discord.SelectOption(label="Two")]
        )
        actions = {"word": self.ask, "thread": self.discuss, "remove": self.remove}
        buttons: list[ui.Button[Book]] = [ui.Button(label=name, custom_id=name) for name in actions]
        chapters.callback = self.turn  # type: ignore[method-assign]
        for button in buttons:
            button.callback = actions[str(button.custom_id)]  # type: ignore[method-assign]
        self.add_item(ui.ActionRow(chapters))
        self.add_item(ui.ActionRow(*buttons))

    async def turn(self, interaction: discord.Interaction) -> None:
        """Show another page in place, without the file."""
        assert interaction.data is not None
        page = interaction.data["values"][0]  # type: ignore[typeddict-item]
        await interaction.response.edit_message(view=Book(f"page {page}"), attachments=[])

    async def ask(self, interaction: discord.Interaction) -> None:
        """Open a window."""
        await interaction.response.send_modal(Word())

    async def discuss(self, interaction: discord.Interaction) -> None:
        """Start a thread from this message and write in it."""
        assert interaction.message is not None
        await interaction.response.defer()
        thread = await interaction.message.create_thread(name="About the page")
        await thread.send("what do you think?")

    async def remove(self, interaction: discord.Interaction) -> None:
        """Remove this message."""
        await interaction.response.defer()
        await interaction.delete_original_response()


class RealBot(discord.Client):
    """Answers /ask, /slow, /form, /book, mentions and direct messages; notes what changes."""

    def __init__(self, heartbeat_timeout_s: float) -> None:
        nobody = discord.AllowedMentions.none()
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(
            intents=intents,
            allowed_mentions=nobody,
            guild_ready_timeout=0.05,
            heartbeat_timeout=heartbeat_timeout_s,
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.noted: list[str] = []

    async def setup_hook(self) -> None:
        """Register the commands."""

        @self.tree.command(description="Ask something")
        @app_commands.describe(question="What you want to know")
        async def ask(
            interaction: discord.Interaction, question: app_commands.Range[str, 1, 50]
        ) -> None:
            await interaction.response.send_message(view=Panel(f"You asked: {question}"))

        @ask.autocomplete("question")
        async def suggest(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=f"{typed}?", value=typed)]

        @self.tree.command(description="Take a while")
        async def slow(interaction: discord.Interaction) -> None:
            await interaction.response.defer(ephemeral=True)
            await interaction.edit_original_response(content="at last")
            file = discord.File(__file__, "panel.py")
            await interaction.followup.send("with a file", file=file, ephemeral=True)

        @self.tree.command(description="Open a form")
        async def form(interaction: discord.Interaction) -> None:
            await interaction.response.send_modal(Form())

        self._add_more()
        await self.tree.sync()

    def _add_more(self) -> None:
        show = app_commands.Group(name="show", description="Show what was given")

        @show.command(name="all", description="Show it all")
        async def show_all(  # noqa: PLR0917 (they are the options of the command)
            interaction: discord.Interaction,
            who: discord.Member,
            role: discord.Role,
            where: discord.TextChannel,
            count: int,
            file: discord.Attachment,
        ) -> None:
            content = (await file.read()).decode()
            await interaction.response.send_message(
                f"{who.name} {role.name} {where.name} {count} {content}"
            )

        @self.tree.command(description="Read a book")
        async def book(interaction: discord.Interaction, alone: bool) -> None:  # noqa: FBT001 (an option of the command)
            file = discord.File(io.BytesIO(b"words"), "the page.txt")
            await interaction.response.send_message(
                view=Book("page One", file=True), file=file, ephemeral=alone
            )

        @self.tree.context_menu(name="Repeat")
        async def repeat(interaction: discord.Interaction, message: discord.Message) -> None:
            await interaction.response.send_message(message.content)

        @self.tree.context_menu(name="Greet")
        async def greet(interaction: discord.Interaction, user: discord.Member) -> None:
            await interaction.response.send_message(f"hello {user.name}")

        self.tree.add_command(show)

    async def on_message(self, message: discord.Message) -> None:
        """Answer who mentions the bot or writes to it directly."""
        self.heard.append(message)
        if message.author.bot or not self.user:
            return
        if message.guild is None or self.user in message.mentions:
            await message.reply(f"You said: {message.content}", mention_author=False)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Note an update, an edit among them."""
        self.noted.append(
            f"{'edited' if event.message.edited_at else 'updated'} {event.message.content}".strip()
        )

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Note that a message is gone."""
        self.noted.append(f"deleted {event.message_id}")

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Note that messages are gone."""
        self.noted.append(f"deleted {sorted(event.message_ids)}")

    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Note a new thread."""
        self.noted.append(f"{thread.name} in {thread.parent}")


@contextlib.asynccontextmanager
async def real_bot(
    server: LoopbackDiscord, *, heartbeat_timeout_s: float = 60
) -> AsyncIterator[RealBot]:
    """Run the bot against the server until the test is over."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api_url, yarl.URL(server.gateway_url)
    bot = RealBot(heartbeat_timeout_s)
    running = asyncio.create_task(bot.start(server.token))
    try:
        await server.ready()
        await asyncio.wait_for(bot.wait_until_ready(), PATIENCE_S)
        yield bot
    finally:
        await bot.close()
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError, discord.DiscordException, OSError):
            await running
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
