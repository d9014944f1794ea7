"""The words that make a question a follow-up, by language.

In: a language (ISO 639-1). Out: its forms, as regular expressions that ignore case, and its
pronouns. Elsewhere (``follow_up_forms``) they are put together.
"""

from collections.abc import Mapping
from typing import NamedTuple

from bot.answers.patterns import any_of

# What stands nowhere.
_NEVER = r"(?!)"


class FollowUpWords(NamedTuple):
    """The words of one language, each but the last a regular expression.

    ``openings`` stand before what a clipped question asks about ("and", "what about").
    ``other_party`` is of two the one that was not spoken of. ``more`` asks for more, and ``again``
    for the same again; ``polite`` may stand before these and behind. ``anaphoric`` are words that
    stand for what was named before. ``pronouns`` do so in some places alone, and ``unbound`` is
    where one of the former stands for nothing ("es gibt").
    """

    openings: str
    other_party: str
    more: str
    again: str
    anaphoric: str
    polite: str = _NEVER
    pronouns: str = _NEVER
    unbound: str = _NEVER


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
_ENGLISH = FollowUpWords(
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
    "de": FollowUpWords(
        r"(?:und )?was ist mit(?!.* (?:passiert|geschehen|los|gemeint)\b)"
        "|und wie ist es mit|wie ist es mit|und wie (?:steht|sieht) es mit"
        "|wie (?:steht|sieht) es mit|wie (?:steht|sieht)['’]?s mit|und|aber|oder|auch"
        "|nein,? ich mein(?:t)?e|ich mein(?:t)?e",
        r"ander(?:e|en|er|es) (?:seiten?|partei(?:en)?|länder|land|lager|hälfte|mann|frau|art)"
        "|gegen(?:seite|partei)|die anderen",
        "(?:noch )?mehr|weiter|was noch|(?:und )?sonst noch(?: etwas| was)?|erzähl(?:e|en sie)?"
        "(?: mir)?(?: noch)? mehr|(?:mehr |weitere )?(?:details|einzelheiten)|mach weiter|und dann",
        r"wie bitte|(?:sag (?:das )?|wiederhol(?:e|en sie)?(?: das)?(?: bitte)? ?)?(?:noch ?mal"
        r"|noch einmal)|wiederhol(?:e|en sie)?(?: das)?|was\?|hä|(?:die )?quellen?"
        r"|wo steht das|woher (?:ist|stammt) das|(?:wirklich|echt|sicher|bist du (?:dir )?sicher"
        r"|stimmt das|ist das (?:wahr|so))\W*\?+",
        "er ihn ihm sie ihnen es dies diese dieser dieses diesem diesen jener jene dort hier damals"
        " davon dafür dagegen darüber daran darauf daraus dabei dadurch damit danach dazu darum"
        " deren dessen seine seinen seinem seiner ihre ihren ihrem ihrer",
        polite="bitte|ok|okay|ja|und|kannst du|können sie|dazu|darüber|davon",
        # Elsewhere these are articles.
        pronouns=r"(?:das|die|der|den|dem)(?=\W*$)|(?:das|die|der)(?= (?:ge\w+(?:t|en)|entschieden"
        r"|ver\w+(?:t|en)|be\w+(?:t|en)|passiert|auch|nicht|denn|so|alles|wirklich)\b)"
        r"|(?<!\w )(?:ist|war|wird) das(?= \w+\W*$)"
        r"|(?:ist|war|wurde|wird|hat|kann|soll|heißt|bedeutet|kostet) das(?= (?:\w+[tn])?\W*$)",
        unbound=r"(?:gibt|gab|gäbe)(?:['’]s| es)|es (?:gibt|gab)|(?:wird|hat|kann|soll|wie spät ist"
        r"|könnte) es(?= .*ge(?:ge)?ben)|(?:ist|war|wird|wäre) es(?= (?:möglich|erlaubt|verboten"
        r"|wahr|nötig|üblich|wichtig|schwer|leicht|gefährlich|sinnvoll|besser)\b)"
        r"|(?:geht|handelt|kommt) es(?= (?:um|sich|zu)\b)|da(?:r\w+|\w+)(?= ?,)"
        # "Können Sie …": the polite pronoun.
        r"|(?-i:(?<=\w )(?:Sie|Ihnen|Ihre[nmr]?))",
    ),
    "fr": FollowUpWords(
        r"et (?:pour |au sujet (?:de |du )|à propos (?:de |du ))|(?:et )?qu['’]en est-il (?:de |du"
        r" |des )?|et|mais|ou(?! (?:est|sont|se|peut|a|ont|va|vont|était|puis|trouver)\b)|aussi"
        "|non,? je (?:veux dire|parle de)|je (?:veux|voulais) dire",
        r"autres? (?:côtés?|cotés?|parties?|camps?|pays|moitié|homme|femme|sorte|type)"
        "|(?:partie|camp) adverse|camp opposé|les autres",
        "plus|encore|continue[rz]?|la suite|quoi d['’]autre|autre chose|dis-m['’]en plus"
        "|en (?:savoir|dire) plus|(?:plus de |des )?(?:détails|précisions)|et ensuite|et après",
        r"pardon|comment\?|répète[rz]?(?: ça)?|encore une fois|quoi ?\?"
        r"|(?:quelles? (?:est |sont )?)?(?:la |les |tes )?sources?|c['’]est (?:écrit )?où"
        r"|(?:vraiment|c['’]est vrai|(?:tu es|vous êtes|t['’]es) sûre?s?)\W*\?+",
        "il elle ils elles lui leur leurs eux cela ça ceci celui celle celles ceux cette cet ces"
        " son sa ses y",
        polite="s['’]il (?:te|vous) pla[iî]t|stp|svp|ok|d['’]accord|oui|et|peux-tu|pouvez-vous"
        "|à ce sujet|là-dessus",
        pronouns=r"c['’](?:est|était|etait)|l['’](?:a|ont|avait|est)|là(?:-bas)?"
        r"|qui (?:le|la|les) \w+(?=\W*$)|[cd]e (?:dernier|projet-là)",
        unbound=r"qu['’]est-il(?= (?:arrivé|advenu))"
        r"|(?:qu['’])?est[- ]ce qu(?:['’]il y \w+|['’]|e)|il n?['’]?y (?:a|avait|aura)"
        r"|y (?:a|avait|aura)-t-il|il (?:faut|est (?:possible|interdit|permis))|faut-il|peut-on y"
        r"|est-il (?=possible|interdit|permis|vrai)|c['’]est (?:quoi|qui)(?= \w)"
        # "Le musée est-il ouvert ?": the pronoun stands for what is named just before it.
        r"|(?<!quelle )(?<!quel )(?:l['’]|(?:le|la|les|un|une|ce|cette|ces|son|sa|ses|leurs?) )"
        r"[^?]*?-(?:t-)?(?:ils?|elles?)|(?-i:[A-ZÉÈ]\w+) \w+-(?:t-)?(?:ils?|elles?)",
    ),
    "es": FollowUpWords(
        "y qué (?:pasa|hay|es) (?:con|de)|qué (?:pasa|hay) (?:con|de)|y qué tal|y|e|pero|o|también"
        "|no,? (?:me refiero a|quiero decir)|me refiero a|quiero decir",
        r"otr[oa]s? (?:lado|parte|partes|bando|país|mitad|hombre|mujer|tipo|lados)"
        "|(?:parte|bando) contrari[oa]|los otros|las otras|los demás",
        "más|algo más|qué más|sigue|continúa|(?:cuéntame|dime) más|(?:más |los )?detalles|y luego",
        r"c[oó]mo ?\?|qu[eé] ?\?|perdón|(?:repite|repítelo)(?: eso)?|otra vez|(?:la |las |tus )?"
        r"fuentes?|dónde (?:lo )?dice(?: eso)?|(?:de verdad|en serio|seguro|estás segur[oa]"
        r"|es (?:verdad|cierto))\W*\?+",
        "ella ellos ellas ello eso esto aquello allí allá ahí aquí este estos estas ese esa esos"
        " esas aquel aquella su sus entonces",
        polite="por favor|ok|vale|sí|y|puedes|sobre (?:eso|esto|ello)|de eso",
        # Elsewhere these are articles.
        pronouns=r"él|(?:qui[eé]n(?:es)?|cu[aá]ndo|d[oó]nde|por qué|cómo|se|no) (?:lo|la|los|las)"
        r"(?= \w+(?:\W*$| (?:por|en|a|de|con)\b))|\w+[aei]r(?:lo|la|los|las)",
    ),
    "pt": FollowUpWords(
        "e quanto (?:a|ao|à|aos|às)|e sobre|e|mas|ou|também"
        "|não,? (?:quero dizer|refiro-me a)|quero dizer",
        r"outr[oa]s? (?:lado|parte|partes|lados|país|metade|homem|mulher|tipo)"
        "|parte contrária|os outros|as outras",
        "mais|algo mais|o que mais|continua|continue|conta mais",
        r"como\?|o quê\?|desculpe|repete|repita|outra vez|de novo|fontes?",
        "ele ela eles elas isso isto aquilo lá ali",
    ),
    "it": FollowUpWords(
        "e per quanto riguarda|e che (?:mi )?dici di|e|ed|ma|o|oppure|anche"
        "|no,? (?:intendo|volevo dire)|intendo|volevo dire",
        r"altr[oaie] (?:parte|parti|lato|lati|paese|metà|uomo|donna|tipo|campo)"
        "|controparte|gli altri|le altre",
        "più|di più|altro|cos['’]altro|che altro|continua|dimmi di più",
        r"come\?|cosa\?|scusa|ripeti|ancora una volta|di nuovo|font[ei]",
        "lui lei loro esso essa essi questo quello ciò",
    ),
    "nl": FollowUpWords(
        "en hoe zit het met|hoe zit het met|en|maar|of|ook|nee,? ik bedoel|ik bedoel",
        r"andere (?:kant|kanten|partij|partijen|zijde|land|helft|man|vrouw|soort)|de anderen?"
        "|tegenpartij",
        "meer|nog meer|verder|wat nog|wat nog meer|ga door|vertel meer",
        r"wat\?|pardon|nog eens|nog een keer|herhaal|bron(?:nen)?",
        "hij hem zij ze hen hun dit daar toen ervan daarvan haar",
    ),
    "pl": FollowUpWords(
        "a co (?:z|ze)|co (?:z|ze)|a jak (?:jest )?z|a|i|ale|lub|albo|czy też|też"
        "|nie,? chodzi mi o|chodzi mi o",
        r"drug(?:a|iej|ą|i) (?:stron\w*|parti\w*|obóz|kraj|połow\w*|rodzaj)|inn[ei] stron\w*"
        "|pozostał\\w+|przeciwn\\w+ stron\\w*",
        "więcej|dalej|(?:a )?co jeszcze|coś jeszcze|(?:opowiedz|powiedz)(?: mi)? więcej"
        "|(?:więcej )?szczegół(?:y|ów)|i co dalej",
        r"co ?\?|słucham\?|powtórz(?: to)?|jeszcze raz|(?:jakie (?:jest|są) )?źródł[oa]"
        r"|gdzie to (?:jest )?napisan[eo]|(?:naprawdę|na pewno|serio|czy to prawda"
        r"|jesteś pew(?:ny|na))\W*\?+",
        "on ona ono oni one jego jej ich jemu nim nich tego temu tam wtedy niego niej nią nimi"
        " niemu go mu ten ta to te tej tym tych tymi tę stamtąd tutaj stąd dlatego",
        polite="proszę|ok|tak|a|i|możesz|czy możesz|na ten temat|o tym",
        unbound=r"co to(?= (?!był|jest|są|znaczy)\w+\W*$)|(?:co|kto) to(?= (?:jest|są|za) \w)"
        r"|czy to(?= prawda)|(?:w )?tym(?= (?:roku|tygodniu|miesiącu))"
        "|tego(?= (?:roku|dnia))|to znaczy",
    ),
    "uk": FollowUpWords(
        "а (?:як (?:щодо|із|з)|що (?:з|із|зі|щодо|до))|як щодо|що (?:з|із|зі|щодо)|а|і|й|та|але|або"
        "|також|ні,? я про|я про|маю на увазі",
        r"інш(?:а|ої|у|ій|ою|ий|і) (?:сторон\w*|бік|боку|країн\w*|половин\w*|вид)"
        "|(?:протилежн|супротивн)\\w+ сторон\\w*|інші|решта",
        "(?:ще )?більше|ще|далі|(?:а )?що ще|щось ще|(?:розкажи|скажи)(?:ть)?(?: мені)?(?: ще|"
        " більше)|(?:до|де)кладніше|детальніше|подробиці|продовжуй(?:те)?|а далі",
        r"що ?\?|перепрошую|повтори(?:ть)?(?: це)?|ще раз|(?:яке )?джерел[оа]|де (?:це|про це)"
        r" (?:сказано|написано)|звідки це|(?:справді|точно|ти впевнен(?:ий|а)|(?:чи )?це правда"
        r"|невже)\W*\?+",
        "він вона воно вони його її їх йому їй їм цього там тоді нього неї них ним нею ними ньому"
        " ній це цей ця ці цьому цим цих цими цією цю їхній їхня їхнє їхні звідти туди тут"
        " того тому тих тими те той",
        polite="будь ласка|ок|добре|так|а|і|можеш|про (?:це|нього|неї|них)",
        unbound=r"(?:що|хто) це(?= (?:таке|такий|така|такі) \w)|(?:чи )?це(?= правда,)"
        r"|ц(?:ього|ьому)(?= (?:рок|роц|місяц|тижн))|тому(?= що)|(?:до|після|крім) того(?=,)",
    ),
    "ru": FollowUpWords(
        "а (?:как насч[её]т|что (?:с|со)|что насч[её]т|как с)|как насч[её]т|что (?:с|со|насч[её]т)"
        "|а|и|но|или|также|тоже|нет,? я про|я про|я имею в виду|имею в виду",
        r"друг(?:ая|ой|ую|ие) (?:сторон\w*|стран\w*|половин\w*|вид)|противоположн\w+ сторон\w*"
        "|другие|остальные",
        "(?:ещ[её] )?больше|ещ[её]|дальше|(?:а )?что ещ[её]|что-нибудь ещ[её]|(?:расскажи|скажи)"
        "(?:те)?(?: мне)?(?: больше| ещ[её])|подробнее|подробности|продолжай(?:те)?|а дальше",
        r"что ?\?|простите|повтори(?:те)?(?: это)?|ещ[её] раз|(?:какой )?источник(?:и)?"
        r"|где (?:это|об этом) (?:сказано|написано)|откуда это|(?:правда|точно|серь[её]зно"
        r"|ты уверен(?:а)?|это правда|неужели)\W*\?+",
        "он она оно они его её их ему ей им этого там тогда него неё нее них нём ним ней ними это"
        " этот эта эти этой этом этим этих этими этому эту оттуда туда тут здесь",
        polite="пожалуйста|ок|хорошо|да|а|и|можешь|об этом|про (?:это|него|не[её]|них)|о н[её]м",
        unbound=r"(?:что|кто) это(?= (?:такое|такой|такая|такие) \w)|это(?= правда,)"
        r"|этом(?= (?:году|месяце))|этого(?= (?:года|месяца))|на этой(?= неделе)",
    ),
    "tr": FollowUpWords(
        "peki ya|ya peki|peki|ya|ve|ama|veya|ya da|hayır,? (?:demek istediğim|yani)|yani",
        r"(?:diğer|öteki|öbür|karşı) (?:taraf\w*|parti|ülke|yarı\w*|tür)|diğerleri|ötekiler",
        "daha fazla(?: bilgi)?|devam(?: et)?|başka|başka ne(?: var)?|daha|(?:biraz )?daha anlat"
        "|ayrıntılar?|detaylar|sonra",
        r"ne ?\?|efendim\?|tekrar(?:la)?|(?:bir daha|tekrar) söyle|bir daha|kaynak(?:lar)?"
        r"|nerede yazıyor|(?:gerçekten|cidden|emin misin|(?:bu )?doğru mu)\W*\?+",
        "o bu şu onu onun ona onlar onların onları onlara onlardan bunu bunun buna bundan bunlar"
        " bunları bununla ondan onunla orada orası oraya oradan burada burası şunu kendisi",
        polite="lütfen|tamam|evet|peki|bana|bu konuda|bunun hakkında|hakkında",
        unbound=r"(?:bu|o)(?= (?:yıl|sene|ay|hafta|kadar|zaman)\b)",
    ),
}
# In English every question may be asked, whatever the language of the articles.
ENGLISH = "en"
FOLLOW_UP_WORDS: Mapping[str, FollowUpWords] = {ENGLISH: _ENGLISH, **_OTHERS}
