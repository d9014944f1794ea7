"""An evaluation as people read it, and the questions asked with a bar while they wait.

In: an Evaluation, and its Comparison with an earlier one. Out: text of at most the console's width:
metrics, whether the confidence can be trusted, each failure with its reason, what changed. While
questions are being answered, a bar is on standard error. It measures and decides nothing.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.answers.model import Answer, Quote
from bot.articles.model import Article, Section
from bot.evaluation.comparison import Comparison, JudgmentPair, MetricValues, Run
from bot.evaluation.evaluation import Evaluation, MissedTarget
from bot.evaluation.input_files import InputError, InputFault, read_text
from bot.evaluation.judgment import JudgedAnswer, judge
from bot.evaluation.metrics import METRICS, MetricMean
from bot.evaluation.model import ExpectedRequest, Judgment, Question
from bot.evaluation.wording import name_section, shorten
from bot.json_lines import read_run
from bot.terminal import clean, print_indented, print_line, styled
from bot.texts import common
from bot.texts import evaluation as texts

# Some ten thousand questions, each with its quotations.
_MAX_BASELINE_BYTES = 67_108_864
# Less than that nobody notices, and a bar that flashes is of no use.
_PATIENCE_S = 0.5
# Wider names of kinds leave no room for eight columns of metrics.
_MAX_KIND_WIDTH = 20
# Of a quoted sentence so much is shown.
_MAX_SHOWN = 200
# Of articles any of which may be summed up so many are named.
_MAX_NAMED = 5
# The quotations that are compared with what is expected.
_MAX_RANK = 3
_FAILURE_INDENT = 4

Row = Sequence[str]


def read_baseline(path: Path) -> Run:
    """Read what ``evaluate --json`` printed earlier; raises InputError for any other file."""
    try:
        return read_run(read_text(path, _MAX_BASELINE_BYTES))
    except ValueError:
        fault = InputFault(str(path), 0, 0, texts.NOT_A_BASELINE, texts.NOT_A_BASELINE_HINT)
        raise InputError([fault]) from None


def ask_all(
    questions: Sequence[Question],
    answer: Callable[[str], Answer],
    clock: Callable[[], float] = time.monotonic,
) -> list[JudgedAnswer]:
    """Ask every question and judge its answer.

    What takes more than half a second by the ``clock``, which gives seconds, shows a bar where
    standard error is a terminal. The bar is gone in the end.
    """
    console = Console(stderr=True)
    if not sys.stderr.isatty() or console.is_dumb_terminal:
        return [judge(question, answer(question.text)) for question in questions]
    results: list[JudgedAnswer] = []
    with _make_progress(console, clock) as progress:
        start_s = clock()
        task = progress.add_task("", total=len(questions), visible=False)
        for question in questions:
            result = judge(question, answer(question.text))
            results.append(result)
            waited_s = clock() - start_s
            progress.update(task, advance=1, visible=waited_s > _PATIENCE_S)
    return results


def _make_progress(console: Console, clock: Callable[[], float]) -> Progress:
    return Progress(
        TextColumn(texts.ASKING),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        get_time=clock,
    )


def print_evaluation(
    console: Console,
    evaluation: Evaluation,
    comparison: Comparison | None = None,
    max_failures: int | None = None,
) -> None:
    """Print the whole report; of the failures at most ``max_failures``."""
    _print_head(console, evaluation)
    _print_metrics(console, evaluation.metrics)
    _print_kinds(console, evaluation.metrics_by_kind)
    _print_calibration(console, evaluation)
    _print_failures(console, evaluation, max_failures)
    if comparison is not None:
        _print_comparison(console, comparison)


def _print_head(console: Console, evaluation: Evaluation) -> None:
    question_set = evaluation.question_set
    files = ", ".join(question_set.files)
    head = texts.QUESTIONS_FROM(len(evaluation.results), files=files)
    console.print(styled(head, "bold"), soft_wrap=True)
    for about in question_set.about:
        print_line(console, about, "dim")
    console.print()


def render_missed_target(missed: MissedTarget) -> str:
    """Say which metric misses its target, and by how much."""
    metric = texts.METRIC_LABELS[missed.metric]
    value, target = missed.value, missed.target
    if value is None:
        return texts.TARGET_NOT_MEASURED(metric=metric, target=target)
    gap = abs(value - target)
    template = texts.TARGET_ABOVE if missed.metric == "ece" else texts.TARGET_BELOW
    return template(metric=metric, value=value, gap=gap, target=target)


# Tables


def _print_rows(
    console: Console, rows: Sequence[Row], alignment: str, *, has_head: bool = False
) -> None:
    """Print rows in columns as wide as they need.

    ``alignment`` has a character for each column: "<" for left, ">" for right.
    """
    columns = zip(*rows, strict=True)
    widths = [max(map(cell_len, column)) for column in columns]
    for number, row in enumerate(rows):
        cells = map(_pad, row, widths, alignment)
        line = "  ".join(cells)
        is_head = has_head and number == 0
        print_line(console, line.rstrip(), "dim" if is_head else "")


def _pad(cell: str, width: int, alignment: str) -> str:
    blanks = " " * (width - cell_len(cell))
    return cell + blanks if alignment == "<" else blanks + cell


def _share(value: float | None, digits: int = 3) -> str:
    return texts.NO_VALUE if value is None else f"{value:.{digits}f}"


def _print_metrics(console: Console, metrics: Mapping[str, MetricMean]) -> None:
    rows: list[Row] = []
    for name, mean in metrics.items():
        digits = 1 if name == "mrr" else 0
        total = f"{mean.total:.{digits}f}"
        total_of_count = texts.TOTAL_OF_COUNT(total=total, count=mean.count)
        label = texts.METRIC_LABELS[name]
        meaning = texts.METRIC_MEANINGS[name]
        row = (label, _share(mean.value), total_of_count, meaning)
        rows.append(row)
    _print_rows(console, rows, "<>><")


def _print_kinds(console: Console, by_kind: Mapping[str, Mapping[str, MetricMean]]) -> None:
    if not by_kind:
        return
    labels = [texts.METRIC_LABELS[name] for name in METRICS]
    rows: list[Row] = [(texts.KIND, *labels)]
    for kind, metrics in by_kind.items():
        cells = [_cell(name, mean) for name, mean in metrics.items()]
        row = (_name_kind(kind), *cells)
        rows.append(row)
    alignment = "<" + ">" * len(METRICS)
    console.print()
    _print_rows(console, rows, alignment, has_head=True)


def _name_kind(kind: str) -> str:
    return shorten(clean(kind) or texts.NO_KIND, _MAX_KIND_WIDTH)


def _cell(name: str, mean: MetricMean) -> str:
    if mean.value is None:
        return texts.NO_VALUE
    if name == "mrr":
        return _share(mean.value, 2)
    return f"{mean.total:.0f}/{mean.count}"


def _print_calibration(console: Console, evaluation: Evaluation) -> None:
    calibration = evaluation.calibration
    console.print()
    if calibration.error is None:
        print_line(console, texts.NOTHING_ANSWERED)
        return
    rows: list[Row] = [texts.CALIBRATION_COLUMNS]
    for one in calibration.bins:
        confidences = texts.CONFIDENCE_RANGE(low=one.low, high=one.high)
        mean = _share(one.confidence, 2)
        right = _share(one.right, 2)
        row = (confidences, str(one.count), mean, right)
        rows.append(row)
    _print_rows(console, rows, "<>>>", has_head=True)
    answers = sum(one.count for one in calibration.bins)
    error = texts.CALIBRATION_ERROR(
        answers, error=calibration.error, threshold=evaluation.threshold
    )
    print_line(console, error)


# Failures


def _print_failures(console: Console, evaluation: Evaluation, max_failures: int | None) -> None:
    failures = evaluation.failures
    console.print()
    if not failures:
        print_line(console, texts.NO_FAILURES, "green")
        return
    head = texts.FAILURES(failures=len(failures), questions=len(evaluation.results))
    print_line(console, head, "bold")
    shown = failures[:max_failures]
    for failure in shown:
        _print_failure(console, failure, evaluation.threshold)
    if len(shown) < len(failures):
        more = texts.MORE_FAILURES(count=len(failures) - len(shown))
        console.print()
        print_line(console, more, "dim")


def _print_failure(console: Console, failure: JudgedAnswer, threshold: float) -> None:
    question = failure.question
    place = texts.PLACE_OF_QUESTION(file=question.file, line=question.line)
    line = styled(place, "dim") + styled(question.text)
    console.print()
    console.print(line, soft_wrap=True)
    for reason in explain_failure(failure, threshold):
        print_indented(console, styled(reason), _FAILURE_INDENT)


def explain_failure(failure: JudgedAnswer, threshold: float) -> list[str]:
    """Say what was quoted instead of what, or why nothing was; one thing a line."""
    outcome = failure.judgment.outcome
    if failure.question.request is not None:
        lines = _explain_request(failure.answer, failure.question.request)
    elif failure.answer.kind in ("summary", "about"):
        lines = [texts.TAKEN_FOR_REQUEST]
    elif outcome == "refused":
        lines = _explain_refusal(failure, threshold)
    elif outcome == "not_refused":
        lines = _explain_answer(failure.answer)
    elif outcome == "key_wrong":
        lines = _explain_wrong_key(failure)
    else:
        lines = _explain_wrong_quotation(failure)
    return lines + _explain_words(failure.answer)


def _explain_request(answer: Answer, request: ExpectedRequest) -> list[str]:
    """Say what was answered where a summary, or a fact about articles, was expected."""
    told = _name_answer(answer)
    answered = texts.ANSWERED_INSTEAD(what=told) if told else texts.NOTHING_INSTEAD
    expected = [_name_summary(*place) for place in request.sections]
    if request.aspect != "summary":
        expected = [_name_fact(request.articles, request.aspect)]
    elif not expected:
        titles = [article.title for article in request.articles[:_MAX_NAMED]]
        expected = [texts.SUMMARY_OF_ARTICLE(title=title) for title in titles]
    return [answered, texts.EXPECTED_REQUEST(what=common.OR().join(expected))]


def _name_answer(answer: Answer) -> str:
    """Name what was answered, of whatever kind; empty where nothing was."""
    if answer.about is not None:
        return _name_fact(answer.about.articles, answer.about.asked)
    if answer.quotes:
        first = answer.quotes[0]
        section = name_section(first.article, first.section, with_article=True)
        return texts.QUOTATION_INSTEAD(section=section, confidence=answer.confidence)
    if not answer.summaries:
        return ""
    first_summary = answer.summaries[0]
    if answer.is_of_whole_article:
        return texts.SUMMARY_OF_ARTICLE(title=first_summary.article.title)
    return _name_summary(first_summary.article, first_summary.section)


def _name_summary(article: Article, section: Section) -> str:
    name = name_section(article, section, with_article=True)
    return texts.SUMMARY_OF_SECTION(section=name)


def _name_fact(articles: Sequence[Article], fact: str) -> str:
    if len(articles) == 1:
        return texts.FACT_ABOUT(title=articles[0].title, fact=fact)
    return texts.FACT_ABOUT_SEVERAL(fact=fact)


def _explain_refusal(failure: JudgedAnswer, threshold: float) -> list[str]:
    answer, question = failure.answer, failure.question
    if answer.kind == "smalltalk":
        return [texts.TAKEN_FOR_SMALL_TALK]
    refused = texts.REFUSED_WITH(
        confidence=answer.confidence, coverage=answer.coverage, threshold=threshold
    )
    if not answer.closest:
        return [refused]
    article, section = answer.closest[0]
    nearest = _name_quoted_section(question, article, section)
    if (article, section) in question.expected_sections:
        return [refused, texts.NEAREST_IS_EXPECTED(section=nearest)]
    expected = _name_expected_sections(question, article)
    return [refused, texts.NEAREST_IS_ANOTHER(section=nearest, expected=expected)]


def _explain_answer(answer: Answer) -> list[str]:
    """Say what was answered where nothing should have been."""
    first = answer.quotes[0]
    section = name_section(first.article, first.section)
    lines = [
        texts.ANSWERED_WRONGLY(confidence=answer.confidence),
        _first_quotation(first),
        texts.FROM_SECTION(section=section),
    ]
    if first.matched:
        lines.append(texts.MATCHED_WORDS(words=_quote_words(first.matched)))
    return lines


def _explain_wrong_key(failure: JudgedAnswer) -> list[str]:
    first = failure.answer.quotes[0]
    sentence = shorten(first.key.plain, _MAX_SHOWN)
    wrong = texts.WRONG_KEY_SENTENCE(sentence=sentence)
    return [wrong, _expected_texts(failure.question)]


def _explain_wrong_quotation(failure: JudgedAnswer) -> list[str]:
    first = failure.answer.quotes[0]
    lines = [_explain_section(failure, first), _first_quotation(first)]
    if failure.question.expected_sentences:
        lines.append(_expected_texts(failure.question))
    lines.append(_explain_rank(failure))
    return lines


def _explain_section(failure: JudgedAnswer, first: Quote) -> str:
    """Say from which section was quoted, and which one was expected."""
    question, confidence = failure.question, failure.answer.confidence
    if failure.judgment.section_is_right:
        section = name_section(first.article, first.section)
        return texts.OTHER_SENTENCE(section=section, confidence=confidence)
    section = _name_quoted_section(question, first.article, first.section)
    expected = _name_expected_sections(question, first.article)
    return texts.OTHER_SECTION(section=section, expected=expected, confidence=confidence)


def _explain_rank(failure: JudgedAnswer) -> str:
    """Say where among the quotations the expected sentence or section is."""
    rank = failure.judgment.rank
    compared = min(len(failure.answer.quotes), _MAX_RANK)
    found, missing = texts.EXPECTED_SECTION_RANK, texts.EXPECTED_SECTION_MISSING
    if failure.question.expected_sentences:
        found, missing = texts.EXPECTED_SENTENCE_RANK, texts.EXPECTED_SENTENCE_MISSING
    if rank is None:
        return missing(compared)
    return found(rank=rank)


def _explain_words(answer: Answer) -> list[str]:
    """Say which words of the question stand nowhere, and which were taken for others."""
    lines: list[str] = []
    if answer.missing:
        lines.append(texts.NOWHERE(words=_quote_words(answer.missing)))
    for word, meant in answer.corrections:
        lines.append(texts.CORRECTED(word=word, meant=meant))
    return lines


def _expected_texts(question: Question) -> str:
    quoted = [texts.QUOTED(text=shorten(text, _MAX_SHOWN)) for text in question.expected]
    return texts.EXPECTED(texts=common.OR().join(quoted))


def _first_quotation(quote: Quote) -> str:
    plain = " ".join(sentence.plain for sentence in quote.sentences)
    return texts.FIRST_QUOTATION(quotation=shorten(plain, _MAX_SHOWN))


def _quote_words(words: Sequence[str]) -> str:
    return ", ".join(texts.QUOTED(text=word) for word in words)


def _name_quoted_section(question: Question, article: Article, section: Section) -> str:
    """Name the section that was found, with its article where another one is expected."""
    return name_section(article, section, with_article=_is_other_expected(question, article))


def _name_expected_sections(question: Question, found: Article) -> str:
    """Name the expected sections, with their articles where one is not of the article found."""
    with_article = _is_other_expected(question, found)
    names: list[str] = []
    for article, section in question.expected_sections:
        name = name_section(article, section, with_article=with_article)
        names.append(name)
    return common.OR().join(names)


def _is_other_expected(question: Question, found: Article) -> bool:
    return any(article.id != found.id for article, _ in question.expected_sections)


# Comparison with a baseline


def _print_comparison(console: Console, comparison: Comparison) -> None:
    console.print()
    print_line(console, texts.COMPARED, "bold")
    rows: list[Row] = [texts.COMPARISON_COLUMNS, *_comparison_rows(comparison)]
    _print_rows(console, rows, "<>>>", has_head=True)
    if not comparison.better and not comparison.worse:
        print_line(console, texts.NOTHING_CHANGED)
    _print_list(console, texts.BETTER, _name_moves(comparison.better), "green")
    _print_list(console, texts.WORSE, _name_moves(comparison.worse), "red")
    _print_list(console, texts.EXPECTATION_CHANGED, comparison.expectation_changed)
    _print_list(console, texts.ONLY_NOW, comparison.only_in_run)
    _print_list(console, texts.ONLY_BEFORE, comparison.only_in_baseline)


def _comparison_rows(comparison: Comparison) -> Iterator[Row]:
    """Give a row for each metric over all questions, and for each of a kind that differs."""
    baseline, run = comparison.baseline, comparison.run
    for name, value in run.metrics.items():
        label = texts.METRIC_LABELS[name]
        yield _comparison_row(label, baseline.metrics[name], value)
    for kind, values in run.metrics_by_kind.items():
        if kind in baseline.metrics_by_kind:
            earlier = baseline.metrics_by_kind[kind]
            yield from _kind_rows(kind, earlier, values)


def _kind_rows(kind: str, before: MetricValues, now: MetricValues) -> Iterator[Row]:
    """Give a row for each metric of a kind that differs."""
    for name, value in now.items():
        if value == before[name]:
            continue
        metric = texts.METRIC_LABELS[name]
        label = texts.METRIC_OF_KIND(kind=_name_kind(kind), metric=metric)
        yield _comparison_row(label, before[name], value)


def _comparison_row(label: str, before: float | None, now: float | None) -> Row:
    change = ""
    if before is not None and now is not None and before != now:
        difference = now - before
        change = f"{difference:+.3f}"
    return label, _share(before), _share(now), change


def _name_moves(pairs: Sequence[JudgmentPair]) -> list[str]:
    moves: list[str] = []
    for before, now in pairs:
        old = _name_outcome(before)
        new = _name_outcome(now)
        move = texts.MOVED(question=now.question, before=old, now=new)
        moves.append(move)
    return moves


def _name_outcome(judgment: Judgment) -> str:
    outcome = judgment.outcome
    if outcome == "not_first":
        return texts.OUTCOME_OF_RANK(rank=judgment.rank)
    if outcome == "wrong" and judgment.section_is_right:
        return texts.OUTCOME_OTHER_SENTENCE
    if outcome == "right" and not judgment.is_covered:
        return texts.OUTCOME_RIGHTLY_REFUSED
    return texts.OUTCOMES[outcome]


def _print_list(console: Console, title: str, lines: Sequence[str], style: str = "") -> None:
    if lines:
        head = texts.LIST_HEAD(title=title, count=len(lines))
        print_line(console, head, style)
    for line in lines:
        print_indented(console, styled(line))
