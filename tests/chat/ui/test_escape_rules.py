"""What is escaped and what is left out, rule by rule: where one begins and where it ends."""

import pytest

from bot.chat.ui.escape import begin_visible, escape, unescape, visible_text

ACUTE, CIRCLE = "\u0301", "\u20dd"
NOTHING = "\u200b"
JOINER, NON_JOINER = "\u200d", "\u200c"


@pytest.mark.parametrize("mark", "\\*_~`|<[]@")
def test_some_marks_are_live_everywhere(mark: str) -> None:
    """At the beginning, in the middle and at the end."""
    assert escape(f"{mark}a{mark}b{mark}") == f"\\{mark}a\\{mark}b\\{mark}"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# a # b", "\\# a # b"),
        ("> a > b", "\\> a > b"),
        ("- a - b", "\\- a - b"),
        ("+ a + b", "\\+ a + b"),
        (" \t-# a", " \t\\-\\# a"),
        ("a\n# b\n\n- c", "a\n\\# b\n\n\\- c"),
        ("1. a 2. b", "1\\. a 2. b"),
        ("12) a 3) b", "12\\) a 3) b"),
        (" 1. a", " 1\\. a"),
        ("- 1. a", "\\- 1\\. a"),
        ("٣. a", "٣\\. a"),
        ("a\r\n1. b", "a\n1\\. b"),
        ("1.2. a", "1\\.2. a"),
        ("1 . a", "1 . a"),
        ("1# a", "1# a"),
        ("a1. b", "a1. b"),
        ("1a. b", "1a. b"),
        (". a", ". a"),
        (") a", ") a"),
    ],
)
def test_what_begins_a_block_is_live_at_the_beginning_of_a_line(text: str, escaped: str) -> None:
    """Headings, quotes and lists; the same marks elsewhere stay as they are."""
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a:b", "a\\:b"),
        ("10:30", "10\\:30"),
        (":+1", "\\:+1"),
        (":-1", "\\:-1"),
        ("://", "\\://"),
        (":_", "\\:\\_"),
        ("a: b", "a: b"),
        ("a:", "a:"),
        (":(", ":("),
        ("](a)", "\\]\\(a)"),
        ("(a) (b)", "(a) (b)"),
        ("(a]", "(a\\]"),
    ],
)
def test_colons_and_brackets_are_live_by_what_is_beside_them(text: str, escaped: str) -> None:
    """A colon before what an emoji or an address goes on with; a bracket behind a link."""
    assert escape(text) == escaped


@pytest.mark.parametrize(
    "host", ["discord.gg", "discord.com", "discordapp.com", "dsc.gg", "invite", "DISCORD.GG"]
)
@pytest.mark.parametrize("before", ["", "a word and then ", "/"])
def test_a_slash_behind_an_invitation_s_host_is_live(host: str, before: str) -> None:
    """Without it there is no invitation."""
    assert escape(f"{before}{host}/a/b") == f"{before}{host}\\/a/b"


@pytest.mark.parametrize("text", ["50/50", "/", "discord.g/a", "iscord.gg/a", "sc.gg/a"])
def test_another_slash_is_none(text: str) -> None:
    """Neither behind nothing nor behind what is nearly such a host."""
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("a\r\nb\rc\x85d\u2028e\u2029f\n", "a\nb\nc\nd\ne\nf\n"),
        ("a\tb", "a\tb"),
        (f"a{NOTHING}b\x00c\x1bd\u202ee\ud800f", "abcdef"),
        ("e" + 4 * ACUTE + "o" + 4 * ACUTE, "e" + 3 * ACUTE + "o" + 3 * ACUTE),
        ("e" + 4 * CIRCLE, "e" + 3 * CIRCLE),
        ("e" + 2 * ACUTE + NOTHING + 2 * ACUTE, "e" + 3 * ACUTE),
        ("क" + 2 * ACUTE + JOINER + 2 * ACUTE, "क" + 2 * ACUTE + JOINER + ACUTE),
        (4 * ACUTE, 3 * ACUTE),
        (f"👩{JOINER}👩", f"👩{JOINER}👩"),
        (f"क{NON_JOINER}क", f"क{NON_JOINER}क"),
        (f"👩{JOINER}{NON_JOINER}{JOINER}👩", f"👩{JOINER}👩"),
        (f"a{JOINER}b{NON_JOINER}c", "abc"),
        (f"{JOINER}a", "a"),
        (f"\u2028{JOINER}👩", "\n👩"),
    ],
)
def test_what_cannot_be_seen_is_left_out(text: str, visible: str) -> None:
    """Three marks stand upon a letter, and a joiner where it joins something."""
    assert visible_text(text) == visible


@pytest.mark.parametrize(
    ("text", "limit", "visible", "is_whole"),
    [
        ("", 3, "", True),
        ("abc", 3, "abc", True),
        ("abcd", 3, "abc", False),
        (f"a{NOTHING}bc", 3, "abc", True),
        ("\r\n" * 4, 3, "\n\n\n", False),
        (15 * NOTHING + "a", 1, "a", True),
        (16 * NOTHING + "a", 1, "", False),
        ("ab" + 30 * NOTHING, 2, "ab", True),
        ("ab" + 31 * NOTHING, 2, "ab", False),
    ],
)
def test_a_beginning_is_looked_at_as_far_as_it_needs(
    text: str,
    limit: int,
    visible: str,
    is_whole: bool,  # noqa: FBT001 (a value of the table)
) -> None:
    """So many visible characters, found among sixteen times as many."""
    assert begin_visible(text, limit) == (visible, is_whole)


def test_a_backslash_before_a_letter_is_a_backslash() -> None:
    """Only what was escaped is taken back."""
    assert unescape("\\*a\\b\\ c\\1\\Z\\_") == "*a\\b\\ c\\1\\Z_"
