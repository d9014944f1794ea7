"""Answers of members, kept among the articles: one section each, with the link of its message.

In: the text of ``answers.md``, "" where there is none, and an answer. Out: the text with it, or
without it; all else stays as it was. An answer is found by its link.
"""

import re

from bot.texts import files as texts

# Its name in the folder of the articles.
ANSWERS = "answers.md"
_FENCE = re.compile(r"^\s*(?:```|~~~)", re.MULTILINE)
# What would begin a section, or end one, in the middle of an answer.
_HEADING = re.compile(r"^(\s*)(#|=+\s*$|-+\s*$)", re.MULTILINE)
_SECTION = "\n## "


def add_answer(text: str, question: str, answer: str, link: str) -> str:
    """Add a section with a question, its answer, and the link of the answer's message.

    One that is kept already gets this text.
    """
    rest = remove_answer(text, link) or f"# {texts.ARTICLE_OF_ANSWERS}\n"
    newline = "\r\n" if "\r\n" in rest else "\n"
    if not rest.endswith("\n"):
        rest += newline
    body = _HEADING.sub(r"\1\\\2", answer.strip())
    # By such a line an answer is found; what a member writes is none.
    body = body.replace(_BEGIN_OF_SOURCE, f"\\{_BEGIN_OF_SOURCE}")
    if len(_FENCE.findall(body)) % 2:
        body += "\n```"
    heading = " ".join(question.split()).lstrip("# ")
    section = f"{_SECTION}{heading}\n\n{body}\n\n{_make_source(link)}\n"
    return rest + section.replace("\n", newline)


def remove_answer(text: str, link: str) -> str:
    """Take the section of a link out; "" where nothing but the title is left.

    It is found however the lines of the file end: some editors write them anew.
    """
    source = re.search(rf"\n{re.escape(_make_source(link))}\r?(?:\n|\Z)", text)
    if source is None:
        return text
    begin = max(0, text.rfind(_SECTION, 0, source.start()))
    # The blank line before a section goes with it.
    kept = text[:begin].removesuffix("\r") + text[source.end() :]
    return kept if _SECTION in kept else ""


def _make_source(link: str) -> str:
    return texts.SOURCE_OF_ANSWER(link=link)


_BEGIN_OF_SOURCE = _make_source("").removesuffix(")")
