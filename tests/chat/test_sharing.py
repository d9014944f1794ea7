"""Private cards that are shown to everybody: once at a time, and with what can be pressed."""

from conftest import World

BUILT = "Who built the first bridge over the Orrin?"


async def test_what_was_shared_and_removed_is_shared_again(own_guild: World) -> None:
    """By its *Remove*, and by a moderator's own hand; while it stands there, once."""
    card = await own_guild.use("ask", question=BUILT, private=True)
    shared = await own_guild.press(card, "Share here")
    assert "already" in (await own_guild.press(card, "Share here")).text
    await own_guild.press(shared, "More")
    await own_guild.discord.press(own_guild.member, shared, "Remove")
    await own_guild.discord.deleted(shared)
    again = await own_guild.press(card, "Share here")
    assert again.texts == shared.texts
    assert "already" in (await own_guild.press(card, "Share here")).text
    await own_guild.discord.delete(again)
    third = await own_guild.press(card, "Share here")
    assert third.texts == shared.texts
    await own_guild.discord.delete_bulk(own_guild.channel, [third])
    assert not (await own_guild.press(card, "Share here")).ephemeral


async def test_a_shared_quotation_keeps_what_opens_its_sections(own_guild: World) -> None:
    """For everybody, privately; what was nearest is named above its buttons as before."""
    found = await own_guild.use("quote", text="The Orrin ends at Lisk.")
    absent = await own_guild.use("quote", text="The old bridge at Marn may be fried in Lisk oil.")
    for card in (found, absent):
        shared = await own_guild.press(card, "Share here")
        kept = [button.label for button in card.buttons if button.label != "Share here"]
        assert kept
        assert [button.label for button in shared.buttons] == [*kept, "Remove"]
        assert shared.texts[1:] == card.texts
        read = await own_guild.press(shared, kept[0], own_guild.manager)
        assert read.ephemeral
        assert "Of " in read.texts[0]
