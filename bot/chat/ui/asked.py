"""What is shown of a question: of a long text, the sentences that ask.

In: a question as it was typed. Out: one line. Nothing is made inert or cut here.
"""

from bot.search.question_reader import QuestionText, read_question


def find_asked(question: str, limit: int) -> str:
    """Give a question in one line; of one longer than ``limit``, the sentences that ask.

    Where question marks do not tell which ones do, it is given whole. A question that says too
    little alone ("How did they free it?") has behind it what stood around it.
    """
    one_line = " ".join(question.split())
    if len(one_line) <= limit:
        return one_line
    read = read_question(question)
    if not isinstance(read, QuestionText) or not read.is_marked:
        return one_line
    asked = f"{read.text} {read.context.text}" if read.needs_context else read.text
    return " ".join(asked.split())
