"""Lines that commands and handlers say in Discord, and the descriptions of commands and options."""

from bot.texts import Plural, Text

# Commands and their options; Discord shows them without Markdown, at most 100 characters.
ASK_COMMAND = Text("Ask a question; the answer is a quotation from the articles")
ASK_QUESTION_OPTION = Text("What you want to know, in your own words")
ASK_ARTICLE_OPTION = Text("Only from this article")
ASK_PRIVATE_OPTION = Text("Show the answer to you alone")
FIND_PASSAGE_MENU = Text("Find the passage")
SUMMARY_COMMAND = Text("The most telling sentences of a section, or a line or two of each")
SUMMARY_SECTION_OPTION = Text("Which section (all, if left out)")
SUMMARY_PRIVATE_OPTION = Text("Show the summary to you alone")
OF_WHICH_ARTICLE_OPTION = Text("Of which article")
ARTICLES_COMMAND = Text("Which articles there are; choose one to see its sections")
SECTIONS_COMMAND = Text("What the articles are divided into; choose a section to read it")
SECTIONS_ARTICLE_OPTION = Text("Of which article (all, if left out)")
READ_COMMAND = Text("Read a section, page by page; only you see it")
READ_SECTION_OPTION = Text("Which section")
QUOTE_COMMAND = Text("Check whether a text stands in the articles, word for word")
QUOTE_TEXT_OPTION = Text("What somebody says is a quotation from the articles")
PRIVACY_COMMAND = Text("What is kept of you, and for how long")
FORGET_ME_COMMAND = Text("Delete your votes and what is remembered of you")
KB_GROUP = Text("The articles that are served")
RELOAD_COMMAND = Text("Read the folder of articles again")
STATUS_COMMAND = Text("What is served, since when and by whom, and what is wrong with the folder")
VOTES_COMMAND = Text("Which passages readers found helpful, and which not")

# Questions.
HOW_TO_ASK = Text(
    "Ask me a question: mention me with it in one message, use `/ask`, or write to me directly. "
    "I answer with quotations from my articles; `/sections` lists what they hold."
)
HOW_TO_POINT = Text(
    "I can't read the message that you reply to. "
    "Open its menu (on a phone: hold it), then *Apps* › *{menu}*; "
    "or repeat the question behind my name."
)
ANSWERED_ALREADY = Text("I answered that already: {link}")
MESSAGE_WITHOUT_TEXT = Text("That message has no text that I could look for.")
MANY_ARTICLES = Text("More than one article has that name: choose one of those that are offered.")
NO_ARTICLE = Text("No article has that name: choose one of those that are offered.")
NO_SUCH_ARTICLE = Text("There is no such article.")
TAKEN_BACK = Text("A question that was taken back")

# Presses of buttons, choices in menus, and modals.
NO_LONGER_THERE = Text("That is no longer in the articles: they were changed since. Ask again.")
OLD_BUTTON = Text("This button no longer works. Ask again.")
ONLY_ASKER_CAN_FOLD = Text("Only the one who asked, or a moderator, can fold this.")
ONLY_ASKER_CAN_REMOVE = Text("Only the one who asked, or a moderator, can remove this.")
VOTE_COUNTED = Text("Thank you, that is noted. Press again to take it back.")
VOTE_CHANGED = Text("Thank you, changed.")
VOTE_WITHDRAWN = Text("Taken back.")
TRY_OTHER_PASSAGES = Text(" Perhaps one of the *Other passages* is better.")
NO_VOTES_NOW = Text("I can't keep votes at the moment.")
VOTE_FAILED = Text(
    "I can't keep votes at the moment. If it stays so, tell an admin this number: {incident}."
)
FOLLOW_UP_LABEL = Text("Your next question")
ALL_WILL_SEE = Text("Everybody here will see the answer.")
ONLY_YOU_WILL_SEE = Text("Only you will see the answer.")
FOLLOW_UP_PLACEHOLDER = Text("For example: why? And what happened then?")
NO_HUMANS = Text("Nobody is set up here to be asked.")
ONLY_ASKER_CAN_PASS_ON = Text("Only the one who asked can pass this on.")
HUMANS_ASKED_BEFORE = Text("They were asked a moment ago. Ask again <t:{again_at}:R>.")
NOT_PASSED_ON = Text("I could not pass it on: I can't write in this channel just now.")

# For those who look after the articles.
NOT_ALLOWED = Text("This is for those who look after the articles.")
ABOUT_ALL_SERVERS = Text(
    "This is about all servers of this bot together, and for those who run it. "
    "There is none of it for one server alone."
)
NOTHING_CHANGED_SINCE = Plural(
    "Nothing in the folder has changed since the last reload, a moment ago. Save what you "
    "changed; or have it all read again in {count} second.",
    "Nothing in the folder has changed since the last reload, a moment ago. Save what you "
    "changed; or have it all read again in {count:,} seconds.",
)
RELOAD_BEGAN_NOW = Text("A reload is running already; it began just now.")
RELOAD_RUNNING = Plural(
    "A reload is running already, for {count} second.",
    "A reload is running already, for {count:,} seconds.",
)
RECORDS_UNREADABLE = Text(
    "The records can't be read now: {what} ({hint}). The log has it under {incident}."
)
RUNNING = Text("Running for {duration}, in {servers}{shards}{latency}.")
SHARDS = Text(" of shard {ids} (of {count:,})")
LATENCY = Text("; the gateway answers in {milliseconds:.0f} ms")
LESS_THAN_A_MINUTE = Text("less than a minute")
MINUTES = Text("{minutes} min")
HOURS = Text("{hours:,} h {minutes} min")
SERVERS = Plural("{count:,} server", "{count:,} servers")
NO_HISTORY = Plural(
    "In {count:,} channel I may not read the history: what is asked there while I am away, "
    "nobody answers.",
    "In {count:,} channels I may not read the history: what is asked there while I am away, "
    "nobody answers.",
)
UNKNOWN_IDS = Text("The settings name what no server here has: {settings}.")
INDEXED = Text("Indexed by words: {languages}.")
INDEX_NOT_SAVED = Text("The next start will take as long again: {reason}.")
WATCHED = Text("The folder is watched: what changes in it is served by itself.")
BARRED_IN_SETTINGS = Text("The settings name channels where I may not write: {channels}.")
BARRED = Text("I am asked and may not write in {channels}.")
BARRED_CHANNEL = Text("#{channel} (lacking {permissions})")
ROLE_NOT_PINGED = Text(
    "“Ask a human” pings nobody: "
    "let everybody mention the role {role}, or let me mention all roles."
)

# Privacy.
KEPT_IN_MEMORY = Text(
    "**In memory only**, gone with a restart: when you asked or pressed last (some seconds), "
    "what you asked (a quarter of an hour, so that you can follow up), "
    "your own last 25 questions (a day, offered to you alone while you type), "
    "what you asked in vain (a day, so that it counts once), "
    "which message I saw last in each channel, "
    "and which message of mine answers which of yours, "
    "so that I can follow edits (two minutes) and deletions."
)
KEPT_ON_DISK = Text(
    "**On disk**: votes on answers, under hashes that only I can match to you and to the question; "
    "for two days, which of your presses voted; {unanswered}"
    "for 90 days, how much was asked, answered and read on each day, "
    "without names and without words; "
    "if you wrote to me directly just before I last heard anything, where that was, sealed. "
    "No name and no readable id of anybody who asks is stored, "
    "and nothing is sent anywhere but into the answer."
)
KEPT_UNANSWERED = Text(
    "questions that the articles do not answer, without the name of who asked and with addresses "
    "and numbers left out, for {days} days; for as long, which single word helped in the place of "
    "which other one. "
)
KEPT_SETTINGS = Text(
    " The server's id is kept with votes, questions and counts. So is what is set for a server and "
    "its channels, with their ids. All of that goes when I am removed from the server."
)
KEPT_OF_EDITORS = Text(
    "**Of those who change the articles**, and of nobody else: who changed what, and when, "
    "of the last {most} changes."
)
NOTHING_ON_DISK = Text("**On disk**: nothing. Nothing is sent anywhere but into the answer.")
HOW_TO_DELETE = Text(
    "`/forget-me` deletes your votes, your presses and what I remember of you. "
    "Answers are messages in Discord, which its own privacy policy covers; "
    "for the rest, whoever runs me is responsible."
)
VOTES_NOT_DELETED = Text(
    "Your votes could not be deleted now. Try again, or tell an admin this number: {incident}."
)
FORGOTTEN = Text("Done: what I remembered of your questions is forgotten.")
VOTES_DELETED = Plural(" {count:,} vote of yours went too.", " {count:,} votes of yours went too.")
