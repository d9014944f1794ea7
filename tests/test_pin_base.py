"""The script that pins the base image, against a registry on loopback that speaks the OCI
distribution API: tokens, digests, indexes, and all that can be wrong with them.
"""

import hashlib
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "pin_base.py"
INDEX = "application/vnd.oci.image.index.v1+json"
TOKEN = "anonymous-for-a-minute"  # noqa: S105 (no password)


def make_index(*architectures: str) -> bytes:
    """Make an index of images for Linux."""
    images = [
        {
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "digest": "sha256:" + hashlib.sha256(architecture.encode()).hexdigest(),
            "size": 1,
            "platform": {"os": "linux", "architecture": architecture},
        }
        for architecture in architectures
    ]
    return json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": images}).encode()


def digest_of(content: bytes) -> str:
    """Give the digest of some content."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


class Registry(ThreadingHTTPServer):
    """A registry with one image; what it answers can be changed."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.content = make_index("amd64", "arm64", "s390x")
        self.digest = digest_of(self.content)
        self.realm = f"{self.address}/token"
        self.status = 200
        self.asked: list[str] = []


class Handler(BaseHTTPRequestHandler):
    """Answers as a registry: 401 without a token, and only what is accepted."""

    server: Registry

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name there)
        """Say nothing."""

    def do_HEAD(self) -> None:
        """Tell a digest."""
        self.do_GET()

    def do_GET(self) -> None:
        """Give a token or a manifest."""
        registry = self.server
        registry.asked.append(f"{self.command} {self.path}")
        if self.path.startswith("/token?"):
            is_right = "service=registry.test" in self.path and "python%3Apull" in self.path
            self.answer(200 if is_right else 400, json.dumps({"token": TOKEN}).encode())
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            scope = "repository:library/python:pull"
            wanted = f'Bearer realm="{registry.realm}",service="registry.test",scope="{scope}"'
            self.answer(401, b"{}", ("WWW-Authenticate", wanted))
        elif INDEX not in self.headers.get("Accept", ""):
            self.answer(406, b"{}")
        elif self.path in (
            "/v2/library/python/manifests/3.13-slim",
            f"/v2/library/python/manifests/{registry.digest}",
        ):
            headers = [("Content-Type", INDEX), ("Docker-Content-Digest", registry.digest)]
            self.answer(registry.status, registry.content, *headers)
        else:
            self.answer(404, b"{}")

    def answer(self, status: int, content: bytes, *headers: tuple[str, str]) -> None:
        """Send an answer, without its body where only its head is asked for."""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


@pytest.fixture
def registry() -> Iterator[Registry]:
    """Serve a registry."""
    with Registry() as served:
        thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield served
        finally:
            served.shutdown()
            thread.join()


@pytest.fixture
def dockerfile(tmp_path: Path) -> Path:
    """Give a copy of the Dockerfile, not pinned."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copy = tmp_path / "Dockerfile"
    copy.write_text(re.sub(r"@sha256:\w+", "", text), encoding="utf-8")
    return copy


def run(registry: Registry, dockerfile: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the script."""
    return subprocess.run(
        [sys.executable, SCRIPT, "--registry", registry.address, *options, dockerfile],
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_stage_gets_the_digest_and_nothing_else_changes(
    registry: Registry, dockerfile: Path
) -> None:
    """Asked once, with a token of nobody; a second run changes nothing, and a check is content."""
    before = dockerfile.read_text(encoding="utf-8")
    assert run(registry, dockerfile, "--check").returncode == 1
    assert dockerfile.read_text(encoding="utf-8") == before
    registry.asked.clear()
    done = run(registry, dockerfile)
    assert (done.returncode, done.stderr) == (0, "")
    pinned = dockerfile.read_text(encoding="utf-8")
    assert pinned.count(f"FROM python:3.13-slim@{registry.digest}") == 2
    assert pinned.replace(f"@{registry.digest}", "") == before
    heads = [one for one in registry.asked if one.startswith("HEAD")]
    # Without a token, then with one.
    assert heads == ["HEAD /v2/library/python/manifests/3.13-slim"] * 2
    assert run(registry, dockerfile, "--check").returncode == 0
    assert [path.name for path in dockerfile.parent.iterdir()] == ["Dockerfile"]


def test_an_older_digest_becomes_the_newest(registry: Registry, dockerfile: Path) -> None:
    """When the tag has moved on, a check says so and a run follows it."""
    assert run(registry, dockerfile).returncode == 0
    registry.content = make_index("amd64", "arm64")
    registry.digest = digest_of(registry.content)
    assert run(registry, dockerfile, "--check").returncode == 1
    assert run(registry, dockerfile).returncode == 0
    assert dockerfile.read_text(encoding="utf-8").count(registry.digest) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"content": b"something else"}, "is not what it is called"),
        ({"digest": "sha256:short"}, "has no digest"),
        ({"digest": ""}, "has no digest"),
        ({"status": 500}, "500"),
        ({"status": 404}, "404"),
        ({"realm": "file:///etc/passwd"}, "gives no token"),
        ({"realm": ""}, "gives no token"),
        ({"realm": "http://127.0.0.1:9/none"}, "gives no token"),
    ],
)
def test_a_registry_that_is_wrong_changes_nothing(
    change: dict[str, Any], said: str, registry: Registry, dockerfile: Path
) -> None:
    """Whatever it does, it is told in a line, with exit code 2."""
    before = dockerfile.read_text(encoding="utf-8")
    vars(registry).update(change)
    done = run(registry, dockerfile)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert dockerfile.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (make_index("amd64", "s390x"), "no image for linux/arm64"),
        (b'{"schemaVersion": 2, "config": {}, "layers": []}', "no index of images"),
        (b"[]", "no index of images"),
        (b"<html>", "no index of images"),
    ],
)
def test_an_image_that_is_not_for_all_is_not_pinned(
    content: bytes, said: str, registry: Registry, dockerfile: Path
) -> None:
    """The digest of one system's image would keep out the others."""
    registry.content, registry.digest = content, digest_of(content)
    done = run(registry, dockerfile)
    assert done.returncode == 2
    assert said in done.stderr
    assert "@sha256" not in dockerfile.read_text(encoding="utf-8")


def test_a_file_without_a_tag_is_wrong_use(registry: Registry, tmp_path: Path) -> None:
    """Nothing could be pinned, which must not look as if it was."""
    file = tmp_path / "Dockerfile"
    file.write_text("FROM scratch\n", encoding="utf-8")
    assert run(registry, file).returncode == 2
    assert registry.asked == []
