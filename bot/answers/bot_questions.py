"""Whether a text asks what the bot itself is, or tells it to do what it does not do.

In: a folded text. Out: yes or no. "Are you human?", "what is your name", "write me a poem": nothing
of that is asked of the articles. "Are you open on Sundays" is, where they speak for somebody. Only
whole texts count, by closed lists of words.
"""

import re


def _any_of(words: str) -> str:
    """Give a pattern of any of some words, which have blanks between them."""
    return f"(?:{'|'.join(words.split())})"


_LEAD = rf"(?:{_any_of('hey hi hello so but and wait ok okay lol bot pls please just')} )*"
_YOU = _any_of("you u ya")
_YOUR = _any_of("your ur yr")
_CAN = rf"(?:{_any_of('can could will would')} {_YOU} (?:please )?)?"
_ARE = rf"(?:{_any_of('are r is')} {_YOU}|aren't you|you're|{_YOU}(?: {_any_of('are r')})?)"
_TALK = rf"(?:am i|do i) {_any_of('talking speaking chatting talk speak')} {_any_of('to with')}"
_HEDGE = rf"(?:{_any_of('a an the even really actually just like only not')} )*"
_BEING = _any_of(
    "real human humans person people bot robot ai chatbot machine computer program chatgpt gpt llm "
    "alive sentient conscious self(?:.)?aware fake man woman boy girl"
)
_ASIDE = rf"(?: {_any_of('beings? thing here lol tho though bro btw [0-9.]+')}| or (?:an? )?\w+)*"
_MAKER = _any_of("creator maker developer dev programmer inventor")
_MADE = _any_of("made created programmed coded developed designed trained")
_POSSESSION = rf"(?:(?:real |full )?name|age|gender|pronouns|{_MAKER})"
_INNER_LIFE = _any_of("feelings? emotions? soul body brain consciousness")
_FEELING = (
    rf"(?:{_any_of('have feel got')} (?:an? |any )?{_INNER_LIFE}"
    rf"|(?:ever )?{_any_of('sleep dream eat cry')}|{_any_of('love like hate')} me)"
)
_DO = _any_of("do write make tell sing draw finish compose")
# What is made for somebody is none of the articles': "tell me a joke", but not "tell me the joke".
_FOR_ME = rf"(?:{_any_of('me us my an? another')} )+(?:{_any_of('funny good short nice')} )*"
_WORK = _any_of(
    "homework essay poem song joke story rap haiku assignment limerick lullaby drawing meme"
)
_ENGLISH = (
    rf"(?:{_ARE}|{_TALK}) {_HEDGE}{_BEING}(?: {_BEING})?{_ASIDE}",
    rf"what(?:s| is)? {_YOUR} {_POSSESSION}",
    rf"who(?:s| is)? {_YOUR} {_MAKER}",
    rf"who {_MADE} {_YOU}",
    rf"how old (?:are|r) {_YOU}",
    rf"where (?:do {_YOU} (?:live|come from)|(?:are|r) {_YOU} from)",
    rf"do {_YOU} {_FEELING}",
    rf"i {_any_of('love hate like miss')} {_YOU}",
    rf"{_CAN}{_DO} {_FOR_ME}{_WORK}(?: (?:for me|please|pls|about .*))?",
)
# The same of what the bot is in the other languages that it speaks, as folded: without accents.
_GERMAN = "mensch bot roboter ki echt person maschine programm chatgpt"
_FRENCH = "humaine? bot robot ia personne reelle? machine chatgpt"
_SPANISH = "human[oa] bot robot ia persona real maquina chatgpt"
_POLISH = "czlowiekiem botem robotem ai maszyna osoba chatgpt"
_TURKISH = "insan bot robot gercek program"
_OTHERS = (
    rf"(?:bist du|sind sie) (?:eigentlich )?(?:eine? )?(?:echter? )?{_any_of(_GERMAN)}",
    rf"(?:es tu|tu es|t'es|etes vous|vous etes) (?:une? )?(?:vraie? )?{_any_of(_FRENCH)}",
    rf"(?:eres|es usted) (?:una? )?{_any_of(_SPANISH)}(?: real)?",
    rf"(?:czy )?jestes (?:prawdziwym )?{_any_of(_POLISH)}",
    rf"(?:ти|ви) (?:жива |справжня )?{_any_of('людина бот робот програма живий')}",
    rf"(?:ты|вы) (?:живой |настоящий )?{_any_of('человек бот робот программа живой')}",
    rf"(?:sen )?(?:gercek )?(?:bir )?{_any_of(_TURKISH)} (?:misin|musun)",
)
_ABOUT_BOT = re.compile(f"{_LEAD}(?:{'|'.join((*_ENGLISH, *_OTHERS))})")


def asks_of_bot(text: str) -> bool:
    """Say whether a folded text, its words one blank apart, is about the bot itself."""
    return _ABOUT_BOT.fullmatch(text) is not None
