"""What is wrong with the records, and what may help: the two halves of a ``RecordsError``."""

from bot.texts import EnglishText

# Hints that several faults share.
USE_ANOTHER_FOLDER = EnglishText("give another folder, or keep no records (records: off)")
RESTORE = EnglishText("put it back from a backup, or move it away to begin anew")
RESTORE_UNKNOWN = EnglishText(
    "put it back from a backup, or move it away to begin anew; SQLite says {code}"
)
RESTORE_WRONG_VALUE = EnglishText(
    "put it back from a backup, or move it away to begin anew; {kind}"
)

# What SQLite or the system refuses.
DISK_FULL = EnglishText("can't be written: the disk is full")
DISK_FULL_HINT = EnglishText("make room")
DISK_FAILS = EnglishText("can't be read or written: the disk fails, or is full")
DISK_FAILS_HINT = EnglishText("see to the disk")
BUSY = EnglishText("is held by another program")
BUSY_HINT = EnglishText("wait for it to end, or end it")
OPEN_ELSEWHERE = EnglishText("the records are open in another program")
OPEN_ELSEWHERE_HINT = EnglishText("stop the bot that uses them, and wait for what puts them back")
READ_ONLY = EnglishText("can't be written")
CANNOT_OPEN = EnglishText("can't be opened")
NOT_A_DATABASE = EnglishText("is damaged or no database")
UNUSABLE = EnglishText("can't be used")
SYSTEM_REFUSES = EnglishText("can't be used: {reason}")
FOLDER_REFUSED = EnglishText("the folder can't be used: {reason}")
LATE = EnglishText("could not be used in time")
LATE_HINT = EnglishText("try again; another program may hold it, or the disk is slow")
CLOSED = EnglishText("is closed")
CLOSED_HINT = EnglishText("the program is ending")

# What a server of PostgreSQL refuses.
ADDRESS = EnglishText("the address of the records")
NO_ADDRESS = EnglishText("is no address of a PostgreSQL database")
NO_ADDRESS_HINT = EnglishText("write postgresql+asyncpg://user:pass@host:5432/database")
UNKNOWN_OPTION = EnglishText("has an option that is not known: {option}")
UNKNOWN_OPTION_HINT = EnglishText("these are: {options}")
NO_DRIVER = EnglishText("needs the package asyncpg")
NO_DRIVER_HINT = EnglishText(
    "type: pip install --no-deps --require-hashes -r requirements-postgres.txt"
)
UNREACHABLE = EnglishText("can't be reached")
UNREACHABLE_HINT = EnglishText(
    "see whether the server runs; it is used again as soon as it is there"
)
LOGIN_REFUSED = EnglishText("the server refuses the user, or the password")
LOGIN_REFUSED_HINT = EnglishText("see to RECORDS_URL, and to pg_hba.conf on the server")
NO_DATABASE = EnglishText("there is no such database")
NO_DATABASE_HINT = EnglishText("type on the server: createdb --owner=USER DATABASE")
NO_RIGHTS = EnglishText("the user may not do there what is needed")
NO_RIGHTS_HINT = EnglishText("let the user own the database")
READ_ONLY_SERVER_HINT = EnglishText("name the server that takes changes, and no standby")
CHANGED_ELSEWHERE = EnglishText("another process has changed the articles a moment ago")
CHANGED_ELSEWHERE_HINT = EnglishText("look at what is served now, and try again")
OLDER_TABLES = EnglishText("the tables are those of an older version of the program")
OLDER_TABLES_HINT = EnglishText(
    "start the bot once, which brings them up to date, or type: pg_dump"
)
TABLES_ARE_THERE = EnglishText("there are records in the database already")
TABLES_ARE_THERE_HINT = EnglishText(
    "with --replace they are moved into a schema of their own, and the backup's take their place"
)
TOO_MANY_CONNECTIONS = EnglishText("the server has no connection left")
TOO_MANY_CONNECTIONS_HINT = EnglishText("raise max_connections: each process takes up to ten")
RESTORE_SERVER = EnglishText("put the database back from a backup")
UNKNOWN_STATE = EnglishText("PostgreSQL says {code}")
STORED_KEY_IS_GONE = EnglishText("holds votes, but the key of their hashes is gone or is none")

# What is damaged.
DAMAGED = EnglishText("is damaged")
DAMAGED_VALUE = EnglishText("is damaged: {fault}")
WRONG_VALUE = EnglishText("is damaged: it holds what was not written by the program")
CLOCK_IS_NO_DAY = EnglishText("what it remembers of the clock is no day")
VOTE_WITHOUT_PASSAGE = EnglishText("a vote is on no passage")
VOTE_WITHOUT_OPINION = EnglishText("a vote says neither helpful nor not helpful")
QUESTION_CHANGED = EnglishText("a question is not as it was asked")
QUESTION_WITHOUT_TIMES = EnglishText("a question was asked no number of times")
COUNT_OF_NOTHING = EnglishText("what was counted on a day is none of what is counted")
QUESTION_WITHOUT_DAYS = EnglishText("the days of a question are none")

# What lies in the folder.
NOT_REGULAR = EnglishText("is {kind} and no regular file")
NOT_REGULAR_HINT = EnglishText(
    "move it away; for files that lie elsewhere, let the setting `records` name their folder"
)
SYMBOLIC_LINK = EnglishText("a symbolic link")
FOLDER = EnglishText("a folder")
FIFO = EnglishText("a FIFO")
SOCKET = EnglishText("a socket")
DEVICE = EnglishText("a device")
SOMETHING_ELSE = EnglishText("something else")
OTHER_PROGRAM = EnglishText("is another program's database")
OTHER_PROGRAM_HINT = EnglishText("give the records a folder of their own")
NEWER_VERSION = EnglishText("was written by a newer version of the program")
NEWER_VERSION_HINT = EnglishText("install that version again, or give another folder")

# The key.
KEY_UNREADABLE_HINT = EnglishText("see to it that it is a file of the bot's")
KEY_LENGTH = EnglishText("is not the key of the records, which has {size} bytes")
KEY_LENGTH_HINT = EnglishText(
    "put it back from a backup, or move the folder {folder} away to begin anew"
)
KEY_UNWRITABLE_HINT = EnglishText("the folder must be the bot's own")
KEY_IS_GONE = EnglishText(
    "holds votes, but their key records.key is gone, so none can be withdrawn or forgotten any more"
)
KEY_IS_GONE_HINT = EnglishText(
    "put the key back from a backup, or delete records.sqlite3 too: "
    "all votes and unanswered questions go"
)
PAIR_WITHOUT_WORDS = EnglishText("a pair of words has no words or no count")
