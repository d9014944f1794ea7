"""What one process changes, the others know by being told: no timer has to run out for it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path

import pytest
from following_settings import following
from opened_records import opened
from postgres_server import PostgresServer

from bot.answers.model import Policy
from bot.chat.article_news import ArticleNews
from bot.chat.channel_settings import PlaceIds
from bot.chat.kept_settings import KeptSettings
from bot.chat.long_work import run_in_thread
from bot.knowledge_base import KnowledgeBase
from bot.records.announcements import PostgresAnnouncements
from bot.records.postgres_address import parse_address
from bot.records.shared_files import SharedFiles
from bot.server_versions import ServerVersionStore
from bot.versions.keeper import VersionKeeper

pytestmark = pytest.mark.slow

PLACE = PlaceIds(7, 71)


@contextmanager
def standing_clock() -> Iterator[None]:
    """Let no time go by for the event loop: whoever sleeps, sleeps on, and nothing is late."""
    loop = asyncio.get_running_loop()
    now_s = loop.time()
    loop.time = lambda: now_s  # type: ignore[method-assign]
    try:
        yield
    finally:
        del loop.time


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, whether time goes by or not."""
    while not holds():  # noqa: ASYNC110 (it is told to others)
        await asyncio.sleep(0)


async def make_hear(tell: Callable[[], object], heard: Callable[[], bool]) -> None:
    """Tell something until it is heard: what is told before the other listens is lost."""
    while not heard():
        told = tell()
        if asyncio.iscoroutine(told):
            await told
        await asyncio.sleep(0.05)


async def test_a_clock_that_stands_lets_no_timer_run_out() -> None:
    """Else what follows would prove nothing."""
    sleeping = asyncio.create_task(asyncio.sleep(0.001))
    with standing_clock():
        for _ in range(1_000):
            await asyncio.sleep(0)
        await asyncio.to_thread(sum, range(100_000))
        assert not sleeping.done()
    await sleeping


@asynccontextmanager
async def serving(url: str) -> AsyncIterator[KeptSettings]:
    """Give the settings of a process, which follow those of the others."""
    async with opened(url) as records, following(records) as kept:
        yield kept


def _choose(place: str, _: object) -> str:
    """Choose whether to answer in a thread, whatever holds."""
    return place


async def test_a_setting_is_known_everywhere_without_a_timer(
    postgres_server: PostgresServer,
) -> None:
    """In all other processes, each time."""
    url = postgres_server.make_database()
    async with serving(url) as here, serving(url) as there, serving(url) as yonder:

        def is_known(place: str) -> bool:
            return all(one.find_at(PLACE).values.place == place for one in (there, yonder))

        await make_hear(
            lambda: here.change(PLACE, "place", partial(_choose, "thread")),
            lambda: is_known("thread"),
        )
        with standing_clock():
            for place in ("here", "thread", "here"):
                await here.change(PLACE, "place", partial(_choose, place))
                await until(partial(is_known, place))


class Process:
    """What serves a folder, and tells the others of it."""

    def __init__(self, url: str, folder: Path) -> None:
        """Serve it, and listen soon."""
        store = ServerVersionStore(SharedFiles(parse_address(url)))
        self.base = KnowledgeBase(folder, Policy(), versions=VersionKeeper(store))
        self.announcements = PostgresAnnouncements(parse_address(url))
        self.heard = 0
        news = ArticleNews(self.base, self.announcements)
        self.announcements.listen("articles", self._count)
        self.announcements.start()
        self._task = asyncio.create_task(news.follow())

    def _count(self, _: str) -> None:
        self.heard += 1

    def reload(self) -> None:
        """Serve what the folder holds, once nobody else reads it."""
        with self.base.reading_alone(60):
            self.base.reload()

    async def end(self) -> None:
        """Listen no more."""
        self._task.cancel()
        await asyncio.wait([self._task])
        await self.announcements.close()


def are_serving(processes: list[Process], text: str) -> bool:
    """Say whether all of these serve the one article with a text."""
    return all(one.base.library.articles[0].text == text for one in processes)


async def test_a_reload_is_served_everywhere_without_a_timer(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    """Nobody looks at the folder but who is told to, and the others are told within the event."""
    url = postgres_server.make_database()
    (tmp_path / "owls.md").write_text("# Owls\n\nOwls sleep 0 hours.\n", encoding="utf-8")
    processes = [Process(url, tmp_path) for _ in range(3)]
    first, *others = processes
    try:
        await until(lambda: all(one.heard for one in processes))
        with standing_clock():
            for hours in (1, 2, 3):
                text = f"# Owls\n\nOwls sleep {hours} hours.\n"
                (tmp_path / "owls.md").write_text(text, encoding="utf-8")
                await run_in_thread(first.reload)
                await until(partial(are_serving, others, text))
    finally:
        for one in processes:
            await one.end()
