"""What is offered while somebody types: the nearest names of what is served now, put together once
a library.
"""

import gc
import weakref
from pathlib import Path

from conftest import World, write_articles
from rapidfuzz import fuzz, process

from bot.answers.answerer import Answerer
from bot.articles.library import build
from bot.chat.commands.completions import find_candidates

BIRDS = ("heron", "stork", "crane", "bittern", "egret")
PLACES = ("delta", "marsh", "lake", "river mouth", "old bridge", "reed bed", "market")
HEADINGS = [f"{bird} of the {place}" for place in PLACES for bird in BIRDS]


async def test_what_holds_the_words_comes_first_then_the_nearest_in_spelling(world: World) -> None:
    """Both in order, twenty-five at most, by the likeness that rapidfuzz's own search gives, ties
    as they stand.
    """
    for file in world.folder.iterdir():
        file.unlink()
    sections = "".join(f"## {heading}\n\nText.\n\n" for heading in HEADINGS)
    (world.folder / "birds.md").write_text(f"# Birds\n\n{sections}", encoding="utf-8")
    await world.start()
    for typed in ("heorn of teh delta", "egrets", "bridge", "how does the crane nest", "zzqx", "o"):
        choices = await world.discord.autocomplete(
            world.member, world.channel, "ask", question=typed
        )
        near = process.extract(typed, HEADINGS, scorer=fuzz.WRatio, limit=25, score_cutoff=60)
        expected = [
            *(one for one in HEADINGS if typed in one),
            *(heading for heading, _, _ in near),
        ]
        assert [choice["value"] for choice in choices] == list(dict.fromkeys(expected))[:25], typed


async def test_a_reload_changes_what_is_offered(world: World) -> None:
    """Headings, sections and titles are those of what is served now, at once."""
    await world.start()
    discord, asker = world.discord, (world.member, world.channel)
    assert "Source" in [
        one["value"] for one in await discord.autocomplete(*asker, "ask", question="sourc")
    ]
    rivers = world.folder / "rivers.md"
    rivers.write_text(
        "# Of Springs\n\n## Wellhead\n\nThe Orrin springs at Marn.\n", encoding="utf-8"
    )
    await world.use("kb reload", world.manager)
    assert not await discord.autocomplete(*asker, "ask", question="sourc")
    for offered, wanted in (
        (await discord.autocomplete(*asker, "ask", question="wellh"), "Wellhead"),
        (await discord.autocomplete(*asker, "read", section="wellh"), "rivers#1"),
        (await discord.autocomplete(*asker, "ask", article="springs"), "rivers"),
    ):
        assert [one["value"] for one in offered] == [wanted]


def test_what_is_offered_is_put_together_once_and_keeps_no_library(tmp_path: Path) -> None:
    """The same object comes each time, and an answerer that nobody needs any more is gone with its
    articles.
    """
    answerer = Answerer(build(write_articles(tmp_path / "articles"))[0])
    assert find_candidates(answerer) is find_candidates(answerer)
    alive = weakref.ref(answerer)
    del answerer
    gc.collect()
    assert alive() is None
