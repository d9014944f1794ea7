"""The words that make a question a follow-up, by language.

In: a language (ISO 639-1). Out: its forms, as regular expressions that ignore case, and its
pronouns, folded. Elsewhere (``follow_up_forms``) they are put together.
"""

from collections.abc import Mapping
from typing import NamedTuple

from bot.answers.patterns import any_of
from bot.search.analysis.tokens import fold


class FollowUpWords(NamedTuple):
    """The words of one language, each but the last a regular expression.

    ``openings`` stand before what a clipped question asks about ("and", "what about").
    ``other_party`` is of two the one that was not spoken of. ``more`` asks for more, and ``again``
    for the same again. ``anaphoric`` are folded words that stand for what was named before.
    """

    openings: str
    other_party: str
    more: str
    again: str
    anaphoric: frozenset[str]


def _make(openings: str, other_party: str, more: str, again: str, anaphoric: str) -> FollowUpWords:
    """Make the words of a language of patterns, and of a text of words."""
    folded = map(fold, anaphoric.split())
    return FollowUpWords(
        any_of(openings), any_of(other_party), any_of(more), any_of(again), frozenset(folded)
    )


# "The other side", "the opposing camp", "the others".
_PARTIES = any_of(
    "sides?",
    "part(?:y|ies)",
    "ones?",
    "man",
    "woman",
    "people",
    "leaders?",
    "presidents?",
    "countr(?:y|ies)",
    "guys?",
    "camps?",
    "half",
    "kinds?",
    "sorts?",
    "types?",
    "states?",
    "teams?",
)
_ENGLISH = _make(
    openings="(?:ok|okay|so|well) and|and what about|and how about|what about|how about|and|but|or"
    "|so|also|same for|same with|as for"
    r"|(?:no|nope|sorry|oh)?,? ?(?:what )?i me(?:an|ant)|no,? not|no,|instead",
    other_party=rf"(?:other|opposite|opposing) {_PARTIES}|(?:the )?others(?= *\W*$)"
    r"|the rest(?= *\W*$)",
    # Of these only what the longer form in ``follow_up_forms`` does not say.
    more="more|what else|anything else|go on|continue|next|elaborate|expand|keep going|and then"
    "|go deeper",
    again=r"what\W*\?+|huh\W*\?+|sorry\?|pardon(?: me)?|come again|again|once more"
    r"|(?:can you |could you |please )*(?:say|repeat|show|quote)(?: me)?(?: that| it| this)?"
    r"(?: (?:one|once))?(?: more(?: time)?| again)"
    r"|(?:can you |could you |please )*repeat(?: that| it| this)?"
    r"|(?:what(?:['’]?s| is) (?:the|your) )?sources?|where (?:does|did) it say (?:that|so|this)"
    r"|where(?:['’]?s| is) (?:that|this) from|what did you (?:just )?(?:say|quote)(?: again)?"
    # Doubt asks for what is doubted.
    r"|(?:really|(?:are )?(?:you )?sure(?: about (?:that|this))?)\W*\?+"
    r"|is (?:that|this|it) (?:true|right|so)"
    r"|(?:all|both|none|most) of (?:them|these|those|it)",
    anaphoric="he him his she her hers it its they them their theirs"
    " this that these those there thats theres one ones former latter",
)
_OTHERS: Mapping[str, FollowUpWords] = {
    "de": _make(
        "und was ist mit|was ist mit|und wie ist es mit|wie ist es mit|und wie steht es mit|und"
        "|aber|oder|auch|nein,? ich mein(?:t)?e|ich mein(?:t)?e",
        r"ander(?:e|en|er|es) (?:seiten?|partei(?:en)?|länder|land|lager|hälfte|mann|frau|art)"
        "|gegenseite|die anderen",
        "mehr|noch mehr|mehr dazu|weiter|was noch|sonst noch(?: etwas| was)?|erzähl mehr",
        r"wie bitte|noch ?mal|noch einmal|was\?|hä|quellen?|woher (?:ist|stammt) das",
        "er ihn ihm sie ihnen dies dieses dort damals davon dafür darüber deren dessen",
    ),
    "fr": _make(
        "et (?:pour |au sujet de |à propos de )|qu['’]en est-il (?:de |du |des )?|et|mais|ou|aussi"
        "|non,? je (?:veux dire|parle de)|je (?:veux|voulais) dire",
        r"autres? (?:côtés?|cotés?|parties?|camps?|pays|moitié|homme|femme|sorte|type)"
        "|partie adverse|les autres",
        "plus|encore|continue[rz]?|la suite|quoi d['’]autre|dis-m['’]en plus|en savoir plus",
        r"pardon|comment\?|répète[rz]?|encore une fois|quoi\?|sources?|c['’]est où",
        "il elle ils elles lui cela ça ceci celui celle ceux",
    ),
    "es": _make(
        "y qué (?:pasa|hay) con|qué (?:pasa|hay) con|y|e|pero|o|también"
        "|no,? (?:me refiero a|quiero decir)|me refiero a|quiero decir",
        r"otr[oa]s? (?:lado|parte|partes|bando|país|mitad|hombre|mujer|tipo|lados)"
        "|parte contraria|los otros|las otras|los demás",
        "más|algo más|qué más|sigue|continúa|cuéntame más",
        r"cómo\?|qué\?|perdón|repite|otra vez|fuentes?|dónde (?:lo )?dice(?: eso)?",
        "ella ellos ellas eso esto aquello allí ahí",
    ),
    "pt": _make(
        "e quanto (?:a|ao|à|aos|às)|e sobre|e|mas|ou|também"
        "|não,? (?:quero dizer|refiro-me a)|quero dizer",
        r"outr[oa]s? (?:lado|parte|partes|lados|país|metade|homem|mulher|tipo)"
        "|parte contrária|os outros|as outras",
        "mais|algo mais|o que mais|continua|continue|conta mais",
        r"como\?|o quê\?|desculpe|repete|repita|outra vez|de novo|fontes?",
        "ele ela eles elas isso isto aquilo lá ali",
    ),
    "it": _make(
        "e per quanto riguarda|e che (?:mi )?dici di|e|ed|ma|o|oppure|anche"
        "|no,? (?:intendo|volevo dire)|intendo|volevo dire",
        r"altr[oaie] (?:parte|parti|lato|lati|paese|metà|uomo|donna|tipo|campo)"
        "|controparte|gli altri|le altre",
        "più|di più|altro|cos['’]altro|che altro|continua|dimmi di più",
        r"come\?|cosa\?|scusa|ripeti|ancora una volta|di nuovo|font[ei]",
        "lui lei loro esso essa essi questo quello ciò",
    ),
    "nl": _make(
        "en hoe zit het met|hoe zit het met|en|maar|of|ook|nee,? ik bedoel|ik bedoel",
        r"andere (?:kant|kanten|partij|partijen|zijde|land|helft|man|vrouw|soort)|de anderen?"
        "|tegenpartij",
        "meer|nog meer|verder|wat nog|wat nog meer|ga door|vertel meer",
        r"wat\?|pardon|nog eens|nog een keer|herhaal|bron(?:nen)?",
        "hij hem zij ze hen hun dit daar toen ervan daarvan haar",
    ),
    "pl": _make(
        "a co z|co z|a|i|ale|lub|albo|czy też|też|nie,? chodzi mi o|chodzi mi o",
        r"drug(?:a|iej|ą|i) (?:stron\w*|parti\w*|obóz|kraj|połow\w*|rodzaj)|inn[ei] stron\w*"
        "|pozostał\\w+|przeciwn\\w+ stron\\w*",
        "więcej|dalej|co jeszcze|coś jeszcze|opowiedz więcej",
        r"co\?|słucham\?|powtórz|jeszcze raz|źródł[oa]",
        "on ona oni one jego jej ich jemu nim nich tego temu tam wtedy",
    ),
    "uk": _make(
        "а (?:як щодо|що з|що щодо)|як щодо|а|і|й|та|але|або|чи|також|ні,? я про|я про"
        "|маю на увазі",
        r"інш(?:а|ої|у|ій|ий|і) (?:сторон\w*|бік|боку|країн\w*|половин\w*|вид)"
        "|протилежн\\w+ сторон\\w*|інші|решта",
        "більше|ще|далі|що ще|розкажи більше|докладніше",
        r"що\?|перепрошую|повтори|ще раз|джерел[оа]",
        "він вона воно вони його її їх йому їй їм цього там тоді",
    ),
    "ru": _make(
        "а (?:как насч[её]т|что с|что насч[её]т)|как насч[её]т|а|и|но|или|также|тоже"
        "|нет,? я про|я про|я имею в виду|имею в виду",
        r"друг(?:ая|ой|ую|ие) (?:сторон\w*|стран\w*|половин\w*|вид)|противоположн\w+ сторон\w*"
        "|другие|остальные",
        "больше|ещ[её]|дальше|что ещ[её]|расскажи больше|подробнее",
        r"что\?|простите|повтори|ещ[её] раз|источники?",
        "он она оно они его её их ему ей им этого там тогда",
    ),
    "tr": _make(
        "peki ya|peki|ya|ve|ama|veya|ya da|hayır,? (?:demek istediğim|yani)|yani",
        r"(?:diğer|öteki|öbür|karşı) (?:taraf\w*|parti|ülke|yarı\w*|tür)|diğerleri|ötekiler",
        "daha fazla|devam|başka|başka ne|daha",
        r"ne\?|efendim\?|tekrar|bir daha|kaynak",
        "onu onun ona onlar onların bunu bunun orada orası",
    ),
}
# In English every question may be asked, whatever the language of the articles.
ENGLISH = "en"
FOLLOW_UP_WORDS: Mapping[str, FollowUpWords] = {ENGLISH: _ENGLISH, **_OTHERS}
