"""*Good answer* and *Wrong answer*: an editor's word on an answer becomes a question of the set."""

from conftest import World
from loopback.permissions import Permission

BUILT = "Who built the first bridge over the Orrin?"
LONGEST = "What is the longest river of Valmora?"


async def test_an_editor_judges_answers(world: World) -> None:
    """Behind *More*, for those who may edit alone; one press adds the question with what is right,
    which is a version, told in the log channel, and asked before every later change.
    """
    log = world.discord.add_text_channel(world.guild, "log")
    world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
    world.settings += f"log_channel: '{log.id}'\n"
    questions = world.folder / "questions.yaml"
    questions.write_bytes(b"# Mine.\nquestions:\n- question: herons?\n  not_answered: true\n")
    await world.start()

    card = await world.ask(BUILT)
    assert "Good or wrong?" not in str((await world.press(card, "More")).components)
    more = await world.press(card, "Less", world.owner)
    judging = await world.press(more, "Good or wrong?", world.owner)
    assert judging.ephemeral
    assert "Elda Njord built the first bridge" in judging.text
    done = await world.press(judging, "Good answer", world.owner)
    assert "version 1" in done.text
    content = questions.read_text(encoding="utf-8")
    assert content.startswith(f'# Mine.\nquestions:\n- question: "{BUILT}"\n  article: "rivers"\n')
    assert content.endswith("- question: herons?\n  not_answered: true\n")
    told = await world.discord.wait_for(log)
    assert "questions.yaml" in told.text
    assert world.owner.mention in told.text

    other = await world.ask(LONGEST, world.owner)
    await world.press(other, "More", world.owner)
    judging = await world.press(other, "Good or wrong?", world.owner)
    right = "The articles do not answer it"
    chosen = await world.discord.select(world.owner, judging, "right", right)
    assert "version 2" in (await chosen.answer()).text
    added = f'- question: "{LONGEST}"\n  not_answered: true\n'
    assert added in questions.read_text(encoding="utf-8")
    forced = await world.discord.press(world.manager, other, "Good or wrong?", force=True)
    assert "admin_users" in (await forced.answer()).text
    judging = await world.press(more, "Good or wrong?", world.owner)
    again = await world.press(judging, "Good answer", world.owner)
    assert "already, in line" in again.text

    removed = await world.use("kb remove", world.owner, article="Of Rivers")
    assert "would be answered worse" in removed.text
    assert BUILT in removed.text
