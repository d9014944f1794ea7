"""What users asked lately: to offer it again, and to count an unanswered question once a user.

In memory only, for a day. The time is handed in, in seconds of a monotonic clock.

Questions are offered by autocompletion: at most 25 a user, of the ten thousand users who asked
last. Of the last ten thousand unanswered questions it is known who asked them in which server. So
the same question of the same user counts once there, and one that is taken back counts no more.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass

# Discord shows at most 25 choices.
_MOST_QUESTIONS = 25
# Bounds on the memory.
_MOST_USERS = 10_000
_MOST_UNANSWERED = 10_000
_MEMORY_S = 24 * 3600
# A choice's value has at most 100 characters.
_MOST_CHARACTERS = 100


# The server where something was asked, 0 for none, and the ``hash_wording`` of what it was.
Wording = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Unanswered:
    """When an unanswered question was asked, by whom, and which one where."""

    asked_s: float
    user_id: int
    wording: Wording


class RecentQuestions:
    """Earlier questions by user, and unanswered ones by event. Safe in several threads."""

    def __init__(self) -> None:
        """Start with no question."""
        # Of each user, when each question was asked last; the latest last.
        self._asked: OrderedDict[int, dict[str, float]] = OrderedDict()
        # By the id of the message or interaction that asked.
        self._unanswered: OrderedDict[int, _Unanswered] = OrderedDict()
        self._lock = threading.Lock()

    def remember(self, user_id: int, question: str, now_s: float) -> None:
        """Keep a question, unless it is too long to be offered."""
        question = " ".join(question.split())
        if not 0 < len(question) <= _MOST_CHARACTERS:
            return
        with self._lock:
            asked = self._asked.pop(user_id, {})
            asked.pop(question, None)
            asked[question] = now_s
            while len(asked) > _MOST_QUESTIONS:
                del asked[next(iter(asked))]
            self._asked[user_id] = asked
            while len(self._asked) > _MOST_USERS:
                self._asked.popitem(last=False)

    def recall(self, user_id: int, now_s: float) -> list[str]:
        """Return what a user asked within a day, the latest first."""
        with self._lock:
            asked = list(self._asked.get(user_id, {}).items())
        asked.reverse()
        return [question for question, asked_s in asked if now_s - asked_s <= _MEMORY_S]

    def forget(self, user_id: int) -> int:
        """Forget what a user asked; return how many questions, not counting unanswered ones."""
        with self._lock:
            self._drop_unanswered(lambda one: one.user_id == user_id)
            asked = self._asked.pop(user_id, {})
        return len(asked)

    def remember_unanswered(
        self, event_id: int, user_id: int, wording: Wording, now_s: float
    ) -> bool:
        """Keep who asked an unanswered question; say whether that user asks it first within a day.

        ``event_id`` is the id of the message or interaction.
        """
        with self._lock:
            self._drop_unanswered(lambda one: now_s - one.asked_s > _MEMORY_S)
            is_first = not self._is_asked(user_id, wording)
            self._unanswered[event_id] = _Unanswered(now_s, user_id, wording)
            if len(self._unanswered) > _MOST_UNANSWERED:
                self._unanswered.popitem(last=False)
        return is_first

    def take_back(self, event_id: int) -> Wording | None:
        """Forget an unanswered question; return which one it was, and where.

        Return None where there is no such question, or where its user asked it again.
        """
        with self._lock:
            one = self._unanswered.pop(event_id, None)
            if one is None or self._is_asked(one.user_id, one.wording):
                return None
            return one.wording

    def forget_questions(self, wordings: Collection[str], servers: Collection[int]) -> None:
        """Let unanswered questions of some servers count again for every user, by their hashes."""
        with self._lock:
            self._drop_unanswered(
                lambda one: one.wording[0] in servers and one.wording[1] in wordings
            )

    def _is_asked(self, user_id: int, wording: Wording) -> bool:
        for one in self._unanswered.values():
            if one.user_id == user_id and one.wording == wording:
                return True
        return False

    def _drop_unanswered(self, is_gone: Callable[[_Unanswered], bool]) -> None:
        event_ids = [event_id for event_id, one in self._unanswered.items() if is_gone(one)]
        for event_id in event_ids:
            del self._unanswered[event_id]
