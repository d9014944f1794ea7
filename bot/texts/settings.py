"""What is wrong with the settings, or with how Discord is to be reached."""

from bot.texts import EnglishPlural, EnglishText

# The file.
UNREADABLE = EnglishText("{path}: can't be read: {reason}")
NO_FILE = EnglishText("it is no file")
NOT_UTF8 = EnglishText("not UTF-8")
FAULT = EnglishText("{path}:{line}:{column}: {what}")
FAULT_WITH_HINT = EnglishText("{path}:{line}:{column}: {what} ({hint})")
MORE_FAULTS = EnglishPlural(
    "{path}: {count:,} fault more is not listed", "{path}: {count:,} faults more are not listed"
)
NOT_A_MAPPING_HINT = EnglishText("for example knowledge: articles")

# Its keys and values.
UNKNOWN_KEY = EnglishText('"{key}" is not a setting')
WRONG_VALUE = EnglishText("{key}: {fault}")
NOT_ONE_VALUE = EnglishText("a single value is wanted")
NO_HOME = EnglishText('"{value}" names a home folder that there is not')
NOT_A_SHARE = EnglishText('"{value}" is not a number from 0 to 1')
NOT_A_NUMBER = EnglishText('"{value}" is not a number from {least} to {most}')
NOT_A_COUNT_OF_QUOTES = EnglishText('"{value}" is not 1, 2 or 3')
NOT_AN_ID = EnglishText('"{value}" is not an id of Discord, a number of 17 to 20 digits')
NOT_A_PATTERN = EnglishText('"{value}" is not a pattern as in a .gitignore')
NOT_A_LISTENING_ADDRESS = EnglishText(
    '"{value}" is not a port, an address and a port (127.0.0.1:8081), or off'
)
DATABASE_NEEDED = EnglishText(
    "articles_from: database needs RECORDS_URL, which says where that is, "
    "and versions that are kept"
)
NOT_A_DATABASE_URL = EnglishText(
    "it is not the address of a PostgreSQL database "
    "(postgresql+asyncpg://user:pass@host:5432/database)"
)
NOT_A_CHOICE = EnglishText('"{value}" is not one of {choices}')
NOT_A_SWITCH = EnglishText('"{value}" is not true or false')
NO_SERVERS = EnglishText("ids of servers are wanted, each with a folder")
SERVER_KEYS = EnglishText("of a server, a folder is wanted, or folders: with alone: true or false")
SERVERS_OVERLAP = EnglishText("a server's folder and another one lie in each other")
SERVERS_OVERLAP_AT = EnglishText(
    "servers: {folder} and another folder of articles lie in each other"
)
SERVERS_OVERLAP_HINT = EnglishText(
    "choose folders beside the one of knowledge, or those in it that are called servers/ID"
)
FORUM_NEEDS_CONTENT = EnglishText("forum_channels needs message_content: true")
FORUM_NEEDS_CONTENT_HINT = EnglishText("a post mentions nobody, so it can't be read without")

# Its keys, or variables of the environment.
NOT_SHARDS = EnglishText('"{value}" is no list of shards, such as 0-3,7')
SHARDS_WITHOUT_COUNT = EnglishText(
    "SHARD_IDS (or shard_ids in the settings) is set without SHARD_COUNT (or shard_count). Set it "
    "to how many shards all processes have together"
)
SHARD_BEYOND = EnglishText(
    "SHARD_IDS (or shard_ids in the settings) names shard {shard}, but SHARD_COUNT (or "
    "shard_count) is {count}: the shards are 0 to {last}. Set SHARD_COUNT to the same number for "
    "all processes"
)

# The environment.
SECRET_FILE_UNREADABLE = EnglishText("{variable}_FILE: {name} can't be read: {reason}")
EMPTY_FILE = EnglishText("it is empty")
WRONG_TOKEN = EnglishText(
    "the token holds a blank or a character that no token has: give the token alone"
)
NOT_AN_ADDRESS = EnglishText(
    "{variable}: {value} is not an address (it begins with {scheme}:// or {scheme}s://)"
)
