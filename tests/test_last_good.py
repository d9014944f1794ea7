"""What served well keeps serving: over reloads and restarts, whatever becomes of a file, until it
is mended or really gone.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from program import run_program

from bot.answers.model import Answer, Policy
from bot.articles.model import Problem
from bot.json_lines import render_answer, render_line
from bot.knowledge_base import KnowledgeBase
from bot.reloading import NothingChangedError
from bot.versions.file_store import FileVersionStore
from bot.versions.keeper import VersionKeeper

ARTICLES = {
    "tea.md": "---\ntitle: Of Tea\n---\n\n## Green\n\nGreen tea of Lisk is steamed.\n\n"
    "## Black\n\nBlack tea of Marn is withered for nine hours.\n",
    "rivers.md": "# Of Rivers\n\nThe Orrin rises in Marn.\n",
    "more/lakes.md": "# Of Lakes\n\nLake Grell is the deepest lake of Valmora.\n",
    "more/hills.txt": "Of Hills\n\nThe hills of Tolv are low.\n",
    "more/faq.md": "# Questions\n\nThe ferry leaves at nine.\n",
    "more/faq.txt": "Answers\n\nThe tickets cost four crowns.\n",
}
QUESTIONS = [
    "How long is black tea withered?",
    "Which lake is the deepest?",
    "what do tickets cost",
    "who built the bridge?",
    "summarise tea",
]
START = datetime(2026, 11, 28, 14, 2, tzinfo=UTC)
LONG_AGO_NS = 1_700_000_000_000_000_000


@dataclass
class Desk:
    """A folder of articles, a store of versions, and clocks that stand still."""

    folder: Path
    versions: Path | None
    now: datetime = START
    seconds: float = 0.0
    ignore: tuple[str, ...] = ()
    keepers: list[VersionKeeper] = field(default_factory=list)

    def open(self, *, is_recording: bool = True) -> KnowledgeBase:
        """Start."""
        store = FileVersionStore(self.versions, self.folder) if self.versions else None
        keeper = VersionKeeper(store, is_recording=is_recording, clock=lambda: self.now)
        self.keepers.append(keeper)
        return KnowledgeBase(
            self.folder,
            Policy(),
            ignore=self.ignore,
            versions=keeper,
            monotonic_s=lambda: self.seconds,
        )

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file, as if long ago."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(path, ns=(LONG_AGO_NS, LONG_AGO_NS))


def make_desk(folder: Path) -> Desk:
    """Write the articles."""
    desk = Desk(folder / "articles", folder / "versions")
    for name, text in ARTICLES.items():
        desk.write(name, text)
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a folder with articles, of which none is served yet."""
    return make_desk(tmp_path)


def ask_all(knowledge_base: KnowledgeBase) -> list[str]:
    """Give what is answered, to the byte, but for which version it is from."""
    answers: list[Answer] = [knowledge_base.answer(question) for question in QUESTIONS]
    ids = [[quote.id for quote in answer.quotes] for answer in answers]
    return [*(render_line(render_answer(answer)) for answer in answers), repr(ids)]


def of_kind(problems: tuple[Problem, ...], kind: str) -> list[str]:
    """Give the files of the problems of a kind."""
    return [problem.file for problem in problems if problem.kind == kind]


def be_folder(path: Path) -> None:
    """Put a folder in the place of a file."""
    path.unlink()
    path.mkdir()


def be_link(path: Path) -> None:
    """Put a link in the place of a file."""
    path.rename(path.with_suffix(".away"))
    path.symlink_to(path.with_suffix(".away"))


def be_pipe(path: Path) -> None:
    """Put a pipe in the place of a file."""
    path.unlink()
    os.mkfifo(path)


def be_unreadable(path: Path) -> None:
    """Take the right to read away."""
    path.chmod(0)


SPOILT: dict[str, str | bytes | Callable[[Path], None]] = {
    "header not closed": "---\ntitle: Of Tea\n--\n## Green\nGreen tea of Lisk is steamed.\n",
    "invisible title": "---\ntitle: Of\u202e Tea\n---\n\nGreen tea of Lisk is steamed.\n",
    "emptied": b"",
    "cut off behind the header": "---\ntitle: Of Tea\n---\n",
    "no text": bytes(range(256)),
    "not utf-8": b"\xff",
    "nul": b"# Tea\n\nGreen\x00 tea.\n",
    "too large": b"# Tea\n\n" + b"Green tea. " * 100_000,
    "folder": be_folder,
    "link": be_link,
    "pipe": be_pipe,
    "unreadable": be_unreadable,
}


def spoil(path: Path, how: str) -> None:
    """Do to a file what keeps it from being served."""
    what = SPOILT[how]
    if how == "unreadable" and os.geteuid() == 0:
        pytest.skip("root may read everything")
    if callable(what):
        what(path)
    else:
        path.write_bytes(what.encode() if isinstance(what, str) else what)


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and rights are those of POSIX")
@pytest.mark.parametrize(
    ("how", "has_store"), [*((how, True) for how in SPOILT), ("no text", False)]
)
def test_a_spoilt_file_serves_in_its_last_good_version(
    desk: Desk, how: str, *, has_store: bool
) -> None:
    """Byte for byte the same answers after the reload, and with a store after a restart; what is
    wrong and what is served instead is told of the file.
    """
    if not has_store:
        desk.versions = None
    knowledge_base = desk.open()
    before = ask_all(knowledge_base)
    answerer = knowledge_base.answerer
    spoil(desk.folder / "tea.md", how)
    desk.now += timedelta(days=1)
    done = knowledge_base.reload()
    assert (done.is_served, bool(done.changes)) == (True, False)
    assert ask_all(knowledge_base) == before
    assert knowledge_base.answerer is answerer
    problems = [problem for problem in done.problems if problem.file == "tea.md"]
    assert any(problem.severity == "error" for problem in problems)
    (kept,) = [problem for problem in problems if problem.kind == "last-version-served"]
    assert kept.what == (
        "its last good version, that of 2026-11-28 14:02 UTC, is served since 2026-11-29 14:02 UTC"
    )
    assert [str(name) for name in knowledge_base.library.kept] == ["tea.md"]
    desk.now += timedelta(days=1)
    if has_store:
        again = desk.open()
        assert ask_all(again) == before
        assert [one for one in again.problems if one.file == "tea.md"] == problems
        assert again.reload().is_served
        assert ask_all(again) == before


def test_a_mended_file_is_served_as_it_is(desk: Desk) -> None:
    """In the next reload, or at the next start; the old version belongs to the history."""
    knowledge_base = desk.open()
    spoil(desk.folder / "tea.md", "nul")
    knowledge_base.reload()
    assert knowledge_base.library.kept
    desk.write("tea.md", ARTICLES["tea.md"].replace("nine", "seven"))
    done = knowledge_base.reload()
    assert (done.changes.articles_changed, done.problems) == (("tea",), ())
    assert done.changes.articles["tea"].title == "Of Tea"
    assert not knowledge_base.library.kept
    assert "seven" in knowledge_base.answer("How long is black tea withered?").quotes[0].text
    (revision,) = desk.keepers[-1].history.revisions
    change = revision.files["tea.md"]
    assert change.old_sha256 != change.new_sha256
    spoil(desk.folder / "tea.md", "nul")
    assert "seven" in desk.open().answer("How long is black tea withered?").quotes[0].text


def test_what_is_taken_out_is_not_served(desk: Desk) -> None:
    """Deleted, a draft, ignored, or gone with its folder: nothing stands in for it, now or later."""
    knowledge_base = desk.open()
    (desk.folder / "rivers.md").unlink()
    desk.write("tea.md", ARTICLES["tea.md"].replace("---\n\n", "draft: true\n---\n\n", 1))
    done = knowledge_base.reload()
    assert done.refusal == "fewer"
    assert knowledge_base.reload(done.confirmation).changes.articles_removed == ("rivers", "tea")
    assert not knowledge_base.library.kept
    desk.ignore = ("more/f*",)
    shutil.copytree(desk.folder / "more", desk.folder / "less")
    shutil.rmtree(desk.folder / "more")
    again = desk.open()
    assert [article.id for article in again.library.articles] == [
        f"less/{name}" for name in ("faq", "faq.txt", "hills", "lakes")
    ]
    assert not again.library.kept
    assert again.answer("How long is black tea withered?").kind == "none"


def test_a_renamed_file_is_not_served_twice(desk: Desk) -> None:
    """Its words go on under the new name, even where rubbish is left under the old one."""
    knowledge_base = desk.open()
    (desk.folder / "tea.md").rename(desk.folder / "tea-new.md")
    spoil(desk.folder / "tea.md", "nul")
    done = knowledge_base.reload()
    assert done.changes.articles_renamed == (("tea", "tea-new"),)
    assert not knowledge_base.library.kept
    assert of_kind(done.problems, "last-version-served") == []


def test_ids_stay_where_two_files_have_one_name(desk: Desk) -> None:
    """The one that is spoilt keeps the short id, and the other the long one."""
    knowledge_base = desk.open()
    ids = [article.id for article in knowledge_base.library.articles]
    assert ids[:2] == ["more/faq", "more/faq.txt"]
    before = ask_all(knowledge_base)
    spoil(desk.folder / "more/faq.md", "nul")
    knowledge_base.reload()
    for served in (knowledge_base, desk.open()):
        assert [article.id for article in served.library.articles] == ids
        assert ask_all(served) == before


def test_many_spoilt_files_cost_nothing(desk: Desk) -> None:
    """All but one turned into something that can't be read: everything is still served."""
    knowledge_base = desk.open()
    before = ask_all(knowledge_base)
    for name in list(ARTICLES)[1:]:
        desk.write(name, bytes(range(256)))
    done = knowledge_base.reload()
    assert done.is_served
    assert len(of_kind(done.problems, "last-version-served")) == 5
    assert ask_all(knowledge_base) == before
    assert ask_all(desk.open()) == before


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_a_folder_without_articles_takes_nothing_away(desk: Desk, how: str) -> None:
    """The reload fails and is remembered; a restart serves what served last, and says so; then the
    folder comes back.
    """
    knowledge_base = desk.open()
    before = ask_all(knowledge_base)
    away = desk.folder.with_name("away")
    desk.folder.rename(away)
    if how == "empty":
        desk.folder.mkdir()
    done = knowledge_base.reload()
    assert (done.is_served, done.refusal) == (False, "nothing")
    kind = "folder-unreadable" if how == "missing" else "folder-empty"
    assert of_kind(done.problems, kind) == ["articles"]
    failed = knowledge_base.failed_reload
    assert failed is not None
    assert (failed.refusal, failed.problems) == ("nothing", done.problems)
    assert failed.at_restart is not None
    assert failed.at_restart.articles == 6
    again = desk.open()
    assert ask_all(again) == before == ask_all(knowledge_base)
    assert of_kind(again.problems, kind) == ["articles"]
    assert len(of_kind(again.problems, "last-version-served")) == 6
    assert not again.reload().is_served
    if how == "empty":
        desk.folder.rmdir()
    away.rename(desk.folder)
    assert again.reload().is_served
    assert (again.failed_reload, again.problems) == (None, ())


def test_without_a_store_a_restart_is_said_to_serve_nothing(desk: Desk) -> None:
    """What only the memory has is not counted."""
    desk.versions = None
    knowledge_base = desk.open()
    desk.folder.rename(desk.folder.with_name("away"))
    knowledge_base.reload()
    failed = knowledge_base.failed_reload
    assert failed is not None
    assert failed.at_restart is not None
    assert failed.at_restart.articles == 0
    assert not desk.open().library.articles


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may enter everything")
def test_a_sub_folder_that_cant_be_entered_is_not_gone(desk: Desk) -> None:
    """All of it is served on, over a restart too."""
    knowledge_base = desk.open()
    before = ask_all(knowledge_base)
    (desk.folder / "more").chmod(0)
    try:
        assert knowledge_base.reload().is_served
        for served in (knowledge_base, desk.open()):
            assert ask_all(served) == before
            assert len(served.library.kept) == 4
    finally:
        (desk.folder / "more").chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="links need a right on Windows")
def test_a_sub_folder_that_became_a_link_is_not_gone(desk: Desk) -> None:
    """What it leads to is not read; what served before is served."""
    knowledge_base = desk.open()
    before = ask_all(knowledge_base)
    (desk.folder / "more").rename(desk.folder.with_name("elsewhere"))
    (desk.folder / "more").symlink_to(desk.folder.with_name("elsewhere"))
    done = knowledge_base.reload()
    assert done.is_served
    assert "error" in {problem.severity for problem in done.problems}
    assert ask_all(knowledge_base) == before == ask_all(desk.open())


def test_far_less_is_served_when_that_is_confirmed(desk: Desk) -> None:
    """Files that are really gone: below four fifths of the passages a reload is refused, until it
    is given what it asks for; for another folder it asks again.
    """
    knowledge_base = desk.open()
    before = ask_all(knowledge_base)
    shutil.rmtree(desk.folder / "more")
    done = knowledge_base.reload()
    assert (done.is_served, done.refusal) == (False, "fewer")
    assert (done.before.articles, len(done.library.articles)) == (6, 2)
    assert len(done.changes.articles_removed) == 4
    failed = knowledge_base.failed_reload
    assert failed is not None
    assert failed.at_restart is not None
    assert failed.at_restart.articles == 2
    assert ask_all(knowledge_base) == before
    (desk.folder / "rivers.md").unlink()
    other = knowledge_base.reload(done.confirmation)
    assert (other.is_served, other.confirmation != done.confirmation) == (False, True)
    assert knowledge_base.reload(other.confirmation).is_served
    assert [article.id for article in knowledge_base.library.articles] == ["tea"]
    assert knowledge_base.failed_reload is None


@pytest.mark.parametrize(("kept", "is_served"), [(8, True), (7, False)])
def test_four_fifths_are_enough(tmp_path: Path, kept: int, *, is_served: bool) -> None:
    """Of ten passages eight are served at once."""
    desk = Desk(tmp_path / "articles", None)
    for number in range(10):
        desk.write(f"{number}.md", f"# Of {number}\n\nArticle number {number} is here.\n")
    knowledge_base = desk.open()
    for number in range(kept, 10):
        (desk.folder / f"{number}.md").unlink()
    assert knowledge_base.reload().is_served is is_served


def test_a_spoilt_thesaurus_goes_on_too(desk: Desk) -> None:
    """In memory, and over a restart; when it is deleted it is gone."""
    desk.write("synonyms.yaml", "same: |\n  Orrin, Old Lady\n")
    knowledge_base = desk.open()
    question = "Where does the Old Lady rise?"
    before = knowledge_base.answer(question)
    assert before.quotes
    for content in (b"", b"\xff\xfe\x00", b"same: ["):
        desk.write("synonyms.yaml", content)
        done = knowledge_base.reload()
        assert (done.is_served, done.synonym_count) == (True, None)
        assert of_kind(done.problems, "last-version-served") == ["synonyms.yaml"]
        assert knowledge_base.answer(question) == before
    again = desk.open()
    assert again.answer(question).quotes[0].text == before.quotes[0].text
    (desk.folder / "synonyms.yaml").unlink()
    for served in (knowledge_base, again):
        assert served.reload().synonym_count == 0
        assert not served.answer(question).quotes


def test_only_the_bot_writes(desk: Desk) -> None:
    """Commands read what the bot has kept, and keep nothing themselves."""
    reading = desk.open(is_recording=False)
    assert desk.versions is not None
    assert not desk.versions.exists()
    desk.open()
    spoil(desk.folder / "tea.md", "nul")
    kept = {path: path.read_bytes() for path in desk.versions.rglob("*") if path.is_file()}
    assert list(desk.open(is_recording=False).library.kept) == ["tea.md"]
    assert {path: path.read_bytes() for path in desk.versions.rglob("*") if path.is_file()} == kept
    assert not reading.library.kept


def test_commands_tell_what_the_bot_serves(desk: Desk) -> None:
    """A check fails and names the version and since when; a quotation in JSON names it too."""
    desk.open()
    spoil(desk.folder / "tea.md", "nul")
    desk.now += timedelta(days=1)
    desk.open()
    config = desk.folder.parent / "config.yaml"
    config.write_text("knowledge: articles\nversions: versions\nindex: off\n", encoding="utf-8")
    done = run_program(("check", "--config", str(config)), {"COLUMNS": "200"})
    assert done.returncode == 1
    assert "in its last good version: 1 file" in done.stdout
    told = "last good version, that of 2026-11-28 14:02 UTC, is served since 2026-11-29 14:02 UTC"
    assert told in done.stdout
    assert "holds a NUL character" in done.stdout
    for question, is_kept in (("how long is black tea withered", True), ("deepest lake?", False)):
        asked = run_program(("ask", "--json", question, "--config", str(config)), {})
        (quote,) = json.loads(asked.stdout)["quotes"]
        expected = hashlib.sha256(ARTICLES["tea.md"].encode()).hexdigest()
        assert quote.get("version", "") == (expected if is_kept else "")
    shown = run_program(("ask", "how long is black tea withered", "--config", str(config)), {})
    assert "In place of some files, their last good versions answer." in shown.stderr


def test_a_damaged_version_is_as_if_it_was_not_there(desk: Desk) -> None:
    """The file is told of as before, the others are served; what is mended is kept again."""
    desk.open()
    assert desk.versions is not None
    for path in desk.versions.rglob("*"):
        if path.is_file() and b"Black tea" in path.read_bytes():
            path.write_bytes(path.read_bytes()[:-1])
    good = (desk.folder / "tea.md").read_bytes()
    spoil(desk.folder / "tea.md", "nul")
    again = desk.open()
    assert len(again.library.articles) == 5
    assert of_kind(again.problems, "nul-character") == ["tea.md"]
    assert of_kind(again.problems, "last-version-unfound") == ["tea.md"]
    desk.write("tea.md", good)
    again.reload()
    spoil(desk.folder / "tea.md", "nul")
    assert len(desk.open().library.articles) == 6


def test_a_reload_right_after_another_needs_a_change(desk: Desk) -> None:
    """Nothing to read is told with how long to wait; who has mended a file is never refused."""
    knowledge_base = desk.open()
    assert knowledge_base.reload().is_served
    desk.seconds += 10
    with pytest.raises(NothingChangedError) as told:
        knowledge_base.reload()
    assert (told.value.since_s, told.value.wait_s) == (10, 20)
    desk.write("tea.md", ARTICLES["tea.md"].replace("nine", "ten"))
    assert knowledge_base.reload().changes.articles_changed == ("tea",)
    (desk.folder / "new.md").write_text("# New\n\nThis is new.\n", encoding="utf-8")
    assert knowledge_base.reload().changes.articles_added == ("new",)
    # A file that was written just now may have been written again.
    assert knowledge_base.reload().is_served
    os.utime(desk.folder / "new.md", ns=(LONG_AGO_NS, LONG_AGO_NS))
    assert knowledge_base.reload().is_served
    with pytest.raises(NothingChangedError):
        knowledge_base.reload()
    desk.write("synonyms.yaml", "same: |\n  Orrin, Old Lady\n")
    assert knowledge_base.reload().synonym_count == 1
    desk.seconds += 30
    assert knowledge_base.reload().is_served


def test_a_reload_that_failed_may_be_tried_again_at_once(desk: Desk) -> None:
    """What failed may have been the disk's fault, which no entry of the folder shows."""
    knowledge_base = desk.open()
    shutil.rmtree(desk.folder / "more")
    done = [knowledge_base.reload() for _ in range(2)]
    assert [one.refusal for one in done] == ["fewer", "fewer"]


def test_a_version_is_served_since_it_was_first_served(desk: Desk) -> None:
    """Not since the last start; and what stands in, since it had to."""
    desk.open()
    desk.now += timedelta(days=3)
    desk.open()
    spoil(desk.folder / "tea.md", "nul")
    desk.now += timedelta(days=1)
    desk.open()
    desk.now += timedelta(days=1)
    (kept,) = desk.open().library.kept.values()
    assert kept.version.served_since == START
    assert kept.version.kept_since == START + timedelta(days=4)
