"""What editors are told about their files: what is wrong, and how to mend it.

One constant a kind of problem. Placeholders of ``what`` and ``hint`` are filled from the same
values. How grave a problem is, and where it stands, is decided by who reports it
(``bot.articles.problems``).
"""

from dataclasses import dataclass
from typing import Final

from bot.texts import Plural, Text

NO_HINT: Final = Text("")


@dataclass(frozen=True, slots=True)
class ProblemText:
    """What is wrong, and how to mend it; ``hint`` is empty where nothing need be done."""

    what: Text
    hint: Text = NO_HINT


# Words inside other texts.
ALTERNATIVES = Text("{others} or {last}")
SEPARATOR = Text(", ")

# A folder and the names in it.
FOLDER_UNREADABLE = ProblemText(
    Text("the folder can't be read: {reason}"),
    Text("name a folder that holds {suffixes} files"),
)
FOLDER_EMPTY = ProblemText(
    Text("the folder holds no articles"),
    Text("put {suffixes} files into it"),
)
FOLDER_NAMED_LIKE_AN_ARTICLE = ProblemText(
    Text("is a folder named like an article"),
    Text("rename it"),
)
FOLDER_TOO_DEEP = ProblemText(
    Text("lies too deep"),
    Text("move it further up"),
)
FOLDER_LINKED = ProblemText(
    Text("a linked folder is not read"),
    Text("put the files here"),
)
TOO_MANY_FILES = ProblemText(
    Text("holds more than {limit:,} articles"),
    Text("this file and all after it are left out"),
)
TOO_MANY_CHARACTERS = ProblemText(
    Text("the folder holds more than {limit:,} characters"),
    Text("this file and all after it are left out"),
)
NAME_INVISIBLE = ProblemText(
    Text("the file's name holds a character that can't be seen"),
    Text("rename it"),
)
LAST_VERSION_SERVED = ProblemText(
    Text("its last good version, that of {version}, is served since {since}"),
    Text("mend the file, or delete it"),
)
LAST_VERSION_UNFOUND = ProblemText(
    Text("its last good version, that of {version}, can't be had"),
    Text("mend the file, or reload to try again"),
)
COPY = ProblemText(
    Text("is a copy of {other} and is not served twice"),
    Text("delete one of the two"),
)
SAME_TEXT = ProblemText(
    Text("says the same as {other}, word for word; both are served"),
    Text("delete one of the two"),
)
SHARED_PASSAGES = ProblemText(
    Text("passages stand in {other} too ({count:,}, this is the first)"),
)
OTHER_DOCUMENT = ProblemText(
    Text("documents that end in {suffix} are not read ({count:,} here)"),
    Text("articles are {suffixes} files"),
)

# The editor's own thesaurus.
SYNONYMS = ProblemText(
    Text("synonyms: {fault}"),
    Text("{remedy}"),
)
UPLOAD_REFUSED = ProblemText(
    Text("{fault}"),
    Text("{remedy}"),
)
LINKS = ProblemText(
    Text("links: {fault}"),
    Text("{remedy}"),
)

# One file, before its text is parsed.
FILE_UNREADABLE = ProblemText(
    Text("can't be read: {reason}"),
    Text("put a file here that may be read"),
)
FILE_LINKED = ProblemText(
    Text("can't be read: {reason}"),
    Text("links are not followed; put the file itself here"),
)
FILE_CHANGED = ProblemText(
    Text("changed while it was read"),
    Text("reload when it is saved"),
)
FILE_NOT_REGULAR = ProblemText(
    Text("is not a regular file"),
    Text("only regular files are read"),
)
FILE_TOO_LARGE = ProblemText(
    Text("larger than {limit:,} bytes"),
    Text("split it into several articles"),
)
NO_TEXT_FILE = ProblemText(
    Text("is no text in an encoding that is known"),
    Text("save it as UTF-8 if it is a text; take it out of the folder if it is none"),
)
READ_AS_ENCODING = ProblemText(
    Text("read as {encoding}"),
    Text("save it as UTF-8 to be certain"),
)
NOT_UTF_8 = ProblemText(
    Text("not UTF-8: the byte 0x{byte:02x}; no other encoding is certain"),
    Text("save it again as UTF-8"),
)
BINARY_FILE = ProblemText(
    Text("is no text file"),
    Text("a picture, a document, an archive? Give it its own ending, or take it out of here"),
)
NUL_CHARACTER = ProblemText(
    Text("holds a NUL character"),
    Text("delete that character in a text editor"),
)
INCIDENT = ProblemText(
    Text("can't be read because of a fault in the program (incident {id})"),
    Text("tell who runs the program this number: its log says more"),
)
MORE_PROBLEMS = ProblemText(
    Text("problems that are not listed: {number:,}; the gravest of them stands here"),
    Text("mend those that are listed first"),
)

# The front matter.
HEADER_NOT_CLOSED = ProblemText(
    Text("the header is not closed; it is read up to the first blank line"),
    Text("end it with a line of three dashes: ---"),
)
HEADER_UNREADABLE = ProblemText(
    Text("the header can't be read as a whole: {reason}"),
    Text("what stands in lines of its own is taken from it"),
)
HEADER_IS_PROSE = ProblemText(
    Text("what stands between the first two rules is read as text"),
    Text("a header has `key: value` lines"),
)
KEY_TWICE = ProblemText(
    Text('the header\'s key "{key}" stands in line {first_line} already, which counts'),
    Text("take one of the two out"),
)
VALUE_READ_AS_IT_STANDS = ProblemText(
    Text('header: {key} is read as "{value}" ({reason})'),
    Text("put it in quotes"),
)
VALUE_UNREADABLE = ProblemText(
    Text("header: {key} can't be read and is left out ({reason})"),
    Text("put it in quotes"),
)
IS_DRAFT = ProblemText(
    Text("is a draft by its header and is not served"),
    Text("take `draft: true` out to serve it"),
)
VALUE_NOT_A_DATE = ProblemText(
    Text('header: "{value}" is not a date; it is left out'),
    Text("write it as 2026-11-22"),
)
VALUE_NOT_A_LANGUAGE = ProblemText(
    Text('header: "{value}" is not a language; it is left out'),
    Text("write two letters, such as en"),
)
AUDIENCE_NOT_ROLES = ProblemText(
    Text('header: the audience "{value}" names no roles, so nobody is shown this article'),
    Text("write the ids of roles: audience: [123456789012345678]"),
)
AUDIENCE_UNREAD = ProblemText(
    Text("an audience stands here and can't be read, so nobody is shown this article"),
    Text("write it into the header at the very top: audience: [123456789012345678]"),
)
AUDIENCES_UNREADABLE = ProblemText(
    Text("{fault}; nobody is shown an article that has no audience in its own header"),
    Text("write a folder and ids of roles in a line: staff: [123456789012345678]"),
)
AUDIENCES_ROLES = ProblemText(
    Text('"{folder}" has no ids of roles, so nobody is shown what lies there'),
    Text("write the ids of roles: [123456789012345678]"),
)
AUDIENCES_NO_FOLDER = ProblemText(
    Text('there is no article in the folder "{folder}"'),
    Text("write the folder as it is called, relative to this file"),
)
NO_FOLDERS = Text("no folders with roles are listed here")
VALUE_NOT_AN_ADDRESS = ProblemText(
    Text('header: "{value}" is not a web address; it is left out'),
    Text("write it in full, with https://"),
)

# The title, the headings and the sentences of any format.
NO_TEXT = ProblemText(
    Text("holds no text and is not served"),
    Text("write at least one sentence below the title"),
)
TITLE_INVISIBLE = ProblemText(
    Text("the title holds a character that can't be seen"),
    Text("type it anew"),
)
CHARACTER_INVISIBLE = ProblemText(
    Text("holds a character that can't be seen, U+{code_point:04X}"),
    Text("type the word anew"),
)
SENTENCE_LONG = ProblemText(
    Text("the sentence that begins here is longer than {limit} words and is quoted whole"),
    Text("end sentences with a full stop"),
)
HEADING_REPEATED = ProblemText(
    Text('the heading "{heading}" stands in line {first_line} already'),
    Text("give each section a name of its own"),
)

# Markdown.
CODE_NOT_CLOSED = ProblemText(
    Text("the code that begins here is never closed; all below it is read as code"),
    Text("close it with {fence}"),
)
EMBEDS_LEFT_OUT = ProblemText(
    Text("what is embedded with ![[…]] is left out ({number:,} in this file)"),
    Text("the embedded note is read where it stands"),
)
EXPRESSIONS_LEFT_OUT = ProblemText(
    Text("what a program would put here is left out ({number:,} in this file)"),
)
TOO_MUCH_MARKDOWN = ProblemText(
    Text("has too many lines for one article: from here on it is read as plain text"),
    Text("split it into several articles"),
)
PAGE_TOO_LARGE = ProblemText(
    Text("has too many elements for one page: what stands from here on is not read"),
    Text("split it into several pages"),
)
TOO_MANY_LINES = ProblemText(
    Text("has too many lines for one article: from here on they are read as running text"),
    Text("split it into several articles"),
)
TOO_MUCH_MARKUP = ProblemText(
    Text("has so much markup that some of it is read as text"),
    Text("split it into several articles"),
)
LINK_MISLEADS = ProblemText(
    Text("a link that reads {shown} leads to {target}"),
    Text("let it say where it leads"),
)
ADDRESS_UNREADABLE = Text("an address that can't be read")

# PDF and Word.
EXTRA_MISSING = ProblemText(
    Text("not read"),
    Text("install the extra: pip install 'articlebot[{extra}]'"),
)
FILE_DAMAGED = ProblemText(
    Text("can't be read as {kind}: it is damaged, or none"),
    Text("open it, and save or export it again"),
)
PDF_ENCRYPTED = ProblemText(
    Text("is protected by a password"),
    Text("save it without one"),
)
PDF_TOO_LONG = ProblemText(
    Text("has more than {limit:,} pages"),
    Text("split it into several files"),
)
PDF_TOO_COMPLEX = ProblemText(
    Text("its pages are drawn by more commands than text needs"),
    Text("export its text alone"),
)
NO_TEXT_IN_PDF = ProblemText(
    Text("holds no text"),
    Text("are its pages pictures? Let a program recognise the text, and save that"),
)
MARGINS_LEFT_OUT = ProblemText(
    Text("what stands at the top or bottom of most pages is left out ({number:,} lines)"),
)

# HTML.
NO_TEXT_ON_PAGE = ProblemText(
    Text("holds no text"),
    Text("scripts are not run: save the page as the browser shows it"),
)
HTML_LEFT_OUT = ProblemText(Text("{kind}: {parts}, {words} left out"))
HTML_PARTS = Plural("{count:,} part", "{count:,} parts")
HTML_WORDS = Plural("{count:,} word", "{count:,} words")
HTML_KINDS: Final = {
    "navigation": Text("navigation"),
    "page header": Text("the page's header"),
    "page footer": Text("the page's footer"),
    "aside": Text("beside the article"),
    "form": Text("forms and buttons"),
    "notice": Text("notices and dialogs"),
    "share": Text("links to share the page"),
    "hidden": Text("hidden"),
    "script": Text("scripts and styles"),
    "media": Text("drawings and media"),
    "reference": Text("marks of footnotes and links to headings"),
    "outside": Text("around the article"),
}

# Plain text. What is quoted here is the beginning of the line.
READ_AS_HEADING = ProblemText(
    Text('"{beginning}" is read as a heading'),
    Text("end it with a full stop if it is text"),
)
READ_AS_TITLE = ProblemText(
    Text('"{beginning}" is read as the title'),
    Text("put a blank line below it"),
)
READ_AS_TITLE_ABOVE_ANOTHER = ProblemText(
    Text('"{beginning}" is read as the title'),
    Text("take it out if the next line is the title"),
)
LEFT_OUT_ABOVE_TITLE = ProblemText(
    Text('"{beginning}" stands above the title and is left out'),
)
BYLINE_ABOVE_TITLE = ProblemText(
    Text('"{beginning}" is read as a byline or a date above the title'),
)
READ_AS_TEXT = ProblemText(
    Text('"{beginning}" is read as text'),
)
READ_AS_TEXT_BELOW_TITLE = ProblemText(
    Text('"{beginning}" between title and byline is read as text'),
)
LABELLED_LINES = ProblemText(
    Text(
        "what stands up to line {last_line} is read as title, author, date and the like,"
        " not as text"
    ),
)
