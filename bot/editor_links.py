"""The editor's links: questions in readers' words, each with the section that answers it.

In: the text of ``links.yaml``, which lies among the articles::

    links:
      - question: What does it cost to come in?
        article: museum
        section: Tickets

Out: links to sections of a library, and what is wrong with the file. ``question`` is one text or a
list of them. Articles and sections are named as in a question set: by id or title, by heading or
number. What is wrong with a link costs that link.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot import strict_yaml
from bot.answers.links import Link
from bot.articles.library import Library
from bot.articles.model import Problem
from bot.articles.problems import keep_gravest, make_error
from bot.strict_yaml import Node, Scalar, YamlError, read_yaml
from bot.texts import common
from bot.texts import links as link_texts
from bot.texts import problems as texts

# Its name in the folder of the articles.
LINKS = "links.yaml"
# A megabyte holds ten thousand links; what is larger is something else.
_MAX_BYTES = 1 << 20
_KEYS = ("question", "article", "section")


class LinkEntry(NamedTuple):
    """A link as it is written: questions, the name of the article or nothing, and of a section."""

    questions: tuple[Scalar, ...]
    articles: tuple[Scalar, ...]
    section: Scalar


def parse_links(text: str) -> tuple[Sequence[LinkEntry], Sequence[Problem]]:
    """Give the links of a file, and what is wrong with its form."""
    parser = _Parser()
    try:
        root = read_yaml(text, max_bytes=_MAX_BYTES)
    except YamlError as error:
        return (), (_make_problem(error, error.what, error.hint),)
    parser.read(root)
    return parser.entries, parser.problems


def locate_links(
    entries: Sequence[LinkEntry], library: Library
) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """Find the sections that are named, and say which are not there."""
    if not entries:
        return (), ()
    # Most folders have no links, and what looks names up takes long to import.
    from bot.evaluation.article_lookup import ArticleLookup  # noqa: PLC0415
    from bot.evaluation.expectations import ExpectationLocator  # noqa: PLC0415

    problems: list[Problem] = []

    def report(node: Node, what: str, hint: str) -> None:
        problems.append(_make_problem(node, what, hint))

    locator = ExpectationLocator(ArticleLookup(library), report)
    links: list[Link] = []
    for entry in entries:
        count = len(problems)
        is_named = bool(entry.articles)
        articles = locator.locate_articles(entry.articles)
        places = locator.locate_sections([entry.section], articles, is_article_named=is_named)
        if len(problems) > count:
            continue
        article, section = places[0]
        if not section.passages:
            report(entry.section, link_texts.SECTION_EMPTY, link_texts.SECTION_EMPTY_HINT)
            continue
        links += [Link(one.text, article.id, section.number) for one in entry.questions]
    return tuple(links), tuple(keep_gravest(problems))


class _Parser:
    """Reads the nodes of a file; collects links and what is wrong."""

    def __init__(self) -> None:
        self.entries: list[LinkEntry] = []
        self.problems: list[Problem] = []

    def read(self, root: Node) -> None:
        """Read the whole file."""
        named = self._read_entries(root, ("links",))
        items = named.get("links")
        if not isinstance(items, strict_yaml.Sequence):
            if not self.problems:
                self._report(items or root, link_texts.NO_LINKS, link_texts.LIST_EXAMPLE)
            return
        for item in items.items:
            self._read_link(item)

    def _read_link(self, node: Node) -> None:
        count = len(self.problems)
        named = self._read_entries(node, _KEYS)
        if not isinstance(node, strict_yaml.Mapping):
            return
        questions = self._read_texts(node, "question", named)
        sections = self._read_texts(node, "section", named)
        articles = self._read_texts(node, "article", named) if "article" in named else ()
        if len(sections) > 1 or len(articles) > 1:
            self._report(node, link_texts.ONE_SECTION, link_texts.ONE_SECTION_HINT)
        if len(self.problems) == count:
            self.entries.append(LinkEntry(questions, articles, sections[0]))

    def _read_entries(self, node: Node, known: Sequence[str]) -> dict[str, Node]:
        """Give the values of known keys; other keys are wrong."""
        if not isinstance(node, strict_yaml.Mapping):
            self._report(node, link_texts.NO_KEYS, link_texts.LIST_EXAMPLE)
            return {}
        for name, (key, _) in node.entries.items():
            if name not in known:
                hint = link_texts.KEYS_ARE(keys=", ".join(known))
                self._report(key, common.UNKNOWN_KEY(key=name), hint)
        return {name: value for name, (_, value) in node.entries.items() if name in known}

    def _read_texts(self, node: Node, key: str, named: dict[str, Node]) -> tuple[Scalar, ...]:
        """Give one text or each of a list."""
        value = named.get(key)
        items = value.items if isinstance(value, strict_yaml.Sequence) else (value,)
        texts_read = [one for one in items if isinstance(one, Scalar) and one.text.strip()]
        if len(texts_read) < len(items) or not texts_read:
            self._report(value or node, link_texts.TEXT_WANTED(key=key), link_texts.LINK_EXAMPLE)
        return tuple(texts_read)

    def _report(self, node: Node, what: str, hint: str) -> None:
        self.problems.append(_make_problem(node, what, hint))


def _make_problem(place: Node | YamlError, what: str, hint: str) -> Problem:
    return make_error(texts.LINKS, LINKS, place.line, place.column, fault=what, remedy=hint)
