"""Changes of the folder: drafted, checked, then made, so that each can be undone.

In: what some files shall be. Out: a Proposal, which says what that would do; and, once somebody
agrees, the Reload that serves it. Nothing is written before. A change that has begun is finished
after a kill: the versions of its files, before and after, are kept first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.articles.duplicates import find_duplicates
from bot.articles.files import read_content
from bot.articles.folder import Folder
from bot.articles.formats import ARTICLE_SUFFIXES
from bot.articles.listing import find_files, fold_name
from bot.articles.model import Problem, possible_ids
from bot.articles.overlay import Overlay
from bot.editing.differences import Difference, find_difference
from bot.editing.folder_writer import (
    WriteError,
    check_writable,
    digest_of,
    is_there,
    measure_files,
    write_files,
)
from bot.editing.names import OTHER_FILES
from bot.editing.question_check import QuestionCheck, check_questions, describe_fault
from bot.editing.question_writer import ExpectedAnswer, QuestionsError, add_question
from bot.editing.renaming import rename_article
from bot.editing.text_edit import EditError
from bot.editor_files import QUESTIONS
from bot.editor_links import LINKS
from bot.knowledge_base import KnowledgeBase
from bot.reloading import Draft, Reload
from bot.texts import editing as texts
from bot.texts import servers
from bot.versions.history import Action, FileChange, History, Pending
from bot.versions.model import VersionsError

# A change waits so long for a reload that runs.
_PATIENCE_S = 20.0


class ChangeError(Exception):
    """A change can't be made, and nothing was changed; the message says why, and what helps."""


class NothingToChangeError(ChangeError):
    """A change would leave everything as it is."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(texts.NOTHING_TO_CHANGE())


@dataclass(frozen=True, slots=True)
class Change:
    """What some files shall be, and whether that may be served.

    Attributes:
        overlay: The files as they shall be.
        files: The SHA-256 of each of them before and after.
        confirmation: What a reload has to be given for it.
        is_possible: Whether it can be made at all.
        needs_confirmation: Whether it is only made if somebody says so once more.

    """

    overlay: Overlay
    files: Mapping[str, FileChange]
    confirmation: str = ""
    is_possible: bool = True
    needs_confirmation: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change, and what it would do.

    Attributes:
        change: The change.
        draft: What would be served.
        questions: What becomes of the editor's own questions.
        problems: What is wrong with the files of the change, and what else it would make wrong.

    """

    change: Change
    draft: Draft
    questions: QuestionCheck
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """How many files a folder may have, and how many bytes these together."""

    files: int
    bytes: int


class EditingDesk:
    """Makes changes of one folder, one after the other. For several threads."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        *,
        quota: Quota | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Edit the folder that is served by a knowledge base, within a ``quota`` if any."""
        self._knowledge_base = knowledge_base
        self._folder = knowledge_base.folder
        self._makes_folder = knowledge_base.limits.may_be_missing
        self._versions = knowledge_base.versions
        self._quota = quota
        self._clock = clock

    def find_why_closed(self) -> str:
        """Say why nothing can be changed now, and what helps; "" where it can."""
        if not self._versions.can_begin:
            return _explain_no_versions()
        fault = check_writable(self._folder, makes_folder=self._makes_folder)
        return "" if fault is None else _explain(fault)

    @property
    def history(self) -> History:
        """The last revisions."""
        return self._versions.history

    def propose(self, files: Mapping[str, bytes | None]) -> Proposal:
        """Say what it would do to put some files into the folder, or to take some out (None).

        Raises ChangeError where there is nothing to do, or too much, and ReloadRunningError.
        """
        changed = {}
        for name, content in files.items():
            of_file = FileChange(digest_of(self._read(name)), digest_of(content))
            if of_file.old_sha256 != of_file.new_sha256:
                changed[name] = of_file
        if not changed:
            raise NothingToChangeError
        contents = {name: files[name] for name in changed}
        self._check_quota(contents)
        overlay = Overlay(contents)
        draft = self._knowledge_base.draft(overlay)
        questions = self._check_questions(draft)
        change = Change(
            overlay=overlay,
            files=changed,
            confirmation=draft.confirmation,
            is_possible=draft.refusal in ("", "fewer") and _is_of_use(contents, draft),
            needs_confirmation=draft.refusal == "fewer" or bool(questions.lost),
        )
        return Proposal(change, draft, questions, self._find_problems(change, draft, questions))

    def propose_question(self, added: ExpectedAnswer) -> Proposal:
        """Say what it would do to add a question to the editor's own.

        Raises ChangeError where it can't be added, and as ``propose`` does.
        """
        try:
            content = add_question(self._read(QUESTIONS), added)
        except QuestionsError as error:
            raise ChangeError(str(error)) from None
        return self.propose({QUESTIONS: content})

    def list_files(self) -> list[str]:
        """List the articles of the folder, also those that can't be served."""
        with Folder(self._folder) as opened:
            return find_files(opened, self._knowledge_base.limits).names

    def propose_new(self, name: str, text: str) -> Proposal:
        """Say what it would do to put a file into the folder under a name that none has.

        Raises ChangeError where one has it, and as ``propose`` does.
        """
        self._refuse_taken(name)
        return self.propose({name: text.encode()})

    def propose_addition(self, name: str, add: Callable[[str], str]) -> Proposal:
        """Say what it would do to add something to a file, which is made where there is none.

        ``add`` is given the text that it has; a file of which it leaves nothing is taken out.
        Raises ChangeError where that is not UTF-8 or nothing can be added, and as ``propose`` does.
        """
        content = self._read(name) or b""
        try:
            text = add(content.decode("utf-8"))
        except UnicodeDecodeError:
            raise ChangeError(texts.NOT_UTF8(file=name)) from None
        except EditError as error:
            raise ChangeError(str(error)) from None
        return self.propose({name: text.encode() if text else None})

    def propose_rename(self, name: str, new_name: str) -> Proposal:
        """Say what it would do to give a file another name, also in the editor's own files.

        An article that would not be served any more can't get that name. Raises ChangeError where
        there is a file of that name, or it is none of an article, and as ``propose`` does.
        """
        if not new_name.lower().endswith(ARTICLE_SUFFIXES):
            raise ChangeError(texts.NAME_OF_NO_ARTICLE)
        content = self._read(name)
        if content is None:
            raise ChangeError(texts.NO_FILE(file=name))
        self._refuse_taken(new_name, besides=name)
        files = {name: None, new_name: content, **self._rename(name, new_name)}
        proposal = self.propose(files)
        is_served = any(article.file == new_name for article in proposal.draft.library.articles)
        return replace(
            proposal,
            change=replace(proposal.change, is_possible=proposal.change.is_possible and is_served),
        )

    def _refuse_taken(self, name: str, *, besides: str = "") -> None:
        """Raise ChangeError where a file has a name, or one that some system takes for the same.

        Where the folder is copied to such a system, one of the two would be lost.
        """
        alike = [
            file
            for file in self.list_files()
            if fold_name(file) == fold_name(name) and file not in (name, besides)
        ]
        if alike:
            raise ChangeError(texts.NAME_TAKEN(file=alike[0]))
        if self._read(name) is not None:
            raise ChangeError(texts.NAME_TAKEN(file=name))

    def _rename(self, name: str, new_name: str) -> Mapping[str, bytes]:
        """Give the editor's own files that name the article of a file, with its new name."""
        articles = self._knowledge_base.library.articles
        taken = {article.id for article in articles if article.file != name}
        short_id, long_id = possible_ids(new_name)
        new_id = long_id if short_id in taken else short_id
        renamed = {}
        for file in (LINKS, QUESTIONS):
            content = self._read(file)
            if content is None:
                continue
            text = content.decode("utf-8", "surrogateescape")
            text = rename_article(text, name, new_id)
            renamed[file] = text.encode("utf-8", "surrogateescape")
        return renamed

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

    def compare(self, earlier: int, later: int) -> Difference:
        """Say how a later revision differs from an earlier one, by their numbers.

        Raises ChangeError where one of them is not kept.
        """
        for number in (later, earlier):
            if number and self.history.find(number) is None:
                raise ChangeError(texts.NO_REVISION(number=number))
        limits = self._knowledge_base.limits
        return find_difference(self.history, earlier, later, self._versions.read, limits)

    def make(
        self, change: Change, action: Action, user_id: int, *, is_confirmed: bool = False
    ) -> Reload:
        """Write the files of a change, and serve them.

        Raises ChangeError where it needs to be confirmed, where somebody has changed one of the
        files since it was proposed, and where they can't be written; then all is as before. Raises
        ReloadRunningError where the folder is being read for long.
        """
        if not change.is_possible:
            raise ChangeError(texts.NOT_SERVED())
        if change.needs_confirmation and not is_confirmed:
            raise ChangeError(texts.NOT_CONFIRMED())
        if not self._versions.can_begin:
            raise ChangeError(_explain_no_versions())
        try:
            with self._knowledge_base.reading_alone(_PATIENCE_S):
                return self._make(change, action, user_id)
        except (VersionsError, WriteError) as error:
            raise ChangeError(_explain(error)) from None

    def _make(self, change: Change, action: Action, user_id: int) -> Reload:
        """Write and serve; whatever goes wrong, all is as before, now or after the next start.

        Raises VersionsError and WriteError.
        """
        before = self._read_before(change)
        after = change.overlay.files
        self._check_quota(after)
        contents = [one for one in (*before.values(), *after.values()) if one is not None]
        pending = Pending(self._clock(), action, user_id, change.files)
        self._versions.begin(pending, contents)
        reload = None
        try:
            write_files(self._folder, after, makes_folder=self._makes_folder)
            reload = self._knowledge_base.reload(change.confirmation, is_changed=True)
        finally:
            if reload is None or not reload.is_served:
                write_files(self._folder, before)
                self._versions.abandon()
        return reload

    def _read_before(self, change: Change) -> Mapping[str, bytes | None]:
        """Read what is there now; raises ChangeError if that is not what is to be changed."""
        before = {}
        for name, of_file in change.files.items():
            before[name] = self._read(name)
            if digest_of(before[name]) != of_file.old_sha256:
                raise ChangeError(texts.CHANGED_SINCE(file=name))
        return before

    def _check_quota(self, contents: Mapping[str, bytes | None]) -> None:
        """Raise ChangeError where the folder would grow, and have more than its quota."""
        if self._quota is None:
            return
        before = measure_files(self._folder)
        after = dict(before)
        for name, content in contents.items():
            after.pop(name, None)
            if content is not None:
                after[name] = len(content)
        if len(after) > max(self._quota.files, len(before)):
            raise ChangeError(servers.TOO_MANY_FILES(most=self._quota.files, count=len(after)))
        size = sum(after.values())
        if size > max(self._quota.bytes, sum(before.values())):
            most, count = (f"{one / 1_000_000:.1f}" for one in (self._quota.bytes, size))
            raise ChangeError(servers.TOO_MUCH(most=most, count=count))

    def _check_questions(self, draft: Draft) -> QuestionCheck:
        if not draft.questions:
            return QuestionCheck()
        served = self._knowledge_base.answerer
        now = self._knowledge_base.library, served
        then = draft.library, draft.answerer
        return check_questions(QUESTIONS, draft.questions, now, then)

    def _find_problems(
        self, change: Change, draft: Draft, questions: QuestionCheck
    ) -> tuple[Problem, ...]:
        """Give the problems of the files of a change, and of others those that are there now.

        What is wrong with the editor's questions is always told: those are not asked.
        """
        articles_now = self._knowledge_base.library.articles
        before = set(self._knowledge_base.problems)
        before.update(find_duplicates(articles_now))
        found = list(draft.problems)
        found += find_duplicates(draft.library.articles)
        told = [one for one in found if one.file in change.files or one not in before]
        told += map(describe_fault, questions.faults)
        return tuple(told)

    def _read(self, name: str) -> bytes | None:
        """Read a file of the folder; None where there is none.

        Raises ChangeError where something is there that can't be read.
        """
        with Folder(self._folder) as opened:
            if not is_there(opened, name):
                return None
            read = read_content(opened, name, self._knowledge_base.limits)
        if isinstance(read, Problem):
            raise ChangeError(str(read))
        return read[0]


def _is_of_use(files: Mapping[str, bytes | None], draft: Draft) -> bool:
    """Say whether one of some files would be read, or is taken out."""
    served = {article.file: article.sha256 for article in draft.library.articles}
    for name, content in files.items():
        if content is None or name in OTHER_FILES:
            return True
        if served.get(name) == digest_of(content):
            return True
    return False


def _explain(error: WriteError | VersionsError) -> str:
    is_read_only = isinstance(error, WriteError) and error.is_read_only
    return f"{error} ({texts.READ_ONLY_HINT})" if is_read_only else str(error)


def _explain_no_versions() -> str:
    return f"{texts.NO_VERSIONS} ({texts.SET_VERSIONS})"
