"""What asks for a date, a number or another form in other languages than English.

In: a language (ISO 639-1). Out: the patterns of its questions, and the folded words of its months,
days and small numbers. What English has is in ``answer_type`` and ``answer_form``.
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


def _compile_forms(**patterns: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile patterns by the names of ``answer_form.AnswerForm``, in small letters, in order."""
    return tuple(
        (name.upper(), re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
        for name, pattern in patterns.items()
    )


# What asks for a form of answer (``answer_form``). The first that is found counts.
FORM_QUESTIONS: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "de": _compile_forms(
        money="wie ?viel kostet|was kostet|wie teuer",
        duration="wie lange",
        frequency="wie oft|wie häufig",
        age="wie alt",
        measure="wie (?:weit|groß|gross|hoch|tief|schwer|lang|breit|schnell)",
        percent="wie ?viel prozent",
        language="welche(?:r|n)? sprachen?",
        colour="welche farben?",
        contact="telefonnummer|e-?mail|adresse",
        hours="öffnungszeiten",
        place="wo|woher|wohin",
        person="wer|wem|wen|wessen",
    ),
    "fr": _compile_forms(
        money="combien coûte|combien coute|quel prix|quel est le prix",
        duration="combien de temps",
        frequency="combien de fois|à quelle fréquence",
        age="quel âge|quel age",
        measure="quelle (?:taille|distance|hauteur|longueur)",
        percent="quel pourcentage",
        language="quelles? langues?",
        colour="quelles? couleurs?",
        contact="numéro de téléphone|e-?mail|adresse",
        hours="horaires?",
        place="où",
        person="qui",
    ),
    "es": _compile_forms(
        money="cu[aá]nto (?:cuesta|vale)|qu[eé] precio",
        duration="cu[aá]nto tiempo|cu[aá]nto dura",
        frequency="cu[aá]ntas veces|con qu[eé] frecuencia",
        age="qu[eé] edad",
        measure="qu[eé] (?:altura|distancia|tamaño|longitud)",
        percent="qu[eé] porcentaje",
        language="qu[eé] idiomas?",
        colour="qu[eé] color",
        contact="tel[eé]fono|correo electr[oó]nico|direcci[oó]n",
        hours="horarios?",
        place="d[oó]nde|ad[oó]nde",
        person="qui[eé]n(?:es)?",
    ),
    "pt": _compile_forms(
        money="quanto custa|qual [eé] o preço",
        duration="quanto tempo|quanto dura",
        frequency="quantas vezes|com que frequ[eê]ncia",
        age="quantos anos|que idade",
        measure="qual a (?:altura|dist[aâ]ncia|tamanho)",
        percent="que percentagem|que porcentagem",
        language="que l[ií]nguas?|que idiomas?",
        colour="que cor",
        contact="telefone|e-?mail|endereço|morada",
        hours="hor[aá]rios?",
        place="onde|aonde",
        person="quem",
    ),
    "it": _compile_forms(
        money="quanto costa|quale prezzo",
        duration="quanto tempo|quanto dura",
        frequency="quante volte|ogni quanto",
        age="quanti anni|che età",
        measure="quanto (?:è|e) (?:alto|grande|lungo|lontano|profondo|largo)",
        percent="quale percentuale|che percentuale",
        language="quali? lingu[ae]|che lingua",
        colour="che colore",
        contact="telefono|e-?mail|indirizzo",
        hours="orari[oi]?",
        place="dove|dov['’]è",
        person="chi",
    ),
    "pl": _compile_forms(
        money="ile kosztuj[eą]|jaka cena",
        duration="jak długo|jak dlugo|ile czasu|ile trwa",
        frequency="jak często|jak czesto|ile razy",
        age="ile ma lat|ile lat",
        measure="jak (?:daleko|wysok[iao]|duż[yae]|głębok[iao]|dług[iao])",
        percent="ile procent|jaki procent",
        language="jakim języku|jakich językach",
        colour="jaki kolor|jakiego koloru",
        contact="telefonu?|e-?mail|adres",
        hours="godziny otwarcia",
        place="gdzie|dokąd|skąd",
        person="kto|kogo|komu|kim",
    ),
    "uk": _compile_forms(
        money="скільки коштує|яка ціна",
        duration="як довго|скільки часу|скільки триває",
        frequency="як часто|скільки разів",
        age="скільки років",
        measure="як (?:далеко|високо|глибоко)|яка (?:висота|довжина|відстань)",
        percent="який відсоток|скільки відсотків",
        language="якою мовою|якими мовами",
        colour="якого кольору",
        contact=r"телефон\w*|пошта|адрес\w+",
        hours="години роботи",
        place="де|куди|звідки",
        person="хто|кого|кому|ким",
    ),
    "ru": _compile_forms(
        money="сколько стоит|какая цена",
        duration="как долго|сколько времени|сколько длится",
        frequency="как часто|сколько раз",
        age="сколько лет",
        measure="как (?:далеко|высоко|глубоко)|какая (?:высота|длина)|какое расстояние",
        percent="какой процент|сколько процентов",
        language="на каком языке|на каких языках",
        colour="какого цвета",
        contact=r"телефон\w*|почта|адрес\w*",
        hours="часы работы",
        place="где|куда|откуда",
        person="кто|кого|кому|кем",
    ),
    "tr": _compile_forms(
        money="kaç para|ne kadar tutar|fiyatı? ne",
        duration=r"ne kadar sür\w+|kaç (?:gün|saat|hafta|ay|yıl) sür\w+",
        frequency="ne sıklıkla|kaç kez|kaç kere",
        age="kaç yaşında",
        measure="ne kadar (?:uzak|uzun|büyük|yüksek|derin)",
        percent="yüzde kaçı?",
        language=r"hangi diller?\w*",
        colour="ne renk|hangi renk",
        contact=r"telefon\w*|e-?posta\w*|adres\w*",
        hours="çalışma saatleri|açılış saatleri",
        place="nerede|nereye|nereden",
        person="kim|kime|kimi|kimin",
    ),
    "nl": _compile_forms(
        money="hoeveel kost|wat kost|hoe duur",
        duration="hoe lang duurt|hoelang|hoe lang",
        frequency="hoe vaak|hoeveel keer",
        age="hoe oud",
        measure="hoe (?:ver|groot|hoog|diep|zwaar|breed)",
        percent="hoeveel procent|welk percentage",
        language="welke ta(?:al|len)",
        colour="welke kleur",
        contact="telefoonnummer|e-?mail|adres",
        hours="openingstijden",
        place="waar|waarheen",
        person="wie|wiens",
    ),
}
