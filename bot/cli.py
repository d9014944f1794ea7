"""The commands: run, chat, ask, summary, sections, check, evaluate, health, doctor and more.

In: the arguments of the command line, as ``arguments`` reads them. Out: text or JSON, and an exit
code. Each command imports what it needs by itself, so that none waits for what only another one
needs.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.arguments import make_parser
from bot.texts import commands as texts

if TYPE_CHECKING:
    from bot.backup import Folders
    from bot.evaluation.evaluation import Evaluation
    from bot.knowledge_base import KnowledgeBase
    from bot.settings import Secret, Settings
    from bot.versions.model import VersionStore

# Answered, or all is well.
_FINE = 0
# Not answered, a file can't be served, a figure is too low, or something has to be mended.
_NOT_ANSWERED = 1
# Not backed up, or not restored.
_NOT_DONE = 1
_WRONG_USE = 2
# For `run`: another start will not help (EX_CONFIG of sysexits.h).
_MISCONFIGURED = 78
# Ended by Ctrl-C: 128 and the number of SIGINT, as shells have it.
_INTERRUPTED = 130

# In the place of a file's name: the standard input or output.
_STANDARD_STREAM = "-"

# To publish a smaller share of the files than this has to be asked for.
_LEAST_SHARE = 0.8


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    _open_streams()
    if arguments is None:
        arguments = sys.argv[1:]
    parser = make_parser(arguments)
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return _FINE
    # No array here is so large that NumPy shares it out among threads; to start them costs time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.settings import Settings, SettingsError, read_settings

    try:
        # The doctor says itself what is wrong with the settings.
        is_doctor = options.command == "doctor"
        config = getattr(options, "config", None)
        options.settings = Settings() if is_doctor else read_settings(config)
        code = _COMMANDS[options.command](options)
        sys.stdout.flush()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return _MISCONFIGURED if options.command == "run" else _WRONG_USE
    except BrokenPipeError:
        # Whoever read the output has gone; what Python flushes at exit must go nowhere.
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, sys.stdout.fileno())
        return _FINE
    except OSError as error:
        print(texts.OUTPUT_FAILED(reason=error.strerror), file=sys.stderr)
        return _WRONG_USE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _open_streams() -> None:
    """Write UTF-8 whatever the locale is; a stream that the caller closed becomes an empty one."""
    devnull = Path(os.devnull)
    if sys.stdin is None:
        sys.stdin = devnull.open(encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = devnull.open("w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = devnull.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure")  # noqa: B009 (TextIO does not declare it)
        reconfigure(encoding="utf-8", errors="replace")


def _open(
    options: argparse.Namespace,
    log: Callable[[str], None] | None = None,
    *,
    with_model: bool = False,
    is_recording: bool = False,
) -> "KnowledgeBase":
    """Read the folder of articles; ``with_model``, if one is set, have it embedded as well.

    How far that has come is shown on a terminal, or logged if there is a ``log``. Who is recording
    keeps the versions that it serves; all others only read them.
    """
    from bot.answers.model import Policy
    from bot.editing.recovery import recover
    from bot.knowledge_base import KnowledgeBase
    from bot.logs import hush_readers
    from bot.memory import without_long_collections
    from bot.progress import LoggedProgress, TerminalProgress
    from bot.versions.keeper import VersionKeeper

    settings = options.settings
    folder = getattr(options, "knowledge", settings.knowledge)
    store = _find_store(settings, folder, is_recording=is_recording)
    fetch = None
    if is_recording and store is not None and settings.articles_from == "database":
        fetch = _copy_published(folder, store, log)
    versions = VersionKeeper(store, is_recording=is_recording)
    if is_recording:
        fault = recover(folder, versions)
        if fault:
            _tell(fault, log)
    policy = Policy(settings.threshold, settings.quotes)
    progress = LoggedProgress(log) if log else TerminalProgress()
    hush_readers()
    with without_long_collections(), progress as shown:
        knowledge_base = KnowledgeBase(
            folder, policy, shown, settings.index, settings.ignore, versions=versions
        )
    knowledge_base.fetch = fetch
    if with_model and settings.model is not None:
        knowledge_base.embed_with(settings.model)
    if knowledge_base.why_unsaved:
        _tell(texts.NOT_SAVED(reason=knowledge_base.why_unsaved), log)
    return knowledge_base


def _find_store(settings: "Settings", folder: Path, *, is_recording: bool) -> "VersionStore | None":
    """Find where versions are kept; None where they are not."""
    from bot.versions.file_store import FileVersionStore

    if settings.versions is None:
        return None
    if is_recording and settings.records_url is not None:
        return _make_server_store(settings.records_url)
    return FileVersionStore(settings.versions, folder)


def _make_server_store(url: "Secret") -> "VersionStore":
    """Make the store of versions that several processes share. Raises SettingsError."""
    from bot.records.model import RecordsError
    from bot.records.postgres_address import parse_address
    from bot.records.shared_files import SharedFiles
    from bot.server_versions import ServerVersionStore
    from bot.settings import SettingsError

    try:
        return ServerVersionStore(SharedFiles(parse_address(url.reveal())))
    except RecordsError as error:
        fault = SettingsError([str(error)])
    raise fault


def _copy_published(
    folder: Path, store: "VersionStore", log: Callable[[str], None] | None
) -> Callable[[], str]:
    """Make the folder a copy of what was published; give what does so again."""
    from bot.editing.published import PublishedFolder
    from bot.texts.service import NOT_UP_TO_DATE

    published = PublishedFolder(folder, store)
    fault = published.fetch()
    if fault:
        _tell(NOT_UP_TO_DATE(reason=fault), log)
    return published.fetch


def _tell(sentence: str, log: Callable[[str], None] | None) -> None:
    """Say something on standard error, or in the log if there is one."""
    if log is None:
        print(sentence, file=sys.stderr)
    else:
        log(sentence)


def _open_embedded(options: argparse.Namespace) -> "KnowledgeBase":
    """Read the folder of articles and, if a model is set, wait until it is embedded."""
    from bot.progress import EmbeddingProgress

    knowledge_base = _open(options, with_model=True)
    embedding = knowledge_base.embedding
    if embedding is not None:
        with EmbeddingProgress() as shown:
            embedding.wait(lambda status: shown(status.done, status.total))
        _mention_embedding(knowledge_base)
    return knowledge_base


def _mention_embedding(knowledge_base: "KnowledgeBase") -> None:
    """Say on standard error why a model is not used, or why its vectors are not kept."""
    embedding = knowledge_base.embedding
    if embedding is None:
        return
    for line in embedding.status.list_faults():
        print(f"({line}.)", file=sys.stderr)


def _chat(options: argparse.Namespace) -> int:
    from bot.terminal import chat, make_console

    knowledge_base = _open(options, with_model=True)
    _mention_errors(knowledge_base)
    chat(knowledge_base, make_console())
    return _FINE


def _run(options: argparse.Namespace) -> int:
    import logging

    from bot import logs
    from bot.chat.service import run
    from bot.environment import (
        find_heartbeat,
        list_passwords,
        read_connection,
        with_records_url,
        with_shards,
    )
    from bot.settings import SettingsError, find_overlap
    from bot.texts import settings as settings_texts

    connection = read_connection(os.environ)
    token = connection.token.reveal() if connection.token else ""
    settings = with_shards(with_records_url(options.settings, os.environ), os.environ)
    settings = replace(settings, heartbeat=find_heartbeat(settings, os.environ))
    logs.set_up(token, settings.log_level, settings.log_format, list_passwords(settings))
    log = logging.getLogger(__name__)
    # The settings were checked with their own folder; another may be named beside them.
    folder = getattr(options, "knowledge", settings.knowledge)
    overlap = find_overlap(folder, settings.servers)
    if overlap is not None:
        raise SettingsError([settings_texts.SERVERS_OVERLAP_AT(folder=overlap)])
    options.settings = settings
    knowledge_base = _open(options, log.info, with_model=True, is_recording=True)
    knowledge_base.log_kept()
    if knowledge_base.embedding is not None:
        # To load a model holds other threads up for a moment, which nobody notices now.
        knowledge_base.embedding.wait_until_counted()
    return run(knowledge_base, settings, connection)


def _health(options: argparse.Namespace) -> int:
    """Say how the running bot is, by its heartbeat file."""
    from bot.environment import find_heartbeat
    from bot.heartbeat import HeartbeatError, read_heartbeat

    path = find_heartbeat(options.settings, os.environ)
    if path is None:
        print(texts.NO_HEARTBEAT, file=sys.stderr)
        return _WRONG_USE
    try:
        heartbeat = read_heartbeat(path)
    except HeartbeatError as error:
        print(texts.HEARTBEAT_UNREADABLE(path=path, reason=error))
        return _NOT_ANSWERED
    health = heartbeat.health
    if not heartbeat.is_alive:
        print(texts.STUCK(seconds=round(heartbeat.age_s)))
        return _NOT_ANSWERED
    template = texts.READY if health.is_ready else texts.NOT_READY
    print(template(gateway=health.gateway, articles=health.articles))
    is_fine = health.is_ready or not options.ready
    return _FINE if is_fine else _NOT_ANSWERED


def _doctor(options: argparse.Namespace) -> int:
    """Say what keeps the bot from working, here and at Discord."""
    import asyncio

    from bot.doctor.examination import examine
    from bot.doctor.model import has_error
    from bot.settings import Settings

    def open_articles(settings: Settings) -> "KnowledgeBase":
        options.settings = settings
        knowledge_base = _open(options, with_model=True)
        if knowledge_base.embedding is not None:
            knowledge_base.embedding.wait_until_counted()
        return knowledge_base

    config = getattr(options, "config", None)
    checks = asyncio.run(examine(config, os.environ, open_articles))
    if options.json:
        from bot.json_lines import render_check

        _print_lines(map(render_check, checks))
    else:
        from bot.doctor_report import print_checks
        from bot.terminal import make_console

        print_checks(make_console(), checks)
    return _NOT_ANSWERED if has_error(checks) else _FINE


def _ask(options: argparse.Namespace) -> int:
    if not options.question and not options.json:
        print(texts.NO_QUESTION, file=sys.stderr)
        return _WRONG_USE
    knowledge_base = _open_embedded(options)
    question = _make_printable(" ".join(options.question))
    if not options.json:
        return _ask_as_text(knowledge_base, question)
    if options.question:
        return _ask_as_json(knowledge_base, question)
    return _ask_lines(knowledge_base)


def _ask_as_text(knowledge_base: "KnowledgeBase", question: str) -> int:
    from bot.terminal import make_console, print_answer

    answer = knowledge_base.answer(question)
    _mention_errors(knowledge_base)
    print_answer(make_console(), answer)
    return _NOT_ANSWERED if answer.kind == "none" else _FINE


def _ask_as_json(knowledge_base: "KnowledgeBase", question: str) -> int:
    from bot.json_lines import render_answer

    answer = knowledge_base.answer(question)
    _print_lines([render_answer(answer, knowledge_base.library.kept)])
    return _NOT_ANSWERED if answer.kind == "none" else _FINE


def _ask_lines(knowledge_base: "KnowledgeBase") -> int:
    """Answer the questions of the standard input, one a line, each as soon as it comes."""
    from bot.json_lines import render_answer

    _mention_errors(knowledge_base)
    for raw in sys.stdin.buffer:
        question = raw.decode("utf-8", "replace").rstrip("\r\n")
        answer = knowledge_base.answer(question)
        _print_lines([render_answer(answer, knowledge_base.library.kept)])
        sys.stdout.flush()
    return _FINE


def _print_lines(objects: Iterable[dict[str, Any]]) -> None:
    """Print objects as JSON, one a line."""
    from bot.json_lines import render_line

    for values in objects:
        print(render_line(values))


def _make_printable(argument: str) -> str:
    """Turn the bytes of an argument that are no UTF-8 into replacement characters."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _mention_errors(knowledge_base: "KnowledgeBase") -> None:
    if any(problem.severity == "error" for problem in knowledge_base.problems):
        print(texts.SOMETHING_NOT_SERVED, file=sys.stderr)
    if knowledge_base.library.kept:
        print(texts.SOMETHING_KEPT, file=sys.stderr)


def _summary(options: argparse.Namespace) -> int:
    from bot.answers.lookup import choose_sections
    from bot.answers.summary import summarise_places

    knowledge_base = _open(options)
    article = _make_printable(options.article)
    section = _make_printable(options.section)
    places, question = choose_sections(knowledge_base.library, article, section)
    if question:
        return _complain(question)
    summaries = summarise_places(places, options.sentences)
    if options.json:
        from bot.json_lines import render_summary

        _print_lines(map(render_summary, summaries))
    else:
        from bot.terminal import make_console, print_summaries

        _mention_errors(knowledge_base)
        print_summaries(make_console(), summaries)
    return _FINE if summaries else _NOT_ANSWERED


def _complain(*faults: object) -> int:
    """Say what is wrong with how the program is used."""
    from bot.terminal import clean

    for fault in faults:
        print(clean(str(fault)), file=sys.stderr)
    return _WRONG_USE


def _sections(options: argparse.Namespace) -> int:
    knowledge_base = _open(options)
    library = knowledge_base.library
    if options.json:
        from bot.json_lines import render_section

        _print_lines(render_section(article, section) for article, section in library.sections())
    else:
        from bot.terminal import make_console, print_sections

        _mention_errors(knowledge_base)
        print_sections(make_console(), library.articles)
    return _FINE if library.articles else _NOT_ANSWERED


def _check(options: argparse.Namespace) -> int:
    from bot.articles.duplicates import find_duplicates
    from bot.articles.problems import sort_problems

    knowledge_base = _open(options, with_model=True)
    if knowledge_base.embedding is not None:
        knowledge_base.embedding.wait_until_counted()
    found = find_duplicates(knowledge_base.library.articles)
    if knowledge_base.questions:
        from bot.editing.question_check import find_faults
        from bot.editor_files import QUESTIONS

        found += find_faults(QUESTIONS, knowledge_base.questions, knowledge_base.library)
    problems = sort_problems([*knowledge_base.problems, *found])
    if options.json:
        from bot.json_lines import render_problem

        _print_lines(map(render_problem, problems))
    else:
        from bot.check_report import print_check
        from bot.terminal import make_console

        print_check(make_console(), knowledge_base, problems, is_full=options.all)
    fatal = ("error", "warning") if options.strict else ("error",)
    has_fatal = any(problem.severity in fatal for problem in problems)
    return _NOT_ANSWERED if has_fatal else _FINE


def _evaluate(options: argparse.Namespace) -> int:
    from bot.evaluation.comparison import compare
    from bot.evaluation.evaluation import evaluate
    from bot.evaluation.input_files import InputError
    from bot.evaluation.question_set import read_questions
    from bot.json_lines import render_evaluation
    from bot.report import ask_all, print_evaluation, read_baseline
    from bot.terminal import make_console

    knowledge_base = _open_embedded(options)
    _mention_errors(knowledge_base)
    try:
        question_set = read_questions(options.files, knowledge_base.library)
        baseline = read_baseline(options.baseline) if options.baseline else None
    except InputError as error:
        return _complain(*error.faults)
    replies = ask_all(question_set.questions, knowledge_base.answer)
    evaluation = evaluate(question_set, replies, options.settings.threshold)
    changes = compare(baseline, evaluation.run) if baseline else None
    if options.json:
        _print_lines([render_evaluation(evaluation, changes)])
    else:
        print_evaluation(make_console(), evaluation, changes, options.failures)
    sys.stdout.flush()
    return _judge(options, evaluation)


def _judge(options: argparse.Namespace, evaluation: "Evaluation") -> int:
    """Say which figures miss the targets that the options set."""
    from bot.evaluation.evaluation import find_missed_targets
    from bot.evaluation.metrics import METRICS
    from bot.report import render_missed_target

    targets = {name: getattr(options, f"min_{name}") for name in METRICS}
    targets["ece"] = options.max_ece
    given = {name: target for name, target in targets.items() if target is not None}
    missed = find_missed_targets(evaluation, given)
    for one in missed:
        print(render_missed_target(one), file=sys.stderr)
    return _NOT_ANSWERED if missed else _FINE


def _publish(options: argparse.Namespace) -> int:
    """Put what the folder serves into the records' database, and tell the processes."""
    from bot.environment import with_records_url
    from bot.records.announcements import announce
    from bot.records.model import RecordsError
    from bot.records.postgres_address import parse_address
    from bot.texts import common

    settings = with_records_url(options.settings, os.environ)
    if settings.records_url is None:
        return _complain(texts.NO_SERVER)
    # What is there now decides, and not what served well before.
    options.settings = replace(settings, articles_from="folder", versions=None)
    if not _may_publish(options, settings.records_url):
        return _NOT_DONE
    # To publish is to keep, even where nothing else is kept.
    versions = settings.versions or Path()
    options.settings = replace(settings, articles_from="folder", versions=versions)
    knowledge_base = _open(options, is_recording=True)
    library = knowledge_base.library
    fault = knowledge_base.why_unkept
    if fault:
        _complain(fault)
        return _NOT_DONE
    _mention_errors(knowledge_base)
    try:
        announce(parse_address(settings.records_url.reveal()), "articles")
    except RecordsError as error:
        # It was published; who could not be told looks when the server is back.
        _complain(error)
    articles = common.ARTICLES(len(library.articles))
    passages = common.PASSAGES(library.count_passages())
    number = knowledge_base.versions.history.last_number
    print(texts.PUBLISHED(articles=articles, passages=passages, number=number))
    return _FINE


def _may_publish(options: argparse.Namespace, url: "Secret") -> bool:
    """Say whether the folder has enough to take the place of what is published; complain if not."""
    store = _make_server_store(url)
    published = store.read_manifest()
    if store.why_blocked:
        # Told by now; how much is published can't be told.
        return False
    count = len(_open(options).library.articles)
    is_fewer = count < len(published) * _LEAST_SHARE
    if count == 0 or (is_fewer and not options.fewer):
        _complain(texts.FEWER_TO_PUBLISH(count, published=len(published)))
        return False
    return True


def _backup(options: argparse.Namespace) -> int:
    from bot.backup import BackupError, back_up, written_whole
    from bot.records.model import RecordsError
    from bot.texts import backup as backup_texts

    try:
        folders = _find_folders(options)
        if options.file != _STANDARD_STREAM:
            path = Path(options.file)
            with written_whole(path) as file:
                contents = back_up(folders, file)
                size = file.tell()
            shown = contents.describe()
            print(backup_texts.BACKED_UP(path=path, parts=shown, size=size))
            return _FINE
        if sys.stdout.isatty():
            _complain(backup_texts.ON_A_TERMINAL)
            return _NOT_DONE
        back_up(folders, sys.stdout.buffer)
    except (BackupError, RecordsError) as error:
        _complain(error)
        return _NOT_DONE
    return _FINE


def _find_folders(options: argparse.Namespace) -> "Folders":
    """Find what is backed up. Raises RecordsError for a database's address that is none."""
    from bot.backup import Folders
    from bot.environment import with_records_url
    from bot.records.postgres_address import parse_address

    settings = with_records_url(options.settings, os.environ)
    url = settings.records_url
    server = None if url is None else parse_address(url.reveal())
    return Folders(settings.records, settings.versions, server)


def _restore(options: argparse.Namespace) -> int:
    from bot.backup import BackupError, restore
    from bot.records.model import RecordsError
    from bot.texts import backup as backup_texts

    try:
        folders = _find_folders(options)
        with _open_backup(options.file) as file:
            contents = restore(folders, file, options.file, replace=options.replace)
    except (BackupError, RecordsError) as error:
        _complain(error)
        return _NOT_DONE
    print(backup_texts.RESTORED(path=options.file, parts=contents.describe()))
    if contents.moved_to is not None:
        print(backup_texts.MOVED_AWAY(folder=contents.moved_to))
    return _FINE


def _open_backup(name: str) -> "contextlib.AbstractContextManager[IO[bytes]]":
    """Open a backup; a hyphen means the standard input. Raises BackupError."""
    from bot.backup import BackupError
    from bot.texts import backup as backup_texts
    from bot.texts import common

    if name == _STANDARD_STREAM:
        return contextlib.nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        what = common.UNREADABLE(reason=error.strerror)
        raise BackupError(name, what, backup_texts.UNREADABLE_HINT) from None


_COMMANDS = {
    "chat": _chat,
    "run": _run,
    "health": _health,
    "doctor": _doctor,
    "ask": _ask,
    "summary": _summary,
    "sections": _sections,
    "check": _check,
    "evaluate": _evaluate,
    "backup": _backup,
    "restore": _restore,
    "publish": _publish,
}
