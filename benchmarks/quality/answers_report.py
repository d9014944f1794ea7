"""The report of answering on what the confidence was not fitted on: one command, all tables.

In: the options of the command. Out: Markdown, and the diagram as a file where one is asked for. The
report can be put into a document, between two marks that the document has.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.quality.ablation import measure_ablation, render_ablation
from benchmarks.quality.answer_tables import (
    render_answers,
    render_dialogues,
    render_reliability,
    render_sure,
)
from benchmarks.quality.answering import (
    AnswerFigures,
    is_answered,
    measure_dialogues,
    measure_requests,
    summarise,
    summarise_sure,
)
from benchmarks.quality.asked_sets import (
    ALONE,
    TOGETHER,
    AskedSet,
    is_even,
    read_clapnq,
    read_collection_questions,
    read_dialogues,
    read_everyday_questions,
    read_first_questions,
    read_golden_questions,
    read_other_dialogues,
    read_short_questions,
)
from benchmarks.quality.asking import Case, Prepare, ask_sets, find_sources, leave_as_it_is
from benchmarks.quality.embedder import Embedder
from benchmarks.quality.metrics import find_auroc
from benchmarks.quality.reliability import find_reliability, render_diagram
from benchmarks.quality.sets import SetError

# What a document has before and behind the report.
BEGIN = "<!-- python -m benchmarks.quality --answers writes this -->"
END = "<!-- written until here -->"
_SHORT = "short questions"
_HEAD = """\
Even questions, counted from 1, and the held-out halves: nothing was fitted on them. `first`,
`three`, `answered`: of those with an answer; `refused`: of those without one, or whose article is
taken out."""
_DIAGRAM_TITLE = "share right by confidence, held out"


def report(
    clapnq: Path | None, diagram: Path | None, model: Path | None, *, with_ablation: bool
) -> Iterator[str]:
    """Give the parts of the report, one after another.

    With a ``model`` of sentence embeddings everything is told with meaning, too.
    """
    cases = ask_sets(_list_sets(clapnq))
    yield f"## Answering, held out\n\n{_HEAD}\n\n{render_answers(list(_list_figures(cases)))}"
    yield from _render_dialogues(leave_as_it_is)
    found = find_reliability([case for case in cases if is_answered(case)])
    yield f"## Confidence\n\nAll answers to these questions.\n\n{render_reliability(found)}"
    yield _report_sure(cases)
    if diagram is not None:
        diagram.write_text(render_diagram(found, _DIAGRAM_TITLE), encoding="utf-8")
    if model is not None:
        yield from _report_meaning(clapnq, Embedder.load(model).prepare)
    if with_ablation:
        sets = list(_list_sets(None))
        yield f"## One signal of ranking taken out\n\n{render_ablation(measure_ablation(sets))}"


def _render_dialogues(prepare: Prepare) -> Iterator[str]:
    yield render_dialogues("Dialogues", measure_dialogues(read_dialogues(is_even), prepare))
    others = read_other_dialogues("held-out")
    yield render_dialogues("Dialogues of another writer", measure_dialogues(others, prepare))


def _report_meaning(clapnq: Path | None, prepare: Prepare) -> Iterator[str]:
    cases = ask_sets(_list_sets(clapnq), prepare)
    yield f"## With meaning\n\n{render_answers(list(_list_answers(cases)))}"
    yield from _render_dialogues(prepare)
    yield render_reliability(find_reliability([case for case in cases if is_answered(case)]))
    yield _report_sure(cases)


def _list_sets(clapnq: Path | None) -> Iterator[AskedSet]:
    # First of all, because a file that somebody names may be a wrong one.
    given = [] if clapnq is None else list(read_clapnq(clapnq, is_even, "CLAP NQ"))
    yield from read_short_questions(is_even, _SHORT)
    yield from read_first_questions("first questions of the dialogues")
    yield from read_everyday_questions("held-out", "everyday questions")
    yield from read_collection_questions(is_even, "collections")
    yield from read_golden_questions("held-out", "golden sets")
    yield from given


def _list_figures(cases: list[Case]) -> Iterator[AnswerFigures]:
    yield from measure_requests(is_even)
    yield from _list_answers(cases)


def _list_answers(cases: list[Case]) -> Iterator[AnswerFigures]:
    short = [case for case in cases if case.source == _SHORT and case.setting == ALONE]
    for kind in dict.fromkeys(case.kind for case in short):
        yield summarise(f"short, {kind}", [case for case in short if case.kind == kind])
    for source in find_sources(cases):
        mine = [case for case in cases if case.source == source]
        for setting in dict.fromkeys(case.setting for case in mine):
            asked = [case for case in mine if case.setting == setting]
            is_only = setting == TOGETHER and len(asked) == len(mine)
            name = source if is_only else f"{source}, {setting}"
            yield summarise(name, asked)


def _report_sure(cases: list[Case]) -> str:
    figures, areas = [], []
    sources = find_sources(cases)
    for source in sources:
        mine = [case for case in cases if case.source == source]
        figures.append(summarise_sure(source, mine))
        areas.append(_find_area(mine))
    figures.append(summarise_sure("all", cases))
    areas.append(_find_area(cases))
    return render_sure(figures, areas)


def _find_area(cases: list[Case]) -> float | None:
    found = [case for case in cases if case.is_found]
    right = [case.confidence for case in found if case.is_right]
    wrong = [case.confidence for case in found if not case.is_right]
    return find_auroc(right, wrong) if right and wrong else None


def put_into(document: Path, text: str) -> None:
    """Put a report into a document, in the place of the one before.

    Raises SetError where the document has not both marks.
    """
    content = document.read_text(encoding="utf-8")
    before, begin, rest = content.partition(BEGIN)
    _, end, behind = rest.partition(END)
    if not begin or not end:
        raise SetError(document, f"has no place for the report: {BEGIN} and {END}")
    document.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{behind}", encoding="utf-8")
