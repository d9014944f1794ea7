"""Words that say little about what a text is about, by language: stop words and frame words.

A stop word ("the", "of") is never a term of its own. A frame word ("explain", "happened") is a
term: people put it around a question, but it can be what the question is about, so it only counts
for less. The lists of other languages are in ``bot.articles.small_words``.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from bot.articles.small_words import SMALL_WORDS
from bot.search.analysis.tokens import fold, tokenize

_NO_WORDS = ("", "")
# The stem key of a stop word begins with this character, which occurs in no word.
STOP = "\0"

_ENGLISH_STOP_WORDS = """
    a about above across actually after afterwards again against ago all almost along already
    also although always am amid among amongst an and another any anybody anyhow anyone anything
    anyway anywhere are aren't around as aside at away basically be became because become
    becomes been before beforehand being below beside besides between beyond both but by came
    can can't cannot come comes coming could couldn't did didn't do does doesn't doing don't
    done dont down due during each either else elsewhere enough especially etc even ever every
    everybody everyone everything everywhere except few for from further furthermore gave get
    gets getting give given gives giving go goes going gone gonna got gotten had hadn't hardly
    has hasn't have haven't having he he'd he'll hence her here hereby herein hers herself him
    himself his how however i i'd i'll i'm i've if im in indeed inside instead into is isn't it
    it'd it'll its itself just keep kept largely let let's lets like likely lot lots made mainly
    make makes making many may maybe me mean means meanwhile might mine more moreover most
    mostly much must mustn't my myself namely near nearly neither never nevertheless no nobody
    none nonetheless nor not nothing now nowhere of off often oh ok okay on once ones only onto
    or other others otherwise ought our ours ourselves out outside over overall own particularly
    per perhaps please pls put puts quite rather really regarding same saw say says seem seemed
    seems seen several shall she she'd she'll should shouldn't since so some somebody somehow
    someone something sometimes somewhat somewhere soon still such sure take taken takes taking
    tell than that that'll thats the their theirs them themselves then thence there thereafter
    thereby therefore these they they'd they'll they're they've thing things this those though
    through throughout thus till to together too took toward towards under unless unlike until up
    upon us use used uses using usually various very via was wasn't way ways we we'd we'll we're
    we've well went were weren't what whatever when whenever where whereas whereby wherein
    whereupon wherever whether which whichever while who who'd who'll whoever whole whom whose
    why will with within without won't would wouldn't yes yet you you'd you'll you're you've
    your yours yourself yourselves ain't aint cant didnt doesnt isnt wasnt wont theres whats
    hows wheres whos u ur r n shd wd cld shld altogether
    arent couldnt dont hadnt hasnt havent hes itll ive mustnt neednt shes shouldnt thatll theyd
    theyll theyre theyve werent weve whatre wouldnt youd youll youre youve
"""

_ENGLISH_FRAME_WORDS = """
    happen mean meaning explain describe told know knew known think thought believe guess wonder
    understand understood ask question answer call name mention discuss talk article text story
    author write wrote written state according find found show look try read hear heard learn
    reason kind sort type example detail info information fact point part case idea number
    amount exact exactly simply basically literally honestly actual possible possibly currently
    nowadays person people guy dude bro mate folk friend lol plz thx idk tbh imo rn cuz bc wanna
    long big far old good bad best worse main important great small different quickly short
    summary summarize summarise brief briefly curious interested confused genuinely seriously
    suppose supposedly today right wrong true real reality deal hope hi hello hey thanks sorry
    need word section passage quote role involve include concern want
    abt afaik alot anymore asap aswell atm aye bcs bcoz bit btw bunch cos coz dunno eh erm fyi gimme
    gotta hopefully hmm iirc imho innit kinda kindly lemme lmao ngl nvm obv ofc omg plus ppl prob
    prolly pretty proper properly sb smth sorta sth stuff super tbf tho thro thru tldr ty um w
    whatnot wondering wtf ya yeah yo
    re regarding concerning grateful thankful appreciate
"""


# Verbs among the English stop words, each with its other forms: with a particle they say something
# ("give up", "took off").
_STOP_VERBS = """
    come came comes coming
    get gets getting got gotten
    give gave given gives giving
    go goes going gone went
    keep kept
    let lets
    make made makes making
    put puts
    take taken takes taking took
"""
_PARTICLES = frozenset("across away down in off on out over through up".split())
_BASE_FORMS = {
    form: line.split()[0] for line in _STOP_VERBS.strip().split("\n") for form in line.split()
}

# German is typed without umlauts too.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@cache
def stop_words_of(language: str) -> frozenset[str]:
    """Give the folded stop words of a language (ISO 639-1); none where there is no list."""
    if language == "en":
        return frozenset(_ENGLISH_STOP_WORDS.split())
    words, _ = SMALL_WORDS.get(language, _NO_WORDS)
    typed = tokenize(words)
    if language == "de":
        typed += tokenize(words.translate(_UMLAUTS))
    return frozenset(map(fold, typed))


def frame_words_of(language: str) -> str:
    """Give the frame words of a language (ISO 639-1), with blanks between them."""
    if language == "en":
        return _ENGLISH_FRAME_WORDS
    _, words = SMALL_WORDS.get(language, _NO_WORDS)
    return words


def is_stop(key: str) -> bool:
    """Say whether a stem key is that of a stop word."""
    return key[0] == STOP


def key_of_stop_word(stem: str) -> str:
    """Give the stem key of a stop word by its stem; the forms of a verb have one."""
    return STOP + _BASE_FORMS.get(stem, stem)


def forms_of_stop_verb(stem: str) -> frozenset[str]:
    """Give the forms of a verb among the stop words; none of any other word."""
    return frozenset(form for form, base in _BASE_FORMS.items() if base == stem)


def has_content_word(keys: Iterable[str]) -> bool:
    """Say whether at least one stem key is not that of a stop word."""
    return any(key[0] != STOP for key in keys)


def says_something(keys: Sequence[str]) -> bool:
    """Say whether a phrase has a word that is no stop word, or is a phrasal verb ("give up")."""
    if has_content_word(keys):
        return True
    words = [key.removeprefix(STOP) for key in keys]
    return len(words) == 2 and words[0] in _BASE_FORMS and words[1] in _PARTICLES
