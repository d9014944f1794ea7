"""Articles go in, out and back from Discord: shown first, made by a press, told in the log channel."""

import asyncio
from pathlib import Path

import pytest
from conftest import World
from discord_markdown import plain
from loopback.interactions import Interaction
from loopback.permissions import Permission
from loopback.state import Channel, Message, User

WHERE = "where does the Orrin end?"
NEW_RIVERS = (
    "---\ntitle: Of Rivers\nauthor: Ada Lund\ndate: 2026-11-01\n---\n\n"
    "The Orrin is the longest river of Valmora.\n\n"
    "## Source\n\nThe Orrin rises near Marn at 1,204 metres. Snow feeds the Orrin until June.\n\n"
    "## Mouth\n\nThe Orrin ends at Tolv. Its delta has nine arms.\n\n"
    "## Ferries\n\nA ferry crosses the Orrin at Lisk every nine minutes.\n"
)


@pytest.fixture
async def desk(world: World) -> World:
    """Give a bot with a log channel, and an owner who is in the server."""
    world.discord.add_text_channel(world.guild, "log")
    world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
    world.settings += f"log_channel: '{log_channel(world).id}'\n"
    await world.start()
    return world


def log_channel(world: World) -> Channel:
    """Give the channel where changes are told."""
    channels = world.discord.core.world.channels.values()
    (channel,) = [one for one in channels if one.name == "log"]
    return channel


async def open_window(desk: World, user: User) -> Interaction:
    """Use /kb upload."""
    return await desk.discord.slash(user, desk.channel, "kb upload")


async def upload(desk: World, *files: tuple[str, bytes], user: User | None = None) -> Message:
    """Hand files in by the window, and read what is shown."""
    editor = user or desk.owner
    opened = await open_window(desk, editor)
    await opened.modal()
    sent = await desk.discord.submit_modal(editor, opened, Files=list(files))
    return await sent.answer()


def read(folder: Path) -> dict[str, str]:
    """Give what lies in the folder."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


async def test_an_article_is_shown_then_put_in_then_taken_back(desk: World) -> None:
    """Nothing changes before the press; then it is answered from; one press undoes it."""
    before = read(desk.folder)
    shown = await upload(desk, ("rivers.md", NEW_RIVERS.encode()))
    assert shown.ephemeral
    for part in (
        "Of Rivers",
        "Ada Lund",
        "2026-11-01",
        "Ferries",
        "Bridges",
        "nothing has changed",
    ):
        assert part in shown.text
    assert read(desk.folder) == before
    assert "Lisk" in (await desk.ask(WHERE)).text
    done = await desk.press(shown, "Put it in", desk.owner)
    assert "version 1" in done.text
    assert read(desk.folder)["rivers.md"] == NEW_RIVERS
    assert "Tolv" in (await desk.ask(WHERE)).text
    told = await desk.discord.wait_for(log_channel(desk))
    assert desk.owner.mention in told.text
    assert "rivers.md" in told.text
    back = await desk.press(done, "Undo this", desk.owner)
    await desk.press(back, "Go back", desk.owner)
    assert read(desk.folder) == before
    assert "Lisk" in (await desk.ask(WHERE)).text
    history = await desk.use("kb history", desk.owner)
    assert "gone back" in history.text
    assert "put in" in history.text
    compared = await desk.use("kb history", desk.owner, version=1)
    assert "Ferries" in compared.text
    (attached,) = compared.attachments
    assert b"-The Orrin ends at Lisk." in attached.content
    assert b"+The Orrin ends at Tolv." in attached.content
    since = await desk.use("kb history", desk.owner, since=1)
    assert "From version 1 to 2" in since.text
    assert "version 7 is not kept" in (await desk.use("kb history", desk.owner, version=7)).text


async def test_a_change_that_is_given_up_changes_nothing(desk: World) -> None:
    """And can't be made any more."""
    before = read(desk.folder)
    again = "---\ntitle: Of Places\n---\n\n## End\n\nLisk is the largest town on the Orrin.\n"
    shown = await upload(desk, ("x.md", again.encode()))
    assert "says the same as towns.md" in plain(shown.text)
    shown = await upload(desk, ("new.md", b"# New\n\nNews of the delta.\n"))
    assert "nothing has changed" in (await desk.press(shown, "Discard", desk.owner)).text
    assert read(desk.folder) == before


REFUSED = {
    "tool.exe": (b"MZ", "no kind of file"),
    "pack.zip": (b"PK\3\4", "no kind of file"),
    ".hidden.md": (b"# H\n\nText.\n", "begins with a dot"),
    "con.md": (b"# H\n\nText.\n", "not every disk"),
    "large.md": (b"x" * 1_100_000, "larger than"),
    "folder/good.md": (b"# T\n\nOther.\n", "has the same name"),
}


async def test_what_is_no_article_is_refused(desk: World) -> None:
    """Each file in one line that says why and what helps, nothing is written; what can't be read is
    told by its line, as on a terminal.
    """
    before = read(desk.folder)
    good = ("good.md", b"# T\n\nText.\n")
    handed_in = [(name, content) for name, (content, _) in REFUSED.items()]
    told = plain((await upload(desk, good, *handed_in)).text)
    for name, (_, why) in REFUSED.items():
        (line,) = [one for one in told.split("\n") if f"{name}:1: error: " in one]
        assert why in line
        assert line.endswith(")")
    assert told.count("good.md") == 1
    shown = await upload(desk, ("bad.md", b"# T\n\nText.\0\n"))
    assert [button.label for button in shown.buttons] == ["Discard"]
    assert "would not be served" in shown.text
    assert "bad.md\\:3\\:6: error" in shown.text
    assert read(desk.folder) == before


async def test_a_file_that_is_spoilt_is_mended_where_it_lies(world: World) -> None:
    """In its sub-folder, although nothing of it is served, and whatever its name's capitals."""
    world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
    spoilt = world.folder / "old" / "lakes.md"
    spoilt.parent.mkdir()
    spoilt.write_bytes(b"# Lakes\n\nSpoilt.\0\n")
    await world.start()
    mended = b"# Of Lakes\n\nLake Grell is deep.\n"
    shown = await upload(world, ("Lakes.md", mended))
    await world.press(shown, "Put it in", world.owner)
    assert spoilt.read_bytes() == mended
    assert sorted(read_names(world.folder)) == ["old/lakes.md", "rivers.md", "towns.md"]
    told = await upload(world, ("new.md", mended), ("NEW.md", mended))
    assert "has the same name" in told.text


def read_names(folder: Path) -> list[str]:
    """Give the names of all files of a folder."""
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


@pytest.mark.slow
async def test_a_path_of_a_client_leads_nowhere(desk: World) -> None:
    """Of what looks like a path, the last part counts."""
    shown = await upload(desk, ("..\\..\\etc\\new.md", b"# New\n\nNews of the delta.\n"))
    await desk.press(shown, "Put it in", desk.owner)
    assert "new.md" in read(desk.folder)


async def test_an_article_goes_and_gets_another_name(desk: World) -> None:
    """Taking out says what would be missing; a name that is taken is refused."""
    shown = await desk.use("kb rename", desk.owner, article="Of Towns", name="old/cities")
    assert "`towns.md` would be called `cities.md`" in shown.text
    assert "would be taken out" not in shown.text
    assert "“old” in the new name was left out" in shown.text
    done = await desk.press(shown, "Rename it", desk.owner)
    assert "Articles renamed: Of Towns (towns → cities)" in done.text
    assert "Articles added" not in done.text
    history = await desk.use("kb history", desk.owner)
    assert "renamed: `towns.md` → `cities.md`" in history.text
    assert sorted(read(desk.folder)) == ["cities.md", "rivers.md"]
    taken = await desk.use("kb rename", desk.owner, article="Of Towns", name="rivers.md")
    assert "already" in taken.text
    assert "Lisk" in (await desk.ask("what is the largest town on the Orrin?")).text
    shown = await desk.use("kb remove", desk.owner, article="Of Towns")
    assert "would be taken out" in shown.text
    assert "**1 answer** came from it" in shown.text
    fewer = await desk.use("kb remove", desk.owner, article="Of Rivers")
    assert "**Beware: far less would be served.**" in fewer.text
    assert [button.label for button in fewer.buttons] == ["Serve it anyway", "Discard"]
    await desk.press(shown, "Take it out", desk.owner)
    assert sorted(read(desk.folder)) == ["rivers.md"]


async def test_a_message_is_added_by_its_menu(desk: World) -> None:
    """Its files, or its text, named after its first line; a short text is none."""
    text = "How the ferry runs\n\n" + "The ferry of Lisk crosses the Orrin every nine minutes. " * 5
    said = await desk.discord.say(desk.member, desk.channel, text)
    used = await desk.discord.use_message_command(desk.owner, said, "Add to the articles")
    shown = await used.answer()
    assert "how-the-ferry-runs.md" in shown.text
    await desk.press(shown, "Put it in", desk.owner)
    assert "how-the-ferry-runs.md" in read(desk.folder)
    short = await desk.discord.say(desk.member, desk.channel, "ok")
    used = await desk.discord.use_message_command(desk.owner, short, "Add to the articles")
    assert "neither files nor" in (await used.answer()).text


async def test_who_may_not_edit_changes_nothing(desk: World) -> None:
    """Managers may look, not change; a press is checked anew."""
    before = read(desk.folder)
    refused = await (await open_window(desk, desk.manager)).answer()
    assert "admin_users" in refused.text
    for command, options in (
        ("kb remove", {"article": "Of Towns"}),
        ("kb rename", {"article": "Of Towns", "name": "x.md"}),
        ("kb rollback", {"version": 0}),
    ):
        assert "admin_users" in (await desk.use(command, desk.manager, **options)).text
    assert "Nothing has changed" in (await desk.use("kb history", desk.manager)).text
    assert read(desk.folder) == before


async def test_two_editors_are_told_of_each_other(desk: World) -> None:
    """Who comes second is told that the file has changed since."""
    first = await upload(desk, ("rivers.md", NEW_RIVERS.encode()))
    second = await upload(desk, ("rivers.md", NEW_RIVERS.replace("nine", "ten").encode()))
    await desk.press(first, "Put it in", desk.owner)
    late = await desk.press(second, "Put it in", desk.owner)
    assert "has been changed since" in late.text
    assert read(desk.folder)["rivers.md"] == NEW_RIVERS


@pytest.mark.slow
async def test_what_was_shown_is_forgotten_at_a_restart(desk: World) -> None:
    """And said so; nothing is half made."""
    shown = await upload(desk, ("rivers.md", NEW_RIVERS.encode()))
    await desk.restart()
    late = await desk.press(shown, "Put it in", desk.owner)
    assert "from the start" in late.text


async def test_a_header_and_a_section_are_edited_in_windows(desk: World) -> None:
    """The windows show what is there; what was changed meanwhile is not overwritten."""
    opened = await desk.discord.slash(desk.owner, desk.channel, "kb edit", article="Of Towns")
    window = await opened.modal()
    assert [field.get("value") for field in window.fields] == ["Of Towns", None, None, None, "en"]
    typed = {"Date": "2026-11-02", "Other names": "places, cities"}
    with (desk.folder / "rivers.md").open("a", encoding="utf-8") as by_hand:
        by_hand.write("\n## Herons\n\nHerons fly low.\n")
    sent = await desk.discord.submit_modal(desk.owner, opened, **typed)
    shown = await sent.answer()
    assert "2026-11-02" in shown.text
    assert "No section would change" in shown.text
    assert "in the folder meanwhile**, and served with it: Of Rivers" in shown.text
    await desk.press(shown, "Put it in", desk.owner)
    header = read(desk.folder)["towns.md"].split("---")[1]
    assert header == '\ntitle: Of Towns\ndate: "2026-11-02"\naliases: ["places", "cities"]\n'
    body = {"article": "Of Rivers", "section": "Mouth"}
    windows = [
        await desk.discord.slash(desk.owner, desk.channel, "kb edit", options=body) for _ in "12"
    ]
    for number, opened in enumerate(windows):
        (field,) = (await opened.modal()).fields
        assert field["value"].startswith("The Orrin ends at Lisk.")
        text = field["value"].replace("Lisk", "Tolv")
        sent = await desk.discord.submit_modal(desk.owner, opened, text=text)
        shown = await sent.answer()
        if number == 0:
            await desk.press(shown, "Put it in", desk.owner)
    assert "since the window was opened" in shown.text
    opened = await desk.discord.press(desk.owner, shown, "Open it again with what I typed")
    (field,) = (await opened.modal()).fields
    assert field["value"] == text
    sent = await desk.discord.submit_modal(desk.owner, opened, text=text.replace("Tolv", "Marn"))
    assert "Marn" in (await sent.answer()).text
    opened = await desk.discord.slash(desk.owner, desk.channel, "kb edit", article="Of Towns")
    await opened.modal()
    typed = {"Date": "some day", "Other names": "cities"}
    refused = await (await desk.discord.submit_modal(desk.owner, opened, **typed)).answer()
    assert "can't be “some day”" in refused.text
    opened = await desk.discord.press(desk.owner, refused, "Open it again with what I typed")
    values = [field.get("value") for field in (await opened.modal()).fields]
    assert values == ["Of Towns", "some day", None, "cities", "en"]
    sent = await desk.discord.submit_modal(desk.owner, opened, Date="2026-11-03")
    assert "2026-11-03" in (await sent.answer()).text
    assert "Tolv" in (await desk.ask(WHERE)).text
    assert read(desk.folder)["rivers.md"].count("Tolv") == 1


async def test_who_loses_the_role_changes_nothing(world: World) -> None:
    """Between the preview and the press: rights are asked for again, and the files are as before."""
    role = world.discord.add_role(world.guild, "Editors", permissions=Permission.MANAGE_GUILD)
    editor = world.discord.add_user("edda")
    world.discord.add_member(world.guild, editor, roles=[role])
    world.settings += f"admin_roles: ['{role.id}']\n"
    await world.start()
    before = read(world.folder)
    shown = await upload(world, ("rivers.md", NEW_RIVERS.encode()), user=editor)
    world.discord.set_roles(world.guild, editor, [])
    assert "admin_users" in (await world.press(shown, "Put it in", editor)).text
    assert read(world.folder) == before
    world.discord.set_roles(world.guild, editor, [role])
    assert "version 1" in (await world.press(shown, "Put it in", editor)).text
    assert read(world.folder)["rivers.md"] == NEW_RIVERS


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_a_bot_that_is_killed_while_it_writes_leaves_old_or_new(desk: World) -> None:
    """Twenty times, ever closer to the moment of writing; what is there is served after the start."""
    too_early_s, too_late_s = 0.0, 0.2
    for number in range(20):
        old = read(desk.folder)["rivers.md"]
        new = NEW_RIVERS.replace("nine minutes", f"{number + 20} minutes")
        shown = await upload(desk, ("rivers.md", new.encode()))
        pressed = await desk.discord.press(desk.owner, shown, "Put it in")
        if number == 0:
            await pressed.answer()
        delay_s = (too_early_s + too_late_s) / 2
        await asyncio.sleep(delay_s)
        await desk.kill_hard()
        await desk.start()
        there = read(desk.folder)
        assert there["rivers.md"] in (old, new)
        assert sorted(there) == ["rivers.md", "towns.md"]
        is_new = there["rivers.md"] == new
        assert is_new or number > 0
        if is_new:
            too_late_s = delay_s
        else:
            too_early_s = delay_s
        is_served = (
            f"{number + 20} minutes" in (await desk.ask("how often does a ferry cross?")).text
        )
        assert is_served is is_new
