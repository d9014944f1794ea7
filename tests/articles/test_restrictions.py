"""Whose articles are whose: what a header says of its readers is read, or nobody is one."""

import pytest

from bot.articles.files import SourceFile
from bot.articles.lines import Lines
from bot.articles.model import Article, Problem
from bot.articles.parser import read_article
from bot.articles.restrictions import find_unread_audience, read_roles

STAFF, COUNCIL = 123456789012345678, 223456789012345678


def _read(text: str, name: str = "a.md") -> tuple[Article, list[Problem]]:
    article, problems = read_article(SourceFile(name, text, ""))
    assert article is not None, problems
    return article, problems


@pytest.mark.parametrize(
    "header",
    [
        f"---\naudience: {STAFF}\n---\n",
        f"---\nAudience: [{STAFF}]\n---\n",
        f'---\naudience: ["<@&{STAFF}>", {COUNCIL}]\n---\n',
        f"---\naudience:\n  - {STAFF}\n  - {COUNCIL}\n---\n",
        f"---\naudience: {STAFF}, {COUNCIL}\n---\n",
        f"+++\naudience = [{STAFF}]\n+++\n",
        f"+++\n[extra]\naudience = {STAFF}\n+++\n",
        f'{{"audience": {STAFF}}}\n',
    ],
)
def test_an_audience_is_read_from_any_header(header: str) -> None:
    """Ids of roles, alone, listed or as mentions, are the roles of the article."""
    article, problems = _read(f"{header}\nA text.\n")
    roles = (STAFF, COUNCIL) if str(COUNCIL) in header else (STAFF,)
    assert (article.roles, problems) == (roles, [])


@pytest.mark.parametrize(
    "header",
    [
        "---\naudience: staff\n---\n",
        f"---\naudience: [{STAFF}, staff]\n---\n",
        "---\naudience:\n---\n",
        "---\naudience: []\n---\n",
        "---\naudience: [123\n---\n",
        f'---\n{{"audience": [{STAFF}}}\n---\n',
        f"---\ntitle A\nto be or not\naudience: {STAFF}\n---\n",
        f"+++\naudience = {STAFF}\n",
        f"+++\ntitle: A\naudience: {STAFF}\n+++\n",
        f'{{"title": "A",\n"audience": {STAFF}\n',
        f"title: A\naudience: {STAFF}\n",
        f"\ufeffaudience: <@&{STAFF}>\n",
    ],
)
def test_an_audience_that_cannot_be_read_is_nobody(header: str) -> None:
    """A slip of the pen hides the article and is an error; it never shows it to everybody."""
    article, problems = _read(f"{header}\nA text.\n")
    assert article.roles == ()
    assert "error" in {problem.severity for problem in problems}


@pytest.mark.parametrize(
    "text",
    [
        "# Of plays\n\nAudience: whoever comes.\n",
        "Audience: everybody who likes tea\n\nA text.\n",
        f"A text.\n\naudience: {STAFF}\n",
        "---\ntitle: A\nparams:\n  theme: dark\n---\nThe audience: they clapped.\n",
        "A text of one line",
    ],
)
def test_prose_about_an_audience_restricts_nothing(text: str) -> None:
    """What only speaks of an audience is read by everybody."""
    article, problems = _read(text)
    assert article.roles is None
    assert "error" not in {problem.severity for problem in problems}


def test_no_text_has_no_audience() -> None:
    """A file of nothing but a header's beginning is looked through to its end."""
    assert find_unread_audience(Lines("---"), 1) == 0
    assert read_roles([]) is None
