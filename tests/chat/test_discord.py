"""What people do in Discord, and what they read then: the unmodified process, judged by a Discord
on loopback.
"""

import asyncio

import pytest
from conftest import World
from discord_markdown import invisible, live, plain
from loopback.errors import NotOfferedError
from loopback.permissions import USUAL, Permission
from loopback.state import User


async def test_ask_is_answered_with_a_card(own_guild: World) -> None:
    """The question taken up, the quotation with its key sentence bold, section, article and link;
    seen by all.
    """
    card = await own_guild.ask("Who built the first bridge over the Orrin?")
    assert card.is_v2
    assert not card.ephemeral
    assert card.texts[0] == "-# Asked: Who built the first bridge over the Orrin?"
    assert "**Elda Njord built the first bridge over the Orrin in 1844.**" in card.text
    assert (
        "**Bridges** · Of Rivers · [example.org/rivers](<https://example.org/rivers#" in card.text
    )
    assert not card.pings


async def test_a_private_question_is_answered_privately(own_guild: World) -> None:
    """With private, nobody else reads the answer."""
    options = {"question": "Who built the first bridge over the Orrin?", "private": True}
    card = await (
        await own_guild.discord.slash(own_guild.member, own_guild.channel, "ask", options=options)
    ).answer()
    assert card.ephemeral


async def test_a_question_to_one_article_is_answered_from_it_alone(own_guild: World) -> None:
    """The article is offered while its name is typed, misspelt too, and keeps the others out."""
    (choice,) = await own_guild.discord.autocomplete(
        own_guild.member, own_guild.channel, "ask", question="x", article="of twons"
    )
    assert choice == {"name": "Of Towns", "value": "towns"}
    values = {"question": "What is the largest town on the Orrin?", "article": choice["value"]}
    card = await (
        await own_guild.discord.slash(own_guild.member, own_guild.channel, "ask", **values)
    ).answer()
    assert "Of Towns" in card.text
    values = {"question": "Who built the first bridge?", "article": "towns"}
    refusal = await (
        await own_guild.discord.slash(own_guild.member, own_guild.channel, "ask", **values)
    ).answer()
    assert "do not answer" in refusal.text


async def test_what_is_not_there_is_said_in_a_line(own_guild: World) -> None:
    """No quotation, but the words that stand nowhere."""
    said = await own_guild.ask("How do I bake sourdough bread?")
    asked, line = said.text.split("\n")
    assert asked == "-# Asked: How do I bake sourdough bread?"
    assert line == "The articles do not answer that. Nowhere in them: “bake”, “sourdough”, “bread”."


@pytest.mark.parametrize("kind", ["channel", "thread", "direct message", "reply"])
async def test_a_question_may_be_asked_anywhere(own_guild: World, kind: str) -> None:
    """A mention in a channel or thread, a reply that pings, a direct message: each is answered with
    a reply to it.
    """
    discord, bot = own_guild.discord, own_guild.discord.bot_user
    question = "where does the Orrin end?"
    if kind == "direct message":
        asked = await discord.say(own_guild.member, discord.open_dm(own_guild.member), question)
    elif kind == "thread":
        thread = discord.add_thread(own_guild.channel, "of rivers")
        asked = await discord.say(own_guild.member, thread, f"{bot.mention} {question}")
    elif kind == "reply":
        first = await discord.reply_to(await own_guild.mention("what rises near Marn?"))
        asked = await discord.say(own_guild.member, own_guild.channel, question, reply_to=first)
    else:
        asked = await own_guild.mention(question)
    answer = await discord.reply_to(asked)
    assert "**The Orrin ends at Lisk.**" in answer.text
    assert answer.texts[0] == f"-# Asked: {question}"
    assert not answer.pings


@pytest.mark.parametrize("kind", ["bare mention", "role"])
async def test_a_mention_without_a_question_is_told_how_to_ask(own_guild: World, kind: str) -> None:
    """The bot's role comes without content, so all that can be said is how to ask."""
    if kind == "role":
        role = own_guild.guild.bot_role
        asked = await own_guild.discord.say(
            own_guild.member, own_guild.channel, "where does it end?", role_mention=role
        )
    else:
        asked = await own_guild.mention("")
    assert "Ask me a question" in (await own_guild.discord.reply_to(asked)).text


async def test_what_is_not_meant_for_the_bot_is_left_alone(own_guild: World) -> None:
    """Talk among members, other bots and webhooks are not answered, even if they mention the
    bot.
    """
    other = own_guild.discord.add_user("robot", bot=True)
    own_guild.discord.add_member(own_guild.guild, other)
    mention = own_guild.discord.bot_user.mention
    await own_guild.discord.say(own_guild.member, own_guild.channel, "where does the Orrin end?")
    await own_guild.discord.say(other, own_guild.channel, f"{mention} where does the Orrin end?")
    await own_guild.discord.say(
        own_guild.member, own_guild.channel, f"{mention} where does the Orrin end?", webhook=True
    )
    assert await own_guild.discord.stays_silent(own_guild.channel, 0.5)


async def test_the_button_shows_the_further_passages(own_guild: World) -> None:
    """One press shows them to the one who pressed."""
    card = await own_guild.ask("What is known of Lisk and the Orrin?")
    more = await own_guild.press(card, "Other passages", own_guild.manager)
    assert more.ephemeral
    assert "Of Rivers" in more.text or "Of Towns" in more.text
    assert "no longer" not in more.text


async def test_a_passage_that_is_gone_is_said_kindly(world: World) -> None:
    """A button whose passages are no longer served says so."""
    await world.start()
    card = await world.ask("What is known of Lisk and the Orrin?")
    await world.stop()
    (world.folder / "rivers.md").write_text(
        "# Of Rivers\n\nThere are none any more.\n", encoding="utf-8"
    )
    (world.folder / "towns.md").unlink()
    await world.start()
    more = await (await world.discord.press(world.member, card, "Other passages")).answer()
    assert "no longer in the articles" in more.text


async def test_summary_and_sections(own_guild: World) -> None:
    """A section is offered by a misspelt name and summed up; sections are listed."""
    discord = own_guild.discord
    choices = await discord.autocomplete(
        own_guild.member, own_guild.channel, "summary", section="bridgs"
    )
    assert choices[0] == {"name": "Bridges", "value": "rivers#3"}
    summary = await (
        await discord.slash(own_guild.member, own_guild.channel, "summary", section="rivers#3")
    ).answer()
    assert "- Elda Njord built the first bridge over the Orrin in 1844." in summary.text
    everything = await (
        await discord.slash(own_guild.member, own_guild.channel, "summary")
    ).answer()
    assert "**Mouth**" in everything.text
    sections = await (await discord.slash(own_guild.member, own_guild.channel, "sections")).answer()
    assert "- Bridges" in sections.text
    assert "**Of Towns**" in sections.text
    unknown = await (
        await discord.slash(own_guild.member, own_guild.channel, "summary", section="zzz")
    ).answer()
    assert unknown.ephemeral
    assert "Which section" in unknown.text


async def test_autocomplete_stays_within_25_choices_of_100_characters(world: World) -> None:
    """Many and long headings are offered within Discord's limits, long ones cut after a whole
    word.
    """
    headings = [
        f"Of the very long matter number {n} " + "that goes on and on " * 8 for n in range(40)
    ]
    text = "# Long\n\n" + "".join(f"## {heading}\n\nText {heading}.\n\n" for heading in headings)
    (world.folder / "long.md").write_text(text, encoding="utf-8")
    await world.start()
    choices = await world.discord.autocomplete(
        world.member, world.channel, "summary", section="matter"
    )
    assert len(choices) == 25
    assert all(len(choice["name"]) <= 100 and choice["name"].endswith("…") for choice in choices)
    chosen = await world.discord.slash(
        world.member, world.channel, "summary", section=choices[3]["value"]
    )
    assert "Of the very long matter" in (await chosen.answer()).text


async def test_sections_of_the_same_name_are_told_apart(world: World) -> None:
    """Each of several equal headings and titles can be chosen."""
    text = "# Of Towns\n\n## Market\n\nOn Monday.\n\n## Market\n\nOn Friday.\n"
    (world.folder / "more.md").write_text(text, encoding="utf-8")
    await world.start()
    sections = await world.discord.autocomplete(
        world.member, world.channel, "summary", section="market"
    )
    assert {choice["value"] for choice in sections[:2]} == {"more#1", "more#2"}
    articles = await world.discord.autocomplete(
        world.member, world.channel, "summary", article="of towns"
    )
    assert {choice["value"] for choice in articles[:2]} == {"more", "towns"}


@pytest.mark.parametrize(
    ("command", "expected"), [("help", "`/ask`"), ("privacy", "In memory only")]
)
async def test_help_and_privacy_are_told_privately(
    own_guild: World, command: str, expected: str
) -> None:
    """What the bot can do, and what it keeps."""
    said = await (
        await own_guild.discord.slash(own_guild.member, own_guild.channel, command)
    ).answer()
    assert said.ephemeral
    assert expected in said.text


async def test_an_admin_reloads_and_reads_what_changed(world: World) -> None:
    """A good and a bad file: what is served now, what changed, what is wrong by file and line; seen
    by the admin.
    """
    await world.start()
    (world.folder / "lakes.md").write_text("# Of Lakes\n\nLake Grell is deep.\n", encoding="utf-8")
    (world.folder / "bad.md").write_text("---\ntitle: a\u202eb\n---\n\nText.\n", encoding="utf-8")
    report = await (await world.discord.slash(world.manager, world.channel, "kb reload")).answer()
    assert report.ephemeral
    assert "**Reloaded**" in report.text
    assert "Articles added: Of Lakes (lakes): " in report.text
    assert "bad.md:2" in plain(report.text)
    assert "Lake Grell is deep" in (await world.ask("how deep is lake Grell?")).text
    status = await (await world.discord.slash(world.manager, world.channel, "kb status")).answer()
    assert "**Serving** 3 articles" in status.text
    assert "bad.md:2" in plain(status.text)


async def test_a_spoilt_folder_takes_nothing_away(world: World) -> None:
    """If nothing can be served from the new folder, the old one goes on."""
    await world.start()
    for file in world.folder.iterdir():
        file.write_bytes(b"\xff")
    report = await (await world.discord.slash(world.manager, world.channel, "kb reload")).answer()
    assert "**Not reloaded**" in report.text
    assert "Lisk" in (await world.ask("where does the Orrin end?")).text


async def test_who_may_not_curate_is_refused(world: World) -> None:
    """A member is not offered /kb, and is refused when it comes all the same; it is not there in
    private.
    """
    await world.start()
    with pytest.raises(NotOfferedError):
        await world.discord.slash(world.member, world.channel, "kb reload")
    forced = await (
        await world.discord.slash(world.member, world.channel, "kb reload", force=True)
    ).answer()
    assert forced.ephemeral
    assert forced.text == "This is for those who look after the articles."
    world.discord.add_member(world.guild, world.owner)
    direct = world.discord.open_dm(world.owner)
    with pytest.raises(NotOfferedError, match="contexts"):
        await world.discord.slash(world.owner, direct, "kb reload")


async def test_a_team_may_curate(world: World) -> None:
    """Where a team owns the application, each of its members may."""
    world.discord.make_team(world.owner, world.member)
    await world.start()
    report = await (
        await world.discord.slash(world.member, world.channel, "kb reload", force=True)
    ).answer()
    assert "**Reloaded**" in report.text


async def test_managers_may_curate_at_home_only(world: World) -> None:
    """With two servers none is home until the settings say so; the owner of the application may
    everywhere.
    """
    other = world.discord.add_guild("Elsewhere", owner=world.manager)
    elsewhere = world.discord.add_text_channel(other, "general")
    world.discord.add_member(other, world.owner)
    world.settings = f"home_server: {world.guild.id}\n"
    await world.start()

    async def reload(user: User, at_home: bool) -> str:  # noqa: FBT001
        channel = world.channel if at_home else elsewhere
        return (
            await (await world.discord.slash(user, channel, "kb reload", force=True)).answer()
        ).text

    assert "**Reloaded**" in await reload(world.manager, at_home=True)
    assert "This is for those" in await reload(world.manager, at_home=False)
    (world.folder / "new.md").write_text("# New\n\nThis is new.\n", encoding="utf-8")
    assert "**Reloaded**" in await reload(world.owner, at_home=False)


async def test_a_flood_is_refused_once_and_then_met_with_silence(world: World) -> None:
    """Five questions in the window; the sixth is told when to ask again; what follows is not
    answered; others are.
    """
    await world.start()
    for _ in range(5):
        await world.discord.reply_to(await world.mention("where does the Orrin end?"))
    refusal = await world.discord.reply_to(await world.mention("where does the Orrin end?"))
    assert "Try again <t:" in refusal.text
    for _ in range(3):
        await world.mention("where does the Orrin end?")
    assert await world.discord.stays_silent(world.channel, 0.4)
    slash = await world.ask("where does the Orrin end?")
    assert slash.ephemeral
    assert "Try again <t:" in slash.text
    assert "Lisk" in (await world.ask("where does the Orrin end?", world.manager)).text


async def test_nothing_of_an_article_or_a_question_is_live(world: World) -> None:
    """Mentions, links, headings and markup are shown as they were written, and ping nobody."""
    evil = (
        "@everyone <@1> [free](https://evil.example) **bold** `x` :smile: <t:1:R> ||spoiler|| "
        "discord.gg/x"
    )
    text = f"Evil\n\nThe zeppelin says {evil} \u202eto all.\n\n# More\n\n- Nothing more.\n"
    (world.folder / "evil.txt").write_text(text, encoding="utf-8")
    await world.start()
    card = await world.ask(f"what does the zeppelin say {evil}")
    assert not card.pings
    asked, quotation, _ = card.texts
    assert evil in plain(asked)
    assert evil in plain(quotation)
    assert [one.partition(":")[0] for one in live(asked)] == ["subtext"]
    assert [one.partition(":")[0] for one in live(quotation)] == ["quote", "bold"]
    assert not invisible(card.text)


async def test_an_event_that_comes_twice_is_answered_once(world: World) -> None:
    """A replayed message or interaction is not answered again."""
    await world.start()
    asked = await world.mention("where does the Orrin end?")
    await world.discord.reply_to(asked)
    interaction = await world.discord.slash(
        world.member, world.channel, "ask", question="where does the Orrin rise?"
    )
    await interaction.answer()
    for _ in range(2):
        await world.discord.repeat(asked)
        await world.discord.repeat(interaction)
    assert await world.discord.stays_silent(world.channel, 0.4)
    assert world.discord.ledger().is_exact()


async def test_the_start_registers_commands_once_and_tells_the_invite(world: World) -> None:
    """A second start leaves the commands alone; the operator reads where to invite the bot, with
    exactly what it needs.
    """
    await world.start()
    await world.restart()
    await world.stop()
    puts = [request for request in world.discord.requests if request.method == "PUT"]
    assert len(puts) == 1
    log = "".join(world.log)
    wanted = Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES | Permission.READ_MESSAGE_HISTORY
    wanted |= Permission.SEND_MESSAGES_IN_THREADS | Permission.ATTACH_FILES
    assert (
        f"client_id={world.discord.application.id}&scope=bot+applications.commands&permissions={int(wanted)}"
        in log
    )
    assert wanted in USUAL


async def test_three_hundred_questions_at_once_are_each_answered(world: World) -> None:
    """Many members at the same moment: every question is answered exactly once.

    Discord takes all messages at once here; what it takes else is a limit of its own. They mention the bot: a command has to be answered within three seconds, which so many are on a
    fast machine alone.
    """
    world.settings = "questions_per_server: 3600\nquestions_per_channel: 3600\n"
    world.discord.limit_messages(None)
    await world.start()
    members = [world.discord.add_user(f"member{number}") for number in range(60)]
    for one in members:
        world.discord.add_member(world.guild, one)
    asked = [
        await world.mention("where does the Orrin end?", one) for _ in range(5) for one in members
    ]
    await world.discord.answered(300, 200)
    assert all(
        "Lisk" in card.text for question in asked for card in world.discord.answers_to(question)
    )
    assert world.discord.ledger().is_exact()


async def test_ten_commands_at_once_are_each_answered(own_guild: World) -> None:
    """So are commands of several members at the same moment."""
    members = [own_guild.discord.add_user(f"member{number}") for number in range(10)]
    for one in members:
        own_guild.discord.add_member(own_guild.guild, one)
    question = "where does the Orrin end?"
    cards = await asyncio.gather(*(own_guild.ask(question, one) for one in members))
    assert all("Lisk" in card.text for card in cards)


async def test_a_command_works_where_the_bot_may_not_write(own_guild: World) -> None:
    """Answers to interactions need no permission to write."""
    role = own_guild.guild.bot_role
    assert role is not None
    own_guild.discord.overwrite(own_guild.channel, role, deny=Permission.SEND_MESSAGES)
    assert "Lisk" in (await own_guild.ask("where does the Orrin end?")).text


async def test_a_reload_tells_each_kind_of_problem_once(world: World) -> None:
    """Twelve files without text are one line: how many, what they lack, and where the first
    three are.
    """
    await world.start()
    for number in range(12):
        (world.folder / f"stub-{number:02}.md").write_text(f"# Stub {number}\n", encoding="utf-8")
    report = await world.use("kb reload", world.manager)
    (line,) = [line for line in report.text.splitlines() if "holds no text" in line]
    shown = line.replace("\\", "")
    assert shown.startswith("- 12 notes: holds no text and is not served (")
    assert shown.endswith("): stub-00.md:1, stub-01.md:1, stub-02.md:1, …")
