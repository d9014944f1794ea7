"""Text into terms: the folded, stemmed words that are compared. English has stop words; others have none.

Folding: apostrophes of every shape are one, case and accents do not count (NFKD, marks dropped), a
possessive ending is cut off. Stems are Snowball's (PyStemmer). Runs of Chinese, Japanese or Thai, which
are written without blanks, become overlapping pairs of characters.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

import Stemmer

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip

_ENGLISH_STOP_WORDS = frozenset(
    """
    a about above across actually after afterwards again against ago all almost along already also although
    always am amid among amongst an and another any anybody anyhow anyone anything anyway anywhere are aren't
    around as aside at away basically be became because become becomes been before beforehand being below
    beside besides between beyond both but by came can can't cannot come comes coming could couldn't
    did didn't do does doesn't doing don't done dont down due during each either else elsewhere enough especially
    etc even ever every everybody everyone everything everywhere except few for from further furthermore gave get
    gets getting give given gives giving go goes going gone gonna got gotten had hadn't hardly has hasn't have
    haven't having he he'd he'll hence her here hereby herein hers herself him himself his how however
    i i'd i'll i'm i've if im in indeed inside instead into is isn't it it'd it'll its itself just keep
    kept largely let let's lets like likely lot lots made mainly make makes making many may maybe me mean means
    meanwhile might mine more moreover most mostly much must mustn't my myself namely near nearly neither never
    nevertheless no nobody none nonetheless nor not nothing now nowhere of off often oh ok okay on once one ones
    only onto or other others otherwise ought our ours ourselves out outside over overall own particularly per
    perhaps please pls put puts quite rather really regarding same saw say says seem seemed seems seen several
    shall she she'd she'll should shouldn't since so some somebody somehow someone something sometimes somewhat
    somewhere soon still such sure take taken takes taking tell than that that'll thats the their theirs them
    themselves then thence there thereafter thereby therefore they they'd they'll they're they've thing
    things this those though through throughout thus till to together too took toward towards under unless
    unlike until up upon us use used uses using usually various very via want wanted wants was wasn't way ways we
    we'd we'll we're we've well went were weren't what whatever when whenever where whereas whereby wherein
    whereupon wherever whether which whichever while who who'd who'll whoever whole whom whose why will with
    within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves
    ain't aint cant didnt doesnt isnt wasnt wont theres whats hows wheres whos u ur r
    """.split()
)

# Words that people put around what they ask. Those of other questions they are too, so they count for less.
_ENGLISH_FRAME_WORDS = """
    happen mean meaning explain describe told know knew known think thought believe guess wonder understand
    understood ask question answer call name mention discuss talk article text story author write wrote written
    state according find found show look try read hear heard learn reason kind sort type example detail info
    information fact point part case idea number amount exact exactly simply basically literally honestly actual
    possible possibly currently nowadays person people guy dude bro mate folk friend lol plz thx idk tbh imo
    rn cuz bc wanna long big far old good bad best worse main important great small different quickly short summary
    summarize summarise brief briefly curious interested confused genuinely seriously suppose supposedly today right
    wrong true real reality deal hope hi hello hey thanks sorry need word section passage quote role involve
    include concern
"""

# Scripts that are written without blanks; what stands for an apostrophe; marks that belong to the letter before.
_UNSPACED = "\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_APOSTROPHE = "'’‘‛ʼʻ`´′＇"
_MARKS = "".join(mark for mark in map(chr, range(0x300, 0x3100)) if unicodedata.category(mark).startswith("M"))
_LETTER = f"[^\\W_{_UNSPACED}ʼʻ]"
_INITIAL = f"[^\\W\\d_{_UNSPACED}ʼʻ][{_MARKS}]*+"
# A run without blanks, a number, initials (U.S., e.g.), a word.
_WORD = re.compile(
    rf"[{_UNSPACED}]+|\d+(?:[.,]\d+)+"
    rf"|(?:{_INITIAL}\.)+{_INITIAL}(?!{_LETTER})\.?(?:[{_APOSTROPHE}][sS](?!{_LETTER}))?"
    rf"|{_LETTER}(?:{_LETTER}|[{_MARKS}]|[{_APOSTROPHE}](?={_LETTER}))*"
)
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}][\u3099\u309a]?")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHE, "'"))
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_CACHED_WORDS = 131_072


class Terms:
    """The terms of texts in one language (ISO 639-1; one without a Snowball stemmer keeps its words whole)."""

    def __init__(self, language: str = "en") -> None:
        """Prepare stemmer and stop words. The results are remembered for a bounded number of words."""
        self.language = language
        self._stop_words = _ENGLISH_STOP_WORDS if language == "en" else frozenset()
        algorithm = _SNOWBALL.get(language)
        self._stem = Stemmer.Stemmer(algorithm, 0).stemWord if algorithm else str
        self.term = lru_cache(maxsize=_CACHED_WORDS)(self._term)
        self.frame_terms = frozenset(self.split(_ENGLISH_FRAME_WORDS) if language == "en" else ())

    def split(self, text: str) -> list[str]:
        """Give the terms of a text in order, stop words left out, repeated ones kept."""
        return [term for word in find_words(text) if (term := self.term(word))]

    def _term(self, word: str) -> str:
        """Give the term of one word as ``find_words`` found it; empty for a stop word."""
        folded = fold(word)
        if folded.rstrip(".") in ("u.s", "u.s.a") or (folded == "us" and word.startswith("US")):
            return "usa"
        if folded in self._stop_words:
            return ""
        folded = folded.replace("'", "").replace(",", "")
        return self._stem(folded.replace(".", "") if not folded[:1].isdigit() else folded)


@lru_cache(maxsize=8)
def terms_of(language: str) -> Terms:
    """Give the terms of a language, made once and shared."""
    return Terms(language)


def find_words(text: str) -> list[str]:
    """Give the words of a text in order, as they stand there but for invisible characters."""
    if not text.isascii():
        text = text.translate(_INVISIBLE)
        return [part for word in _WORD.findall(text) for part in _parts(word)]
    return _WORD.findall(text)


def _parts(word: str) -> list[str]:
    characters = _UNSPACED_CHARACTER.findall(word)
    return ["".join(pair) for pair in pairwise(characters)] if len(characters) > 2 else [word]


def fold(word: str) -> str:
    """Fold case, accents and the shapes of the apostrophe, and cut off a possessive ending."""
    if word.isascii():
        return word.lower().replace("`", "'").removesuffix("'s")
    bare = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)).casefold()
    kept = (character for character in bare if not unicodedata.combining(character) and not character.isspace())
    return "".join(kept).translate(_LETTERS).removesuffix("'s")
