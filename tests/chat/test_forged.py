"""Presses that were made up: what stands on no message of the bot's own does nothing."""

import pytest
from conftest import World
from loopback.state import Message

OLD = "This button no longer works"
WHERE = "where does the Orrin end?"


async def refuse(
    world: World, message: Message, custom_id: str, *values: str, window: bool = False
) -> None:
    """Check that a made-up press of the manager's is refused, seen by the manager alone, and
    changes nothing.
    """
    before = message.text
    forged = await world.discord.forge(world.manager, message, custom_id, *values, window=window)
    said = await forged.answer()
    assert OLD in said.text, custom_id
    assert said.ephemeral
    assert forged.shown_modal is None
    assert (message.text, message.deleted) == (before, False), custom_id


def custom_ids(message: Message) -> dict[str, str]:
    """Give the custom ids of a message's buttons by their verbs."""
    return {str(one.custom_id).split(":")[0]: str(one.custom_id) for one in message.buttons}


async def test_the_card_of_another_stays_whatever_is_made_up_on_it(own_guild: World) -> None:
    """Every verb, in a form that the bot itself could write, with the forger as the one who
    asked.
    """
    card = await own_guild.ask(WHERE)
    forger = own_guild.manager.id
    ids = custom_ids(card)
    passage = ids["follow"].split(":")[1]
    more = ids["more"].rsplit(":", 1)[0]
    for made_up in (
        f"remove:{forger}", f"human:{forger}", f"{more}:{forger}", f"vote:{'0' * 12}:up", "share",
        f"why:{passage}", f"verify:{passage}:0:99:{'0' * 8}", f"read:{passage}::0",
        f"turn:{passage}:0:", f"leaf:0:{passage}", f"others:0:{passage}", "follow:" + "0" * 12,
        "articles:0", "sections::0", "gaps:0", f"remove:{own_guild.member.id}", "nothing", "",
        ":", "remove",
    ):  # fmt: skip
        await refuse(own_guild, card, made_up)
    # The one who asked may still do all of it.
    await own_guild.press(card, "More")
    await own_guild.discord.press(own_guild.member, card, "Remove")
    await own_guild.discord.deleted(card)


async def test_a_press_counts_for_the_card_alone_that_it_stands_on(own_guild: World) -> None:
    """What stands on one card is refused on another, and on a person's own message."""
    first, second = (
        await own_guild.ask(WHERE),
        await own_guild.ask("who built the first bridge over the Orrin?"),
    )
    own = await own_guild.discord.say(own_guild.manager, own_guild.channel, "look")
    for verb in ("follow", "more"):
        assert custom_ids(first)[verb] != custom_ids(second)[verb]
        await refuse(own_guild, second, custom_ids(first)[verb])
        await refuse(own_guild, own, custom_ids(first)[verb])
    await refuse(own_guild, second, custom_ids(first)["follow"], "and when?", window=True)


async def test_only_what_a_menu_offers_can_be_chosen_there(own_guild: World) -> None:
    """A value that is not among the options, a menu that is none, and a menu that is pressed like a
    button.
    """
    card = await own_guild.use("articles", own_guild.manager)
    (menu,) = card.selects
    await refuse(own_guild, card, menu.custom_id, "0" * 12)
    await refuse(own_guild, card, "open", menu.options[0][1])
    await refuse(own_guild, card, menu.custom_id)
    chosen = await own_guild.discord.select(
        own_guild.manager, card, menu.custom_id, menu.options[0][1]
    )
    assert OLD not in (await chosen.answer()).text


@pytest.mark.parametrize("verb", ["remove", "more", "vote", "why"])
async def test_only_a_button_that_opens_a_window_has_one_to_send_off(
    own_guild: World, verb: str
) -> None:
    """What stands on the card as another button is no window."""
    card = await own_guild.ask(WHERE)
    await own_guild.press(card, "More")
    await refuse(own_guild, card, custom_ids(card)[verb], "typed", window=True)


async def test_what_lies_beside_a_text_can_be_pressed(own_guild: World) -> None:
    """A button at the right of a text stands on the card as well as those below."""
    others = await own_guild.press(await own_guild.ask("the orrin bridge"), "Other passages")
    assert "The Orrin" in (await own_guild.press(others, "Read")).text
