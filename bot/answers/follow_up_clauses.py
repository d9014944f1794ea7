"""What makes a question a whole one, by language: its question words, its verbs, its marks.

In: a language (ISO 639-1). Out: its forms, compiled when they are first needed. "Wie hoch ist der
Turm?" says by itself what it asks for; "ein großer?" and "wann gebaut?" do not. The verbs of these
languages are no closed list, so that a question word with two more words is whole as well. English
has its own forms in ``follow_up_forms``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple


class _ClauseWords(NamedTuple):
    """How a language asks, each a regular expression; an empty one stands for nothing.

    ``asking`` are question words, and ``measures`` words behind these that ask with them ("wie
    *lange*"). ``whether`` marks a question for yes or no. ``verbs`` are the most frequent verbs,
    and words with ``endings`` are others. ``impersonal`` are verbs with which one thing is enough
    ("є", "можна", "розкажи"). ``nominal`` are question words that need no verb ("хто капітан?").
    ``conjunctions`` may stand before a whole question ("und wie hoch ist der Turm?").
    ``drops_subject``: a verb needs no word for who does it.
    """

    asking: str
    measures: str
    whether: str
    verbs: str
    endings: str
    impersonal: str
    nominal: str
    conjunctions: str
    drops_subject: bool


_LANGUAGES: Mapping[str, _ClauseWords] = {
    "de": _ClauseWords(
        asking="wer|wen|wem|wessen|was|wo|wohin|woher|wann|wie|wie ?viele?|warum|weshalb|wieso"
        r"|wozu|welche[rsnm]?|wo(?:r(?:über|an|in|auf|aus|um)|mit|durch|von|für|zu|bei)",
        measures="(?<=wie )(?:lange|oft|häufig|viel)",
        whether="",
        verbs="ist|sind|war|waren|wird|werden|wurden?|hat|haben|hatten?|kann|können|konnten?|muss"
        "|müssen|mussten?|darf|dürfen|durften?|soll|sollen|sollten?|will|wollen|wollten?|möchten?"
        "|gibt|gab|kostet|kosten|heißt|heisst|bedeutet|liegt|steht|geht|kommt|dauert|macht|hätten?"
        "|wären?|würden?|werde|muss|habe|brauche|bekomme|finde"
        "|nenne|zeig|zeige|erkläre?|beschreibe?",
        endings="",
        impersonal="",
        nominal="",
        conjunctions="und|aber|oder",
        drops_subject=False,
    ),
    "fr": _ClauseWords(
        asking="qui|que|quoi|quels?|quelles?|où|quand|comment|combien|pourquoi|lequel|laquelle"
        r"|lesquels?|lesquelles|qu(?=['’])",
        measures="(?<=combien )de (?:temps|fois)",
        whether=r"est[- ]ce qu\w*|\w+-(?:t-)?(?:ils?|elles?|on)",
        verbs="est|sont|était|étaient|etait|etaient|sera|seront|fut|furent|a|ont|avait|avaient"
        "|aura|va|vont|peut|peuvent|pouvait|doit|doivent|faut|fait|font|veut|veulent|coûte|coute"
        "|coûtent|existe|signifie|explique|montre|donne",
        endings="",
        impersonal="",
        nominal="",
        conjunctions="et|mais",
        drops_subject=False,
    ),
    "es": _ClauseWords(
        asking="qui[eé]n(?:es)?|qu[eé]|cu[aá]l(?:es)?|d[oó]nde|ad[oó]nde|cu[aá]ndo|c[oó]mo"
        "|cu[aá]nt[oa]s?",
        measures="(?<=cuánto )tiempo|(?<=cuanto )tiempo|(?<=cuántas )veces|(?<=cuantas )veces",
        whether="",
        verbs="es|son|era|eran|fue|fueron|está|están|estaba|estuvo|será|serán|ha|han|tiene|tienen"
        "|tenía|tuvo|puede|pueden|podía|debe|deben|va|van|hace|hizo|quiere|quieren|cuesta|cuestan"
        r"|existen?|significa|explica|muestra|se \w+",
        endings=r"\w+(?:ó|aron|ieron|aban?|ían?|arán?|erán?|irán?|[ai]d[oa]s?)",
        impersonal="hay|hubo|había|habrá|cuéntame|háblame",
        nominal="",
        conjunctions="y|e|pero",
        drops_subject=True,
    ),
    "pl": _ClauseWords(
        asking=r"kto|kogo|komu|kim|czyj\w?|co|czego|czemu|czym|gdzie|dokąd|skąd|kiedy|jak"
        r"|jak(?:i|a|ie|iego|iej|im|ich|imi|ą)|któr\w{1,3}|ile|ilu|dlaczego|po co",
        measures="(?<=jak )(?:długo|dlugo|często)|(?<=ile )(?:czasu|razy)",
        whether="czy",
        verbs="jest|są|był[aoy]?|byli|będzie|będą|ma|mają|miał[aoy]?|mieli|może|mogą|można|musi"
        "|muszą|chce|chcą|trzeba|kosztuje|kosztują|znaczy|oznacza|istnieje|działa|wyjaśnij",
        endings=r"\w+(?:[aeiyąę]ł[aoy]?|[aeiy]li|uje|ują|ają|[ae]no)",
        impersonal="nie ma|można|trzeba|opowiedz|wyjaśnij",
        nominal="co to",
        conjunctions="a|i|ale",
        drops_subject=True,
    ),
    "uk": _ClauseWords(
        asking="хто|кого|кому|ким|чи(?:й|я|є|ї|го)|що|чого|чому|чим|де|куди|звідки|коли|як"
        r"|як(?:ий|а|е|і|ого|ої|ому|ій|им|их|ими|у|ою)|котр\w+|скільки|скількох|навіщо|нащо",
        measures="(?<=як )(?:довго|часто)|(?<=скільки )(?:часу|разів)",
        whether="чи",
        verbs="був|була|було|були|буде|будуть|має|мають|може|можуть|можна|треба|потрібно|слід"
        "|хоче|хочуть|коштує|коштують|означає|існує|поясни",
        endings=r"\w+(?:[аиуяо]в(?:ся)?|[аиіуя]л[аио](?:с[яь])?|ують|юють|ають|яють|ять|ує|ює|ає|яє"
        "|ться|[ая]но|ено)",
        impersonal="є|немає|нема|можна|треба|потрібно|слід|розкаж(?:и|іть)|поясн(?:и|іть)",
        nominal="хто|де|коли|що (?:це )?таке",
        conjunctions="а|і|й|та|але",
        drops_subject=True,
    ),
    "ru": _ClauseWords(
        asking="кто|кого|кому|кем|чей|чь[яеёию]|что|чего|чему|чем|где|куда|откуда|когда|как"
        r"|как(?:ой|ая|ое|ие|ого|их|ом|ому|им|ими|ую)|котор\w+|сколько|скольких|почему|зачем"
        "|отчего",
        measures="(?<=как )(?:долго|часто)|(?<=сколько )(?:времени|раз)",
        whether=r"\w+ ли|разве",
        verbs="был|была|было|были|будет|будут|имеет|имеют|может|могут|можно|нужно|надо|хочет"
        "|хотят|стоит|стоят|значит|означает|существует|объясни",
        endings=r"\w+(?:[аиеяы]л[аои]?(?:с[ья])?|уют|яют|ают|ает|яет|ует|[еия]тся|[ую]тся"
        "|[аея]н[аоы])",
        impersonal="есть|нет|можно|надо|нуж(?:ен|н[аоы])|(?:расскажи|объясни)(?:те)?",
        nominal="кто|где|когда|что (?:это )?такое",
        conjunctions="а|и|но",
        drops_subject=True,
    ),
    "tr": _ClauseWords(
        asking=r"kim\w{0,4}|ne|neler\w*|neyi|neye|neden|niçin|niye|nere(?:de|ye|den|si\w*)|hangi\w*"
        r"|kaç\w{0,3}|kac|nasıl",
        measures=r"(?<=ne )(?:zaman\w*(?: beri)?|kadar)|(?<=ne kadar )(?:süre|zaman)",
        whether=r"m[ıiuü](?:yd[ıiuü]|d[ıiuü]r)?",
        verbs="olur|oldu|olacak|olmuş|gerekir|gerekiyor|lazım|demek",
        endings=r"\w{2,}(?:yor(?:lar)?|[dt][ıiuü](?:l[ae]r)?|m[ıiuü]ş(?:t[ıiuü]r)?|ecek|acak"
        "|[dt][ıiuü]r(?:l[ae]r)?)",
        impersonal="var|yok|vardı|yoktu|anlat|açıkla|bilgi ver",
        nominal="kim|nerede|ne zaman|nedir",
        conjunctions="peki|ve|ama",
        drops_subject=True,
    ),
}


@dataclass(frozen=True, slots=True)
class ClauseForms:
    """The forms of a language, compiled: see ``_ClauseWords``."""

    asking: re.Pattern[str]
    measures: re.Pattern[str]
    whether: re.Pattern[str]
    verbs: re.Pattern[str]
    endings: re.Pattern[str]
    impersonal: re.Pattern[str]
    nominal: re.Pattern[str]
    conjunctions: re.Pattern[str]
    drops_subject: bool

    def asks(self, text: str) -> bool:
        """Say whether a text has a question word or the mark of a question."""
        return bool(self.asking.search(text) or self.whether.search(text))

    def has_verb(self, text: str) -> bool:
        """Say whether a text has a verb that is known, or a word with the ending of one."""
        patterns = (self.verbs, self.impersonal, self.endings)
        return any(pattern.search(text) for pattern in patterns)

    def is_whole(self, text: str, content: list[str]) -> bool:
        """Say whether a question says by itself what it asks for.

        ``content`` are its words that are looked up, one at least.
        """
        if len(content) > 1:
            return self.asks(text) or self.has_verb(text)
        if self.impersonal.search(text):
            return True
        if self.endings.fullmatch(content[0]):
            # "Коли відкрили?", "¿cuándo fue aprobado?": what they ask about was named before.
            return False
        if self.nominal.search(text):
            return True
        is_asked = not self.drops_subject or self.asking.search(text) is not None
        return is_asked and self.verbs.search(text) is not None


@cache
def find_clause_forms(language: str) -> ClauseForms | None:
    """Give the forms of a language when it is first asked in; None where they are not known."""
    words = _LANGUAGES.get(language)
    if words is None:
        return None
    return ClauseForms(
        asking=_compile(words.asking),
        measures=_compile(words.measures),
        whether=_compile(words.whether),
        verbs=_compile(words.verbs),
        endings=_compile(words.endings),
        impersonal=_compile(words.impersonal),
        nominal=_compile(words.nominal),
        conjunctions=_compile(words.conjunctions),
        drops_subject=words.drops_subject,
    )


def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for whole words; an empty one matches nothing."""
    text = rf"\b(?:{pattern})\b" if pattern else r"(?!)"
    return re.compile(text, re.IGNORECASE)
