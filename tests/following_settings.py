"""What is set for channels, as a process knows it that follows the others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.chat.kept_settings import KeptSettings
from bot.records.store import Records
from bot.settings import Settings


@asynccontextmanager
async def following(
    records: Records, settings: Settings | None = None
) -> AsyncIterator[KeptSettings]:
    """Give what is set in records, kept up with what others set; ``settings`` say what is not."""
    kept = KeptSettings(records, settings or Settings())
    await kept.load()
    task = asyncio.create_task(kept.follow())
    try:
        yield kept
    finally:
        task.cancel()
        await asyncio.wait([task])
