"""Polite phrases: what people say without asking anything, in all languages of the program.

In: a text. Out: which kinds of phrases it consists of, if it consists of nothing else. A phrase is
compared by its folded words; the longest that fits is taken.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from bot.search.analysis.tokens import TokenizedText

PoliteKind = Literal["greeting", "thanks", "goodbye", "reaction", "acknowledgement"]
# A filler stands around the others: "thanks a lot for your help".
PhraseKind = PoliteKind | Literal["filler"]

# Phrases are parted by commas. A line of each language: English, German, French, Spanish,
# Portuguese, Italian, Polish, Ukrainian, Russian, Turkish, Dutch, Chinese, Japanese, Korean.
_PHRASES: Mapping[PhraseKind, str] = {
    "greeting": """
        hi, hii, hiii, hello, helloo, hey, heyy, heyyy, heya, hiya, howdy, yo, sup, wassup, whatsup,
        greetings, welcome, gm, morning, evening, afternoon,
        hallo, moin, servus, guten morgen, guten tag, guten abend, grüß gott, grüß dich,
        bonjour, bonsoir, salut, coucou,
        hola, buenos días, buenas tardes, buenas,
        olá, oi, bom dia, boa tarde,
        ciao, salve, buongiorno, buonasera, buon giorno,
        cześć, hej, siema, witam, witaj, dzień dobry, dobry wieczór,
        привіт, вітаю, добрий день, доброго дня, доброго ранку, добрий вечір, здрастуйте,
        привет, здравствуй, здравствуйте, добрый день, доброе утро, добрый вечер, privet,
        merhaba, merhabalar, selam, günaydın, iyi akşamlar,
        hoi, goedemorgen, goedemiddag, goedenavond, goedendag, goeiemorgen,
        你好, 您好, 嗨, 早上好, 下午好, 晚上好, 大家好,
        こんにちは, こんばんは, おはよう, おはようございます, はじめまして,
        안녕, 안녕하세요, 안녕하십니까
    """,
    "thanks": """
        thanks, thank, thankyou, thx, ty, tysm, cheers, appreciated, great, awesome, nice, cool,
        perfect, bravo, congrats, congratulations, much obliged,
        danke, dankeschön, danke schön, danke sehr, vielen dank, besten dank, herzlichen dank,
        merci, merci beaucoup, merci bien,
        gracias, muchas gracias, mil gracias,
        obrigado, obrigada, muito obrigado, muito obrigada, valeu,
        grazie, grazie mille, mille grazie, ti ringrazio,
        dzięki, wielkie dzięki, dziękuję, dziękuję bardzo, bardzo dziękuję,
        дякую, дуже дякую, щиро дякую, дякую вам, спасибі,
        спасибо, большое спасибо, спасибо большое, благодарю, спс,
        teşekkürler, çok teşekkürler, teşekkür ederim, sağ ol, sağol, sağ olun,
        dank je, dank je wel, dankjewel, dank u, dank u wel, bedankt, hartelijk dank,
        谢谢, 谢谢你, 谢谢您, 謝謝, 多谢, 多謝, 感谢,
        ありがとう, ありがとうございます, ありがとうございました, どうも,
        감사합니다, 감사해요, 고마워, 고마워요, 고맙습니다
    """,
    "goodbye": """
        bye, bye bye, byebye, goodbye, good bye, cya, see you, see ya, see you later,
        see you soon, see you tomorrow, good night, goodnight, gn, night, night night, farewell,
        take care, have a nice day, have a good day, have a nice evening, ttyl,
        tschüss, tschüs, tschau, auf wiedersehen, wiedersehen, bis dann, bis bald, bis später,
        bis morgen, gute nacht, mach's gut, schönen tag noch, schönen abend noch,
        au revoir, à bientôt, à plus, à plus tard, à demain, bonne nuit, bonne soirée,
        bonne journée,
        adiós, hasta luego, hasta pronto, hasta mañana, hasta la vista, nos vemos, chao, chau,
        buenas noches,
        tchau, adeus, até logo, até mais, até amanhã, até breve, boa noite,
        arrivederci, arrivederla, addio, a presto, a dopo, a domani, buonanotte, buona notte,
        do widzenia, do zobaczenia, na razie, dobranoc, żegnaj,
        до побачення, на добраніч, добраніч, бувай, бувайте, до зустрічі, па-па,
        до свидания, до встречи, спокойной ночи, доброй ночи, пока, пока-пока, прощай, прощайте,
        hoşça kal, hoşça kalın, hoşçakal, güle güle, görüşürüz, görüşmek üzere, iyi geceler,
        bay bay,
        tot ziens, tot later, tot straks, tot morgen, doei, doeg, welterusten, goedenacht,
        再见, 再見, 拜拜, 晚安, 回头见, 明天见,
        さようなら, さよなら, またね, じゃあね, じゃね, おやすみ, おやすみなさい,
        バイバイ, ではまた,
        안녕히 가세요, 안녕히 계세요, 안녕히 주무세요, 잘 가, 잘 있어, 잘 자, 또 봐요, 바이바이
    """,
    "reaction": """
        wow, woah, lol, lmao, rofl, xd, ha, haha, hahaha, hehe, heh, hm, hmm, hmmm, oh, ooh, ah,
        aha, omg, oops, huh
    """,
    "acknowledgement": """
        ok, okay, k, kk, okey, okie, okey dokey, alright, all right, got it, gotcha, i see,
        understood, i understand, noted, sure, of course, no problem, np, no worries, never mind,
        nevermind, nvm, fair enough, makes sense, that makes sense, good to know, roger, will do,
        yes, yep, yeah, yup, no, nope, nah, no thanks, no thank you,
        alles klar, verstanden, verstehe, ich verstehe, in ordnung, einverstanden, schon gut,
        kein problem, na gut, ach so, achso, geht klar, ja, jo, nein, nee, nein danke,
        d'accord, entendu, compris, j'ai compris, je vois, ça marche, pas de problème, très bien,
        oui, non, non merci,
        vale, de acuerdo, entendido, entiendo, está bien, muy bien, ya veo, claro, sí, no gracias,
        está bem, tá bom, tudo bem, certo, entendi, de acordo, beleza, sim, não, não obrigado,
        va bene, capito, ho capito, certo, tutto chiaro, sì, no grazie,
        dobrze, w porządku, rozumiem, jasne, zgoda, okej, spoko, tak, nie, nie dziękuję,
        добре, гаразд, зрозуміло, зрозумів, зрозуміла, ясно, окей, так, ні, ні дякую,
        хорошо, ладно, понятно, понял, поняла, ок, да, нет, нет спасибо,
        tamam, peki, anladım, olur, evet, hayır, hayır teşekkürler,
        oké, prima, begrepen, ik snap het, duidelijk, in orde, geen probleem, nee dank je,
        好, 好的, 好吧, 行, 可以, 明白, 明白了, 知道了, 了解, 没问题, 嗯, 是的, 不用了,
        はい, わかりました, 分かりました, わかった, 分かった, 了解, 了解です,
        了解しました, なるほど, うん, ええ, いいえ, オーケー, オッケー,
        네, 예, 응, 넵, 알겠습니다, 알겠어요, 알았어, 알았어요, 그렇군요, 아니요, 오케이
    """,
    "filler": """
        a, all, and, are, at, bot, day, dear, everybody, everyone, folks, friend, friends, for,
        good, guys, how, i, is, it, it's, so, lot, lots, mate, man, again, my, of, pal, people,
        doing, going, please, see, team, that, that's, the, there, this, to, today, up, very, was,
        well, what, what's, much, you, your, later, answer, help, me, um, uh, really, then
    """,
}
# With one of these, more may be meant than that something was understood, or that somebody goes.
_ASKING_FILLERS = frozenset(("how", "what", "what's", "is", "are", "was", "help", "answer"))
# Who thanks and says goodbye is answered for the thanks; the kinds in this order.
_ORDER: Sequence[PoliteKind] = ("thanks", "goodbye", "greeting", "reaction", "acknowledgement")
_QUESTION_MARKS = ("?", "？", "؟")

_Words = tuple[str, ...]


def find_polite_kind(text: TokenizedText) -> PoliteKind | None:
    """Tell what a text of polite phrases alone says; None for any other text."""
    found = _cover(text.folded)
    if found is None:
        return None
    kinds = [kind for kind, _ in found]
    kind = next((one for one in _ORDER if one in kinds), None)
    if kind not in ("goodbye", "acknowledgement"):
        return kind
    fillers = {word for of, words in found if of == "filler" for word in words}
    asks = text.text.rstrip().endswith(_QUESTION_MARKS) or not fillers.isdisjoint(_ASKING_FILLERS)
    return None if asks else kind


@cache
def list_single_words(kind: PhraseKind) -> frozenset[str]:
    """Give the phrases of a kind that are one folded word."""
    phrases = [words for of, words in _list_phrases() if of == kind]
    return frozenset(words[0] for words in phrases if len(words) == 1)


def _cover(words: _Words) -> list[tuple[PhraseKind, _Words]] | None:
    """Part words into phrases, each with its kind; None where any word is of none."""
    table = _read_phrases()
    found = []
    start = 0
    while start < len(words):
        phrases = table.get(words[start], ())
        fitting = (one for one in phrases if words[start : start + len(one[1])] == one[1])
        phrase = next(fitting, None)
        if phrase is None:
            return None
        found.append(phrase)
        start += len(phrase[1])
    return found


@cache
def _read_phrases() -> Mapping[str, Sequence[tuple[PhraseKind, _Words]]]:
    """Give the phrases that begin with a folded word, the longest first."""
    table: dict[str, list[tuple[PhraseKind, _Words]]] = {}
    for kind, words in _list_phrases():
        table.setdefault(words[0], []).append((kind, words))
    for phrases in table.values():
        # Stable: of equals, the kind that stands first above.
        phrases.sort(key=lambda phrase: -len(phrase[1]))
    return table


def _list_phrases() -> Iterator[tuple[PhraseKind, _Words]]:
    for kind, listed in _PHRASES.items():
        for phrase in listed.split(","):
            yield kind, TokenizedText.tokenize(phrase).folded
