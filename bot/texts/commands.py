"""The help of the command line, and what its commands say on the standard error."""

from bot.texts import Text

# The program.
DESCRIPTION = Text("Answers questions from a folder of articles, in the articles' own words.")
EPILOG = Text(
    "articlebot COMMAND --help tells more. Exit codes: 0 answered or fine, "
    "1 not answered, a file can't be served, a figure is too low, a backup failed or the doctor "
    "found an error, 2 wrong use."
)
COMMANDS = Text("commands")
KNOWLEDGE = Text("the folder of articles (default: knowledge)")
CONFIG = Text("the settings (default: config.yaml, if there is one)")
JSON = Text("print JSON, one object a line")

# What each command does.
CHAT = Text("hold a conversation with the articles")
RUN = Text("answer in Discord, until it is stopped")
ASK = Text("ask one question; with --json and no question, one a line from standard input")
SUMMARY = Text("sum up a section, or all, in its own sentences")
SECTIONS = Text("list what the articles are divided into")
CHECK = Text("say what is served of the folder, and what is wrong with it")
HEALTH = Text("say how the running bot is, by its heartbeat file")
DOCTOR = Text("say what keeps the bot from working, and what mends it")
EVALUATE = Text("ask the questions of a file and compare what is answered")

BACKUP = Text("write what the bot keeps into one file, also while it runs")
RESTORE = Text("put back what a backup holds, while the bot is stopped")

# Its arguments.
ASK_QUESTION = Text("the question, in quotes or not")
SUMMARY_SECTION = Text("heading or number of the section")
SUMMARY_ARTICLE = Text("name of the article")
SUMMARY_SENTENCES = Text(
    "at most N sentences of every section "
    "(default: 3 of one section; of several, a line or two of each)"
)
CHECK_ALL = Text("list every section and every problem")
CHECK_STRICT = Text("exit with 1 for a warning too")
HEALTH_READY = Text("exit with 1 if it is not connected to Discord, or has nothing to serve")
EVALUATE_FILES = Text("questions with what is expected (YAML)")
EVALUATE_BASELINE = Text("compare with what --json printed earlier")
EVALUATE_FAILURES = Text("print at most N failures (default: all)")
EVALUATE_LIMITS = Text("what the figures must reach (0 to 1); if one does not, the exit code is 1")
EVALUATE_ECE = Text("the expected calibration error")
BACKUP_FILE = Text("the backup, written anew if it is there; - is the standard output")
RESTORE_FILE = Text("a backup; - is the standard input")
RESTORE_REPLACE = Text("move away the records that are there")
NOT_A_NUMBER = Text("{value!r} is not a number from {least} to {most}")

# What goes wrong.
NO_QUESTION = Text(
    'articlebot ask: a question is missing, such as: articlebot ask "Where did they meet?"'
)
OUTPUT_FAILED = Text("articlebot: the output can't be written: {reason}")
NOT_SAVED = Text("(The next start will take as long again: {reason}.)")
SOMETHING_KEPT = Text("(In place of some files, their last good versions answer.)")
NO_HEARTBEAT = Text(
    "There is no heartbeat file: name one with heartbeat: in the settings, "
    "or in the environment variable ARTICLEBOT_HEARTBEAT."
)
HEARTBEAT_UNREADABLE = Text("not running: {path} can't be read: {reason}")
STUCK = Text("not running, or stuck: the last sign of life is {seconds:,} s old")
READY = Text("ready: {gateway}, answering from {articles:,} articles")
NOT_READY = Text("alive, but not ready: {gateway}, {articles:,} articles")
SOMETHING_NOT_SERVED = Text(
    "(Something in the folder can't be served: articlebot check tells what.)"
)
