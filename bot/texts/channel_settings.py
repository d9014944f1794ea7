"""Texts of /kb channel and /kb settings: what can be set for a server and its channels."""

from collections.abc import Mapping

from bot.texts import Plural, Text

CHANNEL_COMMAND = Text("How I answer in a channel: when, where, how surely, how often")
CHANNEL_OPTION = Text("Which channel or category (this one, if left out)")
SETTINGS_COMMAND = Text("How I answer on this server, and where I tell of changes")

MANAGERS_ONLY = Text("This is for those who may manage this server.")
CHANNEL_GONE = Text("There is no such channel any more.")
NOT_KEPT = Text("I can't keep settings at the moment: {why}")

# The panels.
CHANNEL_HEAD = Text("**How I answer in** <#{channel_id}>")
CATEGORY_HEAD = Text("**How I answer in the channels of** {name}")
SERVER_HEAD = Text("**How I answer on this server**")
CHANNEL_HINT = Text("-# Every choice is saved at once. Threads take what their channel has.")
SERVER_HINT = Text(
    "-# Every choice is saved at once, and holds where no channel and no category has its own: "
    "`/kb channel`."
)
LINE = Text("**{name}**: {value} ({source})")
PLACEHOLDER = Text("{name}: {value}")
SAVED = Text("✓ Saved: {name}: {value}")
# Before what keeps a setting from having its effect.
WARNING = Text("⚠ {what}")
# What is shown for no role and no channel.
NOBODY = Text("no role")
NOWHERE = Text("nowhere")
ROLE = Text("<@&{id}>")
CHANNEL = Text("<#{id}>")
INHERIT_HINT = Text("Now: {value}")
CLEAR = Text("{name}: none of its own")
EXPORT = Text("Export as YAML")
EXPORTED = Text("What is set on this server, as YAML. What is not in it holds by default.")

# Of which articles a channel answers.
ALL_ARTICLES = Text("all that its readers may read")
CHOSEN = Plural("{count} file or folder", "{count} files and folders")
CHOOSE_ARTICLES = Text("Choose articles")
CHOICE_PLACEHOLDER = Text("Add, or leave out again")
CHOICE_HINT = Text(
    "-# Every choice is saved at once. A folder stands for all that lies in it, also later. Nobody "
    "is shown an article here that they may not read."
)
CHOSEN_OPTION = Text("✓ {name}")
NO_CHOICE = Text("It has no article that you may read")
CHOOSE_ALL = Text("All articles")
ALL_SETTINGS = Text("All settings")
TOO_MANY_CHOSEN = Text("At most {most} can be chosen. Choose a folder instead.")

# A file of settings: what it would change, and what is wrong with it.
IMPORT = Text("Import YAML")
IMPORT_LABEL = Text("A file as “Export as YAML” gives it")
IMPORT_DESCRIPTION = Text(
    "You see first what would change. What is not in the file is no longer set."
)
IMPORT_HEAD = Text("**What would change**")
CHANGE_LINE = Text("{place}: *{name}*: “{before}” → “{after}”")
APPLY = Text("Apply")
IMPORTED = Plural("✓ Applied: {count} change", "✓ Applied: {count} changes")
IMPORT_OUTDATED = Text("Something was set meanwhile, or this is too old. Import the file again.")
NOTHING_OTHERWISE = Text("All of that is set already.")
FAULT_FORM = Text("no settings stand here")
WRITE_AS_EXPORTED = Text(
    "write it as it is exported: server: and channels:, each with settings below"
)
FAULT_KEY = Text("“{key}” is not known here")
TAKES = Text("there are {values}")
FAULT_SERVER_ONLY = Text("“{key}” is set for the whole server alone")
WRITE_BELOW_SERVER = Text("write it below server:")
FAULT_VALUE = Text("“{value}” is no value of “{key}”")
TAKES_NAMES = Text("write at most {most} names of files or folders: [rivers.md, ships/]")
TAKES_ID = Text("write an id: 123456789012345678")
FAULT_CHANNEL = Text("this server has no such channel: {id}")
FAULT_ROLE = Text("this server has no such role: {id}")
TAKE_IT_OUT = Text("take it out, or write another id")

NAMES: Mapping[str, Text] = {
    "answers": Text("When I answer"),
    "place": Text("Where I answer"),
    "own_threads": Text("In threads that I began"),
    "sureness": Text("How sure I must be"),
    "language": Text("My language in messages"),
    "person_cooldown": Text("Between two answers to one person"),
    "channel_cooldown": Text("Between two answers in a channel"),
    "human_role": Text("“Ask a human” asks"),
    "log_channel": Text("Changes are told in"),
    "articles": Text("I answer from"),
}
# The values of a setting, and what they mean.
VALUE_NAMES: Mapping[tuple[str, str | int], Text] = {
    ("answers", "mentions"): Text("when I am mentioned"),
    ("answers", "questions"): Text("every question"),
    ("answers", "never"): Text("never in public"),
    ("place", "here"): Text("in place"),
    ("place", "thread"): Text("in a thread"),
    ("own_threads", "on"): Text("without a mention"),
    ("own_threads", "off"): Text("only when I am mentioned there"),
    ("sureness", "any"): Text("faint is enough"),
    ("sureness", "likely"): Text("likely at the least"),
    ("sureness", "sure"): Text("sure"),
}
VALUE_HINTS: Mapping[tuple[str, str | int], Text] = {
    ("answers", "mentions"): Text("What does not mention me is not for me"),
    ("answers", "questions"): Text("Any question, if I am sure; otherwise I say nothing"),
    ("answers", "never"): Text("/ask still works; only the person who asks sees the answer"),
    ("place", "here"): Text("As a reply to the question"),
    ("place", "thread"): Text("Named after the question"),
    ("own_threads", "on"): Text("Whoever asks there goes on with me"),
    ("own_threads", "off"): Text("As everywhere else"),
    ("sureness", "any"): Text("I say so where I am not sure"),
    ("sureness", "likely"): Text("I leave out what is faint"),
    ("sureness", "sure"): Text("Otherwise I say that I found nothing sure enough"),
}
LANGUAGE_AUTO = Text("the server's, or the question's")
LANGUAGE_HINT = Text("Commands speak each member's own")
NO_COOLDOWN = Text("no wait")
SECONDS = Plural("{count} second", "{count} seconds")
MINUTES = Plural("{count} minute", "{count} minutes")
HOURS = Plural("{count} hour", "{count} hours")
COOLDOWN_HINT = Text("Of messages; /ask does not wait")

# Where a setting is set.
SOURCES: Mapping[str, Text] = {
    "channel": Text("set here"),
    "category": Text("from its category"),
    "server": Text("from the server"),
    "default": Text("by default"),
}
# Where it would be set, if not here.
UPPER_SOURCES: Mapping[str, Text] = {
    "category": Text("As its category has it"),
    "server": Text("As the server has it"),
    "default": Text("As it is by default"),
}

# What keeps a setting from its effect, and what mends it.
NEEDS_CONTENT = Text(
    "I can't read messages that do not mention me, so this has no effect. Whoever runs me has to "
    "switch on *Message Content Intent* on the application's page *Bot*, and `message_content` in "
    "my settings."
)
LACKS = Text("I lack *{permissions}* here: {effect}. Whoever manages this channel can give it.")
CANNOT_WRITE = Text("I answer nobody")
NO_THREADS = Text("I answer in place")
LOG_CANNOT_WRITE = Text("In <#{channel_id}> I lack *{permissions}*: nothing is told there.")
ROLE_SILENT = Text(
    "<@&{id}> is named but not notified: let everybody mention that role, "
    "or let me mention all roles."
)
ARTICLES_GONE = Text("Of what is chosen, no article is left: {names}.")
SILENT = Text(
    "Anyone who mentions me is told once a day to use `/ask`. All commands work, "
    "and only the person who uses one sees what it gives."
)

# Told in the log channel.
AUDIT = Text("{place}: *{name}* was set from “{before}” to “{after}” by <@{user_id}>.")
AUDIT_CHANNEL = Text("Settings of <#{channel_id}>")
AUDIT_SERVER = Text("Settings of this server")
