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


async def test_a_private_summary_is_shared_as_an_answer_is(own_guild: World) -> None:
    """By command, by asking in one's own words, and by a press; for those who may, once at a time;
    with what a public one has.
    """
    one = await own_guild.use("summary", section="Mouth", private=True)
    all_of = await own_guild.use("summary", article="Of Rivers", private=True)
    choices = await own_guild.use("ask", question="tl;dr", private=True)
    chosen = await own_guild.press(choices, "Of Rivers")
    asked = await own_guild.use("ask", question="sum up the part about the mouth", private=True)
    public = {
        one.id: await own_guild.use("summary", section="Mouth"),
        all_of.id: await own_guild.use("summary", article="Of Rivers"),
    }
    for card in (one, all_of, asked, chosen):
        assert card.ephemeral
        shared = await own_guild.press(card, "Share here")
        assert not shared.ephemeral
        assert shared.texts[0] == f"-# Shared by {own_guild.member.mention}"
        assert shared.texts[1:] == card.texts
        assert "already" in (await own_guild.press(card, "Share here")).text
        like = public.get(card.id)
        if like is not None:
            assert [button.label for button in shared.buttons] == [
                button.label for button in like.buttons
            ]
            assert [menu.options for menu in shared.selects] == [
                menu.options for menu in like.selects
            ]
        other = await own_guild.press(shared, "Remove", own_guild.manager)
        assert "Only" in other.text
        await own_guild.discord.press(own_guild.member, shared, "Remove")
        await own_guild.discord.deleted(shared)
        assert not (await own_guild.press(card, "Share here")).ephemeral


async def test_a_menu_of_a_shared_summary_opens_sections_for_all(own_guild: World) -> None:
    """Each who chooses reads privately."""
    card = await own_guild.use("summary", article="Of Rivers", private=True)
    shared = await own_guild.press(card, "Share here")
    chosen = await own_guild.discord.select(own_guild.manager, shared, "open", "Mouth")
    read = await chosen.answer()
    assert read.ephemeral
    assert "ends at Lisk" in read.text


async def test_private_facts_are_shared_and_a_question_back_is_not(own_guild: World) -> None:
    """What is there about something; which article is meant is for the one who asked alone."""
    facts = await own_guild.use("ask", question="is there anything about herons", private=True)
    shared = await own_guild.press(facts, "Share here")
    assert [button.label for button in shared.buttons] == ["Mouth", "Remove", "More"]
    back = await own_guild.use("ask", question="tl;dr", private=True)
    assert "Share here" not in [button.label for button in back.buttons]


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
