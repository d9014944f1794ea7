"""What somebody reads whose question was one too many."""

from conftest import World

WHERE = "where does the Orrin end?"
OWN, CROWD = (
    "That was a lot at once. Try again <t:",
    "So much is asked of me on this server just now. Try again <t:",
)


async def test_a_flood_is_told_to_those_who_made_it_and_to_the_others_otherwise(
    world: World,
) -> None:
    """To a command privately and each time; to mentions once, which commands do not use up, and it
    can be removed.
    """
    world.settings = "questions_per_person: 2\nquestions_per_server: 3\nquestions_window_s: 600\n"
    await world.start()
    for _ in range(2):
        assert "Lisk" in (await world.ask(WHERE)).text
    for _ in range(2):
        refused = await world.ask(WHERE)
        assert refused.ephemeral
        assert refused.text.startswith(OWN)
    assert (await world.discord.reply_to(await world.mention(WHERE))).text.startswith(OWN)
    assert "Lisk" in (await world.ask(WHERE, world.manager)).text
    assert (await world.ask(WHERE, world.manager)).text.startswith(CROWD)
    refusal = await world.discord.reply_to(await world.mention(WHERE, world.manager))
    assert refusal.text.startswith(CROWD)
    for user in (world.member, world.manager):
        await world.mention(WHERE, user)
    assert await world.discord.stays_silent(world.channel, 0.3)
    await world.press(refusal, "Remove", world.manager)
    assert refusal.deleted
