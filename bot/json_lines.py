"""What the program says, as JSON: one object a line, as the schemas in ``bot/schemas`` describe it.

Everything beyond ASCII is escaped, so that a line is a line for every reader and no control character of
an article reaches a terminal.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.model import Answer, Quote
    from bot.answers.summary import Summary
    from bot.articles.model import Article, Problem, Section
    from bot.evaluation.metrics import Changes, Evaluation, Figure, Mark, Record, Result, Values


def render_line(values: dict[str, Any]) -> str:
    """Render one object as one line of ASCII, without its newline."""
    return json.dumps(values)


def render_answer(answer: Answer) -> dict[str, Any]:
    """Render an answer (answer.json)."""
    return {
        "question": answer.question,
        "kind": answer.kind,
        "answered": answer.kind == "answer",
        "confidence": round(answer.confidence, 4),
        "message": answer.message,
        "quotes": [_quote(quote) for quote in answer.quotes],
        "closest": [
            {"article": article.id, "section": section.heading, "section_number": section.number}
            for article, section in answer.closest
        ],
        "missing": list(answer.missing),
        "corrections": dict(answer.corrections),
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "key": quote.key.text,
        "article": quote.article.id,
        "title": quote.article.title,
        "section": quote.section.heading,
        "section_number": quote.section.number,
        "file": quote.article.file,
        "line": quote.sentences[0].line,
        "start": quote.start,
        "end": quote.end,
        "score": round(quote.score, 4),
        "matched": list(quote.matched),
    }


def render_summary(summary: Summary) -> dict[str, Any]:
    """Render the summary of one section (summary.json)."""
    return {
        "article": summary.article.id,
        "title": summary.article.title,
        "section": summary.section.heading,
        "section_number": summary.section.number,
        "sentences": [
            {
                "text": sentence.text,
                "line": sentence.line,
                "start": sentence.start,
                "end": sentence.end,
            }
            for sentence in summary.sentences
        ],
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
    }


def render_evaluation(evaluation: Evaluation, changes: Changes | None) -> dict[str, Any]:
    """Render an evaluation and what changed since an earlier one (evaluation.json)."""
    values = evaluation.record.figures
    return {
        "files": list(evaluation.asked.files),
        "about": list(evaluation.asked.about),
        "threshold": evaluation.threshold,
        "questions": len(evaluation.results),
        "figures": _figures(evaluation.figures),
        "kinds": {kind: _figures(figures) for kind, figures in evaluation.kinds.items()},
        "calibration": {
            "error": values["ece"],
            "bins": [
                {
                    "low": one.low,
                    "high": one.high,
                    "count": one.count,
                    "confidence": round(one.confidence, 4),
                    "right": round(one.right, 4),
                }
                for one in evaluation.calibration.bins
            ],
        },
        "results": [_result(result) for result in evaluation.results],
        "changes": _changes(changes) if changes else None,
    }


def _figures(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {
        name: {
            "value": None if figure.value is None else round(figure.value, 4),
            "total": round(figure.total, 4),
            "count": figure.count,
        }
        for name, figure in figures.items()
    }


def _result(result: Result) -> dict[str, Any]:
    question, answer, mark = result.question, result.answer, result.mark
    return {
        "question": question.text,
        "file": question.file,
        "line": question.line,
        "kind": question.kind,
        "not_answered": not question.is_covered,
        "expected": list(question.expected),
        "outcome": mark.outcome,
        "answered": mark.is_answered,
        "confidence": round(answer.confidence, 4),
        "rank": mark.rank,
        "key_right": mark.key_is_right,
        "section_right": mark.section_is_right,
        "quotes": [_quote(quote) for quote in answer.quotes],
        "missing": list(answer.missing),
        "corrections": dict(answer.corrections),
    }


def _changes(changes: Changes) -> dict[str, Any]:
    before, now = changes.before, changes.now
    return {
        "figures": _differences(before.figures, now.figures),
        "kinds": {
            kind: _differences(before.kinds[kind], values)
            for kind, values in now.kinds.items()
            if kind in before.kinds
        },
        "better": [mark.question for _, mark in changes.better],
        "worse": [mark.question for _, mark in changes.worse],
        "otherwise": list(changes.otherwise),
        "only_before": list(changes.only_before),
        "only_now": list(changes.only_now),
    }


def _differences(before: Values, now: Values) -> dict[str, Any]:
    return {name: {"before": before[name], "now": value} for name, value in now.items()}


def read_record(text: str) -> Record:
    """Read what ``render_evaluation`` gave, as far as it is compared; raises ValueError for anything else."""
    from bot.evaluation.metrics import Record  # noqa: PLC0415 (one command in eight needs it)

    try:
        found = json.loads(text)
        figures = {
            **_read_values(found["figures"]),
            "ece": _read_share(found["calibration"]["error"]),
        }
        kinds = {kind: _read_values(values) for kind, values in found["kinds"].items()}
        return Record(figures, kinds, tuple(_read_mark(result) for result in found["results"]))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ValueError("not an evaluation") from None


def _read_values(figures: Any) -> Values:  # noqa: ANN401 (JSON is of any type)
    from bot.evaluation.metrics import FIGURES  # noqa: PLC0415 (likewise)

    return {name: _read_share(figures[name]["value"]) for name in FIGURES}


def _read_share(value: Any) -> float | None:  # noqa: ANN401 (JSON is of any type)
    if value is not None and not 0 <= value <= 1:
        raise ValueError("not a share")
    return None if value is None else float(value)


def _read_mark(result: Any) -> Mark:  # noqa: ANN401 (JSON is of any type)
    from bot.evaluation.metrics import Mark  # noqa: PLC0415 (likewise)

    flags = result["not_answered"], result["answered"], result["key_right"], result["section_right"]
    if not isinstance(result["question"], str) or any(
        flag not in (True, False, None) for flag in flags
    ):
        raise ValueError("not a result")
    if result["rank"] not in (1, 2, 3, None):
        raise ValueError("not a rank")
    return Mark(
        result["question"],
        is_covered=not result["not_answered"],
        is_answered=bool(result["answered"]),
        rank=result["rank"],
        key_is_right=result["key_right"],
        section_is_right=result["section_right"],
    )
