"""What is pressed after the bot was started anew, on cards shown before; meanwhile some articles
were changed.

All cards are shown first, each to a person of its own, then the bot is restarted once: every test
presses its own card, so that none depends on another. The restarted bot can know nothing but what
the cards say.
"""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import World, ending, judge, populate, write_articles
from loopback import LoopbackDiscord
from loopback.permissions import NOTHING, Permission
from loopback.state import Message, Role, User

BUILT = "Who built the first bridge over the Orrin?"
BUILDER = "**Elda Njord built the first bridge over the Orrin in 1844.**"
NOT_THERE = "xylophone zeppelin quartz delta"
FELL = "**The bridge over the Orrin fell in 1901.**"
GONE = "no longer in the articles"

SECTION = "## {{0}} {0:02}\n\n{{0}} number {0} nests in reeds of kind {0}.\n\n"
BIRDS = "# {0}s\n\n" + "".join(map(SECTION.format, range(30)))
TALE = "\n\n".join(
    f"Paragraph {n} of the long tale tells of ferry number {n} and its crew. " * 6
    for n in range(12)
)
MORE_ARTICLES = {
    "herons.md": BIRDS.format("Heron"),
    "storks.md": BIRDS.format("Stork"),
    "tale.md": f"# Tale\n\n## Long\n\n{TALE}\n\n## After\n\nThe tale ends here.\n",
    "lamps.md": "# Of Lamps\n\n## Oil\n\nThe amber lamp of Sarn burns whale oil.\n",
    "mills.md": "# Of Mills\n\n## Wind\n\nThe windmill of Tolv grinds barley.\n",
    **{f"parish{n:02}.md": f"# Parish {n:02}\n\n## Part\n\nText {n}.\n" for n in range(30)},
}


@dataclass(slots=True)
class Shown:
    """A restarted bot, and the cards that it showed before, each with the one whom it was
    shown to.
    """

    world: World
    role: Role
    cards: dict[str, tuple[Message, User]] = field(default_factory=dict)

    def meet(self, name: str, permissions: Permission = NOTHING) -> User:
        """Let somebody new join the server."""
        user = self.world.discord.add_user(name)
        self.world.discord.add_member(self.world.guild, user, permissions=permissions)
        return user

    async def show(self, name: str, command: str, *pressed: str, **options: object) -> None:
        """Have the answer to a command shown to somebody new, who presses buttons of it; remember
        the last card.
        """
        user = self.meet(f"reader{len(self.cards)}")
        card = await self.world.use(command, user, **options)
        for button in pressed:
            card = await self.world.press(card, button, user)
        self.cards[name] = card, user

    async def press(self, name: str, button: str, user: User | None = None) -> Message:
        """Press a button of a card, as the one whom it was shown to if nobody else is named."""
        card, reader = self.cards[name]
        return await self.world.press(card, button, user or reader)

    async def follow_up(self, name: str, text: str) -> Message:
        """Open the window of a card's Follow up, and send a text off."""
        card, reader = self.cards[name]
        opened = await self.world.discord.press(reader, card, "Follow up")
        await opened.modal()
        return await (await self.world.discord.submit_modal(reader, opened, text=text)).answer()

    async def choose(self, name: str, option: str) -> Message:
        """Choose in the menu of a card."""
        card, reader = self.cards[name]
        (menu,) = card.selects
        return await (
            await self.world.discord.select(reader, card, menu.custom_id, option)
        ).answer()


async def show_all(shown: Shown) -> None:
    """Show every card that a test presses."""
    await shown.show("answer", "ask", question=BUILT)
    for name in ("unpaid", "said again"):
        await shown.show(name, "ask", question=BUILT)
    for name in ("unpaid before", "asked before"):
        await shown.show(name, "ask", question=BUILT)
        _, reader = shown.cards[name]
        card = await shown.world.use("ask", reader, question="and when did it fall?")
        assert FELL in card.text
        shown.cards[name] = card, reader
    for name in ("opened", "deep"):
        await shown.show(name, "ask", "More", question=BUILT)
    await shown.show("private", "ask", question=BUILT, private=True)
    for name in (
        "refusal removed by asker",
        "refusal removed by moderator",
        "refusal kept",
        "passed on",
    ):
        await shown.show(name, "ask", question=NOT_THERE)
    for vote, question in (
        ("Helpful", "Where does the Orrin end?"),
        ("Not helpful", "What town is largest?"),
    ):
        await shown.show(vote, "ask", "Share here", question=question, private=True)
        for voter in (shown.world.member, shown.world.owner):
            assert "noted" in (await shown.press(vote, vote, voter)).text
    await shown.show("articles", "articles", "Next")
    await shown.show("sections", "sections", "Next")
    await shown.show("one article", "sections", "Next", article="herons")
    await shown.show("articles menu", "articles")
    await shown.show("sections menu", "sections", article="towns")
    await shown.show("others", "ask", "Other passages", question="which heron nests in the reeds?")
    await shown.show("page", "read", section="Long", article="tale")
    await shown.show("moved", "ask", "More", question="What does the windmill of Tolv grind?")
    await shown.show("gone", "ask", "More", question="What does the amber lamp of Sarn burn?")
    await shown.show(
        "gone others", "ask", "Other passages", question="which stork nests in the reeds?"
    )
    await shown.show("gone page", "read", section="Stork 05", article="storks")
    await shown.show("gone section", "sections", article="lamps")
    await shown.show("gone article", "articles")
    await shown.show("gone sections", "sections", article="parish00")


def change(folder: Path) -> None:
    """Rewrite some articles: one passage moves, one goes, of thirty sections two stay, one article
    goes.
    """
    mills = folder / "mills.md"
    mills.write_text(
        mills.read_text("utf-8").replace("## Wind", "## Water\n\nThere were two.\n\n## Wind"),
        "utf-8",
    )
    (folder / "lamps.md").write_text("# Of Lamps\n\n## Gas\n\nThere are none any more.\n", "utf-8")
    (folder / "storks.md").write_text("\n\n".join(BIRDS.format("Stork").split("\n\n")[:5]), "utf-8")
    (folder / "parish00.md").unlink()


@pytest.fixture(scope="module")
async def shown(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shown]:
    """Show the cards, change articles, start the bot anew."""
    async with LoopbackDiscord() as discord:
        folder = write_articles(tmp_path_factory.mktemp("restarted") / "articles")
        for name, text in MORE_ARTICLES.items():
            (folder / name).write_text(text, "utf-8")
        world = populate(discord, folder)
        discord.add_member(world.guild, world.owner)
        talk = discord.add_text_channel(world.guild, "talk")
        made = Shown(world, discord.add_role(world.guild, "helpers", mentionable=True))
        world.settings = f"thread_channels: {talk.id}\nhuman_roles: {made.role.id}\n"
        async with ending(world):
            await world.start()
            await show_all(made)
            asked = await discord.say(world.member, talk, f"{discord.bot_user.mention} {BUILT}")
            made.cards["thread"] = (
                await discord.wait_for(await discord.thread_from(asked)),
                world.member,
            )
            change(folder)
            await world.restart()
            yield made
        judge(discord)


async def test_a_public_answer_is_followed_up(shown: Shown) -> None:
    """The window opens, and what is typed there goes on from the card's question, in public."""
    answer = await shown.follow_up("answer", "and when did it fall?")
    assert not answer.ephemeral
    assert FELL in answer.text
    assert f"Following up “{BUILT}”." in answer.text


async def test_what_a_card_quotes_comes_first_again_only_if_asked_for(shown: Shown) -> None:
    """The card says what that was; a question of which it holds nothing new does not ask for it."""
    unpaid = "Who paid for the first bridge over the Orrin?"
    assert BUILDER not in (await shown.follow_up("unpaid", unpaid)).text
    assert BUILDER in (await shown.follow_up("said again", "say that again")).text


async def test_a_card_tells_what_came_first_before_it(shown: Shown) -> None:
    """Two turns ago is not long: it comes again only to who asks for it."""
    unpaid = "Who paid for the first bridge over the Orrin?"
    assert BUILDER not in (await shown.follow_up("unpaid before", unpaid)).text
    assert BUILDER in (await shown.follow_up("asked before", BUILT)).text


async def test_a_reply_in_the_bots_own_thread_goes_on(shown: Shown) -> None:
    """The thread that was begun for a question goes on, in that thread."""
    card, reader = shown.cards["thread"]
    asked = await shown.world.discord.say(
        reader, card.channel, "and when did it fall?", reply_to=card
    )
    answer = await shown.world.discord.reply_to(asked)
    assert FELL in answer.text
    assert f"Following up “{BUILT}”." in answer.text


@pytest.mark.parametrize("who", ["asker", "moderator"])
async def test_a_refusal_is_removed(shown: Shown, who: str) -> None:
    """By the one who asked, or by a moderator; it is gone for everybody."""
    card, reader = shown.cards[f"refusal removed by {who}"]
    assert "do not answer that" in card.text
    moderator = shown.meet("mo", Permission.MANAGE_MESSAGES)
    await shown.world.discord.press(reader if who == "asker" else moderator, card, "Remove")
    await shown.world.discord.deleted(card)


async def test_a_refusal_is_not_removed_by_others(shown: Shown) -> None:
    """Who did not ask is told so, and the card stays."""
    said = await shown.press("refusal kept", "Remove", shown.meet("otto"))
    assert "Only the one who asked" in said.text
    assert not shown.cards["refusal kept"][0].deleted


@pytest.mark.parametrize(
    ("vote", "counts"),
    [("Helpful", "0 not helpful, {} helpful"), ("Not helpful", "{} not helpful, 0 helpful")],
)
async def test_a_vote_on_a_shared_card_is_counted_once_a_person(
    shown: Shown, vote: str, counts: str
) -> None:
    """What was voted before counts; the second press takes it back, for the one who presses
    alone.
    """
    passage = {"Helpful": "The Orrin ends", "Not helpful": "Lisk is the largest town"}[vote]

    async def counted(number: int) -> bool:
        votes = await shown.world.use("kb votes", shown.world.manager)
        return f"- {counts.format(number)}: {passage}" in votes.text

    assert await counted(2)
    assert "Taken back" in (await shown.press(vote, vote, shown.world.owner)).text
    assert await counted(1)
    assert "noted" in (await shown.press(vote, vote, shown.world.owner)).text
    assert "noted" in (await shown.press(vote, vote, shown.meet("new"))).text
    assert await counted(3)


@pytest.mark.parametrize("name", ["articles", "sections", "one article"])
async def test_the_pages_of_a_list_are_turned(shown: Shown, name: str) -> None:
    """From the page that was open, back and forth, in place; a list of one article stays with that
    one.
    """
    card, _ = shown.cards[name]
    second = card.text
    assert "Page 2 of" in second
    assert await shown.press(name, "Previous") is card
    assert "Page 1 of" in card.text
    assert ("Heron 00" in card.text) is (name != "articles")
    assert ("Of Lamps" in card.text) is (name == "articles")
    await shown.press(name, "Next")
    assert "Page 2 of" in card.text
    assert name != "one article" or card.text == second


async def test_articles_and_sections_are_chosen_in_menus(shown: Shown) -> None:
    """An article opens its sections, a section its text, seen by the one who chose."""
    sections = await shown.choose("articles menu", "Herons")
    assert sections.ephemeral
    assert "- Heron 07" in sections.text
    text = await shown.choose("sections menu", "Conclusion")
    assert text.ephemeral
    assert "Lisk is the largest town on the Orrin." in text.text


async def test_the_pages_of_other_passages_are_turned(shown: Shown) -> None:
    """Back and forth, in place; the first page is what it was before."""
    card, _ = shown.cards["others"]
    first = card.text
    assert await shown.press("others", "Next") is card
    assert "Page 2 of 2" in card.text
    assert GONE not in card.text
    await shown.press("others", "Previous")
    assert card.text == first


async def test_less_hides_what_more_has_shown(shown: Shown) -> None:
    """The second row goes, the text and the first row stay as they were."""
    card, _ = shown.cards["opened"]
    plain, _ = shown.cards["answer"]
    assert await shown.press("opened", "Less") is card
    assert [button.label for button in card.buttons] == [button.label for button in plain.buttons]
    assert card.texts == plain.texts


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("Why this passage", "of the question"),
        ("Verify", "as it was when this was quoted"),
        ("Read the section", "**Elda Njord built the first bridge over the Orrin in 1844.**"),
        ("Other passages", "Asked: " + BUILT),
    ],
)
async def test_an_answer_is_gone_into(shown: Shown, button: str, said: str) -> None:
    """Every button of a card whose second row was open works, for anybody, and answers in
    private.
    """
    opened = await shown.press("deep", button, shown.meet("curious"))
    assert opened.ephemeral
    assert said in opened.text


async def test_pages_of_a_section_are_turned(shown: Shown) -> None:
    """Back and forth, and on into the next section."""
    card, _ = shown.cards["page"]
    first = card.text
    pages = int(card.texts[-1].split()[-1])
    assert card.texts[-1] == f"-# Page 1 of {pages}"
    for number in range(2, pages + 1):
        assert await shown.press("page", "Next page") is card
        assert card.texts[-1] == f"-# Page {number} of {pages}"
    assert "Paragraph 11 " in card.text
    await shown.press("page", "→ After")
    assert "The tale ends here." in card.text
    await shown.press("page", "← Long")
    for _ in range(pages - 1):
        await shown.press("page", "Previous page")
    assert card.text == first


async def test_a_human_is_asked_on_a_refusal(shown: Shown) -> None:
    """By the one who asked alone; the role is pinged once, and the card says so."""
    card, reader = shown.cards["passed on"]
    assert (
        "Only the one who asked"
        in (await shown.press("passed on", "Ask a human", shown.meet("nosy"))).text
    )
    assert await shown.press("passed on", "Ask a human") is card
    asked = await shown.world.discord.wait_for(shown.world.channel)
    assert asked.pings.roles == {shown.role.id}
    assert NOT_THERE in asked.text
    assert reader.mention in asked.text
    assert "Passed on" in card.text
    assert "Ask a human" not in [button.label for button in card.buttons]


async def test_a_private_answer_is_shared(shown: Shown) -> None:
    """As it stood, with the name of the one who shares it, who may remove it."""
    card, reader = shown.cards["private"]
    public = await shown.press("private", "Share here")
    assert not public.ephemeral
    assert public.texts == [f"-# Shared by {reader.mention}", *card.texts]
    await shown.world.press(public, "More", reader)
    await shown.world.discord.press(reader, public, "Remove")
    await shown.world.discord.deleted(public)


async def test_a_passage_that_moved_is_verified_where_it_stands_now(shown: Shown) -> None:
    """It is said that the file was changed; hash, characters and words are those of the file on
    disk.
    """
    verified = await shown.press("moved", "Verify")
    assert "was changed since this was quoted" in verified.text
    raw = (shown.world.folder / "mills.md").read_bytes()
    assert f"`{hashlib.sha256(raw).hexdigest()}`" in verified.text
    start = raw.decode().index("The windmill")
    assert (
        f"characters {start} to {start + len('The windmill of Tolv grinds barley.')}"
        in verified.text
    )
    assert "The windmill of Tolv grinds barley." in verified.texts[-1]


async def test_a_passage_that_moved_is_still_read(shown: Shown) -> None:
    """What is written above it does not matter."""
    assert (
        "**The windmill of Tolv grinds barley.**"
        in (await shown.press("moved", "Read the section")).text
    )


@pytest.mark.parametrize(
    "button", ["Read the section", "Why this passage", "Verify", "Helpful", "Not helpful"]
)
async def test_a_passage_that_is_gone_is_said_to_be(shown: Shown, button: str) -> None:
    """Kindly, and to the one who pressed alone."""
    said = await shown.press("gone", button)
    assert said.ephemeral
    assert GONE in said.text


async def test_what_is_gone_is_followed_up_all_the_same(shown: Shown) -> None:
    """The question still stands on the card; what the articles have now is what answers it, or does
    not.
    """
    assert (
        FELL in (await shown.follow_up("gone", "and when did the bridge over the Orrin fall?")).text
    )


async def test_other_passages_that_are_gone_are_counted(shown: Shown) -> None:
    """Turning to them shows what is left and says how many are not."""
    card, _ = shown.cards["gone others"]
    await shown.press("gone others", "Next")
    assert "Page 2 of 2" in card.text
    gone = 3 - card.text.count("> ")
    assert f"-# {gone} passage{'s are' if gone > 1 else ' is'} {GONE}" in card.text


@pytest.mark.parametrize("button", ["← Stork 04", "→ Stork 06"])
async def test_a_page_whose_neighbours_are_gone_says_so(shown: Shown, button: str) -> None:
    """A section that was read a moment ago is left where it stands, and what is beyond it is said
    to be gone.
    """
    card, _ = shown.cards["gone page"]
    before = card.text
    said = await shown.press("gone page", button)
    assert said.ephemeral
    assert GONE in said.text
    assert card.text == before


@pytest.mark.parametrize(
    ("name", "option"),
    [("gone section", "Oil"), ("gone article", "Parish 00"), ("gone sections", "Part")],
)
async def test_what_is_gone_can_be_chosen_without_harm(
    shown: Shown, name: str, option: str
) -> None:
    """A menu that still offers it says that it is gone."""
    said = await shown.choose(name, option)
    assert said.ephemeral
    assert GONE in said.text
