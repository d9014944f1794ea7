"""The command: the conversations of members in, a Markdown table out, or every answer."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import astuple
from itertools import groupby
from pathlib import Path

from benchmarks.asking.conversations import read_conversations
from benchmarks.asking.measure import JudgedAnswer, count, hold_conversations
from bot.answers.answerer import Answerer
from bot.articles.library import build

_OWN = Path(__file__).parents[2] / "tests" / "asking"
_HEAD = """\
| member | asked | right | in three | sure | wrong among sure | rightly refused | wrongly refused \
| wrongly answered |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""
_LEGEND = """\
right: answered by the first quotation, the extract or the fact, or rightly refused. in three: by
one of three quotations. wrongly refused: the articles do answer. wrongly answered: they do not."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Hold the conversations and print the figures. Gives 0."""
    options = _make_parser().parse_args(arguments)
    answerer = Answerer(build(options.folder / "articles")[0])
    conversations = read_conversations(options.folder / "questions.yaml")
    judged = list(hold_conversations(answerer, conversations))
    if options.answers:
        print("\n".join(map(_describe, judged)), end="\n\n")
    print(_HEAD)
    for member, of_member in groupby(judged, key=lambda one: one.member):
        print(_render_row(member, list(of_member)))
    print(_render_row("all", judged))
    print(f"\n{_LEGEND}")
    return 0


def _render_row(name: str, judged: Sequence[JudgedAnswer]) -> str:
    cells = map(str, astuple(count(judged)))
    return f"| {name} | {' | '.join(cells)} |"


def _describe(judged: JudgedAnswer) -> str:
    """Give an answer on one line: whether it is right, how it is told, and how it begins."""
    answer = judged.answer
    verdict = "right" if judged.is_right else "third" if judged.in_three else "WRONG"
    told = str(answer.assurance.value) if answer.quotes else answer.kind
    follows = "> " if answer.before else ""
    shown = answer.quotes[0].key.plain if answer.quotes else answer.message
    question = f"{follows}{judged.question.text}"
    return f"{verdict}  {told:9} {judged.member:8} {question} — {shown}"


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.asking", description=__doc__)
    parser.add_argument("--answers", action="store_true", help="print every answer as well")
    about = "where articles/ and questions.yaml lie (default: tests/asking)"
    parser.add_argument("--folder", type=Path, default=_OWN, metavar="DIR", help=about)
    return parser


if __name__ == "__main__":
    sys.exit(main())
