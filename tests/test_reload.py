"""While a folder is read again questions go on, and each is answered by the old library or by the
new one.
"""

import gc
import threading
import weakref
from pathlib import Path

import pytest

from benchmarks.reload.folder import Writer
from bot.answers.model import Answer, Policy
from bot.knowledge_base import KnowledgeBase
from bot.memory import without_long_collections


def ask_while_reloading(
    knowledge_base: KnowledgeBase, questions: list[str]
) -> dict[str, list[Answer]]:
    """Ask all questions over and over until a reload has ended, and once more; give the answers to
    each.
    """
    reloading = threading.Thread(target=knowledge_base.reload)
    answers: dict[str, list[Answer]] = {question: [] for question in questions}
    reloading.start()
    goes_on = True
    while goes_on:
        goes_on = reloading.is_alive()
        for question in questions:
            answers[question].append(knowledge_base.answer(question))
    reloading.join()
    return answers


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("articles", [10, 100])
def test_no_answer_is_a_mixture_of_old_and_new(tmp_path: Path, articles: int) -> None:
    """Fifty passages an article, all of them exchanged: what is quoted, offered and counted is from
    one library.
    """
    writer = Writer(tmp_path)
    for number in range(articles):
        writer.write(number, "alpha")
    knowledge_base = KnowledgeBase(tmp_path, Policy(threshold=0))
    words = writer.draw("questions", 32)
    questions = [
        f"What is said of {' '.join(words[at : at + 4])}?" for at in range(0, len(words), 4)
    ]
    old = {question: knowledge_base.answer(question) for question in questions}
    for number in range(articles):
        writer.write(number, "beta")
    answers = ask_while_reloading(knowledge_base, questions)
    for question in questions:
        new = knowledge_base.answer(question)
        assert {quote.key.text.split()[-1] for quote in old[question].quotes} == {"alpha."}
        assert {quote.key.text.split()[-1] for quote in new.quotes} == {"beta."}
        changed = [answer == new for answer in answers[question]]
        assert changed == sorted(changed)
        assert changed[-1]
        assert all(answer in (old[question], new) for answer in answers[question])


def test_what_is_no_longer_served_is_let_go_without_the_garbage_collector(tmp_path: Path) -> None:
    """It is looked at no more, so what held itself would stay for ever; articles that stay the same
    do stay.
    """
    writer = Writer(tmp_path)
    for number in range(2):
        writer.write(number, "alpha", 5)
    gc.disable()
    try:
        knowledge_base = KnowledgeBase(tmp_path, Policy())
        # With everything remembered that a question leaves behind.
        assert knowledge_base.answer(knowledge_base.answerer.library.articles[0].title).quotes
        knowledge_base.check_quotation(
            next(knowledge_base.library.sections())[1].sentences[0].plain
        )
        answerer, index = (
            weakref.ref(knowledge_base.answerer),
            weakref.ref(knowledge_base.answerer.index),
        )
        kept = knowledge_base.library.articles[1]
        writer.write(0, "beta", 5)
        knowledge_base.reload()
        assert (answerer(), index()) == (None, None)
        assert knowledge_base.library.articles[1] is kept
    finally:
        gc.enable()


def test_collections_go_on_as_before_when_a_library_is_made(tmp_path: Path) -> None:
    """What was made is out of the collector's sight, and its thresholds are what they were, even
    after an error.
    """
    thresholds = gc.get_threshold()
    frozen = gc.get_freeze_count()
    Writer(tmp_path).write(0, "alpha", 5)
    try:
        with without_long_collections():
            knowledge_base = KnowledgeBase(tmp_path, Policy())
            assert gc.get_threshold()[2] > 10**6
        assert gc.get_freeze_count() > frozen + len(list(knowledge_base.library.passages()))
        with pytest.raises(ZeroDivisionError), without_long_collections():
            1 / 0  # noqa: B018 (raises)
        assert gc.get_threshold() == thresholds
    finally:
        gc.unfreeze()
