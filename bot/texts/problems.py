"""What editors are told about their files: what is wrong, and how to mend it.

One constant a kind of problem. Placeholders of ``what`` and ``hint`` are filled from the same
values. How grave a problem is, and where it stands, is decided by who reports it
(``bot.articles.problems``).
"""

from dataclasses import dataclass
from typing import Final

from bot.texts import EnglishPlural, EnglishText, Text

NO_HINT: Final = EnglishText("")


@dataclass(frozen=True, slots=True)
class ProblemText:
    """What is wrong, and how to mend it; ``hint`` is empty where nothing need be done."""

    what: EnglishText
    hint: EnglishText = NO_HINT


# Words inside other texts.
ALTERNATIVES = EnglishText("{others} or {last}")
SEPARATOR = EnglishText(", ")

# How grave a problem is.
SEVERITIES: Final = {
    "error": Text("error"),
    "warning": Text("warning"),
    "note": Text("note"),
}

# A folder and the names in it.
FOLDER_UNREADABLE = ProblemText(
    EnglishText("the folder can't be read: {reason}"),
    EnglishText("name a folder that holds {suffixes} files"),
)
FOLDER_EMPTY = ProblemText(
    EnglishText("the folder holds no articles"),
    EnglishText("put {suffixes} files into it"),
)
FOLDER_NAMED_LIKE_AN_ARTICLE = ProblemText(
    EnglishText("is a folder named like an article"),
    EnglishText("rename it"),
)
FOLDER_TOO_DEEP = ProblemText(
    EnglishText("lies too deep"),
    EnglishText("move it further up"),
)
FOLDER_LINKED = ProblemText(
    EnglishText("a linked folder is not read"),
    EnglishText("put the files here"),
)
TOO_MANY_FILES = ProblemText(
    EnglishText("holds more than {limit:,} articles"),
    EnglishText("this file and all after it are left out"),
)
TOO_MANY_CHARACTERS = ProblemText(
    EnglishText("the folder holds more than {limit:,} characters"),
    EnglishText("this file and all after it are left out"),
)
NAME_INVISIBLE = ProblemText(
    EnglishText("the file's name holds a character that can't be seen"),
    EnglishText("rename it"),
)
LAST_VERSION_SERVED = ProblemText(
    EnglishText("its last good version, that of {version}, is served since {since}"),
    EnglishText("mend the file, or delete it"),
)
LAST_VERSION_UNFOUND = ProblemText(
    EnglishText("its last good version, that of {version}, can't be had"),
    EnglishText("mend the file, or reload to try again"),
)
COPY = ProblemText(
    EnglishText("is a copy of {other} and is not served twice"),
    EnglishText("delete one of the two"),
)
SAME_TEXT = ProblemText(
    EnglishText("says the same as {other}, word for word; both are served"),
    EnglishText("delete one of the two"),
)
SHARED_PASSAGES = ProblemText(
    EnglishText("passages stand in {other} too ({count:,}, this is the first)"),
)
# Two files of a folder have names that differ in capitals, or in how accents are stored.
NAME_ALIKE = ProblemText(
    EnglishText('is called almost like "{other}": some systems keep only one of the two'),
    EnglishText("give one of them another name"),
)
OTHER_DOCUMENT = ProblemText(
    EnglishText("documents that end in {suffix} are not read ({count:,} here)"),
    EnglishText("articles are {suffixes} files"),
)

# The editor's own thesaurus.
SYNONYMS = ProblemText(
    EnglishText("synonyms: {fault}"),
    EnglishText("{remedy}"),
)
UPLOAD_REFUSED = ProblemText(
    EnglishText("{fault}"),
    EnglishText("{remedy}"),
)
LINKS = ProblemText(
    EnglishText("links: {fault}"),
    EnglishText("{remedy}"),
)
# The editor's own questions.
QUESTIONS = ProblemText(
    EnglishText("questions: {fault}"),
    EnglishText("{remedy}"),
)

# One file, before its text is parsed.
FILE_UNREADABLE = ProblemText(
    EnglishText("can't be read: {reason}"),
    EnglishText("put a file here that may be read"),
)
FILE_LINKED = ProblemText(
    EnglishText("can't be read: {reason}"),
    EnglishText("links are not followed; put the file itself here"),
)
FILE_CHANGED = ProblemText(
    EnglishText("changed while it was read"),
    EnglishText("reload when it is saved"),
)
FILE_NOT_REGULAR = ProblemText(
    EnglishText("is not a regular file"),
    EnglishText("only regular files are read"),
)
FILE_TOO_LARGE = ProblemText(
    EnglishText("larger than {limit:,} bytes"),
    EnglishText("split it into several articles"),
)
NO_TEXT_FILE = ProblemText(
    EnglishText("is no text in an encoding that is known"),
    EnglishText("save it as UTF-8 if it is a text; take it out of the folder if it is none"),
)
READ_AS_ENCODING = ProblemText(
    EnglishText("read as {encoding}"),
    EnglishText("save it as UTF-8 to be certain"),
)
NOT_UTF_8 = ProblemText(
    EnglishText("not UTF-8: the byte 0x{byte:02x}; no other encoding is certain"),
    EnglishText("save it again as UTF-8"),
)
BINARY_FILE = ProblemText(
    EnglishText("is no text file"),
    EnglishText(
        "a picture, a document, an archive? Give it its own ending, or take it out of here"
    ),
)
NUL_CHARACTER = ProblemText(
    EnglishText("holds a NUL character"),
    EnglishText("delete that character in a text editor"),
)
INCIDENT = ProblemText(
    EnglishText("can't be read because of a fault in the program (incident {id})"),
    EnglishText("tell whoever runs the program this number: its log says more"),
)
MORE_PROBLEMS = ProblemText(
    EnglishText("problems that are not listed: {number:,}; the gravest of them stands here"),
    EnglishText("mend those that are listed first"),
)

# The front matter.
HEADER_NOT_CLOSED = ProblemText(
    EnglishText("the header is not closed; it is read up to the first blank line"),
    EnglishText("end it with a line of three dashes: ---"),
)
HEADER_UNREADABLE = ProblemText(
    EnglishText("the header can't be read as a whole: {reason}"),
    EnglishText("what stands in lines of its own is taken from it"),
)
HEADER_IS_PROSE = ProblemText(
    EnglishText("what stands between the first two rules is read as text"),
    EnglishText("a header has `key: value` lines"),
)
KEY_TWICE = ProblemText(
    EnglishText('the header\'s key "{key}" stands in line {first_line} already, which counts'),
    EnglishText("take one of the two out"),
)
VALUE_READ_AS_IT_STANDS = ProblemText(
    EnglishText('header: {key} is read as "{value}" ({reason})'),
    EnglishText("put it in quotes"),
)
VALUE_UNREADABLE = ProblemText(
    EnglishText("header: {key} can't be read and is left out ({reason})"),
    EnglishText("put it in quotes"),
)
IS_DRAFT = ProblemText(
    EnglishText("is a draft by its header and is not served"),
    EnglishText("take `draft: true` out to serve it"),
)
VALUE_NOT_A_DATE = ProblemText(
    EnglishText('header: "{value}" is not a date; it is left out'),
    EnglishText("write it as 2026-11-22"),
)
VALUE_NOT_A_LANGUAGE = ProblemText(
    EnglishText('header: "{value}" is not a language; it is left out'),
    EnglishText("write two letters, such as en"),
)
AUDIENCE_NOT_ROLES = ProblemText(
    EnglishText('header: the audience "{value}" names no roles, so nobody is shown this article'),
    EnglishText("write the ids of roles: audience: [123456789012345678]"),
)
AUDIENCE_UNREAD = ProblemText(
    EnglishText("an audience stands here and can't be read, so nobody is shown this article"),
    EnglishText("write it into the header at the very top: audience: [123456789012345678]"),
)
AUDIENCES_UNREADABLE = ProblemText(
    EnglishText("{fault}; nobody is shown an article that has no audience in its own header"),
    EnglishText("write a folder and ids of roles in a line: staff: [123456789012345678]"),
)
AUDIENCES_ROLES = ProblemText(
    EnglishText('"{folder}" has no ids of roles, so nobody is shown what lies there'),
    EnglishText("write the ids of roles: [123456789012345678]"),
)
AUDIENCES_NO_FOLDER = ProblemText(
    EnglishText('there is no article in the folder "{folder}"'),
    EnglishText("write the folder as it is called, relative to this file"),
)
AUDIENCES_TWICE = ProblemText(
    EnglishText(
        '"{folder}" stands in line {first_line} already, so nobody is shown what lies there'
    ),
    EnglishText("take one of the two out"),
)
# An editor's own file has another name than it should have.
AUDIENCES_MISNAMED = ProblemText(
    EnglishText(
        "is not read under this name, so nobody is shown an article that has no audience in its "
        "own header"
    ),
    EnglishText("rename it to {name}"),
)
AUDIENCES_MISPLACED = ProblemText(
    EnglishText("is not read in a sub-folder, so nobody is shown what lies there"),
    EnglishText("move its lines into {name} in the folder of the articles, and delete it"),
)
EDITOR_FILE_MISNAMED = ProblemText(
    EnglishText("is not read under this name"),
    EnglishText("rename it to {name}"),
)
NO_FOLDERS = EnglishText("no folders with roles are listed here")
VALUE_NOT_AN_ADDRESS = ProblemText(
    EnglishText('header: "{value}" is not a web address; it is left out'),
    EnglishText("write it in full, with https://"),
)

# The title, the headings and the sentences of any format.
NO_TEXT = ProblemText(
    EnglishText("holds no text and is not served"),
    EnglishText("write at least one sentence below the title"),
)
TITLE_INVISIBLE = ProblemText(
    EnglishText("the title holds a character that can't be seen"),
    EnglishText("type it anew"),
)
CHARACTER_INVISIBLE = ProblemText(
    EnglishText("holds a character that can't be seen, U+{code_point:04X}"),
    EnglishText("type the word anew"),
)
SENTENCE_LONG = ProblemText(
    EnglishText("the sentence that begins here is longer than {limit} words and is quoted whole"),
    EnglishText("end sentences with a full stop"),
)
HEADING_REPEATED = ProblemText(
    EnglishText('the heading "{heading}" stands in line {first_line} already'),
    EnglishText("give each section a name of its own"),
)

# HTML, also inside Markdown. What begins is a tag, or the mark of a comment.
HTML_NOT_CLOSED = ProblemText(
    EnglishText("{opening} begins here and is never closed; all to line {last:,} is left out"),
    EnglishText("close it with {closing}, or take it out"),
)
HTML_NOT_CLOSED_READ = ProblemText(
    EnglishText(
        "{opening} begins here and is never closed; to line {last:,} nothing is read as a heading"
    ),
    EnglishText("close it with {closing}, or take it out"),
)

# Markdown.
CODE_NOT_CLOSED = ProblemText(
    EnglishText("the code that begins here is never closed; all below it is read as code"),
    EnglishText("close it with {fence}"),
)
EMBEDS_LEFT_OUT = ProblemText(
    EnglishText("what is embedded with ![[…]] is left out ({number:,} in this file)"),
    EnglishText("the embedded note is read where it stands"),
)
EXPRESSIONS_LEFT_OUT = ProblemText(
    EnglishText("what a program would put here is left out ({number:,} in this file)"),
)
TOO_MUCH_MARKDOWN = ProblemText(
    EnglishText("has too many lines for one article: from here on it is read as plain text"),
    EnglishText("split it into several articles"),
)
PAGE_TOO_LARGE = ProblemText(
    EnglishText("has too many elements for one page: what stands from here on is not read"),
    EnglishText("split it into several pages"),
)
TOO_MANY_LINES = ProblemText(
    EnglishText("has too many lines for one article: from here on they are read as running text"),
    EnglishText("split it into several articles"),
)
TOO_MUCH_MARKUP = ProblemText(
    EnglishText("has so much markup that some of it is read as text"),
    EnglishText("split it into several articles"),
)
LINK_MISLEADS = ProblemText(
    EnglishText("a link that reads {shown} leads to {target}"),
    EnglishText("let it say where it leads"),
)
ADDRESS_UNREADABLE = EnglishText("an address that can't be read")

# PDF and Word.
EXTRA_MISSING = ProblemText(
    EnglishText("not read"),
    EnglishText("install the extra: pip install 'articlebot[{extra}]'"),
)
FILE_DAMAGED = ProblemText(
    EnglishText("can't be read as {kind}: it is damaged, or none"),
    EnglishText("open it, and save or export it again"),
)
PDF_ENCRYPTED = ProblemText(
    EnglishText("is protected by a password"),
    EnglishText("save it without one"),
)
PDF_TOO_LONG = ProblemText(
    EnglishText("has more than {limit:,} pages"),
    EnglishText("split it into several files"),
)
PDF_TOO_COMPLEX = ProblemText(
    EnglishText("its pages are drawn by more commands than text needs"),
    EnglishText("export its text alone"),
)
NO_TEXT_IN_PDF = ProblemText(
    EnglishText("holds no text"),
    EnglishText("are its pages pictures? Let a program recognise the text, and save that"),
)
MARGINS_LEFT_OUT = ProblemText(
    EnglishText("what stands at the top or bottom of most pages is left out ({number:,} lines)"),
)

# HTML.
NO_TEXT_ON_PAGE = ProblemText(
    EnglishText("holds no text"),
    EnglishText("scripts are not run: save the page as the browser shows it"),
)
HTML_LEFT_OUT = ProblemText(EnglishText("{kind}: {parts}, {words} left out"))
HTML_PARTS = EnglishPlural("{count:,} part", "{count:,} parts")
HTML_WORDS = EnglishPlural("{count:,} word", "{count:,} words")
HTML_KINDS: Final = {
    "navigation": EnglishText("navigation"),
    "page header": EnglishText("the page's header"),
    "page footer": EnglishText("the page's footer"),
    "aside": EnglishText("beside the article"),
    "form": EnglishText("forms and buttons"),
    "notice": EnglishText("notices and dialogs"),
    "share": EnglishText("links to share the page"),
    "hidden": EnglishText("hidden"),
    "script": EnglishText("scripts and styles"),
    "media": EnglishText("drawings and media"),
    "reference": EnglishText("marks of footnotes and links to headings"),
    "outside": EnglishText("around the article"),
}

# Plain text. What is quoted here is the beginning of the line.
READ_AS_HEADING = ProblemText(
    EnglishText('"{beginning}" is read as a heading'),
    EnglishText("end it with a full stop if it is text"),
)
READ_AS_TITLE = ProblemText(
    EnglishText('"{beginning}" is read as the title'),
    EnglishText("put a blank line below it"),
)
READ_AS_TITLE_ABOVE_ANOTHER = ProblemText(
    EnglishText('"{beginning}" is read as the title'),
    EnglishText("take it out if the next line is the title"),
)
LEFT_OUT_ABOVE_TITLE = ProblemText(
    EnglishText('"{beginning}" stands above the title and is left out'),
)
BYLINE_ABOVE_TITLE = ProblemText(
    EnglishText('"{beginning}" is read as a byline or a date above the title'),
)
READ_AS_TEXT = ProblemText(
    EnglishText('"{beginning}" is read as text'),
)
READ_AS_TEXT_BELOW_TITLE = ProblemText(
    EnglishText('"{beginning}" between title and byline is read as text'),
)
LABELLED_LINES = ProblemText(
    EnglishText(
        "what stands up to line {last_line} is read as title, author, date and the like,"
        " not as text"
    ),
)
