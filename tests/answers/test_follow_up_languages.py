"""A follow-up is told from a question of its own in other languages than English, too.

``tests/conversations`` has small articles with conversations, which were written before the forms:
the odd follow-ups and whole questions were fitted on, the even ones measured alone.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from parsed import parse

from bot.answers.answerer import Answerer
from bot.answers.follow_up_forms import FollowUp, WordWeights, find_follow_up
from bot.answers.model import Answer
from bot.articles.library import Library
from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.tokens import TokenizedText

CONVERSATIONS = Path(__file__).parents[1] / "conversations"
LANGUAGES = ("de", "es", "fr", "pl", "ru", "tr", "uk")

FORMS = {
    FollowUp.NONE: {
        "de": "wie hoch ist der turm? | wer entwarf die halle? | dürfen hunde in die halle?"
        " | gibt es ein parkhaus? | was kostet der eintritt? | und wann wurde die halle eröffnet?"
        " | was ist mit der brücke passiert? | wie werde ich mitglied?"
        " | Können Sie mir sagen, wann die Halle öffnet?",
        "fr": "combien mesure la ligne ? | les vélos sont-ils admis ? | y a-t-il un parking ?"
        " | où est la gare ? | ou est la gare ? | est-ce qu'il y a un tunnel ?"
        " | et qui a dessiné la ligne ? | quand la hausse a-t-elle été votée ?"
        " | qu'est-il arrivé au pont ?",
        "es": "¿cuánto mide la fuente? | ¿hubo heridos en el incendio? | ¿hay aparcamiento?"
        " | ¿quién diseñó la plaza? | ¿y cuándo abrió el mercado? | ¿cuándo fue el incendio?"
        " | ¿se devuelve el dinero?",
        "pl": "ile miejsc ma wagon? | czy psy jeżdżą za darmo? | kto zbudował wagony?"
        " | kto jest dyrektorem? | a kiedy rada przyjęła plan? | co to jest tramwaj?",
        "uk": "хто капітан порома? | хто капітан? | чи є квиток для дітей? | де маяк?"
        " | скільки коштує квиток? | яка ціна квитка для дітей? | а хто капітан порома?"
        " | чи голосували про міст? | коли була аварія?"
        " | чи можна з собакою? | розкажи про аварію",
        "ru": "кто построил здание? | кто архитектор? | сколько книг в библиотеке?"
        " | есть ли парковка? | а когда открылась библиотека? | из чего сделана крыша?"
        " | что это такое библиотека?",
        "tr": "kulede kaç basamak var? | gemi neye çarptı? | fotoğraf çekmek serbest mi?"
        " | kaptan kim? | otopark var mı? | feneri her yıl kaç kişi ziyaret ediyor?"
        " | peki kuleyi kim yaptı?",
    },
    FollowUp.BARE: {
        "de": "warum? | wann war das? | wo? | für wen? | und warum? | wer noch? | wie lange?"
        " | seit wann?",
        "fr": "pourquoi ? | c'était quand ? | où ? | pour qui ? | et pourquoi ? | qui d'autre ?",
        "es": "¿por qué? | ¿cuándo fue eso? | ¿dónde? | ¿para quién? | ¿y por qué? | ¿quién más?",
        "pl": "dlaczego? | kiedy to było? | gdzie? | dla kogo? | przez kogo? | z kim?",
        "uk": "чому? | коли це було? | де? | для кого? | а чому? | хто ще? | з ким?",
        "ru": "почему? | когда это было? | где? | для кого? | а почему? | кто ещё? | с кем?",
        "tr": "neden? | bu ne zamandı? | nerede? | kimin için? | peki neden? | başka kim?",
    },
    FollowUp.CLIPPED: {
        "de": "und im winter? | was ist mit den händlern? | und die händler? | und wann gebaut?",
        "fr": "et en hiver ? | qu'en est-il des étudiants ? | et les commerçants ?",
        "es": "¿y en invierno? | ¿qué hay de los músicos? | ¿y los vecinos? | ¿y dónde nació?",
        "pl": "a zimą? | a co z kupcami? | co z kupcami? | a kupcy?",
        "uk": "а взимку? | а як щодо рибалок? | що з рибалками? | а рибалки? | а коли відкрили?",
        "ru": "а зимой? | а как насчёт журналов? | что с журналами? | а студенты?",
        "tr": "peki kışın? | ya balıkçılar? | peki ya balıkçılar?",
    },
    FollowUp.ANAPHORIC: {
        "de": "welchen preis hat sie gewonnen? | wann wurde es gebaut? | wer hat das entschieden?"
        " | was will die andere seite? | wie hoch ist ihre miete?"
        " | ist das teuer?",
        "fr": "qu'a-t-il construit ? | quel prix a-t-elle gagné ? | qui l'a construit ?"
        " | que veut l'autre camp ? | où travaille-t-elle ?",
        "es": "¿quién lo propuso? | ¿quién propuso eso? | ¿qué quiere la otra parte?"
        " | ¿cuál es su altura? | ¿dónde vive él?",
        "pl": "jak długo on pracuje? | kto to zaproponował? | czego chce druga strona?"
        " | ilu radnych za nim głosowało?",
        "uk": "скільки вона заробляє? | хто це запропонував? | чого хоче інша сторона?"
        " | скільки коштував їхній ремонт?",
        "ru": "какую премию он получил? | кто это предложил? | чего хочет другая сторона?"
        " | какая у неё высота?",
        "tr": "o nerede doğdu? | bunu kim önerdi? | bu pahalı mı? | diğer taraf ne istiyor?",
    },
    FollowUp.FRAGMENT: {
        "de": "für kinder? | wann gebaut?",
        "fr": "pour les enfants ?",
        "es": "¿para niños? | ¿cuándo abrió?",
        "pl": "dla dzieci? | kiedy otwarto?",
        "uk": "для дітей? | коли відкрили? | хто підписав?",
        "ru": "для детей? | когда открыли? | кто подписал?",
        "tr": "çocuklar için? | ne zaman açıldı?",
    },
    FollowUp.MORE: {
        "de": "mehr | und sonst noch? | erzähl mir mehr | mehr dazu, bitte",
        "fr": "plus | et ensuite ? | dis-m'en plus | plus de détails, s'il te plaît",
        "es": "más | ¿qué más? | cuéntame más | más detalles, por favor",
        "pl": "więcej | co jeszcze? | opowiedz mi więcej, proszę",
        "uk": "ще | а що ще? | розкажи більше про це | докладніше, будь ласка",
        "ru": "ещё | а что ещё? | расскажи больше об этом | подробнее, пожалуйста",
        "tr": "daha fazla bilgi | başka ne var? | devam et, lütfen",
    },
    FollowUp.AGAIN: {
        "de": "wie bitte? | sag das nochmal | stimmt das? | wo steht das?",
        "fr": "pardon ? | répète ça | c'est vrai ? | c'est écrit où ?",
        "es": "¿perdón? | repite eso | ¿es verdad? | ¿dónde dice eso?",
        "pl": "słucham? | powtórz to | czy to prawda? | gdzie to jest napisane?",
        "uk": "перепрошую? | повтори це | це правда? | де це написано?",
        "ru": "что? | повтори это | это правда? | где это написано?",
        "tr": "efendim? | tekrar söyle | emin misin? | nerede yazıyor?",
    },
}


def list_forms() -> Iterator[tuple[str, str, FollowUp]]:
    """Give each question with its language and its form."""
    for form, by_language in FORMS.items():
        for language, questions in by_language.items():
            for question in questions.split(" | "):
                yield language, question, form


@pytest.mark.parametrize(("language", "question", "form"), list(list_forms()))
def test_the_form_is_told_by_the_words_of_the_language(
    language: str, question: str, form: FollowUp
) -> None:
    """And by no word of English that is another word there."""
    analyzer = get_analyzer(language)
    words = WordWeights(analyzer.term, analyzer.frame_terms)
    assert find_follow_up(TokenizedText.tokenize(question), words, language) is form


class Exchange(NamedTuple):
    """A question after another, its answer, and the sentences that answer it."""

    answer: Answer
    sentences: frozenset[str]

    @property
    def is_right(self) -> bool:
        """Whether the first quotation shows one of the sentences."""
        shown = [one.plain for quote in self.answer.quotes[:1] for one in quote.sentences]
        return not self.sentences.isdisjoint(shown)

    @property
    def follows_up(self) -> bool:
        """Whether it was answered as a follow-up."""
        return self.answer.before is not None


@cache
def read_conversations(language: str) -> dict[str, Any]:
    """Read the article and the conversations of a language."""
    text = (CONVERSATIONS / f"{language}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


@cache
def ask_all(language: str, kind: str) -> list[Exchange]:
    """Ask each second question of a kind after its first one."""
    content = read_conversations(language)
    article, _ = parse(content["article"], f"{language}.md")
    answerer = Answerer(Library((article,)))
    exchanges = []
    for entry in content[kind]:
        first = answerer.answer(entry["first"])
        then = answerer.answer(entry["then"], before=first.turn)
        exchanges.append(Exchange(then, frozenset(entry["sentence"])))
    return exchanges


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_conversation_is_labelled_with_sentences_of_its_article(language: str) -> None:
    """Word for word."""
    content = read_conversations(language)
    article, _ = parse(content["article"], f"{language}.md")
    sentences = {one.plain for section in article.sections for one in section.sentences}
    labels = {
        label
        for kind in ("follow_ups", "stand_alone")
        for entry in content[kind]
        for label in entry["sentence"]
    }
    assert labels <= sentences
    assert article.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_question_is_never_taken_for_a_follow_up(language: str) -> None:
    """Neither one that was fitted on nor one of the others."""
    exchanges = ask_all(language, "stand_alone")
    assert [one.answer.question for one in exchanges if one.follows_up] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_follow_up_is_answered_as_one(language: str) -> None:
    """Whatever it is that the answer says."""
    exchanges = ask_all(language, "follow_ups")
    assert [one.answer.question for one in exchanges if not one.follows_up] == []


# Of 28 each, of the odd ones and of the even ones, which nothing was fitted on.
@pytest.mark.parametrize(
    ("kind", "first", "right"),
    [("follow_ups", 0, 28), ("follow_ups", 1, 25), ("stand_alone", 0, 27), ("stand_alone", 1, 26)],
)
def test_what_the_conversations_reached_is_kept(kind: str, first: int, right: int) -> None:
    """In all languages together."""
    exchanges = [one for language in LANGUAGES for one in ask_all(language, kind)[first::2]]
    assert len(exchanges) == 28
    assert sum(one.is_right for one in exchanges) >= right
