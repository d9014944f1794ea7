"""What members asked a moment ago: remembered for a while, each by himself, and shown through
Discord.
"""

import pytest
from conftest import World

from bot.answers.conversation import Turn
from bot.chat.state.conversations import Conversations

TURN = Turn("What?", "What?", ("a",))


def test_a_conversation_is_remembered_for_a_quarter_of_an_hour() -> None:
    """And no longer."""
    conversations = Conversations()
    conversations.remember((1, 2, False), TURN, 100.0)
    assert conversations.recall((1, 2, False), 1_000.0) == TURN
    assert conversations.recall((1, 2, False), 1_001.0) is None


@pytest.mark.parametrize("place", [(1, 3, False), (3, 2, False), (1, 2, True)])
def test_members_and_channels_do_not_mix(place: tuple[int, int, bool]) -> None:
    """Another member, another channel, or what is said in private, is another conversation."""
    conversations = Conversations()
    conversations.remember((1, 2, False), TURN, 0.0)
    assert conversations.recall(place, 0.0) is None


def test_ten_thousand_are_remembered() -> None:
    """The oldest is forgotten first."""
    conversations = Conversations()
    for number in range(10_001):
        conversations.remember((number, 0, False), TURN, 0.0)
    assert conversations.recall((0, 0, False), 0.0) is None
    assert conversations.recall((1, 0, False), 0.0) == TURN


async def test_a_mention_follows_up(own_guild: World) -> None:
    """What was asked a moment ago in the channel is what "it" is; the card says so."""
    await own_guild.discord.reply_to(
        await own_guild.mention("Who built the first bridge over the Orrin?")
    )
    answer = await own_guild.discord.reply_to(await own_guild.mention("and when did it fall?"))
    assert "fell in 1901" in answer.text
    assert answer.texts[0] == "-# Asked: and when did it fall?"
    assert answer.texts[1] == "-# Following up “Who built the first bridge over the Orrin?”."


async def test_a_slash_question_follows_up(own_guild: World) -> None:
    """With /ask too."""
    first = await own_guild.ask("Where does the Orrin end?")
    more = await own_guild.ask("tell me more")
    assert "Following up" in more.text
    assert first.texts[-1] not in more.text or more.texts[2:] != first.texts[1:]


async def test_another_member_starts_anew(own_guild: World) -> None:
    """Nobody's question leans on somebody else's."""
    await own_guild.discord.reply_to(
        await own_guild.mention("Who built the first bridge over the Orrin?")
    )
    answer = await own_guild.discord.reply_to(
        await own_guild.mention("tell me more", own_guild.manager)
    )
    assert "Following up" not in answer.text


async def test_a_reply_to_a_card_follows_it_up_after_a_restart(world: World) -> None:
    """The card holds the question, so nothing need be remembered."""
    await world.start()
    card = await world.discord.reply_to(
        await world.mention("Who built the first bridge over the Orrin?")
    )
    await world.stop()
    await world.start()
    asked = await world.discord.say(
        world.member, world.channel, "and when did it fall?", reply_to=card
    )
    answer = await world.discord.reply_to(asked)
    assert "fell in 1901" in answer.text
    assert "Following up “Who built the first bridge over the Orrin?”" in answer.text
