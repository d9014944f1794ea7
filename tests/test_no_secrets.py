"""No key, token or password lies in the repository, nor did in any of its commits.

What is looked for are the forms of keys and tokens that their makers have published. What is made
up for tests is named here.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORMS = {
    "a bot of Discord": rb"(?<![\w-])[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,45}(?![\w-])",
    "a webhook of Discord": rb"/api/(?:v\d+/)?webhooks/\d{17,20}/[\w-]{60,}",
    "GitHub": rb"(?:gh[pousr]_\w{36}|github_pat_\w{60})",
    "GitLab": rb"glpat-[\w-]{20}",
    "Amazon": rb"(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z2-7])",
    "Google": rb"AIza[\w-]{35}",
    "Slack": rb"xox[abeprs]-[\w-]{10}",
    "Stripe": rb"[rs]k_live_\w{20}",
    "OpenAI or Anthropic": rb"sk-(?:ant-|proj-)[\w-]{32}",
    "npm": rb"npm_\w{36}",
    "PyPI": rb"pypi-AgE[\w-]{50}",
    "Hugging Face": rb"hf_[A-Za-z]{34}",
    "a private key": rb"-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY(?: BLOCK)?-----",
    "a web token": rb"eyJ[\w-]{10,200}\.eyJ[\w-]{10,400}\.[\w-]{20}",
    # An address is of printable ASCII; other bytes that look like one are those of a picture.
    "an address with a password": (
        rb"://[^\s/:@'\"{}<>\0-\x1f\x7f-\xff]{1,40}:[^\s/:@'\"{}<>\0-\x1f\x7f-\xff]{3,60}@"
    ),
}
PATTERNS = [re.compile(form) for form in FORMS.values()]
MADE_UP = {
    b"MTIzNDU2Nzg5MDEyMzQ1Njc4OTA.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB",
    b"://user:pass@",
}


def git(*arguments: str, given: bytes = b"") -> bytes:
    """Ask git of the repository."""
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout


def has_history() -> bool:
    """Say whether this is a repository, and git is there."""
    try:
        return bool(git("rev-parse", "HEAD"))
    except (OSError, subprocess.CalledProcessError):
        return False


pytestmark = pytest.mark.skipif(not has_history(), reason="this is no repository of git")


def find_secrets(content: bytes) -> Iterator[bytes]:
    """Give what looks like a secret and is not made up for a test."""
    for pattern in PATTERNS:
        for found in pattern.finditer(content):
            if found[0] not in MADE_UP:
                yield found[0]


def read_all(names: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the name and the content of objects."""
    stored = git("cat-file", "--batch", given=names)
    place = 0
    while place < len(stored):
        end = stored.index(b"\n", place)
        name, _, size = stored[place:end].split()
        begin = end + 1
        place = begin + int(size)
        yield name, stored[begin:place]
        place += 1


def test_no_file_holds_a_secret() -> None:
    """Of all files that are in the repository now, or are about to be."""
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split(b"\0")
    for name in filter(None, listed):
        path = ROOT / name.decode()
        if path.is_file():
            assert not [one[:12] for one in find_secrets(path.read_bytes())], path


@pytest.mark.slow
def test_no_commit_holds_a_secret() -> None:
    """Of all files that were ever in it, and of what commits and tags say."""
    listed = git("rev-list", "--objects", "--all").splitlines()
    names = b"\n".join(dict.fromkeys(line.partition(b" ")[0] for line in listed))
    kinds = git("cat-file", "--batch-check=%(objectname) %(objecttype)", given=names)
    wanted = [line.split()[0] for line in kinds.splitlines() if not line.endswith(b" tree")]
    for name, content in read_all(b"\n".join(wanted) + b"\n"):
        assert not [one[:12] for one in find_secrets(content)], name


@pytest.mark.parametrize(
    "parts",
    [
        ("MTIzNDU2Nzg5MDEyMzQ1Njc4", ".GxYzAb.", "a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6a1"),
        ("https://discord.com/api/webhooks/", "123456789012345678/", "a" * 68),
        ("gh", "p_", "a" * 36),
        ("glp", "at-", "a" * 20),
        ("AK", "IA", "ABCDEFGHIJKLMNOP"),
        ("AI", "za", "a" * 35),
        ("xo", "xb-", "1234567890-abc"),
        ("sk", "_live_", "a" * 24),
        ("sk-", "ant-", "a" * 40),
        ("np", "m_", "a" * 36),
        ("pypi", "-AgE", "a" * 60),
        ("h", "f_", "a" * 34),
        ("-----BEGIN ", "OPENSSH PRIVATE ", "KEY-----"),
        ("ey", "JhbGciOiJIUzI1NiJ9.", "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "a" * 43),
        ("https://", "ada:", "s3cret@example.org"),
    ],
)
def test_each_form_is_found(parts: tuple[str, ...]) -> None:
    """In a line of a file; here it is put together, so that this file holds none."""
    assert list(find_secrets(f'key = "{"".join(parts)}"\n'.encode()))
