"""What a person asked lately. In memory only, for a day; the time is handed in.

Questions are offered while the next one is typed: at most 25 a person, of the ten thousand people who asked last. Of
the last ten thousand that were asked in vain it is known by whom, so that asking again does not count again, and what
is taken back counts no more.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection

_MOST_QUESTIONS = 25
_MOST_PEOPLE = 10_000
_MOST_IN_VAIN = 10_000
_MEMORY_S = 24 * 3600
# What a choice can give back.
_LONGEST = 100


class RecentQuestions:
    """Earlier questions by person's id, the latest first. Safe in several threads."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._asked: OrderedDict[int, dict[str, float]] = OrderedDict()
        # By the id of the message or command that asked: when, by whom, and the hash of the question's wording.
        self._in_vain: OrderedDict[int, tuple[float, int, str]] = OrderedDict()
        self._lock = threading.Lock()

    def remember(self, user_id: int, question: str, now_s: float) -> None:
        """Keep a question, unless it is too long to be offered."""
        question = " ".join(question.split())
        if not 0 < len(question) <= _LONGEST:
            return
        with self._lock:
            asked = self._asked.pop(user_id, {})
            asked.pop(question, None)
            asked[question] = now_s
            while len(asked) > _MOST_QUESTIONS:
                del asked[next(iter(asked))]
            self._asked[user_id] = asked
            while len(self._asked) > _MOST_PEOPLE:
                self._asked.popitem(last=False)

    def recall(self, user_id: int, now_s: float) -> list[str]:
        """Give what a person asked within a day."""
        with self._lock:
            asked = list(self._asked.get(user_id, {}).items())
        return [question for question, then_s in reversed(asked) if now_s - then_s <= _MEMORY_S]

    def forget(self, user_id: int) -> int:
        """Forget what a person asked; give how many questions that were, without those in vain."""
        with self._lock:
            self._drop_in_vain(lambda _, who, __: who == user_id)
            return len(self._asked.pop(user_id, {}))

    def remember_in_vain(self, event: int, user_id: int, same: str, now_s: float) -> bool:
        """Keep who asked a question in vain; say whether that person had not asked it within a day.

        ``event`` is the id of the message or command, ``same`` the ``sameness`` of the question's wording.
        """
        with self._lock:
            self._drop_in_vain(lambda then_s, _, __: now_s - then_s > _MEMORY_S)
            is_first = not self._stands(user_id, same)
            self._in_vain[event] = now_s, user_id, same
            if len(self._in_vain) > _MOST_IN_VAIN:
                self._in_vain.popitem(last=False)
        return is_first

    def take_back(self, event: int) -> str:
        """Forget that a question was asked in vain; give its ``sameness``, or "" if that person asked it again."""
        with self._lock:
            _, user_id, same = self._in_vain.pop(event, (0.0, 0, ""))
            return "" if self._stands(user_id, same) else same

    def forget_questions(self, wordings: Collection[str]) -> None:
        """Let questions in vain count again, whoever asks them, by the ``sameness`` of their wordings."""
        with self._lock:
            self._drop_in_vain(lambda _, __, same: same in wordings)

    def _stands(self, user_id: int, same: str) -> bool:
        return any((who, wording) == (user_id, same) for _, who, wording in self._in_vain.values())

    def _drop_in_vain(self, is_gone: Callable[[float, int, str], bool]) -> None:
        for event in [event for event, one in self._in_vain.items() if is_gone(*one)]:
            del self._in_vain[event]
