"""Cards show lists, tables and code as the article has them, within Discord's limits and without
anything live.
"""

from discord_markdown import live, plain, read
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Quote
from bot.articles.files import SourceFile
from bot.articles.model import Article, Section
from bot.articles.parser import read_article
from bot.chat.ui.layout import weigh
from bot.chat.ui.library_cards import make_reading_card
from bot.chat.ui.passages import quote_texts

LINE = st.text(alphabet="ab 1.:-*_#>`~|[]()<@é👍", min_size=1, max_size=30)
MARKED = st.builds(
    "{}{}".format,
    st.sampled_from(["- ", "  - ", "1. ", "2) ", "    ", "| a | ", "```\n", "> ", ""]),
    LINE,
)


def article_of(body: str) -> Article:
    """Read an article of one section."""
    article, _ = read_article(SourceFile("a.md", f"# T\n\n## H\n\nText.\n\n{body}\n", ""))
    assert article is not None
    return article


def longest(article: Article) -> Section:
    """Give the section of most sentences: a body may hold headings."""
    return max(article.sections, key=lambda section: len(section.sentences))


def quote_of(body: str, first: int, last: int, key: int) -> Quote:
    """Quote the sentences from the place ``first`` to ``last``; “Text.” is the first of all."""
    article = article_of(body)
    section = longest(article)
    sentences = section.sentences[first : last + 1]
    return Quote("0" * 12, article, section, sentences, section.sentences[key], 1.0, ())


def test_a_list_is_shown_with_its_marks_and_what_is_left_out() -> None:
    """The key item is bold behind its number; the dots are the bot's own, outside of the
    quotation.
    """
    text, _ = quote_texts(quote_of("1. Sweep.\n2. Brush.\n   - twice\n3. Close.", 2, 3, 2))
    assert text == "-# …\n> 2\\. **Brush.**\n>   • twice\n-# …"
    assert plain(text) == "…\n2. Brush.\n  • twice\n…"
    assert live(text) == ["subtext: …", "quote: 2. Brush.\n  • twice", "bold: Brush.", "subtext: …"]


def test_a_row_is_shown_under_its_headings() -> None:
    """The row's cells can be understood without the table."""
    text, _ = quote_texts(
        quote_of("| Cone | Heat |\n|---|---|\n| 06 | 999 |\n| 6 | *1222* |", 2, 2, 2)
    )
    assert plain(text) == "Cone: 6 · Heat: 1222"


def test_code_is_shown_as_code() -> None:
    """All of its lines in one block in the quotation, with their indentation and nothing
    escaped.
    """
    text, _ = quote_texts(quote_of("Type:\n\n```sh\nfor a in *_b_\n\n  do <@1>\n```", 1, 3, 2))
    assert text == "> Type:\n> ```\n> for a in *_b_\n> \n>   do <@1>\n> ```"
    (quoted,) = read(text)
    assert [node.kind for node in quoted.children] == ["text", "code block"]
    assert quoted.children[1].text == "for a in *_b_\n\n  do <@1>"


def test_code_that_a_block_would_not_show_is_shown_as_text() -> None:
    """A backtick would end the block early."""
    text, _ = quote_texts(quote_of("~~~\necho ```x```\n~~~", 1, 1, 1))
    assert plain(text) == "echo ```x```"
    assert [one.partition(":")[0] for one in live(text)] == ["quote", "bold"]


def test_code_that_does_not_fit_is_cut() -> None:
    """Where there is little room, a line is shown as text, with an ellipsis where it is cut."""
    text, _ = quote_texts(quote_of(f"~~~\n{'word ' * 100}\n~~~", 1, 1, 1), 200)
    assert weigh(text) <= 200
    assert text.endswith("…**")


def test_what_does_not_fit_is_not_dropped_in_silence() -> None:
    """Where a further item does not fit, an ellipsis stands for it."""
    text, _ = quote_texts(quote_of(f"- {'word ' * 30}\n- {'other ' * 30}", 1, 2, 1), 250)
    assert weigh(text) <= 250
    assert text.endswith("** …")


def test_a_page_of_a_section_shows_the_same() -> None:
    """Items with their marks, none of them live; code as code."""
    article = article_of("1. Sweep.\n2. Brush.\n\n```\na\n  b\n```\n\nEnd.")
    card = make_reading_card(article, article.sections[0], 0, 2)
    texts = [item.content for item in card.walk_children() if hasattr(item, "content")]
    assert texts[1] == "Text.\n1\\. Sweep.\n2\\. **Brush.**\n```\na\n  b\n```\n\nEnd."


@given(
    st.lists(MARKED, min_size=1, max_size=8),
    st.sampled_from(["\n", "\n\n"]),
    st.integers(150, 900),
    st.data(),
)
def test_whatever_the_article_holds_only_the_cards_own_markup_is_live(
    lines: list[str], end: str, limit: int, data: st.DataObject
) -> None:
    """Any three sentences of any Markdown: within the limit, and each as it reads or as it is laid
    out.
    """
    body = end.join(lines)
    count = len(longest(article_of(body)).sentences)
    first = data.draw(st.integers(0, count - 1))
    last = min(count - 1, first + data.draw(st.integers(0, 2)))
    quote = quote_of(body, first, last, data.draw(st.integers(first, last)))
    text, _ = quote_texts(quote, limit)
    assert weigh(text) <= limit
    assert {one.partition(":")[0] for one in live(text)} <= {
        "quote",
        "bold",
        "subtext",
        "code block",
    }
    if "…" not in text:
        seen = iter(plain(text).split())
        assert all(
            word in seen
            for one in quote.sentences
            for word in (one.form.shown or one.plain).split()
        )
