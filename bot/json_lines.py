"""What the program says, as JSON: one object a line, as the schemas in ``bot/schemas`` describe it.

Everything beyond ASCII is escaped, so that a line is a line for every reader and no control character of
an article reaches a terminal.
"""

import json
from typing import Any

from bot.answers.answer import Answer, Quote
from bot.answers.summary import Summary
from bot.articles.model import Article, Problem, Section


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
            {"text": sentence.text, "line": sentence.line, "start": sentence.start, "end": sentence.end}
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
