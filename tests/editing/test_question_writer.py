"""A question is added to the editor's set, and what the editor wrote there stays byte for byte."""

import pytest

from bot.editing.question_writer import ExpectedAnswer, QuestionsError, add_question
from bot.strict_yaml import Mapping, Scalar, Sequence, read_yaml

ADDED = ExpectedAnswer('who said "no"?', "towns/lisk", "He said: \\no\u200d\u0085 – #never.")
ENTRY = (
    b'- question: "who said \\"no\\"?"\n'
    b'  article: "towns/lisk"\n'
    b'  sentence: "He said: \\\\no\\U0000200d \xe2\x80\x93 #never."\n'
)
OLD = b"- question: how is tea made?  # often\n  section: Black tea\n"

# What stands in the file, and where the new entry goes: before the bytes after the mark.
FILES = {
    "none": b"@",
    "one": b"questions:\n@" + OLD,
    "remarks": b"# Mine.\n\nabout: 'tea'\nquestions:   # all of them\n@  # the first\n"
    + OLD
    + b"\n#",
    "more keys": b"questions:\n@" + OLD + b"about: tea\n",
    "no list yet": b"questions:\n@about: tea\n",
    "other keys alone": b"about: tea\n@",
    "no newline at the end": b"questions:\n@" + OLD.rstrip(),
}


@pytest.mark.parametrize("name", FILES)
def test_what_was_there_stays(name: str) -> None:
    """Remarks, other keys and blank lines; the new question comes first."""
    before, after = FILES[name].split(b"@")
    done = add_question((before + after) or None, ADDED)
    head = b"" if b"questions" in FILES[name] else b"questions:\n"
    assert done == before + head + ENTRY + after


def test_lines_end_and_begin_as_they_do_there() -> None:
    """With a byte order mark, the newlines of another system, and blanks before the hyphen."""
    before = b"\xef\xbb\xbfquestions:\r\n"
    after = b"  - question: how?\r\n    not_answered: true\r\n"
    entry = b'  - question: "why?"\r\n    not_answered: true\r\n'
    assert add_question(before + after, ExpectedAnswer("why?")) == before + entry + after


@pytest.mark.parametrize(
    ("expected", "entry"),
    [
        (
            ExpectedAnswer("tl;dr", "tea", request="summary"),
            '- question: "tl;dr"\n  article: "tea"\n  summary: true\n',
        ),
        (
            ExpectedAnswer("tl;dr", "tea", section="Black tea", request="summary"),
            '- question: "tl;dr"\n  article: "tea"\n  section: "Black tea"\n  summary: true\n',
        ),
        (
            ExpectedAnswer("who wrote it?", "tea", request="author"),
            '- question: "who wrote it?"\n  article: "tea"\n  about: author\n',
        ),
        (
            ExpectedAnswer("which are there?", request="articles"),
            '- question: "which are there?"\n  about: articles\n',
        ),
    ],
)
def test_a_request_is_written_as_question_sets_have_it(
    expected: ExpectedAnswer, entry: str
) -> None:
    """With what it is of, where that is a certain article."""
    assert add_question(None, expected).decode() == f"questions:\n{entry}"


def test_what_is_added_is_read_as_it_was_said() -> None:
    """Quotation marks, backslashes and what is invisible among it; on one line."""
    root = read_yaml(add_question(None, ADDED).decode())
    assert isinstance(root, Mapping)
    items = root.entries["questions"][1]
    assert isinstance(items, Sequence)
    (item,) = items.items
    assert isinstance(item, Mapping)
    said = {
        key: value.text for key, (_, value) in item.entries.items() if isinstance(value, Scalar)
    }
    assert said == {
        "question": ADDED.question,
        "article": ADDED.article,
        "sentence": "He said: \\no\u200d – #never.",
    }


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'questions:\n- question: "who  said \\"no\\"?"\n  section: x\n', "already, in line 2"),
        (b"questions: [{question: a, section: b}]\n", "line of its own"),
        (b"questions: [{question: a, section: b}]", "line of its own"),
        (b"questions: all\n", "line of its own"),
        (b"- a\n", "line of its own"),
        (b"questions:\n- question: a\n  question: b\n", "can't be read: line 3"),
        (b"questions:\n- question: caf\xe9\n  section: b\n", "not in UTF-8"),
    ],
)
def test_what_can_not_be_added_to_stays_as_it_is(content: bytes, why: str) -> None:
    """A question that is there, a list on one line, a file that is spoilt: each says why."""
    with pytest.raises(QuestionsError, match=why):
        add_question(content, ADDED)
