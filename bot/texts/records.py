"""What is wrong with the records, and what may help: the two halves of a ``RecordsError``."""

from bot.texts import Text

# Hints that several faults share.
USE_ANOTHER_FOLDER = Text("give another folder, or keep no records (records: off)")
RESTORE = Text("put it back from a backup, or move it away to begin anew")
RESTORE_UNKNOWN = Text(
    "put it back from a backup, or move it away to begin anew; SQLite says {code}"
)
RESTORE_WRONG_VALUE = Text("put it back from a backup, or move it away to begin anew; {kind}")

# What SQLite or the system refuses.
DISK_FULL = Text("can't be written: the disk is full")
DISK_FULL_HINT = Text("make room")
DISK_FAILS = Text("can't be read or written: the disk fails, or is full")
DISK_FAILS_HINT = Text("see to the disk")
BUSY = Text("is held by another program")
BUSY_HINT = Text("wait for it to end, or end it")
OPEN_ELSEWHERE = Text("the records are open in another program")
OPEN_ELSEWHERE_HINT = Text("stop the bot that uses them, and wait for what puts them back")
READ_ONLY = Text("can't be written")
CANNOT_OPEN = Text("can't be opened")
NOT_A_DATABASE = Text("is damaged or no database")
UNUSABLE = Text("can't be used")
SYSTEM_REFUSES = Text("can't be used: {reason}")
FOLDER_REFUSED = Text("the folder can't be used: {reason}")
LATE = Text("could not be used in time")
LATE_HINT = Text("try again; another program may hold it, or the disk is slow")
CLOSED = Text("is closed")
CLOSED_HINT = Text("the program is ending")

# What a server of PostgreSQL refuses.
ADDRESS = Text("the address of the records")
NO_ADDRESS = Text("is no address of a PostgreSQL database")
NO_ADDRESS_HINT = Text("write postgresql+asyncpg://user:pass@host:5432/database")
UNKNOWN_OPTION = Text("has an option that is not known: {option}")
UNKNOWN_OPTION_HINT = Text("these are: {options}")
NO_DRIVER = Text("needs the package asyncpg")
NO_DRIVER_HINT = Text("type: pip install --no-deps --require-hashes -r requirements-postgres.txt")
UNREACHABLE = Text("can't be reached")
UNREACHABLE_HINT = Text("see whether the server runs; it is used again as soon as it is there")
LOGIN_REFUSED = Text("the server refuses the user, or the password")
LOGIN_REFUSED_HINT = Text("see to RECORDS_URL, and to pg_hba.conf on the server")
NO_DATABASE = Text("there is no such database")
NO_DATABASE_HINT = Text("type on the server: createdb --owner=USER DATABASE")
NO_RIGHTS = Text("the user may not do there what is needed")
NO_RIGHTS_HINT = Text("let the user own the database")
READ_ONLY_SERVER_HINT = Text("name the server that takes changes, and no standby")
OLDER_TABLES = Text("the tables are those of an older version of the program")
OLDER_TABLES_HINT = Text("start the bot once, which brings them up to date, or type: pg_dump")
TABLES_ARE_THERE = Text("there are records in the database already")
TABLES_ARE_THERE_HINT = Text(
    "with --replace they are moved into a schema of their own, and the backup's take their place"
)
TOO_MANY_CONNECTIONS = Text("the server has no connection left")
TOO_MANY_CONNECTIONS_HINT = Text("raise max_connections: each process takes up to ten")
RESTORE_SERVER = Text("put the database back from a backup")
UNKNOWN_STATE = Text("PostgreSQL says {code}")
STORED_KEY_IS_GONE = Text("holds votes, but the key of their hashes is gone or is none")

# What is damaged.
DAMAGED = Text("is damaged")
DAMAGED_VALUE = Text("is damaged: {fault}")
WRONG_VALUE = Text("is damaged: it holds what was not written by the program")
CLOCK_IS_NO_DAY = Text("what it remembers of the clock is no day")
VOTE_WITHOUT_PASSAGE = Text("a vote is on no passage")
VOTE_WITHOUT_OPINION = Text("a vote says neither helpful nor not helpful")
QUESTION_CHANGED = Text("a question is not as it was asked")
QUESTION_WITHOUT_TIMES = Text("a question was asked no number of times")
COUNT_OF_NOTHING = Text("what was counted on a day is none of what is counted")
QUESTION_WITHOUT_DAYS = Text("the days of a question are none")

# What lies in the folder.
NOT_REGULAR = Text("is {kind} and no regular file")
NOT_REGULAR_HINT = Text(
    "move it away; for files that lie elsewhere, let the setting `records` name their folder"
)
SYMBOLIC_LINK = Text("a symbolic link")
FOLDER = Text("a folder")
FIFO = Text("a FIFO")
SOCKET = Text("a socket")
DEVICE = Text("a device")
SOMETHING_ELSE = Text("something else")
OTHER_PROGRAM = Text("is another program's database")
OTHER_PROGRAM_HINT = Text("give the records a folder of their own")
NEWER_VERSION = Text("was written by a newer version of the program")
NEWER_VERSION_HINT = Text("install that version again, or give another folder")

# The key.
KEY_UNREADABLE_HINT = Text("see to it that it is a file of the bot's")
KEY_LENGTH = Text("is not the key of the records, which has {size} bytes")
KEY_LENGTH_HINT = Text("put it back from a backup, or move the folder {folder} away to begin anew")
KEY_UNWRITABLE_HINT = Text("the folder must be the bot's own")
KEY_IS_GONE = Text(
    "holds votes, but their key records.key is gone, so none can be withdrawn or forgotten any more"
)
KEY_IS_GONE_HINT = Text(
    "put the key back from a backup, or delete records.sqlite3 too: "
    "all votes and unanswered questions go"
)
PAIR_WITHOUT_WORDS = "a pair of words has no words or no count"
