"""The program as another program sees it: arguments and input in, exit code and output out; in this
process.
"""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from bot.cli import main

ROOT = Path(__file__).parent.parent


def run_program(
    arguments: tuple[str, ...], environment: Mapping[str, str], given: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository with ``given`` as its standard input."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(raw) for raw in (out, err)]
    with (
        contextlib.chdir(ROOT),
        patch.dict(os.environ, environment),
        patch.multiple(
            sys, stdin=io.TextIOWrapper(io.BytesIO(given)), stdout=streams[0], stderr=streams[1]
        ),
    ):
        try:
            code = main(arguments)
        except SystemExit as error:
            code = int(error.code or 0)
        for stream in streams:
            stream.flush()
    return subprocess.CompletedProcess(
        arguments, code, out.getvalue().decode(), err.getvalue().decode()
    )
