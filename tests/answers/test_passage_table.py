"""Passages and sections are found by number and by id."""

from pathlib import Path

from bot.answers.ids import passage_id, section_ids
from bot.answers.passage_table import PassageTable
from bot.articles.library import Library, build

LIBRARY = build(Path(__file__).parent.parent.parent / "knowledge")[0]
TABLE = PassageTable(LIBRARY)


def test_every_passage_is_found_by_its_id() -> None:
    """Number, id and passage name each other."""
    for number, (article, section, passage) in enumerate(LIBRARY.passages()):
        id_ = passage_id(article, passage)
        assert TABLE.ids[number] == id_
        assert TABLE.find_number(id_) == number
        assert TABLE.find_passage(id_) == TABLE.passages[number] == (article, section, passage)


def test_every_section_is_found_by_its_id() -> None:
    """Together with its article."""
    for article in LIBRARY.articles:
        for id_, section in zip(section_ids(article), article.sections, strict=True):
            assert TABLE.find_section(id_) == (article, section)


def test_what_has_gone_is_not_found() -> None:
    """Of several ids those that there are keep their order."""
    assert TABLE.find_number("gone") is None
    assert TABLE.find_passage("gone") is None
    assert TABLE.find_section("gone") is None
    assert TABLE.find_numbers([TABLE.ids[2], "gone", TABLE.ids[0]]) == [2, 0]


def test_the_passages_of_an_article_are_one_range() -> None:
    """An article that there is not has none."""
    for article in LIBRARY.articles:
        numbers = TABLE.find_range(article.id)
        assert {TABLE.passages[number][0].id for number in numbers} == {article.id}
        assert len(numbers) == sum(len(section.passages) for section in article.sections)
    assert not TABLE.find_range("gone")
    assert not PassageTable(Library()).find_range("gone")
