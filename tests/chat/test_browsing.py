"""Looking around: articles, sections, reading, and checking what somebody claims to be a
quotation.
"""

import pytest
from conftest import World
from discord_markdown import plain
from loopback.errors import NotOfferedError
from loopback.permissions import Permission


async def test_articles_lead_to_sections_and_sections_to_their_text(world: World) -> None:
    """Two menus, three cards, all seen by the one who looks; also after a restart."""
    await world.start()
    articles = await world.use("articles")
    assert articles.ephemeral
    assert "**Of Rivers**" in articles.text
    await world.restart()
    (menu,) = articles.selects
    chosen = await world.discord.select(world.member, articles, menu.custom_id, "Of Rivers")
    sections = await chosen.answer()
    assert sections.ephemeral
    assert "- Bridges" in sections.text
    await world.restart()
    (menu,) = sections.selects
    read = await (
        await world.discord.select(world.member, sections, menu.custom_id, "Mouth")
    ).answer()
    assert read.ephemeral
    assert "Its delta has nine arms." in read.text


async def test_sections_of_all_articles_are_listed(own_guild: World) -> None:
    """Without an article, each section stands under its own."""
    listed = await own_guild.use("sections")
    assert listed.ephemeral
    assert "**Of Towns**\n- Conclusion" in listed.text
    one = await own_guild.use("sections", article="towns")
    assert "Of Rivers" not in one.text


async def test_many_articles_and_sections_come_in_pages(world: World) -> None:
    """Twenty-five in a menu; the next page in place."""
    for n in range(30):
        (world.folder / f"a{n:02}.md").write_text(
            f"# Article {n:02}\n\n## Part\n\nText {n}.\n", encoding="utf-8"
        )
    await world.start()
    articles = await world.use("articles")
    assert "Page 1 of 2" in articles.text
    assert len(articles.selects[0].options) == 25
    assert await world.press(articles, "Next") is articles
    assert "Page 2 of 2" in articles.text
    assert "Of Rivers" in articles.text
    sections = await world.use("sections")
    await world.press(sections, "Next")
    assert "Page 2 of" in sections.text
    await world.press(sections, "Previous")
    assert "Page 1 of" in sections.text


async def test_read_opens_a_section(own_guild: World) -> None:
    """Chosen from what is offered, or typed roughly; what is unclear is asked back."""
    choices = await own_guild.discord.autocomplete(
        own_guild.member, own_guild.channel, "read", section="bridgs"
    )
    card = await own_guild.use("read", section=choices[0]["value"])
    assert card.ephemeral
    assert card.texts[0].startswith("**Bridges** · Of Rivers")
    assert "fell in 1901." in card.text
    assert "Which section" in (await own_guild.use("read", section="zzz")).text


async def test_an_opening_that_is_listed_can_be_read(own_guild: World) -> None:
    """It is offered under the name by which /sections lists it, and typed with its article."""
    listed = await own_guild.use("sections", article="Of Rivers")
    assert "- Opening" in listed.text
    choices = await own_guild.discord.autocomplete(
        own_guild.member, own_guild.channel, "read", section="open"
    )
    assert choices[0]["name"] == "Opening"
    for options in (
        {"section": choices[0]["value"]},
        {"section": "Opening", "article": "Of Rivers"},
    ):
        card = await own_guild.use("read", **options)
        assert "longest river of Valmora" in card.text


async def test_a_summary_may_be_private(own_guild: World) -> None:
    """Then nobody else sees it, and it needs no *Remove*."""
    for private in (True, False):
        asked = await own_guild.use("summary", article="Of Rivers", private=private)
        assert asked.ephemeral == private
        assert ("Remove" in [button.label for button in asked.buttons]) != private


async def test_a_true_quotation_is_found(own_guild: World) -> None:
    """Wherever it stands, with file and line; other quotation marks and blanks do not matter."""
    said = await own_guild.use(
        "quote", text="“Elda Njord  built the first bridge over the Orrin in 1844.”"
    )
    assert said.ephemeral
    assert "word for word" in said.text
    assert "Bridges · Of Rivers · rivers.md:18" in plain(said.text)
    shared = await own_guild.press(said, "Share here")
    assert not shared.ephemeral
    assert "word for word" in shared.text
    section = await own_guild.press(said, "Read the section")
    assert "**Elda Njord built the first bridge" in section.text


async def test_an_altered_quotation_is_shown_with_what_was_altered(own_guild: World) -> None:
    """The claimed word struck out, the article's bold."""
    said = await own_guild.use(
        "quote", text="Elda Njord built the first bridge over the Orrin in 1854."
    )
    assert "it was altered" in said.text
    assert r"~~1854\.~~ **1844\.**" in said.text


async def test_what_is_not_there_is_not_found(own_guild: World) -> None:
    """And what is too short to tell is said to be."""
    text = "Zeppelins may never be fried in oil, whatever the cook says on Sundays."
    assert "does not stand in the articles" in (await own_guild.use("quote", text=text)).text
    assert "too short" in (await own_guild.use("quote", text="the Orrin")).text


async def test_a_hostile_claim_stays_inert(own_guild: World) -> None:
    """It is shown as it was written and pings nobody."""
    said = await own_guild.use(
        "quote", text="@everyone <@1> **The Orrin ends** at ||Lisk||. [x](https://evil.example)"
    )
    assert not said.pings


async def test_what_is_not_for_servers_alone_is_offered_in_private_too(world: World) -> None:
    """In a direct message the same commands are there, but for those of admins."""
    await world.start()
    private = world.discord.open_dm(world.member)
    for command in ("articles", "sections", "summary", "help", "privacy"):
        said = await (await world.discord.slash(world.member, private, command)).answer()
        assert said.text
    with pytest.raises(NotOfferedError):
        await world.discord.slash(world.owner, world.discord.open_dm(world.owner), "kb status")


async def test_a_list_whose_library_has_shrunk_is_still_a_list(world: World) -> None:
    """After a reload the next page is the last that there is."""
    for n in range(30):
        (world.folder / f"a{n:02}.md").write_text(
            f"# Article {n:02}\n\n## Part\n\nText {n}.\n", encoding="utf-8"
        )
    await world.start()
    articles, sections = await world.use("articles"), await world.use("sections")
    for file in world.folder.glob("a*.md"):
        file.unlink()
    await world.use("kb reload", world.manager)
    await world.press(articles, "Next")
    assert "**Of Rivers**" in articles.text
    await world.press(sections, "Next")
    assert "- Bridges" in sections.text


async def test_a_heading_that_can_not_be_seen_breaks_nothing(world: World) -> None:
    """It is shown as three dots, in lists, menus and on buttons."""
    (world.folder / "blank.md").write_text(
        "# Blank\n\n## \u2800\n\nThe zeppelin is blank.\n", encoding="utf-8"
    )
    await world.start()
    assert "…" in [
        label for label, _ in (await world.use("sections", article="blank")).selects[0].options
    ]
    assert (await world.use("ask", question="zeppelin quartz xylophone bread sourdough")).text


async def test_where_nothing_can_be_shared_a_check_offers_it_not(world: World) -> None:
    """As for private answers."""
    await world.start()
    discord, user = world.discord, world.member
    discord.install_for(user)
    guild = discord.add_guild("Elsewhere", with_bot=False, installed=False)
    discord.add_member(guild, user)
    channel = discord.add_text_channel(guild, "general")
    discord.overwrite(channel, guild, deny=Permission.USE_EXTERNAL_APPS)
    asked = await discord.slash(user, channel, "quote", text="The Orrin ends at Lisk.")
    assert "Share here" not in [button.label for button in (await asked.answer()).buttons]
