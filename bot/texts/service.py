"""What whoever starts the bot reads on the terminal where no retry would help."""

from bot.texts import EnglishPlural, EnglishText

NO_TOKEN = EnglishText(
    "There is no token. To get one: open https://discord.com/developers/applications, "
    "make an application, open its page “Bot”, press “Reset Token”, and start again with "
    "the token in the environment variable DISCORD_TOKEN, or in a file that "
    "DISCORD_TOKEN_FILE names. No switch on that page has to be turned on. "
    "Without a token, `articlebot chat` holds the same conversation in this terminal."
)
UNKNOWN_TOKEN = EnglishText(
    "Discord does not know this token: "
    "press “Reset Token” on the application's page “Bot” and use the new one."
)
CONNECTING = EnglishText("Connecting to Discord")
ANSWERING = EnglishText("Answering from {articles:,} articles")
REFUSED_INTENT = EnglishText(
    "Discord refuses an intent. With message_content in the settings, switch on "
    "“Message Content Intent” on the application's page “Bot”; without it, no privileged "
    "intent is asked for: install the newest version."
)

WRONG_SHARD = EnglishText(
    "Discord does not know shard {ids} of {count}. SHARD_IDS and SHARD_COUNT (or shard_ids and "
    "shard_count in the settings) must fit: the shards are numbered from 0 to SHARD_COUNT - 1."
)
MORE_SHARDS_NEEDED = EnglishText(
    "A shard takes at most 2,500 servers, and one of this bot's has more. Set SHARD_COUNT (or "
    "shard_count in the settings) to the number that `articlebot doctor` recommends, the same for "
    "all processes, and share SHARD_IDS out anew; without both, one process has all shards."
)

MORE_SHARDS = EnglishPlural(
    "Discord recommends {count} shard, and SHARD_COUNT is {own}",
    "Discord recommends {count:,} shards, and SHARD_COUNT is {own}",
)

# What the log tells at the end, and at the start.
STILL_UNDER_WAY = EnglishPlural(
    "{count} reply was still under way", "{count:,} replies were still under way"
)
WATCH_SERVED = EnglishPlural(
    "the folder has changed: {count} article is served now",
    "the folder has changed: {count:,} articles are served now",
)
WATCH_NOT_SERVED = EnglishPlural(
    "the folder has changed and is not served: {count} article would be",
    "the folder has changed and is not served: {count:,} articles would be",
)
TOLD_BY_OTHERS = EnglishPlural(
    "another process has changed the articles: {count} is served now",
    "another process has changed the articles: {count:,} are served now",
)
READY = EnglishPlural("ready as {name} in {count} server", "ready as {name} in {count:,} servers")

# What metrics are, for whoever reads them in Prometheus.
CONNECTED_METRIC = EnglishText(
    "Whether the gateway's session is up; of several shards, all sessions."
)
SILENCE_METRIC = EnglishText(
    "How long nothing has come from the gateway, through the most silent shard."
)
SHARDS_METRIC = EnglishText("Shards that this process has.")
SHARDS_ALIVE_METRIC = EnglishText("Shards of this process that are connected and not silent.")
ARTICLES_METRIC = EnglishText("Articles that are served.")
SERVED_AGE_METRIC = EnglishText("How long ago what is served was read from the folder.")
IN_FLIGHT_METRIC = EnglishText("What is being served now.")

# What stands in the way of a folder that is a copy of what was published.
NOTHING_PUBLISHED = EnglishText(
    "nothing was published yet: type `articlebot publish` where the articles are"
)
FOLDER_IN_USE = EnglishText(
    "{folder} holds files that were not published: name an empty folder, or one that there is not"
)
NOT_FETCHED = EnglishText("what was published of {file} can't be had now")
NOT_UP_TO_DATE = EnglishText("the articles are not as they were published: {reason}")
