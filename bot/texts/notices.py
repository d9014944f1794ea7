"""What the bot says in Discord where it does not answer: refusals, failures, and its help."""

from bot.texts import EnglishText, Plural, Text

# ``time`` is a Unix time in seconds, which Discord shows as "in 5 seconds".
TOO_MANY_OF_USER = Text("That was a lot at once. Try again <t:{time}:R>.")
TOO_MANY_IN_GUILD = Text("So much is asked of me on this server just now. Try again <t:{time}:R>.")
TOO_MANY_IN_CHANNEL = Text(
    "So much is asked of me in this channel just now. Try again <t:{time}:R>."
)
COOLDOWN = Text("Here I answer one person only now and then. Try again <t:{time}:R>.")
CHANNEL_COOLDOWN = Text("Here I answer only now and then. Try again <t:{time}:R>.")
BUSY = Text("I am busy just now. Try again <t:{time}:R>.")
WINDOW_LATE = Text("I was too slow to open the window. Try again.")
ENDING = Text("I am being restarted, and had not come to this yet. Ask again in a minute.")
# To what is no question, which may be done all the same.
ENDING_MEANWHILE = Text(
    "I am being restarted while this is still under way. "
    "Look in a minute whether it was done, and try again if not."
)
FAILED = Text(
    "Something went wrong on my side. If it happens again, tell an admin this number: {incident}."
)
HELD_UP = Plural(
    "Discord let me write nothing here for a minute, so this was not answered, "
    "nor was what was asked here meanwhile. Ask again.",
    "Discord let me write nothing here for {count} minutes, so this was not answered, "
    "nor was what was asked here meanwhile. Ask again.",
)
DONE_ALREADY = Text("That was done already.")

RECORDS_ARE_OFF = EnglishText("No records are kept: the settings say so.")
RECORDS_FAILED = EnglishText("No records are kept: {fault}.")

# Permissions, as Discord's settings call them, and what those are told who can give them.
VIEW_CHANNEL = Text("View Channel")
SEND_MESSAGES = Text("Send Messages")
SEND_MESSAGES_IN_THREADS = Text("Send Messages in Threads")
MANAGE_THREADS = Text("Manage Threads")
CREATE_PUBLIC_THREADS = Text("Create Public Threads")
CANNOT_WRITE = Text(
    "I am asked in <#{channel_id}> and may not answer there: "
    "I lack the permission *{permissions}*. Whoever manages that channel can give it to me. "
    "I say this once a day; `/kb status` lists such channels."
)
CANNOT_BEGIN_THREAD = Text(
    "In <#{channel_id}> I am set to answer in threads and may not begin any: I lack the permission "
    "*{permissions}*. Meanwhile I answer in place. Whoever manages that channel can give it to me, "
    "or set it otherwise with `/kb channel`. I say this once a day."
)
# Nobody is told which: it may not be for all who read this.
ARTICLES_GONE = Plural(
    "{count} file or folder that I am set to answer from in <#{channel_id}> is not there any more. "
    "Those who manage this server see which with `/kb channel`, and can choose anew. I say this "
    "once.",
    "{count} files or folders that I am set to answer from in <#{channel_id}> are not there any "
    "more. Those who manage this server see which with `/kb channel`, and can choose anew. I say "
    "this once.",
)
# Where nobody is to be answered in public.
NOT_ANSWERED_HERE = Text(
    "Here I do not answer in public. Use `/ask`: only you see the answer. I say this once a day."
)
NOT_SHARED_HERE = Text("Nothing of mine is shown to all in this channel.")
# The articles may answer it, but not as surely as it is wanted in a channel.
NOT_SURE_ENOUGH = Text("I found nothing in the articles that answers that surely enough for here.")

HELP_COMMAND = Text("How to ask, and what there is")
HELP_EXAMPLES = Text("**For example**")
EXAMPLE_QUESTION = Text("What do they say about “{name}”?")
EXAMPLE_SUMMARY = Text("Sum up “{name}”")
EXAMPLE_AUTHOR = Text("Who wrote “{name}”?")
EXAMPLE_MENTION = Text("Is there anything about “{name}”?")
HELP_REQUESTS = Text(
    "-# Ask also when an article was written, how long it is, where it is from, which sections "
    "it has. “tl;dr” sums up what was quoted last."
)
HELP_COMMANDS = Text("**Commands**")
HELP_CURATING = Text("**For those who look after the articles**")
HELP_LINE = Text("`/{command}` – {description}")
HELP_MENU = Text("In the menu of any message, under *Apps*: *{menu}*.")
