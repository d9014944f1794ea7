"""Changes of the folder: drafted, checked, then made, so that each can be undone.

In: what some files shall be. Out: a Proposal, which says what that would do; and, once somebody
agrees, the Reload that serves it. Nothing is written before. A change that has begun is finished
after a kill: the versions of its files, before and after, are kept first.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.articles.files import read_content
from bot.articles.folder import Folder, FolderLimits
from bot.articles.model import Problem
from bot.articles.overlay import Overlay
from bot.editing.folder_writer import WriteError, sweep_unfinished, write_files
from bot.editing.names import QUESTIONS
from bot.editing.question_check import QuestionCheck, check_questions
from bot.knowledge_base import KnowledgeBase
from bot.reloading import Draft, Reload
from bot.texts import editing as texts
from bot.versions.history import Action, FileChange, History, Pending
from bot.versions.keeper import VersionKeeper
from bot.versions.model import VersionsError

# A change waits so long for a reload that runs.
_PATIENCE_S = 20.0


class ChangeError(Exception):
    """A change can't be made, and nothing was changed; the message says why, and what helps."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of some files, and what it would do.

    Attributes:
        draft: What would be served.
        files: The SHA-256 of each file before and after.
        questions: What becomes of the editor's own questions.

    """

    draft: Draft
    files: Mapping[str, FileChange]
    questions: QuestionCheck

    @property
    def needs_confirmation(self) -> bool:
        """Whether it is only made if somebody says so once more."""
        return self.draft.refusal == "fewer" or bool(self.questions.lost)

    @property
    def is_possible(self) -> bool:
        """Whether it can be made at all."""
        return self.draft.refusal in ("", "fewer")


class EditingDesk:
    """Makes changes of one folder, one after the other. For several threads.

    Attributes:
        why_closed: Why nothing can be changed; "" where it can.

    """

    def __init__(
        self,
        folder: Path,
        knowledge_base: KnowledgeBase,
        versions: VersionKeeper,
        limits: FolderLimits,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Edit a folder that is served by a knowledge base, and keep its versions."""
        self._folder = folder
        self._knowledge_base = knowledge_base
        self._versions = versions
        self._limits = limits
        self._clock = clock
        self.why_closed = "" if versions.can_begin else texts.NO_VERSIONS

    @property
    def history(self) -> History:
        """The last revisions."""
        return self._versions.history

    def propose(self, files: Mapping[str, bytes | None]) -> Proposal:
        """Say what it would do to put some files into the folder, or to take some out (None).

        Raises ChangeError where there is nothing to do, and ReloadRunningError.
        """
        changes = {}
        for name, content in files.items():
            change = FileChange(_digest(self._read(name)), _digest(content))
            if change.old_sha256 != change.new_sha256:
                changes[name] = change
        if not changes:
            raise ChangeError(texts.NOTHING_TO_CHANGE)
        overlay = Overlay({name: files[name] for name in changes})
        draft = self._knowledge_base.draft(overlay)
        return Proposal(draft, changes, self._check_questions(draft))

    def propose_rollback(self, number: int) -> Proposal:
        """Say what it would do to go back to a revision.

        Raises ChangeError where its versions are not kept any more, or nothing has changed since.
        """
        if number and self.history.find(number) is None:
            raise ChangeError(texts.NO_REVISION(number=number))
        files: dict[str, bytes | None] = {}
        for name, digest in self.history.undo_after(number).items():
            content = self._versions.read(digest) if digest else None
            if digest and content is None:
                raise ChangeError(texts.VERSION_GONE(file=name))
            files[name] = content
        return self.propose(files)

    def make(
        self, proposal: Proposal, action: Action, user_id: int, *, is_confirmed: bool = False
    ) -> Reload:
        """Write the files of a proposal, and serve them.

        Raises ChangeError where it needs to be confirmed, where somebody has changed one of the
        files since it was proposed, and where they can't be written; then all is as before. Raises
        ReloadRunningError where the folder is being read for long.
        """
        if not proposal.is_possible:
            raise ChangeError(texts.NOT_SERVED)
        if proposal.needs_confirmation and not is_confirmed:
            raise ChangeError(texts.NOT_CONFIRMED)
        if self.why_closed:
            raise ChangeError(self.why_closed)
        try:
            with self._knowledge_base.reading_alone(_PATIENCE_S):
                return self._make(proposal, action, user_id)
        except (VersionsError, WriteError) as error:
            raise ChangeError(_explain(error)) from None

    def _make(self, proposal: Proposal, action: Action, user_id: int) -> Reload:
        """Write and serve; whatever goes wrong, all is as before, now or after the next start.

        Raises VersionsError and WriteError.
        """
        before = self._read_before(proposal)
        after = proposal.draft.overlay.files
        contents = [one for one in (*before.values(), *after.values()) if one is not None]
        pending = Pending(self._clock(), action, user_id, proposal.files)
        self._versions.begin(pending, contents)
        reload = None
        try:
            write_files(self._folder, after)
            reload = self._knowledge_base.reload(proposal.draft.confirmation)
        finally:
            if reload is None or not reload.is_served:
                write_files(self._folder, before)
                self._versions.abandon()
        return reload

    def _read_before(self, proposal: Proposal) -> Mapping[str, bytes | None]:
        """Read what is there now; raises ChangeError if that is not what the proposal is about."""
        before = {}
        for name, change in proposal.files.items():
            before[name] = self._read(name)
            if _digest(before[name]) != change.old_sha256:
                raise ChangeError(texts.CHANGED_SINCE(file=name))
        return before

    def _check_questions(self, draft: Draft) -> QuestionCheck:
        content = draft.overlay.files.get(QUESTIONS)
        if QUESTIONS not in draft.overlay.files:
            content = self._read(QUESTIONS)
        if content is None:
            return QuestionCheck()
        served = self._knowledge_base.answerer
        now = self._knowledge_base.library, served
        text = content.decode("utf-8-sig", "replace")
        return check_questions(QUESTIONS, text, now, (draft.library, draft.answerer))

    def _read(self, name: str) -> bytes | None:
        """Read a file of the folder; None where there is none.

        Raises ChangeError where something is there that can't be read.
        """
        with Folder(self._folder) as opened:
            if not _is_there(opened, name):
                return None
            read = read_content(opened, name, self._limits)
        if isinstance(read, Problem):
            raise ChangeError(str(read))
        return read[0]


def recover(folder: Path, versions: VersionKeeper) -> str:
    """Finish a change that was interrupted; say what stands in the way, "" for nothing.

    A file that is neither as it was nor as it should be was changed by somebody else since, and is
    left as it is. It belongs before the folder is served.
    """
    pending = versions.history.pending
    if pending is None or not versions.can_begin:
        return ""
    sweep_unfinished(folder, pending.files)
    unwritten: dict[str, bytes | None] = {}
    with Folder(folder) as opened:
        for name, change in pending.files.items():
            if _digest_of(opened, name) != change.old_sha256:
                continue
            content = versions.read(change.new_sha256) if change.new_sha256 else None
            if content is not None or not change.new_sha256:
                unwritten[name] = content
    try:
        write_files(folder, unwritten)
    except WriteError as error:
        return str(error)
    return ""


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _digest_of(folder: Folder, name: str) -> str | None:
    """Give the SHA-256 of a file, "" where there is none, None where it can't be read."""
    if not _is_there(folder, name):
        return ""
    read = read_content(folder, name, FolderLimits())
    return None if isinstance(read, Problem) else _digest(read[0])


def _is_there(folder: Folder, name: str) -> bool:
    try:
        folder.locate(name)
        return os.path.lexists(folder.path / name)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _explain(error: WriteError | VersionsError) -> str:
    is_read_only = isinstance(error, WriteError) and error.is_read_only
    return f"{error} ({texts.READ_ONLY_HINT})" if is_read_only else str(error)
