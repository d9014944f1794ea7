"""Whether a question asks what something is, or who somebody is, and of what.

In: a question as text. Out: the words that it asks the meaning of ("who is *peskov*", "*osce*?",
"was ist ein *pfand*"), none where it asks something else. Which sentences answer that is for
``definitions``.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import dropwhile
from typing import NamedTuple

from bot.search.analysis.tokens import fold
from bot.search.english_forms import DETERMINERS
from bot.search.question_subject import PRONOUNS, STANCES, STOPS, VERBS

_IsName = Callable[[str], bool]

# A term has at most so many words, and one that is asked for alone ("osce??") so many.
_MAX_TERM_WORDS = 5
_MAX_BARE_WORDS = 2


class DefinitionQuestion(NamedTuple):
    """The words that a question asks the meaning of, as typed; none where it asks something else.

    ``is_general`` says that it asks what something is wherever it is: "the price" may be asked for
    by another word, and so may what is only named ("refund?"). ``possible`` is what may be a term
    all the same, where there are no such words.
    """

    words: Sequence[str] = ()
    is_general: bool = False
    possible: "PossibleTerm | None" = None


class PossibleTerm(NamedTuple):
    """Folded words that are a clause or a term: "who is *tom read*". The articles tell which.

    ``is_name`` says that they are a term only as a name: "what is the *price of the ticket*".
    """

    words: tuple[str, ...]
    is_name: bool


NO_DEFINITION = DefinitionQuestion()


class _DefinitionForms(NamedTuple):
    """How a language asks what something is, as patterns and words with blanks between them.

    ``opening`` stands before the term, ``ending`` behind it. ``definite`` are articles that make a
    common noun something particular, and ``articles`` the others. ``polite`` may stand before all.
    """

    opening: str
    ending: str
    definite: str
    articles: str
    polite: str


class _CompiledForms(NamedTuple):
    """The same, compiled; ``articles`` are all of them."""

    polite: re.Pattern[str]
    opening: re.Pattern[str]
    ending: re.Pattern[str]
    definite: frozenset[str]
    articles: frozenset[str]


_WHO_OR_WHAT = r"(?:who|what|wat|wut|wot)(?:['’`]?s| is| are| was| were| exactly is| even is)"
_DEFINITIONS = {
    "en": _DefinitionForms(
        rf"(?:{_WHO_OR_WHAT}(?: meant by| the meaning of| the definition of)?"
        r"|what do(?:es)?(?=.* (?:mean|stand for)\W*$)"
        r"|(?:who|what)(?=.* (?:is|are|was|were|means?)\W*$)"
        r"|define|(?:the )?(?:meaning|definition) of)",
        r"(?:is|are|was|were|means?|meaning|definition|stands? for"
        rf"|{_WHO_OR_WHAT}(?: (?:he|she|it|they|that|this))"
        r"|what|who|again|exactly|anyway|then|even|actually|pls|please)",
        "the this that",
        "a an",
        "hey|ok|so|and|but|pls|please|can you|could you|tell me|explain|i wonder|do you know",
    ),
    "de": _DefinitionForms(
        r"wer (?:ist|war|sind|waren)|was (?:ist|sind|war|waren|bedeutet|heisst|heißt)|"
        r"(?:wer|was)(?=.* (?:ist|war|sind|waren|bedeutet|heisst|heißt)\W*$)|"
        r"was versteht man unter|definiere|definition von|bedeutung von|was soll",
        r"bedeutung|bedeutet|heisst|heißt|wer (?:ist|war) das|was ist das|ist|war|sind|waren",
        "der die das den",
        "ein eine einen eigentlich",
        "hey|ok|und|aber|also|bitte|sag|sag mal|sag mir|erklär mir|kannst du mir sagen|"
        "können sie mir sagen|weißt du|weisst du|weiß jemand|weiss jemand",
    ),
    "fr": _DefinitionForms(
        r"qui (?:est|était|etait|sont)|c['’]est qui|c['’]est quoi|qu['’]est ce "
        r"qu(?:e c['’]est que|e|['’])|qu(?:e|oi) (?:est|signifie)|que veut dire|"
        r"définition de|definition de|définis",
        r"c['’]est qui|c['’]est quoi|ça veut dire quoi|définition",
        "le la les l",
        "un une des",
        "hey|et|mais|alors|dis|dis moi|tu peux me dire|pouvez vous me dire|tu sais|svp",
    ),
    "es": _DefinitionForms(
        r"qui[eé]n(?:es)? (?:es|era|fue|son)|qu[eé] (?:es|son|era|significa)|define|"
        r"(?:definici[oó]n|significado) de",
        r"qu[eé] (?:es|significa)|qui[eé]n es|significado",
        "el la los las",
        "un una",
        "oye|y|e|pero|dime|me puedes decir|puedes decirme|me podrías decir|sabes|por favor",
    ),
    "pt": _DefinitionForms(
        r"quem (?:é|e|era|foi|são)|(?:o )?qu[eê] (?:é|e|são|significa)|defina|"
        r"(?:definição|significado) de",
        r"(?:o )?que [eé]|quem [eé]|significado",
        "o a os as",
        "um uma",
        "oi|e|mas|me diz|diga me|pode me dizer|podes dizer me|sabe|sabes|por favor",
    ),
    "it": _DefinitionForms(
        r"chi (?:è|e['’]|era|sono)|(?:che )?cos(?:['’]è|a (?:è|sono|significa))|che significa|"
        r"definisci|(?:definizione|significato) di",
        r"(?:che )?cos['’]è|chi è|significato",
        "il lo la i gli le l",
        "un uno una",
        "ehi|e|ma|dimmi|mi sai dire|mi puoi dire|puoi dirmi|sai|per favore",
    ),
    "pl": _DefinitionForms(
        r"kim (?:jest|by[lł]a?|s[aą])|kto to(?: jest)?|co to(?: jest| s[aą])?|czym (?:jest|s[aą])|"
        r"co (?:oznacza|znaczy)|zdefiniuj|(?:definicja|znaczenie)",
        r"co to(?: jest)?|kto to(?: jest)?|co (?:oznacza|znaczy)",
        "",
        "",
        "hej|a|i|ale|powiedz|powiedz mi|możesz mi powiedzieć|mozesz mi powiedziec|wiesz|proszę",
    ),
    "uk": _DefinitionForms(
        r"хто (?:це|такий|така|такі)(?: такий| така| такі)?|"
        r"що (?:це(?: таке)?|таке|означає|значить)|визначення|значення",
        r"(?:що це|хто це)(?: таке| такий| така)?|що означає",
        "",
        "",
        "а|і|й|та|але|скажи|скажіть|можеш сказати|можете сказати|знаєш|будь ласка",
    ),
    "ru": _DefinitionForms(
        r"кто (?:это|такой|такая|такие)(?: такой| такая| такие)?|"
        r"что (?:это(?: такое)?|такое|означает|значит)|определение|значение",
        r"(?:что это|кто это)(?: такое| такой| такая)?|что (?:означает|значит)",
        "",
        "",
        "а|и|но|скажи|скажите|можешь сказать|можете сказать|знаешь|пожалуйста",
    ),
    "tr": _DefinitionForms(
        r"kim(?:dir)?(?= \w+$)|ne demek|tan[ıi]mla",
        r"(?:kim(?:dir)?|ne(?:dir)?|ne demek(?:tir)?|ne anlama gelir)"
        r"(?: söyler misin| biliyor musun| lütfen| acaba)?",
        "",
        "bir",
        "peki|ya|ve|ama|söyle|söyler misin|lütfen",
    ),
    "nl": _DefinitionForms(
        r"wie (?:is|was|zijn)|wat (?:is|zijn|was|betekent)|definieer|(?:definitie|betekenis) van|"
        r"(?:wie|wat)(?=.* (?:is|was|zijn|betekent)\W*$)",
        r"wie is dat|wat is dat|betekenis|betekent|is|was|zijn",
        "de het",
        "een",
        "hey|en|maar|dus|zeg|kun je me zeggen|kan je me zeggen|weet je|weet iemand",
    ),
}
# Any collection is asked in it, too.
_ENGLISH = "en"
# Words alone are looked for; with a mark behind them it is asked what they are: "osce??".
_MARK = re.compile(r"[=?？؟]\s*$")
_POSSESSIVE_ENDS = ("'s", "’s")
_WHO = re.compile(r"\bwho", re.IGNORECASE)
# What no term has: it would be a comparison, a clause or something that was named before.
_NOT_IN_TERM = (
    (STOPS - {"of"})
    | PRONOUNS
    | DETERMINERS
    | frozenset("vs versus or and than if because".split())
    | frozenset("wie wo wann warum wieso welche welcher welches hoe waar wanneer waarom".split())
)


# All articles that stand before a term.
ARTICLES = frozenset(
    word for forms in _DEFINITIONS.values() for word in f"{forms.definite} {forms.articles}".split()
)

# Without an article these tell how something is: "what is wrong".
_STATES = frozenset(
    """
    new next wrong right left different special important possible impossible true false good bad
    better worse best worst known open closed free full over legal illegal available missing
    necessary optional mandatory
    """.split()
)


@cache
def _compile_forms(language: str) -> _CompiledForms:
    """Compile the forms of a language when it is asked in."""
    opening, ending, definite, articles, polite = _DEFINITIONS[language]
    # The longer ones first: "dis moi" begins with "dis".
    longest_first = "|".join(sorted(polite.split("|"), key=len, reverse=True))
    politeness = re.compile(rf"^(?:(?:{longest_first})\W+)+", re.IGNORECASE)
    opens = re.compile(rf"^\W*(?:{opening})(?:(?<=['’])|(?!\w))\W*", re.IGNORECASE)
    ends = re.compile(rf"\W+(?:{ending})\W*$", re.IGNORECASE)
    all_articles = f"{definite} {articles}".split()
    return _CompiledForms(
        politeness, opens, ends, frozenset(definite.split()), frozenset(all_articles)
    )


def find_definition(
    text: str, words: Sequence[str], language: str, is_name: _IsName
) -> DefinitionQuestion:
    """Give the words that a question asks the meaning of; none where it asks something else.

    ``words`` are those of ``text`` as ``tokenize`` finds them, and corrected. ``is_name`` says
    whether a word is a name in the collection.
    """
    asked, forms, term = _find_term(" ".join(words), language)
    is_bare = term == asked
    typed = term.split()
    is_full_name = len(typed) > 1 and all(map(is_name, typed))
    if is_bare and not (is_full_name or _MARK.search(text)):
        return NO_DEFINITION
    words = list(dropwhile(lambda word: fold(word) in forms.articles, typed))
    most = _MAX_BARE_WORDS if is_bare else _MAX_TERM_WORDS
    if not 0 < len(words) <= most:
        return NO_DEFINITION
    if _NOT_IN_TERM.intersection(map(fold, words)) or _is_possessive(words):
        return _make_possible(words, is_name=True)
    is_who = is_bare or _WHO.search(asked) is not None
    has_article = len(words) < len(typed)
    if not has_article and (_is_clause(words, is_who=is_who) or _is_state(words, is_name)):
        return _make_possible(words, is_name=False)
    has_definite = fold(typed[0]) in forms.definite
    is_particular = has_definite and not any(map(is_name, words))
    if is_particular and "of" in map(fold, words):
        return NO_DEFINITION
    return DefinitionQuestion(words, is_general=not (is_particular or is_bare))


def _find_term(question: str, language: str) -> tuple[str, _CompiledForms, str]:
    """Give a question without polite words, the forms in which it asks, and what is left then.

    It asks in its language or in English. Of one that asks by no such words, all is left.
    """
    own = language if language in _DEFINITIONS else _ENGLISH
    bare: list[tuple[str, _CompiledForms, str]] = []
    for candidate in dict.fromkeys((own, _ENGLISH)):
        forms = _compile_forms(candidate)
        asked = forms.polite.sub("", question, count=1)
        opened = forms.opening.sub("", asked, count=1)
        term = forms.ending.sub("", opened, count=1)
        if term != asked:
            return asked, forms, term
        bare.append((asked, forms, asked))
    return bare[0]


def _make_possible(words: Sequence[str], *, is_name: bool) -> DefinitionQuestion:
    folded = tuple(map(fold, words))
    return DefinitionQuestion(possible=PossibleTerm(folded, is_name))


def _is_clause(words: Sequence[str], *, is_who: bool) -> bool:
    """Say whether words without an article are what somebody does: "who is mediating".

    One word in -ing may be a thing all the same: "what is phishing".
    """
    folded = [fold(word) for word in words]
    if any(word in VERBS for word in folded) or folded[-1].endswith("ed"):
        return True
    return folded[-1].endswith("ing") and (is_who or len(words) > 1)


def _is_state(words: Sequence[str], is_name: _IsName) -> bool:
    """Say whether one word tells how something is: "what is wrong"."""
    return len(words) == 1 and fold(words[0]) in _STATES and not is_name(words[0])


def _is_possessive(words: Sequence[str]) -> bool:
    """Say whether it is asked for what somebody has: "putin's conditions"."""
    if len(words) < 2:
        return False
    has_owner = any(word.endswith(_POSSESSIVE_ENDS) for word in words[:-1])
    return has_owner or fold(words[-1]) in STANCES
