"""The texts in every language: none is missing, none is too long, all can be filled in."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import translations
from po_file import Entry, compile_entries, read_entries
from translations import collect, update

import bot.texts
from bot.texts import EnglishText, Plural, Text, catalogues
from bot.texts.filling import fill
from bot.texts.languages import LANGUAGES, speaking
from bot.texts.problems import ProblemText

OTHERS = LANGUAGES[1:]
FOLDER = Path(bot.texts.__file__).parent / catalogues.FOLDER
CHAT = Path(bot.texts.__file__).parent.parent / "chat"

# Texts that are the same in a language: names, signs, and words that both have.
SAME_IN_ALL = {"articlebot {version}, Python {python}, discord.py {discord}", "Discord"}
SAME = {
    "uk": set[str](),
    "ru": set[str](),
    "de": {
        "Forum",
        "Intents",
        "Text",
        "Token",
        "{heading} in {article}",
        "{hours:,} h {minutes} min",
        "{minutes} min",
    },
    "fr": {
        "Application",
        "Article",
        "Articles",
        "Date",
        "Forum",
        "Intents",
        "{count} minute",
        "{count} minutes",
        "Section",
        "Source",
        "Versions",
        "navigation",
        "page {number:,}",
        "{count:,} article",
        "{count:,} articles",
        "{count:,} passage",
        "{count:,} passages",
        "{count:,} section",
        "{count:,} sections",
        "{hours:,} h {minutes} min",
        "{minutes} min",
    },
    "es": {
        "Intents",
        "No",
        "Token",
        "error",
        "{count:,} error",
        "{hours:,} h {minutes} min",
        "{minutes} min",
    },
    "pl": {"Forum", "Program", "Token", "{count:,} problem", "{minutes} min"},
    "tr": {"Disk", "Forum", "Program", "Token"},
}

# So many characters of a button's label are visible, on a narrow screen as well.
LABEL = 38
# What is chosen for a button before it is made; the other labels are found in the code.
BUTTONS = re.compile(
    r"cards\.(LESS|ASK_HUMAN|ASK_HUMAN_IN_PUBLIC|PREVIOUS_PAGE|NEXT_PAGE)"
    r"|editing\.(PUT_IN|SERVE_ANYWAY|DO_IT)"
)
# Discord's limits, by the names of the texts that are shown there.
LIMITS = (
    (
        re.compile(
            r"(replies|figures|gaps|doctor|editing|notices)\.(?!HOW)\w+_(COMMAND|OPTION|GROUP)"
        ),
        100,
    ),
    (re.compile(r"(replies|editing|kept_answers)\.\w+(?<!HELP)_MENU"), 32),
    (re.compile(r"(gaps|kept_answers|editing|replies)\.\w*(LABEL|LABELS)"), 45),
    (re.compile(r"(gaps|editing)\.\w*TITLE"), 45),
    (
        re.compile(r"(gaps|kept_answers|editing)\.\w*(HINT|HINTS|DESCRIPTION)(?<!READ_ONLY_HINT)"),
        100,
    ),
    (re.compile(r"replies\.FOLLOW_UP_PLACEHOLDER"), 100),
    (re.compile(r"cards\.OPEN_(ARTICLE|SECTION)"), 100),
    (BUTTONS, LABEL),
)

# What would address readers otherwise than the rest of a language does: with "vous" where that is
# "tu", and so on.
OTHER_ADDRESS = {
    "fr": r"\b(vous|votre|vos|(?!assez|chez)\w+ez)\b",
    "es": r"\bustede?s?\b",
    "tr": r"\b(siz|sizin|\w+eceğiniz|\w+acağınız|seçin|yazın|çıkarın|aktarın|deneyin)\b",
    "uk": r"\b(ти|тебе|тобі|твій|твоя|твої|можеш|спробуй|вибери|напиши)\b",
    "ru": r"\b(ты|тебя|тебе|твой|твоя|твои|можешь|попробуй|выбери|напиши)\b",
}


@cache
def entries(language: str) -> dict[tuple[str, str], Entry]:
    """Read the translations into a language."""
    text = (FOLDER / f"{language}.po").read_text("utf-8")
    return {entry.key: entry for entry in read_entries(text)}


def forms(language: str) -> Iterator[tuple[translations.Message, int, str]]:
    """Give every form of every text in a language, with its English and its number."""
    found = entries(language)
    for key, message in collect().items():
        for number, form in enumerate(found[key].msgstr):
            yield message, number, form


def names(text: str) -> set[str]:
    """Give the names of the placeholders."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def specimen(text: str) -> dict[str, Any]:
    """Give a value for each placeholder, of the type that it is filled in with."""
    values: dict[str, Any] = {}
    for _, name, spec, _ in Formatter().parse(text):
        if name is None:
            continue
        root = name.partition(".")[0]
        if root in ("day", "first", "last", "busiest") and (spec or "." in name):
            values[root] = date(2026, 3, 7)
        elif spec:
            values[root] = 1_204
        else:
            values.setdefault(root, "Orrin")
    return values


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    """The files are as ``scripts/translations.py`` writes them, and nothing is left to do."""
    text = (FOLDER / f"{language}.po").read_text("utf-8")
    assert update(language, text) == text
    assert (FOLDER / f"{language}.mo").read_bytes() == compile_entries(read_entries(text))
    missing = [key for key, entry in entries(language).items() if not all(entry.msgstr)]
    assert missing == []
    assert not any(entry.is_fuzzy for entry in entries(language).values())


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_has_the_placeholders_of_the_english(language: str) -> None:
    """A form for one thing alone may leave the number out; each can be filled in."""
    for message, number, form in forms(language):
        english = message.other or message.english
        wanted = names(english)
        is_for_one = bool(message.other) and number == 0 and language not in ("uk", "ru")
        allowed = [wanted]
        if is_for_one:
            allowed.append(names(message.english))
            allowed.append(names(message.english) | {"count"})
        assert names(form) in allowed, (english, form)
        with speaking(language):
            assert fill(form, specimen(form) | specimen(english))


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_has_the_form_of_the_english(language: str) -> None:
    """Blanks at its ends, lines, and Markdown."""
    for message, _, form in forms(language):
        english = message.other or message.english
        assert form.startswith(" ") == english.startswith(" "), form
        assert form.endswith(" ") == english.endswith(" "), form
        for mark in ("\n", "**", "`", "~~", "-# ", "### ", "<@", "<#", "<t:", "</"):
            assert form.count(mark) == english.count(mark), (english, form)
        assert "  " not in form.strip() or "  " in english, form


@cache
def labels() -> frozenset[str]:
    """Give the names of the texts that are put on buttons, as they stand in the code."""
    return frozenset(
        name
        for path in CHAT.rglob("*.py")
        for name in list_labels(ast.parse(path.read_text(encoding="utf-8")))
    )


def list_labels(tree: ast.Module) -> Iterator[str]:
    """Give the names of the texts that a module puts on buttons, such as "cards.READ"."""
    modules = {
        alias.asname or alias.name: alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "bot.texts"
        for alias in node.names
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id="make_button"),
                args=[
                    ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name)),
                    *_,
                ],
            ) if module in modules:
                yield f"{modules[module]}.{name}"


@pytest.mark.parametrize("language", OTHERS)
def test_no_label_is_wider_than_a_button(language: str) -> None:
    """Whatever the code puts on one is short enough to be read on a phone."""
    assert {"cards.READ", "gaps.CLOSE_IT", "editing.OPEN_AGAIN"} <= labels()
    shown = [form for message, _, form in forms(language) if names_of(message) & labels()]
    assert [form for form in shown if len(form) > LABEL] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_button_is_named_by_what_stands_on_it(language: str) -> None:
    """Wherever English names one, in quotation marks or in italics."""
    buttons = {
        message.english: form
        for message, _, form in forms(language)
        if any(name in labels() or BUTTONS.fullmatch(name) for name in names_of(message))
    }
    judged = 0
    for message, _, form in forms(language):
        for quoted in re.findall(r"(?:“|(?<!\*)\*(?!\*))([^”*{]+)(?:”|\*)", message.english):
            if quoted in buttons:
                judged += 1
                assert buttons[quoted] in form, form
    assert judged > 3


def names_of(message: translations.Message) -> set[str]:
    """Give the names of the constants that a text stands in, such as "cards.READ"."""
    return {place.removeprefix("bot/texts/").replace(".py:", ".") for place in message.places}


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_over_discords_limits(language: str) -> None:
    """Descriptions, names in menus, labels, titles of windows and placeholders."""
    judged = 0
    for message, _, form in forms(language):
        for name in names_of(message):
            for pattern, limit in LIMITS:
                if pattern.fullmatch(name):
                    judged += 1
                    assert len(form) <= limit, (name, len(form), form)
    assert judged > 80


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_the_english(language: str) -> None:
    """But for those that are listed, all of which are."""
    same = set()
    for message, _, form in forms(language):
        words = re.sub(r"\{[^}]*\}|<[^>]*>", "", form)
        if any(map(str.isalpha, words)) and form in (message.english, message.other):
            same.add(form)
    assert same == SAME[language] | SAME_IN_ALL


@pytest.mark.parametrize("language", OTHER_ADDRESS)
def test_readers_are_addressed_in_one_way(language: str) -> None:
    """As the head of each file of translations says."""
    other = re.compile(OTHER_ADDRESS[language], re.IGNORECASE)
    assert [form for _, _, form in forms(language) if other.search(form)] == []


def test_no_line_of_french_begins_with_a_mark() -> None:
    """Before marks of two parts, and inside quotation marks, stands a blank that does not break."""
    breaking = re.compile(r"(?<=\S) (?:[;?%»]|:(?=\s|$)|!(?!\[))|« ")
    assert [form for _, _, form in forms("fr") if breaking.search(form)] == []


def test_no_name_in_french_stands_where_its_first_letter_counts() -> None:
    """It is "de Paul" and "d’Anne", so that a word of ours stands before the name."""
    elided = re.compile(
        r"\b(?:de|que|si) \**\{(?:title|name|author|source|place|file|other|server)\}"
    )
    assert [form for _, _, form in forms("fr") if elided.search(form)] == []


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("uk", {1: "1 стаття", 2: "2 статті", 5: "5 статей", 11: "11 статей", 21: "21 стаття"}),
        ("ru", {1: "1 статья", 3: "3 статьи", 12: "12 статей", 22: "22 статьи", 111: "111 статей"}),
        ("pl", {1: "1 artykuł", 4: "4 artykuły", 14: "14 artykułów", 21: "21 artykułów"}),
        ("de", {0: "0 Abschnitte", 1: "1 Abschnitt", 2: "2 Abschnitte"}),
        ("fr", {0: "0 article", 1: "1 article", 2: "2 articles"}),
        ("es", {1: "1 artículo", 2: "2 artículos"}),
        ("tr", {1: "1 makale", 2: "2 makale"}),
    ],
)
def test_a_number_has_the_form_that_the_language_has_for_it(
    language: str, shown: dict[int, str]
) -> None:
    """Three in Slavic languages, two elsewhere, by the rules of the Unicode CLDR."""
    common = import_module("bot.texts.common")
    counted = common.SECTIONS if language == "de" else common.ARTICLES
    with speaking(language):
        assert {count: counted(count) for count in shown} == shown


def test_two_meanings_of_the_same_words_have_contexts() -> None:
    """What is counted in one place and not in another would be one entry otherwise."""
    cards, answers = import_module("bot.texts.cards"), import_module("bot.texts.answers")
    with speaking("pl"):
        assert cards.MORE_NAMES(count=3) == " i jeszcze 3"
        assert answers.MORE_TITLES(3) == " i 3 inne"


def test_every_text_that_members_read_can_be_translated() -> None:
    """Texts are no bare strings, which nobody would find."""
    modules = {place.split(":")[0] for message in collect().values() for place in message.places}
    for path in modules:
        module = import_module(path.removesuffix(".py").replace("/", "."))
        for name, value in vars(module).items():
            if name.isupper():
                said = value.values() if isinstance(value, dict) else [value]
                kinds = {type(one) for one in said}
                is_mark = name in ("CARD_MARKS", "STATES")
                assert is_mark or kinds <= {
                    Text,
                    Plural,
                    EnglishText,
                    ProblemText,
                    bot.texts.EnglishPlural,
                }, name


def test_a_text_that_becomes_countable_is_refused() -> None:
    """One entry of a file can't have both."""
    assert collect()
    entry = update("de", "")
    assert 'msgid "Articles added"\nmsgstr ""' in entry


def test_translations_survive_and_obsolete_ones_go() -> None:
    """A note of the translator stays, and so does a mark of doubt."""
    old = (
        '# Mine.\nmsgid ""\nmsgstr "Language: de\\n"\n\n'
        '# Not sure.\n#, fuzzy\nmsgid "Articles added"\nmsgstr "Artikel dazu"\n\n'
        'msgid "Gone for good"\nmsgstr "Weg"\n\n'
        'msgid "{count:,} error"\nmsgid_plural "{count:,} errors"\n'
        'msgstr[0] "{count:,} Fehler"\nmsgstr[1] "{count:,} Fehler"\n'
    )
    new = update("de", old)
    assert new.startswith("# Mine.\n")
    assert "Gone for good" not in new
    assert "# Not sure.\n" in new
    assert '#, fuzzy\nmsgid "Articles added"\nmsgstr "Artikel dazu"' in new
    assert 'msgstr[1] "{count:,} Fehler"' in new
    assert update("de", new) == new
