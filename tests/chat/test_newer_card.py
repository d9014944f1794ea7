"""Two articles that say the same thing differently, asked of a running bot."""

from conftest import World

OLD = "---\ntitle: Fares of old\ndate: {}\n---\n\n## Ferry\n\nThe ferry over the Orrin costs {}.\n"


async def test_the_newer_article_comes_first_and_its_date_is_shown(world: World) -> None:
    """Whichever file comes first; when the dates change places, so do the answers."""
    fares = {"a.md": "three crowns", "b.md": "five crowns"}
    for newer, older in (("a.md", "b.md"), ("b.md", "a.md")):
        for name, date in ((newer, "2026-11-01"), (older, "2021-03-04")):
            text = OLD.format(date, fares[name])
            (world.folder / name).write_text(text, encoding="utf-8")
        if world.process is None:
            await world.start()
        else:
            await world.use("kb reload", world.manager)
        card = await world.ask("what does the ferry over the Orrin cost?")
        assert f"**The ferry over the Orrin costs {fares[newer]}.**" in card.text
        assert "2026-11-01" in card.text
        assert "2021-03-04" not in card.text
        others = await world.press(card, "Other passages")
        assert fares[older] in others.text
        assert "2021-03-04" in others.text
