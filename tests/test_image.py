"""What can be known of the container without an engine: its file, and what that file makes."""

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
import yaml
from image import ROOT, find_bases, is_ignored, list_context, read_instructions

from bot.settings import Settings
from bot.texts.editing import READ_ONLY_HINT

INSTRUCTIONS = read_instructions((ROOT / "Dockerfile").read_text(encoding="utf-8"))
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICE = COMPOSE["services"]["articlebot"]
# What the program writes of its own accord: every folder of the settings but those of others.
WRITTEN = [
    setting.default
    for setting in dataclasses.fields(Settings)
    if isinstance(setting.default, Path) and setting.name != "knowledge"
]
HADOLINT = shutil.which("hadolint", path=str(Path(sys.executable).parent))


def arguments_of(name: str) -> list[str]:
    """Give what stands behind each instruction of a name."""
    return [one.arguments for one in INSTRUCTIONS if one.name == name]


@pytest.mark.skipif(HADOLINT is None, reason="hadolint has no wheel for this system")
def test_the_linter_finds_nothing() -> None:
    """hadolint, with shellcheck for what is run: no error, no warning, no hint."""
    assert HADOLINT is not None
    done = subprocess.run(
        [HADOLINT, "--no-color", str(ROOT / "Dockerfile")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.skipif(HADOLINT is None, reason="hadolint has no wheel for this system")
def test_the_linter_would_find_something(tmp_path: Path) -> None:
    """A user by name, a base without a version, and a variable of the shell without quotes."""
    assert HADOLINT is not None
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM python\nRUN cp $FILE /tmp\nUSER somebody\n", encoding="utf-8")
    done = subprocess.run(
        [HADOLINT, "--no-color", str(bad)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert {*re.findall(r"\b(?:DL|SC)\d+\b", done.stdout)} == {"DL3006", "SC2086", "DL3066"}


def test_every_stage_begins_with_the_same_base() -> None:
    """What is compiled against one Python runs with the same one, pinned or not."""
    (base,) = {*find_bases(INSTRUCTIONS)}
    assert re.fullmatch(r"python:3\.\d+-slim(@sha256:[0-9a-f]{64})?", base)


def test_it_runs_as_nobody_in_particular() -> None:
    """The last user is a number that is not root's, of a user who has no home and no shell."""
    (user,) = arguments_of("USER")
    assert user.isdecimal()
    assert int(user) > 1000
    (made,) = [one for one in arguments_of("RUN") if one.startswith("useradd")]
    assert f"--uid {user} " in made
    assert "--no-create-home" in made
    assert "--shell /usr/sbin/nologin" in made


def test_nothing_is_installed_that_is_not_pinned() -> None:
    """Each call of pip takes wheels with hashes, or the program itself with nothing beside it."""
    calls = re.findall(r"pip install ([^&;]*)", ";".join(arguments_of("RUN")))
    assert len(calls) == 4
    for call in calls:
        is_pinned = "--require-hashes" in call and "--only-binary=:all:" in call
        is_own = "--no-deps --no-build-isolation ." in call
        assert is_pinned or is_own, call
    assert "ADD" not in {one.name for one in INSTRUCTIONS}


def test_what_starts_it_gets_its_signals() -> None:
    """The program is process 1 itself, not a shell's child; what is not asked for is `run`."""
    (entrypoint,) = [one for one in INSTRUCTIONS if one.name == "ENTRYPOINT"]
    (command,) = [one for one in INSTRUCTIONS if one.name == "CMD"]
    assert entrypoint.arguments.startswith("[")
    assert [*entrypoint.words, *command.words] == ["articlebot", "run"]


def test_no_secret_can_get_in() -> None:
    """An engine gets nothing but what the image is made of: no token, no settings, no records."""
    found = {path.parts[0] for path in list_context(ROOT)}
    assert found == {
        "LICENSE",
        "README.md",
        "bot",
        "pyproject.toml",
        "requirements-model.txt",
        "requirements-postgres.txt",
        "requirements-semantic.txt",
        "requirements.txt",
        "scripts",
    }
    patterns = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for name in ("token.txt", "config.yaml", ".git/config", ".env", "records/records.key"):
        assert is_ignored(PurePosixPath(name), patterns)
    assert not is_ignored(PurePosixPath("bot/cli.py"), patterns)
    told = " ".join(arguments_of("ENV") + arguments_of("ARG"))
    assert not re.search(r"(?i)token|secret|password", told)


def test_what_is_copied_is_there() -> None:
    """Each file that is copied out of the repository is among those that an engine gets."""
    context = [str(path) for path in list_context(ROOT)]
    for one in INSTRUCTIONS:
        if one.name == "COPY" and not one.arguments.startswith("--from"):
            for source in one.words[:-1]:
                assert any(f"{path}/".startswith(f"{source}/") for path in context), source


def test_what_is_written_lies_on_volumes_of_its_own() -> None:
    """Every folder that the settings let the program write to is a volume of the image, made for
    its user, and named in compose.yaml.
    """
    (volumes,) = [one.words for one in INSTRUCTIONS if one.name == "VOLUME"]
    assert {*volumes} == {f"/srv/{folder}" for folder in (*WRITTEN, "knowledge")}
    (made,) = [one for one in arguments_of("RUN") if one.startswith("mkdir")]
    (user,) = arguments_of("USER")
    for folder in WRITTEN:
        assert re.search(rf"chown {user} [^&]*\b{folder}\b", made)
        assert f"{folder}:/srv/{folder}" in SERVICE["volumes"]
    assert COMPOSE["volumes"].keys() == {str(folder) for folder in WRITTEN}


def test_the_articles_are_writable_for_those_alone_who_say_so() -> None:
    """Read-only by default; KNOWLEDGE_MODE, and to whom the folder must belong then, stand in the
    page that a refused change names.
    """
    assert "./knowledge:/srv/knowledge:${KNOWLEDGE_MODE:-ro}" in SERVICE["volumes"]
    assert "docs/operating.md" in READ_ONLY_HINT()
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    (user,) = arguments_of("USER")
    assert f"chown -R {user} knowledge" in page
    assert "KNOWLEDGE_MODE=rw" in page


def test_it_is_run_with_nothing_that_it_does_not_need() -> None:
    """Read-only, without capabilities, without new privileges, within limits, its token a file."""
    assert SERVICE["read_only"] is True
    assert SERVICE["tmpfs"] == ["/tmp"]  # noqa: S108 (in the container)
    assert SERVICE["cap_drop"] == ["ALL"]
    assert SERVICE["security_opt"] == ["no-new-privileges:true"]
    assert SERVICE["pids_limit"] <= 64
    assert SERVICE["mem_limit"]
    assert "privileged" not in SERVICE
    assert SERVICE["environment"] == {"DISCORD_TOKEN_FILE": "/run/secrets/discord_token"}


def test_it_comes_back_until_it_is_stopped() -> None:
    """After a reboot as well, before which it ends in good order: that is no failure."""
    assert SERVICE["restart"] == "unless-stopped"


def test_the_model_is_a_matter_of_one_argument() -> None:
    """MEANING says whether the model is in the image, compose.yaml hands it on, and the default is
    that it is not.
    """
    assert arguments_of("ARG") == ["MEANING=false", "POSTGRES=false"]
    assert SERVICE["build"]["args"] == {
        "MEANING": "${MEANING:-false}",
        "POSTGRES": "${POSTGRES:-false}",
    }
    assert "MEANING=true" in (ROOT / "docs" / "meaning.md").read_text(encoding="utf-8")


def run_choice(argument: str, value: str) -> tuple[int, list[str]]:
    """Run the step that an argument of the build decides; give its exit code, and its commands."""
    (step,) = [one for one in arguments_of("RUN") if one.startswith(f'case "${argument}"')]
    done = subprocess.run(
        ["sh", "-c", step.replace("/opt/articlebot/bin/", "echo ")],
        env={**os.environ, argument: value},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize(("value", "code"), [("true", 0), ("false", 0), ("yes", 1), ("", 1)])
def test_what_speaks_with_postgresql_is_a_matter_of_one_argument(value: str, code: int) -> None:
    """True installs the extra."""
    ended, said = run_choice("POSTGRES", value)
    assert ended == code
    assert len(said) == (value == "true")
    assert all(one.endswith("-r requirements-postgres.txt") for one in said)


@pytest.mark.parametrize(
    ("meaning", "code", "steps"), [("true", 0, 2), ("false", 0, 0), ("yes", 1, 0), ("", 1, 0)]
)
def test_a_value_that_is_neither_ends_the_build(meaning: str, code: int, steps: int) -> None:
    """True installs the extra and fetches the model, false neither, and a slip is no false."""
    ended, said = run_choice("MEANING", meaning)
    assert ended == code
    assert len(said) == steps
    if steps:
        install, fetch = said
        assert install.startswith("pip install ")
        assert install.endswith("-r requirements-semantic.txt")
        assert fetch == "python scripts/get_model.py /opt/models/all-MiniLM-L6-v2"
