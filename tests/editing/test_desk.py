"""A change of the folder: what it would do, that it is made as a whole, and that it can be undone."""

import contextlib
import os
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from failing_disk import Disk
from test_last_good import LONG_AGO_NS, Desk

from bot.editing.desk import ChangeError, EditingDesk, Proposal
from bot.editing.recovery import recover
from bot.versions.file_store import FileVersionStore
from bot.versions.history import Revision
from bot.versions.keeper import VersionKeeper

TEA = (
    "# Of Tea\n\n## Green\n\nGreen tea of Lisk is steamed.\n\n## Black\n\nBlack tea is withered.\n"
)
NEW_TEA = TEA.replace("is withered", "is rolled") + "\n## White\n\nWhite tea is dried in the sun.\n"
RIVERS = "# Of Rivers\n\nThe Orrin rises in Marn.\n"
LAKES = "# Of Lakes\n\nLake Grell is the deepest lake of Valmora.\n"
QUESTIONS = (
    "questions:\n"
    "  - question: how is black tea made?\n    sentence: Black tea is withered.\n"
    "  - question: where does the Orrin rise?\n    sentence: The Orrin rises in Marn.\n"
)
EDITOR = 4711


class Office:
    """A folder that is served and edited."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(folder / "articles", folder / "versions")
        self.folder = self.desk.folder

    def write(self, **files: str) -> None:
        """Write articles by other means than the bot."""
        for name, text in files.items():
            self.desk.write(f"{name}.md", text)

    def open(self) -> "Office":
        """Start."""
        self.knowledge_base = self.desk.open()
        self.editing = EditingDesk(self.knowledge_base, clock=lambda: self.desk.now)
        return self

    def propose(self, **files: str | None) -> Proposal:
        """Propose articles by the name of their file without its ending."""
        return self.editing.propose(encode(files))

    def make(self, *, is_confirmed: bool = False, **files: str | None) -> None:
        """Propose articles, and put them in."""
        proposal = self.propose(**files)
        reload = self.editing.make(proposal.change, "upload", EDITOR, is_confirmed=is_confirmed)
        assert reload.is_served

    def read(self) -> dict[str, str]:
        """Give what lies in the folder."""
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {path.stem: path.read_text(encoding="utf-8") for path in files}

    def titles(self) -> list[str]:
        """Give the titles of what is served."""
        return [article.title for article in self.knowledge_base.library.articles]

    def revisions(self) -> list[tuple[int, str, int, list[str]]]:
        """Give number, action, author and files of each revision, the latest first."""
        return [
            (one.number, one.action, one.user_id, sorted(one.files))
            for one in self.editing.history.revisions
        ]


def encode(files: Mapping[str, str | None]) -> dict[str, bytes | None]:
    """Give files by their names, with their bytes."""
    return {f"{name}.md": None if text is None else text.encode() for name, text in files.items()}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Give a folder with two articles that are served."""
    office = Office(tmp_path)
    office.write(tea=TEA, rivers=RIVERS)
    return office.open()


def test_a_proposal_tells_what_would_change_and_changes_nothing(office: Office) -> None:
    """Sections by name, problems by place; the folder and the answers are as they were."""
    before = office.read()
    proposal = office.propose(tea=NEW_TEA, lakes=LAKES)
    changes = proposal.draft.changes
    assert changes.articles_added == ("lakes",)
    assert changes.sections_added == (("tea", "White"),)
    assert changes.sections_changed == (("tea", "Black"),)
    assert proposal.change.is_possible
    assert not proposal.change.needs_confirmation
    assert office.read() == before
    assert office.titles() == ["Of Rivers", "Of Tea"]
    assert not office.editing.history.revisions


def test_what_is_put_in_is_served_and_is_a_revision(office: Office) -> None:
    """With who did it; the next start has it too."""
    office.make(tea=NEW_TEA, lakes=LAKES)
    assert office.titles() == ["Of Lakes", "Of Rivers", "Of Tea"]
    assert office.read() == {"tea": NEW_TEA, "rivers": RIVERS, "lakes": LAKES}
    (revision,) = office.editing.history.revisions
    assert isinstance(revision, Revision)
    assert (revision.action, revision.user_id, revision.at) == ("upload", EDITOR, office.desk.now)
    assert (revision.articles, revision.passages, revision.problems) == (3, 5, 0)
    assert sorted(revision.files) == ["lakes.md", "tea.md"]
    assert office.open().revisions() == [(1, "upload", EDITOR, ["lakes.md", "tea.md"])]


def test_an_earlier_revision_comes_back_in_one_step(office: Office) -> None:
    """Files that were added go, files that were removed come back, byte for byte."""
    office.make(tea=NEW_TEA, lakes=LAKES)
    office.make(rivers=None, is_confirmed=True)
    office.editing.make(
        office.editing.propose_rollback(0).change, "rollback", EDITOR, is_confirmed=True
    )
    assert office.read() == {"tea": TEA, "rivers": RIVERS}
    assert office.titles() == ["Of Rivers", "Of Tea"]
    office.editing.make(office.editing.propose_rollback(1).change, "rollback", EDITOR)
    assert office.read() == {"tea": NEW_TEA, "rivers": RIVERS, "lakes": LAKES}
    actions = [action for _, action, _, _ in office.open().revisions()]
    assert actions == ["rollback", "rollback", "upload", "upload"]


def test_what_is_edited_by_hand_is_a_revision_too(office: Office) -> None:
    """While the bot runs, and while it does not; each once."""
    office.write(tea=NEW_TEA)
    office.knowledge_base.reload()
    office.write(lakes=LAKES)
    office.open()
    assert office.revisions() == [(2, "folder", 0, ["lakes.md"]), (1, "folder", 0, ["tea.md"])]
    assert len(office.open().revisions()) == 2
    office.editing.make(
        office.editing.propose_rollback(0).change, "rollback", EDITOR, is_confirmed=True
    )
    assert office.read() == {"tea": TEA, "rivers": RIVERS}


def test_the_last_twenty_revisions_are_kept(office: Office) -> None:
    """With the versions that they need, and no others."""
    for number in range(25):
        office.make(tea=TEA.replace("nine", "ten") + f"\nIt is the {number}th harvest.\n")
    numbers = [revision.number for revision in office.editing.history.revisions]
    assert numbers == list(range(25, 5, -1))
    office.editing.make(office.editing.propose_rollback(6).change, "rollback", EDITOR)
    assert "the 5th harvest" in office.read()["tea"]
    with pytest.raises(ChangeError, match="version 3 is not kept"):
        office.editing.propose_rollback(3)
    assert office.desk.versions is not None
    kept = [path for path in office.desk.versions.rglob("*") if len(path.name) == 64]
    assert len(kept) <= 24


def test_two_editors_do_not_overwrite_each_other(office: Office) -> None:
    """Who comes second is told that the file has changed; nothing of the first one is lost."""
    first, second = office.propose(tea=NEW_TEA), office.propose(tea=TEA + "\nMore.\n")
    office.editing.make(first.change, "upload", 1)
    with pytest.raises(ChangeError, match=r"tea\.md has been changed since"):
        office.editing.make(second.change, "upload", 2)
    assert office.read()["tea"] == NEW_TEA


def test_far_less_has_to_be_confirmed(office: Office) -> None:
    """Fewer than four fifths of the passages, as with a reload; nothing at all never."""
    proposal = office.propose(tea=None)
    assert proposal.change.needs_confirmation
    with pytest.raises(ChangeError):
        office.editing.make(proposal.change, "remove", EDITOR)
    assert office.editing.make(proposal.change, "remove", EDITOR, is_confirmed=True).is_served
    assert not office.propose(rivers=None).change.is_possible


def test_a_question_that_is_lost_is_named(office: Office) -> None:
    """Whether its sentence is gone or another one comes first; the others are not named."""
    (office.folder / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    proposal = office.propose(tea=NEW_TEA)
    assert proposal.questions.asked == 2
    assert proposal.questions.lost == ("how is black tea made?",)
    assert proposal.change.needs_confirmation
    assert office.propose(lakes=LAKES).questions.lost == ()


def tell(proposal: Proposal) -> list[tuple[str, int, str]]:
    """Give file, line and severity of what is told of a proposal."""
    return [(one.file, one.line, one.severity) for one in proposal.problems]


def test_what_a_change_makes_wrong_elsewhere_is_told(office: Office) -> None:
    """A link to what is taken out, a copy of what is there; not what was wrong before."""
    office.make(lakes=LAKES)
    office.desk.write("links.yaml", "links:\n- question: tea?\n  article: tea\n  section: Green\n")
    office.write(odd="---\ndate: never\n---\n# Odd\n\nNobody knows.\n")
    office.knowledge_base.reload()
    assert tell(office.propose(tea=None))[0] == ("links.yaml", 3, "error")
    assert tell(office.propose(lakes=None)) == []
    assert tell(office.propose(a_copy=LAKES)) == [("lakes.md", 1, "warning")]


def test_questions_with_a_fault_are_told_with_every_change(office: Office) -> None:
    """They are not asked, so that nothing would be said of them otherwise."""
    faulty = QUESTIONS + "  - question: who?\n    sentense: Nobody.\n"
    proposal = office.editing.propose({"questions.yaml": faulty.encode()})
    assert ("questions.yaml", 7, "error") in tell(proposal)
    office.desk.write("questions.yaml", faulty)
    office.knowledge_base.reload()
    assert ("questions.yaml", 7, "error") in tell(office.propose(tea=NEW_TEA))
    lost = office.propose(rivers=None)
    assert lost.questions.lost == ("where does the Orrin rise?",)
    assert "Orrin" not in " ".join(one.what for one in lost.problems)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0\0"])
def test_what_would_not_be_read_is_not_put_in(office: Office, content: bytes) -> None:
    """A picture with the name of an article, a file without a word: no use to anybody."""
    proposal = office.editing.propose({"new.md": content})
    assert not proposal.change.is_possible
    assert [file for file, _, _ in tell(proposal)] == ["new.md"]
    with_another = office.editing.propose({"new.md": content, "lakes.md": LAKES.encode()})
    assert with_another.change.is_possible


def test_links_and_questions_follow_a_file_to_its_new_name(office: Office) -> None:
    """Where they name its article; all else in them stays, to the byte."""
    links = (
        "# ours\nlinks:\n- question: tea?\n  article: 'tea'  # the leaf\n  section: Green\n"
        "- question: tea then?\n  section: Black\n  article: tea.md\n"
        "- question: river?\n  article: rivers\n  section: Source\n"
    )
    questions = 'questions:\r\n- article: "tea"\r\n  question: how is black tea made?\r\n'
    questions += "  sentence: Black tea is withered.\r\n"
    office.write(rivers="# Of Rivers\n\n## Source\n\nThe Orrin rises in Marn.\n")
    office.desk.write("links.yaml", links)
    office.desk.write("questions.yaml", questions)
    office.knowledge_base.reload()
    proposal = office.editing.propose_rename("tea.md", "leaves.md")
    assert tell(proposal) == []
    assert proposal.questions.lost == ()
    office.editing.make(proposal.change, "rename", EDITOR)
    assert (office.folder / "links.yaml").read_text(encoding="utf-8") == links.replace(
        "'tea'  #", '"leaves"  #'
    ).replace("tea.md", '"leaves"')
    written = (office.folder / "questions.yaml").read_bytes().decode()
    assert written == questions.replace('"tea"', '"leaves"')
    unnamed = office.editing.propose_rename("rivers.md", "leaves.txt")
    assert unnamed.change.overlay.files["links.yaml"] is not None
    assert b'article: "leaves.txt"' in (unnamed.change.overlay.files["links.yaml"] or b"")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("links.yaml", "no kind of file"),
        ("audience.yaml", "no kind of file"),
        ("tea.exe", "no kind of file"),
        ("Rivers.md", "rivers.md"),
        ("the\u0301.md", "th\u00e9.md"),
    ],
)
def test_a_name_that_would_cost_an_article_is_refused(office: Office, name: str, why: str) -> None:
    """It is that of another kind of file, or on some systems that of another article."""
    office.write(thé=LAKES)
    with pytest.raises(ChangeError, match=why):
        office.editing.propose_rename("tea.md", name)
    assert office.editing.propose_rename("tea.md", "Tea.md").change.is_possible


@pytest.mark.parametrize("name", ["tea.pdf", "tea.vtt"])
def test_an_article_is_not_renamed_so_that_it_is_not_served(office: Office, name: str) -> None:
    """Under the ending of another format its text is none."""
    assert not office.editing.propose_rename("tea.md", name).change.is_possible
    assert office.editing.propose_rename("tea.md", "tea.txt").change.is_possible


def test_a_new_article_is_not_called_almost_like_another(office: Office) -> None:
    """Where the folder is copied to a system that takes both names for one, one would be lost."""
    with pytest.raises(ChangeError, match=r"tea\.md"):
        office.editing.propose_new("Tea.md", LAKES)


def test_what_is_so_already_is_no_change(office: Office) -> None:
    """Nor is the removal of a file that is not there."""
    for files in ({"tea": TEA}, {"none": None}):
        with pytest.raises(ChangeError, match="how it is already"):
            office.propose(**files)


def test_without_versions_nothing_is_changed(tmp_path: Path) -> None:
    """It could not be undone."""
    office = Office(tmp_path)
    office.desk.versions = None
    office.write(tea=TEA)
    office.open()
    with pytest.raises(ChangeError, match="versions:"):
        office.make(tea=NEW_TEA)


@pytest.mark.skipif(os.name != "posix", reason="there is no mode there")
def test_a_file_keeps_its_mode(office: Office) -> None:
    """What others may do with it is not for the bot to say."""
    (office.folder / "tea.md").chmod(0o640)
    office.make(tea=NEW_TEA)
    assert (office.folder / "tea.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="links need a right there")
def test_no_link_is_written_through(office: Office, tmp_path: Path) -> None:
    """Neither a file that is one, nor a folder."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("Mine.\n", encoding="utf-8")
    (office.folder / "linked.md").symlink_to(outside / "secret.md")
    (office.folder / "more").symlink_to(outside)
    for name in ("linked.md", "more/new.md"):
        with pytest.raises(ChangeError):
            office.editing.make(
                office.editing.propose({name: b"# T\n\nTheirs.\n"}).change, "edit", 1
            )
    assert sorted(path.name for path in outside.iterdir()) == ["secret.md"]
    assert (outside / "secret.md").read_text(encoding="utf-8") == "Mine.\n"


class _KilledError(BaseException):
    """The process is gone: nobody does anything more."""


OLD = {"tea": TEA, "rivers": RIVERS, "hills": "# Hills\n\nThe hills are low.\n"}
CHANGED: dict[str, dict[str, str | None]] = {
    "one file": {"tea": NEW_TEA},
    "a new file": {"lakes": LAKES},
    "a file less": {"rivers": None},
    "several": {"tea": NEW_TEA, "lakes": LAKES, "rivers": None, "hills": "# H\n\nHills of Tolv.\n"},
}


class _LaterDisk(Disk):
    """A disk whose last operation is still done."""

    def count(self) -> None:
        """Count; the end comes with the operation after the last one."""
        self.operations += 1
        if 0 < self.failing < self.operations:
            raise self.fault()


def kill_at(step: int, kind: type[Disk], changed: dict[str, str | None], folder: Path) -> bool:
    """Kill a change at a step, start again, and check what is there; False where all was done."""
    new = {name: text for name, text in {**OLD, **changed}.items() if text is not None}
    office = Office(folder)
    office.write(**OLD)
    office.open()
    proposal = office.propose(**changed)
    disk = kind(step, for_ever=True, fault=_KilledError)
    is_killed = True
    with contextlib.suppress(_KilledError), disk.in_force():
        office.editing.make(proposal.change, "upload", EDITOR, is_confirmed=True)
        is_killed = False
    keeper = VersionKeeper(FileVersionStore(folder / "versions", office.folder))
    assert recover(office.folder, keeper) == ""
    office.open()
    is_new = office.read() == new
    assert is_new or office.read() == OLD, step
    made = [(1, "upload", EDITOR, sorted(encode(changed)))]
    assert office.revisions() == made * is_new, step
    assert office.editing.history.pending is None
    shutil.rmtree(folder)
    return is_killed


@pytest.mark.parametrize("kind", [Disk, _LaterDisk])
@pytest.mark.parametrize("changed", CHANGED)
@pytest.mark.parametrize(
    "stride", [23, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(1_800)])]
)
def test_a_kill_at_any_step_leaves_old_or_new(
    tmp_path: Path, kind: type[Disk], changed: str, stride: int
) -> None:
    """Files are changed, added and taken out; after a start all of that is so, or nothing of it,
    and it is a revision once, or not at all.
    """
    step = 1
    while kill_at(step, kind, CHANGED[changed], tmp_path / str(step)):
        step += stride
    assert step > 40


@pytest.mark.parametrize("step", range(1, 200, 18))
def test_a_disk_that_fails_leaves_all_as_it_was(tmp_path: Path, step: int) -> None:
    """One operation fails, whichever: the folder is as before or as it should be, and told so."""
    office = Office(tmp_path)
    office.write(tea=TEA, rivers=RIVERS)
    office.open()
    proposal = office.propose(tea=NEW_TEA, lakes=LAKES)
    try:
        with Disk(step).in_force():
            is_made = office.editing.make(proposal.change, "upload", EDITOR).is_served
    except (ChangeError, OSError):
        is_made = False
    old, new = {"tea": TEA, "rivers": RIVERS}, {"tea": NEW_TEA, "rivers": RIVERS, "lakes": LAKES}
    assert office.read() == (new if is_made else old)
    os.utime(office.folder / "tea.md", ns=(LONG_AGO_NS, LONG_AGO_NS))
    assert office.open().titles() == sorted(f"Of {name.title()}" for name in office.read())


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("questions.yaml", QUESTIONS),
        ("synonyms.yaml", "same: |\n  Orrin, Old Lady\n"),
        ("links.yaml", "links:\n- question: which brew?\n  article: tea\n  section: Black\n"),
    ],
)
def test_what_an_editor_keeps_is_a_version_when_it_is_edited_by_hand(
    office: Office, file: str, text: str
) -> None:
    """Written, changed and deleted in the folder, while the bot runs or not; each can be undone."""
    office.desk.write(file, text)
    assert office.knowledge_base.has_changed()
    assert office.knowledge_base.reload().has_changed
    office.desk.write(file, f"# mine\n{text}")
    office.open()
    (latest,) = office.knowledge_base.versions.list_untold()
    assert list(latest.files) == [file]
    (office.folder / file).unlink()
    assert office.knowledge_base.reload().is_served
    assert office.revisions() == [(number, "folder", 0, [file]) for number in (3, 2, 1)]
    for number, expected in ((1, text), (2, f"# mine\n{text}")):
        proposal = office.editing.propose_rollback(number)
        office.editing.make(proposal.change, "rollback", EDITOR, is_confirmed=True)
        assert (office.folder / file).read_text(encoding="utf-8") == expected
    # What was told to nobody since the start before; this one has found nothing.
    assert list_untold(office) == [2, 3, 4, 5]


def test_questions_that_cannot_be_read_are_asked_as_they_were(office: Office) -> None:
    """They are named as what is wrong, and the last good ones are asked before a change."""
    office.desk.write("questions.yaml", QUESTIONS)
    office.knowledge_base.reload()
    office.desk.write("questions.yaml", bytes(200))
    reload = office.knowledge_base.reload()
    assert {problem.file for problem in reload.problems} == {"questions.yaml"}
    assert not reload.has_changed
    assert office.propose(tea=NEW_TEA).questions.lost == ("how is black tea made?",)


def test_what_others_changed_is_a_revision_of_its_own(office: Office) -> None:
    """What lies changed in the folder is served with an editor's change, and is not taken for it;
    also where the next start finds both without the manifest.
    """
    store = FileVersionStore(office.desk.folder.parent / "versions", office.folder)
    manifest = store.read_manifest()
    office.write(lakes=LAKES)
    office.desk.write("questions.yaml", QUESTIONS)
    office.make(tea=NEW_TEA, is_confirmed=True)
    expected = [
        (2, "upload", EDITOR, ["tea.md"]),
        (1, "folder", 0, ["lakes.md", "questions.yaml"]),
    ]
    assert office.revisions() == expected
    store.write_manifest(manifest)
    assert office.open().revisions() == expected
    office.editing.make(office.editing.propose_rollback(1).change, "rollback", EDITOR)
    assert office.read() == {
        "tea": TEA, "rivers": RIVERS, "lakes": LAKES, "questions": QUESTIONS,
    }  # fmt: skip


def test_what_others_changed_is_counted_without_the_editors_change(office: Office) -> None:
    """The revision of the folder has the articles and passages that there were before it."""
    office.write(lakes=LAKES)
    ferries = "# Of Ferries\n\nOne runs.\n"
    office.make(tea=NEW_TEA, ferries=ferries)
    office.write(lakes=LAKES + "\n## Fish\n\nPike live in it.\n")
    office.make(ferries=None)
    counted = [(one.number, one.articles, one.passages) for one in office.editing.history.revisions]
    assert counted == [(4, 3, 6), (3, 4, 7), (2, 4, 6), (1, 3, 4)]


def test_what_was_not_told_is_news_for_a_day(office: Office) -> None:
    """Over starts, the earliest first, until it is told. Where nothing was kept of that, all is."""
    for number, colour in enumerate(("Green", "Black", "White"), 1):
        office.make(is_confirmed=True, tea=f"# Tea\n\n{colour} tea has a colour.\n")
        assert number in list_untold(office)
    assert list_untold(office) == [1, 2, 3]
    office.knowledge_base.versions.note_told(2)
    assert list_untold(office) == [3]
    office.desk.now += timedelta(days=1, seconds=1)
    assert list_untold(office) == []
    office.desk.now -= timedelta(days=1)
    assert list_untold(office) == [3]
    (told,) = (office.desk.folder.parent / "versions").rglob("told.json")
    told.unlink()
    assert list_untold(office) == []


def list_untold(office: Office) -> list[int]:
    """Start, and give the numbers of what has to be told."""
    return [revision.number for revision in office.open().knowledge_base.versions.list_untold()]
