"""What in a question its answer contradicts: it is denied there and not here, or of another year.

In: a question, and the sentences of an answer, as text. Out: whether one denies what the other
says, tells of another time, or of nothing but what the question names already; whether it tells no
amount or material where one is asked for, what is always so where it is asked when something
happened, or nobody what to do where it is asked how. Such a passage has nearly all words of the
question, so a score by words is high; but it answers another question. English; a year is the same
in all languages.

Whether an answer of another form is one is told by ``answer_form``.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.search.answer_type import find_question_word
from bot.search.english_forms import BASE_VERBS
from bot.search.prefilter import PrefilteredPattern
from bot.search.word_forms import WordForms

_AUXILIARIES = "do does did is are was were has have had could will would should must might need"


def _any_of(text: str) -> str:
    """Give a pattern for the words of a text."""
    return f"(?:{'|'.join(text.split())})"


# "Didn't", and "didnt" as it is typed in haste.
_CONTRACTION = rf"{_any_of(_AUXILIARIES)}n['’]?t|can['’]?t|won['’]?t|ain['’]?t|cannot"
# "No" is left out: it is often an answer, or a number.
_DENIAL = PrefilteredPattern(rf"\b(?:not|never|{_CONTRACTION})\b", "not never nt n't n’t")
# "Didn't they win?" and "isn't it true" ask whether it is so; "or not" leaves it open.
_NO_DENIAL = re.compile(rf"^\W*(?:(?:and|but|so) )?(?:{_CONTRACTION})\b|\bor not\b", re.IGNORECASE)
# Words that a sentence denies with, or that say that something did not happen.
_DENYING_WORDS = """
    no none nobody nothing nowhere without neither nor except unless instead rather only hardly
    barely few less unable impossible missing missed against
    refus\\w* reject\\w* fail\\w* lack\\w* den(?:y|ies|ied) avoid\\w* prevent\\w* stop\\w* ceas\\w*
    forb[aio]d\\w* bann?\\w* oppos\\w* prohibit\\w* exclud\\w* un\\w+ed
"""
_DENYING = re.compile(rf"\b{_any_of(_DENYING_WORDS)}\b", re.IGNORECASE)
# What is asked for besides what is named: "who was the chair before Orr". What happened before
# something is told without such words.
_ANOTHER = PrefilteredPattern(
    r"\b(?:besides|apart from|aside from|other than|except(?: for)?|instead of|in addition to) \w"
    r"|\bwho\b.* (?:before|after) [\w'’-]+(?: [\w'’-]+){0,2}\W*$",
    "des apart de than except nstead add who",
)
# Words that tell of an order, or of more than one.
_ORDER_WORDS = """
    before after afterwards since until till then next later earlier first last new old also too
    besides beside apart aside instead another others? except preced\\w* previous\\w* former\\w*
    predecessor\\w* prior succe\\w* subsequent\\w* follow\\w* replac\\w* addition\\w* became
    becom\\w*
"""
_ORDER = re.compile(rf"\b{_any_of(_ORDER_WORDS)}\b", re.IGNORECASE)
# 1946, 1946–49, 1950s; "1946 -- 49" is a range as some type it. Years are 1000 to 2099.
_YEARS = re.compile(r"\b(1\d{3}|20\d\d)(?:['’]?(s)\b|\s?[-–—]{1,2}\s?(\d{4}|\d\d)\b)?(?![\d,])")
# "How do I fit the ring": whoever tells that speaks to somebody.
_HOW_TO_QUESTION = PrefilteredPattern(r"\bhow (?:do|can|could|should|would|to) (?:i|we)\b", "how")
_INSTRUCTION_WORDS = """
    you your yours yourself we our us i my please may must should need needs allowed required
    recommended
"""
_INSTRUCTION = re.compile(rf"\b(?:{_any_of(_INSTRUCTION_WORDS)}|ha(?:s|ve) to)\b", re.IGNORECASE)
# "Tickets how much" asks for an amount, too.
_AMOUNT_QUESTION = PrefilteredPattern(r"\bhow (?:much|many)\b", "how")
# Numbers, and words that tell how much without one.
_QUANTITY = re.compile(r"[\d%€$£]")
_QUANTITY_WORDS = WordForms(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundreds?
    thousands? millions? billions? dozens? half third quarters? both either neither no none nobody
    nothing single once twice doubled? tripled? several few fewer many most much more less least
    lots? all any every each free only enough unlimited couple pair majority numerous countless
    never another
    """
)
# "Made" is a small word, so that nothing else of what is asked is looked for.
_MATERIAL_QUESTION = PrefilteredPattern(
    r"\b(?:is|are|was|were)\b.*\bmade (?:up |out )?(?:of|from)\W*$|\b(?:what|which) materials?\b",
    "made mater",
)
# Materials, and words for how something is made of one.
_MATERIAL_WORDS = """
    wood(?:en)? timber oak pine ash beech birch elm willow bamboo reeds? straw thatch steel iron
    copper brass bronze tin lead zinc alumini?um gold(?:en)? silver platinum metals? alloys? stones?
    granite marble limestone sandstone slate chalk clay bricks? concrete cement plaster mortar
    glass ceramics? porcelain earthenware plastics? rubber nylon polyester vinyl cotton wool(?:len)?
    linen silk velvet leather hides? fur felt paper cardboard canvas cloth fabrics? rope wax ivory
    bones? horn shells? feathers? ice snow sand salt earth mud materials? fibres? fibers? carbon
    (?:made|built|carved|cast|woven|knitted|forged|constructed|composed|brewed|baked|cooked|spun)
    consist\\w* compris\\w* contain\\w* ingredients?
"""
_MATERIAL = re.compile(rf"\b{_any_of(_MATERIAL_WORDS)}\b", re.IGNORECASE)
# It is asked when something happened, once.
_EVENT_QUESTION = PrefilteredPattern(
    r"\b(?:when (?:did|was|were|had)|(?:what|which) year)\b", "when year"
)
# What is always so, in the present: opening hours, what is done every week.
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_OFTEN = rf"(?:every|each) (?:\w+ )?(?:day|week|month|year|hour|{_DAY})|daily|weekly|monthly"
_OPEN = r"(?:is|are) (?:\w+ )?(?:open|closed|shut)|opens|closes"
_HABIT = re.compile(
    rf"\b(?:{_DAY}s|{_DAY} (?:to|till|until) {_DAY}|{_OFTEN}|{_OPEN})\b", re.IGNORECASE
)
# "And closed in January" goes on with the hours.
_PAST = re.compile(
    r"\b(?:was|were|had|did|sang|held|began|met|since|ago|(?!closed\b)\w{2,}ed)\b", re.IGNORECASE
)
# In a longer text it is not told what is asked.
_MAX_CHARACTERS = 1_000
_DECADE = 9
_CENTURY = 100


class _Years(NamedTuple):
    """Years from the first to the last one."""

    first: int
    last: int


def denies_alone(question: str, sentence: str) -> bool:
    """Say whether a question asks what is not so, and a sentence only tells what is.

    A denial before the question word is none of what is asked: "I don't know who won".
    """
    question = question[:_MAX_CHARACTERS]
    if not _DENIAL.is_in(question) or _NO_DENIAL.search(question):
        return False
    asked = _find_asked_part(question)
    if not _DENIAL.is_in(asked):
        return False
    return not (_DENIAL.is_in(sentence) or _DENYING.search(sentence))


def names_years(question: str) -> bool:
    """Say whether a question names a year, a decade or a range of years."""
    return any(_find_years(question[:_MAX_CHARACTERS]))


def tells_of_other_years(question: str, passage: str) -> bool:
    """Say whether a question names years and a passage only others; one without years does not."""
    asked = list(_find_years(question[:_MAX_CHARACTERS]))
    told = list(_find_years(passage)) if asked else []
    if not told:
        return False
    return not any(_overlap(one, other) for one in asked for other in told)


def names_no_other(question: str, sentence: str) -> bool:
    """Say whether a question asks for another than it names, and a sentence tells of no order.

    Such a sentence only has what the question names: "the chair is Orr".
    """
    is_asked = _ANOTHER.is_in(question[:_MAX_CHARACTERS])
    return is_asked and _ORDER.search(sentence) is None


def tells_no_amount(question: str, sentence: str) -> bool:
    """Say whether a question asks how much or how many, and a sentence does not tell."""
    is_asked = _AMOUNT_QUESTION.is_in(question[:_MAX_CHARACTERS])
    return is_asked and not (_QUANTITY.search(sentence) or _QUANTITY_WORDS.is_in(sentence))


def tells_no_material(question: str, sentence: str) -> bool:
    """Say whether a question asks what something is made of, and a sentence does not tell."""
    is_asked = _MATERIAL_QUESTION.is_in(question[:_MAX_CHARACTERS])
    return is_asked and _MATERIAL.search(sentence) is None


def tells_of_habit(question: str, sentence: str) -> bool:
    """Say whether a question asks when something happened, and a sentence tells what is always so.

    What tells of the past besides, or has a year, may tell both.
    """
    if not _EVENT_QUESTION.is_in(question[:_MAX_CHARACTERS]):
        return False
    rest = _HABIT.sub(" ", sentence)
    tells_event = _PAST.search(rest) is not None or any(_find_years(sentence))
    return rest != sentence and not tells_event


def tells_nobody_how(question: str, sentences: Sequence[str]) -> bool:
    """Say whether a question asks how to do something, and a passage tells nobody to do anything.

    A passage does by "you" or "we", by what may or must be, and by a sentence that begins with a
    verb: "Press the button".
    """
    if not _HOW_TO_QUESTION.is_in(question[:_MAX_CHARACTERS]):
        return False
    return not any(map(_is_instruction, sentences))


def _is_instruction(sentence: str) -> bool:
    first = sentence.split(None, 1)[:1]
    begins_with_verb = any(word.strip("*_\"'“").lower() in BASE_VERBS for word in first)
    return begins_with_verb or _INSTRUCTION.search(sentence) is not None


def asks_for_sign(question: str) -> bool:
    """Say whether a question asks for what a sentence plainly has or lacks (``lacks_sign``)."""
    asked = question[:_MAX_CHARACTERS]
    patterns = (_AMOUNT_QUESTION, _MATERIAL_QUESTION, _EVENT_QUESTION)
    return any(pattern.is_in(asked) for pattern in patterns)


def lacks_sign(question: str, sentence: str) -> bool:
    """Say whether a sentence plainly lacks the amount, the material or the event asked for."""
    tests = (tells_no_amount, tells_no_material, tells_of_habit)
    return any(lacks(question, sentence) for lacks in tests)


def _find_asked_part(question: str) -> str:
    """Give the words behind the first question word, all of a question without one."""
    asked = find_question_word(question.replace("’", "").replace("'", ""))
    return question if asked is None else " ".join(asked.behind)


def _find_years(text: str) -> Iterator[_Years]:
    """Give the years, decades and ranges of years that a text names."""
    for match in _YEARS.finditer(text):
        first = int(match[1])
        last = first + _DECADE if match[2] else first
        if match[3]:
            last = _complete(match[3], first)
        yield _Years(first, last)


def _complete(end: str, first: int) -> int:
    """Give the last year of a range, of which only two digits may be written."""
    year = int(end)
    return year if year >= _CENTURY else first - first % _CENTURY + year


def _overlap(one: _Years, other: _Years) -> bool:
    """Say whether two spans have a year in common."""
    return one.first <= other.last and other.first <= one.last
