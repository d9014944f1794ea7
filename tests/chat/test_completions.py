"""What is offered while somebody types: the nearest names of what is served now, put together once
a library.
"""

import gc
import weakref
from pathlib import Path

from conftest import World, write_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback.clock import PATIENCE_S
from rapidfuzz import fuzz, process

from bot.answers.answerer import Answerer
from bot.answers.lookup import choose_sections
from bot.articles.files import SourceFile
from bot.articles.library import Library, build
from bot.articles.parser import read_article
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
        "# Of Springs\n\n## Wellhead\n\nThe Orrin springs at Marn.\n\n## Course\n\nIt runs.\n\n"
        "## Mouth\n\nIt ends.\n\n## Bridges\n\nNone.\n",
        encoding="utf-8",
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


async def test_every_article_and_section_can_be_chosen(world: World) -> None:
    """However long its name, its path and its title are, and however alike they look, each
    choice is the very one.
    """
    for file in world.folder.iterdir():
        file.unlink()
    deep = "A folder of documents about everything that ferries need/" * 3
    titles = [
        "The rules of the harbour " * 9,
        "Über die Fähren und Brücken 🚢 " * 7,
        "Harbour",
        "x" * 240,
    ]
    for number, title in enumerate(titles * 2):
        path = (
            world.folder
            / (deep if number % 2 else "")
            / f"{title.strip()[:60].lower()} {number}.md"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        sections = "A lead.\n\n" + "".join(
            f"## {title} {part}\n\nArticle {number} part {part}.\n\n" for part in ("one", "two")
        )
        path.write_text(f"---\ntitle: {title}\n---\n\n{sections}", encoding="utf-8")
    await world.start()
    library, _ = build(world.folder)
    chosen: list[tuple[str, int]] = []
    for command, expected in (("sections", 8), ("read", 24)):
        option = {"article": ""} if command == "sections" else {"section": ""}
        choices = await world.discord.autocomplete(
            world.member, world.channel, command, within_s=PATIENCE_S, **option
        )
        assert len({choice["name"] for choice in choices}) == len(choices) == expected
        for choice in choices:
            names = ("", choice["value"]) if command == "read" else (choice["value"], "0")
            places, question = choose_sections(library, *names)
            assert question == ""
            chosen += [(article.file, section.number) for article, section in places]
    every = [(article.file, section.number) for article, section in library.sections()]
    openings = [
        (article.file, section.number)
        for article, section in library.sections()
        if not section.heading
    ]
    assert sorted(chosen) == sorted([*every, *openings])


async def test_a_long_heading_can_be_asked_for(world: World) -> None:
    """What is offered as a question is its beginning, which finds its section."""
    heading = (
        "What to do when the ferry across the Orrin does not leave the quay at Lisk on a stormy night in "
        * 2
    )
    (world.folder / "storm.md").write_text(
        f"# Storms\n\n## {heading}\n\nWait in the Black Inn.\n", encoding="utf-8"
    )
    await world.start()
    (choice,) = await world.discord.autocomplete(
        world.member, world.channel, "ask", question="stormy night"
    )
    assert "Wait in the Black Inn." in (await world.use("ask", question=choice["value"])).text


TITLES = st.text("ab é🚢", min_size=1, max_size=8).map(lambda text: f"Harbour {text.strip()} " * 20)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(TITLES | st.just("Harbour") | st.text("ab", min_size=80, max_size=240), max_size=6),
    st.booleans(),
)
def test_whatever_is_named_can_be_chosen(titles: list[str], are_deep: bool) -> None:  # noqa: FBT001
    """The value that stands for an article or a section fits into Discord's field, and leads to
    the very one.
    """
    articles = []
    for number, title in enumerate(titles):
        folder = "A folder of everything that ferries need/" * 4 if are_deep else ""
        text = f"---\ntitle: {title}\n---\n\nA lead.\n\n## {title}\n\nText {number}.\n"
        article, _ = read_article(SourceFile(f"{folder}{title[:60]} {number}.md", text, "0" * 64))
        assert article is not None
        articles.append(article)
    library = Library(tuple(articles))
    candidates = find_candidates(Answerer(library))
    assert all(0 < len(value) <= 100 for _, value in (*candidates.articles, *candidates.sections))
    by_article = [choose_sections(library, value, "0") for _, value in candidates.articles]
    by_section = [choose_sections(library, "", value) for _, value in candidates.sections]
    found = [
        (article.file, section.number) for places, _ in by_article for article, section in places
    ]
    assert sorted(found) == sorted((article.file, 0) for article in articles)
    found = [
        (article.file, section.number) for places, _ in by_section for article, section in places
    ]
    assert sorted(found) == sorted(
        (article.file, section.number) for article, section in library.sections()
    )
