"""Which sentences of a longer text ask, and which only stand around the question.

In: a text as somebody typed it, mostly a mail or a story. Out: the sentences that ask, and the
others, its context. A sentence asks by its question mark; where none does, by its first words
("tell me", "how"), in English. A text that asks nowhere, or in all of its sentences, has no
context.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import NamedTuple

from bot.articles.sentences import split_sentences
from bot.articles.small_words import SMALL_WORDS
from bot.search.analysis.stop_words import frame_words_of, stop_words_of
from bot.search.analysis.tokens import fold, tokenize

# A sentence may end here, and another one follow.
_END_INSIDE = re.compile(r"\n|[.!?…]['\"”’)]{0,2}\s|[。！？؟]")
_QUESTION_MARKS = ("?", "？", "؟")
# What may stand behind a question mark.
_BEHIND_QUESTION_MARK = " \t\n()\"'“”‘’!.…:;-"
_BEFORE_REQUEST = r"(?:(?:and|but|so|now|also|ok|okay|please|pls|hi|hey|hello|then|anyway)\W+)*"
# The first words of a sentence that asks without a question mark.
_AUXILIARIES = (
    "is are was were do does did can could may will would should has have isn['’]?t aren['’]?t"
    " wasn['’]?t weren['’]?t don['’]?t doesn['’]?t didn['’]?t can['’]?t won['’]?t"
)
# "Do let me know", "was wondering", "have a nice day": no question, though it begins like one.
_NO_SUBJECTS = (
    "be been not just love like let wondering hoping looking trying reading working thinking going"
    " having nice very so also"
)
_QUESTION_OPENING = (
    r"(?:(?:from|to|in|at|on|for|by|with|of|since|until|under|about|after) )?"
    r"(?:what|when|where|who|whose|whom|which|why|how)(?:['’]?(?:s|re|d|ll))?\b"
    # "When they came, it rained."
    r"(?![^,]*, (?:the|an?|he|she|it|they|we|i|you|this|these|those|there)\b)"
)
# "When voting takes place, smaller states are heard" tells; "when it rains, who pays" asks.
_CLAUSE_OPENING = (
    rf"(?:when|where) (?!(?:{'|'.join(_AUXILIARIES.split())})\b)[^,]*,"
    rf"(?! (?:so |then |please )?(?:{'|'.join(_AUXILIARIES.split())}|what|who|how|which|why)\b)"
)
_AUXILIARY_OPENING = (
    rf"(?:{'|'.join(_AUXILIARIES.split())}) (?!(?:{'|'.join(_NO_SUBJECTS.split())})\b)"
    r"(?!(?:a|an) (?:nice|good|great|lovely|look)\b)\w"
)
# "I would like to know", "we are trying to find out", "I should be most grateful to learn".
_WISH_OPENING = (
    r"(?:i|we)(?:['’]?m|['’]?re|['’]d| am| are| would| should| was| were| be"
    r"| just| really| most| very)*"
    r" (?:like|want|need|have|love|try|trying|wonder|wondering|curious|interested|looking"
    r"|glad|grateful|happy|pleased|thankful)\b"
    r".{0,24}?\b(?:know|ask|find out|understand|learn|question|about|if|whether|how|what|when"
    r"|where|who|why|which)\b"
)
_REQUESTS = (
    _QUESTION_OPENING,
    _AUXILIARY_OPENING,
    _WISH_OPENING,
    r"(?:tell|explain|show|give|send|describe|remind|help)(?: to)? (?:me|us)\b",
    r"(?:explain|describe|summari[sz]e)\b",
    r"(?:just |was |so )*(?:wondering|looking for)\b",
    r"any(?:one|body)? (?:idea|ideas|clue|know|knows|tips|info)\b",
)
_REQUEST_OPENING = rf"{_BEFORE_REQUEST}(?!{_CLAUSE_OPENING})(?:{'|'.join(_REQUESTS)})"
# Behind these no sentence ends.
_ABBREVIATIONS = "approx dept etc fig incl max min prof vol"
_NO_ABBREVIATION = "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATIONS.split())
# In chats sentences begin with small letters, too.
_END_IN_CHAT = re.compile(rf"(?<=[?!…])\s+|(?<=\w\w\w\.){_NO_ABBREVIATION}\s+", re.IGNORECASE)
# Words of greetings, thanks and farewells, beside those that only frame a question.
_POLITE_WORDS = frozenset(
    "dear all team everyone everybody folks guys morning evening afternoon good kind regards best"
    " wishes yours sincerely cheers greetings advance doing help helps idea ideas clue know knows"
    " question questions possible quick".split()
)
# Words that stand for what was said before.
_REFERENCES = frozenset(
    "he him his she her hers they them their theirs it its these those one ones".split()
)
# "Is it possible", "is it true": here "it" stands for nothing.
_EMPTY_IT = re.compile(
    r"\b(?:is|was) it (?:possible|true|ok|okay|allowed|correct|right|necessary|safe|fine)\b",
    re.IGNORECASE,
)
# With so many words of its own, a question is understood without its context, though it refers to
# something that it does not name.
_MIN_OWN_WORDS = 3


class Asking(NamedTuple):
    """What a text asks, and what stands around that.

    ``needs_context`` says that the question alone says too little ("How did they free it?").
    ``is_marked`` says that question marks tell which sentences ask: first words are less sure.
    """

    text: str
    context: str
    needs_context: bool = False
    is_marked: bool = False


def asks(text: str) -> bool:
    """Say whether a sentence of a text asks: by its question mark, or by its first words."""
    sentences = _split(text)
    return any(map(_has_question_mark, sentences)) or any(map(_is_request, sentences))


def find_asking(text: str) -> Asking:
    """Find the sentences of a text that ask. Without context, ``text`` is the very same."""
    whole = Asking(text, "")
    if not _END_INSIDE.search(text.strip()):
        return whole
    sentences = _split(text)
    asking = _keep_telling(sentences, map(_has_question_mark, sentences))
    is_marked = any(asking)
    if not is_marked:
        asking = _keep_telling(sentences, map(_is_request, sentences))
    if all(asking) or not any(asking):
        return whole
    marked = list(zip(sentences, asking, strict=True))
    question = " ".join(sentence for sentence, asks in marked if asks)
    context = " ".join(sentence for sentence, asks in marked if not asks)
    needs_context = _refers(question) and _count_own(question) < _MIN_OWN_WORDS
    return Asking(question, context, needs_context, is_marked)


def _split(text: str) -> list[str]:
    """Give the sentences of a text, as chats and mails have them."""
    sentences: list[str] = []
    for paragraph in _split_paragraphs(text):
        for start, end in split_sentences(paragraph):
            sentences += _END_IN_CHAT.split(paragraph[start:end])
    return sentences


def _split_paragraphs(text: str) -> list[str]:
    """Give the paragraphs of a text: a line that goes on in small letters begins none."""
    paragraphs: list[str] = []
    goes_on = False
    for line in map(str.strip, text.split("\n")):
        if goes_on and line[:1].islower():
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        goes_on = bool(line)
    return paragraphs


def _has_question_mark(sentence: str) -> bool:
    return sentence.rstrip(_BEHIND_QUESTION_MARK).endswith(_QUESTION_MARKS)


def _is_request(sentence: str) -> bool:
    return _compile_request().match(sentence) is not None


@cache
def _compile_request() -> re.Pattern[str]:
    """Compile how a sentence begins that asks without a question mark; most texts have one."""
    return re.compile(rf"\W*{_REQUEST_OPENING}", re.IGNORECASE)


def _keep_telling(sentences: Iterable[str], asking: Iterable[bool]) -> list[bool]:
    """Leave out sentences that ask nothing of their own ("Can anyone help me?")."""
    marked = zip(sentences, asking, strict=True)
    return [asks and _count_own(sentence) > 0 for sentence, asks in marked]


def _count_own(sentence: str) -> int:
    """Count the different words of a sentence that say what it is about."""
    words = set(map(fold, tokenize(sentence)))
    return len(words - _list_empty_words())


def _refers(question: str) -> bool:
    """Say whether a question refers to what it does not name."""
    words = map(fold, tokenize(_EMPTY_IT.sub(" ", question)))
    return not _REFERENCES.isdisjoint(words)


@cache
def _list_empty_words() -> frozenset[str]:
    """Give the words of all languages that do not say what a sentence is about."""
    languages = ("en", *SMALL_WORDS)
    stop_words = chain.from_iterable(map(stop_words_of, languages))
    frame_words = chain.from_iterable(frame_words_of(language).split() for language in languages)
    return _POLITE_WORDS.union(stop_words, map(fold, frame_words))
