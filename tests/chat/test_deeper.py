"""Going deeper from an answer with one press, also when the bot was started anew between card and
press.

What is pressed after a new start was made before it for all tests at once: ``restarted`` gives each
its own server with its own card.
"""

import hashlib
import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from conftest import World, ending, judge, populate, write_articles
from discord_markdown import live, plain
from loopback import LoopbackDiscord
from loopback.errors import NoAnswerError
from loopback.permissions import Permission
from loopback.state import Message

BUILT = "Who built the first bridge over the Orrin?"
KNOWN = "What is known of Lisk and the Orrin?"
WHERE = "where does the Orrin end?"
FERRY = "Who built the first ferry over the Lower Mell?"
MILL = "Who built the first mill of Ostrava Bend?"

_LONG = "\n\n".join(
    f"Paragraph {n} of the long tale tells of ferry number {n} and its crew. " * 6
    for n in range(12)
)
HERONS = "# Herons\n\n" + "".join(
    f"## Kind {n}\n\nHeron number {n} nests in reeds of kind {n}.\n\n" for n in range(9)
)
TALE = f"# Tale\n\n## Long\n\n{_LONG}\n\nThe zeppelin came last.\n\n## After\n\nThe end.\n"
FERRIES = "# Of Ferries\n\n## Crossing\n\nOlle Brandt built the first ferry over the Lower Mell.\n"
MILLS = "# Of Mills\n\n## Bend\n\nKersti Vane built the first mill of Ostrava Bend.\n"
# What a test's server holds when the bot is started anew.
MADE: dict[str, Callable[[World], Awaitable[Message]]] = {
    "others": lambda world: world.ask("which heron nests in the reeds?"),
    "section": lambda world: mentioned(world, "what came last, the zeppelin?"),
    "why": lambda world: world.ask("who constructed the first brigde over the Orrin?"),
    "verify": lambda world: world.ask(BUILT),
    "changed": lambda world: world.ask(FERRY),
    "gone": lambda world: world.ask(MILL),
    "removed": lambda world: world.ask(BUILT),
    "moderated": lambda world: mentioned(world, WHERE),
    "private": lambda world: world.use("ask", question=BUILT, private=True),
    "checked": lambda world: world.use("quote", text="The Orrin ends at Lisk."),
    "summary": lambda world: world.use("summary", section="Bridges"),
}
# A server and its card, by name.
Restarted = dict[str, tuple[World, Message]]
# Tests that share it run in one worker, so that it is made once.
one_restart = pytest.mark.xdist_group("deeper, restarted")


async def mentioned(world: World, question: str) -> Message:
    """Mention the bot; give what it says."""
    return await world.discord.reply_to(await world.mention(question))


@pytest.fixture(scope="module")
async def restarted(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Restarted]:
    """Give servers with a card each, made before the bot was started anew, while an article was
    changed and another one went.
    """
    folder = write_articles(tmp_path_factory.mktemp("restarted") / "articles")
    for name, text in (("herons", HERONS), ("tale", TALE), ("ferries", FERRIES), ("mills", MILLS)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    async with LoopbackDiscord() as discord, ending(populate(discord, folder)) as world:
        await world.start()
        worlds = {name: populate(discord, folder) for name in MADE}
        made = {name: (worlds[name], await make(worlds[name])) for name, make in MADE.items()}
        changed = FERRIES.replace("## Crossing", "## Head\n\nNew.\n\n## Crossing")
        (folder / "ferries.md").write_text(changed, encoding="utf-8")
        (folder / "mills.md").write_text("# Of Mills\n\nThere are none any more.\n", "utf-8")
        await world.restart()
        yield made
        judge(discord)


def labels(card: Message) -> list[str]:
    """Give the labels of a card's buttons."""
    return [button.label for button in card.buttons]


def rows(card: Message) -> list[list[str]]:
    """Give the labels of the rows below a card."""
    below = [part for part in card.components if part["type"] == 1]
    return [[button["label"] for button in row["components"]] for row in below]


async def unfold(world: World, card: Message) -> Message:
    """Show the second row of a card."""
    assert await world.press(card, "More") is card
    return card


async def test_one_row_of_buttons_is_seen_at_first(own_guild: World) -> None:
    """Few and plainly named; the second row comes with More and goes with Less; the text stays as
    it was.
    """
    slash = await own_guild.ask(KNOWN)
    assert rows(slash) == [["Follow up", "Other passages", "Helpful", "Not helpful", "More"]]
    reply = await own_guild.discord.reply_to(await own_guild.mention(KNOWN))
    assert rows(reply) == [["Other passages", "Read the section", "Helpful", "Not helpful", "More"]]
    private = await own_guild.use("ask", question=KNOWN, private=True)
    assert rows(private) == [
        ["Share here", "Follow up", "Other passages", "Read the section", "More"]
    ]
    before = list(slash.texts)
    await own_guild.press(slash, "More")
    assert rows(slash)[1] == ["Read the section", "Why this passage", "Verify", "Remove"]
    assert slash.texts == before
    await own_guild.press(slash, "Less")
    assert rows(slash) == [["Follow up", "Other passages", "Helpful", "Not helpful", "More"]]


@one_restart
async def test_other_passages_are_turned_page_by_page(
    restarted: Restarted,
) -> None:
    """Three on a page, private, in place; each says where it is from and can be read on."""
    world, card = restarted["others"]
    others = await world.press(card, "Other passages", world.manager)
    assert others.ephemeral
    assert "Page 1 of 2" in others.text
    first = others.text
    assert first.count("> ") == 3
    turned = await world.press(others, "Next", world.manager)
    assert turned is others
    assert "Page 2 of 2" in others.text
    assert set(others.text.split("\n")) & set(first.split("\n")) == {
        "-# Asked: which heron nests in the reeds?"
    }
    section = await world.press(others, others.buttons[0].custom_id or "", world.manager)
    assert section.ephemeral
    assert "Heron number" in section.text


@one_restart
async def test_the_section_is_read_page_by_page(
    restarted: Restarted,
) -> None:
    """It opens where the quotation stands, its sentence bold; pages turn in place, into the next
    section too.
    """
    world, card = restarted["section"]
    page = await world.press(card, "Read the section", world.manager)
    assert page.ephemeral
    assert "**The zeppelin came last.**" in page.text
    last = page.texts[-1]
    assert last.startswith("-# Page ")
    number = int(last.split()[2])
    assert number > 1
    seen = [page.text]
    for at in range(number - 1, 0, -1):
        assert await world.press(page, "Previous page", world.manager) is page
        assert f"Page {at} of {number}" in page.text
        seen.append(page.text)
    assert all(f"Paragraph {n} " in "".join(seen) for n in range(12))
    for _ in range(number - 1):
        await world.press(page, "Next page", world.manager)
    await world.press(page, "→ After", world.manager)
    assert "The end." in page.text
    await world.press(page, "← Long", world.manager)
    assert "The zeppelin came last." in page.text


@one_restart
async def test_why_this_passage(restarted: Restarted) -> None:
    """Which words it holds, with their share; what a word was taken for; what came next."""
    world, card = restarted["why"]
    await unfold(world, card)
    why = await world.press(card, "Why this passage")
    assert why.ephemeral
    text = plain(why.text)
    assert "constructed" in text
    assert "built" in text
    assert "brigde" in text
    assert "bridge" in text
    assert "%" in text
    assert "Next best" in text


@one_restart
async def test_a_quotation_is_verified(restarted: Restarted) -> None:
    """File, line, offsets and SHA-256 are those of the file on disk; the raw text is exactly its
    characters.
    """
    world, card = restarted["verify"]
    await unfold(world, card)
    verified = await world.press(card, "Verify")
    assert verified.ephemeral
    raw = (world.folder / "rivers.md").read_bytes()
    assert f"`{hashlib.sha256(raw).hexdigest()}`" in verified.text
    facts = next(text for text in verified.texts if "characters" in text)
    assert "`rivers.md`, line 18" in facts
    words = facts.split("characters ")[1].split("\n")[0].replace(",", "").split(" to ")
    start, end = map(int, words)
    block = verified.texts[-1].removeprefix("```\n").removesuffix("\n```")
    assert raw.decode()[start:end] == block
    assert "as it was when this was quoted" in verified.text


async def test_what_no_code_block_can_show_is_attached(world: World) -> None:
    """Text with marks of code, or Windows' line ends, comes as a file with exactly its bytes."""
    text = "# Code\r\n\r\nThe zeppelin `command` is written\r\nover two lines.\r\n"
    (world.folder / "code.md").write_bytes(text.encode())
    await world.start()
    card = await world.ask("what of the zeppelin command?")
    await world.press(card, "More")
    verified = await world.press(card, "Verify")
    (file,) = verified.attachments
    assert file.content == b"The zeppelin `command` is written\r\nover two lines."


@one_restart
async def test_a_file_that_was_changed_is_said_to_be(
    restarted: Restarted,
) -> None:
    """The passage still stands, but elsewhere: verifying says that the file is another one, and
    where it stands now.
    """
    world, card = restarted["changed"]
    await unfold(world, card)
    verified = await world.press(card, "Verify")
    assert "was changed since" in verified.text
    assert "Olle Brandt built the first ferry" in verified.texts[-1]


@one_restart
async def test_what_is_gone_is_said_kindly(restarted: Restarted) -> None:
    """A button whose passage is no longer served says so."""
    world, card = restarted["gone"]
    assert "Kersti Vane" in card.text
    await unfold(world, card)
    for button in ("Why this passage", "Verify", "Read the section"):
        said = await world.press(card, button)
        assert said.ephemeral
        assert "no longer in the articles" in said.text


async def test_a_button_of_an_earlier_version_is_told_kindly(own_guild: World) -> None:
    """What was sent by an older program, or by nobody, does not fail."""
    card = await own_guild.ask(BUILT)
    for custom_id in (
        "more:0123456789ab.0123456789ab",
        "nothing",
        "read:1:2",
        "others:x:y",
        "verify:::",
        "vote:a",
        "open",
        "article",
    ):
        button = {"type": 2, "style": 2, "label": "x", "custom_id": custom_id}
        card.components[-1] = {"type": 1, "components": [button]}
        said = await own_guild.press(card, custom_id)
        assert said.ephemeral
        assert "no longer works" in said.text


async def test_votes_are_counted_once_changed_and_taken_back(world: World) -> None:
    """One vote a person and answer; on disk stands nothing that names anybody."""
    await world.start()
    card = await world.ask(BUILT)
    assert "noted" in (await world.press(card, "Helpful")).text
    await world.restart()
    assert "changed" in (await world.press(card, "Not helpful")).text
    assert "noted" in (await world.press(card, "Not helpful", world.manager)).text
    assert "Taken back" in (await world.press(card, "Not helpful")).text
    said = await world.use("kb votes", world.manager)
    assert "0 helpful, 1 not helpful" in said.text
    assert "**Bridges** · Of Rivers" in said.text
    await world.stop()
    kept = b"".join(path.read_bytes() for path in (world.folder.parent / "records").iterdir())
    for secret in (str(world.manager.id), str(card.id), world.manager.name, "Elda"):
        assert secret.encode() not in kept


async def test_forget_me_deletes_ones_votes(world: World) -> None:
    """Those of others stay."""
    await world.start()
    card = await world.ask(BUILT)
    await world.press(card, "Helpful")
    await world.press(card, "Helpful", world.manager)
    assert "1 vote of yours" in (await world.use("forget-me")).text
    assert "1 helpful, 0 not helpful" in (await world.use("kb votes", world.manager)).text


@one_restart
async def test_only_the_asker_and_moderators_remove(
    restarted: Restarted,
) -> None:
    """Anybody else is told so; the message is gone for everybody then."""
    world, card = restarted["removed"]
    other = world.discord.add_user("otto")
    world.discord.add_member(world.guild, other)
    await unfold(world, card)
    refused = await world.press(card, "Remove", other)
    assert refused.ephemeral
    assert "Only the one who asked" in refused.text
    await world.discord.press(world.member, card, "Remove")
    await world.discord.deleted(card)
    world, card = restarted["moderated"]
    moderator = world.discord.add_user("mo")
    world.discord.add_member(world.guild, moderator, permissions=Permission.MANAGE_MESSAGES)
    await unfold(world, card)
    await world.discord.press(moderator, card, "Remove")
    await world.discord.deleted(card)


async def test_others_go_deeper_without_changing_the_card(own_guild: World) -> None:
    """What More holds opens for them alone and works there; the card is unfolded by its asker and
    moderators.
    """
    moderator = own_guild.discord.add_user("mo")
    own_guild.discord.add_member(own_guild.guild, moderator, permissions=Permission.MANAGE_MESSAGES)
    for card in (
        await own_guild.ask(BUILT),
        await own_guild.discord.reply_to(await own_guild.mention(BUILT)),
    ):
        folded = rows(card)
        deeper = await own_guild.press(card, "More", own_guild.manager)
        assert deeper.ephemeral
        assert rows(deeper) == [["Read the section", "Why this passage", "Verify"]]
        for button in labels(deeper):
            assert "first bridge" in (await own_guild.press(deeper, button, own_guild.manager)).text
        assert rows(card) == folded
        assert await own_guild.press(card, "More", moderator) is card
        unfolded = rows(card)
        refused = await own_guild.press(card, "Less", own_guild.manager)
        assert refused.ephemeral
        assert "Only the one who asked" in refused.text
        assert rows(card) == unfolded
        assert await own_guild.press(card, "Less") is card
        assert rows(card) == folded


async def test_a_private_answer_is_shared_once(own_guild: World) -> None:
    """The card is shown to everybody as it stood; pressing again shares nothing more; its sharer
    may remove it.
    """
    card = await own_guild.use("ask", question=BUILT, private=True)
    shared = await own_guild.press(card, "Share here")
    assert not shared.ephemeral
    assert shared.texts == [f"-# Shared by {own_guild.member.mention}", *card.texts]
    assert not shared.pings
    again = await own_guild.press(card, "Share here")
    assert again.ephemeral
    assert "already" in again.text
    await own_guild.press(shared, "More")
    await own_guild.discord.press(own_guild.member, shared, "Remove")
    await own_guild.discord.deleted(shared)


async def test_how_sure_an_answer_is_shows_in_colour_and_words(own_guild: World) -> None:
    """A close match says nothing more; a faint one says so; no number is shown."""
    sure = await own_guild.ask(BUILT)
    faint = await own_guild.ask("herons snow bridge?")
    assert sure.components[0]["accent_color"] != faint.components[0]["accent_color"]
    assert not any("match" in text or "Perhaps" in text for text in sure.texts)
    assert any("match" in text or "Perhaps" in text for text in faint.texts)
    assert "%" not in plain(sure.text) + plain(faint.text)


async def test_nothing_that_is_sent_stays_in_memory_to_listen(own_guild: World) -> None:
    """Two presses of the same button at once are each answered, from the custom id alone."""
    card = await own_guild.discord.reply_to(await own_guild.mention(WHERE))
    one = await own_guild.discord.press(own_guild.member, card, "Read the section")
    two = await own_guild.discord.press(own_guild.manager, card, "Read the section")
    assert (await one.answer()).text == (await two.answer()).text


async def test_a_press_whose_answer_is_lost_is_answered_once(world: World) -> None:
    """The reply to a press is sent again after a fault, and stands there once."""
    await world.start()
    card = await world.discord.reply_to(await world.mention(WHERE))
    world.discord.fail("lost reply", method="POST", path="/callback$")
    pressed = await world.discord.press(world.member, card, "Read the section")
    assert "Orrin" in (await pressed.answer()).text
    await world.stop()
    assert len(pressed.answers) == 1
    world.discord.offences.clear()


async def test_where_nothing_can_be_written_the_bot_says_so_once_and_works(world: World) -> None:
    """No votes are offered; answers are; the log and the status say why, /privacy says that nothing
    is kept.
    """
    (world.folder.parent / "records").write_text("not a folder", encoding="utf-8")
    await world.start()
    card = await world.ask(KNOWN)
    assert rows(card) == [["Follow up", "Other passages", "Read the section", "More"]]
    await world.ask("How do I fry doughnuts?")
    assert "No records are kept" in (await world.use("kb status", world.manager)).text
    assert "No records are kept" in (await world.use("kb gaps", world.manager)).text
    assert "**On disk**: nothing" in (await world.use("privacy")).text
    await world.stop()
    assert sum("unanswered questions are kept" in line for line in world.log) == 1


async def test_records_can_be_switched_off(world: World) -> None:
    """With records: off, no file is made."""
    world.records = "off"
    await world.start()
    assert "Helpful" not in labels(await world.ask(BUILT))
    await world.stop()
    assert not (world.folder.parent / "records").exists()


async def test_what_was_asked_in_vain_is_listed_for_admins(world: World) -> None:
    """How often and when, not by whom; addresses left out; after a restart still; cleared on
    wish.
    """
    await world.start()
    await world.ask("How do I fry doughnuts?")
    await world.ask("how do I fry doughnuts", world.manager)
    await world.ask("Who answers at ada@example.org about zeppelins?")
    await world.restart()
    listed = await world.use("kb gaps", world.manager)
    assert listed.ephemeral
    assert "2 gaps" in listed.text
    assert "How do I fry doughnuts?**\n-# 2 times" in listed.text
    assert "ada@example.org" not in plain(listed.text)
    assert "Asked in vain" in (await world.use("kb gaps", world.manager, clear=True)).text
    assert "Nothing was asked in vain" in (await world.use("kb gaps", world.manager)).text
    refused = await world.discord.slash(world.member, world.channel, "kb gaps", force=True)
    assert "This is for those" in (await refused.answer()).text


async def test_nothing_unanswered_is_kept_for_no_days(world: World) -> None:
    """unanswered_days: 0 keeps votes alone."""
    world.settings = "unanswered_days: 0\n"
    await world.start()
    await world.ask("How do I fry doughnuts?")
    await world.stop()
    kept = b"".join(path.read_bytes() for path in (world.folder.parent / "records").iterdir())
    assert b"doughnuts" not in kept


async def test_old_records_are_carried_over(world: World) -> None:
    """What an earlier run has written is there in the next, in a sound database."""
    await world.start()
    await world.ask("How do I fry doughnuts?")
    await world.stop()
    (file,) = (world.folder.parent / "records").glob("*.sqlite3")
    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    await world.start()
    assert "fry doughnuts" in (await world.use("kb gaps", world.manager)).text


async def test_nothing_of_a_card_is_live_but_what_is_ours(world: World) -> None:
    """A hostile article and a hostile question stay inert on every card that shows them."""
    evil = "@everyone <@1> [free](https://evil.example) **bold** `x` <t:1:R> ||spoiler||"
    (world.folder / "evil.txt").write_text(
        f"Evil\n\nThe zeppelin says {evil} to all.\n", encoding="utf-8"
    )
    await world.start()
    card = await world.ask(f"what does the zeppelin say {evil}")
    await world.press(card, "More")
    for button in ("Why this passage", "Verify", "Read the section"):
        said = await world.press(card, button)
        assert not said.pings
        for text in said.texts:
            kinds = {one.partition(":")[0] for one in live(text)}
            assert kinds <= {"subtext", "quote", "bold", "code", "code block", "list item"}, (
                button,
                text,
                live(text),
            )


async def test_cards_know_no_number_of_anyone_but_the_asker(own_guild: World) -> None:
    """What a button remembers is the asker's id and hashes; it fits Discord's hundred
    characters.
    """
    card = await own_guild.ask(BUILT)
    await own_guild.press(card, "More")
    ids = [button.custom_id or "" for button in card.buttons]
    assert all(len(custom_id) <= 100 for custom_id in ids)
    assert "Orrin" not in json.dumps(ids)


async def test_a_press_is_not_shown_to_others(own_guild: World) -> None:
    """What one member opens, another does not see."""
    card = await own_guild.discord.reply_to(await own_guild.mention(WHERE))
    section = await own_guild.press(card, "Read the section")
    assert section.only_for is own_guild.member
    with pytest.raises(NoAnswerError):
        await own_guild.discord.wait_for(own_guild.channel, within_s=0.2)


async def test_a_flood_of_presses_is_refused_and_others_are_served(world: World) -> None:
    """Twenty in twenty seconds; then the one who floods is told to wait, and nobody else
    notices.
    """
    await world.start()
    card = await world.discord.reply_to(await world.mention(WHERE))
    pressed = [await world.discord.press(world.member, card, "Helpful") for _ in range(60)]
    said = [(await one.answer()).text for one in pressed]
    assert sum("Try again <t:" in text for text in said) == 40
    assert "Orrin" in (await world.press(card, "Read the section", world.manager)).text


async def test_a_vote_for_nothing_is_not_counted(own_guild: World) -> None:
    """A passage that the articles do not have is told to be gone."""
    card = await own_guild.ask(BUILT)
    button = {"type": 2, "style": 2, "label": "x", "custom_id": "vote:0123456789ab:up"}
    card.components[-1] = {"type": 1, "components": [button]}
    assert "no longer in the articles" in (await own_guild.press(card, "x")).text


async def test_a_follow_up_on_somebody_elses_card_is_private(own_guild: World) -> None:
    """Nothing stands in public of which nobody sees who asked it; it can be shared, with a name."""
    card = await own_guild.ask(BUILT)
    opened = await own_guild.discord.press(own_guild.manager, card, "Follow up")
    assert "Only you will see the answer." in str((await opened.modal()).components)
    answer = await (
        await own_guild.discord.submit_modal(
            own_guild.manager, opened, text="and when did it fall?"
        )
    ).answer()
    assert answer.ephemeral
    assert "fell in 1901" in answer.text


async def test_who_will_see_a_follow_up_is_said_before(own_guild: World) -> None:
    """On one's own card everybody, on one's private card nobody else."""
    for private in (False, True):
        card = await own_guild.use("ask", question=BUILT, private=private)
        opened = await own_guild.discord.press(own_guild.member, card, "Follow up")
        window = await opened.modal()
        told = "Only you will see" if private else "Everybody here will see"
        assert told in str(window.components)
        answer = await own_guild.discord.submit_modal(own_guild.member, opened, text="and when?")
        assert (await answer.answer()).ephemeral == private


async def test_a_blank_follow_up_is_told_what_an_empty_mention_is(own_guild: World) -> None:
    """There is one help for those who ask nothing; in public it can be removed."""
    told = await own_guild.discord.reply_to(await own_guild.mention(""))
    assert [button.label for button in told.buttons] == ["Remove"]
    card = await own_guild.ask(BUILT)
    opened = await own_guild.discord.press(own_guild.member, card, "Follow up")
    await opened.modal()
    blank = await own_guild.discord.submit_modal(own_guild.member, opened, text="   ")
    assert (await blank.answer()).text == told.text
    await own_guild.discord.press(own_guild.member, told, "Remove")
    await own_guild.discord.deleted(told)


@one_restart
async def test_sharing_and_removing_outlive_a_restart(
    restarted: Restarted,
) -> None:
    """What was answered before is shared and removed after; a checked quotation and a summary
    too.
    """
    world, checked = restarted["checked"]
    assert "word for word" in (await world.press(checked, "Share here")).text
    world, summary = restarted["summary"]
    await world.discord.press(world.member, summary, "Remove")
    await world.discord.deleted(summary)
    world, private = restarted["private"]
    shared = await world.press(private, "Share here")
    await unfold(world, shared)
    await world.discord.press(world.member, shared, "Remove")
    await world.discord.deleted(shared)
