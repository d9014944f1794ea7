"""Forms of English that several rooms tell words by: pronouns, auxiliaries, verbs, prepositions.

These are closed lists and endings, no model and no dictionary. All words are in small letters.
"""

import re

# Pronouns for persons, which stand for names only.
PERSONAL_PRONOUNS = frozenset("he him his himself she her hers herself".split())
# Pronouns that stand for any noun.
NEUTRAL_PRONOUNS = frozenset("it its itself they them their theirs themselves".split())
POSSESSIVES = frozenset("his her its their".split())

AUXILIARIES = frozenset(
    """
    am is are was were be been has have had do does did will would can could may might must shall
    should cannot isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't
    wouldn't can't couldn't mustn't shouldn't
    """.split()
)
DETERMINERS = frozenset(
    """
    a an the this that these those some any each every both all either neither no another other
    many most several few more my our your his her its their
    """.split()
)
PREPOSITIONS = frozenset(
    """
    about above across after against along amid among around as at before behind below beneath
    beside besides between beyond by concerning despite down during except for from in inside into
    like near of off on onto out outside over past per since than through throughout till to toward
    towards under until up upon via with within without
    """.split()
)
COORDINATORS = frozenset("and or nor".split())
# What begins another clause of the same sentence, with a subject of its own.
CLAUSE_OPENERS = frozenset("and but while whereas as although though yet".split())
RELATIVES = frozenset("who whom whose which that where when".split())

# The past forms that do not end in -ed, as far as people and organisations do these things.
IRREGULAR_PASTS = frozenset(
    """
    said told gave took went came made held kept left led met put let set saw sent sold bought
    brought thought fought taught caught sought began became broke built chose drew drove fell felt
    found flew forgot forgave got grew heard hid hit knew laid lay lent lost meant paid ran read
    rose sat shot showed shut spent spoke spread stole stood struck swore threw understood undertook
    upheld withdrew withheld withstood won wore wrote overtook overthrew cut dealt fled hung quit
    sank sang slept
    """.split()
)
# Verbs of saying, wanting and deciding: who does these is a party to something.
_PARTY_VERBS = """
    accept accuse add admit agree aim allege announce answer appeal argue ask assert assure back
    believe blame call choose cite claim complain conclude condemn confirm consider contend counter
    criticise criticize declare decline defend demand deny describe dismiss dispute doubt emphasise
    emphasize expect explain fear favour favor hope insist intend invite maintain need object offer
    oppose order own pay plan pledge point prefer present promise propose protest question refuse
    regard reject remain reply report request require respond seek see sign stress suggest support
    suspect threaten urge view vote vow want warn welcome wish
"""


def _inflect(verb: str) -> tuple[str, ...]:
    """Give a regular verb with its third person and its past."""
    if verb.endswith("y") and verb[-2] not in "aeou":
        stem = verb[:-1]
        return verb, f"{stem}ies", f"{stem}ied"
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"
    past = f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    return verb, third, past


PARTY_VERBS = frozenset(
    form for verb in _PARTY_VERBS.split() for form in _inflect(verb)
) | frozenset(
    "must say says said sought saw told tell tells planned preferred think thinks thought".split()
)
# Those of wanting alone.
WISH_VERBS = frozenset(
    form
    for verb in """
    aim ask call demand expect hope insist intend need offer plan prefer propose request require
    seek urge want wish
    """.split()
    for form in _inflect(verb)
) | frozenset("sought planned preferred".split())
# The verbs that questions have behind an auxiliary: "what did the tenants want".
BASE_VERBS = frozenset(_PARTY_VERBS.split()) | frozenset(
    """
    say think tell do get give take make go come have be feel know keep let leave lose win find
    like hate love use try help hold stop start begin end build send meet bring buy sell set show
    put run stand stay suffer gain change cause happen mean refer denote consist comprise look react
    respond act fight attack enter join break write read talk speak live work play lead allow ban
    treat fail
    """.split()
)
# Roles and occupations of people, which stand before their names or behind them, ...
TITLES = frozenset(
    """
    president vice-president minister premier chancellor king queen prince princess emperor pope
    chairman chairwoman chair director chief head leader senator congressman congresswoman deputy
    secretary spokesman spokeswoman spokesperson ambassador envoy mediator governor mayor general
    admiral colonel captain commander major lieutenant sergeant judge justice prosecutor lawyer
    professor doctor economist historian scientist biologist engineer architect author writer
    journalist editor critic founder owner manager coach trainer player pilot officer
    commissioner councillor official diplomat negotiator adviser advisor analyst executive
    ceo bishop archbishop cardinal sheikh sultan emir representative delegate co-chair
    actor actress artist baker banker builder butcher carpenter clerk composer contractor dealer
    designer developer driver farmer gardener grocer inventor lecturer librarian merchant novelist
    nurse painter philosopher photographer physician physicist chemist poet publisher researcher
    sailor sculptor servant shepherd shopkeeper singer soldier surgeon surveyor tailor teacher
    tenant trader inspector detective constable superintendent sheriff magistrate curator conductor
    umpire referee skipper astronomer botanist zoologist geographer mathematician statistician
    anthropologist mechanic electrician plumber
    """.split()
)
# ... and what further ones end in: "ironmonger", "geologist".
TITLE_ENDS = ("monger", "smith", "wright", "maker", "keeper", "grapher", "ologist", "man", "woman")
# Relatives: "Orr's sister" is not about Orr. They may be "great-", "step" or "in-law".
KIN = re.compile(
    r"(?:great-)*(?:grand|step-?|half-|god|foster-?)?"
    r"(?:father|mother|parent|son|daughter|child|brother|sister)s?(?:-in-law)?"
    r"|(?:grand|step-?)?children|wife|wives|husbands?|widow(?:er)?s?|uncles?|aunts?"
    r"|nephews?|nieces?|cousins?|twins?|fiancee?s?"
)
# What stands in the place of a name that was said: "the company", "the country".
STAND_INS = frozenset(
    """
    company firm business country state nation government team club party group organisation
    organization union side authority agency bank airline railway operator institution association
    """.split()
)
# What an opening of time is made of: "two years later", "last week".
TIME_WORDS = frozenset(
    """
    later earlier ago afterwards day days week weeks month months year years hour hours minute
    minutes decade decades century centuries morning evening night today yesterday tomorrow now then
    here there monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december spring summer autumn winter
    """.split()
)
