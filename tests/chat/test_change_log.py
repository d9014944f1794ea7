"""Whatever changes is told in the log channel, with who and what."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import get_args

import pytest
from conftest import World
from loopback.clock import PATIENCE_S
from loopback.permissions import Permission
from loopback.state import Channel, Message, User

from bot.versions.file_store import FileVersionStore
from bot.versions.history import Action

# Each makes one change, as an editor of its own.
Deed = Callable[[World, User], Awaitable[object]]

LAKES = b"# Of Lakes\n\nLake Grell is the deepest lake of Valmora.\n"
BUILT = "Who built the first bridge over the Orrin?"
DOUGHNUTS = "How do I fry doughnuts?"
TRAM = "where does the tram have its terminus?"
FLEUVE = "where does the fleuve end?"
ZEPPELINS = "what do zeppelins cost?"


async def put_in(world: World, editor: User, shown: Message) -> None:
    """Make the change that is shown."""
    await world.press(shown, shown.buttons[0].label, editor)


async def fill_in(world: World, editor: User, card: Message, button: str, **typed: str) -> None:
    """Fill the window of a button in, and make the change that is shown then."""
    opened = await world.discord.press(editor, card, button)
    await opened.modal()
    sent = await world.discord.submit_modal(editor, opened, **typed)
    await put_in(world, editor, await sent.answer())


async def open_gap(world: World, editor: User, question: str) -> Message:
    """Open the gap of a question from the list."""
    listed = await world.use("kb gaps", editor)
    texts = [text for text in listed.text.split("\n") if text.startswith("**")][1:]
    place = next(at for at, text in enumerate(texts) if question in text)
    buttons = [one for one in listed.buttons if one.label == "Close it"]
    await world.discord.press(editor, listed, buttons[place].custom_id or "")
    await world.discord.edited(listed)
    return listed


async def upload(world: World, editor: User) -> None:
    """Put a file in."""
    opened = await world.discord.slash(editor, world.channel, "kb upload")
    await opened.modal()
    sent = await world.discord.submit_modal(editor, opened, Files=[("lakes.md", LAKES)])
    await put_in(world, editor, await sent.answer())


async def add_message(world: World, editor: User) -> None:
    """Put a message in."""
    text = "How the ferry runs\n\n" + "The ferry of Lisk crosses every nine minutes. " * 5
    said = await world.discord.say(world.member, world.channel, text)
    used = await world.discord.use_message_command(editor, said, "Add to the articles")
    await put_in(world, editor, await used.answer())


async def edit(world: World, editor: User) -> None:
    """Write another header."""
    opened = await world.discord.slash(editor, world.channel, "kb edit", article="Of Lakes")
    await opened.modal()
    sent = await world.discord.submit_modal(editor, opened, Date="2026-11-02")
    await put_in(world, editor, await sent.answer())


async def rename(world: World, editor: User) -> None:
    """Give a file another name."""
    shown = await world.use("kb rename", editor, article="Of Lakes", name="waters.md")
    await put_in(world, editor, shown)


async def remove(world: World, editor: User) -> None:
    """Take a file out."""
    await put_in(world, editor, await world.use("kb remove", editor, article="Of Lakes"))


async def roll_back(world: World, editor: User) -> None:
    """Go back by one."""
    number = int((await world.use("kb history", editor)).text.split("**")[1]) - 1
    await put_in(world, editor, await world.use("kb rollback", editor, version=number))


async def judge(world: World, editor: User) -> None:
    """Call an answer good."""
    card = await world.ask(BUILT, editor)
    await world.press(card, "More", editor)
    judging = await world.press(card, "Good or wrong?", editor)
    await world.press(judging, "Good answer", editor)


async def reload(world: World, editor: User) -> None:
    """Serve what somebody has changed by hand: here the questions alone."""
    questions = world.folder / "questions.yaml"
    added = "- question: herons?\n  not_answered: true\n"
    text = questions.read_text(encoding="utf-8")
    questions.write_text(text + added, encoding="utf-8")
    assert "questions.yaml" in (await world.use("kb reload", editor)).text


async def link(world: World, editor: User) -> None:
    """Link the questions of a gap to a section."""
    card = await open_gap(world, editor, TRAM)
    await fill_in(world, editor, card, "Is answered here", article="Of Rivers", section="Mouth")


async def name_synonym(world: World, editor: User) -> None:
    """Say which word means the same."""
    card = await open_gap(world, editor, FLEUVE)
    await fill_in(world, editor, card, "Means the same as …", word="fleuve", other="delta")


async def write(world: World, editor: User) -> None:
    """Write what answers a gap."""
    card = await open_gap(world, editor, ZEPPELINS)
    await fill_in(
        world, editor, card, "Write it", text="Zeppelins cost nine crowns.", article="Of Towns"
    )


async def put_out(world: World, editor: User) -> None:
    """Put a gap out of scope."""
    card = await open_gap(world, editor, DOUGHNUTS)
    await world.press(card, "Out of scope", editor)


async def put_back(world: World, editor: User) -> None:
    """Take that back."""
    listed = await world.use("kb gaps", editor)
    await world.press(listed, "Out of scope (1)", editor)
    await world.press(listed, "Undo", editor)


async def clear(world: World, editor: User) -> None:
    """Delete what was asked in vain."""
    await world.use("kb gaps", editor, clear=True)


async def keep(world: World, editor: User) -> None:
    """Keep one's own answer."""
    said = await world.discord.say(editor, world.channel, "Nine crowns a day.")
    opened = await world.discord.use_message_command(editor, said, "Keep as an answer")
    await opened.modal()
    await world.discord.submit_modal(editor, opened, question="What does a guide cost?")
    consent = await world.discord.wait_for(world.channel, lambda one: bool(one.pings))
    await world.press(consent, "Yes, keep it", editor)


async def take_back(world: World, _: User) -> None:
    """Take it back, as who wrote it."""
    (consent,) = [one for one in world.channel.messages if one.pings]
    (author,) = [
        one for one in world.discord.core.world.users.values() if one.name == "editor of keep"
    ]
    await world.press(consent, "Take it back", author)


# Each with what the log channel is told of it.
DEEDS: dict[str, tuple[Deed, str]] = {
    "upload": (upload, "put in by"),
    "add_message": (add_message, "how-the-ferry-runs.md"),
    "edit": (edit, "edited by"),
    "rename": (rename, "waters.md"),
    "remove": (remove, "taken out by"),
    "roll_back": (roll_back, "gone back by"),
    "judge": (judge, "questions.yaml"),
    "reload": (reload, "read again"),
    "link": (link, "links.yaml"),
    "name_synonym": (name_synonym, "synonyms.yaml"),
    "write": (write, "towns.md"),
    "put_out": (put_out, DOUGHNUTS),
    "put_back": (put_back, "doughnut"),
    "clear": (clear, "1 gap"),
    "keep": (keep, "kept as an answer by"),
    "take_back": (take_back, "kept answer taken back by"),
}


def told(log: Channel) -> list[str]:
    """Give what stands in the log channel."""
    return [message.text for message in log.messages]


@pytest.mark.slow
async def test_each_change_is_told_with_who_and_what(world: World) -> None:
    """The whole table: one message each, which names its editor and what was changed; every kind of
    revision is among them. What was changed while the bot was away is told when it is back.
    """
    log = world.discord.add_text_channel(world.guild, "log")
    role = world.discord.add_role(world.guild, "Editors", permissions=Permission.MANAGE_GUILD)
    world.settings = f"log_channel: {log.id}\nadmin_roles: ['{role.id}']\n"
    await world.start()
    for question in (TRAM, FLEUVE, ZEPPELINS, DOUGHNUTS):
        reader = world.discord.add_user(f"reader of {question}")
        world.discord.add_member(world.guild, reader)
        await world.ask(question, reader)
    for name, (deed, what) in DEEDS.items():
        editor = world.discord.add_user(f"editor of {name}")
        world.discord.add_member(world.guild, editor, roles=[role])
        before = len(log.messages)
        await deed(world, editor)
        (said,) = told(log)[before:]
        assert what in said, name
        if name != "take_back":
            assert editor.mention in said, name
    number = len(log.messages)
    await world.stop()
    (world.folder / "questions.yaml").write_text("questions: []\n", encoding="utf-8")
    await world.start()
    at_start = await world.discord.wait_for(log, lambda one: "bot started" in one.text)
    assert "changed: `questions.yaml`" in at_start.text
    await world.restart()
    history = await world.use("kb history", world.manager)
    assert len(log.messages) == number + 1
    assert "changed in the folder" in history.text
    kept = FileVersionStore(world.folder.parent / "versions", world.folder).read_history()
    assert {one.action for one in kept.revisions} == set(get_args(Action))


@pytest.mark.slow
async def test_what_a_kill_kept_from_the_log_channel_is_told_at_the_start_once(
    world: World,
) -> None:
    """The change was made, and nothing is told yet when the process dies: the next start tells who
    made it, in one message, and the start after that tells nothing.
    """
    log = world.discord.add_text_channel(world.guild, "log")
    world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
    world.settings = f"log_channel: {log.id}\n"
    await world.start()
    shown = await world.use("kb rename", world.owner, article="Of Towns", name="first.md")
    await put_in(world, world.owner, shown)
    shown = await world.use("kb rename", world.owner, article="Of Towns", name="second.md")
    waiting = world.discord.fail("delay", method="POST", path=f"/{log.id}/messages$", delay_s=60)
    await world.discord.press(world.owner, shown, "Rename it")
    async with asyncio.timeout(PATIENCE_S):
        while not waiting.hits:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.01)
    await world.kill_hard()
    waiting.stop()
    assert (world.folder / "second.md").exists()
    assert len(log.messages) == 1
    await world.start()
    told = await world.discord.wait_for(log, lambda one: "not told yet" in one.text)
    assert "second.md" in told.text
    assert "renamed by" in told.text
    assert world.owner.mention in told.text
    await world.use("kb history", world.owner)
    await world.restart()
    await world.use("kb history", world.owner)
    assert len(log.messages) == 2
