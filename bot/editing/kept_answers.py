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
    if not rest.endswith("\n"):
        rest += "\n"
    body = _HEADING.sub(r"\1\\\2", answer.strip())
    if len(_FENCE.findall(body)) % 2:
        body += "\n```"
    heading = " ".join(question.split()).lstrip("# ")
    return f"{rest}{_SECTION}{heading}\n\n{body}\n\n{_make_source(link)}\n"


def remove_answer(text: str, link: str) -> str:
    """Take the section of a link out; "" where nothing but the title is left."""
    source = f"\n{_make_source(link)}\n"
    at = text.find(source)
    if at < 0:
        return text
    begin = text.rfind(_SECTION, 0, at)
    # The blank line before a section goes with it.
    kept = text[: max(0, begin)] + text[at + len(source) :]
    return kept if _SECTION in kept else ""


def _make_source(link: str) -> str:
    return texts.SOURCE_OF_ANSWER(link=link)
