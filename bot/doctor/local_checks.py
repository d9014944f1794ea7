"""What can be said of the bot without Discord: its articles, its folders, its disk.

In: the settings and a knowledge base that was opened with them. Out: checks, each with what mends
it. Nothing is changed, but for files that are made and deleted again to see whether that can be
done.
"""

import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from bot import __version__
from bot.articles.problems import tell_problem
from bot.doctor.model import Check, State
from bot.editing.folder_writer import check_writable
from bot.knowledge_base import KnowledgeBase
from bot.records.copying import copy_records
from bot.records.model import RecordsError
from bot.settings import Secret, Settings
from bot.texts import common
from bot.texts import doctor as texts
from bot.texts import editing as editing_texts
from bot.versions.file_store import FileVersionStore

# Room on a disk: with less nothing can be kept; with less than that it will soon be so.
_LEAST_MB = 50
_LITTLE_MB = 500
_MEGABYTE = 1_000_000

# Says how many bytes are free where a folder lies.
FreeBytes = Callable[[Path], int]


def read_free_bytes(folder: Path) -> int:
    """Ask the system how many bytes are free where a folder lies."""
    return shutil.disk_usage(folder).free


def check_program() -> Check:
    """Say which versions run: whoever helps asks for that first."""
    told = texts.PROGRAM(
        version=__version__, python=platform.python_version(), discord=version("discord.py")
    )
    return Check("program", "ok", told)


def check_here(
    settings: Settings, knowledge_base: KnowledgeBase, free_bytes: FreeBytes = read_free_bytes
) -> list[Check]:
    """Check all that lies on this machine."""
    return [
        _check_articles(knowledge_base),
        _check_editing(knowledge_base),
        _check_index(settings, knowledge_base),
        _check_model(knowledge_base),
        _check_records(settings),
        _check_versions(settings, knowledge_base),
        *_check_disks(settings, knowledge_base.folder, free_bytes),
    ]


def _check_articles(knowledge_base: KnowledgeBase) -> Check:
    folder = knowledge_base.folder.absolute()
    library = knowledge_base.library
    if not library.articles:
        what = texts.NOTHING_SERVED(folder=folder)
        return Check("articles", "error", what, texts.NOTHING_SERVED_CURE())
    problems = knowledge_base.problems
    for severity, told in (("error", texts.FILES_FAULTY), ("warning", texts.FILES_ODD)):
        found = [problem for problem in problems if problem.severity == severity]
        if found:
            state: State = "error" if severity == "error" else "warning"
            what = told(len(found), first=tell_problem(found[0]))
            return Check("articles", state, what, texts.FILES_CURE())
    articles = common.ARTICLES(len(library.articles))
    passages = common.PASSAGES(library.count_passages())
    served = texts.SERVED(articles=articles, passages=passages, folder=folder)
    return Check("articles", "ok", served)


def _check_editing(knowledge_base: KnowledgeBase) -> Check:
    """Say whether articles can be changed from Discord."""
    folder = knowledge_base.folder
    if not _is_there(folder):
        what = texts.NO_FOLDER(folder=folder.absolute())
        return Check("editing", "skipped", what)
    fault = check_writable(folder)
    if fault is not None:
        cure = editing_texts.READ_ONLY_HINT() if fault.is_read_only else texts.ROOM_CURE()
        return Check("editing", "warning", str(fault), cure)
    if not knowledge_base.versions.has_store:
        what = editing_texts.NO_VERSIONS()
        cure = editing_texts.SET_VERSIONS()
        return Check("editing", "warning", what, cure)
    return Check("editing", "ok", texts.EDITABLE())


def _check_index(settings: Settings, knowledge_base: KnowledgeBase) -> Check:
    if knowledge_base.why_unsaved:
        return Check("index", "warning", knowledge_base.why_unsaved, texts.INDEX_CURE())
    return _check_folder("index", settings.index)


def _check_model(knowledge_base: KnowledgeBase) -> Check:
    embedding = knowledge_base.embedding
    if embedding is None:
        return Check("model", "ok", texts.OFF())
    status = embedding.status
    faults = status.list_faults()
    if faults:
        state: State = "error" if status.reason else "warning"
        cure = texts.MODEL_CURE() if status.reason else texts.INDEX_CURE()
        return Check("model", state, faults[0], cure)
    (told, *_) = status.describe(knowledge_base.library.count_passages())
    return Check("model", "ok", told)


def _check_records(settings: Settings) -> Check:
    check = _check_folder("records", settings.records)
    if check.state != "ok" or settings.records is None:
        return check
    if settings.records_url is not None:
        return _check_server(settings.records_url)
    try:
        copy_records(settings.records)
    except RecordsError as error:
        return Check("records", "error", f"{error.path}: {error.what}", error.hint)
    return check


def _check_server(url: Secret) -> Check:
    """Say whether the database can be reached and used, and of which version it is."""
    # Who has none needs neither.
    from bot.records.inspection import inspect_server  # noqa: PLC0415
    from bot.records.postgres_address import parse_address  # noqa: PLC0415

    try:
        address = parse_address(url.reveal())
        server = inspect_server(address)
    except RecordsError as error:
        return Check("records", "error", f"{error.path}: {error.what}", error.hint)
    tables = texts.TABLES[server.tables]()
    told = texts.SERVER_FINE(version=server.version, place=address.shown, tables=tables)
    return Check("records", "ok", told)


def _check_versions(settings: Settings, knowledge_base: KnowledgeBase) -> Check:
    if settings.versions is not None and settings.records_url is not None:
        if settings.records is None:
            return replace(_check_server(settings.records_url), name="versions")
        # Whether they can be, what is said of the records says.
        return Check("versions", "ok", texts.FOLDER_FINE(folder="PostgreSQL"))
    check = _check_folder("versions", settings.versions)
    if check.state != "ok" or settings.versions is None:
        return check
    if knowledge_base.why_unkept:
        return Check("versions", "error", knowledge_base.why_unkept, texts.INDEX_CURE())
    store = FileVersionStore(settings.versions, knowledge_base.folder)
    store.read_manifest()
    store.read_history()
    if store.why_blocked:
        return Check("versions", "error", store.why_blocked, texts.VERSIONS_CURE())
    return check


def _check_folder(name: str, folder: Path | None) -> Check:
    """Say whether what a setting keeps can be kept; its folder need not be there yet."""
    if folder is None:
        return Check(name, "ok", texts.OFF())
    try:
        with tempfile.TemporaryFile(dir=_find_existing(folder)):
            return Check(name, "ok", texts.FOLDER_FINE(folder=folder.absolute()))
    except OSError as error:
        what = texts.FOLDER_UNWRITABLE(folder=folder.absolute(), reason=error.strerror)
        return Check(name, "error", what, texts.FOLDER_CURE(setting=name))


def _check_disks(settings: Settings, articles: Path, free_bytes: FreeBytes) -> Iterator[Check]:
    """Check where little room is left; of all that is kept, where the least is."""
    kept = [settings.records, settings.versions, settings.index]
    folders = [articles, *(folder for folder in kept if folder is not None)]
    free = {folder: free_bytes(_find_existing(folder)) // _MEGABYTE for folder in folders}
    folder = min(free, key=lambda one: free[one])
    state: State = "ok"
    if free[folder] < _LITTLE_MB:
        state = "error" if free[folder] < _LEAST_MB else "warning"
    what = texts.ROOM(megabytes=free[folder], folder=folder.absolute())
    yield Check("disk", state, what, "" if state == "ok" else texts.ROOM_CURE())


def _find_existing(folder: Path) -> Path:
    """Find the folder, or the nearest one above it that is there."""
    absolute = folder.absolute()
    return next(one for one in (absolute, *absolute.parents) if _is_there(one))


def _is_there(path: Path) -> bool:
    """Whether something is seen there; what may not be looked at is as good as not there."""
    try:
        return path.exists()
    except OSError:
        return False
