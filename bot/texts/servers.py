"""What is told of articles of single servers, and of articles for some members only."""

from bot.texts import EnglishText, Text

# For who asks.
NOT_FOR_ALL = Text("The articles answer this, but not everybody here may read it.")
SHOW_ME = Text("Show me")
NOT_SHARED = Text("Not everybody here may read this, so it can't be shared here.")

# In direct messages.
OPEN_DIRECT = Text("Ask in direct messages")
DIRECT_OPENED = Text(
    "Write to me directly: your messages are now about the articles of this server, too. "
    "*/help* there ends that."
)
CLOSE_DIRECT = Text("No longer about this server")
DIRECT_CLOSED = Text("Your messages to me are now about what everybody may read.")
DIRECT_ABOUT = Text("What you write here is about the articles of **{server}**, too.")
ONLY_IN_SERVERS = Text("That can be chosen in a server where this bot is a member.")

# At the desk of a server.
MANAGERS_ONLY = Text(
    "The articles of this server are looked after by those who may manage it (*Manage Server*), "
    "if whoever runs this bot allows that."
)
NOT_READ = Text("This server's folder can't be read now. Tell those who run this bot.")
TOO_MANY_FILES = Text("a server may have {most} files, and this would make {count}")
TOO_MUCH = Text("a server's files may have {most} MB, and this would make {count}")
NOT_OF_THIS_SERVER = Text("That stands in an article that is not this server's own.")

# Below figures, and what was asked in vain.
OF_THIS_SERVER = Text("-# All of this is about this server alone.")
OF_ALL_SERVERS = Text(
    "-# The figures are those of all servers together. What was asked in vain in a server with "
    "articles of its own is named there."
)

# For who runs the bot.
NOT_OPENED = EnglishText("the articles of a server are not served: {folder} can't be read: {kind}")
