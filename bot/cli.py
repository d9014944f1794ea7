"""The commands: run, chat, ask, summary, sections, check, evaluate. Only here are arguments read, exit codes set.

0: answered, or all is well. 1: not answered, a file can't be served, or a figure is too low. 2: wrong use.
Each command imports what it needs by itself, so that none waits for what only another one needs.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__

if TYPE_CHECKING:
    from bot.knowledge_base import KnowledgeBase

_FINE, _NOT_ANSWERED, _WRONG_USE = 0, 1, 2
# For `run`: another start will not help (EX_CONFIG of sysexits.h).
_MISCONFIGURED = 78


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    _open_streams()
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = _make_parser(arguments)
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return _FINE
    # NumPy's threads would only cost time at the start: no array here is so large that it is shared out among them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.settings import SettingsError, read_settings

    try:
        options.settings = read_settings(getattr(options, "config", None))
        command: Callable[[argparse.Namespace], int] = options.run
        code = command(options)
        sys.stdout.flush()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return _MISCONFIGURED if options.command == "run" else _WRONG_USE
    except BrokenPipeError:
        # Whoever read the output has gone; what Python flushes at exit must go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FINE
    except OSError as error:
        print(f"articlebot: the output can't be written: {error.strerror}", file=sys.stderr)
        return _WRONG_USE
    except KeyboardInterrupt:
        return 130
    return code


def _open_streams() -> None:
    """Write UTF-8 whatever the locale is; a stream that was closed by the caller is an empty one."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 (open to the end)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open to the end)
        getattr(sys, name).reconfigure(encoding="utf-8", errors="replace")


def _make_parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--knowledge", type=Path, metavar="DIR", help="the folder of articles (default: knowledge)"
    )
    common.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="the settings (default: config.yaml, if there is one)",
    )
    parser = argparse.ArgumentParser(
        prog="articlebot",
        description="Answers questions from a folder of articles, in the articles' own words.",
        epilog="articlebot COMMAND --help tells more. Exit codes: 0 answered or fine, "
        "1 not answered, a file can't be served or a figure is too low, 2 wrong use.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"articlebot {__version__}")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], about: str, *, has_json: bool = True
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about, parents=[common])
        command.set_defaults(run=run)
        if has_json:
            command.add_argument(
                "--json", action="store_true", help="print JSON, one object a line"
            )
        return command

    add("chat", _chat, "hold a conversation with the articles", has_json=False)
    add("run", _run, "answer in Discord, until it is stopped", has_json=False)
    ask = add(
        "ask", _ask, "ask one question; with --json and no question, one a line from standard input"
    )
    ask.add_argument("question", nargs="*", help="the question, in quotes or not")
    summary = add("summary", _summary, "sum up a section, or all, in its own sentences")
    summary.add_argument("section", nargs="?", default="", help="heading or number of the section")
    summary.add_argument("--article", default="", help="name of the article")
    summary.add_argument(
        "--sentences",
        type=_read_count,
        metavar="N",
        help="at most N sentences of every section (default: 3 of one section; of several, a line or two of each)",
    )
    add("sections", _sections, "list what the articles are divided into")
    check = add("check", _check, "say what was understood of each file, and what is wrong with it")
    check.add_argument("--strict", action="store_true", help="exit with 1 for a warning too")
    evaluation = add(
        "evaluate", _evaluate, "ask the questions of a file and compare what is answered"
    )
    if "evaluate" in arguments:
        _add_evaluation(evaluation)
    return parser


def _add_evaluation(command: argparse.ArgumentParser) -> None:
    from bot.evaluation.metrics import METRICS

    command.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="questions with what is expected (YAML)"
    )
    command.add_argument(
        "--baseline", type=Path, metavar="FILE", help="compare with what --json printed earlier"
    )
    command.add_argument(
        "--failures", type=_read_most, metavar="N", help="print at most N failures (default: all)"
    )
    limits = command.add_argument_group(
        "what the figures must reach (0 to 1); if one does not, the exit code is 1"
    )
    for name in METRICS:
        limits.add_argument(f"--min-{name}", type=_read_share, metavar="SHARE")
    limits.add_argument(
        "--max-ece", type=_read_share, metavar="SHARE", help="the expected calibration error"
    )


def _read_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 100")
    return int(text)


def _read_most(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 999999")
    return int(text)


def _read_share(text: str) -> float:
    if not re.fullmatch(r"0|1|[01]?\.[0-9]{1,9}", text) or float(text) > 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return float(text)


def _open(options: argparse.Namespace, log: Callable[[str], None] | None = None) -> "KnowledgeBase":
    """Read the folder. How far that has come is shown on a terminal, or logged if there is a ``log``."""
    from bot.answers.model import Policy
    from bot.knowledge_base import KnowledgeBase, without_long_collections
    from bot.progress import LoggedProgress, TerminalProgress

    folder = getattr(options, "knowledge", options.settings.knowledge)
    policy = Policy(options.settings.threshold, options.settings.quotes)
    with without_long_collections(), LoggedProgress(log) if log else TerminalProgress() as progress:
        knowledge_base = KnowledgeBase(folder, policy, progress, options.settings.index)
    if knowledge_base.why_unsaved:
        print(
            f"(The next start will take as long again: {knowledge_base.why_unsaved}.)",
            file=sys.stderr,
        )
    return knowledge_base


def _chat(options: argparse.Namespace) -> int:
    from bot.terminal import chat, make_console

    knowledge_base = _open(options)
    _mention_errors(knowledge_base)
    chat(knowledge_base, make_console())
    return _FINE


def _run(options: argparse.Namespace) -> int:
    import asyncio
    import logging

    from bot import logs
    from bot.chat.service import serve
    from bot.settings import read_connection

    connection = read_connection(os.environ)
    logs.set_up(connection.token.reveal() if connection.token else "")
    knowledge_base = _open(options, logging.getLogger(__name__).info)
    return asyncio.run(serve(knowledge_base, options.settings, connection))


def _ask(options: argparse.Namespace) -> int:
    if not options.question and not options.json:
        print(
            'articlebot ask: a question is missing, such as: articlebot ask "Where did they meet?"',
            file=sys.stderr,
        )
        return _WRONG_USE
    knowledge_base = _open(options)
    if not options.json:
        return _ask_for_people(knowledge_base, _printable(" ".join(options.question)))
    from bot.json_lines import render_answer, render_line

    if options.question:
        answer = knowledge_base.answer(_printable(" ".join(options.question)))
        print(render_line(render_answer(answer)))
        return _NOT_ANSWERED if answer.kind == "none" else _FINE
    _mention_errors(knowledge_base)
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        print(render_line(render_answer(knowledge_base.answer(line))), flush=True)
    return _FINE


def _ask_for_people(knowledge_base: "KnowledgeBase", question: str) -> int:
    from bot.terminal import make_console, print_answer

    answer = knowledge_base.answer(question)
    _mention_errors(knowledge_base)
    print_answer(make_console(), answer)
    return _NOT_ANSWERED if answer.kind == "none" else _FINE


def _printable(argument: str) -> str:
    """Turn the bytes of an argument that are no UTF-8 into replacement characters."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _mention_errors(knowledge_base: "KnowledgeBase") -> None:
    if any(problem.severity == "error" for problem in knowledge_base.problems):
        print(
            "(Something in the folder can't be served: articlebot check tells what.)",
            file=sys.stderr,
        )


def _summary(options: argparse.Namespace) -> int:
    from bot.answers.lookup import choose_sections
    from bot.answers.summary import summarise_places

    knowledge_base = _open(options)
    places, question = choose_sections(
        knowledge_base.library, _printable(options.article), _printable(options.section)
    )
    if question:
        return _complain(question)
    summaries = summarise_places(places, options.sentences)
    if options.json:
        from bot.json_lines import render_line, render_summary

        for summary in summaries:
            print(render_line(render_summary(summary)))
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
    if options.json:
        from bot.json_lines import render_line, render_section

        for article, section in knowledge_base.library.sections():
            print(render_line(render_section(article, section)))
    else:
        from bot.terminal import make_console, print_sections

        _mention_errors(knowledge_base)
        print_sections(make_console(), knowledge_base.library.articles)
    return _FINE if knowledge_base.library.articles else _NOT_ANSWERED


def _check(options: argparse.Namespace) -> int:
    knowledge_base = _open(options)
    if options.json:
        from bot.json_lines import render_line, render_problem

        for problem in knowledge_base.problems:
            print(render_line(render_problem(problem)))
    else:
        from bot.terminal import make_console, print_check

        print_check(make_console(), knowledge_base)
    fatal = ("error", "warning") if options.strict else ("error",)
    return (
        _NOT_ANSWERED
        if any(problem.severity in fatal for problem in knowledge_base.problems)
        else _FINE
    )


def _evaluate(options: argparse.Namespace) -> int:
    from bot.evaluation.comparison import compare
    from bot.evaluation.evaluation import evaluate, find_missed_targets
    from bot.evaluation.input_files import InputError
    from bot.evaluation.metrics import METRICS
    from bot.evaluation.question_set import read_questions
    from bot.json_lines import render_evaluation, render_line
    from bot.report import ask_all, print_evaluation, read_baseline, render_missed_target
    from bot.terminal import make_console

    knowledge_base = _open(options)
    _mention_errors(knowledge_base)
    try:
        asked = read_questions(options.files, knowledge_base.library)
        baseline = read_baseline(options.baseline) if options.baseline else None
    except InputError as error:
        return _complain(*error.faults)
    evaluation = evaluate(
        asked, ask_all(asked.questions, knowledge_base.answer), options.settings.threshold
    )
    changes = compare(baseline, evaluation.run) if baseline else None
    if options.json:
        print(render_line(render_evaluation(evaluation, changes)))
    else:
        print_evaluation(make_console(), evaluation, changes, options.failures)
    limits = {name: getattr(options, f"min_{name}") for name in METRICS} | {"ece": options.max_ece}
    missed = find_missed_targets(
        evaluation, {name: limit for name, limit in limits.items() if limit is not None}
    )
    sys.stdout.flush()
    for one in missed:
        print(render_missed_target(one), file=sys.stderr)
    return _NOT_ANSWERED if missed else _FINE
