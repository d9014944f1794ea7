"""Gaps are seen and closed from Discord: each change shown first, and by editors alone."""

import sqlite3
from contextlib import closing

import pytest
from conftest import World, ask_in_vain
from loopback.permissions import Permission
from loopback.state import Message

FRY = "How do I fry doughnuts?"
ENDS = "where does the tram have its terminus?"


@pytest.fixture
async def desk(world: World) -> World:
    """Give a bot whose owner is in the server, with a role that is asked and a log channel."""
    log = world.discord.add_text_channel(world.guild, "log")
    role = world.discord.add_role(world.guild, "helpers", mentionable=True)
    world.settings += f"human_roles: {role.id}\nlog_channel: {log.id}\n"
    world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
    await world.start()
    return world


async def open_gap(desk: World, question: str) -> Message:
    """Open the gap of a question from the list."""
    listed = await desk.use("kb gaps", desk.owner)
    texts = [text for text in listed.text.split("\n") if text.startswith("**")][1:]
    place = next(at for at, text in enumerate(texts) if question in text)
    buttons = [one for one in listed.buttons if one.label == "Close it"]
    await desk.discord.press(desk.owner, listed, buttons[place].custom_id or "")
    await desk.discord.edited(listed)
    return listed


async def fill_in(desk: World, card: Message, button: str, **values: str) -> Message:
    """Press a button that opens a window, and send that off; give what is shown."""
    opened = await desk.discord.press(desk.owner, card, button)
    await opened.modal()
    return await (await desk.discord.submit_modal(desk.owner, opened, **values)).answer()


async def test_a_gap_is_linked_to_the_section_that_answers(desk: World) -> None:
    """Shown with its like; the window, the preview, the press; then it is answered, and no gap."""
    await ask_in_vain(desk, FRY, "Where can I fry doughnuts in oil?", ENDS)
    card = await open_gap(desk, ENDS)
    assert ENDS in card.text
    shown = await fill_in(desk, card, "Is answered here", article="Of Rivers", section="Mouth")
    assert "would be answered from" in shown.text
    assert "Links changed: 1 question" in shown.text
    assert not (desk.folder / "links.yaml").exists()
    await desk.press(shown, "Put it in", desk.owner)
    assert "terminus" in (desk.folder / "links.yaml").read_text(encoding="utf-8")
    answered = await desk.ask(ENDS)
    assert "ends at Lisk" in answered.text
    await desk.press(answered, "More")
    why = await desk.press(answered, "Why this passage")
    assert "The editor says that this section answers" in why.text
    listed = await desk.use("kb gaps", desk.owner)
    assert "terminus" not in listed.text
    assert "and 1 like it" in listed.text
    refused = await fill_in(desk, await open_gap(desk, "fry"), "Is answered here", section="Zoo")
    assert "Zoo" in refused.text


async def test_an_answer_is_written_into_the_articles(desk: World) -> None:
    """As a section of an article, or as a new one; the preview tells whether it would answer."""
    before = (desk.folder / "towns.md").read_text(encoding="utf-8")
    await ask_in_vain(desk, FRY)
    card = await open_gap(desk, FRY)
    again = "Open it again with what I typed"
    refused = await fill_in(desk, card, "Write it", text="Is baked.", article="Zzz")
    assert FRY in refused.text
    opened = await desk.discord.press(desk.owner, refused, again)
    values = [field.get("value") for field in (await opened.modal()).fields]
    assert values == [FRY, "Is baked.", "Zzz"]
    useless = await fill_in(desk, refused, again, heading="Bread", article="")
    assert "would still not be answered" in useless.text
    shown = await fill_in(
        desk, card, "Write it", text="Fry doughnuts in hot oil.", article="Of Towns"
    )
    assert "would be answered from" in shown.text
    await desk.press(shown, "Put it in", desk.owner)
    written = (desk.folder / "towns.md").read_text(encoding="utf-8")
    assert written == f"{before}\n## {FRY}\n\nFry doughnuts in hot oil.\n"
    assert "hot oil" in (await desk.ask(FRY)).text
    gone = await fill_in(desk, card, "Is answered here", article="Of Towns", section="Conclusion")
    assert "no gap any more" in gone.text
    await ask_in_vain(desk, "what do zeppelins cost?")
    card = await open_gap(desk, "zeppelins")
    shown = await fill_in(desk, card, "Write it", text="Zeppelins cost nine crowns.", article="")
    await desk.press(shown, "Put it in", desk.owner)
    new = (desk.folder / "what-do-zeppelins-cost.md").read_text(encoding="utf-8")
    assert new == "# what do zeppelins cost?\n\nZeppelins cost nine crowns.\n"


async def test_a_word_that_helped_becomes_a_synonym(desk: World) -> None:
    """Refused, then helpful, in one conversation: the two words are counted, nobody's, and
    proposed; the editor confirms them; what stood in the file stays.
    """
    mine = "# mine\nclose: |\n  town, city\n"
    (desk.folder / "synonyms.yaml").write_text(mine, encoding="utf-8")
    await ask_in_vain(desk, "where does the fleuve end?")
    user = desk.discord.core.world.users[max(desk.discord.core.world.users)]
    helped = await desk.ask("where does the delta end?", user)
    await desk.press(helped, "Helpful", user)
    with closing(sqlite3.connect(desk.folder.parent / "records" / "records.sqlite3")) as records:
        kept = records.execute("SELECT word, other, times FROM word_pairs").fetchall()
    assert kept == [("fleuve", "delta", 1)]
    card = await open_gap(desk, "fleuve")
    assert "“fleuve” in vain were helped by “delta”" in card.text
    shown = await fill_in(desk, card, "Means the same as …")
    assert "would be answered from" in shown.text
    assert "Synonyms changed" in shown.text
    await desk.press(shown, "Put it in", desk.owner)
    written = (desk.folder / "synonyms.yaml").read_text(encoding="utf-8")
    assert written.startswith(mine)
    assert written.endswith("  fleuve, delta\n")
    assert "# Means the same, by /kb gaps on" in written
    assert "Nothing was asked in vain" in (await desk.use("kb gaps", desk.owner)).text


async def test_what_is_out_of_scope_is_no_gap_until_it_is_taken_back(desk: World) -> None:
    """In any form, also when it is asked anew and after a restart; from the list too. The log
    channel is told of both, with who and what.
    """
    await ask_in_vain(desk, FRY)
    card = await open_gap(desk, FRY)
    assert "Out of scope now" in (await desk.press(card, "Out of scope", desk.owner)).text
    await ask_in_vain(desk, "I want to fry a doughnut, how?")
    await desk.restart()
    listed = await desk.use("kb gaps", desk.owner)
    assert "Nothing was asked in vain" in listed.text
    await desk.press(listed, "Out of scope (1)", desk.owner)
    assert "doughnut" in listed.text
    await desk.press(listed, "Undo", desk.owner)
    await desk.press(listed, "All gaps", desk.owner)
    assert "and 1 like it" in listed.text
    channels = desk.discord.core.world.channels.values()
    (log,) = [one for one in channels if one.name == "log"]
    put_out, put_back = [message.text for message in log.messages]
    assert put_out == f"Out of scope now, by {desk.owner.mention}: {FRY}"
    assert put_back.startswith(f"No longer out of scope, by {desk.owner.mention}: ")
    assert "doughnut" in put_back


@pytest.mark.slow
async def test_who_may_not_edit_closes_no_gap(desk: World) -> None:
    """Managers look; a press on the card of an editor is checked, and so is what is sent off."""
    await ask_in_vain(desk, FRY)
    listed = await desk.use("kb gaps", desk.manager)
    await desk.discord.press(desk.manager, listed, "Close it")
    await desk.discord.edited(listed)
    for button in ("Is answered here", "Means the same as …", "Write it", "Out of scope"):
        refused = await desk.press(listed, button, desk.manager)
        assert "admin_users" in refused.text


async def test_a_members_answer_is_kept_once_its_author_agrees(desk: World) -> None:
    """Asked where it stands; shown as it will be kept; quoted to the next; taken back by its author
    alone, also after a restart.
    """
    helper = desk.discord.add_user("helga")
    desk.discord.add_member(desk.guild, helper)
    asked = await desk.mention(FRY)
    card = await desk.discord.reply_to(asked)
    await desk.press(card, "Ask a human")
    passed_on = await desk.discord.wait_for(desk.channel, lambda message: bool(message.pings))
    said = await desk.discord.say(
        helper, desk.channel, "In *hot* oil:\n- three minutes\n- each side", reply_to=passed_on
    )
    denied = await desk.discord.use_message_command(desk.manager, said, "Keep as an answer")
    assert "admin_users" in (await denied.answer()).text
    opened = await desk.discord.use_message_command(desk.owner, said, "Keep as an answer")
    window = await opened.modal()
    assert [field.get("value") for field in window.fields] == [FRY, said.content]
    sent = await desk.discord.submit_modal(desk.owner, opened)
    consent = await desk.discord.wait_for(desk.channel, lambda message: bool(message.pings))
    assert "Asked" in (await sent.answer()).text
    assert helper.mention in consent.text
    assert consent.pings.users == {helper.id}
    assert "Only the author" in (await desk.press(consent, "Yes, keep it", desk.owner)).text
    assert not (desk.folder / "answers.md").exists()
    kept = await desk.press(consent, "Yes, keep it", helper)
    assert "Kept" in kept.text
    written = (desk.folder / "answers.md").read_text(encoding="utf-8")
    assert f"## {FRY}\n\n{said.content}\n" in written
    assert f"{said.channel.id}/{said.id}" in written
    answered = await desk.ask(FRY)
    assert "three minutes" in answered.text
    await desk.restart()
    assert "Only the author" in (await desk.press(consent, "Take it back", desk.owner)).text
    assert "Taken back" in (await desk.press(consent, "Take it back", helper)).text
    assert not (desk.folder / "answers.md").exists()
    assert "three minutes" not in (await desk.ask(FRY)).text
    history = await desk.use("kb history", desk.owner)
    assert "kept as an answer" in history.text
    opened = await desk.discord.use_message_command(desk.owner, said, "Keep as an answer")
    await opened.modal()
    await desk.discord.submit_modal(desk.owner, opened, question="What about oil?")
    again = await desk.discord.wait_for(desk.channel, lambda message: bool(message.pings))
    await desk.press(again, "Yes, keep it", helper)
    (desk.folder / "answers.md").unlink()
    assert "Taken back" in (await desk.press(again, "Take it back", helper)).text
    assert "three minutes" not in (await desk.ask("What about oil?")).text
    own = await desk.discord.use_message_command(desk.owner, card, "Keep as an answer")
    assert "Only what a person wrote" in (await own.answer()).text
