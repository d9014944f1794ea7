"""Whose articles are shown to whom: every way in, every kind of reader; what is public, what is not.

Each article has a code word in its title, its heading and its text, which nobody types. Whatever the
bot says is looked through for code words of articles that those who see it may not read.
"""

import asyncio
import contextlib
import json
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import World, ending, judge, populate
from loopback import LoopbackDiscord
from loopback.errors import NoAnswerError
from loopback.interactions import Interaction
from loopback.permissions import Permission
from loopback.state import Channel, Guild, Message, Role, User

# What an article is about, which may be typed, and its code word.
CODES = {
    "harbour": "quokka",
    "granary": "wombat",
    "library": "numbat",
    "orchard": "dingo",
    "foundry": "bilby",
    "chapel": "potoroo",
}


def article(subject: str, header: str = "") -> str:
    """Write an article whose code word is not to be seen by others than its readers."""
    code = CODES[subject]
    front = f"---\n{header}\n---\n" if header else ""
    return (
        f"{front}# Of the {subject} {code}\n\n## Keys of the {subject} {code}\n\n"
        f"The lantern word of the {subject} is {code}. The keys of the {subject} hang by the "
        f"{code} gate.\n\n## Hours of the {subject} {code}\n\nThe {subject} opens at nine, when the "
        f"{code} bell rings.\n"
    )


@dataclass
class Scene:
    """Two servers with articles of their own, one without, and people of all kinds.

    Harbour is for all; granary for the staff of the red server, though it lies in the common
    folder; library is the red server's, orchard its staff's, foundry its council's by a folder;
    chapel is the blue server's.
    """

    world: World
    red: Guild
    blue: Guild
    staff: Role
    council: Role
    general: Channel
    staff_room: Channel
    # Answers from the granary and the library alone.
    narrow: Channel
    people: dict[str, User] = field(default_factory=dict)

    def add_person(self, name: str) -> User:
        """Add somebody like one of the people."""
        discord, like = self.world.discord, self.people[name]
        user = discord.add_user(f"like {name}")
        discord.install_for(user)
        for guild in (self.red, self.blue):
            if like.id in guild.members:
                discord.add_member(guild, user, roles=guild.members[like.id].roles)
        return user

    def may_read(self, user: User, guild: Guild | None) -> set[str]:
        """Say by the rules, apart from the bot, what somebody may read in a place."""
        codes = {"harbour"}
        if guild is self.red:
            codes.add("library")
            roles = guild.members[user.id].roles if user.id in guild.members else []
            is_administrator = bool(guild.permissions_of(user) & Permission.ADMINISTRATOR)
            if self.staff in roles or is_administrator:
                codes |= {"granary", "orchard"}
            if self.council in roles or is_administrator:
                codes.add("foundry")
        elif guild is self.blue:
            codes.add("chapel")
        return codes

    def is_shown(self, user: User, channel: Channel) -> set[str]:
        """Say what somebody is shown in a channel: of what was chosen there, if anything was."""
        allowed = self.may_read(user, channel.guild)
        is_narrow = self.narrow in (channel, channel.parent)
        return allowed & {"granary", "library"} if is_narrow else allowed

    def all_may_read(self, channel: Channel) -> set[str]:
        """Say what everybody may be shown who sees a channel."""
        guild = channel.guild
        if guild is None:
            return {"harbour"}
        seen = [
            self.is_shown(member.user, channel)
            for member in guild.members.values()
            if not member.user.bot and channel.permissions_of(member.user) & Permission.VIEW_CHANNEL
        ]
        return set.intersection(*seen)

    def look_for_leaks(self, since: int) -> list[str]:
        """Name each code word that somebody was shown who may not read its article."""
        leaks = []
        for message in list(self.world.discord.core.world.messages.values()):
            if message.id <= since or message.author is not self.world.discord.bot_user:
                continue
            allowed = self.all_may_read(message.channel)
            if message.only_for is not None:
                allowed = self.is_shown(message.only_for, message.channel)
            elif message.channel.guild is None:
                allowed = {"harbour"}
            leaks += find_codes(message.body, message.components, message.texts, allowed=allowed)
        return leaks


def find_codes(*shown: object, allowed: set[str]) -> list[str]:
    """Name the code words in something that are not those of allowed articles."""
    text = json.dumps(shown, default=str).lower()
    return [code for subject, code in CODES.items() if subject not in allowed and code in text]


def make_scene(discord: LoopbackDiscord, folder: Path) -> Scene:
    """Make the servers, the people, the channels and the articles."""
    world = populate(discord, folder)
    red, blue = world.guild, discord.add_guild("Blue", owner=discord.add_user("berta"))
    staff, council = discord.add_role(red, "Staff"), discord.add_role(red, "Council")
    staff_room, narrow = [discord.add_text_channel(red, name) for name in ("staff", "narrow")]
    scene = Scene(world, red, blue, staff, council, world.channel, staff_room, narrow)
    discord.overwrite(scene.staff_room, red, deny=Permission.VIEW_CHANNEL)
    discord.overwrite(scene.staff_room, staff, allow=Permission.VIEW_CHANNEL)
    discord.overwrite(scene.staff_room, red.bot_role, allow=Permission.VIEW_CHANNEL)  # type: ignore[arg-type]
    for name, roles in (("staff", [staff]), ("council", [council]), ("both", [staff, council])):
        scene.people[name] = discord.add_user(name)
        discord.add_member(red, scene.people[name], roles=roles)
    scene.people["administrator"] = discord.add_user("alva")
    discord.add_member(red, scene.people["administrator"], permissions=Permission.ADMINISTRATOR)
    scene.people["member"] = world.member
    scene.people["guest"] = discord.add_user("gust")
    discord.add_member(blue, scene.people["guest"])
    discord.install_for(scene.people["guest"])
    place = f"servers/{red.id}"
    files = {
        "harbour.md": article("harbour"),
        "granary.md": article("granary", f"audience: {staff.id}"),
        f"{place}/library.md": article("library"),
        f"{place}/orchard.md": article("orchard", f"audience: ['<@&{staff.id}>']"),
        f"{place}/council/foundry.md": article("foundry"),
        f"{place}/audience.yaml": f"council: {council.id}\n",
        f"servers/{blue.id}/chapel.md": article("chapel"),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    world.settings = "questions_per_person: 1000\nquestions_per_channel: 1000\n"
    world.settings += "questions_per_server: 1000\n"
    return scene


@pytest.fixture(scope="module")
async def scene(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    """Give the scene with a bot that runs; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("scene") / "articles"
    async with LoopbackDiscord() as discord:
        made = make_scene(discord, folder)
        helpers = discord.add_role(made.red, "Helpers", mentionable=True)
        made.world.settings += f"human_roles: ['{helpers.id}']\n"
        async with ending(made.world):
            await made.world.start()
            await narrow_down(made)
            yield made
        judge(discord)


async def narrow_down(scene: Scene) -> None:
    """Choose of which articles the narrow channel answers, as somebody does who may read them."""
    discord, administrator = scene.world.discord, scene.people["administrator"]
    used = await discord.slash(administrator, scene.narrow, "kb channel")
    card = await (
        await discord.press(administrator, await used.answer(), "Choose articles")
    ).answer()
    for name in ("granary.md", "library.md"):
        (menu,) = card.selects
        label = next(label for label, _ in menu.options if label.endswith(name))
        chosen = await discord.select(administrator, card, menu.custom_id, label)
        card = await chosen.answer()
    assert "granary.md; library.md" in card.text


def ask_for(subject: str) -> str:
    """Ask for the code word of a subject."""
    return f"What is the lantern word of the {subject}?"


async def test_what_some_may_read_is_public_where_only_they_are(scene: Scene) -> None:
    """A command is answered privately elsewhere; a mention by a line with a button to the answer,
    which opens it for those who may.
    """
    discord, staff, member = scene.world.discord, scene.people["staff"], scene.people["member"]
    question = ask_for("orchard")
    used = await discord.slash(staff, scene.staff_room, "ask", question=question)
    public = await used.answer()
    assert "dingo" in public.text
    assert not public.ephemeral
    used = await discord.slash(staff, scene.general, "ask", question=question)
    private = await used.answer()
    assert "dingo" in private.text
    assert private.ephemeral
    assert "Share here" not in [button.label for button in private.buttons]
    said = await discord.say(staff, scene.general, f"{discord.bot_user.mention} {question}")
    line = await discord.reply_to(said)
    assert "not everybody here may read it" in line.text
    assert "dingo" not in json.dumps(line.body)
    opened = await (await discord.press(staff, line, "Show me")).answer()
    assert (opened.ephemeral, "dingo" in opened.text) == (True, True)
    refused = await (await discord.press(member, line, "Show me")).answer()
    assert (refused.ephemeral, "dingo" in json.dumps(refused.body)) == (True, False)
    common = await (
        await discord.slash(staff, scene.general, "ask", question=ask_for("harbour"))
    ).answer()
    assert ("quokka" in common.text, common.ephemeral) == (True, False)


async def test_a_server_has_its_own_articles_and_no_other_servers(scene: Scene) -> None:
    """Beside the common ones, and in answers for all to see."""
    discord = scene.world.discord
    square = discord.add_text_channel(scene.blue, "square")
    guest, member = scene.people["guest"], scene.people["member"]
    for user, channel, own, others in (
        (member, scene.general, "library", "chapel"),
        (guest, square, "chapel", "library"),
    ):
        for subject in (own, "harbour"):
            used = await discord.slash(user, channel, "ask", question=ask_for(subject))
            found = await used.answer()
            assert (CODES[subject] in found.text, found.ephemeral) == (True, False)
        used = await discord.slash(user, channel, "ask", question=ask_for(others))
        assert CODES[others] not in json.dumps((await used.answer()).body)


async def test_a_channel_answers_from_what_was_chosen_for_it(scene: Scene) -> None:
    """Of these articles those that one may read, in its threads too; what is not chosen is no
    answer, no nearest article, and not in a list.
    """
    discord, staff = scene.world.discord, scene.people["staff"]
    thread = discord.add_thread(scene.narrow, "a thread", by=staff)
    for channel in (scene.narrow, thread):
        for subject in ("library", "harbour", "orchard"):
            used = await discord.slash(staff, channel, "ask", question=ask_for(subject))
            found = json.dumps((await used.answer()).body)
            assert find_codes(found, allowed=scene.is_shown(staff, channel)) == []
            assert (CODES[subject] in found) == (subject == "library")
    used = await discord.slash(staff, scene.narrow, "articles")
    listed = await used.answer()
    assert [code for code in CODES.values() if code in listed.text] == ["wombat", "numbat"]
    member = scene.people["member"]
    used = await discord.slash(member, scene.narrow, "ask", question=ask_for("granary"))
    assert find_codes((await used.answer()).body, allowed={"library"}) == []


# An offer is asked for so often, and waited for so long.
_TRIES, _PATIENCE_S = 30, 4.0

Way = Callable[[Scene, User, Channel, str], Awaitable[object]]

# What somebody is told who comes too soon.
_AGAIN = re.compile(r"Try again <t:([0-9]+):R>")


async def press(scene: Scene, user: User, message: Message, button: str) -> Interaction:
    """Press a button, once more where so much is pressed on the server that one is to wait."""
    while True:
        pressed = await scene.world.discord.press(user, message, button)
        await pressed.wait_until_acknowledged()
        said = pressed.original.text if pressed.original is not None else ""
        refused = _AGAIN.search(said)
        if refused is None:
            return pressed
        await asyncio.sleep(max(int(refused[1]) - time.time(), 0.1))


def by_command(command: str, **options: str) -> Way:
    """Make a way that uses a command; the subject takes the place of S in what is typed."""

    async def use(scene: Scene, user: User, channel: Channel, subject: str) -> object:
        typed = {
            name: True if value == "yes" else value.replace("SUBJECT", subject)
            for name, value in options.items()
        }
        used = await scene.world.discord.slash(user, channel, command, options=typed)
        return (await used.answer()).body

    return use


def by_typing(command: str, **options: str) -> Way:
    """Make a way that types into the last of some options."""

    async def typing(scene: Scene, user: User, channel: Channel, subject: str) -> object:
        typed: dict[str, Any] = {
            name: value.replace("SUBJECT", subject) for name, value in options.items()
        }
        for _ in range(_TRIES):
            # What comes late is not offered at all.
            with contextlib.suppress(NoAnswerError):
                return await scene.world.discord.autocomplete(
                    user, channel, command, within_s=_PATIENCE_S, **typed
                )
        pytest.fail("nothing is offered")

    return typing


async def _mention(scene: Scene, user: User, channel: Channel, subject: str) -> Message:
    discord = scene.world.discord
    content = ask_for(subject)
    if channel.guild is not None:
        content = f"{discord.bot_user.mention} {content}"
    return await discord.say(user, channel, content)


async def by_message(scene: Scene, user: User, channel: Channel, subject: str) -> object:
    """Mention the bot, or write to it; press what can be pressed on what comes."""
    discord = scene.world.discord
    said = await _mention(scene, user, channel, subject)
    reply = await discord.reply_to(said)
    shown = [reply.body]
    for button in reply.buttons:
        if button.label in ("Helpful", "Not helpful", "Remove", "Follow up"):
            continue
        pressed = await press(scene, user, reply, button.custom_id or "")
        shown.append((await pressed.answer()).body)
    return shown


async def by_edit(scene: Scene, user: User, channel: Channel, subject: str) -> object:
    """Ask something else, and edit it into the question."""
    discord = scene.world.discord
    said = await _mention(scene, user, channel, "moon")
    answer = await discord.reply_to(said)
    mention = f"{discord.bot_user.mention} " if channel.guild else ""
    await discord.edit(said, f"{mention}{ask_for(subject)}")
    edited = await discord.edited(answer)
    return edited.components


async def by_menu(scene: Scene, user: User, channel: Channel, subject: str) -> object:
    """Find the passage of somebody's message."""
    discord = scene.world.discord
    said = await discord.say(user, channel, ask_for(subject))
    if channel.guild is None:
        await discord.reply_to(said)
    used = await discord.use_message_command(user, said, "Find the passage")
    return (await used.answer()).body


async def by_following_up(scene: Scene, user: User, channel: Channel, subject: str) -> object:
    """Ask for something common, and then what follows it up."""
    discord = scene.world.discord
    used = await discord.slash(user, channel, "ask", question=ask_for("harbour"))
    card = await used.answer()
    opened = await press(scene, user, card, "Follow up")
    await opened.modal()
    sent = await discord.submit_modal(user, opened, text=f"And of the {subject}?")
    return (await sent.answer()).body


async def by_sharing(scene: Scene, user: User, channel: Channel, subject: str) -> object:
    """Share what comes privately, where that is offered."""
    discord = scene.world.discord
    shown = []
    for command, options in (
        ("ask", {"question": ask_for(subject), "private": True}),
        ("quote", {"text": f"The {subject} opens at nine, when the"}),
        ("summary", {"article": f"Of the {subject}", "private": True}),
    ):
        used = await discord.slash(user, channel, command, options=options)
        card = await used.answer()
        if "Share here" in [button.label for button in card.buttons]:
            shared = await press(scene, user, card, "Share here")
            shown.append((await shared.answer()).body)
    return shown


WAYS: dict[str, Way] = {
    "ask": by_command("ask", question="What is the lantern word of the SUBJECT?"),
    "ask privately": by_command(
        "ask", question="What is the lantern word of the SUBJECT?", private="yes"
    ),
    "ask an article": by_command("ask", question="Where do the keys hang?", article="SUBJECT"),
    "ask with a slip": by_command("ask", question="Where are the keys by the quoka womat dinngo?"),
    "list by asking": by_command("ask", question="Which articles are there?"),
    "summary": by_command("summary", article="Of the SUBJECT"),
    "summary of a section": by_command("summary", section="Keys of the SUBJECT"),
    "articles": by_command("articles"),
    "sections": by_command("sections"),
    "sections of one": by_command("sections", article="Of the SUBJECT"),
    "read": by_command("read", section="Keys of the SUBJECT"),
    "quote": by_command("quote", text="The SUBJECT opens at nine, when the"),
    "help": by_command("help"),
    "type a question": by_typing("ask", question="keys of the SUBJECT"),
    "type an article": by_typing("ask", article="of the SUBJECT"),
    "type a section": by_typing("read", section="keys of the SUBJECT"),
    "type nothing": by_typing("summary", section=""),
    "type an article of sections": by_typing("sections", article="of"),
    "message": by_message,
    "edited message": by_edit,
    "menu": by_menu,
    "follow up": by_following_up,
    "share": by_sharing,
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
async def test_no_way_shows_what_one_may_not_read(scene: Scene, way: str) -> None:
    """Every way, in each place, for each kind of reader and each article: no code word leaks."""
    discord = scene.world.discord
    square = discord.add_text_channel(scene.blue, "square")
    thread = discord.add_thread(scene.general, "a thread", by=scene.people["member"])
    places: list[tuple[str, Channel | None]] = [
        (name, scene.general) for name in ("member", "staff", "council", "both", "administrator")
    ]
    places += [("staff", scene.staff_room), ("both", scene.staff_room), ("guest", square)]
    places += [("staff", thread), ("guest", None), ("staff", None)]
    narrow = discord.add_thread(scene.narrow, "a narrow thread", by=scene.people["member"])
    places += [("member", narrow), ("both", scene.narrow), ("administrator", scene.narrow)]
    seen = 0
    for name, place in places:
        for subject, code in CODES.items():
            # Nobody may press often in a short time, so each is somebody new.
            user = scene.add_person(name)
            channel = place or discord.open_dm(user)
            since = discord.clock.new_id()
            shown = await WAYS[way](scene, user, channel, subject)
            allowed = scene.is_shown(user, channel)
            assert find_codes(shown, allowed=allowed) == [], (name, channel.name, subject)
            assert scene.look_for_leaks(since) == [], (name, channel.name, subject)
            seen += code in json.dumps(shown, default=str)
    is_telling = way not in ("help", "ask with a slip", "list by asking")
    assert seen or not is_telling, "this way shows nothing at all"


async def test_direct_messages_are_opened_for_a_server_by_its_members(scene: Scene) -> None:
    """By a button there: then they show what the member may read there, until the member ends that
    or is no member any more.
    """
    discord, staff = scene.world.discord, scene.people["staff"]
    direct = discord.open_dm(staff)

    async def is_shown(subject: str) -> bool:
        used = await discord.slash(staff, direct, "ask", question=ask_for(subject))
        return CODES[subject] in json.dumps((await used.answer()).body)

    assert not await is_shown("library")
    help_card = await (await discord.slash(staff, scene.general, "help")).answer()
    opened = await discord.press(staff, help_card, "Ask in direct messages")
    assert "Write to me directly" in (await opened.answer()).text
    assert [await is_shown(one) for one in ("library", "orchard", "foundry")] == [True, True, False]
    said = await discord.say(staff, direct, ask_for("orchard"))
    assert "dingo" in (await discord.reply_to(said)).text
    help_card = await (await discord.slash(staff, direct, "help")).answer()
    assert "Readers" in help_card.text
    closed = await discord.press(staff, help_card, "No longer about this server")
    assert "everybody" in (await closed.answer()).text
    assert not await is_shown("library")
    gone = discord.add_user("gone")
    discord.install_for(gone)
    discord.add_member(scene.red, gone)
    help_card = await (await discord.slash(gone, scene.general, "help")).answer()
    await (await discord.press(gone, help_card, "Ask in direct messages")).answer()
    del scene.red.members[gone.id]
    used = await discord.slash(gone, discord.open_dm(gone), "ask", question=ask_for("library"))
    assert "numbat" not in json.dumps((await used.answer()).body)


async def test_an_old_card_shows_nothing_that_was_restricted_since(tmp_path: Path) -> None:
    """Its buttons show what one may read now, whatever stood there when it was made; a reload is
    enough for that.
    """
    async with LoopbackDiscord() as discord:
        scene = make_scene(discord, tmp_path / "articles")
        async with ending(scene.world) as world:
            await world.start()
            discord.add_member(scene.red, world.owner, permissions=Permission.MANAGE_GUILD)
            old = await world.ask(ask_for("library"))
            private = await world.use("ask", question=ask_for("library"), private=True)
            listed = await world.use("ask", question="which articles do you have?", private=True)
            assert "numbat" in old.text
            assert "numbat" in listed.text
            restricted = article("library", f"audience: {scene.staff.id}")
            (world.folder / f"servers/{scene.red.id}/library.md").write_text(
                restricted, encoding="utf-8"
            )
            reloaded = await discord.slash(world.owner, scene.general, "kb reload")
            await reloaded.answer()
            assert "Share here" in [button.label for button in listed.buttons]
            offered = [(one, button) for one in (old, private, listed) for button in one.buttons]
            for card, button in offered:
                if button.label in ("More", "Follow up", "Remove"):
                    continue
                pressed = await discord.press(world.member, card, button.custom_id or "")
                shown = await pressed.answer()
                assert "numbat" not in json.dumps([shown.body, shown.texts]), button.label
        judge(discord)


@pytest.mark.slow
async def test_no_code_word_leaks_where_the_bot_was_away_or_is_a_guest(tmp_path: Path) -> None:
    """What was asked meanwhile is answered for all; gaps have the sections that all may read; an
    app that its user has brought along shows the common articles.
    """
    async with LoopbackDiscord() as discord:
        scene = make_scene(discord, tmp_path / "articles")
        async with ending(scene.world) as world:
            await world.start()
            since = discord.clock.new_id()
            await world.mention("Is anybody there?", scene.people["both"])
            assert await world.stop() == 0, world.log
            asked = [
                await world.mention(ask_for(subject), scene.people["both"]) for subject in CODES
            ]
            await world.start()
            for question in asked:
                await discord.reply_to(question)
            assert scene.look_for_leaks(since) == []

            home = discord.add_guild("Home", owner=world.owner)
            office = discord.add_text_channel(home, "office")
            used = await discord.slash(world.owner, office, "kb gaps")
            gaps = await used.answer()
            assert find_codes(gaps.body, allowed={"harbour"}) == []

            guest = scene.add_person("guest")
            elsewhere = discord.add_guild("Green", with_bot=False, installed=False)
            discord.add_member(elsewhere, guest)
            lawn = discord.add_text_channel(elsewhere, "lawn")
            for subject in CODES:
                used = await discord.slash(guest, lawn, "ask", question=ask_for(subject))
                assert find_codes((await used.answer()).body, allowed={"harbour"}) == []
        judge(discord)


def test_the_table_is_about_all_that_can_be_used(scene: Scene) -> None:
    """A new command that shows articles belongs into it."""
    used = {"ask", "summary", "articles", "sections", "read", "quote", "help"}
    others = {"kb", "privacy", "forget-me"}
    commands = {name for name, one in scene.world.discord.registered.items() if one["type"] == 1}
    assert commands == used | others
