"""Commands are registered only if Discord would take them, and offered only to whom Discord would
offer them.
"""

import json
from typing import Any

import pytest
from loopback import NotOfferedError, Permission
from plain_bot import ASK, codes, scene

pytestmark = pytest.mark.asyncio

Json = dict[str, Any]


def command(**changes: Any) -> Json:
    """Give a slash command."""
    return {"name": "do", "description": "Do something", **changes}


def option(**changes: Any) -> Json:
    """Give a text option."""
    return {"type": 3, "name": "word", "description": "A word", **changes}


def choices(count: int) -> list[Json]:
    """Give so many choices."""
    return [{"name": f"n{number}", "value": str(number)} for number in range(count)]


def sub(**changes: Any) -> Json:
    """Give a sub-command."""
    return {"type": 1, "name": "one", "description": "One", **changes}


GOOD: list[Json] = [
    command(name="n" * 32, description="d" * 100),
    command(name="größe-2_x"),
    command(options=[option(required=True), option(name="other")]),
    command(options=[option(name=f"o{number}") for number in range(25)]),
    command(options=[option(choices=choices(25))]),
    command(options=[option(min_length=0, max_length=6000, autocomplete=True)]),
    command(
        options=[
            sub(),
            {"type": 2, "name": "group", "description": "G", "options": [sub(options=[option()])]},
        ]
    ),
    command(
        contexts=[0, 1, 2], integration_types=[0, 1], default_member_permissions="32", nsfw=False
    ),
    command(default_member_permissions=32, dm_permission=False),
    command(description_localizations={"de": "Tu etwas"}),
    {"type": 3, "name": "Find the Passage", "contexts": [0, 1, 2], "integration_types": [0, 1]},
    {"type": 3, "name": "N" * 32},
    {"type": 2, "name": "Who is this", "description": ""},
]
BAD: list[tuple[Json, str]] = [
    (command(name="n" * 33), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(name="Do"), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(name="do it"), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(name=""), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(description=""), "BASE_TYPE_BAD_LENGTH"),
    (command(description="d" * 101), "BASE_TYPE_BAD_LENGTH"),
    (command(options=[option(name=f"o{number}") for number in range(26)]), "BASE_TYPE_BAD_LENGTH"),
    (
        command(options=[option(), option(name="x", required=True)]),
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    (command(options=[option(), option()]), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
    (command(options=[option(name="Word")]), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(options=[option(description="")]), "BASE_TYPE_BAD_LENGTH"),
    (command(options=[option(choices=choices(26))]), "BASE_TYPE_BAD_LENGTH"),
    (
        command(options=[option(choices=[{"name": "n" * 101, "value": "v"}])]),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        command(options=[option(choices=[{"name": "n", "value": "v" * 101}])]),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (command(options=[option(choices=[{"name": "n", "value": 1}])]), "BASE_TYPE_WRONG"),
    (
        command(options=[option(choices=choices(1), autocomplete=True)]),
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
    ),
    (command(options=[option(max_length=6001)]), "NUMBER_TYPE_RANGE"),
    (
        command(options=[option(type=5, autocomplete=True)]),
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ),
    (command(options=[option(type=4, max_length=5)]), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
    (command(options=[option(type=12)]), "BASE_TYPE_CHOICES"),
    (command(options=[sub(), option()]), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
    (command(options=[sub(options=[sub()])]), "BASE_TYPE_CHOICES"),
    (command(contexts=[3]), "BASE_TYPE_CHOICES"),
    (command(contexts=[]), "BASE_TYPE_BAD_LENGTH"),
    (command(integration_types=[0, 0]), "BASE_TYPE_CHOICES"),
    (command(default_member_permissions="manage"), "NUMBER_TYPE_COERCE"),
    (command(description_localizations={"xx": "x"}), "DICT_TYPE_KEY"),
    ({"type": 3, "name": "Ask", "description": "no"}, "APPLICATION_COMMAND_CONTEXT_MENU"),
    ({"type": 3, "name": "n" * 33}, "BASE_TYPE_BAD_LENGTH"),
    ({"type": 3, "name": ""}, "BASE_TYPE_BAD_LENGTH"),
    ({"type": 3, "name": "Ask", "options": [option()]}, "APPLICATION_COMMAND_CONTEXT_MENU"),
    ({"type": 9, "name": "x"}, "BASE_TYPE_CHOICES"),
]


@pytest.mark.parametrize("body", GOOD, ids=lambda part: json.dumps(part)[:50])
async def test_a_command_in_order_is_registered(body: Json) -> None:
    """It comes back with an id and a version, and unchanged keeps both."""
    async with scene() as stage:
        status, [first] = await stage.bot.register(body)
        assert (status, stage.discord.offences) == (200, [])
        assert (await stage.bot.register(body))[1] == [first]
        _, [changed] = await stage.bot.register({**body, "nsfw": True})
        assert changed["id"] == first["id"]
        assert changed["version"] != first["version"]


@pytest.mark.parametrize(("body", "code"), BAD, ids=lambda part: json.dumps(part)[:50])
async def test_a_command_over_a_limit_is_refused(body: Json, code: str) -> None:
    """Each breach is named, and nothing of the list is registered."""
    async with scene() as stage:
        answer = await stage.bot.register(ASK, body)
        assert (answer[0], answer[1]["code"]) == (400, 50035)
        assert code in codes(answer)
        assert stage.discord.registered == {}


async def test_a_command_has_8000_characters_at_most() -> None:
    """Names, descriptions and values of the command, its options and its choices count together."""
    async with scene() as stage:
        long = [{"name": f"{number:0100}", "value": "v" * 100} for number in range(20)]
        options = [
            option(name=f"o{number}", description="d" * 98, choices=long[:19])
            for number in range(2)
        ]
        size = len("do") + len("Do something") + 2 * (2 + 98 + 19 * 200)
        left = 8000 - size - len("rest") - len("last")
        rest = [
            option(name="rest", description="d" * 99),
            option(name="last", description="d" * (left - 99)),
        ]
        assert (await stage.bot.register(command(options=options + rest)))[0] == 200
        rest[0]["description"] += "d"
        assert "APPLICATION_COMMAND_TOO_LARGE" in codes(
            await stage.bot.register(command(options=options + rest))
        )


async def test_there_are_limits_on_how_many_commands_there_are() -> None:
    """100 slash commands, 15 of each menu, no name twice, 200 new ones a day."""
    async with scene() as stage:
        assert (await stage.bot.register(*(command(name=f"c{number}") for number in range(100))))[
            0
        ] == 200
        answer = await stage.bot.register(*(command(name=f"c{number}") for number in range(101)))
        assert answer[1]["code"] == 30032
        menus = [{"type": 3, "name": f"Menu {number}"} for number in range(16)]
        assert (await stage.bot.register(*menus))[1]["code"] == 30032
        assert (await stage.bot.register(*menus[:15]))[0] == 200
        assert "APPLICATION_COMMANDS_DUPLICATE_NAME" in codes(
            await stage.bot.register(command(), command())
        )
        answer = await stage.bot.register(*(command(name=f"d{number}") for number in range(99)))
        assert answer[1]["code"] == 30034


async def test_single_commands_are_added_changed_and_taken_away() -> None:
    """POST, GET, PATCH and DELETE; those of a guild are of that guild only."""
    async with scene() as stage:
        path = f"/applications/{stage.discord.application.id}/commands"
        status, made = await stage.bot.ask("POST", path, command())
        assert status == 201
        assert (await stage.bot.ask("POST", path, command(description="Other")))[1]["id"] == made[
            "id"
        ]
        _, changed = await stage.bot.ask("PATCH", f"{path}/{made['id']}", {"description": "Third"})
        assert changed["description"] == "Third"
        listed = f"{path}?with_localizations=true"
        assert (await stage.bot.ask("GET", listed))[1] == [changed]
        (short,) = (await stage.bot.ask("GET", path))[1]
        assert changed.keys() - short.keys() == {"name_localizations", "description_localizations"}
        assert (await stage.bot.ask("DELETE", f"{path}/{made['id']}"))[0] == 204
        assert (await stage.bot.ask("GET", f"{path}/{made['id']}"))[1]["code"] == 10063
        own = f"/applications/{stage.discord.application.id}/guilds/{stage.guild.id}/commands"
        assert (await stage.bot.ask("PUT", own, [command(name="here")]))[0] == 200
        await stage.discord.slash(stage.ada, stage.channel, "here")
        with pytest.raises(NotOfferedError):
            await stage.discord.slash(stage.ada, stage.discord.open_dm(stage.ada), "here")
        foreign = f"/applications/{stage.discord.application.id}/guilds/5/commands"
        assert (await stage.bot.ask("PUT", foreign, []))[1]["code"] == 50001


async def test_only_what_is_registered_can_be_typed() -> None:
    """Unknown commands and options, missing ones, wrong types, lengths and choices are not
    offered.
    """
    async with scene() as stage:
        kinds: list[Json] = [
            option(required=True, max_length=5),
            option(type=4, name="number", min_value=1, max_value=3),
            option(name="way", choices=[{"name": "Short", "value": "s"}]),
            option(type=5, name="flag"),
            option(type=6, name="who"),
            option(type=11, name="file"),
        ]
        reload = sub(name="reload")
        await stage.bot.register(command(options=kinds), command(name="kb", options=[reload]))
        use = stage.discord.slash
        bad: list[tuple[str, Json]] = [
            ("nothing", {}),
            ("do", {}),
            ("do", {"word": "x", "other": 1}),
            ("do", {"word": "x" * 6}),
            ("do", {"word": 5}),
            ("do", {"word": "x", "number": 4}),
            ("do", {"word": "x", "number": True}),
            ("do", {"word": "x", "way": "Long"}),
            ("do", {"word": "x", "who": "ada"}),
            ("kb", {}),
            ("kb rollback", {}),
        ]
        for name, values in bad:
            with pytest.raises(NotOfferedError):
                await use(stage.ada, stage.channel, name, options=values)
        file = stage.discord.upload("a.md", "# A")
        asked = await use(
            stage.ada,
            stage.channel,
            "do",
            word="x",
            number=3,
            way="Short",
            flag=True,
            who=stage.bob,
            file=file,
        )
        values = {one["name"]: one["value"] for one in asked.data["options"]}
        who, what = str(stage.bob.id), str(file.id)
        assert values == {
            "word": "x",
            "number": 3,
            "way": "s",
            "flag": True,
            "who": who,
            "file": what,
        }
        assert asked.data["resolved"]["users"][who]["username"] == "bob"
        assert asked.data["resolved"]["attachments"][what]["filename"] == "a.md"
        nested = await use(stage.ada, stage.channel, "kb reload")
        assert nested.data["options"] == [{"name": "reload", "type": 1, "options": []}]


async def test_a_command_for_managers_is_hidden_from_others() -> None:
    """Default permissions hide it, in a channel with its overwrites; a forced use still reaches the
    bot.
    """
    async with scene() as stage:
        await stage.bot.register(
            command(default_member_permissions=str(int(Permission.MANAGE_GUILD)))
        )
        eve = stage.discord.add_user("eve")
        stage.discord.add_member(stage.guild, eve, permissions=Permission.MANAGE_GUILD)
        for allowed in (stage.ada, eve):
            await stage.discord.slash(allowed, stage.channel, "do")
        with pytest.raises(NotOfferedError, match="default permissions"):
            await stage.discord.slash(stage.bob, stage.channel, "do")
        await stage.discord.slash(stage.bob, stage.channel, "do", force=True)
        stage.discord.overwrite(
            stage.channel, stage.guild, deny=Permission.USE_APPLICATION_COMMANDS
        )
        with pytest.raises(NotOfferedError, match="may not use"):
            await stage.discord.slash(eve, stage.channel, "do")


async def test_contexts_and_installations_decide_where_a_command_is() -> None:
    """In the guild, with the bot, elsewhere; through the guild's installation or the user's own."""
    async with scene() as stage:
        guild_only = command(name="a", contexts=[0])
        anywhere = command(name="b", contexts=[0, 1, 2], integration_types=[0, 1])
        await stage.bot.register(guild_only, anywhere)
        private = stage.discord.open_private(stage.ada, stage.bob)
        foreign = stage.discord.add_guild(
            "Elsewhere", owner=stage.ada, with_bot=False, installed=False
        )
        there = stage.discord.add_text_channel(foreign, "there")
        dm = stage.discord.open_dm(stage.ada)

        async def offered() -> dict[str, list[str]]:
            found: dict[str, list[str]] = {}
            for place, channel in {
                "guild": stage.channel,
                "dm": dm,
                "private": private,
                "foreign": there,
            }.items():
                for name in ("a", "b"):
                    try:
                        asked = await stage.discord.slash(stage.ada, channel, name)
                    except NotOfferedError:
                        continue
                    found.setdefault(place, []).append(name + "".join(sorted(asked.owners)))
            return found

        assert await offered() == {"guild": ["a0", "b0"], "dm": ["b0"]}
        stage.discord.install_for(stage.ada)
        assert await offered() == {
            "guild": ["a0", "b01"],
            "dm": ["b01"],
            "private": ["b1"],
            "foreign": ["b1"],
        }


async def test_menus_of_messages_and_users_are_used() -> None:
    """The target comes with the interaction, a message with all that it says."""
    async with scene() as stage:
        await stage.bot.register({"type": 3, "name": "Ask about this"}, {"type": 2, "name": "Who"})
        said = await stage.discord.say(stage.bob, stage.channel, "a secret")
        asked = await stage.discord.use_message_command(stage.ada, said, "Ask about this")
        assert asked.data["resolved"]["messages"][str(said.id)]["content"] == "a secret"
        asked = await stage.discord.use_user_command(stage.ada, stage.bob, stage.channel, "Who")
        assert asked.data["target_id"] == str(stage.bob.id)
        with pytest.raises(NotOfferedError):
            await stage.discord.use_message_command(stage.ada, said, "Who")
