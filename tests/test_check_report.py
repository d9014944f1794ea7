"""What ``check`` tells an editor: about a screen where all is well, each kind of problem once where
it is not.
"""

import random
import re
from pathlib import Path

import pytest
from test_cli import bot, objects

PLACES = (
    "delta",
    "marsh",
    "lake",
    "river mouth",
    "old bridge",
    "reed bed",
    "market",
    "mill",
    "quay",
    "ferry",
)
BIRDS = (
    "heron",
    "stork",
    "crane",
    "bittern",
    "egret",
    "ibis",
    "spoonbill",
    "avocet",
    "curlew",
    "godwit",
)


def write_blog(folder: Path, files: int) -> None:
    """Write so many healthy posts, in folders by year and month, as a generator of sites keeps
    them.
    """
    choose = random.Random(7)  # noqa: S311 (nothing secret)
    for number in range(files):
        bird, place = choose.choice(BIRDS), choose.choice(PLACES)
        lines = [
            "---",
            f"title: The {bird} of the {place}, part {number}",
            "date: 2026-03-01",
            "---",
            "",
        ]
        for section in range(3):
            lines += [
                f"## Day {section + 1}",
                "",
                f"On day {number + section} a {bird} came to the {place}.",
                "",
            ]
        path = folder / str(2000 + number % 25) / f"{number % 12:02}" / f"post-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")


def test_a_healthy_folder_is_a_screen(tmp_path: Path) -> None:
    """Of 750 posts at most fifty lines are printed: all counts, the sub-folders, the first
    titles.
    """
    write_blog(tmp_path, 750)
    done = bot("check", "--strict", "--knowledge", str(tmp_path))
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert 20 < len(lines) <= 50
    assert lines[0] == "Served: 750 articles, 2,250 passages"
    assert "  2003/  30 articles, 90 passages" in lines
    assert "  … and 13 more folders" in lines
    assert "  … and 738 more articles (--all lists them)" in lines
    assert (
        lines[-1] == "750 articles, 2,250 sections, 2,250 passages; 0 errors, 0 warnings, 0 notes"
    )
    full = bot("check", "--all", "--knowledge", str(tmp_path)).stdout.splitlines()
    assert len(full) > 3_000


def test_each_kind_of_problem_is_told_once(tmp_path: Path) -> None:
    """A sick folder: every kind with its count, its hint once and three places, the gravest
    first.
    """
    write_blog(tmp_path, 40)
    for number in range(14):
        (tmp_path / f"open-{number:02}.md").write_text(
            f"# Open {number}\n\nText.\n\n```\ncode {number}\n"
        )
        (tmp_path / f"twice-{number:02}.md").write_text(
            f"# T{number}\n\n## A{number}\n\nX.\n\n## A{number}\n\nY.\n"
        )
        (tmp_path / f"stub-{number:02}.md").write_text(f"# Stub {number}\n")
    (tmp_path / "bad.txt").write_bytes(b"A\x00B")
    done = bot("check", "--knowledge", str(tmp_path))
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) < 80
    blocks = [block.splitlines() for block in done.stdout.split("\n\n")]
    kinds = {
        block[0]: block[1:]
        for block in blocks
        if re.match(r"[0-9]+ (error|warning|note)s?: ", block[0])
    }
    counts = [re.sub(":.*", "", kind) for kind in kinds]
    assert counts[0] == "1 error"
    assert counts == sorted(
        counts, key=lambda count: ("error", "warning", "note").index(re.sub("[^a-z]|s$", "", count))
    )
    (stubs,) = [places for kind, places in kinds.items() if "holds no text" in kind]
    assert stubs == ["  stub-00.md:1", "  stub-01.md:1", "  stub-02.md:1"]
    (heading,) = [kind for kind in kinds if "the heading" in kind]
    assert heading.startswith('14 warnings: the heading "…" stands in line … already (')
    assert (
        '  twice-00.md:7:1: the heading "A0" stands in line 3 already' in done.stdout.splitlines()
    )
    assert "  not served: 15 files (why, is told below)" in done.stdout.splitlines()
    problems = objects(bot("check", "--json", "--knowledge", str(tmp_path)), "problem")
    assert [problem["kind"] for problem in problems].count("heading-repeated") == 14


def test_repeated_texts_are_told(tmp_path: Path) -> None:
    """A copy is a warning, the same words under another header too, a shared paragraph a note."""
    shared = (
        "The ferry leaves the quay every hour on the hour from six in the morning until ten at night, "
        * 2
    )
    (tmp_path / "a.md").write_text(f"# Ferries\n\n{shared.strip()}\n\n## Prices\n\nFive crowns.\n")
    (tmp_path / "b.md").write_text(f"# Boats\n\nBoats.\n\n## Ferries\n\n{shared.strip().upper()}\n")
    (tmp_path / "c.md").write_text((tmp_path / "a.md").read_text())
    (tmp_path / "d.md").write_text(
        f"---\ntitle: Ferries\nauthor: Ada\n---\n{shared}\n\n## Prices\n\nFive  crowns.\n"
    )
    done = bot("check", "--json", "--knowledge", str(tmp_path))
    told = {
        (problem["file"], problem["line"], problem["severity"], problem["kind"])
        for problem in objects(done, "problem")
    }
    assert told >= {
        ("b.md", 7, "note", "shared-passages"),
        ("c.md", 1, "warning", "copy"),
        ("d.md", 1, "warning", "same-text"),
    }
    assert bot("check", "--strict", "--knowledge", str(tmp_path)).returncode == 1


@pytest.mark.parametrize("command", ["check", "sections"])
def test_what_is_ignored_is_read_by_no_command(tmp_path: Path, command: str) -> None:
    """The settings' patterns add to those that always hold; what they leave out is counted, and
    is no problem.
    """
    articles = tmp_path / "articles"
    for name in (
        "a.md",
        "_drafts/b.md",
        "node_modules/x/README.md",
        "SUMMARY.md",
        "old/c.md",
        "old/d.md",
        "e.log.txt",
    ):
        (articles / name).parent.mkdir(parents=True, exist_ok=True)
        (articles / name).write_text(f"# Of {name}\n\nText of {name}.\n", encoding="utf-8")
    config = tmp_path / "config.yaml"
    config.write_text(
        'knowledge: articles\nignore: ["/old/", "*.log.txt", "!SUMMARY.md"]\n', encoding="utf-8"
    )
    done = bot(command, "--config", str(config))
    assert done.returncode == 0
    served = set(re.findall(r"Of ([A-Za-z.]+)", done.stdout))
    assert served == {"a.md", "SUMMARY.md"}
    if command == "check":
        assert (
            "  ignored, by pattern: _drafts/ 1 · *.log.txt 1 · node_modules/ 1 · /old/ 1"
            in done.stdout.splitlines()
        )
