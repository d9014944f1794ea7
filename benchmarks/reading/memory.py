"""How much memory it takes to read a folder, as a multiple of its text.

A process that imports what reading needs and reads a folder of prose is compared with one that does
nothing. In: a size. Out: a Markdown table. Half of the files are Markdown, a line a paragraph; half
are plain text, wrapped as people wrap it. The words are those of ``benchmarks.speed``.
"""

import argparse
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from benchmarks.speed.passages import draw_passages

_ROOT = Path(__file__).parents[2]
# People's files, from a page of notes to a book: bytes, taken in turn.
_FILE_BYTES = (50_000, 150_000, 300_000, 500_000)
_WRAPPED_AT = 80
_PARAGRAPHS_OF_SECTION = 8
# More passages than the largest folder here takes.
_MOST_PASSAGES = 1_000_000
# Linux tells the most that was resident, in kilobytes; no module is imported for it.
_TELL = """
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM:")))
"""
_IMPORT = "from bot.articles.library import build\n"
_READ = "import sys\nfrom pathlib import Path\nlibrary, _ = build(Path(sys.argv[1]))\n"
_HEAD = (
    "| text, MB | empty interpreter, MB | imports, MB | reading, MB | all above the empty one, MB "
    "| ÷ text |\n| ---: | ---: | ---: | ---: | ---: | ---: |"
)
_MEGABYTE = 1_000_000
_DEFAULT_MEGABYTES = (10, 30)


@dataclass(frozen=True, slots=True)
class ReadingMemory:
    """The most that was resident, in bytes: of an empty interpreter, with the imports, in all."""

    text_bytes: int
    empty_bytes: int
    imported_bytes: int
    read_bytes: int

    @property
    def factor(self) -> float:
        """What reading takes above an empty interpreter, as a multiple of the text."""
        return (self.read_bytes - self.empty_bytes) / self.text_bytes


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. Gives 0, or 2 where the system does not tell what is resident."""
    parser = argparse.ArgumentParser("python -m benchmarks.reading.memory", description=__doc__)
    parser.add_argument("megabytes", nargs="*", type=int, metavar="MEGABYTES", help="of text")
    sizes = parser.parse_args(arguments).megabytes or _DEFAULT_MEGABYTES
    if not Path("/proc/self/status").exists():
        print("benchmarks.reading.memory: needs Linux's /proc", file=sys.stderr)
        return 2
    print(_HEAD)
    for megabytes in sizes:
        print(_render_row(measure_memory(megabytes * _MEGABYTE)), flush=True)
    return 0


def measure_memory(text_bytes: int) -> ReadingMemory:
    """Read a folder of about so many bytes in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        written_bytes = write_prose(Path(folder), text_bytes)
        return ReadingMemory(
            text_bytes=written_bytes,
            empty_bytes=_run(_TELL),
            imported_bytes=_run(_IMPORT + _TELL),
            read_bytes=_run(_IMPORT + _READ + _TELL, folder),
        )


def write_prose(folder: Path, text_bytes: int) -> int:
    """Write files of prose until they have so many bytes; give how many they have."""
    paragraphs = draw_passages(_MOST_PASSAGES)
    written_bytes = 0
    for number, file_bytes in enumerate(cycle(_FILE_BYTES)):
        if written_bytes >= text_bytes:
            break
        size_bytes = min(file_bytes, text_bytes - written_bytes)
        is_markdown = number % 2 == 0
        blocks = _make_blocks(number, paragraphs, size_bytes, is_markdown=is_markdown)
        content = ("\n\n".join(blocks) + "\n").encode()
        name = f"{number}.md" if is_markdown else f"{number}.txt"
        (folder / name).write_bytes(content)
        written_bytes += len(content)
    return written_bytes


def _make_blocks(
    number: int, paragraphs: Iterator[str], size_bytes: int, *, is_markdown: bool
) -> Iterator[str]:
    """Give the blocks of a file of about so many bytes, its title first.

    With its curly quotes, as most prose has some, Python keeps each character in two bytes.
    """
    title = f"“Article {number}”"
    yield f"# {title}" if is_markdown else title
    made_bytes = count = 0
    while made_bytes < size_bytes:
        if is_markdown and count % _PARAGRAPHS_OF_SECTION == 0:
            yield f"## Part {count // _PARAGRAPHS_OF_SECTION + 1}"
        paragraph = next(paragraphs)
        yield paragraph if is_markdown else textwrap.fill(paragraph, _WRAPPED_AT)
        made_bytes += len(paragraph)
        count += 1


def _run(code: str, *arguments: str) -> int:
    """Run a program that ends by telling its memory; give that in bytes."""
    command = [sys.executable, "-c", code, *arguments]
    # The programs are those above.
    done = subprocess.run(  # noqa: S603
        command, cwd=_ROOT, capture_output=True, check=True, text=True
    )
    return int(done.stdout) * 1024


def _render_row(memory: ReadingMemory) -> str:
    sizes_bytes = (
        memory.text_bytes,
        memory.empty_bytes,
        memory.imported_bytes - memory.empty_bytes,
        memory.read_bytes - memory.imported_bytes,
        memory.read_bytes - memory.empty_bytes,
    )
    cells = [f"{size_bytes / _MEGABYTE:.1f}" for size_bytes in sizes_bytes]
    return f"| {' | '.join(cells)} | {memory.factor:.2f} |"


if __name__ == "__main__":
    sys.exit(main())
