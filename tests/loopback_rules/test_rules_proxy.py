"""The proxy: what it does to a connection, and that it changes nothing of what passes."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator

import pytest
from loopback.mutations import mutate, places
from loopback.proxy import HOST, Proxy

TEXT = bytes(range(256)) * 40


@contextlib.asynccontextmanager
async def echo() -> AsyncIterator[int]:
    """Serve an echo on a port of its own."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(1_000):
                writer.write(chunk)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, HOST, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def there_and_back(port: int) -> bytes:
    """Send a text, end it, and give what comes back."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(TEXT)
        return await reader.readexactly(len(TEXT))
    finally:
        writer.close()


@pytest.mark.parametrize(("latency_s", "slice_bytes"), [(0.0, None), (0.0, 7), (0.001, 4_000)])
async def test_what_passes_stays_as_it_is(latency_s: float, slice_bytes: int | None) -> None:
    """Late and in pieces, but whole and in order."""
    async with echo() as port, Proxy(port) as proxy:
        proxy.latency_s, proxy.slice_bytes = latency_s, slice_bytes
        assert await there_and_back(proxy.port) == TEXT


async def test_a_slow_network_is_slow() -> None:
    """Each way waits at least for the latency."""
    loop = asyncio.get_running_loop()
    async with echo() as port, Proxy(port) as proxy:
        proxy.latency_s = 0.05
        began_s = loop.time()
        await there_and_back(proxy.port)
        assert loop.time() - began_s >= 0.1


async def test_a_connection_is_reset_and_counted() -> None:
    """By the dice, or all at once; a healed network passes everything on again."""
    async with echo() as port, Proxy(port) as proxy:
        proxy.reset_share = 1.0
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await there_and_back(proxy.port)
        assert proxy.resets >= 1
        proxy.heal()
        reader, writer = await asyncio.open_connection(HOST, proxy.port)
        writer.write(b"x")
        assert await reader.readexactly(1) == b"x"
        proxy.reset_all()
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
        writer.close()
        assert await there_and_back(proxy.port) == TEXT


async def test_where_nobody_listens_a_connection_ends() -> None:
    """As it would without the proxy."""
    async with echo() as port:
        pass
    async with Proxy(port) as proxy:
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await there_and_back(proxy.port)


def test_the_same_dice_change_the_same() -> None:
    """A mutation is a changed copy, and can be repeated from its seed."""
    event = {"id": "1", "author": {"id": "2", "roles": ["3", "4"]}, "content": "hello"}
    before = str(event)
    changed = [mutate(event, random.Random(seed)) for seed in range(50)]  # noqa: S311 (dice)
    again = [mutate(event, random.Random(seed)) for seed in range(50)]  # noqa: S311 (dice)
    assert changed == again
    assert str(event) == before
    assert sum(one != event for one in changed) > 40
    assert ("author", "roles", 1) in places(event)
