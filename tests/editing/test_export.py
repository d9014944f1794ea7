"""What is served can be taken out as zips, each of which opens by itself."""

import io
import zipfile
from pathlib import Path
from random import Random

from bot.answers.model import Policy
from bot.editing.export import MOST_PARTS, export
from bot.knowledge_base import KnowledgeBase

ROOM = 1_000_000


def write(folder: Path, files: dict[str, str]) -> KnowledgeBase:
    """Write files into a folder, and serve it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return KnowledgeBase(folder, Policy())


def unpack(content: bytes) -> dict[str, str]:
    """Give what a zip holds; it is sound."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        assert all(entry.external_attr >> 16 == 0o644 for entry in packed.infolist())
        return {name: packed.read(name).decode() for name in packed.namelist()}


def noise(seed: int, length: int) -> str:
    """Make an article that can't be packed much smaller."""
    random = Random(seed)  # noqa: S311 (it keeps no secret)
    letters = "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=length))
    words = " ".join(letters[start : start + 7] for start in range(0, length, 7))
    return f"# Noise {seed}\n\n{words}.\n"


def test_what_is_served_is_packed_and_nothing_else(tmp_path: Path) -> None:
    """Articles of all folders and what goes with them; nothing hidden, ignored or of other kinds."""
    served = {
        "rivers.md": "# Of Rivers\n\nThe Orrin ends at Lisk.\n",
        "far/hills.md": "# Of Hills\n\nThe hills of Tolv are low.\n",
        "synonyms.yaml": "same: |\n  Orrin, Great River\n",
        "questions.yaml": "- question: x\n",
        "links.yaml": "links: []\n",
    }
    others = {".hidden.md": "# H\n\nHidden.\n", "node_modules/a.md": "# A\n\nA.\n", "a.exe": "MZ"}
    packed = export(write(tmp_path / "kept", {**served, **others}), ROOM)
    ((name, content),) = packed.parts
    assert (name, packed.count, packed.left_out) == ("kept.zip", len(served), ())
    assert unpack(content) == served


def test_parts_are_no_larger_than_they_may_be(tmp_path: Path) -> None:
    """Each opens by itself, together they hold all; what fits nowhere is named."""
    files = {f"{seed}.md": noise(seed, 9_000) for seed in range(6)}
    files["large.md"] = noise(99, 90_000)
    base = write(tmp_path / "kept", files)
    most = 20_000
    packed = export(base, most)
    numbers = range(1, len(packed.parts) + 1)
    assert [name for name, _ in packed.parts] == [f"kept-{number}.zip" for number in numbers]
    assert len(packed.parts) > 1
    assert max(len(content) for _, content in packed.parts) <= most
    together: dict[str, str] = {}
    for _, content in packed.parts:
        together |= unpack(content)
    del files["large.md"]
    assert together == files
    assert packed.left_out == ("large.md",)
    assert packed.count == 6


def test_no_more_parts_are_made_than_a_message_takes(tmp_path: Path) -> None:
    """What does not fit into ten is named."""
    files = {f"{seed:02}.md": noise(seed, 9_000) for seed in range(14)}
    packed = export(write(tmp_path / "kept", files), 9_000)
    assert len(packed.parts) == MOST_PARTS
    assert packed.left_out == tuple(f"{seed:02}.md" for seed in range(MOST_PARTS, 14))


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    """No zip is made of no article."""
    packed = export(write(tmp_path / "kept", {"a.exe": "MZ"}), ROOM)
    assert (packed.parts, packed.count, packed.left_out) == ((), 0, ())
