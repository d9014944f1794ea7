"""Replies to small talk: a line, and where it helps, what the articles are about.

In: the kind of small talk (``intents.py``) and the library. Out: the reply.
"""

from bot.answers.intents import Smalltalk
from bot.articles.library import Library
from bot.texts.answers import (
    ACKNOWLEDGEMENT,
    BETWEEN_TITLES,
    BOT,
    EMPTY,
    EXAMPLE,
    GOODBYE,
    GREETING,
    GREETING_WITH_INVITATION,
    HELP,
    INVITATION,
    MORE_TITLES,
    NO_ARTICLES,
    NOISE,
    OPENING_WITHOUT_ARTICLES,
    OPINION,
    REACTION,
    THANKS,
    TITLE,
)

# An invitation names a few articles, so that it stays a sentence.
_MAX_TITLES = 3
_OPENINGS = {
    "greeting": GREETING,
    "thanks": THANKS,
    "goodbye": GOODBYE,
    "reaction": REACTION,
    "acknowledgement": ACKNOWLEDGEMENT,
    "noise": NOISE,
    "empty": EMPTY,
    "help": HELP,
    "opinion": OPINION,
    "bot": BOT,
}


def make_reply(smalltalk: Smalltalk, library: Library) -> str:
    """Give the reply to small talk, never empty.

    Who greets, thanks, laughs, goes or says that it is understood gets a short line. Whoever else
    typed no question is told what the articles are about.
    """
    opening = _OPENINGS[smalltalk]()
    if not library.articles:
        return OPENING_WITHOUT_ARTICLES(opening=opening, no_articles=NO_ARTICLES())
    if smalltalk == "greeting":
        return GREETING_WITH_INVITATION(opening=opening)
    if smalltalk in ("thanks", "goodbye", "reaction", "acknowledgement"):
        return opening
    return _invite(opening, library)


def _invite(opening: str, library: Library) -> str:
    """Name the first articles, and the first heading as an example of a question."""
    titles = [TITLE(title=article.title) for article in library.articles]
    named = BETWEEN_TITLES().join(titles[:_MAX_TITLES])
    unnamed = len(titles) - _MAX_TITLES
    more = MORE_TITLES(unnamed) if unnamed > 0 else ""
    headings = (section.heading for _, section in library.sections())
    first_heading = next(filter(None, headings), "")
    example = EXAMPLE(heading=first_heading) if first_heading else ""
    return INVITATION(opening=opening, titles=named, more=more, example=example)
