"""The Dockerfile read, and carried out in a plain directory, where there is no engine.

Its instructions are done as an engine does them, with these differences: the paths of the image lie
below a folder, the Python is one of this machine, and no user is made. A stage begins with nothing
of the one before but what is copied from it.
"""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parent.parent
# The folders of the image that the Dockerfile names: below the folder, and not this machine's own.
OWN_PATHS = re.compile(r"(?<![\w./$-])/(?=(?:opt|srv|src|tmp)\b)")


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its name in capitals, and what stands behind it, in one line."""

    name: str
    arguments: str

    @property
    def words(self) -> list[str]:
        """Give the arguments, of whichever form."""
        if self.arguments.startswith("["):
            return [str(word) for word in json.loads(self.arguments)]
        return shlex.split(self.arguments)


@dataclass(slots=True)
class Image:
    """What the last stage leaves: its folder, and how it is to be run."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    folder: PurePosixPath = field(default_factory=lambda: PurePosixPath("/"))
    user: int = 0
    volumes: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)

    def place(self, path: str | PurePosixPath) -> Path:
        """Give the place of a path of the image."""
        return self.root / (self.folder / path).relative_to("/")


def read_instructions(text: str) -> list[Instruction]:
    """Read a Dockerfile: comments left out, continued lines joined."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines) + "\n")
    split = (line.strip().partition(" ") for line in joined.splitlines() if line.strip())
    return [Instruction(name.upper(), arguments.strip()) for name, _, arguments in split]


def find_bases(instructions: list[Instruction]) -> list[str]:
    """Give the images that stages begin with, without those that begin with another stage."""
    bases, stages = [], set()
    for one in instructions:
        if one.name == "FROM":
            base, *rest = one.words
            if base not in stages:
                bases.append(base)
            stages |= {*rest[1:]}
    return bases


def is_ignored(path: PurePosixPath, patterns: list[str]) -> bool:
    """Tell whether a .dockerignore leaves a path out: of the patterns that match it or a folder
    above it, the last one decides.
    """
    above = [str(one) for one in (path, *path.parents)]
    ignored = False
    for pattern in patterns:
        name = pattern.removeprefix("!").removeprefix("**/")
        anywhere = "**/" in pattern
        if any(
            fnmatch.fnmatchcase(PurePosixPath(one).name if anywhere else one, name) for one in above
        ):
            ignored = not pattern.startswith("!")
    return ignored


def list_context(context: Path) -> Iterator[PurePosixPath]:
    """Give the files that an engine gets of a folder."""
    patterns = (context / ".dockerignore").read_text(encoding="utf-8").split()
    for folder, folders, files in os.walk(context):
        here = Path(folder).relative_to(context)
        # No pattern takes anything in these back in.
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = PurePosixPath(here / name)
            if not is_ignored(path, patterns):
                yield path


def lay_out(  # noqa: PLR0912 (one branch an instruction)
    folder: Path, python: Path, **arguments: str
) -> Image:
    """Carry out the Dockerfile below a new folder, with build arguments; give its last stage.

    ``python`` is the program that is called so in the image. Raises CalledProcessError where a step
    fails.
    """
    programs = folder / "programs"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(python)
    image = Image(folder / "root")
    earlier: dict[str, Path] = {}
    stage = ""
    for one in read_instructions((ROOT / "Dockerfile").read_text(encoding="utf-8")):
        match one.name:
            case "FROM":
                if image.root.exists():
                    earlier[stage] = image.root.rename(folder / f"stage-{stage}")
                stage = one.words[-1]
                image = Image(folder / "root")
                image.root.mkdir()
                # Every base has it.
                image.place("/tmp").mkdir()  # noqa: S108 (the image's own)
                image.place("/tmp").chmod(0o1777)  # noqa: S108
                image.environment = {"PATH": f"{programs}:{os.environ['PATH']}"}
            case "ARG":
                name, _, default = one.arguments.partition("=")
                image.environment[name] = arguments.get(name, default)
            case "ENV":
                for word in one.words:
                    name, _, value = word.partition("=")
                    own = OWN_PATHS.sub(f"{image.root}/", value)
                    image.environment[name] = own.replace("$PATH", image.environment["PATH"])
            case "WORKDIR":
                image.folder /= one.arguments
                image.place("").mkdir(parents=True, exist_ok=True)
            case "COPY":
                copy(image, one, earlier)
            case "RUN":
                run_step(image, one)
            case "USER":
                image.user = int(one.arguments)
            case "VOLUME":
                image.volumes += one.words
            case "ENTRYPOINT":
                image.entrypoint = one.words
            case "CMD":
                image.command = one.words
            case "HEALTHCHECK":
                pass
            case _:
                raise NotImplementedError(one.name)
    for place in map(image.place, image.volumes):
        place.mkdir(exist_ok=True)
    return image


def copy(image: Image, instruction: Instruction, earlier: dict[str, Path]) -> None:
    """Copy files of the repository, or a folder of another stage."""
    *sources, target = instruction.words
    place = image.place(target)
    if sources[0].startswith("--from="):
        root = earlier[sources[0].removeprefix("--from=")]
        shutil.copytree(root / sources[1].lstrip("/"), place, symlinks=True)
        return
    context = list(list_context(ROOT))
    for source in map(PurePosixPath, sources):
        inside = [path for path in context if path.is_relative_to(source)]
        if not inside:
            raise FileNotFoundError(f"{source} is not in what the engine gets")
        for path in inside:
            into = place / (path.name if path == source else path.relative_to(source))
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, into)


def run_step(image: Image, instruction: Instruction) -> None:
    """Run a step as root; the user of the image is a number, which needs no making."""
    if instruction.words[0] == "useradd":
        return
    step = OWN_PATHS.sub(f"{image.root}/", instruction.arguments)
    # What this machine says of where packages come from holds; what its shell set up does not.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(
        ["sh", "-c", step],
        cwd=image.place(""),
        env={**kept, **image.environment},
        check=True,
        capture_output=True,
        text=True,
    )
