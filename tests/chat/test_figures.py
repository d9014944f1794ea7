"""Figures of what is asked: `/kb stats`, and the digest of a week, once a week over restarts."""

import asyncio
import datetime as dt
import importlib.util
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from conftest import World
from discord.ui import TextDisplay
from loopback.permissions import Permission
from loopback.state import Message

from bot.chat.figures import DayFigures, Statistics, count_answers, sum_up
from bot.chat.ui.chart import describe_questions, draw_questions
from bot.chat.ui.figure_cards import make_statistics_card
from bot.records.model import DayCount

TODAY = dt.date(2026, 3, 30)
HAS_CHARTS = importlib.util.find_spec("matplotlib") is not None


def on(days_ago: int, *counts: tuple[str, str, int]) -> list[DayCount]:
    """Count on a day."""
    day = TODAY - dt.timedelta(days=days_ago)
    return [DayCount(day, kind, what, times) for kind, what, times in counts]  # type: ignore[arg-type]


COUNTS = [
    *on(40, ("answered", "", 99), ("article", "a", 99), ("read", "s1", 99)),
    *on(6, ("answered", "", 8), ("section", "s1", 5), ("section", "s2", 3), ("article", "a", 8)),
    *on(6, ("refused", "not_in_articles", 2), ("refused", "busy", 1), ("time", "50", 9)),
    *on(6, ("refused", "not_sure", 7), ("time", "250", 1), ("helpful", "", 4)),
    *on(0, ("answered", "", 9), ("read", "s2", 5), ("article", "b", 1), ("unhelpful", "", 1)),
    *on(0, ("time", "50", 9), ("time", "", 1)),
]


def test_counts_are_summed_up() -> None:
    """Each day has its own figures, also one without any; times are bounds that hold for a share;
    what is older counts no more.
    """
    found = sum_up(COUNTS, TODAY, 7)
    assert [(one.answered, one.refused) for one in found.days] == [(8, 2), *[(0, 0)] * 5, (9, 0)]
    assert (found.answered, found.refused, found.unserved, found.asked) == (17, 2, 1, 20)
    assert (found.helpful, found.unhelpful) == (4, 1)
    assert [(one.section, one.quoted, one.read) for one in found.sections] == [
        ("s2", 3, 5),
        ("s1", 5, 0),
    ]
    assert (found.median_s, found.p95_s) == (0.05, 0.25)
    assert count_answers(COUNTS, "a") == 107
    assert sum_up([], TODAY, 30) == Statistics(sum_up(COUNTS[:1], TODAY, 30).days)


def texts_of(statistics: Statistics, picture: tuple[str, str] | None = None) -> str:
    """Give what a card says."""
    card = make_statistics_card("### Head", statistics, [], [], picture)
    shown = [item.content for item in card.walk_children() if isinstance(item, TextDisplay)]
    return "\n".join(shown)


def test_without_a_picture_there_is_a_table_that_fits_a_phone() -> None:
    """A line for each day on which something was asked, and no line is longer than a phone shows."""
    shown = texts_of(sum_up(COUNTS, TODAY, 7))
    table = shown.partition("```")[2].partition("```")[0].split("\n")
    assert [line.split() for line in table if line] == [
        ["day", "answered", "not"],
        ["03-30", "9", "0"],
        ["03-24", "8", "2"],
    ]
    assert max(map(len, table)) <= 34
    assert "20 questions: 17 answered, 2 not in the articles" in shown
    assert "within 0.05 s, 95 of 100 within 0.25 s" in shown
    assert "```" not in texts_of(sum_up(COUNTS, TODAY, 7), ("questions.png", "Bars."))
    assert "Nothing was asked" in texts_of(sum_up([], TODAY, 7))


def test_no_time_is_told_where_nothing_was_looked_for() -> None:
    """Of questions that all met a limit nobody knows how long an answer takes."""
    shown = texts_of(sum_up(on(0, ("refused", "busy", 3)), TODAY, 7))
    assert "3 questions: 0 answered" in shown
    assert "within" not in shown


def days_of(figures: Sequence[tuple[int, int]]) -> tuple[DayFigures, ...]:
    """Make figures of days that follow one another."""
    first = TODAY - dt.timedelta(days=len(figures) - 1)
    return tuple(
        DayFigures(first + dt.timedelta(days=number), *one) for number, one in enumerate(figures)
    )


def test_the_picture_is_told_in_words() -> None:
    """Whoever does not see it knows the days, the sums and the busiest day."""
    told = describe_questions(Statistics(days_of([(1, 0), (1_000, 30), (2, 3)])))
    assert "from 28 March to 30 March" in told
    assert "Answered: 1,003; not in the articles: 33." in told
    assert "on 29 March: 1,030" in told


def test_the_picture_is_one_for_a_phone() -> None:
    """A PNG, wider than high, of few bytes; also of a day on which nothing was asked."""
    pytest.importorskip("matplotlib", reason="requirements-charts.txt is not installed")
    for days in (days_of([(40, 3)] * 30), days_of([(0, 0)] * 7), days_of([(100_000, 0)])):
        content = draw_questions(days)
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        assert content.startswith(b"\x89PNG")
        assert (width, height) == (1000, 740)
        assert len(content) < 100_000


def check_picture(message: Message) -> None:
    """Check that a message shows a picture with a description, if pictures can be drawn."""
    if not HAS_CHARTS:
        assert "```" in message.text
        assert message.attachments == []
        return
    (attachment,) = message.attachments
    assert attachment.content.startswith(b"\x89PNG")
    assert "Answered: 1;" in (attachment.description or "")
    assert str(attachment.description) in str(message.components)


def count_long_ago(world: World) -> None:
    """Let the bot have been asked something more than a week ago, so that a digest is due."""
    with closing(sqlite3.connect(world.folder.parent / "records" / "records.sqlite3")) as records:
        records.execute(
            "INSERT INTO day_counts VALUES (date('now', '-8 days'), 0, 'answered', '', 1)"
        )
        records.commit()


@pytest.mark.slow
async def test_figures_are_shown_and_told_once_a_week(world: World) -> None:
    """To those who manage the server, and in the log channel, as soon as the bot may write there;
    with what was asked in vain, and nobody's name; over a restart it is not told again.
    A kill while it is sent loses none.
    """
    log = world.discord.add_text_channel(world.guild, "log")
    world.discord.overwrite(log, world.guild, deny=Permission.SEND_MESSAGES)
    world.settings += f"log_channel: '{log.id}'\ndigest: weekly\n"
    await world.start()
    card = await world.ask("Who built the first bridge?")
    await world.press(card, "Helpful")
    await world.press(card, "More")
    await world.press(card, "Read the section")
    await world.ask("How do I fry doughnuts?")
    await world.mention("thank you!")
    shown = await world.use("kb stats", world.manager)
    assert shown.ephemeral
    for part in (
        "2 questions: 1 answered, 1 not in the articles",
        "1 helpful, 0 not",
        "**Bridges** · Of Rivers · quoted once, opened once",
        "fry doughnuts? · once, on ",
    ):
        assert part in shown.text
    assert str(world.member.id) not in str(shown.components)
    check_picture(shown)
    forced = await world.discord.slash(world.member, world.channel, "kb stats", force=True)
    assert "fry doughnuts" not in (await forced.answer()).text
    while "digest can't be told" not in "".join(world.log):  # noqa: ASYNC110 (of a process)
        await asyncio.sleep(0.01)
    world.discord.overwrite(log, world.guild)
    assert await world.stop() == 0
    count_long_ago(world)
    refusing = world.discord.fail(503, path=f"/channels/{log.id}/messages", times=None)
    await world.start()
    while not refusing.hits:  # noqa: ASYNC110 (of a process)
        await asyncio.sleep(0.01)
    await world.kill_hard()
    refusing.stop()
    await world.start()
    told = await world.discord.wait_for(log)
    assert "The last week" in told.text
    assert "2 questions: 1 answered" in told.text
    check_picture(told)
    await world.restart()
    await world.ask("Where does the Orrin end?")
    assert [one.id for one in log.messages if one.author == world.discord.bot_user] == [told.id]


def test_a_digest_is_off_unless_it_is_asked_for(tmp_path: Path) -> None:
    """And a word that is none is refused."""
    from bot.settings import Settings, SettingsError, read_settings  # noqa: PLC0415

    assert Settings().digest == "off"
    (tmp_path / "config.yaml").write_text("digest: daily\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="off, weekly"):
        read_settings(tmp_path / "config.yaml")
