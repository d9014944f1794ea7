"""What an editor adds to a file: links, synonyms, a section. All else stays as it was, to the byte.

In: the text of a file, "" where there is none, and what is to be added. Out: the text with it. It
is read again: where that does not say what it should, nothing comes out but an EditError.
"""

import json
import re
from collections.abc import Sequence

from bot.articles.files import SourceFile
from bot.articles.model import Article, Section
from bot.articles.parser import read_article
from bot.editing.text_edit import EditError
from bot.editor_links import parse_links
from bot.evaluation.article_lookup import find_sections
from bot.search.analysis.synonyms import SynonymGroup, read_groups
from bot.texts import editing as texts
from bot.texts import files as file_texts

# Files of which it is known how a section is written.
_SUFFIXES_OF_SECTIONS = (".md", ".markdown", ".mdx")
# What stands in front of an item of a list, or of a line of a block.
_BEGINNING = re.compile(r"^\s*(?:- )?")
_LIST_ITEM = re.compile(r"^( *)- ", re.MULTILINE)


def add_link(text: str, questions: Sequence[str], article: Article, section: Section) -> str:
    """Add a link of questions to a section."""
    newline = _find_newline(text)
    before, problems_before = parse_links(text)
    found = _LIST_ITEM.search(text)
    indent = found[1] if found and before else "  "
    beginning = _end_line(text, newline)
    if not before:
        beginning += file_texts.LINKS_HEAD.replace("\n", newline)
    asked = [_quote(question) for question in questions]
    question = asked[0] if len(asked) == 1 else f"[{', '.join(asked)}]"
    lines = [
        f"{indent}- question: {question}",
        f"{indent}  article: {_quote(article.id)}",
        f"{indent}  section: {_quote(_name_section(article, section))}",
    ]
    added = beginning + "".join(f"{line}{newline}" for line in lines)
    after, problems = parse_links(added)
    if len(problems) > len(problems_before) or len(after) != len(before) + 1:
        raise EditError(texts.CANNOT_ADD_TO(file="links.yaml"))
    return added


def _name_section(article: Article, section: Section) -> str:
    """Name a section so that it is found: by its heading, or else by its number."""
    is_found = find_sections([article], section.heading) == [(article, section)]
    return section.heading if section.heading and is_found else str(section.number)


def add_synonyms(text: str, words: Sequence[str], comment: str) -> str:
    """Add words that mean the same, below a comment, to the section ``same`` of a thesaurus."""
    newline = _find_newline(text)
    group = [" ".join(word.split()) for word in words]
    written = ", ".join(group)
    lines = text.splitlines(keepends=True)
    key = next((at for at, line in enumerate(lines) if re.match(r"same\s*:", line)), None)
    if key is None:
        block = ["same: |", f"  # {comment}", f"  {written}", ""]
        added = _end_line(text, newline) + newline.join(block)
    else:
        last = _find_last_of_block(lines, key)
        lines[last] = _end_line(lines[last], newline)
        beginning = "".join(_BEGINNING.findall(lines[last])[:1])
        remark = beginning.replace("- ", "")
        lines[last] += f"{remark}# {comment}{newline}{beginning}{written}{newline}"
        added = "".join(lines)
    before, faults_before = read_groups(text)
    after, faults = read_groups(added)
    wanted = SynonymGroup("same", tuple(group))
    if sorted(after) != sorted([*before, wanted]) or len(faults) != len(faults_before):
        raise EditError(texts.CANNOT_ADD_TO(file="synonyms.yaml"))
    return added


def _find_last_of_block(lines: Sequence[str], key: int) -> int:
    """Give the last line of what stands below a key, without the blank ones behind it."""
    last = key
    for at in range(key + 1, len(lines)):
        if lines[at].strip():
            if not lines[at].startswith((" ", "\t", "- ")):
                break
            last = at
    if last == key:
        raise EditError(texts.CANNOT_ADD_TO(file="synonyms.yaml"))
    return last


def add_section(article: Article, heading: str, body: str) -> str:
    """Add a section behind all others of an article."""
    if article.decoding.extractor:
        raise EditError(texts.NO_TEXT_TO_EDIT())
    if not article.file.lower().endswith(_SUFFIXES_OF_SECTIONS):
        raise EditError(texts.NO_SECTION_TO_ADD())
    newline = _find_newline(article.text)
    text = _end_line(article.text, newline)
    lines = [f"## {_make_line(heading)}", "", *body.strip().splitlines()]
    added = text + newline + "".join(f"{line}{newline}" for line in lines)
    # Behind a comment or code that is not closed, it would be a part of that.
    source = SourceFile(article.file, added, "", decoding=article.decoding)
    after, _ = read_article(source)
    behind = [] if after is None else [one for one in after.sections if one.start >= len(text)]
    if not behind:
        raise EditError(texts.CANNOT_ADD_TO(file=article.file))
    return added


def write_article(title: str, body: str) -> str:
    """Write a new article."""
    return f"# {_make_line(title)}\n\n{body.strip()}\n"


def _make_line(text: str) -> str:
    return " ".join(text.split()).lstrip("# ")


def _quote(text: str) -> str:
    """Write a text so that YAML reads it as it is: what JSON quotes, YAML understands."""
    visible = "".join(filter(str.isprintable, " ".join(text.split())))
    return json.dumps(visible, ensure_ascii=False)


def _find_newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _end_line(text: str, newline: str) -> str:
    """End the last line of a text, if it has one."""
    return text if not text or text.endswith("\n") else text + newline
