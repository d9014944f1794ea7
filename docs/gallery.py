"""Draw the cards as people see them: ``python docs/gallery.py [OUTDIR [NAME ...]]``.

Starts the bot as it is with the shipped articles in a Discord on loopback, does what members and an
admin do, records what the bot sends, and hands the payloads to ``draw.py``. Needs the development
requirements and Chromium (on Debian: the packages chromium, fonts-noto-core and
fonts-noto-color-emoji). With names of pictures, these alone are drawn.
"""  # noqa: INP001 (a script)

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from loopback import LoopbackDiscord  # noqa: E402 (found only now)
from loopback.interactions import Interaction  # noqa: E402
from loopback.permissions import Permission  # noqa: E402
from loopback.state import Message, User  # noqa: E402

PHONE = 400
ASKED = "What guarantees does Kyiv want?"
# What is asked about the articles themselves.
REQUESTS = {
    "summary-asked": "sum up the part about Minsk II",
    "summary-of-article": "tl;dr of the grain initiative",
    "author-asked": "who wrote the article about the grain initiative?",
    "mentions-asked": "is there anything about Istanbul?",
    "articles-asked": "list articles",
}
# What an editor puts in, and has to stay answered.
FERRIES = """---
author: Mira Holm
---

# The ferries of the delta

Two ferries cross the delta all year.

## Times

The first ferry leaves at six in the morning, the last one at ten at night.

## Fares

A crossing costs four crowns. Children under twelve pay nothing.
"""
MORE = b"\n\nIn this folder it is told from the files of both sides.\n"
QUESTION_SET = """questions:
  - question: what does a crossing cost?
    sentence: A crossing costs four crowns.
"""
UNANSWERED = "How did Zelinski fry doughnuts in Istanbul?"


class Scene:
    """A server with two members, and what was recorded there."""

    def __init__(self, discord: LoopbackDiscord) -> None:
        """Set the scene."""
        self.discord = discord
        self.ada, self.mira = discord.add_user("Ada"), discord.add_user("Mira")
        self.guild = discord.add_guild("Readers", owner=self.mira)
        discord.add_member(self.guild, self.ada)
        discord.add_member(self.guild, self.mira, permissions=Permission.MANAGE_GUILD)
        self.channel = discord.add_text_channel(self.guild, "general")
        self.helpers = discord.add_role(self.guild, "helpers", mentionable=True)
        self.names = {
            str(self.helpers.id): "helpers",
            str(self.ada.id): "Ada",
            str(self.mira.id): "Mira",
            str(discord.bot_user.id): "Librarian",
        }
        self.entries: list[dict[str, Any]] = []

    def keep(
        self, name: str, message: Message, *, command: str = "", asked: str = "", by: str = "Ada"
    ) -> Message:
        """Make an entry of draw.py from what a message shows now, and who asked for it how."""
        cause = {"command": command} if command else {"content": asked}
        components = json.dumps(message.components)
        for file in message.attachments:
            if file.filename.endswith(".png"):
                picture = f"data:image/png;base64,{b64encode(file.content).decode()}"
                components = components.replace(file.url, picture)
        payload = {
            "content": message.content,
            "components": json.loads(components),
            "attachments": [{"filename": file.filename} for file in message.attachments],
            "flags": message.flags,
        }
        entry = {
            "name": name,
            "author": "Librarian",
            "kind": "ephemeral" if message.ephemeral else "message",
            "payload": payload,
            "names": self.names,
        }
        self.entries.append(
            entry | ({"reply_to": {"author": by, **cause}} if command or asked else {})
        )
        return message

    async def keep_window(self, name: str, opened: Interaction) -> None:
        """Make an entry of draw.py from a window that opens."""
        window = await opened.modal()
        payload = {"title": window.title, "components": window.components}
        entry = {"name": name, "author": "Librarian", "kind": "modal", "payload": payload}
        self.entries.append(entry | {"names": self.names})

    async def use(
        self,
        name: str,
        command: str,
        user: User | None = None,
        **options: Any,  # noqa: ANN401
    ) -> Message:
        """Use a command, and keep what it gives."""
        asked = await self.discord.slash(user or self.ada, self.channel, command, options=options)
        return self.keep(name, await asked.answer(), command=command, by=(user or self.ada).name)

    async def press(
        self, name: str, card: Message, button: str, user: User | None = None
    ) -> Message:
        """Press a button, and keep what it gives."""
        return self.keep(
            name, await (await self.discord.press(user or self.ada, card, button)).answer()
        )

    async def mention(self, name: str, question: str) -> Message:
        """Mention the bot, and keep its reply."""
        asked = await self.discord.say(
            self.ada, self.channel, f"{self.discord.bot_user.mention} {question}"
        )
        return self.keep(name, await self.discord.reply_to(asked), asked=f"@Librarian {question}")


async def ask_and_go_deeper(scene: Scene) -> None:
    """Ask, and press what can be pressed."""
    card = await scene.use("answer", "ask", question=ASKED)
    await scene.press("other-passages", card, "Other passages")
    opened = await scene.discord.press(scene.ada, card, "Follow up")
    window = await opened.modal()
    payload = {"title": window.title, "components": window.components}
    scene.entries.append(
        {"name": "follow-up-window", "author": "Librarian", "kind": "modal", "payload": payload}
    )
    followed = await (
        await scene.discord.submit_modal(scene.ada, opened, text="and what does Moscow want?")
    ).answer()
    scene.keep("follow-up", followed)
    await scene.press("helpful", card, "Helpful")
    visitor = scene.discord.add_user("Bo")
    scene.discord.add_member(scene.guild, visitor)
    await scene.press("more-for-others", card, "More", visitor)
    await scene.press("answer-open", card, "More")
    for name, button in (
        ("section", "Read the section"),
        ("why", "Why this passage"),
        ("verify", "Verify"),
    ):
        await scene.press(name, card, button)
    await scene.mention("mention", "what did the paris sumit agree on?")
    await scene.mention("goodbye", "ok, bye!")
    await scene.mention("faint", "will they ever meet?")
    for name, asked in REQUESTS.items():
        await scene.mention(name, asked)
    pointed = await scene.discord.say(scene.mira, scene.channel, "where could they even meet?")
    used = await scene.discord.use_message_command(scene.ada, pointed, "Find the passage")
    private = scene.keep("menu", await used.answer(), command="Find the passage")
    await scene.press("shared", private, "Share here")
    pointing = await scene.discord.say(
        scene.ada,
        scene.channel,
        f"{scene.discord.bot_user.mention} can you help?",
        reply_to=pointed,
    )
    scene.keep("pointing", await scene.discord.reply_to(pointing), asked="@Librarian can you help?")
    refused = await scene.use("not-there", "ask", question=UNANSWERED)
    await (await scene.discord.press(scene.ada, refused, "Ask a human")).answer()
    scene.keep(
        "human", await scene.discord.wait_for(scene.channel, lambda message: bool(message.pings))
    )
    scene.keep("not-there-passed-on", refused, command="ask")


async def look_around(scene: Scene) -> None:
    """Browse, check quotations, read what an admin reads."""
    shown: list[tuple[str, str, dict[str, Any]]] = [
        ("articles", "articles", {}),
        ("sections", "sections", {"article": "minsk"}),
        ("summary", "summary", {"section": "The road from here"}),
        ("read", "read", {"section": "What moves the two presidents"}),
        ("help", "help", {}),
        ("privacy", "privacy", {}),
    ]
    for name, command, options in shown:
        await scene.use(name, command, **options)
    article = (ROOT / "knowledge" / "zelenskyy-putin-meeting.md").read_text(encoding="utf-8")
    sentence = next(line for line in article.split("\n") if "Article 73" in line).split(": ", 1)[-1]
    found = await scene.use("quote-found", "quote", text=sentence)
    await scene.press("quote-shared", found, "Share here")
    await scene.use(
        "quote-altered", "quote", text=sentence.replace("73", "37").replace("only ", "not ")
    )
    await scene.use(
        "quote-not-there", "quote", text="Both presidents have promised to fry doughnuts together."
    )
    for name, command in (
        ("help-managing", "help"),
        ("reload", "kb reload"),
        ("status", "kb status"),
        ("stats", "kb stats"),
        ("doctor", "kb doctor"),
    ):
        await scene.use(name, command, scene.mira)
    await scene.use("votes", "kb votes", scene.mira)
    await close_a_gap(scene)
    await keep_an_answer(scene)
    await scene.use("forget-me", "forget-me")


async def set_a_channel(scene: Scene) -> None:
    """Set how the bot answers on the server, and in a channel."""
    card = await scene.use("settings", "kb settings", scene.mira)
    used = await scene.discord.select(scene.mira, card, "set:0:sureness", "likely")
    await used.answer()
    opened = await scene.discord.slash(scene.mira, scene.channel, "kb channel")
    menu = f"set:{scene.channel.id}:answers"
    used = await scene.discord.select(scene.mira, await opened.answer(), menu, "questions")
    card = scene.keep("channel-settings", await used.answer(), command="kb channel", by="Mira")
    used = await scene.discord.press(scene.mira, card, "Choose articles")
    scene.keep("channel-articles", await used.answer(), command="kb channel", by="Mira")
    await import_settings(scene)
    for setting in ("0:sureness", f"{scene.channel.id}:answers"):
        panel = await scene.discord.slash(scene.mira, scene.channel, "kb settings")
        if not setting.startswith("0:"):
            panel = await scene.discord.slash(scene.mira, scene.channel, "kb channel")
        used = await scene.discord.select(
            scene.mira, await panel.answer(), f"set:{setting}", "unset"
        )
        await used.answer()


async def import_settings(scene: Scene) -> None:
    """Show what a file of settings would change."""
    panel = await scene.discord.slash(scene.mira, scene.channel, "kb settings")
    opened = await scene.discord.press(scene.mira, await panel.answer(), "Import YAML")
    await scene.keep_window("settings-file", opened)
    text = "server:\n  sureness: sure\n  language: uk\n"
    files = [("settings.yaml", text.encode())]
    sent = await scene.discord.submit_modal(scene.mira, opened, files=files)
    scene.keep("settings-import", await sent.answer(), command="kb settings", by="Mira")


async def close_a_gap(scene: Scene) -> None:
    """Open a gap, its windows, and put it out of scope and back."""
    gaps = await scene.use("gaps", "kb gaps", scene.mira)
    gap = await scene.press("gap", gaps, "Close it", scene.mira)
    for name, button in (
        ("gap-means", "Means the same as …"),
        ("gap-write", "Write it"),
        ("gap-answered-here", "Is answered here"),
    ):
        opened = await scene.discord.press(scene.mira, gap, button)
        await scene.keep_window(name, opened)
    sent = await scene.discord.submit_modal(scene.mira, opened)
    scene.keep("gap-link-shown", await sent.answer())
    await scene.press("gap-out-of-scope", gap, "Out of scope", scene.mira)
    # Nobody presses so much at once, and the bot says so.
    await asyncio.sleep(20)
    listed = await (await scene.discord.slash(scene.mira, scene.channel, "kb gaps")).answer()
    await scene.press("out-of-scope", listed, "Out of scope (1)", scene.mira)
    await scene.press("in-scope", listed, "Undo", scene.mira)


async def keep_an_answer(scene: Scene) -> None:
    """Have a member asked whether an answer may be kept."""
    asked = await scene.discord.say(scene.mira, scene.channel, UNANSWERED)
    said = await scene.discord.say(
        scene.ada, scene.channel, "He did not: that was a cook of the same name.", reply_to=asked
    )
    opened = await scene.discord.use_message_command(scene.mira, said, "Keep as an answer")
    await opened.modal()
    await scene.discord.submit_modal(scene.mira, opened, question=UNANSWERED)
    scene.keep("keep", await scene.discord.wait_for(scene.channel, lambda one: bool(one.pings)))


async def judge_an_answer(scene: Scene) -> None:
    """Say of an answer that it was good."""
    asked = await scene.discord.slash(scene.mira, scene.channel, "ask", question=ASKED)
    card = await asked.answer()
    await scene.press("more-for-editors", card, "More", scene.mira)
    judging = await scene.press("judging", card, "Good or wrong?", scene.mira)
    await scene.press("judged", judging, "Good answer", scene.mira)
    asked = await scene.discord.slash(scene.ada, scene.channel, "ask", question=UNANSWERED)
    more = await scene.press("more-for-editors-refused", await asked.answer(), "More", scene.mira)
    await scene.press("judging-refused", more, "Good or wrong?", scene.mira)


async def edit_the_articles(scene: Scene, articles: Path) -> None:
    """Put an article in, edit it, look back, take another out; read what an editor reads of it."""
    minsk = (articles / "minsk-agreements.txt").read_text(encoding="utf-8")
    questions = articles / "questions.yaml"
    questions.write_text(QUESTION_SET, encoding="utf-8")
    opened = await scene.discord.slash(scene.mira, scene.channel, "kb upload")
    await scene.keep_window("upload", opened)
    refused = [("timetable.exe", b"MZ"), ("ferries.md", b" " * 1_100_000)]
    sent = await scene.discord.submit_modal(scene.mira, opened, Files=refused)
    scene.keep("upload-refused", await sent.answer(), command="kb upload", by="Mira")
    opened = await scene.discord.slash(scene.mira, scene.channel, "kb upload")
    await opened.modal()
    files = [("ferries.md", FERRIES.encode()), ("minsk-agreements.txt", minsk.encode() + MORE)]
    sent = await scene.discord.submit_modal(scene.mira, opened, Files=files)
    shown = scene.keep("upload-shown", await sent.answer(), command="kb upload", by="Mira")
    done = await scene.press("upload-done", shown, "Put it in", scene.mira)
    opened = await scene.discord.slash(
        scene.mira, scene.channel, "kb edit", article="The ferries of the delta"
    )
    await scene.keep_window("edit", opened)
    sent = await scene.discord.submit_modal(scene.mira, opened, Date="2026-11-29")
    await scene.press("edit-done", await sent.answer(), "Put it in", scene.mira)
    await scene.use("remove", "kb remove", scene.mira, article="The ferries of the delta")
    opened = await scene.discord.slash(
        scene.mira, scene.channel, "kb edit", article="The ferries of the delta", section="Fares"
    )
    await scene.keep_window("edit-section", opened)
    sent = await scene.discord.submit_modal(scene.mira, opened, text="A crossing is free.")
    scene.keep("edit-loses-a-question", await sent.answer(), command="kb edit", by="Mira")
    # Nobody presses so much at once, and the bot says so.
    await asyncio.sleep(20)
    await scene.use("history", "kb history", scene.mira)
    await scene.use("history-of-a-version", "kb history", scene.mira, version=2)
    await scene.use("export", "kb export", scene.mira)
    back = await scene.press("undo", done, "Undo this", scene.mira)
    await (await scene.discord.press(scene.mira, back, back.buttons[0].label)).answer()
    questions.unlink()


async def spoil_the_articles(scene: Scene, articles: Path) -> None:
    """Spoil a file, take the folder away, delete most files; read what an admin reads of it."""
    meeting = articles / "zelenskyy-putin-meeting.md"
    good = meeting.read_bytes()
    # As a power cut may leave it.
    meeting.write_bytes(bytes(5_000))
    await scene.use("reload-earlier-version", "kb reload", scene.mira)
    await scene.use("status-earlier-version", "kb status", scene.mira)
    asked = await scene.discord.slash(scene.ada, scene.channel, "ask", question=ASKED)
    card = await asked.answer()
    await (await scene.discord.press(scene.ada, card, "More")).answer()
    await scene.press("verify-earlier-version", card, "Verify")
    away = shutil.move(articles, articles.with_name("away"))
    await scene.use("reload-refused", "kb reload", scene.mira)
    shutil.move(away, articles)
    meeting.write_bytes(good)
    for name in ("black-sea-grain-initiative.md", "minsk-agreements.txt"):
        (articles / name).unlink()
    waiting = await scene.use("reload-waits", "kb reload", scene.mira)
    await scene.use("status-reload-failed", "kb status", scene.mira)
    await scene.press("reload-all-the-same", waiting, "Serve it all the same", scene.mira)


async def record() -> list[dict[str, Any]]:
    """Use the bot and record what it says."""
    with tempfile.TemporaryDirectory() as folder:
        async with LoopbackDiscord() as discord:
            scene = Scene(discord)
            config = Path(folder) / "config.yaml"
            settings = (
                f"records: records\nversions: versions\nhuman_roles: {scene.helpers.id}\n"
                f"admin_users: ['{scene.mira.id}']\n"
                "questions_per_person: 100\nquestions_per_channel: 100\n"
            )
            articles = Path(folder) / "knowledge"
            shutil.copytree(ROOT / "knowledge", articles)
            config.write_text(f"knowledge: {articles.name}\n{settings}", encoding="utf-8")
            async with running(discord, config):
                await ask_and_go_deeper(scene)
                await look_around(scene)
                await set_a_channel(scene)
            log = discord.add_text_channel(scene.guild, "log")
            with config.open("a", encoding="utf-8") as file:
                file.write(f"digest: weekly\nlog_channel: {log.id}\n")
            count_long_ago(Path(folder) / "records" / "records.sqlite3")
            async with running(discord, config):
                scene.keep("digest", await discord.wait_for(log))
                await edit_the_articles(scene, articles)
                scene.keep("log-channel", log.messages[-1])
                await judge_an_answer(scene)
                await spoil_the_articles(scene, articles)
    return scene.entries


def count_long_ago(file: Path) -> None:
    """Let something have been asked more than a week ago, so that a digest is due."""
    with closing(sqlite3.connect(file)) as records, records:
        row = "date('now', '-8 days'), 0, 'answered', '', 1"
        records.execute(f"INSERT INTO day_counts VALUES ({row})")  # noqa: S608 (of this line)


@asynccontextmanager
async def running(discord: LoopbackDiscord, config: Path) -> AsyncIterator[None]:
    """Have the bot run as it is, and end it in order, so that it keeps what it has counted."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(config),
        cwd=ROOT, env={**os.environ, **discord.environment},
    )  # fmt: skip
    try:
        await discord.ready(30)
        yield
        process.terminate()
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def write_page(page: Path, names: Sequence[str]) -> None:
    """Write a page that shows all pictures."""
    shown = (
        f"## {name.replace('-', ' ').capitalize()}\n\n![{name}](pictures/{name}.png)\n"
        for name in names
    )
    head = "# The cards\n\nAs `docs/gallery.py` draws what the bot sends to the loopback Discord.\n"
    page.write_text("\n".join([head, *shown]), encoding="utf-8")


def main() -> None:
    """Record and draw, for a desktop and for a phone."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    payloads = folder / "payloads.json"
    entries = asyncio.run(record())
    drawn = [one for one in entries if one["name"] in sys.argv[2:] or len(sys.argv) <= 2]
    payloads.write_text(json.dumps(drawn, indent=1), encoding="utf-8")
    draw = str(ROOT / "docs" / "draw.py")
    subprocess.run([sys.executable, draw, str(payloads), str(folder)], check=True)  # noqa: S603 (our own script)
    phone = [sys.executable, draw, str(payloads), str(folder / "phone"), "--width", str(PHONE)]
    subprocess.run(phone, check=True)  # noqa: S603 (our own script)
    write_page(
        folder.parent / "gallery.md",
        [one["name"] for one in entries],
    )
    payloads.unlink()
    for page in folder.rglob("*.html"):
        page.unlink()


if __name__ == "__main__":
    main()
