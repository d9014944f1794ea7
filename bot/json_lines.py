"""What the program says, as JSON: one object a line, as the schemas in ``bot/schemas`` describe it.

In: answers, summaries, sections, problems, evaluations. Out: objects and lines for programs, and a
run read back from a line. Everything beyond ASCII is escaped, so that a line is a line for every
reader and no control character of an article reaches a terminal.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.answers.about import count_minutes, count_words, list_headings
from bot.answers.page_address import find_page_address
from bot.answers.pages import read_quotation
from bot.articles.model import UTF_8

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.model import About, Answer, Quote, Summary
    from bot.articles.library import KeptFile
    from bot.articles.model import Article, Located, Problem, Section, Sentence
    from bot.doctor.model import Check
    from bot.evaluation.calibration import Calibration, CalibrationBin
    from bot.evaluation.comparison import Comparison, MetricValues, Run
    from bot.evaluation.evaluation import Evaluation
    from bot.evaluation.judgment import JudgedAnswer
    from bot.evaluation.metrics import MetricMean
    from bot.evaluation.model import Judgment

# Shares and scores are given to so many digits.
_DIGITS = 4
_RANKS = (None, 1, 2, 3)


def render_line(values: dict[str, Any]) -> str:
    """Render one object as one line of ASCII, without its newline."""
    return json.dumps(values)


def render_check(check: Check) -> dict[str, Any]:
    """Render what the doctor says of one thing (check.json)."""
    return {"name": check.name, "state": check.state, "what": check.what, "cure": check.cure}


def render_answer(
    answer: Answer, kept: Mapping[str, KeptFile] = MappingProxyType({})
) -> dict[str, Any]:
    """Render an answer (answer.json); ``kept`` are the earlier versions that are served."""
    return {
        "question": answer.question,
        "kind": answer.kind,
        "answered": answer.is_answered,
        "confidence": round(answer.confidence, _DIGITS),
        "assurance": answer.assurance.value,
        "coverage": round(answer.coverage, _DIGITS),
        "message": answer.message,
        "quotes": [_render_quote_of(quote, kept) for quote in answer.quotes],
        "closest": [_render_closest(article, section) for article, section in answer.closest],
        "missing": list(answer.missing),
        "corrections": dict(answer.corrections),
        "summary": [render_summary(summary) for summary in answer.summaries],
        "about": _render_about(answer.about) if answer.about else None,
    }


def _render_about(about: About) -> dict[str, Any]:
    return {
        "asked": about.asked,
        "topic": about.topic,
        "articles": [_render_facts(article) for article in about.articles],
        "places": [_render_closest(article, section) for article, section in about.places],
    }


def _render_facts(article: Article) -> dict[str, Any]:
    """Render what is known of one article; what it does not say is empty."""
    words = count_words(article)
    return {
        "article": article.id,
        "title": article.title,
        "author": article.author,
        "date": article.date,
        "source": article.source,
        "language": article.language,
        "file": article.file,
        "words": words,
        "minutes": count_minutes(words),
        "sections": list_headings(article),
    }


def _render_closest(article: Article, section: Section) -> dict[str, Any]:
    return {
        "article": article.id,
        "section": section.heading,
        "section_number": section.number,
    }


def _render_quote_of(quote: Quote, kept: Mapping[str, KeptFile]) -> dict[str, Any]:
    """Render a quotation, and say of which version where it is not of the file as it is."""
    rendered = _render_quote(quote)
    if quote.article.file in kept:
        rendered["version"] = quote.article.sha256
    return rendered


def _render_quote(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "plain": read_quotation(quote),
        "key": quote.key.text,
        "article": quote.article.id,
        "title": quote.article.title,
        "section": quote.section.heading,
        "section_number": quote.section.number,
        "file": quote.article.file,
        "line": quote.sentences[0].line,
        "start": quote.start,
        "end": quote.end,
        "score": round(quote.score, _DIGITS),
        "matched": list(quote.matched),
        "links": [link for sentence in quote.sentences for link in _render_links(sentence)],
        "source_url": find_page_address(quote.article, quote.key),
        **_render_decoding(quote.article, quote.sentences[0]),
    }


def _render_links(sentence: Sentence) -> list[dict[str, Any]]:
    return [
        {"text": sentence.plain[link.start : link.end], "address": link.address}
        for link in sentence.links
    ]


def render_summary(summary: Summary) -> dict[str, Any]:
    """Render the summary of one section (summary.json)."""
    return {
        "article": summary.article.id,
        "title": summary.article.title,
        "section": summary.section.heading,
        "section_number": summary.section.number,
        "sentences": [
            _render_sentence(summary.article, sentence) for sentence in summary.sentences
        ],
    }


def _render_decoding(article: Article, span: Located) -> dict[str, Any]:
    """Say how the offsets of a file count, where it is not decoded as UTF-8."""
    decoding = article.decoding
    if decoding.extractor:
        return {
            "extracted": decoding.extractor,
            decoding.kind: article.place_number(span),
        }
    return {} if decoding == UTF_8 else {"encoding": decoding.encoding}


def _render_sentence(article: Article, sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "plain": sentence.plain,
        "line": sentence.line,
        "start": sentence.start,
        "end": sentence.end,
        **_render_decoding(article, sentence),
    }


def render_section(article: Article, section: Section) -> dict[str, Any]:
    """Render what is known of one section (section.json)."""
    return {
        "article": article.id,
        "title": article.title,
        "author": article.author,
        "date": article.date,
        "section": section.heading,
        "section_number": section.number,
        "line": section.line,
        "passages": len(section.passages),
    }


def render_problem(problem: Problem) -> dict[str, Any]:
    """Render one problem (problem.json)."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "what": problem.what,
        "hint": problem.hint,
        "kind": problem.kind,
    }


def render_evaluation(evaluation: Evaluation, comparison: Comparison | None) -> dict[str, Any]:
    """Render an evaluation and what changed since an earlier one (evaluation.json)."""
    question_set = evaluation.question_set
    return {
        "files": list(question_set.files),
        "about": list(question_set.about),
        "threshold": evaluation.threshold,
        "questions": len(evaluation.results),
        "figures": _render_metrics(evaluation.metrics),
        "kinds": _render_kinds(evaluation.metrics_by_kind),
        "calibration": _render_calibration(evaluation.calibration),
        "results": [_render_result(result) for result in evaluation.results],
        "changes": _render_comparison(comparison) if comparison else None,
    }


def _render_kinds(by_kind: Mapping[str, Mapping[str, MetricMean]]) -> dict[str, Any]:
    return {kind: _render_metrics(metrics) for kind, metrics in by_kind.items()}


def _render_calibration(calibration: Calibration) -> dict[str, Any]:
    return {
        "error": _rounded(calibration.error),
        "bins": [_render_bin(one) for one in calibration.bins],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _render_bin(calibration_bin: CalibrationBin) -> dict[str, Any]:
    return {
        "low": calibration_bin.low,
        "high": calibration_bin.high,
        "count": calibration_bin.count,
        "confidence": round(calibration_bin.confidence, _DIGITS),
        "right": round(calibration_bin.right, _DIGITS),
    }


def _render_metrics(metrics: Mapping[str, MetricMean]) -> dict[str, Any]:
    return {name: _render_mean(mean) for name, mean in metrics.items()}


def _render_mean(mean: MetricMean) -> dict[str, Any]:
    return {
        "value": _rounded(mean.value),
        "total": round(mean.total, _DIGITS),
        "count": mean.count,
    }


def _render_result(result: JudgedAnswer) -> dict[str, Any]:
    question, answer, judgment = result.question, result.answer, result.judgment
    return {
        "question": question.text,
        "file": question.file,
        "line": question.line,
        "kind": question.kind,
        "not_answered": not question.is_covered,
        "expected": list(question.expected),
        "outcome": judgment.outcome,
        "answered": judgment.is_answered,
        "confidence": round(answer.confidence, _DIGITS),
        "rank": judgment.rank,
        "key_right": judgment.key_is_right,
        "section_right": judgment.section_is_right,
        "request": judgment.request,
        "quotes": [_render_quote(quote) for quote in answer.quotes],
        "missing": list(answer.missing),
        "corrections": dict(answer.corrections),
    }


def _render_comparison(comparison: Comparison) -> dict[str, Any]:
    baseline, run = comparison.baseline, comparison.run
    return {
        "figures": _render_changes(baseline.metrics, run.metrics),
        "kinds": _render_kind_changes(baseline, run),
        "better": [judgment.question for _, judgment in comparison.better],
        "worse": [judgment.question for _, judgment in comparison.worse],
        "otherwise": list(comparison.expectation_changed),
        "only_before": list(comparison.only_in_baseline),
        "only_now": list(comparison.only_in_run),
    }


def _render_kind_changes(baseline: Run, run: Run) -> dict[str, Any]:
    """Render the changes of the kinds that are in both."""
    changes: dict[str, Any] = {}
    for kind, values in run.metrics_by_kind.items():
        if kind in baseline.metrics_by_kind:
            before = baseline.metrics_by_kind[kind]
            changes[kind] = _render_changes(before, values)
    return changes


def _render_changes(before: MetricValues, now: MetricValues) -> dict[str, Any]:
    return {name: {"before": before[name], "now": value} for name, value in now.items()}


def read_run(text: str) -> Run:
    """Read back what ``render_evaluation`` gave, as far as it is compared.

    Raises ValueError for anything else.
    """
    try:
        return _read_run(json.loads(text))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ValueError("not an evaluation") from None


def _read_run(evaluation: Any) -> Run:  # noqa: ANN401 (JSON is of any type)
    from bot.evaluation.comparison import Run  # noqa: PLC0415 (one command in eight needs it)

    metrics = _read_metrics(evaluation["figures"])
    calibration = evaluation["calibration"]
    metrics["ece"] = _read_share(calibration["error"])
    kinds = {kind: _read_metrics(values) for kind, values in evaluation["kinds"].items()}
    judgments = tuple(map(_read_judgment, evaluation["results"]))
    return Run(metrics, kinds, judgments)


def _read_metrics(figures: Any) -> dict[str, float | None]:  # noqa: ANN401 (JSON is of any type)
    from bot.evaluation.metrics import METRICS  # noqa: PLC0415 (likewise)

    return {name: _read_share(figures[name]["value"]) for name in METRICS}


def _read_share(value: Any) -> float | None:  # noqa: ANN401 (JSON is of any type)
    if value is None:
        return None
    if not 0 <= value <= 1:
        raise ValueError("not a share")
    return float(value)


def _read_judgment(result: Any) -> Judgment:  # noqa: ANN401 (JSON is of any type)
    from bot.evaluation.model import Judgment  # noqa: PLC0415 (likewise)

    question = result["question"]
    if not isinstance(question, str):
        raise ValueError("not a question")  # noqa: TRY004 (every fault of a baseline is one)
    rank = result["rank"]
    if rank not in _RANKS:
        raise ValueError("not a rank")
    return Judgment(
        question,
        is_covered=not _read_flag(result["not_answered"]),
        is_answered=_read_flag(result["answered"]) is True,
        rank=rank,
        key_is_right=_read_flag(result["key_right"]),
        section_is_right=_read_flag(result["section_right"]),
        # An earlier version expected quotations alone.
        request=str(result.get("request", "")),
    )


def _read_flag(value: Any) -> bool | None:  # noqa: ANN401 (JSON is of any type)
    if value is None:
        return None
    if value not in (True, False):
        raise ValueError("not true, false or null")
    return bool(value)
