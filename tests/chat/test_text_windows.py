"""The text of a section that no window takes is handed over as a file."""

from pathlib import Path

from bot.articles.library import build
from bot.chat.commands.text_windows import make_body_window
from bot.chat.reply import Reply, TextModal


def test_a_longer_section_comes_as_a_file(tmp_path: Path) -> None:
    """With what to do with it; a shorter one of the same article comes in a window."""
    sentence = "A ferry crosses the Orrin at Lisk every nine minutes.\n\n"
    text = f"# Of Ferries\n\n## Times\n\n{sentence * 80}## Fares\n\nFour crowns.\n"
    (tmp_path / "ferries.md").write_text(text, encoding="utf-8")
    library, _ = build(tmp_path)
    (article,) = library.articles
    long_section, short_section = article.sections
    reply = make_body_window(article, long_section)
    assert isinstance(reply, Reply)
    assert "/kb upload" in reply.text
    assert reply.files == [("ferries.md", text.encode())]
    assert isinstance(make_body_window(article, short_section), TextModal)
