"""The articles and questions that the rules' numbers are found on."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.quality.golden_sets import find_golden_sets, read_golden_set
from benchmarks.quality.public_sets import read_public_set
from benchmarks.summaries.marks import OWN_FOLDERS
from bot.articles.library import Library, build

_FOLDERS = (*OWN_FOLDERS, find_golden_sets()[0].parent / "articles")


def read_articles(squad: Path | None) -> Library:
    """Read the repository's articles, and those of a SQuAD file.

    Raises SetError for what is no such file.
    """
    articles = [article for folder in _FOLDERS for article in build(folder)[0].articles]
    if squad is not None:
        articles += _read_squad(squad).articles
    return Library(tuple(articles))


def _read_squad(path: Path) -> Library:
    bodies: dict[str, list[str]] = {}
    for text in read_public_set(path).texts:
        bodies.setdefault(text.title, [f"# {text.title}"]).append(text.body)
    with TemporaryDirectory() as folder:
        for number, parts in enumerate(bodies.values()):
            (Path(folder) / f"squad-{number}.md").write_text("\n\n".join(parts), encoding="utf-8")
        return build(Path(folder))[0]


def read_questions(squad: Path | None) -> list[str]:
    """Read the questions of the golden sets, and those of a SQuAD file."""
    sets = [read_golden_set(path) for path in find_golden_sets()]
    if squad is not None:
        sets.append(read_public_set(squad))
    return [
        words
        for one in sets
        for words in (*(asked.words for asked in one.questions), *one.uncovered)
    ]


def describe(library: Library) -> str:
    """Say how many articles and sentences there are."""
    sentences = sum(len(section.sentences) for _, section in library.sections())
    return f"{len(library.articles)} articles, {sentences:,} sentences"
