"""The questions that a person asked lately, so that they are offered while the next one is typed. In memory only.

At most 25 a person, for a day, of the ten thousand people who asked last. The time is handed in.
"""

import threading
from collections import OrderedDict

_MOST_QUESTIONS = 25
_MOST_PEOPLE = 10_000
_MEMORY_S = 24 * 3600
# What a choice can give back.
_LONGEST = 100


class Earlier:
    """Earlier questions by person's id, the latest first. Safe in several threads."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._asked: OrderedDict[int, dict[str, float]] = OrderedDict()
        self._lock = threading.Lock()

    def remember(self, person: int, question: str, now_s: float) -> None:
        """Keep a question, unless it is too long to be offered."""
        question = " ".join(question.split())
        if not 0 < len(question) <= _LONGEST:
            return
        with self._lock:
            asked = self._asked.pop(person, {})
            asked.pop(question, None)
            asked[question] = now_s
            while len(asked) > _MOST_QUESTIONS:
                del asked[next(iter(asked))]
            self._asked[person] = asked
            while len(self._asked) > _MOST_PEOPLE:
                self._asked.popitem(last=False)

    def recall(self, person: int, now_s: float) -> list[str]:
        """Give what a person asked within a day."""
        with self._lock:
            asked = list(self._asked.get(person, {}).items())
        return [question for question, then_s in reversed(asked) if now_s - then_s <= _MEMORY_S]

    def forget(self, person: int) -> int:
        """Forget what a person asked; give how many questions that were."""
        with self._lock:
            return len(self._asked.pop(person, {}))
