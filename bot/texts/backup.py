"""What the commands that back up and restore say: what they did, or why they did not."""

from bot.texts import EnglishPlural, EnglishText

# What was done.
BACKED_UP = EnglishText("{path}: {parts}, {size:,} bytes")
RECORDS = EnglishText("records")
VERSIONS = EnglishPlural("{count} file of versions", "{count} files of versions")
RESTORED = EnglishText("{path}: {parts}: restored")
MOVED_AWAY = EnglishText("What was there lies in {folder} now; delete it once all is well.")

# Why it was not; the second of each pair is what may help.
NOTHING_THERE = EnglishText("there is nothing to back up")
NOTHING_THERE_HINT = EnglishText("look at the folders that the settings name")
UNWRITABLE_HINT = EnglishText("name another file")
ON_A_TERMINAL = EnglishText(
    "articlebot backup: a terminal can't show a backup; name a file, or type: "
    "articlebot backup - > FILE"
)
UNREADABLE_HINT = EnglishText("see to it that it is a file, and that you may read it")
NO_BACKUP = EnglishText("is no backup of articlebot, or only a part of one")
NO_BACKUP_HINT = EnglishText("take another backup; nothing has been changed")
NEWER_BACKUP = EnglishText("was made by a newer version of the program")
NEWER_BACKUP_HINT = EnglishText("install that version; nothing has been changed")
NOT_RESTORED = EnglishText("can't be restored: {reason}")
NOT_RESTORED_HINT = EnglishText(
    "see to the disk, and restore it again; the records are as they were"
)
RECORDS_ARE_THERE = EnglishText("there are records already")
RECORDS_ARE_THERE_HINT = EnglishText(
    "with --replace they are moved away, and the backup's take their place"
)
RECORDS_ARE_OFF = EnglishText("the backup holds records, and the settings keep none (records: off)")
VERSIONS_ARE_OFF = EnglishText(
    "the backup holds versions, and the settings keep none (versions: off)"
)
NAME_A_FOLDER = EnglishText("name a folder in the settings; nothing has been changed")
