"""Follow-ups of many kinds: a table of articles, what is asked one after the other, what answers."""

from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.conversation import Turn
from bot.answers.model import Answer, Assurance
from bot.articles.library import build

TREATIES = """# The treaties of the valley

## The first treaty

Marn and Lisk signed the first treaty in Ostby. The signing took place on 3 May 1844. Their mayors
had quarrelled about the mill for years, because it stood on the border.

Marn said that the mill was older than the border. Lisk said that the water came from its hills.

## Treaty II

Treaty II was signed on 9 June 1851. It failed when the mill burned down.
"""
TRUCE = """# The towns of the valley

## The truce

Marn and Lisk agreed on a truce in the spring. The mayors shook hands in the rain. It collapsed
after three weeks.
"""
BELLS = """# Bells

## Two bells

The first bell rang at dawn. The second bell rang at noon in Ostby.

## Another

The third bell broke in May.
"""
STALLS = ", ".join(f"a barn of {number} stalls" for number in range(14))
# The second sentence of this section is a passage of its own, without a word of the question.
BARNS = f"""# Notes

## Owners

Marn owned the mill of Ostby, {STALLS}.

It was sold on 9 June 1851.

## Geese

Geese swim.
"""
MARN_SAID = "What did Marn say about the mill?"


def serve(folder: Path, text: str) -> Answerer:
    """Serve a text as the only article."""
    (folder / "article.md").write_text(text, encoding="utf-8")
    return Answerer(build(folder)[0])


def ask(answerer: Answerer, *questions: str) -> Answer:
    """Ask one question after the other; give the last answer."""
    before: Turn | None = None
    for question in questions:
        answer = answerer.answer(question, before=before)
        before = answer.turn or before
    return answer


@pytest.mark.parametrize(
    ("article", "questions", "key"),
    [
        # What is sought, and words beside it.
        (TRUCE, ["Who agreed on a truce?", "where did they shake hands?"], "The mayors shook"),
        # An ordinal that the article writes so.
        (BELLS, ["when did the first bell ring?", "and the second one?"], "The second bell"),
        # What was just asked does not name the side.
        (
            TREATIES,
            [MARN_SAID, "it was signed when?", "and the other side?"],
            "Marn and Lisk signed",
        ),
        # Two names side by side that no article writes as one.
        (
            TREATIES,
            ["What did Marn Lisk say about the mill?", "and the other side?"],
            "Lisk said",
        ),
        # A longer text that asks something, and what stands around that.
        (
            TREATIES,
            [f"I was reading about the old bridge of Ostby. It has arches. {MARN_SAID}", "why?"],
            "Their mayors",
        ),
        # A passage beside what was quoted that has no word of the question.
        (BARNS, ["Who owned the mill of Ostby?", "when was that?"], "It was sold"),
        # Sure without what was asked before.
        (
            TREATIES,
            [
                "Where did Marn and Lisk sign the first treaty?",
                "did it fail when the mill burned down?",
            ],
            "It failed when the mill burned down.",
        ),
    ],
)
def test_a_follow_up_is_answered(
    tmp_path: Path, article: str, questions: list[str], key: str
) -> None:
    """By the sentence that a reader of the conversation would expect."""
    assert ask(serve(tmp_path, article), *questions).quotes[0].key.plain.startswith(key)


@pytest.mark.parametrize("question", ["why?", "and then?"])
def test_where_all_was_quoted_nothing_more_is(tmp_path: Path, question: str) -> None:
    """The only sentence of an article does not answer a second time."""
    answerer = serve(tmp_path, "# Mills\n\nThe mill of Ostby was built in 1801 by Marn.\n")
    assert ask(answerer, "who built the mill", question).kind == "none"


def test_the_other_side_of_nobody_is_not_found(tmp_path: Path) -> None:
    """After a question that was not answered there is no other side."""
    answerer = serve(tmp_path, TREATIES)
    for question in ("What did Qqq say about zebras?", "when was this?"):
        assert ask(answerer, question, "and the other side?").assurance is Assurance.FAINT


def test_a_conversation_goes_on_after_its_article_was_edited(tmp_path: Path) -> None:
    """What was quoted is gone, or stands nearer to the beginning now."""
    gone = Turn(MARN_SAID, MARN_SAID, ("0123456789ab",))
    assert serve(tmp_path, TREATIES).answer("say that again", before=gone).kind == "smalltalk"
    said = "Marn said that the mill was older."
    long_before = "Words there are many. " * 30
    first = serve(tmp_path, f"# T\n\n## Opening\n\n{long_before}\n\n## The quarrel\n\n{said}\n")
    turn = first.answer(MARN_SAID).turn
    second = serve(tmp_path, f"# T\n\n## The quarrel\n\n{said}\n")
    answer = second.answer("and the other side?", before=turn)
    assert answer.assurance is Assurance.FAINT
