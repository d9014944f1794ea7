"""What is chosen of a folder is files, and folders with all that lies in them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.chosen import count_choices, find_gone, is_chosen, is_folder, list_choices

NAMES = st.sampled_from(["a", "b", "ab", "a.md"])
FILES = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


def test_a_folder_stands_for_all_that_lies_in_it() -> None:
    """Also in folders in it; not for what only begins alike."""
    assert count_choices(["ships/old/brig.md", "ships/cog.md", "ships.md"]) == {
        "ships/": 2,
        "ships/old/": 1,
        "ships.md": 1,
        "ships/cog.md": 1,
        "ships/old/brig.md": 1,
    }
    assert is_chosen("ships/old/brig.md", ["ships/"])
    assert is_chosen("ships.md", ["ships.md"])
    assert not is_chosen("ships.md", ["ships/"])
    assert not is_chosen("ships-old/brig.md", ["ships/"])
    assert is_folder("ships/")
    assert not is_folder("ships.md")


def test_what_was_chosen_and_is_gone_is_named() -> None:
    """A folder is there as long as anything lies in it."""
    there = [list_choices(["ships/cog.md", "b.md"]), list_choices(["c.md"])]
    assert find_gone(["ships/", "boats/", "a.md", "c.md"], there) == ["a.md", "boats/"]
    assert find_gone(["ships/"], there) == []


@given(st.lists(FILES, max_size=8), FILES)
def test_what_can_be_chosen_is_what_is_there(files: list[str], other: str) -> None:
    """Each choice stands for as many files as it says, and for none of other files."""
    for name, count in count_choices(files).items():
        assert sum(is_chosen(file, [name]) for file in set(files)) == count
        assert find_gone([name], [list_choices(files)]) == []
        assert is_folder(name) != (name in files)
    assert list_choices(files) == count_choices(files).keys()
    gone = find_gone([other, f"{other}/"], [list_choices(files)])
    assert (other in gone) == (other not in files)
    assert (f"{other}/" in gone) == (not any(file.startswith(f"{other}/") for file in files))
