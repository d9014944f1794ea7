"""What is said when articles are changed: in the log, on a terminal, in Discord."""

from typing import Final

from bot.texts import EnglishText, Plural, Text

CANNOT_WRITE = Text("{file} can't be written: {reason}")
NOT_A_FILE = Text("something else than a file has this name")

NAME_EMPTY = EnglishText("the name is empty or begins with a dot, a hyphen or a tilde")
NAME_UNSAFE = EnglishText("the name has characters that not every disk can hold")
NAME_TOO_LONG = EnglishText("the name is longer than {most} bytes")
NAME_OF_NO_ARTICLE = EnglishText("this is no kind of file that is read")
KINDS_OF_FILES = EnglishText("these are: {suffixes}")
NAME_IGNORED = EnglishText("files of this name are ignored")
GIVE_ANOTHER_NAME = EnglishText("give the file another name")

NO_VERSIONS = Text("no versions of the articles are kept, so nothing could be undone")
SET_VERSIONS = Text("set `versions:` in the settings")
NOTHING_TO_CHANGE = Text("that is how it is already")
NO_REVISION = Text("version {number} is not kept")
VERSION_GONE = Text("the earlier version of {file} is not kept any more")
NOT_SERVED = Text("what this would make of the articles can't be served")
NOT_CONFIRMED = Text("this has to be confirmed")
CHANGED_SINCE = Text("{file} has been changed since; look at it again")
READ_ONLY_HINT = Text("let the bot write in the folder of the articles; docs/operating.md says how")

# The editor's own questions.
QUESTIONS_NOT_UTF8 = Text("questions.yaml is not in UTF-8")
QUESTIONS_SPOILT = Text("questions.yaml can't be read: line {fault}")
QUESTIONS_NOT_IN_LINES = Text(
    "in questions.yaml the list of questions is written so that nothing can be added; "
    "begin each question on a line of its own, with a hyphen"
)
QUESTION_THERE_ALREADY = Text("that question is in questions.yaml already, in line {line}")
QUESTION_FOLLOWS_UP = Text("that question follows up another one; alone it asks something else")
QUESTION_CUT = Text("that question is too long to stand whole on its card")
FOR_EDITORS = Text("Good or wrong?")
JUDGE_HEAD = Text(
    "### Was that the right answer?\nThe question goes into `questions.yaml` with what is right. "
    "Before every later change of the articles I ask it, and say if it would be answered worse."
)
ANSWER_NOW = Text("Quoted now, from {place}:\n> {sentence}")
SUMMARY_NOW = Text("Answered now with a summary: {name}")
FACT_NOW = Text("Told now about articles:\n> {fact}")
SUMMARY_OF = Text("Summary: {name}")
REFUSED_NOW = Text("Refused now: I say that the articles do not answer it.")
RIGHT_TO_REFUSE = Text("Right to refuse")
WRONG_TO_REFUSE = Text("Wrong to refuse: what answers it?")
GOOD_ANSWER = Text("Good answer")
WRONG_ANSWER = Text("Wrong answer: what is right?")
NOT_ANSWERED = Text("The articles do not answer it")
NOT_ANSWERED_DESCRIPTION = Text("It should be said that they do not")
QUESTION_ADDED = Text("### Noted in `questions.yaml`\n-# This is version {number}.")

# Cards that editors see.
PROPOSAL_HEAD = Plural(
    "### What this would do\n-# {count} file; nothing has changed yet.",
    "### What this would do\n-# {count} files; nothing has changed yet.",
)
ALSO_CHANGED = Text("**Changed in the folder meanwhile**, and served with it: {names}")
FILE_UNDERSTOOD = Text("**{title}** · `{file}`\n-# {facts} · {sections}, {passages}")
# Of an article that not everybody may read; ``roles`` are mentions.
FILE_FOR = Text("-# Only for {roles}.")
FILE_FOR_NOBODY = Text("-# Nobody may read it; see below why.")
FILE_NOT_SERVED = Text("`{file}` would not be served; see below why.")
FILE_READ = Text("`{file}` would be written.")
FILE_TAKEN_OUT = Text("`{file}` would be taken out.")
FILE_CALLED = Text("`{before}` would be called `{after}`.")
SECTION_BEGINS = Text("- {heading}: {words}")
SAME_SECTIONS = Text("-# No section would change.")
SERVED_THEN = Text("Served now: {before}. Then: {after}.")
ANSWERED_THEN = Text("“{question}” would be answered from {place}.")
NOT_ANSWERED_THEN = Text("**“{question}” would still not be answered.**")
QUESTIONS_KEPT = Plural(
    "Your question of `questions.yaml` is answered as well as before.",
    "All {count} questions of `questions.yaml` are answered as well as before.",
)
QUESTIONS_LOST = Plural(
    "**{count} question of `questions.yaml` would be answered worse:**",
    "**{count} questions of `questions.yaml` would be answered worse:**",
)
REFUSED_THEN = Text("**Beware: {why}.**")
PUT_IN = Text("Put it in")
# What the same button says of other changes, by what makes them.
DO_IT: Final = {
    "remove": Text("Take it out"),
    "rename": Text("Rename it"),
    "rollback": Text("Go back"),
}
SERVE_ANYWAY = Text("Serve it anyway")
DISCARD = Text("Discard")
DISCARDED = Text("Discarded; nothing has changed.")
CHANGE_MADE = Text("### Done\nServed now: {articles}, {passages}.")
IS_VERSION = Text("-# This is version {number}; `/kb history` lists the earlier ones.")
UNDO = Text("Undo this")
NO_HISTORY = Text("Nothing has changed since versions are kept.")
HISTORY = Plural("### The last version", "### The last {count} versions")
REVISION = Text(
    "**{number}** · {action} · <t:{at}:f>\n{files}\n-# {articles}, {passages} · {problems}"
)
PROBLEMS_THEN = Plural("{count:,} problem", "{count:,} problems")
NO_PROBLEMS = Text("no problems")
BACK_TO = Text("Back to {number}")
BY = Text("{action} by <@{user}>")
ACTIONS: Final = {
    "folder": Text("changed in the folder"),
    "upload": Text("put in"),
    "edit": Text("edited"),
    "remove": Text("taken out"),
    "rename": Text("renamed"),
    "rollback": Text("gone back"),
    "synonyms": Text("synonyms"),
    "link": Text("linked questions"),
    "answer": Text("kept as an answer"),
    "answer_back": Text("kept answer taken back"),
}
# In the log channel.
FILES_NOT_NAMED = Text("Which files, `/kb history` says: not everybody may read all articles.")
RELOADED_BY = Text("The articles were read again, by <@{user}>.")
AT_START = Text("Changed before the bot started, and not told yet:")
PREVIEW_GONE = Text("I no longer have what this showed. Do it again from the start.")
CANNOT_CHANGE = Text("Nothing was changed: {why}.")
EDITORS_ONLY = Text(
    "This changes the articles: it is for the bot's owner, and for those whom `admin_users` and "
    "`admin_roles` in its settings name."
)

# Commands.
UPLOAD_COMMAND = Text("Put articles in: first I show what I understand of them")
UPLOAD_TITLE = Text("Put articles in")
UPLOAD_LABEL = Text("Files")
UPLOAD_DESCRIPTION = Text("At most ten. A file of the same name becomes a new version.")
REMOVE_COMMAND = Text("Take an article out: first I show what would be missing")
REMOVE_ARTICLE_OPTION = Text("Which article")
RENAME_COMMAND = Text("Give the file of an article another name")
RENAME_NAME_OPTION = Text("The new name, such as tea.md")
FOLDER_STAYS = Text("The file stays in its folder: “{folder}” in the new name was left out.")
HISTORY_COMMAND = Text("The last versions of the articles: who changed what, and when")
ROLLBACK_COMMAND = Text("Go back to an earlier version: first I show what that would change")
ROLLBACK_NUMBER_OPTION = Text("The number of the version, as in /kb history")
EXPORT_COMMAND = Text("All files of the articles, packed")
EXPORTED = Plural(
    "### The files that are served\n{count:,} file, packed. Unpacked into the bot's folder, it "
    "serves the same.",
    "### The files that are served\n{count:,} files, packed. Unpacked into the bot's folder, they "
    "serve the same.",
)
EXPORT_IN_PARTS = Plural(
    "-# Discord takes no larger file here: {count} zip, which opens by itself.",
    "-# Discord takes no larger files here: {count} zips, each of which opens by itself.",
)
NOT_EXPORTED = Plural(
    "**Left out**, as it is too large or can't be read: {files}",
    "**Left out**, as they are too large or can't be read: {files}",
)
NOTHING_TO_EXPORT = Text("No article is served, so there is nothing to pack.")
ADD_MENU = Text("Add to the articles")
NOTHING_TO_ADD = Text(
    "That message has neither files nor a text of more than {least} characters to add."
)
CANNOT_FETCH = EnglishText("could not be fetched from Discord")
TRY_AGAIN = EnglishText("try again")
SAME_NAME_TWICE = EnglishText("another one of these files has the same name")
NOT_TAKEN = Text("### Nothing was changed\nMend this, and hand all files in again:")
NO_FILE = Text("there is no file {file} any more")
NAME_TAKEN = Text("there is a file {file} already")
NO_TEXT_TO_EDIT = Text(
    "the text was taken out of this file, which can't be written; upload a new one"
)
OTHER_HEADER = Text(
    "the header of this file is no YAML between two lines of `---`; upload the edited file"
)
FIELD_NOT_TAKEN = Text("“{field}” can't be “{value}”")
NO_SECTION_TO_EDIT = Text("this section can't be edited by itself; upload the edited file")

EDIT_COMMAND = Text("Edit what an article says of itself, or the text of a section")
EDIT_SECTION_OPTION = Text("The text of which section (left out: title, date, source and so on)")
FIELD_LABELS: Final = {
    "title": Text("Title"),
    "date": Text("Date"),
    "source": Text("Source"),
    "aliases": Text("Other names"),
    "language": Text("Language"),
}
FIELD_HINTS: Final = {
    "title": Text("What the article is called on cards"),
    "date": Text("Such as 2026-11-29, 2026-11 or 2026"),
    "source": Text("The address of the page it is from, with https://"),
    "aliases": Text("What members call it, with commas in between"),
    "language": Text("Two letters, such as en or uk"),
}
TEXT_LABEL = Text("The text of the section")
SECTION_TOO_LONG = Text(
    "This section has more than {most:,} characters, which no window takes. Here is the file: edit "
    "it, and hand it in with `/kb upload`."
)
WINDOW_OUTDATED = Text(
    "the article has been changed since the window was opened; what you typed would take the place "
    "of what stands there now"
)
OPEN_AGAIN = Text("Open it again with what I typed")

COMPARE_OPTION = Text("Show what this version changed")
COMPARE_SINCE_OPTION = Text("… and all since this earlier one")
DIFFERENCE = Text("### From version {earlier} to {later}")
CANNOT_COMPARE = Text("I can't compare them: {why}.")
TOO_LONG_TO_COMPARE = Text("{file}: too long to compare line by line ({old} and {new} lines)\n")
CANNOT_ADD_TO = Text("nothing can be added to {file} as it is written; upload the edited file")
NO_SECTION_TO_ADD = Text(
    "sections are added to Markdown files alone; leave the article empty to make a new one"
)
NOT_UTF8 = Text("{file} is not UTF-8; upload it anew")

FILE_ADDED = Text("new:")
FILE_CHANGED = Text("changed:")
FILE_REMOVED = Text("gone:")
FILE_RENAMED = Text("renamed: `{before}` → `{after}`")
