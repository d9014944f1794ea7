"""The help of the command line, and what its commands say on the standard error."""

from bot.texts import EnglishPlural, EnglishText

# The program.
DESCRIPTION = EnglishText(
    "Answers questions from a folder of articles, in the articles' own words."
)
EPILOG = EnglishText(
    "articlebot COMMAND --help tells more. Exit codes: 0 answered or fine, "
    "1 not answered, a file can't be served, a figure is too low, a backup failed or the doctor "
    "found an error, 2 wrong use."
)
COMMANDS = EnglishText("commands")
KNOWLEDGE = EnglishText("the folder of articles (default: knowledge)")
CONFIG = EnglishText("the settings (default: config.yaml, if there is one)")
JSON = EnglishText("print JSON, one object a line")

# What each command does.
CHAT = EnglishText("hold a conversation with the articles")
RUN = EnglishText("answer in Discord, until it is stopped")
ASK = EnglishText("ask one question; with --json and no question, one a line from standard input")
SUMMARY = EnglishText("sum up a section, or all, in its own sentences")
SECTIONS = EnglishText("list what the articles are divided into")
CHECK = EnglishText("say what is served of the folder, and what is wrong with it")
HEALTH = EnglishText("say how the running bot is, by its heartbeat file")
DOCTOR = EnglishText("say what keeps the bot from working, and what mends it")
EVALUATE = EnglishText("ask the questions of a file and compare what is answered")

BACKUP = EnglishText("write what the bot keeps into one file, also while it runs")
PUBLISH = EnglishText("put the articles into the records' database, for bots that share no folder")
PUBLISH_FEWER = EnglishText("publish also where far fewer files can be served than are published")
RESTORE = EnglishText("put back what a backup holds, while the bot is stopped")

# Its arguments.
ASK_QUESTION = EnglishText("the question, in quotes or not")
SUMMARY_SECTION = EnglishText("heading or number of the section")
SUMMARY_ARTICLE = EnglishText("name of the article")
SUMMARY_SENTENCES = EnglishText(
    "at most N sentences of every section "
    "(default: 3 of one section; of several, a line or two of each)"
)
CHECK_ALL = EnglishText("list every section and every problem")
CHECK_STRICT = EnglishText("exit with 1 for a warning too")
HEALTH_READY = EnglishText("exit with 1 if it is not connected to Discord, or has nothing to serve")
EVALUATE_FILES = EnglishText("questions with what is expected (YAML)")
EVALUATE_BASELINE = EnglishText("compare with what --json printed earlier")
EVALUATE_FAILURES = EnglishText("print at most N failures (default: all)")
EVALUATE_LIMITS = EnglishText(
    "what the figures must reach (0 to 1); if one does not, the exit code is 1"
)
EVALUATE_ECE = EnglishText("the expected calibration error")
BACKUP_FILE = EnglishText("the backup, written anew if it is there; - is the standard output")
RESTORE_FILE = EnglishText("a backup; - is the standard input")
RESTORE_REPLACE = EnglishText("move away the records that are there")
NOT_A_NUMBER = EnglishText("{value!r} is not a number from {least} to {most}")

# What goes wrong.
NO_QUESTION = EnglishText(
    'articlebot ask: a question is missing, such as: articlebot ask "Where did they meet?"'
)
OUTPUT_FAILED = EnglishText("articlebot: the output can't be written: {reason}")
NOT_SAVED = EnglishText("(The next start will take as long again: {reason}.)")
SOMETHING_KEPT = EnglishText("(In place of some files, their last good versions answer.)")
NO_HEARTBEAT = EnglishText(
    "There is no heartbeat file: name one with heartbeat: in the settings, "
    "or in the environment variable ARTICLEBOT_HEARTBEAT."
)
HEARTBEAT_UNREADABLE = EnglishText("not running: {path} can't be read: {reason}")
STUCK = EnglishText("not running, or stuck: the last sign of life is {seconds:,} s old")
READY = EnglishText("ready: {gateway}, answering from {articles:,} articles")
NOT_READY = EnglishText("alive, but not ready: {gateway}, {articles:,} articles")
SOMETHING_NOT_SERVED = EnglishText(
    "(Something in the folder can't be served: articlebot check tells what.)"
)

# What `publish` says.
PUBLISHED = EnglishText("published: {articles}, {passages}; version {number}")
FEWER_TO_PUBLISH = EnglishPlural(
    "nothing is published: {count} article can be served, and {published} files are published "
    "(look at `articlebot check`; --fewer publishes the less)",
    "nothing is published: {count:,} articles can be served, and {published} files are published "
    "(look at `articlebot check`; --fewer publishes the less)",
)
NO_SERVER = EnglishText("articles are published in a PostgreSQL database: name it in RECORDS_URL")
