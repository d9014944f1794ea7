"""PRIVACY.md and `/privacy` say all that is kept: nothing gets a place on the disk before it is in
them.
"""

from dataclasses import fields
from pathlib import Path

from bot.answers.model import Policy
from bot.chat.commands.privacy import _describe
from bot.chat.dispatcher import Dispatcher
from bot.knowledge_base import KnowledgeBase
from bot.records.retention import COUNT_DAYS
from bot.records.shared_tables import SHARED_METADATA
from bot.records.tables import METADATA
from bot.settings import Settings
from bot.texts import replies
from bot.texts.languages import LANGUAGES, speaking
from bot.versions.file_store import FileVersionStore
from bot.versions.history import HISTORY_LENGTH, Pending, Revision
from bot.versions.keeper import VersionKeeper

ROOT = Path(__file__).parent.parent

THERE = "the id of the server where it was, in clear"
# What the page says of each column that is stored, by table.
COLUMNS = {
    "votes": {
        "guild_id": THERE,
        "person": "keyed hashes of the voter's id",
        "question": "of the question's wording",
        "day": "helpful or not, and the day",
        "answer": "of the id of the answer's message",
        "passage": "which passage was quoted",
        "is_helpful": "helpful or not",
    },
    "presses": {
        "press": "keyed hashes of the press's id",
        "person": "of the id of who pressed",
        "outcome": "what became of the vote",
        "day": "what became of the vote, and the day",
    },
    "clock": {
        "number": "**The day** on which the records were last in use",
        "today": "**The day** on which the records were last in use",
        "days_behind": "by how many days the computer's clock seems to be wrong",
        "ahead_since": "is believed only after a day",
    },
    "unanswered": {
        "guild_id": THERE,
        "number": "**Questions that the articles do not answer.**",
        "sameness": "again by the same person within a day counts for nothing",
        "question": "the text (at most 300 characters)",
        "times": "how often it was asked",
        "first_day": "on which day first and last",
        "last_day": "on which day first and last",
    },
    "day_counts": {
        "guild_id": THERE,
        "day": "**Counts of each day.** Of each: the day",
        "kind": "what is counted",
        "what": "by an id made of their names",
        "times": "and how often",
    },
    "word_pairs": {
        "guild_id": THERE,
        "word": "these two words in small letters",
        "other": "these two words in small letters",
        "times": "and how often and on which day last that happened",
        "last_day": "and how often and on which day last that happened",
    },
    "out_of_scope": {
        "guild_id": THERE,
        "terms": "the word stems of questions for which an editor has said so",
        "gap": "with a hash that names the gap",
        "day": "and the day",
    },
    "channel_settings": {
        "guild_id": "with their ids in clear",
        "channel_id": "with their ids in clear",
        "key": "**What was set for a server or a channel**",
        "value": "**What was set for a server or a channel**",
        "changed_at": "and when, to the second",
    },
    "joined_servers": {
        "bot_id": "**In which servers the bot is**, by their ids and its own, in clear",
        "guild_id": "**In which servers the bot is**, by their ids and its own, in clear",
    },
    "turns": {
        "number": "**What somebody did a moment ago**",
        "bucket": "a keyed hash of who it was",
        "until": "and when it counts no more",
    },
    "files": {
        "sha256": "of the articles and their history lie there, too",
        "content": "of the articles and their history lie there, too",
        "put_at": "of the articles and their history lie there, too",
    },
    "documents": {
        "name": "of the articles and their history lie there, too",
        "content": "of the articles and their history lie there, too",
        "number": "of the articles and their history lie there, too",
    },
    "keys": {
        "name": "and the key lie there",
        "key": "and the key lie there",
    },
}
# What it says of each change of the articles.
CHANGES = {
    "number": "its number",
    "at": "the time",
    "action": "what was done",
    "user_id": "the id of who did it, in clear",
    "files": "the files with their hashes before and after",
    "articles": "how many articles, passages and problems there were",
    "passages": "how many articles, passages and problems there were",
    "problems": "how many articles, passages and problems there were",
}


def page() -> str:
    """Give PRIVACY.md as one line."""
    return " ".join((ROOT / "PRIVACY.md").read_text(encoding="utf-8").split())


def test_the_page_tells_of_every_column() -> None:
    """Of each table of the records, as the program makes it, also in PostgreSQL."""
    tables = {**METADATA.tables, **SHARED_METADATA.tables}
    stored = {name: {*table.columns.keys()} for name, table in tables.items()}
    assert {name: {*columns} for name, columns in COLUMNS.items()} == stored
    text = page()
    for columns in COLUMNS.values():
        for said in columns.values():
            assert said in text


def test_the_page_tells_of_all_that_is_kept_of_editors() -> None:
    """Each fact of a change, for how long, and that it is of nobody else."""
    kept = {one.name for kind in (Revision, Pending) for one in fields(kind)}
    assert kept == {*CHANGES}
    text = page()
    for said in CHANGES.values():
        assert said in text
    assert HISTORY_LENGTH == 20
    assert "of each of the last twenty changes" in text
    assert f"Kept for {COUNT_DAYS} days." in text


def test_the_command_tells_the_same_in_short(tmp_path: Path) -> None:
    """What is kept by day and of editors, and the latter only where versions are kept; it fits a
    message.
    """
    (tmp_path / "articles").mkdir()
    store = FileVersionStore(tmp_path / "versions", tmp_path / "articles")
    kept = KnowledgeBase(tmp_path / "articles", Policy(), versions=VersionKeeper(store))
    settings = Settings()
    of_editors = f"who changed what, and when, of the last {HISTORY_LENGTH} changes"
    assert of_editors in _describe(Dispatcher(kept, settings)).text
    unkept = KnowledgeBase(tmp_path / "articles", Policy())
    assert of_editors not in _describe(Dispatcher(unkept, settings)).text
    assert f"for {COUNT_DAYS} days, how much was asked" in replies.KEPT_ON_DISK.english
    for language in LANGUAGES:
        with speaking(language):
            unanswered = replies.KEPT_UNANSWERED(days=365)
            longest = (
                replies.KEPT_IN_MEMORY(),
                replies.KEPT_ON_DISK(unanswered=unanswered) + replies.KEPT_SETTINGS(),
                replies.KEPT_OF_EDITORS(most=HISTORY_LENGTH),
                replies.HOW_TO_DELETE(),
            )
        assert len("\n".join(longest)) <= 2_000
