"""Files of gettext are read as gettext reads them, and what is none is refused with its line."""

import gettext
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from po_file import Entry, PoError, compile_entries, read_entries

TEXT = r"""
# A note.
#. From the code.
#: bot/texts/cards.py:READ
#, python-brace-format
msgctxt "button"
msgid "Read"
msgstr "Lesen"

msgid ""
"two\n"
"lines, \"quoted\", a\ttab, a \\ and a \q"
msgstr "zwei"

#~ msgid "Gone"
#~ msgstr "Weg"

#, fuzzy
msgid "Doubt"
msgstr "Zweifel"

msgid "{count} owl"
msgid_plural "{count} owls"
msgstr[0] "{count} Eule"
msgstr[1] "{count} Eulen"
"""


def test_entries_are_read_with_all_that_they_have() -> None:
    """Context, comments, escapes, several lines, forms; what is obsolete is passed over."""
    read, lines, doubt, owls = read_entries(TEXT)
    assert (read.msgctxt, read.msgid, list(read.msgstr)) == ("button", "Read", ["Lesen"])
    assert list(read.comments) == ["# A note.", "#. From the code.", "#: bot/texts/cards.py:READ"]
    assert lines.msgid == 'two\nlines, "quoted", a\ttab, a \\ and a \\q'
    assert doubt.is_fuzzy
    assert (owls.msgid_plural, list(owls.msgstr)) == (
        "{count} owls",
        ["{count} Eule", "{count} Eulen"],
    )


def test_what_is_compiled_is_read_by_the_standard_library() -> None:
    """By context, and by number; a doubtful translation and an empty one count for none."""
    header = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    empty = 'msgid "Empty"\nmsgstr ""\n'
    compiled = compile_entries(read_entries(f"{header}\n{empty}\n{TEXT}"))
    catalogue = gettext.GNUTranslations(BytesIO(compiled))
    assert catalogue.pgettext("button", "Read") == "Lesen"
    assert catalogue.gettext("Read") == "Read"
    assert catalogue.gettext("Doubt") == "Doubt"
    assert catalogue.gettext("Empty") == "Empty"
    assert catalogue.ngettext("{count} owl", "{count} owls", 1) == "{count} Eule"
    assert catalogue.ngettext("{count} owl", "{count} owls", 5) == "{count} Eulen"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "a"\nmsgstr b\n', 2),
        ('msgid "a"\nwhat "b"\n', 2),
        ('"alone"\n', 1),
        ('msgctxt "a"\nmsgstr "b"\n', 2),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 5),
    ],
)
def test_what_is_no_such_file_is_refused(text: str, line: int) -> None:
    """A line that is none, a text without a keyword, a translation of nothing, a text twice."""
    with pytest.raises(PoError) as refused:
        read_entries(text)
    assert refused.value.line == line
    assert str(line) in str(refused.value)
    assert refused.value.what


words = st.text(st.characters(exclude_characters="\x00\x04", codec="utf-8"), min_size=1)


@given(st.dictionaries(words, words, max_size=8))
def test_every_entry_is_found_again(texts: dict[str, str]) -> None:
    """Whatever it says, and in whatever order it stands."""
    header = Entry("", ["Content-Type: text/plain; charset=UTF-8\n"])
    entries = [header, *(Entry(text, [shown]) for text, shown in texts.items())]
    catalogue = gettext.GNUTranslations(BytesIO(compile_entries(entries)))
    assert {text: catalogue.gettext(text) for text in texts} == texts
