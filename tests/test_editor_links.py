"""Links: a question and its like are answered from the section that the editor names."""

from pathlib import Path

import pytest
from test_last_good import Desk

from bot.answers.conversation import Turn
from bot.answers.ids import passage_id
from bot.answers.model import Assurance
from bot.articles.overlay import Overlay
from bot.knowledge_base import KnowledgeBase

MUSEUM = (
    "# The Museum\n\nThe museum stands in Lisk.\n\n"
    "## Tickets\n\nThe cafe sells cake. Admission is nine crowns. Children come in free.\n\n"
    "## Hours\n\nDoors open at ten.\n\n## Empty\n\n## Garden\n\nRoses grow in the garden.\n"
)
POOL = "# The Pool\n\n## Tickets\n\nA swim costs four crowns.\n"
PRICE = "how much dough do I fork out?"
LINKS = f"links:\n  - question: {PRICE}\n    article: museum\n    section: Tickets\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a folder with two articles."""
    desk = Desk(tmp_path / "articles", tmp_path / "versions")
    desk.write("museum.md", MUSEUM)
    desk.write("pool.md", POOL)
    return desk


def first(knowledge_base: KnowledgeBase, question: str, article: str = "") -> str:
    """Give where the first quotation is from; "" for a refusal."""
    answer = knowledge_base.answer(question, article)
    quote = answer.quotes[0] if answer.quotes else None
    return f"{quote.article.id}#{quote.section.heading}" if quote else ""


def test_a_linked_question_and_its_like_are_answered_from_there(desk: Desk) -> None:
    """In other order and form; not where other words are asked, or another type of answer."""
    knowledge_base = desk.open()
    assert first(knowledge_base, PRICE) == ""
    desk.write("links.yaml", LINKS)
    assert knowledge_base.reload().link_count == 1
    assert not knowledge_base.problems
    for like in (PRICE, "Fork out dough?", "the dough that we fork out"):
        assert first(knowledge_base, like) == "museum#Tickets", like
    for other in ("when was the dough forked out?", "who forks out?", "how do I bake dough?"):
        assert first(knowledge_base, other) == "", other
    answer = knowledge_base.answer(PRICE)
    assert (answer.assurance, answer.coverage) == (Assurance.SURE, 1.0)
    assert first(knowledge_base, PRICE, "pool") == ""
    before = Turn("when does it open?", "when does it open?", ())
    assert knowledge_base.answer(PRICE, before=before).quotes
    explained = knowledge_base.answerer.explain(PRICE, answer.quotes[0].id)
    assert explained is not None
    assert explained[1].linked == PRICE
    again = knowledge_base.answerer.explain("what does the cafe sell?", answer.quotes[0].id)
    assert again is not None
    assert again[1].linked == ""
    for article, _, passage in knowledge_base.library.passages():
        other = passage_id(article, passage)
        if other != answer.quotes[0].id:
            told = knowledge_base.answerer.explain(PRICE, other)
            assert told is not None
            assert told[1].linked == ""


def test_links_are_served_like_the_articles(desk: Desk) -> None:
    """Changed alone, tried in a draft, in their last good version, and gone with their file."""
    knowledge_base = desk.open()
    draft = knowledge_base.draft(Overlay({"links.yaml": LINKS.encode()}))
    assert draft.link_count == 1
    assert draft.answerer.answer(PRICE).quotes
    assert not knowledge_base.answer(PRICE).quotes
    desk.write("links.yaml", LINKS)
    index = knowledge_base.answerer.index
    knowledge_base.reload()
    assert knowledge_base.answerer.index is index
    desk.write("links.yaml", "links: [")
    assert "last good version" in str(knowledge_base.reload().problems)
    assert first(knowledge_base, PRICE) == "museum#Tickets"
    assert first(desk.open(), PRICE) == "museum#Tickets"
    (desk.folder / "links.yaml").unlink()
    assert knowledge_base.reload().link_count == 0
    assert first(knowledge_base, PRICE) == ""


WRONG = {
    "links: no\n": "1:8: error: links: there is no list of links",
    "more:\n  - x\n": '1:1: error: links: "more" is not a key here (known here: links)',
    "links:\n  - x\n": "2:5: error: links: this is no mapping",
    "links:\n  - section: Hours\n": "2:5: error: links: question: a text is wanted",
    "links:\n  - question: a b\n": "2:5: error: links: section: a text is wanted",
    "links:\n  - question: a b\n    section: Tickets\n": "stands in several articles: museum, pool",
    "links:\n  - question: a b\n    section: Hourz\n": "no section “Hourz” (nearest to it: “Hours”)",
    "links:\n  - question: a b\n    section: Hours\n    article: zoo\n": "no article “zoo”",
    "links:\n  - question: a b\n    section: Empty\n": "3:14: error: links: this section has no text",
    "links:\n  - question: a b\n    section: [Hours, Garden]\n": "one section of one article",
    "links:\n  - {question: a, section: Hours, why: x}\n": '2:35: error: links: "why" is not',
}


def test_what_is_wrong_is_told_by_its_place_and_costs_no_other_link(desk: Desk) -> None:
    """Each in one line with a hint; the link below is read."""
    knowledge_base = desk.open()
    sound = "  - question: [where are the roses, any flowers]\n    section: Garden\n"
    for text, told in WRONG.items():
        with_sound = text + sound if text.startswith("links:\n") else text
        draft = knowledge_base.draft(Overlay({"links.yaml": with_sound.encode()}))
        (problem,) = draft.problems
        assert told in str(problem), str(problem)
        assert str(problem).startswith("links.yaml:"), str(problem)
        assert problem.hint, str(problem)
        assert draft.link_count == (2 if with_sound != text else None)


def test_a_link_is_found_in_the_language_of_its_section(desk: Desk) -> None:
    """Though the question is in another one."""
    desk.write(
        "garten.md",
        "---\nlanguage: de\n---\n# Der Garten\n\n## Rosen\n\nIm Garten blühen rote Rosen, und sie "
        "werden jeden Morgen von den Gärtnern gegossen.\n",
    )
    desk.write("links.yaml", "links:\n  - question: any flowers?\n    section: Rosen\n")
    assert first(desk.open(), "any flowers?") == "garten#Rosen"
