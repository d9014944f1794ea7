"""In Discord: what served well keeps serving, and those who look after it are told."""

from conftest import World
from loopback.state import Message

ARMS = "How many arms has the delta?"
TYPO = "---\ntitle: Of Rivers\nsource: https://example.org/rivers\n--\nThe Orrin is long.\n"


def plain(text: str) -> str:
    """Give a text without what escapes it."""
    return text.replace("\\", "")


async def quotation(world: World) -> str:
    """Ask, and give all that the answer shows."""
    answer = await world.ask(ARMS)
    assert "nine arms" in answer.text
    return answer.text


async def reload(world: World) -> Message:
    """Use the command as the manager."""
    return await world.use("kb reload", world.manager)


async def test_a_typo_in_a_header_takes_no_article_away(world: World) -> None:
    """The answer is the same to the letter, after the reload and after a restart; the report, the
    status and the passage's proof say which version it is from; the mended file is served again.
    """
    await world.start()
    before = await quotation(world)
    good = (world.folder / "rivers.md").read_bytes()
    (world.folder / "rivers.md").write_text(TYPO, encoding="utf-8")
    report = plain((await reload(world)).text)
    assert "**Reloaded**" in report
    assert "Articles removed" not in report
    assert "**Served in an earlier version**, as the file can't be: 1 article" in report
    assert "- Of Rivers (rivers.md): version " in report
    assert "rivers.md:1: error: its last good version" in report
    for is_restarted in (False, True):
        if is_restarted:
            await world.restart()
        assert await quotation(world) == before
        status = plain((await world.use("kb status", world.manager)).text)
        assert "**Serving** 2 articles" in status
        assert "- Of Rivers (rivers.md): version " in status
        card = await world.press(await world.ask(ARMS), "More")
        proof = await world.press(card, "Verify")
        assert "can't be served as it is" in proof.text
    (world.folder / "rivers.md").write_bytes(bytes(1_000))
    report = plain((await reload(world)).text)
    assert "**1 error**" in report
    assert "rivers.md:1: error: is no text file" in report
    assert "- Of Rivers (rivers.md): version " in report
    assert "its last good version" not in report
    (world.folder / "rivers.md").write_bytes(good)
    report = plain((await reload(world)).text)
    assert "earlier version" not in report
    assert "No problems." in report
    assert any("served in earlier versions: 1, the first is rivers.md" in one for one in world.log)


async def test_a_missing_folder_is_told_until_it_is_back(world: World) -> None:
    """The failed reload, why it failed and what a restart would do stand in the status."""
    await world.start()
    world.folder.rename(world.folder.with_name("away"))
    assert "**Not reloaded**" in (await reload(world)).text
    status = plain((await world.use("kb status", world.manager)).text)
    assert "**The last reload failed**, <t:" in status
    assert "nothing in the folder can be served" in status
    assert "A restart would serve 2 articles with 5 passages." in status
    assert "error: the folder can't be read" in status
    assert "No problems." not in status
    await quotation(world)
    world.folder.with_name("away").rename(world.folder)
    assert "**Reloaded**" in (await reload(world)).text
    assert "No problems." in (await world.use("kb status", world.manager)).text


async def test_far_less_is_served_when_somebody_who_may_presses(world: World) -> None:
    """The report says how much less and what is gone; the button on it does what it says, for those
    alone who may.
    """
    await world.start()
    (world.folder / "rivers.md").unlink()
    report = await reload(world)
    text = plain(report.text)
    assert "**Not reloaded**" in text
    assert "1 article with 1 passage would be served in place of 2 articles with 5 passages" in text
    assert "Articles removed: Of Rivers (rivers): “The Orrin is " in text
    status = plain((await world.use("kb status", world.manager)).text)
    assert "A restart would serve 1 article with 1 passage." in status
    await quotation(world)
    member = world.guild.members[world.manager.id]
    roles, member.roles = member.roles, []
    refused = await world.press(report, "Serve it all the same", world.manager)
    assert "This is for those" in refused.text
    member.roles = roles
    done = await world.press(report, "Serve it all the same", world.manager)
    assert "**Reloaded**" in done.text
    assert "Articles removed: Of Rivers" in plain(done.text)
    assert "nine arms" not in (await world.ask(ARMS)).text


async def test_what_changed_is_named_and_what_cant_be_kept_is_said(world: World) -> None:
    """Added, and changed from one version to the other, by title and first words. Where the store
    can't be written, that is said at the start, in the status and after a reload.
    """
    (world.folder.parent / "versions").write_bytes(b"")
    await world.start()
    await quotation(world)
    (world.folder / "lakes.md").write_text("# Of *Lakes*\n\nLake Grell.\n", encoding="utf-8")
    towns = world.folder / "towns.md"
    towns.write_text(towns.read_text(encoding="utf-8") + "\nTolv is another.\n", encoding="utf-8")
    text = plain((await reload(world)).text)
    assert "Articles added: Of Lakes (lakes): “Lake Grell.”" in text
    (line,) = [line for line in text.splitlines() if line.startswith("Articles changed")]
    assert line.startswith("Articles changed: Of Towns (towns): “")
    told = "can't be kept: "
    assert told in text
    assert told in plain((await world.use("kb status", world.manager)).text)
    assert any(told in line for line in world.log)
