"""The knowledge base serves one library at a time, and a reload never makes it worse."""

import threading
import weakref
from pathlib import Path

import pytest

from bot.answers.model import Policy
from bot.knowledge_base import KnowledgeBase
from bot.reloading import ReloadRunningError


def write(folder: Path, **files: str) -> None:
    """Write Markdown articles."""
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


@pytest.fixture
def knowledge_base(tmp_path: Path) -> KnowledgeBase:
    """Serve two articles."""
    write(
        tmp_path,
        rivers="# Rivers\n\n## Source\n\nThe Orrin rises in Marn.\n",
        hills="# Hills\n\nHills are low.\n",
    )
    return KnowledgeBase(tmp_path, Policy())


def test_a_reload_serves_what_is_there_now(knowledge_base: KnowledgeBase, tmp_path: Path) -> None:
    """What was added, changed and removed is served and named, sections too."""
    write(
        tmp_path,
        rivers="# Rivers\n\n## Source\n\nThe Orrin rises in Lisk.\n\n## End\n\nIt ends.\n",
        lakes="# Lakes\n\nDeep.\n",
    )
    (tmp_path / "hills.md").unlink()
    done = knowledge_base.reload()
    assert done.is_served
    assert done.changes.articles_added == ("lakes",)
    assert done.changes.articles_changed == ("rivers",)
    assert done.changes.articles_removed == ("hills",)
    assert done.changes.sections_added == (("rivers", "End"),)
    assert done.changes.sections_changed == (("rivers", "Source"),)
    assert done.changes.sections_removed == ()
    assert "Lisk" in knowledge_base.answer("where does the Orrin rise").quotes[0].text


def test_a_reload_without_a_change_says_so(knowledge_base: KnowledgeBase) -> None:
    """Nothing changed is a report, too."""
    done = knowledge_base.reload()
    assert done.is_served
    assert not done.changes


def test_a_bad_file_is_reported_and_the_good_ones_are_served(
    knowledge_base: KnowledgeBase, tmp_path: Path
) -> None:
    """One bad file costs that file alone."""
    write(tmp_path, bad="---\ntitle: a\u202eb\n---\n\nText.\n")
    done = knowledge_base.reload()
    assert done.is_served
    errors = [problem for problem in done.problems if problem.severity == "error"]
    assert [(problem.file, problem.line) for problem in errors] == [("bad.md", 2)]
    assert knowledge_base.problems == done.problems
    assert knowledge_base.answer("where does the Orrin rise").quotes


def test_a_bad_file_that_was_mended_is_served(
    knowledge_base: KnowledgeBase, tmp_path: Path
) -> None:
    """By the next reload; what came of the others is as it was."""
    write(tmp_path, bad="---\ntitle: a\u202eb\n---\n\nText.\n")
    knowledge_base.reload()
    rivers = next(article for article in knowledge_base.library.articles if article.id == "rivers")
    write(tmp_path, bad="# Setup\n\nSee [the page](http://[host:port]/).\n")
    done = knowledge_base.reload()
    assert done.changes.articles_added == ("bad",)
    assert [article.id for article in knowledge_base.library.articles] == ["bad", "hills", "rivers"]
    assert knowledge_base.library.articles[2] is rivers
    assert not [problem for problem in knowledge_base.problems if problem.severity == "error"]


def test_if_nothing_can_be_served_the_old_library_stays(
    knowledge_base: KnowledgeBase, tmp_path: Path
) -> None:
    """A folder that was emptied or spoilt does not take the answers away."""
    before = knowledge_base.answer("where does the Orrin rise")
    for file in tmp_path.iterdir():
        file.write_bytes(b"\xff")
    done = knowledge_base.reload()
    assert not done.is_served
    assert [problem.severity for problem in done.problems].count("error") == 2
    assert knowledge_base.answer("where does the Orrin rise") == before


def test_a_second_reload_is_told_that_one_is_running(knowledge_base: KnowledgeBase) -> None:
    """Reloads come one at a time."""
    entered, leave = threading.Event(), threading.Event()

    class Slow(KnowledgeBase):
        def _build(self, *arguments):  # type: ignore[no-untyped-def] # noqa: ANN002, ANN202
            built = super()._build(*arguments)
            if hasattr(self, "_served"):
                entered.set()
                assert leave.wait(20)
            return built

    slow = Slow(knowledge_base.folder, Policy())
    thread = threading.Thread(target=slow.reload)
    thread.start()
    assert entered.wait(20)
    with pytest.raises(ReloadRunningError):
        slow.reload()
    leave.set()
    thread.join()
    assert slow.reload().is_served


@pytest.mark.parametrize("questions", [300, pytest.param(2_000, marks=pytest.mark.slow)])
def test_an_answer_comes_from_one_library_while_reloads_go_on(
    tmp_path: Path, questions: int
) -> None:
    """Each answer given during reloads is wholly the old one or wholly the new one."""
    texts = [
        (
            f"# Rivers\n\n## Source\n\nThe Orrin rises in town {'ab'[n]}. Its mayor {'ab'[n]} "
            f"is proud.\n"
        )
        for n in (0, 1)
    ]
    write(tmp_path, rivers=texts[0])
    knowledge_base = KnowledgeBase(tmp_path, Policy())
    stop = threading.Event()

    def reload_on_and_on() -> None:
        turn = 0
        while not stop.is_set():
            turn = 1 - turn
            write(tmp_path, rivers=texts[turn])
            knowledge_base.reload()

    thread = threading.Thread(target=reload_on_and_on)
    thread.start()
    try:
        seen = set()
        for _ in range(questions):
            (quote,) = knowledge_base.answer("where does the Orrin rise").quotes
            assert quote.article.text in texts
            assert quote.text == quote.article.text[quote.start : quote.end]
            seen.add(quote.article.text)
    finally:
        stop.set()
        thread.join()
    assert seen


def test_a_passage_is_found_again_by_its_id(knowledge_base: KnowledgeBase, tmp_path: Path) -> None:
    """An id holds over a reload that leaves the passage alone, and finds nothing once it is
    gone.
    """
    quote = knowledge_base.answer("where does the Orrin rise").quotes[0]
    write(tmp_path, lakes="# Lakes\n\nDeep.\n")
    knowledge_base.reload()
    again = knowledge_base.answerer.quote("where does the Orrin rise", quote.id)
    assert again is not None
    assert (again.text, again.key.text) == (quote.text, quote.key.text)
    write(tmp_path, rivers="# Rivers\n\nThere are none.\n")
    knowledge_base.reload()
    assert knowledge_base.answerer.quote("where does the Orrin rise", quote.id) is None


def test_a_question_may_be_put_to_one_article(knowledge_base: KnowledgeBase) -> None:
    """An article that was named answers alone, or nothing does."""
    assert knowledge_base.answer("where does the Orrin rise", "rivers").quotes
    assert knowledge_base.answer("where does the Orrin rise", "hills").kind == "none"


def test_the_editors_synonyms_are_used_and_counted(
    knowledge_base: KnowledgeBase, tmp_path: Path
) -> None:
    """A name that only the editor knows finds what the articles call otherwise; a reload tells that
    they changed.
    """
    assert not knowledge_base.answer("Where does the Old Lady spring?").quotes
    (tmp_path / "synonyms.yaml").write_text(
        "same: |\n  Orrin, Old Lady\n  rise, spring\n", encoding="utf-8"
    )
    done = knowledge_base.reload()
    assert (done.is_served, done.synonym_count, knowledge_base.synonym_count) == (True, 2, 2)
    assert (
        "Orrin rises in Marn"
        in knowledge_base.answer("Where does the Old Lady spring?").quotes[0].text
    )
    assert knowledge_base.reload().synonym_count is None


def test_a_faulty_line_of_the_synonyms_is_told_and_the_others_are_used(
    knowledge_base: KnowledgeBase, tmp_path: Path
) -> None:
    """By file, line and how to mend it."""
    (tmp_path / "synonyms.yaml").write_text(
        "same: |\n  Orrin\n  Orrin, Old Lady\nsimilar: x\n", encoding="utf-8"
    )
    done = knowledge_base.reload()
    assert done.is_served
    assert done.synonym_count == 1
    errors = [problem for problem in done.problems if problem.severity == "error"]
    assert [(problem.file, problem.line) for problem in errors] == [
        ("synonyms.yaml", 2),
        ("synonyms.yaml", 4),
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"same: [", b"- a\n- b\n", b"\x00"])
def test_spoilt_synonyms_keep_nothing_from_being_served(
    knowledge_base: KnowledgeBase, tmp_path: Path, content: bytes
) -> None:
    """Whatever is in the file."""
    (tmp_path / "synonyms.yaml").write_bytes(content)
    done = knowledge_base.reload()
    assert done.is_served
    errors = [problem for problem in done.problems if problem.severity == "error"]
    assert [problem.file for problem in errors] == ["synonyms.yaml"]
    assert knowledge_base.answer("where does the Orrin rise").quotes


def test_a_reload_without_a_change_keeps_the_answerer(
    knowledge_base: KnowledgeBase, tmp_path: Path
) -> None:
    """Nothing is indexed anew where no article and no synonym is other than it was; problems are
    told all the same.
    """
    answerer = weakref.ref(knowledge_base.answerer)
    (tmp_path / "notes.rtf").write_bytes(b"")
    done = knowledge_base.reload()
    assert knowledge_base.answerer is answerer()
    assert [problem.file for problem in done.problems if problem.severity == "note"] == [
        "notes.rtf"
    ]
    assert knowledge_base.problems == done.problems
    write(tmp_path, hills="# Hills\n\nHills are high.\n")
    assert knowledge_base.reload().changes.articles_changed == ("hills",)
    assert knowledge_base.answerer is not answerer()


def test_the_first_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    """File by file."""
    write(tmp_path, rivers="# Rivers\n\nThe Orrin rises.\n", hills="# Hills\n\nHills are low.\n")
    told: list[tuple[int, int]] = []
    KnowledgeBase(tmp_path, Policy(), lambda done, every: told.append((done, every)))
    assert told == [(1, 2), (2, 2)]
