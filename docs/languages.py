"""Draw the main cards in each language: ``python docs/languages.py [OUTDIR]``.

As ``gallery.py`` does, with a member and an editor whose Discord is in that language. Needs the
same. Writes a picture a language and the page ``languages.md`` that shows them.
"""  # noqa: INP001 (a script)

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from gallery import ASKED, ROOT, UNANSWERED, Scene
from loopback import LoopbackDiscord
from loopback.permissions import Permission

from bot.texts.languages import LANGUAGE_NAMES, LANGUAGES

WIDTH = 640
# What Discord calls them, where it has more than one.
LOCALES = {"en": "en-US", "es": "es-ES"}


async def show_cards(scene: Scene, language: str) -> list[dict[str, Any]]:
    """Use the bot as members of a language do; give what it shows."""
    discord, locale = scene.discord, LOCALES.get(language, language)
    ada, mira = (discord.add_user(name, locale=locale) for name in ("Ada", "Mira"))
    discord.add_member(scene.guild, ada)
    discord.add_member(scene.guild, mira, permissions=Permission.MANAGE_GUILD)
    scene.names |= {str(ada.id): "Ada", str(mira.id): "Mira"}
    scene.entries = []
    card = await (await discord.slash(ada, scene.channel, "ask", question=ASKED)).answer()
    more = card.buttons[-1]
    await scene.press("open", card, more.label, ada)
    why = next(button for button in card.buttons if (button.custom_id or "").startswith("why"))
    await scene.press("why", card, why.label, ada)
    follow = next(
        button for button in card.buttons if (button.custom_id or "").startswith("follow")
    )
    opened = await discord.press(ada, card, follow.label)
    await scene.use("refused", "ask", ada, question=UNANSWERED)
    await scene.use("quote", "quote", ada, text="Article 73 can not be changed by a referendum.")
    await scene.use("help", "help", ada)
    await scene.use("status", "kb status", mira)
    await scene.use("gaps", "kb gaps", mira)
    await scene.keep_window("window", opened)
    return scene.entries


async def record() -> list[dict[str, Any]]:
    """Record the cards of every language."""
    pages = []
    with tempfile.TemporaryDirectory() as folder:
        async with LoopbackDiscord() as discord:
            scene = Scene(discord)
            config = Path(folder) / "config.yaml"
            articles = Path(folder) / "knowledge"
            shutil.copytree(ROOT / "knowledge", articles)
            odd = "# Ferries\n\n## Times\n\nAt six.\n\n## Times\n\nAt ten.\n"
            (articles / "ferries.md").write_text(odd, encoding="utf-8")
            config.write_text(
                f"knowledge: {articles.name}\nrecords: records\nversions: versions\n"
                f"home_server: {scene.guild.id}\nhuman_roles: {scene.helpers.id}\n",
                encoding="utf-8",
            )
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--config", str(config),
                cwd=ROOT, env={**os.environ, **discord.environment},
            )  # fmt: skip
            try:
                await discord.ready(30)
                for language in LANGUAGES:
                    entries = await show_cards(scene, language)
                    pages.append({"name": f"language-{language}", "entries": entries})
            finally:
                # Nothing of it is kept: it need not end in order.
                process.kill()
                await process.wait()
    return pages


def write_page(page: Path) -> None:
    """Write a page that shows all pictures."""
    shown = (
        f"## {name}\n\n![{name}](pictures/language-{language}.png)\n"
        for language, name in LANGUAGE_NAMES.items()
    )
    head = (
        "# The main cards in eight languages\n\nAs `docs/languages.py` draws what the bot sends to "
        "the loopback Discord: an answer with all its buttons, why that passage, a refusal, a "
        "checked quotation, the help, what an admin reads, and a window. Quotations and headings "
        "are the articles' own words.\n"
    )
    page.write_text("\n".join([head, *shown]), encoding="utf-8")


def main() -> None:
    """Record and draw."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    payloads = folder / "payloads.json"
    payloads.write_text(json.dumps(asyncio.run(record()), indent=1), encoding="utf-8")
    draw = [sys.executable, str(ROOT / "docs" / "draw.py"), str(payloads), str(folder)]
    subprocess.run([*draw, "--width", str(WIDTH), "--ratio", "1"], check=True)  # noqa: S603 (our own script)
    write_page(folder.parent / "languages.md")
    payloads.unlink()
    for page in folder.glob("language-*.html"):
        page.unlink()


if __name__ == "__main__":
    main()
