"""What is said where somebody's answer is kept among the articles."""

from bot.texts import Text

KEEP_MENU = Text("Keep as an answer")
QUESTION_LABEL = Text("The question that it answers")
ANSWER_LABEL = Text("The answer")
ANSWER_HINT = Text("Its author is asked first, and sees what stands here.")
NOT_A_REPLY = Text("Only what a person wrote can be kept as an answer.")
TOO_LONG = Text("The answer is too long to be shown to its author; at most {most} characters.")
CONSENT = Text(
    "<@{author}>, an editor would like to keep this answer of yours among the articles. I quote it "
    "to whoever asks that, with a link to your message. Is that all right?"
)
AGREE = Text("Yes, keep it")
DECLINE = Text("No")
TAKE_BACK = Text("Take it back")
ONLY_AUTHOR = Text("Only the author of the answer can say that.")
ASKED_AUTHOR = Text("Asked. It is kept as soon as its author agrees.")
NOT_ASKED = Text("I could not write here to ask its author.")
KEPT = Text("Kept: I answer with this from now on. <@{author}> can take it back at any time, here.")
DECLINED = Text("Not kept.")
TAKEN_BACK = Text("Taken back: I no longer answer with this.")
NEEDS_EDITOR = Text("an editor has to look at it first, as other answers would get worse")
