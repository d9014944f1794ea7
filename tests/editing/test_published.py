"""A folder that is a copy of what was published has all of that, and loses nothing of anybody's."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.articles.kept import LastVersion
from bot.editing.folder_writer import digest_of
from bot.editing.published import STATE, PublishedFolder
from bot.versions.file_store import FileVersionStore
from bot.versions.history import FileChange, History, Revision

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Source:
    """Where articles are published: any store of versions will do."""

    def __init__(self, folder: Path) -> None:
        """Publish nothing yet."""
        self.store = FileVersionStore(folder / "versions", folder / "source")
        self.files: dict[str, bytes] = {}
        self.folder = folder / "copy"
        self.copy = PublishedFolder(self.folder, self.store)

    def publish(self, **files: str | None) -> str:
        """Publish some files, or take them back; then fetch, and give what stands in the way."""
        changes = {}
        for key, text in files.items():
            name = key.replace("__", "/") + ".md"
            old = self.files.pop(name, None)
            if text is not None:
                self.files[name] = text.encode()
            changes[name] = FileChange(digest_of(old), digest_of(self.files.get(name)))
        self.store.put(self.files.values())
        history = self.store.read_history()
        number = history.last_number + 1
        revision = Revision(number, NOW, "folder", 0, changes)
        self.store.write_history(History((revision, *history.revisions), None, number))
        self.store.write_manifest(
            {name: LastVersion(digest_of(content), NOW) for name, content in self.files.items()}
        )
        return self.copy.fetch()

    def there(self) -> dict[str, str]:
        """Give the files of the copy."""
        paths = [path for path in self.folder.rglob("*") if path.is_file()]
        return {
            path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8")
            for path in paths
            if path.name != STATE
        }


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """Give a place to publish, and a copy that has fetched nothing."""
    return Source(tmp_path)


def test_the_copy_follows_what_is_published(source: Source) -> None:
    """New files, changed ones, such in folders, and those that are no longer there."""
    assert source.publish(a="A", sub__b="B") == ""
    assert source.there() == {"a.md": "A", "sub/b.md": "B"}
    assert source.publish(a="A2", c="C") == ""
    assert source.there() == {"a.md": "A2", "sub/b.md": "B", "c.md": "C"}
    assert source.publish(sub__b=None, a="A3") == ""
    assert source.there() == {"a.md": "A3", "c.md": "C"}
    assert source.copy.fetch() == ""


def test_what_is_there_is_not_fetched_again(source: Source) -> None:
    """Only what is lacking is: of the rest the store need not have a byte."""
    source.publish(a="A", b="B")
    (stored,) = (source.folder.parent / "versions").iterdir()
    (stored / digest_of(b"B")).unlink()
    (source.folder / "a.md").unlink()
    assert source.copy.fetch() == ""
    assert source.there() == {"a.md": "A", "b.md": "B"}
    (source.folder / "b.md").unlink()
    (source.folder / "a.md").unlink()
    assert source.copy.fetch() == "what was published of b.md can't be had now"
    assert source.there() == {}


def test_nothing_of_anybody_is_lost(source: Source) -> None:
    """A file that somebody put there stays; one that is in the way is put aside."""
    source.publish(a="A", b="B")
    (source.folder / "mine.md").write_text("mine", encoding="utf-8")
    (source.folder / "a.md").write_text("changed", encoding="utf-8")
    (source.folder / "b.md").write_text("changed too", encoding="utf-8")
    assert source.publish(a="A2", b=None) == ""
    aside = {f".replaced/{digest_of(b'changed')}": "changed"}
    assert source.there() == {"a.md": "A2", "b.md": "changed too", "mine.md": "mine", **aside}


def test_a_change_that_was_made_here_is_published_and_can_be_taken_back(source: Source) -> None:
    """What this bot itself has put into the folder counts as published once it is."""
    source.publish(a="A")
    (source.folder / "new.md").write_text("N", encoding="utf-8")
    source.publish(new="N")
    source.publish(new=None)
    assert source.there() == {"a.md": "A"}


def test_a_folder_with_articles_of_its_own_is_left_alone(source: Source) -> None:
    """Unless they are what was published; then it is taken over."""
    source.folder.mkdir()
    (source.folder / "other.md").write_text("O", encoding="utf-8")
    assert "holds files that were not published" in source.publish(a="A")
    assert source.there() == {"other.md": "O"}
    assert source.publish(other="O") == ""
    assert source.there() == {"a.md": "A", "other.md": "O"}


def test_without_anything_published_nothing_is_changed(source: Source) -> None:
    """It is said how to publish; a store that can't be read says why."""
    assert "articlebot publish" in source.copy.fetch()
    assert not source.folder.exists()
    source.publish(a="A")
    (stored,) = (source.folder.parent / "versions").iterdir()
    (stored / "manifest.json").write_text('{"format": 99}', encoding="utf-8")
    assert "newer version" in PublishedFolder(source.folder, source.store).fetch()
    assert source.there() == {"a.md": "A"}


@pytest.mark.parametrize(
    "name", ["../x.md", "/x.md", ".x.md", "a/../../x.md", "a\\x.md", "", "a//b"]
)
def test_no_name_leads_out_of_the_folder(source: Source, name: str) -> None:
    """Nor to a hidden file: such a name was not published by this program."""
    source.publish(a="A")
    version = LastVersion(digest_of(b"A"), NOW)
    source.store.write_manifest({"a.md": version, name: version})
    assert source.copy.fetch() == ""
    assert source.there() == {"a.md": "A"}
    assert not (source.folder.parent / "x.md").exists()


@pytest.mark.parametrize("state", ["", "[]", "{", '{"a.md": 7}'])
def test_a_state_that_is_damaged_costs_nothing(source: Source, state: str) -> None:
    """What was published is known from the history, too."""
    source.publish(a="A", b="B")
    (source.folder / STATE).write_text(state, encoding="utf-8")
    assert source.publish(a=None) == ""
    assert source.there() == {"b.md": "B"}
    assert json.loads((source.folder / STATE).read_bytes()) == {"b.md": digest_of(b"B")}


def test_a_folder_that_can_not_be_written_is_told(source: Source) -> None:
    """What stands in the way is named, and is still there."""
    source.publish(a="A")
    (source.folder / "b.md").mkdir()
    assert "b.md" in source.publish(b="B")
    assert (source.folder / "b.md").is_dir()
