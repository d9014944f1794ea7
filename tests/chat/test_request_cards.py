"""Summaries and facts that members ask for in their own words, in Discord."""

from conftest import World


async def test_a_summary_is_asked_for_by_mention(own_guild: World) -> None:
    """Its card names the question, and is the one that /summary gives."""
    question = await own_guild.mention("summarise the article of rivers pls")
    card = await own_guild.discord.reply_to(question)
    by_command = await own_guild.use("summary", article="Of Rivers")
    assert card.texts[0] == "-# Asked: summarise the article of rivers pls"
    assert card.texts[1:] == by_command.texts
    assert [button.label for button in card.buttons] == ["Remove", "More"]


async def test_which_article_is_chosen_by_a_button(own_guild: World) -> None:
    """Where it is not clear which article is meant, each has a button that sums it up."""
    card = await own_guild.ask("tl;dr")
    assert "Which article shall I sum up?" in card.text
    assert [button.label for button in card.buttons] == ["Of Rivers", "Of Towns", "Remove"]
    summary = await own_guild.press(card, "Of Towns")
    assert summary.ephemeral
    assert "Lisk is the largest town on the Orrin." in summary.text


async def test_which_article_is_chosen_by_its_name(own_guild: World) -> None:
    """The next message of the conversation may name it as well."""
    await own_guild.ask("tl;dr")
    card = await own_guild.ask("the rivers one")
    assert "The Orrin is the longest river of Valmora." in card.text


async def test_a_conversation_about_a_quotation_is_summed_up(own_guild: World) -> None:
    """After an answer, "tl;dr" is of the article that was quoted."""
    await own_guild.ask("Who built the first bridge over the Orrin?")
    card = await own_guild.ask("tl;dr")
    assert "The Orrin is the longest river of Valmora." in card.text
    assert "Lisk is the largest town" not in card.text


async def test_facts_are_a_small_card(own_guild: World) -> None:
    """What an article does not say is said; sections with a mention can be read."""
    card = await own_guild.ask("who wrote the article about rivers")
    assert card.texts[1] == "The article “Of Rivers” does not say who wrote it."
    mention = await own_guild.ask("is there anything about herons")
    assert [button.label for button in mention.buttons] == ["Mouth", "Remove", "More"]
    read = await own_guild.press(mention, "Mouth")
    assert "Herons nest in the delta" in read.text


async def test_lists_have_a_menu(own_guild: World) -> None:
    """Articles and sections that are listed can be opened."""
    articles = await own_guild.ask("which articles are there")
    assert [label for label, _ in articles.selects[0].options] == ["Of Rivers", "Of Towns"]
    sections = await own_guild.ask("list the sections of the rivers article")
    assert [label for label, _ in sections.selects[0].options] == [
        "Opening",
        "Source",
        "Mouth",
        "Bridges",
    ]


async def test_a_bare_list_of_articles_is_asked_for(own_guild: World) -> None:
    """It is no cry for help: the list comes, with its menu."""
    card = await own_guild.discord.reply_to(await own_guild.mention("list articles"))
    assert "There are 2 articles: “Of Rivers”; “Of Towns”." in card.text
    assert [label for label, _ in card.selects[0].options] == ["Of Rivers", "Of Towns"]


async def test_every_section_of_a_summary_can_be_read(own_guild: World) -> None:
    """From a menu on the card, in order; a summary of one section has a button."""
    card = await own_guild.ask("sum up the article of rivers")
    (menu,) = card.selects
    assert [label for label, _ in menu.options] == ["Opening", "Source", "Mouth", "Bridges"]
    chosen = await own_guild.discord.select(own_guild.member, card, "Read a section", "Bridges")
    assert "fell in 1901." in (await chosen.answer()).text
    assert not (await own_guild.use("summary", section="Bridges")).selects


async def test_a_summary_is_followed_up_after_a_restart(world: World) -> None:
    """The article and the passages are read back from its card, also from that of /summary."""
    await world.start()
    asked = await world.discord.reply_to(await world.mention("sum up the article of rivers"))
    whole = await world.use("summary", article="Of Rivers")
    one = await world.use("summary", section="Bridges")
    await world.restart()
    for card, text, told in (
        (asked, "who wrote it?", "The article “Of Rivers” does not say who wrote it."),
        (whole, "who wrote it?", "The article “Of Rivers” does not say who wrote it."),
        (one, "tl;dr", "The Orrin is the longest river of Valmora."),
    ):
        reader = world.discord.add_user("reader")
        world.discord.add_member(world.guild, reader)
        content = f"{world.discord.bot_user.mention} {text}"
        reply = await world.discord.say(reader, world.channel, content, reply_to=card)
        answer = await world.discord.reply_to(reply)
        assert told in answer.text
        assert "Of Towns" not in answer.text


async def test_a_private_request_stays_private(own_guild: World) -> None:
    """Nobody else sees its card until it is shared; no button is needed to remove it."""
    interaction = await own_guild.discord.slash(
        own_guild.member, own_guild.channel, "ask", question="who wrote this", private=True
    )
    card = await interaction.answer()
    assert card.ephemeral
    assert [button.label for button in card.buttons] == ["Share here", "More"]


async def test_requests_are_no_unanswered_questions(own_guild: World) -> None:
    """What was told is nothing that the articles lack."""
    await own_guild.ask("how long is the article about rivers")
    await own_guild.ask("is there anything about zebras in here")
    unanswered = await own_guild.use("kb gaps", own_guild.manager)
    assert "zebras" not in unanswered.text
    assert "how long" not in unanswered.text
