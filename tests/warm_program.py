"""The program as it is when it has answered once: imported, it can be forked without that cost.

What is read once in a process (the thesaurus, the frequencies of words, the translations) is most
of what a start and a first answer cost, once all modules are imported.
"""

import tempfile
from pathlib import Path

import bot.chat.service
import bot.cli  # noqa: F401 (each bot finds it imported)
from bot.answers.model import Policy
from bot.knowledge_base import KnowledgeBase
from bot.texts import catalogues
from bot.texts.languages import ENGLISH, LANGUAGES

ARTICLE = "# Of Rivers\n\nThe Orrin is the longest river of Valmora.\n\nIt ends at Lisk.\n"

with tempfile.TemporaryDirectory() as _folder:
    Path(_folder, "rivers.md").write_text(ARTICLE, encoding="utf-8")
    KnowledgeBase(Path(_folder), Policy()).answer("where does the Orrin end?")
for _language in LANGUAGES:
    if _language != ENGLISH:
        catalogues.load(_language)
