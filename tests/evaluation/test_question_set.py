"""Question sets are read strictly, and what they expect is found in the articles."""

from pathlib import Path

import pytest
from ferries import build_ferries
from parsed import parse_markdown

from bot.articles.library import Library, build
from bot.evaluation.input_files import InputError
from bot.evaluation.question_set import read_questions, read_sound_questions
from bot.evaluation.wording import name_section
from bot.texts import evaluation as texts


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two articles that share a heading."""
    return build_ferries(tmp_path / "articles")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the question set lies."""
    return tmp_path / "set.yaml"


def faults_of(path: Path, text: str, library: Library) -> list[str]:
    """Read a question set that is wrong; give its faults without the file's name."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_questions([path], library)
    return [str(fault).removeprefix(f"{path}:") for fault in caught.value.faults]


def test_a_part_of_a_sentence_is_found_whatever_its_markup_and_case(
    path: Path, library: Library
) -> None:
    """Words are compared; the place is that of the whole sentences that hold them."""
    path.write_text(
        "questions: [{question: 'A?', sentence: FERRY leaves at six it returns}]", encoding="utf-8"
    )
    (question,) = read_questions([path], library).questions
    assert [sentence.text for sentence in question.expected_sentences] == [
        "The **ferry** leaves at\nsix.",
        "It returns at nine.",
    ]
    assert [section.heading for _, section in question.expected_sections] == ["Times"]


def test_a_part_of_a_word_is_no_part_of_a_sentence(path: Path, library: Library) -> None:
    """“nigh” does not stand in “midnight”."""
    (fault,) = faults_of(path, "questions: [{question: 'A?', sentence: nigh}]", library)
    assert "“nigh” does not stand in the articles" in fault


@pytest.mark.parametrize("article", ["trains", "the TRAINS", "[trains]"])
def test_an_article_tells_sections_apart(path: Path, library: Library, article: str) -> None:
    """The id or the title decides which of two sections of one name is meant; so does a list."""
    path.write_text(
        f"questions: [{{question: 'A?', section: times, article: {article}}}]", encoding="utf-8"
    )
    (question,) = read_questions([path], library).questions
    assert [(one.id, section.number) for one, section in question.expected_sections] == [
        ("trains", 1)
    ]


def test_a_sentence_in_a_named_section_is_looked_for_only_there(
    path: Path, library: Library
) -> None:
    """What stands elsewhere is a fault that says where."""
    text = "questions: [{question: 'A?', section: The harbour, sentence: It returns at nine}]"
    assert faults_of(path, text, library) == [
        (
            "1:62: “It returns at nine” does not stand in what is named (it stands in “Times”, "
            "ferries.md:8)"
        )
    ]


def test_every_fault_is_named_at_once(path: Path, library: Library) -> None:
    """All that is wrong is told in one go, with line, column, and how to mend it."""
    text = """\
colour: red
questions:
- question: A?
  sentence: The ferri leaves at six
- question: A?
  section: [The harbor]
- question: C?
  article: ferries
- question: D?
  not_answered: true
  section: Times
  article: ferrys
- question: E?
  not_answered: yes
- question: F?
  section: Times
- question: [G, H]
  sentnce: x
- section: 1
  article: trains
- I?
- question: J?
  sentence: ""
"""
    keys = "question, sentence, section, article, summary, about, not_answered, kind"
    example = "for example sentence: The ferry leaves at six."
    nothing = (
        "it does not say what is expected (add sentence:, section:, summary: true, about: or "
        f"not_answered: true; {example})"
    )
    nearest = "nearest to it: “The ferry leaves at six.” in ferries.md:7"
    which = "say which is meant, or list them, as in article: ferries"
    assert faults_of(path, text, library) == [
        '1:1: "colour" is not a key here (there are questions, about)',
        f"4:13: “The ferri leaves at six” does not stand in the articles ({nearest})",
        f"5:3: “A?” is asked twice (it stands in {path}:3 already)",
        "6:13: there is no section “The harbor” (nearest to it: “The harbour”)",
        f"7:3: {nothing}",
        "10:17: not_answered contradicts section and article (keep the one or the other)",
        "12:12: there is no article “ferrys” (nearest to it: “The ferries”)",
        "14:17: not_answered: only true can be said (leave it out where an answer is expected)",
        f"16:12: the section “Times” stands in several articles: ferries, trains ({which})",
        f"17:3: {nothing}",
        "17:13: question: one text is wanted (not a list)",
        f'18:3: "sentnce" is not a key here (there are {keys})',
        "19:3: the question is missing (for example question: When does the ferry leave?)",
        "21:3: not `key: value` lines (for example - question: When does the ferry leave?)",
        "23:13: sentence: a text or a list of texts is wanted",
    ]


def test_a_summary_or_a_fact_is_expected_of_what_is_named(path: Path, library: Library) -> None:
    """Of an article, or of a section; without an article any may be meant."""
    text = """\
questions:
- {question: 'A?', summary: true, article: trains}
- {question: 'B?', summary: true, article: ferries, section: Times}
- {question: 'C?', about: author}
"""
    path.write_text(text, encoding="utf-8")
    questions = read_questions([path], library).questions
    requests = [question.request for question in questions if question.request is not None]
    assert [one.aspect for one in requests] == ["summary", "summary", "author"]
    named = [[article.id for article in one.articles] for one in requests]
    assert named == [["trains"], ["ferries"], ["ferries", "trains"]]
    headings = [[section.heading for _, section in one.sections] for one in requests]
    assert headings == [[], ["Times"], []]


def test_every_fault_of_a_request_is_told_with_its_place(path: Path, library: Library) -> None:
    """What it can't be, and what can't stand beside it."""
    text = """\
questions:
- question: A?
  summary: short
- question: B?
  about: colour
- question: C?
  about: author
  section: Times
  article: trains
- question: D?
  summary: true
  about: date
  sentence: It returns at nine.
- question: E?
  summary: true
  section: Tmes
  article: trains
- question: F?
  about: [author, date]
- question: G?
  about: author
  not_answered: true
"""
    facts = "author, date, source, length, articles, sections, language, mentions, title"
    either = "keep the one or the other"
    assert faults_of(path, text, library) == [
        "3:12: summary: only true can be said (article: and section: say of what)",
        f"5:10: “colour” is nothing that is told about articles (known are {facts})",
        f"7:10: about contradicts section ({either})",
        f"11:12: summary contradicts sentence and about ({either})",
        f"12:10: about contradicts sentence ({either})",
        "16:12: there is no section “Tmes” (nearest to it: “Times”)",
        "19:10: about: one text is wanted (not a list)",
        f"22:17: not_answered contradicts about ({either})",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1:1: there are no questions (begin with questions: and a list below it)"),
        (
            "questions: []",
            "1:12: there are no questions (begin with questions: and a list below it)",
        ),
        (
            "questions: A?",
            "1:12: there are no questions (begin with questions: and a list below it)",
        ),
        ("- A?", "1:1: not `key: value` lines (begin with questions: and a list below it)"),
        (
            "questions: [{question: 'A?', question: 'B?'}]",
            '1:30: duplicate key "question" (it stands in line 1 already)',
        ),
    ],
)
def test_what_is_no_question_set_is_told(
    path: Path, library: Library, text: str, fault: str
) -> None:
    """An empty set and something else altogether are faults with a place."""
    assert faults_of(path, text, library) == [fault]


def test_faults_of_all_files_are_told(path: Path, library: Library, tmp_path: Path) -> None:
    """A file that can't be read keeps nobody from hearing about the next, and a question may stand
    in one only.
    """
    path.write_text("questions: [{question: 'A?', not_answered: true}]", encoding="utf-8")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError) as caught:
        read_questions(
            [tmp_path / "no.yaml", tmp_path / "bytes.yaml", tmp_path, path, path], library
        )
    assert [str(fault).removeprefix(str(tmp_path)) for fault in caught.value.faults] == [
        "/no.yaml: can't be read: No such file or directory",
        "/bytes.yaml: can't be read: not UTF-8 (save it as UTF-8)",
        ": can't be read: Is a directory",
        f"/set.yaml:1:13: “A?” is asked twice (it stands in {path}:1 already)",
    ]


def test_a_title_that_two_articles_share_asks_for_the_id(path: Path, tmp_path: Path) -> None:
    """A title that does not tell them apart is a fault that names both ids; an id is always
    enough.
    """
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("may", "june"):
        text = f"# News\n\n## Weather\n\nIt rained in {name}.\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    library = build(folder)[0]
    text = "questions: [{question: A, section: Weather, article: NEWS}]"
    assert faults_of(path, text, library) == [
        "1:54: several articles are called “NEWS” (give the id: june or may)"
    ]
    path.write_text(text.replace("NEWS", "may"), encoding="utf-8")
    assert len(read_questions([path], library).questions[0].expected_sections) == 1


def test_of_many_articles_that_hold_a_text_some_are_named(path: Path, tmp_path: Path) -> None:
    """The others are no more than "…"."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in "abcdefg":
        text = f"# {name}\n\n## Weather\n\nIt rained.\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    library = build(folder)[0]
    (fault,) = faults_of(path, "questions: [{question: A, sentence: It rained}]", library)
    assert ", …" in fault
    assert "a, b" in fault


@pytest.mark.parametrize(
    ("heading", "with_article", "name"),
    [
        ("", False, texts.LEAD(title="Ferries")),
        ("Fares", False, texts.HEADING(heading="Fares")),
        ("Fares", True, texts.HEADING_OF_ARTICLE(heading="Fares", id="a")),
    ],
)
def test_a_section_is_named(heading: str, name: str, *, with_article: bool) -> None:
    """By its heading, with its article where several have it, or by the title."""
    text = f"# Ferries\n\n{f'## {heading}' if heading else ''}\n\nTwo coins.\n"
    article, _ = parse_markdown(text, "a.md")
    assert name_section(article, article.sections[0], with_article=with_article) == name


@pytest.mark.parametrize(
    "text",
    [
        "questions:\n" + "- {question: 'A?'}\n" * 2_000,
        "questions:\n- question: 'A?'\n  sentence: " + "word " * 20_000,
        "questions:\n- question: 'A?'\n  section: " + "word " * 20_000,
        "questions:\n- {" + "k" * 100_000 + ": 1}\n",
        "".join(f"k{number}: 1\n" for number in range(2_000)),
    ],
    ids=range(5),
)
def test_what_is_told_of_a_huge_file_is_short(path: Path, library: Library, text: str) -> None:
    """At most a hundred faults, each of a length that people read, and how many more there are."""
    faults = faults_of(path, text, library)
    assert 1 <= len(faults) <= 101
    assert max(map(len, faults)) < 1_000
    assert len(faults) < 101 or "more, the first of them here" in faults[-1]


def test_a_huge_file_is_not_read(path: Path, library: Library) -> None:
    """What is larger than a question set can be is told so, and not parsed."""
    path.write_bytes(b"#" * 1_048_577)
    with pytest.raises(InputError, match="larger than 1,048,576 bytes"):
        read_questions([path], library)


def test_without_articles_nothing_can_be_expected(path: Path) -> None:
    """An empty library is told as the reason."""
    text = (
        "questions: [{question: A, sentence: x}, {question: B, section: y}, {question: C, "
        "article: z, section: y}]"
    )
    faults = faults_of(path, text, Library())
    assert len(faults) == 4
    assert all(
        fault.endswith("(there is none at all; articlebot check tells what was read)")
        for fault in faults
    )


def test_a_set_that_fits_in_part_is_read_in_part(library: Library) -> None:
    """What fits is asked; what does not is told, by the name that the set is given."""
    text = (
        "questions:\n  - question: who sails?\n    not_answered: true\n"
        "  - question: when?\n    sentence: It stands nowhere.\n"
    )
    questions, (fault,) = read_sound_questions("questions.yaml", text, library)
    assert [question.text for question in questions] == ["who sails?"]
    assert str(fault).startswith("questions.yaml:5:")
