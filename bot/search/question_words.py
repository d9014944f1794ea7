"""What asks for a date or a number in other languages than English, and what answers it.

In: a language (ISO 639-1). Out: the pattern of its questions, and the folded words of its months,
days and small numbers. What English has is in ``answer_type``.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple


class QuestionWords(NamedTuple):
    """The words of one language."""

    when: re.Pattern[str]
    how_many: re.Pattern[str]
    dates: frozenset[str]
    numbers: frozenset[str]


def _make(when: str, how_many: str, dates: str, numbers: str) -> QuestionWords:
    # Elsewhere than near the beginning, "when" is mostly a conjunction.
    asks_when = re.compile(rf"^\W*(?:\w+\W+){{0,2}}(?:{when})\b", re.IGNORECASE)
    asks_how_many = re.compile(rf"\b(?:{how_many})\b", re.IGNORECASE)
    return QuestionWords(
        asks_when, asks_how_many, frozenset(dates.split()), frozenset(numbers.split())
    )


QUESTION_WORDS: Mapping[str, QuestionWords] = {
    "de": _make(
        "wann|um wie ?viel uhr",
        "wie ?viele?",
        "januar februar marz april mai juni juli august september oktober november dezember"
        " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag uhr mitternacht",
        "zwei drei vier funf sechs sieben acht neun zehn elf zwolf zwanzig dreissig vierzig funfzig"
        " hundert tausend",
    ),
    "fr": _make(
        "quand|à quelle heure|a quelle heure",
        "combien",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi"
        " mardi mercredi jeudi vendredi samedi dimanche heure heures midi minuit",
        "deux trois quatre cinq six sept huit neuf dix onze douze vingt trente quarante cinquante"
        " cent mille",
    ),
    "es": _make(
        "cu[aá]ndo|a qu[eé] hora",
        "cu[aá]nt[oa]s?",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
        " lunes martes miercoles jueves viernes sabado domingo mediodia medianoche",
        "dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cuarenta"
        " cincuenta cien mil",
    ),
    "pt": _make(
        "quando|a que horas",
        "quant[oa]s?",
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro"
        " segunda terca quarta quinta sexta sabado domingo meio-dia meia-noite",
        "dois duas tres quatro cinco seis sete oito nove dez onze doze vinte trinta quarenta"
        " cinquenta cem mil",
    ),
    "it": _make(
        "quando|a che ora",
        "quant[oiae]",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
        " dicembre lunedi martedi mercoledi giovedi venerdi sabato domenica mezzogiorno mezzanotte",
        "due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta"
        " cinquanta cento mille",
    ),
    "pl": _make(
        "kiedy|o kt[oó]rej",
        "ile|ilu",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada"
        " grudnia poniedzialek wtorek sroda srode czwartek piatek sobota sobote niedziela niedziele"
        " siodmej osmej dziewiatej dziesiatej szostej piatej poludnie polnoc",
        "dwa dwie trzy cztery piec szesc siedem osiem dziewiec dziesiec dwanascie dwadziescia sto"
        " tysiac",
    ),
    "uk": _make(
        "коли|о котрій",
        "скільки",
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
        " понеділок вівторок середа середу четвер п'ятниця п'ятницю субота суботу неділя неділю"
        " п'ятій шостій сьомій восьмій дев'ятій десятій опівдні опівночі",
        "два дві три чотири п'ять шість сім вісім дев'ять десять дванадцять двадцять сорок сто"
        " тисяча",
    ),
    "ru": _make(
        "когда|во сколько",
        "сколько",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
        " понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье"
        " полдень полночь",
        "два две три четыре пять шесть семь восемь девять десять двенадцать двадцать сорок сто"
        " тысяча",
    ),
    "tr": _make(
        r"(?:\w+\W+){0,6}ne zaman|saat kaçta|saat kacta",
        "kaç|kac",
        "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik pazartesi sali"
        " carsamba persembe cuma cumartesi pazar yedide sekizde dokuzda onda altida beste",
        "iki uc dort bes alti yedi sekiz dokuz on yirmi otuz kirk elli yuz bin",
    ),
    "nl": _make(
        "wanneer|hoe laat",
        "hoeveel",
        "januari februari maart april mei juni juli augustus september oktober november december"
        " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag uur middernacht",
        "twee drie vier vijf zes zeven acht negen tien elf twaalf twintig dertig veertig vijftig"
        " honderd duizend",
    ),
}
