"""The law: whatever a file holds, what is read from it stands in it, in order, once."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from bot.articles.files import SourceFile
from bot.articles.model import Article, Located
from bot.articles.parser import read_article

_MARKUP = [
    "# Head\n", "## Sub *two*\n", "# # #\n", "Set\n===\n", "Ext\n---\n", "\n\n", "\n", "  \n",
    "\\\n", "***\n", "---\n", "*", "**", "_", "`", "``", "~~~\n", "```\n", "    ", "> ", ">> ",
    "- ", "- - ", "* ", "1. ", "23) ", "[a b](http://x.y/z)", '[**t**](<u v> "ti \\" t")',
    "[p](/q(r)s 'o')", "[r]", "[r][s]", "[r]: /u 'v'\n", "[\\]](x)", "![alt. Text](i.png)",
    "[![i](j)](k)", "<http://a.b/%20c>", "<ada@b.cd>", "<b>", "</b>", "<br>", "<!-- c. d -->",
    "<div>\n", "</div>\n", "&amp;", "&hellip;", "&nbsp;", "&#10;", "&NotEqualTilde;", "&#0;",
    "&nope;", "\\*", "| a | b |\n|---|---|\n", "| c\\|d | **e** |\n", "|---|---|\n", "|", "[", "]",
    "(", ")", "!", "#", "<", "&",
]  # fmt: skip
_PROSE = [
    "word ", "Sentence one. ", "Two is here! ", "“Three?” ", "(Four.) ", "Dr. Five ", "a\nb", "… ",
    "by Ada Brook\n", "A Short Line\n", "3 April 2031\n", "1.2 km. ", "title: x\n", "é", "e\u0301",
    "一句。", "二句！", "🚂", "👨‍👩‍👧", "नमस्ते। ", "\u3000", "\u2028", "\u2029", "\x85", "\xa0",
    "\u200b", "\u202e", "\t", "\f", "\v", "\x1c", "\ufeff", "\x01",
]  # fmt: skip
_pieces = st.sampled_from(_MARKUP + _PROSE) | st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=5
)
_line_ends = st.sampled_from(["\r\n", "\r"])
_texts = st.lists(_pieces | _line_ends, max_size=30).map("".join)
_unix_texts = st.lists(
    st.sampled_from([piece for piece in _MARKUP + _PROSE if piece != "\ufeff"]), max_size=30
).map("".join)
_names = st.sampled_from(["a.md", "a.txt"])
_paragraph = st.text(
    st.sampled_from("aZéßя好。、𝒳\u0301🚂’“”()—,;:?!.7 \n\t\u3000\u2028\x85\xa0")
    | st.characters(categories=["L", "M"]),
    min_size=1,
)


def _read(text: str, name: str) -> Article | None:
    return read_article(SourceFile(name, text, ""))[0]


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


@given(_texts, _names)
@example("One is.\r\nTwo is.\r\n", "a.md")
@example("> One is.\n> Two is.\n", "a.md")
@example("一句。\n\u3000二句。\n", "a.md")
@example("\f\nFoo is. Bar is.\n", "a.md")
@example("a ` a\nb` c. Then d.", "a.md")
@example("a.&nbsp;B is.", "a.md")
@example("二句！```\n| a b ```", "a.md")
@example("&quot;好。&quot;他走了。", "a.md")
@example("|a|\n|-|\n]\x85\r\n", "a.md")
@example("\u3000\nA title\n\nA text.", "a.txt")
@example("A\u2028B\n===\n\nA text.", "a.txt")
def test_what_is_read_stands_in_the_file(text: str, name: str) -> None:
    """Spans give their characters and line; sentences ascend, without blanks at the ends, in
    passages of 80 words.
    """
    article = _read(text, name)
    if article is None:
        return
    assert (article.start, article.end, article.text) == (0, len(text), text)
    assert article.title == " ".join(article.title.split()) != ""
    before = 0
    for section in article.sections:
        spans: list[Located] = [section, *section.passages, *section.sentences]
        for span in spans:
            assert 0 <= span.start <= span.end <= len(text)
            assert span.line == 1 + len(re.findall(r"\r\n|\r|\n", text[: span.start]))
        for passage in section.passages:
            first, last = passage.sentences[0], passage.sentences[-1]
            assert (passage.start, passage.end) == (first.start, last.end)
            assert section.start <= passage.start <= passage.end <= section.end
            assert len(passage.plain.split()) <= 80 or len(passage.sentences) == 1
        for sentence in section.sentences:
            assert sentence.start >= before
            before = sentence.end
            assert (
                sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""
            )
            assert sentence.plain == " ".join(sentence.plain.split()) != ""


@given(_texts)
def test_what_is_read_was_written(text: str) -> None:
    """The letters and digits of a sentence as it reads stand in its text in the same order, but for
    entities.
    """
    article = _read(text, "a.md")
    for section in article.sections if article else ():
        for sentence in section.sentences:
            characters = iter(sentence.text)
            assert all(
                character in characters
                for character in sentence.plain
                if character.isascii() and character.isalnum()
            )


@given(st.lists(_paragraph, min_size=1, max_size=4), _names)
@example(["好。\n\u3000a"], "a.md")
@example(["\u3000\n\u3000a"], "a.md")
def test_no_letter_of_a_paragraph_is_lost(paragraphs: list[str], name: str) -> None:
    """Every letter of plain paragraphs is in exactly one sentence, or in a heading."""
    text = "\n\n".join(f"A {paragraph} end." for paragraph in paragraphs)
    article = _read("# 1\n\n" + text, name)
    assert article is not None
    quoted = "".join(
        section.heading + "".join(it.text for it in section.sentences)
        for section in article.sections
    )
    read = "".join(
        section.heading + "".join(it.plain for it in section.sentences)
        for section in article.sections
    )
    assert _letters(quoted) == _letters(read) == _letters(text)


@given(_unix_texts, _names)
def test_line_ends_and_a_byte_order_mark_change_nothing(text: str, name: str) -> None:
    r"""With ``\r\n``, with ``\r`` and with a byte order mark a file has the same headings and
    sentences.
    """

    def parts(text: str) -> object:
        article = _read(text, name)
        return article and (
            article.title,
            article.author,
            article.date,
            [
                (section.heading, section.parents, section.line, section.number)
                for section in article.sections
            ],
            [[sentence.plain for sentence in section.sentences] for section in article.sections],
        )

    assert parts(text.replace("\n", "\r\n")) == parts(text)
    assert parts(text.replace("\n", "\r")) == parts(text)
    assert parts("\ufeff" + text) == parts(text)


def test_a_file_without_text_has_one_problem() -> None:
    """Where nothing is served, nothing is said of the title."""
    for text in ("", "# T\n"):
        _, problems = read_article(SourceFile("a.md", text, ""))
        assert [(problem.kind, problem.severity) for problem in problems] == [("no-text", "note")]


def test_an_article_is_named_after_its_file() -> None:
    """The id is the path in the folder without its ending."""
    article = _read("# T\n\nA text.\n", "north/v1.2.md")
    assert article is not None
    assert (article.id, article.file, article.language) == ("north/v1.2", "north/v1.2.md", "en")


def test_the_place_of_a_sentence_is_its_line() -> None:
    """In a text that has lines."""
    article, _ = read_article(SourceFile("a.md", "# T\n\nOwls hunt.\n\nMice are safe.\n", ""))
    assert article is not None
    assert [article.place_number(one) for one in article.sections[0].sentences] == [3, 5]
    (passage,) = article.sections[0].passages
    assert (passage.file, article.place_number(passage)) == ("a.md", 3)
