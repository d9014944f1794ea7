"""What differs between two readings of a folder, by article and by section."""

from pathlib import Path

from bot.articles.changes import compare
from bot.articles.library import Library, build

BEFORE = "# Owls\n\nOwls hunt.\n\n## Food\n\nMice.\n\n## Nests\n\nIn barns.\n\n## Food\n\nVoles.\n"
AFTER = "# Owls\n\nOwls hunt.\n\n## Food\n\nMice.\n\n## Night\n\nDark.\n\n## Food\n\nShrews.\n"


def read(folder: Path, **articles: str) -> Library:
    """Read a folder of exactly these articles."""
    for path in folder.iterdir():
        path.unlink()
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return build(folder)[0]


def test_what_was_added_changed_and_removed_is_told(tmp_path: Path) -> None:
    """Sections of the same name are told apart; those of whole articles are not named."""
    old = read(tmp_path, owls=BEFORE, voles="# Voles\n\nThey eat.\n", mice="# Mice\n\nThey run.\n")
    new = read(tmp_path, owls=AFTER, bats="# Bats\n\nThey fly.\n", mice="# Mice\n\nThey run.\n")
    changes = compare(old, new)
    assert changes
    assert changes.articles_added == ("bats",)
    assert changes.articles_changed == ("owls",)
    assert changes.articles_removed == ("voles",)
    assert changes.sections_added == (("owls", "Night"),)
    assert changes.sections_changed == (("owls", "Food"),)
    assert changes.sections_removed == (("owls", "Nests"),)
    assert {name: (one.title, one.begins) for name, one in changes.articles.items()} == {
        "bats": ("Bats", "They fly."),
        "owls": ("Owls", "Owls hunt."),
        "voles": ("Voles", "They eat."),
    }


def test_a_file_that_is_called_otherwise_is_renamed(tmp_path: Path) -> None:
    """It is neither added nor removed; another one beside it is added."""
    old = read(tmp_path, mice="# Mice\n\nThey run.\n")
    new = read(tmp_path, pests="# Mice\n\nThey run.\n", rats="# Rats\n\nThey run.\n")
    changes = compare(old, new)
    assert changes
    assert changes.articles_renamed == (("mice", "pests"),)
    assert (changes.articles_added, changes.articles_removed) == (("rats",), ())
    assert changes.articles["pests"].title == "Mice"


def test_the_same_articles_are_no_change(tmp_path: Path) -> None:
    """Read anew."""
    assert not compare(read(tmp_path, owls=BEFORE), read(tmp_path, owls=BEFORE))
