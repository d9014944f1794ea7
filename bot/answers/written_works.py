"""Words for what somebody writes: a letter, a treaty, a song.

In: a text. Out: whether it names something of the kind, in the languages that the bot speaks. Where
one was spoken of, "who wrote it" asks for its author; else for that of the article.
"""

import re

from bot.search.analysis.tokens import fold, tokenize

# In English, without their plurals. What mostly is no text is left out ("order", "record").
_ENGLISH = """
    accord agreement anthem appeal autobiography ballad bill biography blog book booklet bulletin
    chapter charter clause code comedy comic complaint constitution contract curriculum declaration
    decree diary dictionary document draft edict email e-mail encyclopedia epic essay fable guide
    handbook hymn inscription instruction jingle journal law leaflet letter libretto lyric manifesto
    manual manuscript memo memoir memorandum message minute musical novel ode opera pamphlet paper
    petition plan play poem poetry program prose proposal quote quotation recipe regulation report
    request resolution review rhyme rule saying scenario score screenplay script series software
    song sonata sonnet speech statement statute story study symphony tale term testament text thesis
    theses tract tragedy transcript translation treaty treatise tune verdict verse
"""
# In the other languages: what the words begin with.
_BEGINNINGS = """
    abkommen aufsatz beschwerde bericht brief buch bücher dokument drehbuch erklärung gedicht gesetz
    lieder protokoll schreiben theaterstück urteil verfassung vertrag verträge vorschlag
    chanson contrat déclaration demande discours lettre livre loi œuvre pétition plainte poème
    projet rapport récit témoignage traité
    acuerdo canción carta contrato declaración discurso informe ley libro novela obra poema
    propuesta queja solicitud tratado
    artykuł deklaracj książ listu listy opowiadani piosen pism powieś protok raport skarg sprawozda
    traktat umow ustaw wiersz
    вірш декларац доповід закон звіт книг книж лист меморандум оповідан пісн постанов промов
    протокол роман угод статут
    документ договор доклад заявлен отчет письм песн петици повест приказ рассказ речь речи соглашен
    стих указ
    anlaşma antlaşma dilekçe kanun kitap kitab mektup mektub rapor sözleşme şarkı şiir yasa
"""


def _fold_all(words: str) -> str:
    """Give folded words as the options of a pattern."""
    return "|".join(map(fold, words.split()))


# "Treaty", "treaties".
_OF_ENGLISH = re.sub(r"y(?=\||$)", "(?:y|ie)", _fold_all(_ENGLISH))
_WORK = re.compile(rf"(?:{_OF_ENGLISH})(?:e?s)?|(?:{_fold_all(_BEGINNINGS)})\w{{0,5}}")


def names_written_work(text: str) -> bool:
    """Say whether a text names something that somebody writes."""
    return any(_WORK.fullmatch(fold(word)) for word in tokenize(text))
