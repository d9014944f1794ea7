"""All checks, for the command line and for Discord.

In: how Discord is reached, the settings, a knowledge base. Out: checks, in the order in which they
are best mended.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.doctor.discord_checks import check_discord
from bot.doctor.local_checks import FreeBytes, check_here, check_program, read_free_bytes
from bot.doctor.model import Check
from bot.doctor.rest import Rest
from bot.environment import read_connection, with_records_url, with_shards
from bot.knowledge_base import KnowledgeBase
from bot.settings import Settings, SettingsError, read_settings
from bot.texts import doctor as texts

# What is told as skipped without the settings.
_OF_SETTINGS = ("articles", "records", "versions", "disk")

# Opens the knowledge base of some settings.
Opener = Callable[[Settings], KnowledgeBase]


async def examine(
    config: Path | None,
    environment: Mapping[str, str],
    open_articles: Opener,
    *,
    clock_s: Callable[[], float] = time.time,
    free_bytes: FreeBytes = read_free_bytes,
) -> list[Check]:
    """Check a bot that need not run: what its settings say, then what Discord says."""
    checks = [check_program()]
    settings = None
    try:
        settings = with_records_url(read_settings(config), environment)
        settings = with_shards(settings, environment)
    except SettingsError as error:
        cure = texts.SETTINGS_CURE()
        checks += [Check("settings", "error", fault, cure) for fault in error.faults]
        checks += [Check(name, "skipped", texts.NEEDS_SETTINGS()) for name in _OF_SETTINGS]
    else:
        checks.append(Check("settings", "ok", texts.SETTINGS_READ()))
        checks += check_here(settings, open_articles(settings), free_bytes)
    return checks + await _examine_discord(environment, settings, clock_s)


async def _examine_discord(
    environment: Mapping[str, str], settings: Settings | None, clock_s: Callable[[], float]
) -> list[Check]:
    try:
        connection = read_connection(environment)
    except SettingsError as error:
        return [Check("token", "error", fault, texts.TOKEN_CURE()) for fault in error.faults]
    if connection.token is None:
        return [
            Check("token", "error", texts.NO_TOKEN(), texts.NO_TOKEN_CURE()),
            Check("discord", "skipped", texts.NEEDS_TOKEN()),
        ]
    async with Rest(connection.token, connection.api_url) as rest:
        return await check_discord(rest, settings, clock_s)
