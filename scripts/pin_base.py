"""Pin the image that the Dockerfile begins with to the digest that its tag has today.

    python scripts/pin_base.py [--check] [--registry ADDRESS] [DOCKERFILE]

To be run before a release. Each ``FROM python:3.13-slim`` gets ``@sha256:…`` behind it, and one
that is pinned already the newest digest of its tag. The digest is asked of the registry (the OCI
distribution API), then what it stands for is fetched and hashed, and must be an index with images
for x86_64 and aarch64. ``--check`` changes nothing, and says whether a run would.

Exit codes: 0 pinned, with ``--check`` to what the tags are today; 1 not so; 2 wrong use, or the
registry does not answer as it should. Nothing is changed then.
"""

import argparse
import hashlib
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException, HTTPResponse
from pathlib import Path

DOCKERFILE = Path(__file__).parent.parent / "Dockerfile"
DOCKER_HUB = "https://registry-1.docker.io"
# Images of many systems, in the words of OCI and of Docker.
INDEXES = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
# What the Dockerfile says that it is for.
SYSTEMS = {("linux", "amd64"), ("linux", "arm64")}
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
# A base of Docker Hub: an image, its tag, and perhaps a digest. Stages have no tag.
BASE = re.compile(
    r"^(?P<before>FROM\s+(?:--\S+\s+)*)(?P<name>[a-z0-9][a-z0-9._/-]*):(?P<tag>[\w][\w.-]{0,127})"
    r"(?P<digest>@sha256:[0-9a-f]{64})?(?=\s|$)",
    re.MULTILINE,
)
TIMEOUT_S = 30
MAX_BYTES = 4 << 20


class RegistryError(Exception):
    """The registry does not answer as it should; the message says how."""


class Registry:
    """A registry of images, asked without a name and password."""

    def __init__(self, address: str) -> None:
        """Take the address without a path."""
        self._address = address.rstrip("/")
        self._token = ""

    def find_digest(self, name: str, tag: str) -> str:
        """Give the digest that a tag has now. Raises RegistryError."""
        response = self._ask("HEAD", name, tag)
        digest = response.headers.get("Docker-Content-Digest", "")
        if not DIGEST.fullmatch(digest):
            raise RegistryError(f"{name}:{tag} has no digest")
        self._check(name, digest)
        return digest

    def _check(self, name: str, digest: str) -> None:
        """Refuse a digest that stands for something else than an index of the systems wanted."""
        content = self._ask("GET", name, digest).read(MAX_BYTES)
        if "sha256:" + hashlib.sha256(content).hexdigest() != digest:
            raise RegistryError(f"{name}@{digest} is not what it is called")
        try:
            index = json.loads(content)
            platforms = [image["platform"] for image in index["manifests"]]
            systems = {(one["os"], one["architecture"]) for one in platforms}
        except (ValueError, KeyError, TypeError):
            raise RegistryError(f"{name}@{digest} is no index of images") from None
        missing = sorted(SYSTEMS - systems)
        if missing:
            raise RegistryError(f"{name}@{digest} has no image for {'/'.join(missing[0])}")

    def _ask(self, method: str, name: str, reference: str) -> HTTPResponse:
        address = f"{self._address}/v2/{name}/manifests/{reference}"
        try:
            return self._send(method, address)
        except urllib.error.HTTPError as error:
            if error.code != 401:
                raise RegistryError(f"{name}:{reference}: {error.code} {error.reason}") from None
            challenge = error.headers.get("WWW-Authenticate", "")
        except (OSError, HTTPException) as error:
            raise RegistryError(f"{self._address}: {error}") from None
        self._token = self._fetch_token(challenge)
        try:
            return self._send(method, address)
        except (OSError, HTTPException) as error:
            raise RegistryError(f"{name}:{reference}: {error}") from None

    def _send(self, method: str, address: str) -> HTTPResponse:
        headers = {"Accept": ", ".join(INDEXES)}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        return _open(urllib.request.Request(address, headers=headers, method=method))  # noqa: S310 (below)

    def _fetch_token(self, challenge: str) -> str:
        """Get a token as the registry says: Bearer realm="…",service="…",scope="…"."""
        kind, _, rest = challenge.partition(" ")
        fields = dict(re.findall(r'(\w+)="([^"]*)"', rest))
        realm = fields.pop("realm", "")
        is_safe = realm.startswith("https://") or self._address.startswith("http://")
        if kind.lower() != "bearer" or not is_safe:
            raise RegistryError(f"{self._address} wants to know who asks")
        query = {key: fields[key] for key in ("service", "scope") if key in fields}
        try:
            address = f"{realm}?{urllib.parse.urlencode(query)}"
            answer = json.loads(_open(urllib.request.Request(address)).read(MAX_BYTES))  # noqa: S310 (below)
            return str(answer.get("token") or answer["access_token"])
        except (OSError, HTTPException, ValueError, KeyError, AttributeError) as error:
            raise RegistryError(f"{realm} gives no token: {error}") from None


def _open(request: urllib.request.Request) -> HTTPResponse:
    """Send a request to an address of http or https. Raises OSError or HTTPException."""
    if request.type not in ("http", "https"):
        raise OSError(f"{request.full_url} is no address of http or https")
    response: HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT_S)  # noqa: S310 (above)
    return response


def pin(text: str, registry: Registry) -> str:
    """Give a Dockerfile with the digest of today behind each tag. Raises RegistryError."""
    digests: dict[tuple[str, str], str] = {}

    def add_digest(found: re.Match[str]) -> str:
        name, tag = found["name"], found["tag"]
        full_name = name if "/" in name else f"library/{name}"
        if (name, tag) not in digests:
            digests[name, tag] = registry.find_digest(full_name, tag)
        return f"{found['before']}{name}:{tag}@{digests[name, tag]}"

    return BASE.sub(add_digest, text)


def main() -> int:
    """Pin, or check; return the exit code."""
    parser = argparse.ArgumentParser(description="Pin the Dockerfile's base to its digest.")
    parser.add_argument("dockerfile", nargs="?", type=Path, default=DOCKERFILE)
    parser.add_argument("--registry", default=DOCKER_HUB, metavar="ADDRESS")
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    text = options.dockerfile.read_text(encoding="utf-8")
    if not BASE.search(text):
        print(f"{options.dockerfile} begins with no image that has a tag", file=sys.stderr)
        return 2
    try:
        pinned = pin(text, Registry(options.registry))
    except RegistryError as error:
        print(error, file=sys.stderr)
        return 2
    for line in BASE.finditer(pinned):
        print(line[0])
    if options.check:
        return int(pinned != text)
    new = options.dockerfile.with_name(f"{options.dockerfile.name}.new")
    new.write_text(pinned, encoding="utf-8")
    new.replace(options.dockerfile)
    return 0


if __name__ == "__main__":
    sys.exit(main())
