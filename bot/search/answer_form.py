"""What form an answer has, more exactly than by its type: a place, a person, a duration, an amount.

In: a question, or a sentence, as text. Out: ``AnswerForm`` flags. "How long" asks for a number with
a unit of time, "how much does it cost" for an amount of money, "where" for the name of a place or a
word for one. A form only speaks for or against an answer that was found (``confidence_features``);
which passage is found does not depend on it. English, and in the other languages that
``question_words`` knows the most frequent forms.

A sentence has the form of several kinds at once. Where a form has too many shapes to be told, as a
person has, what is missing says little; how much, is fitted.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from enum import IntFlag
from functools import cache

from bot.search.analysis.tokens import fold
from bot.search.answer_type import find_question_word
from bot.search.question_words import FORM_QUESTIONS
from bot.search.word_forms import WordForms


class AnswerForm(IntFlag):
    """Forms of answers; NONE where a question does not say which."""

    NONE = 0
    PLACE = 1
    PERSON = 2
    DURATION = 4
    MEASURE = 8
    FREQUENCY = 16
    LANGUAGE = 32
    COLOUR = 64
    MONEY = 128
    AGE = 256
    PERCENT = 512
    CONTACT = 1024
    HOURS = 2048
    BIRTH = 4096
    NAMES = PLACE | PERSON
    """Forms that are told by names, which have many shapes."""
    AMOUNTS = DURATION | MEASURE | FREQUENCY | MONEY | AGE | PERCENT
    """Forms that are told by a number and what it counts."""
    CERTAIN = AMOUNTS | BIRTH
    """Forms with so plain signs that what has none of them is hardly ever an answer."""
    TIMES = DURATION | AGE
    """Forms that are told by a number with a unit of time."""


def _words(text: str) -> frozenset[str]:
    """Give the words of a text."""
    return frozenset(text.split())


def _any_of(text: str) -> str:
    """Give a pattern for the words of a text; ``~`` stands for a blank inside one of them."""
    return f"(?:{'|'.join(text.split()).replace('~', ' ')})"


# Questions: what stands behind the question word.

_FORM_OF_ADJECTIVE: Mapping[str, AnswerForm] = {
    # "How long" may ask for a length, too, and "how far" for the time that it takes.
    "long": AnswerForm.DURATION | AnswerForm.MEASURE,
    "far": AnswerForm.DURATION | AnswerForm.MEASURE,
    "quickly": AnswerForm.DURATION,
    "soon": AnswerForm.DURATION,
    **dict.fromkeys(
        _words("big large tall deep heavy high wide broad thick fast hot cold steep small short"),
        AnswerForm.MEASURE,
    ),
    "often": AnswerForm.FREQUENCY,
    "frequently": AnswerForm.FREQUENCY,
    "expensive": AnswerForm.MONEY,
    "old": AnswerForm.AGE,
}
# Behind "when" and "where".
_BORN = _words("born birthday birthplace")
# Behind "how much": what is paid.
_AFTER_HOW_MUCH = _words("is was are money cost for")
# With another verb it is paid only if the question says so, unlike in "how much did it grow".
_PAYING_VERBS = _words(
    """
    cost costs pay earn charge charged spend make owe lose raise donate receive sell invest save be
    paid money
    """
)
_VERBS_OF_QUESTIONS = _words("does did do will would")
_WEIGHING_VERBS = _words("weigh measure")
_FORM_OF_NOUN: Mapping[str, AnswerForm] = {
    **dict.fromkeys(
        _words(
            """
            city cities country countries town towns village place places port ports street region
            state county river island venue building room continent station airport
            """
        ),
        AnswerForm.PLACE,
    ),
    **dict.fromkeys(
        _words("person people man woman president minister captain actor singer author player"),
        AnswerForm.PERSON,
    ),
    **dict.fromkeys(_words("language languages"), AnswerForm.LANGUAGE),
    **dict.fromkeys(_words("colour color colours colors"), AnswerForm.COLOUR),
    **dict.fromkeys(_words("percentage percent share proportion"), AnswerForm.PERCENT),
    **dict.fromkeys(_words("price cost fee charge fare rent"), AnswerForm.MONEY),
    **dict.fromkeys(
        _words("height length width depth weight distance speed size temperature"),
        AnswerForm.MEASURE,
    ),
    "age": AnswerForm.AGE,
    **dict.fromkeys(_words("email website url phone telephone address"), AnswerForm.CONTACT),
    "hours": AnswerForm.HOURS,
}
# What may stand between "what" and its noun.
_BEFORE_NOUN = _words("s is was are were the a an its their your our exact average legal minimum")
# These ask for a form without a question word, and behind "what" ("what did it cost"); a price must
# be the last word, because "the price of oil" may have causes.
_NOUNS_ANYWHERE = (
    (AnswerForm.MONEY, re.compile(r"\b(?:price|cost|costs|fees?|fare)\W*$", re.IGNORECASE)),
    (
        AnswerForm.CONTACT,
        re.compile(
            r"\b(?:phone|telephone) ?(?:number|no)\b|\be-?mail\b|\bwebsite\b|\bpostal address\b",
            re.IGNORECASE,
        ),
    ),
    (
        AnswerForm.HOURS,
        re.compile(r"\b(?:opening|closing) (?:hours?|times?)\b|\bwhat time\b", re.IGNORECASE),
    ),
)

# Whatever stands behind these asks for no other form: "which shop sold it under its price".
_WORDS_WITH_THEIR_FORM = ("why", "how", "which", "when")

# Sentences.

_NUMERALS = (
    "an? one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty"
    " fifty sixty ninety hundred thousand half~an? several few dozen couple~of"
    " ein eine einen einem zwei drei vier fünf sechs sieben acht neun zehn zwölf"
    " une un deux trois quatre cinq sept huit dix douze uno una dos tres cuatro cinco siete ocho"
    " um uma dois duas quatro due tre quattro cinque sei sette otto"
    " jeden jedną dwa dwie trzy cztery pięć sześć siedem"
    " один одну два дві две три чотири четыре п'ять пять шість шесть сім семь"
    " bir iki üç dört beş altı yedi een twee drie vier vijf zes zeven"
)
_TIME_UNITS = (
    "seconds? minutes? mins? hours? hrs? days? nights? weeks? weekends? months? years? yrs?"
    " decades? centur(?:y|ies)"
    " Sekunden? Minuten? Stunden? Tage?n? Wochen? Monate?n? Jahre?n?"
    " secondes? heures? jours? semaines? mois ans? années?"
    " segundos? minutos? horas? días? dias? semanas? mes(?:es)? años? anos?"
    " second[oi] minut[oi] or[ae] giorn[oi] settiman[ae] mes[ei] ann[oi]"
    " sekund\\w* minut\\w* godzin\\w* dni dnia dzień tygodni\\w* miesi\\w* lat lata rok"
    " секунд\\w* хвилин\\w* минут\\w* годин\\w* час\\w* дн\\w+ день тиж\\w+ недел\\w* місяц\\w*"
    " месяц\\w* рок\\w* год\\w* лет"
    " saniye\\w* dakika\\w* saat\\w* gün\\w* hafta\\w* ay\\w{0,3} yıl\\w*"
    " seconden? minuten? uur uren dagen dag weken week maanden? jaren? jaar"
)
_MEASURE_UNITS = (
    "mm cm m km kilomet(?:re|er)s? centimet(?:re|er)s? millimet(?:re|er)s? met(?:re|er)s? miles?"
    " mi yards? feet foot ft inch(?:es)? in knots? kn km/h mph kmh"
    " g kg kilos? kilograms? grams? tonnes? tons? t lbs? pounds? ounces?"
    " litres? liters? l ml gallons? hectares? acres? ha square cubic degrees? °C °F ° [KMGT]B"
    " teu kilometern? metern? kilomètres? mètres? kilómetros? metros? quilómetros? chilometri metri"
    " kilometr\\w* metr\\w* кілометр\\w* километр\\w* метр\\w* км м кг тонн\\w* metre\\w* ton"
)
_DIGITS = r"\d(?:[\d.,  ]*\d)?"
_AMOUNT = rf"(?:{_DIGITS}|\b{_any_of(_NUMERALS)})"
# "Once a year", "€14 an hour", "900 sheets an hour": how often, and how much in that time.
_RATE = re.compile(
    rf"(?:\b(?:once|twice|thrice|times)|\d(?:[\s-]?\w+s)?|[%€$£])\s+(?:an?|per)"
    rf"\s+{_any_of(_TIME_UNITS)}\b",
    re.IGNORECASE,
)
_CURRENCIES = _any_of(
    "dollars? euros? pounds? pence cents? crowns? roubles? rubles? hryvn\\w+ z[łl]ot\\w+ lir[ae]s?"
    " francs? yen yuan rupees? USD EUR GBP CHF PLN UAH RUB TRY zł"
    " dólar\\w+ доллар\\w* долар\\w* євро евро рубл\\w* грив\\w* gulden kronor kroner"
)
_PATTERNS: Mapping[AnswerForm, re.Pattern[str]] = {
    AnswerForm.DURATION: re.compile(
        rf"{_AMOUNT}[\s-]?(?:\w+ )?{_any_of(_TIME_UNITS)}\b"
        rf"|\b(?:in|for|within) {_any_of(_TIME_UNITS)}\b"
        r"|\b(?:overnight|since|all day|for ever|forever|until|till|never expires?)\b"
        r"|\bfrom\b.+\bto\b|\d{4}\s?[–-]\s?\d{2,4}",
        re.IGNORECASE,
    ),
    AnswerForm.MEASURE: re.compile(
        rf"{_AMOUNT}[\s-]*(?:\w+ )?{_any_of(_MEASURE_UNITS)}(?![\w])", re.IGNORECASE
    ),
    AnswerForm.FREQUENCY: re.compile(
        r"\b(?:daily|weekly|monthly|yearly|annual(?:ly)?|hourly|once|twice|every|each|per|always"
        r"|never|often|rarely|seldom|sometimes|times|regularly|täglich|jede[nrs]?|wöchentlich"
        r"|chaque|tous les|toutes les|cada|todos los|todas las|ogni|co(?:dziennie|tydzień)|każd\w+"
        r"|щодня|щотижня|кожн\w+|кажд\w+|ежедневно|her|elke?|dagelijks)\b",
        re.IGNORECASE,
    ),
    AnswerForm.MONEY: re.compile(
        rf"[$€£¥₴₽₺]\s?\d|\d\s?[$€£¥₴₽₺]|{_AMOUNT}[\s-]?(?:\w+ )?{_CURRENCIES}\b"
        r"|\b(?:free|no charge|costs? nothing|kostenlos|gratuite?s?|gratis|gratuit[oa]s?|darmo\w*"
        r"|безкоштовн\w*|бесплатн\w*|ücretsiz)\b"
        r"|\dp\b|\d\s?(?:k|m|bn|million|billion)\b",
        re.IGNORECASE,
    ),
    AnswerForm.AGE: re.compile(
        rf"{_AMOUNT}[\s-]?{_any_of(_TIME_UNITS)}\b"
        r"|\baged?\b|\bborn\b|\bbirth|\b1\d{3}\b|\b20\d\d\b"
        r"|\b(?:under|over|from|at least)\s+(?:the age of\s+)?\d{1,3}\b",
        re.IGNORECASE,
    ),
    AnswerForm.BIRTH: re.compile(
        # "(1919–1980)" and "(5 May 1919" stand behind a name.
        r"\bborn\b|\bbirth|\bnatives?\b|\((?:\w+[ .]+){0,3}\d{4}",
        re.IGNORECASE,
    ),
    AnswerForm.PERCENT: re.compile(
        r"\d\s?%|\bper ?cent\b|\bprozent\b|\bpour ?cent\b|\bpor ciento\b|\bper cento\b|\bprocent"
        r"|\b(?:half|third|quarter|majority|most|all|none)\b|\bвідсот|\bпроцент|\byüzde\b",
        re.IGNORECASE,
    ),
    AnswerForm.LANGUAGE: re.compile(
        r"\b(?:english|german|french|spanish|portuguese|italian|polish|ukrainian|russian|turkish"
        r"|dutch|chinese|japanese|korean|arabic|hebrew|latin|greek|irish|welsh|gaelic|swedish"
        r"|norwegian|danish|finnish|czech|slovak|hungarian|romanian|bulgarian|serbian|croatian"
        r"|hindi|urdu|bengali|tamil|persian|farsi|vietnamese|thai|indonesian|swahili|languages?"
        r"|bilingual)\b",
        re.IGNORECASE,
    ),
    AnswerForm.COLOUR: re.compile(
        r"\b(?:red|blue|green|yellow|black|white|grey|gray|orange|purple|violet|pink|brown|gold"
        r"|golden|silver|beige|turquoise|scarlet|crimson|navy|cream|colou?rs?|colou?red)\b",
        re.IGNORECASE,
    ),
    AnswerForm.CONTACT: re.compile(
        r"[\w.+-]+@[\w-]+\.\w|https?://|\bwww\.|\b[\w-]+\.(?:org|com|net|example|eu|uk|de)\b"
        r"|(?:\+|\b0)\d[\d\s()/-]{5,}\d|\b\d{3}[\s-]\d{3,4}\b"
        r"|\b(?:street|road|avenue|lane|square)\b|\b\w+(?:straße|strasse)\b",
        re.IGNORECASE,
    ),
    AnswerForm.HOURS: re.compile(
        r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b|\bo['’]clock\b|\b(?:noon|midnight|24/7)\b"
        r"|\bat (?:\d{1,2}|six|seven|eight|nine|ten|eleven|twelve|one|two|three|four|five)\b"
        r"|\b\d{1,2} (?:Uhr|uur|heures?|h)\b|\b(?:closed|open)\b",
        re.IGNORECASE,
    ),
}
# Names: words with a capital letter that do not begin a sentence, or that two such begin.
_NAME_TOKEN = re.compile(r"[^\W\d_][\w'’-]*")
_NO_NAMES = _words(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday i i'm i'll i've
    """
)
# Before the name of a place, within so many words.
_PLACE_DISTANCE = 3
_PLACE_PREPOSITIONS = _words(
    """
    in at near from to into off outside inside between around on via through towards toward across
    within along north south east west of behind opposite beside
    bei nach aus zu zum zur im am vor neben
    à au aux en dans chez près de du entre vers
    em no na nos nas de do da dos das perto a al del di dal nel nella
    w we na do z ze koło przy pod у в на до з біля під к из от около при
    te bij naar uit van tussen
    """
)
_PLACE_NOUNS = WordForms(
    """
    room hall street road avenue square building station port harbour city town village desk floor
    office house palace castle county province district region state border coast island river lake
    sea ocean valley mountains? north south east west northern southern eastern western here
    upstairs downstairs online website page entrance door shelf cupboard counter channel folder menu
    tab settings abroad centre center hospital school church museum park
    zimmer straße gebäude stadt rue salle bâtiment ville calle sala edificio ciudad rua cidade via
    città ulica ulicy budyn* miasto вулиц* улиц* місто город* sokak şehir straat stad gebouw
    """
)
_ROLES = WordForms(
    """
    owners? captains? managers? staff team committee council company companies government members?
    residents? president ministers? director chair* secretary treasurer officers? teachers? doctors?
    nurses? engineers? drivers? workers? librarians? volunteers? moderators? admins?
    administrators? players? users? parents? children people person man woman men women someone
    anyone everyone everybody anybody nobody police court authority agency union board bank king
    queen emperor pope bishop general army soldiers? author writer singer actor actress band founder
    inventor you we they he she
    """
)


def classify_form(question: str, language: str = "en") -> AnswerForm:
    """Give the form of a question's answer, by its question word and the words behind it."""
    patterns = FORM_QUESTIONS.get(language, ())
    for name, pattern in patterns:
        if pattern.search(question):
            return AnswerForm[name]
    asked = find_question_word(question)
    if asked is not None:
        form = _classify_by_words(asked.word, asked.behind)
        if form or asked.word in _WORDS_WITH_THEIR_FORM:
            return form
    for form, pattern in _NOUNS_ANYWHERE:
        if pattern.search(question):
            return form
    return AnswerForm.NONE


def _classify_by_words(question_word: str, words: Sequence[str]) -> AnswerForm:
    """Give the form of an answer by the question word and the words behind it."""
    first, second, *_ = (*words, "", "")
    if question_word in ("when", "where") and _BORN.intersection(words):
        return AnswerForm.BIRTH
    if question_word == "where":
        return AnswerForm.PLACE
    if question_word in ("who", "whom", "whose"):
        return AnswerForm.PERSON
    if question_word == "how":
        return _classify_how(first, second, words)
    if question_word in ("what", "which"):
        noun = next((word for word in words if word not in _BEFORE_NOUN), "")
        return _FORM_OF_NOUN.get(noun, AnswerForm.NONE)
    return AnswerForm.NONE


def _classify_how(first: str, second: str, words: Sequence[str]) -> AnswerForm:
    """Give the form of the answer to "how", by the words behind it."""
    if first == "much":
        return _classify_how_much(second, words)
    if first == "many":
        is_of_times = second == "times"
        return AnswerForm.FREQUENCY if is_of_times else AnswerForm.NONE
    return _FORM_OF_ADJECTIVE.get(first, AnswerForm.NONE)


def _classify_how_much(second: str, words: Sequence[str]) -> AnswerForm:
    """Give the form of the answer to "how much", by the words behind it."""
    if second == "time":
        return AnswerForm.DURATION
    if not _WEIGHING_VERBS.isdisjoint(words):
        return AnswerForm.MEASURE
    is_paid = second in _AFTER_HOW_MUCH
    if second in _VERBS_OF_QUESTIONS:
        is_paid = not _PAYING_VERBS.isdisjoint(words)
    return AnswerForm.MONEY if is_paid else AnswerForm.NONE


def has_form(sentence: str, forms: AnswerForm, asked: Set[str]) -> bool:
    """Say whether a sentence has one of several forms.

    ``asked`` are the folded words of the question: a name that it gives is no answer to it.
    """
    for form in _list_forms(forms):
        if form in AnswerForm.NAMES:
            if _has_name(sentence, form, asked):
                return True
        elif _PATTERNS[form].search(_cut_rates(sentence, form)):
            return True
    return False


@cache
def _list_forms(forms: AnswerForm) -> Sequence[AnswerForm]:
    """Give several forms one by one."""
    return tuple(forms)


def _cut_rates(sentence: str, form: AnswerForm) -> str:
    """Leave out the times of rates where a time is asked for: they do not tell how long."""
    return _RATE.sub(" ", sentence) if form in AnswerForm.TIMES else sentence


def _has_name(sentence: str, form: AnswerForm, asked: Set[str]) -> bool:
    """Say whether a sentence names a place or a person that the question does not name."""
    nouns = _PLACE_NOUNS if form is AnswerForm.PLACE else _ROLES
    if any(fold(noun) not in asked for noun in nouns.find(sentence)):
        return True
    tokens = _NAME_TOKEN.findall(sentence)
    places = _find_names(tokens, asked)
    if form is AnswerForm.PERSON:
        return any(places)
    return any(_is_behind_preposition(tokens, place) for place in places)


def _find_names(tokens: Sequence[str], asked: Set[str]) -> Iterable[int]:
    """Give the places of the words that are names and do not stand in the question."""
    for place, token in enumerate(tokens):
        folded = fold(token)
        if not token[0].isupper() or folded in _NO_NAMES or folded in asked:
            continue
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if place > 0 or following[:1].isupper():
            yield place


def _is_behind_preposition(tokens: Sequence[str], place: int) -> bool:
    """Say whether a preposition of place stands shortly before a word."""
    before = tokens[max(0, place - _PLACE_DISTANCE) : place]
    return any(token.lower() in _PLACE_PREPOSITIONS for token in before)
