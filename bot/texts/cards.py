"""Texts that cards, buttons, menus and modals show in Discord.

Placeholders are filled with text that is already escaped. Labels, placeholders of menus and titles
of modals are shown by Discord as they are, without Markdown.
"""

from typing import Final

from bot.texts import Plural, Text

# What every card may need.
ELLIPSIS = Text("…")
PAGE_OF = Text("-# Page {page} of {pages}")
MORE_LINES = Plural("-# … and {count} more line", "-# … and {count} more lines")
MORE_PLACES = Plural("-# … and {count} more place", "-# … and {count} more places")
MORE_KINDS = Plural(
    "-# … and {count} more kind of problems", "-# … and {count} more kinds of problems"
)
MORE_PASSAGES = Plural("-# … and {count} more passage", "-# … and {count} more passages")
MORE_WORDS = Plural("-# … and {count} more word", "-# … and {count} more words")

# Labels of buttons.
READ = Text("Read")
READ_SECTION = Text("Read the section")
WHY = Text("Why this passage")
VERIFY = Text("Verify")
MORE = Text("More")
LESS = Text("Less")
OTHER_PASSAGES = Text("Other passages")
FOLLOW_UP = Text("Follow up")
SHARE = Text("Share here")
REMOVE = Text("Remove")
HELPFUL = Text("Helpful")
NOT_HELPFUL = Text("Not helpful")
ASK_HUMAN = Text("Ask a human")
ASK_HUMAN_IN_PUBLIC = Text("Ask a human (public)")
PREVIOUS = Text("Previous")
NEXT = Text("Next")
PREVIOUS_PAGE = Text("Previous page")
NEXT_PAGE = Text("Next page")
PREVIOUS_SECTION = Text("← {heading}")
NEXT_SECTION = Text("→ {heading}")

# The question on a card. These two are read back from the card: see bot.chat.ui.card_reader.
ASKED_PREFIX = Text("-# Asked: ")
FOLLOWING_PREFIX = Text("-# Following up “")
FOLLOWING_SUFFIX = Text("”.")

# Answers.
QUOTED_WORD = Text("“{word}”")
CORRECTION = Text("“{word}” as “{meant}”")
CORRECTIONS = Text("-# Taking {corrections}.")
MISSING_WORDS = Text("-# Nowhere in the articles: {words}.")
FAINT_MATCH = Text("-# A faint match. It may well be about something else:")
LIKELY_MATCH = Text("-# Perhaps this answers it:")
OMISSION = Text("-# …")
MORE_ON_THIS_ANSWER = Text("**More on this answer**")
SHARED_BY = Text("-# Shared by <@{user_id}>")

# Refusals, and questions that are passed on.
NEAREST = Text("-# Nearest to it:")
HUMAN_ASKED = Text("<@&{role_id}> – <@{user_id}> asks what the articles do not answer:")
NEAREST_IN_ARTICLES = Text("-# Nearest to it in the articles:")
PASSED_ON = Text("-# Passed on to <@&{role_id}>.")
PASSED_ON_SILENTLY = Text("-# Passed on to <@&{role_id}>, but I may not ping them.")

# Other passages.
CHANGED_SINCE = Plural(
    "-# {count} passage is no longer in the articles: "
    "they were changed since this answer. Ask again.",
    "-# {count} passages are no longer in the articles: "
    "they were changed since this answer. Ask again.",
)

# Verifying a quotation.
FILE_UNCHANGED = Text("**The file is as it was when this was quoted.**")
FILE_CHANGED = Text("**The file was changed since this was quoted.** The passage stands there now:")
FILE_KEPT = Text(
    "**The file was changed, and can't be served as it is.** This is from its last good version, "
    "of <t:{served}:f>:"
)
FILE_FACTS = Text(
    "File `{file}`, {place}, characters {start:,} to {end:,}\nSHA-256 of the file: `{sha256}`"
)
PLACES: Final = {
    "line": Text("line {number:,}"),
    "page": Text("page {number:,}"),
    "paragraph": Text("paragraph {number:,}"),
}
HOW_TO_VERIFY = Text(
    "-# Decoded as {encoding}, the characters from the first number up to the second "
    "are exactly this text:"
)
HOW_TO_VERIFY_EXTRACTED = Text(
    "-# The numbers count characters of the text that {extractor} takes out of the file. "
    "From the first number up to the second it is exactly this text:"
)

# Why a question was refused: the nearest passage is quoted, then stand the question's words.
WHY_REFUSED = Text(
    "**Why there is no answer**\nNo passage of the articles says enough of what was asked. "
    "This one is nearest:"
)
WORDS_OF_NEAREST = Text("**What it has of the question**")
NOTHING_NEAR = Text(
    "**Why there is no answer**\nI found no passage in the articles that comes near what was asked."
)
NEAREST_PASSAGES = Text("Nearest passages")

# How a summary, or a fact about articles, is made.
HOW_SUMMARISED = Text(
    "**How this is made**\nA summary has the article's own sentences, word for word and in its "
    "order: those that say most of what their section is about."
)
HOW_TOLD = Text(
    "**How this is made**\nThis is no quotation. It is told of the articles themselves: by their "
    "titles and headings, and by what their files say of author and date."
)

# Why a passage was chosen.
WHY_THIS_PASSAGE = Text("**Why this passage**")
WORD_OF_QUESTION = Text("- “{word}”, {share} of the question: {match}")
TAKEN_FOR = Text("taken for “{meant}”, ")
IN_NO_ARTICLE = Text("nowhere in the articles")
IN_OTHER_PASSAGES = Text("not in this passage")
STANDS_THERE = Text("it stands there")
STANDS_THERE_AS = Text("it stands there as “{found}”")
PART_STANDS_THERE = Text("part of it stands there, “{found}”")
FOUND_AS = Text("found as “{found}”")
IN_HEADING = Text(" in the heading or title")
PERCENT = Text("{percent}%")
RUNNER_UP = Text("Next best, with {share} of the score: {place}")

# Lists of articles and of sections.
NO_SECTIONS = Text("There are no sections.")
OPEN_ARTICLE = Text("Open an article")
OPEN_SECTION = Text("Read a section")
BY_AUTHOR = Text("by {author}")
# Between who wrote an article and when.
BETWEEN_FACTS = Text(", ")
OPENING = Text("Opening")

# Pages of a section, and summaries.
EMPTY_SECTION = Text("-# (This section has no text of its own.)")
EMPTY_SUMMARY = Text("-# (no text of its own)")
MORE_SECTIONS = Plural(
    "-# … and {count} more section: name it.", "-# … and {count} more sections: name one."
)

# Checked quotations.
QUOTATION_FOUND = Text("**This stands in the articles, word for word.**")
QUOTATION_WITH_OMISSIONS = Text(
    "**This stands in the articles, with something left out where the claim says so.**"
)
QUOTATION_ALTERED = Text("**This does not stand in the articles like that: it was altered.**")
QUOTATION_NOT_FOUND = Text("**This does not stand in the articles.**")
QUOTATION_TOO_SHORT = Text("That is too short to tell: give at least three words in a row.")
PUNCTUATION_DIFFERS = Text("-# The words are the same; marks between them differ.")
DIFFERENCES_LEGEND = Text("-# ~~struck out~~: claimed, but not there · **bold**: there instead")
FROM_HEADING_ON = Text("From the heading on: ")
ONLY_IN_HEADING = Text("In the heading: ")

# Reports for admins.
RELOADED = Text("**Reloaded** in {seconds:.2f} s: {articles}, {passages}.")
NOT_RELOADED = Text("**Not reloaded** ({seconds:.2f} s): {why}. What was served before still is.")
# Why something is not served, by bot.reloading.Refusal.
REFUSALS: Final = {
    "nothing": Text("nothing in the folder can be served"),
    "fewer": Text("far less would be served"),
    "unsound": Text("what was made of the folder does not find its own passages"),
    "fault": Text("something went wrong on my side"),
}
FEWER_SERVED = Text(
    "{articles} with {passages} would be served in place of {articles_before} with "
    "{passages_before}. If that is meant, press the button."
)
SERVE_IT_ALL_THE_SAME = Text("Serve it all the same")
RELOAD_FAILED = Text("**The last reload failed**, <t:{time}:R>: {why}. {restart}")
RESTART_SERVES = Text("A restart would serve {articles} with {passages}.")
RESTART_SERVES_NOTHING = Text("A restart would serve **nothing**.")
RESTART_READS_AGAIN = Text("A restart would read the folder again.")
SERVED_IN_EARLIER_VERSIONS = Plural(
    "**Served in an earlier version**, as the file can't be: {count:,} article",
    "**Served in earlier versions**, as the files can't be: {count:,} articles",
)
EARLIER_VERSION = Text(
    "- {title} ({file}): version of <t:{served}:f>, in place of the file since <t:{since}:f>"
)
VERSIONS_NOT_KEPT = Text("A restart might not serve what the folder can't: {reason}.")
SERVING = Text("**Serving** {articles}, {passages}.")
SERVED_SINCE = Text("-# Since <t:{since}:f>.")
LAST_CHANGE = Text(
    "-# Since <t:{since}:f>. The last change, version {number}: {action}, <t:{at}:R>."
)
FOLDER_CHANGED = Text("### The folder has changed")
FILES_CHANGED_SINCE = Text("**Files in the folder have changed since**: `/kb reload` serves them.")
NOTHING_CHANGED = Text("Nothing changed.")
ARTICLES_ADDED = Text("Articles added")
ARTICLES_CHANGED = Text("Articles changed")
ARTICLES_REMOVED = Text("Articles removed")
ARTICLES_RENAMED = Text("Articles renamed")
SECTIONS_ADDED = Text("Sections added")
SECTIONS_CHANGED = Text("Sections changed")
SECTIONS_REMOVED = Text("Sections removed")
CHANGED_NAMES = Text("{change}: {names}")
MORE_NAMES = Text(" and {count} more", context="names")
NAMED_ARTICLE = Text("{title} ({article}): “{begins}”")
RENAMED_ARTICLE = Text("{title} ({before} → {after})")
SECTION_IN_ARTICLE = Text("{heading} in {article}")
LINKED_HERE = Text("The editor says that this section answers “{question}”.")
LINKS_CHANGED = Plural("Links changed: {count:,} question", "Links changed: {count:,} questions")
QUESTIONS_CHANGED = Text("Changed: `questions.yaml`")
SYNONYMS_CHANGED = Plural("Synonyms changed: {count:,} group", "Synonyms changed: {count:,} groups")
NO_PROBLEMS = Text("No problems.")
ERRORS = Plural("{count:,} error", "{count:,} errors")
WARNINGS = Plural("{count:,} warning", "{count:,} warnings")
NOTES = Plural("{count:,} note", "{count:,} notes")
PROBLEMS_OF_KIND = Text("{count}: {message}: {places}")
FURTHER_PLACES = Text("…")

DAYS = Plural("{count:,} day", "{count:,} days")

# Votes.
NO_VOTES = Text("**Nobody has voted yet.**")
VOTES = Text("**Votes**: {helpful:,} helpful, {not_helpful:,} not helpful.")
PASSAGE_VOTES = Text("- {not_helpful:,} not helpful, {helpful:,} helpful: {passage}\n-# {place}")
NOT_SHOWN = Plural(
    "-# Not shown: {count:,} passage that is not in these articles.",
    "-# Not shown: {count:,} passages that are not in these articles.",
)
