"""Names of sections and shortened texts, for the faults of question sets and for the report."""

from bot.articles.model import Article, Section
from bot.texts import evaluation as texts


def name_section(article: Article, section: Section, *, with_article: bool = False) -> str:
    """Name a section by its heading, with the article's id where ``with_article`` says so.

    The text before an article's first heading is named by the article's title.
    """
    if not section.heading:
        return texts.LEAD(title=article.title)
    if with_article:
        return texts.HEADING_OF_ARTICLE(heading=section.heading, id=article.id)
    return texts.HEADING(heading=section.heading)


def shorten(text: str, max_length: int) -> str:
    """Cut a text to ``max_length`` characters, the last of them "…"; newlines become blanks."""
    one_line = " ".join(text.split())
    if len(one_line) <= max_length:
        return one_line
    kept = one_line[: max_length - 1].rstrip()
    return f"{kept}…"
