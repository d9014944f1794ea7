"""What is small talk, and what is a question."""

import pytest

from bot.answers.intents import Smalltalk, asks_for_help, classify_smalltalk, points_elsewhere
from bot.answers.request_words import LANGUAGES
from bot.search.analysis.analyzer import Analyzer
from bot.search.analysis.tokens import TokenizedText

TERMS = Analyzer()


def has_term(word: str) -> bool:
    """Say whether a word would be looked up."""
    return bool(TERMS.term(word))


def classify(text: str) -> Smalltalk | None:
    """Tell which kind of small talk a text is."""
    return classify_smalltalk(TokenizedText.tokenize(text), has_term)


@pytest.mark.parametrize(
    "text", ["hi", "Hello!", "hey there", "Good morning everyone", "hello, how are you?", "yo"]
)
def test_a_greeting_is_a_greeting(text: str) -> None:
    """Whoever only greets is greeted."""
    assert classify(text) == "greeting"


@pytest.mark.parametrize(
    "text",
    ["thanks", "Thank you so much!", "thx", "ok cool", "great answer, thanks", "thanks, bye"],
)
def test_thanks_are_thanks(text: str) -> None:
    """Whoever thanks is not told that the articles do not cover it."""
    assert classify(text) == "thanks"


# A greeting, thanks, a goodbye and "I see" in each language that has forms of requests.
POLITE = {
    "en": ("hello", "thank you so much", "see you later", "got it"),
    "de": ("Guten Tag!", "Vielen Dank", "Tschüss", "alles klar"),
    "fr": ("Bonsoir", "merci beaucoup", "au revoir", "d’accord"),
    "es": ("buenos días", "muchas gracias", "hasta luego", "vale"),
    "pt": ("olá", "muito obrigada", "até logo", "tá bom"),
    "it": ("buongiorno", "grazie mille", "arrivederci", "va bene"),
    "pl": ("dzień dobry", "dziękuję bardzo", "do widzenia", "w porządku"),
    "uk": ("привіт", "дякую", "до побачення", "зрозуміло"),
    "ru": ("здравствуйте", "спасибо", "до свидания", "понятно"),
    "tr": ("merhaba", "teşekkür ederim", "hoşça kal", "tamam"),
    "nl": ("goedemorgen", "dank je wel", "tot ziens", "begrepen"),
    "zh": ("你好", "谢谢！", "再见", "好的"),
    "ja": ("こんにちは", "ありがとうございます。", "さようなら", "わかりました"),
    "ko": ("안녕하세요", "감사합니다", "안녕히 가세요", "알겠습니다"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_polite_phrases_are_known_in_every_language(language: str) -> None:
    """Each has greetings, thanks, goodbyes and ways to say that something was understood."""
    kinds = ("greeting", "thanks", "goodbye", "acknowledgement")
    for text, kind in zip(POLITE[language], kinds, strict=True):
        assert classify(text) == kind, text


@pytest.mark.parametrize("text", ["bye", "ok bye", "Good night everybody!", "gn", "see ya :)"])
def test_a_goodbye_is_no_thanks(text: str) -> None:
    """Who goes is not told that he is welcome."""
    assert classify(text) == "goodbye"


@pytest.mark.parametrize("text", ["ok", "OK!", "k", "yes", "no, never mind", "all right then"])
def test_who_understands_is_not_welcome(text: str) -> None:
    """Who says that something was understood gets a word of that kind."""
    assert classify(text) == "acknowledgement"


@pytest.mark.parametrize(
    "text", ["what is vale", "no?", "sure?", "how is that ok", "night trains", "yes or no laws"]
)
def test_a_question_with_such_a_word_is_none(text: str) -> None:
    """More may be meant than that something was understood."""
    assert classify(text) not in ("acknowledgement", "goodbye", "thanks", "greeting")


@pytest.mark.parametrize(
    "text",
    [
        "asdfgh",
        "qwertyuiop",
        "jjjjjjjj",
        "sdkfjhsdkfjh",
        "???",
        "!!! ...",
        "🙂🙂",
        "x",
        "lkjh lkjh",
    ],
)
def test_keys_hit_at_random_are_noise(text: str) -> None:
    """Noise is not looked up."""
    assert classify(text) == "noise"


@pytest.mark.parametrize("text", ["lol", "Haha!", "wow", "hmm", "lmao that is nice"])
def test_a_laugh_is_no_thanks(text: str) -> None:
    """Who laughs is not told that he is welcome, unless it is praise too."""
    assert classify(text) == ("thanks" if "nice" in text else "reaction")


@pytest.mark.parametrize(
    "text",
    [
        "help",
        "commands",
        "list articles",
        "show the sections",
        "articles",
        "what do you know",
        "how do I use this",
        "what can you do?",
        "who are you",
        "stop",
        "reload",
        "ping",
        "please stop",
    ],
)
def test_a_command_typed_as_a_message_asks_for_help(text: str) -> None:
    """What is said to the bot, as to a program, is not looked up."""
    assert asks_for_help(text)
    assert classify(text) == "help"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "how do I start?",
        "what is the status",
        "article 5",
        "list the bridges",
        "who knows the work",
        "stop the war",
    ],
)
def test_a_word_of_a_command_in_a_question_makes_it_no_command(text: str) -> None:
    """Something else is asked for."""
    assert not asks_for_help(text)


@pytest.mark.parametrize(
    "text",
    [
        "whats YOUR opinion, who should win",
        "in ur honest opinion, was the bridge worth it",
        "what do you think?",
        "so what do u think about the mayor",
        "do you agree with the tenants",
        "whose side are you on",
        "are you pro Orrin",
        "who do you think is right",
        "do you think the mayor is lying?",
        "which one do you prefer, and what's your take",
    ],
)
def test_who_asks_what_the_bot_thinks_gets_no_quotation(text: str) -> None:
    """Whatever was quoted would look like its opinion."""
    assert classify(text) == "opinion"


@pytest.mark.parametrize(
    "text",
    [
        "who do you think will win",
        "how long do you think the bridge will last",
        "what did the mayor think of it",
        "what is the opinion of the court",
        "what is the tenants' view",
        "which side is right",
        "do they agree",
    ],
)
def test_what_others_think_is_a_question(text: str) -> None:
    """So is one that only says "do you think" on its way."""
    assert classify(text) is None


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_is_nothing(text: str) -> None:
    """An empty question is told apart from noise."""
    assert classify(text) == "empty"


@pytest.mark.parametrize(
    "text", ["help", "what can you do?", "who are you", "what is this", "how does it go?"]
)
def test_a_question_about_the_bot_asks_for_help(text: str) -> None:
    """A question without any word to look up is answered with what can be asked."""
    assert classify(text) == "help"


@pytest.mark.parametrize(
    "text",
    [
        "hello, where did they meet?",
        "thanks, and who signed the protocol",
        "Who is Putin?",
        "NATO",
        "strengths of the Szczecin pact",
        "what about the rhythm",
        "why 1994",
        "help for refugees",
        "the good offices",
        "和平谈判",
    ],
)
def test_a_question_stays_a_question(text: str) -> None:
    """Politeness around a question, odd names and single words do not make it small talk."""
    assert classify(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "can you help him?", "please answer this", "any idea?", "hey bot, what about that one"],
)
def test_pointing_is_told_from_asking(text: str) -> None:
    """Nothing is asked in it but that somebody else be answered."""
    assert points_elsewhere(text)


@pytest.mark.parametrize(
    "text", ["where does the Orrin end?", "can you tell me about rivers", "why?"]
)
def test_a_question_of_ones_own_points_nowhere(text: str) -> None:
    """A word that asks for something is there."""
    assert not points_elsewhere(text)
