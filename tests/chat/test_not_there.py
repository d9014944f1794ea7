"""What is not there: one line, what is nearest, what a word might have been, and a human who can be
asked.
"""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import World, serving_here
from discord_markdown import plain
from loopback.clock import PATIENCE_S
from loopback.permissions import Permission
from loopback.state import Message, Role

from bot.chat.handlers import asking_humans
from bot.settings import Settings

NOT_THERE = "xylophone zeppelin quartz delta"


@pytest.fixture
def helpers(world: World) -> Role:
    """Give a role of people who answer, which the settings name."""
    role = world.discord.add_role(world.guild, "helpers", mentionable=True)
    world.settings = f"human_roles: {role.id}\n"
    return role


async def test_the_nearest_sections_are_a_press_away(world: World) -> None:
    """The line says what stands nowhere; a button opens the nearest section, after a restart
    too.
    """
    await world.start()
    card = await world.ask(NOT_THERE)
    assert "The articles do not answer that." in card.text
    assert "“xylophone”" in card.text
    assert card.buttons[0].label == "Mouth"
    await world.restart()
    section = await world.press(card, "Mouth", world.manager)
    assert section.ephemeral
    assert "nine arms" in section.text


async def test_what_an_unknown_word_might_have_been_is_said(own_guild: World) -> None:
    """A name that is spelt too far off to be mended is still guessed at."""
    card = await own_guild.ask("who was Eldan Njorrdt the zeppelin builder of quartz?")
    assert "Njord" in card.text


async def test_without_a_role_nobody_can_be_asked(own_guild: World) -> None:
    """Where it is not set up, the button is not there."""
    assert "Ask a human" not in [
        button.label for button in (await own_guild.ask(NOT_THERE)).buttons
    ]


async def test_a_human_is_asked(world: World, helpers: Role) -> None:
    """Exactly one role is pinged, with the question and the nearest passages; the card says so and
    loses its button.
    """
    await world.start()
    card = await world.ask(NOT_THERE)
    await world.restart()
    await world.press(card, "Ask a human")
    asked = await world.discord.wait_for(world.channel)
    assert asked.pings.roles == {helpers.id}
    assert not asked.pings.users
    assert not asked.pings.everyone
    assert asked.body["allowed_mentions"]["parse"] == []
    assert asked.body["allowed_mentions"]["roles"] == [helpers.id]
    assert NOT_THERE in asked.text
    assert world.member.mention in asked.text
    assert "nine arms" in asked.text
    assert "Ask a human" not in [button.label for button in card.buttons]
    assert "Passed on" in card.text


async def test_what_does_not_reach_the_humans_after_all_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It took long, so that the card said that it was passed on: that is taken back, whoever asked
    is told, and may try again at once.
    """
    monkeypatch.setattr(asking_humans, "_PATIENCE_S", 0.0)
    settings = Settings(records=None)
    async with serving_here(tmp_path, monkeypatch, settings) as (world, dispatcher):
        discord = world.discord
        role = discord.add_role(world.guild, "helpers", mentionable=True)
        dispatcher.settings = replace(settings, human_roles=(role.id,))
        passing = discord.fail(503, method="POST", path="/messages$", times=None)
        card = await world.ask(NOT_THERE)
        press = await discord.press(world.member, card, "Ask a human")
        await discord.edited(card)
        assert "Passed on" in card.text
        discord.fail(403, method="POST", path="/messages$")
        passing.stop()
        told = await press.followup()
        assert ("could not pass it on" in told.text, told.ephemeral) == (True, True)
        assert "Passed on" not in card.text
        assert NOT_THERE in card.text
        await discord.press(world.member, card, "Ask a human")
        assert (await discord.wait_for(world.channel)).pings.roles == {role.id}


async def test_a_private_question_can_be_passed_on(world: World, helpers: Role) -> None:
    """The card that only the asker sees changes; the message to the helpers is public."""
    await world.start()
    card = await world.use("ask", question=NOT_THERE, private=True)
    await world.press(card, "Ask a human (public)")
    asked = await world.discord.wait_for(world.channel)
    assert asked.pings.roles == {helpers.id}
    assert "Passed on" in card.text


async def test_helpers_are_not_called_again_and_again(world: World, helpers: Role) -> None:
    """Once in ten minutes a person; only the one who asked; two presses at once call once."""
    await world.start()
    first, second = await world.ask(NOT_THERE), await world.ask(NOT_THERE)
    other = await world.press(first, "Ask a human", world.manager)
    assert "Only the one who asked" in other.text
    one = await world.discord.press(world.member, first, "Ask a human")
    two = await world.discord.press(world.member, first, "Ask a human")
    await one.wait_until_acknowledged()
    await two.wait_until_acknowledged()
    await world.discord.wait_for(world.channel)
    assert await world.discord.stays_silent(world.channel)
    again = await world.press(second, "Ask a human")
    assert "a moment ago" in again.text
    assert sum(bool(request.pings.roles) for request in world.discord.requests) == 1
    assert helpers.mentionable


async def test_who_was_not_passed_on_may_press_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the bot is too busy for it, a press counts for nothing."""
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, dispatcher):
        role = world.discord.add_role(world.guild, "helpers", mentionable=True)
        dispatcher.settings = replace(dispatcher.settings, human_roles=(role.id,))
        card = await world.ask(NOT_THERE)
        work, is_over = dispatcher.admission.work, threading.Event()
        waiting = []
        while not work.is_full:
            waiting.append(asyncio.create_task(work.run(is_over.wait)))
            await asyncio.sleep(0)
        assert "busy" in (await world.press(card, "Ask a human")).text
        is_over.set()
        await asyncio.gather(*waiting)
        await world.press(card, "Ask a human")
        assert (await world.discord.wait_for(world.channel)).pings.roles == {role.id}


async def test_where_the_bot_may_not_write_the_asker_is_told(world: World, helpers: Role) -> None:
    """The question is not passed on silently to nobody."""
    assert world.guild.bot_role is not None
    assert helpers.mentionable
    await world.start()
    card = await world.ask(NOT_THERE)
    world.discord.overwrite(world.channel, world.guild.bot_role, deny=Permission.SEND_MESSAGES)
    said = await world.press(card, "Ask a human")
    assert "could not pass it on" in said.text
    world.discord.overwrite(world.channel, world.guild.bot_role)
    await world.press(card, "Ask a human")
    assert (await world.discord.wait_for(world.channel)).pings.roles == {helpers.id}
    world.discord.offences.clear()


async def test_an_admin_reads_that_the_role_can_not_be_pinged(world: World) -> None:
    """A role that nobody may mention would be called in vain."""
    role = world.discord.add_role(world.guild, "helpers")
    world.settings = f"human_roles: {role.id}\n"
    await world.start()
    assert "pings nobody" in (await world.use("kb status", world.manager)).text
    card = await world.ask(NOT_THERE)
    await world.press(card, "Ask a human")
    assert "but I may not ping them" in card.text


async def removed(world: World, card: Message) -> None:
    """Remove a card as its asker."""
    await world.discord.press(world.member, card, "Remove")
    await world.discord.deleted(card)


async def test_a_refusal_can_be_removed(own_guild: World) -> None:
    """By its asker, with one press."""
    await removed(own_guild, await own_guild.ask(NOT_THERE))
    await removed(own_guild, await own_guild.discord.reply_to(await own_guild.mention(NOT_THERE)))


async def test_a_question_is_shown_as_it_was_asked(own_guild: World) -> None:
    """Hostile words in a question that is passed on stay inert."""
    card = await own_guild.ask("@everyone [x](https://evil.example) zeppelin")
    assert "@everyone [x](https://evil.example) zeppelin" in plain(card.text)
    assert not card.pings


async def test_a_slow_discord_calls_the_helpers_once(world: World, helpers: Role) -> None:
    """What takes longer than the press may wait is still said, once, and the card says so."""
    await world.start()
    card = await world.ask(NOT_THERE)
    world.discord.fail("delay", method="POST", path="/messages$", delay_s=2.0)
    await world.press(card, "Ask a human")
    assert "Passed on" in card.text
    assert (await world.discord.wait_for(world.channel)).pings.roles == {helpers.id}
    assert await world.discord.stays_silent(world.channel)


async def test_where_discord_says_that_the_press_failed_nobody_is_asked(
    world: World, helpers: Role
) -> None:
    """The acknowledgement came too late for it. The next press passes the question on."""
    await world.start()
    discord = world.discord
    card = await world.ask(NOT_THERE)
    press = await discord.press(world.member, card, "Ask a human")
    discord.clock.advance(4)
    async with asyncio.timeout(PATIENCE_S):
        while press.tried_after_s is None:  # noqa: ASYNC110 (nothing tells of a refusal)
            await asyncio.sleep(0.01)
    assert press.error
    assert await discord.stays_silent(world.channel)
    assert "Passed on" not in card.text
    discord.offences.clear()
    assert await world.press(card, "Ask a human") is card
    assert "Passed on" in card.text
    assert (await discord.wait_for(world.channel)).pings.roles == {helpers.id}


async def test_a_lost_word_of_discord_s_is_no_failure(world: World, helpers: Role) -> None:
    """It has taken the acknowledgement, and says so when it is asked again."""
    await world.start()
    card = await world.ask(NOT_THERE)
    world.discord.fail("lost reply", method="POST", path="/callback$")
    assert await world.press(card, "Ask a human") is card
    assert "Passed on" in card.text
    assert (await world.discord.wait_for(world.channel)).pings.roles == {helpers.id}


async def test_where_discord_never_says_what_it_took_the_asker_is_told(
    world: World, helpers: Role
) -> None:
    """It took the acknowledgement, so that the person sees no failure: a line says it."""
    await world.start()
    card = await world.ask(NOT_THERE)
    lost = world.discord.fail("lost reply", method="POST", path="/callback$", times=None)
    press = await world.discord.press(world.member, card, "Ask a human")
    assert "could not pass it on" in (await press.followup()).text
    assert await world.discord.stays_silent(world.channel)
    # The line was offered as the first response, too.
    world.discord.offences.clear()
    lost.stop()
    assert await world.press(card, "Ask a human") is card
    assert "Passed on" in card.text
    assert (await world.discord.wait_for(world.channel)).pings.roles == {helpers.id}


async def test_an_admin_reads_which_settings_point_nowhere(world: World) -> None:
    """A role or a channel that no server has is named."""
    world.settings = "human_roles: 999999999999999999\nthread_channels: 888888888888888888\n"
    await world.start()
    status = (await world.use("kb status", world.manager)).text
    assert "thread_channels 888888888888888888, human_roles 999999999999999999" in plain(status)
