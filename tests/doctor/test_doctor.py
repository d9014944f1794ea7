"""The doctor names each fault with what mends it, and nothing that is well."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from loopback import LoopbackDiscord
from loopback.gateway import Identify
from loopback.permissions import USUAL, Permission
from loopback.state import Channel, Guild
from postgres_server import PostgresServer, run_sql

from bot.answers.model import Policy
from bot.doctor.examination import examine
from bot.doctor.local_checks import read_free_bytes
from bot.doctor.model import Check, has_error
from bot.knowledge_base import KnowledgeBase
from bot.records.postgres_address import parse_address
from bot.records.store import Records
from bot.settings import Settings
from bot.texts import doctor as texts
from bot.versions.file_store import FileVersionStore
from bot.versions.keeper import VersionKeeper

ROOT = Path(__file__).parent.parent.parent
ARTICLE = "# Of Rivers\n\nThe Orrin is the longest river of Valmora. It ends at Lisk.\n"
PLENTY = 10**12


def open_articles(settings: Settings) -> KnowledgeBase:
    """Open the articles of some settings as the command does."""
    store = None
    if settings.versions is not None:
        store = FileVersionStore(settings.versions, settings.knowledge)
    keeper = VersionKeeper(store, is_recording=False)
    base = KnowledgeBase(settings.knowledge, Policy(), saved=settings.index, versions=keeper)
    if settings.model is not None:
        base.embed_with(settings.model).wait_until_counted()
    return base


@dataclass(slots=True)
class Patient:
    """A bot's folder and settings, and the environment in which it would be started."""

    folder: Path
    settings: str = "knowledge: knowledge\nrecords: records\nversions: versions\nindex: off\n"
    environment: dict[str, str] = field(default_factory=dict)

    def write(self) -> Path:
        """Write the settings."""
        config = self.folder / "config.yaml"
        config.write_text(self.settings, encoding="utf-8")
        return config

    async def examine(
        self,
        clock_s: Callable[[], float] = time.time,
        free_bytes: Callable[[Path], int] = lambda _: PLENTY,
    ) -> list[Check]:
        """Let the doctor look."""
        config = self.write()
        return await examine(
            config, self.environment, open_articles, clock_s=clock_s, free_bytes=free_bytes
        )

    async def faults(
        self,
        clock_s: Callable[[], float] = time.time,
        free_bytes: Callable[[Path], int] = lambda _: PLENTY,
    ) -> list[Check]:
        """Give what is not as it should be."""
        checks = await self.examine(clock_s, free_bytes)
        return [check for check in checks if check.state in ("warning", "error")]

    async def fault(self, clock_s: Callable[[], float] = time.time) -> Check:
        """Give the one thing that is not as it should be; it has a cure."""
        (fault,) = await self.faults(clock_s)
        assert fault.cure
        return fault


@pytest.fixture
def here(tmp_path: Path) -> Patient:
    """Give a bot that Discord is not asked about."""
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "rivers.md").write_text(ARTICLE, encoding="utf-8")
    return Patient(tmp_path)


async def local_fault(
    patient: Patient, free_bytes: Callable[[Path], int] = lambda _: PLENTY
) -> Check:
    """Give the one fault besides that there is no token."""
    faults = await patient.faults(free_bytes=free_bytes)
    assert faults.pop().name == "token"
    (fault,) = faults
    assert fault.cure
    return fault


async def test_without_a_token_all_that_is_here_is_checked(here: Patient) -> None:
    """Nothing is made in the folder. That there is none is an error: without one no bot runs."""
    before = sorted(here.folder.rglob("*"))
    checks = await here.examine()
    states = {check.name: check.state for check in checks}
    assert states.pop("token") == "error"
    assert states.pop("discord") == "skipped"
    assert set(states.values()) == {"ok"}
    assert [one for one in sorted(here.folder.rglob("*")) if one.name != "config.yaml"] == before


async def test_wrong_settings_are_each_named(here: Patient) -> None:
    """With line and column; what depends on them is skipped, the token is looked at."""
    here.settings = "quotes: 7\nlog_chanel: 1\n"
    checks = await here.examine()
    told = [check for check in checks if check.name == "settings"]
    assert ["config.yaml:1:9" in told[0].what, "config.yaml:2:1" in told[1].what] == [True, True]
    assert [check.state for check in told] == ["error", "error"]
    assert {check.state for check in checks if check.name in ("articles", "disk")} == {"skipped"}
    assert checks[-2].name == "token"


async def test_what_is_wrong_with_the_articles_is_told(here: Patient) -> None:
    """A file that can't be served, by its place; then a folder that holds nothing, then none."""
    bad = here.folder / "knowledge" / "bad.md"
    bad.write_bytes(b"# Bad\n\nText.\0\n")
    fault = await local_fault(here)
    assert (fault.name, fault.state) == ("articles", "error")
    assert "bad.md:3:6" in fault.what
    bad.unlink()
    (here.folder / "knowledge" / "rivers.md").unlink()
    fault = await local_fault(here)
    assert fault.what == texts.NOTHING_SERVED(folder=here.folder / "knowledge")
    here.settings = here.settings.replace("knowledge: knowledge", "knowledge: nowhere")
    assert {check.name for check in await here.faults()} == {"articles", "token"}


async def test_little_room_is_told(here: Patient) -> None:
    """Where there is least: a warning, and an error where nothing can be kept any more."""
    for free, state in ((10**8, "warning"), (10**7, "error")):

        def count(folder: Path, free: int = free) -> int:
            return free if folder.name == "knowledge" else PLENTY

        fault = await local_fault(here, free_bytes=count)
        assert (fault.name, fault.state) == ("disk", state)
        assert str(here.folder / "knowledge") in fault.what
    assert read_free_bytes(here.folder) > 0


async def test_folders_that_cannot_be_kept_are_told(here: Patient) -> None:
    """A file in the place of a folder; the others are off. Without versions nothing is edited."""
    (here.folder / "file").write_text("", encoding="utf-8")
    for name in ("index", "records", "versions"):
        others = {"index", "records"} - {name}
        here.settings = f"knowledge: knowledge\n{name}: file\n"
        here.settings += "".join(f"{other}: off\n" for other in others)
        fault = await local_fault(here)
        assert (fault.name, fault.state) == (name, "error")
        assert f"{name}:" in fault.cure
    here.settings = "knowledge: knowledge\nrecords: off\nindex: off\nversions: off\n"
    fault = await local_fault(here)
    assert (fault.name, fault.state) == ("editing", "warning")
    assert "versions:" in fault.cure


async def test_folders_that_cannot_be_looked_at_are_no_fault_of_the_doctor(here: Patient) -> None:
    """What the system refuses to look at is as good as not there; the checks go on."""
    here.settings = here.settings.replace("records: records", f"records: {'r' * 300}/records")
    checks = await here.examine()
    assert [check.name for check in checks if check.name == "disk"]


async def test_damaged_records_versions_and_models_are_told(here: Patient) -> None:
    """A database that is none; a history of a newer program; a model that is not there."""
    records = here.folder / "records"
    records.mkdir(mode=0o700)
    (records / "records.sqlite3").write_bytes(b"no database, " * 1_000)
    fault = await local_fault(here)
    assert (fault.name, fault.state) == ("records", "error")
    (records / "records.sqlite3").unlink()

    store = FileVersionStore(here.folder / "versions", here.folder / "knowledge")
    store.put([b"x"])
    (kept,) = (here.folder / "versions").iterdir()
    (kept / "history.json").write_text('{"format": 99}', encoding="utf-8")
    fault = await local_fault(here)
    assert (fault.name, fault.state) == ("versions", "error")
    (kept / "history.json").unlink()

    here.settings += "model: nowhere\n"
    fault = await local_fault(here)
    assert (fault.name, fault.state) == ("model", "error")
    assert "docs/meaning.md" in fault.cure


@pytest.mark.slow
async def test_records_in_a_database_are_looked_at(
    here: Patient, postgres_server: PostgresServer
) -> None:
    """Reached, of which version, and whether its tables are made; its password is nowhere."""
    url = postgres_server.make_database()
    here.environment = {"RECORDS_URL": url}

    async def look() -> str:
        (check,) = [one for one in await here.examine() if one.name == "records"]
        assert check.state == "ok"
        return check.what

    assert "its tables are made at the next start" in await look()
    records = await Records.connect(parse_address(url), 30)
    await records.close()
    assert re.fullmatch(
        r"PostgreSQL \d+\S* .*at postgresql://127.* are those of this version", await look()
    )
    run_sql(url, "UPDATE alembic_version SET version_num = '9999'")
    assert "newer version" in (await local_fault(here)).what
    here.environment = {"RECORDS_URL": url.replace(":sesame", ":nonsense")}
    fault = await local_fault(here)
    assert "refuses the user, or the password" in fault.what
    assert "RECORDS_URL" in fault.cure
    assert "sense" not in repr(fault)
    # Versions lie there even where no records are kept.
    here.settings = here.settings.replace("records: records", "records: off")
    assert "refuses the user" in (await local_fault(here)).what
    here.environment = {"RECORDS_URL": "mysql://nonsense"}
    assert not any("nonsense" in repr(one) for one in await here.examine())


@dataclass(slots=True)
class Remote:
    """A bot's folder, and its Discord with a server and two channels."""

    patient: Patient
    discord: LoopbackDiscord
    guild: Guild
    channel: Channel
    forum: Channel


@pytest.fixture
async def remote(here: Patient) -> AsyncIterator[Remote]:
    """Give a bot whose settings name what there is, and that may do all that it needs."""
    async with LoopbackDiscord(privileged=frozenset(["message_content"])) as discord:
        guild = discord.add_guild("Readers", owner=discord.add_user("rosa"))
        channel = discord.add_text_channel(guild, "general")
        forum = discord.add_forum_channel(guild, "help")
        here.environment = dict(discord.environment)
        here.settings += (
            f"message_content: true\nhome_server: {guild.id}\nthread_channels: {channel.id}\n"
            f"forum_channels: {forum.id}\nlog_channel: {channel.id}\n"
        )
        yield Remote(here, discord, guild, channel, forum)
        # What is asked for and not there is what a doctor asks for.
        asked = [offence for offence in discord.offences if not offence.startswith("GET ")]
        assert asked == []


async def test_a_bot_that_is_well_has_no_fault(remote: Remote) -> None:
    """Every check is fine and names what it looked at; no session is opened."""
    checks = await remote.patient.examine()
    assert {check.state for check in checks} == {"ok"}
    assert {check.name for check in checks} == set(texts.NAMES)
    assert remote.discord.identifies == 0
    assert {request.method for request in remote.discord.requests} == {"GET"}
    told = " ".join(check.what for check in checks)
    assert "client_id=" in told
    assert remote.discord.token not in told


async def test_a_token_that_is_none_is_told(remote: Remote) -> None:
    """One that Discord does not know, one that can't be one, a file that is not there."""
    patient = remote.patient
    patient.environment |= {"DISCORD_TOKEN": "of.another.bot"}
    assert (await patient.fault()).what == texts.TOKEN_UNKNOWN()
    patient.environment |= {"DISCORD_TOKEN": "two words"}
    assert (await patient.fault()).name == "token"
    patient.environment |= {"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": "nowhere.txt"}
    assert "nowhere.txt" in (await patient.fault()).what


async def test_a_discord_that_does_not_answer_is_told(remote: Remote) -> None:
    """An error of its own is one thing, no connection another."""
    remote.discord.fail(503, path="/applications/@me")
    fault = await remote.patient.fault()
    assert (fault.name, fault.what) == ("application", texts.REFUSED(status=503))
    await remote.discord.api_down()
    fault = await remote.patient.fault()
    assert (fault.name, fault.cure) == ("discord", texts.UNREACHABLE_CURE())
    await remote.discord.api_up()


async def test_what_was_answered_is_kept_where_discord_stops_answering(remote: Remote) -> None:
    """The fault comes first; what was not asked any more is each told, and that it was not."""
    well = await remote.patient.examine()
    remote.discord.fail("disconnect", path=f"/channels/{remote.forum.id}", times=None)
    checks = await remote.patient.examine()
    named = {check.name: check for check in checks}
    assert named["discord"].state == "error"
    assert named["discord"].what.startswith("it stopped answering: ")
    skipped = [check.name for check in checks if check.state == "skipped"]
    assert skipped == ["forum_channels", "log_channel"]
    assert [check for check in checks if check.state == "ok"] == [
        check for check in well if check.name not in ("discord", *skipped)
    ]
    await remote.discord.api_down()
    checks = await remote.patient.examine()
    assert sorted(check.name for check in checks) == sorted(check.name for check in well)


async def test_sessions_that_are_nearly_spent_are_told(remote: Remote) -> None:
    """And when there are new ones."""
    gateway = remote.discord.core.gateway
    gateway.identifies = [Identify(remote.discord.clock.now() - 3_600, (0, 1))] * 960
    fault = await remote.patient.fault()
    assert (fault.name, fault.state) == ("sessions", "warning")
    assert (fault.what, fault.cure) == (texts.FEW_SESSIONS(40), texts.FEW_SESSIONS_CURE(23))


async def test_too_few_shards_are_told(remote: Remote) -> None:
    """Where the settings or the environment say how many; else there are as many as is wanted."""
    remote.discord.shard(4)
    patient = remote.patient
    assert await patient.faults() == []
    patient.environment["SHARD_COUNT"] = "2"
    fault = await patient.fault()
    assert fault.what == texts.FEW_SHARDS(2, recommended=4)
    patient.environment["SHARD_IDS"] = "3"
    fault = await patient.fault()
    assert (fault.name, fault.state) == ("settings", "error")
    assert "names shard 3" in fault.what


async def test_what_discord_does_not_tell_is_skipped(remote: Remote) -> None:
    """The permissions of a channel, where its server's roles are not given just now."""
    remote.discord.fail(500, path="/roles", times=None)
    checks = await remote.patient.examine()
    skipped = [check.name for check in checks if check.state == "skipped"]
    assert skipped == ["thread_channels", "forum_channels", "log_channel"]
    assert not has_error(checks)


async def test_a_wrong_clock_is_told(remote: Remote) -> None:
    """By Discord's own date; which way, too."""
    for ahead_s, way in ((90, texts.AHEAD()), (-90, texts.BEHIND())):

        def read_clock(by: int = ahead_s) -> float:
            return time.time() + by

        fault = await remote.patient.fault(read_clock)
        assert (fault.name, fault.state) == ("clock", "warning")
        assert way in fault.what


async def test_what_the_portal_says_is_told(remote: Remote) -> None:
    """An endpoint that takes the interactions, an intent that is off, a link that lacks much."""
    application = remote.discord.application
    application.endpoint_url = "https://example.org/hook"
    fault = await remote.patient.fault()
    assert (fault.name, fault.state) == ("application", "error")
    assert "https://example.org/hook" in fault.what
    application.endpoint_url = None

    application.privileged = frozenset()
    fault = await remote.patient.fault()
    assert (fault.name, fault.state) == ("intents", "error")
    application.privileged = frozenset(["message_content"])

    without_threads = int(USUAL & ~Permission.CREATE_PUBLIC_THREADS)
    application.install_params = {
        "scopes": ["applications.commands"],
        "permissions": str(without_threads),
    }
    fault = await remote.patient.fault()
    assert (fault.name, fault.state) == ("install_link", "warning")
    assert "bot, Create Public Threads" in fault.what
    assert "https://discord.com/oauth2/authorize?" in fault.cure
    address = "https://discord.com/oauth2/authorize?client_id=1&scope=bot+applications.commands"
    application.install_url = f"{address}&permissions={without_threads}"
    assert (await remote.patient.fault()).what.endswith("without Create Public Threads")
    application.install_url = "https://example.org/install"
    assert await remote.patient.faults() == []
    application.requires_code_grant = True
    assert (await remote.patient.fault()).what == texts.CODE_GRANT()


async def test_servers_are_told(here: Patient) -> None:
    """A bot in none gets the address that invites it; a home that is not its own is named."""
    async with LoopbackDiscord() as discord:
        here.environment = dict(discord.environment)
        fault = await here.fault()
        assert (fault.name, fault.state) == ("servers", "warning")
        assert "client_id=" in fault.cure
        discord.add_guild("Readers")
        here.settings += "home_server: 123456789012345678\n"
        fault = await here.fault()
        assert (fault.name, fault.state) == ("home_server", "error")


async def test_channels_that_are_not_there_are_told(remote: Remote) -> None:
    """An id of nothing, a channel that is hidden, one of another kind; each by its setting."""
    patient, channel = remote.patient, remote.channel
    settings = patient.settings
    patient.settings = settings.replace(
        f"forum_channels: {remote.forum.id}", "forum_channels: 1" + "0" * 17
    )
    fault = await patient.fault()
    assert (fault.name, fault.what) == ("forum_channels", texts.NO_CHANNEL(id="1" + "0" * 17))
    patient.settings = settings.replace(str(remote.forum.id), str(channel.id))
    fault = await patient.fault()
    assert (fault.name, fault.cure) == (
        "forum_channels",
        texts.WRONG_KIND_CURE(wanted="a forum"),
    )
    patient.settings = settings
    remote.discord.overwrite(remote.forum, remote.guild, deny=Permission.VIEW_CHANNEL)
    assert (await patient.fault()).what == texts.CHANNEL_HIDDEN(id=remote.forum.id)


async def test_each_permission_that_lacks_is_named(remote: Remote) -> None:
    """Denied to everyone, to the bot's role or to the bot; what a later layer allows does not
    lack. Without what is essential it is an error, else a warning.
    """
    patient, discord, channel = remote.patient, remote.discord, remote.channel
    role = remote.guild.bot_role
    assert role is not None
    discord.overwrite(channel, remote.guild, deny=Permission.CREATE_PUBLIC_THREADS)
    fault = await patient.fault()
    assert (fault.name, fault.state) == ("thread_channels", "warning")
    assert "#general the bot lacks Create Public Threads" in fault.what
    discord.overwrite(channel, role, allow=Permission.CREATE_PUBLIC_THREADS)
    assert await patient.faults() == []
    discord.overwrite(channel, discord.bot_user, deny=Permission.SEND_MESSAGES)
    faults = await patient.faults()
    assert [(one.name, one.state) for one in faults] == [
        ("thread_channels", "error"),
        ("log_channel", "error"),
    ]
    discord.overwrite(channel, discord.bot_user)
    discord.overwrite(remote.forum, role, deny=Permission.SEND_MESSAGES_IN_THREADS)
    assert (await patient.fault()).name == "forum_channels"
    role.permissions |= Permission.ADMINISTRATOR
    assert await patient.faults() == []


async def test_a_thread_can_be_the_log_channel(remote: Remote) -> None:
    """What counts there are the permissions of its channel."""
    patient = remote.patient
    thread = remote.discord.add_thread(remote.channel, "log")
    before, _, _ = patient.settings.partition("log_channel")
    patient.settings = before + f"log_channel: {thread.id}\n"
    assert await patient.faults() == []
    remote.discord.overwrite(remote.channel, remote.guild, deny=Permission.SEND_MESSAGES_IN_THREADS)
    assert "log_channel" in {fault.name for fault in await patient.faults()}


def test_the_command_prints_checks_and_a_code(here: Patient) -> None:
    """Lines for people or objects of the schema; 1 where there is an error."""
    environment = {key: value for key, value in os.environ.items() if "DISCORD" not in key}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", "doctor", "--config", str(here.write()), *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    done = run()
    assert (done.returncode, done.stderr) == (1, "")
    assert "DISCORD_TOKEN_FILE" in done.stdout
    here.settings = "quotes: 7\n"
    done = run("--json")
    assert (done.returncode, done.stderr) == (1, "")
    schema = json.loads((ROOT / "bot" / "schemas" / "check.json").read_text(encoding="utf-8"))
    assert schema["properties"]["name"]["enum"] == list(texts.NAMES)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    for line in lines:
        Draft202012Validator(schema).validate(line)
    assert "quotes" in lines[1]["what"]
