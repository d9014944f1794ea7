"""Events that can't be read: each is passed over, the session goes on, and what is asked meanwhile
is answered.
"""

import random

import discord.client
import discord.gateway
import pytest
from conftest import World
from loopback.mutations import mutate

WHERE = "where does the Orrin end?"
FRAMES = (
    "", "{", "null", "[]", "7", '"text"', "{}", "[{}]", "nonsense {}",
    '{"op": 0}', (
        '{"op": "0", "t": '
        '"MESSAGE_CREATE"}'
    ), '{"op": null}', '{"op": []}', '{"op": {}, "d": 1}',
    '{"op": 0, "t": [], "d": {}}', '{"op": 0, "t": {}, "d": {}}', '{"op": 0, "t": 5, "d": {}}',
    '{"op": 0, "t": "MESSAGE_CREATE"}', '{"op": 0, "t": "MESSAGE_CREATE", "d": null}',
    '{"op": 0, "t": "MESSAGE_CREATE", "d": "zwiebelfisch"}', '{"op": 0, "t": "RESUMED", "d": null}',
    '{"op": 0, "t": "zwiebelfisch", "d": {}}', '{"op": 0, "t": "TYPING_START", "d": {}, "s": "x"}',
    '{"op": 0, "t": "TYPING_START", "d": {}, "s": []}', (
        '{"op": 0, "t": "TYPING_START", "d": {}, "s": '
        'true}'
    ),
    '{"op": 11, "d": []}', '{"op": 99}', '{"op": 0, "t": "GUILD_CREATE", "d": []}',
)  # fmt: skip


async def answers_on(world: World, question: str) -> None:
    """Check that the session is the first one still, and that a command and a mention are answered
    in it.
    """
    assert "Lisk" in (await world.ask(question)).text
    assert "Lisk" in (await world.discord.reply_to(await world.mention(question))).text
    assert (world.discord.identifies, world.discord.resumes) == (1, 0), world.log[-5:]


@pytest.mark.slow
async def test_five_hundred_mutated_events_end_nothing(world: World) -> None:
    """Of every type that the bot gets; nothing of what they held is in the log."""
    world.settings = "questions_per_person: 3600\nquestions_per_server: 3600\n"
    await world.start()
    card = await world.ask(WHERE)
    asked = await world.mention(WHERE)
    await world.discord.reply_to(asked)
    await world.press(card, "More")
    await world.discord.autocomplete(world.member, world.channel, "ask", question="sou")
    await world.discord.edit(asked, f"{world.discord.bot_user.mention} {WHERE} again")
    samples = [event for event in world.discord.events() if event.type not in {"READY", "RESUMED"}]
    assert len({event.type for event in samples}) >= 4
    dice = random.Random(8)  # noqa: S311 (dice for a test)
    for number in range(500):
        sample = samples[number % len(samples)]
        await world.discord.send_raw(sample.type, mutate(sample.data, dice))
        if number % 100 == 99:
            await answers_on(world, WHERE)
    assert await world.stop() == 0
    # What still looks like an interaction is answered, though Discord waits for no answer to it.
    world.discord.offences.clear()
    assert "zwiebelfisch" not in "".join(world.log)


async def test_a_frame_that_is_no_event_ends_nothing(world: World) -> None:
    """No JSON, no object, another type of number, operation, name or data: the next question is
    answered.
    """
    await world.start()
    for frame in FRAMES:
        await world.discord.send_frame(frame)
    await answers_on(world, WHERE)
    await world.discord.cut("reset")
    await world.discord.resumed(1, 30)
    assert "Lisk" in (await world.ask(WHERE)).text
    assert world.discord.identifies == 1
    assert "zwiebelfisch" not in "".join(world.log)


async def test_what_could_not_be_read_is_told_in_the_log(world: World) -> None:
    """What kind of event, what kind of error and where; with the number of an incident."""
    await world.start()
    await world.discord.send_raw("INTERACTION_CREATE", {"id": "1", "type": 2})
    await answers_on(world, WHERE)
    (told,) = [line for line in world.log if "incident" in line]
    assert "while reading an event INTERACTION_CREATE: KeyError in " in told


def test_discord_py_still_makes_its_connections_where_they_are_made_steady() -> None:
    """Should another version do so elsewhere, an event that can't be read would end the client
    again.
    """
    assert issubclass(discord.client.DiscordWebSocket, discord.gateway.DiscordWebSocket)
    assert callable(discord.gateway.DiscordWebSocket.received_message)
    assert callable(discord.gateway.DiscordWebSocket.log_receive)
