"""What the doctor says: what each check found, and what mends it."""

from typing import Final

from bot.texts import Plural, Text

# Checks, by their names in the JSON.
NAMES: Final = {
    "program": Text("Program"),
    "settings": Text("Settings"),
    "articles": Text("Articles"),
    "editing": Text("Changes from Discord"),
    "index": Text("Saved index"),
    "model": Text("Meaning"),
    "records": Text("Records"),
    "versions": Text("Versions"),
    "disk": Text("Disk"),
    "discord": Text("Discord"),
    "token": Text("Token"),
    "clock": Text("Clock"),
    "application": Text("Application"),
    "intents": Text("Intents"),
    "install_link": Text("Install link"),
    "sessions": Text("Sessions"),
    "servers": Text("Servers"),
    "home_server": Text("Home server"),
    "thread_channels": Text("Channel for threads"),
    "forum_channels": Text("Forum"),
    "log_channel": Text("Log channel"),
}

# This machine.
PROGRAM = Text("articlebot {version}, Python {python}, discord.py {discord}")
SETTINGS_READ = Text("understood")
SETTINGS_CURE = Text("mend that line; config.example.yaml explains every setting")
NEEDS_SETTINGS = Text("not checked: the settings can't be read")
SERVED = Text("{articles}, {passages} are served from {folder}")
NOTHING_SERVED = Text("nothing is served from {folder}")
NOTHING_SERVED_CURE = Text(
    "put articles there, or name another folder with knowledge: or --knowledge"
)
FILES_FAULTY = Plural(
    "{count:,} error in the folder, the first is {first}",
    "{count:,} errors in the folder, the first is {first}",
)
FILES_ODD = Plural(
    "{count:,} warning about the folder, the first is {first}",
    "{count:,} warnings about the folder, the first is {first}",
)
FILES_CURE = Text("`articlebot check` tells what to do about each, `/kb status` too")
NO_FOLDER = Text("not checked: there is no {folder}")
EDITABLE = Text("the folder can be written, and what is changed can be undone")
OFF = Text("off")
FOLDER_FINE = Text("kept in {folder}")
SERVER_FINE = Text("PostgreSQL {version} at {place}: {tables}")
TABLES: Final = {
    "none": Text("its tables are made at the next start"),
    "older": Text("its tables are brought up to date at the next start"),
    "current": Text("its tables are those of this version"),
}
FOLDER_UNWRITABLE = Text("{folder} can't be written: {reason}")
FOLDER_CURE = Text("let the user who runs the bot write there, or set {setting}: to another folder")
INDEX_CURE = Text("let it write there, or make room; nothing else depends on it")
MODEL_CURE = Text("docs/meaning.md says how a model is installed; model: off does without")
VERSIONS_CURE = Text("use the newest program, or move the folder away to begin anew")
ROOM = Text("{megabytes:,} MB are free where {folder} lies")
ROOM_CURE = Text("delete what is not needed there, or move the folder to a larger disk")

# Discord.
NO_TOKEN = Text("there is none here, so Discord is not asked")
NO_TOKEN_CURE = Text(
    "put the token into the environment variable DISCORD_TOKEN, or name its file in "
    "DISCORD_TOKEN_FILE, as for `articlebot run`"
)
TOKEN_CURE = Text("press “Reset Token” on the application's page “Bot”, and give the new one alone")
TOKEN_UNKNOWN = Text("Discord does not know it")
TOKEN_KNOWN = Text("it is that of {name} ({id})")
REACHABLE = Text("it answers")
UNREACHABLE = Text("it can't be reached: {reason}")
STOPPED = Text("it stopped answering: {reason}")
NOT_ASKED = Text("not checked: Discord does not answer")
UNREACHABLE_CURE = Text(
    "see whether this machine may open https://discord.com, and whether "
    "https://discordstatus.com reports a fault"
)
REFUSED = Text("Discord answers with {status}")
REFUSED_CURE = Text("try again in some minutes; https://discordstatus.com reports faults")
SESSIONS = Plural(
    "{remaining:,} of {total:,} may still be begun today; {count} shard is recommended",
    "{remaining:,} of {total:,} may still be begun today; {count:,} shards are recommended",
)
FEW_SESSIONS = Plural(
    "only {count} may still be begun today", "only {count:,} may still be begun today"
)
FEW_SESSIONS_CURE = Plural(
    "do not restart the bot for {count} hour; then there are new ones",
    "do not restart the bot for {count:,} hours; then there are new ones",
)
FEW_SHARDS = Plural(
    "there is {count} shard, and Discord recommends {recommended:,}",
    "there are {count:,} shards, and Discord recommends {recommended:,}",
)
FEW_SHARDS_CURE = Text(
    "set SHARD_COUNT (or shard_count) to {count:,} for all processes and share SHARD_IDS out anew, "
    "or leave both out where one process has all shards"
)
RATE_LIMITED = Text("it asks to be left alone for {seconds:.0f} s")
NEEDS_TOKEN = Text("not asked: it needs a token that Discord knows")
CLOCK_RIGHT = Text("right to {seconds:.0f} s")
CLOCK_WRONG = Plural("{count:,} second {way}", "{count:,} seconds {way}")
AHEAD = Text("ahead of Discord's")
BEHIND = Text("behind Discord's")
CLOCK_CURE = Text(
    "let the system set it: `timedatectl set-ntp true` on Linux, “Set time automatically” elsewhere"
)
OWNED = Text("{name}, owned by {owner}")
TEAM = Text("a team of {count}")
HAS_ENDPOINT = Text("its interactions are sent to {url}, so the bot never gets them")
HAS_ENDPOINT_CURE = Text(
    "empty “Interactions Endpoint URL” on the application's page “General Information”"
)
NO_INTENT_NEEDED = Text("no privileged intent is asked for")
INTENT_GIVEN = Text("the Message Content Intent is switched on, as message_content wants")
INTENT_MISSING = Text("message_content is true, and the Message Content Intent is off")
INTENT_CURE = Text(
    "switch on “Message Content Intent” on the application's page “Bot”, or set message_content: "
    "false"
)
INVITE = Text("invite the bot with {url}")
CODE_GRANT = Text("no link installs the bot, because it requires a code grant")
CODE_GRANT_CURE = Text("switch off “Requires OAuth2 Code Grant” on the application's page “Bot”")
LINK_LACKS = Text("Discord's own link installs the bot without {lacking}")
LINK_CURE = Text(
    "add that on the application's page “Installation”, under “Default Install Settings” for "
    "servers; or hand out {url}"
)
IN_SERVERS = Plural("the bot is in {count:,} server", "the bot is in {count:,} servers")
IN_MANY_SERVERS = Plural(
    "the bot is in {count:,} server or more", "the bot is in {count:,} servers or more"
)
IN_NO_SERVER = Text("the bot is in no server")
INVITE_CURE = Text("open {url} and choose a server")
HOME_KNOWN = Text("{name}")
HOME_UNKNOWN = Text("home_server {id} is none of the bot's servers")
HOME_CURE = Text("set home_server: to the id of a server that the bot is in")
NO_CHANNEL = Text("there is no channel {id}")
NO_CHANNEL_CURE = Text(
    "copy the channel's id (User Settings › Advanced › Developer Mode, then the channel's menu) "
    "into {setting}:"
)
CHANNEL_HIDDEN = Text("the bot does not see the channel {id}")
CHANNEL_HIDDEN_CURE = Text(
    "let the bot's role have “View Channel” in that channel's settings, or invite the bot to its "
    "server"
)
WRONG_KIND = Text("#{name} is no channel that {setting} can name")
WRONG_KIND_CURE = Text("name {wanted} there")
WANTED: Final = {
    "thread_channels": Text("a text or announcement channel"),
    "forum_channels": Text("a forum"),
    "log_channel": Text("a channel or thread that the bot can write in"),
}
NOT_TOLD = Text("#{name}: Discord does not tell now what the bot may do there")
LACKS = Text("in #{name} the bot lacks {permissions}")
LACKS_CURE = Text("allow its role {permissions} in the settings of #{name}, under Permissions")
MAY = Text("#{name}: all that is needed")

PERMISSIONS: Final = {
    "VIEW_CHANNEL": Text("View Channel"),
    "SEND_MESSAGES": Text("Send Messages"),
    "ATTACH_FILES": Text("Attach Files"),
    "READ_MESSAGE_HISTORY": Text("Read Message History"),
    "CREATE_PUBLIC_THREADS": Text("Create Public Threads"),
    "SEND_MESSAGES_IN_THREADS": Text("Send Messages in Threads"),
}

# How all this is shown.
KB_COMMAND = Text("What keeps me from working as it should, and what mends it")
STATES: Final = {"ok": "ok", "warning": "warning", "error": "error", "skipped": "skipped"}
CURE = Text("→ {cure}")
CARD_MARKS: Final = {"error": "❌", "warning": "⚠️", "skipped": "➖"}
CARD_WELL = Text("### All is well")
CARD_FAULTS = Plural(
    "### {count} thing is not as it should be", "### {count} things are not as they should be"
)
CARD_FAULT = Text("{mark} **{name}**: {what}\n-# {cure}")
CARD_SKIPPED = Text("{mark} **{name}**: {what}")
CARD_FINE = Text("✅ {names}")
CARD_FACT = Text("-# {name}: {what}")
MORE = Plural("… and {count} more", "… and {count} more")
