"""What the commands that back up and restore say: what they did, or why they did not."""

from bot.texts import Plural, Text

# What was done.
BACKED_UP = Text("{path}: {parts}, {size:,} bytes")
RECORDS = Text("records")
VERSIONS = Plural("{count} file of versions", "{count} files of versions")
RESTORED = Text("{path}: {parts}: restored")
MOVED_AWAY = Text("What was there lies in {folder} now; delete it once all is well.")

# Why it was not; the second of each pair is what may help.
NOTHING_THERE = Text("there is nothing to back up")
NOTHING_THERE_HINT = Text("look at the folders that the settings name")
UNWRITABLE_HINT = Text("name another file")
ON_A_TERMINAL = Text(
    "articlebot backup: a terminal can't show a backup; name a file, or type: "
    "articlebot backup - > FILE"
)
UNREADABLE_HINT = Text("see to it that it is a file, and that you may read it")
NO_BACKUP = Text("is no backup of articlebot, or only a part of one")
NO_BACKUP_HINT = Text("take another backup; nothing has been changed")
NEWER_BACKUP = Text("was made by a newer version of the program")
NEWER_BACKUP_HINT = Text("install that version; nothing has been changed")
NOT_RESTORED = Text("can't be restored: {reason}")
NOT_RESTORED_HINT = Text("see to the disk, and restore it again; the records are as they were")
RECORDS_ARE_THERE = Text("there are records already")
RECORDS_ARE_THERE_HINT = Text(
    "with --replace they are moved away, and the backup's take their place"
)
RECORDS_ARE_OFF = Text("the backup holds records, and the settings keep none (records: off)")
VERSIONS_ARE_OFF = Text("the backup holds versions, and the settings keep none (versions: off)")
NAME_A_FOLDER = Text("name a folder in the settings; nothing has been changed")
