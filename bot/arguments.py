"""The arguments of the command line: which commands there are, and what each takes.

In: arguments. Out: options by name, or an explanation and an exit code, as argparse gives them.
What commands do is in ``cli``.
"""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from bot import __version__
from bot.texts import commands as texts


def make_parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Make the parser of some arguments; the name of the command is in ``command``."""
    common = _make_common_parser()
    parser = argparse.ArgumentParser(
        prog="articlebot",
        description=texts.DESCRIPTION,
        epilog=texts.EPILOG,
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"articlebot {__version__}")
    commands = parser.add_subparsers(title=texts.COMMANDS, dest="command", metavar="COMMAND")

    def add(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=about, parents=[common])

    add("chat", texts.CHAT)
    add("run", texts.RUN)
    health = add("health", texts.HEALTH)
    health.add_argument("--ready", action="store_true", help=texts.HEALTH_READY)
    doctor = add("doctor", texts.DOCTOR)
    ask = add("ask", texts.ASK)
    summary = add("summary", texts.SUMMARY)
    sections = add("sections", texts.SECTIONS)
    check = add("check", texts.CHECK)
    evaluate = add("evaluate", texts.EVALUATE)
    backup = add("backup", texts.BACKUP)
    restore = add("restore", texts.RESTORE)
    publish = add("publish", texts.PUBLISH)
    publish.add_argument("--fewer", action="store_true", help=texts.PUBLISH_FEWER)
    for command in (ask, summary, sections, check, evaluate, doctor):
        command.add_argument("--json", action="store_true", help=texts.JSON)
    ask.add_argument("question", nargs="*", help=texts.ASK_QUESTION)
    _add_summary_arguments(summary)
    check.add_argument("--all", action="store_true", help=texts.CHECK_ALL)
    check.add_argument("--strict", action="store_true", help=texts.CHECK_STRICT)
    backup.add_argument("file", metavar="FILE", help=texts.BACKUP_FILE)
    restore.add_argument("file", metavar="FILE", help=texts.RESTORE_FILE)
    restore.add_argument("--replace", action="store_true", help=texts.RESTORE_REPLACE)
    if "evaluate" in arguments:
        _add_evaluate_arguments(evaluate)
    return parser


def _make_common_parser() -> argparse.ArgumentParser:
    """Make the options that may stand before a command or after it."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--knowledge", type=Path, metavar="DIR", help=texts.KNOWLEDGE)
    common.add_argument("--config", type=Path, metavar="FILE", help=texts.CONFIG)
    return common


def _add_summary_arguments(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("section", nargs="?", default="", help=texts.SUMMARY_SECTION)
    add("--article", default="", help=texts.SUMMARY_ARTICLE)
    add("--sentences", type=_read_sentences, metavar="N", help=texts.SUMMARY_SENTENCES)


def _add_evaluate_arguments(command: argparse.ArgumentParser) -> None:
    # No other command needs it.
    from bot.evaluation.metrics import METRICS  # noqa: PLC0415

    add = command.add_argument
    add("files", nargs="+", type=Path, metavar="FILE", help=texts.EVALUATE_FILES)
    add("--baseline", type=Path, metavar="FILE", help=texts.EVALUATE_BASELINE)
    add("--failures", type=_read_failures, metavar="N", help=texts.EVALUATE_FAILURES)
    limits = command.add_argument_group(texts.EVALUATE_LIMITS)
    for name in METRICS:
        limits.add_argument(f"--min-{name}", type=_read_share, metavar="SHARE")
    limits.add_argument("--max-ece", type=_read_share, metavar="SHARE", help=texts.EVALUATE_ECE)


def _read_sentences(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(texts.NOT_A_NUMBER(value=text, least=1, most=100))
    return int(text)


def _read_failures(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise argparse.ArgumentTypeError(texts.NOT_A_NUMBER(value=text, least=0, most=999999))
    return int(text)


def _read_share(text: str) -> float:
    is_number = re.fullmatch(r"0|1|[01]?\.[0-9]{1,9}", text) is not None
    if not is_number or float(text) > 1:
        raise argparse.ArgumentTypeError(texts.NOT_A_NUMBER(value=text, least=0, most=1))
    return float(text)
