"""The program as people start it: arguments and input, its output and its exit code; in part as a
process.
"""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from program import run_program

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"


def validator(name: str) -> Draft202012Validator:
    """Give the validator of one of the shipped schemas."""
    schema = (ROOT / "bot" / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(schema))


def bot(
    *arguments: str, text: str | bytes = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository with ``text`` as its standard input."""
    given = text.encode() if isinstance(text, str) else text
    return run_program(arguments, {"COLUMNS": "100", **environment}, given)


def objects(done: subprocess.CompletedProcess[str], schema: str) -> list[dict[str, Any]]:
    """Read the lines that were printed, each checked against its schema."""
    found = [json.loads(line) for line in done.stdout.splitlines()]
    for one in found:
        validator(schema).validate(one)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles that share a heading; one is Markdown with CRLF and a byte order mark."""
    rivers = (
        "\ufeff---\ntitle: Of Rivers\nauthor: Ada\ndate: 2026-01-02\n---\n\n"
        "The Orrin is a river.\n\n"
        "## Course\n\nThe **Orrin** rises in\nMarn. It ends at Lisk.\n\n## End\n\n"
        "Nothing follows.\n"
    )
    (tmp_path / "rivers.md").write_text(rivers, encoding="utf-8", newline="\r\n")
    (tmp_path / "hills.txt").write_text(
        "Of Hills\n\nHills are low.\n\nThe End\n\nAll hills wear down.\n", encoding="utf-8"
    )
    return tmp_path


def test_alone_it_prints_what_there_is() -> None:
    """Without a command the help is shown, and that is no mistake."""
    done = bot()
    assert done.returncode == 0
    for command in ("chat", "ask", "summary", "sections", "check"):
        assert command in done.stdout


def test_ask_answers_and_exits_with_0() -> None:
    """A question that is answered: the quotation, its section, its file and line."""
    done = bot("ask", "Where", "did Zelenskyy and Putin meet in 2019, in Paris?")
    assert done.returncode == 0
    assert "Élysée" in done.stdout
    assert "zelenskyy-putin-meeting.md:" in done.stdout


def test_ask_refuses_and_exits_with_1() -> None:
    """A question that is not answered is told so, and scripts can tell."""
    done = bot("ask", "How do I fry doughnuts?")
    assert done.returncode == 1
    assert done.stdout == "The articles do not answer that. Nowhere in them: “fry”, “doughnuts”.\n"


def test_small_talk_exits_with_0() -> None:
    """A greeting is no failure."""
    done = bot("ask", "hello")
    assert done.returncode == 0
    assert done.stdout.startswith("Hello!")


@pytest.mark.parametrize(
    "arguments", [["ask"], ["nonsense"], ["summary", "--sentences", "0"], ["ask", "--nope", "x"]]
)
def test_wrong_use_exits_with_2(arguments: list[str]) -> None:
    """A call that makes no sense is told why, on standard error."""
    done = bot(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert not done.stdout


def test_one_question_as_json() -> None:
    """The object holds what the schema says, and the quotation is the file's own characters."""
    done = bot("ask", "--json", "Who hosted the Paris summit of December 2019?")
    (answer,) = objects(done, "answer")
    assert (done.returncode, answer["kind"], answer["answered"]) == (0, "answer", True)
    for quote in answer["quotes"]:
        decoded = (ROOT / "knowledge" / quote["file"]).read_bytes().decode("utf-8")
        assert decoded[quote["start"] : quote["end"]] == quote["text"]
        assert quote["key"] in quote["text"]
        assert decoded[: quote["start"]].count("\n") + 1 == quote["line"]


def test_offsets_count_the_byte_order_mark_and_both_characters_of_a_newline(folder: Path) -> None:
    """A file from Windows is quoted as exactly as any other."""
    done = bot("ask", "--json", "--knowledge", str(folder), "where does the Orrin rise?")
    quote = objects(done, "answer")[0]["quotes"][0]
    decoded = (folder / "rivers.md").read_bytes().decode("utf-8")
    assert quote["text"] == "The **Orrin** rises in\r\nMarn. It ends at Lisk."
    assert quote["key"] == "The **Orrin** rises in\r\nMarn."
    assert decoded[quote["start"] : quote["end"]] == quote["text"]
    assert (quote["article"], quote["section"], quote["section_number"], quote["line"]) == (
        "rivers",
        "Course",
        1,
        11,
    )
    assert quote["matched"] == ["Orrin", "rises"]


def test_questions_come_and_go_line_by_line() -> None:
    """One line in, one object out, in order, whatever the line holds."""
    lines = [
        "hello",
        "",
        "How do I fry doughnuts?",
        "Who signed the grain initiative for Ukraine?",
        "\u2028\u2029",
        "\x1b\x07",
    ]
    done = bot(
        "ask",
        "--json",
        text="\n".join(lines[:-1]).encode() + b"\r\n\xff\xfe what\n" + lines[-1].encode(),
    )
    answers = objects(done, "answer")
    assert done.returncode == 0
    assert [answer["kind"] for answer in answers] == [
        "smalltalk",
        "smalltalk",
        "none",
        "answer",
        "smalltalk",
        "smalltalk",
        "smalltalk",
    ]
    assert [answer["question"] for answer in answers[:5]] == lines[:5]
    assert all(line.isascii() for line in done.stdout.splitlines())


def test_an_answer_is_flushed_before_the_next_question() -> None:
    """A program that asks and waits for the answer is not kept waiting."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for question in ("hello", "Who is Merkel?"):
            process.stdin.write(question.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == question
        process.stdin.close()
        assert process.wait(timeout=120) == 0


def test_summary_of_one_section(folder: Path) -> None:
    """A section is found by a part of its heading; its sentences have their places."""
    done = bot("summary", "--json", "--sentences", "1", "--knowledge", str(folder), "course")
    (summary,) = objects(done, "summary")
    assert (summary["article"], summary["section"], summary["section_number"]) == (
        "rivers",
        "Course",
        1,
    )
    (sentence,) = summary["sentences"]
    decoded = (folder / "rivers.md").read_bytes().decode("utf-8")
    assert (
        decoded[sentence["start"] : sentence["end"]]
        == sentence["text"]
        == "The **Orrin** rises in\r\nMarn."
    )
    assert sentence["line"] == 11


def test_summary_of_everything(folder: Path) -> None:
    """Without a section there is one object a section, leads among them, in order."""
    summaries = objects(bot("summary", "--json", "--knowledge", str(folder)), "summary")
    places = [(one["article"], one["section_number"]) for one in summaries]
    assert places == [("hills", 0), ("hills", 1), ("rivers", 0), ("rivers", 1), ("rivers", 2)]


def test_a_heading_that_two_articles_share_asks_which(folder: Path) -> None:
    """The choice is shown, and --article decides."""
    (folder / "hills.txt").write_text(
        "Of Hills\n\nHills are low.\n\nEnd\n\nAll hills wear down.\n", encoding="utf-8"
    )
    done = bot("summary", "--knowledge", str(folder), "end")
    assert done.returncode == 2
    assert "“End” (hills); “End” (rivers)" in done.stderr
    chosen = bot("summary", "--json", "--knowledge", str(folder), "end", "--article", "hills")
    assert [one["article"] for one in objects(chosen, "summary")] == ["hills"]


def test_a_section_that_there_is_not_lists_those_that_there_are(folder: Path) -> None:
    """Nobody has to guess a second time."""
    done = bot("summary", "--knowledge", str(folder), "zzz")
    assert done.returncode == 2
    assert "Course" in done.stderr


def test_sections_as_json(folder: Path) -> None:
    """One object a section with what is known of its article."""
    sections = objects(bot("sections", "--json", "--knowledge", str(folder)), "section")
    assert sections[3] == {
        "article": "rivers",
        "title": "Of Rivers",
        "author": "Ada",
        "date": "2026-01-02",
        "section": "Course",
        "section_number": 1,
        "line": 9,
        "passages": 1,
    }


def test_check_tells_what_was_understood_and_what_is_wrong(folder: Path) -> None:
    """A bad file is named with its line; the good ones are served all the same."""
    (folder / "bad.md").write_text(
        "---\nauthor: Ada\ntitle: O\u202ene\n---\n\nText.\n", encoding="utf-8"
    )
    for arguments in ([], ["--all"]):
        done = bot("check", *arguments, "--knowledge", str(folder))
        assert done.returncode == 1
        assert "the title holds a character that can't be seen" in done.stdout
        assert "bad.md:3" in done.stdout
        assert "Of Rivers" in done.stdout
        assert "2 articles, 5 sections, 5 passages; 1 error" in done.stdout
    (problem,) = [
        one
        for one in objects(bot("check", "--json", "--knowledge", str(folder)), "problem")
        if one["severity"] == "error"
    ]
    assert (problem["file"], problem["line"], problem["column"]) == ("bad.md", 3, 0)
    assert bot("ask", "where does the Orrin rise?", "--knowledge", str(folder)).returncode == 0


def test_check_tells_what_is_wrong_with_the_editors_questions(folder: Path) -> None:
    """Those that can't be read, and those that expect what is not there, by line and column."""
    questions = folder / "questions.yaml"
    questions.write_text(
        "questions:\n  - question: Where?\n    sentence: Nowhere.\n  - question: Who?\n",
        encoding="utf-8",
    )
    done = bot("--knowledge", str(folder), "check", "--json")
    told = [one for one in objects(done, "problem") if one["file"] == "questions.yaml"]
    assert [(one["line"], one["severity"]) for one in told] == [(3, "error"), (4, "error")]
    assert all(one["what"].startswith("questions: ") and one["hint"] for one in told)
    assert done.returncode == 1


def test_what_reads_documents_says_nothing_by_itself(tmp_path: Path) -> None:
    """A damaged document is one problem by its place, and nothing of its text is printed."""
    (tmp_path / "a.md").write_text("# A\n\nA text.\n", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"Secret words, and no PDF.\n")
    # A process of its own: where nothing is set up, Python prints what a library logs.
    arguments = [sys.executable, "-m", "bot", "--knowledge", str(tmp_path), "check"]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, check=False)
    assert b"b.pdf:1" in done.stdout
    assert done.stderr == b""


def test_check_exits_with_0_for_a_warning_unless_it_is_strict(folder: Path) -> None:
    """A file that is served is no failure; --strict makes it one."""
    (folder / "undated.md").write_text("---\ndate: soon\n---\nJust text here.\n", encoding="utf-8")
    assert bot("check", "--knowledge", str(folder)).returncode == 0
    assert bot("check", "--strict", "--knowledge", str(folder)).returncode == 1


@pytest.mark.parametrize("command", ["check", "sections", "ask", "summary"])
@pytest.mark.parametrize(
    "link", ["http://[host:port]/", "http://[", "//[v1.x]", "http://a℀b/", "http://a:x/"]
)
def test_a_link_to_no_address_stops_no_command(folder: Path, command: str, link: str) -> None:
    """A text that leads to an address which no parser takes is read like any other."""
    (folder / "setup.md").write_text(
        f"# Setup\n\nSee [the page]({link}) of the Orrin.\n", encoding="utf-8"
    )
    arguments = ["Where does the Orrin rise?"] if command == "ask" else []
    done = bot(command, "--knowledge", str(folder), *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Setup" in done.stdout or command == "ask"


@pytest.mark.slow
def test_what_is_printed_of_huge_files_is_short(tmp_path: Path) -> None:
    """Fences of half a megabyte and a hundred thousand faulty lines are a few hundred short
    lines.
    """
    for number in range(6):
        (tmp_path / f"{number}.md").write_text("`" * 500_000, encoding="utf-8")
    (tmp_path / "many.md").write_text("# Many\n\n" + "## One\n\nText.\n\n" * 400, encoding="utf-8")
    (tmp_path / "synonyms.yaml").write_text("same: |\n" + "  word\n" * 100_000, encoding="utf-8")
    for arguments in ([], ["--all"], ["--json"]):
        done = bot("check", *arguments, "--knowledge", str(tmp_path))
        assert done.returncode == 1
        assert len(done.stdout) < 60_000
        assert max(map(len, done.stdout.splitlines())) < 800
        assert "problems that are not listed: 99,900;" in done.stdout
        assert re.search(r"problems that are not listed: 299;", done.stdout)


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_articles_is_told(tmp_path: Path, name: str) -> None:
    """An empty and a missing folder work and say what they are."""
    if name == "empty":
        (tmp_path / name).mkdir()
    folder = str(tmp_path / name)
    assert bot("check", "--knowledge", folder).returncode == 1
    (problem,) = objects(bot("check", "--json", "--knowledge", folder), "problem")
    assert problem["severity"] == "error"
    asked = bot("ask", "Where is the treaty?", "--knowledge", folder)
    assert asked.returncode == 1
    assert "no articles" in asked.stdout


def test_settings_come_from_the_file_and_the_command_line_wins(
    folder: Path, tmp_path: Path
) -> None:
    """--config names another folder; --knowledge, before or after the command, overrules it."""
    config = tmp_path / "settings.yml"
    config.write_text(f"knowledge: {folder}\nthreshold: 1\n", encoding="utf-8")
    sections = objects(bot("sections", "--json", "--config", str(config)), "section")
    assert {section["article"] for section in sections} == {"hills", "rivers"}
    assert bot("ask", "where does the Orrin rise?", "--config", str(config)).returncode == 1
    overruled = bot("--config", str(config), "sections", "--json", "--knowledge", str(FIXTURES))
    assert {section["article"] for section in objects(overruled, "section")} == {"night-trains"}


def test_a_wrong_setting_is_told_with_its_line(tmp_path: Path) -> None:
    """Nothing is started with settings that are not understood."""
    config = tmp_path / "settings.yml"
    config.write_text("thresold: 1\n", encoding="utf-8")
    done = bot("sections", "--config", str(config))
    assert done.returncode == 2
    assert 'settings.yml:1:1: "thresold" is not a setting' in done.stderr


def test_control_characters_of_articles_never_reach_the_terminal(tmp_path: Path) -> None:
    """Escape sequences, bidirectional controls and bells in an article or a question stay out of
    every output.
    """
    evil = "\x1b]0;owned\x07\x1b[31m\u202e\x9b1m\x00".replace("\x00", "\u200b")
    (tmp_path / "evil.md").write_text(
        f"# Title\n\n## Head{evil}ing\n\nThe castle{evil} burned in 1644.\n", encoding="utf-8"
    )
    for arguments in (
        ["ask", f"when burned{evil} the castle"],
        ["ask", f"when burned{evil} the castle", "--json"],
        ["summary"],
        ["sections", "--json"],
        ["check"],
        ["summary", f"zz{evil}"],
    ):
        done = bot(*arguments, "--knowledge", str(tmp_path))
        printed = done.stdout + done.stderr
        assert printed
        assert not [
            character for character in printed if character != "\n" and not character.isprintable()
        ]


def test_a_conversation_through_a_pipe() -> None:
    """Chat works without a terminal: questions and commands line by line, until /quit."""
    lines = [
        "hello",
        "/help",
        "/sections",
        "/summary conclusion",
        "/summary zzz",
        "/ask What does Article 73 of the constitution allow?",
        "/quit",
        "more",
    ]
    done = bot("chat", text="\n".join(lines))
    assert done.returncode == 0
    assert "Hello!" in done.stdout
    assert "/summary" in done.stdout
    assert "7. Conclusion" in done.stdout
    assert "Which section is “zzz”?" in done.stdout
    assert "nationwide referendum" in done.stdout
    assert "\x1b" not in done.stdout


# What prompt_toolkit sends when it is ready to be typed at.
PROMPT = "\x1b[?2004h"


class Typist:
    """Somebody at a real pseudo-terminal."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "COLUMNS": "100",
                "PROMPT_TOOLKIT_NO_CPR": "1",
                **environment,
            },
        )
        os.close(slave)
        self._unread = ""

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self._master, text.encode())

    def wait_for(self, text: str) -> str:
        """Read until ``text`` is shown; give what was shown since the last time."""
        deadline = time.monotonic() + 120
        while text not in self._unread:
            readable, _, _ = select.select(
                [self._master], [], [], max(0, deadline - time.monotonic())
            )
            assert readable, self._unread
            self._unread += os.read(self._master, 65_536).decode("utf-8", "replace")
        seen, _, self._unread = self._unread.partition(text)
        return seen

    def close(self) -> None:
        """End the conversation, if it has not ended."""
        self.process.kill()
        self.process.wait()
        os.close(self._master)


@pytest.fixture
def typist() -> Iterator[Typist]:
    """Give somebody who has started a conversation."""
    one = Typist("chat", NO_COLOR="")
    yield one
    one.close()


def test_a_conversation_at_a_terminal(typist: Typist) -> None:
    """A prompt, an answer whose key sentence is marked, interrupted typing that ends nothing,
    Ctrl-D that ends it.
    """
    typist.wait_for(PROMPT)
    typist.type("Who hosted the summit in Paris in 2019?\r")
    assert "\x1b[1m" in typist.wait_for("zelenskyy-putin-meeting.md:")
    typist.wait_for(PROMPT)
    typist.type("half a quest\x03")
    typist.wait_for(PROMPT)
    typist.type("/sections\r")
    typist.wait_for("7. Conclusion")
    typist.wait_for(PROMPT)
    typist.type("\x04")
    assert typist.process.wait(timeout=120) == 0


def test_no_color_means_no_colour() -> None:
    """NO_COLOR keeps colours out, at a terminal too."""
    typist = Typist("check", "--knowledge", "/nowhere", NO_COLOR="1")
    try:
        assert "\x1b[3" not in typist.wait_for("0 notes")
    finally:
        typist.close()
    typist = Typist("check", "--knowledge", "/nowhere", NO_COLOR="")
    try:
        assert "\x1b[1;31m" in typist.wait_for("0 notes")
    finally:
        typist.close()


def test_a_reader_that_goes_away_is_no_error() -> None:
    """``articlebot sections | head -1`` ends quietly."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"Who is Merkel?\n" * 50)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=120) == 0


def test_an_answer_tells_which_words_stand_nowhere() -> None:
    """A quotation that passes over a word of the question says which."""
    done = bot("ask", "Who signed the grain initiative for Ukraine at the zeppelin?")
    assert done.returncode == 0
    assert done.stdout.startswith("(nowhere in the articles: “zeppelin”)\n")


@pytest.mark.parametrize("redirection", ["<&-", ">&-", "2>&-", "| head -1"])
@pytest.mark.parametrize(
    "command",
    ["sections", *(pytest.param(one, marks=pytest.mark.slow) for one in ("ask --json", "check"))],
)
def test_closed_streams_are_no_error(command: str, redirection: str) -> None:
    """Whatever a caller closes, there is no traceback and the exit code holds."""
    line = f'"{sys.executable}" -m bot {command} {redirection}'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_told() -> None:
    """Output that can't be written is an error with a sentence."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "sections"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )
    assert done.returncode == 2
    assert b"can't be written" in done.stderr


@pytest.mark.parametrize("command", ["ask hello", "check", "sections", "summary"])
def test_a_narrow_terminal_is_no_error(command: str) -> None:
    """Two columns are too few to read in, but not to run in."""
    assert bot(*command.split(), COLUMNS="2").returncode == 0


def test_a_number_of_any_length_is_no_section() -> None:
    """A huge number does not end a conversation."""
    done = bot("chat", text="/summary " + "9" * 5_000 + "\nhello\n")
    assert done.returncode == 0
    assert "Hello!" in done.stdout


def test_requests_are_answered_as_json(folder: Path) -> None:
    """A summary is the objects of ``summary --json``, a fact an object; the schema holds both."""
    asked = "tl;dr of hills\nwho wrote of rivers\ntl;dr\nis there anything about marn\n"
    done = bot("ask", "--json", "--knowledge", str(folder), text=asked)
    summary, author, which, mention = objects(done, "answer")
    printed = bot("summary", "--json", "--article", "Of Hills", "--knowledge", str(folder))
    assert summary["kind"] == "summary"
    assert summary["answered"]
    assert summary["summary"] == objects(printed, "summary")
    assert author["message"] == "“Of Rivers” is by Ada."
    assert author["about"]["articles"][0]["date"] == "2026-01-02"
    assert author["about"]["articles"][0]["sections"] == ["Course", "End"]
    assert (which["kind"], which["answered"], which["summary"]) == ("summary", False, [])
    assert [place["section"] for place in mention["about"]["places"]] == ["Course"]


def test_requests_are_answered_in_the_terminal(folder: Path) -> None:
    """A summary looks as that of the command; neither is a refusal."""
    summary = bot("ask", "sum up the article of hills", "--knowledge", str(folder))
    by_command = bot("summary", "--article", "Of Hills", "--knowledge", str(folder))
    assert summary.returncode == 0
    assert summary.stdout == by_command.stdout
    date = bot("ask", "date of the article", "--knowledge", str(folder))
    assert date.returncode == 0
    assert "“Of Rivers” is dated 2026-01-02." in date.stdout


def test_a_folder_that_holds_a_servers_own_is_not_served(tmp_path: Path) -> None:
    """Whatever the command line names as the folder for all."""
    config = tmp_path / "config.yaml"
    config.write_text("servers: {123456789012345678: articles/own}\n", encoding="utf-8")
    folder = str(tmp_path / "articles")
    done = bot("run", "--config", str(config), "--knowledge", folder)
    assert done.returncode == 78
    assert "lie in each other" in done.stderr
