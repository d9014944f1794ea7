"""Settings are read strictly, and every fault is named with its line."""

from dataclasses import fields
from pathlib import Path

import pytest

from bot.answers.model import Policy
from bot.environment import (
    find_heartbeat,
    list_passwords,
    read_connection,
    with_records_url,
    with_shards,
)
from bot.settings import (
    Address,
    Secret,
    ServerArticles,
    Settings,
    SettingsError,
    read_settings,
)


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No config.yaml is no fault."""
    monkeypatch.chdir(tmp_path)
    assert read_settings(None) == Settings()


def test_the_defaults_are_those_of_the_answers() -> None:
    """The program answers as the library does."""
    assert Policy(Settings().threshold, Settings().quotes) == Policy()


def test_config_yaml_in_this_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A config.yaml that lies here is taken without being named."""
    (tmp_path / "config.yaml").write_text("quotes: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_settings(None) == Settings(quotes=1)


def test_a_folder_is_relative_to_the_file(tmp_path: Path) -> None:
    """Settings mean the same wherever the program is started."""
    config = tmp_path / "my.yaml"
    config.write_text("\ufeffknowledge: articles\nthreshold: 0.35\nquotes: 2\n", encoding="utf-8")
    assert read_settings(config) == Settings(tmp_path / "articles", threshold=0.35, quotes=2)


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    """A file with nothing but comments holds the defaults."""
    config = tmp_path / "my.yaml"
    config.write_text("# nothing yet\n", encoding="utf-8")
    assert read_settings(config) == Settings()


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    """All wrong keys and values are told in one go, each with line and column."""
    config = tmp_path / "my.yaml"
    config.write_text(
        "thresold: 0.5\nthreshold: high\nquotes: 7\nknowledge: [a]\n", encoding="utf-8"
    )
    with pytest.raises(SettingsError) as caught:
        read_settings(config)
    names = ", ".join(field.name for field in fields(Settings))
    assert [fault.removeprefix(str(config)) for fault in caught.value.faults] == [
        f':1:1: "thresold" is not a setting (there are {names})',
        ':2:12: threshold: "high" is not a number from 0 to 1',
        ':3:9: quotes: "7" is not 1, 2 or 3',
        ":4:12: knowledge: a single value is wanted",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{number}: 1\n" for number in range(5_000)),
        "k" * 60_000 + ": 1\n",
        "quotes: " + "7" * 60_000,
        "threshold: " + "\u202e" * 20_000,
        "x: [" + "a, " * 20_000 + "\n",
        "k: 1\n" * 2 + "k" * 50_000 + ": 1\n",
        "!" + "t" * 60_000 + " x: 1\n",
    ],
    ids=range(7),
)
def test_what_is_told_of_a_huge_file_is_short(tmp_path: Path, text: str) -> None:
    """At most a hundred faults, each of a length that people read, and how many more there are."""
    config = tmp_path / "my.yaml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings(config)
    faults = caught.value.faults
    assert 1 <= len(faults) <= 101
    assert max(map(len, faults)) < 700 + len(str(config))
    assert len(faults) < 101 or faults[-1].endswith("4,900 faults more are not listed")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("quotes: 1\nquotes: 2\n", '2:1: duplicate key "quotes" (it stands in line 1 already)'),
        ("- a\n", "1:1: not `key: value` lines (for example knowledge: articles)"),
        ("threshold: nan\n", '1:12: threshold: "nan" is not a number from 0 to 1'),
        (
            "admin_users: [12, x]\n",
            '1:14: admin_users: "12" is not an id of Discord, a number of 17 to 20 digits',
        ),
        (
            "home_server: here\n",
            '1:14: home_server: "here" is not an id of Discord, a number of 17 to 20 digits',
        ),
        (
            "questions_per_person: 0\n",
            '1:23: questions_per_person: "0" is not a number from 1 to 3600',
        ),
        ("message_content: yes\n", '1:18: message_content: "yes" is not true or false'),
        ('ignore: ["a/", "[z-a]"]\n', '1:9: ignore: "[z-a]" is not a pattern as in a .gitignore'),
        ('ignore: "# all"\n', '1:9: ignore: "# all" is not a pattern as in a .gitignore'),
        ("unanswered_days: 400\n", '1:18: unanswered_days: "400" is not a number from 0 to 365'),
        (
            "health: here\n",
            '1:9: health: "here" is not a port, an address and a port (127.0.0.1:8081), or off',
        ),
        (
            "health: 127.0.0.1:65536\n",
            (
                '1:9: health: "127.0.0.1:65536" is not a port, an address and a port '
                "(127.0.0.1:8081), or off"
            ),
        ),
        ("log_level: all\n", '1:12: log_level: "all" is not one of debug, info, warning'),
        (
            "forum_channels: 123456789012345678\n",
            (
                "1:1: forum_channels needs message_content: true (a post mentions nobody, so "
                "it can't be read without)"
            ),
        ),
        (
            "knowledge: *a\n",
            "1:12: anchors and aliases (& and *) are not read (put the value in quotes)",
        ),
    ],
)
def test_a_fault_names_its_place_and_its_cure(tmp_path: Path, text: str, fault: str) -> None:
    """What is wrong, where, and how to mend it."""
    config = tmp_path / "my.yaml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings(config)
    assert caught.value.faults == [f"{config}:{fault}"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    """A file that was named but can't be read is a fault, not a default."""
    config = tmp_path / "my.yaml"
    if content is not None:
        config.write_bytes(content)
    with pytest.raises(SettingsError, match=r"my\.yaml: can't be read"):
        read_settings(config)


def test_who_may_curate_and_how_often_is_asked_can_be_set(tmp_path: Path) -> None:
    """Ids come as a list or one alone."""
    config = tmp_path / "my.yaml"
    config.write_text(
        "admin_users: [123456789012345678, '223456789012345678']\nadmin_roles: 323456789012345678\n"
        "home_server: 423456789012345678\nquestions_per_person: 7\n",
        encoding="utf-8",
    )
    settings = read_settings(config)
    assert settings.admin_users == (123456789012345678, 223456789012345678)
    assert settings.admin_roles == (323456789012345678,)
    assert settings.home_server == 423456789012345678
    assert settings.questions_per_person == 7


def test_channels_roles_and_records_can_be_set(tmp_path: Path) -> None:
    """The folder of records is relative to the file; it can be switched off."""
    config = tmp_path / "my.yaml"
    config.write_text(
        "human_roles: 123456789012345678\nthread_channels: [223456789012345678]\nmessage_content: true\n"
        "forum_channels: [323456789012345678]\nrecords: kept\nunanswered_days: 0\nindex: saved\nversions: good\nlinks: false\n",
        encoding="utf-8",
    )
    settings = read_settings(config)
    assert settings.human_roles == (123456789012345678,)
    assert settings.thread_channels == (223456789012345678,)
    assert settings.forum_channels == (323456789012345678,)
    assert settings.records == tmp_path / "kept"
    assert settings.index == tmp_path / "saved"
    assert settings.versions == tmp_path / "good"
    assert settings.unanswered_days == 0
    assert settings.links is False
    config.write_text("records: off\nindex: off\nversions: off\n", encoding="utf-8")
    assert read_settings(config).records is None
    assert read_settings(config).index is None
    assert read_settings(config).versions is None
    assert read_settings(config).links is True


def test_the_token_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    """A file's blanks do not count, and the variable wins over the file."""
    file = tmp_path / "token"
    file.write_text("\ufeff from-file \n", encoding="utf-8")
    from_file = read_connection({"DISCORD_TOKEN_FILE": str(file)}).token
    both = read_connection(
        {"DISCORD_TOKEN": "from-variable", "DISCORD_TOKEN_FILE": str(file)}
    ).token
    assert from_file is not None
    assert both is not None
    assert (from_file.reveal(), both.reveal()) == ("from-file", "from-variable")
    assert read_connection({}).token is None


def test_a_secret_hides_itself() -> None:
    """No way of printing shows it."""
    secret = Secret("sesame")
    connection = read_connection({"DISCORD_TOKEN": "sesame"})
    assert "sesame" not in f"{secret!r} {secret} {connection} {[secret]!r}"


def test_addresses_may_be_named(tmp_path: Path) -> None:
    """A proxy or a compatible server can stand in for Discord; what is no address is named."""
    addresses = {
        "DISCORD_API_URL": "http://127.0.0.1:3010/api/v10/",
        "DISCORD_GATEWAY_URL": "ws://127.0.0.1:3010/",
    }
    connection = read_connection(addresses)
    assert (connection.api_url, connection.gateway_url) == (
        "http://127.0.0.1:3010/api/v10",
        "ws://127.0.0.1:3010/",
    )
    wrong = {
        "DISCORD_API_URL": "discord",
        "DISCORD_GATEWAY_URL": "http://x/",
        "DISCORD_TOKEN_FILE": str(tmp_path / "no"),
    }
    with pytest.raises(SettingsError) as caught:
        read_connection(wrong)
    assert [fault.partition(":")[0] for fault in caught.value.faults] == [
        "DISCORD_TOKEN_FILE",
        "DISCORD_API_URL",
        "DISCORD_GATEWAY_URL",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("knowledge: ~nobody-of-this-name/x\n", "names a home folder that there is not"),
        ('knowledge: "a\\0b"\n', "a single value is wanted"),
    ],
)
def test_a_folder_that_cannot_be_is_named(tmp_path: Path, text: str, what: str) -> None:
    """A path that makes no sense is a fault with a line, not a crash."""
    config = tmp_path / "my.yaml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=what):
        read_settings(config)


def test_settings_are_a_file() -> None:
    """A device that never ends is refused at once."""
    with pytest.raises(SettingsError, match="no file"):
        read_settings(Path("/dev/zero"))


def test_a_token_with_a_blank_is_refused() -> None:
    """A whole line of settings in the token's place is told, not tried."""
    with pytest.raises(SettingsError, match="the token holds a blank"):
        read_connection({"DISCORD_TOKEN": "DISCORD_TOKEN = abc"})


@pytest.mark.parametrize(
    ("written", "address", "shown"),
    [
        ("8081", Address("127.0.0.1", 8081), "127.0.0.1:8081"),
        ("0.0.0.0:80", Address("0.0.0.0", 80), "0.0.0.0:80"),  # noqa: S104 (what may be written)
        ('"[::1]:8081"', Address("::1", 8081), "[::1]:8081"),
        ("bot.internal:8081", Address("bot.internal", 8081), "bot.internal:8081"),
        ("off", None, "None"),
    ],
)
def test_health_is_told_on_this_machine_unless_told_otherwise(
    tmp_path: Path, written: str, address: Address | None, shown: str
) -> None:
    """A port alone is one of loopback's."""
    config = tmp_path / "my.yaml"
    config.write_text(f"health: {written}\n", encoding="utf-8")
    assert read_settings(config).health == address
    assert str(address) == shown


@pytest.mark.parametrize("written", ["::1:80", "a b:80", "-1", "1.2.3.4:", ":", "[x]:80", "a/b:80"])
def test_no_address_is_taken_for_one(tmp_path: Path, written: str) -> None:
    """What can't be listened at is named as a fault."""
    config = tmp_path / "my.yaml"
    config.write_text(f'health: "{written}"\n', encoding="utf-8")
    with pytest.raises(SettingsError):
        read_settings(config)


def test_the_environment_names_the_heartbeat_file_first(tmp_path: Path) -> None:
    """So that an image can name one, and its health check need not read the settings."""
    settings = Settings(heartbeat=tmp_path / "here")
    assert find_heartbeat(settings, {}) == tmp_path / "here"
    assert find_heartbeat(settings, {"ARTICLEBOT_HEARTBEAT": "/run/x"}) == Path("/run/x")
    assert find_heartbeat(Settings(), {"ARTICLEBOT_HEARTBEAT": " "}) is None


PASSWORD = "ses%2Fame"  # noqa: S105 (of no server)
RECORDS_URL = f"postgresql+asyncpg://ada:{PASSWORD}@db.example.org/bot"
OTHER_URL = f"postgresql://bob:{PASSWORD}@localhost/bot"


def test_the_records_may_be_in_a_database(tmp_path: Path) -> None:
    """Its address is the file's, or that of a variable or of the file that another one names."""
    config, secret = tmp_path / "config.yaml", tmp_path / "secret"
    config.write_text(f"records_url: {OTHER_URL}\n", encoding="utf-8")
    secret.write_text(f"{RECORDS_URL}\n", encoding="utf-8")
    from_file = read_settings(config)
    environments = [{}, {"RECORDS_URL": RECORDS_URL}, {"RECORDS_URL_FILE": str(secret)}]
    urls = [with_records_url(from_file, one).records_url for one in environments]
    assert [url.reveal() for url in urls if url] == [
        OTHER_URL,
        RECORDS_URL,
        RECORDS_URL,
    ]
    assert PASSWORD not in repr(from_file)
    assert with_records_url(Settings(), {}) == Settings()


def test_the_password_of_the_records_is_known_to_be_one() -> None:
    """As it stands in the address, and as it is meant; an address may have none."""
    settings = with_records_url(Settings(), {"RECORDS_URL": RECORDS_URL})
    assert {*list_passwords(settings)} == {PASSWORD, "ses/ame"}
    settings = with_records_url(Settings(), {"RECORDS_URL": "postgresql://ada@localhost/bot"})
    assert list_passwords(settings) == []
    assert list_passwords(Settings()) == []


@pytest.mark.parametrize(
    "url", ["records", f"mysql://ada:{PASSWORD}@h/d", f"postgresql://ada: {PASSWORD}@h"]
)
def test_what_is_no_database_is_refused_unseen(tmp_path: Path, url: str) -> None:
    """From the file and from the environment: its password is in no message."""
    config = tmp_path / "config.yaml"
    config.write_text(f'records_url: "{url}"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as of_file:
        read_settings(config)
    with pytest.raises(SettingsError) as of_variable:
        with_records_url(Settings(), {"RECORDS_URL": url})
    with pytest.raises(SettingsError, match=r"RECORDS_URL_FILE: .* can't be read"):
        with_records_url(Settings(), {"RECORDS_URL_FILE": str(tmp_path / "missing")})
    (tmp_path / "empty").write_text(" \n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"RECORDS_URL_FILE: .*: it is empty"):
        with_records_url(Settings(), {"RECORDS_URL_FILE": str(tmp_path / "empty")})
    for caught in (of_file, of_variable):
        assert "not the address of a PostgreSQL database" in str(caught.value)
        assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ("0", (0,)),
        ("0-3,7", (0, 1, 2, 3, 7)),
        (" 7, 0-3 ", (0, 1, 2, 3, 7)),
        ("2,1-2,2", (1, 2)),
        ("5-5", (5,)),
        ("00012", (12,)),
    ],
)
def test_shards_are_ids_and_ranges(tmp_path: Path, given: str, ids: tuple[int, ...]) -> None:
    """In the environment as in the settings, where a list does as well."""
    environment = {"SHARD_IDS": given, "SHARD_COUNT": "16"}
    assert with_shards(Settings(), environment) == Settings(shard_ids=ids, shard_count=16)
    config = tmp_path / "my.yaml"
    listed = ", ".join(f'"{one.strip()}"' for one in given.split(","))
    for value in (f'"{given.strip()}"', f"[{listed}]"):
        config.write_text(f"shard_count: 16\nshard_ids: {value}\n", encoding="utf-8")
        assert read_settings(config) == Settings(shard_ids=ids, shard_count=16)


@pytest.mark.parametrize(
    "given", ["a", "-1", "3-1", "1-", "0-99999", "16384", "0;1", "0,,1", "1.5", "0-1-2", "0x1", "٣"]
)
def test_what_names_no_shards_is_told(tmp_path: Path, given: str) -> None:
    """With where it stands, and what it may look like."""
    what = f'"{given}" is no list of shards, such as 0-3,7'
    with pytest.raises(SettingsError) as caught:
        with_shards(Settings(), {"SHARD_IDS": given, "SHARD_COUNT": "16"})
    assert caught.value.faults == [f"SHARD_IDS: {what}"]
    config = tmp_path / "my.yaml"
    config.write_text(f'shard_count: 16\nshard_ids: "{given}"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings(config)
    assert caught.value.faults == [f"{config}:2:12: shard_ids: {what}"]


def test_shards_that_do_not_fit_are_told() -> None:
    """A process needs the count of all, and has none that there is not; what is empty is unset."""
    with pytest.raises(SettingsError, match=r"SHARD_IDS .* is set without SHARD_COUNT"):
        with_shards(Settings(), {"SHARD_IDS": "0"})
    with pytest.raises(SettingsError, match=r"names shard 4, but .* is 4: the shards are 0 to 3"):
        with_shards(Settings(shard_ids=(4,)), {"SHARD_COUNT": "4"})
    with pytest.raises(SettingsError, match='SHARD_COUNT: "0" is not a number from 1 to 16384'):
        with_shards(Settings(), {"SHARD_COUNT": "0"})
    kept = Settings(shard_ids=(1,), shard_count=2)
    assert with_shards(kept, {"SHARD_IDS": " ", "SHARD_COUNT": ""}) == kept


def test_articles_of_servers_are_read(tmp_path: Path) -> None:
    """A folder, several, or these alone, by the ids of servers; relative to the file."""
    config = tmp_path / "my.yaml"
    config.write_text(
        "knowledge: articles\nservers:\n  123456789012345678: one\n"
        "  223456789012345678: [two, three]\n"
        "  323456789012345678: {folders: [four], alone: true}\n"
        "  423456789012345678: articles/servers/423456789012345678\n",
        encoding="utf-8",
    )
    read = read_settings(config).servers
    assert list(read.values()) == [
        ServerArticles((tmp_path / "one",)),
        ServerArticles((tmp_path / "two", tmp_path / "three")),
        ServerArticles((tmp_path / "four",), is_alone=True),
        ServerArticles((tmp_path / "articles" / "servers" / "423456789012345678",)),
    ]
    assert list(read) == [number * 10**17 + 23456789012345678 for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("servers: one", "ids of servers"),
        ("servers: {readers: one}", "not an id of Discord"),
        ("servers: {123456789012345678: {alone: true}}", "a folder is wanted"),
        ("servers: {123456789012345678: {folders: one, only: true}}", "a folder is wanted"),
        ("servers: {123456789012345678: []}", "a single value is wanted"),
        ("servers: {123456789012345678: {folders: one, alone: 1}}", "not true or false"),
        ("servers: {123456789012345678: knowledge/one}", "lie in each other"),
        ("servers: {123456789012345678: knowledge}", "lie in each other"),
        ("servers: {123456789012345678: .}", "lie in each other"),
        ("servers: {123456789012345678: a, 223456789012345678: a/b}", "lie in each other"),
        (
            "servers: {123456789012345678: knowledge/servers/223456789012345678}",
            "lie in each other",
        ),
    ],
)
def test_wrong_articles_of_servers_are_told(tmp_path: Path, written: str, fault: str) -> None:
    """Above all folders that would show one server's articles to another."""
    config = tmp_path / "my.yaml"
    config.write_text(f"knowledge: knowledge\n{written}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=fault) as caught:
        read_settings(config)
    (line,) = caught.value.faults
    assert line.startswith(f"{config}:2:")


def test_articles_from_the_database_need_one(tmp_path: Path) -> None:
    """And versions that are kept, which is what they are made of."""
    config = tmp_path / "config.yaml"
    for more, environment in (("", {}), ("versions: off\n", {"RECORDS_URL": RECORDS_URL})):
        config.write_text(f"articles_from: database\n{more}", encoding="utf-8")
        with pytest.raises(SettingsError, match="articles_from: database needs RECORDS_URL"):
            with_records_url(read_settings(config), environment)
    config.write_text("articles_from: database\n", encoding="utf-8")
    settings = with_records_url(read_settings(config), {"RECORDS_URL": RECORDS_URL})
    assert settings.articles_from == "database"
