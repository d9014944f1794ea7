"""Which names are ignored: gitignore's syntax, and patterns that always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.ignoring import DEFAULT_PATTERNS, IgnoredNames, check_pattern

names = st.text("abAB._-~#!* é", min_size=1, max_size=8)


@pytest.mark.parametrize(
    "name",
    [
        ".git/", ".obsidian/", ".trash/", "vault/.trash/", ".hidden.md", "node_modules/", "site/node_modules/",
        "_drafts/", "docs/_layouts/", "_site/", "_build/", "themes/x/layouts/_default/", "layouts/partials/",
        "SUMMARY.md", "src/SUMMARY.md", "_sidebar.md", "wiki/_Footer.md", "archetypes/default.md",
        "notes/drawing.excalidraw.md", "~$letter.docx", "letter.txt~", "#letter.txt#", "__MACOSX/",
        "a.sync-conflict-20260101-000000-ABCDEFG.md", "robots.txt", "404.html", "logseq/bak/", "CMakeLists.txt",
    ],
)  # fmt: skip
def test_machinery_is_ignored_everywhere(name: str) -> None:
    """What note apps, site generators and tools keep for themselves is no article."""
    assert IgnoredNames().find_pattern(name.rstrip("/"), is_folder=name.endswith("/"))


@pytest.mark.parametrize(
    "name",
    [
        "_index.md", "blog/_index.en.md", "index.md", "README.md", "CHANGELOG.md", "drafts/", "public/", "templates/",
        "themes/", "layouts/", "_posts/", "_docs/", "archetypes/", "archetypes/mage.md", "Summary of rules.md",
        "summary.md", "404 ways to lose.md", "a#b.md", "c# basics.md", "node_modules.md", "_partial.mdx", "site/",
        "build/", "logseq/", "bak/", "requirements.txt", "Draft rules.md", "~notes.md", "#1 rule.md",
    ],
)  # fmt: skip
def test_what_may_be_an_article_is_not_ignored(name: str) -> None:
    """A folder of drafts may be about a game; Hugo's _index.md is a page."""
    assert IgnoredNames().find_pattern(name.rstrip("/"), is_folder=name.endswith("/")) == ""


@pytest.mark.parametrize(
    ("pattern", "ignored", "not_ignored"),
    [
        ("old.md", ["old.md", "a/old.md"], ["cold.md", "old.markdown", "OLD.md"]),
        ("/old.md", ["old.md"], ["a/old.md"]),
        ("a/old.md", ["a/old.md"], ["b/a/old.md", "old.md"]),
        ("*.log.txt", ["x.log.txt", "a/b/x.log.txt"], ["x.txt", "log.txt"]),
        ("**/old/*.md", ["old/a.md", "a/b/old/c.md"], ["old.md", "a/old/b/c.md"]),
        ("a/**/z.md", ["a/z.md", "a/b/c/z.md"], ["z.md", "b/a/z.md"]),
        ("part-[0-9].md", ["part-3.md"], ["part-x.md", "part-12.md"]),
        ("part-?.md", ["part-x.md"], ["part-.md"]),
        ("old/", [], ["old"]),
        ("two words.md", ["two words.md"], ["two.md"]),
        ("\\#1.md", ["#1.md"], ["1.md"]),
        ("\\!now.md", ["!now.md"], ["now.md"]),
        ("é*.md", ["élan.md"], ["elan.md"]),
    ],
)
def test_patterns_are_those_of_gitignore(
    pattern: str, ignored: list[str], not_ignored: list[str]
) -> None:
    """What git says of each of these names, this says too."""
    names = IgnoredNames([pattern])
    assert [name for name in ignored if names.find_pattern(name, is_folder=False) != pattern] == []
    assert [
        name for name in not_ignored if names.find_pattern(name, is_folder=False) == pattern
    ] == []


def test_the_last_pattern_that_matches_decides() -> None:
    """A later "!" takes back in what an earlier pattern left out, one of those that always hold
    too.
    """
    names = IgnoredNames(["*.md", "!keep.md", "!_drafts/", "/a/keep.md"])
    assert names.find_pattern("x.md", is_folder=False) == "*.md"
    assert names.find_pattern("b/keep.md", is_folder=False) == ""
    assert names.find_pattern("a/keep.md", is_folder=False) == "/a/keep.md"
    assert names.find_pattern("_drafts", is_folder=True) == ""


def test_the_folder_of_a_server_is_never_taken_in() -> None:
    """What lies in a folder that is named by a server's id is that server's alone; other folders
    beside it are like any.
    """
    names = IgnoredNames(["!servers/", "!servers/*/", "!123456789012345678/"])
    assert names.find_pattern("servers/123456789012345678", is_folder=True)
    assert names.find_pattern("Servers/123456789012345678", is_folder=True)
    for name in ("servers", "servers/linux", "servers/2024", "old/servers/123456789012345678"):
        assert names.find_pattern(name, is_folder=True) == ""


@pytest.mark.parametrize(
    "pattern", ["", " ", "# a comment", "!", "/", "\\", "a\\", "[z-a]", "[[:alpha:]"]
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    """A pattern that can't match anything is a mistake."""
    with pytest.raises(ValueError, match=r".*"):
        check_pattern(pattern)


@pytest.mark.parametrize("pattern", DEFAULT_PATTERNS)
def test_a_pattern_that_always_holds_is_one(pattern: str) -> None:
    """Each is sound, and stands there once."""
    check_pattern(pattern)
    assert DEFAULT_PATTERNS.count(pattern) == 1


@given(names)
def test_a_name_as_its_own_pattern_leaves_out_itself_in_every_folder(name: str) -> None:
    """Where its special characters are escaped, any name can be ignored."""
    escaped = "".join(
        f"\\{character}" if character in "*?[]#!\\ " else character for character in name
    )
    ignored = IgnoredNames([escaped])
    for path in (name, f"a/{name}", f"a/b c/{name}"):
        assert ignored.find_pattern(path, is_folder=False)
