"""An evaluation as people read it: figures, whether the confidence can be trusted, each failure with why, what changed.

In: an Evaluation, and its Changes since an earlier one. Out: text of at most the console's width, and a bar on
standard error while questions are being answered. It measures and decides nothing.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot.answers.model import Answer, Quote
from bot.articles.model import Article, Section
from bot.evaluation.metrics import (
    FIGURES,
    Changes,
    Evaluation,
    Figure,
    Mark,
    Record,
    Result,
    Shortfall,
    judge,
)
from bot.evaluation.question_set import InputError, Question, QuestionSetFault, read_text
from bot.json_lines import read_record
from bot.terminal import clean, count, print_indented

_MAX_BASELINE_BYTES = 67_108_864
# Less than that nobody notices; a bar that flashes is no use.
_PATIENCE_S = 0.5
_WIDEST_KIND = 20
_LONGEST = 200

_LABELS = {
    "hit1": ("hit@1", "the first quotation holds what is expected"),
    "hit3": ("hit@3", "one of the first three does"),
    "mrr": ("MRR", "mean of 1 / number of the first that does"),
    "key": ("key", "the first one's key sentence is as expected"),
    "section": ("section", "the first one is from a section expected"),
    "answered": ("answered", "of what the articles should answer"),
    "refused": ("refused", "of what they should not answer"),
    "ece": ("ECE", "expected calibration error"),
}
_STANDING = {
    "right": "right",
    "key_wrong": "right but for its key sentence",
    "wrong": "wrong",
    "refused": "refused",
    "not_refused": "answered",
}


def read_baseline(path: Path) -> Record:
    """Read what ``evaluate --json`` printed earlier; raises InputError for any other file."""
    try:
        return read_record(read_text(path, _MAX_BASELINE_BYTES))
    except ValueError:
        hint = "make one with: articlebot evaluate --json FILE > baseline.json"
        raise InputError(
            [QuestionSetFault(str(path), 0, 0, "is not what evaluate --json prints", hint)]
        ) from None


def ask_all(
    questions: Sequence[Question],
    answer: Callable[[str], Answer],
    clock: Callable[[], float] = time.monotonic,
) -> list[Result]:
    """Ask every question and judge its answer.

    What takes more than half a second by the ``clock``, which gives seconds, shows a bar where standard error is a
    terminal. The bar is gone in the end.
    """
    console = Console(stderr=True)
    if not sys.stderr.isatty() or console.is_dumb_terminal:
        return [judge(question, answer(question.text)) for question in questions]
    columns = TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    progress = Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        get_time=clock,
    )
    with progress:
        began_s = clock()
        task = progress.add_task("", total=len(questions), visible=False)
        results = []
        for question in questions:
            results.append(judge(question, answer(question.text)))
            progress.update(task, advance=1, visible=clock() - began_s > _PATIENCE_S)
    return results


def print_evaluation(
    console: Console,
    evaluation: Evaluation,
    changes: Changes | None = None,
    most_failures: int | None = None,
) -> None:
    """Print the whole report; of the failures at most ``most_failures``."""
    asked = evaluation.asked
    head = f"{count(len(evaluation.results), 'question')} from {', '.join(asked.files)}"
    console.print(Text(clean(head), style="bold"), soft_wrap=True)
    for about in asked.about:
        console.print(Text(clean(about), style="dim"))
    console.print()
    _print_figures(console, evaluation.figures)
    _print_kinds(console, evaluation.kinds)
    _print_calibration(console, evaluation)
    _print_failures(console, evaluation, most_failures)
    if changes is not None:
        _print_changes(console, changes)


def render_shortfall(shortfall: Shortfall) -> str:
    """Say which figure is not what was asked for, and by how much."""
    label, _ = _LABELS[shortfall.name]
    if shortfall.value is None:
        return (
            f"{label} can't be told: no question is about it, and {shortfall.limit:g} was asked for"
        )
    gap, where = (
        abs(shortfall.value - shortfall.limit),
        "above" if shortfall.name == "ece" else "below",
    )
    return f"{label} is {shortfall.value:.4f}: {gap:.4f} {where} the {shortfall.limit:g} that was asked for"


def _print_rows(
    console: Console, rows: Sequence[Sequence[str]], sides: str, *, has_head: bool = False
) -> None:
    """Print rows in columns as wide as they need; ``sides`` says of each column whether it stands left or right."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = []
        for cell, width, side in zip(row, widths, sides, strict=True):
            blanks = " " * (width - cell_len(cell))
            cells.append(cell + blanks if side == "<" else blanks + cell)
        line = "  ".join(cells).rstrip()
        console.print(Text(line, style="dim" if has_head and not number else ""))


def _share(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _print_figures(console: Console, figures: Mapping[str, Figure]) -> None:
    rows = []
    for name, figure in figures.items():
        label, meaning = _LABELS[name]
        total = f"{figure.total:.1f}" if name == "mrr" else f"{figure.total:.0f}"
        rows.append((label, _share(figure.value), f"{total} of {figure.count}", meaning))
    _print_rows(console, rows, "<>><")


def _print_kinds(console: Console, kinds: Mapping[str, Mapping[str, Figure]]) -> None:
    if not kinds:
        return
    rows = [("kind", *(_LABELS[name][0] for name in FIGURES))]
    for kind, figures in kinds.items():
        cells = (_cell(name, figure) for name, figure in figures.items())
        rows.append((_cut(clean(kind) or "(none)", _WIDEST_KIND), *cells))
    console.print()
    _print_rows(console, rows, "<" + ">" * len(FIGURES), has_head=True)


def _cell(name: str, figure: Figure) -> str:
    if figure.value is None:
        return "–"
    return _share(figure.value, 2) if name == "mrr" else f"{figure.total:.0f}/{figure.count}"


def _print_calibration(console: Console, evaluation: Evaluation) -> None:
    bins, error = evaluation.calibration.bins, evaluation.calibration.error
    console.print()
    if error is None:
        console.print(Text("No question was answered, so there is no confidence to look at."))
        return
    rows = [("confidence", "answers", "mean", "right")]
    rows += [
        (
            f"{one.low:.1f} to {one.high:.1f}",
            str(one.count),
            _share(one.confidence, 2),
            _share(one.right, 2),
        )
        for one in bins
    ]
    _print_rows(console, rows, "<>>>", has_head=True)
    answers = count(sum(one.count for one in bins), "answer")
    console.print(
        Text(
            f"expected calibration error {error:.3f} over {answers}; threshold {evaluation.threshold:g}"
        )
    )


def _print_failures(console: Console, evaluation: Evaluation, most: int | None) -> None:
    failures = evaluation.failures
    console.print()
    if not failures:
        console.print(Text("Every question was answered, or refused, as expected.", style="green"))
        return
    shown = failures[:most]
    console.print(
        Text(f"Not as expected: {len(failures)} of {len(evaluation.results)}", style="bold")
    )
    for failure in shown:
        question = failure.question
        console.print()
        place = Text(clean(f"{question.file}:{question.line}  "), style="dim")
        console.print(place + Text(clean(question.text)), soft_wrap=True)
        for line in explain(failure, evaluation.threshold):
            print_indented(console, Text(clean(line)), 4)
    if len(shown) < len(failures):
        console.print()
        console.print(Text(f"… and {len(failures) - len(shown)} more", style="dim"))


def explain(result: Result, threshold: float) -> list[str]:
    """Say why a result is a failure: what was quoted instead of what, or why nothing was; one thing a line."""
    answer, mark = result.answer, result.mark
    if mark.outcome == "refused":
        lines = _explain_refusal(result, threshold)
    elif mark.outcome == "not_refused":
        lines = [f"answered though it should not be, with confidence {answer.confidence:.2f}"]
        lines += [
            _quoted(answer.quotes[0]),
            f"from {_label(answer.quotes[0].article, answer.quotes[0].section)}",
        ]
        lines += (
            [f"matched words: {_listed(answer.quotes[0].matched)}"]
            if answer.quotes[0].matched
            else []
        )
    elif mark.outcome == "key_wrong":
        lines = [f"key sentence: “{_cut(answer.quotes[0].key.plain)}”", *_expected(result.question)]
        lines[0] = f"the first quotation is right, but not its {lines[0]}"
    else:
        lines = _explain_wrong(result)
    return [*lines, *_explain_words(answer)]


def _explain_refusal(result: Result, threshold: float) -> list[str]:
    answer, question = result.answer, result.question
    if answer.kind == "smalltalk":
        return ["taken for small talk"]
    lines = [f"refused with confidence {answer.confidence:.2f} (threshold {threshold:.2f})"]
    if answer.closest:
        place = answer.closest[0]
        fits = (
            "as expected"
            if place in question.places
            else f"expected {_expected_places(question, place[0])}"
        )
        lines.append(f"nearest section: {_quoted_place(question, *place)}, {fits}")
    return lines


def _explain_wrong(result: Result) -> list[str]:
    question, mark, quotes = result.question, result.mark, result.answer.quotes
    first = quotes[0]
    if mark.section_is_right:
        where = f"answered from {_label(first.article, first.section)}, but with another sentence"
    else:
        place = _quoted_place(question, first.article, first.section)
        where = f"answered from {place} instead of {_expected_places(question, first.article)}"
    among = "the only quotation" if len(quotes) == 1 else f"the first {len(quotes[:3])} quotations"
    found = f"found as number {mark.rank}" if mark.rank else f"not in {among}"
    confidence = f" (confidence {result.answer.confidence:.2f})"
    if not question.sentences:
        return [where + confidence, _quoted(first), f"expected section: {found}"]
    return [where + confidence, _quoted(first), *_expected(question), f"expected sentence: {found}"]


def _explain_words(answer: Answer) -> list[str]:
    lines = [f"nowhere in the articles: {_listed(answer.missing)}"] if answer.missing else []
    return lines + [f"“{word}” was taken for “{meant}”" for word, meant in answer.corrections]


def _expected(question: Question) -> list[str]:
    return [f"expected: {' or '.join(f'“{_cut(text)}”' for text in question.expected)}"]


def _quoted(quote: Quote) -> str:
    return f"first quotation: “{_cut(' '.join(sentence.plain for sentence in quote.sentences))}”"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _quoted_place(question: Question, article: Article, section: Section) -> str:
    """Name the section that was found, with its article where another one is expected."""
    return _label(article, section, with_article=_is_from_another(question, article))


def _expected_places(question: Question, found: Article) -> str:
    """Name the sections that are expected, with their articles where not all are of the one that was found."""
    with_article = _is_from_another(question, found)
    return " or ".join(
        _label(article, section, with_article=with_article) for article, section in question.places
    )


def _is_from_another(question: Question, found: Article) -> bool:
    return any(article.id != found.id for article, _ in question.places)


def _label(article: Article, section: Section, *, with_article: bool = False) -> str:
    if not section.heading:
        return f"the lead of “{article.title}”"
    return f"“{section.heading}” ({article.id})" if with_article else f"“{section.heading}”"


def _cut(text: str, longest: int = _LONGEST) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _print_changes(console: Console, changes: Changes) -> None:
    console.print()
    console.print(Text("Compared with the baseline", style="bold"))
    rows = [("", "before", "now", "change"), *_difference_rows(changes)]
    _print_rows(console, rows, "<>>>", has_head=True)
    if not changes.better and not changes.worse:
        console.print(Text("No question is answered better or worse."))
    for title, style, pairs in (
        ("Better", "green", changes.better),
        ("Worse", "red", changes.worse),
    ):
        moved = [f"{now.question}  ({_standing(then)} → {_standing(now)})" for then, now in pairs]
        _print_list(console, title, moved, style)
    _print_list(console, "Something else was expected then", changes.otherwise)
    _print_list(console, "Not in the baseline", changes.only_now)
    _print_list(console, "Only in the baseline", changes.only_before)


def _difference_rows(changes: Changes) -> Iterator[tuple[str, str, str, str]]:
    """Give the overall figures, and those of the kinds that differ."""
    before, now = changes.before, changes.now
    for name, value in now.figures.items():
        yield _difference(_LABELS[name][0], before.figures[name], value)
    for kind in filter(before.kinds.__contains__, now.kinds):
        for name, value in now.kinds[kind].items():
            if value != before.kinds[kind][name]:
                label = f"{_cut(clean(kind) or '(none)', _WIDEST_KIND)}: {_LABELS[name][0]}"
                yield _difference(label, before.kinds[kind][name], value)


def _difference(label: str, before: float | None, now: float | None) -> tuple[str, str, str, str]:
    if before is None or now is None:
        return label, _share(before), _share(now), ""
    return label, _share(before), _share(now), "" if before == now else f"{now - before:+.3f}"


def _standing(mark: Mark) -> str:
    if mark.outcome == "not_first":
        return f"number {mark.rank}"
    if mark.outcome == "wrong" and mark.section_is_right:
        return "another sentence of the section"
    return "refused" if not mark.is_covered and not mark.is_answered else _STANDING[mark.outcome]


def _print_list(console: Console, title: str, lines: Sequence[str], style: str = "") -> None:
    if lines:
        console.print(Text(f"{title}: {len(lines)}", style=style))
    for line in lines:
        print_indented(console, Text(clean(line)))
