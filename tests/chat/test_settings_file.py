"""What is exported of a server is what can be read again; each fault is told with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.channel_settings import CHOICES, KEYS, SERVER, SERVER_ONLY, Stored, Value
from bot.chat.settings_file import GuildIds, read_settings, write_settings

CHANNEL, CATEGORY, ROLE = 10**17, 10**18, 2 * 10**18
IDS = GuildIds(channels={CHANNEL, CATEGORY}, log_channels={CHANNEL}, roles={ROLE})
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9)


def values_of(key: str) -> st.SearchStrategy[Value]:
    """Make values that a setting of that server takes."""
    if key == "articles":
        return st.lists(NAMES, max_size=25, unique=True).map(tuple)
    ids = {"human_role": ROLE, "log_channel": CHANNEL}
    return st.sampled_from(CHOICES.get(key) or (ids[key],))


def places() -> st.SearchStrategy[dict[int, Stored]]:
    """Make all that may be set on that server."""
    all_keys = {key: values_of(key) for key in KEYS}
    own = {key: one for key, one in all_keys.items() if key not in SERVER_ONLY}
    channel = st.fixed_dictionaries({}, optional=own).filter(bool)
    server = st.fixed_dictionaries({}, optional=all_keys).filter(bool)
    return st.fixed_dictionaries({}, optional={SERVER: server, CHANNEL: channel, CATEGORY: channel})


@given(places())
def test_what_is_exported_can_be_read_again(stored: dict[int, Stored]) -> None:
    """Everything is as it was, and nothing is wrong with it."""
    written = write_settings(1, stored).encode()
    assert read_settings("settings.yaml", written, IDS) == (stored, [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "server:\n  place: in a thread\n",
            "s.yaml:2:10: error: “in a thread” is no value of “place” (there are here; thread)",
        ),
        (
            "server:\n  plase: thread\n",
            "s.yaml:2:3: error: “plase” is not known here (there are answers; place; ",
        ),
        (
            "sever: {}\nserver: {}\n",
            "s.yaml:1:1: error: “sever” is not known here (there are server; chan",
        ),
        (
            'channels:\n  "7":\n    place: here\n',
            "s.yaml:2:3: error: this server has no such channel: 7 (take it out, or write another id)",
        ),
        (
            f"channels:\n  {CHANNEL}:\n    log_channel: {CHANNEL}\n",
            "s.yaml:3:5: error: “log_channel” is set for the whole server alone (write it below server:)",
        ),
        (
            f"server:\n  human_role: {CHANNEL}\n",
            f"s.yaml:2:15: error: this server has no such role: {CHANNEL} (take it out",
        ),
        (
            f"server:\n  log_channel: {CATEGORY}\n",
            f"s.yaml:2:16: error: this server has no such channel: {CATEGORY} (take it out",
        ),
        (
            "server:\n  articles: rivers.md\n",
            "s.yaml:2:13: error: “rivers.md” is no value of “articles” (write at most 25 names of files",
        ),
        ("server:\n  articles: [a, [b]]\n", "s.yaml:2:13: error: “…” is no value of “articles” ("),
        (
            "server:\n  human_role: helpers\n",
            "s.yaml:2:15: error: “helpers” is no value of “human_role” (write an id: 123456789012345678)",
        ),
        (
            "server: on\n",
            "s.yaml:1:9: error: no settings stand here (write it as it is exported: server:",
        ),
        ("", "s.yaml:1:1: error: no settings stand here ("),
        ("- server\n", "s.yaml:1:1: error: no settings stand here ("),
        ("server:\n  place: here\n  place: here\n", "s.yaml:3:3: error: "),
        ("server: [", "s.yaml:1:10: error: "),
    ],
)
def test_each_fault_is_told_with_its_place(text: str, told: str) -> None:
    """File, line, column, what it is, and what helps; then nothing of the file is taken."""
    stored, problems = read_settings("s.yaml", text.encode(), IDS)
    assert stored == {}
    assert str(problems[0]).startswith(told)


def test_all_faults_are_told() -> None:
    """Not the first alone; what is fine beside them is not taken either."""
    text = "server:\n  place: there\n  answers: never\n  sureness: very\nother: 1\n"
    stored, problems = read_settings("s.yaml", text.encode(), IDS)
    assert stored == {}
    assert [(one.line, one.column) for one in problems] == [(2, 10), (4, 13), (5, 1)]
