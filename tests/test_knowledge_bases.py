"""Whose articles are whose, where they are chosen: before anything is ranked."""

import shutil
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_encoder import WordEncoder

from bot.answers.model import Policy
from bot.editing.desk import EditingDesk
from bot.editing.export import export
from bot.embeddings.encoder import Encoder, ModelError
from bot.knowledge_base import KnowledgeBase
from bot.knowledge_bases import UNKNOWN, KnowledgeBases, Reader
from bot.settings import ServerArticles, Settings
from bot.versions.file_store import FileVersionStore
from bot.versions.keeper import VersionKeeper
from bot.view import View

RED, BLUE, GREEN = 700000000000000001, 700000000000000002, 700000000000000003
STAFF, COUNCIL = 800000000000000001, 800000000000000002
CANARIES = ("zircon", "topaz", "garnet", "jasper", "opal", "beryl", "agate", "pearl")


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files into a folder, with their own folders."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def article(canary: str, header: str = "") -> str:
    """Write an article that has a canary in its title, its heading and its text."""
    front = f"---\n{header}\n---\n" if header else ""
    return f"{front}# Of {canary}\n\n## The {canary}\n\nThe lantern word of it is {canary}.\n"


def open_bases(folder: Path, **chosen: object) -> KnowledgeBases:
    """Serve a folder with nothing saved beside it."""
    made = Settings(folder, records=None, index=None, versions=None, **chosen)  # type: ignore[arg-type]
    return KnowledgeBases(KnowledgeBase(folder, Policy()), made)


def count_calls(work: Callable[[], object]) -> int:
    """Count the calls of functions that some work makes."""
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event.endswith("call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def names(view: View) -> list[str]:
    """Name the articles of a view."""
    return [one.title.removeprefix("Of ") for one in view.library.articles]


def test_without_servers_and_restrictions_all_are_shown_the_same(tmp_path: Path) -> None:
    """Nothing is made beside what is served anyway, whoever asks from wherever."""
    bases = open_bases(write(tmp_path / "articles", {"a.md": article("zircon")}))
    readers = (Reader(), Reader(RED, frozenset([STAFF])), Reader(BLUE, frozenset(), frozenset()))
    assert {bases.view(reader).answerer for reader in readers} == {bases.common.answerer}


def test_a_servers_empty_folder_costs_no_index_of_its_own(tmp_path: Path) -> None:
    """Its members are shown the very same as all others, as long as nothing lies in it that helps;
    a server whose articles stand alone is shown nothing.
    """
    alone = tmp_path / "alone"
    alone.mkdir()
    bases = open_bases(
        write(tmp_path / "articles", {"a.md": article("zircon")}),
        server_articles=True,
        servers={BLUE: ServerArticles((alone,), is_alone=True)},
    )
    assert bases.open_own(RED) is not None
    assert bases.view(Reader(RED)).answerer is bases.common.answerer
    write(bases.place_of(GREEN), {"synonyms.yaml": "same: |\n  zircon, hyacinth\n"})
    assert bases.view(Reader(GREEN)).answer("What is the hyacinth?").is_answered
    assert not bases.view(Reader(RED)).answer("What is the hyacinth?").is_answered
    assert names(bases.view(Reader(BLUE))) == []


def test_what_was_chosen_and_is_gone_is_known(tmp_path: Path) -> None:
    """Of the common articles and of the server's own; who chose what is gone is shown nothing."""
    files = {"ships/a.md": article("zircon"), f"servers/{RED}/own.md": article("topaz")}
    bases = open_bases(write(tmp_path / "articles", files))
    chosen = ["ships/", "own.md", "gone.md", "gone/"]
    assert bases.find_gone(RED, chosen) == ["gone.md", "gone/"]
    assert bases.find_gone(BLUE, chosen) == ["gone.md", "gone/", "own.md"]
    assert names(bases.view(Reader(RED, chosen=frozenset(["gone.md"])))) == []


def test_what_is_gone_is_found_without_a_look_at_the_articles(tmp_path: Path) -> None:
    """The event loop asks for it with each question: it takes no longer with more articles. A
    reload is known at once.
    """
    folder = write(tmp_path / "articles", {"ships/a.md": article("zircon")})
    bases = open_bases(folder)
    took = []
    for number in (20, 200):
        more = {f"more/{one}.md": f"Of number {one}.\n" for one in range(number)}
        write(folder, more)
        bases.common.reload()
        assert bases.find_gone(RED, ["more/", "gone.md"]) == ["gone.md"]
        took.append(count_calls(lambda: bases.find_gone(RED, ["more/", "gone.md"])))
    assert took[0] == took[1]
    (folder / "ships" / "a.md").unlink()
    bases.common.reload()
    assert bases.find_gone(RED, ["ships/", "more/"]) == ["ships/"]


def test_a_servers_articles_are_shown_to_its_own_members(tmp_path: Path) -> None:
    """Beside the common ones by a folder in these, or alone; nobody else is shown them."""
    folder = write(
        tmp_path / "articles",
        {
            "a.md": article("zircon"),
            f"servers/{RED}/b.md": article("topaz"),
            "servers/readme.md": article("opal"),
        },
    )
    alone = write(tmp_path / "blue", {"c.md": article("garnet")})
    shared = write(tmp_path / "shared", {"d.md": article("jasper")})
    bases = open_bases(folder, servers={BLUE: ServerArticles((alone, shared), is_alone=True)})
    assert names(bases.view(Reader())) == ["zircon", "opal"]
    assert names(bases.view(Reader(GREEN))) == ["zircon", "opal"]
    assert names(bases.view(Reader(RED))) == ["zircon", "opal", "topaz"]
    assert names(bases.view(Reader(BLUE))) == ["garnet", "jasper"]
    assert not bases.view(Reader(GREEN)).answer("What is the topaz?").is_answered
    assert bases.view(Reader(RED)).answer("What is the lantern word of topaz?").is_answered
    assert bases.view(Reader(RED)).answer("What is the lantern word of zircon?").is_answered


def test_an_own_article_takes_the_place_of_a_common_one(tmp_path: Path) -> None:
    """By its name; what is the same byte for byte stands there once."""
    folder = write(
        tmp_path / "articles",
        {
            "rules.md": article("zircon"),
            "same.md": article("opal"),
            f"servers/{RED}/rules.md": article("topaz"),
            f"servers/{RED}/copy.md": article("opal"),
        },
    )
    bases = open_bases(folder)
    assert sorted(names(bases.view(Reader(RED)))) == ["opal", "topaz"]
    assert sorted(names(bases.view(Reader()))) == ["opal", "zircon"]


def test_a_folders_audience_is_the_innermost_ones_and_a_header_goes_first(tmp_path: Path) -> None:
    """What the file says of a folder holds for all in it that says nothing itself."""
    files = {
        "audience.yaml": f"staff: {STAFF}\nstaff/open/: [{STAFF}, {COUNCIL}]\nnone: nobody\n",
        "a.md": article("zircon"),
        "staff/b.md": article("topaz"),
        "staff/open/c.md": article("garnet"),
        "staff/open/d.md": article("jasper", f"audience: {STAFF}"),
        "none/e.md": article("opal"),
    }
    bases = open_bases(write(tmp_path / "articles", files))
    assert names(bases.view(Reader())) == ["zircon"]
    assert names(bases.view(Reader(RED, frozenset([COUNCIL])))) == ["zircon", "garnet"]
    assert names(bases.view(Reader(RED, frozenset([STAFF])))) == [
        "zircon", "topaz", "garnet", "jasper",
    ]  # fmt: skip
    assert [one.file for one in bases.common.problems] == ["audience.yaml"]


@pytest.mark.parametrize("text", ["staff: [", "- staff\n", "staff:\n  a: 1\n"])
def test_an_audience_file_that_cannot_be_read_hides_all(tmp_path: Path, text: str) -> None:
    """Who slips there shows nothing that was hidden, and is told."""
    files = {"audience.yaml": text, "staff/a.md": article("zircon")}
    bases = open_bases(write(tmp_path / "articles", files))
    assert names(bases.view(Reader(RED, frozenset([STAFF])))) == []
    assert "error" in {one.severity for one in bases.common.problems}


def test_a_misspelt_folder_of_an_audience_is_told(tmp_path: Path) -> None:
    """The articles that were meant are open to all, so their editor has to know."""
    files = {"audience.yaml": f"stuff: {STAFF}\n", "staff/a.md": article("zircon")}
    bases = open_bases(write(tmp_path / "articles", files))
    (problem,) = bases.common.problems
    assert (problem.severity, "stuff" in problem.what) == ("warning", True)


@pytest.mark.parametrize(
    ("written", "there"),
    [("Réunions", "Re\u0301unions"), ("staff", "Staff"), ("./STAFF//", "staff"), ("a.md", "a.md")],
)
def test_a_folders_audience_holds_however_its_name_is_stored(
    tmp_path: Path, written: str, there: str
) -> None:
    """Some systems store accents in another form, and take capitals for small letters; a single
    file is restricted as a folder is.
    """
    file = there if there.endswith(".md") else f"{there}/a.md"
    files = {"audience.yaml": f"{written}: {STAFF}\n", file: article("zircon")}
    bases = open_bases(write(tmp_path / "articles", files))
    assert names(bases.view(Reader(RED))) == []
    assert names(bases.view(Reader(RED, frozenset([STAFF])))) == ["zircon"]
    assert bases.common.problems == ()


def test_of_folders_that_look_alike_each_has_its_own_audience(tmp_path: Path) -> None:
    """Where the file names both; what looks like both and is neither is shown to nobody."""
    files = {
        "audience.yaml": f"staff: {STAFF}\nStaff: {COUNCIL}\n",
        "staff/a.md": article("zircon"),
        "Staff/b.md": article("topaz"),
        "STAFF/c.md": article("garnet"),
    }
    bases = open_bases(write(tmp_path / "articles", files))
    assert names(bases.view(Reader(RED, frozenset([STAFF])))) == ["zircon"]
    assert names(bases.view(Reader(RED, frozenset([COUNCIL])))) == ["topaz"]


def test_a_folder_that_is_named_twice_is_shown_to_nobody(tmp_path: Path) -> None:
    """In two ways of writing it: nobody knows which line was meant, and its editor is told where."""
    text = f"staff: {STAFF}\nnone: {STAFF}\nstaff/: {COUNCIL}\n"
    files = {"audience.yaml": text, "staff/a.md": article("zircon")}
    bases = open_bases(write(tmp_path / "articles", files))
    assert names(bases.view(Reader(RED, frozenset([STAFF, COUNCIL])))) == []
    assert [str(one).split(": ")[0] for one in bases.common.problems] == [
        "audience.yaml:2:1",
        "audience.yaml:3:1",
    ]


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("audience.yml", ["staff", "open"]),
        ("Audience.yaml", ["staff", "open"]),
        ("audiences.yaml.txt", ["staff", "open"]),
        ("staff/audience.yaml", ["staff"]),
    ],
)
def test_an_audience_file_that_is_not_read_hides_what_it_could_be_about(
    tmp_path: Path, name: str, hidden: list[str]
) -> None:
    """Who slips in its name, or puts it elsewhere, shows nothing that was to be hidden."""
    folder = write(
        tmp_path / "articles",
        {
            name: f"staff: {STAFF}\n.: {STAFF}\n",
            "staff/a.md": article("staff"),
            "open/b.md": article("open"),
        },
    )
    bases = open_bases(folder)
    assert not set(hidden) & set(names(bases.view(Reader())))
    (problem,) = [one for one in bases.common.problems if one.severity == "error"]
    assert problem.file == name
    assert "audience.yaml" in problem.hint
    write(folder, {"audience.yaml": f"staff: {STAFF}\n"})
    bases.common.reload()
    assert names(bases.view(Reader())) == ["open"] if "/" in name else ["open", "audiences"]


def test_other_files_of_the_editors_under_a_wrong_name_are_told(tmp_path: Path) -> None:
    """They are not read, and nothing else says so."""
    files = {"synonyms.yml": "", "Links.yaml": "", "question.yaml": "", "a.md": article("zircon")}
    folder = write(tmp_path / "articles", files)
    problems = open_bases(folder).common.problems
    assert [(one.file, one.hint.split()[-1]) for one in problems] == [
        ("Links.yaml", "links.yaml"),
        ("question.yaml", "questions.yaml"),
        ("synonyms.yml", "synonyms.yaml"),
    ]


def test_a_list_of_folders_that_are_gone_is_told_in_short(tmp_path: Path) -> None:
    """A hundred of them, and how many more there are."""
    lines = [f"gone{number}: {STAFF}\n" for number in range(1_500)]
    folder = write(
        tmp_path / "articles", {"a.md": article("opal"), "audience.yaml": "".join(lines)}
    )
    assert len(open_bases(folder).common.problems) <= 101


def test_what_is_changed_is_shown_at_once(tmp_path: Path) -> None:
    """After a reload of the common folder, or of a server's own."""
    own_file = f"servers/{RED}/b.md"
    files = {"a.md": article("zircon"), own_file: article("topaz")}
    folder = write(tmp_path / "articles", files)
    bases = open_bases(folder)
    reader = Reader(RED)
    first = bases.view(reader)
    assert bases.view(reader) is first
    write(folder, {"c.md": article("garnet")})
    bases.common.reload()
    assert sorted(names(bases.view(reader))) == ["garnet", "topaz", "zircon"]
    write(folder, {own_file: article("jasper")})
    own = bases.open_own(RED)
    assert own is not None
    own.reload()
    assert sorted(names(bases.view(reader))) == ["garnet", "jasper", "zircon"]
    write(folder, {"audience.yaml": f".: {STAFF}\n"})
    bases.common.reload()
    assert names(bases.view(reader)) == ["jasper"]


def test_links_and_synonyms_are_those_of_what_is_shown(tmp_path: Path) -> None:
    """A server's own words help its own members alone."""
    folder = write(
        tmp_path / "articles",
        {
            "a.md": article("zircon"),
            f"servers/{RED}/b.md": article("topaz"),
            f"servers/{RED}/links.yaml": "links:\n- question: Who keeps the key?\n  section: The topaz\n",
        },
    )
    bases = open_bases(folder)
    linked = bases.view(Reader(RED)).answer("Who keeps the key?")
    assert [quote.article.title for quote in linked.quotes[:1]] == ["Of topaz"]
    assert not bases.view(Reader()).answer("Who keeps the key?").is_answered


def test_a_bad_folder_of_one_server_harms_no_other(tmp_path: Path) -> None:
    """One that is not there, one with a file in its place, and one that nothing can be read of."""
    folder = write(
        tmp_path / "articles",
        {"a.md": article("zircon"), f"servers/{GREEN}/b.md": "\0" * 50, "x": "no folder"},
    )
    missing = ServerArticles((tmp_path / "missing",))
    bases = open_bases(
        folder, servers={RED: missing, BLUE: ServerArticles((tmp_path / "x",), is_alone=True)}
    )
    for guild_id in (0, RED, GREEN):
        assert names(bases.view(Reader(guild_id))) == ["zircon"]
    assert names(bases.view(Reader(BLUE))) == []


def test_a_fault_while_a_server_is_read_is_its_own_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its members are shown the common articles; a minute later it is read again."""
    clock = [0.0]
    folder = write(
        tmp_path / "articles", {"a.md": article("zircon"), f"servers/{RED}/b.md": article("topaz")}
    )
    bases = KnowledgeBases(
        KnowledgeBase(folder, Policy()),
        Settings(folder, records=None, index=None, versions=None),
        clock_s=lambda: clock[0],
    )
    with monkeypatch.context() as broken:
        broken.setattr("bot.knowledge_bases.recover", lambda *_, **__: 1 / 0)
        assert names(bases.view(Reader(RED))) == ["zircon"]
    assert "ZeroDivisionError" in caplog.text
    assert names(bases.view(Reader(RED))) == ["zircon"]
    clock[0] = 61.0
    assert names(bases.view(Reader(RED))) == ["zircon", "topaz"]


@dataclass
class Clock:
    """A clock that a test sets."""

    now_s: float = 0.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now_s


def _open_many(folder: Path, clock: Callable[[], float], kept: int, count: int) -> KnowledgeBases:
    files = {f"servers/{RED + number}/b.md": article(f"gem{number}") for number in range(count)}
    write(folder, {"a.md": article("zircon"), **files})
    made = Settings(folder, records=None, index=None, versions=None, knowledge_bases_kept=kept)
    return KnowledgeBases(KnowledgeBase(folder, Policy()), made, clock_s=clock)


def test_only_so_many_are_kept_and_none_that_is_idle(tmp_path: Path) -> None:
    """Those that were asked last; what was let go is read again when it is asked for."""
    clock = Clock()
    bases = _open_many(tmp_path / "articles", clock, 3, 5)
    for number in range(5):
        bases.view(Reader(RED + number))
    assert [bases.is_ready(RED + number) for number in range(5)] == [False] * 2 + [True] * 3
    assert "gem0" in names(bases.view(Reader(RED)))
    clock.now_s = 3601.0
    bases.view(Reader(RED + 1))
    assert [bases.is_ready(RED + number) for number in range(5)] == [False, True] + [False] * 3


def test_a_server_is_read_once_for_all_who_ask_at_once(tmp_path: Path) -> None:
    """Threads that come meanwhile wait, and are given the same."""
    bases = _open_many(tmp_path / "articles", Clock(), 9, 1)
    together = threading.Barrier(4)

    def look(_: int) -> tuple[int, int]:
        together.wait()
        return id(bases.open_own(RED)), id(bases.view(Reader(RED)))

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(look, range(4)))) == 1


def test_what_is_being_edited_is_not_read_a_second_time(tmp_path: Path) -> None:
    """Though it was let go: two that write the same folder would not know of each other."""
    bases = _open_many(tmp_path / "articles", Clock(), 1, 2)
    edited = bases.open_own(RED)
    bases.view(Reader(RED + 1))
    assert not bases.is_ready(RED)
    assert bases.open_own(RED) is edited


def test_who_may_keep_own_articles_is_for_the_settings_to_say(tmp_path: Path) -> None:
    """Those that are listed, or all but the home server; never what several share."""
    folder = write(tmp_path / "articles", {"a.md": article("zircon")})
    one, two = tmp_path / "one", tmp_path / "two"
    listed = {
        RED: ServerArticles((one,)),
        BLUE: ServerArticles((two,)),
        GREEN: ServerArticles((two,)),
    }
    bases = open_bases(folder, servers=listed)
    assert [bases.may_have_own(one) for one in (RED, BLUE, GREEN, 0, 5)] == [True] + [False] * 4
    assert bases.open_own(5) is None
    every = open_bases(folder, server_articles=True, home_server=GREEN)
    assert [every.may_have_own(one) for one in (RED, GREEN, 0)] == [True, False, False]
    made = every.open_own(RED)
    assert made is not None
    assert made.folder == folder / "servers" / str(RED)
    assert names(every.view(Reader(RED))) == ["zircon"]


def test_a_servers_folder_is_made_when_something_is_put_in(tmp_path: Path) -> None:
    """Who only looks makes nothing, wherever it would lie; nor does who is shown what a change
    would do.
    """
    folder = write(tmp_path / "articles", {"a.md": article("zircon")})
    elsewhere = tmp_path / "elsewhere" / "blue"
    bases = open_bases(folder, server_articles=True, servers={BLUE: ServerArticles((elsewhere,))})
    places = {RED: folder / "servers" / str(RED), BLUE: elsewhere}
    before = sorted(tmp_path.rglob("*"))
    desks = {}
    for guild_id in places:
        base = bases.open_own(guild_id)
        assert base is not None
        base.versions = VersionKeeper(FileVersionStore(tmp_path / "versions", base.folder))
        desks[guild_id] = EditingDesk(base)
        assert [one.kind for one in base.problems] == ["folder-empty"]
        assert desks[guild_id].list_files() == []
        assert desks[guild_id].find_why_closed() == ""
        assert export(base, 1_000).count == 0
        base.reload()
        proposal = desks[guild_id].propose({"own.md": article("topaz").encode()})
        assert proposal.change.is_possible
        assert names(bases.view(Reader(guild_id))) == ["zircon"]
    assert sorted(tmp_path.rglob("*")) == before
    for guild_id, place in places.items():
        change = desks[guild_id].propose({"own.md": article("topaz").encode()}).change
        assert desks[guild_id].make(change, "edit", 7).is_served
        assert (place / "own.md").is_file()
        assert names(bases.view(Reader(guild_id))) == ["zircon", "topaz"]


def test_all_who_read_along_must_be_allowed_to() -> None:
    """A channel shows what each of its readers may read: by one role, or as everybody's."""
    member = frozenset([STAFF, RED])
    assert Reader(RED, member).may_read((STAFF,))
    assert not Reader(RED, member).may_read((COUNCIL,))
    assert not Reader(RED, member).may_read(())
    assert Reader(RED, member, frozenset([STAFF])).may_read((COUNCIL, STAFF))
    assert not Reader(RED, member, frozenset([STAFF, COUNCIL])).may_read((STAFF,))
    assert not Reader(RED, member, frozenset([STAFF, UNKNOWN])).may_read((STAFF,))
    assert not Reader(RED, frozenset(), frozenset()).may_read((STAFF,))
    assert Reader(RED, member, frozenset([COUNCIL, UNKNOWN])).may_read((RED,))


def test_views_are_found_by_their_meaning_too(tmp_path: Path) -> None:
    """With a model, as soon as what one may read is embedded; also a server's that stands alone."""
    folder = write(
        tmp_path / "articles",
        {
            "a.md": "# Of boats\n\n## Times\n\nThe vessel leaves the quay at nine.\n",
            "b.md": article("topaz", f"audience: {STAFF}"),
        },
    )
    alone = write(
        tmp_path / "red", {"c.md": "# Of carts\n\n## Days\n\nA wagon departs on Mondays.\n"}
    )
    bases = open_bases(folder, servers={RED: ServerArticles((alone,), is_alone=True)})
    encoder = WordEncoder(("boat", "vessel", "wagon"), ("departs", "leaves"))
    worker = bases.common.embed_with(Path("models/words"), lambda _: encoder)
    readers = (Reader(), Reader(BLUE, frozenset([STAFF])), Reader(RED))
    assert [bases.view(reader).answerer.has_meaning for reader in readers[::2]] == [False, False]
    worker.wait()
    views = [bases.view(reader) for reader in readers]
    assert [view.answerer.has_meaning for view in views] == [True, True, True]
    assert [names(view) for view in views] == [["boats"], ["boats", "topaz"], ["carts"]]
    bases.common.reload()
    assert bases.view(Reader()).answerer is views[0].answerer


def test_a_model_that_cannot_be_used_is_tried_once(tmp_path: Path) -> None:
    """However many views would be embedded with it."""
    tried = []

    def fail(model: Path) -> Encoder:
        tried.append(model)
        raise ModelError("model.onnx is missing in it")

    files = {"a.md": article("zircon"), "b.md": article("topaz", f"audience: {STAFF}")}
    bases = open_bases(write(tmp_path / "articles", files))
    worker = bases.common.embed_with(Path("models/words"), fail)
    worker.wait()
    assert not bases.view(Reader()).answerer.has_meaning
    worker.wait()
    assert len(tried) == 1


audiences = st.one_of(
    st.none(), st.lists(st.sampled_from([STAFF, COUNCIL, RED]), max_size=3, unique=True)
)
role_sets = st.frozensets(st.sampled_from([STAFF, COUNCIL, RED, BLUE]))


@settings(max_examples=25, deadline=None)
@given(
    placed=st.lists(
        st.tuples(
            st.sampled_from(["", "harbour/", f"servers/{RED}/", f"servers/{BLUE}/harbour/"]),
            audiences,
        ),
        min_size=1,
        max_size=len(CANARIES),
    ),
    reader=st.builds(
        Reader,
        st.sampled_from([0, RED, BLUE, GREEN]),
        role_sets,
        st.one_of(st.none(), role_sets),
        st.frozensets(st.sampled_from([*[f"{one}.md" for one in CANARIES], "harbour/"])),
    ),
)
def test_a_reader_is_shown_what_it_may_read_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
    placed: list[tuple[str, list[int] | None]],
    reader: Reader,
) -> None:
    """Whatever the audiences, the servers, the roles and what was chosen: by an account of its own."""
    folder = tmp_path_factory.mktemp("articles")
    expected = set()
    for canary, (place, audience) in zip(CANARIES, placed, strict=False):
        header = "" if audience is None else f"audience: {audience}"
        write(folder, {f"{place}{canary}.md": article(canary, header)})
        server = place.split("/")[1] if place.startswith("servers/") else ""
        is_there = server in ("", f"{reader.guild_id}")
        choices = {"harbour/"} if place.endswith("harbour/") else {f"{canary}.md"}
        is_there = is_there and (not reader.chosen or not reader.chosen.isdisjoint(choices))
        is_open = audience is None
        if audience is not None:
            has_role = any(role in reader.role_ids for role in audience)
            others = reader.viewer_role_ids or frozenset()
            is_for_all = all(one in audience for one in others)
            is_open = has_role and (reader.guild_id in audience or is_for_all)
        if is_there and is_open:
            expected.add(canary)
    view = open_bases(folder).view(reader)
    assert set(names(view)) == expected
    for canary in CANARIES:
        found = view.answer(f"What is the lantern word of {canary}?")
        shown = repr((found.quotes, found.closest, found.choices, found.corrections))
        assert not (set(CANARIES) - expected).intersection(
            word for word in CANARIES if word in shown
        )
        is_found = view.check_quotation(f"The lantern word of it is {canary}.").kind == "found"
        assert is_found is (canary in expected)
    shutil.rmtree(folder)
