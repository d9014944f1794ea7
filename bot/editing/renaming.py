"""What the editor's own files say of an article whose file gets another name.

In: the text of ``links.yaml`` or ``questions.yaml``. Out: the same, where ``article:`` names the
article by its new id. All else stays as it was, to the byte. What names it in another form, such as
in a list, stays too; the preview of the change tells that it is not found any more.
"""

import json
import re

from bot.articles.model import possible_ids

_ARTICLE = re.compile(
    r"""
    ^(?P<key>[ \t]*(?:-[ ]+)?article[ \t]*:[ \t]+)
    (?P<name>
        "(?:[^"\\\r\n]|\\.)*" | '[^'\r\n]*'
        # Words: whatever stands between them is read once, however long it is.
        | [^\s"'\[{#][^ \t\r\n#]*+ (?:[ \t]++[^ \t\r\n#]++)*+
    )
    (?=(?:[ \t]++\#[^\r\n]*)?[ \t]*\r?$)
    """,
    re.MULTILINE | re.VERBOSE,
)


def rename_article(text: str, file: str, new_id: str) -> str:
    """Name the article of a file by another id."""
    old_ids = possible_ids(file)

    def rename(found: re.Match[str]) -> str:
        is_meant = _read_name(found["name"]) in old_ids
        name = json.dumps(new_id, ensure_ascii=False) if is_meant else found["name"]
        return found["key"] + name

    return _ARTICLE.sub(rename, text)


def _read_name(written: str) -> str:
    if written.startswith('"'):
        try:
            return str(json.loads(written))
        except ValueError:
            return ""
    return written.strip("'")
