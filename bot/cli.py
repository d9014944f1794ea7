"""The commands: run, chat, ask, summary, sections, check. Only this module reads arguments and sets exit codes.

0: answered, or all is well. 1: not answered, or a file can't be served. 2: wrong use.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot import __version__
from bot.answers.answer import Policy
from bot.answers.browse import choose_sections
from bot.answers.summary import summarise
from bot.desk import Desk
from bot.json_lines import render_answer, render_line, render_problem, render_section, render_summary
from bot.settings import Settings, SettingsError, read_connection, read_settings
from bot.terminal import (
    chat,
    clean,
    make_console,
    print_answer,
    print_check,
    print_sections,
    print_summaries,
)

_FINE, _NOT_ANSWERED, _WRONG_USE = 0, 1, 2
# For `run`: another start will not help (EX_CONFIG of sysexits.h).
_MISCONFIGURED = 78


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    _open_streams()
    parser = _make_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return _FINE
    try:
        options.settings = read_settings(getattr(options, "config", None))
        command: Callable[[argparse.Namespace, Desk], int] = options.run
        code = command(options, _open(options))
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


def _make_parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--knowledge", type=Path, metavar="DIR", help="the folder of articles (default: knowledge)")
    common.add_argument(
        "--config", type=Path, metavar="FILE", help="the settings (default: config.yaml, if there is one)"
    )
    parser = argparse.ArgumentParser(
        prog="articlebot",
        description="Answers questions from a folder of articles, in the articles' own words.",
        epilog="articlebot COMMAND --help tells more. Exit codes: 0 answered or fine, "
        "1 not answered or a file can't be served, 2 wrong use.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"articlebot {__version__}")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace, Desk], int], about: str, *, has_json: bool = True
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about, parents=[common])
        command.set_defaults(run=run)
        if has_json:
            command.add_argument("--json", action="store_true", help="print JSON, one object a line")
        return command

    add("chat", _chat, "hold a conversation with the articles", has_json=False)
    add("run", _run, "answer in Discord, until it is stopped", has_json=False)
    ask = add("ask", _ask, "ask one question; with --json and no question, one a line from standard input")
    ask.add_argument("question", nargs="*", help="the question, in quotes or not")
    summary = add("summary", _summary, "sum up a section, or all, in its own sentences")
    summary.add_argument("section", nargs="?", default="", help="heading or number of the section")
    summary.add_argument("--article", default="", help="name of the article")
    summary.add_argument(
        "--sentences", type=_read_count, default=3, metavar="N", help="how many sentences a section (default: 3)"
    )
    add("sections", _sections, "list what the articles are divided into")
    check = add("check", _check, "say what was understood of each file, and what is wrong with it")
    check.add_argument("--strict", action="store_true", help="exit with 1 for a warning too")
    return parser


def _read_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 100")
    return int(text)


def _open(options: argparse.Namespace) -> Desk:
    settings: Settings = options.settings
    folder = getattr(options, "knowledge", settings.knowledge)
    return Desk(folder, Policy(settings.threshold, settings.quotes))


def _chat(_: argparse.Namespace, desk: Desk) -> int:
    _mention_errors(desk)
    chat(desk, make_console())
    return _FINE


def _run(options: argparse.Namespace, desk: Desk) -> int:
    # Discord's library is imported only where it is needed.
    import asyncio

    from bot import logs
    from bot.chat.service import serve

    connection = read_connection(os.environ)
    logs.set_up(connection.token.reveal() if connection.token else "")
    return asyncio.run(serve(desk, options.settings, connection))


def _ask(options: argparse.Namespace, desk: Desk) -> int:
    question = _printable(" ".join(options.question))
    if not options.question and options.json:
        _mention_errors(desk)
        for raw in sys.stdin.buffer:
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            print(render_line(render_answer(desk.answer(line))), flush=True)
        return _FINE
    if not options.question:
        print('articlebot ask: a question is missing, such as: articlebot ask "Where did they meet?"', file=sys.stderr)
        return _WRONG_USE
    answer = desk.answer(question)
    if options.json:
        print(render_line(render_answer(answer)))
    else:
        _mention_errors(desk)
        print_answer(make_console(), answer)
    return _NOT_ANSWERED if answer.kind == "none" else _FINE


def _printable(argument: str) -> str:
    """Turn the bytes of an argument that are no UTF-8 into replacement characters."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _mention_errors(desk: Desk) -> None:
    if any(problem.severity == "error" for problem in desk.problems):
        print("(Something in the folder can't be served: articlebot check tells what.)", file=sys.stderr)


def _summary(options: argparse.Namespace, desk: Desk) -> int:
    places, question = choose_sections(desk.library, _printable(options.article), _printable(options.section))
    if question:
        print(clean(question), file=sys.stderr)
        return _WRONG_USE
    summaries = [summarise(article, section, options.sentences) for article, section in places]
    if options.json:
        for summary in summaries:
            print(render_line(render_summary(summary)))
    else:
        _mention_errors(desk)
        print_summaries(make_console(), summaries)
    return _FINE if summaries else _NOT_ANSWERED


def _sections(options: argparse.Namespace, desk: Desk) -> int:
    if options.json:
        for article, section in desk.library.sections():
            print(render_line(render_section(article, section)))
    else:
        _mention_errors(desk)
        print_sections(make_console(), desk.library.articles)
    return _FINE if desk.library.articles else _NOT_ANSWERED


def _check(options: argparse.Namespace, desk: Desk) -> int:
    if options.json:
        for problem in desk.problems:
            print(render_line(render_problem(problem)))
    else:
        print_check(make_console(), desk)
    fatal = ("error", "warning") if options.strict else ("error",)
    return _NOT_ANSWERED if any(problem.severity in fatal for problem in desk.problems) else _FINE
