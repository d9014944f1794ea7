"""/help: how to ask, examples that are really answered, and the commands that one may use."""

from pathlib import Path

import pytest
from conftest import World
from discord_markdown import plain

from bot.answers.model import Policy
from bot.chat.commands.help import find_examples
from bot.knowledge_base import KnowledgeBase
from bot.texts.languages import speaking

MANAGING = ("/kb reload", "/kb status", "/kb stats", "/kb gaps", "/kb votes")


async def test_help_has_examples_and_commands(own_guild: World) -> None:
    """A member sees examples from what is served and the commands for all, and no others."""
    shown = await own_guild.use("help")
    assert shown.ephemeral
    text = plain(shown.text)
    assert "What do they say about “Source”?" in text
    assert "Sum up “Conclusion”" in text
    assert "Is there anything about “Rivers”?" in text
    for command in ("/ask", "/summary", "/articles", "/sections", "/read", "/quote", "/privacy"):
        assert command in text
    assert not [command for command in MANAGING if command in text]


async def test_those_who_may_see_how_they_manage(own_guild: World) -> None:
    """Whoever may look after the articles is shown the commands for that."""
    own_guild.discord.add_member(own_guild.guild, own_guild.owner)
    shown = await own_guild.use("help", own_guild.owner)
    assert not [command for command in MANAGING if command not in shown.text]


async def test_a_manager_sees_what_can_be_set(own_guild: World) -> None:
    """Where a server has no articles of its own, that alone."""
    text = (await own_guild.use("help", own_guild.manager)).text
    assert "/kb settings" in text
    assert not [command for command in (*MANAGING, "/kb upload") if command in text]


def test_examples_are_from_articles_in_the_language_of_the_reader(tmp_path: Path) -> None:
    """If there are any; else from others."""
    (tmp_path / "a.md").write_text("# Geese\n\n## Winter\n\nGeese fly south.\n", encoding="utf-8")
    knowledge_base = KnowledgeBase(tmp_path, Policy())
    with speaking("uk"):
        assert "«Geese»" in "".join(find_examples(knowledge_base.view))
    text = "---\nlanguage: uk\n---\n\n# Лелеки\n\n## Узимку\n\nЛелеки відлітають на південь.\n"
    (tmp_path / "b.md").write_text(text, encoding="utf-8")
    view = KnowledgeBase(tmp_path, Policy()).view
    with speaking("uk"):
        shown = list(find_examples(view))
    assert shown
    assert not [example for example in shown if "Geese" in example or "Winter" in example]


@pytest.mark.parametrize(
    ("language", "title", "heading", "sentence"),
    [
        ("de", "Gänse", "Winterreise", "Die Winterreise der Gänse dauert zwei Wochen."),
        ("fr", "Oies", "Voyage d’hiver", "Le voyage d’hiver des oies dure deux semaines."),
        ("es", "Gansos", "El viaje", "El viaje de los gansos dura dos semanas."),
        ("pl", "Gęsi", "Podróż zimowa", "Podróż zimowa gęsi trwa dwa tygodnie."),
        ("tr", "Kazlar", "Kış göçü", "Kazların kış göçü iki hafta sürer."),
        ("uk", "Лелеки", "Зимова подорож", "Зимова подорож лелек триває два тижні."),
        ("ru", "Аисты", "Зимнее путешествие", "Зимнее путешествие аистов длится две недели."),
    ],
)
def test_every_kind_of_example_is_answered_in_every_language(
    language: str, title: str, heading: str, sentence: str, tmp_path: Path
) -> None:
    """A question, a summary, who wrote it, and whether there is something about a topic."""
    header = f"---\nlanguage: {language}\nauthor: Ada\n---\n\n"
    text = f"{header}# {title}\n\n## {heading}\n\n{sentence}\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    view = KnowledgeBase(tmp_path, Policy()).view
    with speaking(language):
        assert len(list(find_examples(view))) == 4


def test_examples_are_what_the_articles_answer(tmp_path: Path) -> None:
    """What would be refused is no example: nobody wrote it, and some headings are empty."""
    text = "# Geese\n\n## Empty\n\n## In winter\n\nGeese fly south in winter.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    knowledge_base = KnowledgeBase(tmp_path, Policy())
    examples = list(find_examples(knowledge_base.view))
    assert "Is there anything about “Geese”?" in examples
    assert not [example for example in examples if "Who wrote" in example or "Empty" in example]
    assert all(knowledge_base.answer(example).is_answered for example in examples)
    (tmp_path / "a.md").write_text(f"---\nauthor: Ada\n---\n{text}", encoding="utf-8")
    assert "Who wrote “Geese”?" in list(find_examples(KnowledgeBase(tmp_path, Policy()).view))
    (tmp_path / "a.md").unlink()
    assert list(find_examples(KnowledgeBase(tmp_path, Policy()).view)) == []
