"""Draw the cards as people see them: ``python docs/gallery.py [OUTDIR]``.

Starts the bot as it is with the shipped articles in a Discord on loopback, does what members and an admin do,
records what the bot sends, and hands the payloads to ``draw.py``. Needs the development requirements and
Chromium (on Debian: the packages chromium, fonts-noto-core and fonts-noto-color-emoji).
"""  # noqa: INP001 (a script)

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from loopback import LoopbackDiscord  # noqa: E402 (found only now)
from loopback.permissions import Permission  # noqa: E402
from loopback.state import Message  # noqa: E402

PHONE = 400


def entry(name: str, message: Message, asked: str, *, command: str = "") -> dict[str, Any]:
    """Make an entry of draw.py from a message that was sent."""
    by = {"author": "Ada", "command": command} if command else {"author": "Ada", "content": asked}
    payload = {"content": message.content, "components": message.components, "flags": message.flags}
    kind = "ephemeral" if message.ephemeral else "message"
    return {"name": name, "author": "Librarian", "kind": kind, "reply_to": by, "payload": payload}


async def record() -> list[dict[str, Any]]:
    """Use the bot and record what it says."""
    entries = []
    async with LoopbackDiscord() as discord:
        ada, mira = discord.add_user("Ada"), discord.add_user("Mira")
        guild = discord.add_guild("Readers", owner=mira)
        discord.add_member(guild, ada)
        discord.add_member(guild, mira, permissions=Permission.MANAGE_GUILD)
        channel = discord.add_text_channel(guild, "general")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=ROOT, env={**os.environ, **discord.environment}
        )
        try:
            await discord.ready(30)
            question = "What guarantees does Kyiv want?"
            card = await (await discord.slash(ada, channel, "ask", question=question)).answer()
            entries.append(entry("answer", card, question, command="ask"))
            more = await (await discord.press(ada, card, card.buttons[0].label or "")).answer()
            entries.append(entry("more-passages", more, question, command="ask"))
            asked = await discord.say(ada, channel, f"{discord.bot_user.mention} what did the paris sumit agree on?")
            entries.append(
                entry("mention", await discord.reply_to(asked), "@Librarian what did the paris sumit agree on?")
            )
            refused = await (await discord.slash(ada, channel, "ask", question="How do I fry doughnuts?")).answer()
            entries.append(entry("not-there", refused, "", command="ask"))
            for name, command, values in (
                ("summary", "summary", {"section": "The road from here"}),
                ("sections", "sections", {}),
                ("help", "help", {}),
                ("privacy", "privacy", {}),
            ):
                said = await (await discord.slash(ada, channel, command, options=values)).answer()
                entries.append(entry(name, said, "", command=command))
            report = await (await discord.slash(mira, channel, "kb reload")).answer()
            entries.append(entry("reload", report, "", command="kb reload"))
            status = await (await discord.slash(mira, channel, "kb status")).answer()
            entries.append(entry("status", status, "", command="kb status"))
        finally:
            process.terminate()
            await process.wait()
    return entries


def main() -> None:
    """Record and draw, for a desktop and for a phone."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    payloads = folder / "payloads.json"
    payloads.write_text(json.dumps(asyncio.run(record()), indent=1), encoding="utf-8")
    draw = str(ROOT / "docs" / "draw.py")
    subprocess.run([sys.executable, draw, str(payloads), str(folder)], check=True)  # noqa: S603 (our own script)
    phone = [sys.executable, draw, str(payloads), str(folder / "phone"), "--width", str(PHONE)]
    subprocess.run(phone, check=True)  # noqa: S603 (our own script)
    payloads.unlink()
    for page in folder.rglob("*.html"):
        page.unlink()


if __name__ == "__main__":
    main()
