"""Whatever goes wrong, a member reads a short sentence with a number, and the log knows the
rest.
"""

import asyncio
import builtins
import logging
import re

import pytest

from bot.chat.reply import Reply
from bot.chat.responses import make_response
from bot.chat.work_queue import WorkQueue

BUILT_IN = vars(builtins).values()
KINDS = [kind for kind in BUILT_IN if isinstance(kind, type) and issubclass(kind, Exception)]
HIDDEN = "secret of the inner room"
UNUSUAL = {
    "UnicodeDecodeError": ("utf-8", b"x", 0, 1, HIDDEN),
    "UnicodeEncodeError": ("utf-8", "x", 0, 1, HIDDEN),
    "UnicodeTranslateError": ("x", 0, 1, HIDDEN),
    "ExceptionGroup": (HIDDEN, [ValueError(HIDDEN)]),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("is_in_thread", [False, True])
async def test_no_error_is_shown(
    kind: type[Exception],
    is_in_thread: bool,  # noqa: FBT001 (a parameter of the test)
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Of every kind of error, nothing but an incident's number reaches the member; the log has the
    number, the kind and where it was raised, but nothing of what it says: that may be a question.
    """
    error = kind(*UNUSUAL.get(kind.__name__, (HIDDEN,)))

    def fail() -> Reply:
        raise error

    async def fail_at_once() -> Reply:
        raise error

    async def fail_in_thread() -> Reply:
        return await WorkQueue(1, 1).run(fail)

    with caplog.at_level(logging.ERROR):
        reply = await make_response(fail_in_thread if is_in_thread else fail_at_once, "testing")
    assert reply.is_private
    assert reply.card is None
    found = re.fullmatch(
        r"Something went wrong on my side\. If .* number: ([0-9a-f]{6})\.", reply.text
    )
    assert found is not None
    assert f"incident {found[1]} while testing" in caplog.text
    (record,) = caplog.records
    assert vars(record)["incident"] == found[1]
    # A StopIteration becomes a RuntimeError on its way.
    told = re.search(r": (\w+) in \w+, line \d+ of \w+\.py", caplog.text)
    assert told is not None
    assert told[1] in (kind.__name__, "RuntimeError")
    assert vars(record)["fields"]["frames"]
    assert HIDDEN not in reply.text + caplog.text + str(vars(record))


async def test_a_coroutine_is_begun_without_a_thread() -> None:
    """So at the end of the program no thread gives back a coroutine for which nobody waits any
    more.
    """

    async def answer() -> Reply:
        return Reply("x")

    task = asyncio.create_task(make_response(answer, "testing"))
    await asyncio.sleep(0)
    assert task.done()
    assert (await task).text == "x"
